//! Who fails again and again is left alone for a while, and then tried once.

use std::time::Duration;

use crate::domain::Instant;

/// As many failures in a row as there may be before it rests.
const FAILURES: u32 = 5;
/// How long it rests.
const REST: Duration = Duration::from_secs(60);

/// Whether a checker is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// About everything.
    Open,
    /// About one comment, to see whether it is there again.
    Trial,
    /// Not before then.
    Rest(Instant),
}

/// What is remembered of one checker.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Breaker {
    failures: u32,
    rests_until: Option<Instant>,
}

impl Breaker {
    /// Whether it is asked now.
    #[must_use]
    pub fn pass(&self, now: Instant) -> Pass {
        match self.rests_until {
            None => Pass::Open,
            Some(until) if until > now => Pass::Rest(until),
            Some(_) => Pass::Trial,
        }
    }

    /// It has answered.
    pub const fn succeeded(&mut self) {
        self.failures = 0;
        self.rests_until = None;
    }

    /// It has not, or not in a way that can be read.
    pub fn failed(&mut self, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES {
            self.rests_until = Some(now.after(REST));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rests_after_failures_in_a_row_and_is_tried_once() {
        let mut now = Instant::from_micros(0);
        let mut breaker = Breaker::default();
        for _ in 0..FAILURES - 1 {
            breaker.failed(now);
        }
        breaker.succeeded();
        for _ in 0..FAILURES - 1 {
            breaker.failed(now);
            assert_eq!(breaker.pass(now), Pass::Open);
        }
        breaker.failed(now);
        assert_eq!(breaker.pass(now), Pass::Rest(now.after(REST)));
        now = now.after(REST);
        assert_eq!(breaker.pass(now), Pass::Trial);
        breaker.failed(now);
        assert_eq!(breaker.pass(now), Pass::Rest(now.after(REST)));
        now = now.after(REST);
        breaker.succeeded();
        assert_eq!(breaker.pass(now), Pass::Open);
    }
}

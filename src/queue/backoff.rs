//! When something that failed is tried again.

use std::time::Duration;

/// Waiting times between attempts; after the last the thing is given up.
#[derive(Debug, Clone, Copy)]
pub struct Schedule(&'static [Duration]);

const SECOND: u64 = 1;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

impl Schedule {
    /// For mail: quick at first for a server that restarts, then for about three days, as long as mail servers keep
    /// trying among themselves (RFC 5321, 4.5.4.1, asks for four to five days at the most).
    pub const MAIL: Self = Self(&[
        Duration::from_secs(2 * SECOND),
        Duration::from_secs(10 * SECOND),
        Duration::from_secs(30 * SECOND),
        Duration::from_secs(MINUTE),
        Duration::from_secs(5 * MINUTE),
        Duration::from_secs(15 * MINUTE),
        Duration::from_secs(HOUR),
        Duration::from_secs(3 * HOUR),
        Duration::from_secs(6 * HOUR),
        Duration::from_secs(12 * HOUR),
        Duration::from_secs(24 * HOUR),
        Duration::from_secs(24 * HOUR),
    ]);

    /// For webhooks: that of Standard Webhooks 1.0, ten attempts within three days and a bit.
    pub const WEBHOOK: Self = Self(&[
        Duration::from_secs(5 * SECOND),
        Duration::from_secs(5 * MINUTE),
        Duration::from_secs(30 * MINUTE),
        Duration::from_secs(2 * HOUR),
        Duration::from_secs(5 * HOUR),
        Duration::from_secs(10 * HOUR),
        Duration::from_secs(14 * HOUR),
        Duration::from_secs(20 * HOUR),
        Duration::from_secs(24 * HOUR),
    ]);

    /// For an external checker: a few times within minutes, since people look at the comment meanwhile.
    pub const CHECK: Self = Self(&[
        Duration::from_secs(5 * SECOND),
        Duration::from_secs(30 * SECOND),
        Duration::from_secs(2 * MINUTE),
        Duration::from_secs(5 * MINUTE),
    ]);

    /// How long to wait after the attempt of that number (the first is 1), or nothing when it was the last.
    #[must_use]
    pub fn after(self, attempt: u32) -> Option<Duration> {
        let index = usize::try_from(attempt.checked_sub(1)?).ok()?;
        self.0.get(index).copied()
    }
}

/// `wait` made up to a fifth shorter or longer by `chance` (0 to 1), so that what failed together does not return together.
#[must_use]
pub fn jittered(wait: Duration, chance: f64) -> Duration {
    wait.mul_f64(0.8 + 0.4 * chance.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_is_tried_for_three_days() {
        let waits: Vec<Duration> = (1..)
            .map_while(|attempt| Schedule::MAIL.after(attempt))
            .collect();
        assert!(waits.is_sorted());
        let total: Duration = waits.iter().sum();
        assert!(
            (70 * 3600..=76 * 3600).contains(&total.as_secs()),
            "{total:?}"
        );
        assert_eq!(Schedule::MAIL.after(0), None);
    }

    #[test]
    fn jitter_is_a_fifth_each_way() {
        let wait = Duration::from_secs(10);
        assert_eq!(jittered(wait, 0.0), Duration::from_secs(8));
        assert_eq!(jittered(wait, 1.0), Duration::from_secs(12));
        assert_eq!(jittered(wait, 7.0), Duration::from_secs(12));
    }
}

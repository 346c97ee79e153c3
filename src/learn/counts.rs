//! Counts of right and wrong, and the figures that follow from them.

use serde::Serialize;

/// Comments by what they are and what was said of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Bad, and called bad.
    pub found: u32,
    /// Bad, and called fine.
    pub missed: u32,
    /// Fine, and called bad.
    pub alarmed: u32,
    /// Fine, and called fine.
    pub passed: u32,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, is_bad: bool, called_bad: bool) {
        self.add_many(is_bad, called_bad, 1);
    }

    /// Counts so many more.
    pub(super) const fn add_many(&mut self, is_bad: bool, called_bad: bool, comments: u32) {
        let count = match (is_bad, called_bad) {
            (true, true) => &mut self.found,
            (true, false) => &mut self.missed,
            (false, true) => &mut self.alarmed,
            (false, false) => &mut self.passed,
        };
        *count += comments;
    }

    /// All of them.
    #[must_use]
    pub const fn all(self) -> u32 {
        self.found + self.missed + self.alarmed + self.passed
    }

    /// The share that was called what it is.
    #[must_use]
    pub fn accuracy(self) -> f64 {
        share(self.found + self.passed, self.all())
    }

    /// Of what was called bad, the share that is.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.found, self.found + self.alarmed)
    }

    /// Of what is bad, the share that was called so.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.found, self.found + self.missed)
    }

    /// Of what is fine, the share that was called bad.
    #[must_use]
    pub fn false_alarms(self) -> f64 {
        share(self.alarmed, self.alarmed + self.passed)
    }

    /// The harmonic mean of precision and recall of the bad.
    #[must_use]
    pub fn f1(self) -> f64 {
        share(2 * self.found, 2 * self.found + self.alarmed + self.missed)
    }

    /// The mean of that and of the same for the fine.
    #[must_use]
    pub fn macro_f1(self) -> f64 {
        let fine = share(
            2 * self.passed,
            2 * self.passed + self.alarmed + self.missed,
        );
        f64::midpoint(self.f1(), fine)
    }
}

/// A part of a whole; nothing of nothing.
pub(super) fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 {
        0.0
    } else {
        f64::from(part) / f64::from(whole)
    }
}

/// Counts of three classes, by what a comment is and what it was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Three(pub [[u32; 3]; 3]);

impl Three {
    /// Counts one more.
    pub const fn add(&mut self, is: usize, called: usize) {
        self.0[is][called] += 1;
    }

    /// The mean of the three classes' F1.
    #[must_use]
    pub fn macro_f1(&self) -> f64 {
        let of = |class: usize| {
            let is: u32 = self.0[class].iter().sum();
            let called: u32 = self.0.iter().map(|row| row[class]).sum();
            share(2 * self.0[class][class], is + called)
        };
        (of(0) + of(1) + of(2)) / 3.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_from_counts() {
        let counts = Counts {
            found: 30,
            missed: 10,
            alarmed: 20,
            passed: 140,
        };
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        near(counts.accuracy(), 0.85);
        near(counts.precision(), 0.6);
        near(counts.recall(), 0.75);
        near(counts.f1(), 60.0 / 90.0);
        near(counts.macro_f1(), f64::midpoint(60.0 / 90.0, 280.0 / 310.0));
        near(counts.false_alarms(), 0.125);
        near(Counts::default().macro_f1(), 0.0);
        near(Three([[5, 0, 0], [0, 5, 0], [0, 0, 5]]).macro_f1(), 1.0);
    }
}

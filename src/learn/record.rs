//! What a model said of comments before it was told what they are: the measure of it that it cannot flatter.

use super::counts::{Counts, share};

/// Probabilities are kept to as many steps.
pub const STEPS: usize = 100;

/// With fewer of either kind, what was seen says little of where to cut: as many comments as are imagined to have been judged at
/// the cut-off that stands until then.
const FEW: f64 = 20.0;

/// Comments by the probability that they were given, the fine and the bad apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub(super) fine: [u32; STEPS],
    pub(super) bad: [u32; STEPS],
}

impl Default for Record {
    fn default() -> Self {
        Self {
            fine: [0; STEPS],
            bad: [0; STEPS],
        }
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)] // a step below 100
pub(super) fn step(probability: f32) -> usize {
    // A little more, or a step's own bound would fall into the step below for its rounding.
    ((probability * STEPS as f32 + 0.001) as usize).min(STEPS - 1)
}

#[allow(clippy::cast_precision_loss)] // a step below 100
pub(super) fn at(step: usize) -> f32 {
    step as f32 / STEPS as f32
}

impl Record {
    /// Notes what was said of a comment, once it is known what it is.
    pub fn add(&mut self, probability: f32, is_bad: bool) {
        self.add_step(step(probability), is_bad, 1);
    }

    /// The same of as many comments.
    pub(super) const fn add_step(&mut self, step: usize, is_bad: bool, comments: u32) {
        let row = if is_bad {
            &mut self.bad
        } else {
            &mut self.fine
        };
        row[step] += comments;
    }

    /// How many comments of either kind: fine, bad.
    #[must_use]
    pub fn seen(&self) -> (u32, u32) {
        (self.fine.iter().sum(), self.bad.iter().sum())
    }

    /// What would have been right and wrong with that cut-off.
    #[must_use]
    pub fn at(&self, cutoff: f32) -> Counts {
        let from = step(cutoff);
        let (fine, bad) = self.seen();
        let alarmed = self.fine[from..].iter().sum();
        let found = self.bad[from..].iter().sum();
        Counts {
            found,
            missed: bad - found,
            alarmed,
            passed: fine - alarmed,
        }
    }

    /// The cut-off with the best macro-F1. Neighbouring steps are looked at together, so that no single comment decides, and
    /// `until_then` holds as long as little was seen.
    #[must_use]
    pub fn best_cutoff(&self, until_then: f32) -> f32 {
        let (fine, bad) = self.seen();
        let scores: Vec<f64> = (0..STEPS).map(|s| self.at(at(s)).macro_f1()).collect();
        let smooth = |s: usize| {
            let near = &scores[s.saturating_sub(2)..(s + 3).min(STEPS)];
            near.iter().sum::<f64>() / share_of(near.len())
        };
        let mut best = (f64::MIN, until_then);
        for s in 1..STEPS {
            if smooth(s) > best.0 {
                best = (smooth(s), at(s));
            }
        }
        let known = f64::from(fine.min(bad));
        let trust = known / (known + FEW);
        #[allow(clippy::cast_possible_truncation)] // a probability
        let blended = (f64::from(best.1) * trust + f64::from(until_then) * (1.0 - trust)) as f32;
        blended
    }

    /// The lowest cut-off from that one on at which no greater share of the fine is called bad than `other` calls at that one.
    #[must_use]
    pub(super) fn cutoff_as_strict(&self, cutoff: f32, other: &Self) -> f32 {
        let most = other.at(cutoff).false_alarms();
        let steps = (step(cutoff) + 1..STEPS).map(at);
        let mut cutoffs = std::iter::once(cutoff).chain(steps);
        let last = at(STEPS - 1);
        cutoffs
            .find(|cutoff| self.at(*cutoff).false_alarms() <= most)
            .unwrap_or(last)
    }

    /// The lowest cut-off at which no greater share of the fine is called bad, even if one more were, together with that share; nothing
    /// where no cut-off keeps to it, as where none or too few were seen for so small a share.
    #[must_use]
    pub fn cutoff_for(&self, false_alarms: f64) -> Option<(f32, f64)> {
        let (fine, _) = self.seen();
        if fine == 0 {
            return None;
        }
        let mut alarmed = 0;
        let mut found = None;
        for s in (0..STEPS).rev() {
            alarmed += self.fine[s];
            // One comment more might have come: a share of nothing is not known to be nothing.
            if share(alarmed + 1, fine) > false_alarms {
                break;
            }
            found = Some((at(s), share(alarmed, fine)));
        }
        found
    }

    /// By tenths of probability: comments, and how many of them were bad.
    #[must_use]
    pub fn calibration(&self) -> [(u32, u32); 10] {
        std::array::from_fn(|tenth| {
            let steps = tenth * STEPS / 10..(tenth + 1) * STEPS / 10;
            let bad: u32 = self.bad[steps.clone()].iter().sum();
            let fine: u32 = self.fine[steps].iter().sum();
            (fine + bad, bad)
        })
    }
}

#[allow(clippy::cast_precision_loss)] // below 100
fn share_of(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(fine: &[(f32, u32)], bad: &[(f32, u32)]) -> Record {
        let mut record = Record::default();
        for (rows, is_bad) in [(fine, false), (bad, true)] {
            for &(probability, count) in rows {
                for _ in 0..count {
                    record.add(probability, is_bad);
                }
            }
        }
        record
    }

    #[test]
    fn a_cut_off_keeps_to_its_share_of_false_alarms() {
        let record = record(&[(0.05, 990), (0.5, 6), (0.9, 4)], &[(0.8, 50), (0.3, 50)]);
        let (cutoff, share) = record.cutoff_for(0.01).unwrap();
        assert!((0.505..0.515).contains(&cutoff), "{cutoff}");
        assert!(share <= 0.01);
        assert!(record.at(cutoff).false_alarms() <= 0.01);
        assert_eq!(Record::default().cutoff_for(0.01), None);
    }

    #[test]
    fn the_best_cut_off_lies_between_fine_and_bad_once_enough_were_seen() {
        let many = record(&[(0.1, 500)], &[(0.4, 500)]);
        assert!((0.1..=0.41).contains(&many.best_cutoff(0.9)));
        let none = Record::default();
        assert!((none.best_cutoff(0.45) - 0.45).abs() < 1e-6);
        assert_eq!(many.calibration()[1], (500, 0));
    }
}

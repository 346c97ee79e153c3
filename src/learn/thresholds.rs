//! From which probabilities on a site's model moves comments: as seldom wrong as promised, by the site's own decisions.

use super::acting::{Leave, Trial};
use super::counts::share;
use super::label::Output;
use super::measure::{Measure, Seen};
use super::model::Said;
use super::record::{Record, STEPS, step};
use crate::domain::{Action, Lane, ModelSettings};

/// With fewer comments that people found fine, nothing is known of false alarms, and the model moves nothing.
pub const FEWEST: usize = 300;
/// Less sure of itself it moves nothing, however seldom it was wrong.
const LEAST_SURE: [f32; 2] = [0.3, 0.5];
/// Where nothing was measured yet, less than this is not worth telling a person.
pub const TOLD_FROM: f32 = 0.85;

/// In as many parts a promise is shared out between the outputs.
const PARTS: u32 = 20;

/// The cut-offs of an output.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// From this probability on somebody should look.
    pub look: f32,
    /// From this on much speaks against it; from nowhere on where it cannot be as seldom wrong as that asks for.
    pub likely_bad: Option<f32>,
}

/// The cut-offs of both outputs, for one way of writing. Together they keep to what is promised.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Cuts {
    harm: Option<Cut>,
    spam: Option<Cut>,
    is_known: bool,
    /// What it may decide by itself, of each of [`Trial::LANES`]; nothing where that is not known for now.
    trials: Option<[Trial; 2]>,
}

/// From which probabilities on a site's model moves comments, those that are written without marks apart.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Thresholds {
    toned: Cuts,
    toneless: Cuts,
}

impl Thresholds {
    /// By what was measured, as seldom wrong as the site has chosen.
    #[must_use]
    pub fn of(measure: &Measure, chosen: &ModelSettings) -> Self {
        Self {
            toned: Cuts::of(measure, chosen, false),
            toneless: Cuts::of(measure, chosen, true),
        }
    }

    const fn cuts(&self, is_toneless: bool) -> &Cuts {
        if is_toneless {
            &self.toneless
        } else {
            &self.toned
        }
    }

    /// Where an output moves comments; nowhere until enough is known.
    #[must_use]
    pub const fn cut(&self, output: Output, is_toneless: bool) -> Option<Cut> {
        match output {
            Output::Spam => self.cuts(is_toneless).spam,
            Output::Harm | Output::Hate => self.cuts(is_toneless).harm,
        }
    }

    /// From which probability of an output on a person is told of it.
    #[must_use]
    pub fn told_from(&self, output: Output, is_toneless: bool) -> f32 {
        self.cut(output, is_toneless)
            .map_or(TOLD_FROM, |cut| cut.look)
    }

    /// What it does by itself with a comment that waits in that lane; nothing where it leaves it to a person.
    #[must_use]
    pub fn decides(&self, lane: Lane, said: Said, is_toneless: bool) -> Option<Action> {
        let trials = self.cuts(is_toneless).trials?;
        let trial = trials.iter().find(|trial| trial.lane == lane)?;
        let decided = match lane {
            Lane::LikelyFine => Action::Approve,
            _ if said.spam > said.harm => Action::Spam,
            _ => Action::Reject,
        };
        trial.decides(said.harm.max(said.spam)).then_some(decided)
    }

    /// What it would have decided by itself, texts with marks first; nothing where that is not known for now.
    #[must_use]
    pub fn trials(&self, lane: Lane) -> Option<[Trial; 2]> {
        let of = |cuts: &Cuts| cuts.trials?.into_iter().find(|trial| trial.lane == lane);
        Some([of(&self.toned)?, of(&self.toneless)?])
    }

    /// Whether it may decide anything of that lane by itself; nothing where that is not known for now.
    #[must_use]
    pub fn leave(&self, lane: Lane) -> Option<Leave> {
        let trials = self.trials(lane)?;
        let has = |leave| trials.iter().any(|trial| trial.leave == leave);
        let leaves = [Leave::Granted, Leave::TooWrong];
        Some(
            leaves
                .into_iter()
                .find(|leave| has(*leave))
                .unwrap_or(Leave::TooFew),
        )
    }

    /// Whether it has stopped deciding on that lane by itself, of either way of writing.
    #[must_use]
    pub fn has_stopped(&self, lane: Lane) -> bool {
        let trials = self.trials(lane);
        let is_wrong = |trial: &Trial| trial.leave == Leave::TooWrong;
        trials.is_some_and(|trials| trials.iter().any(is_wrong))
            || self.leave(lane) == Some(Leave::TooFew)
    }

    /// The first lane that it would be let decide on by itself though it may not, and why not.
    #[must_use]
    pub fn refused(&self, before: &ModelSettings, after: &ModelSettings) -> Option<(Lane, Leave)> {
        let turned_on = |lane: &Lane| after.decides(*lane) && !before.decides(*lane);
        let leaves = Trial::LANES.into_iter().filter(turned_on);
        let mut leaves = leaves.map(|lane| (lane, self.leave(lane).unwrap_or(Leave::TooFew)));
        leaves.find(|(_, leave)| *leave != Leave::Granted)
    }

    /// The same that decides nothing by itself.
    #[must_use]
    pub const fn without_trials(mut self) -> Self {
        (self.toned.trials, self.toneless.trials) = (None, None);
        self
    }

    /// Whether enough is known for anything to be moved, of texts with marks or without.
    #[must_use]
    pub const fn moves(&self, is_toneless: bool) -> bool {
        self.cuts(is_toneless).is_known
    }

    /// Where a comment waits of which the rules think so and the model that: never sooner than the rules say.
    #[must_use]
    pub fn lane(&self, by_rules: Lane, said: Said, is_toneless: bool) -> Lane {
        let by = |output, probability: f32| match self.cut(output, is_toneless) {
            Some(cut) if cut.likely_bad.is_some_and(|from| probability >= from) => Lane::LikelyBad,
            Some(cut) if probability >= cut.look => Lane::Look,
            _ => Lane::LikelyFine,
        };
        by_rules
            .max(by(Output::Harm, said.harm))
            .max(by(Output::Spam, said.spam))
    }
}

impl Cuts {
    fn of(measure: &Measure, chosen: &ModelSettings, is_toneless: bool) -> Self {
        let trials = Trial::LANES.map(|lane| Trial::of(measure, lane, is_toneless));
        let fine = measure.fine(is_toneless);
        if fine.len() < FEWEST {
            return Self {
                trials: Some(trials),
                ..Self::default()
            };
        }
        let records =
            [Output::Harm, Output::Spam].map(|output| measure.record(output, is_toneless));
        let look = together(&fine, &records, chosen.look_alarms.share());
        let likely_bad = together(&fine, &records, chosen.likely_bad_alarms.share());
        let cut = |output: usize| {
            Some(Cut {
                look: look[output]?.max(LEAST_SURE[0]),
                likely_bad: likely_bad[output].map(|from| from.max(LEAST_SURE[1])),
            })
        };
        Self {
            harm: cut(0),
            spam: cut(1),
            is_known: true,
            trials: Some(trials),
        }
    }
}

/// Cut-offs for harm and for spam by which no greater share of the fine is called either: each output has as much of the promise as both
/// together still keep to. With half of it each they surely do; they mostly err about the same comments, so it may be more.
fn together(fine: &[Seen], records: &[Record; 2], alarms: f64) -> [Option<f32>; 2] {
    let mut shared = (PARTS / 2..=PARTS).rev().map(|part| {
        let part = alarms * f64::from(part) / f64::from(PARTS);
        records
            .each_ref()
            .map(|record| record.cutoff_for(part).map(|(cutoff, _)| cutoff))
    });
    shared
        .find(|cuts| alarmed(fine, *cuts) <= alarms)
        .unwrap_or_default()
}

/// The share of the fine that is called harm or spam, if one more were; each sample is as many as it stands for.
fn alarmed(fine: &[Seen], [harm, spam]: [Option<f32>; 2]) -> f64 {
    let from = |cut: Option<f32>| cut.map_or(STEPS, step);
    let (harm, spam) = (from(harm), from(spam));
    let is_called = |seen: &&Seen| usize::from(seen.harm) >= harm || usize::from(seen.spam) >= spam;
    let weight = |seen: &Seen| seen.witness.weight();
    let called: u32 = fine.iter().filter(is_called).map(weight).sum();
    share(called + 1, fine.iter().map(weight).sum())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{Action, CommentId, DecisionId, Lesson, Witness};

    fn fine(harm: f32, spam: f32) -> Lesson {
        Lesson {
            decision: DecisionId(Uuid::nil()),
            comment: CommentId(Uuid::nil()),
            action: Action::Approve,
            harm,
            spam,
            is_toneless: false,
            witness: Witness::Itself,
            bad_after: None,
        }
    }

    /// Of a thousand fine comments so many which one output errs about, and so many about which the other does.
    fn erring(harm: usize, spam: usize, both: usize) -> Vec<Lesson> {
        let of = |many: usize, harm: f32, spam: f32| {
            // Each a little surer than the one before, as probabilities are.
            (0..many).map(move |number| {
                #[allow(clippy::cast_precision_loss)] // some dozens
                let step = 0.01 * (number % 40) as f32;
                fine(
                    if harm > 0.5 { harm + step } else { harm },
                    if spam > 0.5 { spam + step } else { spam },
                )
            })
        };
        let rest = 1_000 - harm - spam - both;
        of(harm, 0.55, 0.05)
            .chain(of(spam, 0.05, 0.55))
            .chain(of(both, 0.55, 0.55))
            .chain(of(rest, 0.05, 0.05))
            .collect()
    }

    fn moved(lessons: &[Lesson], thresholds: &Thresholds, to: Lane) -> usize {
        let lane = |lesson: &&Lesson| {
            let said = Said {
                harm: lesson.harm,
                spam: lesson.spam,
            };
            thresholds.lane(Lane::LikelyFine, said, false) >= to
        };
        lessons.iter().filter(lane).count()
    }

    #[test]
    fn both_outputs_together_keep_to_what_is_promised() {
        for (harm, spam, both) in [(40, 40, 0), (0, 0, 60), (60, 5, 10), (100, 0, 0)] {
            let lessons = erring(harm, spam, both);
            let thresholds = Thresholds::of(&Measure::of(&lessons), &ModelSettings::default());
            let (look, bad) = (
                moved(&lessons, &thresholds, Lane::Look),
                moved(&lessons, &thresholds, Lane::LikelyBad),
            );
            assert!(
                look <= 30 && bad <= 10,
                "{harm} {spam} {both}: {look} {bad}"
            );
            // Nor is the promise left unused.
            assert!(look >= 15, "{harm} {spam} {both}: {look}");
        }
    }

    #[test]
    fn a_comment_that_both_err_about_is_one_false_alarm() {
        let lessons = erring(0, 0, 60);
        let thresholds = Thresholds::of(&Measure::of(&lessons), &ModelSettings::default());
        assert!(moved(&lessons, &thresholds, Lane::Look) >= 26);
    }

    fn chosen(look: &str, likely_bad: &str) -> ModelSettings {
        ModelSettings {
            look_alarms: look.parse().expect("a percentage"),
            likely_bad_alarms: likely_bad.parse().expect("a percentage"),
            ..ModelSettings::default()
        }
    }

    #[test]
    fn a_site_chooses_how_seldom_it_is_wrong() {
        let lessons = erring(80, 0, 0);
        let measure = Measure::of(&lessons);
        let moved = |look, likely_bad| {
            let thresholds = Thresholds::of(&measure, &chosen(look, likely_bad));
            [Lane::Look, Lane::LikelyBad].map(|to| moved(&lessons, &thresholds, to))
        };
        let [look, bad] = moved("5", "2");
        assert!(
            (40..=50).contains(&look) && (14..=20).contains(&bad),
            "{look} {bad}"
        );
        let [less, _] = moved("2", "2");
        assert!(less <= 20, "{less}");
        let [look, none] = moved("5", "0");
        assert!((40..=50).contains(&look) && none == 0, "{look} {none}");
        assert_eq!(moved("0", "0"), [0, 0]);
    }

    #[test]
    fn somebody_looks_also_where_nothing_is_sure_enough_for_more() {
        // The surest of all are fine, so nowhere is it seldom enough wrong.
        let mut lessons = erring(0, 0, 0);
        lessons.extend(
            [fine(0.99, 0.05), fine(0.99, 0.05)]
                .into_iter()
                .cycle()
                .take(12),
        );
        let thresholds = Thresholds::of(&Measure::of(&lessons), &ModelSettings::default());
        let cut = thresholds.cut(Output::Harm, false).expect("a cut-off");
        assert_eq!(cut.likely_bad, None);
        assert_eq!(moved(&lessons, &thresholds, Lane::Look), 12);
    }
}

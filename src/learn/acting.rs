//! What a site's model may decide by itself: what it is so sure of that people were hardly ever of another mind.

use serde::Serialize;

use super::counts::share;
use super::measure::{Measure, Seen};
use super::record::{STEPS, at, step};
use super::thresholds::FEWEST;
use crate::domain::{Action, Lane, ModelSample, Witness};

/// Of what it decides by itself people may be of another mind about no greater share.
pub const WRONG: f64 = 0.01;

/// Less sure than by so many [steps](STEPS) of the surest it decides nothing, however seldom people were of another mind.
const SURE: usize = 10;

/// Whether a model may decide by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Leave {
    /// It may.
    Granted,
    /// Too few decisions of people tell of how often it would be wrong.
    TooFew,
    /// It would be wrong too often, or was of late.
    TooWrong,
}

/// What a model would have decided by itself of one lane and one way of writing, and how often people were of another mind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// What it would approve, or what it would refuse.
    pub lane: Lane,
    /// So many decisions of people were looked at.
    pub looked_at: u32,
    /// For so many comments they speak: a sample for all that it stands for.
    pub of: u32,
    /// Of these, people were of another mind about so many.
    pub wrong: u32,
    /// Whether it may.
    pub leave: Leave,
    /// The first step of probability that it would not approve, or that it would refuse.
    cut: usize,
}

impl Trial {
    /// The lanes of which anything may be decided.
    pub const LANES: [Lane; 2] = [Lane::LikelyFine, Lane::LikelyBad];

    /// By what people decided.
    ///
    /// It goes as far as keeps to what is promised, even if one more were wrong. Whether that holds still is asked of the latest
    /// decisions alone, among them whatever was a sample when it came: where it does not, nothing is decided until those are past.
    pub(super) fn of(measure: &Measure, lane: Lane, is_toneless: bool) -> Self {
        let seen = measure.witnesses(is_toneless);
        let (mut trial, mut found) = (Self::none(lane), None);
        for step in surest_first(lane) {
            let of_step = seen.iter().filter(|one| risk(**one) == step);
            of_step.for_each(|one| trial.add(*one));
            trial.cut = step + usize::from(lane == Lane::LikelyFine);
            if trial.looked_at as usize >= FEWEST {
                let keeps = share(trial.wrong + 1, trial.of) <= WRONG;
                trial.leave = if keeps {
                    Leave::Granted
                } else {
                    Leave::TooWrong
                };
                if keeps || found.is_none() {
                    found = Some(trial);
                }
            }
        }
        found.unwrap_or(trial).lately(&seen)
    }

    const fn none(lane: Lane) -> Self {
        Self {
            lane,
            looked_at: 0,
            of: 0,
            wrong: 0,
            leave: Leave::TooFew,
            cut: 0,
        }
    }

    /// The same, unless people were of another mind too often of late.
    fn lately(self, seen: &[Seen]) -> Self {
        let mut lately = Self {
            cut: self.cut,
            leave: Leave::TooWrong,
            ..Self::none(self.lane)
        };
        let such = |one: &&Seen| self.holds_step(risk(**one)) || self.was_sampled(**one);
        let latest = seen.iter().rev().filter(such).take(FEWEST);
        latest.for_each(|one| lately.add(*one));
        let is_wrong = self.leave == Leave::Granted && lately.wrong_share() > WRONG;
        if is_wrong { lately } else { self }
    }

    fn add(&mut self, one: Seen) {
        let is_approved = one.action == Action::Approve;
        let is_wrong = is_approved != (self.lane == Lane::LikelyFine);
        self.looked_at += 1;
        self.of += one.witness.weight();
        self.wrong += one.witness.weight() * u32::from(is_wrong);
    }

    fn was_sampled(&self, one: Seen) -> bool {
        let Witness::Sample(ModelSample { action, .. }) = one.witness else {
            return false;
        };
        (action == Action::Approve) == (self.lane == Lane::LikelyFine)
    }

    const fn holds_step(&self, step: usize) -> bool {
        match self.lane {
            Lane::LikelyFine => step < self.cut,
            Lane::Look => false,
            Lane::LikelyBad => step >= self.cut,
        }
    }

    /// Whether it decides on what is bad with that probability.
    #[must_use]
    pub fn decides(&self, probability: f32) -> bool {
        self.leave == Leave::Granted && self.holds_step(step(probability))
    }

    /// The probability of bad under which it would approve, or from which on it would refuse.
    #[must_use]
    pub fn cut(&self) -> f32 {
        at(self.cut)
    }

    /// The share of which people were of another mind.
    #[must_use]
    pub fn wrong_share(&self) -> f64 {
        share(self.wrong, self.of)
    }
}

/// By how much a model had it that a comment is bad, for harm or as spam.
fn risk(one: Seen) -> usize {
    one.harm.max(one.spam).into()
}

/// The steps of probability of which anything is decided.
fn surest_first(lane: Lane) -> Box<dyn Iterator<Item = usize>> {
    match lane {
        Lane::LikelyFine => Box::new(0..SURE),
        Lane::Look => Box::new(std::iter::empty()),
        Lane::LikelyBad => Box::new((STEPS - SURE..STEPS).rev()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{CommentId, DecisionId, Lesson};

    fn lesson(action: Action, risk: f32, witness: Witness) -> Lesson {
        Lesson {
            decision: DecisionId(Uuid::nil()),
            comment: CommentId(Uuid::nil()),
            action,
            harm: risk,
            spam: 0.0,
            is_toneless: false,
            witness,
            bad_after: None,
        }
    }

    fn many(count: usize, action: Action, risk: f32) -> Vec<Lesson> {
        vec![lesson(action, risk, Witness::Itself); count]
    }

    fn sample(action: Action, would: Action, risk: f32) -> Lesson {
        let sample = ModelSample {
            action: would,
            stands_for: 10,
        };
        lesson(action, risk, Witness::Sample(sample))
    }

    fn trial(lessons: &[Lesson], lane: Lane) -> Trial {
        Trial::of(&Measure::of(lessons), lane, false)
    }

    #[test]
    fn it_goes_as_far_as_people_were_of_its_mind() {
        let mut lessons = many(400, Action::Approve, 0.02);
        let told = trial(&lessons, Lane::LikelyFine);
        assert_eq!((told.leave, told.of, told.wrong), (Leave::Granted, 400, 0));
        assert!(told.decides(0.029));
        // Where people refused some, it leaves all of that probability to them.
        lessons.extend(many(50, Action::Approve, 0.06));
        lessons.extend(many(10, Action::Reject, 0.06));
        let told = trial(&lessons, Lane::LikelyFine);
        assert!(told.leave == Leave::Granted && told.decides(0.05) && !told.decides(0.065));
        // Of what it is not sure of it decides nothing, whatever people said.
        let unsure = trial(&many(900, Action::Approve, 0.2), Lane::LikelyFine);
        assert_eq!((unsure.leave, unsure.looked_at), (Leave::TooFew, 0));
        let bad = trial(&many(400, Action::Spam, 0.97), Lane::LikelyBad);
        assert!(bad.leave == Leave::Granted && bad.decides(0.97) && !bad.decides(0.89));
    }

    #[test]
    fn too_little_says_nothing_and_too_many_mistakes_say_no() {
        let few = trial(&many(FEWEST - 1, Action::Approve, 0.02), Lane::LikelyFine);
        assert_eq!((few.leave, few.decides(0.0)), (Leave::TooFew, false));
        let mut lessons = many(FEWEST, Action::Approve, 0.02);
        assert_eq!(trial(&lessons, Lane::LikelyFine).leave, Leave::Granted);
        lessons.extend(many(4, Action::Reject, 0.02));
        let wrong = trial(&lessons, Lane::LikelyFine);
        assert_eq!((wrong.leave, wrong.wrong), (Leave::TooWrong, 4));
        // What is written without marks is measured apart.
        assert_eq!(
            Trial::of(&Measure::of(&lessons), Lane::LikelyFine, true).leave,
            Leave::TooFew
        );
    }

    #[test]
    fn a_sample_speaks_for_all_that_it_stands_for() {
        let mut lessons = many(5_000, Action::Approve, 0.02);
        lessons.extend(vec![sample(Action::Approve, Action::Approve, 0.02); 20]);
        let told = trial(&lessons, Lane::LikelyFine);
        assert_eq!(
            (told.leave, told.looked_at, told.of),
            (Leave::Granted, 5_020, 5_200)
        );
        lessons.push(sample(Action::Reject, Action::Approve, 0.02));
        // Ten of the five thousand would be seldom enough; of the latest they are not.
        let told = trial(&lessons, Lane::LikelyFine);
        assert_eq!((told.leave, told.wrong), (Leave::TooWrong, 10));
        assert_eq!((told.looked_at, told.of), (300, 489));
        // It goes on once people have been of its mind for long enough.
        lessons.extend(many(FEWEST, Action::Approve, 0.02));
        assert_eq!(trial(&lessons, Lane::LikelyFine).leave, Leave::Granted);
    }

    #[test]
    fn a_sample_counts_also_where_the_model_has_learnt_better_since() {
        let mut lessons = many(400, Action::Approve, 0.02);
        lessons.push(sample(Action::Reject, Action::Approve, 0.6));
        assert_eq!(trial(&lessons, Lane::LikelyFine).leave, Leave::TooWrong);
        // It would not have refused that.
        lessons.extend(many(400, Action::Reject, 0.97));
        assert_eq!(trial(&lessons, Lane::LikelyBad).leave, Leave::Granted);
    }

    #[test]
    fn who_overrules_the_model_says_nothing_of_what_nobody_looked_at() {
        let mut lessons = many(400, Action::Approve, 0.02);
        lessons.extend(vec![lesson(Action::Reject, 0.02, Witness::Nothing); 40]);
        let told = trial(&lessons, Lane::LikelyFine);
        assert_eq!(
            (told.leave, told.looked_at, told.wrong),
            (Leave::Granted, 400, 0)
        );
    }
}

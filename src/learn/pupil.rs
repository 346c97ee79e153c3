//! A model that learns a site's decisions one after the other.

use std::collections::HashMap;

use uuid::Uuid;

use super::features::Features;
use super::measure::label_of;
use super::model::{Model, Pace, Said};
use super::shape::is_toneless;
use crate::domain::{BatchId, DecisionId, Lesson, Taught};
use crate::text::Reading;

/// A model, and how far it has learnt. Two that began alike and learnt the same lessons are the same to the last bit.
#[derive(Debug, Clone, PartialEq)]
pub struct Pupil {
    model: Model,
    /// The last lesson.
    through: DecisionId,
    lessons: u64,
}

impl Pupil {
    /// One that has learnt nothing of the site yet.
    #[must_use]
    pub fn new(base: Model) -> Self {
        Self::resumed(base, DecisionId(Uuid::nil()), 0)
    }

    /// One that has learnt so many lessons, up to that one.
    #[must_use]
    pub const fn resumed(model: Model, through: DecisionId, lessons: u64) -> Self {
        Self {
            model,
            through,
            lessons,
        }
    }

    /// What it has learnt.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// The last lesson that it learnt.
    #[must_use]
    pub const fn through(&self) -> DecisionId {
        self.through
    }

    /// How many lessons it has learnt.
    #[must_use]
    pub const fn lessons(&self) -> u64 {
        self.lessons
    }

    /// What it would say, without learning anything.
    #[must_use]
    pub fn asked(&self, taught: &Taught) -> Lesson {
        asked_of(&self.model, taught)
    }

    /// Says what it makes of a comment, and learns then what was decided.
    pub fn learn(&mut self, taught: &Taught) -> Lesson {
        let reading = Reading::new(&taught.body);
        let features = Features::of(&reading, &taught.evidence);
        let lesson = lesson(taught, self.model.predict(&features));
        let label = label_of(taught.action);
        self.model.learn(&features, label, Pace::DECISIONS);
        self.through = taught.decision;
        self.lessons += 1;
        lesson
    }
}

/// A lesson of which a model has said that.
fn lesson(taught: &Taught, said: Said) -> Lesson {
    Lesson {
        decision: taught.decision,
        comment: taught.comment,
        action: taught.action,
        harm: said.harm,
        spam: said.spam,
        is_toneless: is_toneless(&taught.body),
        witness: taught.witness,
        bad_after: None,
    }
}

/// A model that learns what was decided together as what it is: while the comments waited, it knew of none of these decisions. Asked about
/// each after it has learnt the one before, it would be surer of each than it was of any.
#[derive(Debug)]
pub struct Class {
    /// What learns.
    pub pupil: Pupil,
    /// What it was before the last batch, where more of that may come.
    before: Option<(BatchId, Model)>,
}

impl Class {
    /// With a pupil that has learnt so much.
    #[must_use]
    pub const fn of(pupil: Pupil) -> Self {
        Self {
            pupil,
            before: None,
        }
    }

    /// No more of the last batch comes.
    pub fn ends_batch(&mut self) {
        self.before = None;
    }

    /// What it said of each before it knew how any of its batch was decided; each is learnt in its turn. More of the last batch may come where
    /// it `goes_on`: to keep what the model was before that costs a copy of all weights.
    pub fn learn(&mut self, these: &[Taught], goes_on: bool) -> Vec<Lesson> {
        let mut batches: HashMap<BatchId, Vec<usize>> = HashMap::new();
        for (place, taught) in these.iter().enumerate() {
            batches.entry(taught.batch).or_default().push(place);
        }
        let last = these.last().map(|taught| taught.batch);
        let mut known = self.before.take();
        let mut said: Vec<Option<Lesson>> = vec![None; these.len()];
        for (place, taught) in these.iter().enumerate() {
            // Of a batch that was asked about already nothing is left here.
            let batch = batches.remove(&taught.batch).unwrap_or_default();
            let before = known.take_if(|(id, _)| *id == taught.batch);
            let is_kept = goes_on && last == Some(taught.batch);
            if batch.len() == 1 && before.is_none() && !is_kept {
                said[place] = Some(self.pupil.learn(taught));
                continue;
            }
            let model = before
                .as_ref()
                .map_or(&self.pupil.model, |(_, model)| model);
            for other in &batch {
                said[*other] = Some(asked_of(model, &these[*other]));
            }
            if is_kept && !batch.is_empty() {
                let model =
                    before.map_or_else(|| self.pupil.model.for_judging(), |(_, model)| model);
                self.before = Some((taught.batch, model));
            }
            self.pupil.learn(taught);
        }
        said.into_iter().flatten().collect()
    }
}

/// What a model says of a comment.
fn asked_of(model: &Model, taught: &Taught) -> Lesson {
    let reading = Reading::new(&taught.body);
    lesson(taught, model.says(&reading, &taught.evidence))
}

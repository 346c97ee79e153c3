//! A model that learns a site's decisions one after the other.

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
        self.look(taught).1
    }

    /// Says what it makes of a comment, and learns then what was decided.
    pub fn learn(&mut self, taught: &Taught) -> Lesson {
        let (features, lesson) = self.look(taught);
        let label = label_of(taught.action);
        self.model.learn(&features, label, Pace::DECISIONS);
        self.through = taught.decision;
        self.lessons += 1;
        lesson
    }

    fn look(&self, taught: &Taught) -> (Features, Lesson) {
        let reading = Reading::new(&taught.body);
        let features = Features::of(&reading, &taught.evidence);
        let lesson = lesson(taught, self.model.predict(&features));
        (features, lesson)
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
    }
}

/// A model that learns what was decided together as what it is: while the comments waited, it knew of none of these decisions. Asked about
/// each after it has learnt the one before, it would be surer of each than it was of any.
#[derive(Debug)]
pub struct Class {
    /// What learns.
    pub pupil: Pupil,
    /// What it was before the batch that came last, of which more may come.
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

    /// What it said of each before it knew how they were decided; then it learns that.
    pub fn learn(&mut self, these: &[Taught]) -> Vec<Lesson> {
        let mut lessons = Vec::with_capacity(these.len());
        for batch in these.chunk_by(|one, other| one.batch == other.batch) {
            let known = self.before.take();
            let known = known.filter(|(id, _)| *id == batch[0].batch);
            // One by itself is asked as it is learnt: to keep what it was before costs a copy of all weights.
            if let ([only], None) = (batch, &known) {
                lessons.push(self.pupil.learn(only));
                continue;
            }
            let (id, model) =
                known.unwrap_or_else(|| (batch[0].batch, self.pupil.model().for_judging()));
            lessons.extend(batch.iter().map(|taught| {
                lesson(
                    taught,
                    model.says(&Reading::new(&taught.body), &taught.evidence),
                )
            }));
            for taught in batch {
                self.pupil.learn(taught);
            }
            self.before = Some((id, model));
        }
        lessons
    }

    /// No more comes of the last batch.
    pub fn close(&mut self) {
        self.before = None;
    }
}

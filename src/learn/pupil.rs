//! A model that learns a site's decisions one after the other.

use uuid::Uuid;

use super::features::Features;
use super::measure::label_of;
use super::model::{Model, Pace};
use super::shape::is_toneless;
use crate::domain::{DecisionId, Lesson, Taught};
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
        let said = self.model.predict(&features);
        let lesson = Lesson {
            decision: taught.decision,
            comment: taught.comment,
            action: taught.action,
            harm: said.harm,
            spam: said.spam,
            is_toneless: is_toneless(&taught.body),
            witness: taught.witness,
        };
        (features, lesson)
    }
}

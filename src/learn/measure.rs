//! How right a site's model was on the site's own decisions: what it said of comments before it was told what people decided.

use std::collections::VecDeque;

use super::label::{Label, Output};
use super::record::{Record, step};
use crate::domain::{Action, Lesson, Witness};

/// As many of the latest lessons are looked at.
pub const MEASURED: usize = 20_000;

/// What a decision says of a comment.
#[must_use]
pub const fn label_of(action: Action) -> Label {
    match action {
        Action::Approve => Label::FINE,
        Action::Reject => Label::HARM,
        Action::Spam => Label::SPAM,
        _ => Label {
            harm: None,
            spam: None,
            hate: None,
        },
    }
}

/// A lesson, as far as it matters here. Probabilities are kept by their [steps](super::STEPS), so that it is small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) harm: u8,
    pub(super) spam: u8,
    pub(super) action: Action,
    pub(super) witness: Witness,
    is_toneless: bool,
}

impl Seen {
    fn of(lesson: &Lesson) -> Self {
        let step = |probability| u8::try_from(step(probability)).unwrap_or(u8::MAX);
        Self {
            harm: step(lesson.harm),
            spam: step(lesson.spam),
            action: lesson.action,
            witness: lesson.witness,
            is_toneless: lesson.is_toneless,
        }
    }

    fn is(self, output: Output) -> Option<bool> {
        let label = label_of(self.action);
        match output {
            Output::Spam => label.spam,
            Output::Harm | Output::Hate => label.harm,
        }
    }

    fn step(self, output: Output) -> usize {
        match output {
            Output::Spam => self.spam.into(),
            Output::Harm | Output::Hate => self.harm.into(),
        }
    }
}

/// What a model said of the latest comments that it was taught.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measure {
    seen: VecDeque<Seen>,
}

impl Measure {
    /// Of lessons, the oldest first.
    #[must_use]
    pub fn of<'a>(lessons: impl IntoIterator<Item = &'a Lesson>) -> Self {
        let mut measure = Self::default();
        lessons.into_iter().for_each(|lesson| measure.add(lesson));
        measure
    }

    /// One lesson more; the oldest makes room for it.
    pub fn add(&mut self, lesson: &Lesson) {
        if self.seen.len() == MEASURED {
            self.seen.pop_front();
        }
        let has = self.seen.len();
        if has == self.seen.capacity() {
            // Twice as many as there are, as it is by itself, and never more than there will be.
            self.seen.reserve_exact(has.max(64).min(MEASURED - has));
        }
        self.seen.push_back(Seen::of(lesson));
    }

    /// What was said by an output, of texts with marks or without.
    #[must_use]
    pub fn record(&self, output: Output, is_toneless: bool) -> Record {
        let mut record = Record::default();
        for seen in self.written(is_toneless) {
            if let Some(is_bad) = seen.is(output) {
                record.add_step(seen.step(output), is_bad, seen.witness.weight());
            }
        }
        record
    }

    /// The comments that people found fine, of texts with marks or without.
    pub(super) fn fine(&self, is_toneless: bool) -> Vec<Seen> {
        let mut seen = self.witnesses(is_toneless);
        seen.retain(|seen| seen.action == Action::Approve);
        seen
    }

    /// The comments that say something of the model, of texts with marks or without, the oldest first.
    pub(super) fn witnesses(&self, is_toneless: bool) -> Vec<Seen> {
        let written = self.written(is_toneless);
        written.filter(|seen| seen.witness.weight() > 0).collect()
    }

    /// How many bytes it takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.seen.capacity() * size_of::<Seen>()
    }

    fn written(&self, is_toneless: bool) -> impl Iterator<Item = Seen> {
        let seen = self.seen.iter().copied();
        seen.filter(move |seen| seen.is_toneless == is_toneless)
    }
}

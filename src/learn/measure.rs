//! How right a site's model was on the site's own decisions, and what follows from that for where comments wait.

use super::label::{Label, Output};
use super::model::Said;
use super::record::Record;
use crate::domain::{Action, Lane, Lesson};

/// With fewer comments that people found fine, nothing is known of false alarms, and the model moves nothing.
const FEWEST: u32 = 300;
/// Of the comments that people find fine, no greater share than this is put where somebody should look.
pub const LOOK_ALARMS: f64 = 0.03;
/// No greater share is put with what much speaks against.
pub const BAD_ALARMS: f64 = 0.01;
/// Less sure of itself it moves nothing, however seldom it was wrong.
const LEAST_SURE: [f32; 2] = [0.3, 0.5];

/// The cut-offs of an output.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// From this probability on somebody should look.
    pub look: f32,
    /// From this on much speaks against it.
    pub likely_bad: f32,
}

/// What a model said of comments before it was told what people decided; those that are written without marks apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measure {
    harm: [Record; 2],
    spam: [Record; 2],
}

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

impl Measure {
    /// Of lessons.
    #[must_use]
    pub fn of<'a>(lessons: impl IntoIterator<Item = &'a Lesson>) -> Self {
        let mut measure = Self::default();
        lessons.into_iter().for_each(|lesson| measure.add(lesson));
        measure
    }

    /// One lesson more.
    pub fn add(&mut self, lesson: &Lesson) {
        let (label, written) = (label_of(lesson.action), usize::from(lesson.is_toneless));
        if let Some(is_bad) = label.harm {
            self.harm[written].add(lesson.harm, is_bad);
        }
        if let Some(is_bad) = label.spam {
            self.spam[written].add(lesson.spam, is_bad);
        }
    }

    /// What was said by an output, of texts with marks or without.
    #[must_use]
    pub const fn record(&self, output: Output, is_toneless: bool) -> &Record {
        let records = match output {
            Output::Spam => &self.spam,
            Output::Harm | Output::Hate => &self.harm,
        };
        if is_toneless {
            &records[1]
        } else {
            &records[0]
        }
    }

    /// Where an output moves comments; nowhere until enough is known.
    #[must_use]
    pub fn cut(&self, output: Output, is_toneless: bool) -> Option<Cut> {
        let record = self.record(output, is_toneless);
        if record.seen().0 < FEWEST {
            return None;
        }
        let at = |alarms: f64, least: f32| Some(record.cutoff_for(alarms)?.0.max(least));
        Some(Cut {
            look: at(LOOK_ALARMS, LEAST_SURE[0])?,
            likely_bad: at(BAD_ALARMS, LEAST_SURE[1])?,
        })
    }

    /// Whether enough is known for anything to be moved, of texts with marks or without.
    #[must_use]
    pub fn moves(&self, is_toneless: bool) -> bool {
        // Whatever is found fine is neither, so both outputs know as many.
        self.record(Output::Harm, is_toneless).seen().0 >= FEWEST
    }

    /// Where a comment waits of which the rules think so and the model that: never sooner than the rules say.
    #[must_use]
    pub fn lane(&self, by_rules: Lane, said: Said, is_toneless: bool) -> Lane {
        let by = |output, probability: f32| match self.cut(output, is_toneless) {
            Some(cut) if probability >= cut.likely_bad => Lane::LikelyBad,
            Some(cut) if probability >= cut.look => Lane::Look,
            _ => Lane::LikelyFine,
        };
        by_rules
            .max(by(Output::Harm, said.harm))
            .max(by(Output::Spam, said.spam))
    }
}

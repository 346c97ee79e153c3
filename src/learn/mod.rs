//! A model that learns from moderators' decisions.
//!
//! [`Features`] are what it sees of a comment: runs of letters and words with their marks and without, what the rules saw, the
//! shape of the text. A [`Model`] gives a probability for each [`Output`], learns from a [`Label`], and can say which words
//! weighed. Everything is a pure function of its arguments and the same to the last bit on every machine, so that
//! replicas that have learnt the same decisions in the same order have the same weights.

mod acting;
mod counts;
mod explain;
mod features;
mod file;
mod hash;
mod label;
mod letters;
mod live;
mod measure;
mod model;
mod prequential;
mod pupil;
mod record;
mod report;
mod shape;
mod shipped;
mod sigmoid;
mod squares;
mod thresholds;
mod train;
mod version;

pub use acting::{Leave, Trial, WRONG};
pub use counts::{Counts, Three};
pub use explain::Weighed;
pub use features::Features;
pub use file::NoModel;
pub use label::{Label, Output};
pub use live::{LiveModels, SiteModel};
pub use measure::{MEASURED, Measure, label_of};
pub use model::{Model, Pace, Said};
pub use prequential::{Course, Point, Prequential};
pub use pupil::{Class, Pupil};
pub use record::{Record, STEPS};
pub use report::{
    Choice, Drift, HUNDRED, Hundred, Moved, OfOutput, Report, Writing, told, whole_hundreds,
};
pub use shape::is_toneless;
pub use thresholds::{Cut, FEWEST, TOLD_FROM, Thresholds};
pub use train::{Example, Plan, train};

#[cfg(test)]
mod tests;

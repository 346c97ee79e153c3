//! What sites' models have learnt: the lessons, the weights now and then, and who learns.
//!
//! A model is a function of the decisions of people that stand, one a comment, in the order of those decisions. What was learnt is a
//! row for each; weights are kept now and then, and what came since is learnt again from there. So nothing is lost with
//! a process, and an undone decision is forgotten by learning again from before it. A decision teaches only for as long as
//! the text is there that it was made on.

mod asked_again;
mod demand;
mod lessons;
mod mark;
mod snapshots;
mod thinning;

pub use demand::OnDemand;
pub use lessons::{Considered, LESSONS_AT_ONCE, LessonChange};
pub use mark::{LearnMark, Stretch};
pub use snapshots::{Snapshot, SnapshotInfo};

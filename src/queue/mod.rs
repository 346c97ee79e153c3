//! Where a comment stands, who may move it where, and what became of it. Pure: the store carries the moves out.

mod backoff;
mod judgement;
mod story;
mod transition;

pub use backoff::{Schedule, jittered};
pub use judgement::judgement;
pub use story::{Move, Mover, Story, story};
pub use transition::{Refused, decide, decide_reported, settles, undo};

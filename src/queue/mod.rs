//! Where a comment stands and who may move it where. Pure: the store carries the moves out.

mod backoff;
mod transition;

pub use backoff::{Schedule, jittered};
pub use transition::{Refused, decide, undo};

//! The moderators' pages. Every form works without JavaScript.

pub mod queue;
pub mod sign_in;
mod signed_in;

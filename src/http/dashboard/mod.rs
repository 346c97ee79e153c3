//! The moderators' pages. Every form works without JavaScript.

pub mod articles;
pub mod authors;
pub mod bans;
mod brief;
pub mod queue;
pub mod sign_in;
mod signed_in;

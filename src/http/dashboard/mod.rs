//! The moderators' pages. Every form works without JavaScript.

pub mod articles;
pub mod authors;
pub mod bans;
mod brief;
mod card_view;
pub mod deciding;
mod list;
pub mod queue;
pub mod sign_in;
mod signed_in;

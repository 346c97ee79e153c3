//! What moderators do, for programs and for the dashboard's scripts.

pub mod bans;
pub mod cards;
pub mod decisions;
pub mod outbox;
pub mod words;

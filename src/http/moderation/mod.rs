//! What moderators do, for programs and for the dashboard's scripts.

pub mod cards;
pub mod decisions;
pub mod members;
pub mod outbox;
pub mod words;

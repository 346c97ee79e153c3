//! What moderators do, for programs and for the dashboard's scripts.

pub mod articles;
pub mod authors;
pub mod backtests;
pub mod bans;
pub mod cards;
pub mod claims;
pub mod decisions;
pub mod events;
pub mod history;
pub mod listing;
pub mod members;
pub mod notes;
pub mod numbers;
pub mod outbox;
pub mod reports;
pub mod rules;
pub mod secret;
pub mod settings;
pub mod webhooks;
pub mod words;

//! Sends what waits in the outbox. Nothing that a reader or a moderator does waits for a mail server: their writes leave a
//! row, and a worker takes it from there, again and again until it is sent or given up.

pub mod mail;
mod members;
mod readers;
mod worker;

pub use worker::Worker;

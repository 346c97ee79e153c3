#![forbid(unsafe_code)]
//! Duyệt takes readers' comments in, judges them, queues them for a person and tells that person.
//!
//! The modules stand in the order a comment meets them; ARCHITECTURE.md tells its way.

pub mod access;
pub mod checker;
pub mod clock;
pub mod cms;
pub mod config;
pub mod domain;
pub mod http;
pub mod intake;
pub mod learn;
pub mod messages;
pub mod notify;
pub mod queue;
pub mod rules;
pub mod secrets;
pub mod service;
pub mod store;
pub mod text;

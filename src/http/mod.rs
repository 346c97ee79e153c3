//! What the service says over HTTP: a file a consumer. Handlers extract who asks, make one call and shape the answer.

mod akismet;
mod challenge;
mod cms;
mod connection;
mod cors;
mod dashboard;
pub mod demo;
mod door;
mod form;
mod forwarded;
mod habits;
mod input;
mod language;
mod layer;
mod live;
mod mailbox;
mod measures;
mod moderation;
mod notices;
mod ops;
pub mod page;
mod problem;
mod reading;
mod receipts;
mod rendition;
mod reports;
mod respond;
mod script;
mod server;
mod sheet;
mod widget;

pub use door::{House, Memory};
pub use live::{Live, News};
pub use problem::Code;
pub use script::Script;
pub use server::{Listening, Server, document};

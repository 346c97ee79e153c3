//! The service from outside: a real process, asked over HTTP and on its command line, on both databases.

mod support;

mod asking;
mod form;
mod hostile;
mod idempotency;
mod moderation;
mod problems;
mod receipts;
mod widget;

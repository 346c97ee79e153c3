//! The service from outside: a real process, asked over HTTP and on its command line, on both databases.

mod support;

mod asking;
mod command_line;
mod corpus;
mod crash;
mod dashboard;
mod demo;
mod evasion;
mod form;
mod hostile;
mod house;
mod idempotency;
mod limits;
mod moderation;
mod ops;
mod problems;
mod reading;
mod receipts;
mod refusals;
mod reload;
mod rule_tools;
mod settings;
mod settled;
mod shutdown;
mod sign_in;
mod site_words;
mod slow_clients;
mod smtp;
mod smtp_trouble;
mod store;
mod widget;
mod wrong_requests;

//! Asks a site's external checker about the comments that wait. No reader waits for it: each question is a row of the outbox that was committed
//! with its comment. Who answers late, wrongly or not at all is asked again within minutes, is left alone for a while after failures in a row, and
//! the comment waits for a person all the while.

mod breakers;
mod question;
mod worker;

pub use worker::Checks;

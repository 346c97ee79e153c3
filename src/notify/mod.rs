//! Tells people by mail. Nothing that a reader or a moderator does waits for a mail server: their writes leave a row, and a worker takes
//! it from there. What waits is told to each member when they want to be told ([`plan`]), once; mails are sent again and again until they
//! are sent or given up.
//! What happens to comments is told to the webhooks of a site's people, too ([`Hooks`]), and a site's own checker is asked about them
//! ([`Checks`]).

mod callbacks;
mod checks;
mod digest;
mod held;
mod hooks;
pub mod mail;
mod members;
mod order;
pub mod outward;
pub mod plan;
mod put_off;
mod readers;
mod sending;
mod signed;
mod turns;
mod under_way;
mod worker;

pub use callbacks::Callbacks;
pub use checks::Checks;
pub use hooks::Hooks;
pub use worker::Worker;

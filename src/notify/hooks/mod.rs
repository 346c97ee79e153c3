//! Webhooks outwards: what happens to a site's comments is told to the endpoints of its people, in the form of Standard Webhooks 1.0.
//!
//! Who brings or decides a comment pays nothing for it: the events are followed, a moment behind, and what they mean to an endpoint becomes
//! a delivery. Those of one comment go in the order of its revisions, one at a time; those of others do not wait for them, nor does any
//! endpoint for another. A crash between the receiver's yes and our commit tells once more, under the same identifier.

mod attempt;
mod follow;
mod payload;
mod stopped;
mod worker;

pub(super) use stopped::letter as stopped_letter;
pub use worker::Hooks;

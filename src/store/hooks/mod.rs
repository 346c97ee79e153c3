//! Webhooks outwards: who is told, what they are to be told, and how that went. Nothing of it is written when a comment comes or is
//! decided: deliveries are made by whoever follows the events, and a site without endpoints has none.

mod attempts;
mod deliveries;
mod endpoints;
mod follow;
mod log;

#[cfg(test)]
pub(super) use deliveries::IS_FIRST;

pub use attempts::{AfterAttempt, HookAttempt};
pub use deliveries::{Subject, Taken};
pub use endpoints::{EndpointChange, NewEndpoint};
pub use follow::HookNews;
pub use log::DeliverAgain;

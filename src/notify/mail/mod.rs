//! Mail to moderators: what it says ([`held`]), how it is put together ([`message`]) and how it leaves ([`transport`]).

pub mod held;
pub mod message;
pub mod transport;

pub use transport::{Failure, Mailer};

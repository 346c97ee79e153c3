//! Mail to moderators ([`held`], [`to_member`]) and readers ([`to_reader`]): what it says, how it is put together ([`message`]) and how it leaves ([`transport`]).

pub mod held;
pub mod message;
pub mod to_member;
pub mod to_reader;
pub mod transport;

pub use transport::{Failure, Mailer};

//! Mail to moderators ([`held`], [`to_member`]) and readers ([`to_reader`]): what it says, how it is put together ([`message`]), what it is called ([`naming`]), how it is signed ([`dkim`]) and how it leaves ([`transport`]).

mod conversation;
pub mod dkim;
mod fault;
mod header;
pub mod held;
pub mod message;
pub mod naming;
mod overheard;
mod server;
mod tls;
pub mod to_member;
pub mod to_reader;
pub mod transport;
pub mod trial;

pub use conversation::Transcript;
pub use transport::{Asked, Failure, Mailer};

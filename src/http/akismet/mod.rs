//! The Akismet protocol, so that a plugin for it works by another host name. Bodies are exact to the byte, since clients compare them.

mod check;
mod counts;
mod reply;

pub use check::*;
pub use counts::*;

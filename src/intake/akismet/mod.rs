//! What a program sends that speaks the Akismet protocol: read whatever it is, and made into a comment that can be stored.

mod form;
mod mark;
mod mend;
mod wordpress;

pub use form::AkismetForm;
pub use mark::CheckKey;
pub use mend::{Mended, mend};
pub use wordpress::{is_wordpress, publishes_at_once};

//! How a text is read: one normal form and views of it, each of which knows for every character where in the
//! original it came from. Small functions from [`Traced`] to [`Traced`], so that a further step is a further
//! function; nothing here knows what is looked for.

mod canonical;
mod fingerprint;
mod fold;
mod invisible;
mod letter;
mod line;
mod lookalike;
pub mod neighbours;
mod reading;
mod traced;
mod view;

pub use canonical::canonical;
pub use fingerprint::fingerprint;
pub use fold::base;
pub use invisible::is_invisible;
pub use letter::{is_letter, is_plain};
pub use line::one_line;
pub use reading::Reading;
pub use traced::{Span, Traced};
pub use view::{is_word_char, toneless, words};

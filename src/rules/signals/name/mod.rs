//! Whose name a name looks like, and what it is written with.

mod mixed;
mod reserved;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

pub use reserved::{Likeness, Nearness, Reserved};

use crate::rules::Context;

/// Where no site is known, or none of its names.
static DESK: LazyLock<Reserved> = LazyLock::new(Reserved::default);

/// How near a name comes to one of those that the site reserves: 3 for the same or drawn alike, 2 where its words stand
/// among others, 1 where a letter is another, 0 where it is like none.
pub(super) fn reserved(context: Context, name: &str) -> u32 {
    let names = context.reserved.unwrap_or(&DESK);
    match names.likeness(name).map(|likeness| likeness.how) {
        Some(Nearness::Same) => 3,
        Some(Nearness::Within) => 2,
        Some(Nearness::Near) => 1,
        None => 0,
    }
}

/// 1 where a name mixes scripts as no name does.
pub(super) fn mixed_scripts(name: &str) -> u32 {
    u32::from(mixed::mixes_scripts(name))
}

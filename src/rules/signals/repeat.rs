//! The same text again.

use crate::rules::Context;

/// How many other comments have the same text; counted by whoever keeps comments.
#[must_use]
pub const fn same_text(context: Context) -> u32 {
    context.same_text
}

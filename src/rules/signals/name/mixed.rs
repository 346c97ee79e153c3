//! Names of letters that are not written together.

use unicode_script::{Script, UnicodeScript};
use unicode_security::mixed_script::AugmentedScriptSet;

use crate::text::is_plain;

/// Whether a name mixes scripts as no name does (UTS #39, 5.1 and 5.2): within a word any two that are not written
/// together, and in the name as a whole Latin with Cyrillic or Greek, which are drawn too much alike. *Lan 李* passes.
#[must_use]
pub(super) fn mixes_scripts(name: &str) -> bool {
    if is_plain(name) {
        return false;
    }
    let has = |wanted: &[Script]| name.chars().any(|c| wanted.contains(&c.script()));
    let word_mixes = |word: &str| AugmentedScriptSet::for_str(word).is_empty();
    name.split(|c: char| c.is_whitespace() || c == '-')
        .any(word_mixes)
        || has(&[Script::Latin]) && has(&[Script::Cyrillic, Script::Greek])
}

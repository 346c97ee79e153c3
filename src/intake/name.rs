//! Readers' names: any script, but nothing that is not a name.

#[cfg(test)]
mod tests;

use unicode_general_category::{GeneralCategory as Category, get_general_category};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::FieldError;
use super::fold::folded;
use super::joiner::joiners_belong;
use super::link::has_address;
use crate::text::is_plain;

/// Grapheme clusters (UAX #29) that a name may have.
const MAX_GRAPHEMES: usize = 80;
/// Bytes looked at: four scalar values for each of them, of four bytes each. *Công Tằng Tôn Nữ Hỷ Khương* has 36.
const MAX_BYTES: usize = MAX_GRAPHEMES * 16;
/// Marks on one letter, taken apart: *ộ* has two.
const MAX_MARKS: usize = 2;
/// From as many digits on, a name is a telephone number.
const PHONE_DIGITS: usize = 7;

/// A reader's name in NFC, its ends trimmed and runs of spaces made one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Reads a name. Every script is welcome, single letters too; markup, addresses, telephone numbers and characters that
    /// are not seen or that turn the text around are not.
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        if typed.len() > MAX_BYTES {
            return Err(too_long());
        }
        let typed = typed.trim();
        let plain = is_plain(typed) && !typed.contains('\n');
        if !plain && let Some(code) = typed.chars().find_map(misplaced) {
            return Err(wrong(unseen(code, typed)));
        }
        let spaced = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if plain {
            Self::composed(spaced, true)
        } else {
            Self::composed(spaced.nfc().collect(), false)
        }
    }

    /// Checks a name in NFC, every character of which has a place in names.
    fn composed(name: String, plain: bool) -> Result<Self, FieldError> {
        if name.is_empty() {
            return Err(wrong("name-required"));
        }
        // In plain text every character is a grapheme cluster of its own.
        let clusters = if plain {
            name.chars().count()
        } else {
            name.graphemes(true).count()
        };
        if name.len() > MAX_BYTES || clusters > MAX_GRAPHEMES {
            return Err(too_long());
        }
        let found = (!plain).then(|| stray(&name)).flatten();
        match found.or_else(|| not_a_name(&name)) {
            Some(code) => Err(wrong(code)),
            None => Ok(Self(name)),
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name, taken out.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// The name as it is looked up and banned: the same for all ways to type it. Never shown.
    #[must_use]
    pub fn key(&self) -> String {
        folded(&self.0)
    }
}

fn wrong(code: &'static str) -> FieldError {
    FieldError::new("name", code)
}

fn too_long() -> FieldError {
    wrong("name-too-long").with("max", MAX_GRAPHEMES)
}

/// What is wrong with the name as a whole.
fn not_a_name(name: &str) -> Option<&'static str> {
    if name.contains(['<', '>']) {
        return Some("name-markup");
    }
    if has_address(name) {
        return Some("name-link");
    }
    if name.chars().filter(|c| c.is_numeric()).count() >= PHONE_DIGITS {
        return Some("name-phone");
    }
    (!name.chars().any(|c| c.is_alphabetic() && !is_mark(c))).then_some("name-no-letter")
}

/// Joiners and marks that stand where none belongs.
fn stray(name: &str) -> Option<&'static str> {
    if !joiners_belong(name) {
        return Some(unseen("name-invisible", name));
    }
    let starts_with_mark = name.chars().next().is_some_and(is_mark);
    (starts_with_mark || longest_run_of_marks(name) > MAX_MARKS).then_some("name-marks")
}

/// What is wrong with a character wherever it stands in a name.
fn misplaced(c: char) -> Option<&'static str> {
    match c {
        '\u{200e}'
        | '\u{200f}'
        | '\u{061c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => Some("name-bidi"),
        // Joiners have a place in some scripts; see `joiners_belong`.
        '\u{200c}' | '\u{200d}' => None,
        // Drawn as nothing although they count as letters (Hangul fillers, Khmer inherent vowels, the Braille blank), and
        // the place of an object that is not there.
        '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
        | '\u{2800}' | '\u{034f}' | '\u{fffc}' => Some("name-invisible"),
        '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            Some("name-invisible")
        }
        // What a page in another encoding leaves of its letters.
        '\u{fffd}' => Some("name-broken"),
        _ => match get_general_category(c) {
            Category::Control | Category::LineSeparator | Category::ParagraphSeparator => {
                Some("name-control")
            }
            Category::Format
            | Category::PrivateUse
            | Category::Surrogate
            | Category::Unassigned => Some("name-invisible"),
            _ => None,
        },
    }
}

/// Emoji are made of several characters, some of them invisible, which tells nothing to who tapped on one.
fn unseen(code: &'static str, name: &str) -> &'static str {
    let pictures = |c| matches!(c, '\u{2190}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    if code == "name-invisible" && name.contains(pictures) {
        "name-emoji"
    } else {
        code
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        get_general_category(c),
        Category::NonspacingMark | Category::EnclosingMark | Category::SpacingMark
    )
}

/// How many marks stand on the letter that has the most, those that NFC makes part of a letter too.
fn longest_run_of_marks(name: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in name.nfd() {
        run = if is_stacked(c) { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Whether `c` is a mark that others may be heaped on. Tibetan writes further consonants of a stack as marks, and Greek an
/// iota: they are letters to who reads them.
fn is_stacked(c: char) -> bool {
    !matches!(c, '\u{345}' | '\u{f90}'..='\u{fbc}')
        && matches!(
            get_general_category(c),
            Category::NonspacingMark | Category::EnclosingMark
        )
}

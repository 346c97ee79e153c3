//! Readers' names: any script, but nothing that is not a name.

use linkify::{LinkFinder, LinkKind};
use unicode_general_category::{GeneralCategory as Category, get_general_category};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::FieldError;
use crate::text::is_plain;

/// Grapheme clusters (UAX #29) that a name may have.
const MAX_GRAPHEMES: usize = 80;
/// Bytes that a name may have; *Công Tằng Tôn Nữ Hỷ Khương* has 36.
const MAX_BYTES: usize = 320;
/// Marks on one letter: Vietnamese in NFC needs none, in NFD two.
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
        let wrong = |code| Err(FieldError::new("name", code));
        if typed.len() > MAX_BYTES * 4 {
            return Err(too_long());
        }
        let plain = is_plain(typed) && !typed.contains('\n');
        if !plain && let Some(code) = typed.trim().chars().find_map(misplaced) {
            return wrong(code);
        }
        let spaced = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = if plain {
            spaced
        } else {
            spaced.nfc().collect::<String>()
        };
        if name.is_empty() {
            return wrong("name-required");
        }
        // In plain text every character is a grapheme cluster of its own.
        let letters = if plain {
            name.chars().count()
        } else {
            name.graphemes(true).count()
        };
        if name.len() > MAX_BYTES || letters > MAX_GRAPHEMES {
            return Err(too_long());
        }
        if !plain && has_stray_joiner(&name) {
            return wrong("name-invisible");
        }
        if !plain && longest_run_of_marks(&name) > MAX_MARKS {
            return wrong("name-marks");
        }
        if name.contains(['<', '>']) {
            return wrong("name-markup");
        }
        if is_address(&name) {
            return wrong("name-link");
        }
        if name.chars().filter(|c| c.is_numeric()).count() >= PHONE_DIGITS {
            return wrong("name-phone");
        }
        if !name.chars().any(char::is_alphabetic) {
            return wrong("name-no-letter");
        }
        Ok(Self(name))
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
}

fn too_long() -> FieldError {
    FieldError::new("name", "name-too-long").with("max", MAX_GRAPHEMES)
}

/// What is wrong with a character wherever it stands in a name.
fn misplaced(c: char) -> Option<&'static str> {
    match c {
        '\u{200e}'
        | '\u{200f}'
        | '\u{061c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => Some("name-bidi"),
        // Joiners have a place in some scripts; see `has_stray_joiner`.
        '\u{200c}' | '\u{200d}' => None,
        // Drawn as nothing although they count as letters (Hangul fillers, Khmer inherent vowels, the Braille blank).
        '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
        | '\u{2800}' | '\u{034f}' => Some("name-invisible"),
        '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            Some("name-invisible")
        }
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

/// A zero-width joiner or non-joiner (RFC 5892, appendix A) belongs between letters of scripts that join, which Latin,
/// Greek and Cyrillic are not.
fn has_stray_joiner(name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    let joins = |c: Option<&char>| {
        c.is_some_and(|c| *c >= '\u{0600}' && !c.is_whitespace() && !is_joiner(*c))
    };
    chars.iter().enumerate().any(|(at, c)| {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        is_joiner(*c) && !(joins(before) && joins(chars.get(at + 1)))
    })
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn longest_run_of_marks(name: &str) -> usize {
    let is_mark = |c| {
        matches!(
            get_general_category(c),
            Category::NonspacingMark | Category::EnclosingMark
        )
    };
    name.split(|c| !is_mark(c))
        .map(|marks| marks.chars().count())
        .max()
        .unwrap_or(0)
}

fn is_address(name: &str) -> bool {
    if !name.contains(['.', '@', ':']) {
        return false;
    }
    let mut finder = LinkFinder::new();
    finder
        .url_must_have_scheme(false)
        .kinds(&[LinkKind::Url, LinkKind::Email]);
    name.contains('@') || name.contains("://") || finder.links(name).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(name: &str) -> Option<&'static str> {
        Name::parse(name).err().map(|error| error.code)
    }

    #[test]
    fn names_of_people_pass() {
        for name in [
            "Nguyễn Văn A",
            "Ý",
            "H'Hen Niê",
            "K'Sor",
            "Jean-Luc",
            "Công Tằng Tôn Nữ Hỷ Khương",
            "Hoà",
            "Hòa",
            "Nguye\u{302}\u{303}n Va\u{306}n A",
            "李小龙",
            "محمد",
            "می\u{200c}خواهم",
            "Trần Thị Hương 2",
            "Dr. O’Neill",
            "Bác Ba (Q.7)",
        ] {
            assert_eq!(code(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_not_a_name_is_told() {
        for (name, expected) in [
            ("", "name-required"),
            (" \t ", "name-required"),
            ("Lan\r\nBcc: x@y.vn", "name-control"),
            ("Lan\u{0}", "name-control"),
            ("Lan\u{2028}x", "name-control"),
            ("\u{202e}naL", "name-bidi"),
            ("La\u{200b}n", "name-invisible"),
            ("La\u{200d}n", "name-invisible"),
            ("\u{e000}", "name-invisible"),
            ("\u{3164}", "name-invisible"),
            ("<b>Lan</b>", "name-markup"),
            ("lan@bao.vn", "name-link"),
            ("http://x.vn", "name-link"),
            ("xem shop.com", "name-link"),
            ("Lan 0912 345 678", "name-phone"),
            ("!!!", "name-no-letter"),
            ("La\u{301}\u{302}\u{303}\u{304}n", "name-marks"),
        ] {
            assert_eq!(code(name), Some(expected), "{name:?}");
        }
        assert_eq!(code(&"ă".repeat(80)), None);
        assert_eq!(code(&"ă".repeat(81)), Some("name-too-long"));
    }

    proptest! {
        #[test]
        fn nothing_unseen_passes_and_reading_twice_changes_nothing(typed in any::<String>()) {
            if let Ok(name) = Name::parse(&typed) {
                let text = name.as_str();
                let bidi = |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
                let markup = |c: char| c == '<' || c == '>';
                prop_assert!(!text.chars().any(|c| c.is_control() || bidi(c) || markup(c)));
                prop_assert_eq!(Name::parse(text), Ok(name.clone()));
            }
        }
    }
}

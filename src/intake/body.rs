//! The text of a comment.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::FieldError;
use crate::text::{is_invisible, is_plain};

/// Unicode scalar values that a comment may have.
pub const MAX_CHARS: usize = 5000;
/// As many as are looked at before they are counted, since a letter may be typed in three.
const MAX_TYPED_CHARS: usize = 3 * MAX_CHARS;
/// The same in bytes, four for each, which is told without reading.
const MAX_TYPED_BYTES: usize = 4 * MAX_TYPED_CHARS;

/// A comment's text: what was typed, in NFC, lines ended by `\n`, ends trimmed. Never cut: what is too long is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// Reads a text. What turns the writing around stays, since it is part of what was typed (a telephone copies numbers
    /// with it) and every page shows the text apart from its own.
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        if typed.len() > MAX_TYPED_CHARS {
            // No text of as few bytes has more characters.
            let is_long = typed.len() > MAX_TYPED_BYTES || typed.chars().count() > MAX_TYPED_CHARS;
            // Told as the limit counts: a keyboard that sends marks apart makes no text longer.
            let count = if is_long { typed.nfc().count() } else { 0 };
            if count > MAX_CHARS {
                return Err(too_long(count));
            }
        }
        let trimmed = typed.trim();
        if is_plain(trimmed) && !trimmed.is_empty() {
            return within_limit(trimmed.to_owned());
        }
        let lines = with_line_feeds(trimmed);
        if lines
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t')
        {
            return Err(FieldError::new("body", "body-control"));
        }
        if lines.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            return Err(FieldError::new("body", "body-required"));
        }
        let body = if is_nfc(&lines) {
            lines
        } else {
            lines.nfc().collect()
        };
        within_limit(body)
    }

    /// A text made well that may not be refused: what is no text becomes a space, and what goes beyond `most` characters is left out.
    /// Whether nothing was.
    #[must_use]
    pub fn mended(typed: &str, most: usize) -> (String, bool) {
        let lines = with_line_feeds(typed.trim());
        let is_text = |c: char| !c.is_control() || c == '\n' || c == '\t';
        let is_clean = lines.chars().all(is_text);
        let text: String = lines
            .chars()
            .map(|c| if is_text(c) { c } else { ' ' })
            .nfc()
            .collect();
        let (text, is_whole) = match text.char_indices().nth(most) {
            Some((end, _)) => (text[..end].to_owned(), false),
            None => (text, true),
        };
        let is_seen = !text.chars().all(|c| c.is_whitespace() || is_invisible(c));
        (text.trim().to_owned(), is_clean && is_whole && is_seen)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, taken out.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

fn within_limit(body: String) -> Result<Body, FieldError> {
    let length = body.chars().count();
    if length > MAX_CHARS {
        Err(too_long(length))
    } else {
        Ok(Body(body))
    }
}

fn too_long(length: usize) -> FieldError {
    FieldError::new("body", "body-too-long")
        .with("max", MAX_CHARS)
        .with("length", length)
}

/// CR LF and CR as browsers and old programs send them, the vertical tab that word processors paste, and Unicode's own
/// separators (UAX #14: BK, CR, NL) all become `\n`.
fn with_line_feeds(text: &str) -> String {
    if !text.contains(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        return text.to_owned();
    }
    text.replace("\r\n", "\n").replace(
        ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'],
        "\n",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn line_ends_are_one_kind_and_the_form_is_nfc() {
        let body =
            Body::parse("  Mo\u{323}\u{302}t\r\nhai\rba\u{2028}bốn\t! \n").map(Body::into_string);
        assert_eq!(body, Ok("Một\nhai\nba\nbốn\t!".to_owned()));
    }

    #[test]
    fn limits_are_told_with_their_numbers() {
        assert!(Body::parse(&"ộ".repeat(MAX_CHARS)).is_ok());
        let error = Body::parse(&"ộ".repeat(MAX_CHARS + 1)).unwrap_err();
        assert_eq!(error.numbers, [("max", 5000), ("length", 5001)]);
        let apart = "o\u{323}\u{302}".repeat(MAX_CHARS);
        assert_eq!(
            Body::parse(&apart).map(Body::into_string),
            Ok("ộ".repeat(MAX_CHARS))
        );
        for (typed, length) in [
            ("a", MAX_TYPED_CHARS + 1),
            ("😀", 5001),
            (" ", MAX_TYPED_CHARS + 1),
            ("ộ", 70_000),
        ] {
            let error = Body::parse(&typed.repeat(length)).unwrap_err();
            assert_eq!((error.code, error.numbers[1].1), ("body-too-long", length));
        }
        let apart = "o\u{323}\u{302}".repeat(MAX_CHARS + 1);
        let error = Body::parse(&apart).unwrap_err();
        assert_eq!(error.numbers, [("max", 5000), ("length", 5001)]);
        // Four each, and as many as may be.
        let apart = "\u{3b1}\u{313}\u{300}\u{345}".repeat(MAX_CHARS);
        assert!(Body::parse(&apart).is_ok());
        for unseen in ["\u{200b}", " \u{feff}\u{2060} \n", "\u{3164}"] {
            assert_eq!(Body::parse(unseen).unwrap_err().code, "body-required");
        }
        assert_eq!(Body::parse(" \r\n ").unwrap_err().code, "body-required");
        assert_eq!(Body::parse("a\u{0}b").unwrap_err().code, "body-control");
    }

    #[test]
    fn what_was_typed_stays() {
        for typed in [
            "\u{202d}0912345678\u{202c}",
            "مرحبا \u{200f}(!)",
            "a\tb\n\n\nc",
            "👩\u{200d}🌾",
            "<b>đậm</b>",
        ] {
            assert_eq!(
                Body::parse(typed).map(Body::into_string),
                Ok(typed.to_owned())
            );
        }
    }

    proptest! {
        #[test]
        fn reading_twice_changes_nothing(typed in "(\\PC|[\r\n\t\u{b}\u{c}\u{85}\u{2028}\u{301}\u{323}ộo ]){0,60}") {
            if let Ok(body) = Body::parse(&typed) {
                let text = body.as_str();
                prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
                let line_ends = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
                prop_assert!(!text.contains(line_ends));
                prop_assert!(is_nfc(text) && text == text.trim() && !text.is_empty());
                prop_assert_eq!(Body::parse(text), Ok(body.clone()));
            }
        }

        #[test]
        fn every_letter_stays(typed in any::<String>()) {
            let letters = |text: &str| -> String { text.nfc().filter(|c| !c.is_whitespace() && !c.is_control()).collect() };
            if let Ok(body) = Body::parse(&typed) {
                prop_assert_eq!(letters(body.as_str()), letters(&typed));
            }
        }
    }
}

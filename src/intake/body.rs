//! The text of a comment.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::FieldError;
use crate::text::is_plain;

/// Unicode scalar values that a comment may have.
pub const MAX_CHARS: usize = 5000;
/// Bytes looked at before anything else; five thousand characters of any script fit, in any normal form.
const MAX_BYTES: usize = 60_000;

/// A comment's text: what was typed, in NFC, lines ended by `\n`, ends trimmed. Never cut: what is too long is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// Reads a text.
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        if typed.len() > MAX_BYTES {
            return Err(too_long(typed.chars().count()));
        }
        let trimmed = typed.trim();
        if is_plain(trimmed) && !trimmed.is_empty() {
            return within_limit(trimmed.to_owned());
        }
        let lines = with_line_feeds(trimmed);
        if lines.is_empty() {
            return Err(FieldError::new("body", "body-required"));
        }
        if lines
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t')
        {
            return Err(FieldError::new("body", "body-control"));
        }
        let body = if is_nfc(&lines) {
            lines
        } else {
            lines.nfc().collect()
        };
        within_limit(body)
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
        assert_eq!(
            Body::parse(&"ộ".repeat(MAX_BYTES)).unwrap_err().code,
            "body-too-long"
        );
        assert_eq!(Body::parse(" \r\n ").unwrap_err().code, "body-required");
        assert_eq!(Body::parse("a\u{0}b").unwrap_err().code, "body-control");
    }

    proptest! {
        #[test]
        fn reading_twice_changes_nothing(typed in any::<String>()) {
            if let Ok(body) = Body::parse(&typed) {
                prop_assert!(!body.as_str().contains('\r'));
                prop_assert_eq!(Body::parse(body.as_str()), Ok(body.clone()));
            }
        }
    }
}

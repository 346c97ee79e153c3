//! Ways to look at a canonical text, with the same way back.

use unicode_general_category::{GeneralCategory, get_general_category};

use super::Traced;
use super::alphabet::base;
use super::is_letter;

/// The same text without tones and other Vietnamese marks, `đ` as `d`.
#[must_use]
pub fn toneless(text: &Traced) -> Traced {
    let mut out = Traced::with_capacity(text.text().len());
    for (c, span) in text.chars() {
        out.push(base(c), span);
    }
    out
}

/// Whether `c` is part of a word in any script: a letter, a digit or a mark on one (UAX #44).
#[must_use]
pub fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_letter(c)
        || c.is_numeric()
        || matches!(
            get_general_category(c),
            GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark
        )
}

#[cfg(test)]
mod tests {
    use super::super::{Span, canonical};
    use super::*;

    #[test]
    fn tones_go_and_places_stay() {
        let toned = canonical("Đường phố");
        let bare = toneless(&toned);
        assert_eq!(bare.text(), "duong pho");
        assert_eq!(bare.source(6..9), Span::new(6, 9));
    }
}

//! Ways to look at a canonical text, with the same way back.

use unicode_general_category::{GeneralCategory, get_general_category};

use super::fold::base;
use super::is_letter;
use super::{Span, Traced};

/// The same text without tones and other Vietnamese marks, `đ` as `d`.
#[must_use]
pub fn toneless(text: &Traced) -> Traced {
    let mut out = Traced::with_capacity(text.text().len());
    for (c, span) in text.chars() {
        out.push(base(c), span);
    }
    out
}

/// The words alone: every run of white space and punctuation is one space, and one stands before the first word and
/// after the last. So ` một hai ` is found between word boundaries and never inside a word.
#[must_use]
pub fn words(text: &Traced) -> Traced {
    let mut out = Traced::with_capacity(text.text().len() + 2);
    out.push(' ', Span::new(0, 0));
    let mut between = true;
    let mut end = 0;
    for (c, span) in text.chars() {
        if is_word_char(c) {
            out.push(c, span);
            between = false;
        } else if !between {
            out.push(' ', span);
            between = true;
        }
        end = span.end;
    }
    if !between {
        out.push(' ', Span::new(end, end));
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
    use super::super::canonical;
    use super::*;

    #[test]
    fn tones_go_and_places_stay() {
        let toned = canonical("Đường phố");
        let bare = toneless(&toned);
        assert_eq!(bare.text(), "duong pho");
        assert_eq!(bare.source(6..9), Span::new(6, 9));
    }

    #[test]
    fn any_run_between_words_is_one_space() {
        assert_eq!(
            words(&canonical("  Một,\n- hai… (ba)")).text(),
            " một hai ba "
        );
        assert_eq!(words(&canonical("?!")).text(), " ");
        assert_eq!(words(&canonical("กำ ไร")).text(), " กํา ไร ");
    }
}

//! A number that says *the same text again*.

use std::hash::Hasher;

use siphasher::sip::SipHasher24;

use super::alphabet::base;
use super::{Reading, is_word_char};

/// Shorter texts repeat honestly: *Hay quá*, *Cảm ơn*.
const FEWEST_LETTERS: usize = 12;

/// Drawn once; the numbers are stored, so these never change.
const KEYS: (u64, u64) = (0x6475_7965_7420_7631, 0x7468_6520_7361_6d65);

/// A fingerprint (SipHash-2-4) of the letters and digits of `body` in canonical form without tones: the same on
/// every machine and in every release, and the same for copies that differ in case, spacing, punctuation, emoji or
/// invisible characters. `None` where there are fewer than twelve letters and digits.
#[must_use]
pub fn fingerprint(body: &Reading<'_>) -> Option<i64> {
    let text = body.canonical().text();
    let mut letters = String::with_capacity(text.len());
    letters.extend(text.chars().map(base).filter(|c| is_word_char(*c)));
    of_letters(&letters)
}

/// The fingerprint of a text of which only its letters and digits are left.
pub(super) fn of_letters(letters: &str) -> Option<i64> {
    if letters.chars().take(FEWEST_LETTERS).count() < FEWEST_LETTERS {
        return None;
    }
    let mut hasher = SipHasher24::new_with_keys(KEYS.0, KEYS.1);
    hasher.write(letters.as_bytes());
    Some(hasher.finish().cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<i64> {
        fingerprint(&Reading::new(body))
    }

    #[test]
    fn copies_with_other_dress_have_the_same_number() {
        let number = of("Cầu mới đẹp quá, đi lại rất tiện!");
        assert!(number.is_some());
        assert_eq!(of("CẦU MỚI  ĐẸP QUÁ 😀 đi lại rất tiện\u{200B}"), number);
        assert_eq!(of("Cau moi dep qua di lai rat tien"), number);
        assert_ne!(of("Cầu mới xấu quá, đi lại rất khó!"), number);
    }

    #[test]
    fn short_texts_have_none() {
        assert_eq!(of("Hay quá!!! 😀😀😀😀😀😀😀"), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn the_number_is_the_same_on_every_machine() {
        assert_eq!(
            of("mot hai ba bon nam"),
            Some(STORED),
            "stored numbers would no longer match"
        );
    }

    const STORED: i64 = -1_045_564_274_231_621_377;
}

//! Letters, told quickly: Vietnamese text is Latin, and the standard library's tables are slow past ASCII.

/// Whether `c` is a letter: the same as [`char::is_alphabetic`], without its table for the Latin blocks.
#[must_use]
pub fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        '\0'..='\x7f' | '\u{d7}' | '\u{f7}' => false,
        // Latin-1 letters, Latin Extended-A and -B, IPA extensions; Latin Extended Additional, where Vietnamese lives.
        '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' => true,
        c => c.is_alphabetic(),
    }
}

/// Whether `text` is made of nothing but ASCII and the Latin letters that Vietnamese is written with, composed: then it
/// is in NFC (UAX #15: each of these has `NFC_Quick_Check=Yes`), has no mark of its own and nothing that is not seen.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let plain = |c| matches!(c, ' '..='~' | '\n' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::{is_letter, is_plain};
    use unicode_normalization::is_nfc;

    #[test]
    fn plain_text_is_composed_whatever_stands_beside_what() {
        let plain: Vec<String> = ('\0'..='\u{ffff}')
            .map(String::from)
            .filter(|c| is_plain(c))
            .collect();
        assert!(plain.len() > 600);
        for c in &plain {
            assert!(is_nfc(c), "{c}");
        }
        assert!(is_nfc(&plain.concat()));
        assert!(!is_plain("a\u{301}") && !is_plain("\r") && !is_plain("\u{200b}"));
    }

    #[test]
    fn it_is_the_standard_librarys_answer_for_every_character() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
        }
    }
}

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
    // By bytes: the first of a character tells the block that it is of, but for two, in which the second does.
    let bytes = text.as_bytes();
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or_default();
    (0..).zip(bytes).all(|(at, byte)| match byte {
        b' '..=b'~' | b'\n' | 0x80..=0xbf | 0xc3..=0xc8 => true,
        0xc9 => next(at) < 0x90,
        0xe1 => (0xb8..=0xbb).contains(&next(at)),
        _ => false,
    })
}

/// Whether `c` is an apostrophe or one of the signs that are typed for it, within a word; so are the joiners, which are not
/// seen.
#[must_use]
pub const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '\u{b4}' | '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{ff07}' | '\u{200c}' | '\u{200d}'
    )
}

/// A value for each character of the Latin blocks that Vietnamese is written with, made once: what the libraries' tables
/// say of most of the letters that come, without asking them again.
pub struct LatinTable<T>(Vec<T>);

impl<T> LatinTable<T> {
    /// Asks `of` for each of them.
    pub fn new(of: impl Fn(char) -> T) -> Self {
        let letters = ('\0'..LATIN_END).chain('\u{1e00}'..='\u{1eff}');
        Self(letters.map(of).collect())
    }

    /// The character's value, where it is one of them: each of [`is_plain`] text is.
    #[must_use]
    pub fn get(&self, c: char) -> Option<&T> {
        match c {
            '\0'..LATIN_END => self.0.get(c as usize),
            '\u{1e00}'..='\u{1eff}' => self.0.get(LATIN_END as usize + c as usize - 0x1e00),
            _ => None,
        }
    }
}

/// Past Latin Extended-B.
const LATIN_END: char = '\u{250}';

#[cfg(test)]
mod tests {
    use super::{LatinTable, is_letter, is_plain};
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
    fn the_table_knows_its_characters() {
        let table = LatinTable::new(|c| c);
        for c in '\0'..=char::MAX {
            let own = matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
            assert_eq!(table.get(c), own.then_some(&c));
        }
    }

    #[test]
    fn it_is_the_standard_librarys_answer_for_every_character() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
        }
    }
}

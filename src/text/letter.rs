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

#[cfg(test)]
mod tests {
    use super::is_letter;

    #[test]
    fn it_is_the_standard_librarys_answer_for_every_character() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
        }
    }
}

//! Cyrillic and Greek letters that pass for Latin ones.

use super::fold::is_loose_mark;
use super::is_invisible;
use super::is_letter;

/// For each character of `raw`, the Latin letter that it is read as, where it is a look-alike inside a word that is
/// otherwise Latin, or in a word of nothing but look-alikes in a text that is mostly Latin. Empty where there is none:
/// Russian or Greek sentences stay what they are.
pub(super) fn lookalikes(raw: &str) -> Vec<Option<char>> {
    // The lead bytes of U+0340 to U+053F. Most comments have none, and this is all they cost.
    if !raw.bytes().any(|byte| (0xCD..=0xD4).contains(&byte)) {
        return Vec::new();
    }
    let chars: Vec<char> = raw.chars().collect();
    let mut read = vec![None; chars.len()];
    let mut start = 0;
    let foreign = |c: &char| matches!(*c, '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{52F}');
    let (strange, own): (Vec<char>, Vec<char>) = chars
        .iter()
        .filter(|c| is_letter(**c))
        .partition(|c| foreign(c));
    let mostly_latin = own.len() > strange.len();
    for word in chars.split(|c| !belongs_to_word(*c)) {
        let letters = || word.iter().filter(|c| is_letter(**c));
        let in_disguise = mostly_latin || letters().any(|c| !foreign(c));
        if in_disguise && letters().all(|c| !foreign(c) || latin(*c).is_some()) {
            for (place, c) in read[start..].iter_mut().zip(word) {
                *place = latin(*c);
            }
        }
        start += word.len() + 1;
    }
    read
}

fn belongs_to_word(c: char) -> bool {
    is_letter(c) || c.is_numeric() || is_loose_mark(c) || is_invisible(c)
}

/// The lower-case Latin letter that `c` is drawn like: pairs of UTS #39's confusables.txt, Cyrillic and Greek only.
const fn latin(c: char) -> Option<char> {
    Some(match c {
        'а' | 'А' | 'α' | 'Α' => 'a',
        'В' | 'Β' | 'Ь' | 'ь' => 'b',
        'с' | 'С' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'Е' | 'Ε' | 'ε' | 'ё' | 'Ё' => 'e',
        'ԍ' => 'g',
        'һ' | 'Н' | 'Η' => 'h',
        'і' | 'І' | 'ι' | 'Ι' | 'ї' => 'i',
        'ј' | 'Ј' => 'j',
        'к' | 'К' | 'κ' | 'Κ' => 'k',
        'ӏ' | 'Ӏ' => 'l',
        'м' | 'М' | 'Μ' => 'm',
        'Ν' | 'п' | 'η' => 'n',
        'о' | 'О' | 'ο' | 'Ο' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'Т' | 'τ' | 'Τ' => 't',
        'υ' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' | 'Υ' => 'y',
        'Ζ' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_in_a_latin_word_is_read_as_latin_and_a_russian_word_is_not() {
        assert_eq!(
            lookalikes("fасt это"),
            [None, Some('a'), Some('c'), None, None, None, None, None]
        );
        assert!(lookalikes("xin chào рот").ends_with(&[Some('p'), Some('o'), Some('t')]));
        assert!(lookalikes("это рот, a").iter().all(Option::is_none));
        assert_eq!(lookalikes("tiếng Việt"), []);
        // A Greek letter that looks like no Latin one shows that the word is not a disguise.
        assert!(lookalikes("5 μm λx").iter().all(Option::is_none));
    }
}

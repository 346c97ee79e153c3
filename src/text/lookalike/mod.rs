//! Letters and signs that pass for Latin ones.

mod table;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::char::decompose_canonical;
use unicode_script::{Script, UnicodeScript};

use super::fold::is_loose_mark;
use super::is_invisible;
use super::is_letter;

/// What one character of a text is to the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A Latin letter.
    Latin,
    /// A letter of another script or a sign, and the Latin letter that it is drawn like.
    Disguise(char),
    /// A letter of another script that looks like none of ours.
    Foreign,
    /// A digit, a mark, something that cannot be seen: no letter, but part of a word.
    Other,
    /// Whatever parts words.
    Gap,
}

/// For each character of `raw`, the Latin letter that it is read as, where it is a look-alike inside a word that is
/// otherwise Latin, or in a word of nothing but look-alikes in a text that is mostly Latin. Empty where there is none:
/// Russian or Greek sentences stay what they are.
pub(super) fn lookalikes(raw: &str) -> Vec<Option<char>> {
    if !may_hold_strangers(raw.as_bytes()) {
        return Vec::new();
    }
    let kinds: Vec<Kind> = raw.chars().map(kind).collect();
    let count = |wanted: fn(Kind) -> bool| kinds.iter().filter(|kind| wanted(**kind)).count();
    // What passes for Latin says nothing of the script; letters that look like none of ours do.
    let foreign = count(|kind| kind == Kind::Foreign);
    let mostly_latin = foreign == 0 || count(|kind| kind == Kind::Latin) > foreign;
    let mut read = vec![None; kinds.len()];
    let mut start = 0;
    for (word, typed) in words(&kinds, raw) {
        let has_own = word.contains(&Kind::Latin);
        let is_word = || has_own || typed.chars().any(is_letter);
        if (mostly_latin || has_own) && !word.contains(&Kind::Foreign) && is_word() {
            for (place, kind) in read[start..].iter_mut().zip(word) {
                if let Kind::Disguise(letter) = kind {
                    *place = Some(*letter);
                }
            }
        }
        start += word.len() + 1;
    }
    read
}

/// The words between the gaps, as kinds and as typed.
fn words<'a>(kinds: &'a [Kind], raw: &'a str) -> impl Iterator<Item = (&'a [Kind], &'a str)> {
    let mut rest = raw;
    kinds.split(|kind| *kind == Kind::Gap).map(move |word| {
        let bytes = |count: usize| rest.chars().take(count).map(char::len_utf8).sum();
        let (typed, after) = rest.split_at(bytes(word.len()));
        let mut after = after.chars();
        after.next();
        rest = after.as_str();
        (word, typed)
    })
}

/// Whether some character may be of another script, by the lead bytes of UTF-8 and, where Vietnamese letters, punctuation
/// or emoji share them, the byte after. Most comments have none, and this is all they cost.
fn may_hold_strangers(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().any(|(at, byte)| {
        let next = || bytes.get(at + 1).copied().unwrap_or_default();
        match byte {
            0xCD => next() >= 0xB0,                 // Greek; below it combining marks
            0xCE..=0xE0 => true,                    // Greek to Thai
            0xE1 => !matches!(next(), 0xBA | 0xBB), // but Vietnamese letters
            0xE2 => !matches!(next(), 0x80 | 0x82 | 0x83 | 0x98..=0x9E | 0xAC | 0xAD),
            0xE3 => matches!(next(), 0x80 | 0x84 | 0x85), // ideographic zero, Bopomofo, Hangul jamo
            0xE4 => matches!(next(), 0xB8),
            0xEA => next() <= 0xAF, // Lisu to Cherokee; above it Hangul
            0xF0 => next() != 0x9F || is_sign(bytes.get(at + 2)), // but emoji
            _ => false,
        }
    })
}

/// Whether what follows `F0 9F` is of the circled letters or of the alchemists' signs rather than of the emoji.
const fn is_sign(third: Option<&u8>) -> bool {
    matches!(third, Some(0x85 | 0x9C | 0x9D))
}

fn kind(c: char) -> Kind {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' => {
            return if is_letter(c) { Kind::Latin } else { Kind::Gap };
        }
        '\0'..='\x7f' if !c.is_ascii_digit() && !is_invisible(c) => return Kind::Gap,
        _ => {}
    }
    if let Some(letter) = stranger(c) {
        Kind::Disguise(letter)
    } else if is_letter(c) {
        // Full-width, mathematical and circled letters are Latin or of no script, and undressed later.
        match c.script() {
            Script::Latin | Script::Common | Script::Inherited => Kind::Latin,
            _ => Kind::Foreign,
        }
    } else if c.is_numeric() || is_loose_mark(c) || is_invisible(c) {
        Kind::Other
    } else {
        Kind::Gap
    }
}

/// The lower-case letter of the basic alphabet that a Latin letter beyond it is drawn like: `ɑ` as `a`, `ø` as `o`.
pub(super) fn extended(c: char) -> Option<char> {
    static LETTERS: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| by_look(table::LATIN));
    LETTERS.get(&c).copied()
}

/// The letter that a character is without its marks (UAX #15).
fn head(c: char) -> char {
    let mut first = None;
    decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    first.unwrap_or(c)
}

/// The marks on a letter of another script, which stay on the Latin one that it is read as: the breve of a Cyrillic `ӑ`.
pub(super) fn marks_of(c: char) -> impl Iterator<Item = char> {
    let mut marks = [None; 3];
    let mut count = 0;
    decompose_canonical(c, |part| {
        if is_loose_mark(part) && count < marks.len() {
            marks[count] = Some(part);
            count += 1;
        }
    });
    marks.into_iter().flatten()
}

/// The lower-case Latin letter that a letter of another script, whatever its marks, or a sign is drawn like.
fn stranger(c: char) -> Option<char> {
    static LETTERS: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
        by_look(table::STRANGERS)
            .into_iter()
            .chain(TO_THE_EYE)
            .chain(TAKEN_APART)
            .collect()
    });
    LETTERS.get(&head(c)).copied()
}

/// Letters that UTS #39 takes for Latin ones, and that NFKC would make another Greek letter of before they are compared.
const TAKEN_APART: [(char, char); 2] = [('ϲ', 'c'), ('Ϲ', 'c')];

/// What passes for a letter in running text though UTS #39 does not say so: its pairs are of one shape, these are of one
/// shape but for a detail.
const TO_THE_EYE: [(char, char); 22] = [
    ('ε', 'e'),
    ('є', 'e'),
    // UTS #39 makes it a stroked r; makers of small capitals offer it for their f.
    ('ғ', 'f'),
    ('Ғ', 'f'),
    ('κ', 'k'),
    ('ϰ', 'k'),
    ('к', 'k'),
    ('м', 'm'),
    ('п', 'n'),
    ('я', 'r'),
    ('χ', 'x'),
    ('ь', 'b'),
    ('ω', 'w'),
    ('∂', 'd'),
    // Canadian syllabics, an alphabet of which every maker of fancy letters offers.
    ('ᗩ', 'a'),
    ('ᑕ', 'c'),
    ('ᗴ', 'e'),
    ('ᑎ', 'n'),
    ('ᑫ', 'q'),
    ('ᔕ', 's'),
    ('ᗯ', 'w'),
    ('ᘔ', 'z'),
];

fn by_look(table: &[(char, &str)]) -> FxHashMap<char, char> {
    let mut letters = FxHashMap::default();
    for (letter, looks) in table {
        letters.extend(looks.chars().map(|look| (look, *letter)));
    }
    letters
}

#[cfg(test)]
mod tests;

//! A text as a row of syllables. Vietnamese writes a space after each syllable, so its syllables are what other languages
//! call words, and one list serves both.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::alphabet::parts;
use super::spelling::{bare, close, is_syllable, is_tone, spell};
use super::traced::narrow;
use super::{Span, Traced, is_letter, is_word_char};

/// The syllables of a canonical text in their order.
#[derive(Debug, Default)]
pub struct Syllables {
    list: Vec<Syllable>,
    keys: String,
}

/// One syllable (or word of another language): a run of letters, digits and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syllable {
    /// Where it stands in the original.
    pub span: Span,
    /// Where it stands in the canonical text, in bytes.
    pub start: u32,
    /// One past its last byte there.
    pub end: u32,
    key: (u32, u32),
    number: u64,
    letters: u32,
    first: char,
    last: char,
    traits: u8,
}

/// No letter outside ASCII: as unmarked writing looks.
const PLAIN: u8 = 1;
/// A tone mark.
const TONED: u8 = 2;
/// A letter twice in a row, or a run that was read as one letter.
const DOUBLED: u8 = 4;
/// Something besides letters.
const DIGITS: u8 = 8;

impl Syllable {
    /// Whether all its letters are ASCII, as in writing without tones.
    #[must_use]
    pub const fn is_plain(self) -> bool {
        self.traits & PLAIN != 0
    }

    /// Whether it carries a tone.
    #[must_use]
    pub const fn is_toned(self) -> bool {
        self.traits & TONED != 0
    }

    /// Whether a letter stands twice in a row in it, or a longer run was read as one.
    #[must_use]
    pub const fn is_doubled(self) -> bool {
        self.traits & DOUBLED != 0
    }

    /// Whether it holds a digit.
    #[must_use]
    pub const fn has_digits(self) -> bool {
        self.traits & DIGITS != 0
    }

    /// Its key's [number](key_number).
    #[must_use]
    pub const fn number(self) -> u64 {
        self.number
    }

    /// How many characters it has.
    #[must_use]
    pub const fn letters(self) -> u32 {
        self.letters
    }
}

impl Syllable {
    /// Its first letter.
    #[must_use]
    pub const fn first(self) -> char {
        self.first
    }

    /// Its last letter.
    #[must_use]
    pub const fn last(self) -> char {
        self.last
    }
}

impl Syllables {
    /// The syllables of `canonical`.
    #[must_use]
    pub fn of(canonical: &Traced) -> Self {
        let text = canonical.text();
        let mut syllables = Self {
            list: Vec::with_capacity(text.len() / 4),
            keys: String::with_capacity(text.len() + text.len() / 4),
        };
        let (mut chars, mut at) = (canonical.chars(), 0);
        while let Some((c, span)) = chars.next() {
            if is_word_char(c) {
                at = syllables.read(c, span, at, &mut chars);
            } else {
                at += c.len_utf8();
            }
        }
        syllables
    }

    /// Reads on from a syllable's first letter, which stands at byte `start`, to the character after it; the byte after that.
    fn read(
        &mut self,
        first: char,
        mut span: Span,
        start: usize,
        rest: &mut impl Iterator<Item = (char, Span)>,
    ) -> usize {
        let key = self.keys.len();
        let (mut end, mut letters, mut traits, mut tone) = (start, 0, PLAIN, None);
        let (mut last, mut previous) = (first, '\0');
        let mut next = Some((first, span));
        let mut after = 0;
        while let Some((c, place)) = next {
            if !is_word_char(c) {
                after = c.len_utf8();
                break;
            }
            let (letter, bare, own) = if c.is_ascii() {
                (c, c, None)
            } else {
                traits &= !PLAIN;
                parts(c)
            };
            if own.is_some() {
                tone = own;
                traits |= TONED;
            } else if !is_letter(c) {
                traits |= DIGITS;
            }
            let is_run = place.len() >= 3 || bare == previous;
            if is_run && is_letter(c) {
                traits |= DOUBLED;
            }
            self.keys.push(letter);
            span.end = place.end;
            end += c.len_utf8();
            letters += 1;
            (last, previous) = (c, bare);
            next = rest.next();
        }
        close(&mut self.keys, key, tone);
        self.list.push(Syllable {
            span,
            start: narrow(start),
            end: narrow(end),
            key: (narrow(key), narrow(self.keys.len())),
            number: key_number(&self.keys[key..]),
            letters,
            first,
            last,
            traits,
        });
        end + after
    }

    /// All of them.
    #[must_use]
    pub fn list(&self) -> &[Syllable] {
        &self.list
    }

    /// What a syllable is compared by: its letters in canonical form without tones, then its tone.
    #[must_use]
    pub fn key(&self, syllable: &Syllable) -> &str {
        &self.keys[syllable.key.0 as usize..syllable.key.1 as usize]
    }

    /// Whether a syllable is spelled as a Vietnamese one can be.
    #[must_use]
    pub fn is_vietnamese(&self, syllable: &Syllable) -> bool {
        is_syllable(self.key(syllable))
    }
}

/// A number for a key, by which it is looked up and by which it differs from nearly all others.
#[must_use]
pub fn key_number(key: &str) -> u64 {
    FxBuildHasher.hash_one(key)
}

/// The key of a word that stands by itself; see [`Syllables::key`].
#[must_use]
pub fn key(word: &str) -> String {
    let mut key = String::with_capacity(word.len() + 1);
    spell(word.chars(), &mut key);
    key
}

/// Whether a key carries a mark: a tone, or a letter that is not of the bare alphabet.
#[must_use]
pub fn is_marked(key: &str) -> bool {
    !key.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// A key without any mark, as in writing without tones: `đồng` is `dong`.
#[must_use]
pub fn bare_key(key: &str) -> String {
    bare(key).collect()
}

/// A key with every run of a letter as one, the marked one of two that differ in marks: `loồnn` is `lồn`.
#[must_use]
pub fn squeezed(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    for c in key.chars() {
        match out.chars().next_back() {
            Some(last) if is_letter(c) && super::base(last) == super::base(c) => {
                if !c.is_ascii() {
                    out.pop();
                    out.push(c);
                }
            }
            _ => out.push(c),
        }
    }
    out
}

/// Whether a key is what another one is with some of its marks left out: `đit` of `địt`, `lôn` of `lồn`.
#[must_use]
pub fn is_bare_of(key: &str, whole: &str) -> bool {
    let tone_of = |key: &str| key.chars().next_back().filter(|c| is_tone(*c));
    let mut typed = key.chars().filter(|c| !is_tone(*c));
    let mut meant = whole.chars().filter(|c| !is_tone(*c));
    let letters = typed
        .by_ref()
        .zip(meant.by_ref())
        .all(|(t, m)| t == m || t == super::base(m));
    letters
        && key.trim_end_matches(is_tone).chars().count()
            == whole.trim_end_matches(is_tone).chars().count()
        && (tone_of(key).is_none() || tone_of(key) == tone_of(whole))
}

#[cfg(test)]
mod tests {
    use super::super::canonical;
    use super::*;

    #[test]
    fn a_text_is_cut_at_whatever_is_neither_letter_nor_digit() {
        let canonical = canonical("Hoà bình... (2 lần)\nабв!");
        let syllables = Syllables::of(&canonical);
        let keys: Vec<&str> = syllables.list().iter().map(|s| syllables.key(s)).collect();
        assert_eq!(keys, ["hoa\u{2}", "binh\u{2}", "2", "lân\u{2}", "абв"]);
        let second = syllables.list()[1];
        assert_eq!(second.span, Span::new(4, 8));
        assert!(second.is_toned() && !second.is_plain() && syllables.is_vietnamese(&second));
        assert!(syllables.list()[2].has_digits() && syllables.list()[2].is_plain());
    }

    #[test]
    fn runs_are_noticed_and_squeezed() {
        let canonical = canonical("loồnn đụuu xinnnn nam");
        let syllables = Syllables::of(&canonical);
        let doubled: Vec<bool> = syllables.list().iter().map(|s| s.is_doubled()).collect();
        assert_eq!(doubled, [true, true, true, false]);
        let squeezed: Vec<String> = syllables
            .list()
            .iter()
            .map(|s| squeezed(syllables.key(s)))
            .collect();
        assert_eq!(squeezed, [key("lồn"), key("đụ"), key("xin"), key("nam")]);
        assert_eq!(bare_key(&key("đường")), "duong");
        assert!(is_bare_of("đit", &key("địt")) && is_bare_of(&key("lôn"), &key("lồn")));
        assert!(!is_bare_of("đit", &key("dịt")) && !is_bare_of("đi", &key("địt")));
    }
}

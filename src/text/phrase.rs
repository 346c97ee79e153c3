//! How comments are searched: a text as a row of words, each with its marks and without, and a phrase that is looked for in
//! such a row. One tokenizer for both databases and for what is compared here.

use std::borrow::Cow;

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use super::alphabet::{base, level, small, tone};
use super::{is_apostrophe, is_invisible, is_letter, is_plain};

/// As many letters of a word as count; what is longer is no word.
const LETTERS: usize = 48;
/// As many words as a phrase may have.
const WORDS: usize = 64;
/// Fewer letters are a whole word, not the beginning of one: too many words begin with any two.
const BEGINNING: usize = 3;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word {
    /// In lower case and without any mark: `dang` for *Đảng*.
    bare: String,
    /// With its marks, the same wherever its tone was placed and however it was encoded; none where it has none.
    marked: Option<String>,
}

impl Word {
    /// In lower case and without any mark.
    #[must_use]
    pub fn bare(&self) -> &str {
        &self.bare
    }

    /// The word as it was typed, as one key for all ways to type it: its tone, where there is one, stands before it as a
    /// private character, so that the beginning of a word has the beginning of its key.
    #[must_use]
    pub fn marked(&self) -> &str {
        self.marked.as_deref().unwrap_or(&self.bare)
    }

    /// Whether it has any mark.
    #[must_use]
    pub const fn has_marks(&self) -> bool {
        self.marked.is_some()
    }

    /// Whether a word of a text is the one that is looked for: with marks just that one, without any of those that are it
    /// with their marks off.
    fn finds(&self, other: &Self) -> bool {
        match &self.marked {
            Some(marked) => other.marked.as_ref() == Some(marked),
            None => self.bare == other.bare,
        }
    }

    /// The same for the beginning of a word.
    fn begins(&self, other: &Self) -> bool {
        match &self.marked {
            Some(marked) => {
                let other = other.marked.as_ref();
                other.is_some_and(|other| other.starts_with(marked.as_str()))
            }
            None => other.bare.starts_with(&self.bare),
        }
    }

    /// None where nothing of it is left without its marks.
    fn new(letters: &str) -> Option<Self> {
        let (mut bare, mut marked, mut tones) = (String::new(), String::new(), None);
        for c in letters.chars().take(LETTERS) {
            tones = tone(c).or(tones);
            let c = level(c);
            marked.push(c);
            match base(c) {
                plain if plain.is_ascii() => bare.push(plain),
                other => bare.extend(std::iter::once(other).nfd().filter(|c| !is_loose_mark(*c))),
            }
        }
        if !bare.is_ascii() {
            // Hangul and marks of other scripts were taken apart with the rest.
            bare = bare.nfc().collect();
        }
        if bare.is_empty() {
            return None;
        }
        if let Some(private) = tones.and_then(private) {
            marked.insert(0, private);
        }
        let marked = (marked != bare).then_some(marked);
        Some(Self { bare, marked })
    }
}

/// The tones' own characters, which no word of a text has: they are no letters.
fn private(tone: char) -> Option<char> {
    char::from_u32(0xE000 + u32::from(tone))
}

/// The words of a text in their order.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let mut end = |word: &mut String| {
        words.extend(composed(word).and_then(|letters| Word::new(&letters)));
        word.clear();
    };
    let mut put = |c: char| {
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        } else if let Some(small) = small(c) {
            word.push(small);
        } else if is_apostrophe(c) || !c.is_whitespace() && is_invisible(c) {
            // Within a word, or not seen.
        } else if stands_alone(c) {
            end(&mut word);
            word.push(c);
            end(&mut word);
        } else if is_of_word(c) {
            word.extend(c.to_lowercase());
        } else {
            end(&mut word);
        }
    };
    if is_plain(text) {
        text.chars().for_each(&mut put);
    } else {
        text.nfkc().for_each(&mut put);
    }
    put(' ');
    words
}

/// A word in NFC: a letter in lower case may be made of several characters, and marks may have followed what was left out.
fn composed(word: &str) -> Option<Cow<'_, str>> {
    if word.is_empty() {
        None
    } else if is_plain(word) {
        Some(Cow::Borrowed(word))
    } else {
        Some(Cow::Owned(word.nfc().collect()))
    }
}

fn is_of_word(c: char) -> bool {
    is_letter(c) || c.is_numeric() || !c.is_ascii() && is_mark(c)
}

fn is_mark(c: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    let category = get_general_category(c);
    matches!(category, NonspacingMark | EnclosingMark | SpacingMark)
}

/// Whether a mark sits on letters of any script. Those of one script, such as the vowels of Thai, are letters of it.
fn is_loose_mark(c: char) -> bool {
    is_mark(c) && matches!(c.script(), Script::Inherited | Script::Common)
}

/// Scripts that are written without spaces between words.
fn stands_alone(c: char) -> bool {
    !c.is_ascii()
        && matches!(
            c.script(),
            Script::Han | Script::Hiragana | Script::Katakana
        )
}

/// Words that stand next to each other in that order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    words: Vec<Word>,
    is_open: bool,
}

/// What cannot be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhraseFault {
    /// There is no letter and no digit in it.
    #[error("there is no word in it")]
    NoWord,
    /// It has more words than are looked for.
    #[error("it has more than {WORDS} words")]
    TooLong,
}

impl Phrase {
    /// As many words as it may have.
    pub const WORDS: usize = WORDS;

    /// Reads what somebody typed. Where it ends in the middle of a word, that word may go on.
    pub fn read(typed: &str) -> Result<Self, PhraseFault> {
        let words = words(typed);
        if words.len() > WORDS {
            return Err(PhraseFault::TooLong);
        }
        let last = words.last().ok_or(PhraseFault::NoWord)?;
        let ends_in_word = typed.chars().next_back().is_some_and(is_of_word);
        let is_open = ends_in_word && last.bare.chars().count() >= BEGINNING;
        Ok(Self { words, is_open })
    }

    /// Its words: one or more.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether the last word may go on.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.is_open
    }

    /// The same with its last word as a whole.
    #[must_use]
    pub fn closed(&self) -> Self {
        Self {
            words: self.words.clone(),
            is_open: false,
        }
    }

    /// Whether the words of a text have it in them.
    #[must_use]
    pub fn is_in(&self, text: &[Word]) -> bool {
        let last = self.words.len() - 1;
        text.windows(self.words.len()).any(|row| {
            let mut pairs = self.words.iter().zip(row).enumerate();
            pairs.all(|(place, (sought, there))| {
                sought.finds(there) || self.is_open && place == last && sought.begins(there)
            })
        })
    }
}

#[cfg(test)]
mod tests;

//! Words and phrases: all of them in one automaton over syllables, walked once over all the ways in which a text's
//! syllables can be read.
//!
//! A [`Lexicon`](lexicon::Lexicon) knows every syllable that any phrase uses. [`readings`] says of each place in the
//! text which of these may stand there: as typed, without its tones, with a letter drawn out, with its letters set
//! apart, split in two, or with signs for letters. The automaton (a trie from every place; phrases are short, so the
//! walk is linear in the text) follows those readings, and what it finds is kept where the rule's terms allow it: its
//! neighbours, and for unmarked writing the odds that these very syllables were meant.

mod automaton;
mod context;
mod find;
mod glued;
mod initials;
mod lexicon;
mod meant;
mod parts;
mod readings;
mod stand_ins;
mod starred;

pub use context::{Language, Near, Place};
pub use find::{Found, Odds};

use unicode_normalization::UnicodeNormalization;

use automaton::Automaton;
use lexicon::Lexicon;

use crate::text::{Reading, Span, Syllables, canonical, written};

/// How a rule's words count where they are written without their tones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Toneless {
    /// Not at all.
    Never,
    /// Where the neighbours make it likely that they were meant.
    #[default]
    Neighbours,
    /// Wherever their letters stand.
    Always,
}

/// One word or phrase to look for.
#[derive(Debug, Clone, Default)]
pub struct Phrase<'a> {
    /// Whose it is.
    pub owner: usize,
    /// As an editor writes it.
    pub text: &'a str,
    /// What its unmarked writing counts.
    pub toneless: Toneless,
    /// What must and must not stand beside it.
    pub near: Option<&'a Near>,
}

/// Why a word can never be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmatchable {
    /// It has no letter and no digit.
    Empty,
    /// It has more syllables than a phrase may.
    TooLong,
}

/// As many syllables as a phrase may have; the walk from one place never goes further.
pub const LONGEST: usize = 12;

/// Words and phrases ready to be looked for.
#[derive(Debug, Default)]
pub struct Words {
    lexicon: Lexicon,
    automaton: Automaton,
    phrases: Vec<Entry>,
    nears: Vec<Near>,
}

/// What is known of a phrase once it is found.
#[derive(Debug)]
struct Entry {
    owner: usize,
    toneless: Toneless,
    near: Option<usize>,
}

impl Words {
    /// Puts phrases together.
    ///
    /// # Errors
    /// The first phrase that can never be found.
    pub fn build<'a>(phrases: impl IntoIterator<Item = Phrase<'a>>) -> Result<Self, Unmatchable> {
        let mut words = Self::default();
        for phrase in phrases {
            words.add(&phrase)?;
        }
        Ok(words)
    }

    fn add(&mut self, phrase: &Phrase<'_>) -> Result<(), Unmatchable> {
        let path: Vec<u32> = spelled(phrase.text)?
            .iter()
            .map(|(key, spelled)| self.lexicon.intern(key, spelled))
            .collect();
        let near = phrase.near.map(|near| {
            // The words of one rule share their terms and come one after another.
            if self.nears.last() != Some(near) {
                self.nears.push(near.clone());
            }
            self.nears.len() - 1
        });
        self.automaton.add(&path, self.phrases.len());
        self.phrases.push(Entry {
            owner: phrase.owner,
            toneless: phrase.toneless,
            near,
        });
        Ok(())
    }

    /// The one spelling of a phrase that stands for all that it is found by; `~` marks a drawn-out letter.
    ///
    /// # Errors
    /// Where it can never be found.
    pub fn normal(phrase: &str) -> Result<String, Unmatchable> {
        let written = keys(phrase)?.into_iter().map(|key| {
            let drawn_out = key.ends_with(ONLY_DRAWN_OUT);
            written(&key) + if drawn_out { "~" } else { "" }
        });
        Ok(written.collect::<Vec<_>>().join(" "))
    }

    /// Tells every occurrence of every phrase, overlapping ones too.
    pub fn find(&self, reading: &Reading<'_>, odds: Odds, mut tell: impl FnMut(Found)) {
        if !self.phrases.is_empty() {
            find::find(self, reading, odds, |found, _| tell(found));
        }
    }

    /// What was read otherwise than it was typed in the occurrences of phrases: where it stands, and what it was read as.
    #[must_use]
    pub fn read_as(&self, reading: &Reading<'_>, odds: Odds) -> Vec<(Span, String)> {
        let mut read = Vec::new();
        find::find(self, reading, odds, |_, path| {
            let otherwise = path.iter().filter(|step| step.unmarked || step.hidden);
            read.extend(
                otherwise.map(|step| (step.span, self.lexicon.spelled(step.syllable).to_owned())),
            );
        });
        read.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        read.dedup_by(|next, kept| next.0.start < kept.0.end);
        read
    }
}

/// Ends the key of a syllable that an editor wrote with a run of one letter (`zzz`), which canonical form reads as one: the
/// text must have a run there as well.
const ONLY_DRAWN_OUT: char = '\u{6}';

fn keys(phrase: &str) -> Result<Vec<String>, Unmatchable> {
    Ok(spelled(phrase)?.into_iter().map(|(key, _)| key).collect())
}

/// The syllables of a phrase: their keys, and how they are spelled.
fn spelled(phrase: &str) -> Result<Vec<(String, String)>, Unmatchable> {
    let canonical = canonical(&phrase.nfc().collect::<String>());
    let syllables = Syllables::of(&canonical);
    let parts: Vec<(String, String)> = syllables
        .list()
        .iter()
        .map(|syllable| {
            let mut key = syllables.key(syllable).to_owned();
            if syllable.span.len() > syllable.letters() && syllable.is_doubled() {
                key.push(ONLY_DRAWN_OUT);
            }
            let spelled = &canonical.text()[syllable.start as usize..syllable.end as usize];
            (key, spelled.to_owned())
        })
        .collect();
    match parts.len() {
        0 => Err(Unmatchable::Empty),
        length if length > LONGEST => Err(Unmatchable::TooLong),
        _ => Ok(parts),
    }
}

#[cfg(test)]
mod tests;

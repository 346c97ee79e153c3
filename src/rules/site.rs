//! A site's own words over the packs: what its editors hold, and what they allow.

mod advice;
mod allowed;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeSet;

pub use self::advice::{WordAdvice, word_advice};
pub(super) use self::allowed::Allowed;
use super::foreign::Foreign;
use super::judge::PLACES;
use super::signals::{Odds, Phrase, Toneless, Unmatchable, Words};
use crate::domain::{Category, Evidence, Field, SiteWord, View, WordKind, WordState};
use crate::text::{Reading, Span, canonical};

/// As many words as one site has.
pub const MAX_SITE_WORDS: usize = 10_000;
/// As many characters as one word or phrase has.
pub const MAX_WORD_CHARS: usize = 100;
/// The greatest weight of a word; the categories' caps are of this size.
pub const MAX_WORD_WEIGHT: f32 = 10.0;
/// Phrases of as many syllables are no other ones without their marks.
const SURE_SYLLABLES: usize = 3;
/// What a word's evidence calls its rule; the word stands behind it.
const HOLD: &str = "site.hold:";

/// Why a word cannot stand on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordTrouble {
    /// It has no letter and no digit.
    Empty,
    /// It is longer than [`MAX_WORD_CHARS`].
    TooLong,
    /// It has control characters or a line break.
    Control,
    /// It is a pattern with look-around.
    LookAround,
    /// It is a pattern with a back-reference.
    BackReference,
    /// It is another pattern.
    Pattern,
    /// It stands on the list before, if perhaps spelled otherwise.
    Known,
    /// Its weight is no amount between 0 and [`MAX_WORD_WEIGHT`].
    Weight,
    /// It allows, and has a category or a weight.
    Weighed,
    /// Its category is that of bans.
    Ban,
    /// The list is longer than a site's may be.
    Many,
}

impl WordTrouble {
    /// The name of its message.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "word-empty",
            Self::TooLong => "word-too-long",
            Self::Control => "word-control",
            Self::LookAround => "word-look-around",
            Self::BackReference => "word-back-reference",
            Self::Pattern => "word-pattern",
            Self::Known => "word-known",
            Self::Weight => "word-weight",
            Self::Weighed => "word-weighed",
            Self::Ban => "word-ban",
            Self::Many => "word-many",
        }
    }

    /// The number that its message gives, where it gives one.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a small whole number
    pub const fn bound(self) -> Option<usize> {
        match self {
            Self::TooLong => Some(MAX_WORD_CHARS),
            Self::Weight => Some(MAX_WORD_WEIGHT as usize),
            Self::Many => Some(MAX_SITE_WORDS),
            _ => None,
        }
    }
}

/// A word that cannot stand on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordFault {
    /// Its place in the list, from 0.
    pub place: usize,
    /// The word.
    pub word: String,
    /// Why.
    pub trouble: WordTrouble,
}

/// A word as an editor types it: on one line with single spaces, and as it is looked for.
///
/// # Errors
/// Why it cannot stand on a list.
pub fn read_word(typed: &str) -> Result<(String, String), WordTrouble> {
    if typed.chars().any(|c| c.is_control() && c != '\t') {
        return Err(WordTrouble::Control);
    }
    let word = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if word.chars().count() > MAX_WORD_CHARS {
        return Err(WordTrouble::TooLong);
    }
    if let Some(trouble) = pattern_in(&word) {
        return Err(trouble);
    }
    let normal = Words::normal(&word).map_err(|unmatchable| match unmatchable {
        Unmatchable::Empty => WordTrouble::Empty,
        Unmatchable::TooLong => WordTrouble::TooLong,
    })?;
    Ok((word, normal))
}

/// How a word counts in writing without marks. One that an editor wrote without marks is meant as written, and a phrase of three
/// syllables is hardly another one.
fn toneless(word: &str) -> Toneless {
    let canonical = canonical(word);
    let has_no_marks = canonical.text().is_ascii();
    if has_no_marks || canonical.text().split_whitespace().count() >= SURE_SYLLABLES {
        Toneless::Always
    } else {
        Toneless::Neighbours
    }
}

/// A word that an editor wants on the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WantedWord<'a> {
    /// As typed.
    pub word: &'a str,
    /// What it is to do.
    pub kind: WordKind,
    /// What kind of trouble it is; profanity unless said.
    pub category: Option<Category>,
    /// What each place adds; 1 unless said.
    pub weight: Option<f32>,
}

/// A word that may stand on the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadWord {
    /// On one line with single spaces.
    pub word: String,
    /// As it is looked for.
    pub normal: String,
    /// What kind of trouble it is, where it holds.
    pub category: Option<Category>,
    /// What each place adds, where it holds.
    pub weight: f32,
}

/// Reads words that are to be added together.
///
/// # Errors
/// Every one that cannot stand on a list, by its place.
pub fn read_words(wanted: &[WantedWord<'_>]) -> Result<Vec<ReadWord>, Vec<WordFault>> {
    let mut faults = Vec::new();
    let mut read: Vec<ReadWord> = Vec::new();
    let mut known = BTreeSet::new();
    for (place, one) in wanted.iter().enumerate() {
        let well = wanted_word(one).and_then(|word| {
            if known.insert(word.normal.clone()) {
                Ok(word)
            } else {
                Err(WordTrouble::Known)
            }
        });
        match well {
            Ok(word) => read.push(word),
            Err(trouble) => faults.push(WordFault {
                place,
                word: one.word.to_owned(),
                trouble,
            }),
        }
    }
    if faults.is_empty() {
        Ok(read)
    } else {
        Err(faults)
    }
}

fn wanted_word(wanted: &WantedWord<'_>) -> Result<ReadWord, WordTrouble> {
    let (word, normal) = read_word(wanted.word)?;
    let (category, weight) = match wanted.kind {
        WordKind::Hold => {
            let weight = wanted.weight.unwrap_or(1.0);
            if !(weight > 0.0 && weight <= MAX_WORD_WEIGHT) {
                return Err(WordTrouble::Weight);
            }
            let category = wanted.category.unwrap_or(Category::Profanity);
            if category == Category::Ban {
                return Err(WordTrouble::Ban);
            }
            (Some(category), weight)
        }
        WordKind::Allow if wanted.category.is_some() || wanted.weight.is_some() => {
            return Err(WordTrouble::Weighed);
        }
        WordKind::Allow => (None, 0.0),
    };
    Ok(ReadWord {
        word,
        normal,
        category,
        weight,
    })
}

/// Whether a word is a regular expression in truth, by signs that words and their disguises do not have.
fn pattern_in(word: &str) -> Option<WordTrouble> {
    let has = |marks: &[&str]| marks.iter().any(|mark| word.contains(mark));
    let escaped = |is: fn(char) -> bool| word.split('\\').skip(1).any(|rest| rest.starts_with(is));
    match Foreign::within(word) {
        Some(Foreign::LookAround) => return Some(WordTrouble::LookAround),
        Some(Foreign::BackReference) => return Some(WordTrouble::BackReference),
        Some(Foreign::Atomic) | None => {}
    }
    let bracketed = |open: char, close: char, is: fn(char) -> bool| {
        word.split(open)
            .skip(1)
            .filter_map(|rest| rest.split_once(close))
            .any(|(inner, _)| inner.starts_with(is))
    };
    let is_pattern = has(&["(?", ".*", ".+"])
        || escaped(|c| c.is_ascii_alphanumeric())
        || word.contains('|')
        || bracketed('[', ']', |c| c.is_alphanumeric() || c == '^')
        || bracketed('{', '}', |c| c.is_ascii_digit() || c == ',')
        || (word.starts_with('^') && word.ends_with('$'));
    is_pattern.then_some(WordTrouble::Pattern)
}

/// The word that a piece of evidence names, where it is from a site's own list.
#[must_use]
pub fn site_word_of(rule: &str) -> Option<&str> {
    rule.strip_prefix(HOLD)
}

/// What the evidence of a held word calls its rule.
#[must_use]
pub fn rule_of_site_word(word: &str) -> String {
    format!("{HOLD}{word}")
}

/// A site's words, ready to judge with. Made once a change, shared by all threads.
#[derive(Debug, Default)]
pub struct SiteWords {
    words: Words,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    rule: String,
    /// What a place of it is worth, or nothing where it allows.
    held: Option<(Category, f32)>,
}

/// What a site's words saw in one field.
#[derive(Debug, Default)]
pub(super) struct SiteSeen {
    /// Where what words see does not count.
    pub allowed: Allowed,
    held: Vec<(usize, Span, View)>,
}

impl SiteWords {
    /// Compiles the words that are live. Drafts count for nothing.
    ///
    /// # Errors
    /// Every word that cannot be looked for.
    pub fn compile(list: &[SiteWord]) -> Result<Self, Vec<WordFault>> {
        Self::of(
            list.iter()
                .enumerate()
                .filter(|(_, word)| word.state == WordState::Live),
        )
    }

    /// Compiles all words as if all were live, to see what they would do.
    ///
    /// # Errors
    /// Every word that cannot be looked for.
    pub fn compile_with_drafts(list: &[SiteWord]) -> Result<Self, Vec<WordFault>> {
        Self::of(list.iter().enumerate())
    }

    fn of<'a>(list: impl Iterator<Item = (usize, &'a SiteWord)>) -> Result<Self, Vec<WordFault>> {
        let mut faults = Vec::new();
        let mut entries = Vec::new();
        let mut looked_for = Vec::new();
        let mut known = BTreeSet::new();
        for (place, word) in list {
            let trouble = match read_word(&word.word) {
                Ok((_, normal)) => (!known.insert(normal)).then_some(WordTrouble::Known),
                Err(trouble) => Some(trouble),
            };
            if let Some(trouble) = trouble {
                faults.push(WordFault {
                    place,
                    word: word.word.clone(),
                    trouble,
                });
                continue;
            }
            looked_for.push(Phrase {
                owner: entries.len(),
                text: word.word.as_str(),
                toneless: toneless(&word.word),
                ..Phrase::default()
            });
            entries.push(Entry {
                rule: rule_of_site_word(&word.word),
                held: (word.kind == WordKind::Hold)
                    .then(|| (word.category.unwrap_or(Category::Profanity), word.weight)),
            });
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let words = Words::build(looked_for).expect("each word was tried above");
        Ok(Self { words, entries })
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn find(&self, field: Field, reading: &Reading<'_>, odds: Odds) -> SiteSeen {
        let mut seen = SiteSeen::default();
        let mut allowed = Vec::new();
        if self.is_empty() || !matches!(field, Field::Body | Field::Name) {
            return seen;
        }
        self.words.find(reading, odds, |found| {
            if self.entries[found.owner].held.is_some() {
                seen.held.push((found.owner, found.span, found.view));
            } else {
                allowed.push(found.span);
            }
        });
        seen.allowed = Allowed::new(allowed);
        seen.held.retain(|(_, span, _)| !seen.allowed.holds(*span));
        seen.held
            .sort_by_key(|(place, span, _)| (*place, span.start, Reverse(span.end)));
        seen.held.dedup_by_key(|(place, span, _)| (*place, *span));
        seen
    }

    /// What the held words add to the evidence, excerpts left out; of many places of one word the first twenty.
    pub(super) fn evidence<'a>(
        &'a self,
        field: Field,
        seen: &'a SiteSeen,
    ) -> impl Iterator<Item = Evidence> + 'a {
        let few = seen.held.chunk_by(|a, b| a.0 == b.0);
        few.flat_map(|places| places.iter().take(PLACES))
            .filter_map(move |&(place, span, view)| {
                let entry = &self.entries[place];
                let (category, weight) = entry.held?;
                Some(Evidence {
                    rule: entry.rule.clone(),
                    category,
                    field,
                    start: span.start,
                    end: span.end,
                    excerpt: String::new(),
                    weight,
                    view,
                    cluster: None,
                })
            })
    }
}

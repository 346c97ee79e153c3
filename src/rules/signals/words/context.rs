//! What stands beside a word: ambiguous abbreviations are foul only in company (*hay vl*), and never in some (*5 dm*).

use serde::Deserialize;
use serde::de::Error as _;

use super::keys;
use crate::text::{Reading, Syllable, Syllables, bare_key};

/// What must and what must not stand directly beside a phrase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Near {
    /// One of these before it, or one of `before` after it.
    pub after: Vec<Place>,
    /// One of these after it, or one of `after` before it.
    pub before: Vec<Place>,
    /// None of these before it.
    pub not_after: Vec<Place>,
    /// None of these after it.
    pub not_before: Vec<Place>,
    /// None of these before it where it lacks its marks: its letters may then be another word (*khôn lớn*).
    pub not_after_toneless: Vec<Place>,
    /// None of these after it where it lacks its marks (*lon nước*).
    pub not_before_toneless: Vec<Place>,
    /// The language of the words around it, where it counts in no other.
    pub language: Option<Language>,
}

/// The language that a rule's words are of, where their letters are innocent words of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English: among Vietnamese words it is one of those, drawn out or with a letter hidden (*cooon* is *con*).
    En,
}

/// What is known of the stretch around a phrase, found out where it is asked for.
pub(super) struct Around<T, V> {
    /// Whether it is written without tones.
    pub toneless: T,
    /// Whether it is Vietnamese.
    pub vietnamese: V,
}

/// One thing that may stand beside a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A word or phrase.
    Words(Vec<String>),
    /// `<number>`: something that begins with a digit.
    Number,
    /// `<start>`: nothing of the same sentence.
    Start,
    /// `<end>`: nothing of the same sentence.
    End,
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "<number>" => Ok(Self::Number),
            "<start>" => Ok(Self::Start),
            "<end>" => Ok(Self::End),
            _ => keys(&text).map(Self::Words).map_err(|_| {
                D::Error::custom(format!(
                    "`{text}` is neither a word nor one of <number>, <start>, <end>"
                ))
            }),
        }
    }
}

impl Near {
    /// Whether it asks for nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.after.is_empty()
            && self.before.is_empty()
            && self.not_after.is_empty()
            && self.not_before.is_empty()
            && self.not_after_toneless.is_empty()
            && self.not_before_toneless.is_empty()
            && self.language.is_none()
    }

    /// Whether it asks nothing of a phrase that is written with its marks.
    #[must_use]
    pub(super) const fn is_for_unmarked(&self) -> bool {
        self.after.is_empty()
            && self.before.is_empty()
            && self.not_after.is_empty()
            && self.not_before.is_empty()
            && self.language.is_none()
    }

    /// Whether it holds for the syllables from `first` to one before `end`, some of which are `unmarked`; where it is
    /// toneless there, their neighbours may lack their marks.
    pub(super) fn holds(
        &self,
        reading: &Reading<'_>,
        first: usize,
        end: usize,
        unmarked: bool,
        around: &Around<impl Fn() -> bool, impl Fn() -> bool>,
    ) -> bool {
        if self.language == Some(Language::En) && (around.vietnamese)() {
            return false;
        }
        let beside = Beside {
            reading,
            toneless: &around.toneless,
            syllables: reading.syllables(),
        };
        let before = |place: &Place| beside.is_before(place, first);
        let after = |place: &Place| beside.is_after(place, end);
        let vetoed = self.not_after.iter().any(before)
            || self.not_before.iter().any(after)
            || (unmarked
                && (self.not_after_toneless.iter().any(before)
                    || self.not_before_toneless.iter().any(after)));
        let asks = !(self.after.is_empty() && self.before.is_empty());
        !vetoed && (!asks || self.after.iter().any(before) || self.before.iter().any(after))
    }
}

struct Beside<'a> {
    reading: &'a Reading<'a>,
    syllables: &'a Syllables,
    toneless: &'a dyn Fn() -> bool,
}

impl Beside<'_> {
    fn is_before(&self, place: &Place, first: usize) -> bool {
        match place {
            Place::Words(keys) => first
                .checked_sub(keys.len())
                .is_some_and(|from| self.are(keys, from)),
            Place::Number => first
                .checked_sub(1)
                .is_some_and(|at| self.syllables.list()[at].first().is_numeric()),
            Place::Start => first == 0 || self.parted(first - 1, first),
            Place::End => false,
        }
    }

    fn is_after(&self, place: &Place, end: usize) -> bool {
        match place {
            Place::Words(keys) => self.are(keys, end),
            Place::Number => self
                .syllables
                .list()
                .get(end)
                .is_some_and(|syllable| syllable.first().is_numeric()),
            Place::Start => false,
            Place::End => end >= self.syllables.list().len() || self.parted(end - 1, end),
        }
    }

    fn are(&self, keys: &[String], from: usize) -> bool {
        let list = self.syllables.list();
        list.get(from..from + keys.len())
            .is_some_and(|there| there.iter().zip(keys).all(|(one, key)| self.is(one, key)))
    }

    fn is(&self, syllable: &Syllable, key: &str) -> bool {
        let typed = self.syllables.key(syllable);
        typed == key || (syllable.is_plain() && typed == bare_key(key) && (self.toneless)())
    }

    /// Whether a sentence or a line ends between two syllables.
    fn parted(&self, one: usize, next: usize) -> bool {
        let list = self.syllables.list();
        let between = list[one].end as usize..list[next].start as usize;
        self.reading.canonical().text()[between]
            .contains(['.', '!', '?', '\n', '…', ';', ':', '(', ')'])
    }
}

//! Whether a stretch of text is Vietnamese written without its marks. English is written without them too, and shares
//! many a short word with it.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

use super::Neighbours;
use crate::text::{base, is_bare_syllable};

/// What share of all words a word has that neither language's counts know.
const UNKNOWN: f32 = 1e-6;

/// How it is told whether a stretch is Vietnamese, and with its marks or without. What is likelier by how much is in natural
/// logarithms.
#[derive(Debug, Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telling {
    /// What a syllable with Vietnamese marks says for Vietnamese.
    pub marked: f32,
    /// The most that any other word says for or against it: one name or half an address decides nothing.
    pub most: f32,
    /// How much likelier Vietnamese than English must be.
    pub sure: f32,
    /// A stretch where more than one syllable in so many bears a mark is written with marks.
    pub one_in: u32,
    /// With fewer syllables, marks may be missing by chance.
    pub fewest: u32,
    /// What share of its letters' uses an unmarked reading has at least, to be a word and not a slip of the keyboard.
    pub word: f32,
}

/// How a stretch of text is written, as far as its words tell.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Writing {
    /// Words that can be Vietnamese syllables.
    pub syllables: u32,
    /// How many of those bear a mark.
    pub marked: u32,
    /// How much likelier the words are Vietnamese than English, in natural logarithms.
    pub vietnamese: f32,
}

impl Writing {
    /// Of lower-case words (NFC), in any order.
    #[must_use]
    pub fn of<'a>(
        counts: &Neighbours,
        telling: &Telling,
        words: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut writing = Self::default();
        let mut folded = String::new();
        for word in words {
            folded.clear();
            folded.extend(word.chars().map(base));
            writing.add(counts, telling, word, &folded);
        }
        writing
    }

    /// Whether this is Vietnamese without marks, so that a word of it may mean one with marks. Of what is written
    /// with them, hardly any stretch of four syllables has so few.
    #[must_use]
    pub fn is_toneless(&self, telling: &Telling) -> bool {
        self.marked * telling.one_in <= self.syllables && self.vietnamese >= telling.sure
    }

    fn add(&mut self, counts: &Neighbours, telling: &Telling, word: &str, folded: &str) {
        let syllable = is_bare_syllable(folded);
        let marked = syllable && word != folded;
        self.syllables += u32::from(syllable);
        self.marked += u32::from(marked);
        if marked {
            self.vietnamese += telling.marked;
        } else if folded.len() > 1 && folded.bytes().all(|b| b.is_ascii_alphabetic()) {
            let vietnamese = counts.frequency(folded);
            let english = common_english(folded).unwrap_or(UNKNOWN);
            self.vietnamese += (vietnamese / english)
                .ln()
                .clamp(-telling.most, telling.most);
        }
    }
}

impl Neighbours {
    /// What share of the counted words is written with these letters; a millionth where they were never counted.
    #[must_use]
    pub fn frequency(&self, folded: &str) -> f32 {
        self.fold_id(folded).map_or(UNKNOWN, |fold| {
            self.uses[usize::from(fold.0)] / self.all_uses
        })
    }

    /// The same of what is written with these letters and these marks (lower-case, NFC); nothing where that was never counted.
    #[must_use]
    pub fn frequency_as_written(&self, toned: &str) -> f32 {
        let syllable = self.syllable(toned);
        let (Some(fold), Some(toned)) = (syllable.fold, syllable.toned) else {
            return 0.0;
        };
        self.uses[usize::from(fold.0)] / self.all_uses * self.shares[usize::from(toned)]
    }
}

/// How often a lower-case English word is used, as a share of all words, if it is among the ten thousand most common.
#[must_use]
pub fn common_english(word: &str) -> Option<f32> {
    static WORDS: LazyLock<FxHashMap<&'static str, f32>> =
        LazyLock::new(|| shares(include_str!("../../../rules/en/words.tsv")).collect());
    WORDS.get(word).copied()
}

/// The ten thousand most common Vietnamese words, lower-case and with their marks, each with its share of all words.
pub fn common_vietnamese() -> impl Iterator<Item = (&'static str, f32)> {
    shares(include_str!("../../../rules/vi/words.tsv"))
}

/// A word that is at least every so many of all words stands in one comment in a hundred.
const EVERYDAY: f32 = 1.0 / 3_200.0;

/// Whether a Vietnamese word is so common that, whatever readers write about, many a clean comment has it.
#[must_use]
fn is_everyday(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| everyday().collect());
    WORDS.contains(word.trim().to_lowercase().as_str())
}

/// Whether it is what such a word is in writing without marks, and no such word itself: whoever leaves the marks out writes it.
#[must_use]
pub fn is_everyday_unmarked(word: &str) -> bool {
    static LETTERS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
        everyday()
            .map(|word| word.chars().map(base).collect())
            .collect()
    });
    !is_everyday(word) && LETTERS.contains(word.trim().to_lowercase().as_str())
}

/// Whether it is such a word with its marks or without them.
#[must_use]
pub fn is_in_everyday_use(word: &str) -> bool {
    is_everyday(word) || is_everyday_unmarked(word)
}

fn everyday() -> impl Iterator<Item = &'static str> {
    common_vietnamese()
        .filter(|(_, share)| *share >= EVERYDAY)
        .map(|(word, _)| word)
}

/// Lines of a word and the decimal logarithm of its uses in a thousand million.
fn shares(list: &'static str) -> impl Iterator<Item = (&'static str, f32)> {
    list.lines().filter_map(|line| {
        let (word, power) = line.split_once('\t')?;
        Some((word, 10_f32.powf(power.parse::<f32>().ok()? - 9.0)))
    })
}

//! What a Vietnamese syllable typed without its marks stands for, judged by the syllables beside it.
//!
//! `cac` is *các* in *cac ban* and something else in *nhu cac*. How often each reading of the letters occurs, and in
//! which company, was counted by `scripts/neighbours` from texts named in `rules/NOTICE`. The company is compared
//! without marks, so it makes no difference how the rest of the text is typed.

mod counts;
mod language;
mod readings;
mod syllable;
mod table;

#[cfg(test)]
mod tests;

pub use language::{
    Telling, Writing, common_english, common_vietnamese, is_everyday_unmarked, is_in_everyday_use,
};

use std::hash::Hasher;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use siphasher::sip::SipHasher24;

use readings::Weights;
use table::Table;

/// Odds beyond this are neither computed nor trusted: the counts are too small to tell a million to one.
const CERTAIN: f32 = 14.0;

/// As many uses of a word as are taken for granted to stand beside any other as often as chance has it.
const CHANCE: f32 = 50.0;

/// Letters without marks, as the counts know them: a syllable, or a word common enough to be known as a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FoldId(u16);

impl FoldId {
    /// The place before a text's first word and after its last.
    pub const EDGE: Self = Self(0);
}

/// One syllable of a phrase that is looked for, by its letters and its marks, as far as the counts know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syllable {
    fold: Option<FoldId>,
    toned: Option<u16>,
}

/// How often syllables are used and which stand beside which.
#[derive(Debug)]
pub struct Neighbours {
    folds: FxHashMap<Box<str>, FoldId>,
    toned: FxHashMap<Box<str>, u16>,
    /// The same the other way round.
    words: Vec<Box<str>>,
    /// Where the readings of each fold begin; they lie side by side. One more entry than folds.
    readings: Vec<u16>,
    /// What share of its fold's uses each reading has, alone.
    shares: Vec<f32>,
    /// What share is kept for a reading that was never seen, by fold.
    unseen: Vec<f32>,
    /// What share the reading without any mark has, by fold.
    plain: Vec<f32>,
    /// How often each fold is used.
    uses: Vec<f32>,
    all_uses: f32,
    /// By toned syllable, the toned syllables after it.
    inside: Table,
    /// By fold, the toned syllables after it, before it, and the same with one word between.
    after: Table,
    before: Table,
    second_after: Table,
    second_before: Table,
}

const SHIPPED: &str = include_str!("../../../rules/vi/neighbours.tsv");

/// A number (SipHash-2-4) that changes with the counts that come with the program.
#[must_use]
pub fn counted() -> u64 {
    static NUMBER: LazyLock<u64> = LazyLock::new(|| {
        let mut hasher = SipHasher24::new();
        hasher.write(SHIPPED.as_bytes());
        hasher.finish()
    });
    *NUMBER
}

impl Syllable {
    /// The same where nobody says how it is marked.
    #[must_use]
    pub const fn unmarked(self) -> Self {
        Self {
            fold: self.fold,
            toned: None,
        }
    }
}

impl Neighbours {
    /// The counts that come with the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static READ: LazyLock<Neighbours> = LazyLock::new(|| Neighbours::read(SHIPPED));
        &READ
    }

    /// What is known of a lower-case word without marks (`d` for `đ`); `None` where nothing is.
    #[must_use]
    pub fn fold_id(&self, folded: &str) -> Option<FoldId> {
        self.folds.get(folded).copied()
    }

    /// Whether a lower-case syllable with its marks (NFC) was ever counted.
    #[must_use]
    pub fn knows(&self, toned: &str) -> bool {
        self.toned.contains_key(toned)
    }

    /// Whether these letters are a word just as they are (*lon* is a tin). Those that are not (*buoi*, and whatever
    /// ends in a stop, which cannot do without a tone: *cac*, *dit*) want marks even where all else has its own.
    #[must_use]
    pub fn is_word(&self, telling: &Telling, folded: &str) -> bool {
        !super::ends_in_stop(folded)
            && self
                .fold_id(folded)
                .is_some_and(|fold| self.plain[usize::from(fold.0)] >= telling.word)
    }

    /// A lower-case syllable (NFC, either placement of the tone) of a phrase that is looked for. One that the counts
    /// do not know is taken for a very rare reading of its letters.
    #[must_use]
    pub fn syllable(&self, toned: &str) -> Syllable {
        let folded: String = toned.chars().map(super::base).collect();
        Syllable {
            fold: self.fold_id(&folded),
            toned: (self.toned.get(toned))
                .or_else(|| self.toned.get(syllable::older_placement(toned)?.as_str()))
                .copied(),
        }
    }

    /// How much likelier it is, in natural logarithms, that letters without marks mean one of these phrases than
    /// anything else that can be written so. All of `meant` are the same letters. `before[1]` and `after[0]` stand
    /// next to them; `None` is a word that the counts do not know, or no word beyond an edge.
    #[must_use]
    pub fn odds<P: AsRef<[Syllable]>>(
        &self,
        before: [Option<FoldId>; 2],
        meant: &[P],
        after: [Option<FoldId>; 2],
    ) -> f32 {
        let Some(letters) = meant.first().map(AsRef::as_ref) else {
            return -CERTAIN;
        };
        let all = Weights::of(self, before, letters, after, false);
        let part: f32 = meant
            .iter()
            .map(|phrase| match phrase.as_ref() {
                [syllable] => all.share(self.slot(*syllable)),
                phrase => Weights::of(self, before, phrase, after, true).share_of(&all),
            })
            .sum();
        ((part / (1.0 - part)).ln()).clamp(-CERTAIN, CERTAIN)
    }

    /// How much more often letters, however they are marked, stand between these two than by their share alone, as a natural
    /// logarithm: for comparing one choice of letters with another in the same place. A neighbour of which the marks are known
    /// counts with them.
    #[must_use]
    pub fn fits(&self, before: Option<Syllable>, letters: FoldId, after: Option<Syllable>) -> f32 {
        let readings = self.fold(letters);
        let follows = |one: Syllable| match (one.toned, one.fold) {
            (Some(toned), _) => total(self.inside.get(toned, &readings)),
            (None, Some(fold)) => total(self.after.get(fold.0, &readings)),
            (None, None) => 0.0,
        };
        let precedes = |one: Syllable| match (one.toned, one.fold) {
            (Some(toned), _) => {
                let own = toned..toned + 1;
                let follows = |reading| total(self.inside.get(reading, &own));
                readings.clone().map(follows).sum()
            }
            (None, Some(fold)) => total(self.before.get(fold.0, &readings)),
            (None, None) => 0.0,
        };
        self.lift(before, letters, follows) + self.lift(after, letters, precedes)
    }

    fn lift(
        &self,
        beside: Option<Syllable>,
        letters: FoldId,
        together: impl Fn(Syllable) -> f32,
    ) -> f32 {
        // Where texts begin and end was not counted as often as it happens.
        let known = |one: &Syllable| one.fold.is_some_and(|fold| fold != FoldId::EDGE);
        let Some(beside) = beside.filter(known) else {
            return 0.0;
        };
        let share = self.uses[usize::from(letters.0)] / self.all_uses;
        let fold = beside
            .fold
            .map_or(0.0, |fold| self.uses[usize::from(fold.0)]);
        let uses = beside
            .toned
            .map_or(fold, |toned| fold * self.shares[usize::from(toned)]);
        ((together(beside) + CHANCE * share) / (share * (uses + CHANCE))).ln()
    }

    /// Which part of the uses of letters are readings that `is` says yes to.
    #[must_use]
    pub fn share_of(&self, letters: FoldId, is: impl Fn(&str) -> bool) -> f32 {
        self.fold(letters)
            .map(usize::from)
            .filter(|id| is(&self.words[*id]))
            .map(|id| self.shares[id])
            .sum()
    }

    fn fold(&self, id: FoldId) -> std::ops::Range<u16> {
        let at = usize::from(id.0);
        self.readings[at]..self.readings[at + 1]
    }

    /// Where a syllable stands among its fold's readings: the last place is that of readings never seen.
    fn slot(&self, syllable: Syllable) -> usize {
        let Some(fold) = syllable.fold else { return 0 };
        let readings = self.fold(fold);
        usize::from(syllable.toned.unwrap_or(readings.end) - readings.start)
    }
}

fn total(seen: &[(u16, f32)]) -> f32 {
    seen.iter().map(|(_, count)| count).sum()
}

//! How likely each way to read a stretch of letters is, given its neighbours.
//!
//! A first-order model over toned syllables. A neighbour counts by its *lift*: how much more often than by its share
//! alone a reading stands beside it. Lifts are pulled towards one as long as the pair was seen seldom.

use super::{FoldId, Neighbours, Syllable, Table};

/// No fold has more readings than there are toned letters to write it with; the shipped counts have 31 at most.
pub(super) const MOST_READINGS: usize = 63;
/// How many uses of a pair of letters it takes for the counts to weigh as much as the shares alone.
const DOUBT: f32 = 4.0;
/// The same, for what follows one certain reading inside a phrase.
const DOUBT_INSIDE: f32 = 3.0;
/// A rare reading seen once is chance more often than not, so every count is taken for a little less.
const DISCOUNT: f32 = 0.3;

/// The weight of every reading of the last syllable of a stretch, summed over all ways to read those before it.
#[derive(Debug)]
pub(super) struct Weights {
    of: [f32; MOST_READINGS + 1],
    len: usize,
    /// What all weights were divided by on the way, as a logarithm, so that long phrases do not vanish.
    scale: f32,
}

#[derive(Clone, Copy)]
enum Distance {
    Next,
    Second,
}

impl Weights {
    /// Reads `letters` between its neighbours: in every way, or `only` in the one that they are.
    pub(super) fn of(
        counts: &Neighbours,
        before: [Option<FoldId>; 2],
        letters: &[Syllable],
        after: [Option<FoldId>; 2],
        only: bool,
    ) -> Self {
        let [mut second, mut next] = before;
        let mut weights = Self::one();
        let mut within = false;
        for syllable in letters {
            let Some(fold) = syllable.fold else {
                // Letters that are no known syllable say nothing and cut the chain.
                weights = weights.collapsed();
                (second, next, within) = (next, None, false);
                continue;
            };
            weights = match next.filter(|_| within) {
                Some(previous) => weights.step(counts, previous, fold),
                None => weights.collapsed().begin(counts, next, fold),
            };
            weights.weigh(counts, &counts.second_after, second, fold, Distance::Second);
            if only {
                weights.keep(counts.slot(*syllable));
            }
            weights.rescale();
            (second, next, within) = (next, Some(fold), true);
        }
        if let Some(fold) = next.filter(|_| within) {
            weights.weigh(counts, &counts.before, after[0], fold, Distance::Next);
            weights.weigh(
                counts,
                &counts.second_before,
                after[1],
                fold,
                Distance::Second,
            );
        }
        weights
    }

    /// What part of the weight lies on one reading.
    pub(super) fn share(&self, slot: usize) -> f32 {
        self.slots()[slot] / self.sum()
    }

    /// What part of `all` this is.
    pub(super) fn share_of(&self, all: &Self) -> f32 {
        self.sum() / all.sum() * (self.scale - all.scale).exp()
    }

    fn one() -> Self {
        let mut of = [0.0; MOST_READINGS + 1];
        of[0] = 1.0;
        Self {
            of,
            len: 1,
            scale: 0.0,
        }
    }

    /// All weight in one place, for a syllable that does not depend on the one before.
    fn collapsed(&self) -> Self {
        let mut one = Self::one();
        one.of[0] = self.sum();
        one.scale = self.scale;
        one
    }

    /// The first syllable of a chain, after a neighbour of which only the letters count.
    fn begin(&self, counts: &Neighbours, next: Option<FoldId>, fold: FoldId) -> Self {
        let mut weights = Self::shares(counts, fold, self.of[0], self.scale);
        weights.weigh(counts, &counts.after, next, fold, Distance::Next);
        weights
    }

    fn shares(counts: &Neighbours, fold: FoldId, times: f32, scale: f32) -> Self {
        let readings = counts.fold(fold);
        let len = readings.len();
        let mut of = [0.0; MOST_READINGS + 1];
        for (slot, reading) in of.iter_mut().zip(readings) {
            *slot = counts.shares[usize::from(reading)] * times;
        }
        of[len] = counts.unseen[usize::from(fold.0)] * times;
        Self {
            of,
            len: len + 1,
            scale,
        }
    }

    /// From each reading of one syllable to each of the next.
    fn step(mut self, counts: &Neighbours, from: FoldId, to: FoldId) -> Self {
        // That this syllable follows at all speaks for some readings of the one before.
        self.weigh(counts, &counts.before, Some(to), from, Distance::Next);
        let readings = counts.fold(to);
        let likely = Self::likely(counts, from, to);
        let mut out = Self {
            of: [0.0; MOST_READINGS + 1],
            len: likely.len,
            scale: self.scale,
        };
        // A reading never seen has no row; it is followed as its letters are.
        let mut undecided = self.of[self.len - 1];
        for (reading, weight) in counts.fold(from).zip(self.of) {
            if weight == 0.0 {
                continue;
            }
            let seen = counts.inside.get(reading, &readings);
            let sure = weight / (sum(seen) + DOUBT_INSIDE);
            undecided += sure * DOUBT_INSIDE;
            for &(follower, n) in seen {
                out.of[usize::from(follower - readings.start)] += sure * n;
            }
        }
        for (weight, likely) in out.of.iter_mut().zip(likely.slots()) {
            *weight += undecided * likely;
        }
        out
    }

    /// The readings of a syllable after letters whose reading is open; they add up to one.
    fn likely(counts: &Neighbours, from: FoldId, to: FoldId) -> Self {
        let mut out = Self::shares(counts, to, 1.0, 0.0);
        let readings = counts.fold(to);
        let seen = counts.after.get(from.0, &readings);
        let sure = 1.0 / (sum(seen) + DOUBT);
        for weight in out.slots_mut() {
            *weight *= DOUBT * sure;
        }
        for &(reading, n) in seen {
            out.of[usize::from(reading - readings.start)] += n * sure;
        }
        out
    }

    /// Multiplies each reading of `fold` by its lift beside a neighbour.
    fn weigh(
        &mut self,
        counts: &Neighbours,
        table: &Table,
        neighbour: Option<FoldId>,
        fold: FoldId,
        distance: Distance,
    ) {
        let Some(neighbour) = neighbour else { return };
        let readings = counts.fold(fold);
        let seen = table.get(neighbour.0, &readings);
        if seen.is_empty() {
            return;
        }
        // What stands one word further off says less: the root of its lift counts.
        let shape = |lift: f32| match distance {
            Distance::Next => lift,
            Distance::Second => lift.sqrt(),
        };
        let doubt = DOUBT / (sum(seen) + DOUBT);
        let absent = shape(doubt);
        for weight in self.slots_mut() {
            *weight *= absent;
        }
        for &(reading, n) in seen {
            let gain = (n - DISCOUNT).max(0.0) / counts.shares[usize::from(reading)] / DOUBT;
            self.of[usize::from(reading - readings.start)] *= shape(1.0 + gain);
        }
    }

    fn keep(&mut self, slot: usize) {
        for (at, weight) in self.slots_mut().iter_mut().enumerate() {
            if at != slot {
                *weight = 0.0;
            }
        }
    }

    fn rescale(&mut self) {
        let sum = self.sum();
        if sum > 0.0 {
            for weight in self.slots_mut() {
                *weight /= sum;
            }
            self.scale += sum.ln();
        }
    }

    fn sum(&self) -> f32 {
        self.slots().iter().sum()
    }

    fn slots(&self) -> &[f32] {
        &self.of[..self.len]
    }

    fn slots_mut(&mut self) -> &mut [f32] {
        &mut self.of[..self.len]
    }
}

fn sum(seen: &[(u16, f32)]) -> f32 {
    seen.iter().map(|(_, n)| n).sum()
}

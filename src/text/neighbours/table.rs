//! Counts of pairs: for each row, which entries it has and how often, in order.

use std::ops::Range;

/// A sparse matrix, row by row.
#[derive(Debug)]
pub(super) struct Table {
    /// Where each row begins. One more than there are rows.
    rows: Vec<u32>,
    entries: Vec<(u16, f32)>,
}

/// A row, an entry of it and how often.
pub(super) type Pair = (u16, u16, f32);

/// The pairs in the order of a key, and where that is the same in the order they had: a counting sort, since every process
/// begins with it.
fn ordered(pairs: &[Pair], key: impl Fn(&Pair) -> u16) -> Vec<Pair> {
    let mut places = vec![0_usize; usize::from(u16::MAX) + 2];
    for pair in pairs {
        places[usize::from(key(pair)) + 1] += 1;
    }
    for at in 1..places.len() {
        places[at] += places[at - 1];
    }
    let mut ordered = vec![(0, 0, 0.0); pairs.len()];
    for pair in pairs {
        let place = &mut places[usize::from(key(pair))];
        ordered[*place] = *pair;
        *place += 1;
    }
    ordered
}

impl Table {
    /// From `(row, entry, count)` in any order; the same pair may come more than once.
    pub(super) fn new(rows: usize, pairs: &[Pair]) -> Self {
        let mut pairs = ordered(&ordered(pairs, |pair| pair.1), |pair| pair.0);
        pairs.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        let mut starts = vec![0; rows + 1];
        for &(row, _, _) in &pairs {
            starts[usize::from(row) + 1] += 1;
        }
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        Self {
            rows: starts,
            entries: pairs.into_iter().map(|(_, entry, n)| (entry, n)).collect(),
        }
    }

    /// A row's entries that lie in `range`.
    pub(super) fn get(&self, row: u16, range: &Range<u16>) -> &[(u16, f32)] {
        let row = usize::from(row);
        let entries = &self.entries[self.rows[row] as usize..self.rows[row + 1] as usize];
        let start = entries.partition_point(|(entry, _)| *entry < range.start);
        let entries = &entries[start..];
        // There are seldom more than a few.
        let end = entries
            .iter()
            .take_while(|(entry, _)| *entry < range.end)
            .count();
        &entries[..end]
    }
}

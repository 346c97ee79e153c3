//! Numbers for the rows of SQLite's index, which is read in their order: they rise as ids do, whenever they are given.
//!
//! A number is the millisecond that an id begins with (RFC 9562, 5.7) and a place in it. Ids of one millisecond mostly come
//! in their order, so each takes a place well behind the last; one that comes late is put between its neighbours.

use uuid::Uuid;

/// Bits for the place; the millisecond has the other forty-two, until the year 2109.
const PLACES: u32 = 21;
/// As far behind the last of its millisecond as the next is put, or before the first.
const STEP: i64 = 1 << 12;
/// Where the first of a millisecond is put: mostly others follow, seldom do they come before it.
const MIDDLE: i64 = 128 * STEP;
const LATEST: i64 = (1 << (63 - PLACES)) - 1;

/// The numbers that ids of the same millisecond have, first and last.
pub(super) fn range(id: Uuid) -> (i64, i64) {
    let millis = i64::try_from(id.as_u128() >> 80).map_or(LATEST, |millis| millis.min(LATEST));
    let first = millis << PLACES;
    (first, first + ((1 << PLACES) - 1))
}

/// A number for an id among those that its millisecond has, in their order. Where no place is left between its neighbours it
/// gets the nearest that is free, and a page may show them in another order.
pub(super) fn place(id: Uuid, taken: &[(i64, Uuid)]) -> Option<i64> {
    let (first, last) = range(id);
    let behind = taken.partition_point(|(_, other)| *other < id);
    let before = behind.checked_sub(1).map(|place| taken[place].0);
    let after = taken.get(behind).map(|(number, _)| *number);
    let (above, below) = (before.unwrap_or(first - 1), after.unwrap_or(last + 1));
    let wished = match (before, after) {
        (None, None) => first + MIDDLE,
        (Some(before), None) => before + STEP,
        (None, Some(after)) => after - STEP,
        (Some(before), Some(after)) => before + (after - before) / 2,
    };
    if above < wished && wished < below {
        return Some(wished);
    }
    if below - above > 1 {
        return Some(above + (below - above) / 2);
    }
    let is_free = |number: &i64| {
        taken
            .binary_search_by_key(number, |(other, _)| *other)
            .is_err()
    };
    (first..=last).find(is_free)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(millis: u64, rest: u64) -> Uuid {
        Uuid::from_u128(u128::from(millis) << 80 | 7 << 76 | u128::from(rest))
    }

    fn put(all: &mut Vec<(i64, Uuid)>, id: Uuid) {
        let (first, last) = range(id);
        let taken: Vec<_> = all
            .iter()
            .copied()
            .filter(|(n, _)| (first..=last).contains(n))
            .collect();
        let number = place(id, &taken).expect("a place");
        assert!((first..=last).contains(&number));
        assert!(all.iter().all(|(other, _)| *other != number));
        all.push((number, id));
        all.sort_unstable();
    }

    #[test]
    fn later_is_more_for_ever() {
        let far = id(u64::MAX >> 16, 1);
        assert!(range(id(1, 0)).1 < range(id(2, 0)).0);
        assert!(range(far).0 > 0 && range(far).1 > range(far).0);
        assert!(range(Uuid::max()).1 > 0);
    }

    #[test]
    fn hundreds_of_one_millisecond_have_room() {
        let mut all = Vec::new();
        for rest in 0..300 {
            put(&mut all, id(1_764_000_000_000, rest));
        }
        assert!(all.is_sorted_by_key(|(_, id)| *id));
        for rest in 0..100 {
            put(&mut all, id(1_764_000_000_001, 1000 - rest));
        }
        assert!(all.is_sorted_by_key(|(_, id)| *id));
    }

    proptest! {
        #[test]
        fn numbers_rise_as_ids_whatever_comes_first(
            ids in prop::collection::hash_set((1_764_000_000_000..1_764_000_000_003_u64, 0..1000_u64), 1..60)
        ) {
            let mut all = Vec::new();
            for (millis, rest) in ids {
                put(&mut all, id(millis, rest));
            }
            prop_assert!(all.is_sorted_by_key(|(_, id)| *id));
        }
    }
}

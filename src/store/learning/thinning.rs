//! Which snapshots are worth their megabyte and a half: many of the last minutes' would be alike, and whoever goes back to yesterday wants one.

use std::time::Duration;

use crate::domain::{Instant, SnapshotId};

/// Of what is younger the newest is kept, and the oldest, which is to grow older.
const FIRST: Duration = Duration::from_secs(10 * 60);
/// From there on one in each stretch of time, each twice as long as the one before: the last ends after 56 days.
const STRETCHES: u32 = 14;

/// Which of a site's snapshots are thrown away, of such as were made at those moments.
pub fn thinned(mut made: Vec<(SnapshotId, Instant)>, now: Instant) -> Vec<SnapshotId> {
    made.sort_unstable();
    // The newest is where everybody begins.
    made.pop();
    let mut filled = [false; STRETCHES as usize];
    let mut is_one_more = |at| match stretch(at, now) {
        // The oldest comes first and stays, so that it comes into the next stretch one day.
        Some(stretch) => std::mem::replace(&mut filled[stretch], true),
        None => true,
    };
    made.retain(|(_, at)| is_one_more(*at));
    made.into_iter().map(|(id, _)| id).collect()
}

/// In which stretch of time before now it was made; nothing where that is before all of them.
fn stretch(at: Instant, now: Instant) -> Option<usize> {
    let mut bound = FIRST;
    for number in 0..STRETCHES {
        if now.before(bound) < at {
            return usize::try_from(number).ok();
        }
        bound *= 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const MINUTE: u64 = 60;

    /// A snapshot every so often for some days.
    fn kept(every: u64, days: u64) -> (Vec<(SnapshotId, Instant)>, Instant) {
        let start = Instant::from_micros(1_000_000_000_000_000);
        let (mut kept, mut now) = (Vec::new(), start);
        for number in 1..=days * 24 * 3600 / every {
            now = start.after(Duration::from_secs(number * every));
            kept.push((SnapshotId(Uuid::from_u128(u128::from(number))), now));
            let old = thinned(kept.clone(), now);
            kept.retain(|(id, _)| !old.contains(id));
        }
        (kept, now)
    }

    #[test]
    fn there_is_one_of_each_stretch_of_time() {
        let (kept, now) = kept(2 * MINUTE, 8);
        assert!(kept.len() <= STRETCHES as usize + 1, "{}", kept.len());
        for minutes in [1, 10, 30, 60, 6 * 60, 24 * 60, 3 * 24 * 60] {
            let asked = Duration::from_secs(minutes * MINUTE);
            // Whoever goes back so far finds one that is older, and not by more than three times as much again.
            let (near, far) = (now.before(asked), now.before(asked * 4));
            let is_there = kept.iter().any(|&(_, at)| far <= at && at <= near);
            assert!(is_there || minutes < 10, "{minutes} minutes");
        }
        assert_eq!(kept.last().map(|(_, at)| *at), Some(now));
    }

    #[test]
    fn the_newest_stays_however_old_it_is() {
        let one = (SnapshotId(Uuid::from_u128(1)), Instant::from_micros(0));
        let now = Instant::from_micros(0).after(Duration::from_secs(400 * 24 * 3600));
        assert_eq!(thinned(vec![one], now), []);
        let other = (SnapshotId(Uuid::from_u128(2)), now);
        assert_eq!(thinned(vec![other, one], now), [one.0]);
    }
}

//! Which of several comments that say the same is meant by one more that says so.

use std::time::Duration;

use super::{CommentId, Instant};

/// How far the time when a comment was written may lie from the time when it was first checked: clocks differ.
const NEAR: Duration = Duration::from_secs(12 * 3600);
/// How long the same is taken for a check that is sent again, where nothing says so: its sender gave up waiting.
const SENT_AGAIN: Duration = Duration::from_secs(600);
/// The same for a check that was sent later and stored sooner.
const CROSSED: Duration = Duration::from_secs(60);

/// A comment that says the same, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// Which one.
    pub comment: CommentId,
    /// When it was first checked.
    pub arrived: Instant,
    /// When it was written, where its sender said so then.
    pub written: Option<Instant>,
}

/// What tells which of those that say the same is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// When it came.
    pub at: Instant,
    /// When the comment was written, where its sender says so.
    pub written: Option<Instant>,
    /// Whether its sender says that it was checked before.
    pub is_recheck: bool,
}

impl Again {
    /// From when to when the one that is meant was first checked, where its sender says when it was written and did not say so then.
    #[must_use]
    pub fn first_checked(&self) -> Option<(Instant, Instant)> {
        let written = self.written?;
        Some((written.before(NEAR), written.after(NEAR)))
    }
}

/// The comment that is meant; nothing where this is a new one.
#[must_use]
pub fn same_as(earlier: &[Earlier], again: &Again) -> Option<CommentId> {
    let newest = |fits: &dyn Fn(&Earlier) -> bool| {
        let fitting = earlier.iter().filter(|one| fits(one));
        Some(
            fitting
                .max_by_key(|one| (one.arrived, one.comment))?
                .comment,
        )
    };
    let by_date = again.written.and_then(|written| {
        let said = newest(&|one| one.written == Some(written));
        said.or_else(|| nearest(earlier, written))
    });
    let sent_again = || {
        newest(&|one| {
            // Who says when it was written, and another time than before, means another.
            let differs = again.written.is_some() && one.written.is_some();
            !differs
                && one.arrived.after(SENT_AGAIN) >= again.at
                && again.at.after(CROSSED) >= one.arrived
        })
    };
    let known = || again.is_recheck.then(|| newest(&|_| true)).flatten();
    by_date.or_else(sent_again).or_else(known)
}

/// Of those whose sender did not say when they were written, the one that was checked nearest to then.
fn nearest(earlier: &[Earlier], written: Instant) -> Option<CommentId> {
    let far = |one: &Earlier| one.arrived.as_micros().abs_diff(written.as_micros());
    let unsaid = earlier.iter().filter(|one| one.written.is_none());
    let near = unsaid.filter(|one| u128::from(far(one)) <= NEAR.as_micros());
    Some(near.min_by_key(|one| far(one))?.comment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(1_800_000_000_000_000 + seconds * 1_000_000)
    }

    fn earlier(number: u128, arrived: i64, written: Option<i64>) -> Earlier {
        Earlier {
            comment: CommentId(Uuid::from_u128(number)),
            arrived: at(arrived),
            written: written.map(at),
        }
    }

    fn found(
        earlier: &[Earlier],
        now: i64,
        written: Option<i64>,
        is_recheck: bool,
    ) -> Option<u128> {
        let again = Again {
            at: at(now),
            written: written.map(at),
            is_recheck,
        };
        same_as(earlier, &again).map(|comment| comment.0.as_u128())
    }

    const DAY: i64 = 86_400;

    #[test]
    fn a_check_that_is_sent_again_soon_is_the_same_and_later_it_is_new() {
        let first = [earlier(1, 0, None)];
        assert_eq!(found(&first, 5, None, false), Some(1));
        assert_eq!(found(&first, -5, None, false), Some(1));
        assert_eq!(found(&first, 601, None, false), None);
        assert_eq!(found(&[], 5, None, true), None);
    }

    #[test]
    fn a_recheck_is_the_one_of_its_time() {
        let two = [earlier(1, 0, None), earlier(2, DAY, None)];
        assert_eq!(found(&two, 9 * DAY, Some(2), true), Some(1));
        assert_eq!(found(&two, 9 * DAY, Some(DAY - 3), true), Some(2));
        assert_eq!(found(&two, 9 * DAY, None, true), Some(2));
        // A clock that is quite wrong: the newest, since the same words by the same reader are meant.
        assert_eq!(found(&two, 9 * DAY, Some(50 * DAY), true), Some(2));
    }

    #[test]
    fn who_says_when_it_was_written_means_that_one() {
        let two = [
            earlier(1, 0, Some(-500 * DAY)),
            earlier(2, 1, Some(-400 * DAY)),
        ];
        assert_eq!(found(&two, 9 * DAY, Some(-500 * DAY), false), Some(1));
        assert_eq!(found(&two, 2, Some(-300 * DAY), false), None);
    }
}

//! The texts of the last hours, to see when one comes again. An index in memory over what the store holds: it is filled
//! from there after a start and kept up with other replicas, so nothing is lost with it.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use crate::domain::{CommentId, Instant, SiteId};

/// How long a text is remembered.
pub const WINDOW: Duration = Duration::from_secs(24 * 3600);
/// As many texts as are remembered at the most; the oldest go first.
pub const CAPACITY: usize = 200_000;

/// Fingerprints of texts and how often each was seen within [`WINDOW`].
#[derive(Debug, Default)]
pub struct RecentTexts {
    in_order: VecDeque<(Instant, SiteId, i64, CommentId)>,
    counts: HashMap<(SiteId, i64), Vec<CommentId>>,
}

impl RecentTexts {
    /// How many other comments of the site had this text within the window before `now`.
    pub fn count(&mut self, site: SiteId, fingerprint: i64, now: Instant) -> usize {
        self.forget_before(now.before(WINDOW));
        self.counts.get(&(site, fingerprint)).map_or(0, Vec::len)
    }

    /// Remembers a text; a comment that is known already is not counted again.
    pub fn insert(&mut self, site: SiteId, fingerprint: i64, comment: CommentId, at: Instant) {
        let seen = self.counts.entry((site, fingerprint)).or_default();
        if seen.contains(&comment) {
            return;
        }
        seen.push(comment);
        // Nearly always the newest; what another replica took in may come a moment late.
        let place = self
            .in_order
            .iter()
            .rev()
            .position(|(other, ..)| *other <= at)
            .unwrap_or(self.in_order.len());
        self.in_order.insert(
            self.in_order.len() - place,
            (at, site, fingerprint, comment),
        );
        if self.in_order.len() > CAPACITY {
            self.forget_oldest();
        }
    }

    fn forget_before(&mut self, limit: Instant) {
        while self.in_order.front().is_some_and(|(at, ..)| *at < limit) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        let Some((_, site, fingerprint, comment)) = self.in_order.pop_front() else {
            return;
        };
        if let Some(seen) = self.counts.get_mut(&(site, fingerprint)) {
            seen.retain(|other| *other != comment);
            if seen.is_empty() {
                self.counts.remove(&(site, fingerprint));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const SITE: SiteId = SiteId(Uuid::nil());

    fn comment(n: u128) -> CommentId {
        CommentId(Uuid::from_u128(n))
    }

    #[test]
    fn a_text_counts_within_its_window_on_its_site() {
        let mut recent = RecentTexts::default();
        let start = Instant::from_micros(0);
        let later = |hours: u64| start.after(Duration::from_secs(hours * 3600));
        recent.insert(SITE, 7, comment(1), start);
        recent.insert(SITE, 7, comment(1), start);
        recent.insert(SITE, 7, comment(2), later(10));
        recent.insert(SITE, 8, comment(3), later(5));
        assert_eq!(recent.count(SITE, 7, later(11)), 2);
        assert_eq!(recent.count(SiteId(Uuid::max()), 7, later(11)), 0);
        assert_eq!(recent.count(SITE, 7, later(25)), 1);
        assert_eq!(recent.count(SITE, 8, later(25)), 1);
        assert_eq!(recent.count(SITE, 7, later(35)), 0);
        assert!(recent.counts.is_empty() && recent.in_order.is_empty());
    }

    #[test]
    fn memory_is_bounded() {
        let mut recent = RecentTexts::default();
        for n in 0..(CAPACITY + 10) {
            let n = i64::try_from(n).expect("small");
            recent.insert(
                SITE,
                n,
                comment(n.unsigned_abs().into()),
                Instant::from_micros(n),
            );
        }
        assert_eq!(recent.in_order.len(), CAPACITY);
        assert_eq!(recent.counts.len(), CAPACITY);
    }
}

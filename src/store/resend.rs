//! An accidental double click, or a browser that sends a form again: the same text by the same reader from the same network
//! address at the same place within ten minutes is one comment. It has no key of its own, so it gets one made of what it
//! says: a row among the readers' keys, in the transaction that stores the comment, which holds also where both arrive at
//! once or at two replicas.
//!
//! Keys begin with their hour, so that rows which are looked for lie together. Who comes near the hour's edge has a row in
//! both.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::idempotency::{Claim, Known};
use super::schema::{comments, idempotency_keys};
use super::types::first_at;
use crate::domain::{CommentId, Instant, SiteId, Status};

/// How long the same is taken for sent again by accident.
const WINDOW: Duration = Duration::from_secs(600);
/// As long as a submission may be under way while another replica stores the same.
const UNDER_WAY: Duration = Duration::from_secs(5);
const HOUR_MICROS: i64 = 3_600_000_000;
/// Begins a key of ours: no reader's key holds it.
const OURS: char = '\u{7f}';

/// What tells that a comment is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resend {
    /// The site.
    pub site: SiteId,
    /// A hash of the reader's network address, the article, the comment that is answered, the reader's name and email key, and
    /// the exact text.
    pub mark: [u8; 16],
    /// When it arrived.
    pub at: Instant,
}

/// Whether a key is made by us.
pub(super) fn is_ours(key: &str) -> bool {
    key.starts_with(OURS)
}

impl Resend {
    /// The keys that the first may have.
    pub(super) fn sought(&self) -> impl Iterator<Item = Claim> {
        self.claims([self.at.before(WINDOW), self.at.after(UNDER_WAY)])
    }

    /// The keys that this one has if it is the first.
    pub(super) fn kept(&self) -> impl Iterator<Item = Claim> {
        self.claims([self.at.before(UNDER_WAY), self.at.after(UNDER_WAY)])
    }

    fn claims(&self, near: [Instant; 2]) -> impl Iterator<Item = Claim> {
        let moments = [near[0], self.at, near[1]];
        let hours: BTreeSet<i64> = moments
            .map(|at| at.as_micros().div_euclid(HOUR_MICROS))
            .into();
        let (site, mark) = (self.site, URL_SAFE_NO_PAD.encode(self.mark));
        hours.into_iter().map(move |hour| Claim {
            site,
            key: format!("{OURS}{hour:x}-{mark}"),
            request_hash: [0; 32],
            day: i32::try_from(hour.div_euclid(24)).unwrap_or(i32::MAX),
        })
    }

    /// The first of which this is a resend, with the status that it was answered with. What was rejected or edited meanwhile
    /// is the answer too: its receipt tells. Only what its reader took back may come again, as a comment of its own.
    pub(super) fn first(
        &self,
        db: &mut Db,
        known: &HashMap<Claim, Known>,
    ) -> Result<Option<(CommentId, Status)>> {
        let mut is_taken = false;
        for claim in self.sought() {
            let Some(earlier) = known.get(&claim) else {
                continue;
            };
            if self.is_soon_after(earlier.comment)
                && !is_taken_back(db, self.site, earlier.comment)?
            {
                return Ok(Some((earlier.comment, earlier.status)));
            }
            is_taken = true;
        }
        if is_taken {
            self.make_room(db)?;
        }
        Ok(None)
    }

    /// Identifiers begin with their time.
    fn is_soon_after(&self, first: CommentId) -> bool {
        first.0 >= first_at(self.at.before(WINDOW))
    }

    /// Removes the rows of an earlier comment that is no longer the first of this one.
    fn make_room(&self, db: &mut Db) -> Result<()> {
        for claim in self.kept() {
            let old = idempotency_keys::table
                .filter(idempotency_keys::site_id.eq(claim.site))
                .filter(idempotency_keys::day.eq(claim.day))
                .filter(idempotency_keys::key.eq(claim.key));
            each!(db, |c| diesel::delete(old).execute(c))?;
        }
        Ok(())
    }
}

/// A comment that is not there yet comes in the same batch.
fn is_taken_back(db: &mut Db, site: SiteId, comment: CommentId) -> Result<bool> {
    let query = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq(comment))
        .select(comments::status);
    let status: Option<Status> = each!(db, |c| query.first(c).optional())?;
    Ok(matches!(status, Some(Status::Withdrawn | Status::Erased)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(seconds: i64) -> Resend {
        Resend {
            site: SiteId(Uuid::nil()),
            mark: [7; 16],
            at: Instant::from_micros(seconds * 1_000_000),
        }
    }

    fn meets(first: &Resend, second: &Resend) -> bool {
        let kept: Vec<Claim> = first.kept().collect();
        second.sought().any(|claim| kept.contains(&claim))
    }

    #[test]
    fn the_edge_of_an_hour_does_not_matter() {
        let hour = 1_700_000 * 3600;
        for second in [hour - 599, hour - 1, hour, hour + 3, hour + 1800] {
            for later in [0, 1, 300, 599] {
                assert!(meets(&at(second), &at(second + later)), "{second} {later}");
            }
            // The later one may be written first, and then both have a row in common.
            assert!(meets(&at(second + 4), &at(second)), "{second}");
            let kept: Vec<Claim> = at(second + 4).kept().collect();
            assert!(
                at(second).kept().any(|claim| kept.contains(&claim)),
                "{second}"
            );
        }
        assert_eq!(at(hour + 1800).kept().count(), 1);
    }

    #[test]
    fn a_key_is_ours_and_no_readers() {
        let claim = at(1).kept().next().expect("a key");
        assert!(is_ours(&claim.key) && !is_ours("7f-abc"));
    }
}

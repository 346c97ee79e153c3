//! `Idempotency-Key`: the same submission sent again gets its first answer, for a day at least.
//! Keys are random, so they are kept by day: inserts stay in one region of the index, and old days go at once.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Store;
use super::bulk;
use super::db::{Db, each};
use super::error::Result;
use super::ingest::Ingested;
use super::resend::is_ours;
use super::schema::idempotency_keys;
use crate::domain::{Comment, CommentId, Instant, SiteId, Status};

/// A reader's key, and what it was used for.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The site it was sent to.
    pub site: SiteId,
    /// The key as sent.
    pub key: String,
    /// SHA-256 of what was submitted.
    pub request_hash: [u8; 32],
    /// Days since 1970 when it arrived.
    pub day: i32,
}

/// Two claims are about the same key whatever they were used for.
impl PartialEq for Claim {
    fn eq(&self, other: &Self) -> bool {
        (self.site, &self.key) == (other.site, &other.key)
    }
}

impl Eq for Claim {}

impl std::hash::Hash for Claim {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.site, &self.key).hash(state);
    }
}

/// What a key was used for before.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) request_hash: [u8; 32],
    pub(super) comment: CommentId,
    pub(super) status: Status,
}

impl Known {
    /// The answer to the same key again: the first one, if it is for the same submission.
    pub(super) fn answer(&self, claim: &Claim) -> Ingested {
        if self.request_hash == claim.request_hash {
            Ingested::Replayed {
                id: self.comment,
                status: self.status,
            }
        } else {
            Ingested::KeyMismatch
        }
    }
}

/// The day that a moment falls on, in days since 1970 (UTC).
#[must_use]
pub fn day_of(at: Instant) -> i32 {
    i32::try_from(at.as_micros().div_euclid(86_400_000_000)).unwrap_or(i32::MAX)
}

#[derive(Insertable)]
#[diesel(table_name = idempotency_keys, treat_none_as_default_value = false)]
struct KeyRow<'a> {
    site_id: SiteId,
    day: i32,
    key: &'a str,
    request_hash: &'a [u8],
    comment_id: CommentId,
    status: Status,
}

bulk::row! { KeyRow<'_> => idempotency_keys:
    site_id, day, key, request_hash, comment_id, status
}

pub(super) fn find<'a>(
    db: &mut Db,
    claims: impl Iterator<Item = &'a Claim>,
) -> Result<HashMap<Claim, Known>> {
    let mut known = HashMap::new();
    for ((site, day), claims) in by_day(claims) {
        let query = idempotency_keys::table
            .filter(idempotency_keys::site_id.eq(site))
            .filter(idempotency_keys::day.eq(day))
            .filter(idempotency_keys::key.eq_any(claims.keys().copied().collect::<Vec<_>>()))
            .select((
                idempotency_keys::key,
                idempotency_keys::request_hash,
                idempotency_keys::comment_id,
                idempotency_keys::status,
            ));
        let rows: Vec<(String, Vec<u8>, CommentId, Status)> = each!(db, |c| query.load(c))?;
        for (key, hash, comment, status) in rows {
            if let Some(claim) = claims.get(key.as_str()) {
                let request_hash = hash.try_into().unwrap_or_default();
                known.insert(
                    (*claim).clone(),
                    Known {
                        request_hash,
                        comment,
                        status,
                    },
                );
            }
        }
    }
    Ok(known)
}

pub(super) fn insert<'a>(
    db: &mut Db,
    new: impl Iterator<Item = (&'a Claim, &'a Comment)>,
) -> Result<()> {
    let mut rows: Vec<KeyRow<'_>> = new
        .map(|(claim, comment)| KeyRow {
            site_id: claim.site,
            day: claim.day,
            key: &claim.key,
            // A key of ours is a hash itself.
            request_hash: if is_ours(&claim.key) {
                &[]
            } else {
                &claim.request_hash
            },
            comment_id: comment.id,
            status: comment.status,
        })
        .collect();
    // Rising keys, so that PostgreSQL's writers do not lock crosswise.
    rows.sort_by_key(|row| (row.site_id, row.day, row.key));
    bulk::insert!(db, idempotency_keys::table, rows);
    Ok(())
}

/// The claims by each site and day that they may lie on: a key of ours has its hour in it, a reader's may have been used the day
/// before, or a day later by another replica's clock.
fn by_day<'a>(
    claims: impl Iterator<Item = &'a Claim>,
) -> HashMap<(SiteId, i32), HashMap<&'a str, &'a Claim>> {
    let mut days: HashMap<_, HashMap<_, _>> = HashMap::new();
    for claim in claims {
        let near = i32::from(!is_ours(&claim.key));
        for day in claim.day - near..=claim.day + near {
            let of_day = days.entry((claim.site, day)).or_default();
            of_day.insert(claim.key.as_str(), claim);
        }
    }
    days
}

impl Store {
    /// What a key was answered with before, where it was used: for a submission that is refused if it is new.
    pub async fn answered(&self, claim: Claim) -> Result<Option<Ingested>> {
        self.read(move |db| {
            let known = find(db, std::iter::once(&claim))?;
            Ok(known.get(&claim).map(|earlier| earlier.answer(&claim)))
        })
        .await
    }

    /// Forgets the keys of the days before `day`; the number forgotten.
    pub async fn forget_keys_before(&self, site: SiteId, day: i32) -> Result<usize> {
        self.write(move |db| {
            let old = idempotency_keys::table
                .filter(idempotency_keys::site_id.eq(site))
                .filter(idempotency_keys::day.lt(day));
            Ok(each!(db, |c| diesel::delete(old).execute(c))?)
        })
        .await
    }
}

//! The texts of the last hours, by fingerprint: what the window of repeats is filled from after a start, and how each
//! replica learns what the others took in.

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::each;
use super::error::Result;
use super::schema::comments;
use crate::domain::{CommentId, Instant, SiteId};

/// A text that was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Seen {
    /// The site.
    pub site: SiteId,
    /// The comment.
    pub comment: CommentId,
    /// Its text's fingerprint.
    pub fingerprint: i64,
    /// When it arrived.
    pub at: Instant,
}

/// The least identifier that a comment of that moment can have (UUIDv7 begins with milliseconds, RFC 9562, 5.7).
#[must_use]
pub fn first_id_at(at: Instant) -> CommentId {
    let millis = u64::try_from(at.as_micros() / 1000).unwrap_or(0);
    CommentId(Uuid::from_u128(u128::from(millis) << 80))
}

impl Store {
    /// The fingerprinted comments of a site that arrived since `since`, newest first, `limit` at the most.
    pub async fn texts_since(&self, site: SiteId, since: Instant, limit: i64) -> Result<Vec<Seen>> {
        self.read(move |db| {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .filter(comments::id.ge(first_id_at(since)))
                .filter(comments::fingerprint.is_not_null())
                .order(comments::id.desc())
                .limit(limit)
                .select((
                    comments::site_id,
                    comments::id,
                    comments::fingerprint.assume_not_null(),
                    comments::created_at,
                ));
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }
}

//! The texts of the last hours: what the window of repeats is filled from after a start, and how each replica learns what the
//! others took in, and what was changed or taken back.

use diesel::prelude::*;

use super::Store;
use super::db::each;
use super::error::Result;
use super::schema::{articles, comments, events};
use super::types::first_at;
use crate::domain::{CommentId, EventId, Instant, SiteId, Status};

/// A text that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Seen {
    /// The comment.
    pub comment: CommentId,
    /// The text as stored.
    pub body: String,
    /// The key of the reader's email.
    pub email_key: String,
    /// What is kept of the address it came from.
    pub address_mark: Option<i32>,
    /// When it arrived.
    pub created_at: Instant,
    /// When its reader changed it last.
    pub edited_at: Option<Instant>,
    /// The article's address.
    pub article: String,
}

/// What is gone is no text that others repeat.
const GONE: [Status; 2] = [Status::Withdrawn, Status::Erased];

impl Store {
    /// The comments of a site that arrived since `since` and count as a text, newest first, `limit` at the most.
    pub async fn texts_since(
        &self,
        site: SiteId,
        since: Instant,
        limit: i64,
    ) -> Result<Vec<CommentId>> {
        self.read(move |db| {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .filter(comments::id.ge(CommentId(first_at(since))))
                .filter(comments::fingerprint.is_not_null())
                .filter(comments::status.ne_all(GONE))
                .order(comments::id.desc())
                .limit(limit)
                .select(comments::id);
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }

    /// The comments of a site whose readers changed them or took them back since `since`.
    pub async fn texts_changed_since(
        &self,
        site: SiteId,
        since: Instant,
    ) -> Result<Vec<CommentId>> {
        self.read(move |db| {
            let query = events::table
                .filter(events::site_id.eq(site))
                .filter(events::id.ge(EventId(first_at(since))))
                .filter(events::kind.eq_any(["comment.edited", "comment.withdrawn"]))
                .select(events::comment_id);
            let changed: Vec<Option<CommentId>> = each!(db, |c| query.load(c))?;
            Ok(changed.into_iter().flatten().collect())
        })
        .await
    }

    /// The texts of those comments that still count as one, oldest first.
    pub async fn texts_of(&self, site: SiteId, ids: Vec<CommentId>) -> Result<Vec<Seen>> {
        self.read(move |db| {
            let query = comments::table
                .inner_join(
                    articles::table.on(articles::site_id
                        .eq(comments::site_id)
                        .and(articles::id.eq(comments::article_id))),
                )
                .filter(comments::site_id.eq(site))
                .filter(comments::id.eq_any(ids))
                .filter(comments::fingerprint.is_not_null())
                .filter(comments::status.ne_all(GONE))
                .order(comments::id)
                .select((
                    comments::id,
                    comments::body,
                    comments::email_key,
                    comments::address_mark,
                    comments::created_at,
                    comments::edited_at,
                    articles::url,
                ));
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }
}

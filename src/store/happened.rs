//! What has happened of late, for those who watch.

use diesel::prelude::*;

use super::Store;
use super::db::each;
use super::error::Result;
use super::schema::{articles, comments, events};
use super::types::first_at;
use crate::domain::{CommentId, EventId, Instant, Lane, SiteId, Status};

/// One thing that happened to a comment, with where the comment stands since.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Happened {
    /// Identifies it; rises with time.
    pub id: EventId,
    /// The site.
    pub site: SiteId,
    /// What: `comment.received`, `comment.approved`, …
    pub kind: String,
    /// Who did it, for people.
    pub by: String,
    /// When.
    pub at: Instant,
    /// The comment.
    pub comment: CommentId,
    /// Its revision now.
    pub revision: i32,
    /// Where it stands now.
    pub status: Status,
    /// Its lane.
    pub lane: Lane,
    /// Its article's section.
    pub section: Option<String>,
}

impl Store {
    /// What happened to comments of a site since `since`, newest first, `limit` at the most.
    pub async fn happened_since(
        &self,
        site: SiteId,
        since: Instant,
        limit: i64,
    ) -> Result<Vec<Happened>> {
        self.read(move |db| {
            let query = events::table
                .inner_join(
                    comments::table.on(comments::site_id
                        .eq(events::site_id)
                        .and(events::comment_id.eq(comments::id.nullable()))),
                )
                .inner_join(
                    articles::table.on(articles::site_id
                        .eq(comments::site_id)
                        .and(articles::id.eq(comments::article_id))),
                )
                .filter(events::site_id.eq(site))
                .filter(events::id.ge(EventId(first_at(since))))
                .order(events::id.desc())
                .limit(limit)
                .select((
                    events::id,
                    events::site_id,
                    events::kind,
                    events::actor_name,
                    events::created_at,
                    comments::id,
                    comments::revision,
                    comments::status,
                    comments::lane,
                    articles::section,
                ));
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }
}

//! The comments that a list of words is tried on.

use diesel::prelude::*;

use super::Store;
use super::db::each;
use super::error::Result;
use super::rows::CommentRow;
use super::schema::comments;
use crate::domain::{Comment, CommentId, SiteId};

impl Store {
    /// The newest comments of a site, newest first.
    pub async fn latest_comments(&self, site: SiteId, limit: i64) -> Result<Vec<Comment>> {
        self.read(move |db| {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .order(comments::id.desc())
                .limit(limit);
            let rows: Vec<CommentRow> =
                each!(db, |c| query.select(CommentRow::as_select()).load(c))?;
            Ok(rows.into_iter().map(Comment::from).collect())
        })
        .await
    }

    /// The comments of a site from one on and before another, newest first, as many as `limit`.
    pub async fn comments_between(
        &self,
        site: SiteId,
        from: CommentId,
        before: CommentId,
        limit: i64,
    ) -> Result<Vec<Comment>> {
        self.read(move |db| {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .filter(comments::id.ge(from))
                .filter(comments::id.lt(before))
                .order(comments::id.desc())
                .limit(limit);
            let rows: Vec<CommentRow> =
                each!(db, |c| query.select(CommentRow::as_select()).load(c))?;
            Ok(rows.into_iter().map(Comment::from).collect())
        })
        .await
    }

    /// How many comments of a site there are from one on and before another.
    pub async fn count_comments_between(
        &self,
        site: SiteId,
        from: CommentId,
        before: CommentId,
    ) -> Result<i64> {
        self.read(move |db| {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .filter(comments::id.ge(from))
                .filter(comments::id.lt(before))
                .count();
            Ok(each!(db, |c| query.get_result(c))?)
        })
        .await
    }
}

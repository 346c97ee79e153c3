//! The comments that a list of words is tried on.

use diesel::prelude::*;

use super::Store;
use super::db::each;
use super::error::Result;
use super::rows::CommentRow;
use super::schema::comments;
use crate::domain::{Comment, SiteId};

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
}

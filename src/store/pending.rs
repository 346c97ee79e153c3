//! Which of some comments still wait for a moderator.

use diesel::prelude::*;

use super::Store;
use super::db::each;
use super::error::Result;
use super::schema::comments;
use crate::domain::{CommentId, SiteId, Status};

impl Store {
    /// Those that wait, oldest first.
    pub async fn pending_of(&self, site: SiteId, ids: Vec<CommentId>) -> Result<Vec<CommentId>> {
        self.read(move |db| {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .filter(comments::id.eq_any(ids))
                .filter(comments::status.eq(Status::Pending))
                .order(comments::id)
                .select(comments::id);
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }
}

//! Which of some comments still wait for a moderator.

use diesel::prelude::*;

use super::db::each;
use super::error::Result;
use super::schema::comments;
use super::scope::within;
use super::{Scope, Store};
use crate::domain::{CommentId, Status};

impl Store {
    /// Those of the scope that wait, oldest first.
    pub async fn pending_of(&self, scope: Scope, ids: Vec<CommentId>) -> Result<Vec<CommentId>> {
        self.read(move |db| {
            let mut waiting: Vec<CommentId> = Vec::new();
            for part in scope.parts() {
                let here: Vec<CommentId> = each!(db, |c| within!(comments::table, part)
                    .filter(comments::id.eq_any(ids.clone()))
                    .filter(comments::status.eq(Status::Pending))
                    .select(comments::id)
                    .load(c))?;
                waiting.extend(here);
            }
            waiting.sort();
            Ok(waiting)
        })
        .await
    }
}

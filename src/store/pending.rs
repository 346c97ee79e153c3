//! Which of some comments still wait for a moderator.

use diesel::prelude::*;

use super::cards::of_part;
use super::db::{Db, each};
use super::error::Result;
use super::schema::comments;
use super::scope::within;
use super::{Part, Scope, Store, reports};
use crate::domain::{CommentId, Status};

/// Those of them in a part of a site that wait: what is not decided, and what is public with open reports.
pub(super) fn waiting_in(db: &mut Db, part: &Part, ids: &[CommentId]) -> Result<Vec<CommentId>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let mut waiting: Vec<CommentId> = each!(db, |c| within!(comments::table, part)
        .filter(comments::id.eq_any(ids.to_vec()))
        .filter(comments::status.eq(Status::Pending))
        .select(comments::id)
        .load(c))?;
    let reported: Vec<CommentId> = reports::are_open(db, *site, ids)?.into_iter().collect();
    let public = of_part(db, part, &reported)?;
    let public = public.iter().filter(|one| one.status == Status::Approved);
    waiting.extend(public.map(|one| one.id));
    waiting.sort_unstable();
    Ok(waiting)
}

impl Store {
    /// Those of the scope that wait, oldest first.
    pub async fn waiting_of(&self, scope: Scope, ids: Vec<CommentId>) -> Result<Vec<CommentId>> {
        self.read(move |db| {
            let mut waiting: Vec<CommentId> = Vec::new();
            for part in scope.parts() {
                waiting.extend(waiting_in(db, part, &ids)?);
            }
            waiting.sort_unstable();
            Ok(waiting)
        })
        .await
    }
}

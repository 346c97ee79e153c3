//! Which of some comments still wait for a moderator.

use diesel::prelude::*;

use super::cards::of_part;
use super::db::{Db, each};
use super::error::Result;
use super::schema::comments;
use super::scope::within;
use super::{Part, Scope, Store, reports};
use crate::domain::{CommentId, Lane, Status};

/// One that waits: how much speaks against it, and which it is.
struct Waiting {
    lane: Lane,
    is_reported: bool,
    score: f32,
    id: CommentId,
}

/// Those of them in a part of a site that wait: what is not decided, and what is public with open reports.
fn rows_in(db: &mut Db, part: &Part, ids: &[CommentId]) -> Result<Vec<Waiting>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let held: Vec<(CommentId, Lane, f32)> = each!(db, |c| within!(comments::table, part)
        .filter(comments::id.eq_any(ids.to_vec()))
        .filter(comments::status.eq(Status::Pending))
        .select((comments::id, comments::lane, comments::score))
        .load(c))?;
    let reported: Vec<CommentId> = reports::are_open(db, *site, ids)?.into_iter().collect();
    let public = of_part(db, part, &reported)?;
    let public = public.iter().filter(|one| one.status == Status::Approved);
    let public = public.map(|one| (one.id, one.lane, one.score, true));
    let held = held
        .into_iter()
        .map(|(id, lane, score)| (id, lane, score, false));
    let waiting = |(id, lane, score, is_reported)| Waiting {
        lane,
        is_reported,
        score,
        id,
    };
    Ok(held.chain(public).map(waiting).collect())
}

/// The same, oldest first.
pub(super) fn waiting_in(db: &mut Db, part: &Part, ids: &[CommentId]) -> Result<Vec<CommentId>> {
    let rows = rows_in(db, part, ids)?;
    let mut waiting: Vec<CommentId> = rows.into_iter().map(|row| row.id).collect();
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

    /// Those of the scope that wait, first what most speaks against, of the same the oldest.
    pub async fn waiting_worst_first(
        &self,
        scope: Scope,
        ids: Vec<CommentId>,
    ) -> Result<Vec<CommentId>> {
        self.read(move |db| {
            let mut waiting: Vec<Waiting> = Vec::new();
            for part in scope.parts() {
                waiting.extend(rows_in(db, part, &ids)?);
            }
            waiting.sort_unstable_by(|a, b| {
                let graver = (b.lane, b.is_reported).cmp(&(a.lane, a.is_reported));
                graver
                    .then(b.score.total_cmp(&a.score))
                    .then(a.id.cmp(&b.id))
            });
            Ok(waiting.into_iter().map(|row| row.id).collect())
        })
        .await
    }
}

//! What a site's model decides by itself as a comment arrives or is edited, and what of that is left to a person so that it stays measured.

use std::collections::HashMap;

use diesel::prelude::*;

use super::answered::answered;
use super::bulk;
use super::db::{Db, each};
use super::error::Result;
use super::schema::{decisions, model_samples};
use super::subscriptions;
use crate::domain::{
    Action, Actor, Comment, CommentId, Instant, ModelSample, SiteId, Status, Witness,
};
use crate::queue;

/// What a model would do with a comment, where nothing else keeps that for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByModel {
    /// Approve, reject, or put with the spam.
    pub action: Action,
    /// One in so many is left to a person all the same.
    pub every: u16,
    /// From when on the reader may be told of it, so that it can be undone before.
    pub tell_at: Instant,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = model_samples, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct SampleRow {
    site_id: SiteId,
    comment_id: CommentId,
    action: Action,
    stands_for: i16,
}

bulk::row! { SampleRow => model_samples: site_id, comment_id, action, stands_for }

impl ByModel {
    /// Where a comment stands by it; nothing where this one is left to a person.
    pub(super) fn moves(&self, comment: &Comment) -> Option<Status> {
        let moved = queue::decide(Status::Pending, self.action, &Actor::Model).ok();
        moved.filter(|_| !ModelSample::is_of(comment, self.every))
    }
}

/// Notes those that are left to a person.
pub(super) fn note_samples<'a>(
    db: &mut Db,
    left: impl Iterator<Item = (&'a Comment, &'a ByModel)>,
) -> Result<()> {
    let rows: Vec<SampleRow> = left
        .map(|(comment, by)| SampleRow {
            site_id: comment.site,
            comment_id: comment.id,
            action: by.action,
            stands_for: stored(by.every),
        })
        .collect();
    bulk::insert!(db, model_samples::table, rows);
    Ok(())
}

/// What was noted of a comment's text, which is another one now.
pub(super) fn forget_sample(db: &mut Db, comment: &Comment) -> Result<()> {
    let noted = model_samples::table
        .filter(model_samples::site_id.eq(comment.site))
        .filter(model_samples::comment_id.eq(comment.id));
    each!(db, |c| diesel::delete(noted).execute(c))?;
    Ok(())
}

/// As it lies in a column; a site's setting is far below the bound.
pub(super) fn stored(stands_for: u16) -> i16 {
    i16::try_from(stands_for).unwrap_or(i16::MAX)
}

/// The same read.
pub(super) const fn sample(action: Action, stands_for: i16) -> ModelSample {
    ModelSample {
        action,
        stands_for: stands_for.unsigned_abs(),
    }
}

/// Those of the comments that are left to a person.
pub(super) fn samples(
    db: &mut Db,
    site: SiteId,
    ids: &[CommentId],
) -> Result<HashMap<CommentId, ModelSample>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = model_samples::table
        .filter(model_samples::site_id.eq(site))
        .filter(model_samples::comment_id.eq_any(ids.to_vec()));
    let rows: Vec<SampleRow> = each!(db, |c| query.select(SampleRow::as_select()).load(c))?;
    let samples = rows
        .into_iter()
        .map(|row| (row.comment_id, sample(row.action, row.stands_for)));
    Ok(samples.collect())
}

/// What people's decisions on those comments say of the model, of those that do not merely say what they say of themselves.
pub(super) fn witnesses(
    db: &mut Db,
    site: SiteId,
    ids: &[CommentId],
) -> Result<HashMap<CommentId, Witness>> {
    let samples = samples(db, site, ids)?.into_iter();
    let mut witnesses: HashMap<CommentId, Witness> = samples
        .map(|(comment, sample)| (comment, Witness::Sample(sample)))
        .collect();
    let model: &'static str = Actor::Model.kind();
    let query = decisions::table
        .filter(decisions::site_id.eq(site))
        .filter(decisions::comment_id.eq_any(ids.to_vec()))
        .filter(
            decisions::actor_kind
                .eq(model)
                .or(decisions::action.eq(Action::Edit)),
        )
        .order((decisions::revision, decisions::id))
        .select((decisions::comment_id, decisions::action));
    let moves: Vec<(CommentId, Action)> = each!(db, |c| query.load(c))?;
    let mut decided: HashMap<CommentId, bool> = HashMap::new();
    for (comment, action) in moves {
        // Another text is another matter.
        decided.insert(comment, action != Action::Edit);
    }
    let decided = decided.into_iter().filter(|(_, is_decided)| *is_decided);
    witnesses.extend(decided.map(|(comment, _)| (comment, Witness::Nothing)));
    Ok(witnesses)
}

/// Tells the readers who want to hear of it what the model decided, as they are told what a person decides.
pub(super) fn tell(db: &mut Db, comment: &Comment, by: &ByModel, now: Instant) -> Result<()> {
    let when = (now, by.tell_at);
    if comment.tell && matches!(comment.status, Status::Approved | Status::Rejected) {
        subscriptions::decided_by_model(db, comment, when)?;
    }
    if comment.status == Status::Approved {
        answered(db, comment, subscriptions::Cause::PublicCall, when)?;
    }
    Ok(())
}

//! The decisions on comments, row by row: for the record, and for whoever is to hear who was faster.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use super::bulk;
use super::db::{Db, each};
use super::error::Result;
use super::schema::decisions;
use crate::domain::{
    Action, Actor, BanId, BatchId, Comment, CommentId, Decision, DecisionId, Instant, ModeratorId,
    SiteId, Status,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub(super) struct DecisionRow {
    pub(super) site_id: SiteId,
    pub(super) id: DecisionId,
    pub(super) batch_id: BatchId,
    pub(super) comment_id: CommentId,
    pub(super) action: Action,
    pub(super) from_status: Status,
    pub(super) to_status: Status,
    pub(super) revision: i32,
    pub(super) actor_kind: String,
    pub(super) actor_id: Option<ModeratorId>,
    pub(super) actor_name: String,
    pub(super) reason: Option<String>,
    pub(super) note: Option<String>,
    pub(super) created_at: Instant,
    pub(super) undone_at: Option<Instant>,
    pub(super) undone_by: Option<String>,
    pub(super) ban_id: Option<BanId>,
}

bulk::row! { DecisionRow => decisions:
    site_id, id, batch_id, comment_id, action, from_status, to_status, revision, actor_kind, actor_id, actor_name,
    reason, note, created_at, undone_at, undone_by, ban_id
}

impl From<DecisionRow> for Decision {
    fn from(row: DecisionRow) -> Self {
        Self {
            id: row.id,
            batch: row.batch_id,
            comment: row.comment_id,
            action: row.action,
            from: row.from_status,
            to: row.to_status,
            revision: row.revision,
            actor_kind: row.actor_kind,
            member: row.actor_id,
            actor_name: row.actor_name,
            actor: row.actor_id,
            reason: row.reason,
            note: row.note,
            at: row.created_at,
            undone_at: row.undone_at,
        }
    }
}

impl DecisionRow {
    /// A move of `comment`, which is at `revision` since, by itself in its batch and without a word of why.
    pub(super) fn new(
        comment: &Comment,
        action: Action,
        (from, to): (Status, Status),
        revision: i32,
        actor: &Actor,
        at: Instant,
    ) -> Self {
        Self {
            site_id: comment.site,
            id: DecisionId(Uuid::now_v7()),
            batch_id: BatchId(Uuid::now_v7()),
            comment_id: comment.id,
            action,
            from_status: from,
            to_status: to,
            revision,
            actor_kind: actor.kind().to_owned(),
            actor_id: actor.member(),
            actor_name: actor.name().to_owned(),
            reason: None,
            note: None,
            created_at: at,
            undone_at: None,
            undone_by: None,
            ban_id: None,
        }
    }
}

pub(super) fn insert(db: &mut Db, rows: &[DecisionRow]) -> Result<()> {
    bulk::insert!(db, decisions::table, rows);
    Ok(())
}

/// A comment that a rule, a ban or the model settled as it arrived or was edited.
pub(super) struct Settling<'a> {
    pub(super) comment: &'a Comment,
    pub(super) at: Instant,
    pub(super) by: Actor,
    pub(super) ban: Option<BanId>,
}

/// Who settled a comment as it was judged: the rule of that name, or the model.
pub(super) fn settler(rule: Option<&str>) -> Actor {
    rule.map_or(Actor::Model, |rule| Actor::Rule(rule.to_owned()))
}

/// What was settled so: a decision like any other, so that it can be seen and undone.
pub(super) fn insert_settled<'a>(
    db: &mut Db,
    settled: impl Iterator<Item = Settling<'a>>,
) -> Result<()> {
    let rows: Vec<DecisionRow> = settled
        .map(|settled| {
            let Settling {
                comment,
                at,
                by,
                ban,
            } = settled;
            let action = match comment.status {
                Status::Approved => Action::Approve,
                Status::Spam => Action::Spam,
                _ => Action::Reject,
            };
            let moved = (Status::Pending, comment.status);
            DecisionRow {
                ban_id: ban,
                ..DecisionRow::new(comment, action, moved, comment.revision, &by, at)
            }
        })
        .collect();
    insert(db, &rows)
}

/// A reader's edit of a comment that stood where `old` stands: who decides at the same time is told who was faster.
pub(super) fn insert_edit(db: &mut Db, old: &Comment, at: Instant) -> Result<()> {
    let moved = (old.status, Status::Pending);
    let revision = old.revision + 1;
    let row = DecisionRow::new(old, Action::Edit, moved, revision, &Actor::Reader, at);
    insert(db, &[row])
}

/// Who moved a comment last, by deciding or by undoing, and when.
pub(super) fn last_move(
    db: &mut Db,
    site: SiteId,
    comment: CommentId,
) -> Result<Option<(String, Instant)>> {
    let query = decisions::table
        .filter(decisions::site_id.eq(site))
        .filter(decisions::comment_id.eq(comment));
    let rows: Vec<DecisionRow> = each!(db, |c| query.select(DecisionRow::as_select()).load(c))?;
    let moves = rows
        .into_iter()
        .map(|row| match (row.undone_by, row.undone_at) {
            (Some(by), Some(at)) => (by, at),
            _ => (row.actor_name, row.created_at),
        });
    Ok(moves.max_by_key(|(_, at)| *at))
}

/// How each comment was decided last, leaving out what was undone.
pub(super) fn last_of_comments(
    db: &mut Db,
    site: SiteId,
    comments: Vec<CommentId>,
) -> Result<HashMap<CommentId, Decision>> {
    let query = decisions::table
        .filter(decisions::site_id.eq(site))
        .filter(decisions::comment_id.eq_any(comments))
        .filter(decisions::undone_at.is_null())
        .order(decisions::id);
    let rows: Vec<DecisionRow> = each!(db, |c| query.select(DecisionRow::as_select()).load(c))?;
    Ok(rows
        .into_iter()
        .map(|row| (row.comment_id, Decision::from(row)))
        .collect())
}

/// A comment's decisions, oldest first.
pub(super) fn of_comment(db: &mut Db, site: SiteId, comment: CommentId) -> Result<Vec<Decision>> {
    let query = decisions::table
        .filter(decisions::site_id.eq(site))
        .filter(decisions::comment_id.eq(comment))
        .order(decisions::id);
    let rows: Vec<DecisionRow> = each!(db, |c| query.select(DecisionRow::as_select()).load(c))?;
    Ok(rows.into_iter().map(Decision::from).collect())
}

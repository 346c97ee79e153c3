//! Decisions: compare-and-set on the revision, one row and one event each, undone as a batch.

use std::borrow::Cow;
use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use super::bulk;
use super::cards::on_site;
use super::db::{Db, each};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::schema::{comments, decisions};
use super::subscriptions;
use super::{Scope, Store};
use crate::domain::{
    Action, Actor, BatchId, Comment, CommentId, Decision, DecisionId, EventId, Instant,
    ModeratorId, Reason, SiteId, Status,
};
use crate::queue;

/// What a moderator asks for.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// Identifies what is decided together.
    pub batch: BatchId,
    /// Approve, reject, spam or requeue.
    pub action: Action,
    /// The comments, each with the revision that was on the screen; none where the one who acts saw no revision.
    pub comments: Vec<(CommentId, Option<i32>)>,
    /// Why, as the reader is told.
    pub reason: Option<Reason>,
    /// A word to colleagues.
    pub note: Option<String>,
    /// Who decides.
    pub actor: Actor,
    /// When.
    pub at: Instant,
    /// From when on the reader may be told of it, so that it can be undone before.
    pub tell_at: Instant,
}

/// What became of one comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Moved.
    Done,
    /// Somebody was faster, or the move is not to be made from where the comment stands.
    Conflict,
    /// No such comment on the sites of this moderator.
    Missing,
}

/// One comment after a decision or an undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Which comment.
    pub comment: CommentId,
    /// What became of it.
    pub outcome: Outcome,
    /// Where it stands now; nothing where it is missing.
    pub now: Option<Standing>,
}

/// Where a comment stands and who put it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The status.
    pub status: Status,
    /// The revision.
    pub revision: i32,
    /// Who decided last.
    pub by: Option<String>,
    /// When.
    pub at: Option<Instant>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct DecisionRow {
    site_id: SiteId,
    id: DecisionId,
    batch_id: BatchId,
    comment_id: CommentId,
    action: Action,
    from_status: Status,
    to_status: Status,
    revision: i32,
    actor_kind: String,
    actor_id: Option<ModeratorId>,
    actor_name: String,
    reason: Option<String>,
    note: Option<String>,
    created_at: Instant,
    undone_at: Option<Instant>,
    undone_by: Option<String>,
}

bulk::row! { DecisionRow => decisions:
    site_id, id, batch_id, comment_id, action, from_status, to_status, revision, actor_kind, actor_id, actor_name,
    reason, note, created_at, undone_at, undone_by
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
            actor_name: row.actor_name,
            reason: row.reason,
            note: row.note,
            at: row.created_at,
            undone_at: row.undone_at,
        }
    }
}

fn moderator_id(actor: &Actor) -> Option<ModeratorId> {
    match actor {
        Actor::Moderator { id, .. } => Some(*id),
        Actor::Rule(_) | Actor::Reader | Actor::Operator => None,
    }
}

/// Comments that a rule settled as they arrived or were edited, when, and which rule: a decision like any other, so that it can be
/// seen and undone.
pub(super) fn insert_by_rule<'a>(
    db: &mut Db,
    settled: impl Iterator<Item = (&'a Comment, Instant, Option<&'a str>)>,
) -> Result<()> {
    let rows: Vec<DecisionRow> = settled
        .map(|(comment, at, rule)| DecisionRow {
            site_id: comment.site,
            id: DecisionId(Uuid::now_v7()),
            batch_id: BatchId(Uuid::now_v7()),
            comment_id: comment.id,
            action: if comment.status == Status::Spam {
                Action::Spam
            } else {
                Action::Reject
            },
            from_status: Status::Pending,
            to_status: comment.status,
            revision: comment.revision,
            actor_kind: "rule".to_owned(),
            actor_id: None,
            actor_name: rule.unwrap_or_default().to_owned(),
            reason: None,
            note: None,
            created_at: at,
            undone_at: None,
            undone_by: None,
        })
        .collect();
    bulk::insert!(db, decisions::table, rows);
    Ok(())
}

/// A reader's edit of a comment that stood where `old` stands: who decides at the same time is told who was faster.
pub(super) fn insert_edit(db: &mut Db, old: &Comment, at: Instant) -> Result<()> {
    let actor = Actor::Reader;
    let rows = [DecisionRow {
        site_id: old.site,
        id: DecisionId(Uuid::now_v7()),
        batch_id: BatchId(Uuid::now_v7()),
        comment_id: old.id,
        action: Action::Edit,
        from_status: old.status,
        to_status: Status::Pending,
        revision: old.revision + 1,
        actor_kind: actor.kind().to_owned(),
        actor_id: None,
        actor_name: actor.name().to_owned(),
        reason: None,
        note: None,
        created_at: at,
        undone_at: None,
        undone_by: None,
    }];
    bulk::insert!(db, decisions::table, rows);
    Ok(())
}

fn decide(db: &mut Db, scope: &Scope, new: &NewDecision) -> Result<Vec<Settled>> {
    let ids: Vec<CommentId> = new.comments.iter().map(|(id, _)| *id).collect();
    let found = find(db, scope, &ids)?;
    new.comments
        .iter()
        .map(|(id, revision)| match found.get(id) {
            None => Ok(Settled {
                comment: *id,
                outcome: Outcome::Missing,
                now: None,
            }),
            Some(comment) => decide_one(db, comment, *revision, new),
        })
        .collect()
}

fn decide_one(
    db: &mut Db,
    comment: &Comment,
    seen: Option<i32>,
    new: &NewDecision,
) -> Result<Settled> {
    let target = queue::decide(comment.status, new.action, &new.actor);
    let (Ok(to), true) = (target, seen.is_none_or(|seen| seen == comment.revision)) else {
        return lost(db, comment);
    };
    if !advance(db, comment, to, new.at)? {
        return match seen {
            Some(_) => lost(db, comment),
            // Whoever saw no revision means the comment however it stands, so it is looked at once more.
            None => Err(Error::Contended),
        };
    }
    let row = DecisionRow {
        site_id: comment.site,
        id: DecisionId(Uuid::now_v7()),
        batch_id: new.batch,
        comment_id: comment.id,
        action: new.action,
        from_status: comment.status,
        to_status: to,
        revision: comment.revision + 1,
        actor_kind: new.actor.kind().to_owned(),
        actor_id: moderator_id(&new.actor),
        actor_name: new.actor.name().to_owned(),
        reason: new.reason.map(|reason| reason.to_string()),
        note: new.note.clone(),
        created_at: new.at,
        undone_at: None,
        undone_by: None,
    };
    each!(db, |c| diesel::insert_into(decisions::table)
        .values(&row)
        .execute(c))?;
    let kind = match to {
        Status::Pending => Cow::Borrowed("comment.requeued"),
        to => Cow::Owned(format!("comment.{to}")),
    };
    record(
        db,
        comment,
        kind,
        &new.actor,
        new.at,
        serde_json::json!({
            "from": comment.status, "to": to, "batch": new.batch, "reason": new.reason,
        }),
    )?;
    // Whoever sends spam hears nothing.
    let is_told = comment.tell && matches!(to, Status::Approved | Status::Rejected);
    if is_told && moderator_id(&new.actor).is_some() {
        subscriptions::decided(db, comment, to, comment.revision + 1, (new.at, new.tell_at))?;
    }
    Ok(done(comment, to, new.actor.name(), new.at))
}

fn done(comment: &Comment, to: Status, by: &str, at: Instant) -> Settled {
    Settled {
        comment: comment.id,
        outcome: Outcome::Done,
        now: Some(Standing {
            status: to,
            revision: comment.revision + 1,
            by: Some(by.to_owned()),
            at: Some(at),
        }),
    }
}

/// Moves a comment if it still has the revision that was read; false where somebody was faster.
fn advance(db: &mut Db, comment: &Comment, to: Status, at: Instant) -> Result<bool> {
    let target = comments::table
        .filter(comments::site_id.eq(comment.site))
        .filter(comments::id.eq(comment.id))
        .filter(comments::revision.eq(comment.revision));
    let change = (
        comments::status.eq(to),
        comments::revision.eq(comment.revision + 1),
        comments::decided_at.eq((to != Status::Pending).then_some(at)),
    );
    Ok(each!(db, |c| diesel::update(target).set(change).execute(c))? == 1)
}

fn record(
    db: &mut Db,
    comment: &Comment,
    kind: impl Into<Cow<'static, str>>,
    actor: &Actor,
    at: Instant,
    detail: serde_json::Value,
) -> Result<()> {
    let moved = Comment {
        revision: comment.revision + 1,
        ..comment.clone()
    };
    let event = NewEvent::of_comment(EventId(Uuid::now_v7()), kind, &moved, actor, at);
    events::insert(db, std::iter::once(event.with_detail(detail)))
}

/// The loser is told where the comment stands now and who put it there.
fn lost(db: &mut Db, comment: &Comment) -> Result<Settled> {
    let current = on_site(db, comment.site, &[comment.id])?.pop();
    let (by, at) = last_move(db, comment.site, comment.id)?.unzip();
    let now = current.map(|current| Standing {
        status: current.status,
        revision: current.revision,
        by,
        at,
    });
    Ok(Settled {
        comment: comment.id,
        outcome: Outcome::Conflict,
        now,
    })
}

/// Who moved a comment last, by deciding or by undoing, and when.
fn last_move(db: &mut Db, site: SiteId, comment: CommentId) -> Result<Option<(String, Instant)>> {
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

fn find(db: &mut Db, scope: &Scope, ids: &[CommentId]) -> Result<HashMap<CommentId, Comment>> {
    let mut found = HashMap::new();
    for site in scope.sites() {
        if found.len() == ids.len() {
            break;
        }
        let comments = on_site(db, site, ids)?;
        found.extend(comments.into_iter().map(|comment| (comment.id, comment)));
    }
    Ok(found)
}

fn undo(
    db: &mut Db,
    scope: &Scope,
    batch: BatchId,
    actor: &Actor,
    at: Instant,
) -> Result<Vec<Settled>> {
    let mut settled = Vec::new();
    for site in scope.sites() {
        let query = decisions::table
            .filter(decisions::site_id.eq(site))
            .filter(decisions::batch_id.eq(batch))
            .order(decisions::id);
        let rows: Vec<DecisionRow> = each!(db, |c| query.select(DecisionRow::as_select()).load(c))?;
        for row in rows {
            settled.push(undo_one(db, &row, actor, at)?);
        }
    }
    Ok(settled)
}

/// Puts a comment back where the decision found it, if nothing has moved it since.
fn undo_one(db: &mut Db, decision: &DecisionRow, actor: &Actor, at: Instant) -> Result<Settled> {
    let current = on_site(db, decision.site_id, &[decision.comment_id])?.pop();
    let Some(comment) = current else {
        return Ok(Settled {
            comment: decision.comment_id,
            outcome: Outcome::Missing,
            now: None,
        });
    };
    let untouched = decision.undone_at.is_none()
        && comment.revision == decision.revision
        && queue::undo(comment.status, decision.action).is_ok();
    if !untouched || !advance(db, &comment, decision.from_status, at)? {
        return lost(db, &comment);
    }
    let target = decisions::table
        .filter(decisions::site_id.eq(decision.site_id))
        .filter(decisions::id.eq(decision.id));
    each!(db, |c| diesel::update(target)
        .set((
            decisions::undone_at.eq(Some(at)),
            decisions::undone_by.eq(Some(actor.name()))
        ))
        .execute(c))?;
    record(
        db,
        &comment,
        "comment.undone",
        actor,
        at,
        serde_json::json!({
            "from": comment.status, "to": decision.from_status, "batch": decision.batch_id,
        }),
    )?;
    Ok(done(&comment, decision.from_status, actor.name(), at))
}

impl Store {
    /// Decides on comments of the scope's sites; the results stand in the order asked.
    pub async fn decide(&self, scope: Scope, decision: NewDecision) -> Result<Vec<Settled>> {
        self.write(move |db| decide(db, &scope, &decision)).await
    }

    /// Undoes a batch, each comment where nothing has moved it since. No result means that there is no such batch.
    pub async fn undo(
        &self,
        scope: Scope,
        batch: BatchId,
        actor: Actor,
        at: Instant,
    ) -> Result<Vec<Settled>> {
        self.write(move |db| undo(db, &scope, batch, &actor, at))
            .await
    }
}

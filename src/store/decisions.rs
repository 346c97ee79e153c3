//! Decisions: compare-and-set on the revision, one row and one event each, undone as a batch.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use uuid::Uuid;

use super::akismet_told;
use super::answered::answered;
use super::cards::{of_part, on_site};
use super::db::{Connected, Db, each};
use super::decision_rows::{self, DecisionRow, last_move};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::reports;
use super::schema::{comments, decisions};
use super::subscriptions;
use super::told_again::tell_again;
use super::{Part, Scope, Store};
use crate::domain::{
    Action, Actor, BatchId, Comment, CommentId, EventId, Instant, Reason, SiteId, Status,
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
    /// No such comment in the scope of this moderator.
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

pub(super) fn decide(db: &mut Db, scope: &Scope, new: &NewDecision) -> Result<Vec<Settled>> {
    let ids: Vec<CommentId> = new.comments.iter().map(|(id, _)| *id).collect();
    let mut reported = HashSet::new();
    for Part::Whole(site) | Part::Sections(site, _) in scope.parts() {
        lock(db, *site, &ids)?;
        reported.extend(reports::are_open(db, *site, &ids)?);
    }
    let found = find(db, scope, &ids)?;
    new.comments
        .iter()
        .map(|(id, revision)| match found.get(id) {
            None => Ok(Settled {
                comment: *id,
                outcome: Outcome::Missing,
                now: None,
            }),
            Some(comment) => {
                let is_reported = reported.contains(id);
                decide_one(db, (comment, is_reported), *revision, new)
            }
        })
        .collect()
}

/// Keeps everybody else from moving comments until the commit. All who move more than one take them in the same order, or two
/// batches that overlap would each wait for what the other has. SQLite has one writer, who waits for nobody.
pub(super) fn lock(db: &mut Db, site: SiteId, ids: &[CommentId]) -> Result<()> {
    if let Connected::Postgres(c) = &mut db.0 {
        comments::table
            .filter(comments::site_id.eq(site))
            .filter(comments::id.eq_any(ids.to_vec()))
            .order(comments::id)
            .select(comments::id)
            .for_update()
            .load::<CommentId>(c.as_mut())?;
    }
    Ok(())
}

fn decide_one(
    db: &mut Db,
    (comment, is_reported): (&Comment, bool),
    seen: Option<i32>,
    new: &NewDecision,
) -> Result<Settled> {
    let decide = if is_reported {
        queue::decide_reported
    } else {
        queue::decide
    };
    let target = decide(comment.status, new.action, &new.actor);
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
        batch_id: new.batch,
        reason: new.reason.map(|reason| reason.to_string()),
        note: new.note.clone(),
        ..DecisionRow::new(
            comment,
            new.action,
            (comment.status, to),
            comment.revision + 1,
            &new.actor,
            new.at,
        )
    };
    decision_rows::insert(db, &[row])?;
    if is_reported {
        reports::settle(db, comment.site, comment.id, new.action, new.batch)?;
    }
    let is_kept = comment.status == to;
    let kind = match to {
        Status::Pending => Cow::Borrowed("comment.requeued"),
        _ if is_kept => Cow::Borrowed("comment.kept"),
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
            "together": new.comments.len(),
        }),
    )?;
    // Whoever sends spam hears nothing, and nobody that what was published stays so.
    let is_told = comment.tell && !is_kept && matches!(to, Status::Approved | Status::Rejected);
    if is_told && matches!(new.actor, Actor::Moderator { .. }) {
        subscriptions::decided(db, comment, to, comment.revision + 1, (new.at, new.tell_at))?;
    }
    if to == Status::Approved && !is_kept && matches!(new.actor, Actor::Moderator { .. }) {
        let by = subscriptions::Cause::Person;
        answered(db, comment, by, (new.at, new.tell_at))?;
    }
    akismet_told::call_back(db, comment, &new.actor, (new.at, new.tell_at))?;
    if new.action == Action::Requeue {
        tell_again(db, comment, to, new.at)?;
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
    events::insert(db, std::iter::once(event.traced(actor, detail)))
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

fn find(db: &mut Db, scope: &Scope, ids: &[CommentId]) -> Result<HashMap<CommentId, Comment>> {
    let mut found = HashMap::new();
    for part in scope.parts() {
        if found.len() == ids.len() {
            break;
        }
        let comments = of_part(db, part, ids)?;
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
    for part in scope.parts() {
        let (Part::Whole(site) | Part::Sections(site, _)) = part;
        let query = decisions::table
            .filter(decisions::site_id.eq(site))
            .filter(decisions::batch_id.eq(batch))
            .order(decisions::id);
        let rows: Vec<DecisionRow> = each!(db, |c| query.select(DecisionRow::as_select()).load(c))?;
        let ids: Vec<CommentId> = rows.iter().map(|row| row.comment_id).collect();
        lock(db, *site, &ids)?;
        let theirs: HashSet<CommentId> = of_part(db, part, &ids)?
            .into_iter()
            .map(|comment| comment.id)
            .collect();
        let together = theirs.len();
        // What of the batch lies in another section is not theirs to take back.
        for row in rows.iter().filter(|row| theirs.contains(&row.comment_id)) {
            settled.push(undo_one(db, row, together, actor, at)?);
        }
    }
    Ok(settled)
}

/// Whether a comment stands as a decision left it: nothing has moved it since, or what did was a decision that is undone. Each such made one
/// revision, and its undoing another.
fn stands(db: &mut Db, comment: &Comment, decision: &DecisionRow) -> Result<bool> {
    if comment.revision == decision.revision {
        return Ok(true);
    }
    let undone: i64 = {
        let later = decisions::table
            .filter(decisions::site_id.eq(decision.site_id))
            .filter(decisions::comment_id.eq(decision.comment_id))
            .filter(decisions::revision.gt(decision.revision))
            .filter(decisions::undone_at.is_not_null());
        each!(db, |c| later.count().get_result(c))?
    };
    Ok(i64::from(comment.revision - decision.revision) == 2 * undone)
}

/// Puts a comment back where the decision found it, if nothing has moved it since.
fn undo_one(
    db: &mut Db,
    decision: &DecisionRow,
    together: usize,
    actor: &Actor,
    at: Instant,
) -> Result<Settled> {
    let current = on_site(db, decision.site_id, &[decision.comment_id])?.pop();
    let Some(comment) = current else {
        return Ok(Settled {
            comment: decision.comment_id,
            outcome: Outcome::Missing,
            now: None,
        });
    };
    let untouched = decision.undone_at.is_none()
        && queue::undo(comment.status, decision.action).is_ok()
        && stands(db, &comment, decision)?;
    if !untouched || !advance(db, &comment, decision.from_status, at)? {
        return lost(db, &comment);
    }
    reports::reopen(db, comment.site, comment.id, decision.batch_id)?;
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
            "together": together,
        }),
    )?;
    akismet_told::call_back(db, &comment, actor, (at, at))?;
    // Who takes their own word back is at it.
    if decision.actor_id != actor.member() {
        tell_again(db, &comment, decision.from_status, at)?;
    }
    Ok(done(&comment, decision.from_status, actor.name(), at))
}

impl Store {
    /// Decides on comments of the scope; the results stand in the order asked.
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

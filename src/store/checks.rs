//! What a site's external checker is asked, and what becomes of its answer. A comment that was decided or rewritten meanwhile is left as it is,
//! and of two who bring an answer to one question only the first is heard.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Store;
use super::cards::{self, on_site};
use super::db::{Db, each};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::evidence;
use super::outbox::{self, Attempt, Claimed, NewOutbox, OutboxKind, OutboxState};
use super::schema::{comments, outbox as rows};
use crate::domain::{
    Actor, Article, CheckerRule, Comment, CommentId, EventId, Evidence, Instant, Lane, OutboxId,
    SiteId, Status,
};

/// What a row of the outbox notes of its question: which text it is about, and where the comment waits without an answer.
#[derive(Serialize, Deserialize)]
pub(super) struct Noted {
    lane: Lane,
    /// When the text was last changed, in microseconds.
    edited: Option<i64>,
}

impl Noted {
    pub(super) fn of(comment: &Comment, by_rules: Lane) -> Self {
        Self {
            lane: by_rules,
            edited: edited(comment),
        }
    }
}

fn edited(comment: &Comment) -> Option<i64> {
    comment.edited_at.map(Instant::as_micros)
}

/// A comment that its site's checker is asked about.
#[derive(Debug, Clone)]
pub struct CheckSubject {
    /// The comment.
    pub comment: Comment,
    /// Where it was written.
    pub article: Article,
    /// What was seen in it so far.
    pub evidence: Vec<Evidence>,
    /// Where it waits without an answer.
    pub by_rules: Lane,
}

/// Who brings an answer, or that there is none.
#[derive(Debug, Clone)]
pub enum CheckedBy {
    /// Who has asked, and how that ended.
    Asker(Claimed, Attempt),
    /// The checker by itself, to that question.
    Checker(SiteId, OutboxId),
}

/// What a comment comes to by it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The comment as it was looked at.
    pub comment: Comment,
    /// All evidence.
    pub evidence: Vec<Evidence>,
    /// Its score.
    pub score: f32,
    /// Where it waits.
    pub lane: Lane,
    /// Whether moderators are to be told at once.
    pub is_urgent: bool,
    /// Whether the checker has answered.
    pub is_answered: bool,
}

/// The comment of a question, where it still waits with the text that was asked about.
fn subject(
    db: &mut Db,
    site: SiteId,
    comment: Option<CommentId>,
    payload: &str,
) -> Result<Option<CheckSubject>> {
    let noted: Noted = serde_json::from_str(payload)
        .map_err(|error| Error::Broken(format!("a check's payload: {error}")))?;
    let Some(found) = on_site(db, site, comment.as_slice())?.pop() else {
        return Ok(None);
    };
    if found.status != Status::Pending || edited(&found) != noted.edited {
        return Ok(None);
    }
    let card = cards::dress(db, vec![found])?.pop();
    Ok(card.map(|card| CheckSubject {
        comment: card.comment,
        article: card.article,
        evidence: card.evidence,
        by_rules: noted.lane,
    }))
}

/// Ends the question; false where somebody else has.
fn end(db: &mut Db, by: &CheckedBy, now: Instant) -> Result<bool> {
    match by {
        CheckedBy::Asker(row, attempt) => outbox::finish(db, row, attempt, now),
        CheckedBy::Checker(site, id) => {
            let open = rows::table
                .filter(rows::site_id.eq(site))
                .filter(rows::id.eq(id))
                .filter(rows::kind.eq(OutboxKind::Check.as_str()))
                .filter(rows::state.ne(OutboxState::Done.as_str()));
            let done = (
                rows::state.eq(OutboxState::Done.as_str()),
                // Whoever is asking just now holds a lease no longer.
                rows::lease.eq(rows::lease + 1),
                rows::run_at.eq(now),
                rows::done_at.eq(Some(now)),
            );
            Ok(each!(db, |c| diesel::update(open).set(done).execute(c))? == 1)
        }
    }
}

/// Leaves a comment as it is, but tells of its text no longer that an answer is to come. Another text has a question of its own.
fn let_be(db: &mut Db, asked_about: &Comment) -> Result<()> {
    let found = on_site(db, asked_about.site, &[asked_about.id])?.pop();
    match found.filter(|comment| comment.edited_at == asked_about.edited_at) {
        Some(comment) => evidence::rename(
            db,
            (comment.site, comment.id),
            CheckerRule::WAITING,
            CheckerRule::ABSENT,
        ),
        None => Ok(()),
    }
}

fn put(db: &mut Db, by: &CheckedBy, checked: &Checked, now: Instant) -> Result<bool> {
    if !end(db, by, now)? {
        return Ok(false);
    }
    let comment = &checked.comment;
    let target = comments::table
        .filter(comments::site_id.eq(comment.site))
        .filter(comments::id.eq(comment.id))
        .filter(comments::status.eq(Status::Pending))
        .filter(comments::revision.eq(comment.revision));
    let change = (
        comments::lane.eq(checked.lane),
        comments::score.eq(checked.score),
    );
    if each!(db, |c| diesel::update(target).set(change).execute(c))? != 1 {
        // Decided or rewritten while it was asked about.
        return let_be(db, comment).map(|()| false);
    }
    evidence::replace(db, comment, &checked.evidence)?;
    let kind = if checked.is_answered {
        "comment.checked"
    } else {
        "comment.unchecked"
    };
    let actor = Actor::Rule(CheckerRule::ITSELF.to_owned());
    let detail = serde_json::json!({ "lane": checked.lane, "score": checked.score });
    let event = NewEvent::of_comment(EventId(Uuid::now_v7()), kind, comment, &actor, now);
    let event = event.shown_at(None).with_detail(detail);
    events::insert(db, std::iter::once(event))?;
    let alert = checked.is_urgent.then(|| {
        let found_now = Comment {
            created_at: now,
            ..comment.clone()
        };
        NewOutbox::notice(OutboxId(Uuid::now_v7()), &found_now, true)
    });
    outbox::insert(db, alert.into_iter())?;
    Ok(true)
}

impl Store {
    /// The comment of a claimed question; nothing where it is not to be asked any more.
    pub async fn check_subject(&self, row: Claimed) -> Result<Option<CheckSubject>> {
        self.read(move |db| subject(db, row.site_id, row.comment_id, &row.payload))
            .await
    }

    /// The comment of a question that is answered late; nothing where it is not to be asked any more. An error where there is no such question.
    pub async fn late_subject(&self, site: SiteId, id: OutboxId) -> Result<Option<CheckSubject>> {
        self.read(move |db| {
            let query = rows::table
                .filter(rows::site_id.eq(site))
                .filter(rows::id.eq(id))
                .filter(rows::kind.eq(OutboxKind::Check.as_str()))
                .select((rows::comment_id, rows::payload, rows::state));
            let (comment, payload, state): (Option<CommentId>, String, String) =
                each!(db, |c| query.first(c))?;
            if state == OutboxState::Done.as_str() {
                return Ok(None);
            }
            subject(db, site, comment, &payload)
        })
        .await
    }

    /// Gives up a question whose comment was decided or rewritten meanwhile.
    pub async fn drop_check(&self, row: Claimed, now: Instant) -> Result<()> {
        self.write(move |db| {
            if !outbox::finish(db, &row, &Attempt::Done, now)? {
                return Ok(());
            }
            let noted: Noted = serde_json::from_str(&row.payload)
                .map_err(|error| Error::Broken(format!("a check's payload: {error}")))?;
            let found = on_site(db, row.site_id, row.comment_id.as_slice())?.pop();
            match found.filter(|comment| edited(comment) == noted.edited) {
                Some(comment) => let_be(db, &comment),
                None => Ok(()),
            }
        })
        .await
    }

    /// Gives a comment what its checker says, with its lane, score and event. False where somebody else has brought an answer, or the comment has
    /// moved on since it was looked at.
    pub async fn put_check(&self, by: CheckedBy, checked: Checked, now: Instant) -> Result<bool> {
        self.write(move |db| put(db, &by, &checked, now)).await
    }
}

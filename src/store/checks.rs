//! What a site's external checker is asked, and what becomes of its answer. A comment that was decided or rewritten meanwhile is left as it is,
//! and of two who bring an answer to one question only the first is heard.

use std::collections::HashMap;

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
    Actor, Article, Checked, CheckerRule, Comment, CommentId, EventId, Evidence, Instant, Lane,
    OutboxId, SiteId, Status,
};

/// That a checker has said something of a comment.
const CHECKED: &str = "comment.checked";
/// That a comment stands anew since its checker has nothing to say, or is waited for no longer. Open pages are told by it; the history, which
/// would be full of it, leaves it out.
pub(super) const PASSED: &str = "comment.passed";

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
}

/// Who ends a question.
#[derive(Debug, Clone)]
pub enum CheckedBy {
    /// Who has asked, and how that ended.
    Asker(Claimed, Attempt),
    /// Who has not: the checker by itself, or whoever sees that nobody is asked any more.
    Another(SiteId, OutboxId),
}

/// The comment of a question and what was noted of it.
struct Question {
    site: SiteId,
    comment: Option<CommentId>,
    noted: Noted,
}

impl Question {
    fn read(site: SiteId, comment: Option<CommentId>, payload: &str) -> Result<Self> {
        let noted = serde_json::from_str(payload)
            .map_err(|error| Error::Broken(format!("a check's payload: {error}")))?;
        Ok(Self {
            site,
            comment,
            noted,
        })
    }

    /// An error where there is no such question.
    fn find(db: &mut Db, site: SiteId, id: OutboxId) -> Result<Self> {
        let query = of_checks(site)
            .filter(rows::id.eq(id))
            .select((rows::comment_id, rows::payload));
        let (comment, payload): (Option<CommentId>, String) = each!(db, |c| query.first(c))?;
        Self::read(site, comment, &payload)
    }

    /// The comment, where it still has the text that was asked about.
    fn about(&self, db: &mut Db) -> Result<Option<Comment>> {
        let found = on_site(db, self.site, self.comment.as_slice())?.pop();
        Ok(found.filter(|comment| edited(comment) == self.noted.edited))
    }

    /// The same, where it waits: whatever was decided and undone in between.
    fn waiting(&self, db: &mut Db) -> Result<Option<Comment>> {
        let found = self.about(db)?;
        Ok(found.filter(|comment| comment.status == Status::Pending))
    }

    fn subject(&self, db: &mut Db) -> Result<Option<CheckSubject>> {
        let Some(found) = self.waiting(db)? else {
            return Ok(None);
        };
        let card = cards::dress(db, vec![found])?.pop();
        Ok(card.map(|card| CheckSubject {
            comment: card.comment,
            article: card.article,
        }))
    }

    /// Leaves a comment that was decided as it is, but tells of its text no longer that an answer is to come. Another text has a question of
    /// its own.
    fn let_be(&self, db: &mut Db) -> Result<()> {
        let Some(comment) = self.about(db)? else {
            return Ok(());
        };
        let (from, to) = (CheckerRule::WAITING, CheckerRule::ABSENT);
        evidence::rename(db, (comment.site, comment.id), from, to)
    }
}

#[diesel::dsl::auto_type]
fn of_checks(site: SiteId) -> _ {
    let check: &'static str = "check";
    rows::table
        .filter(rows::site_id.eq(site))
        .filter(rows::kind.eq(check))
}

/// Ends the question; false where somebody else has.
fn end(db: &mut Db, by: &CheckedBy, now: Instant) -> Result<bool> {
    match by {
        CheckedBy::Asker(row, attempt) => outbox::finish(db, row, attempt, now),
        CheckedBy::Another(site, id) => {
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

/// What is seen in a comment as it stands.
fn seen_in(db: &mut Db, comment: &Comment) -> Result<Vec<Evidence>> {
    let revisions = HashMap::from([(comment.id, comment.revision)]);
    let seen = evidence::of_comments(db, comment.site, &revisions)?.remove(&comment.id);
    Ok(seen.unwrap_or_default())
}

/// Weighs what is said beside what is seen in the comment now, not as it was when it was asked about: nothing is written over unseen.
fn put(
    db: &mut Db,
    by: &CheckedBy,
    weigh: &impl Fn(&[Evidence], Lane) -> Checked,
    now: Instant,
) -> Result<bool> {
    let question = match by {
        CheckedBy::Asker(row, _) => Question::read(row.site_id, row.comment_id, &row.payload)?,
        CheckedBy::Another(site, id) => Question::find(db, *site, *id)?,
    };
    if !end(db, by, now)? {
        return Ok(false);
    }
    let Some(comment) = question.waiting(db)? else {
        return question.let_be(db).map(|()| false);
    };
    let checked = weigh(&seen_in(db, &comment)?, question.noted.lane);
    let target = comments::table
        .filter(comments::site_id.eq(comment.site))
        .filter(comments::id.eq(comment.id))
        .filter(comments::revision.eq(comment.revision));
    let change = (
        comments::lane.eq(checked.lane),
        comments::score.eq(checked.score),
    );
    if each!(db, |c| diesel::update(target).set(change).execute(c))? != 1 {
        // Decided or rewritten at this moment: the next look finds which.
        return Err(Error::Contended);
    }
    evidence::replace(db, &comment, &checked.evidence)?;
    tell(db, &comment, &checked, now)?;
    Ok(true)
}

/// Open pages are told, and moderators of what must not wait.
fn tell(db: &mut Db, comment: &Comment, checked: &Checked, now: Instant) -> Result<()> {
    let labels = checked.labels();
    let kind = if labels.is_empty() { PASSED } else { CHECKED };
    let actor = Actor::Rule(CheckerRule::ITSELF.to_owned());
    let detail =
        serde_json::json!({ "lane": checked.lane, "score": checked.score, "labels": labels });
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
    outbox::insert(db, alert.into_iter())
}

impl Store {
    /// The comment of a claimed question; nothing where it is not to be asked any more.
    pub async fn check_subject(&self, row: Claimed) -> Result<Option<CheckSubject>> {
        self.read(move |db| Question::read(row.site_id, row.comment_id, &row.payload)?.subject(db))
            .await
    }

    /// The comment of a question that is answered late; nothing where it is not to be asked any more. An error where there is no such question.
    pub async fn late_subject(&self, site: SiteId, id: OutboxId) -> Result<Option<CheckSubject>> {
        self.read(move |db| {
            let query = of_checks(site).filter(rows::id.eq(id)).select((
                rows::comment_id,
                rows::payload,
                rows::state,
            ));
            let (comment, payload, state): (Option<CommentId>, String, String) =
                each!(db, |c| query.first(c))?;
            if state == OutboxState::Done.as_str() {
                return Ok(None);
            }
            Question::read(site, comment, &payload)?.subject(db)
        })
        .await
    }

    /// The site's questions of before then without an answer, waited for or given up.
    pub async fn open_checks(
        &self,
        site: SiteId,
        before: Instant,
        limit: i64,
    ) -> Result<Vec<OutboxId>> {
        self.read(move |db| {
            let open = [OutboxState::Ready, OutboxState::Dead].map(OutboxState::as_str);
            let query = of_checks(site)
                .filter(rows::state.eq_any(open))
                .filter(rows::created_at.lt(before))
                .limit(limit)
                .select(rows::id);
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }

    /// Gives up a question whose comment was decided or rewritten meanwhile. Where that was undone at this moment, it is due again.
    pub async fn drop_check(&self, row: Claimed, now: Instant) -> Result<()> {
        self.write(move |db| {
            let question = Question::read(row.site_id, row.comment_id, &row.payload)?;
            if question.waiting(db)?.is_some() {
                return outbox::finish(db, &row, &Attempt::Postponed(now), now).map(drop);
            }
            if outbox::finish(db, &row, &Attempt::Done, now)? {
                question.let_be(db)?;
            }
            Ok(())
        })
        .await
    }

    /// Gives a comment what `weigh` makes of what was seen in it and of the lane in which it waits without an answer. False where somebody else
    /// has ended the question, or the comment is not to be asked about any more.
    pub async fn put_check(
        &self,
        by: CheckedBy,
        weigh: impl Fn(&[Evidence], Lane) -> Checked + Send + 'static,
        now: Instant,
    ) -> Result<bool> {
        self.write(move |db| put(db, &by, &weigh, now)).await
    }
}

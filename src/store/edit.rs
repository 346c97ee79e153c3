//! A reader's edit: another text of the same comment, which waits anew. What it said before stands in the event.

use std::borrow::Cow;

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::articles;
use super::by_model::{self, ByModel};
use super::cards::on_site;
use super::db::{Db, each};
use super::decision_rows::{self, Settling, settler};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::evidence;
use super::outbox::{self, NewOutbox};
use super::reports;
use super::schema::comments;
use crate::domain::{
    Action, Actor, BanId, Comment, CommentId, EventId, Instant, OutboxId, RuleAction, SiteId,
    Status, Verdict,
};
use crate::queue;

/// A text that was checked and judged.
#[derive(Debug, Clone)]
pub struct NewEdit {
    /// The site.
    pub site: SiteId,
    /// Which comment.
    pub comment: CommentId,
    /// The revision that the reader saw, where they say.
    pub seen: Option<i32>,
    /// The text.
    pub body: String,
    /// Its fingerprint.
    pub fingerprint: Option<i64>,
    /// What the rules saw in it.
    pub verdict: Verdict,
    /// The ban that settled it, where one did.
    pub ban: Option<BanId>,
    /// What the site's model does with it where it waits for nobody but a person.
    pub by_model: Option<ByModel>,
    /// Whether an external checker is asked about it, where it waits.
    pub is_checked: bool,
    /// Only what arrived since may still be edited.
    pub since: Instant,
    /// When.
    pub at: Instant,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// It has the new text and stands there.
    Done(Status),
    /// It had that text already.
    Same,
    /// The time in which it may be edited is over.
    Over,
    /// It was not published, or taken back: there is nothing to edit any more.
    Settled,
    /// It is no longer at the revision that was seen.
    Changed,
    /// No such comment.
    Missing,
}

fn edit(db: &mut Db, new: &NewEdit) -> Result<Edited> {
    let Some(old) = on_site(db, new.site, &[new.comment])?.pop() else {
        return Ok(Edited::Missing);
    };
    if queue::decide(old.status, Action::Edit, &Actor::Reader).is_err() {
        return Ok(Edited::Settled);
    }
    if old.body == new.body {
        return Ok(Edited::Same);
    }
    if old.created_at < new.since {
        return Ok(Edited::Over);
    }
    if new.seen.is_some_and(|seen| seen != old.revision) {
        return Ok(Edited::Changed);
    }
    let mut new = as_its_article_wants(db, &old, new)?.into_owned();
    let is_checked = new.is_checked && new.verdict.action == RuleAction::Hold;
    let by_rules = is_checked.then(|| new.verdict.wait_for_checker());
    if is_checked || !reports::are_open(db, old.site, &[old.id])?.is_empty() {
        new.by_model = None;
    }
    let new = &new;
    let edited = rewritten(&old, new);
    if !replace(db, &old, &edited, new.fingerprint)? {
        return match new.seen {
            Some(_) => Ok(Edited::Changed),
            // The reader saw no revision, so the next look finds what theirs is to take the place of.
            None => Err(Error::Contended),
        };
    }
    let before = evidence::replace(db, &edited, &new.verdict.evidence)?;
    decision_rows::insert_edit(db, &old, new.at)?;
    if edited.status != Status::Pending {
        let settled = Settling {
            comment: &edited,
            at: new.at,
            by: settler(new.verdict.settled_by.as_deref()),
            ban: new.ban,
        };
        decision_rows::insert_settled(db, std::iter::once(settled))?;
    }
    by_model::forget_sample(db, &edited)?;
    match &new.by_model {
        Some(by) if edited.status == Status::Pending => {
            by_model::note_samples(db, std::iter::once((&edited, by)))?;
        }
        Some(by) => by_model::tell(db, &edited, by, new.at)?,
        None => {}
    }
    let event = NewEvent::of_comment(
        EventId(Uuid::now_v7()),
        "comment.edited",
        &edited,
        &Actor::Reader,
        new.at,
    );
    let detail = serde_json::json!({
        "from": old.status, "to": edited.status, "lane": edited.lane, "score": edited.score,
        "before": { "body": old.body, "lane": old.lane, "score": old.score, "evidence": before },
    });
    events::insert(db, std::iter::once(event.with_detail(detail)))?;
    // The text before is asked about no more: it is not this comment's any longer.
    let check = by_rules.map(|lane| NewOutbox::check(&edited, lane, new.at));
    outbox::insert(db, check.into_iter())?;
    let waits_since = Comment {
        created_at: new.at,
        ..edited
    };
    let is_urgent = new.verdict.is_urgent();
    let notice = NewOutbox::notice(OutboxId(Uuid::now_v7()), &waits_since, is_urgent);
    outbox::insert(db, std::iter::once(notice))?;
    Ok(Edited::Done(waits_since.status))
}

/// Under an article whose comments all wait for a person, what a rule, a ban or the model would settle waits too.
fn as_its_article_wants<'a>(
    db: &mut Db,
    old: &Comment,
    new: &'a NewEdit,
) -> Result<Cow<'a, NewEdit>> {
    if new.verdict.action == RuleAction::Hold && new.by_model.is_none() {
        return Ok(Cow::Borrowed(new));
    }
    let found = articles::by_ids(db, old.site, &[old.article])?;
    if !found.values().any(|article| article.premoderate) {
        return Ok(Cow::Borrowed(new));
    }
    let mut new = new.clone();
    new.verdict.leave_to_a_person();
    (new.ban, new.by_model) = (None, None);
    Ok(Cow::Owned(new))
}

/// The comment as it is with its new text: it waits, unless a rule or the model settles it.
fn rewritten(old: &Comment, new: &NewEdit) -> Comment {
    let by_model = new.by_model.and_then(|by| by.moves(old));
    let status = by_model.unwrap_or(new.verdict.action.status());
    Comment {
        body: new.body.clone(),
        status,
        lane: new.verdict.lane,
        score: new.verdict.score,
        rules_version: new.verdict.rules_version.clone(),
        revision: old.revision + 1,
        edited_at: Some(new.at),
        decided_at: (status != Status::Pending).then_some(new.at),
        ..old.clone()
    }
}

/// False where somebody was faster.
fn replace(db: &mut Db, old: &Comment, edited: &Comment, fingerprint: Option<i64>) -> Result<bool> {
    let target = comments::table
        .filter(comments::site_id.eq(old.site))
        .filter(comments::id.eq(old.id))
        .filter(comments::revision.eq(old.revision));
    let change = (
        comments::body.eq(&edited.body),
        comments::fingerprint.eq(fingerprint),
        comments::status.eq(edited.status),
        comments::lane.eq(edited.lane),
        comments::score.eq(edited.score),
        comments::rules_version.eq(&edited.rules_version),
        comments::revision.eq(edited.revision),
        comments::edited_at.eq(edited.edited_at),
        comments::decided_at.eq(edited.decided_at),
    );
    Ok(each!(db, |c| diesel::update(target).set(change).execute(c))? == 1)
}

impl Store {
    /// Gives a comment another text, with its evidence, event and outbox row. Durable when it returns.
    pub async fn edit(&self, new: NewEdit) -> Result<Edited> {
        self.write(move |db| edit(db, &new)).await
    }
}

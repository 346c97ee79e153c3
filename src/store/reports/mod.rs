//! What readers report of published comments. A report changes nothing of its comment: it is written beside it, and a row of
//! [`reported`](crate::store::schema::reported) says whether a comment has open ones. Moderators' decisions settle them
//! ([`settle`]), cards show them ([`seen`]), and what tells their senders apart is removed in time ([`sweep`]).
//!
//! Whoever writes reports of a comment, or settles them, keeps its row locked: what is open is told alike by both tables.

mod seen;
mod settle;
mod sweep;

use std::time::Duration;

use diesel::prelude::*;
use uuid::Uuid;

use super::cards::on_site;
use super::db::{Db, each};
use super::decisions::lock;
use super::error::Result;
use super::events::{self, NewEvent};
use super::outbox::{self, NewOutbox};
use super::schema::reports;
use super::types::{first_at, moment_of};
use super::{Store, articles};
use crate::domain::{
    Actor, Article, BatchId, Comment, CommentId, EventId, Instant, OutboxId, ReportId,
    ReportOutcome, ReportReason, SiteId, Status,
};

pub(super) use seen::{are_open, of_comments};
pub(super) use settle::{reopen, settle};

/// The time for which a repeat has no effect.
const DAY: Duration = Duration::from_secs(24 * 3600);
/// The time that limits are about.
const HOUR: Duration = Duration::from_secs(3600);

/// How many reports are taken within an hour; and as many urgent ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportLimits {
    /// From one address; none where the address is not known.
    pub from_one: Option<i64>,
    /// On the whole site.
    pub on_site: i64,
}

/// A report to be taken.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// The site.
    pub site: SiteId,
    /// Which comment.
    pub comment: CommentId,
    /// Identifies the report.
    pub id: ReportId,
    /// Why.
    pub reason: ReportReason,
    /// What the reader adds.
    pub note: Option<String>,
    /// A keyed hash of the address that it comes from.
    pub reporter: i64,
    /// How many are taken.
    pub limits: ReportLimits,
    /// When.
    pub at: Instant,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// It is open now.
    Done,
    /// The same address reported that comment within the day, or before a moderator kept it: nothing was changed.
    Repeated,
    /// As many were taken as are; there is room again from then on.
    TooMany(Instant),
    /// No such comment is public.
    Missing,
}

#[derive(Insertable)]
#[diesel(table_name = reports, treat_none_as_default_value = false)]
struct NewRow {
    site_id: SiteId,
    id: ReportId,
    comment_id: CommentId,
    reason: ReportReason,
    note: Option<String>,
    reporter: Option<i64>,
    outcome: Option<ReportOutcome>,
    batch_id: Option<BatchId>,
}

fn report(db: &mut Db, new: &NewReport) -> Result<Reported> {
    lock(db, new.site, &[new.comment])?;
    let Some((comment, _)) = public_one(db, new.site, new.comment)? else {
        return Ok(Reported::Missing);
    };
    if is_repeat(db, new)? {
        return Ok(Reported::Repeated);
    }
    if let Some(until) = full_until(db, new)? {
        return Ok(Reported::TooMany(until));
    }
    let alarms = new.reason.is_urgent() && !has_open_urgent(db, new)?;
    let row = NewRow {
        site_id: new.site,
        id: new.id,
        comment_id: new.comment,
        reason: new.reason,
        note: new.note.clone(),
        reporter: Some(new.reporter),
        outcome: None,
        batch_id: None,
    };
    each!(db, |c| diesel::insert_into(reports::table)
        .values(&row)
        .execute(c))?;
    let is_first = settle::open(db, new.site, new.comment, new.id)?;
    let event = NewEvent::of_comment(
        EventId(Uuid::now_v7()),
        "comment.reported",
        &comment,
        &Actor::Stranger,
        new.at,
    );
    let detail = serde_json::json!({ "reason": new.reason });
    events::insert(db, std::iter::once(event.with_detail(detail)))?;
    // Moderators hear of a comment once, and once more where it becomes urgent, however many report it.
    if alarms || is_first {
        let id = OutboxId(Uuid::now_v7());
        let notice = NewOutbox::of_report(id, &comment, alarms, new.at);
        outbox::insert(db, std::iter::once(notice))?;
    }
    Ok(Reported::Done)
}

/// The comment with its article, where it is public.
fn public_one(db: &mut Db, site: SiteId, id: CommentId) -> Result<Option<(Comment, Article)>> {
    let found = on_site(db, site, &[id])?.pop();
    let is_public =
        |comment: &Comment| comment.status == Status::Approved && comment.source.is_none();
    let Some(comment) = found.filter(is_public) else {
        return Ok(None);
    };
    let article = articles::by_ids(db, site, &[comment.article])?.remove(&comment.article);
    let article = article.filter(Article::is_public);
    Ok(article.map(|article| (comment, article)))
}

/// Whether a report from there would say nothing new: that address has reported the comment within the day, or reported it
/// when a moderator kept it.
fn is_repeat(db: &mut Db, new: &NewReport) -> Result<bool> {
    let day = ReportId(first_at(new.at.before(DAY)));
    let kept = ReportOutcome::Kept;
    let query = reports::table
        .filter(reports::site_id.eq(new.site))
        .filter(reports::reporter.eq(new.reporter))
        .filter(reports::comment_id.eq(new.comment))
        .filter(reports::id.ge(day).or(reports::outcome.eq(kept)))
        .select(reports::id);
    let found: Option<ReportId> = each!(db, |c| query.first(c).optional())?;
    Ok(found.is_some())
}

/// Until when no more is taken, where as many were within the hour as are. What is urgent is counted by itself, so that a flood of
/// the rest does not keep it out.
fn full_until(db: &mut Db, new: &NewReport) -> Result<Option<Instant>> {
    let hour = ReportId(first_at(new.at.before(HOUR)));
    let is_urgent = new.reason.is_urgent();
    let alike = ReportReason::ALL.iter().copied();
    let alike: Vec<_> = alike.filter(|one| one.is_urgent() == is_urgent).collect();
    let here = reports::table
        .filter(reports::site_id.eq(new.site))
        .filter(reports::id.ge(hour))
        .filter(reports::reason.eq_any(&alike))
        .order(reports::id.desc())
        .select(reports::id);
    let mut last: Option<ReportId> = None;
    if let Some(most) = new.limits.from_one {
        let theirs = here
            .clone()
            .filter(reports::reporter.eq(new.reporter))
            .offset(most - 1);
        last = each!(db, |c| theirs.first(c).optional())?;
    }
    if last.is_none() {
        let all = here.offset(new.limits.on_site - 1);
        last = each!(db, |c| all.first(c).optional())?;
    }
    Ok(last.map(|ReportId(id)| moment_of(id).after(HOUR)))
}

fn has_open_urgent(db: &mut Db, new: &NewReport) -> Result<bool> {
    let query = reports::table
        .filter(reports::site_id.eq(new.site))
        .filter(reports::comment_id.eq(new.comment))
        .filter(reports::outcome.is_null())
        .filter(reports::reason.eq_any(ReportReason::URGENT))
        .select(reports::id);
    let found: Option<ReportId> = each!(db, |c| query.first(c).optional())?;
    Ok(found.is_some())
}

impl Store {
    /// Takes a report of a public comment, unless it says nothing new or is one too many. Durable when it returns.
    pub async fn report(&self, new: NewReport) -> Result<Reported> {
        self.write(move |db| report(db, &new)).await
    }

    /// A comment that is public, with its article: what somebody is about to report.
    pub async fn reportable(
        &self,
        site: SiteId,
        id: CommentId,
    ) -> Result<Option<(Comment, Article)>> {
        self.read(move |db| public_one(db, site, id)).await
    }
}

//! What came by the Akismet protocol: taken in once however often it is checked, and decided on by what people say of it where it came
//! from.

use std::time::Duration;

use diesel::prelude::*;

use super::db::{Db, each};
use super::decisions::{self, NewDecision};
use super::error::{Error, Result};
use super::ingest::{self, Ingested, NewComment};
use super::outbox::{self, Attempt, Claimed, NewOutbox};
use super::schema::{akismet_checks, comments};
use super::types::{first_at, moment_of};
use super::{Scope, Store};
use crate::domain::{
    Action, Actor, Again, BatchId, ClientReport, Comment, CommentId, Earlier, Instant, SiteId,
    Status, same_as,
};

/// A check, with the comment that it brings unless that is there already.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// The comment.
    pub comment: NewComment,
    /// A hash of what it says.
    pub mark: [u8; 16],
    /// Which of those that say the same it is, if one.
    pub again: Again,
    /// Where its sender hears of a decision.
    pub callback: Option<String>,
    /// What its sender calls the page.
    pub post: Option<String>,
}

/// What became of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckTaken {
    /// The comment.
    pub id: CommentId,
    /// Where it stands.
    pub status: Status,
    /// Whether it was stored now.
    pub is_new: bool,
    /// Whether its sender is told of a decision.
    pub is_called_back: bool,
}

/// What people said of a comment where it came from.
#[derive(Debug, Clone)]
pub struct NewClientReport {
    /// The comment as they send it, to be stored where it is not there.
    pub check: NewCheck,
    /// What they were told that it is called.
    pub named: Option<CommentId>,
    /// What they said.
    pub report: ClientReport,
    /// Identifies the decision.
    pub batch: BatchId,
    /// When.
    pub at: Instant,
}

/// What came of a site within some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AkismetUsage {
    /// Answered as spam.
    pub spam: i64,
    /// Answered as none.
    pub ham: i64,
    /// Of the latter, such as people took for spam.
    pub missed_spam: i64,
    /// Of the former, such as people took for none.
    pub false_positives: i64,
}

/// What is to be told to where a comment came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientVerdict {
    /// The comment.
    pub comment: CommentId,
    /// Where they hear of it.
    pub callback: String,
    /// How they call the page.
    pub post: Option<String>,
    /// Whether it is not to be published.
    pub is_spam: bool,
}

/// As long as somebody may undo a decision before it is told.
const IN_TIME: Duration = Duration::from_secs(10);

#[derive(Insertable)]
#[diesel(table_name = akismet_checks, treat_none_as_default_value = false)]
struct CheckRow<'a> {
    site_id: SiteId,
    comment_id: CommentId,
    mark: &'a [u8],
    turn: i32,
    written_at: Option<Instant>,
    is_spam: bool,
    callback: Option<String>,
    post: Option<String>,
}

/// The comments that say the same.
fn of_mark(db: &mut Db, site: SiteId, mark: &[u8; 16]) -> Result<Vec<Earlier>> {
    let query = akismet_checks::table
        .filter(akismet_checks::site_id.eq(site))
        .filter(akismet_checks::mark.eq(mark.as_slice()))
        .order(akismet_checks::turn)
        .select((akismet_checks::comment_id, akismet_checks::written_at));
    let rows: Vec<(CommentId, Option<Instant>)> = each!(db, |c| query.load(c))?;
    let earlier = rows.into_iter().map(|(comment, written)| Earlier {
        comment,
        arrived: moment_of(comment.0),
        written,
    });
    Ok(earlier.collect())
}

/// A comment as it stands, where it came this way.
fn standing(db: &mut Db, site: SiteId, id: CommentId) -> Result<Option<CheckTaken>> {
    let check = akismet_checks::table
        .filter(akismet_checks::site_id.eq(site))
        .filter(akismet_checks::comment_id.eq(id))
        .select(akismet_checks::callback.is_not_null());
    let check: Option<bool> = each!(db, |c| check.first(c).optional())?;
    let Some(is_called_back) = check else {
        return Ok(None);
    };
    let status = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq(id))
        .select(comments::status);
    let status: Option<Status> = each!(db, |c| status.first(c).optional())?;
    Ok(status.map(|status| CheckTaken {
        id,
        status,
        is_new: false,
        is_called_back,
    }))
}

fn take(db: &mut Db, new: &NewCheck) -> Result<CheckTaken> {
    let site = new.comment.comment.site;
    let earlier = of_mark(db, site, &new.mark)?;
    if let Some(id) = same_as(&earlier, &new.again)
        && let Some(taken) = standing(db, site, id)?
    {
        return Ok(taken);
    }
    let ingested = ingest::ingest(db, &[&new.comment])?.pop();
    let Some(Ingested::Stored { id, status }) = ingested else {
        return Err(Error::Broken(format!(
            "a check was not stored: {ingested:?}"
        )));
    };
    let row = CheckRow {
        site_id: site,
        comment_id: id,
        mark: &new.mark,
        turn: i32::try_from(earlier.len()).unwrap_or(i32::MAX),
        written_at: new.again.written,
        is_spam: is_spam(status),
        callback: new.callback.clone(),
        post: new.post.clone(),
    };
    let written = each!(db, |c| diesel::insert_into(akismet_checks::table)
        .values(&row)
        .execute(c));
    match written.map_err(Error::from) {
        Ok(_) => Ok(CheckTaken {
            id,
            status,
            is_new: true,
            is_called_back: new.callback.is_some(),
        }),
        // Another writer has just brought the same: the next look finds it.
        Err(Error::Conflict(_)) => Err(Error::Contended),
        Err(error) => Err(error),
    }
}

const fn is_spam(status: Status) -> bool {
    !matches!(status, Status::Pending | Status::Approved)
}

fn report(db: &mut Db, new: &NewClientReport) -> Result<CheckTaken> {
    let site = new.check.comment.comment.site;
    // Only what came this way: who knows a comment of our own readers has no say in it.
    let named = match new.named {
        Some(id) => standing(db, site, id)?,
        None => None,
    };
    let taken = match named {
        Some(taken) => taken,
        None => take(db, &new.check)?,
    };
    let decision = NewDecision {
        batch: new.batch,
        action: match new.report {
            ClientReport::Spam => Action::Spam,
            ClientReport::Ham => Action::Approve,
        },
        comments: vec![(taken.id, None)],
        reason: None,
        note: None,
        actor: Actor::Client,
        at: new.at,
        tell_at: new.at,
    };
    // Where it stands there already, or its text is gone, there is nothing to decide.
    decisions::decide(db, &Scope::of([site]), &decision)?;
    let target = akismet_checks::table
        .filter(akismet_checks::site_id.eq(site))
        .filter(akismet_checks::comment_id.eq(taken.id));
    // They know where it stands, since they say so.
    let change = (
        akismet_checks::reported.eq(new.report.as_str()),
        akismet_checks::told.eq(new.report == ClientReport::Spam),
    );
    each!(db, |c| diesel::update(target).set(change).execute(c))?;
    Ok(taken)
}

/// Has it told where a comment came from that somebody here has moved it, if it came so and anybody hears it there.
pub(super) fn call_back(
    db: &mut Db,
    comment: &Comment,
    actor: &Actor,
    (at, tell_at): (Instant, Instant),
) -> Result<()> {
    if comment.source.is_none() || !matches!(actor, Actor::Moderator { .. }) {
        return Ok(());
    }
    let query = akismet_checks::table
        .filter(akismet_checks::site_id.eq(comment.site))
        .filter(akismet_checks::comment_id.eq(comment.id))
        .filter(akismet_checks::callback.is_not_null())
        .select(akismet_checks::comment_id);
    let found: Option<CommentId> = each!(db, |c| query.first(c).optional())?;
    if found.is_none() {
        return Ok(());
    }
    let row = NewOutbox::callback(comment, at, tell_at.min(at.after(IN_TIME)));
    outbox::insert(db, std::iter::once(row))
}

/// What they are to be told of a comment that stands there, after what they were told last: nothing new, or whether it is spam. The
/// protocol has no word for what waits again; what was to be published by our word is taken down by it.
fn to_tell(status: Status, told: Option<bool>) -> Option<bool> {
    let is_spam = match status {
        Status::Approved => false,
        Status::Rejected | Status::Spam => true,
        Status::Pending | Status::Withdrawn | Status::Erased if told == Some(false) => true,
        Status::Pending | Status::Withdrawn | Status::Erased => return None,
    };
    (told != Some(is_spam)).then_some(is_spam)
}

/// Where they hear of a decision, how they call the page, and what they were told last.
type CallbackRow = (Option<String>, Option<String>, Option<bool>);

fn verdict_to_tell(db: &mut Db, site: SiteId, id: CommentId) -> Result<Option<ClientVerdict>> {
    let check = akismet_checks::table
        .filter(akismet_checks::site_id.eq(site))
        .filter(akismet_checks::comment_id.eq(id))
        .select((
            akismet_checks::callback,
            akismet_checks::post,
            akismet_checks::told,
        ));
    let check: Option<CallbackRow> = each!(db, |c| check.first(c).optional())?;
    let Some((Some(callback), post, told)) = check else {
        return Ok(None);
    };
    let status = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq(id))
        .select(comments::status);
    let status: Option<Status> = each!(db, |c| status.first(c).optional())?;
    let is_spam = status.and_then(|status| to_tell(status, told));
    Ok(is_spam.map(|is_spam| ClientVerdict {
        comment: id,
        callback,
        post,
        is_spam,
    }))
}

fn usage(db: &mut Db, site: SiteId, from: Instant, to: Instant) -> Result<AkismetUsage> {
    let query = akismet_checks::table
        .filter(akismet_checks::site_id.eq(site))
        .filter(akismet_checks::comment_id.ge(CommentId(first_at(from))))
        .filter(akismet_checks::comment_id.lt(CommentId(first_at(to))))
        .group_by((akismet_checks::is_spam, akismet_checks::reported))
        .select((
            akismet_checks::is_spam,
            akismet_checks::reported,
            diesel::dsl::count_star(),
        ));
    let rows: Vec<(bool, Option<String>, i64)> = each!(db, |c| query.load(c))?;
    let mut usage = AkismetUsage::default();
    for (is_spam, reported, count) in rows {
        let reported = reported.as_deref();
        if is_spam {
            usage.spam += count;
            if reported == Some(ClientReport::Ham.as_str()) {
                usage.false_positives += count;
            }
        } else {
            usage.ham += count;
            if reported == Some(ClientReport::Spam.as_str()) {
                usage.missed_spam += count;
            }
        }
    }
    Ok(usage)
}

impl Store {
    /// Takes a check in, through the group commit. Durable when it returns; a check that is sent again finds its comment.
    pub async fn take_check(&self, new: NewCheck) -> Result<CheckTaken> {
        self.write(move |db| take(db, &new)).await
    }

    /// Decides on a comment as people have where it came from; one that is not there is stored first.
    pub async fn report_by_client(&self, new: NewClientReport) -> Result<CheckTaken> {
        self.write(move |db| report(db, &new)).await
    }

    /// What is to be told of a comment where it came from, as it stands now; nothing where they know.
    pub async fn verdict_to_tell(
        &self,
        site: SiteId,
        comment: CommentId,
    ) -> Result<Option<ClientVerdict>> {
        self.read(move |db| verdict_to_tell(db, site, comment))
            .await
    }

    /// Records that they were told, and that this was what the row was for.
    pub async fn told_client(
        &self,
        row: Claimed,
        comment: CommentId,
        is_spam: bool,
        now: Instant,
    ) -> Result<()> {
        self.write(move |db| {
            let target = akismet_checks::table
                .filter(akismet_checks::site_id.eq(row.site_id))
                .filter(akismet_checks::comment_id.eq(comment));
            let change = akismet_checks::told.eq(is_spam);
            each!(db, |c| diesel::update(target).set(change).execute(c))?;
            outbox::finish(db, &row, &Attempt::Done, now)
        })
        .await
    }

    /// What came of a site from one moment on and before another.
    pub async fn akismet_usage(
        &self,
        site: SiteId,
        from: Instant,
        to: Instant,
    ) -> Result<AkismetUsage> {
        self.read(move |db| usage(db, site, from, to)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_told_what_they_do_not_know_and_nothing_of_what_waits() {
        use Status::{Approved, Erased, Pending, Rejected, Spam, Withdrawn};
        for (status, told, expected) in [
            (Approved, None, Some(false)),
            (Approved, Some(false), None),
            (Approved, Some(true), Some(false)),
            (Rejected, None, Some(true)),
            (Spam, Some(false), Some(true)),
            (Spam, Some(true), None),
            (Pending, None, None),
            (Pending, Some(true), None),
            // What was undone after it was told is taken down.
            (Pending, Some(false), Some(true)),
            (Withdrawn, Some(false), Some(true)),
            (Erased, None, None),
        ] {
            assert_eq!(to_tell(status, told), expected, "{status} {told:?}");
        }
    }
}

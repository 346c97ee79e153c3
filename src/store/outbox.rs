//! What must still be sent. A row is claimed for a while by moving its due time ahead and counting its lease up; whoever
//! finishes it must hold that lease. A worker that dies loses nothing: the row is due again when its time comes.
//!
//! A `notice` says that a comment waits, an `alert` that one must not. Both are told to each moderator in a `mail` of their own (see
//! `telling`), which is sent and repeated by itself.

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::Duration;

use diesel::prelude::*;
use uuid::Uuid;

use super::checks::Noted;
use super::db::{Db, each};
use super::error::Result;
use super::schema::outbox;
use super::{Store, bulk};
use crate::domain::{Comment, CommentId, Instant, Lane, OutboxId, SiteId, Status, words};

/// How long after a worker's last sign of life another may send a mail.
pub const MAIL_LEASE: Duration = Duration::from_secs(60);

/// As far as claims reach that somebody may have made by now, by a clock that may be a lease ahead of ours. What is due by then may be on
/// its way.
pub(super) fn claims_reach(now: Instant) -> Instant {
    now.after(2 * MAIL_LEASE)
}

/// Whether somebody is at a mail: a claim ends so long after it was made, whoever's clock that is by.
pub(super) fn is_claimed(run_at: Instant, tried_at: Option<Instant>) -> bool {
    tried_at.is_some_and(|at| at.after(MAIL_LEASE) == run_at)
}

/// As the order of a mail says that it tells of something urgent: that it is for that, or which of its comments are.
const URGENT: [&str; 2] = ["%\"purpose\":\"urgent\"%", "%\"urgent\":[\"%"];

words! {
    /// What is to be done with a row.
    OutboxKind {
        /// Tell the moderators that a comment waits.
        Notice = "notice",
        /// Tell the moderators of something urgent.
        Alert = "alert",
        /// Send one mail.
        Mail = "mail",
        /// Tell the newspaper's own system what was decided on a comment that it brought.
        Callback = "callback",
        /// Ask the site's external checker about a comment.
        Check = "check",
    }
}

impl OutboxKind {
    const fn of_notice(is_urgent: bool) -> Self {
        if is_urgent { Self::Alert } else { Self::Notice }
    }
}

words! {
    /// Where a row stands.
    OutboxState {
        /// Waits for its time.
        Ready = "ready",
        /// Sent, or nothing was left to send.
        Done = "done",
        /// Given up; kept until somebody sends it again.
        Dead = "dead",
    }
}

words! {
    /// What stood in the way of a mail, where that was neither the mail itself nor whom it is for.
    Obstacle {
        /// The mail server: it was away, or would have none of our mails.
        Server = "server",
        /// It passes nothing on to that address for us; others may go elsewhere.
        Relaying = "relaying",
    }
}

/// As an order says that its mail is for a reader: it names their mailbox.
pub(super) const TO_READER: &str = "%\"mailbox\":%";

/// A row to be written.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub struct NewOutbox {
    site_id: SiteId,
    id: OutboxId,
    kind: &'static str,
    comment_id: Option<CommentId>,
    payload: Cow<'static, str>,
    state: &'static str,
    attempts: i32,
    run_at: Instant,
    lease: i64,
    last_error: Option<String>,
    created_at: Instant,
    done_at: Option<Instant>,
}

bulk::row! { NewOutbox => outbox:
    site_id, id, kind, comment_id, payload, state, attempts, run_at, lease, last_error, created_at, done_at
}

impl NewOutbox {
    /// Its row.
    #[must_use]
    pub const fn id(&self) -> OutboxId {
        self.id
    }

    /// The notice of a comment that arrived; done at once where a rule settled it, since nobody is mailed about that.
    pub(super) fn notice(id: OutboxId, comment: &Comment, is_urgent: bool) -> Self {
        let waits = comment.status == Status::Pending;
        let state = if waits {
            OutboxState::Ready
        } else {
            OutboxState::Done
        };
        Self {
            comment_id: Some(comment.id),
            state: state.as_str(),
            done_at: (!waits).then_some(comment.created_at),
            ..Self::new(
                comment.site,
                id,
                OutboxKind::of_notice(is_urgent),
                Cow::Borrowed("{}"),
                comment.created_at,
            )
        }
    }

    /// That something urgent waits again.
    pub(super) fn alert(id: OutboxId, comment: &Comment, at: Instant) -> Self {
        Self::of_report(id, comment, true, at)
    }

    /// That a published comment was reported; the moderators are told with the next that waits, or at once.
    pub(super) fn of_report(id: OutboxId, comment: &Comment, is_urgent: bool, at: Instant) -> Self {
        let kind = OutboxKind::of_notice(is_urgent);
        Self {
            comment_id: Some(comment.id),
            ..Self::new(comment.site, id, kind, Cow::Borrowed("{}"), at)
        }
    }

    /// A mail that is due at once.
    #[must_use]
    pub fn mail(site: SiteId, payload: &serde_json::Value, at: Instant) -> Self {
        Self::new(
            site,
            OutboxId(Uuid::now_v7()),
            OutboxKind::Mail,
            Cow::Owned(payload.to_string()),
            at,
        )
    }

    /// A mail written `at` that is due at `run_at`.
    pub(super) fn mail_later(
        site: SiteId,
        payload: &serde_json::Value,
        at: Instant,
        run_at: Instant,
    ) -> Self {
        Self {
            run_at,
            ..Self::mail(site, payload, at)
        }
    }

    /// That a decision is to be told to where the comment came from.
    pub(super) fn callback(comment: &Comment, at: Instant, run_at: Instant) -> Self {
        let id = OutboxId(Uuid::now_v7());
        let payload = Cow::Borrowed("{}");
        Self {
            comment_id: Some(comment.id),
            run_at,
            ..Self::new(comment.site, id, OutboxKind::Callback, payload, at)
        }
    }

    /// That the external checker is to be asked about the text as it is; where the comment waits without that.
    pub(super) fn check(comment: &Comment, by_rules: Lane, at: Instant) -> Self {
        let noted = Noted::of(comment, by_rules);
        let payload = serde_json::to_string(&noted).expect("our own type is JSON");
        let id = OutboxId(Uuid::now_v7());
        Self {
            comment_id: Some(comment.id),
            ..Self::new(comment.site, id, OutboxKind::Check, Cow::Owned(payload), at)
        }
    }

    /// The same under another name.
    pub(super) fn named(self, id: OutboxId) -> Self {
        Self { id, ..self }
    }

    fn new(
        site: SiteId,
        id: OutboxId,
        kind: OutboxKind,
        payload: Cow<'static, str>,
        at: Instant,
    ) -> Self {
        Self {
            site_id: site,
            id,
            kind: kind.as_str(),
            comment_id: None,
            payload,
            state: OutboxState::Ready.as_str(),
            attempts: 0,
            run_at: at,
            lease: 0,
            last_error: None,
            created_at: at,
            done_at: None,
        }
    }
}

/// A claimed row. `lease` proves the claim.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = outbox)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Claimed {
    /// The site it belongs to.
    pub site_id: SiteId,
    /// Which row; the same on each attempt.
    pub id: OutboxId,
    /// The comment a notice is about.
    pub comment_id: Option<CommentId>,
    /// What to send, as JSON.
    pub payload: String,
    /// The number of this attempt, from 1.
    pub attempts: i32,
    /// Counts the claims.
    pub lease: i64,
    /// What the last failure said.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Instant,
    /// What stood in the way of the last attempt.
    pub(super) obstacle: Option<String>,
    /// When that was.
    pub(super) tried_at: Option<Instant>,
    /// Whether an attempt before this one may have brought it.
    pub may_have_arrived: bool,
}

impl Claimed {
    /// What stood in the way of the last attempt, where that was neither the mail nor whom it is for.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        self.obstacle.as_deref()?.parse().ok()
    }

    /// Whether a person had it sent again after it was given up, and this is the first attempt since; or none before came as far as a call.
    #[must_use]
    pub fn is_sent_again(&self) -> bool {
        self.attempts == 1 && self.last_error.is_some()
    }
}

/// Which of the rows that are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Each.
    All,
    /// The mails that tell a moderator of something urgent.
    Urgent,
    /// Those written before then, and those that a person has sent again.
    Pressing(Instant),
}

/// How an attempt ended.
#[derive(Debug, Clone)]
pub enum Attempt {
    /// Sent.
    Done,
    /// Not made, and done with: nothing was left to send.
    Needless,
    /// To be tried again at that time.
    Later(Instant, String),
    /// The same, where it may have arrived.
    Unsure(Instant, String),
    /// The same over what is neither the mail's fault nor that of whom it is for.
    Hindered(Hindrance),
    /// Not made, since whoever it is for wants no mail before that time, or is being told something else.
    Postponed(Instant),
    /// Not made, for that reason; to be looked at again at that time.
    Unmade(Instant, String),
    /// Given up.
    Dead(String),
    /// Given up without having been made this time; why.
    Dropped(String),
}

/// What a mail waits for.
#[derive(Debug, Clone)]
pub struct Hindrance {
    /// What stands in its way.
    pub by: Obstacle,
    /// When it is tried again, unless that is gone before.
    pub at: Instant,
    /// What was said.
    pub error: String,
    /// Whether an operator must mend something.
    pub is_ours: bool,
    /// Whether it was one of the attempts after which it is given up.
    pub counts: bool,
}

pub(super) fn insert(db: &mut Db, new: impl Iterator<Item = NewOutbox>) -> Result<()> {
    let rows: Vec<NewOutbox> = new.collect();
    bulk::insert!(db, outbox::table, rows);
    Ok(())
}

#[diesel::dsl::auto_type]
fn due(site: SiteId, kind: &'static str, now: Instant) -> _ {
    let ready: &'static str = "ready";
    outbox::site_id
        .eq(site)
        .and(outbox::kind.eq(kind))
        .and(outbox::state.eq(ready))
        .and(outbox::run_at.le(now))
}

/// The rows that are due, the longest first, and when each was tried.
fn find_due(
    db: &mut Db,
    (site, kind): (SiteId, OutboxKind),
    which: Due,
    now: Instant,
    limit: i64,
) -> Result<Vec<(OutboxId, Option<Instant>)>> {
    Ok(each!(db, |c| {
        let query = outbox::table
            .filter(due(site, kind.as_str(), now))
            .order(outbox::run_at)
            .limit(limit)
            .select((outbox::id, outbox::tried_at))
            .into_boxed();
        let query = match which {
            Due::All => query,
            Due::Urgent => {
                let [why, what] = URGENT.map(|named| outbox::payload.like(named));
                query.filter(why.or(what))
            }
            Due::Pressing(before) => {
                // See `Claimed::is_sent_again`.
                let again = outbox::attempts.eq(0).and(outbox::last_error.is_not_null());
                query.filter(outbox::created_at.le(before).or(again))
            }
        };
        query.load(c)
    })?)
}

fn claim(
    db: &mut Db,
    (site, kind): (SiteId, OutboxKind),
    which: Due,
    now: Instant,
    lease: Duration,
    limit: i64,
) -> Result<Vec<Claimed>> {
    let tried: HashMap<OutboxId, Option<Instant>> = find_due(db, (site, kind), which, now, limit)?
        .into_iter()
        .collect();
    let kind = kind.as_str();
    if tried.is_empty() {
        return Ok(Vec::new());
    }
    // Another replica may have claimed some of them since: what is due is looked at again by the update itself.
    let target = outbox::table
        .filter(due(site, kind, now))
        .filter(outbox::id.eq_any(tried.keys().copied().collect::<Vec<_>>()));
    let change = (
        outbox::attempts.eq(outbox::attempts + 1),
        outbox::lease.eq(outbox::lease + 1),
        outbox::run_at.eq(now.after(lease)),
        outbox::tried_at.eq(Some(now)),
    );
    let mut claimed: Vec<Claimed> = each!(db, |c| diesel::update(target)
        .set(change)
        .returning(Claimed::as_returning())
        .get_results(c))?;
    // This attempt is noted in the row by now.
    for row in &mut claimed {
        row.tried_at = tried.get(&row.id).copied().flatten();
    }
    claimed.sort_by_key(|row| row.id);
    Ok(claimed)
}

/// How often a claimed row was tried, once that attempt has ended.
fn attempts_after(row: &Claimed, attempt: &Attempt) -> i32 {
    match attempt {
        Attempt::Postponed(_) | Attempt::Unmade(..) | Attempt::Dropped(_) => row.attempts - 1,
        // What failed and has no attempt is what a person sends again.
        Attempt::Hindered(hindrance) if !hindrance.counts => (row.attempts - 1).max(1),
        _ => row.attempts,
    }
}

/// Whether the claim still held.
pub(super) fn finish(db: &mut Db, row: &Claimed, attempt: &Attempt, now: Instant) -> Result<bool> {
    let target = outbox::table
        .filter(outbox::site_id.eq(row.site_id))
        .filter(outbox::id.eq(row.id))
        .filter(outbox::lease.eq(row.lease));
    let (state, run_at, error, done_at) = match attempt {
        Attempt::Done | Attempt::Needless => (OutboxState::Done, now, None, Some(now)),
        Attempt::Later(at, error)
        | Attempt::Unsure(at, error)
        | Attempt::Hindered(Hindrance { at, error, .. })
        | Attempt::Unmade(at, error) => (OutboxState::Ready, *at, Some(error), None),
        Attempt::Postponed(at) => (OutboxState::Ready, *at, None, None),
        Attempt::Dead(error) | Attempt::Dropped(error) => {
            (OutboxState::Dead, now, Some(error), None)
        }
    };
    let hindrance = match attempt {
        Attempt::Hindered(hindrance) => Some(hindrance),
        _ => None,
    };
    // It says nothing of the server that it was meant for.
    let untried =
        matches!(attempt, Attempt::Needless).then(|| outbox::tried_at.eq(None::<Instant>));
    let unsure = matches!(attempt, Attempt::Unsure(..)).then(|| outbox::may_have_arrived.eq(true));
    let change = (
        untried,
        unsure,
        outbox::attempts.eq(attempts_after(row, attempt)),
        outbox::state.eq(state.as_str()),
        outbox::run_at.eq(run_at),
        outbox::last_error.eq(error),
        outbox::is_ours.eq(hindrance.is_some_and(|hindrance| hindrance.is_ours)),
        outbox::obstacle.eq(hindrance.map(|hindrance| hindrance.by.as_str())),
        outbox::done_at.eq(done_at),
    );
    Ok(each!(db, |c| diesel::update(target).set(change).execute(c))? == 1)
}

impl Store {
    /// Whether anything of that kind is due on the site.
    pub async fn has_due(
        &self,
        of: (SiteId, OutboxKind),
        which: Due,
        now: Instant,
    ) -> Result<bool> {
        self.read(move |db| Ok(!find_due(db, of, which, now, 1)?.is_empty()))
            .await
    }

    /// Claims up to `limit` due rows for `lease`.
    pub async fn claim(
        &self,
        of: (SiteId, OutboxKind),
        which: Due,
        now: Instant,
        lease: Duration,
        limit: i64,
    ) -> Result<Vec<Claimed>> {
        self.write(move |db| claim(db, of, which, now, lease, limit))
            .await
    }

    /// Prolongs a claim that still holds.
    pub async fn keep_claim(&self, row: &Claimed, now: Instant, lease: Duration) -> Result<()> {
        let (site, id, number) = (row.site_id, row.id, row.lease);
        self.write(move |db| {
            let target = outbox::table
                .filter(outbox::site_id.eq(site))
                .filter(outbox::id.eq(id))
                .filter(outbox::lease.eq(number));
            let sign = (
                outbox::run_at.eq(now.after(lease)),
                outbox::tried_at.eq(Some(now)),
            );
            each!(db, |c| diesel::update(target).set(sign).execute(c))?;
            Ok(())
        })
        .await
    }

    /// Records how an attempt ended, if the claim still holds.
    pub async fn finish(&self, row: Claimed, attempt: Attempt, now: Instant) -> Result<()> {
        self.write(move |db| finish(db, &row, &attempt, now).map(drop))
            .await
    }

    /// Removes what was done before `before`, and what was given up before then of what was for readers: they type an address wrong
    /// and never hear of it. The number removed.
    pub async fn forget_done(&self, site: SiteId, before: Instant) -> Result<usize> {
        self.write(move |db| {
            let for_readers = outbox::table
                .filter(outbox::site_id.eq(site))
                .filter(outbox::kind.eq(OutboxKind::Mail.as_str()))
                .filter(outbox::state.eq(OutboxState::Dead.as_str()))
                .filter(outbox::payload.like(TO_READER))
                .filter(outbox::run_at.lt(before));
            let mut removed = each!(db, |c| diesel::delete(for_readers).execute(c))?;
            for kind in OutboxKind::ALL {
                let old = outbox::table
                    .filter(outbox::site_id.eq(site))
                    .filter(outbox::kind.eq(kind.as_str()))
                    .filter(outbox::state.eq(OutboxState::Done.as_str()))
                    .filter(outbox::run_at.lt(before));
                removed += each!(db, |c| diesel::delete(old).execute(c))?;
            }
            Ok(removed)
        })
        .await
    }
}

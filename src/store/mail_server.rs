//! What is known of the mail server: whether mails wait for it stands in their rows and nowhere else, so that a new start forgets
//! nothing and replicas know the same. While some wait one of them asks now and then whether it is back, and once it takes a mail
//! all of them are due.

use std::time::Duration;

use diesel::prelude::*;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::outbox::{Claimed, MAIL_LEASE, Obstacle, OutboxKind, OutboxState, claims_reach};
use super::schema::{outbox, sites};
use crate::domain::{Instant, ModeratorId, OutboxId};

/// How long the server is left alone between two questions whether it is back.
pub const BETWEEN_QUESTIONS: Duration = Duration::from_secs(60);

/// When the server is asked whether it is back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// By one of all replicas now and then.
    InTurn,
    /// By each that starts: whoever has mended something starts the service again.
    AtOnce,
}

/// A mail that asks before its time whether the server is back.
#[derive(Debug, Clone)]
pub struct Probe {
    /// Its row, claimed.
    pub mail: Claimed,
    /// When it is tried by itself.
    pub planned: Instant,
}

/// The mails of all sites that wait for another attempt over one of those obstacles.
macro_rules! hindered_by {
    ($obstacles:expr) => {
        outbox::table
            .filter(outbox::site_id.eq_any(sites::table.select(sites::id)))
            .filter(outbox::kind.eq(OutboxKind::Mail.as_str()))
            .filter(outbox::state.eq(OutboxState::Ready.as_str()))
            .filter(outbox::obstacle.eq_any($obstacles))
    };
}

/// Those that wait for the server.
macro_rules! waiting {
    () => {
        hindered_by!([Obstacle::Server.as_str()])
    };
}

/// Whether one that waits for the server was tried a moment ago, or is being sent. By a clock that was set back that may lie ahead.
fn was_just_asked(db: &mut Db, now: Instant) -> Result<bool> {
    let query = waiting!()
        .filter(outbox::tried_at.gt(now.before(BETWEEN_QUESTIONS)))
        .filter(outbox::tried_at.le(now.after(BETWEEN_QUESTIONS)))
        .select(outbox::id);
    let one: Option<OutboxId> = each!(db, |c| query.first(c).optional())?;
    Ok(one.is_some())
}

/// The mail that asks, where it is time: the one that was not tried for longest, so that no mail which the server puts off for what it
/// is speaks for all the others.
fn next_probe(db: &mut Db, ask: Ask, now: Instant) -> Result<Option<Probe>> {
    let query = waiting!()
        .filter(outbox::run_at.gt(now))
        .order((outbox::tried_at, outbox::id));
    let found: Option<(Claimed, Instant)> = each!(db, |c| query
        .select((Claimed::as_select(), outbox::run_at))
        .first(c)
        .optional())?;
    let Some((mail, planned)) = found else {
        return Ok(None);
    };
    // In this order: of two replicas the one that comes second finds the same mail, claimed meanwhile, or that it was just tried.
    let is_time = match ask {
        Ask::InTurn => !was_just_asked(db, now)?,
        // A sign of life moves both times.
        Ask::AtOnce => mail.tried_at.map(|at| at.after(MAIL_LEASE)) != Some(planned),
    };
    Ok(is_time.then_some(Probe { mail, planned }))
}

/// Whether the server took a mail of any site in that time.
pub(super) fn took_one(db: &mut Db, from: Instant, to: Instant) -> Result<bool> {
    let query = outbox::table
        .filter(outbox::site_id.eq_any(sites::table.select(sites::id)))
        .filter(outbox::kind.eq(OutboxKind::Mail.as_str()))
        .filter(outbox::state.eq(OutboxState::Done.as_str()))
        // When it was done with, and this one has an index.
        .filter(outbox::run_at.between(from, to))
        .filter(outbox::tried_at.is_not_null())
        .select(outbox::id);
    let one: Option<OutboxId> = each!(db, |c| query.first(c).optional())?;
    Ok(one.is_some())
}

/// Whether it took one of any site since then.
pub(super) fn took_one_since(db: &mut Db, from: Instant) -> Result<bool> {
    took_one(db, from, Instant::from_micros(i64::MAX))
}

/// The same, claimed: it is counted as an attempt by whoever finishes it, if at all.
fn claim_probe(db: &mut Db, ask: Ask, now: Instant) -> Result<Option<Probe>> {
    let Some(mut probe) = next_probe(db, ask, now)? else {
        return Ok(None);
    };
    let row = &mut probe.mail;
    let target = outbox::table
        .filter(outbox::site_id.eq(row.site_id))
        .filter(outbox::id.eq(row.id))
        .filter(outbox::state.eq(OutboxState::Ready.as_str()))
        .filter(outbox::lease.eq(row.lease));
    row.lease += 1;
    row.attempts += 1;
    let change = (
        outbox::lease.eq(row.lease),
        outbox::run_at.eq(now.after(MAIL_LEASE)),
        outbox::tried_at.eq(Some(now)),
    );
    let claimed = each!(db, |c| diesel::update(target).set(change).execute(c))?;
    Ok((claimed == 1).then_some(probe))
}

/// The mails that are due once an obstacle is gone. Those that are being sent stay with whoever sends them: they have a sign of life,
/// by a clock that may differ from ours.
macro_rules! released {
    ($obstacles:expr, $now:expr) => {{
        let now = $now;
        let is_nobodys = outbox::run_at
            .gt(claims_reach(now))
            .or(outbox::tried_at.lt(now.before(2 * MAIL_LEASE)));
        hindered_by!($obstacles).filter(outbox::run_at.gt(now).and(is_nobodys))
    }};
}

/// Makes what was put off for their habits due, since those are others now. What is being sent is due again within two minutes anyway.
pub(super) fn look_at_habits_again(db: &mut Db, member: ModeratorId, now: Instant) -> Result<()> {
    let theirs = format!("%\"moderator\":\"{}\"%", member.0);
    let put_off = outbox::table
        .filter(outbox::site_id.eq_any(sites::table.select(sites::id)))
        .filter(outbox::kind.eq(OutboxKind::Mail.as_str()))
        .filter(outbox::state.eq(OutboxState::Ready.as_str()))
        .filter(outbox::run_at.gt(claims_reach(now)))
        .filter(outbox::last_error.is_null())
        .filter(outbox::payload.like(theirs));
    let due = outbox::run_at.eq(now);
    each!(db, |c| diesel::update(put_off).set(due).execute(c))?;
    Ok(())
}

impl Store {
    /// Whether what a server says that puts a mail off is that mail's own matter, since others were taken after it had done so before.
    pub async fn is_put_off_alone(&self, row: &Claimed, now: Instant) -> Result<bool> {
        let Some(tried) = row.tried_at.filter(|_| row.last_error.is_some()) else {
            return Ok(false);
        };
        // Once that is known it stays so: in a quiet night no other mail comes to show it again.
        if row.obstacle.is_none() {
            return Ok(true);
        }
        self.read(move |db| took_one(db, tried, now)).await
    }

    /// A mail that waits for the server and asks whether it is back, if one should.
    pub async fn probe(&self, ask: Ask, now: Instant) -> Result<Option<Probe>> {
        let one = self.read(move |db| next_probe(db, ask, now)).await?;
        if one.is_none() {
            return Ok(None);
        }
        self.write(move |db| claim_probe(db, ask, now)).await
    }

    /// Makes every mail due that waits over one of those obstacles; how many.
    pub async fn hurry_mails(&self, obstacles: &'static [Obstacle], now: Instant) -> Result<usize> {
        let names = move || obstacles.iter().map(|obstacle| obstacle.as_str());
        let waiting = self.read(move |db| {
            let query = released!(names(), now).select(outbox::id);
            let one: Option<OutboxId> = each!(db, |c| query.first(c).optional())?;
            Ok(one.is_some())
        });
        if !waiting.await? {
            return Ok(0);
        }
        self.write(move |db| {
            let due = outbox::run_at.eq(now);
            Ok(each!(db, |c| diesel::update(released!(names(), now))
                .set(due)
                .execute(c))?)
        })
        .await
    }

    /// Puts those off that wait for the server and are due, since it was asked just now; how many.
    pub async fn spare_server(&self, now: Instant, until: Instant) -> Result<usize> {
        self.write(move |db| {
            // What a person has sent again is tried at once.
            let due = waiting!()
                .filter(outbox::run_at.le(now))
                .filter(outbox::attempts.gt(0));
            let later = outbox::run_at.eq(until);
            Ok(each!(db, |c| diesel::update(due).set(later).execute(c))?)
        })
        .await
    }
}

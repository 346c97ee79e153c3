//! Mails to one reader: how many there are, and which leave an hour apart. An hour is one of the reader's, whichever sites of the service
//! write to their address.

use std::time::Duration;

use diesel::prelude::*;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::outbox::{Claimed, OutboxKind, OutboxState, claims_reach, is_claimed};
use super::schema::{outbox, sites, subscriptions};
use crate::domain::{Instant, OutboxId, SiteId, SubscriptionId};

/// How far apart they leave.
const APART: Duration = Duration::from_secs(3600);
/// As an order says that its mail leaves within an hour of no other to the same reader.
const HOURLY: &str = "%\"hourly\":true%";
/// As an order says that its mail is the question.
const QUESTION: &str = "%\"ask\":%";

/// A mailbox as one site knows it.
#[derive(Debug, Clone, Copy, Queryable)]
pub(super) struct Known {
    site: SiteId,
    id: SubscriptionId,
    /// When it was asked, or is.
    pub(super) asked_at: Instant,
}

impl Known {
    /// As orders say that are not counted where `site` mails: its reader has answered its own question. No order is nothing.
    fn uncounted(&self, site: SiteId) -> &'static str {
        if self.site == site { QUESTION } else { "" }
    }
}

/// The mails of a site in those states whose order names that mailbox.
macro_rules! mails_naming {
    ($site:expr, $mailbox:expr, $states:expr) => {
        outbox::table
            .filter(outbox::site_id.eq($site))
            .filter(outbox::kind.eq(OutboxKind::Mail.as_str()))
            .filter(outbox::state.eq_any($states.map(OutboxState::as_str)))
            .filter(outbox::payload.like(format!("%\"mailbox\":\"{}\"%", $mailbox)))
    };
}

/// A mailbox as all sites know it.
pub(super) fn everywhere(db: &mut Db, mailbox: &str) -> Result<Vec<Known>> {
    // By their keys, since the index begins with the site.
    let all: Vec<SiteId> = each!(db, |c| sites::table.select(sites::id).load(c))?;
    let query = subscriptions::table
        .filter(subscriptions::site_id.eq_any(all))
        .filter(subscriptions::mailbox.eq(mailbox))
        .select((
            subscriptions::site_id,
            subscriptions::id,
            subscriptions::asked_at,
        ));
    Ok(each!(db, |c| query.load(c))?)
}

/// The same of one that a site knows by that id.
pub(super) fn everywhere_of(db: &mut Db, site: SiteId, id: SubscriptionId) -> Result<Vec<Known>> {
    let mailbox = subscriptions::table
        .filter(subscriptions::site_id.eq(site))
        .filter(subscriptions::id.eq(id))
        .select(subscriptions::mailbox);
    let mailbox: Option<String> = each!(db, |c| mailbox.first(c).optional())?;
    mailbox.map_or(Ok(Vec::new()), |mailbox| everywhere(db, &mailbox))
}

/// How many mails that need not leave an hour apart a site has sent to a mailbox since, or will.
pub(super) fn mails_since(
    db: &mut Db,
    site: SiteId,
    to: SubscriptionId,
    since: Instant,
) -> Result<i64> {
    let query = mails_naming!(site, to, [OutboxState::Ready, OutboxState::Done])
        .filter(outbox::run_at.gt(since))
        .filter(outbox::payload.not_like(HOURLY))
        .count();
    Ok(each!(db, |c| query.get_result(c))?)
}

/// How many of a site wait that leave an hour apart.
pub(super) fn hourly_mails(db: &mut Db, site: SiteId, to: SubscriptionId) -> Result<i64> {
    let query = mails_naming!(site, to, [OutboxState::Ready])
        .filter(outbox::payload.like(HOURLY))
        .count();
    Ok(each!(db, |c| query.get_result(c))?)
}

/// When the next mail that leaves an hour apart may be sent to a mailbox, from `at` on; for `site`, whose own question its reader has
/// answered if it mails anything else.
pub(super) fn next_turn(
    db: &mut Db,
    known: &[Known],
    site: SiteId,
    at: Instant,
) -> Result<Instant> {
    let mut turn = at;
    for one in known {
        // A question that waits still will look at this mail when its turn comes.
        let is_sent = outbox::state.eq(OutboxState::Done.as_str());
        let mails = mails_naming!(one.site, one.id, [OutboxState::Ready, OutboxState::Done])
            .filter(outbox::run_at.gt(at.before(APART)))
            .filter(outbox::payload.not_like(one.uncounted(site)))
            .filter(outbox::payload.not_like(QUESTION).or(is_sent))
            .order(outbox::run_at.desc())
            .select(outbox::run_at);
        let last: Option<Instant> = each!(db, |c| mails.first(c).optional())?;
        turn = last.map_or(turn, |last| turn.max(last.after(APART)));
    }
    Ok(turn)
}

/// When the last of them was sent, where that was within the hour. By a clock that was set back that may lie far ahead, and a little by
/// another replica's.
fn last_sent(db: &mut Db, known: &[Known], site: SiteId, now: Instant) -> Result<Option<Instant>> {
    let since = now.before(APART);
    let mut last = None;
    for one in known {
        let sent = mails_naming!(one.site, one.id, [OutboxState::Done])
            .filter(outbox::done_at.gt(since))
            .filter(outbox::done_at.le(claims_reach(now)))
            // Both are of the same moment, and this one has an index.
            .filter(outbox::run_at.gt(since))
            .filter(outbox::tried_at.is_not_null())
            .filter(outbox::payload.not_like(one.uncounted(site)))
            .order(outbox::done_at.desc())
            .select(outbox::done_at);
        let here: Option<Option<Instant>> = each!(db, |c| sent.first(c).optional())?;
        last = last.max(here.flatten());
    }
    Ok(last)
}

/// One of them that has not left yet.
#[derive(Queryable)]
struct Waiting {
    id: OutboxId,
    run_at: Instant,
    tried_at: Option<Instant>,
}

impl Waiting {
    /// Whether it goes before another that is claimed: it was written before, or its claim is the older one.
    fn goes_before(&self, own: OutboxId, claimed: Instant) -> bool {
        let is_claimed = is_claimed(self.run_at, self.tried_at);
        let is_ahead = is_claimed && self.tried_at.is_some_and(|at| at < claimed);
        self.id < own || (self.id != own && is_ahead)
    }
}

/// Whether another of them goes first: it is due as well, or is being sent by somebody, by a clock that may differ from ours.
fn is_preceded(
    db: &mut Db,
    known: &[Known],
    (site, own): (SiteId, OutboxId),
    now: Instant,
) -> Result<bool> {
    let claimed = outbox::table
        .filter(outbox::site_id.eq(site))
        .filter(outbox::id.eq(own))
        .select(outbox::tried_at);
    let claimed: Option<Instant> = each!(db, |c| claimed.first(c))?;
    for one in known {
        let others = mails_naming!(one.site, one.id, [OutboxState::Ready])
            .filter(outbox::payload.like(HOURLY))
            .filter(outbox::run_at.le(claims_reach(now)))
            .filter(outbox::payload.not_like(one.uncounted(site)))
            .select((outbox::id, outbox::run_at, outbox::tried_at));
        let others: Vec<Waiting> = each!(db, |c| others.load(c))?;
        if others
            .iter()
            .any(|other| other.goes_before(own, claimed.unwrap_or(now)))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Store {
    /// When a mail that leaves an hour apart may be sent to that mailbox of its site, where that is not now.
    pub async fn kept_apart(
        &self,
        row: &Claimed,
        to: SubscriptionId,
        now: Instant,
    ) -> Result<Option<Instant>> {
        let (site, id) = (row.site_id, row.id);
        // Of one state of the data: what goes first is on its way in it, or was sent.
        self.read(move |db| {
            let known = everywhere_of(db, site, to)?;
            if let Some(last) = last_sent(db, &known, site, now)? {
                return Ok(Some(last.after(APART)));
            }
            let waits = is_preceded(db, &known, (site, id), now)?;
            Ok(waits.then(|| now.after(APART)))
        })
        .await
    }
}

//! How attempts end, and what that means for the endpoint.

use diesel::prelude::*;

use crate::domain::{DeliveryState, EndpointState, Instant, Moderator, Role, SiteId, StopReason};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::moderators;
use crate::store::outbox::{self, NewOutbox};
use crate::store::schema::{webhook_deliveries as deliveries, webhooks};
use crate::store::{Store, Taken};

/// That an endpoint took something is noted once in such a time: a row that every delivery writes would be a place to queue.
const NOTED_EVERY: std::time::Duration = std::time::Duration::from_secs(60);

/// How an attempt ended.
#[derive(Debug, Clone)]
pub struct HookAttempt {
    /// What became of the delivery.
    pub then: AfterAttempt,
    /// The status of the answer.
    pub answer: Option<u16>,
    /// What was said with it, or why there was none.
    pub said: Option<String>,
    /// Until when the endpoint asked to be left alone.
    pub paused_until: Option<Instant>,
    /// Why the endpoint is told nothing more.
    pub stop: Option<StopReason>,
    /// Mails about that, sent only where it was this attempt that stopped it.
    pub mails: Vec<NewOutbox>,
}

/// What becomes of a delivery after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterAttempt {
    /// It was taken.
    Delivered,
    /// It is tried again then.
    Again(Instant),
    /// It is tried no more.
    GivenUp,
}

fn finish(db: &mut Db, taken: &Taken, attempt: &HookAttempt, now: Instant) -> Result<bool> {
    let target = deliveries::table
        .filter(deliveries::site_id.eq(taken.site))
        .filter(deliveries::endpoint_id.eq(taken.endpoint))
        .filter(deliveries::id.eq(taken.id))
        .filter(deliveries::lease.eq(taken.lease));
    let (state, due_at) = match attempt.then {
        AfterAttempt::Delivered => (DeliveryState::Delivered, None),
        AfterAttempt::Again(at) => (DeliveryState::Waiting, Some(at)),
        AfterAttempt::GivenUp => (DeliveryState::GivenUp, None),
    };
    let change = (
        deliveries::state.eq(state),
        deliveries::due_at.eq(due_at),
        deliveries::answer.eq(attempt.answer.map(i32::from)),
        deliveries::said.eq(&attempt.said),
    );
    let held = each!(db, |c| diesel::update(target).set(change).execute(c))? == 1;
    // Who has lost the claim meanwhile has nothing to say about the endpoint either.
    if held {
        tell_endpoint(db, taken, attempt, now)?;
    }
    Ok(held)
}

fn tell_endpoint(db: &mut Db, taken: &Taken, attempt: &HookAttempt, now: Instant) -> Result<()> {
    let endpoint = webhooks::table
        .filter(webhooks::site_id.eq(taken.site))
        .filter(webhooks::id.eq(taken.endpoint));
    if attempt.then == AfterAttempt::Delivered {
        let is_news = webhooks::failing_since
            .is_not_null()
            .or(webhooks::succeeded_at.is_null())
            .or(webhooks::succeeded_at.lt(now.before(NOTED_EVERY)));
        let change = (
            webhooks::succeeded_at.eq(Some(now)),
            webhooks::failing_since.eq(None::<Instant>),
        );
        each!(db, |c| diesel::update(endpoint.filter(is_news))
            .set(change)
            .execute(c))?;
        return Ok(());
    }
    let new = endpoint.filter(webhooks::failing_since.is_null());
    let since = webhooks::failing_since.eq(Some(now));
    each!(db, |c| diesel::update(new).set(since).execute(c))?;
    if let Some(until) = attempt.paused_until {
        let pause = webhooks::paused_until.eq(Some(until));
        each!(db, |c| diesel::update(endpoint).set(pause).execute(c))?;
    }
    if let Some(reason) = attempt.stop {
        let active = endpoint.filter(webhooks::state.eq(EndpointState::Active));
        let stop = (
            webhooks::state.eq(EndpointState::Disabled),
            webhooks::reason.eq(Some(reason)),
        );
        let stopped = each!(db, |c| diesel::update(active).set(stop).execute(c))?;
        if stopped == 1 {
            outbox::insert(db, attempt.mails.iter().cloned())?;
        }
    }
    Ok(())
}

impl Store {
    /// Those who run the whole of a site: its admins, who may come in.
    pub async fn admins_of(&self, site: SiteId) -> Result<Vec<Moderator>> {
        self.read(move |db| {
            let mut here = moderators::at_site(db, site)?;
            here.retain(|member| member.role == Role::Admin && member.covers_whole(site));
            Ok(here)
        })
        .await
    }

    /// Records how an attempt ended, if the claim still holds; whether it does.
    pub async fn finish_delivery(
        &self,
        taken: Taken,
        attempt: HookAttempt,
        now: Instant,
    ) -> Result<bool> {
        self.write(move |db| finish(db, &taken, &attempt, now))
            .await
    }
}

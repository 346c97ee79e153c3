//! What endpoints were told, as an operator sees it; sending it again, and forgetting it.

use std::time::Duration;

use diesel::prelude::*;

use super::deliveries::DeliveryRow;
use crate::domain::{
    CommentId, Delivery, DeliveryId, DeliveryState, EndpointId, EndpointState, Instant, SiteId,
};
use crate::store::Store;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{webhook_deliveries as deliveries, webhooks};
use crate::store::types::first_at;

/// As many are forgotten in one write.
const AT_ONCE: i64 = 500;

/// Longer than any lease under which a delivery is sent.
const MOST_LEASE: Duration = Duration::from_secs(90);

/// What became of the wish to have a delivery sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliverAgain {
    /// It is due.
    Due,
    /// It follows once this one, of the same comment, is taken or given up; that one is due now.
    After(DeliveryId),
}

fn again(
    db: &mut Db,
    (site, endpoint, id): (SiteId, EndpointId, DeliveryId),
    now: Instant,
) -> Result<DeliverAgain> {
    let target = deliveries::table
        .filter(deliveries::site_id.eq(site))
        .filter(deliveries::endpoint_id.eq(endpoint))
        .filter(deliveries::id.eq(id));
    // The lease goes up, so that whoever is at it now does not say how this attempt ended.
    let change = (
        deliveries::state.eq(DeliveryState::Waiting),
        deliveries::attempts.eq(0),
        deliveries::lease.eq(deliveries::lease + 1),
        deliveries::due_at.eq(Some(now)),
    );
    let moved = target.select((deliveries::comment_id, deliveries::revision));
    let (comment, revision): (Option<CommentId>, i32) = each!(db, |c| moved.first(c))?;
    each!(db, |c| diesel::update(target).set(change).execute(c))?;
    let Some(comment) = comment else {
        return Ok(DeliverAgain::Due);
    };
    let of_comment = deliveries::table
        .filter(deliveries::site_id.eq(site))
        .filter(deliveries::endpoint_id.eq(endpoint))
        .filter(deliveries::comment_id.eq(comment))
        .filter(deliveries::due_at.is_not_null())
        .filter(
            deliveries::revision
                .lt(revision)
                .or(deliveries::revision.eq(revision).and(deliveries::id.lt(id))),
        );
    let first = of_comment
        .order((deliveries::revision, deliveries::id))
        .select(deliveries::id);
    let first: Option<DeliveryId> = each!(db, |c| first.first(c).optional())?;
    let Some(first) = first else {
        return Ok(DeliverAgain::Due);
    };
    // They are sent again as well, and have as many attempts before them as what waits for them.
    let anew = deliveries::attempts.eq(0);
    each!(db, |c| diesel::update(of_comment).set(anew).execute(c))?;
    // Those go first, so they go now. Who sends one at this moment has moved its time by a lease and no further: it must not go out twice.
    let waiting = of_comment.filter(deliveries::due_at.gt(now.after(MOST_LEASE)));
    let due = deliveries::due_at.eq(Some(now));
    each!(db, |c| diesel::update(waiting).set(due).execute(c))?;
    Ok(DeliverAgain::After(first))
}

/// Removes the oldest up to an age, a few at a time; how many.
fn forget(db: &mut Db, site: SiteId, endpoint: EndpointId, before: DeliveryId) -> Result<usize> {
    let old = deliveries::table
        .filter(deliveries::site_id.eq(site))
        .filter(deliveries::endpoint_id.eq(endpoint))
        .filter(deliveries::id.lt(before))
        .order(deliveries::id)
        .limit(AT_ONCE)
        .select(deliveries::id);
    let ids: Vec<DeliveryId> = each!(db, |c| old.load(c))?;
    let target = deliveries::table
        .filter(deliveries::site_id.eq(site))
        .filter(deliveries::endpoint_id.eq(endpoint))
        .filter(deliveries::id.eq_any(ids));
    Ok(each!(db, |c| diesel::delete(target).execute(c))?)
}

type Kept = (SiteId, EndpointId, EndpointState);

impl Store {
    /// What an endpoint was told or is to be told, newest first, from after one of them.
    pub async fn deliveries(
        &self,
        site: SiteId,
        endpoint: EndpointId,
        after: Option<DeliveryId>,
        limit: i64,
    ) -> Result<Vec<Delivery>> {
        self.read(move |db| {
            let after = after.unwrap_or(DeliveryId(uuid::Uuid::max()));
            let query = deliveries::table
                .filter(deliveries::site_id.eq(site))
                .filter(deliveries::endpoint_id.eq(endpoint))
                .filter(deliveries::id.lt(after))
                .order(deliveries::id.desc())
                .limit(limit);
            let rows: Vec<DeliveryRow> =
                each!(db, |c| query.select(DeliveryRow::as_select()).load(c))?;
            Ok(rows.into_iter().map(Delivery::from).collect())
        })
        .await
    }

    /// One of them.
    pub async fn delivery(
        &self,
        site: SiteId,
        endpoint: EndpointId,
        id: DeliveryId,
    ) -> Result<Delivery> {
        self.read(move |db| {
            let query = deliveries::table
                .filter(deliveries::site_id.eq(site))
                .filter(deliveries::endpoint_id.eq(endpoint))
                .filter(deliveries::id.eq(id));
            let row: DeliveryRow = each!(db, |c| query.select(DeliveryRow::as_select()).first(c))?;
            Ok(row.into())
        })
        .await
    }

    /// Sends one again under its own name, its attempts counted anew; earlier ones of its comment that still wait, before it.
    pub async fn deliver_again(
        &self,
        site: SiteId,
        endpoint: EndpointId,
        id: DeliveryId,
        now: Instant,
    ) -> Result<DeliverAgain> {
        self.write(move |db| again(db, (site, endpoint, id), now))
            .await
    }

    /// Forgets what is older than `before`, and all of endpoints that were taken away; whether there is more to forget.
    pub async fn forget_deliveries(&self, before: Instant) -> Result<bool> {
        let all: Vec<Kept> = self
            .read(move |db| {
                let query =
                    webhooks::table.select((webhooks::site_id, webhooks::id, webhooks::state));
                Ok(each!(db, |c| query.load(c))?)
            })
            .await?;
        let mut more = false;
        for (site, endpoint, state) in all {
            let is_removed = state == EndpointState::Removed;
            let before = if is_removed {
                DeliveryId(uuid::Uuid::max())
            } else {
                DeliveryId(first_at(before))
            };
            let is_old = self
                .read(move |db| {
                    let query = deliveries::table
                        .filter(deliveries::site_id.eq(site))
                        .filter(deliveries::endpoint_id.eq(endpoint))
                        .filter(deliveries::id.lt(before))
                        .select(deliveries::id);
                    let found: Option<DeliveryId> = each!(db, |c| query.first(c).optional())?;
                    Ok(found.is_some())
                })
                .await?;
            if is_old {
                let gone = self
                    .write(move |db| forget(db, site, endpoint, before))
                    .await?;
                more |= i64::try_from(gone).is_ok_and(|gone| gone == AT_ONCE);
            } else if is_removed {
                self.write(move |db| {
                    let target = webhooks::table
                        .filter(webhooks::site_id.eq(site))
                        .filter(webhooks::id.eq(endpoint));
                    each!(db, |c| diesel::delete(target).execute(c))?;
                    Ok(())
                })
                .await?;
            }
        }
        Ok(more)
    }
}

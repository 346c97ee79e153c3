//! What endpoints were told, as an operator sees it; sending it again, and forgetting it.

use diesel::prelude::*;

use super::deliveries::DeliveryRow;
use crate::domain::{
    Delivery, DeliveryId, DeliveryState, EndpointId, EndpointState, Instant, SiteId,
};
use crate::store::Store;
use crate::store::db::{Db, each};
use crate::store::error::{Error, Result};
use crate::store::schema::{webhook_deliveries as deliveries, webhooks};
use crate::store::types::first_at;

/// As many are forgotten in one write.
const AT_ONCE: i64 = 500;

fn again(
    db: &mut Db,
    (site, endpoint, id): (SiteId, EndpointId, DeliveryId),
    now: Instant,
) -> Result<()> {
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
    match each!(db, |c| diesel::update(target).set(change).execute(c))? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
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

    /// Sends one again under its own name, its attempts counted anew.
    pub async fn deliver_again(
        &self,
        site: SiteId,
        endpoint: EndpointId,
        id: DeliveryId,
        now: Instant,
    ) -> Result<()> {
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

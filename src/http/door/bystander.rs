//! Anybody: load balancers, metrics, readers of the documentation.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use super::{House, house};
use crate::clock;
use crate::domain::Lane;
use crate::http::problem::Problem;
use crate::http::rendition::Rendition;
use crate::store::{self, OutboxKind, Scope};

/// A request that needs no rights because nothing it can see is anybody's.
pub struct Bystander(Data<House>);

impl FromRequest for Bystander {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(house(request))))
    }
}

impl Bystander {
    /// Whether the database answers and has every migration.
    pub async fn is_ready(&self) -> store::Result<bool> {
        self.0.store.is_ready().await
    }

    /// The OpenAPI document, as JSON.
    pub fn document(&self) -> &Rendition {
        &self.0.document
    }

    /// How readers reach the service.
    pub fn public_url(&self) -> &str {
        &self.0.config.public_url
    }

    /// How moderators reach the service.
    pub fn dashboard_url(&self) -> &str {
        &self.0.config.dashboard_url
    }

    /// Everything counted, in Prometheus' text format. What lies in the database is counted now.
    pub async fn metrics(&self) -> String {
        // With the database away the rest is worth the more.
        if let Err(error) = self.measure_store().await {
            tracing::warn!(%error, "the store could not be measured");
        }
        self.0.metrics.render()
    }

    async fn measure_store(&self) -> store::Result<()> {
        let now = clock::now();
        let sites = self.0.store.sites().await?;
        let waiting = self
            .0
            .store
            .waiting(Scope::of(sites.iter().map(|site| site.id)))
            .await?;
        for site in &sites {
            let depths = self.0.store.depths(site.id).await?;
            for lane in Lane::ALL {
                let here = waiting
                    .iter()
                    .find(|row| row.site == site.id && row.lane == *lane);
                let oldest = here
                    .and_then(|row| row.oldest)
                    .map_or(0.0, |oldest| now.seconds_since(oldest));
                let depth = depths.iter().find(|(of, _)| of == lane);
                let labels = [("site", site.key.clone()), ("lane", lane.to_string())];
                metrics::gauge!("duyet_queue_depth", &labels)
                    .set(as_number(depth.map_or(0, |(_, count)| *count)));
                metrics::gauge!("duyet_queue_oldest_seconds", &labels).set(oldest);
            }
            for kind in OutboxKind::ALL {
                let backlog = self.0.store.outbox_backlog(site.id, *kind).await?;
                let labels = [("site", site.key.clone()), ("kind", kind.to_string())];
                let oldest = backlog
                    .oldest
                    .map_or(0.0, |oldest| now.seconds_since(oldest));
                metrics::gauge!("duyet_outbox_depth", &labels).set(as_number(backlog.ready));
                metrics::gauge!("duyet_outbox_oldest_seconds", &labels).set(oldest);
                metrics::gauge!("duyet_outbox_dead", &labels).set(as_number(backlog.dead));
            }
        }
        Ok(())
    }
}

#[allow(clippy::cast_precision_loss)] // counts of rows, far below 2^52
fn as_number(count: i64) -> f64 {
    count as f64
}

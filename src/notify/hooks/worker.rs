//! The worker: makes deliveries of what happened, and delivers. Several replicas may run it at once: a delivery has one name, and a lease
//! keeps senders apart.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::{Mutex, watch};

use super::attempt::PATIENCE;
use super::follow::Follower;
use crate::clock::{self, Clock};
use crate::domain::{Endpoint, EndpointId, EndpointState, Instant, Site, SiteId};
use crate::notify::outward::Outward;
use crate::notify::turns::Turns;
use crate::store::{self, Store};

/// How often it looks for what is new and what is due.
const PULSE: Duration = Duration::from_millis(500);
/// As many deliveries as an endpoint is told at the same time. One that has taken nothing of late is asked with one alone.
const TOGETHER: i64 = 8;
/// How much longer than an attempt may take before another worker may try.
const LEASE: Duration = Duration::from_secs(60);
/// How long it is known what was told.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// How often old deliveries are removed.
const TIDY: Duration = Duration::from_secs(3600);
/// As long as what is being told may take after the service was told to stop.
const FAREWELL: Duration = Duration::from_secs(4);

/// A number between 0 and 1.
type Chance = Arc<dyn Fn() -> f64 + Send + Sync>;

/// Tells endpoints what happens.
#[derive(Clone)]
pub struct Hooks {
    pub(super) store: Store,
    pub(super) outward: Outward,
    pub(super) patience: Duration,
    pub(super) chance: Chance,
    clock: Clock,
    followers: Arc<Mutex<HashMap<SiteId, Follower>>>,
}

impl Hooks {
    /// A worker over that database which calls out like that.
    #[must_use]
    pub fn new(store: Store, outward: Outward) -> Self {
        Self {
            store,
            outward,
            patience: PATIENCE,
            chance: Arc::new(rand::random),
            clock: clock::system(),
            followers: Arc::default(),
        }
    }

    /// The same by another clock, without chance, and as patient as that.
    #[must_use]
    pub fn by(self, clock: Clock, patience: Duration) -> Self {
        Self {
            clock,
            patience,
            chance: Arc::new(|| 0.5),
            ..self
        }
    }

    pub(super) fn now(&self) -> Instant {
        (self.clock)()
    }

    /// Works until `stop` becomes true. What is being told then is finished first, if it is not for long.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut turns = Turns::none();
        let mut tidied: Option<Instant> = None;
        while !*stop.borrow() {
            if let Err(error) = self.begin(&mut turns, &stop).await {
                tracing::warn!(%error, "webhooks wait");
            }
            let now = self.now();
            if tidied.is_none_or(|last| now.seconds_since(last) >= TIDY.as_secs_f64()) {
                match self.store.forget_deliveries(now.before(KEPT)).await {
                    Ok(more) => tidied = (!more).then_some(now),
                    Err(error) => tracing::warn!(%error, "old webhooks are removed later"),
                }
            }
            tokio::select! {
                () = tokio::time::sleep(PULSE) => {}
                _ = stop.changed() => {}
            }
        }
        turns.end_within(FAREWELL).await;
    }

    /// Follows what happened, and sets to work for each endpoint that nobody works for here.
    async fn begin(
        &self,
        turns: &mut Turns<EndpointId>,
        stop: &watch::Receiver<bool>,
    ) -> store::Result<()> {
        let endpoints = self.store.active_endpoints().await?;
        if endpoints.is_empty() {
            return Ok(());
        }
        let followed = {
            let mut followers = self.followers.lock().await;
            self.follow(&endpoints, &mut followers).await
        };
        let sites = self.sites().await?;
        for endpoint in endpoints {
            let Some(site) = sites.get(&endpoint.site).cloned() else {
                continue;
            };
            let (hooks, stop, id) = (self.clone(), stop.clone(), endpoint.id);
            turns.begin(id, || async move {
                if let Err(error) = hooks.turn(&site, endpoint, &stop).await {
                    tracing::warn!(%error, endpoint = %id, "its webhooks wait");
                }
            });
        }
        // What could not be followed keeps nobody from what is due.
        followed
    }

    async fn sites(&self) -> store::Result<HashMap<SiteId, Site>> {
        let sites = self.store.sites().await?;
        Ok(sites.into_iter().map(|site| (site.id, site)).collect())
    }

    /// Follows what happened and tells everybody what is due now.
    pub async fn round(&self, stop: &watch::Receiver<bool>) -> store::Result<()> {
        let mut turns = Turns::none();
        self.begin(&mut turns, stop).await?;
        turns.end().await;
        Ok(())
    }

    /// Tells an endpoint what is due, a handful at a time, until nothing is or nobody is there.
    async fn turn(
        &self,
        site: &Site,
        mut endpoint: Endpoint,
        stop: &watch::Receiver<bool>,
    ) -> store::Result<()> {
        loop {
            let now = self.now();
            let is_paused = endpoint.paused_until.is_some_and(|until| until > now);
            if *stop.borrow() || is_paused || endpoint.state != EndpointState::Active {
                return Ok(());
            }
            let together = match endpoint.failing_since {
                None => TOGETHER,
                Some(_) => 1,
            };
            let lease = self.patience + LEASE;
            let taken = self
                .store
                .claim_deliveries(site.id, endpoint.id, now, lease, together)
                .await?;
            if taken.is_empty() {
                return Ok(());
            }
            let attempts = taken.into_iter();
            let attempts = attempts.map(|one| self.attempt(site, &endpoint, one));
            let mut is_anybody_there = true;
            for ended in join_all(attempts).await {
                is_anybody_there &= ended?;
            }
            if !is_anybody_there {
                return Ok(());
            }
            match self.store.endpoint(site.id, endpoint.id).await {
                Ok(now_is) => endpoint = now_is,
                Err(store::Error::NotFound) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }
}

//! Teaches each site's model what people decide: it follows the events of each site, and learns the decisions that they tell of in the
//! order of the decisions. What stands no more, or whose text is gone, is forgotten by learning again from before it.
//!
//! One replica learns at a time and writes only while it is the one; the others take its weights over now and then. It may be stopped
//! at any moment: who learns next goes on from what is kept.

mod desk;
mod follower;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{FutureExt, TryFutureExt};
use tokio::sync::watch;
use uuid::Uuid;

use self::follower::Follower;
use super::rounds::rounds;
use crate::domain::{ReplicaId, SiteId};
use crate::learn::LiveModels;
use crate::store::{Result, Store};

/// How often it looks for what is new.
const PULSE: Duration = Duration::from_secs(2);

/// What learning on any site needs.
struct Shared {
    store: Store,
    live: Arc<LiveModels>,
    replica: ReplicaId,
}

/// Learns until the service stops.
pub(super) async fn run(store: Store, live: Arc<LiveModels>, stopped: watch::Receiver<bool>) {
    let shared = Shared {
        store,
        live,
        replica: ReplicaId(Uuid::now_v7()),
    };
    let state = (shared, HashMap::new());
    rounds(PULSE, stopped, state, |(shared, followers)| {
        let told = |error| {
            tracing::warn!(%error, "the models are behind, since the sites cannot be read; tried again");
            false
        };
        round(shared, followers).unwrap_or_else(told).boxed()
    })
    .await;
}

/// A step on each site, whatever becomes of the others; whether any has more to do at once.
async fn round(shared: &Shared, followers: &mut HashMap<SiteId, Follower>) -> Result<bool> {
    let mut more = false;
    let sites = shared.store.sites().await.inspect_err(|_| {
        let behind = followers.keys();
        behind.for_each(|site| shared.live.set_followed(*site, false));
    })?;
    for site in sites {
        let follower = followers
            .entry(site.id)
            .or_insert_with(|| Follower::new(site.id));
        match follower.step(shared, &site.settings.model).await {
            Ok(has_more) => {
                shared.live.set_followed(site.id, true);
                more |= has_more;
            }
            Err(error) => {
                tracing::warn!(site = site.key, %error, "this site's model is behind; tried again from what is kept");
                followers.remove(&site.id);
                shared.live.set_followed(site.id, false);
            }
        }
    }
    Ok(more)
}

//! Keeps what readers are shown as fresh as what other replicas decide: reads again and again what has changed on the sites that
//! are read, and raises their versions.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::sync::watch;

use super::rounds::rounds;
use crate::clock;
use crate::domain::{EventId, Instant as Moment, SiteId};
use crate::store::{Change, Result, SETTLED_AFTER, Store};

/// How often it looks.
const PULSE: Duration = Duration::from_millis(500);
/// Where more has happened, the whole site is shown anew.
const MOST: i64 = 4_000;

/// Looks until the service stops. Sites that nobody reads are not looked at.
pub(super) async fn run(store: Store, stopped: watch::Receiver<bool>) {
    let state = (store, HashMap::new());
    rounds(PULSE, stopped, state, |(store, told)| {
        round(store, told).boxed()
    })
    .await;
}

/// What was told already, and when.
type Told = HashMap<EventId, Moment>;

async fn round(store: &Store, told: &mut Told) -> bool {
    for site in store.versions().watched(Instant::now()) {
        if let Err(error) = look(store, site, told).await {
            tracing::warn!(%error, "lists are read from the database until its changes can be read again");
        }
    }
    // What no look goes back to need not be known any more.
    let oldest = clock::now().before(SETTLED_AFTER * 2);
    told.retain(|_, seen| *seen >= oldest);
    false
}

async fn look(store: &Store, site: SiteId, told: &mut Told) -> Result<()> {
    let (begun, now) = (Instant::now(), clock::now());
    let changes = store
        .changes_since(site, now.before(SETTLED_AFTER), MOST)
        .await?;
    let versions = store.versions();
    if i64::try_from(changes.len()).is_ok_and(|count| count >= MOST) {
        versions.changed(Change::Site(site));
    }
    for (event, change) in changes {
        if told.insert(event, now).is_none() {
            versions.changed(change);
        }
    }
    versions.looked(site, begun);
    Ok(())
}

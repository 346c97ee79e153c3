//! Throws away what has run out: proofs of work that were used, once their challenges have expired anyway; claims on comments; the
//! networks of comments and what tells the senders of reports apart, once their site's time is over; wrong passwords that count no more; links to members; from where
//! members did what they did.

use std::time::Duration;

use crate::access::QUIET;
use crate::clock;
use crate::domain::{Instant, Site};
use crate::intake::CHALLENGE_LIFETIME;
use crate::store::{Result, Store, day_of};

/// How often.
const PULSE: Duration = Duration::from_secs(1800);
/// As many comments as are looked at in one write, and as many writes as one round has.
const BATCH: i64 = 500;
const BATCHES: usize = 400;
/// Replicas' clocks may differ by less than this.
const CLOCKS: Duration = Duration::from_secs(600);

/// How long a link that has ended is remembered: as long as it counts for how many an account was sent.
const LINKS_KEPT: Duration = Duration::from_secs(24 * 3600);

/// For how many whole days messages of a CMS are known by: for two days at least none has its effect twice.
const DELIVERIES_KEPT: i32 = 2;

/// How long it is kept from where members signed in and did what they did, and which attempts failed. What they did stays.
const ADDRESSES_KEPT: Duration = Duration::from_secs(180 * 24 * 3600);

/// When it was done last.
#[derive(Debug, Default)]
pub struct Sweep(Option<Instant>);

impl Sweep {
    /// Does it now and then, beginning at the start.
    pub async fn sweep(&mut self, store: &Store) -> Result<()> {
        let now = clock::now();
        if self.0.is_some_and(|last| now < last.after(PULSE)) {
            return Ok(());
        }
        self.0 = Some(now);
        let expired = now.before(CHALLENGE_LIFETIME + CLOCKS);
        store.forget_attempts(now.before(QUIET + CLOCKS)).await?;
        store.forget_links(now.before(LINKS_KEPT)).await?;
        while store
            .forget_addresses(now.before(ADDRESSES_KEPT), BATCH)
            .await?
            > 0
        {}
        for site in store.sites().await? {
            store.forget_spent(site.id, expired).await?;
            store.forget_claims(site.id, now.before(CLOCKS)).await?;
            let day = day_of(now) - DELIVERIES_KEPT;
            store.forget_deliveries_before(site.id, day).await?;
            forget_networks(store, &site, now).await?;
            forget_reporters(store, &site, now).await?;
        }
        Ok(())
    }
}

/// Goes on where it ended. What is left is for the next time, so that nothing else waits long after a first start.
async fn forget_networks(store: &Store, site: &Site, now: Instant) -> Result<()> {
    let days = Duration::from_secs(24 * 3600 * u64::from(site.settings.network_days));
    // A replica that still remembers the setting from before may take comments in with theirs.
    let before = now.before(days.max(CLOCKS));
    for _ in 0..BATCHES {
        if !store.forget_networks(site.id, before, BATCH).await? {
            break;
        }
    }
    Ok(())
}

/// As long as networks are kept, and a day at least, in which a repeat of a report has no effect.
async fn forget_reporters(store: &Store, site: &Site, now: Instant) -> Result<()> {
    let days = u64::from(site.settings.network_days.max(1));
    let before = now.before(Duration::from_secs(24 * 3600 * days) + CLOCKS);
    for _ in 0..BATCHES {
        if !store.forget_reporters(site.id, before, BATCH).await? {
            break;
        }
    }
    Ok(())
}

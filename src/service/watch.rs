//! Reads from the store what happened, whichever replica did it, and tells the pages that are open here.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::clock;
use crate::domain::{Claim, CommentId, EventId, Instant, SiteId};
use crate::http::{Live, News};
use crate::store::{Result, Store};

/// How often, where nothing is known to have changed.
const PULSE: Duration = Duration::from_secs(1);
/// How far each look goes back, for what was committed late.
const OVERLAP: Duration = Duration::from_secs(10);
/// As many as are told one by one.
const MOST: i64 = 200;

/// What was told already.
#[derive(Debug)]
struct Told {
    since: Instant,
    events: HashMap<EventId, Instant>,
    claims: Held,
}

/// What is held, each with its section.
type Held = HashMap<(SiteId, CommentId), (Claim, Option<String>)>;

/// Watches until the service stops. While no page is open nothing is read.
pub(super) async fn run(store: Store, live: Live, mut stopped: watch::Receiver<bool>) {
    let mut told: Option<Told> = None;
    while !*stopped.borrow() {
        if live.is_watched() {
            // The first page began to watch a moment ago, and is rather told twice than not.
            let told = told.get_or_insert_with(|| Told {
                since: clock::now().before(OVERLAP),
                events: HashMap::new(),
                claims: HashMap::new(),
            });
            if let Err(error) = told.look(&store, &live).await {
                tracing::warn!(%error, "open pages are told later of what happens");
            }
        } else {
            told = None;
        }
        tokio::select! {
            () = tokio::time::sleep(PULSE) => {}
            () = live.change() => {}
            _ = stopped.changed() => {}
        }
    }
}

impl Told {
    async fn look(&mut self, store: &Store, live: &Live) -> Result<()> {
        let now = clock::now();
        let mut still = HashMap::new();
        for site in store.sites().await? {
            self.happened(store, live, site.id, now).await?;
            for claim in store.claims_on(site.id, now).await? {
                still.insert((claim.0.site, claim.0.comment), claim);
            }
        }
        self.claims(live, still);
        // What is older than the next look goes back need not be known any more.
        let oldest = now.before(OVERLAP * 2);
        self.events.retain(|_, at| *at >= oldest);
        Ok(())
    }

    async fn happened(
        &mut self,
        store: &Store,
        live: &Live,
        site: SiteId,
        now: Instant,
    ) -> Result<()> {
        let since = self.since.max(now.before(OVERLAP));
        let mut all = store.happened_since(site, since, MOST).await?;
        if i64::try_from(all.len()).unwrap_or(i64::MAX) >= MOST {
            live.tell(News::Much);
        }
        all.reverse();
        for one in all {
            if self.events.insert(one.id, one.at).is_none() {
                live.tell(News::Happened(Arc::new(one)));
            }
        }
        Ok(())
    }

    fn claims(&mut self, live: &Live, still: Held) {
        for (key @ (site, comment), (_, section)) in &self.claims {
            if !still.contains_key(key) {
                live.tell(News::Released(*site, *comment, section.clone()));
            }
        }
        for (key, claim) in &still {
            let is_known = self.claims.get(key).map(|(known, _)| known.moderator);
            if is_known != Some(claim.0.moderator) {
                live.tell(News::Held(Arc::new(claim.clone())));
            }
        }
        self.claims = still;
    }
}

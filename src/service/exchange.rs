//! What is counted for the limits, told to other replicas and heard from them, and kept over a new start.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use crate::clock;
use crate::domain::{Instant, ReplicaId, TallyId};
use crate::intake::{ARRIVALS_WINDOW, Arrivals, Tally};
use crate::store::{ArrivalTally, Result, Store};

/// As many counts as are told in one second: those of a flood from thousands of places at once.
const MOST: usize = 4_096;
/// How far one looks back for what was committed late, or by a clock that is behind.
const OVERLAP: Duration = Duration::from_secs(10);
/// How often what is no longer counted is thrown away.
const SWEEP: Duration = Duration::from_secs(60);

/// One replica's part in it.
pub struct Exchange {
    store: Store,
    arrivals: Arc<Arrivals>,
    /// New with each start, so that what an earlier run has told is heard like anybody's.
    replica: ReplicaId,
    /// What could not be written yet.
    unsent: Vec<Tally>,
    /// What was heard, and when: it is read again while it lies within the overlap.
    heard: HashMap<TallyId, Instant>,
    swept_at: Instant,
    is_used: bool,
}

impl Exchange {
    /// Takes up the counts of the last windows, by whomever.
    pub async fn begin(store: Store, arrivals: Arc<Arrivals>) -> Result<Self> {
        let mut exchange = Self {
            store,
            arrivals,
            replica: ReplicaId(Uuid::now_v7()),
            unsent: Vec::new(),
            heard: HashMap::new(),
            swept_at: clock::now(),
            is_used: true,
        };
        exchange.hear_back(ARRIVALS_WINDOW * 2).await?;
        Ok(exchange)
    }

    /// Writes what was counted since, where there is something. What cannot be written is tried again the next time.
    pub async fn tell(&mut self) -> Result<()> {
        if self.unsent.is_empty() {
            self.unsent = self.arrivals.tell(MOST);
        }
        if self.unsent.is_empty() {
            return Ok(());
        }
        self.is_used = true;
        let tallies = self.unsent.iter().map(|tally| ArrivalTally {
            site: tally.site,
            id: TallyId(Uuid::now_v7()),
            replica: self.replica,
            window: tally.window,
            counts: tally.counts.clone(),
        });
        self.store.add_arrivals(tallies.collect()).await?;
        for tally in self.unsent.drain(..) {
            metrics::counter!("duyet_limits_told_total").increment(amount(&tally));
        }
        Ok(())
    }

    /// Reads what the others have told of late.
    pub async fn hear(&mut self) -> Result<()> {
        self.hear_back(OVERLAP).await
    }

    async fn hear_back(&mut self, back: Duration) -> Result<()> {
        let now = clock::now();
        for site in self.store.sites().await? {
            for told in self.store.arrivals_since(site.id, now.before(back)).await? {
                if told.replica == self.replica || self.heard.contains_key(&told.id) {
                    continue;
                }
                let tally = Tally {
                    site: told.site,
                    window: told.window,
                    counts: told.counts,
                };
                if self.arrivals.hear(&tally, now) {
                    metrics::counter!("duyet_limits_heard_total").increment(amount(&tally));
                    self.heard.insert(told.id, now);
                }
            }
        }
        let limit = now.before(OVERLAP * 6);
        self.heard.retain(|_, at| *at >= limit);
        Ok(())
    }

    /// Throws away what is no longer counted, now and then. A service that nobody writes to writes nothing either.
    pub async fn sweep(&mut self) -> Result<()> {
        let now = clock::now();
        if !self.is_used || now < self.swept_at.after(SWEEP) {
            return Ok(());
        }
        for site in self.store.sites().await? {
            let before = now.before(ARRIVALS_WINDOW * 2 + OVERLAP);
            self.store.forget_arrivals(site.id, before).await?;
        }
        (self.swept_at, self.is_used) = (now, false);
        Ok(())
    }
}

/// How much was added to all counts together.
fn amount(tally: &Tally) -> u64 {
    let added = tally.counts.iter().map(|(_, more)| i64::from(*more));
    u64::try_from(added.sum::<i64>()).unwrap_or(0)
}

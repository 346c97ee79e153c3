//! Throws away what has run out: proofs of work that were used, once their challenges have expired anyway; claims on comments; wrong
//! passwords that count no more; links to members.

use std::time::Duration;

use crate::access::QUIET;
use crate::clock;
use crate::domain::Instant;
use crate::intake::CHALLENGE_LIFETIME;
use crate::store::{Result, Store};

/// How often; a row has thirty-two bytes.
const PULSE: Duration = Duration::from_secs(1800);
/// Replicas' clocks may differ by less than this.
const CLOCKS: Duration = Duration::from_secs(600);

/// How long a link that has ended is remembered: as long as it counts for how many an account was sent.
const LINKS_KEPT: Duration = Duration::from_secs(24 * 3600);

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
        for site in store.sites().await? {
            store.forget_spent(site.id, expired).await?;
            store.forget_claims(site.id, now.before(CLOCKS)).await?;
        }
        Ok(())
    }
}

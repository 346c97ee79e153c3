//! Throws away what has run out: proofs of work that were used, once their challenges have expired anyway, and claims on comments.

use std::time::Duration;

use crate::clock;
use crate::domain::Instant;
use crate::intake::CHALLENGE_LIFETIME;
use crate::store::{Result, Store};

/// How often; a row has thirty-two bytes.
const PULSE: Duration = Duration::from_secs(1800);
/// Replicas' clocks may differ by less than this.
const CLOCKS: Duration = Duration::from_secs(600);

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
        for site in store.sites().await? {
            store.forget_spent(site.id, expired).await?;
            store.forget_claims(site.id, now.before(CLOCKS)).await?;
        }
        Ok(())
    }
}

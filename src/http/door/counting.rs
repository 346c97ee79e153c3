//! What comments came to, for a member of the paper.

use super::Moderating;
use crate::clock;
use crate::domain::Day;
use crate::http::problem::Problem;
use crate::store::Numbers;

/// As many of the busiest articles are told.
const BUSIEST: usize = 10;

impl Moderating {
    /// What the comments came to that arrived on their sites, or on the one of that key, on the last days: today and those before.
    pub async fn numbers(&self, site: Option<&str>, days: u16) -> Result<Numbers, Problem> {
        let (scope, today) = (self.scope(site)?, Day::of(clock::now()));
        let range = (today.before(days.saturating_sub(1)), today);
        Ok(self.house.store.numbers(scope, range, BUSIEST).await?)
    }
}

//! The bans of each site, made ready once a change.

use std::sync::Arc;

use moka::sync::Cache;

use crate::clock;
use crate::domain::SiteId;
use crate::intake::Bans;
use crate::store::{self, BanFilter, Store};

/// Each site's bans with the revision that they were read at.
pub(super) struct OwnBans(Cache<SiteId, (i64, Arc<Bans>)>);

impl Default for OwnBans {
    fn default() -> Self {
        Self(Cache::new(10_000))
    }
}

impl OwnBans {
    /// A site's bans as of `revision`, or later.
    pub(super) async fn of(
        &self,
        store: &Store,
        site: SiteId,
        revision: i64,
    ) -> store::Result<Arc<Bans>> {
        if let Some((of, bans)) = self.0.get(&site)
            && of == revision
        {
            return Ok(bans);
        }
        let filter = BanFilter {
            in_force_at: Some(clock::now()),
            ..BanFilter::default()
        };
        // Most sites have none, and then there is nothing to ask for.
        let list = match revision {
            0 => Vec::new(),
            _ => store.bans(site, filter).await?,
        };
        let bans = Arc::new(Bans::new(&list));
        self.0.insert(site, (revision, bans.clone()));
        Ok(bans)
    }
}

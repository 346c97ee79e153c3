//! What this replica remembers of each checker's failures.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::checker::{Breaker, Pass};
use crate::domain::{Instant, Site, SiteId, Trouble};

/// A breaker for each site's checker. One at another address is another checker, and begins anew.
#[derive(Default)]
pub(super) struct Breakers(Mutex<HashMap<SiteId, OfSite>>);

#[derive(Default)]
struct OfSite {
    url: String,
    breaker: Breaker,
    /// Why it failed the last time.
    last: Option<Trouble>,
}

impl Breakers {
    /// Whether the site's checker is asked now.
    pub(super) fn pass(&self, site: &Site, now: Instant) -> Pass {
        let url = &site.settings.checker.url;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.entry(site.id).or_default();
        if known.url != *url {
            *known = OfSite {
                url: url.clone(),
                ..OfSite::default()
            };
        }
        known.breaker.pass(now)
    }

    /// What became of a question. Of one to an address that is the checker's no longer nothing is learnt.
    pub(super) fn heard(&self, site: &Site, failed: Option<&Trouble>, now: Instant) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get_mut(&site.id);
        let Some(known) = known.filter(|known| known.url == site.settings.checker.url) else {
            return;
        };
        match failed {
            None => known.breaker.succeeded(),
            Some(_) => known.breaker.failed(now),
        }
        known.last = failed.cloned();
    }

    /// Why nobody is asked while it rests.
    pub(super) fn why(&self, site: &Site) -> Trouble {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = all.get(&site.id).and_then(|known| known.last.clone());
        Trouble::Rested {
            last: last.map(Box::new),
        }
    }
}

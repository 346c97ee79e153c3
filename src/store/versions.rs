//! What was shown is to be shown anew after any change: each site and each article has a version, which is another after each of
//! its changes. Writers here raise it after the commit and before they answer; what other replicas did is learnt by looking at the
//! events again and again. So who remembers something under the version that was read *before* the rows can be wrong for as
//! long as the last look is old, and no longer.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use crate::domain::{ArticleId, SiteId};

/// What was read longer ago than this, with no look since, may not be shown any more. A little less than the two seconds that are
/// promised, since an answer takes its time too.
const TRUSTED: Duration = Duration::from_millis(1_800);
/// Where a look comes later than this after the one before, it may have missed something: everything is shown anew.
const LOST: Duration = Duration::from_secs(5);
/// As long as a site is looked at after somebody has asked for it.
const ATTENTION: Duration = Duration::from_secs(60);
/// As many versions as there are for all articles: those that share one are shown anew a little more often.
const SLOTS: usize = 4_096;

/// A version of a site or an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Version {
    /// Of everything on the site.
    epoch: u64,
    number: u64,
}

/// What a write has changed of what is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Something under that article, or the article itself.
    Article(SiteId, ArticleId),
    /// Perhaps anything.
    Site(SiteId),
}

/// The versions of everything. Clones are the same.
#[derive(Debug, Clone)]
pub struct Versions(Arc<Numbers>);

#[derive(Debug)]
struct Numbers {
    sites: RwLock<HashMap<SiteId, Arc<OfSite>>>,
    articles: Vec<AtomicU64>,
    hasher: RandomState,
}

#[derive(Debug, Default)]
struct OfSite {
    epoch: AtomicU64,
    /// Grows with each change of anything.
    number: AtomicU64,
    looks: Mutex<Looks>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Looks {
    asked_at: Option<Instant>,
    /// When the last look began that came to its end.
    looked_at: Option<Instant>,
}

impl Default for Versions {
    fn default() -> Self {
        Self(Arc::new(Numbers {
            sites: RwLock::default(),
            articles: (0..SLOTS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
        }))
    }
}

impl Versions {
    /// The version of an article and of what stands under it.
    #[must_use]
    pub fn of_article(&self, site: SiteId, article: ArticleId) -> Version {
        Version {
            epoch: self.site(site).epoch.load(Ordering::SeqCst),
            number: self.slot(article).load(Ordering::SeqCst),
        }
    }

    /// The version of all that stands on a site.
    #[must_use]
    pub fn of_site(&self, site: SiteId) -> Version {
        let site = self.site(site);
        Version {
            epoch: site.epoch.load(Ordering::SeqCst),
            number: site.number.load(Ordering::SeqCst),
        }
    }

    /// Something has changed, and is committed.
    pub fn changed(&self, change: Change) {
        let (Change::Article(site, _) | Change::Site(site)) = change;
        let site = self.site(site);
        match change {
            Change::Article(_, article) => {
                self.slot(article).fetch_add(1, Ordering::SeqCst);
            }
            Change::Site(_) => {
                site.epoch.fetch_add(1, Ordering::SeqCst);
            }
        }
        site.number.fetch_add(1, Ordering::SeqCst);
    }

    /// Whether what was read then is still known to be what the versions say. Whoever asks has the site looked at for a while.
    #[must_use]
    pub fn vouch(&self, site: SiteId, read_at: Instant, now: Instant) -> bool {
        let site = self.site(site);
        let mut looks = site.looks();
        looks.asked_at = Some(now);
        let last = looks.looked_at.map_or(read_at, |at| at.max(read_at));
        now.saturating_duration_since(last) < TRUSTED
    }

    /// The sites that somebody has asked for of late.
    #[must_use]
    pub fn watched(&self, now: Instant) -> Vec<SiteId> {
        let sites = self.0.sites.read().unwrap_or_else(PoisonError::into_inner);
        let is_watched = |site: &OfSite| {
            let asked_at = site.looks().asked_at;
            asked_at.is_some_and(|at| now.saturating_duration_since(at) < ATTENTION)
        };
        sites
            .iter()
            .filter(|(_, site)| is_watched(site))
            .map(|(id, _)| *id)
            .collect()
    }

    /// A look at the site that began then has told of every change.
    pub fn looked(&self, site: SiteId, begun: Instant) {
        let is_lost = {
            let site = self.site(site);
            let looks = site.looks();
            (looks.looked_at).is_none_or(|last| begun.saturating_duration_since(last) > LOST)
        };
        if is_lost {
            self.changed(Change::Site(site));
        }
        self.site(site).looks().looked_at = Some(begun);
    }

    fn site(&self, id: SiteId) -> Arc<OfSite> {
        let sites = &self.0.sites;
        let known = sites
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&id)
            .cloned();
        known.unwrap_or_else(|| {
            let mut sites = sites.write().unwrap_or_else(PoisonError::into_inner);
            sites.entry(id).or_default().clone()
        })
    }

    #[allow(clippy::cast_possible_truncation)] // it is less than the number of slots
    fn slot(&self, article: ArticleId) -> &AtomicU64 {
        let place = self.0.hasher.hash_one(article) % SLOTS as u64;
        &self.0.articles[place as usize]
    }
}

impl OfSite {
    fn looks(&self) -> std::sync::MutexGuard<'_, Looks> {
        self.looks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const SITE: SiteId = SiteId(Uuid::from_u128(1));
    const OTHER: SiteId = SiteId(Uuid::from_u128(2));
    const ARTICLE: ArticleId = ArticleId(Uuid::from_u128(3));

    #[test]
    fn each_change_is_another_version_of_what_it_changes() {
        let versions = Versions::default();
        let all = || {
            [
                versions.of_article(SITE, ARTICLE),
                versions.of_site(SITE),
                versions.of_site(OTHER),
            ]
        };
        let before = all();
        versions.changed(Change::Article(SITE, ARTICLE));
        let after = all();
        assert!(before[0] != after[0] && before[1] != after[1] && before[2] == after[2]);
        versions.changed(Change::Site(SITE));
        let later = all();
        assert!(after[0] != later[0] && after[1] != later[1] && after[2] == later[2]);
    }

    #[test]
    fn nothing_is_shown_that_was_read_two_seconds_ago_and_not_looked_at_since() {
        let versions = Versions::default();
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        assert!(versions.vouch(SITE, start, at(1_500)));
        assert!(!versions.vouch(SITE, start, at(2_000)));
        versions.looked(SITE, at(1_900));
        assert!(versions.vouch(SITE, start, at(3_000)));
        assert!(!versions.vouch(SITE, start, at(4_000)));
        assert_eq!(versions.watched(at(50_000)), [SITE]);
        assert!(versions.watched(at(70_000)).is_empty());
    }

    #[test]
    fn who_looks_away_for_long_believes_nothing_from_before() {
        let versions = Versions::default();
        let start = Instant::now();
        versions.looked(SITE, start);
        let version = versions.of_article(SITE, ARTICLE);
        versions.looked(SITE, start + Duration::from_secs(1));
        assert_eq!(versions.of_article(SITE, ARTICLE), version);
        versions.looked(SITE, start + Duration::from_secs(20));
        assert_ne!(versions.of_article(SITE, ARTICLE), version);
    }
}

//! The words that each site's editors hold and allow, compiled once a change.

use std::sync::Arc;

use moka::sync::Cache;
use tokio::sync::Mutex;

use crate::domain::{SiteId, SiteWord, WordState};
use crate::rules::SiteWords;
use crate::store::{self, Store, WordFilter};

/// Each site's live words with the revision that they were compiled from.
pub(super) struct OwnWords {
    compiled: Cache<SiteId, (i64, Arc<SiteWords>)>,
    /// Held while a site's words are compiled, so that of many requests one does it.
    compiling: Mutex<()>,
}

impl Default for OwnWords {
    fn default() -> Self {
        Self {
            compiled: Cache::new(10_000),
            compiling: Mutex::new(()),
        }
    }
}

impl OwnWords {
    /// A site's live words as of `revision`, or later.
    pub(super) async fn of(
        &self,
        store: &Store,
        site: SiteId,
        revision: i64,
    ) -> store::Result<Arc<SiteWords>> {
        if let Some(words) = self.known(site, revision) {
            return Ok(words);
        }
        let _one = self.compiling.lock().await;
        if let Some(words) = self.known(site, revision) {
            return Ok(words);
        }
        let filter = WordFilter {
            state: Some(WordState::Live),
            ..WordFilter::default()
        };
        // Most sites have none, and then there is nothing to ask for.
        let list = match revision {
            0 => Vec::new(),
            _ => store.site_words(site, filter).await?,
        };
        let compiled = tokio::task::spawn_blocking(move || compiled(list)).await;
        let words = Arc::new(compiled.map_err(|error| store::Error::Broken(error.to_string()))?);
        self.compiled.insert(site, (revision, words.clone()));
        Ok(words)
    }

    fn known(&self, site: SiteId, revision: i64) -> Option<Arc<SiteWords>> {
        let (of, words) = self.compiled.get(&site)?;
        (of == revision).then_some(words)
    }
}

/// What cannot be looked for was refused when it was added; should a later release refuse more, the others still count.
fn compiled(mut list: Vec<SiteWord>) -> SiteWords {
    SiteWords::compile(&list).unwrap_or_else(|faults| {
        for fault in &faults {
            tracing::error!(
                word = fault.word,
                why = fault.trouble.code(),
                "a site's word is not looked for"
            );
        }
        let mut place = 0;
        list.retain(|_| {
            place += 1;
            faults.iter().all(|fault| fault.place + 1 != place)
        });
        SiteWords::compile(&list).unwrap_or_default()
    })
}

//! Fills the window of repeats from the store, after a start and, over one database with others, each second.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::clock;
use crate::domain::{CommentId, SiteId};
use crate::intake::{RecentTexts, read_text};
use crate::store::{Result, Seen, Store};

/// As many texts of a site as are read after a start.
const TEXTS: i64 = 100_000;
/// As many as are read at once.
const AT_ONCE: usize = 500;

/// Remembers the texts that the store has from the last `back`.
pub(super) async fn remember(
    store: &Store,
    recent: &Mutex<RecentTexts>,
    back: Duration,
) -> Result<()> {
    let since = clock::now().before(back);
    for site in store.sites().await? {
        let mut unknown = store.texts_since(site.id, since, TEXTS).await?;
        {
            let recent = recent.lock().unwrap_or_else(PoisonError::into_inner);
            unknown.retain(|comment| !recent.knows(*comment));
        }
        unknown.reverse();
        take(store, recent, site.id, &unknown).await?;
    }
    Ok(())
}

/// Learns which of them their readers have changed or taken back within the last `back`, here or elsewhere.
pub(super) async fn mend(store: &Store, recent: &Mutex<RecentTexts>, back: Duration) -> Result<()> {
    let since = clock::now().before(back);
    for site in store.sites().await? {
        let changed = store.texts_changed_since(site.id, since).await?;
        if changed.is_empty() {
            continue;
        }
        let texts = store.texts_of(site.id, changed.clone()).await?;
        let is_there = |id: &CommentId| texts.iter().any(|text| text.comment == *id);
        {
            let mut recent = recent.lock().unwrap_or_else(PoisonError::into_inner);
            for gone in changed.iter().filter(|id| !is_there(id)) {
                recent.forget(*gone);
            }
        }
        keep(recent, site.id, texts);
    }
    Ok(())
}

async fn take(
    store: &Store,
    recent: &Mutex<RecentTexts>,
    site: SiteId,
    comments: &[CommentId],
) -> Result<()> {
    for some in comments.chunks(AT_ONCE) {
        let texts = store.texts_of(site, some.to_vec()).await?;
        keep(recent, site, texts);
    }
    Ok(())
}

fn keep(recent: &Mutex<RecentTexts>, site: SiteId, texts: Vec<Seen>) {
    for text in texts {
        // Read before the lock is taken: requests wait for it.
        let likeness = read_text(&text.body);
        let address = text.address_mark.and_then(|mark| u16::try_from(mark).ok());
        let mut recent = recent.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = recent.sent(site, likeness, &text.email_key, &text.article, address);
        let at = text.edited_at.unwrap_or(text.created_at);
        recent.insert(&sent, text.comment, at);
    }
}

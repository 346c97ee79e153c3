//! Gives comments and articles that an older version took in the keys that this one makes: no migration can, since SQL folds no names.
//!
//! It goes in small batches, each a write like any other, and finds what is left by an index that is empty once nothing is;
//! so it may be stopped at any moment, and several replicas may do it at once.

use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::watch;

use super::rounds::rounds;
use crate::domain::SiteId;
use crate::intake::{Email, EmailPolicy, article_key, folded};
use crate::store::{self, Keyed, Store, Unkeyed};

/// As many comments as a batch has: a write of a few milliseconds, which readers who send meanwhile do not feel.
const BATCH: i64 = 200;
/// How often it looks again: a replica of an older version may still take comments in beside this one.
const PULSE: Duration = Duration::from_secs(600);

/// Fills in what is missing; how many comments that were.
pub async fn fill_in(store: &Store) -> store::Result<usize> {
    let mut filled = 0;
    for site in store.sites().await? {
        fill_in_articles(store, site.id).await?;
        loop {
            let batch = store.comments_without_keys(site.id, BATCH).await?;
            if batch.is_empty() {
                break;
            }
            filled += batch.len();
            let keyed = batch.into_iter().map(keyed).collect();
            store.set_keys(site.id, keyed).await?;
        }
    }
    Ok(filled)
}

async fn fill_in_articles(store: &Store, site: SiteId) -> store::Result<()> {
    loop {
        let batch = store.articles_without_key(site, BATCH).await?;
        if batch.is_empty() {
            return Ok(());
        }
        let keyed = batch.into_iter().map(|article| {
            let key = article_key(article.title.as_deref(), &article.url);
            (article.id, key)
        });
        store.set_article_keys(site, keyed.collect()).await?;
    }
}

fn keyed(of: Unkeyed) -> Keyed {
    // What was taken in once is not judged by today's settings.
    let policy = EmailPolicy {
        unicode_local_part: true,
    };
    let email_key = match Email::parse_with(&of.email, policy) {
        Ok(email) => email.key().to_owned(),
        // No address any more by today's rules, or erased: its own key is the best there is.
        Err(_) => of.email_key.clone(),
    };
    Keyed {
        name_key: folded(&of.name),
        email_key,
        of,
    }
}

/// Fills in now and then, until the service stops.
pub(super) async fn run(store: Store, stopped: watch::Receiver<bool>) {
    rounds(PULSE, stopped, store, |store| round(store).boxed()).await;
}

async fn round(store: &Store) -> bool {
    match fill_in(store).await {
        Ok(0) => {}
        Ok(comments) => {
            tracing::info!(comments, "comments of an older version have their keys now");
        }
        Err(error) => {
            tracing::warn!(%error, "comments of an older version lack their keys; tried again later");
        }
    }
    false
}

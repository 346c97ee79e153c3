//! What goes on beside the requests, each until the service stops.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::watch::Receiver;
use tokio::task::JoinHandle;

use super::{backtests, freshness, keys, learning, numbers, search, watch};
use crate::http::Live;
use crate::learn::LiveModels;
use crate::notify::{Callbacks, Checks, Hooks, Worker};
use crate::rules::LiveRules;
use crate::store::Store;

/// Before a worker that panicked begins anew.
const BREATH: Duration = Duration::from_secs(1);

/// What the workers work with.
#[derive(Clone)]
pub(super) struct Beside {
    pub store: Store,
    pub live: Live,
    pub rules: Arc<LiveRules>,
    pub models: Arc<LiveModels>,
    pub mail: Arc<Worker>,
    pub hooks: Hooks,
    pub callbacks: Callbacks,
    pub checks: Checks,
    pub stopped: Receiver<bool>,
}

impl Beside {
    /// The worker of mails: it may be waiting for a mail server when all others have left.
    pub fn mail(&self) -> JoinHandle<()> {
        keep(
            self,
            "mail",
            |of| async move { of.mail.run(of.stopped).await },
        )
    }

    pub fn others(&self) -> [JoinHandle<()>; 10] {
        [
            keep(self, "pages", |of| {
                watch::run(of.store, of.live, of.stopped)
            }),
            keep(self, "lists", |of| freshness::run(of.store, of.stopped)),
            keep(self, "keys", |of| keys::run(of.store, of.stopped)),
            keep(self, "search", |of| {
                search::run(of.store, of.models, of.stopped)
            }),
            keep(self, "numbers", |of| numbers::run(of.store, of.stopped)),
            keep(self, "backtests", |of| {
                backtests::run(of.store, of.rules, of.stopped)
            }),
            keep(self, "callbacks", |of| of.callbacks.run(of.stopped)),
            keep(self, "webhooks", |of| of.hooks.run(of.stopped)),
            keep(self, "checks", |of| of.checks.run(of.stopped)),
            keep(self, "learning", |of| {
                learning::run(of.store, of.models, of.stopped)
            }),
        ]
    }
}

/// Runs a worker until it ends by itself, also after a fault of ours that made it panic: what it does is leased, or noted, and comes
/// up again.
fn keep<P, F>(parts: &P, worker: &'static str, run: fn(P) -> F) -> JoinHandle<()>
where
    P: Clone + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let parts = parts.clone();
    tokio::spawn(async move {
        loop {
            let run = AssertUnwindSafe(run(parts.clone()));
            if run.catch_unwind().await.is_ok() {
                return;
            }
            tracing::error!(worker, "a worker panicked and goes on");
            tokio::time::sleep(BREATH).await;
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::keep;

    #[tokio::test]
    async fn who_panics_begins_anew_and_who_ends_has_ended() {
        let runs = Arc::new(AtomicUsize::new(0));
        let worker = keep(&runs, "a test", |runs| async move {
            assert!(runs.fetch_add(1, Ordering::Relaxed) > 0, "the first time");
        });
        worker.await.expect("it ends");
        assert_eq!(runs.load(Ordering::Relaxed), 2);
    }
}

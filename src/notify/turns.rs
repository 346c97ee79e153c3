//! Work that goes on side by side, one task for each of those who are worked for: whoever is slow keeps their own waiting and nobody else's.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::domain::{Site, SiteId};
use crate::store::{self, Store};

/// The longest a due row waits to be noticed.
pub(super) const PULSE: Duration = Duration::from_secs(1);

/// The tasks that go on.
pub(super) struct Turns<K>(HashMap<K, JoinHandle<()>>);

impl<K: Eq + Hash> Turns<K> {
    pub(super) fn none() -> Self {
        Self(HashMap::new())
    }

    /// Begins a turn, where none goes on for that one.
    pub(super) fn begin<F>(&mut self, whom: K, turn: impl FnOnce() -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        if self.0.get(&whom).is_none_or(JoinHandle::is_finished) {
            self.0.insert(whom, tokio::spawn(turn()));
        }
    }

    /// Waits until all have ended.
    pub(super) async fn end(self) {
        join_all(self.0.into_values()).await;
    }

    /// Waits for so long, and breaks off what goes on then. What that had claimed is due again when its lease ends.
    pub(super) async fn end_within(mut self, patience: Duration) {
        let all = join_all(self.0.values_mut());
        if tokio::time::timeout(patience, all).await.is_err() {
            // Who has ended is not to be asked again.
            self.0.retain(|_, turn| !turn.is_finished());
            self.0.values().for_each(JoinHandle::abort);
            self.end().await;
        }
    }
}

impl Turns<SiteId> {
    async fn begin_for_sites<F>(
        &mut self,
        store: &Store,
        turn: impl Fn(Site) -> F,
    ) -> store::Result<()>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        for site in store.sites().await? {
            self.begin(site.id, || turn(site));
        }
        Ok(())
    }
}

/// Has turns for each site until `stop` becomes true, and then breaks them off. `waiting` tells the log what waits where the sites cannot be read.
pub(super) async fn run<F>(
    store: &Store,
    turn: impl Fn(Site) -> F,
    waiting: &str,
    mut stop: watch::Receiver<bool>,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let mut turns = Turns::none();
    while !*stop.borrow() {
        if let Err(error) = turns.begin_for_sites(store, &turn).await {
            tracing::warn!(%error, "{waiting}");
        }
        tokio::select! {
            () = tokio::time::sleep(PULSE) => {}
            _ = stop.changed() => {}
        }
    }
    turns.end_within(Duration::ZERO).await;
}

/// Has one turn for each site.
pub(super) async fn round<F>(store: &Store, turn: impl Fn(Site) -> F) -> store::Result<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut turns = Turns::none();
    turns.begin_for_sites(store, turn).await?;
    turns.end().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn who_has_a_turn_begins_no_other_and_keeps_nobody_waiting() {
        let (door, begun) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut turns = Turns::none();
        let slow = || {
            let (door, begun) = (door.clone(), begun.clone());
            async move {
                begun.fetch_add(1, Ordering::SeqCst);
                let _ = door.acquire().await;
            }
        };
        turns.begin("slow", slow);
        tokio::task::yield_now().await;
        turns.begin("slow", slow);
        let (done, other) = tokio::sync::oneshot::channel();
        turns.begin("quick", || async move {
            let _ = done.send(());
        });
        other.await.expect("the other has its turn");
        assert_eq!(begun.load(Ordering::SeqCst), 1);
        // Once it is through, the next may begin.
        door.add_permits(1);
        while !turns.0.values().all(JoinHandle::is_finished) {
            tokio::task::yield_now().await;
        }
        turns.begin("slow", slow);
        turns.end().await;
        assert_eq!(begun.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn what_goes_on_too_long_is_broken_off() {
        let mut turns = Turns::none();
        let kept = Arc::new(());
        let held = kept.clone();
        turns.begin((), || async move {
            std::future::pending::<()>().await;
            drop(held);
        });
        turns.end_within(Duration::from_millis(1)).await;
        assert_eq!(Arc::strong_count(&kept), 1);
    }
}

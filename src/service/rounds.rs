//! The way of a worker that looks now and then for what is new.

use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::watch;

/// Round after round until the service stops: so far apart, or at once where the last says that there is more to do. One that is under
/// way when the service stops is dropped where it waits.
pub(super) async fn rounds<S>(
    apart: Duration,
    mut stopped: watch::Receiver<bool>,
    mut state: S,
    round: fn(&mut S) -> BoxFuture<'_, bool>,
) {
    while !*stopped.borrow() {
        let has_more = tokio::select! {
            has_more = round(&mut state) => has_more,
            _ = stopped.changed() => continue,
        };
        if has_more {
            continue;
        }
        tokio::select! {
            () = tokio::time::sleep(apart) => {}
            _ = stopped.changed() => {}
        }
    }
}

//! What happens, told to everybody who watches: one task reads it from the store, and each open page gets it from here.

use std::sync::Arc;

use tokio::sync::{Notify, broadcast};

use crate::domain::{Claim, CommentId, SiteId};
use crate::store::Happened;

/// As many news as a slow page may be behind before it is told to look anew.
const BEHIND: usize = 1024;

/// One thing to tell.
#[derive(Debug, Clone)]
pub enum News {
    /// A comment came or moved.
    Happened(Arc<Happened>),
    /// A moderator has a comment of that section on their screen.
    Held(Arc<(Claim, Option<String>)>),
    /// Nobody has it on their screen any more.
    Released(SiteId, CommentId, Option<String>),
    /// More happened than can be told one by one.
    Much,
}

/// The hub. Clones are the same hub.
#[derive(Debug, Clone)]
pub struct Live {
    news: broadcast::Sender<News>,
    look: Arc<Notify>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            news: broadcast::Sender::new(BEHIND),
            look: Arc::default(),
        }
    }
}

impl Live {
    /// From now on.
    #[must_use]
    pub fn watch(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Whether anybody watches.
    #[must_use]
    pub fn is_watched(&self) -> bool {
        self.news.receiver_count() > 0
    }

    /// Tells everybody who watches.
    pub fn tell(&self, news: News) {
        // Who watched may have left.
        let _ = self.news.send(news);
    }

    /// Something was changed here: no need to wait for the next look.
    pub fn changed(&self) {
        self.look.notify_one();
    }

    /// Done when something was changed here.
    pub async fn change(&self) {
        self.look.notified().await;
    }
}

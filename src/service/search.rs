//! Keeps the search index up with what is written and decided: it follows the events of each site, in small batches, each a
//! write like any other, so that readers who send meanwhile do not feel it. What was there before the index was is taken in
//! beside that, the newest first.
//!
//! It may be stopped at any moment, and several replicas may do it at once: what is in the index as of its revision is left.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{FutureExt, TryFutureExt};
use tokio::sync::watch;
use tokio::time::Instant;
use uuid::Uuid;

use super::rounds::rounds;
use crate::clock;
use crate::domain::{CommentId, EventId, SiteId};
use crate::learn::LiveModels;
use crate::store::{Rater, Result, SearchMark, Store, millis_of, settled};

/// How often it looks for what is new.
const PULSE: Duration = Duration::from_millis(500);
/// As many events as are read at once.
const EVENTS: i64 = 1_000;
/// As many comments as a write has.
const BATCH: usize = 100;
/// It notes how far it has come when that is so much further: a note is a write of its own.
const NOTE_MILLIS: u128 = 5_000;
/// After a write it rests so many times as long as that took with its waiting: the busier the writer, the rarer it comes.
const REST: u32 = 3;

/// Where it is on one site.
struct Follower {
    /// Read up to there.
    read_to: EventId,
    /// Events of the last while that were read: what was committed late lies between them.
    seen: BTreeSet<EventId>,
    mark: SearchMark,
    noted: EventId,
}

/// Follows until the service stops.
pub(super) async fn run(store: Store, models: Arc<LiveModels>, stopped: watch::Receiver<bool>) {
    let index = Index {
        store,
        rater: rater(models),
    };
    let state = (index, HashMap::new());
    rounds(PULSE, stopped, state, |(index, followers)| {
        let told = |error| {
            tracing::warn!(%error, "the search index is behind; tried again");
            false
        };
        follow_all(index, followers).unwrap_or_else(told).boxed()
    })
    .await;
}

/// A step on each site; whether any has more to do at once.
async fn follow_all(index: &Index, followers: &mut HashMap<SiteId, Follower>) -> Result<bool> {
    let mut more = false;
    for site in index.store.sites().await? {
        let follower = match followers.remove(&site.id) {
            Some(follower) => follower,
            None => Follower::begin(&index.store, site.id).await?,
        };
        let follower = followers.entry(site.id).or_insert(follower);
        more |= follower.step(index, site.id).await?;
    }
    Ok(more)
}

impl Follower {
    async fn begin(store: &Store, site: SiteId) -> Result<Self> {
        let mark = if let Some(mark) = store.search_mark(site).await? {
            mark
        } else {
            let mark = SearchMark {
                event: settled(clock::now()),
                filled_to: None,
                is_whole: false,
            };
            store.set_search_mark(site, mark).await?;
            mark
        };
        Ok(Self {
            read_to: mark.event,
            seen: BTreeSet::new(),
            noted: mark.event,
            mark,
        })
    }

    /// Takes in what is new, then what came late, then some of what was there before.
    async fn step(&mut self, index: &Index, site: SiteId) -> Result<bool> {
        let events = index.store.events_after(site, self.read_to, EVENTS).await?;
        let is_behind = i64::try_from(events.len()).is_ok_and(|many| many == EVENTS);
        self.take(index, site, events).await?;
        if is_behind {
            return Ok(true);
        }
        self.catch_late(index, site).await?;
        self.note(&index.store, site).await?;
        self.fill(index, site).await
    }

    async fn take(
        &mut self,
        index: &Index,
        site: SiteId,
        events: Vec<(EventId, Option<CommentId>)>,
    ) -> Result<()> {
        // Each comment once, in the order of ids, which is the one that the index likes.
        let comments: BTreeSet<CommentId> =
            events.iter().filter_map(|(_, comment)| *comment).collect();
        let comments: Vec<CommentId> = comments.into_iter().collect();
        for some in comments.chunks(BATCH) {
            index.bring(site, some.to_vec()).await?;
        }
        let all = events.iter().map(|(event, _)| *event).collect();
        index.bring_checked(site, all).await?;
        let others = events.iter().filter(|(_, comment)| comment.is_none());
        let others = others.map(|(event, _)| *event).collect();
        index.bring_anew(site, others).await?;
        for (event, _) in events {
            self.read_to = self.read_to.max(event);
            self.seen.insert(event);
        }
        Ok(())
    }

    /// Ids are made before the commit, so an event may come to lie before one that was read already.
    async fn catch_late(&mut self, index: &Index, site: SiteId) -> Result<()> {
        let settled = settled(clock::now());
        let mut after = self.mark.event;
        loop {
            let again = index.store.events_after(site, after, EVENTS).await?;
            let Some((last, _)) = again.last().copied() else {
                break;
            };
            after = last;
            let late = again.into_iter();
            let late = late.filter(|(event, _)| !self.seen.contains(event));
            self.take(index, site, late.collect()).await?;
        }
        self.mark.event = self.mark.event.max(settled.min(self.read_to));
        self.seen = self.seen.split_off(&self.mark.event);
        Ok(())
    }

    /// Notes how far it has come, now and then: after a crash it reads on from there.
    async fn note(&mut self, store: &Store, site: SiteId) -> Result<()> {
        if millis_of(self.mark.event) >= millis_of(self.noted) + NOTE_MILLIS {
            store.set_search_mark(site, self.mark).await?;
            self.noted = self.mark.event;
        }
        Ok(())
    }

    /// Takes in some of what was there before; whether there is more.
    async fn fill(&mut self, index: &Index, site: SiteId) -> Result<bool> {
        let store = &index.store;
        if self.mark.is_whole {
            return Ok(false);
        }
        // The key of an author is a fact: it must be there first.
        if !store.comments_without_keys(site, 1).await?.is_empty() {
            return Ok(false);
        }
        let before = self.mark.filled_to.unwrap_or(CommentId(Uuid::max()));
        let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
        let ids = store.comments_before(site, before, limit).await?;
        self.mark.filled_to = ids.last().copied().or(self.mark.filled_to);
        self.mark.is_whole = ids.is_empty();
        index.bring(site, ids).await?;
        store.set_search_mark(site, self.mark).await?;
        Ok(!self.mark.is_whole)
    }
}

/// What brings comments into the index.
struct Index {
    store: Store,
    rater: Rater,
}

/// Asks the models that are in use.
fn rater(models: Arc<LiveModels>) -> Rater {
    Rater::new(move |comment, evidence| models.of(comment.site).risk(&comment.body, evidence))
}

impl Index {
    async fn bring(&self, site: SiteId, comments: Vec<CommentId>) -> Result<()> {
        let start = Instant::now();
        let brought = self
            .store
            .index_comments(site, comments, self.rater.clone());
        if brought.await? > 0 {
            tokio::time::sleep(start.elapsed() * REST).await;
        }
        Ok(())
    }

    /// Takes in anew what a checker has answered about, at a revision that is known.
    async fn bring_checked(&self, site: SiteId, events: Vec<EventId>) -> Result<()> {
        let checked = self.store.checked_among(site, events).await?;
        let checked: Vec<CommentId> = checked.into_iter().collect();
        for some in checked.chunks(BATCH) {
            let rater = self.rater.clone();
            self.store.index_anew(site, some.to_vec(), rater).await?;
        }
        Ok(())
    }

    /// Takes in anew what stands under articles that have another section since.
    async fn bring_anew(&self, site: SiteId, events: Vec<EventId>) -> Result<()> {
        let store = &self.store;
        let articles = store.articles_again(site, events).await?;
        let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
        let mut after = None;
        while !articles.is_empty() {
            let ids = store
                .comments_under(site, articles.clone(), after, limit)
                .await?;
            let Some(last) = ids.last().copied() else {
                break;
            };
            after = Some(last);
            let start = Instant::now();
            store.index_anew(site, ids, self.rater.clone()).await?;
            tokio::time::sleep(start.elapsed() * REST).await;
        }
        Ok(())
    }
}

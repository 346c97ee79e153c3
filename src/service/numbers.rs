//! Keeps the numbers up with what is written and decided: it follows the events of each site and counts the hours anew whose comments they
//! are about. What was there before is counted beside that, day by day, the newest first.
//!
//! One replica counts at a time, and writes only while it is the one. It may be stopped at any moment: who counts next begins
//! where this one noted to be, and what is counted twice comes to the same.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use futures_util::{FutureExt, TryFutureExt};
use tokio::sync::watch;
use tokio::time::Instant;
use uuid::Uuid;

use super::rounds::rounds;
use crate::clock;
use crate::domain::{CommentId, EventId, Hour, ReplicaId, SiteId};
use crate::store::{Hours, NumberMark, Result, Store, millis_of, moment_of, settled};

/// How often it looks for what is new.
const PULSE: Duration = Duration::from_secs(2);
/// As many events as are read at once.
const EVENTS: i64 = 1_000;
/// As long as nobody else counts where this replica has died; held on while it counts.
const HELD: Duration = Duration::from_secs(10);
/// It notes how far it has come when that is so much further: a note is a write of its own.
const NOTE_MILLIS: u128 = 5_000;
/// After an hour it rests so many times as long as that took to count: nobody is in a hurry for these numbers.
const REST: u32 = 4;

/// Who counts, and what of the last while was counted by it.
struct Counter {
    store: Store,
    replica: ReplicaId,
    seen: HashMap<SiteId, BTreeSet<EventId>>,
}

/// Counts until the service stops.
pub(super) async fn run(store: Store, stopped: watch::Receiver<bool>) {
    let counter = Counter {
        store,
        replica: ReplicaId(Uuid::now_v7()),
        seen: HashMap::new(),
    };
    rounds(PULSE, stopped, counter, |counter| {
        let told = |error| {
            tracing::warn!(%error, "the numbers are behind; tried again");
            false
        };
        counter.go_on().unwrap_or_else(told).boxed()
    })
    .await;
}

impl Counter {
    /// A step on each site; whether any has more to do at once.
    async fn go_on(&mut self) -> Result<bool> {
        let mut more = false;
        for site in self.store.sites().await? {
            more |= self.step(site.id).await?;
        }
        Ok(more)
    }

    /// Counts what is new, then a day of what was there before.
    async fn step(&mut self, site: SiteId) -> Result<bool> {
        let now = clock::now();
        let begun = self.store.number_mark(site).await?;
        let mut mark = begun.unwrap_or(NumberMark {
            event: settled(now),
            filled_to: None,
            is_whole: false,
            holder: self.replica,
            held_until: now,
        });
        if mark.holder != self.replica && mark.held_until > now {
            return Ok(false);
        }
        let news = self.news(site, mark.event).await?;
        let read_to = self.seen.get(&site).and_then(BTreeSet::last).copied();
        let further = settled(clock::now()).min(read_to.unwrap_or(mark.event));
        let is_further = millis_of(further) >= millis_of(mark.event) + NOTE_MILLIS;
        if begun.is_some() && mark.is_whole && news.is_empty() && !is_further {
            return Ok(false);
        }
        (mark.holder, mark.held_until) = (self.replica, now.after(HELD));
        if !self.store.take_numbers(site, mark, now).await? {
            return Ok(false);
        }
        self.take(site, news).await?;
        if !mark.is_whole {
            self.fill(site, &mut mark).await?;
        } else if !is_further {
            return Ok(false);
        }
        // Ids are made before the commit, so an event may come to lie before one that was read already: the last while is read again.
        mark.event = mark.event.max(further);
        mark.held_until = clock::now().after(HELD);
        self.store.note_numbers(site, mark).await?;
        let seen = self.seen.entry(site).or_default();
        *seen = seen.split_off(&mark.event);
        Ok(!mark.is_whole)
    }

    /// What happened after an event and was not counted here.
    async fn news(
        &self,
        site: SiteId,
        after: EventId,
    ) -> Result<Vec<(EventId, Option<CommentId>)>> {
        let seen = self.seen.get(&site);
        let (mut news, mut last) = (Vec::new(), after);
        loop {
            let events = self.store.events_after(site, last, EVENTS).await?;
            let is_end = i64::try_from(events.len()).is_ok_and(|many| many < EVENTS);
            last = events.last().map_or(last, |(event, _)| *event);
            let new = |event: &EventId| !seen.is_some_and(|seen| seen.contains(event));
            news.extend(events.into_iter().filter(|(event, _)| new(event)));
            if is_end || i64::try_from(news.len()).is_ok_and(|many| many >= EVENTS) {
                return Ok(news);
            }
        }
    }

    /// Counts the hours of the comments that events are about.
    async fn take(&mut self, site: SiteId, news: Vec<(EventId, Option<CommentId>)>) -> Result<()> {
        let comments = news.iter().filter_map(|(_, comment)| *comment);
        let hour_of = |CommentId(id)| Hour::of(moment_of(id));
        let mut hours: BTreeSet<Hour> = comments.map(hour_of).collect();
        let others = news.iter().filter(|(_, comment)| comment.is_none());
        let others = others.map(|(event, _)| *event).collect();
        let again = self.under_other_sections(site, others).await?;
        hours.extend(again.into_iter().map(hour_of));
        for hour in hours {
            self.count(site, hour, Hour(hour.0 + 1)).await?;
        }
        let seen = self.seen.entry(site).or_default();
        seen.extend(news.into_iter().map(|(event, _)| event));
        Ok(())
    }

    /// The comments under articles that have another section since those events: their hours count them elsewhere.
    async fn under_other_sections(
        &self,
        site: SiteId,
        events: Vec<EventId>,
    ) -> Result<Vec<CommentId>> {
        let articles = self.store.articles_again(site, events).await?;
        let mut all: Vec<CommentId> = Vec::new();
        while !articles.is_empty() {
            let after = all.last().copied();
            let some = self
                .store
                .comments_under(site, articles.clone(), after, EVENTS)
                .await?;
            if some.is_empty() {
                break;
            }
            all.extend(some);
        }
        Ok(all)
    }

    /// Counts another day of what was there before.
    async fn fill(&mut self, site: SiteId, mark: &mut NumberMark) -> Result<()> {
        let day = self
            .store
            .day_with_comments_before(site, mark.filled_to)
            .await?;
        let Some(day) = day else {
            mark.is_whole = true;
            return Ok(());
        };
        self.count(site, day.first_hour(), day.next().first_hour())
            .await?;
        mark.filled_to = Some(day);
        Ok(())
    }

    async fn count(&self, site: SiteId, from: Hour, to: Hour) -> Result<()> {
        let start = Instant::now();
        let mut hours = self.hours(site, from, to).await?;
        if to.0 == from.0 + 1 {
            // Also where nothing is left of it.
            hours.entry(from).or_default();
        }
        self.put(site, hours).await?;
        tokio::time::sleep(start.elapsed() * REST).await;
        Ok(())
    }

    /// Counts, and holds the counting on meanwhile: an hour of a flood takes its time.
    async fn hours(&self, site: SiteId, from: Hour, to: Hour) -> Result<Hours> {
        let counting = self.store.count_hours(site, from, to);
        tokio::pin!(counting);
        loop {
            tokio::select! {
                hours = &mut counting => return hours,
                () = tokio::time::sleep(HELD / 3) => {
                    let until = clock::now().after(HELD);
                    self.store.hold_numbers(site, self.replica, until).await?;
                }
            }
        }
    }

    async fn put(&self, site: SiteId, hours: Hours) -> Result<()> {
        let until = clock::now().after(HELD);
        self.store.put_hours(site, hours, self.replica, until).await
    }
}

//! The worker: site by site it tells members what waits and sends the mails that are due. Several replicas may run it at once: what is
//! told is told in one transaction, and leases keep senders apart.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::digest;
use super::mail::Mailer;
use super::plan::Limits;
use super::under_way::{Place, UnderWay};
use crate::access::{DeedKey, MuteKey};
use crate::clock::{self, Clock};
use crate::config::Config;
use crate::domain::{Instant, Site, SiteId};
use crate::rules::LiveRules;
use crate::store::{self, Ask, Due, OutboxKind, Store, day_of};

/// The longest a due row waits to be noticed when nothing wakes the worker.
const PULSE: Duration = Duration::from_secs(1);
/// The shortest time between two rounds, however often it is woken.
const BREATH: Duration = Duration::from_millis(100);
/// How often a site is looked at where nothing new has come: a digest's time may have, or something waits for too long.
const LOOK: Duration = Duration::from_secs(5);
/// The shortest time between two mails about what is urgent: who reports much does not fill mailboxes.
const ALERT_PAUSE: Duration = Duration::from_secs(60);
/// How long what was sent is kept for the record, and what was gathered for who is told seldom.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);
/// How often old rows are removed.
const TIDY: Duration = Duration::from_secs(3600);

/// Tells, and sends what waits.
pub struct Worker {
    pub(super) store: Store,
    pub(super) mailer: Mailer,
    pub(super) rules: Arc<LiveRules>,
    pub(super) config: Config,
    pub(super) deeds: DeedKey,
    pub(super) mutes: MuteKey,
    wake: Arc<Notify>,
    clock: Clock,
    /// When each site was looked at last.
    looked: Mutex<HashMap<SiteId, Instant>>,
    /// Whether the mail server was asked since the start, where mails waited for it.
    has_asked: AtomicBool,
    /// How many mails the server has taken since.
    pub(super) taken: AtomicU64,
}

impl Worker {
    /// A worker that looks at once when `wake` is told.
    pub fn new(
        store: Store,
        mailer: Mailer,
        rules: Arc<LiveRules>,
        config: Config,
        wake: Arc<Notify>,
    ) -> Self {
        Self {
            store,
            mailer,
            rules,
            deeds: DeedKey::derive(&config.secret),
            mutes: MuteKey::derive(&config.secret),
            config,
            wake,
            clock: clock::system(),
            looked: Mutex::default(),
            has_asked: AtomicBool::new(false),
            taken: AtomicU64::new(0),
        }
    }

    /// The same by another clock.
    #[must_use]
    pub fn by(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    pub(super) fn now(&self) -> Instant {
        (self.clock)()
    }

    /// Works until `stop` becomes true. What is being sent then is finished first.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut tidied: Option<Instant> = None;
        let mut under_way = UnderWay::none();
        while !*stop.borrow() {
            let looking = self.look(&mut under_way, &stop).await;
            let begun = looking.unwrap_or_else(|error| {
                tracing::warn!(%error, "the outbox waits");
                0
            });
            let now = self.now();
            if tidied.is_none_or(|last| now.seconds_since(last) >= TIDY.as_secs_f64()) {
                tidied = Some(now);
                if let Err(error) = under_way.during(self.tidy(now)).await {
                    tracing::warn!(%error, "old rows could not be removed");
                }
            }
            tokio::select! {
                () = self.rest(&mut under_way, begun > 0) => {}
                _ = stop.changed() => {}
            }
        }
        under_way.all_end().await;
    }

    /// Waits until there may be something to do: a little where something was, since more of it may wait for a place.
    async fn rest(&self, under_way: &mut UnderWay<'_>, there_was: bool) {
        let before = under_way.len();
        under_way.during(tokio::time::sleep(BREATH)).await;
        if there_was || under_way.len() < before {
            return;
        }
        tokio::select! {
            () = self.wake.notified() => {}
            () = tokio::time::sleep(PULSE) => {}
            () = under_way.one_ends() => {}
        }
    }

    /// Looks at every site again and again, until none has mails to send and all were sent; begins no more when `stop` becomes true.
    pub async fn round(&self, stop: &watch::Receiver<bool>) -> store::Result<()> {
        let mut under_way = UnderWay::none();
        loop {
            let begun = match self.look(&mut under_way, stop).await {
                Ok(begun) => begun,
                Err(error) => {
                    under_way.all_end().await;
                    return Err(error);
                }
            };
            if under_way.is_empty() {
                if begun == 0 {
                    return Ok(());
                }
                continue;
            }
            tokio::select! {
                () = under_way.one_ends() => {}
                () = tokio::time::sleep(PULSE) => {}
            }
        }
    }

    /// Looks at every site and begins to send a handful of each, so that none waits for another's; where nothing is to be sent, it asks
    /// whether the mail server is back if mails wait for it. How many mails were begun.
    async fn look<'a>(
        &'a self,
        under_way: &mut UnderWay<'a>,
        stop: &watch::Receiver<bool>,
    ) -> store::Result<usize> {
        let sites = under_way.during(self.store.sites()).await?;
        let mut begun = 0;
        if !self.has_asked.load(Ordering::Relaxed) {
            begun += self.ask(&sites, Ask::AtOnce, under_way).await?;
            self.has_asked.store(true, Ordering::Relaxed);
        }
        for site in &sites {
            if *stop.borrow() {
                return Ok(begun);
            }
            match self.turn(site, under_way).await {
                Ok(many) => begun += many,
                // What is wrong with one is no reason to keep the others waiting.
                Err(error) => tracing::warn!(%error, site = site.key, "its outbox waits"),
            }
        }
        if begun == 0 && under_way.is_empty() && !*stop.borrow() {
            begun += self.ask(&sites, Ask::InTurn, under_way).await?;
        }
        Ok(begun)
    }

    /// Tells a site's members what is new and begins to send its mails, what is urgent first; how many.
    async fn turn<'a>(&'a self, site: &Site, under_way: &mut UnderWay<'a>) -> store::Result<usize> {
        under_way.during(self.tell(site)).await?;
        let waits = self
            .store
            .has_due((site.id, OutboxKind::Mail), Due::All, self.now());
        if !under_way.during(waits).await? {
            return Ok(0);
        }
        let mut begun = 0;
        for (place, which) in [(Place::Urgent, Due::Urgent), (Place::Of(site.id), Due::All)] {
            let room = under_way.room(place);
            if room == 0 {
                continue;
            }
            let claimed = under_way.during(self.claim(site, which, room)).await?;
            begun += claimed.len();
            for row in claimed {
                under_way.begin(place, self.send(site.clone(), row));
            }
        }
        Ok(begun)
    }

    /// Has a mail that waits for the server ask whether it is back, if one should, long before its own time may come; how many do.
    async fn ask<'a>(
        &'a self,
        sites: &[Site],
        ask: Ask,
        under_way: &mut UnderWay<'a>,
    ) -> store::Result<usize> {
        let asking = self.store.probe(ask, self.now());
        let Some(probe) = under_way.during(asking).await? else {
            return Ok(0);
        };
        let Some(site) = sites.iter().find(|site| site.id == probe.mail.site_id) else {
            return Ok(0);
        };
        under_way.begin(Place::Of(site.id), self.ask_by(site.clone(), probe));
        Ok(1)
    }

    /// Tells the site's members, where something is new or the last look was a while ago.
    async fn tell(&self, site: &Site) -> store::Result<()> {
        let now = self.now();
        let last = self.looks().get(&site.id).copied();
        // By a clock that was set back, the last look may lie ahead.
        let rested = last.is_none_or(|last| last > now || last.after(LOOK) <= now);
        if !rested && !self.store.has_notices(site.id).await? {
            return Ok(());
        }
        if digest::round(&self.store, site, &self.limits(), now).await? {
            self.looks().insert(site.id, now);
        }
        Ok(())
    }

    /// Who was told nothing for want of a mail server is told at once.
    pub(super) fn look_again(&self) {
        self.looks().clear();
    }

    fn looks(&self) -> std::sync::MutexGuard<'_, HashMap<SiteId, Instant>> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn limits(&self) -> Limits {
        let ceiling = self.config.mail_ceiling;
        Limits {
            digest: self.config.mail_digest,
            ceiling,
            urgent_ceiling: ceiling.map(|most| 2 * most),
            urgent_pause: self.config.mail_digest.min(ALERT_PAUSE),
        }
    }

    async fn tidy(&self, now: Instant) -> store::Result<()> {
        for site in self.store.sites().await? {
            self.store.forget_done(site.id, now.before(KEPT)).await?;
            self.store.forget_gathered(site.id, now, KEPT).await?;
            self.store
                .forget_keys_before(site.id, day_of(now) - 1)
                .await?;
        }
        Ok(())
    }
}

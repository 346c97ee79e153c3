//! The worker: site by site it tells members what waits and sends the mails that are due. Several replicas may run it at once: what is
//! told is told in one transaction, and leases keep senders apart.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::digest;
use super::mail::Mailer;
use super::plan::Limits;
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
        while !*stop.borrow() {
            if let Err(error) = self.round(&stop).await {
                tracing::warn!(%error, "the outbox waits");
            }
            let now = self.now();
            if tidied.is_none_or(|last| now.seconds_since(last) >= TIDY.as_secs_f64()) {
                tidied = Some(now);
                if let Err(error) = self.tidy(now).await {
                    tracing::warn!(%error, "old rows could not be removed");
                }
            }
            tokio::select! {
                () = async {
                    tokio::time::sleep(BREATH).await;
                    tokio::select! {
                        () = self.wake.notified() => {}
                        () = tokio::time::sleep(PULSE) => {}
                    }
                } => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Looks at every site until none has mails to send, a handful of each in turn, so that none waits for another's, and asks whether
    /// the mail server is back where mails wait for it; cut short between two handfuls when `stop` becomes true.
    pub async fn round(&self, stop: &watch::Receiver<bool>) -> store::Result<()> {
        let sites = self.store.sites().await?;
        if !self.has_asked.load(Ordering::Relaxed) {
            self.probe(&sites, Ask::AtOnce).await?;
            self.has_asked.store(true, Ordering::Relaxed);
        }
        loop {
            let mut sent = 0;
            for site in &sites {
                if *stop.borrow() {
                    return Ok(());
                }
                match self.turn(site).await {
                    Ok(many) => sent += many,
                    // What is wrong with one is no reason to keep the others waiting.
                    Err(error) => tracing::warn!(%error, site = site.key, "its outbox waits"),
                }
            }
            if sent == 0 && !self.probe(&sites, Ask::InTurn).await? {
                return Ok(());
            }
        }
    }

    /// Tells a site's members what is new and sends a handful of its mails; how many.
    async fn turn(&self, site: &Site) -> store::Result<usize> {
        self.tell(site).await?;
        if self
            .store
            .has_due((site.id, OutboxKind::Mail), Due::All, self.now())
            .await?
        {
            self.send_due(site).await
        } else {
            Ok(0)
        }
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

//! Who asks.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::watch;

use super::breakers::Breakers;
use super::question::{ANSWER, Heard, meaning, question};
use crate::checker::{Pass, weigh};
use crate::clock::{self, Clock};
use crate::domain::{
    CheckerRule, Evidence, Instant, Locale, SecretOf, Site, Trouble, without_answer,
};
use crate::messages::Messages;
use crate::notify::outward::{Message, Outward};
use crate::notify::turns::PULSE;
use crate::notify::{signed, turns};
use crate::queue::{Schedule, jittered};
use crate::rules::LiveRules;
use crate::store::{self, Attempt, CheckSubject, CheckedBy, Claimed, Due, OutboxKind, Store};

/// How much longer than the deadline before another worker may try.
const LEASE: Duration = Duration::from_secs(30);
/// Questions to one site's checker at the same time.
const TOGETHER: usize = 8;
/// How long an answer is waited for in all: for one that comes by itself, too.
const LONGEST: Duration = Duration::from_secs(10 * 60);
/// As many questions as are dropped at once where nobody is asked any more.
const DROPPED: i64 = 100;
/// Longer than a site's settings are remembered where comments come in.
const REMEMBERED: Duration = Duration::from_secs(5);
/// The shortest and the longest time until it is looked again whether somebody may be asked.
const LOOK_AGAIN: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(120));

/// A number between 0 and 1.
type Chance = Arc<dyn Fn() -> f64 + Send + Sync>;

/// Asks external checkers.
#[derive(Clone)]
pub struct Checks {
    store: Store,
    outward: Outward,
    rules: Arc<LiveRules>,
    chance: Chance,
    clock: Clock,
    breakers: Arc<Breakers>,
}

impl Checks {
    /// Somebody who asks, and weighs what is answered by those rules.
    #[must_use]
    pub fn new(store: Store, outward: Outward, rules: Arc<LiveRules>) -> Self {
        Self {
            store,
            outward,
            rules,
            chance: Arc::new(rand::random),
            clock: clock::system(),
            breakers: Arc::default(),
        }
    }

    /// The same by another clock, and without chance.
    #[must_use]
    pub fn by(self, clock: Clock) -> Self {
        Self {
            clock,
            chance: Arc::new(|| 0.5),
            ..self
        }
    }

    fn now(&self) -> Instant {
        (self.clock)()
    }

    /// Works until `stop` becomes true. What is being asked then is asked again after the next start.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let turn = |site| self.clone().turn(site);
        turns::run(&self.store, turn, "external checkers are asked later", stop).await;
    }

    /// Asks what is due on each site.
    pub async fn round(&self) -> store::Result<()> {
        turns::round(&self.store, |site| self.clone().turn(site)).await
    }

    async fn turn(self, site: Site) {
        let key = site.key.clone();
        if let Err(error) = self.work(site).await {
            tracing::warn!(%error, site = key, "its external checker is asked later");
        }
    }

    /// Asks what is due, a handful at a time, until nothing is. Whatever is answered makes room for the next: one slow answer holds up no other.
    async fn work(&self, site: Site) -> store::Result<()> {
        let (mut site, mut claimed) = (Arc::new(site), Ok(()));
        let mut asking = FuturesUnordered::new();
        loop {
            if claimed.is_ok() {
                match self.next(&site, asking.len()).await {
                    Ok((rows, pass)) => {
                        let attempts = rows.into_iter();
                        asking.extend(attempts.map(|row| self.attempt(site.clone(), row, pass)));
                    }
                    // What is being asked is heard first.
                    Err(error) => claimed = Err(error),
                }
            }
            if asking.is_empty() {
                return claimed;
            }
            tokio::select! {
                // What could not be written is due again when its lease ends.
                Some(ended) = asking.next() => if let Err(error) = ended {
                    tracing::warn!(%error, site = site.key, "what its external checker says is asked again");
                },
                // Something else may be due by now.
                () = tokio::time::sleep(PULSE) => {}
            }
            // Its settings may be others by now.
            if let Ok(Some(now_is)) = self.store.site(site.key.clone()).await {
                site = Arc::new(now_is);
            }
        }
    }

    /// Claims what is to be asked beside what is being asked, as far as there is room.
    async fn next(&self, site: &Site, asking: usize) -> store::Result<(Vec<Claimed>, Pass)> {
        let now = self.now();
        let pass = self.breakers.pass(site, now);
        if !site.settings.checker.is_asked() {
            self.forget(site).await?;
            return Ok((Vec::new(), pass));
        }
        let (together, which) = match pass {
            Pass::Open => (TOGETHER, Due::All),
            Pass::Trial => (1, Due::All),
            // Nobody is asked, but nobody waits longer for that either; and what a person has sent again is asked all the same.
            Pass::Rest(_) => (TOGETHER, Due::Pressing(now.before(LONGEST))),
        };
        let of = (site.id, OutboxKind::Check);
        let room = i64::try_from(together.saturating_sub(asking)).unwrap_or(0);
        if room == 0 || !self.store.has_due(of, which, now).await? {
            return Ok((Vec::new(), pass));
        }
        let lease = site.settings.checker.deadline() + LEASE;
        let claimed = self.store.claim(of, which, now, lease, room).await?;
        Ok((claimed, pass))
    }

    /// Nobody is asked any more: what waits, or was given up, stands as it would if nobody had been. What came just now may know of newer
    /// settings than these.
    async fn forget(&self, site: &Site) -> store::Result<()> {
        let before = self.now().before(REMEMBERED);
        loop {
            let open = self.store.open_checks(site.id, before, DROPPED).await?;
            if open.is_empty() {
                return Ok(());
            }
            for check in open {
                let by = CheckedBy::Another(site.id, check);
                self.put(by, Vec::new()).await?;
            }
        }
    }

    async fn attempt(&self, site: Arc<Site>, row: Claimed, pass: Pass) -> store::Result<()> {
        let Some(subject) = self.store.check_subject(row.clone()).await? else {
            return self.store.drop_check(row, self.now()).await;
        };
        if matches!(pass, Pass::Rest(_)) && !row.is_sent_again() {
            // What it said about this comment tells more than that it rests.
            let why = row.last_error.clone();
            let why = why.unwrap_or_else(|| self.breakers.why(&site).kept());
            return self.give_up(row, Attempt::Dropped(why)).await;
        }
        let heard = self.heard(&site, &row, &subject).await?;
        let now = self.now();
        let failed = heard.as_ref().err();
        // Of who was not asked nothing is learnt.
        if failed.is_none_or(|trouble| !trouble.is_before_asking()) {
            self.breakers.heard(&site, failed, now);
        }
        let outcome = match &heard {
            Ok(Heard::Evidence(_)) => "answered",
            Ok(Heard::Later) => "later",
            Err(_) => "failed",
        };
        metrics::counter!("duyet_checks_total", "outcome" => outcome).increment(1);
        match heard {
            Ok(Heard::Evidence(said)) => self.put(CheckedBy::Asker(row, Attempt::Done), said).await,
            Ok(Heard::Later) => self.wait(row, now.after(LONGEST), Trouble::Promised).await,
            Err(trouble) => {
                let why = Messages::of(Locale::En).trouble(&trouble);
                tracing::info!(row = %row.id, site = site.key, why, "an external checker gave no answer");
                match self.again_after(&row, &trouble) {
                    Some(wait) => self.wait(row, now.after(wait), trouble).await,
                    None => self.give_up(row, given_up(&trouble)).await,
                }
            }
        }
    }

    /// How long to wait until the next attempt, where there is one. Attempts that nobody was asked in are not counted: those are the rarer, the
    /// longer they go on.
    fn again_after(&self, row: &Claimed, trouble: &Trouble) -> Option<Duration> {
        if trouble.is_before_asking() {
            let (least, most) = LOOK_AGAIN;
            let waited = self.now().seconds_since(row.created_at).max(0.0);
            return Some(Duration::from_secs_f64(waited / 4.0).clamp(least, most));
        }
        let wait = Schedule::CHECK.after(row.attempts.unsigned_abs())?;
        Some(jittered(wait, (self.chance)()))
    }

    /// Waits, but no longer than is waited in all.
    async fn wait(&self, row: Claimed, at: Instant, trouble: Trouble) -> store::Result<()> {
        let (now, end) = (self.now(), row.created_at.after(LONGEST));
        if end <= now {
            return self.give_up(row, given_up(&trouble)).await;
        }
        let (at, why) = (at.min(end), trouble.kept());
        let later = if trouble.is_before_asking() {
            Attempt::Unmade(at, why)
        } else {
            Attempt::Later(at, why)
        };
        self.store.finish(row, later, now).await
    }

    async fn give_up(&self, row: Claimed, attempt: Attempt) -> store::Result<()> {
        let absent = without_answer(CheckerRule::ABSENT);
        self.put(CheckedBy::Asker(row, attempt), vec![absent]).await
    }

    async fn put(&self, by: CheckedBy, said: Vec<Evidence>) -> store::Result<()> {
        let rules = self.rules.now();
        let weigh =
            move |before: &[Evidence], by_rules| weigh(&rules, before, said.clone(), by_rules);
        self.store.put_check(by, weigh, self.now()).await?;
        Ok(())
    }

    /// What the checker says of a comment, or why that is not known.
    async fn heard(
        &self,
        site: &Site,
        row: &Claimed,
        subject: &CheckSubject,
    ) -> store::Result<Result<Heard, Trouble>> {
        let now = self.now();
        let secrets = self.store.secrets(site.id, SecretOf::Checker).await?;
        let secrets = secrets.at(now);
        if secrets.is_empty() {
            return Ok(Err(Trouble::Unsigned));
        }
        let body = question(site, row, subject).to_string().into_bytes();
        let message = Message {
            headers: &signed::head(&secrets, row.id.0, now, &body),
            body,
            deadline: site.settings.checker.deadline(),
            most: ANSWER,
        };
        let reply = self.outward.post(&site.settings.checker.url, message).await;
        let reply = reply.map_err(Trouble::from);
        Ok(reply.and_then(|reply| meaning(&reply, &subject.comment.body)))
    }
}

/// That it is asked no more, and whether it was this time.
fn given_up(trouble: &Trouble) -> Attempt {
    let why = trouble.kept();
    if trouble.is_before_asking() {
        Attempt::Dropped(why)
    } else {
        Attempt::Dead(why)
    }
}

//! Asks a site's external checker about the comments that wait. No reader waits for it: each question is a row of the outbox that was committed
//! with its comment. Who answers late, wrongly or not at all is asked again within minutes, is left alone for a while after failures in a row, and
//! the comment waits for a person all the while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::hooks::signatures_of_site;
use super::outward::{Message, Outward, Reply};
use crate::checker::{Breaker, CheckAnswer, Pass, Weighed, read, weigh};
use crate::clock::{self, Clock};
use crate::domain::{CheckerRule, Evidence, Instant, Site, SiteId, without_answer};
use crate::queue::{Schedule, jittered};
use crate::rules::LiveRules;
use crate::store::{self, Attempt, CheckSubject, Checked, CheckedBy, Claimed, OutboxKind, Store};

/// The longest a due row waits to be noticed.
const PULSE: Duration = Duration::from_secs(1);
/// How much longer than the deadline before another worker may try.
const LEASE: Duration = Duration::from_secs(30);
/// Questions to one site's checker at the same time.
const TOGETHER: i64 = 8;
/// As much as is read of an answer.
const ANSWER: usize = 64 * 1024;
/// How long an answer is waited for in all: for one that comes by itself, too.
const LONGEST: Duration = Duration::from_secs(10 * 60);

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
    breakers: Arc<Mutex<HashMap<SiteId, Breaker>>>,
}

/// What an answer means.
enum Heard {
    /// That is what it saw.
    Evidence(Vec<Evidence>),
    /// It answers by itself when it is done (202).
    Later,
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
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut turns = HashMap::new();
        while !*stop.borrow() {
            if let Err(error) = self.begin(&mut turns).await {
                tracing::warn!(%error, "external checkers are asked later");
            }
            tokio::select! {
                () = tokio::time::sleep(PULSE) => {}
                _ = stop.changed() => {}
            }
        }
        turns.values().for_each(JoinHandle::abort);
        join_all(turns.into_values()).await;
    }

    /// Sets to work for each site that nobody works for here: a slow checker keeps its own site waiting and no other.
    async fn begin(&self, turns: &mut HashMap<SiteId, JoinHandle<()>>) -> store::Result<()> {
        turns.retain(|_, turn| !turn.is_finished());
        for site in self.store.sites().await? {
            if !turns.contains_key(&site.id) {
                let (id, checks) = (site.id, self.clone());
                turns.insert(id, tokio::spawn(checks.turn(site)));
            }
        }
        Ok(())
    }

    /// Asks a handful of what is due on each site.
    pub async fn round(&self) -> store::Result<()> {
        let mut turns = HashMap::new();
        self.begin(&mut turns).await?;
        join_all(turns.into_values()).await;
        Ok(())
    }

    async fn turn(self, site: Site) {
        if let Err(error) = self.ask(&site).await {
            tracing::warn!(%error, site = site.key, "its external checker is asked later");
        }
    }

    async fn ask(&self, site: &Site) -> store::Result<()> {
        let (kind, now) = (OutboxKind::Check, self.now());
        if !self.store.has_due(site.id, kind, now).await? {
            return Ok(());
        }
        let pass = self.breaker(site.id, |breaker| breaker.pass(now));
        let together = match pass {
            Pass::Trial => 1,
            Pass::Open | Pass::Rest(_) => TOGETHER,
        };
        let lease = site.settings.checker.deadline() + LEASE;
        let claimed = self
            .store
            .claim(site.id, kind, now, lease, together)
            .await?;
        let attempts = claimed.into_iter();
        let attempts = attempts.map(|row| self.attempt(site, row, pass));
        join_all(attempts).await.into_iter().collect()
    }

    fn breaker<T>(&self, site: SiteId, with: impl FnOnce(&mut Breaker) -> T) -> T {
        let mut breakers = self.breakers.lock().unwrap_or_else(PoisonError::into_inner);
        with(breakers.entry(site).or_default())
    }

    async fn attempt(&self, site: &Site, row: Claimed, pass: Pass) -> store::Result<()> {
        let Some(subject) = self.store.check_subject(row.clone()).await? else {
            return self.store.drop_check(row, self.now()).await;
        };
        if !site.settings.checker.is_asked() {
            return self.give_up(row, subject, Attempt::Done).await;
        }
        if let Pass::Rest(until) = pass {
            return self.rest(row, subject, until).await;
        }
        let heard = self.heard(site, &row, &subject).await;
        let now = self.now();
        self.breaker(site.id, |breaker| match heard {
            Ok(_) => breaker.succeeded(),
            Err(_) => breaker.failed(now),
        });
        let outcome = match &heard {
            Ok(Heard::Evidence(_)) => "answered",
            Ok(Heard::Later) => "later",
            Err(_) => "failed",
        };
        metrics::counter!("duyet_checks_total", "outcome" => outcome).increment(1);
        match heard {
            Ok(Heard::Evidence(said)) => self.put(row, Attempt::Done, subject, said).await,
            Ok(Heard::Later) => {
                let why = "it said that it answers later (202), and has not";
                let until = row.created_at.after(LONGEST);
                self.wait(row, subject, (until, why.to_owned())).await
            }
            Err(why) => {
                tracing::info!(row = %row.id, site = site.key, why, "an external checker gave no answer");
                let wait = Schedule::CHECK.after(row.attempts.unsigned_abs());
                match wait {
                    Some(wait) => {
                        let at = now.after(jittered(wait, (self.chance)()));
                        self.wait(row, subject, (at, why)).await
                    }
                    None => self.give_up(row, subject, Attempt::Dead(why)).await,
                }
            }
        }
    }

    /// Nobody is asked while a checker rests, and nobody waits longer for that.
    async fn rest(&self, row: Claimed, subject: CheckSubject, until: Instant) -> store::Result<()> {
        if self.is_over(&row) {
            let why = "it failed again and again, so it was not asked for a while";
            let dead = Attempt::Dead(why.to_owned());
            return self.give_up(row, subject, dead).await;
        }
        let postponed = Attempt::Postponed(until);
        self.store.finish(row, postponed, self.now()).await
    }

    async fn wait(
        &self,
        row: Claimed,
        subject: CheckSubject,
        (at, why): (Instant, String),
    ) -> store::Result<()> {
        if self.is_over(&row) {
            return self.give_up(row, subject, Attempt::Dead(why)).await;
        }
        let later = Attempt::Later(at, why);
        self.store.finish(row, later, self.now()).await
    }

    fn is_over(&self, row: &Claimed) -> bool {
        row.created_at.after(LONGEST) <= self.now()
    }

    async fn give_up(
        &self,
        row: Claimed,
        subject: CheckSubject,
        ended: Attempt,
    ) -> store::Result<()> {
        let absent = without_answer(CheckerRule::ABSENT);
        self.put(row, ended, subject, vec![absent]).await
    }

    async fn put(
        &self,
        row: Claimed,
        ended: Attempt,
        subject: CheckSubject,
        said: Vec<Evidence>,
    ) -> store::Result<()> {
        let weighed = weigh(&self.rules.now(), &subject.evidence, said, subject.by_rules);
        let Weighed {
            evidence,
            score,
            lane,
            is_urgent,
            is_answered,
        } = weighed;
        let checked = Checked {
            comment: subject.comment,
            evidence,
            score,
            lane,
            is_urgent,
            is_answered,
        };
        let by = CheckedBy::Asker(row, ended);
        self.store.put_check(by, checked, self.now()).await?;
        Ok(())
    }

    /// What the checker says of a comment, or why that is not known.
    async fn heard(
        &self,
        site: &Site,
        row: &Claimed,
        subject: &CheckSubject,
    ) -> Result<Heard, String> {
        let secrets = self.store.webhook_secrets(site.id).await;
        let secrets = secrets.map_err(|error| error.to_string())?;
        let now = self.now();
        let body = question(site, row, subject).to_string().into_bytes();
        let id = format!("msg_{}", row.id.0.simple());
        let timestamp = now.as_micros().div_euclid(1_000_000);
        let signature = signatures_of_site(&secrets.at(now), &id, timestamp, &body);
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("webhook-id", id),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", signature),
        ];
        let message = Message {
            headers: &headers,
            body,
            deadline: site.settings.checker.deadline(),
            most: ANSWER,
        };
        let reply = self.outward.post(&site.settings.checker.url, message).await;
        let reply = reply.map_err(|failure| failure.to_string())?;
        meaning(&reply, &subject.comment.body)
    }
}

/// What is asked: what readers would see of the comment, and where it stands. Never the email, nor where it was sent from.
fn question(site: &Site, row: &Claimed, subject: &CheckSubject) -> serde_json::Value {
    let CheckSubject {
        comment, article, ..
    } = subject;
    serde_json::json!({
        "type": "comment.check",
        "timestamp": row.created_at,
        "data": {
            "check": row.id,
            "site": site.key,
            "comment": {
                "id": comment.id,
                "parent": comment.parent,
                "name": comment.name,
                "body": comment.body,
                "created_at": comment.created_at,
                "edited_at": comment.edited_at,
            },
            "article": {
                "url": article.url,
                "title": article.title,
                "section": article.section,
            },
        },
    })
}

fn meaning(reply: &Reply, body: &str) -> Result<Heard, String> {
    match reply.status {
        202 => return Ok(Heard::Later),
        200..=299 => {}
        status => return Err(format!("it was answered {status}")),
    }
    if reply.is_cut {
        return Err(format!(
            "its answer broke off, came too slowly or has more than {ANSWER} bytes"
        ));
    }
    let answer: CheckAnswer = serde_json::from_slice(&reply.body)
        .map_err(|error| format!("its answer cannot be read: {error}"))?;
    let said = read(&answer, body);
    said.map(Heard::Evidence)
        .map_err(|fault| format!("its answer cannot be read: {fault}"))
}

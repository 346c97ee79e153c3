//! The worker: turns notices into mails and sends mails, site by site. Several replicas may run it at once; leases keep
//! them apart.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};

use super::mail::held::{HeldComment, HeldMail};
use super::mail::message::Letter;
use super::mail::naming::{self, List, Thread};
use super::mail::{Failure, Mailer};
use super::{members, readers};
use crate::clock;
use crate::config::Config;
use crate::domain::{
    BanKind, CommentId, Instant, LinkId, Locale, Moderator, ModeratorId, QueueLane, Site, Status,
    SubscriptionId,
};
use crate::messages::Messages;
use crate::queue::{Schedule, jittered};
use crate::rules::{LiveRules, site_word_of};
use crate::store::{self, Attempt, Card, Claimed, NewOutbox, OutboxKind, Scope, Store, day_of};

/// The longest a due row waits to be noticed when nothing wakes the worker.
const PULSE: Duration = Duration::from_secs(1);
/// The shortest time between two rounds, however often it is woken.
const BREATH: Duration = Duration::from_millis(100);
/// The shortest time between two mails about what is urgent: who reports much does not fill mailboxes.
const ALERT_PAUSE: Duration = Duration::from_secs(60);
/// As many notices as are told in one mail.
const NOTICES: i64 = 10_000;
/// As many comments as a mail shows whole.
const SHOWN: usize = 20;
/// Mails sent at the same time, and how much longer than their sending may take before another worker may try.
const MAILS: i64 = 8;
const MAIL_LEASE: Duration = Duration::from_secs(60);
/// How long what was sent is kept for the record.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);
/// How often old rows are removed.
const TIDY: Duration = Duration::from_secs(3600);

/// What a row of kind `mail` holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Order {
    /// Tells a moderator what waits.
    Held(Held),
    /// Asks a reader whether they want to be told of decisions.
    Ask { ask: SubscriptionId },
    /// Tells a reader of one.
    Tell { tell: CommentId, revision: i32 },
    /// Tells a reader that their comment was answered.
    Answer { answer: CommentId },
    /// Brings a member their link.
    Link { link: LinkId },
}

#[derive(Debug, Serialize, Deserialize)]
struct Held {
    moderator: ModeratorId,
    /// The comments to tell of. Those that still wait when the mail leaves are in it: [`SHOWN`] whole, the others counted.
    comments: Vec<CommentId>,
}

/// What a row of kind `mail` comes to when its turn comes.
pub(super) enum Prepared {
    /// A mail to be sent.
    Letter(Box<Letter>),
    /// Everything in it was decided meanwhile, or its moderator is gone.
    Nothing,
    /// A fault of ours; the row is kept as a dead letter.
    Broken(String),
}

/// Sends what waits.
pub struct Worker {
    store: Store,
    mailer: Mailer,
    rules: Arc<LiveRules>,
    config: Config,
    wake: Arc<Notify>,
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
            config,
            wake,
        }
    }

    /// Works until `stop` becomes true. What is being sent then is finished first.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut tidied: Option<Instant> = None;
        while !*stop.borrow() {
            let now = clock::now();
            if let Err(error) = self.round(now, &stop).await {
                tracing::warn!(%error, "the outbox waits");
            }
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

    /// One look at every site, cut short between two handfuls of mails when `stop` becomes true.
    async fn round(&self, now: Instant, stop: &watch::Receiver<bool>) -> store::Result<()> {
        for site in self.store.sites().await? {
            for (kind, pause) in [
                (OutboxKind::Alert, self.config.mail_pause.min(ALERT_PAUSE)),
                (OutboxKind::Notice, self.config.mail_pause),
            ] {
                if self.store.has_due(site.id, kind, now).await? {
                    self.fan_out(&site, kind, now, pause).await?;
                }
            }
            while self.store.has_due(site.id, OutboxKind::Mail, now).await? {
                if *stop.borrow() || self.send_due(&site).await? == 0 {
                    break;
                }
            }
        }
        Ok(())
    }

    async fn fan_out(
        &self,
        site: &Site,
        kind: OutboxKind,
        now: Instant,
        pause: Duration,
    ) -> store::Result<()> {
        let moderators = self.store.moderators_of(site.id).await?;
        if moderators.is_empty() {
            // The notices wait for whoever will be added.
            return Ok(());
        }
        let id = site.id;
        let write_mails = move |comments: Vec<CommentId>| {
            let order = |moderator: &Moderator| {
                let order = Order::Held(Held {
                    moderator: moderator.id,
                    comments: comments.clone(),
                });
                NewOutbox::mail(
                    id,
                    &serde_json::to_value(order).expect("our own type is JSON"),
                    now,
                )
            };
            if comments.is_empty() {
                Vec::new()
            } else {
                moderators.iter().map(order).collect()
            }
        };
        let told = self
            .store
            .fan_out(site.id, kind, now, pause, NOTICES, write_mails)
            .await?;
        if told > 0 {
            tracing::info!(site = site.key, comments = told, "moderators will be told");
        }
        Ok(())
    }

    /// Claims and sends a few mails; how many were claimed.
    async fn send_due(&self, site: &Site) -> store::Result<usize> {
        let lease = self.mailer.longest() + MAIL_LEASE;
        let claimed = self
            .store
            .claim(site.id, OutboxKind::Mail, clock::now(), lease, MAILS)
            .await?;
        let count = claimed.len();
        for result in join_all(claimed.into_iter().map(|row| self.attempt(site, row))).await {
            result?;
        }
        Ok(count)
    }

    async fn attempt(&self, site: &Site, row: Claimed) -> store::Result<()> {
        let attempt = match self.letter(site, &row).await? {
            Prepared::Nothing => Attempt::Done,
            Prepared::Broken(why) => Attempt::Dead(why),
            Prepared::Letter(letter) => match letter.into_message() {
                Err(error) => Attempt::Dead(error.to_string()),
                Ok(message) => outcome(&row, self.mailer.send(message).await),
            },
        };
        // The server's own words may hold an address, so they stay in the outbox and out of the log.
        match &attempt {
            Attempt::Done => {
                metrics::counter!("duyet_mails_total", "outcome" => "sent").increment(1);
            }
            Attempt::Later(..) | Attempt::Ours(..) => {
                metrics::counter!("duyet_mails_total", "outcome" => "later").increment(1);
                tracing::warn!(mail = %row.id, attempt = row.attempts, "a mail was not taken; it is tried again");
            }
            Attempt::Dead(_) => {
                metrics::counter!("duyet_mails_total", "outcome" => "dead").increment(1);
                tracing::error!(mail = %row.id, attempt = row.attempts, "a mail was given up; the outbox says why");
            }
        }
        self.store.finish(row, attempt, clock::now()).await
    }

    /// The mail as things stand now.
    async fn letter(&self, site: &Site, row: &Claimed) -> store::Result<Prepared> {
        let (store, config) = (&self.store, &self.config);
        let id = naming::message_id(&config.mail_from, row.id);
        match serde_json::from_str(&row.payload) {
            Ok(Order::Held(held)) => self.held_letter(site, held, id).await,
            Ok(Order::Ask { ask }) => readers::question(store, config, site, ask, id).await,
            Ok(Order::Tell { tell, revision }) => {
                readers::decision(store, config, site, (tell, revision), id).await
            }
            Ok(Order::Answer { answer }) => readers::answer(store, config, site, answer, id).await,
            Ok(Order::Link { link }) => members::link(store, config, site, link, id).await,
            Err(_) => {
                let why = "the row's payload cannot be read".to_owned();
                Ok(Prepared::Broken(why))
            }
        }
    }

    async fn held_letter(
        &self,
        site: &Site,
        order: Held,
        message_id: String,
    ) -> store::Result<Prepared> {
        let broken = |why: &str| Ok(Prepared::Broken(why.to_owned()));
        let moderator = self.store.moderator(order.moderator).await?;
        let Some(moderator) = moderator.filter(|moderator| moderator.disabled_at.is_none()) else {
            return Ok(Prepared::Nothing);
        };
        // Who is bound to sections is told of these alone, as they are bound when the mail leaves.
        let scope = Scope::of_member(&moderator, [site.id]);
        let mut waiting = self.store.waiting_of(scope.clone(), order.comments).await?;
        let more = waiting.len().saturating_sub(SHOWN);
        waiting.truncate(SHOWN);
        let mut cards = self.store.cards_of(scope, waiting).await?;
        // Some may have been decided between the two looks.
        cards.retain(|card| card.comment.status == Status::Pending || card.is_reported());
        if cards.is_empty() {
            return Ok(Prepared::Nothing);
        }
        let (Ok(from), Ok(to)) = (self.config.mail_from.parse(), moderator.email.parse()) else {
            return broken("the moderator's address cannot be mailed");
        };
        let mail = self.held(site, &cards, more);
        let mail_from = &self.config.mail_from;
        // A mail about several articles stands by itself.
        let article = cards[0].article.id;
        let is_of_one = more == 0 && cards.iter().all(|card| card.article.id == article);
        let (Ok(text), Ok(html)) = (mail.text(), mail.html()) else {
            return broken("the mail's template cannot be rendered");
        };
        Ok(Prepared::Letter(Box::new(Letter {
            from,
            reply_to: self.config.mail_reply_to(),
            to_name: moderator.name,
            to,
            subject: mail.subject(),
            text,
            html,
            message_id,
            thread: is_of_one.then(|| Thread::of_article(mail_from, article)),
            list: Some(List::of_site(mail_from, &site.key)),
            unsubscribe: None,
        })))
    }

    fn held(&self, site: &Site, cards: &[Card], more: usize) -> HeldMail {
        let t = Messages::of(site.locale);
        let now = clock::now();
        let queue_url = format!("{}/queue", self.config.dashboard_url);
        let comments = cards.iter().map(|card| HeldComment {
            author: card.comment.name.clone(),
            body: card.comment.body.clone(),
            article_title: card
                .article
                .title
                .clone()
                .unwrap_or_else(|| card.article.url.clone()),
            article_url: card.article.url.clone(),
            waiting: t.wait(waits_since(card), now),
            lane: lane_of(card),
            evidence: reported(card, t)
                .chain(self.evidence(card, site.locale))
                .collect(),
            review_url: format!("{queue_url}?comment={}", card.comment.id),
        });
        HeldMail {
            t,
            site_name: site.name.clone(),
            comments: comments.collect(),
            more,
            is_about_reports: cards.iter().all(Card::is_reported),
            queue_url: queue_url.clone(),
        }
    }

    fn evidence(&self, card: &Card, locale: Locale) -> Vec<(String, String)> {
        let rules = self.rules.now();
        let t = Messages::of(locale);
        let title = |rule: &str| match (site_word_of(rule), BanKind::of_rule(rule)) {
            (Some(word), _) => t.with("site-word", &[("word", word.into())]),
            (None, Some(kind)) => t.ban(kind),
            (None, None) => rules.title(rule, locale).unwrap_or(rule).to_owned(),
        };
        card.evidence
            .iter()
            .map(|seen| {
                let title = title(&seen.rule);
                let title = match &seen.cluster {
                    Some(cluster) => {
                        format!("{title} ({})", Messages::of(locale).cluster(cluster))
                    }
                    None => title,
                };
                (title, seen.excerpt.clone())
            })
            .collect()
    }

    async fn tidy(&self, now: Instant) -> store::Result<()> {
        for site in self.store.sites().await? {
            self.store.forget_done(site.id, now.before(KEPT)).await?;
            self.store
                .forget_keys_before(site.id, day_of(now) - 1)
                .await?;
        }
        Ok(())
    }
}

/// Since when a comment waits: it, or its first open report.
fn waits_since(card: &Card) -> Instant {
    let reports = card.reports.as_ref().filter(|_| card.is_reported());
    let since = reports.and_then(|reports| reports.since);
    since.unwrap_or(card.comment.created_at)
}

fn lane_of(card: &Card) -> QueueLane {
    if card.is_reported() {
        QueueLane::Reported
    } else {
        card.comment.lane.into()
    }
}

/// What readers say of it, and in their words.
fn reported(card: &Card, t: Messages) -> impl Iterator<Item = (String, String)> {
    let reports = card.reports.iter().flat_map(|reports| &reports.latest);
    let open = reports.filter(|report| report.outcome.is_none());
    open.map(move |report| {
        let reason = t.report_reason(report.reason);
        (reason, report.note.clone().unwrap_or_default())
    })
}

fn outcome(row: &Claimed, sent: Result<(), Failure>) -> Attempt {
    match sent {
        Ok(()) => Attempt::Done,
        Err(Failure::Never(error)) => Attempt::Dead(error),
        Err(Failure::Later(error)) => match next(row) {
            Some(at) => Attempt::Later(at, error),
            None => Attempt::Dead(error),
        },
        Err(Failure::Ours(error)) => match next(row) {
            Some(at) => Attempt::Ours(at, error),
            None => Attempt::Dead(error),
        },
    }
}

/// When it is tried again, if it is.
fn next(row: &Claimed) -> Option<Instant> {
    let wait = Schedule::MAIL.after(row.attempts.unsigned_abs())?;
    Some(clock::now().after(jittered(wait, rand::random())))
}

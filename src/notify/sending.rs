//! Sends the mails of a site whose time has come.

use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::future::join_all;

use super::mail::{Failure, naming};
use super::order::{Order, Prepared};
use super::worker::Worker;
use super::{held, hooks, members, readers};
use crate::domain::{Instant, Site};
use crate::queue::{Schedule, jittered};
use crate::store::{self, Attempt, Claimed, Due, MAIL_LEASE, OutboxKind};

/// Mails sent at the same time.
const MAILS: i64 = 8;
/// How often a worker gives a sign of life while a server thinks.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);
/// For how long a mail is tried in any case, and how often where its attempts went elsewhere.
const DAYS_TRIED: Duration = Duration::from_secs(72 * 3600);
const BETWEEN_TRIES: Duration = Duration::from_secs(3600);
/// The longest pause between two attempts while something of ours is wrong.
const LONGEST_FOR_OURS: Duration = Duration::from_secs(600);

impl Worker {
    /// Claims and sends a few mails; how many were claimed.
    pub(super) async fn send_due(&self, site: &Site) -> store::Result<usize> {
        let claimed = self
            .store
            .claim(
                (site.id, OutboxKind::Mail),
                Due::All,
                self.now(),
                MAIL_LEASE,
                MAILS,
            )
            .await?;
        let count = claimed.len();
        for result in join_all(claimed.into_iter().map(|row| self.attempt(site, row))).await {
            result?;
        }
        Ok(count)
    }

    async fn attempt(&self, site: &Site, row: Claimed) -> store::Result<()> {
        let mut is_away = None;
        let attempt = match self.letter(site, &row).await? {
            Prepared::Nothing => Attempt::Done,
            Prepared::Later(at) => Attempt::Postponed(at),
            Prepared::Broken(why) => Attempt::Dead(why),
            Prepared::Letter(letter) => match letter.into_message() {
                Err(error) => Attempt::Dead(error.to_string()),
                Ok(message) => {
                    let sent = self
                        .while_claimed(&row, Box::pin(self.mailer.send(message)))
                        .await;
                    is_away = Some(matches!(&sent, Err(Failure::Away(_) | Failure::Ours(_))));
                    self.outcome(&row, sent)
                }
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
            Attempt::Postponed(_) | Attempt::Unmade(..) => {}
            Attempt::Dead(_) | Attempt::Dropped(_) => {
                metrics::counter!("duyet_mails_total", "outcome" => "dead").increment(1);
                tracing::error!(mail = %row.id, attempt = row.attempts, "a mail was given up; the outbox says why");
            }
        }
        let is_taken = matches!(attempt, Attempt::Done) && is_away.is_some();
        self.store.finish(row, attempt, self.now()).await?;
        if is_away == Some(true) {
            self.is_away.store(true, Ordering::Relaxed);
        } else if is_taken && self.is_away.swap(false, Ordering::Relaxed) {
            self.hurry().await;
        }
        Ok(())
    }

    /// Keeps the row from other workers for as long as that takes.
    async fn while_claimed<T>(&self, row: &Claimed, doing: impl Future<Output = T>) -> T {
        let signs = async {
            loop {
                tokio::time::sleep(SIGN_OF_LIFE).await;
                if let Err(error) = self.store.keep_claim(row, self.now(), MAIL_LEASE).await {
                    tracing::warn!(mail = %row.id, %error, "the claim on a mail could not be renewed; another worker may send it too");
                }
            }
        };
        tokio::select! {
            done = doing => done,
            () = signs => unreachable!("signs of life do not end by themselves"),
        }
    }

    /// The mail as things stand now.
    async fn letter(&self, site: &Site, row: &Claimed) -> store::Result<Prepared> {
        let (store, config) = (&self.store, &self.config);
        let id = naming::message_id(&config.mail_from, row.id);
        match serde_json::from_str(&row.payload) {
            Ok(Order::Held(order)) => held::letter(self, site, row, order, id).await,
            Ok(Order::Ask { ask }) => readers::question(store, config, site, ask, id).await,
            Ok(Order::Tell { tell, revision }) => {
                readers::decision(store, config, site, (tell, revision), id).await
            }
            Ok(Order::Answer { answer }) => readers::answer(store, config, site, answer, id).await,
            Ok(Order::Link { link }) => members::link(store, config, site, link, id).await,
            Ok(Order::Stopped { stopped, to }) => {
                hooks::stopped_letter(store, config, site, (stopped, to), id).await
            }
            Err(_) => {
                let why = "the row's payload cannot be read".to_owned();
                Ok(Prepared::Broken(why))
            }
        }
    }

    /// What could not leave while the mail server was away, or would not have us, is due once it takes a mail again.
    async fn hurry(&self) {
        match self.all_due().await {
            Ok(due) => tracing::info!(due, "the mail server takes mails again"),
            Err(error) => {
                tracing::warn!(%error, "the mail server takes mails again; what waits is sent later");
                self.is_away.store(true, Ordering::Relaxed);
            }
        }
        self.look_again();
    }

    async fn all_due(&self) -> store::Result<usize> {
        let mut due = 0;
        for site in self.store.sites().await? {
            due += self.store.hurry_mails(site.id, self.now()).await?;
        }
        Ok(due)
    }

    fn outcome(&self, row: &Claimed, sent: Result<(), Failure>) -> Attempt {
        match sent {
            Ok(()) => Attempt::Done,
            Err(Failure::Never(error)) => Attempt::Dead(error),
            Err(Failure::Later(error) | Failure::Away(error)) => match self.next(row) {
                Some(at) => Attempt::Later(at, error),
                None => Attempt::Dead(error),
            },
            Err(Failure::Ours(error) | Failure::NotRelayed(error)) => {
                Attempt::Ours(self.soon(row), error)
            }
        }
    }

    /// When it is tried again, if it is. What an operator had to mend first has used up attempts and not its three days.
    fn next(&self, row: &Claimed) -> Option<Instant> {
        let is_young = row.created_at.after(DAYS_TRIED) > self.now();
        let wait = Schedule::MAIL
            .after(row.attempts.unsigned_abs())
            .or_else(|| is_young.then_some(BETWEEN_TRIES))?;
        Some(self.now().after(jittered(wait, rand::random())))
    }

    /// When it is tried again, where an operator can mend what was wrong: never long after they did, and never given up.
    fn soon(&self, row: &Claimed) -> Instant {
        let wait = Schedule::MAIL.after(row.attempts.unsigned_abs());
        let wait = wait.map_or(LONGEST_FOR_OURS, |wait| wait.min(LONGEST_FOR_OURS));
        self.now().after(jittered(wait, rand::random()))
    }
}

//! Sends the mails of a site whose time has come.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use lettre::Message;

use super::mail::{Asked, Failure, naming};
use super::order::{Order, Prepared, Spaced, Words};
use super::plan::HOUR;
use super::worker::Worker;
use super::{held, hooks, members, readers};
use crate::domain::{Instant, MailAdvice, MailFault, Site, Trouble};
use crate::queue::{Schedule, jittered};
use crate::store::{
    self, Attempt, Claimed, Due, Hindrance, MAIL_LEASE, Obstacle, OutboxKind, Probe,
};

/// How often a worker gives a sign of life while a server thinks.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);
/// For how long a mail is tried in any case, and how often where its attempts went elsewhere.
const DAYS_TRIED: Duration = Duration::from_secs(72 * 3600);
const BETWEEN_TRIES: Duration = Duration::from_secs(3600);
/// As many attempts of those before count against a mailbox where the last was the server's fault: enough not to ask it at once again and again.
const COUNTED_OF_OUTAGE: i32 = 4;
/// The longest pause between two attempts while something of ours is wrong.
const LONGEST_FOR_OURS: Duration = Duration::from_secs(600);

/// What an attempt says of the mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// It takes mails.
    Taken,
    /// It takes none for now.
    Away,
    /// Neither.
    Nothing,
}

impl Said {
    const fn of(sent: &Result<(), Failure>) -> Self {
        match sent {
            Ok(()) => Self::Taken,
            Err(
                Failure::Away(_) | Failure::Ours(_) | Failure::NotLetIn(_) | Failure::Resting(..),
            ) => Self::Away,
            // What it has read and put off may be that mail's own.
            Err(
                Failure::Doubtful(_)
                | Failure::Later(_)
                | Failure::Unsure(_)
                | Failure::NotRelayed(_)
                | Failure::Never(_),
            ) => Self::Nothing,
        }
    }
}

impl Worker {
    /// Claims so many of a site's mails at the most.
    pub(super) async fn claim(
        &self,
        site: &Site,
        which: Due,
        most: usize,
    ) -> store::Result<Vec<Claimed>> {
        let of = (site.id, OutboxKind::Mail);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let claiming = self.store.claim(of, which, self.now(), MAIL_LEASE, most);
        let (claimed, crowded) = apart(claiming.await?);
        for row in crowded {
            let later = Attempt::Postponed(self.now().after(HOUR));
            self.store.finish(row, later, self.now()).await?;
        }
        Ok(claimed)
    }

    /// Sends a mail whose time has come.
    pub(super) async fn send(&self, site: Site, row: Claimed) {
        let taken = self.taken.load(Ordering::Relaxed);
        if let Err(error) = self.sent(&site, row, taken).await {
            tracing::warn!(%error, site = site.key, "its outbox waits");
        }
    }

    /// The same; so many mails had been taken before.
    async fn sent(&self, site: &Site, row: Claimed, taken: u64) -> store::Result<()> {
        match self.attempt(site, row, None).await? {
            Said::Taken => {
                self.taken.fetch_add(1, Ordering::Relaxed);
            }
            // Another that was taken meanwhile says otherwise.
            Said::Away if self.taken.load(Ordering::Relaxed) == taken => {
                self.spare_server().await?;
            }
            Said::Away | Said::Nothing => {}
        }
        Ok(())
    }

    /// Asks by a mail that waits for the server whether it is back.
    pub(super) async fn ask_by(&self, site: Site, Probe { mail, planned }: Probe) {
        if let Err(error) = self.attempt(&site, mail, Some(planned)).await {
            tracing::warn!(%error, site = site.key, "the mail server could not be asked whether it is back");
        }
    }

    /// One attempt; of a mail that asks whether the server is back, with the time when it is tried by itself.
    async fn attempt(
        &self,
        site: &Site,
        mut row: Claimed,
        planned: Option<Instant>,
    ) -> store::Result<Said> {
        let mut said = Said::Nothing;
        let attempt = match self.letter(site, &row, Words::Readers).await? {
            Prepared::Nothing => Attempt::Needless,
            Prepared::Later(at) => Attempt::Postponed(at),
            Prepared::Broken(fault) => Attempt::Dead(Trouble::of_mail(fault).kept()),
            Prepared::Letter(letter) => match letter.into_message() {
                Err(error) => {
                    let said = error.to_string();
                    Attempt::Dead(Trouble::of_mail(MailFault::Unmade { said }).kept())
                }
                Ok(message) => {
                    let (mut sent, mut latest) = (self.hand_over(&row, message).await, None);
                    if let Err(Failure::Doubtful(why)) = sent {
                        (sent, latest) = self.put_off(site, &row, why).await?;
                    }
                    said = Said::of(&sent);
                    if matches!(sent, Err(Failure::Later(_) | Failure::Unsure(_))) {
                        self.forgive_outage(&mut row);
                    }
                    self.outcome(&row, sent, planned, latest)
                }
            },
        };
        // The server's own words may hold an address, so they stay in the outbox and out of the log.
        match &attempt {
            Attempt::Done => {
                metrics::counter!("duyet_mails_total", "outcome" => "sent").increment(1);
            }
            Attempt::Later(..) | Attempt::Unsure(..) | Attempt::Hindered(_) => {
                metrics::counter!("duyet_mails_total", "outcome" => "later").increment(1);
                tracing::warn!(mail = %row.id, attempt = row.attempts, "a mail was not taken; it is tried again");
            }
            Attempt::Postponed(_) | Attempt::Needless | Attempt::Unmade(..) => {}
            Attempt::Dead(_) | Attempt::Dropped(_) => {
                metrics::counter!("duyet_mails_total", "outcome" => "dead").increment(1);
                tracing::error!(mail = %row.id, attempt = row.attempts, "a mail was given up; the outbox says why");
            }
        }
        let (was_relayed, was_stuck) = (
            row.obstacle() == Some(Obstacle::Relaying),
            row.last_error.is_some(),
        );
        self.store.finish(row, attempt, self.now()).await?;
        if said == Said::Taken {
            self.hurry(was_relayed).await;
            if was_stuck {
                self.look_again();
            }
        }
        Ok(said)
    }

    /// What was tried while the server was away says nothing of the mailbox, whose own time begins now. A mail that is as old as any is
    /// tried ends by its count all the same.
    fn forgive_outage(&self, row: &mut Claimed) {
        if row.obstacle().is_some() && self.is_young(row) {
            row.attempts = row.attempts.min(COUNTED_OF_OUTAGE);
        }
    }

    /// Hands a mail to the server.
    pub(super) async fn hand_over(&self, row: &Claimed, message: Message) -> Result<(), Failure> {
        let asked = if row.is_sent_again() {
            Asked::ByAPerson
        } else {
            Asked::ByItself
        };
        let sending = Box::pin(self.mailer.send(message, asked));
        self.while_claimed(row, sending).await
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
    pub(super) async fn letter(
        &self,
        site: &Site,
        row: &Claimed,
        words: Words,
    ) -> store::Result<Prepared> {
        let (store, config) = (&self.store, &self.config);
        if let Some(free) = self.within_the_hour(row).await? {
            return Ok(Prepared::Later(free));
        }
        let id = naming::message_id(&config.mail_from, row.id);
        match serde_json::from_str(&row.payload) {
            Ok(Order::Held(order)) => held::letter(self, site, row, (order, words), id).await,
            Ok(Order::Ask { ask }) => readers::question(store, config, site, ask, id).await,
            Ok(Order::Tell { tell, revision }) => {
                readers::decision(store, config, site, (tell, revision), id).await
            }
            Ok(Order::Answer { answer }) => readers::answer(store, config, site, answer, id).await,
            Ok(Order::Link { link }) => members::link(store, config, site, link, id).await,
            Ok(Order::Stopped { stopped, to }) => {
                hooks::stopped_letter(store, config, site, (stopped, to), id).await
            }
            Err(_) => Ok(Prepared::Broken(MailFault::Unreadable)),
        }
    }

    /// When a mail may leave that leaves an hour apart, where that is not now: what waited for the server would come all at once.
    async fn within_the_hour(&self, row: &Claimed) -> store::Result<Option<Instant>> {
        // Whoever presses *Gửi ngay* knows better.
        let Some(order) = Spaced::of(&row.payload).filter(|_| !row.is_sent_again()) else {
            return Ok(None);
        };
        self.store.kept_apart(row, order.mailbox, self.now()).await
    }

    /// What waits for the mail server, whoever found it away, is due once it takes a mail. What it did not relay is so once it relays.
    async fn hurry(&self, was_relayed: bool) {
        let gone: &'static [Obstacle] = if was_relayed {
            &[Obstacle::Server, Obstacle::Relaying]
        } else {
            &[Obstacle::Server]
        };
        match self.store.hurry_mails(gone, self.now()).await {
            Ok(0) => {}
            Ok(due) => {
                tracing::info!(due, "the mail server takes mails again");
                self.look_again();
            }
            Err(error) => {
                tracing::warn!(%error, "the mail server takes mails again; what waits is sent later");
            }
        }
    }

    /// What waits for the server as well leaves it alone for a while: one asks for all.
    async fn spare_server(&self) -> store::Result<()> {
        let now = self.now();
        let until = now.after(jittered(LONGEST_FOR_OURS, rand::random()));
        self.store.spare_server(now, until).await?;
        Ok(())
    }

    /// What becomes of the row; where it is tried again, `latest` is when at the latest.
    fn outcome(
        &self,
        row: &Claimed,
        sent: Result<(), Failure>,
        planned: Option<Instant>,
        latest: Option<Instant>,
    ) -> Attempt {
        let by_then = |at: Instant| latest.map_or(at, |latest| at.min(latest));
        let hindered = |by, at: Instant, why: &Trouble, is_ours| {
            Attempt::Hindered(Hindrance {
                by,
                // To have asked whether the server is back changes nothing of when it is tried by itself.
                at: planned.map_or(at, by_then),
                error: why.kept(),
                is_ours,
                counts: planned.is_none(),
            })
        };
        match sent {
            Ok(()) => Attempt::Done,
            Err(Failure::Never(why)) => Attempt::Dead(why.kept()),
            Err(Failure::Later(why)) => match self.next(row) {
                Some(at) => Attempt::Later(by_then(at), why.kept()),
                None => Attempt::Dead(why.kept()),
            },
            // It may have arrived: who comes with it again and again brings it again and again.
            Err(Failure::Unsure(why)) if row.may_have_arrived => {
                Attempt::Dead(why.advised(MailAdvice::MayHaveArrived).kept())
            }
            Err(Failure::Unsure(why)) => match self.next(row) {
                Some(at) => Attempt::Unsure(at, why.kept()),
                None => Attempt::Dead(why.kept()),
            },
            Err(Failure::Away(why) | Failure::Doubtful(why)) => {
                match planned.or_else(|| self.next(row)) {
                    Some(at) => hindered(Obstacle::Server, by_then(at), &why, false),
                    None => Attempt::Dead(why.kept()),
                }
            }
            Err(Failure::Ours(why) | Failure::NotLetIn(why)) => {
                hindered(Obstacle::Server, self.soon(row), &why, true)
            }
            Err(Failure::NotRelayed(why)) => {
                hindered(Obstacle::Relaying, self.soon(row), &why, true)
            }
            Err(Failure::Resting(why, left)) => Attempt::Hindered(Hindrance {
                by: Obstacle::Server,
                at: planned.unwrap_or_else(|| self.now().after(left)),
                error: why.kept(),
                is_ours: true,
                counts: false,
            }),
        }
    }

    /// When it is tried again, if it is. What an operator had to mend first has used up attempts and not its three days.
    fn next(&self, row: &Claimed) -> Option<Instant> {
        let wait = Schedule::MAIL
            .after(row.attempts.unsigned_abs())
            .or_else(|| self.is_young(row).then_some(BETWEEN_TRIES))?;
        Some(self.now().after(jittered(wait, rand::random())))
    }

    /// Whether it is not as old yet as any mail is tried.
    fn is_young(&self, row: &Claimed) -> bool {
        row.created_at.after(DAYS_TRIED) > self.now()
    }

    /// When it is tried again, where an operator can mend what was wrong: never long after they did, and never given up.
    fn soon(&self, row: &Claimed) -> Instant {
        let wait = Schedule::MAIL.after(row.attempts.unsigned_abs());
        let wait = wait.map_or(LONGEST_FOR_OURS, |wait| wait.min(LONGEST_FOR_OURS));
        self.now().after(jittered(wait, rand::random()))
    }
}

/// Of mails to the same mailbox that leave an hour apart the first, with all others; and the rest of them.
fn apart(claimed: Vec<Claimed>) -> (Vec<Claimed>, Vec<Claimed>) {
    let mut seen = HashSet::new();
    claimed.into_iter().partition(|row| {
        Spaced::of(&row.payload)
            .is_none_or(|order| order.is_question() || seen.insert(order.mailbox))
    })
}

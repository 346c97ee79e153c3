//! A comment that is handed in: checked, counted, judged and stored.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::robots::{Seen, challenge_problem};
use super::surroundings::around;
use super::{Asker, AtSite, Sender};
use crate::clock;
use crate::domain::{
    Agreed, ArticleId, BanId, Comment, CommentId, EventId, Instant, OutboxId, ProofFault,
    RobotSigns, Status, Verdict,
};
use crate::http::problem::{Code, Problem};
use crate::intake::{
    Arrival, Author, Checked, ConsentAnswer, Counted, Counts, Email, EmailPolicy, Receipt, Sent,
    Submission, article_key, check, network_of,
};
use crate::rules::{Context, Reserved, RuleSet, Subject, judge_at};
use crate::store::{self, ArticleRef, ByCms, Claim, Ingested, NewComment, day_of};
use crate::text::{Reading, likeness};

/// What became of a comment that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// Which comment.
    pub id: CommentId,
    /// `pending`, or `approved`. What a rule settled reads as pending too: who writes spam learns nothing from us.
    pub status: Status,
    /// The reader's signed link, as its token.
    pub receipt: String,
    /// The email address that was probably meant, where the one that was given looks like a slip.
    pub suggestion: Option<String>,
}

/// A comment that was handed to the store, and what that said.
struct Taken {
    id: CommentId,
    sent: Option<Sent>,
    ingested: store::Result<Ingested>,
}

impl Taken {
    fn is_new(&self) -> bool {
        matches!(&self.ingested, Ok(Ingested::Stored { id, .. }) if *id == self.id)
    }
}

impl AtSite {
    /// Takes a comment in: checks it, judges it and stores it. Durable when this returns.
    pub async fn submit(
        &self,
        submission: &Submission,
        key: Option<&str>,
        sender: Sender,
    ) -> Result<Submitted, Problem> {
        self.refuse_foreign_pages()?;
        let now = clock::now();
        let key = key
            .map(|key| self.claim(key, submission, now))
            .transpose()?;
        self.submit_as(submission, key, sender, None, now).await
    }

    /// The same of whoever has proved who they are, or need not.
    pub(super) async fn submit_as(
        &self,
        submission: &Submission,
        key: Option<Claim>,
        sender: Sender,
        by_cms: Option<ByCms>,
        now: Instant,
    ) -> Result<Submitted, Problem> {
        let emails = self.house.emails;
        let checked = check(submission, &self.site, emails)
            .map_err(|errors| Problem::fields(errors).asking(slip(submission, emails)))?;
        let suggestion = checked.email.suggestion();
        let (counts, counted) = match self.count(&checked, now) {
            Ok(counted) => counted,
            Err(problem) => return self.unless_resent(problem, key, suggestion).await,
        };
        let mut seen = match self.look_for_robots(submission, counts, sender, now) {
            Ok(seen) => seen,
            Err(problem) => {
                self.house.arrivals.retract(counted);
                return self.unless_resent(problem, key, suggestion).await;
            }
        };
        // A form is not refused for a proof that another comment has used up, which only the store can tell.
        let once_more = (seen.proof.is_some() && sender == Sender::Form)
            .then(|| (checked.clone(), key.clone()));
        let mut taken = self.take(checked, (key, by_cms), counts, seen, now).await;
        if let (Ok(Ingested::ProofSpent), Some((checked, key))) = (&taken.ingested, once_more) {
            seen.mar(ProofFault::Spent, sender)?;
            taken = self.take(checked, (key, None), counts, seen, now).await;
        }
        // Only what was stored now has arrived: not what failed, nor what is a resend.
        if taken.is_new() {
            self.tell(&taken, now);
        } else {
            self.house.arrivals.retract(counted);
        }
        self.answered(taken.ingested?, suggestion)
    }

    /// Judges a comment and stores it.
    async fn take(
        &self,
        checked: Checked,
        (key, by_cms): (Option<Claim>, Option<ByCms>),
        counts: Counts,
        seen: Seen,
        now: Instant,
    ) -> Taken {
        let (mut new, sent) = self.judged(checked, key, counts, seen, now);
        new.by_cms = by_cms;
        Taken {
            id: new.comment.id,
            sent,
            ingested: self.house.store.ingest(new).await,
        }
    }

    /// Tells those who must know of a comment that was stored.
    fn tell(&self, taken: &Taken, now: Instant) {
        if let Some(sent) = &taken.sent {
            self.house.recent().insert(sent, taken.id, now);
        }
        // As it is stored: its article may leave to a person what a rule has settled.
        if let Ok(Ingested::Stored { status, .. }) = taken.ingested
            && status == Status::Pending
        {
            self.house.wake.notify_one();
        }
    }

    /// Refuses a submission, unless it is a resend: then it gets the answer that its key was given before.
    async fn unless_resent(
        &self,
        problem: Problem,
        key: Option<Claim>,
        suggestion: Option<String>,
    ) -> Result<Submitted, Problem> {
        let before = match key {
            Some(key) => self.house.store.answered(key).await?,
            None => None,
        };
        self.answered(before.ok_or(problem)?, suggestion)
    }

    fn answered(
        &self,
        ingested: Ingested,
        suggestion: Option<String>,
    ) -> Result<Submitted, Problem> {
        match ingested {
            Ingested::Stored { id, status } | Ingested::Replayed { id, status } => {
                Ok(self.submitted(id, status, suggestion))
            }
            Ingested::KeyMismatch => Err(Problem::field("Idempotency-Key", "key-mismatch")),
            Ingested::ArticleClosed => Err(Problem::new(Code::ArticleClosed)),
            Ingested::ParentUnknown => Err(Problem::field("parent", "parent-unknown")),
            Ingested::ProofSpent => Err(challenge_problem(ProofFault::Spent)),
        }
    }

    fn submitted(&self, id: CommentId, status: Status, suggestion: Option<String>) -> Submitted {
        let receipt = self.house.receipts.seal(Receipt {
            site: self.site.id,
            comment: id,
        });
        let status = if status == Status::Approved {
            status
        } else {
            Status::Pending
        };
        Submitted {
            id,
            status,
            receipt,
            suggestion,
        }
    }

    /// A page of another newspaper must not post in this one's name. Programs send no `Origin`, and pages that hide where
    /// they are send `null`; neither carries a cookie of ours, so neither can do more than anybody can.
    pub(super) fn refuse_foreign_pages(&self) -> Result<(), Problem> {
        match self.origin.as_deref() {
            None | Some("null") => Ok(()),
            Some(origin) if self.house.welcomes(&self.site, origin) => Ok(()),
            Some(_) => Err(Problem::new(Code::ForeignOrigin)),
        }
    }

    fn claim(&self, key: &str, submission: &Submission, now: Instant) -> Result<Claim, Problem> {
        let well =
            (1..=255).contains(&key.len()) && key.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        if !well {
            return Err(Problem::field("Idempotency-Key", "key-invalid"));
        }
        Ok(Claim {
            site: self.site.id,
            key: key.to_owned(),
            request_hash: hash(submission),
            day: day_of(now),
        })
    }

    fn count(&self, checked: &Checked, now: Instant) -> Result<(Counts, Counted), Problem> {
        let arrival = Arrival {
            site: self.site.id,
            address: self.asker.and_then(Asker::somebodys),
            email: Some(checked.email.key()),
            article: Some(checked.article.as_str()),
        };
        self.house.arrive(&arrival, self.asker, now)
    }

    fn judged(
        &self,
        checked: Checked,
        key: Option<Claim>,
        counts: Counts,
        seen: Seen,
        now: Instant,
    ) -> (NewComment, Option<Sent>) {
        let wants_mail = checked.tell;
        let body = Reading::new(checked.body.as_str());
        let text = likeness(&body);
        let address_mark = self
            .asker
            .map(|asker| self.house.addresses.mark(self.site.id, &asker.address));
        let (sent, repeats) = self.repeats(&checked, text, address_mark, now);
        let resend = match key {
            Some(_) => None,
            None => self.resend(&checked, now),
        };
        let context = Context {
            // The paper's own people speak in its name.
            reserved: Some(if self.is_members {
                &Reserved::NONE
            } else {
                &self.reserved
            }),
            robots: seen.signs,
            ..around(counts, repeats)
        };
        let name_key = checked.name.key();
        let (rules, mut verdict) = self.judge(&checked, &body, context);
        let ban = self.settle_banned(&checked, &name_key, &mut verdict, now);
        let by_model = self.house.by_model(&self.site, &verdict, &body, now);
        let status = verdict.action.status();
        let held = status == Status::Pending;
        let comment = Comment {
            site: self.site.id,
            id: CommentId(Uuid::now_v7()),
            article: ArticleId(Uuid::nil()),
            parent: checked.parent,
            email_key: checked.email.key().to_owned(),
            email: checked.email.as_str().to_owned(),
            name_key,
            name: checked.name.into_string(),
            body: checked.body.into_string(),
            status,
            lane: verdict.lane,
            score: verdict.score,
            revision: 1,
            rules_version: verdict.rules_version.clone(),
            created_at: now,
            edited_at: None,
            decided_at: (!held).then_some(now),
            consent: checked.consent.map(|version| Agreed { version, at: now }),
            tell: checked.tell,
            network: self.network(),
            source: None,
        };
        let new = NewComment {
            comment,
            article: ArticleRef {
                site: self.site.id,
                search_key: article_key(checked.title.as_deref(), checked.article.as_str()),
                url: checked.article.into_string(),
                title: checked.title,
            },
            fingerprint: text.exact.filter(|_| sent.is_some()),
            address_mark,
            newsroom: self.is_members,
            asks: wants_mail && held && rules.robots_in(&verdict.evidence) == RobotSigns::default(),
            check: self
                .site
                .settings
                .checker
                .is_asked()
                .then_some(verdict.lane),
            verdict,
            ban,
            by_model,
            key,
            proof: seen.proof,
            by_cms: None,
            resend,
            event: EventId(Uuid::now_v7()),
            outbox: OutboxId(Uuid::now_v7()),
        };
        (new, sent)
    }

    /// What is kept of the address, where the site keeps it at all.
    fn network(&self) -> Option<String> {
        let asker = self.asker.filter(|_| self.site.settings.network_days > 0)?;
        Some(network_of(asker.ip))
    }

    /// Settles what a banned author sends, but nothing of the paper's own people.
    fn settle_banned(
        &self,
        checked: &Checked,
        name_key: &str,
        verdict: &mut Verdict,
        now: Instant,
    ) -> Option<BanId> {
        if self.is_members {
            return None;
        }
        let author = Author {
            name: checked.name.as_str(),
            name_key,
            email: checked.email.as_str(),
            email_key: checked.email.key(),
            address: self.asker.map(|asker| asker.ip),
        };
        self.bans.settle(verdict, &author, now)
    }

    /// What the rules say, and which rules.
    fn judge(
        &self,
        checked: &Checked,
        body: &Reading<'_>,
        context: Context<'_>,
    ) -> (Arc<RuleSet>, Verdict) {
        let subject = Subject {
            name: checked.name.as_str(),
            email: checked.email.as_str(),
            body: checked.body.as_str(),
        };
        let start = std::time::Instant::now();
        let rules = self.house.rules.now();
        let mut verdict = judge_at(&rules, Some(&self.words), context, &subject, body);
        self.house.rules_seconds.record(start.elapsed());
        let model = self.house.models.of(self.site.id);
        verdict.lane = model.lane(verdict.lane, body, &verdict.evidence);
        (rules, verdict)
    }
}

/// The address that was probably meant, for a submission that is refused for something else: then it can be mended with it.
fn slip(submission: &Submission, emails: EmailPolicy) -> Option<String> {
    let email = Email::parse_with(&submission.email, emails).ok()?;
    email.suggestion()
}

/// What a key was used for: every field, each ended by a byte that UTF-8 never has.
fn hash(submission: &Submission) -> [u8; 32] {
    let Submission {
        article,
        name,
        email,
        body,
        parent,
        consent,
        tell,
        // Whoever sends again may have solved another challenge, or none.
        challenge: _,
        stamp: _,
        website: _,
    } = submission;
    let mut hash = Sha256::new();
    for field in [&article.url, name, email, body] {
        hash.update(field.as_bytes());
        hash.update([0xff]);
    }
    hash.update(parent.map_or([0; 16], |parent| *parent.0.as_bytes()));
    hash.update([u8::from(*tell)]);
    match consent {
        None | Some(ConsentAnswer::Ticked(false)) => hash.update([0]),
        Some(ConsentAnswer::Ticked(true)) => hash.update([1]),
        Some(ConsentAnswer::To { version }) => hash.update([&[2], version.as_bytes()].concat()),
    }
    hash.finalize().into()
}

//! Somebody on a newspaper's page: may read what is published there and hand in a comment.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::repeating::bearer;
use super::robots::{Seen, challenge_problem};
use super::{Asker, House, Sender, house};
use crate::clock;
use crate::domain::{
    Agreed, Article, ArticleId, Comment, CommentId, EventId, Instant, OutboxId, ProofFault,
    RuleAction, Site, Status, Verdict,
};
use crate::http::problem::{Code, Problem};
use crate::intake::{
    Arrival, ArticleUrl, Checked, ConsentAnswer, Counted, Counts, Email, EmailPolicy, FieldError,
    Receipt, Sent, Submission, check,
};
use crate::rules::{Context, Reserved, SiteWords, Subject, judge_at};
use crate::store::{self, ArticleRef, Claim, Ingested, NewComment, Published, day_of};
use crate::text::{Reading, likeness};

/// A request to one site's public face.
pub struct AtSite {
    /// The site.
    pub site: Arc<Site>,
    words: Arc<SiteWords>,
    reserved: Arc<Reserved>,
    pub(super) house: Data<House>,
    origin: Option<String>,
    pub(super) asker: Option<Asker>,
    /// Whether somebody of the newspaper itself asks.
    pub(super) is_members: bool,
}

impl FromRequest for AtSite {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = house(request);
        let key = request
            .match_info()
            .get("site")
            .unwrap_or_default()
            .to_owned();
        let origin = request
            .headers()
            .get("origin")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let asker = house.asker(request);
        // Whoever only reads needs no name.
        let is_sent = request.method() == Method::POST;
        let token = is_sent.then(|| bearer(request)).flatten();
        Box::pin(async move {
            let face = house.face(&key).await?;
            let is_members = house.is_members(&face.site, token).await?;
            Ok(Self {
                is_members,
                site: face.site,
                words: face.words,
                reserved: face.reserved,
                house,
                origin,
                asker,
            })
        })
    }
}

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
    held: bool,
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
        let emails = self.house.emails;
        let checked = check(submission, &self.site, emails)
            .map_err(|errors| Problem::fields(errors).asking(slip(submission, emails)))?;
        let suggestion = checked.email.suggestion();
        let (counts, counted) = match self.count(&checked, now) {
            Ok(counted) => counted,
            Err(problem) => {
                let before = self.answer_before(key).await?;
                return self.answered(before.ok_or(problem)?, suggestion);
            }
        };
        let mut seen = match self.look_for_robots(submission, counts, sender, now) {
            Ok(seen) => seen,
            Err(problem) => {
                self.house.arrivals.retract(counted);
                let before = self.answer_before(key).await?;
                return self.answered(before.ok_or(problem)?, suggestion);
            }
        };
        // A form is not refused for a proof that another comment has used up, which only the store can tell.
        let once_more = (seen.proof.is_some() && sender == Sender::Form)
            .then(|| (checked.clone(), key.clone()));
        let mut taken = self.take(checked, key, counts, seen, now).await;
        if let (Ok(Ingested::ProofSpent), Some((checked, key))) = (&taken.ingested, once_more) {
            seen.mar(ProofFault::Spent, sender)?;
            taken = self.take(checked, key, counts, seen, now).await;
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
        key: Option<Claim>,
        counts: Counts,
        seen: Seen,
        now: Instant,
    ) -> Taken {
        let (new, sent) = self.judged(checked, key, counts, seen, now);
        Taken {
            id: new.comment.id,
            sent,
            held: new.comment.status == Status::Pending,
            ingested: self.house.store.ingest(new).await,
        }
    }

    /// Tells those who must know of a comment that was stored.
    fn tell(&self, taken: &Taken, now: Instant) {
        if let Some(sent) = &taken.sent {
            self.house.recent().insert(sent, taken.id, now);
        }
        if taken.held {
            self.house.wake.notify_one();
        }
    }

    /// What its key was answered with before, for a submission that is refused unless it is a resend.
    async fn answer_before(&self, key: Option<Claim>) -> Result<Option<Ingested>, Problem> {
        match key {
            Some(key) => Ok(self.house.store.answered(key).await?),
            None => Ok(None),
        }
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
    fn refuse_foreign_pages(&self) -> Result<(), Problem> {
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

    /// Counts the comment to its address, email and article, unless its address has reached its ceiling.
    fn count(&self, checked: &Checked, now: Instant) -> Result<(Counts, Counted), Problem> {
        let arrival = Arrival {
            site: self.site.id,
            address: self.asker.map(|asker| asker.address),
            email: Some(checked.email.key()),
            article: Some(checked.article.as_str()),
        };
        let ceiling = self.asker.and_then(|asker| asker.ceiling);
        let taken = self.house.arrivals.arrive(&arrival, ceiling, now);
        taken.map_err(|too_many| Problem::too_many(too_many.wait))
    }

    fn judged(
        &self,
        checked: Checked,
        key: Option<Claim>,
        counts: Counts,
        seen: Seen,
        now: Instant,
    ) -> (NewComment, Option<Sent>) {
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
            same_text: repeats.same,
            near_text: repeats.near,
            from_address: counts.from_address,
            from_address_here: counts.from_address_here,
            from_email: counts.from_email,
            on_article: counts.on_article,
            reserved: Some(&self.reserved),
            robots: seen.signs,
        };
        let verdict = self.judge(&checked, &body, context);
        let status = match verdict.action {
            RuleAction::Hold => Status::Pending,
            RuleAction::Reject => Status::Rejected,
            RuleAction::Spam => Status::Spam,
        };
        let comment = Comment {
            site: self.site.id,
            id: CommentId(Uuid::now_v7()),
            article: ArticleId(Uuid::nil()),
            parent: checked.parent,
            email_key: checked.email.key().to_owned(),
            email: checked.email.as_str().to_owned(),
            name_key: checked.name.key(),
            name: checked.name.into_string(),
            body: checked.body.into_string(),
            status,
            lane: verdict.lane,
            score: verdict.score,
            revision: 1,
            rules_version: verdict.rules_version.clone(),
            created_at: now,
            edited_at: None,
            decided_at: (status != Status::Pending).then_some(now),
            consent: checked.consent.map(|version| Agreed { version, at: now }),
            tell: checked.tell,
        };
        let new = NewComment {
            comment,
            article: ArticleRef {
                site: self.site.id,
                url: checked.article.into_string(),
                title: checked.title,
            },
            fingerprint: text.exact.filter(|_| sent.is_some()),
            address_mark,
            verdict,
            key,
            proof: seen.proof,
            resend,
            event: EventId(Uuid::now_v7()),
            outbox: OutboxId(Uuid::now_v7()),
        };
        (new, sent)
    }

    fn judge(&self, checked: &Checked, body: &Reading<'_>, context: Context<'_>) -> Verdict {
        let subject = Subject {
            name: checked.name.as_str(),
            email: checked.email.as_str(),
            body: checked.body.as_str(),
        };
        let start = std::time::Instant::now();
        let rules = self.house.rules.now();
        let verdict = judge_at(&rules, Some(&self.words), context, &subject, body);
        self.house.rules_seconds.record(start.elapsed());
        verdict
    }

    /// The approved comments under an article, oldest first: as many as `limit`, and whether there are more.
    pub async fn published(
        &self,
        article: &str,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<(String, Option<Article>, Vec<Published>, bool), Problem> {
        let url = self.address("article", article)?;
        let asked = i64::try_from(limit + 1).unwrap_or(i64::MAX);
        let (article, mut comments) = self
            .house
            .store
            .published(self.site.id, url.clone(), after, asked)
            .await?;
        let more = comments.len() > limit;
        comments.truncate(limit);
        Ok((url, article, comments, more))
    }

    /// How many approved comments stand under each address, in the order asked, by the address as asked.
    pub async fn counts(&self, articles: Vec<String>) -> Result<Vec<(String, i64)>, Problem> {
        let mut urls = Vec::with_capacity(articles.len());
        for article in &articles {
            urls.push(self.address("article", article)?);
        }
        let counts = self.house.store.count_published(self.site.id, urls).await?;
        Ok(articles
            .into_iter()
            .zip(counts)
            .map(|(asked, (_, count))| (asked, count))
            .collect())
    }

    /// Where a form may send its reader back to: a page of the site, or of ours.
    pub fn way_back(&self, to: &str) -> Option<url::Url> {
        let url = url::Url::parse(to).ok()?;
        let web = matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none();
        (web && self
            .house
            .welcomes(&self.site, &url.origin().ascii_serialization()))
        .then_some(url)
    }

    /// The address of a reader's own comment.
    pub fn receipt_url(&self, receipt: &str) -> String {
        format!("{}/receipts/{receipt}", self.house.config.public_url)
    }

    fn address(&self, field: &str, typed: &str) -> Result<String, Problem> {
        let read = ArticleUrl::parse(typed, &self.site).map(ArticleUrl::into_string);
        read.map_err(|error| {
            Problem::fields(vec![FieldError {
                field: field.to_owned(),
                ..error
            }])
        })
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
    match consent {
        None | Some(ConsentAnswer::Ticked(false)) => hash.update([0]),
        Some(ConsentAnswer::Ticked(true)) => hash.update([1]),
        Some(ConsentAnswer::To { version }) => hash.update([&[2], version.as_bytes()].concat()),
    }
    if *tell {
        hash.update([1]);
    }
    hash.finalize().into()
}

//! A comment that a program of the newspaper hands on: judged like any other, stored, and answered in the protocol's three ways.

use uuid::Uuid;

use super::Client;
use super::surroundings::around;
use crate::clock;
use crate::domain::{
    Again, ArticleId, BanId, BatchId, Category, ClientFault, ClientReport, Comment, CommentId,
    EventId, Evidence, Field, Instant, Lane, OutboxId, RobotSigns, RuleAction, Source, Status,
    Verdict, View,
};
use crate::intake::{
    Arrival, Author, Counts, Mended, ReaderAddress, Repeats, Sent, article_key, mend, network_of,
    origin_of, publishes_at_once,
};
use crate::rules::{Context, Subject, judge_at};
use crate::store::{self, ArticleRef, CheckTaken, NewCheck, NewClientReport, NewComment};
use crate::text::{Likeness, Reading, likeness};

/// When a program that is not called back may ask again.
const ASK_AGAIN: u32 = 1_200;
/// The same for one that is. WordPress's plugin publishes by itself after twice that, so it is longer than anything should wait.
const ASK_ONLY_THEN: u32 = 30 * 24 * 3_600;

/// What a check is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Names the comment; nothing where none was stored.
    pub comment: Option<CommentId>,
    /// What is said of it.
    pub says: Says,
}

/// What is said of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// It is spam, or is not to be published all the same. Whether it may be thrown away unseen.
    Spam {
        /// A rule was sure of it.
        discard: bool,
    },
    /// It is none.
    Ham,
    /// It is none as far as rules see, and a person has yet to decide: ask again after so many seconds.
    HamFor(u32),
    /// Nothing, for programs that would publish it: a person has yet to decide.
    Nothing,
}

/// A comment that was judged.
struct Judged {
    verdict: Verdict,
    /// Whether a rule was sure that it is spam.
    is_sure: bool,
    ban: Option<BanId>,
    text: Likeness,
    sent: Option<Sent>,
    address_mark: Option<u16>,
}

impl Client {
    /// Judges a comment and stores it. Durable when this returns.
    pub async fn check(&self) -> store::Result<Answer> {
        let unstored = |says| Answer {
            comment: None,
            says,
        };
        if self.form.is_spam_by_name() {
            return Ok(unstored(Says::Spam {
                discard: self.form.wants_discard(),
            }));
        }
        if self.form.is_by_administrator() {
            return Ok(unstored(Says::Ham));
        }
        let now = clock::now();
        let mended = self.mended();
        if self.form.is_test() || self.form.is_private() {
            let judged = self.judged(&mended, Counts::default(), now);
            return Ok(unstored(match judged.verdict.action {
                RuleAction::Hold => Says::Ham,
                RuleAction::Reject | RuleAction::Spam => Says::Spam { discard: false },
            }));
        }
        let (taken, discard) = self.take(mended, now).await?;
        Ok(Answer {
            comment: Some(taken.id),
            says: self.says(&taken, discard),
        })
    }

    /// Decides as people have who saw the comment there. What is but a test is left alone.
    pub async fn report(&self, report: ClientReport) -> store::Result<Option<CommentId>> {
        if self.form.is_test() || self.form.is_private() {
            return Ok(None);
        }
        let now = clock::now();
        let mended = mend(&self.form, &self.face.site, self.house.emails);
        let judged = self.judged(&mended, Counts::default(), now);
        let new = NewClientReport {
            check: self.new_check(mended, &judged, true, now),
            named: self.form.guid.trim().parse().ok(),
            report,
            batch: BatchId(Uuid::now_v7()),
            at: now,
        };
        let taken = self.house.store.report_by_client(new).await?;
        Ok(Some(taken.id))
    }

    fn mended(&self) -> Mended {
        let site = &self.face.site;
        // WordPress hands on a new comment with backslashes, and one from its database without.
        if self.is_wordpress() && !self.form.is_recheck() {
            let form = self.form.clone().without_slashes();
            mend(&form, site, self.house.emails)
        } else {
            mend(&self.form, site, self.house.emails)
        }
    }

    /// Counts a comment, judges and stores it; whether a rule was sure that it is spam.
    async fn take(&self, mended: Mended, now: Instant) -> store::Result<(CheckTaken, bool)> {
        let arrival = Arrival {
            site: self.face.site.id,
            address: mended.address.map(ReaderAddress::from),
            email: Some(&mended.email_key),
            article: Some(&mended.page),
        };
        let (counts, counted) = self.house.arrivals.count(&arrival, now);
        let judged = self.judged(&mended, counts, now);
        let is_sure = judged.is_sure;
        let new = self.new_check(mended, &judged, self.form.is_recheck(), now);
        let taken = self.house.store.take_check(new).await;
        let is_new = taken.as_ref().is_ok_and(|taken| taken.is_new);
        match &taken {
            Ok(taken) if is_new => self.tell(taken, judged.sent.as_ref(), now),
            _ => self.house.arrivals.retract(counted),
        }
        let taken = taken?;
        Ok((
            taken,
            is_sure && taken.is_new && taken.status == Status::Spam,
        ))
    }

    fn tell(&self, taken: &CheckTaken, sent: Option<&Sent>, now: Instant) {
        if let Some(sent) = sent {
            self.house.recent().insert(sent, taken.id, now);
        }
        if taken.status == Status::Pending {
            self.house.wake.notify_one();
        }
    }

    /// What its program is told of a comment as it stands.
    fn says(&self, taken: &CheckTaken, discard: bool) -> Says {
        match taken.status {
            Status::Approved => Says::Ham,
            Status::Pending if !self.is_wordpress() => Says::HamFor(ASK_AGAIN),
            // A plugin that knows of no later verdict, or hears of none, publishes what is no spam; so does any when it asks again.
            Status::Pending
                if publishes_at_once(&self.agent)
                    || self.form.is_recheck()
                    || !taken.is_called_back =>
            {
                Says::Nothing
            }
            Status::Pending => Says::HamFor(ASK_ONLY_THEN),
            Status::Rejected | Status::Spam | Status::Withdrawn | Status::Erased => {
                Says::Spam { discard }
            }
        }
    }

    fn judged(&self, mended: &Mended, counts: Counts, now: Instant) -> Judged {
        let site = self.face.site.id;
        let body = Reading::new(&mended.body);
        let text = likeness(&body);
        let address = mended.address.map(ReaderAddress::from);
        let address_mark = address.map(|address| self.house.addresses.mark(site, &address));
        let (sent, repeats) = self.repeats(mended, text, address_mark, now);
        let context = Context {
            reserved: Some(&self.face.reserved),
            robots: RobotSigns {
                honeypot: self.form.honeypot,
                ..RobotSigns::default()
            },
            ..around(counts, repeats)
        };
        let subject = Subject {
            name: &mended.name,
            email: &mended.email,
            body: &mended.body,
        };
        let start = std::time::Instant::now();
        let rules = self.house.rules.now();
        let mut verdict = judge_at(&rules, Some(&self.face.words), context, &subject, &body);
        self.house.rules_seconds.record(start.elapsed());
        tell_faults(&mut verdict, mended);
        // The model has no say in what is thrown away unseen.
        let by_rules = verdict.lane;
        let model = self.house.models.of(site);
        verdict.lane = model.lane(by_rules, &body, &verdict.evidence);
        let author = Author {
            name: &mended.name,
            name_key: &mended.name_key,
            email: &mended.email,
            email_key: &mended.email_key,
            address: mended.address,
        };
        let ban = self.face.bans.settle(&mut verdict, &author, now);
        let is_sure =
            verdict.action == RuleAction::Spam && ban.is_none() && by_rules == Lane::LikelyBad;
        Judged {
            verdict,
            is_sure,
            ban,
            text,
            sent,
            address_mark,
        }
    }

    fn repeats(
        &self,
        mended: &Mended,
        text: Likeness,
        mark: Option<u16>,
        now: Instant,
    ) -> (Option<Sent>, Repeats) {
        // What is checked once more says the same as itself.
        if text.exact.is_none() || self.form.is_recheck() {
            return (None, Repeats::default());
        }
        let mut recent = self.house.recent();
        let site = self.face.site.id;
        let sent = recent.sent(site, text, &mended.email_key, &mended.page, mark);
        let repeats = recent.repeats(&sent, None, now);
        (Some(sent), repeats)
    }

    fn new_check(
        &self,
        mended: Mended,
        judged: &Judged,
        is_recheck: bool,
        now: Instant,
    ) -> NewCheck {
        let site = &self.face.site;
        let network = mended.address.filter(|_| site.settings.network_days > 0);
        let Judged { verdict, .. } = judged;
        let status = verdict.action.status();
        let comment = Comment {
            site: site.id,
            id: CommentId(Uuid::now_v7()),
            article: ArticleId(Uuid::nil()),
            parent: None,
            name: mended.name,
            name_key: mended.name_key,
            email: mended.email,
            email_key: mended.email_key,
            body: mended.body,
            status,
            lane: verdict.lane,
            score: verdict.score,
            revision: 1,
            rules_version: verdict.rules_version.clone(),
            created_at: now,
            edited_at: None,
            decided_at: (status != Status::Pending).then_some(now),
            consent: None,
            tell: false,
            network: network.map(network_of),
            source: Some(Source::Akismet),
        };
        let comment = NewComment {
            comment,
            article: ArticleRef {
                site: site.id,
                search_key: article_key(None, &mended.page),
                url: mended.page,
                title: None,
            },
            fingerprint: judged.text.exact.filter(|_| judged.sent.is_some()),
            address_mark: judged.address_mark,
            newsroom: false,
            verdict: verdict.clone(),
            ban: judged.ban,
            by_model: None,
            key: None,
            proof: None,
            asks: false,
            by_cms: None,
            check: site.settings.checker.is_asked().then_some(verdict.lane),
            resend: None,
            event: EventId(Uuid::now_v7()),
            outbox: OutboxId(Uuid::now_v7()),
        };
        NewCheck {
            comment,
            mark: self.house.checks.mark(site.id, &self.form),
            again: Again {
                at: now,
                written: mended.written,
                is_recheck,
            },
            callback: self.callback(),
            post: self.post(),
        }
    }

    /// Where to tell a decision: only on an address that is the site's by the word of who runs the service.
    fn callback(&self) -> Option<String> {
        const MOST_BYTES: usize = 2_000;
        let typed = self.form.callback.trim();
        let origin = origin_of(typed).filter(|_| typed.len() <= MOST_BYTES)?;
        let url = url::Url::parse(typed).ok()?;
        let is_own = self.face.site.owns_origin(&origin)
            && url.username().is_empty()
            && url.password().is_none();
        is_own.then(|| url.into())
    }

    fn post(&self) -> Option<String> {
        let post = self.form.post.trim();
        let is_number = (1..=20).contains(&post.len()) && post.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| post.to_owned())
    }
}

/// Tells what a form of ours would not have taken: as evidence, which has a person look at it.
fn tell_faults(verdict: &mut Verdict, mended: &Mended) {
    if mended.faults.is_empty() {
        return;
    }
    verdict
        .evidence
        .extend(mended.faults.iter().map(|fault| evidence(*fault, mended)));
    verdict.evidence.sort_by(|a, b| {
        (a.field, a.start, &a.rule, a.end).cmp(&(b.field, b.start, &b.rule, b.end))
    });
    if verdict.lane == Lane::LikelyFine {
        verdict.lane = Lane::Look;
    }
}

fn evidence(fault: ClientFault, mended: &Mended) -> Evidence {
    let (field, excerpt, view) = match fault {
        ClientFault::Name => (Field::Name, mended.name.as_str(), View::Raw),
        ClientFault::Email => (Field::Email, mended.email.as_str(), View::Raw),
        ClientFault::Text | ClientFault::Page => (Field::Body, "", View::Context),
    };
    Evidence {
        rule: fault.rule().to_owned(),
        category: Category::Spam,
        field,
        start: 0,
        end: u32::try_from(excerpt.chars().count()).unwrap_or(u32::MAX),
        excerpt: excerpt.to_owned(),
        weight: 0.0,
        view,
        cluster: None,
    }
}

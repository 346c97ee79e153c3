//! What a mail about comments that wait comes to when its turn comes: those that still do, the worst first, with links to decide.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::time::Duration;

use super::mail::held::{HeldArticle, HeldComment, HeldEvidence, HeldMail, HeldReport};
use super::mail::message::Letter;
use super::mail::naming::{List, Thread};
use super::order::{Held, Prepared, Purpose, Words};
use super::plan;
use super::worker::Worker;
use crate::access::{Deed, MAILED};
use crate::domain::{
    BanKind, Category, CheckerRule, ClientFault, CommentId, Field, Instant, Lane, MailFault,
    Moderator, OutboxId, Pace, QueueLane, Site, Status, Urgency, by_weight,
};
use crate::messages::Messages;
use crate::rules::site_word_of;
use crate::store::{self, Card, Claimed, Scope};

/// As many comments as a mail shows whole.
const SHOWN: usize = 20;
/// As many of the worst as are looked at for what a mail says of them all: its subject, whether it is about one article.
const LOOKED_AT: usize = 200;
/// How often it is looked whether who wants no mail wants it again, should their saying so have been missed.
const OFF: Duration = Duration::from_secs(3600);
/// As long as a mail's links decide, from when it leaves.
const COUNTS_FOR: Duration = Duration::from_secs(72 * 3600);

/// The mail as things stand now, in those words.
pub(super) async fn letter(
    worker: &Worker,
    site: &Site,
    row: &Claimed,
    (order, words): (Held, Words),
    message_id: String,
) -> store::Result<Prepared> {
    let moderator = worker.store.moderator(order.moderator).await?;
    let Some(moderator) = moderator.filter(|moderator| moderator.disabled_at.is_none()) else {
        return Ok(Prepared::Nothing);
    };
    // They may have said so while the mail waited for its server.
    let habits = worker.store.mail_habits(moderator.id).await?;
    if habits.pace == Pace::Off {
        // Who turns mail on again is told of what waits still, and this was told by no other mail.
        let is_of_use = worker.now() < row.created_at.after(COUNTS_FOR);
        return Ok(if is_of_use {
            Prepared::Later(worker.now().after(OFF))
        } else {
            Prepared::Nothing
        });
    }
    // Who is bound to sections is told of these alone, as they are bound when the mail leaves.
    let scope = Scope::of_member(&moderator, [site.id]);
    let store = &worker.store;
    let waiting = store.waiting_worst_first(scope.clone(), order.comments);
    let waiting = waiting.await?;
    let count = waiting.len();
    let alerts: HashSet<CommentId> = order.urgent.into_iter().collect();
    let late: HashSet<CommentId> = order.late.into_iter().collect();
    let late = waiting.iter().filter(|id| late.contains(id)).count();
    // What is urgent may have come into a digest, which was kept back until their night has begun.
    let is_urgent =
        order.purpose == Purpose::Urgent || waiting.iter().any(|id| alerts.contains(id));
    let may_wait = !(is_urgent && habits.urgent_in_quiet);
    if let Some(morning) = plan::quiet_until(&habits, worker.now()).filter(|_| may_wait) {
        return Ok(Prepared::Later(morning));
    }
    let (urgent, others): (Vec<CommentId>, Vec<CommentId>) =
        waiting.into_iter().partition(|id| alerts.contains(id));
    let looked_at = urgent.into_iter().chain(others).take(LOOKED_AT).collect();
    let mut cards = worker.store.cards_of(scope, looked_at).await?;
    // Some may have been decided between the two looks.
    cards.retain(|card| card.comment.status == Status::Pending || card.is_reported());
    if cards.is_empty() {
        return Ok(Prepared::Nothing);
    }
    let config = &worker.config;
    // A mail about several articles stands by itself.
    let article = cards[0].article.id;
    let is_of_one = count == cards.len() && cards.iter().all(|card| card.article.id == article);
    let (Ok(from), Ok(to)) = (config.mail_from.parse(), moderator.email.parse()) else {
        return Ok(Prepared::Broken(MailFault::Unaddressed));
    };
    // In the headers alone: what follows every link of a mail and presses every button must not end its mail.
    let off = worker.mutes.seal(moderator.id, site.id);
    let off_url = format!("{}/notices/off/{off}", config.dashboard_url);
    let mail = Desk {
        worker,
        site,
        moderator: &moderator,
        t: Messages::of(moderator.locale.unwrap_or(site.locale)),
        row: row.id,
        // From when it leaves: it may have waited for days, or was sent again by a person.
        until: worker.now().after(COUNTS_FOR),
        now: worker.now(),
        words,
    }
    .mail(cards, Counted { all: count, late });
    let (Ok(text), Ok(html)) = (mail.text(), mail.html()) else {
        return Ok(Prepared::Broken(MailFault::Unrendered));
    };
    Ok(Prepared::Letter(Box::new(Letter {
        from,
        reply_to: config.mail_reply_to(),
        to_name: moderator.name,
        to,
        subject: mail.subject(),
        text,
        html,
        message_id,
        thread: is_of_one.then(|| Thread::of_article(&config.mail_from, article)),
        list: Some(List::of_site(&config.mail_from, &site.key)),
        unsubscribe: Some(off_url),
    })))
}

/// How many a mail tells of, shown or not.
#[derive(Clone, Copy)]
struct Counted {
    all: usize,
    /// Those of them that have waited for longer than was promised.
    late: usize,
}

/// What a mail is put together with.
struct Desk<'a> {
    worker: &'a Worker,
    site: &'a Site,
    moderator: &'a Moderator,
    t: Messages,
    row: OutboxId,
    until: Instant,
    now: Instant,
    words: Words,
}

impl Desk<'_> {
    fn mail(&self, mut cards: Vec<Card>, count: Counted) -> HeldMail {
        let oldest = cards.iter().map(waits_since).min().unwrap_or(self.now);
        let reported = cards.iter().filter(|card| card.is_reported()).count();
        // Of those that are not looked at it is not known.
        let reported = if reported == cards.len() {
            count.all
        } else {
            reported
        };
        cards.sort_by_key(|card| Reverse(risk_of(card)));
        let mut urgency: Vec<Urgency> = cards.iter().filter_map(Card::urgency).collect();
        urgency.sort_unstable();
        urgency.dedup();
        let risk = cards.iter().find_map(worst_of);
        cards.truncate(match self.words {
            Words::Readers => SHOWN,
            Words::Ours => 0,
        });
        let more = count.all.saturating_sub(cards.len());
        let dashboard = &self.worker.config.dashboard_url;
        HeldMail {
            t: self.t,
            site_name: self.site.name.clone(),
            articles: self.articles(cards),
            more,
            oldest: self.t.wait(oldest, self.now),
            risk,
            urgency,
            reported,
            late: count.late.min(count.all),
            queue_url: format!("{dashboard}/queue"),
            habits_url: format!("{dashboard}/account#mail"),
        }
    }

    /// The comments by article, in the order in which the first of each comes.
    fn articles(&self, cards: Vec<Card>) -> Vec<HeldArticle> {
        let mut by_article: Vec<Vec<Card>> = Vec::new();
        for card in cards {
            let here = by_article
                .iter_mut()
                .find(|cards| cards[0].article.id == card.article.id);
            match here {
                Some(cards) => cards.push(card),
                None => by_article.push(vec![card]),
            }
        }
        let mut number = 0;
        let articles = by_article.into_iter().map(|cards| {
            let article = &cards[0].article;
            HeldArticle {
                title: article.title.clone().unwrap_or_else(|| article.url.clone()),
                url: article.url.clone(),
                comments: cards
                    .iter()
                    .map(|card| {
                        number += 1;
                        self.comment(card, number)
                    })
                    .collect(),
            }
        });
        articles.collect()
    }

    fn comment(&self, card: &Card, number: usize) -> HeldComment {
        let dashboard = &self.worker.config.dashboard_url;
        HeldComment {
            number,
            author: card.comment.name.clone(),
            body: card.comment.body.clone(),
            answers: answered_by(card),
            waiting: self.t.wait(waits_since(card), self.now),
            lane: lane_of(card),
            urgency: card.urgency(),
            reports: self.reported(card),
            evidence: self.seen(card).collect(),
            deeds: MAILED
                .iter()
                .filter_map(|action| {
                    let deed = Deed {
                        mail: self.row,
                        comment: card.comment.id,
                        revision: card.comment.revision,
                        action: *action,
                        until: self.until,
                    };
                    let token = self.worker.deeds.seal(self.moderator.id, &deed)?;
                    Some((*action, format!("{dashboard}/decide/{token}")))
                })
                .collect(),
            review_url: format!("{dashboard}/queue?comment={}", card.comment.id),
        }
    }

    /// What readers say of it that nobody has answered, and in their words.
    fn reported(&self, card: &Card) -> Vec<HeldReport> {
        let reports = card.reports.iter().flat_map(|reports| &reports.latest);
        let open = reports.filter(|report| report.outcome.is_none());
        let told = open.map(|report| HeldReport {
            reason: self.t.report_reason(report.reason),
            note: report.note.clone().unwrap_or_default(),
            at: self.t.when_near(report.at, self.now),
        });
        told.collect()
    }

    /// What speaks against it, the weightiest first.
    fn seen(&self, card: &Card) -> impl Iterator<Item = HeldEvidence> {
        let rules = self.worker.rules.now();
        let (t, locale) = (self.t, self.t.locale());
        let title = move |rule: &str| match (site_word_of(rule), BanKind::of_rule(rule)) {
            (Some(word), _) => t.with("site-word", &[("word", word.into())]),
            (None, Some(kind)) => t.ban(kind),
            (None, None) => match (ClientFault::of_rule(rule), CheckerRule::of_rule(rule)) {
                (Some(fault), _) => t.client_fault(fault),
                (None, Some(said)) => t.checker(said),
                (None, None) => rules.title(rule, locale).unwrap_or(rule).to_owned(),
            },
        };
        let seen = by_weight(&card.evidence, card.urgency());
        seen.into_iter().map(move |seen| {
            let title = title(&seen.rule);
            let lies_in_text = matches!(seen.field, Field::Body | Field::Link);
            HeldEvidence {
                title: match &seen.cluster {
                    Some(cluster) => format!("{title} ({})", t.cluster(cluster)),
                    None => title,
                },
                excerpt: seen.excerpt.clone(),
                place: lies_in_text.then_some((seen.start as usize, seen.end as usize)),
            }
        })
    }
}

/// What comes first in a mail: what is urgent, then by lane and score, then what has waited longest.
fn risk_of(card: &Card) -> (bool, Lane, bool, i64, Reverse<Instant>) {
    #[expect(clippy::cast_possible_truncation, reason = "scores are small")]
    let score = (card.comment.score * 100.0) as i64;
    (
        card.urgency().is_some(),
        card.comment.lane,
        card.is_reported(),
        score,
        Reverse(waits_since(card)),
    )
}

/// The category that weighs most in what rules saw.
fn worst_of(card: &Card) -> Option<Category> {
    if card.is_reported() {
        return None;
    }
    let heaviest = card
        .evidence
        .iter()
        .max_by(|a, b| a.weight.total_cmp(&b.weight))?;
    (heaviest.weight > 0.0).then_some(heaviest.category)
}

/// The comment that one answers, unless its text is gone.
fn answered_by(card: &Card) -> Option<(String, String)> {
    let parent = card.parent.as_ref()?;
    let is_there = !parent.body.is_empty();
    is_there.then(|| (parent.name.clone(), parent.body.clone()))
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

//! One attempt to tell an endpoint one thing, and what its answer means.

use std::time::Duration;

use super::payload;
use super::worker::Hooks;
use crate::domain::{Delivery, Endpoint, Instant, Site, StopReason, Trouble};
use crate::notify::order::Order;
use crate::notify::outward::{Failure, Message, Reply};
use crate::notify::signed;
use crate::queue::{Schedule, jittered};
use crate::store::{self, AfterAttempt, HookAttempt, NewOutbox};
use crate::text::one_line;

/// As long as an endpoint may take: the least that the standard recommends.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);
/// As much as is read of an answer, and as many of its characters are kept for the log.
const ANSWER: usize = 4096;
const KEPT_CHARS: usize = 300;
/// The longest that an endpoint is left alone because it asked for it.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 3600);

impl Hooks {
    /// Tells it once; whether somebody was there.
    pub(super) async fn attempt(
        &self,
        site: &Site,
        endpoint: &Endpoint,
        taken: Delivery,
    ) -> store::Result<bool> {
        let subject = match taken.comment {
            Some(comment) => self.store.hook_subject(site.id, comment).await?,
            None => None,
        };
        let body = payload::body(&site.key, endpoint, &taken, subject.as_ref());
        let answer = self
            .post(endpoint, &taken, body.to_string().into_bytes())
            .await;
        let is_there = answer.is_ok();
        let attempt = self.meaning(endpoint, &taken, answer).await?;
        let outcome = match attempt.then {
            AfterAttempt::Delivered => "delivered",
            AfterAttempt::Again(_) => "later",
            AfterAttempt::GivenUp => "given_up",
        };
        metrics::counter!("duyet_webhooks_total", "outcome" => outcome).increment(1);
        if attempt.then == AfterAttempt::GivenUp {
            tracing::warn!(delivery = %taken.id, endpoint = %endpoint.id, site = site.key, "a webhook was given up; its log says why");
        }
        self.store
            .finish_delivery(taken, attempt, self.now())
            .await?;
        Ok(is_there)
    }

    async fn post(
        &self,
        endpoint: &Endpoint,
        taken: &Delivery,
        body: Vec<u8>,
    ) -> Result<Reply, Failure> {
        let now = self.now();
        let message = Message {
            headers: &signed::head(&endpoint.secrets_at(now), taken.id.0, now, &body),
            body,
            deadline: self.patience,
            most: ANSWER,
        };
        self.outward.post(&endpoint.url, message).await
    }

    /// What an answer, or none, means for the delivery and its endpoint.
    async fn meaning(
        &self,
        endpoint: &Endpoint,
        taken: &Delivery,
        answer: Result<Reply, Failure>,
    ) -> store::Result<HookAttempt> {
        let now = self.now();
        let (status, said, pause) = match &answer {
            Ok(reply) => {
                let pause = retry_after(reply, now);
                (Some(reply.status), words_of(reply), pause)
            }
            Err(failure) => (None, Some(Trouble::from(failure.clone()).kept()), None),
        };
        let mut attempt = HookAttempt {
            then: AfterAttempt::GivenUp,
            answer: status,
            said,
            paused_until: None,
            stop: None,
            mails: Vec::new(),
        };
        // Whoever tries an endpoint wants to know now, and nothing is lost with a test.
        let is_test = taken.comment.is_none();
        let wait = Schedule::WEBHOOK.after(taken.attempts.unsigned_abs());
        match (status, wait.filter(|_| !is_test)) {
            (Some(200..=299), _) => attempt.then = AfterAttempt::Delivered,
            (Some(410), _) => attempt.stop = Some(StopReason::Gone),
            (_, Some(wait)) => {
                let own = now.after(jittered(wait, (self.chance)()));
                attempt.then = AfterAttempt::Again(pause.map_or(own, |until| own.max(until)));
                attempt.paused_until = pause;
            }
            (_, None) if is_test => {}
            (_, None) => {
                let now_is = self.store.endpoint(taken.site, taken.endpoint).await?;
                // One message that it does not like is no reason to tell it nothing.
                let took = now_is.succeeded_at;
                let has_failed = took.is_none_or(|took| took < taken.happened_at);
                attempt.stop = has_failed.then_some(StopReason::Failing);
            }
        }
        if attempt.stop.is_some() {
            attempt.mails = self.mails(endpoint, now).await?;
        }
        Ok(attempt)
    }

    /// To those who may switch it on again.
    async fn mails(&self, endpoint: &Endpoint, now: Instant) -> store::Result<Vec<NewOutbox>> {
        let admins = self.store.admins_of(endpoint.site).await?;
        let mails = admins.into_iter().map(|admin| {
            let order = Order::Stopped {
                stopped: endpoint.id,
                to: admin.id,
            };
            let order = serde_json::to_value(order).expect("our own type is JSON");
            NewOutbox::mail(endpoint.site, &order, now)
        });
        Ok(mails.collect())
    }
}

/// Until when who says 429 or 503 wants to be left alone (RFC 9110, 10.2.3): seconds or a date, never longer than a day.
fn retry_after(reply: &Reply, now: Instant) -> Option<Instant> {
    let asked = reply.retry_after.as_deref()?.trim();
    if !matches!(reply.status, 429 | 503) {
        return None;
    }
    let until = if let Ok(seconds) = asked.parse::<u64>() {
        now.after(Duration::from_secs(seconds.min(LONGEST_PAUSE.as_secs())))
    } else {
        let parser = jiff::fmt::rfc2822::DateTimeParser::new();
        Instant::from(parser.parse_timestamp(asked).ok()?)
    };
    Some(until.min(now.after(LONGEST_PAUSE))).filter(|until| *until > now)
}

/// The beginning of what was answered, on one line; nothing where nothing was said. What goes with a yes helps nobody, and some receivers
/// say there what they were told.
fn words_of(reply: &Reply) -> Option<String> {
    if matches!(reply.status, 200..=299) {
        return None;
    }
    let words = one_line(&String::from_utf8_lossy(&reply.body));
    let words: String = words.chars().take(KEPT_CHARS).collect();
    Some(words).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn until(status: u16, asked: &str, now: &str) -> Option<String> {
        let now: jiff::Timestamp = now.parse().expect("a moment");
        let reply = Reply {
            status,
            retry_after: Some(asked.to_owned()),
            body: Vec::new(),
            is_cut: false,
        };
        retry_after(&reply, now.into()).map(|until| until.to_string())
    }

    #[test]
    fn who_wants_to_be_left_alone_is_for_a_day_at_the_most() {
        let now = "2026-11-30T00:00:00Z";
        let told = |asked| until(429, asked, now);
        assert_eq!(told("120").as_deref(), Some("2026-11-30T00:02:00Z"));
        assert_eq!(told("0"), None);
        let date = "Mon, 30 Nov 2026 00:10:00 GMT";
        assert_eq!(told(date).as_deref(), Some("2026-11-30T00:10:00Z"));
        assert_eq!(told("Sun, 29 Nov 2026 00:10:00 GMT"), None);
        for long in [
            "99999999999999999999",
            "31536000",
            "Tue, 30 Nov 2027 00:00:00 GMT",
        ] {
            let got = told(long);
            assert!(
                got.is_none() || got.as_deref() == Some("2026-12-01T00:00:00Z"),
                "{long}: {got:?}"
            );
        }
        assert_eq!(told("31536000").as_deref(), Some("2026-12-01T00:00:00Z"));
        assert_eq!(told("-5"), None);
        assert_eq!(told("soon"), None);
        assert_eq!(until(500, "120", now), None);
        assert_eq!(
            until(503, "120", now).as_deref(),
            Some("2026-11-30T00:02:00Z")
        );
    }
}

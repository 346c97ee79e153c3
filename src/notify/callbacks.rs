//! Decisions told to where a comment came from by the Akismet protocol, at the address that it named for that. Each is a row of the outbox
//! of a kind of its own, so no mail waits for a newspaper's own system, nor one newspaper's for another's.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::outward::{Failure, Message, Outward, Reply};
use super::turns;
use crate::clock::{self, Clock};
use crate::domain::{CommentId, Instant, Site, Trouble};
use crate::intake::origin_of;
use crate::queue::{Schedule, jittered};
use crate::store::{self, Attempt, Claimed, ClientVerdict, Due, OutboxKind, Store};

/// As long as all of a call may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// How much longer than that before another worker may try.
const LEASE: Duration = Duration::from_secs(30);
/// Calls to one site at the same time.
const TOGETHER: i64 = 8;
/// As much as is read of an answer.
const ANSWER: usize = 4_096;

/// What is told of a comment.
#[derive(Serialize)]
struct Told<'a> {
    guid: CommentId,
    result: &'static str,
    #[serde(rename = "comment_post_ID", skip_serializing_if = "Option::is_none")]
    post: Option<&'a str>,
}

/// What is sent, as WordPress's plugin reads it.
#[derive(Serialize)]
struct Call<'a> {
    key: &'a str,
    endpoint: &'static str,
    comments: [Told<'a>; 1],
}

/// What it answers.
#[derive(Deserialize)]
struct Answer {
    comments: BTreeMap<String, OfComment>,
}

#[derive(Deserialize)]
struct OfComment {
    status: String,
    #[serde(default)]
    message: String,
}

/// A number between 0 and 1.
type Chance = Arc<dyn Fn() -> f64 + Send + Sync>;

/// Tells what was decided.
#[derive(Clone)]
pub struct Callbacks {
    store: Store,
    outward: Outward,
    patience: Duration,
    chance: Chance,
    clock: Clock,
}

impl Callbacks {
    /// Somebody who tells.
    #[must_use]
    pub fn new(store: Store, outward: Outward) -> Self {
        Self {
            store,
            outward,
            patience: PATIENCE,
            chance: Arc::new(rand::random),
            clock: clock::system(),
        }
    }

    /// The same by another clock, without chance, and as patient as that.
    #[must_use]
    pub fn by(self, clock: Clock, patience: Duration) -> Self {
        Self {
            clock,
            patience,
            chance: Arc::new(|| 0.5),
            ..self
        }
    }

    fn now(&self) -> Instant {
        (self.clock)()
    }

    /// Works until `stop` becomes true. What is being told then is told again after the next start: hearing it twice does no harm.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let waiting = "decisions are told to Akismet clients later";
        turns::run(&self.store, |site| self.clone().turn(site), waiting, stop).await;
    }

    /// Tells a handful of what is due on each site.
    pub async fn round(&self) -> store::Result<()> {
        turns::round(&self.store, |site| self.clone().turn(site)).await
    }

    async fn turn(self, site: Site) {
        if let Err(error) = self.tell(&site).await {
            tracing::warn!(%error, site = site.key, "its decisions are told to Akismet clients later");
        }
    }

    /// A handful of a site's.
    async fn tell(&self, site: &Site) -> store::Result<()> {
        let of = (site.id, OutboxKind::Callback);
        if !self.store.has_due(of, Due::All, self.now()).await? {
            return Ok(());
        }
        let claimed = self
            .store
            .claim(of, Due::All, self.now(), self.lease(), TOGETHER)
            .await?;
        let attempts = claimed.into_iter().map(|row| self.attempt(site, row));
        join_all(attempts).await.into_iter().collect()
    }

    fn lease(&self) -> Duration {
        self.patience + LEASE
    }

    async fn attempt(&self, site: &Site, row: Claimed) -> store::Result<()> {
        // As it stands now: of a decision that was undone meanwhile nothing is told.
        let (now, until) = (self.now(), self.now().after(self.lease()));
        let begun = self.store.begin_to_tell_client(row.clone(), now, until);
        let Some(verdict) = begun.await? else {
            return Ok(());
        };
        let attempt = match self.told(site, &verdict).await {
            Ok(()) => {
                return self.store.told_client(row, verdict, self.now()).await;
            }
            Err(stranger @ Trouble::Stranger { .. }) => Attempt::Dead(stranger.kept()),
            Err(trouble) => self.again(&row, trouble.kept()),
        };
        if matches!(attempt, Attempt::Dead(_)) {
            tracing::warn!(row = %row.id, site = site.key, "a decision could not be told to an Akismet client; the outbox says why");
        }
        self.store
            .did_not_tell_client(row, verdict, attempt, self.now())
            .await
    }

    /// Tells it, where that is still the site's own system: with the message goes its key.
    async fn told(&self, site: &Site, verdict: &ClientVerdict) -> Result<(), Trouble> {
        let origin = origin_of(&verdict.callback);
        if !origin.is_some_and(|origin| site.owns_origin(&origin)) {
            let url = verdict.callback.clone();
            return Err(Trouble::Stranger { url });
        }
        meaning(&self.call(site, verdict).await?, verdict.comment)
    }

    async fn call(&self, site: &Site, verdict: &ClientVerdict) -> Result<Reply, Failure> {
        let call = Call {
            key: &site.akismet_key,
            endpoint: "comment-check",
            comments: [Told {
                guid: verdict.comment,
                result: if verdict.is_spam { "true" } else { "false" },
                post: verdict.post.as_deref(),
            }],
        };
        let message = Message {
            headers: &[("content-type", "application/json".to_owned())],
            body: serde_json::to_vec(&call).unwrap_or_default(),
            deadline: self.patience,
            most: ANSWER,
        };
        self.outward.post(&verdict.callback, message).await
    }

    fn again(&self, row: &Claimed, why: String) -> Attempt {
        match Schedule::MAIL.after(row.attempts.unsigned_abs()) {
            Some(wait) => Attempt::Later(self.now().after(jittered(wait, (self.chance)())), why),
            None => Attempt::Dead(why),
        }
    }
}

/// Whether the comment's own system has heard it. One that answers well and says nothing of the comment has.
fn meaning(reply: &Reply, comment: CommentId) -> Result<(), Trouble> {
    if !(200..300).contains(&reply.status) {
        return Err(Trouble::of_status(reply.status));
    }
    let Ok(answer) = serde_json::from_slice::<Answer>(&reply.body) else {
        return Ok(());
    };
    match answer.comments.get(&comment.to_string()) {
        Some(told) if told.status == "error" => {
            let words = told.message.chars().take(200).collect();
            Err(Trouble::Said { words })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply {
            status,
            retry_after: None,
            body: body.as_bytes().to_vec(),
            is_cut: false,
        }
    }

    #[test]
    fn only_a_good_answer_about_the_comment_is_one() {
        let comment = CommentId(uuid::Uuid::from_u128(7));
        let said = |status: &str| {
            format!(r#"{{"comments":{{"{comment}":{{"status":"{status}","message":"m"}}}}}}"#)
        };
        for (answer, is_well) in [
            (reply(200, &said("success")), true),
            (reply(200, &said("error")), false),
            (reply(200, "{}"), true),
            (reply(204, ""), true),
            (reply(200, "[[["), true),
            (reply(301, ""), false),
            (reply(403, &said("success")), false),
            (reply(500, ""), false),
        ] {
            assert_eq!(meaning(&answer, comment).is_ok(), is_well, "{answer:?}");
        }
    }
}

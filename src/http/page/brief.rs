//! A comment on a list beside the queue: what it says and where it stands. Whoever wants to decide goes to its card.

use super::card::QueueCard;
use crate::domain::Instant;
use crate::messages::Messages;

/// A comment of an author or an article.
#[derive(Debug, Clone, PartialEq)]
pub struct BriefCard {
    /// The comment.
    pub card: QueueCard,
    /// What was decided about it before its last decision, oldest first, in words.
    pub decisions: Vec<String>,
}

impl BriefCard {
    pub(super) fn address(&self) -> String {
        format!("/queue?comment={}", self.card.id)
    }

    pub(super) fn sent(&self, t: Messages, now: Instant) -> String {
        let when = t.when_near(self.card.created_at, now);
        t.with("queue-sent", &[("when", when.into())])
    }

    pub(super) fn label(&self, t: Messages) -> String {
        t.with(
            "queue-comment-by",
            &[("name", self.card.name.as_str().into())],
        )
    }

    pub(super) fn decided(&self, t: Messages, now: Instant) -> Option<String> {
        Some(self.card.decided.as_ref()?.line(t, now))
    }

    pub(super) fn score(&self, t: Messages) -> String {
        let score = t.decimal(self.card.score);
        t.with("queue-score", &[("score", score.into())])
    }
}

/// A site that a page may show instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteChoice {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// A query of an address, encoded.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let filled = pairs.iter().filter(|(_, value)| !value.is_empty());
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(filled)
        .finish()
}

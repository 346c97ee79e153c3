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

/// The name of the site that a page shows, where whoever looks may take it for another one.
pub(super) fn one_of_several<'a>(sites: &'a [SiteChoice], key: &str) -> Option<&'a str> {
    let mut shown = sites.iter().filter(|site| site.key == key);
    shown
        .next()
        .filter(|_| sites.len() > 1)
        .map(|site| site.name.as_str())
}

/// What a button does, and of several sites to which one.
pub(super) fn button(t: Messages, id: &str, site: Option<&str>) -> String {
    match site {
        Some(site) => t.with(&format!("{id}-at"), &[("site", site.into())]),
        None => t.get(id),
    }
}

/// What came of a button, and of several sites on which one.
pub(super) fn told_of(t: Messages, site: Option<&str>, told: &str) -> String {
    match site {
        Some(site) => t.with("site-told", &[("site", site.into()), ("told", told.into())]),
        None => told.to_owned(),
    }
}

/// A query of an address, encoded.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let filled = pairs.iter().filter(|(_, value)| !value.is_empty());
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(filled)
        .finish()
}

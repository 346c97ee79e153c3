//! A card as it stands on a page, or comes by itself where a script asks for it.

use askama::Template;

use super::card::{QueueCard, said};
use crate::domain::{Instant, Reason};
use crate::messages::Messages;

/// One card.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/queue_card.html")]
pub struct CardPart<'a> {
    /// The moderator's language.
    pub t: Messages,
    /// What waiting times are measured against.
    pub now: Instant,
    /// Guards the forms against posts from elsewhere.
    pub csrf: &'a str,
    /// The list that the card stands on, as forms name it.
    pub view: &'a str,
    /// The comment.
    pub card: &'a QueueCard,
}

impl CardPart<'_> {
    fn with_text(&self, id: &str, variable: &str, text: &str) -> String {
        self.t.with(id, &[(variable, text.into())])
    }

    fn with_number(&self, id: &str, variable: &str, number: f32) -> String {
        self.with_text(id, variable, &self.t.decimal(number))
    }

    fn waited(&self) -> String {
        let wait = self.t.wait(self.card.created_at, self.now);
        self.with_text("queue-waited", "wait", &wait)
    }

    fn sent(&self) -> String {
        let when = self.t.when_near(self.card.created_at, self.now);
        self.with_text("queue-sent", "when", &when)
    }

    fn decided_line(&self) -> Option<String> {
        let decided = self.card.decided.as_ref()?;
        let (by, action, at) = (&decided.by, decided.action, decided.at);
        Some(said(self.t, "queue-decided-by", by, action, at, self.now))
    }

    fn decided_reason(&self) -> Option<String> {
        let reason = self.card.decided.as_ref()?.reason.as_ref()?;
        Some(self.with_text("queue-decided-reason", "reason", reason))
    }

    fn noted(&self, by: &str, at: Instant) -> String {
        let when = self.t.when_near(at, self.now);
        self.t
            .with("note-by", &[("name", by.into()), ("when", when.into())])
    }
}

//! What leaves by mail: what was given up, and what is tried again.

use askama::Template;

use super::frame::Desk;
use crate::domain::{Instant, OutboxId, words};
use crate::messages::Messages;
use crate::store::MailKind;

words! {
    /// What came of the last move.
    OutboxNotice {
        /// A mail is on its way again.
        Again = "again",
        /// It is on its way already, or will be within a minute.
        Soon = "soon",
        /// It was sent again before, or is gone.
        Gone = "gone",
    }
}

/// A mail that could not be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterView {
    /// Which one.
    pub id: OutboxId,
    /// The newspaper's name.
    pub site: String,
    /// What it is, where that can be read.
    pub kind: Option<MailKind>,
    /// Whom it is for, where they are known still.
    pub to: Option<String>,
    /// When it was written.
    pub created_at: Instant,
    /// When it is tried again, or was tried last.
    pub at: Instant,
    /// How often it was tried.
    pub attempts: i32,
    /// What the mail server said.
    pub words: String,
}

impl LetterView {
    fn line(&self, t: Messages, now: Instant, id: &str) -> String {
        t.with(
            id,
            &[
                ("site", self.site.as_str().into()),
                ("when", t.when_near(self.created_at, now).into()),
                ("at", t.when_near(self.at, now).into()),
                ("count", self.attempts.into()),
            ],
        )
    }

    /// *Bình luận chờ duyệt, gửi Lan <l…@bao.example>*
    fn what(&self, t: Messages) -> String {
        let what = match self.kind {
            Some(kind) => t.get(&format!("outbox-kind-{kind}")),
            None => t.get("outbox-kind-unknown"),
        };
        match &self.to {
            Some(to) => {
                let named = [("what", what.into()), ("to", to.as_str().into())];
                t.with("outbox-what", &named)
            }
            None => what,
        }
    }

    fn label(&self, t: Messages, now: Instant, id: &str) -> String {
        let when = t.when_near(self.created_at, now);
        t.with(id, &[("when", when.into()), ("what", self.what(t).into())])
    }
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/outbox.html")]
pub struct OutboxPage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// What came of the last move.
    pub notice: Option<OutboxNotice>,
    /// What was given up, newest first.
    pub dead: Vec<LetterView>,
    /// What was tried in vain and will be tried again.
    pub waiting: Vec<LetterView>,
}

impl OutboxPage {
    fn notice_text(&self, notice: OutboxNotice) -> String {
        self.t.get(&format!("outbox-notice-{notice}"))
    }
}

//! What leaves the house, mails and others: what was given up, and what is tried again.

use askama::Template;

use super::frame::Desk;
use crate::domain::{CommentId, Instant, OutboxId, words};
use crate::messages::Messages;
use crate::store::MailKind;

words! {
    /// What came of the last move.
    OutboxNotice {
        /// It is on its way again.
        Again = "again",
        /// It is on its way already, or will be within two minutes.
        Soon = "soon",
        /// It was let go.
        Discarded = "discarded",
        /// It was sent again before, or is gone.
        Gone = "gone",
    }
}

/// What could not be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outgoing {
    /// A mail: what it is, where that can be read, and whom it is for, where they are known still.
    Mail(Option<MailKind>, Option<String>),
    /// A question to the external checker.
    Question,
    /// A decision, to the newspaper's own system that brought the comment.
    Decision,
}

/// Something that could not be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingView {
    /// Which one.
    pub id: OutboxId,
    /// The newspaper's name.
    pub site: String,
    /// What it is.
    pub what: Outgoing,
    /// The comment that it is about, where it is about one.
    pub comment: Option<CommentId>,
    /// When it was written.
    pub created_at: Instant,
    /// When it is tried again, or was tried last.
    pub at: Instant,
    /// How often it was tried.
    pub attempts: i32,
    /// What the other side said.
    pub words: String,
}

impl OutgoingView {
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
        let (id, to) = match &self.what {
            Outgoing::Question => ("check", None),
            Outgoing::Decision => ("callback", None),
            Outgoing::Mail(None, to) => ("unknown", to.as_ref()),
            Outgoing::Mail(Some(kind), to) => (kind.as_str(), to.as_ref()),
        };
        let what = t.get(&format!("outbox-kind-{id}"));
        match to {
            Some(to) => {
                let named = [("what", what.into()), ("to", to.as_str().into())];
                t.with("outbox-what", &named)
            }
            None => what,
        }
    }

    /// Whether it can be sent before its time: a checker is asked again within minutes by itself.
    fn may_go_now(&self) -> bool {
        self.what != Outgoing::Question
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
    /// What was given up, newest first, and mails to readers after the others.
    pub dead: Vec<OutgoingView>,
    /// What was tried in vain and will be tried again.
    pub waiting: Vec<OutgoingView>,
}

impl OutboxPage {
    fn notice_text(&self, notice: OutboxNotice) -> String {
        self.t.get(&format!("outbox-notice-{notice}"))
    }
}

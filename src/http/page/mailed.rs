//! One decision that a mail offers, on the comment as it is now.

use askama::Template;

use super::card::{QueueCard, said};
use super::frame::Desk;
use super::reports::ReportsPart;
use crate::domain::{Action, BatchId, Instant, QueueLane};
use crate::messages::Messages;

/// Whether there is something to be decided still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailedState {
    /// There is.
    Open,
    /// Somebody has.
    Decided {
        /// Who.
        by: String,
        /// Whether it was whoever looks at the page, a moment ago.
        is_own: bool,
        /// What.
        action: Action,
        /// When.
        at: Instant,
        /// By what it is undone, where it can be.
        undo: Option<BatchId>,
    },
    /// Its decision was undone.
    Undone,
    /// Its reader gave it another text.
    Edited,
    /// It was moved to and fro.
    Moved,
    /// It waits, and the link counts no more.
    Expired,
    /// Its reader took it back, or it was erased.
    Gone,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/mailed.html")]
pub struct MailedPage {
    /// The member's language.
    pub t: Messages,
    /// Whose page it is.
    pub desk: Desk,
    /// Now, for telling when something was.
    pub now: Instant,
    /// Whether a button was pressed on a page that was opened before they signed in again, and nothing came of it.
    pub is_anew: bool,
    /// Where the buttons lead.
    pub path: String,
    /// What is offered.
    pub action: Action,
    /// Whether it can be done.
    pub state: MailedState,
    /// The comment.
    pub card: QueueCard,
}

impl MailedPage {
    fn title(&self) -> String {
        match self.state {
            MailedState::Open => self.t.get(&format!("decide-title-{}", self.move_name())),
            _ => self.t.get("decide-title"),
        }
    }

    fn told(&self) -> String {
        let id = match &self.state {
            MailedState::Open if self.is_anew => "decide-anew",
            MailedState::Open if self.card.is_reported() => "decide-lead-reported",
            MailedState::Open => "decide-lead",
            MailedState::Decided {
                by,
                is_own,
                action,
                at,
                ..
            } => {
                let id = if *is_own {
                    "decide-done"
                } else {
                    "decide-by-other"
                };
                return said(self.t, id, by, *action, *at, self.now);
            }
            MailedState::Undone => "decide-undone",
            MailedState::Edited => "decide-edited",
            MailedState::Moved => "decide-moved",
            MailedState::Expired => "decide-expired",
            MailedState::Gone => "decide-gone",
        };
        self.t.get(id)
    }

    /// The batch to undo.
    fn undo(&self) -> Option<BatchId> {
        match self.state {
            MailedState::Decided { undo, .. } => undo,
            _ => None,
        }
    }

    /// What is offered, in the words of what is public already where it is.
    fn move_name(&self) -> &'static str {
        match self.action {
            Action::Approve if self.card.is_reported() => "keep",
            Action::Reject if self.card.is_reported() => "take-down",
            Action::Spam if self.card.is_reported() => "take-down-spam",
            action => action.as_str(),
        }
    }

    fn button(&self) -> String {
        self.t.get(&format!("decide-button-{}", self.move_name()))
    }

    /// How long it has waited, or when it came where it waits no more.
    fn when(&self) -> String {
        let said = |id: &str, name: &str, value: String| self.t.with(id, &[(name, value.into())]);
        let reports = self.card.reports.as_ref();
        match reports.and_then(|reports| reports.since) {
            Some(since) if self.card.is_reported() => {
                said("queue-reported-since", "wait", self.t.wait(since, self.now))
            }
            _ if self.card.is_waiting() => {
                let wait = self.t.wait(self.card.created_at, self.now);
                said("queue-waited", "wait", wait)
            }
            _ => {
                let when = self.t.when_near(self.card.created_at, self.now);
                said("queue-sent", "when", when)
            }
        }
    }

    fn lane(&self) -> String {
        if self.card.is_reported() {
            self.t.queue_lane(QueueLane::Reported)
        } else {
            self.t.lane(self.card.lane)
        }
    }

    /// What readers reported.
    fn reports(&self) -> Option<ReportsPart<'_>> {
        ReportsPart::of(&self.card, self.t, self.now)
    }

    fn answers(&self, name: &str) -> String {
        self.t.with("queue-reply-to", &[("name", name.into())])
    }

    fn is_there(&self) -> bool {
        self.state != MailedState::Gone
    }
}

/// The link was mailed to somebody else, or is none of ours.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/mailed_other.html")]
pub struct MailedOtherPage {
    /// The member's language.
    pub t: Messages,
    /// Whose page it is.
    pub desk: Desk,
}

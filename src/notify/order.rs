//! What a row of kind `mail` holds, and what it comes to when its turn comes.

use serde::{Deserialize, Serialize};

use super::mail::message::Letter;
use crate::domain::{
    CommentId, EndpointId, Instant, LinkId, MailFault, ModeratorId, SiteId, SubscriptionId,
};
use crate::store::NewOutbox;

/// What a row of kind `mail` holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Order {
    /// Tells a moderator what waits.
    Held(Held),
    /// Asks a reader whether they want to be told of decisions.
    Ask { ask: SubscriptionId },
    /// Tells a reader of one.
    Tell { tell: CommentId, revision: i32 },
    /// Tells a reader that their comment was answered.
    Answer { answer: CommentId },
    /// Brings a member their link.
    Link { link: LinkId },
    /// Tells an admin that a webhook is told nothing any more.
    Stopped {
        stopped: EndpointId,
        to: ModeratorId,
    },
}

/// What an order to a reader says of when it may leave.
#[derive(Debug, Deserialize)]
pub(super) struct Spaced {
    /// Which mailbox.
    pub(super) mailbox: SubscriptionId,
    /// Whether its mail leaves within an hour of no other to that mailbox.
    hourly: bool,
    /// The mailbox again, where the mail is its question: that one waits for no other mail of its site, and none for it.
    ask: Option<SubscriptionId>,
}

impl Spaced {
    /// Of an order whose mail does.
    pub(super) fn of(payload: &str) -> Option<Self> {
        let said: Self = serde_json::from_str(payload).ok()?;
        said.hourly.then_some(said)
    }

    /// Whether it is the mailbox's question.
    pub(super) const fn is_question(&self) -> bool {
        self.ask.is_some()
    }
}

/// A mail that tells a moderator what waits.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Held {
    /// Whom.
    pub(super) moderator: ModeratorId,
    /// The comments to tell of. Those that still wait when the mail leaves are in it: some whole, the others counted.
    pub(super) comments: Vec<CommentId>,
    /// Those of them that are urgent: they come first, however many others there are.
    #[serde(default)]
    pub(super) urgent: Vec<CommentId>,
    /// Those of them that had waited for longer than was promised. Rows of an older version do not say.
    #[serde(default)]
    pub(super) late: Vec<CommentId>,
    /// Why it is sent. Rows of an older version do not say.
    #[serde(default)]
    pub(super) purpose: Purpose,
}

/// Why a moderator is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Purpose {
    /// There is something new.
    #[default]
    Digest,
    /// Something is urgent.
    Urgent,
    /// Something has waited for longer than was promised.
    Reminder,
}

/// In whose words a mail tells of comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// With what readers wrote.
    Readers,
    /// In ours alone: how many wait, for how long, and why they cannot.
    Ours,
}

impl Held {
    /// Whether it tells of anything urgent.
    pub(super) fn is_urgent(&self) -> bool {
        self.purpose == Purpose::Urgent || !self.urgent.is_empty()
    }

    /// The row, due at once.
    pub(super) fn row(self, site: SiteId, at: Instant) -> NewOutbox {
        let order = serde_json::to_value(Order::Held(self)).expect("our own type is JSON");
        NewOutbox::mail(site, &order, at)
    }
}

/// What a row of kind `mail` comes to when its turn comes.
pub(super) enum Prepared {
    /// A mail to be sent.
    Letter(Box<Letter>),
    /// Everything in it was decided meanwhile, or its moderator is gone.
    Nothing,
    /// Whoever it is for wants none before that time.
    Later(Instant),
    /// A fault of ours; the row is kept as a dead letter.
    Broken(MailFault),
}

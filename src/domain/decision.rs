//! A move of a comment from one status to another.

use super::{BatchId, CommentId, DecisionId, Instant, ModeratorId, Status, words};

words! {
    /// What somebody does with a comment.
    Action {
        /// Publish it.
        Approve = "approve",
        /// Keep it from being published.
        Reject = "reject",
        /// Keep it from being published, as an advertisement or a robot's.
        Spam = "spam",
        /// Put it back into the queue.
        Requeue = "requeue",
        /// Its reader takes it back.
        Withdraw = "withdraw",
        /// Its reader changes the text, which waits anew.
        Edit = "edit",
        /// Its text and author are removed for good.
        Erase = "erase",
    }
}

/// One move, as it is kept for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Identifies it; rises with time.
    pub id: DecisionId,
    /// Made together with these, undone together.
    pub batch: BatchId,
    /// What was moved.
    pub comment: CommentId,
    /// What was done.
    pub action: Action,
    /// Where the comment stood.
    pub from: Status,
    /// Where it stands since.
    pub to: Status,
    /// The comment's revision after the move.
    pub revision: i32,
    /// `moderator`, `rule`, `model`, `reader` or `client`.
    pub actor_kind: String,
    /// The member, where one decided.
    pub member: Option<ModeratorId>,
    /// The moderator's name, the rule's id, or the kind.
    pub actor_name: String,
    /// The moderator, where it was one.
    pub actor: Option<ModeratorId>,
    /// Why, as the reader is told: a [`Reason`](super::Reason), unless an older version wrote it.
    pub reason: Option<String>,
    /// A word to colleagues.
    pub note: Option<String>,
    /// When.
    pub at: Instant,
    /// When it was undone.
    pub undone_at: Option<Instant>,
}

//! How far a member was told of what waits on a site.

use super::{CommentId, Instant, OutboxId};

/// How far a member was told. What is told is numbered (`ordinary_to`, `urgent_to`), so that no clock decides it; clocks decide only
/// when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Telling {
    /// They were told of everything up to this number.
    pub ordinary_to: i64,
    /// The same of what is urgent, which is numbered by itself.
    pub urgent_to: i64,
    /// When they were mailed, as far back as the hour's ceiling asks.
    pub told: Vec<Instant>,
    /// When they were mailed about what is urgent alone.
    pub alerted: Vec<Instant>,
    /// Whether something waited for longer than was promised when that was looked at last.
    pub is_late: bool,
    /// Since when the newest waited of those that they were reminded of.
    pub reminded_of: Option<Instant>,
    /// The last mail about what is new, or late.
    pub digest: Option<OutboxId>,
    /// The last mail about what is urgent alone.
    pub alert: Option<OutboxId>,
    /// What that told before they were told of everything: each with the number up to which it is known to them.
    pub ahead: Vec<(i64, CommentId)>,
    /// Counts the changes.
    pub revision: i64,
}

/// Mails to a member that the mail server has not taken, and since when: while it is away, what is new waits for the next
/// one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stuck {
    /// About what is new, or late.
    pub digest: Option<Instant>,
    /// As many of these as wait by themselves while the server takes other mails; none where that one waits for the server.
    pub digests_of_its_own: usize,
    /// About what is urgent alone.
    pub alert: Option<Instant>,
    /// Whether that waits over something else than the server: the next one may well be taken.
    pub is_alert_its_own: bool,
}

//! Webhooks outwards: who is told of what happens to a site's comments, and what became of telling them.

use super::{CommentId, DeliveryId, EndpointId, Instant, SiteId, Status, words};

words! {
    /// What an endpoint is told of.
    HookEvent {
        /// A comment waits for a person: it came, was put back, or was changed.
        Held = "comment.held",
        /// It is published.
        Approved = "comment.approved",
        /// It is not published.
        Rejected = "comment.rejected",
        /// It is not published, and an advertisement or a robot's.
        Spam = "comment.spam",
        /// Its reader took it back.
        Withdrawn = "comment.withdrawn",
        /// Its reader changed the text.
        Edited = "comment.edited",
    }
}

/// What a delivery is called that only tries an endpoint.
pub const TEST_EVENT: &str = "endpoint.test";

impl HookEvent {
    /// What a comment came to by standing there.
    #[must_use]
    pub const fn of_status(status: Status) -> Option<Self> {
        match status {
            Status::Pending => Some(Self::Held),
            Status::Approved => Some(Self::Approved),
            Status::Rejected => Some(Self::Rejected),
            Status::Spam => Some(Self::Spam),
            Status::Withdrawn => Some(Self::Withdrawn),
            Status::Erased => None,
        }
    }

    /// What an event of our own is to those outside: a comment's kind of event, where it stood before and where it stands since. What
    /// moved nothing is nothing to them, and to undo a move is another one.
    #[must_use]
    pub fn all_of(kind: &str, from: Option<Status>, to: Status) -> Vec<Self> {
        let moved = Self::of_status(to).filter(|_| from != Some(to));
        match kind {
            "comment.edited" => std::iter::once(Self::Edited).chain(moved).collect(),
            "comment.received" | "comment.approved" | "comment.rejected" | "comment.spam"
            | "comment.withdrawn" | "comment.requeued" | "comment.undone" => {
                moved.into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

words! {
    /// Whether an endpoint is told anything.
    EndpointState {
        /// It is.
        Active = "active",
        /// It is not, until somebody switches it on again.
        Disabled = "disabled",
        /// Taken away; its row goes with its last delivery.
        Removed = "removed",
    }
}

words! {
    /// Why an endpoint is told nothing.
    StopReason {
        /// Somebody switched it off.
        ByHand = "by_hand",
        /// It said that it is gone for good (410).
        Gone = "gone",
        /// It took nothing for as long as a message is tried.
        Failing = "failing",
    }
}

/// Somebody's address that is told what happens to a site's comments.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The site.
    pub site: SiteId,
    /// Which one.
    pub id: EndpointId,
    /// Where.
    pub url: String,
    /// What it is told of.
    pub events: Vec<HookEvent>,
    /// Whether it is told the reader's name and text.
    pub with_text: bool,
    /// Signs what it is told (`whsec_…`).
    pub secret: String,
    /// The secret before, and until when it signs too.
    pub old_secret: Option<(String, Instant)>,
    /// Whether it is told anything.
    pub state: EndpointState,
    /// Why not.
    pub reason: Option<StopReason>,
    /// Who added it.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
    /// It is told what happened from then on: since it was added, or switched on again.
    pub since: Instant,
    /// When it took something last.
    pub succeeded_at: Option<Instant>,
    /// Since when it has taken nothing, where it was told something.
    pub failing_since: Option<Instant>,
    /// Until when it asked to be left alone.
    pub paused_until: Option<Instant>,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Endpoint({}, {}, {})", self.id, self.url, self.state)
    }
}

impl Endpoint {
    /// As many as a site has.
    pub const MOST: usize = 10;

    /// The secrets that sign at that moment, the newest first.
    #[must_use]
    pub fn secrets_at(&self, now: Instant) -> Vec<&str> {
        let old = self.old_secret.as_ref().filter(|(_, until)| *until > now);
        let old = old.map(|(secret, _)| secret.as_str());
        std::iter::once(self.secret.as_str()).chain(old).collect()
    }
}

words! {
    /// What became of a delivery.
    DeliveryState {
        /// It waits for its time, or for an earlier one of the same comment.
        Waiting = "waiting",
        /// It was taken.
        Delivered = "delivered",
        /// It was not, and is tried no more.
        GivenUp = "given_up",
    }
}

/// One thing that an endpoint is told, and how that went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The site.
    pub site: SiteId,
    /// Whom.
    pub endpoint: EndpointId,
    /// Which one; the same in each attempt. It follows from the event and the endpoint, so there is one of each, whoever makes it.
    pub id: DeliveryId,
    /// What: a [`HookEvent`] or [`TEST_EVENT`].
    pub kind: String,
    /// The comment it is about.
    pub comment: Option<CommentId>,
    /// The revision that the comment had from then on.
    pub revision: i32,
    /// Where it stood from then on.
    pub status: Option<Status>,
    /// When that happened.
    pub happened_at: Instant,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried next.
    pub due_at: Option<Instant>,
    /// Counts the claims.
    pub lease: i64,
    /// What became of it.
    pub state: DeliveryState,
    /// The status of the last answer.
    pub answer: Option<i32>,
    /// What was said with it, or why there was none.
    pub said: Option<String>,
    /// When it was tried last.
    pub tried_at: Option<Instant>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_told_as_what_the_comment_came_to() {
        use HookEvent::{Approved, Edited, Held, Spam, Withdrawn};
        let of = HookEvent::all_of;
        assert_eq!(of("comment.received", None, Status::Pending), [Held]);
        assert_eq!(of("comment.received", None, Status::Spam), [Spam]);
        let pending = Some(Status::Pending);
        assert_eq!(
            of("comment.approved", pending, Status::Approved),
            [Approved]
        );
        let approved = Some(Status::Approved);
        assert_eq!(of("comment.undone", approved, Status::Pending), [Held]);
        assert_eq!(of("comment.requeued", approved, Status::Pending), [Held]);
        assert_eq!(
            of("comment.withdrawn", approved, Status::Withdrawn),
            [Withdrawn]
        );
        assert_eq!(
            of("comment.edited", approved, Status::Pending),
            [Edited, Held]
        );
        assert_eq!(of("comment.edited", pending, Status::Pending), [Edited]);
        for quiet in [
            "comment.kept",
            "comment.reported",
            "comment.noted",
            "ban_added",
        ] {
            assert!(of(quiet, approved, Status::Approved).is_empty(), "{quiet}");
        }
        assert!(of("comment.approved", approved, Status::Approved).is_empty());
    }
}

//! The moderators' queue with its cards.

use std::str::FromStr;

use askama::Template;

use super::card::{Moves, QueueCard, said};
use super::card_part::CardPart;
use super::frame::Desk;
use crate::domain::{
    Action, BatchId, Category, CommentId, Instant, Lane, QueueLane, Reason, Status,
};
use crate::messages::Messages;

/// Which comments the queue shows: one lane of those waiting, those reported, or a status of the decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueFilter {
    /// Waiting in that lane.
    Lane(Lane),
    /// Public, with open reports.
    Reported,
    /// Decided, with that outcome.
    Status(Status),
}

impl QueueFilter {
    /// The tabs, in their order. What is erased has nothing to show.
    pub const TABS: [Self; 8] = [
        Self::Lane(Lane::Look),
        Self::Lane(Lane::LikelyBad),
        Self::Lane(Lane::LikelyFine),
        Self::Reported,
        Self::Status(Status::Approved),
        Self::Status(Status::Rejected),
        Self::Status(Status::Spam),
        Self::Status(Status::Withdrawn),
    ];

    /// As the query of the page's address, and as the hidden field `view` of its forms.
    #[must_use]
    pub fn query(self) -> String {
        match self {
            Self::Lane(lane) => format!("lane={lane}"),
            Self::Reported => format!("lane={}", QueueLane::Reported),
            Self::Status(status) => format!("status={status}"),
        }
    }

    /// The lane of the queue, where it is one.
    #[must_use]
    pub fn lane(self) -> Option<QueueLane> {
        match self {
            Self::Lane(lane) => Some(lane.into()),
            Self::Reported => Some(QueueLane::Reported),
            Self::Status(_) => None,
        }
    }

    /// Whether it is for moderators to do something about what is there.
    fn is_waiting(self) -> bool {
        self.lane().is_some()
    }

    /// What may be done at once with all that is there.
    fn moves(self) -> Moves {
        Moves {
            status: match self {
                Self::Lane(_) => Status::Pending,
                Self::Reported => Status::Approved,
                Self::Status(status) => status,
            },
            reported: self.is_reported(),
            on_decided: !self.is_waiting(),
        }
    }

    pub(super) fn is_reported(self) -> bool {
        self == Self::Reported
    }

    fn label(self, t: Messages) -> String {
        match self {
            Self::Lane(lane) => t.lane(lane),
            Self::Reported => t.queue_lane(QueueLane::Reported),
            Self::Status(status) => t.status(status),
        }
    }
}

impl FromStr for QueueFilter {
    type Err = crate::domain::UnknownWord;

    /// Reads what [`query`](Self::query) wrote.
    fn from_str(query: &str) -> Result<Self, Self::Err> {
        match query.split_once('=') {
            Some(("status", status)) => status.parse().map(Self::Status),
            Some(("lane", lane)) if lane == QueueLane::Reported.as_str() => Ok(Self::Reported),
            Some(("lane", lane)) => lane.parse().map(Self::Lane),
            _ => query.parse().map(Self::Lane),
        }
    }
}

/// A tab of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueTab {
    /// What it shows.
    pub filter: QueueFilter,
    /// Its address.
    pub href: String,
    /// How many there are, where counting is cheap.
    pub count: Option<u64>,
    /// Whether there are more than were counted.
    pub more: bool,
    /// The one that has waited longest.
    pub oldest: Option<Instant>,
}

/// One thing that a list is narrowed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// Its name in the address.
    pub name: &'static str,
    /// To what, in words.
    pub value: String,
    /// The address of the list without it.
    pub wider: String,
}

/// What a list is narrowed by, and what it can be narrowed by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// What it is narrowed by.
    pub chips: Vec<Chip>,
    /// The same, as the form's fields.
    pub fields: Vec<(&'static str, String)>,
    /// The sites that can be chosen: key and name.
    pub sites: Vec<(String, String)>,
    /// The sections that there are.
    pub sections: Vec<String>,
    /// The rules that there are: id and title.
    pub rules: Vec<(String, String)>,
    /// Why nothing can be found by what was typed.
    pub trouble: Option<String>,
    /// Whether nothing was found by a rule, and no rule goes by what was typed.
    pub no_such_rule: bool,
}

impl Narrowing {
    /// What is in that field of the form.
    fn value(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|(is, _)| *is == name);
        field.map_or("", |(_, value)| value.as_str())
    }

    /// Whether anything narrows it but words that are searched for.
    fn is_filtered(&self) -> bool {
        self.fields.iter().any(|(name, _)| *name != "q")
    }

    /// Those that have no field of their own and are kept when the form is sent again.
    fn kept(&self) -> Vec<&(&'static str, String)> {
        let kept = ["article", "author"];
        self.fields
            .iter()
            .filter(|(name, _)| kept.contains(name))
            .collect()
    }
}

/// In which orders what waits can be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueOrders {
    /// Whether the gravest come first rather than the oldest.
    pub by_risk: bool,
    /// The address where the oldest do.
    pub oldest: String,
    /// The address where the gravest do.
    pub risk: String,
}

/// What came of the moderator's last move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueNotice {
    /// It is done, and can be undone.
    Done {
        /// What was done.
        action: Action,
        /// To how many.
        count: usize,
        /// What to undo.
        batch: BatchId,
        /// With how many a colleague was faster.
        lost: usize,
    },
    /// A colleague was faster.
    Conflict {
        /// Who.
        by: String,
        /// What they did.
        action: Action,
        /// When.
        at: Instant,
    },
    /// They decided it themselves, on another page.
    Already {
        /// What they did.
        action: Action,
        /// When.
        at: Instant,
    },
    /// The reader gave the comment another text meanwhile, and it waits with that.
    Edited,
    /// A batch was undone.
    Undone {
        /// How many comments moved back.
        count: usize,
    },
    /// There was nothing left to undo.
    NothingToUndo,
    /// A note was left.
    Noted,
    /// The button stood for comments that were picked, and none was.
    NonePicked,
    /// The comment that the address names is gone, or is not for this member.
    NoSuchComment,
    /// What was to be decided is gone, or is for this member no more.
    Gone,
}

/// *Đã duyệt 3 bình luận.*
#[must_use]
pub fn done(t: Messages, filter: QueueFilter, action: Action, count: usize, lost: usize) -> String {
    let id = match action {
        // What was reported is public already.
        Action::Approve if filter.is_reported() => "queue-notice-keep",
        Action::Approve => "queue-notice-approve",
        Action::Reject => "queue-notice-reject",
        Action::Spam => "queue-notice-spam",
        // Readers' own moves never come back to a moderator as done.
        _ => "queue-notice-requeue",
    };
    let told = t.with(id, &[("count", count.into())]);
    if lost == 0 {
        return told;
    }
    let lost = t.with("queue-notice-lost", &[("count", lost.into())]);
    format!("{told} {lost}")
}

/// *Lan đã duyệt lúc 14:03. Quyết định của bạn không được ghi.*
#[must_use]
pub fn lost_to(t: Messages, by: &str, action: Action, at: Instant, now: Instant) -> String {
    said(t, "queue-notice-conflict", by, action, at, now)
}

/// *Bạn đã duyệt bình luận này lúc 14:03.*
#[must_use]
pub fn already(t: Messages, action: Action, at: Instant, now: Instant) -> String {
    said(t, "queue-notice-own", "", action, at, now)
}

/// The queue.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/queue.html")]
pub struct QueuePage {
    /// The moderator's language.
    pub t: Messages,
    /// Whose page it is.
    pub desk: Desk,
    /// What waiting times are measured against.
    pub now: Instant,
    /// What is shown.
    pub filter: QueueFilter,
    /// The same, as forms and addresses name it.
    pub view: String,
    /// The tabs, in the order of [`QueueFilter::TABS`].
    pub tabs: Vec<QueueTab>,
    /// What the list is narrowed by.
    pub narrowing: Narrowing,
    /// In which orders it can be listed, where there are several.
    pub orders: Option<QueueOrders>,
    /// The cards: the waiting oldest or gravest first, the decided latest first.
    pub cards: Vec<QueueCard>,
    /// What came of the last move.
    pub notice: Option<QueueNotice>,
    /// The address of the next page.
    pub next: Option<String>,
    /// From after that comment; none on the list's first page.
    pub after: Option<CommentId>,
    /// The other tabs, with their addresses, that have something of what is sought, where this one has nothing.
    pub elsewhere: Option<Vec<(QueueFilter, String)>>,
}

impl QueuePage {
    fn notice_text(&self) -> String {
        match &self.notice {
            None => String::new(),
            Some(QueueNotice::Done {
                action,
                count,
                lost,
                ..
            }) => done(self.t, self.filter, *action, *count, *lost),
            Some(QueueNotice::Conflict { by, action, at }) => {
                lost_to(self.t, by, *action, *at, self.now)
            }
            Some(QueueNotice::Already { action, at }) => already(self.t, *action, *at, self.now),
            Some(QueueNotice::Edited) => self.t.get("queue-notice-edited"),
            Some(QueueNotice::Undone { count }) => self
                .t
                .with("queue-notice-undone", &[("count", (*count).into())]),
            Some(QueueNotice::NothingToUndo) => self.t.get("queue-notice-nothing"),
            Some(QueueNotice::Noted) => self.t.get("note-saved"),
            Some(QueueNotice::NonePicked) => self.t.get("queue-none-picked"),
            Some(QueueNotice::Gone) => self.t.get("queue-gone"),
            Some(QueueNotice::NoSuchComment) => self.t.get("queue-notice-no-such-comment"),
        }
    }

    fn undo(&self) -> Option<BatchId> {
        match self.notice {
            Some(QueueNotice::Done { batch, .. }) => Some(batch),
            _ => None,
        }
    }

    fn is_conflict(&self) -> bool {
        matches!(
            self.notice,
            Some(
                QueueNotice::Conflict { .. }
                    | QueueNotice::Already { .. }
                    | QueueNotice::Edited
                    | QueueNotice::NothingToUndo
                    | QueueNotice::NoSuchComment
                    | QueueNotice::Gone
            )
        )
    }

    fn oldest(&self, tab: &QueueTab) -> Option<(Instant, String)> {
        let since = tab.oldest?;
        let wait = self.t.wait(since, self.now);
        Some((since, self.t.with("queue-oldest", &[("wait", wait.into())])))
    }

    /// *Tìm: đảng bộ*
    fn chip(&self, chip: &Chip) -> String {
        let name = self.t.get(&format!("narrow-{}", chip.name));
        match chip.value.as_str() {
            "" => name,
            value => format!("{name}: {value}"),
        }
    }

    /// The card as it stands on this page.
    fn part<'a>(&'a self, card: &'a QueueCard) -> CardPart<'a> {
        CardPart {
            t: self.t,
            now: self.now,
            csrf: &self.desk.csrf,
            view: &self.view,
            after: self.after,
            card,
        }
    }

    /// In which order the list stands, for the script that puts cards back.
    fn order(&self) -> &'static str {
        if self.is_by_risk() {
            "risk"
        } else if self.filter.is_waiting() {
            "oldest"
        } else {
            "newest"
        }
    }

    /// Where to sign in again, with the way back to this list.
    fn sign_in(&self) -> String {
        let list = format!("/queue?{}", self.view);
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("next", &list);
        format!("/sign-in?{}", query.finish())
    }

    fn is_by_risk(&self) -> bool {
        self.orders.as_ref().is_some_and(|orders| orders.by_risk)
    }

    /// The keys, and the message of what each does.
    #[allow(clippy::unused_self)] // a template calls what belongs to its page
    fn keys(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("j k", "key-move"),
            ("a", "key-approve"),
            ("r", "key-reject"),
            ("s", "key-spam"),
            ("z", "key-undo"),
            ("x", "key-pick"),
            ("Shift+A", "key-approve-picked"),
            ("Shift+R", "key-reject-picked"),
            ("Shift+S", "key-spam-picked"),
            ("o", "key-open"),
            ("e", "key-expand"),
            ("n", "key-note"),
            ("/", "key-search"),
            ("?", "key-help"),
        ]
    }

    /// What the script says, by the names it knows it by. What it knows only later stands in braces, and a number as one and as 1234.
    fn words(&self) -> Vec<(&'static str, String)> {
        let (t, get) = (self.t, |id| self.t.get(id));
        let later = |id, name: &str| t.with(id, &[(name, format!("{{{name}}}").into())]);
        let of = |id, count: usize| t.with(id, &[("count", count.into())]);
        vec![
            ("held", later("queue-held", "name")),
            ("new-one", of("queue-new", 1)),
            ("new-many", of("queue-new", 1234)),
            ("much", get("queue-much")),
            ("failed", get("queue-failed")),
            ("unknown", get("queue-unknown")),
            ("undo-failed", get("queue-undo-failed")),
            ("undo-unknown", get("queue-undo-unknown")),
            ("gone", get("queue-gone")),
            ("note-saved", get("note-saved")),
            ("note-failed", get("queue-note-failed")),
            ("note-refused", get("queue-note-refused")),
            ("not-shown", get("queue-not-shown")),
            ("recorded", get("queue-recorded")),
            ("slow", get("queue-slow")),
            ("cannot", get("queue-cannot")),
            ("signed-out", get("queue-signed-out")),
            ("outdated", get("queue-outdated")),
            ("over", get("queue-over")),
            ("none", get("queue-none-picked-keys")),
            ("undo-none", get("queue-undo-none")),
            ("undo-waits", get("queue-undo-waits")),
            ("undone", of("queue-notice-undone", 1)),
            ("off", get("queue-live-off")),
            ("coming", get("queue-coming")),
            ("not-come", get("queue-not-come")),
            ("more", get("queue-more")),
            ("less", get("queue-less")),
            ("waited", later("queue-waited", "wait")),
            ("reported", later("queue-reported-since", "wait")),
            ("oldest", later("queue-oldest", "wait")),
            ("days-one", of("wait-days", 1)),
            ("days-many", of("wait-days", 1234)),
            ("hours-one", of("wait-hours", 1)),
            ("hours-many", of("wait-hours", 1234)),
            ("minutes-one", of("wait-minutes", 1)),
            ("minutes-many", of("wait-minutes", 1234)),
            ("moment", get("wait-moment")),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::QueueFilter;

    #[test]
    fn a_tab_survives_its_own_address() {
        for tab in QueueFilter::TABS {
            assert_eq!(tab.query().parse::<QueueFilter>().expect("known"), tab);
        }
        for bad in [
            "",
            "lane=",
            "lane=approved",
            "status=look",
            "//elsewhere",
            "x=look",
        ] {
            assert!(bad.parse::<QueueFilter>().is_err(), "{bad:?}");
        }
    }
}

//! What readers report of published comments.

use super::{Instant, Lane, ReportId, Urgency, words};

words! {
    /// Why a reader reports a comment.
    ReportReason {
        /// It insults somebody.
        Insulting = "insulting",
        /// The paper would break the law with it.
        Unlawful = "unlawful",
        /// It tells of somebody what is theirs to tell: a number, an address, an illness.
        PersonalData = "personal_data",
        /// It advertises.
        Advertising = "advertising",
        /// It is not true.
        Untrue = "untrue",
        /// Something else.
        Other = "other",
    }
}

impl ReportReason {
    /// Those for which every minute counts: moderators are told at once.
    pub const URGENT: [Self; 2] = [Self::Unlawful, Self::PersonalData];

    /// Whether moderators are told at once.
    #[must_use]
    pub fn is_urgent(self) -> bool {
        self.urgency().is_some()
    }

    /// Why they are, where they are.
    #[must_use]
    pub const fn urgency(self) -> Option<Urgency> {
        match self {
            Self::Unlawful => Some(Urgency::TakeDown),
            Self::PersonalData => Some(Urgency::PersonalData),
            Self::Insulting | Self::Advertising | Self::Untrue | Self::Other => None,
        }
    }
}

words! {
    /// What a report came to.
    ReportOutcome {
        /// A moderator kept the comment.
        Kept = "kept",
        /// A moderator took it down.
        Rejected = "rejected",
        /// A moderator put it with the spam.
        Spam = "spam",
        /// It is there no more: taken back, or erased.
        Gone = "gone",
    }
}

words! {
    /// Where something waits for a moderator: what is not public yet, by its lane, and what is public and was reported.
    QueueLane {
        /// Probably fine.
        LikelyFine = "likely_fine",
        /// To be looked at.
        Look = "look",
        /// Probably bad.
        LikelyBad = "likely_bad",
        /// Public, with open reports.
        Reported = "reported",
    }
}

impl From<Lane> for QueueLane {
    fn from(lane: Lane) -> Self {
        match lane {
            Lane::LikelyFine => Self::LikelyFine,
            Lane::Look => Self::Look,
            Lane::LikelyBad => Self::LikelyBad,
        }
    }
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Identifies it; rises with time.
    pub id: ReportId,
    /// Why.
    pub reason: ReportReason,
    /// What the reader adds, as typed.
    pub note: Option<String>,
    /// When.
    pub at: Instant,
    /// What it came to; nothing while it is open.
    pub outcome: Option<ReportOutcome>,
    /// How many reports from the same address, on this site, came to nothing since moderators kept the comments; as far as addresses are
    /// still told apart.
    pub kept_before: i64,
}

/// What was reported of one comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reports {
    /// How many are open, by reason, the most first.
    pub open: Vec<(ReportReason, i64)>,
    /// Names the oldest open one; rises with time.
    pub first: Option<ReportId>,
    /// When that one came.
    pub since: Option<Instant>,
    /// How many were settled.
    pub settled: i64,
    /// The latest, the last first: no more than are read at a glance.
    pub latest: Vec<Report>,
}

impl Reports {
    /// How many are open.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.open.iter().map(|(_, count)| count).sum()
    }

    /// Whether an open one is urgent.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        self.urgency().is_some()
    }

    /// Why one is, by the reason that was given most.
    #[must_use]
    pub fn urgency(&self) -> Option<Urgency> {
        self.open.iter().find_map(|(reason, _)| reason.urgency())
    }
}

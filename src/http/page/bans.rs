//! The bans of a site, and the form that makes one.

use std::time::Duration;

use askama::Template;

use super::brief::{SiteChoice, button, one_of_several, query, told_of};
use super::form::FieldError;
use super::frame::Desk;
use crate::domain::{BanId, BanKind, BatchId, CommentId, Instant, words};
use crate::messages::Messages;

words! {
    /// How long a ban is to be in force.
    BanTerm {
        /// A day.
        Day = "day",
        /// A week.
        Week = "week",
        /// Thirty days.
        Month = "month",
        /// A year.
        Year = "year",
        /// For good.
        Always = "always",
    }
}

impl BanTerm {
    /// Until when; none for good.
    #[must_use]
    pub fn end(self, now: Instant) -> Option<Instant> {
        let days = match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Year => 365,
            Self::Always => return None,
        };
        Some(now.after(Duration::from_secs(days * 24 * 3600)))
    }
}

/// The form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BanForm {
    /// The site's key.
    pub site: String,
    /// What it goes by.
    pub kind: BanKind,
    /// What was typed.
    pub pattern: String,
    /// Why.
    pub reason: String,
    /// For how long.
    pub term: BanTerm,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl BanForm {
    /// An empty one, for a month: what nobody remembers should not hold for ever.
    #[must_use]
    pub fn empty(site: &str) -> Self {
        Self {
            site: site.to_owned(),
            kind: BanKind::Email,
            pattern: String::new(),
            reason: String::new(),
            term: BanTerm::Month,
            errors: Vec::new(),
        }
    }

    pub(super) fn kinds(&self, t: Messages) -> Vec<(BanKind, String, bool)> {
        let all = BanKind::ALL.iter().copied();
        let name = |kind| t.get(&format!("ban-kind-{kind}"));
        all.map(|kind| (kind, name(kind), kind == self.kind))
            .collect()
    }

    pub(super) fn terms(&self, t: Messages) -> Vec<(BanTerm, String, bool)> {
        let all = BanTerm::ALL.iter().copied();
        let name = |term| t.get(&format!("ban-term-{term}"));
        all.map(|term| (term, name(term), term == self.term))
            .collect()
    }

    pub(super) fn error(&self, field: &str) -> Option<&str> {
        let mut errors = self.errors.iter();
        errors
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }
}

/// A ban of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BanView {
    /// Which one.
    pub id: BanId,
    /// What it goes by.
    pub kind: BanKind,
    /// As it was typed.
    pub pattern: String,
    /// Why.
    pub reason: String,
    /// Who banned.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
    /// Until when.
    pub expires_at: Option<Instant>,
    /// Who lifted it, and when.
    pub lifted: Option<(String, Instant)>,
    /// Whether it is in force now.
    pub in_force: bool,
    /// How much it has settled, where that was counted.
    pub caught: Option<i64>,
    /// The last of it.
    pub last: Option<(CommentId, Instant)>,
}

impl BanView {
    pub(super) fn kind_name(&self, t: Messages) -> String {
        t.get(&format!("ban-kind-{}", self.kind))
    }

    pub(super) fn made(&self, t: Messages, now: Instant) -> String {
        let when = t.when_near(self.created_at, now);
        let by = t.maker(&self.created_by);
        t.with("ban-made", &[("name", by.into()), ("when", when.into())])
    }

    pub(super) fn end(&self, t: Messages, now: Instant) -> String {
        let when = |at| t.when_near(at, now);
        match (&self.lifted, self.expires_at) {
            (Some((by, at)), _) => t.with(
                "ban-lifted",
                &[("name", by.as_str().into()), ("when", when(*at).into())],
            ),
            (None, None) => t.get("ban-for-good"),
            (None, Some(end)) if end <= now => t.with("ban-over", &[("when", when(end).into())]),
            (None, Some(end)) => t.with("ban-until", &[("when", when(end).into())]),
        }
    }

    pub(super) fn caught_line(&self, t: Messages) -> Option<String> {
        Some(t.with("ban-caught", &[("count", self.caught?.into())]))
    }

    pub(super) fn last_line(&self, t: Messages, now: Instant) -> Option<(String, String)> {
        let (comment, at) = self.last?;
        let when = t.when_near(at, now);
        let line = t.with("ban-caught-last", &[("when", when.into())]);
        Some((line, format!("/queue?comment={comment}")))
    }

    pub(super) fn lift_label(&self, t: Messages) -> String {
        t.with("ban-lift-one", &[("pattern", self.pattern.as_str().into())])
    }
}

/// What came of the last move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BanNotice {
    /// A ban is in force; so many comments wait that it would have settled.
    Made {
        /// The ban.
        id: BanId,
        /// How many.
        waiting: usize,
    },
    /// A ban was lifted.
    Lifted,
    /// What waited was rejected.
    Rejected {
        /// The ban.
        id: BanId,
        /// How many.
        count: usize,
        /// How many wait still.
        left: usize,
        /// What to undo.
        batch: BatchId,
    },
    /// So many of what was rejected wait again.
    Undone(usize),
    /// Nothing waited any more.
    NothingWaits,
}

/// The bans of a site.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/bans.html")]
pub struct BansPage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// The sites that may be chosen.
    pub sites: Vec<SiteChoice>,
    /// The form, with the site's key; nobody but editors is shown it.
    pub form: BanForm,
    /// Whether whoever looks may ban and lift.
    pub may_ban: bool,
    /// The bans, newest first.
    pub bans: Vec<BanView>,
    /// What came of the last move.
    pub notice: Option<BanNotice>,
    /// The address of the next page.
    pub next: Option<String>,
    /// Whether this is the list's first page.
    pub is_first: bool,
}

impl BansPage {
    /// The address of a site's bans.
    #[must_use]
    pub fn address(site: &str, more: &[(&str, &str)]) -> String {
        let pairs = [&[("site", site)], more].concat();
        format!("/bans?{}", query(&pairs))
    }

    fn notice_text(&self, notice: &BanNotice) -> String {
        let count = |id: &str, count: usize| self.t.with(id, &[("count", count.into())]);
        let told = match notice {
            BanNotice::Made { waiting, .. } => count("ban-notice-made", *waiting),
            BanNotice::Lifted => self.t.get("ban-notice-lifted"),
            BanNotice::Rejected { count, left, .. } => self.t.with(
                "ban-notice-rejected",
                &[("count", (*count).into()), ("left", (*left).into())],
            ),
            BanNotice::Undone(0) => self.t.get("queue-notice-nothing"),
            BanNotice::Undone(back) => count("queue-notice-undone", *back),
            BanNotice::NothingWaits => self.t.get("ban-notice-nothing"),
        };
        told_of(self.t, self.site_name(), &told)
    }

    fn site_name(&self) -> Option<&str> {
        one_of_several(&self.sites, &self.form.site)
    }

    fn button(&self, id: &str) -> String {
        button(self.t, id, self.site_name())
    }

    /// The ban whose waiting comments may be rejected, and how many they are.
    fn to_reject(&self) -> Option<(BanId, usize)> {
        match self.notice? {
            BanNotice::Made { id, waiting } if waiting > 0 => Some((id, waiting)),
            BanNotice::Rejected { id, left, .. } if left > 0 => Some((id, left)),
            _ => None,
        }
    }

    fn undo(&self) -> Option<BatchId> {
        match self.notice? {
            BanNotice::Rejected { batch, .. } => Some(batch),
            _ => None,
        }
    }

    fn first(&self) -> String {
        Self::address(&self.form.site, &[])
    }

    fn count_text(&self, id: &str, count: usize) -> String {
        self.t.with(id, &[("count", count.into())])
    }
}

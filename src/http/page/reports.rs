//! What readers reported of a comment, on its card.

use askama::Template;

use super::card::QueueCard;
use crate::domain::{Instant, Report, Reports};
use crate::messages::Messages;

/// The reports of one comment.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/card_reports.html")]
pub struct ReportsPart<'a> {
    /// The moderator's language.
    pub t: Messages,
    /// What waiting times are measured against.
    pub now: Instant,
    /// The reports.
    pub reports: &'a Reports,
}

impl<'a> ReportsPart<'a> {
    /// Those of a card, where any were ever made.
    #[must_use]
    pub fn of(card: &'a QueueCard, t: Messages, now: Instant) -> Option<Self> {
        let reports = card.reports.as_ref()?;
        Some(Self { t, now, reports })
    }
}

impl ReportsPart<'_> {
    fn heading(&self) -> String {
        match self.reports.count() {
            0 => self.counted("reports-heading-settled", self.reports.settled),
            open => self.counted("reports-heading", open),
        }
    }

    fn is_open(&self) -> bool {
        self.reports.first.is_some()
    }

    /// *Xúc phạm: 2*
    fn reasons(&self) -> Vec<String> {
        let told = |reason: String, count: i64| {
            let named = [("reason", reason.into()), ("count", count.into())];
            self.t.with("reports-reason-count", &named)
        };
        let open = self.reports.open.iter();
        open.map(|(reason, count)| told(self.t.report_reason(*reason), *count))
            .collect()
    }

    fn since(&self) -> Option<String> {
        let when = self.t.when_near(self.reports.since?, self.now);
        Some(self.t.with("reports-since", &[("when", when.into())]))
    }

    fn settled_too(&self) -> Option<String> {
        let settled = self.reports.settled;
        (self.is_open() && settled > 0).then(|| self.counted("reports-settled-too", settled))
    }

    fn more(&self) -> Option<String> {
        let shown = i64::try_from(self.reports.latest.len()).unwrap_or(i64::MAX);
        let more = self.reports.count() + self.reports.settled - shown;
        (more > 0).then(|| self.counted("reports-more", more))
    }

    fn when(&self, report: &Report) -> String {
        self.t.when_near(report.at, self.now)
    }

    fn kept_before(&self, report: &Report) -> Option<String> {
        let kept = report.kept_before;
        (kept > 0).then(|| self.counted("reports-kept-before", kept))
    }

    fn counted(&self, id: &str, count: i64) -> String {
        self.t.with(id, &[("count", count.into())])
    }
}

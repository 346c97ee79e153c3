//! Readers' reports, as a card tells of them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{Instant, Report, ReportId, ReportOutcome, ReportReason, Reports};

/// What readers reported of a comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportsBody {
    /// How many are open.
    #[schema(example = 3)]
    open: i64,
    /// How many of those for each reason, the most first.
    reasons: Vec<ReasonCount>,
    /// When the oldest open one came.
    since: Option<Instant>,
    /// How many were settled by decisions.
    settled: i64,
    /// The latest 20, the last first.
    latest: Vec<ReportBody>,
}

/// How many reports have a reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonCount {
    /// The reason.
    reason: ReportReason,
    /// How many.
    #[schema(example = 2)]
    count: i64,
}

/// One report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportBody {
    /// Identifies it.
    id: ReportId,
    /// Why.
    reason: ReportReason,
    /// What its sender adds.
    #[schema(example = "Ý kiến này nêu số nhà của gia đình tôi.")]
    note: Option<String>,
    /// When it came.
    at: Instant,
    /// What it came to; none while it is open.
    outcome: Option<ReportOutcome>,
    /// How many other reports from the same network address were settled as `kept`, as far as addresses are still told apart.
    #[schema(example = 0)]
    kept_before: i64,
}

impl From<Reports> for ReportsBody {
    fn from(reports: Reports) -> Self {
        Self {
            open: reports.count(),
            reasons: reports
                .open
                .into_iter()
                .map(|(reason, count)| ReasonCount { reason, count })
                .collect(),
            since: reports.since,
            settled: reports.settled,
            latest: reports.latest.into_iter().map(ReportBody::from).collect(),
        }
    }
}

impl From<Report> for ReportBody {
    fn from(report: Report) -> Self {
        Self {
            id: report.id,
            reason: report.reason,
            note: report.note,
            at: report.at,
            outcome: report.outcome,
            kept_before: report.kept_before,
        }
    }
}

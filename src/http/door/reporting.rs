//! A reader who reports a published comment.

use uuid::Uuid;

use super::{Asker, AtSite};
use crate::clock;
use crate::domain::{Article, Comment, CommentId, ReportId};
use crate::http::problem::{Code, Problem};
use crate::intake::CheckedReport;
use crate::store::{NewReport, ReportLimits, Reported};

/// As many reports as one address may send within an hour.
const FROM_ONE: i64 = 20;
/// As many as a site takes within an hour, whoever sends them: more than a newsroom reads in a day.
const ON_SITE: i64 = 500;

impl AtSite {
    /// A comment that is public, with its article.
    pub async fn reportable(&self, comment: CommentId) -> Result<(Comment, Article), Problem> {
        let found = self.house.store.reportable(self.site.id, comment).await?;
        found.ok_or(Problem::new(Code::NotFound))
    }

    /// Takes a report. A repeat is answered like the first, and changes nothing.
    pub async fn report(&self, comment: CommentId, report: CheckedReport) -> Result<(), Problem> {
        self.refuse_foreign_pages()?;
        let now = clock::now();
        let address = self.asker.and_then(Asker::somebodys);
        let new = NewReport {
            site: self.site.id,
            comment,
            id: ReportId(Uuid::now_v7()),
            reason: report.reason,
            note: report.note,
            reporter: self.house.reporters.of(self.site.id, address.as_ref()),
            limits: ReportLimits {
                from_one: address.is_some().then_some(FROM_ONE),
                on_site: ON_SITE,
            },
            at: now,
        };
        match self.house.store.report(new).await? {
            Reported::Done => {
                metrics::counter!("duyet_reports_total", "reason" => report.reason.as_str())
                    .increment(1);
                self.house.wake.notify_one();
                self.house.live.changed();
                Ok(())
            }
            Reported::Repeated => Ok(()),
            Reported::Missing => Err(Problem::new(Code::NotFound)),
            Reported::TooMany(until) => {
                let wait = until.seconds_since(now).ceil().max(1.0);
                Err(Problem::too_many_reports(
                    std::time::Duration::from_secs_f64(wait),
                ))
            }
        }
    }
}

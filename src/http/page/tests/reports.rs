//! Reporting, and the card of what was reported, with a hostile reader on them.

use super::super::*;
use super::sample::{HOSTILE_BODY, HOSTILE_NAME, at, card, id, queue};
use crate::domain::{Lane, Report, ReportId, ReportOutcome, ReportReason, Reports, Status};
use crate::messages::Messages;
use askama::Template;

fn report(t: Messages) -> ReportPage {
    ReportPage {
        t,
        site_name: "Báo Sông Lam".to_owned(),
        action: "/api/v1/sites/bao/comments/1/reports".to_owned(),
        back: "https://bao.example/1.html".to_owned(),
        article_url: "https://bao.example/xa-hoi/cau-moi.html".to_owned(),
        name: HOSTILE_NAME.to_owned(),
        body: HOSTILE_BODY.to_owned(),
        reason: None,
        note: HOSTILE_BODY.to_owned(),
        return_to: Some("https://bao.example/1.html?a=\"b\"".to_owned()),
        refusal: None,
        errors: vec![FieldError {
            field: "reason".to_owned(),
            message: t.get("report-reason-required"),
        }],
    }
}

fn reported(t: Messages) -> QueuePage {
    let one = |number, reason, note: Option<&str>, outcome, kept_before| Report {
        id: ReportId(id(number)),
        reason,
        note: note.map(str::to_owned),
        at: at("2026-11-23T06:03:00Z"),
        outcome,
        kept_before,
    };
    let mut reported = card(1, Lane::LikelyFine, "Lê Thị Hoa", "Bài viết hay.", vec![]);
    reported.status = Status::Approved;
    reported.reports = Some(Reports {
        open: vec![(ReportReason::PersonalData, 30), (ReportReason::Other, 1)],
        first: Some(ReportId(id(7))),
        since: Some(at("2026-11-23T05:03:00Z")),
        settled: 1,
        latest: vec![
            one(8, ReportReason::Other, Some(HOSTILE_BODY), None, 2),
            one(7, ReportReason::PersonalData, None, None, 0),
            one(6, ReportReason::Untrue, None, Some(ReportOutcome::Kept), 0),
        ],
    });
    QueuePage {
        filter: QueueFilter::Reported,
        orders: None,
        view: "lane=reported".to_owned(),
        cards: vec![reported],
        ..queue(t)
    }
}

pub fn pages(t: Messages) -> Vec<(&'static str, askama::Result<String>)> {
    let refused = ReportPage {
        refusal: Some(Refusal::of(t, "too-many-reports")),
        errors: Vec::new(),
        reason: Some(ReportReason::Untrue),
        ..report(t)
    };
    let thanks = ReportThanksPage {
        t,
        site_name: "Báo Sông Lam".to_owned(),
        back: "https://bao.example/1.html".to_owned(),
    };
    vec![
        ("report", report(t).render()),
        ("report_refused", refused.render()),
        ("report_thanks", thanks.render()),
        ("queue_reported", reported(t).render()),
    ]
}

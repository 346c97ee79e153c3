//! The history, with a hostile author and a hostile article in it.

use askama::Template;

use super::super::*;
use super::sample::{HOSTILE_BODY, HOSTILE_NAME, at, desk, id};
use crate::domain::{EventId, HistoryKind, Role};
use crate::messages::Messages;

fn row(who: &str, what: String) -> HistoryRow {
    HistoryRow {
        at: at("2026-11-23T06:00:00Z"),
        who: who.to_owned(),
        what,
        about: Vec::new(),
        site: None,
        whence: String::new(),
        together: None,
    }
}

fn link(label: &str, address: Option<&str>) -> HistoryLink {
    HistoryLink {
        label: label.to_owned(),
        address: address.map(str::to_owned),
    }
}

fn history(t: Messages) -> HistoryPage {
    let approved = HistoryRow {
        about: vec![
            link(HOSTILE_NAME, Some("/queue?comment=1")),
            link(HOSTILE_BODY, Some("/articles/1")),
        ],
        site: Some("<i>Báo Khác</i>".to_owned()),
        whence: t.with(
            "history-whence",
            &[("what", t.get("history-via-session").into())],
        ),
        together: Some(12),
        ..row("Lan", t.get("history-comment-approved"))
    };
    let failed = HistoryRow {
        about: vec![link(&t.get("history-about-nobody"), None)],
        whence: format!(
            "{} · 203.0.113.7 · {HOSTILE_NAME}",
            t.get("history-via-sign_in")
        ),
        ..row(
            &t.get("history-by-stranger"),
            t.with(
                "history-sign_in-failed-often",
                &[("count", 7.into()), ("when", "14:00".into())],
            ),
        )
    };
    let told = [
        ("kind", t.get("history-ban-kind-name")),
        ("pattern", HOSTILE_NAME.to_owned()),
        ("until", t.get("history-ban-for-good")),
        ("reason", HOSTILE_BODY.to_owned()),
    ];
    let told = told.map(|(name, text)| (name, text.into()));
    HistoryPage {
        t,
        desk: desk(Place::History, Role::Admin),
        now: at("2026-11-23T07:03:30Z"),
        sites: [("bao", "Báo Sông Lam"), ("khac", "<i>Báo Khác</i>")]
            .map(|(key, name)| SiteChoice {
                key: key.to_owned(),
                name: name.to_owned(),
            })
            .into(),
        members: vec![("1".to_owned(), HOSTILE_NAME.to_owned())],
        form: HistoryForm {
            site: "khac".to_owned(),
            kind: Some(HistoryKind::Decisions),
            who: "1".to_owned(),
            from: "2026-11-01".to_owned(),
            to: "2026-11-23".to_owned(),
            comment: HOSTILE_BODY.to_owned(),
        },
        rows: vec![
            approved,
            failed,
            row("Minh", t.with("history-ban_added", &told)),
        ],
        next: Some(EventId(id(3))),
        is_first: false,
    }
}

fn nothing(t: Messages) -> HistoryPage {
    HistoryPage {
        desk: desk(Place::History, Role::Moderator),
        sites: Vec::new(),
        form: HistoryForm::default(),
        rows: Vec::new(),
        next: None,
        is_first: true,
        ..history(t)
    }
}

pub fn pages(t: Messages) -> Vec<(&'static str, askama::Result<String>)> {
    vec![
        ("history", history(t).render()),
        ("history_empty", nothing(t).render()),
    ]
}

//! The history: what was done, by whom, when and from where.

use askama::Template;

use super::brief::{SiteChoice, query};
use super::frame::Desk;
use crate::domain::{Actor, EventId, HistoryKind, Instant};
use crate::messages::Messages;

/// What the history is narrowed to, as it stands in the form and in addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryForm {
    /// The site's key; empty for all.
    pub site: String,
    /// Only of that kind.
    pub kind: Option<HistoryKind>,
    /// A member's id, or one of [`Actor::KINDS`](crate::domain::Actor::KINDS); empty for everybody.
    pub who: String,
    /// The first day, as `2026-11-23`; empty for the beginning.
    pub from: String,
    /// The last day; empty for today.
    pub to: String,
    /// The comment's id; empty for all.
    pub comment: String,
}

impl HistoryForm {
    fn pairs(&self) -> [(&'static str, &str); 6] {
        [
            ("site", &self.site),
            ("kind", self.kind.map_or("", HistoryKind::as_str)),
            ("who", &self.who),
            ("from", &self.from),
            ("to", &self.to),
            ("comment", &self.comment),
        ]
    }

    fn is_narrowed(&self) -> bool {
        *self != Self::default()
    }
}

/// What something was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLink {
    /// What it is.
    pub label: String,
    /// Where it is to be seen, where it is.
    pub address: Option<String>,
}

/// One thing that was done, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// When.
    pub at: Instant,
    /// By whom.
    pub who: String,
    /// What.
    pub what: String,
    /// What it was done to.
    pub about: Vec<HistoryLink>,
    /// The newspaper's name, where it happened on one of several sites.
    pub site: Option<String>,
    /// By which way and from which address.
    pub whence: String,
    /// Together with how many others it was done, where it was.
    pub together: Option<i64>,
}

impl HistoryRow {
    fn ago(&self, t: Messages, now: Instant) -> String {
        t.with("history-ago", &[("wait", t.wait(self.at, now).into())])
    }

    fn together_line(&self, t: Messages) -> Option<String> {
        Some(t.with("history-together", &[("count", self.together?.into())]))
    }
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/history.html")]
pub struct HistoryPage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// The sites that may be chosen.
    pub sites: Vec<SiteChoice>,
    /// Those who may be chosen: id and name.
    pub members: Vec<(String, String)>,
    /// What it is narrowed to.
    pub form: HistoryForm,
    /// What was done, newest first.
    pub rows: Vec<HistoryRow>,
    /// Before which the next page goes on.
    pub next: Option<EventId>,
    /// Whether this is the first page.
    pub is_first: bool,
}

impl HistoryPage {
    fn address(&self, before: Option<&EventId>) -> String {
        let before = before.map(ToString::to_string).unwrap_or_default();
        let pairs = [&self.form.pairs()[..], &[("before", &before)]].concat();
        let query = query(&pairs);
        if query.is_empty() {
            "/history".to_owned()
        } else {
            format!("/history?{query}")
        }
    }

    fn kinds(&self) -> Vec<(HistoryKind, String, bool)> {
        let all = HistoryKind::ALL.iter().copied();
        let name = |kind| self.t.get(&format!("history-kind-{kind}"));
        all.map(|kind| (kind, name(kind), Some(kind) == self.form.kind))
            .collect()
    }

    /// Those besides members.
    fn others(&self) -> Vec<(&'static str, String, bool)> {
        let name = |who| self.t.get(&format!("history-who-{who}"));
        Actor::KINDS
            .map(|who| (who, name(who), who == self.form.who))
            .into()
    }
}

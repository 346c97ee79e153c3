//! What was done, in words: for the page and for the table alike.

mod articles;

use serde_json::Value;

use crate::domain::{
    Actor, BanKind, Instant, Lane, Pace, Reason, ReportReason, Role, SiteId, Status,
};
use crate::http::dashboard::signed_in::SignedIn;
use crate::http::page::{HistoryLink, HistoryRow};
use crate::messages::Messages;
use crate::store::HistoryEntry;

/// Tells whoever looks.
pub struct Teller<'a> {
    by: &'a SignedIn,
    t: Messages,
    now: Instant,
}

/// The text of that name in the detail of an entry.
fn text<'a>(detail: &'a Value, name: &str) -> &'a str {
    detail.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The texts of the list of that name, one after the other.
fn list(detail: &Value, name: &str) -> String {
    let all = detail.get(name).and_then(Value::as_array);
    let all = all.into_iter().flatten().filter_map(Value::as_str);
    all.collect::<Vec<_>>().join(", ")
}

fn moment(value: Option<&Value>) -> Option<Instant> {
    serde_json::from_value(value?.clone()).ok()
}

impl<'a> Teller<'a> {
    /// In the language of whoever looks, against that moment.
    pub fn new(by: &'a SignedIn, now: Instant) -> Self {
        Self { t: by.t, by, now }
    }

    /// An entry as a line of the page.
    pub fn row(&self, entry: &HistoryEntry) -> HistoryRow {
        HistoryRow {
            at: entry.at,
            who: self.who(entry),
            what: self.what(entry),
            about: self.about(entry),
            site: self.site(entry).filter(|_| self.by.sites().len() > 1),
            whence: self.whence(entry),
            together: together(entry).filter(|count| *count > 1),
        }
    }

    /// The newspaper's name.
    pub fn site(&self, entry: &HistoryEntry) -> Option<String> {
        Some(self.by.site(entry.site?)?.name.clone())
    }

    /// Who did it: a member by their name then, a rule by its title, a reader by the name under the comment.
    pub fn who(&self, entry: &HistoryEntry) -> String {
        match entry.actor_kind.as_str() {
            "rule" => self.by.rule_title(&entry.actor_name, self.t.locale()),
            kind if kind == Actor::Reader.kind() => match &entry.about {
                Some(about) => self.with("history-by-reader-named", &[("name", &about.name)]),
                None => self.t.get("history-by-reader"),
            },
            kind if kind == Actor::Client.kind() => self.t.get("akismet-by"),
            kind if kind == Actor::Model.kind() => self.t.get("model-by"),
            kind if kind == Actor::Operator.kind() => self.t.get("history-by-operator"),
            kind if kind == Actor::Cms.kind() => self.t.get("history-by-cms"),
            kind if kind == Actor::Stranger.kind() && entry.comment.is_some() => {
                self.t.get("history-by-reader")
            }
            kind if kind == Actor::Stranger.kind() => self.t.get("history-by-stranger"),
            _ => entry.actor_name.clone(),
        }
    }

    /// By which way, from which address and by what browser.
    pub fn whence(&self, entry: &HistoryEntry) -> String {
        let via = entry.via.map(|via| {
            let what = self.t.get(&format!("history-via-{via}"));
            self.with("history-whence", &[("what", &what)])
        });
        let parts = [via, entry.address.clone(), entry.browser.clone()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(" · ")
    }

    fn with(&self, id: &str, texts: &[(&str, &str)]) -> String {
        let texts = texts.iter().map(|(name, text)| (*name, (*text).into()));
        self.t.with(id, &texts.collect::<Vec<_>>())
    }

    /// What was done, without who did it.
    pub fn what(&self, entry: &HistoryEntry) -> String {
        let detail = &entry.detail;
        match entry.kind.as_str() {
            "comment.received" if text(detail, "status") == Status::Spam.as_str() => {
                self.t.get("history-settled-spam")
            }
            "comment.received" if text(detail, "status") == Status::Approved.as_str() => {
                self.t.get("history-settled-approved")
            }
            "comment.received" => self.t.get("history-settled-rejected"),
            "comment.rejected" => match text(detail, "reason").parse::<Reason>() {
                Ok(reason) => {
                    let reason = self.t.reason(reason);
                    self.with("history-comment-rejected-because", &[("reason", &reason)])
                }
                Err(_) => self.t.get("history-comment-rejected"),
            },
            "comment.reported" => {
                let reason = text(detail, "reason").parse::<ReportReason>();
                let reason = reason.map(|reason| self.t.report_reason(reason));
                self.named(&entry.kind, &[("reason", &reason.unwrap_or_default())])
            }
            "comment.undone" => {
                let status = text(detail, "to").parse::<Status>();
                let status = status.map_or_else(|_| String::new(), |status| self.t.status(status));
                self.with("history-comment-undone", &[("status", &status)])
            }
            "ban_added" | "ban_lifted" => self.ban(entry),
            "site_word_added" if text(detail, "state") == "draft" => self.with(
                "history-site_word_added-draft",
                &[("word", text(detail, "word"))],
            ),
            kind if kind.starts_with("site_word_") => {
                self.named(kind, &[("word", text(detail, "word"))])
            }
            "article_changed" => self.with(
                "history-article_changed",
                &[("what", &self.article(detail))],
            ),
            "article_told" => self.with(
                "history-article_told",
                &[("what", &self.article_told(detail))],
            ),
            "site_secret" => {
                let until = moment(detail.get("until"));
                let until = until.map(|until| self.t.when(until)).unwrap_or_default();
                let is_first = until.is_empty();
                let of = match (text(detail, "of"), is_first) {
                    ("checker", true) => "site_secret-checker-first",
                    ("checker", false) => "site_secret-checker",
                    ("akismet", _) => "site_secret-akismet",
                    _ => "site_secret",
                };
                self.named(of, &[("when", &until)])
            }
            "comment.checked" => {
                let lane = text(detail, "lane").parse::<Lane>();
                let lane = lane.map_or_else(|_| String::new(), |lane| self.t.lane(lane));
                let labels = list(detail, "labels");
                self.named(&entry.kind, &[("labels", &labels), ("lane", &lane)])
            }
            "site_settings" => {
                let names = list(detail, "changed");
                self.with("history-site_settings", &[("names", &names)])
            }
            "model_reset" | "model_rolled_back" | "model_remembered" => {
                let count = |name: &str| detail.get(name).and_then(Value::as_i64).unwrap_or(0);
                let told = ["lessons", "left"].map(|name| (name, count(name).into()));
                self.t.with(&format!("history-{}", entry.kind), &told)
            }
            "site_added" | "site_origins" => {
                let (name, origins) = (text(detail, "name"), list(detail, "origins"));
                self.named(&entry.kind, &[("name", name), ("origins", &origins)])
            }
            kind if kind.starts_with("webhook_") => {
                let (url, what) = (text(detail, "url"), self.webhook(detail));
                self.named(kind, &[("url", url), ("what", &what)])
            }
            "rules_changed" => {
                let (from, to) = (text(detail, "from"), text(detail, "to"));
                let rules = list(detail, "rules");
                let kind = if rules.is_empty() {
                    "rules_changed"
                } else {
                    "rules_changed-named"
                };
                self.named(kind, &[("from", from), ("to", to), ("rules", &rules)])
            }
            kind if kind.starts_with("backtest_") => {
                let days = detail.get("days").and_then(Value::as_i64).unwrap_or(0);
                let (days, words) = (days.to_string(), list(detail, "words"));
                self.named(kind, &[("days", &days), ("words", &words)])
            }
            _ => self.of_member(entry),
        }
    }

    /// The same of what is about members, and of what has nothing to add to its name.
    fn of_member(&self, entry: &HistoryEntry) -> String {
        let detail = &entry.detail;
        match entry.kind.as_str() {
            "member.language" => {
                let language = detail["to"].as_str().unwrap_or("browser");
                let language = self.t.get(&format!("account-language-{language}"));
                self.named(&entry.kind, &[("language", &language)])
            }
            "member.mail" => {
                let pace = text(detail, "pace").parse::<Pace>();
                let pace = pace.map(|pace| self.t.get(&format!("history-member-mail-{pace}")));
                self.named(&entry.kind, &[("pace", &pace.unwrap_or_default())])
            }
            "sign_in.done" => match text(detail, "step") {
                "" => self.t.get("history-sign_in-done"),
                step => self.named(&format!("sign_in.done-{step}"), &[]),
            },
            "session.others_ended" => {
                let count = detail.get("count").and_then(Value::as_i64).unwrap_or(0);
                self.t
                    .with("history-session-others_ended", &[("count", count.into())])
            }
            "member.added" | "member.invited" => {
                let (role, places) = self.rights(detail);
                self.named(&entry.kind, &[("role", &role), ("where", &places)])
            }
            "member.renamed" => self.named(
                &entry.kind,
                &[("from", text(detail, "from")), ("to", text(detail, "to"))],
            ),
            "member.rights" => {
                let rights = |name: &str| {
                    let (role, places) = self.rights(&detail[name]);
                    let told = [("role", role.as_str()), ("where", places.as_str())];
                    self.with("history-member-rights-are", &told)
                };
                self.named(
                    &entry.kind,
                    &[("from", &rights("from")), ("to", &rights("to"))],
                )
            }
            kind if entry.times.0 > 1 => self.often(kind, entry.times),
            kind => self.named(kind, &[]),
        }
    }

    /// The message of a kind; what a newer version may have written is told by its name.
    fn named(&self, kind: &str, texts: &[(&str, &str)]) -> String {
        let id = format!("history-{}", kind.replace('.', "-"));
        if self.t.has(&id) {
            self.with(&id, texts)
        } else {
            self.with("history-other", &[("kind", kind)])
        }
    }

    fn often(&self, kind: &str, (count, last): (i32, Instant)) -> String {
        let id = format!("history-{}-often", kind.replace('.', "-"));
        if !self.t.has(&id) {
            return self.named(kind, &[]);
        }
        let when = self.t.when_near(last, self.now);
        let told = [("count", count.into()), ("when", when.into())];
        self.t.with(&id, &told)
    }

    fn ban(&self, entry: &HistoryEntry) -> String {
        let detail = &entry.detail;
        let kind = text(detail, "kind").parse::<BanKind>();
        let kind = kind.map_or_else(
            |_| String::new(),
            |kind| self.t.get(&format!("history-ban-kind-{kind}")),
        );
        let until = match moment(detail.get("expires_at")) {
            None => self.t.get("history-ban-for-good"),
            Some(end) => self.with("history-ban-until", &[("when", &self.t.when(end))]),
        };
        let (pattern, reason) = (text(detail, "pattern"), text(detail, "reason"));
        let told = [("kind", kind.as_str()), ("pattern", pattern)];
        if entry.kind == "ban_lifted" {
            return self.with("history-ban_lifted", &told);
        }
        let more = [("until", until.as_str()), ("reason", reason)];
        self.with("history-ban_added", &[told, more].concat())
    }

    /// What of a webhook was changed.
    fn webhook(&self, detail: &Value) -> String {
        let changed = detail.get("changed").and_then(Value::as_array);
        let names = changed.into_iter().flatten().filter_map(Value::as_str);
        let told = names.map(|name| self.named(&format!("webhook-{name}"), &[]));
        told.collect::<Vec<_>>().join(", ")
    }

    /// What a member may do, and where.
    fn rights(&self, detail: &Value) -> (String, String) {
        let role = text(detail, "role").parse::<Role>();
        let role = role.map_or_else(
            |_| String::new(),
            |role| self.t.get(&format!("role-{role}")),
        );
        let sites = detail.get("sites").and_then(Value::as_array);
        let sites = sites.into_iter().flatten().filter_map(Value::as_str);
        let place = |id: &str| {
            let known = id.parse().ok().and_then(|id: SiteId| self.by.site(id));
            let name = known.map_or_else(|| id.to_owned(), |site| site.name.clone());
            let sections = detail["sections"].get(id).and_then(Value::as_array);
            let sections = sections.into_iter().flatten().filter_map(Value::as_str);
            let sections: Vec<&str> = sections.collect();
            if sections.is_empty() {
                name
            } else {
                format!("{name} ({})", sections.join(", "))
            }
        };
        let places: Vec<String> = sites.map(place).collect();
        if places.is_empty() {
            (role, self.t.get("history-everywhere"))
        } else {
            (role, places.join(", "))
        }
    }

    fn about(&self, entry: &HistoryEntry) -> Vec<HistoryLink> {
        let mut links = Vec::new();
        let mut link = |label: String, address: Option<String>| {
            links.push(HistoryLink { label, address });
        };
        if let Some(about) = &entry.about {
            let label = self.with("history-about-comment", &[("name", &about.name)]);
            link(
                label,
                entry.comment.map(|id| format!("/queue?comment={id}")),
            );
            let key = entry.site.and_then(|site| self.by.site(site));
            if let Some(site) = key {
                let mut query = url::form_urlencoded::Serializer::new(String::new());
                query
                    .append_pair("site", &site.key)
                    .append_pair("email", &about.email);
                let label = self.t.get("history-about-author");
                link(label, Some(format!("/authors?{}", query.finish())));
            }
            let title = about.title.as_deref().unwrap_or(&about.url);
            let label = self.with("history-about-article", &[("title", title)]);
            link(label, Some(format!("/articles/{}", about.article)));
        } else if entry.comment.is_some() {
            link(self.t.get("history-about-comment-gone"), None);
        }
        if let Some(article) = entry.article() {
            let title = entry.article_title.as_deref();
            let title = title.unwrap_or_else(|| text(&entry.detail, "url"));
            let label = self.with("history-about-article", &[("title", title)]);
            link(label, Some(format!("/articles/{article}")));
        }
        let site = entry.site.and_then(|site| self.by.site(site));
        if let (Some(site), true) = (site, entry.kind.starts_with("ban_")) {
            link(
                self.t.get("history-about-bans"),
                Some(format!("/bans?site={}", site.key)),
            );
        }
        match &entry.member {
            Some((id, _)) if entry.actor_id == Some(*id) => {}
            Some((id, name)) => {
                let may = self.by.administering().is_ok();
                let label = self.with("history-about-member", &[("name", name)]);
                link(label, may.then(|| format!("/members/{id}")));
            }
            None if entry.actor_kind == Actor::Stranger.kind() && entry.comment.is_none() => {
                link(self.t.get("history-about-nobody"), None);
            }
            None => {}
        }
        links
    }
}

/// With how many it was done, itself among them.
pub fn together(entry: &HistoryEntry) -> Option<i64> {
    entry.detail.get("together").and_then(Value::as_i64)
}

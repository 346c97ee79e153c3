//! What was done with articles, in words.

use serde_json::Value;

use super::{Teller, moment, text};

impl Teller<'_> {
    /// What a CMS told of an article that was not known so.
    pub(super) fn article_told(&self, detail: &Value) -> String {
        let (from, to) = (&detail["from"], &detail["to"]);
        let mut parts = Vec::new();
        if from["presence"] != to["presence"] {
            let id = format!("history-told-{}", text(to, "presence"));
            if self.t.has(&id) {
                parts.push(self.t.get(&id));
            }
        }
        // Of a new one all is new.
        if from.is_object() {
            for name in ["title", "section", "url"] {
                if from[name] != to[name] {
                    let id = format!("history-told-{name}");
                    parts.push(self.with(&id, &[("to", text(to, name))]));
                }
            }
        }
        let was = from["state"].as_str().unwrap_or("open");
        if to["state"] != was {
            let is_open = text(to, "state") == "open";
            let id = if is_open {
                "history-article-opened"
            } else {
                "history-article-closed"
            };
            parts.push(self.t.get(id));
        }
        parts.join(", ")
    }

    /// What an editor set for an article.
    pub(super) fn article(&self, detail: &Value) -> String {
        let (from, to) = (&detail["from"], &detail["to"]);
        let mut parts = Vec::new();
        if from["state"] != to["state"] {
            let is_open = text(to, "state") == "open";
            let id = if is_open {
                "history-article-opened"
            } else {
                "history-article-closed"
            };
            parts.push(self.t.get(id));
        }
        if from["closes_at"] != to["closes_at"] {
            parts.push(match moment(to.get("closes_at")) {
                None => self.t.get("history-article-closes-never"),
                Some(end) => self.with("history-article-closes", &[("when", &self.t.when(end))]),
            });
        }
        if from["premoderate"] != to["premoderate"] {
            let id = match to["premoderate"].as_bool() {
                Some(true) => "history-article-premoderated",
                _ => "history-article-not-premoderated",
            };
            parts.push(self.t.get(id));
        }
        parts.join(", ")
    }
}

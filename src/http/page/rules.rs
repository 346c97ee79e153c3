//! The rules as people read them: the packs, and one rule with what it did.

use askama::Template;

use super::brief::{BriefCard, SiteChoice, query};
use super::frame::Desk;
use crate::domain::{BatchId, Category, Field, Instant, Lane, RuleAction};
use crate::messages::Messages;
use crate::rules::{LooksFor, Toneless};

/// A rule as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleView {
    /// Its id.
    pub id: String,
    /// What it means, in words.
    pub title: String,
    /// What kind of trouble it looks for.
    pub category: Category,
    /// Where it looks.
    pub fields: Vec<Field>,
    /// What each place adds.
    pub weight: f32,
    /// What it does by itself, where it does.
    pub action: Option<RuleAction>,
    /// The lane that its weight alone comes to.
    pub alone: Lane,
    /// What it looks for.
    pub looks_for: LooksFor,
    /// What it must see.
    pub hits: Vec<String>,
    /// What it must pass over.
    pub misses: Vec<String>,
}

impl RuleView {
    pub(super) fn effect(&self, t: Messages) -> String {
        match self.action {
            Some(action) => t.get(&format!("rule-settles-{action}")),
            None => t.get(&format!("rule-alone-{}", self.alone)),
        }
    }

    pub(super) fn facts(&self, t: Messages) -> String {
        let weight = t.decimal(self.weight);
        let weight = t.with("rule-weight", &[("weight", weight.into())]);
        let parts: Vec<String> = self.fields.iter().map(|field| t.field(*field)).collect();
        let parts = t.with("rule-reads", &[("parts", parts.join(", ").into())]);
        format!("{weight} · {parts}")
    }

    /// What is said of how its words or its pattern are read.
    pub(super) fn terms(&self, t: Messages) -> Vec<String> {
        match &self.looks_for {
            LooksFor::Words {
                toneless,
                has_company,
                ..
            } => {
                let toneless = t.get(match toneless {
                    Toneless::Never => "rule-toneless-never",
                    Toneless::Neighbours => "rule-toneless-neighbours",
                    Toneless::Always => "rule-toneless-always",
                });
                let company = has_company.then(|| t.get("rule-company"));
                std::iter::once(toneless).chain(company).collect()
            }
            LooksFor::Pattern { view, .. } => {
                let view = t.get(&format!("view-{view}"));
                vec![t.with("rule-view", &[("view", view.into())])]
            }
            LooksFor::Feature { .. } | LooksFor::Others { .. } => Vec::new(),
        }
    }

    pub(super) fn heading(&self, t: Messages) -> String {
        match &self.looks_for {
            LooksFor::Words { words, .. } => t.with("rule-words", &[("count", words.len().into())]),
            LooksFor::Pattern { .. } => t.get("rule-pattern"),
            LooksFor::Feature { .. } => t.get("rule-feature"),
            LooksFor::Others { .. } => t.get("rule-others"),
        }
    }

    /// Its words, its pattern, its measure or the rules that it rests on.
    pub(super) fn sought(&self, t: Messages) -> Vec<String> {
        match &self.looks_for {
            LooksFor::Words { words, .. } => words.clone(),
            LooksFor::Pattern { pattern, .. } => vec![pattern.clone()],
            LooksFor::Feature { name, at_least } => {
                let values = [
                    ("name", name.as_str().into()),
                    ("number", at_least.to_string().into()),
                ];
                vec![t.with("rule-feature-from", &values)]
            }
            LooksFor::Others { terms } => terms.clone(),
        }
    }

    pub(super) fn hits_line(&self, t: Messages) -> String {
        t.with("rule-hits", &[("count", self.hits.len().into())])
    }

    pub(super) fn misses_line(&self, t: Messages) -> String {
        t.with("rule-misses", &[("count", self.misses.len().into())])
    }
}

/// A pack with those of its rules that are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct PackView {
    /// Its id.
    pub id: String,
    /// Its rules.
    pub rules: Vec<RuleView>,
}

impl PackView {
    /// How many rules it has, and what kinds of trouble they look for.
    fn summary(&self, t: Messages) -> String {
        let mut kinds: Vec<String> = Vec::new();
        for rule in &self.rules {
            let kind = t.category(rule.category);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let count = t.with("rules-count", &[("count", self.rules.len().into())]);
        format!("{count} · {}", kinds.join(", "))
    }
}

/// The packs.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/rules.html")]
pub struct RulesPage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// The sites that may be chosen.
    pub sites: Vec<SiteChoice>,
    /// The one that was chosen, by its key.
    pub site: String,
    /// The ids of all packs.
    pub all: Vec<String>,
    /// The pack that was asked for; empty for all.
    pub pack: String,
    /// The category that was asked for.
    pub category: Option<Category>,
    /// What was sought.
    pub sought: String,
    /// What fits.
    pub packs: Vec<PackView>,
}

impl RulesPage {
    fn categories(&self) -> Vec<(Category, String, bool)> {
        // No rule is of the last: editors ban.
        let all = Category::ALL.iter().filter(|one| **one != Category::Ban);
        all.map(|one| (*one, self.t.category(*one), Some(*one) == self.category))
            .collect()
    }

    fn count(&self) -> String {
        let count: usize = self.packs.iter().map(|pack| pack.rules.len()).sum();
        self.t.with("rules-count", &[("count", count.into())])
    }

    fn href(&self, rule: &str) -> String {
        RulePage::address(&self.site, rule, &[])
    }

    /// Nothing is asked for: all packs, folded, since their rules with all examples are half a megabyte.
    fn is_index(&self) -> bool {
        self.pack.is_empty() && self.category.is_none() && self.sought.trim().is_empty()
    }

    fn pack_address(&self, pack: &str) -> String {
        format!("/rules?{}", query(&[("pack", pack), ("site", &self.site)]))
    }

    fn own(&self) -> String {
        format!("/rules/words?{}", query(&[("site", &self.site)]))
    }
}

/// What came of the last press of the button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleNotice {
    /// So many are back, as one batch, and there may be more.
    Undone {
        /// How many.
        count: usize,
        /// Whether there are more.
        more: bool,
        /// The batch.
        batch: BatchId,
    },
    /// There was nothing.
    Nothing,
}

/// One rule, or one word of the site, with what it did.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/rule.html")]
pub struct RulePage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// The sites that may be chosen.
    pub sites: Vec<SiteChoice>,
    /// The one that was chosen, by its key.
    pub site: String,
    /// The rule's id.
    pub id: String,
    /// What it means.
    pub title: String,
    /// The rule of a pack; none for a site's own word, or one that is gone.
    pub rule: Option<RuleView>,
    /// Whether it is neither in the set, nor a word of the site, nor a ban.
    pub is_gone: bool,
    /// Where the site's bans are, where it is one of those.
    pub bans: Option<String>,
    /// How far back.
    pub days: u32,
    /// In how many comments it was seen, and whether they are more than were counted.
    pub seen: (usize, bool),
    /// Whether whoever looks may take back what it did.
    pub may_undo: bool,
    /// What it settled, newest first.
    pub settled: Vec<BriefCard>,
    /// What came of the last move.
    pub notice: Option<RuleNotice>,
    /// The address of the next page.
    pub next: Option<String>,
    /// Whether this is the first page.
    pub is_first: bool,
}

impl RulePage {
    /// The address of a rule.
    #[must_use]
    pub fn address(site: &str, rule: &str, more: &[(&str, &str)]) -> String {
        let pairs = [&[("site", site), ("rule", rule)], more].concat();
        format!("/rules/one?{}", query(&pairs))
    }

    fn seen_line(&self) -> String {
        let (count, more) = self.seen;
        let id = if more { "rule-seen-more" } else { "rule-seen" };
        let values = [
            (
                "number",
                super::backtest::grouped(self.t, count as u64).into(),
            ),
            ("days", self.days.to_string().into()),
        ];
        self.t.with(id, &values)
    }

    /// Where comments that it sees are most likely to wait; what a ban sees is rejected.
    fn in_queue(&self) -> String {
        if self.bans.is_some() {
            let pairs = [
                ("status", "rejected"),
                ("rule", &self.id),
                ("site", &self.site),
            ];
            return format!("/queue?{}", query(&pairs));
        }
        let lane = match self.rule.as_ref().map(|rule| rule.alone) {
            Some(Lane::LikelyBad) => Lane::LikelyBad,
            _ => Lane::Look,
        };
        let pairs = [
            ("lane", lane.as_str()),
            ("rule", &self.id),
            ("site", &self.site),
        ];
        format!("/queue?{}", query(&pairs))
    }

    fn days_line(&self, id: &str, days: u32) -> String {
        self.t.with(id, &[("days", days.to_string().into())])
    }

    fn count_line(&self, id: &str, count: usize) -> String {
        self.t.with(id, &[("count", count.into())])
    }

    fn first(&self) -> String {
        Self::address(&self.site, &self.id, &[("days", &self.days.to_string())])
    }
}

//! What comments came to: charts, and beneath each the table that it is drawn from.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use askama::Template;

use super::brief::{SiteChoice, query};
use super::chart::{Bar, Face, bars, lines, shares, stacked, swatch};
use super::frame::Desk;
use super::numbers_model::ModelNumbers;
use crate::domain::{ArticleId, Day, DecidedBy, RuleTally, Share, Status, Tally, Waits};
use crate::messages::Messages;

/// A rule that people overturn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// Its id.
    pub id: String,
    /// What it looks for.
    pub title: String,
    /// How often.
    pub tally: RuleTally,
}

/// An article with many comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusyArticle {
    /// Which one.
    pub id: ArticleId,
    /// Its title, or its address.
    pub name: String,
    /// How many arrived.
    pub comments: u64,
}

/// The page of numbers.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/numbers.html")]
pub struct NumbersPage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// The sites that may be chosen.
    pub sites: Vec<SiteChoice>,
    /// The one that was chosen, by its key; empty for all.
    pub site: String,
    /// Of so many days.
    pub range: u16,
    /// Each day.
    pub days: BTreeMap<Day, Tally>,
    /// All of them together.
    pub all: Tally,
    /// The rules that people overturn, the surest first.
    pub rules: Vec<RuleRow>,
    /// The articles with the most comments.
    pub busiest: Vec<BusyArticle>,
    /// Whether all of these days are counted.
    pub is_whole: bool,
    /// How right the model of the one newspaper is that is looked at, for who sees the whole of it.
    pub model: Option<ModelNumbers>,
}

impl NumbersPage {
    /// The ranges that may be chosen, in days; the first unless one says.
    pub const RANGES: [u16; 3] = [7, 30, 90];

    fn address(&self, days: u16) -> String {
        let days = days.to_string();
        format!(
            "/numbers?{}",
            query(&[("days", &days), ("site", &self.site)])
        )
    }

    fn about(&self) -> String {
        let (first, last) = (self.days.keys().next(), self.days.keys().last());
        let told = |day: Option<&Day>| day.map(|day| self.t.day(*day)).unwrap_or_default();
        self.t.with(
            "numbers-about",
            &[("from", told(first).into()), ("to", told(last).into())],
        )
    }

    fn labels(&self) -> Vec<String> {
        self.days.keys().map(|day| self.t.short_day(*day)).collect()
    }

    fn number(&self, count: impl Borrow<u64>) -> String {
        self.t.number(*count.borrow())
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // as a template hands it over
    fn day(&self, day: &Day) -> String {
        self.t.day(*day)
    }

    /// The ranges with their addresses and names, and whether it is this one.
    fn ranges(&self) -> [(String, String, bool); 3] {
        Self::RANGES.map(|days| {
            let name = self.t.with("numbers-days", &[("count", days.into())]);
            (self.address(days), name, days == self.range)
        })
    }

    fn status_legend(&self) -> Vec<(String, String)> {
        let names = self.statuses().into_iter();
        legend("statuses", names.map(|status| self.t.status(status)))
    }

    fn wait_legend(&self) -> Vec<(String, String)> {
        let names = ["numbers-wait-median", "numbers-wait-p95"];
        legend("waits", names.into_iter().map(|name| self.t.get(name)))
    }

    fn decided_legend(&self) -> Vec<(String, String)> {
        let names = self.decided().into_iter();
        legend("decided", names.map(|(by, ..)| self.decided_name(by)))
    }

    /// The statuses that some comment has, from the bottom of a column to its top.
    fn statuses(&self) -> Vec<Status> {
        let has = |status: &Status| self.all.statuses.contains_key(status);
        Status::ALL.iter().copied().filter(has).collect()
    }

    fn status_detail(&self) -> String {
        let most = self.days.iter().max_by_key(|(_, tally)| tally.comments());
        let (day, most) = most
            .map(|(day, tally)| (self.t.day(*day), tally.comments()))
            .unwrap_or_default();
        let all = self.all.comments();
        let variables = [
            ("count", all.into()),
            ("told", self.number(all).into()),
            ("day", day.into()),
            ("most", self.number(most).into()),
        ];
        self.t.with("numbers-status-detail", &variables)
    }

    fn status_chart(&self) -> String {
        let statuses = self.statuses();
        let columns: Vec<Vec<u64>> = self
            .days
            .values()
            .map(|tally| {
                statuses
                    .iter()
                    .map(|status| count(&tally.statuses, status))
                    .collect()
            })
            .collect();
        let face = Face {
            id: "statuses",
            title: &self.t.get("numbers-status-title"),
            about: &self.status_detail(),
        };
        stacked(self.t, face, &self.labels(), &columns)
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // as a template hands it over
    fn count_of(&self, tally: &Tally, status: &Status) -> String {
        self.number(count(&tally.statuses, status))
    }

    fn span(&self, waits: &Waits, percent: u64) -> String {
        let seconds = waits.percentile(percent);
        seconds.map_or_else(
            || self.t.get("numbers-no-value"),
            |seconds| self.t.span(seconds),
        )
    }

    fn wait_detail(&self) -> String {
        let (median, p95) = (
            self.span(&self.all.waits, 50),
            self.span(&self.all.waits, 95),
        );
        self.t.with(
            "numbers-wait-detail",
            &[("median", median.into()), ("longest", p95.into())],
        )
    }

    fn wait_chart(&self) -> String {
        let line = |percent| {
            self.days
                .values()
                .map(|tally| tally.waits.percentile(percent))
                .collect()
        };
        let face = Face {
            id: "waits",
            title: &self.t.get("numbers-wait-title"),
            about: &self.wait_detail(),
        };
        lines(self.t, face, &self.labels(), &[line(50), line(95)])
    }

    fn decided_name(&self, by: DecidedBy) -> String {
        self.t.get(&format!("numbers-decided-{by}"))
    }

    /// Who decided on how many, and their share.
    fn decided(&self) -> Vec<(DecidedBy, String, String)> {
        let rows = DecidedBy::ALL
            .iter()
            .filter(|by| self.all.decided.contains_key(by));
        rows.map(|by| {
            (
                *by,
                self.number(count(&self.all.decided, by)),
                self.t.percent(self.decided_share(*by)),
            )
        })
        .collect()
    }

    fn decided_share(&self, by: DecidedBy) -> f64 {
        let share = Share {
            part: count(&self.all.decided, &by),
            of: self.all.comments(),
        };
        share.rate()
    }

    fn decided_detail(&self) -> String {
        let part = |(by, _, share): (DecidedBy, String, String)| {
            let values = [
                ("by", self.decided_name(by).into()),
                ("share", share.into()),
            ];
            self.t.with("numbers-decided-part", &values)
        };
        let parts: Vec<String> = self.decided().into_iter().map(part).collect();
        let list = parts.join(", ").into();
        self.t.with("numbers-decided-detail", &[("list", list)])
    }

    fn decided_chart(&self) -> String {
        let rows = self.decided().into_iter();
        let parts: Vec<(f64, String)> = rows
            .map(|(by, _, told)| (self.decided_share(by), told))
            .collect();
        let face = Face {
            id: "decided",
            title: &self.t.get("numbers-decided-title"),
            about: &self.decided_detail(),
        };
        shares(face, &parts)
    }

    fn rules_detail(&self) -> String {
        let Some(first) = self.rules.first() else {
            return String::new();
        };
        let wrong = first.tally.wrong();
        let variables = [
            ("rule", first.title.as_str().into()),
            ("share", self.t.percent(wrong.rate()).into()),
            ("count", self.number(wrong.of).into()),
        ];
        self.t.with("numbers-rules-detail", &variables)
    }

    fn rules_chart(&self) -> String {
        let rows = self.rules.iter().map(|row| {
            let wrong = row.tally.wrong();
            let variables = [
                ("share", self.t.percent(wrong.rate()).into()),
                ("part", self.number(wrong.part).into()),
                ("of", self.number(wrong.of).into()),
            ];
            Bar {
                label: row.title.clone(),
                share: wrong.rate(),
                told: self.t.with("numbers-rules-bar", &variables),
                mark: Some(wrong.at_least()),
            }
        });
        let face = Face {
            id: "rules",
            title: &self.t.get("numbers-rules-title"),
            about: &self.rules_detail(),
        };
        bars(face, &rows.collect::<Vec<_>>())
    }

    fn busy_detail(&self) -> String {
        let Some(first) = self.busiest.first() else {
            return String::new();
        };
        let variables = [
            ("article", first.name.as_str().into()),
            ("count", self.number(first.comments).into()),
        ];
        self.t.with("numbers-busy-detail", &variables)
    }

    fn busy_chart(&self) -> String {
        let of = self.busiest.first().map_or(0, |first| first.comments);
        let rows = self.busiest.iter().map(|article| Bar {
            label: article.name.clone(),
            share: Share {
                part: article.comments,
                of,
            }
            .rate(),
            told: self.number(article.comments),
            mark: None,
        });
        let face = Face {
            id: "busy",
            title: &self.t.get("numbers-busy-title"),
            about: &self.busy_detail(),
        };
        bars(face, &rows.collect::<Vec<_>>())
    }

    /// What a chart's box is called by who hears it, and the table beneath it.
    fn named(&self, id: &str, name: &str) -> String {
        self.t.with(id, &[("name", self.t.get(name).into())])
    }
}

/// What the tones of a chart are.
fn legend(id: &str, names: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let tones = names.enumerate();
    tones.map(|(tone, name)| (swatch(id, tone), name)).collect()
}

fn count<K: Ord>(counts: &BTreeMap<K, u64>, key: &K) -> u64 {
    counts.get(key).copied().unwrap_or_default()
}

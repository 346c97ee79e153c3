//! A site's own words: drafts and those in use, the form that adds one, and the trials of drafts.

use std::sync::Arc;

use askama::Template;

use super::backtest::{BacktestPart, everyday, grouped, line};
use super::brief::{SiteChoice, button, one_of_several, query, told_of};
use super::form::FieldError;
use super::frame::Desk;
use super::rules::RulePage;
use crate::domain::{Backtest, Category, Instant, SiteWord, WordId, WordKind, WordState};
use crate::messages::Messages;
use crate::rules::rule_of_site_word;
use crate::text::is_in_everyday_use;

/// The form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordForm {
    /// What was typed.
    pub word: String,
    /// What it is to do.
    pub kind: WordKind,
    /// What kind of trouble it is.
    pub category: Category,
    /// What each place adds, as it was typed.
    pub weight: String,
    /// A word to colleagues.
    pub note: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl Default for WordForm {
    fn default() -> Self {
        Self {
            word: String::new(),
            kind: WordKind::Hold,
            category: Category::Profanity,
            weight: "1".to_owned(),
            note: String::new(),
            errors: Vec::new(),
        }
    }
}

impl WordForm {
    fn error(&self, field: &str) -> Option<&str> {
        let mut errors = self.errors.iter();
        errors
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }
}

/// A word of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct WordView {
    /// The word.
    pub word: SiteWord,
    /// The last back-test of it, where there is one.
    pub tried: Option<Arc<Backtest>>,
}

/// The words of a list that are shown at once.
#[derive(Debug, Clone, PartialEq)]
pub struct WordList {
    /// They, newest first.
    pub words: Vec<WordView>,
    /// How many the list has.
    pub count: usize,
    /// After which one the next page goes on.
    pub next: Option<WordId>,
    /// Whether the list begins with them.
    pub is_first: bool,
}

impl WordView {
    fn facts(&self, t: Messages) -> String {
        let kind = t.get(&format!("word-kind-{}", self.word.kind));
        let Some(category) = self.word.category else {
            return kind;
        };
        let weight = t.decimal(self.word.weight);
        let weight = t.with("rule-weight", &[("weight", weight.into())]);
        format!("{kind} · {} · {weight}", t.category(category))
    }

    fn made(&self, t: Messages, now: Instant) -> String {
        let values = [
            ("name", t.maker(&self.word.created_by).into()),
            ("when", t.when_near(self.word.created_at, now).into()),
        ];
        t.with("words-made", &values)
    }

    fn tried_line(&self, t: Messages) -> Option<String> {
        let run = self.tried.as_ref()?;
        let found = run.findings.words.iter();
        let mut found = found.filter(|one| one.word == self.word.word);
        let found = found.next()?;
        let number = |number: u64| grouped(t, number);
        let values = [
            ("days", run.days.to_string().into()),
            ("seen", number(found.seen).into()),
            ("held", number(found.held).into()),
            ("clean", number(found.clean).into()),
        ];
        Some(t.with("words-tried", &values))
    }

    fn collision(&self, t: Messages) -> Option<String> {
        let word = self.word.word.as_str();
        let tried = self.tried.as_ref().and_then(|run| {
            let mine = run.findings.collision(word, is_in_everyday_use)?;
            Some(super::backtest::collision(t, mine))
        });
        // What everybody uses need not be tried to be known.
        let is_everyday = self.word.kind == WordKind::Hold && is_in_everyday_use(word);
        tried.or_else(|| is_everyday.then(|| everyday(t, word)))
    }

    fn label(&self, t: Messages, id: &str) -> String {
        t.with(id, &[("word", self.word.word.as_str().into())])
    }

    fn is_draft(&self) -> bool {
        self.word.state == WordState::Draft
    }
}

impl WordList {
    fn counted(&self, t: Messages) -> String {
        t.number(self.count as u64)
    }
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/site_words.html")]
pub struct SiteWordsPage {
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
    /// Whether whoever looks may change anything.
    pub may_edit: bool,
    /// Whether there are so many words that some are looked for.
    pub is_long: bool,
    /// What was typed to find some.
    pub sought: String,
    /// The form.
    pub form: WordForm,
    /// What came of the last move, in words.
    pub notice: Option<String>,
    /// Why no back-test was started.
    pub not_started: Option<String>,
    /// Those that count for nothing yet.
    pub drafts: WordList,
    /// Those that count.
    pub live: WordList,
    /// The latest back-tests.
    pub runs: Vec<Arc<Backtest>>,
    /// As many days as a back-test may go back.
    pub days: Vec<i32>,
}

impl SiteWordsPage {
    /// The address of a site's words, of those in which that stands.
    #[must_use]
    pub fn address(site: &str, notice: &str, sought: &str) -> String {
        let pairs = [("site", site), ("notice", notice), ("q", sought)];
        format!("/rules/words?{}", query(&pairs))
    }

    fn lists(&self) -> [(&'static str, String, &WordList); 2] {
        [
            ("words-drafts", self.none("words-no-drafts"), &self.drafts),
            ("words-live", self.none("words-no-live"), &self.live),
        ]
    }

    fn none(&self, id: &str) -> String {
        let id = if self.sought.trim().is_empty() {
            id
        } else {
            "words-none-found"
        };
        self.t.get(id)
    }

    /// The address of the next page of one of the lists, whose heading that is; of the first where there is none.
    fn pages(&self, heading: &str, after: Option<&WordId>) -> String {
        let after = after.map(ToString::to_string).unwrap_or_default();
        let list = if heading == "words-drafts" {
            "drafts"
        } else {
            "live"
        };
        let pairs = [
            ("site", self.site.as_str()),
            ("q", &self.sought),
            (list, &after),
        ];
        format!("/rules/words?{}#{heading}", query(&pairs))
    }

    fn site_name(&self) -> Option<&str> {
        one_of_several(&self.sites, &self.site)
    }

    fn button(&self, id: &str) -> String {
        button(self.t, id, self.site_name())
    }

    fn told(&self, notice: &str) -> String {
        told_of(self.t, self.site_name(), notice)
    }

    fn packs(&self) -> String {
        format!("/rules?{}", query(&[("site", &self.site)]))
    }

    fn rule(&self, word: &SiteWord) -> String {
        RulePage::address(&self.site, &rule_of_site_word(&word.word), &[])
    }

    fn run(&self, run: &Backtest) -> String {
        BacktestPart::address(&self.site, run, "")
    }

    fn run_line(&self, run: &Backtest) -> String {
        let state = self.t.get(&format!("backtest-state-{}", run.state));
        format!("{state}: {}", line(self.t, run, self.now))
    }

    fn days_name(&self, days: i32) -> String {
        self.t
            .with("rule-days", &[("days", days.to_string().into())])
    }

    fn categories(&self) -> Vec<(Category, String, bool)> {
        let all = Category::ALL.iter().filter(|one| **one != Category::Ban);
        all.map(|one| (*one, self.t.category(*one), *one == self.form.category))
            .collect()
    }
}

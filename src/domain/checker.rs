//! A site's external checker: a program of the newspaper's that is asked about each comment and answers with evidence.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Category, Evidence, Field, Lane, View};

/// Which program is asked about a site's comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CheckerSettings {
    /// Its address; empty where nobody is asked.
    #[schema(example = "https://kiem-tra.bao.example/duyet")]
    pub url: String,
    /// As long as one answer may take, in milliseconds.
    #[schema(minimum = 100, maximum = 30_000, example = 2_000)]
    pub deadline_ms: u32,
}

impl Default for CheckerSettings {
    fn default() -> Self {
        Self {
            url: String::new(),
            deadline_ms: 2_000,
        }
    }
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckerFault {
    /// It is no address.
    #[error("checker.url: `{0}` is not an address such as https://kiem-tra.bao.example/duyet")]
    Url(String),
    /// It waits too long, or not long enough for any answer.
    #[error("checker.deadline_ms: `{0}` is not a number of milliseconds from {least} to {most}", least = CheckerSettings::LEAST_MS, most = CheckerSettings::MOST_MS)]
    Deadline(u32),
}

impl CheckerSettings {
    /// The shortest time that an answer may be given.
    pub const LEAST_MS: u32 = 100;
    /// The longest.
    pub const MOST_MS: u32 = 30_000;
    const MOST_BYTES: usize = 500;

    /// Whether anybody is asked.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        !self.url.is_empty()
    }

    /// As long as one answer may take.
    #[must_use]
    pub fn deadline(&self) -> Duration {
        Duration::from_millis(self.deadline_ms.into())
    }

    /// Whether it can be worked with. What the address stands for is checked whenever it is called.
    pub fn check(&self) -> Result<(), CheckerFault> {
        let is_web = ["https://", "http://"]
            .iter()
            .any(|scheme| self.url.starts_with(scheme));
        let is_whole = !self
            .url
            .contains(|c: char| c.is_whitespace() || c.is_control());
        if self.is_asked() && !(is_web && is_whole && self.url.len() <= Self::MOST_BYTES) {
            return Err(CheckerFault::Url(self.url.clone()));
        }
        if !(Self::LEAST_MS..=Self::MOST_MS).contains(&self.deadline_ms) {
            return Err(CheckerFault::Deadline(self.deadline_ms));
        }
        Ok(())
    }
}

/// What the name of a piece of evidence tells, where it is about the checker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckerRule<'a> {
    /// The checker itself, as somebody who does something.
    Itself,
    /// It has not answered yet.
    Waiting,
    /// It was not heard, and is waited for no longer.
    Absent,
    /// It says so, under a label of its own.
    Said(&'a str),
}

impl<'a> CheckerRule<'a> {
    /// Whether a rule's name tells that there is no answer: that is no sign of anything in the comment.
    #[must_use]
    pub fn is_unheard(rule: &str) -> bool {
        [Self::WAITING, Self::ABSENT].contains(&rule)
    }

    /// The checker itself.
    pub const ITSELF: &'static str = "checker";
    /// Names the evidence that it has not answered yet.
    pub const WAITING: &'static str = "checker.waiting";
    /// Names the evidence that it was not heard.
    pub const ABSENT: &'static str = "checker.absent";

    /// What a rule's name tells; nothing where it is about something else.
    #[must_use]
    pub fn of_rule(rule: &'a str) -> Option<Self> {
        match rule {
            Self::ITSELF => Some(Self::Itself),
            Self::WAITING => Some(Self::Waiting),
            Self::ABSENT => Some(Self::Absent),
            _ => Some(Self::Said(rule.strip_prefix("checker.")?)),
        }
    }
}

/// What a comment comes to with what its checker says, or without.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// All evidence.
    pub evidence: Vec<Evidence>,
    /// Its score.
    pub score: f32,
    /// Where it waits.
    pub lane: Lane,
    /// Whether moderators must be told at once, and need not have been before.
    pub is_urgent: bool,
}

impl Checked {
    /// What the checker calls what it saw.
    #[must_use]
    pub fn labels(&self) -> Vec<&str> {
        let said = self.evidence.iter().filter_map(|seen| {
            let rule = CheckerRule::of_rule(&seen.rule)?;
            match rule {
                CheckerRule::Said(label) => Some(label),
                CheckerRule::Itself | CheckerRule::Waiting | CheckerRule::Absent => None,
            }
        });
        let mut labels: Vec<&str> = said.collect();
        labels.sort_unstable();
        labels.dedup();
        labels
    }
}

/// Evidence that weighs nothing and points nowhere: that there is no answer, or not yet.
#[must_use]
pub fn without_answer(rule: &str) -> Evidence {
    Evidence {
        rule: rule.to_owned(),
        category: Category::Spam,
        field: Field::Body,
        start: 0,
        end: 0,
        excerpt: String::new(),
        weight: 0.0,
        view: View::Context,
        cluster: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_worked_with_is_told() {
        let with = |url: &str, deadline_ms| CheckerSettings {
            url: url.to_owned(),
            deadline_ms,
        };
        for (well, is_asked) in [
            (CheckerSettings::default(), false),
            (with("https://kiem-tra.bao.example/duyet?k=1", 30_000), true),
            (with("http://10.0.0.7:8080", 100), true),
        ] {
            assert_eq!((well.check(), well.is_asked()), (Ok(()), is_asked));
        }
        for wrong in [
            with("kiem-tra.bao.example", 2_000),
            with("ftp://kiem-tra.bao.example", 2_000),
            with("https://a b", 2_000),
            with(&format!("https://{}", "a".repeat(500)), 2_000),
            with("", 99),
            with("", 30_001),
        ] {
            let told = wrong.check().expect_err("a fault").to_string();
            assert!(told.starts_with("checker."), "{told}");
        }
    }

    #[test]
    fn evidence_tells_whether_it_is_the_checkers() {
        assert_eq!(
            CheckerRule::of_rule("checker.toxic"),
            Some(CheckerRule::Said("toxic"))
        );
        assert_eq!(
            CheckerRule::of_rule(CheckerRule::WAITING),
            Some(CheckerRule::Waiting)
        );
        assert_eq!(CheckerRule::of_rule("vi.insult.core"), None);
        assert!(CheckerRule::is_unheard(CheckerRule::ABSENT));
        assert!(!CheckerRule::is_unheard("checker.toxic"));
    }
}

//! What comments came to: counts that can be put together, of an hour, a day or a quarter, of a section or of all sites.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ArticleId, Share, Status, Waits, words};

words! {
    /// Who has decided on a comment as it stands.
    DecidedBy {
        /// A member of the paper.
        People = "people",
        /// A rule, when it arrived or was edited.
        Rules = "rules",
        /// The site's model, when it arrived or was edited.
        Model = "model",
        /// A ban, when it arrived or was edited.
        Bans = "bans",
        /// Nobody yet: it waits.
        Nobody = "nobody",
        /// Its reader took it back before anybody decided.
        Reader = "reader",
    }
}

/// How often people had another mind than a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleTally {
    /// Texts that it settled by itself.
    pub settled: u64,
    /// Of those, such as a person published or put back into the queue after it.
    pub overturned: u64,
    /// Texts in the lane of what is likely bad that it spoke against, and that a person decided on.
    pub suspected: u64,
    /// Of those, such as the person published.
    pub approved: u64,
}

impl RuleTally {
    /// The share of all that it settled or spoke against in which people had another mind.
    #[must_use]
    pub const fn wrong(&self) -> Share {
        Share {
            part: self.overturned + self.approved,
            of: self.settled + self.suspected,
        }
    }

    const fn merge(&mut self, other: &Self) {
        self.settled += other.settled;
        self.overturned += other.overturned;
        self.suspected += other.suspected;
        self.approved += other.approved;
    }
}

/// What some comments came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// How many stand where.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub statuses: BTreeMap<Status, u64>,
    /// Who has decided on how many.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub decided: BTreeMap<DecidedBy, u64>,
    /// From their arrival to their first decision, where a person made that.
    #[serde(skip_serializing_if = "Waits::is_empty")]
    pub waits: Waits,
    /// By rule, how often people had another mind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, RuleTally>,
    /// Under which article how many stand.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub articles: BTreeMap<ArticleId, u64>,
}

/// Tallies by the section of the articles that the comments stand under; those of articles without one are under nothing.
pub type Sections = BTreeMap<String, Tally>;

impl Tally {
    /// How many there are.
    #[must_use]
    pub fn comments(&self) -> u64 {
        self.statuses.values().sum()
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Self) {
        add(&mut self.statuses, &other.statuses);
        add(&mut self.decided, &other.decided);
        self.waits.merge(&other.waits);
        for (rule, tally) in &other.rules {
            self.rules.entry(rule.clone()).or_default().merge(tally);
        }
        add(&mut self.articles, &other.articles);
    }

    /// The rules that people had another mind than, those first of which that is surest: by [`Share::at_least`].
    #[must_use]
    pub fn wrong_rules(&self) -> Vec<(&str, RuleTally)> {
        let mut rules: Vec<(&str, RuleTally)> = self
            .rules
            .iter()
            .filter(|(_, tally)| tally.wrong().part > 0)
            .map(|(rule, tally)| (rule.as_str(), *tally))
            .collect();
        rules.sort_by(|(a, one), (b, other)| {
            let (one, other) = (one.wrong().at_least(), other.wrong().at_least());
            other.total_cmp(&one).then_with(|| a.cmp(b))
        });
        rules
    }

    /// The articles with the most comments, as many as `limit`.
    #[must_use]
    pub fn busiest(&self, limit: usize) -> Vec<(ArticleId, u64)> {
        let mut articles: Vec<(ArticleId, u64)> = self
            .articles
            .iter()
            .map(|(id, count)| (*id, *count))
            .collect();
        articles.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        articles.truncate(limit);
        articles
    }
}

fn add<K: Ord + Copy>(counts: &mut BTreeMap<K, u64>, more: &BTreeMap<K, u64>) {
    for (key, count) in more {
        *counts.entry(*key).or_default() += count;
    }
}

/// Adds to each section all of the same in another.
pub fn merge_sections(sections: &mut Sections, more: &Sections) {
    for (section, tally) in more {
        sections.entry(section.clone()).or_default().merge(tally);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(settled: u64, overturned: u64, suspected: u64, approved: u64) -> RuleTally {
        RuleTally {
            settled,
            overturned,
            suspected,
            approved,
        }
    }

    #[test]
    fn a_rule_that_was_seldom_asked_does_not_head_the_list() {
        let rules = [
            ("often", rule(40, 34, 20, 16)),
            ("seldom", rule(3, 3, 0, 0)),
            ("never wrong", rule(900, 0, 80, 0)),
            ("sometimes", rule(100, 9, 0, 0)),
        ];
        let tally = Tally {
            rules: rules.map(|(name, tally)| (name.to_owned(), tally)).into(),
            ..Tally::default()
        };
        let names: Vec<&str> = tally
            .wrong_rules()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["often", "seldom", "sometimes"]);
    }

    #[test]
    fn what_is_kept_comes_back_and_adds_up() {
        let mut one = Tally::default();
        one.statuses.insert(Status::Approved, 2);
        one.decided.insert(DecidedBy::People, 2);
        one.waits.add(90.0);
        one.rules.insert("vi.insult".to_owned(), rule(0, 0, 2, 1));
        one.articles.insert(ArticleId(uuid::Uuid::from_u128(7)), 2);
        let json = serde_json::to_string(&one).expect("JSON");
        let again: Tally = serde_json::from_str(&json).expect("itself");
        assert_eq!(again, one);
        let mut sum = again;
        sum.merge(&one);
        assert_eq!((sum.comments(), sum.waits.count()), (4, 2));
        assert_eq!(sum.rules["vi.insult"], rule(0, 0, 4, 2));
        assert_eq!(sum.busiest(10), [(ArticleId(uuid::Uuid::from_u128(7)), 4)]);
        assert_eq!(
            serde_json::to_string(&Tally::default()).expect("JSON"),
            "{}"
        );
    }
}

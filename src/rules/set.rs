//! A compiled rule set.

use std::collections::{BTreeMap, BTreeSet};

use super::composite::Composite;
use super::matcher::WordList;
use super::pack::{Examples, Title};
use super::policy::Policy;
use super::readable::LooksFor;
use super::signals::{Feature, Patterns, Words};
use crate::domain::{Category, Field, Locale, RuleAction, View};
use crate::text::{Reading, Span};

/// What people may know about a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleInfo {
    /// Its id, which starts with its pack's id.
    pub id: String,
    /// Its pack's id.
    pub pack: String,
    /// What a moderator reads.
    pub title: Title,
    /// What kind of trouble it looks for.
    pub category: Category,
    /// The fields it reads.
    pub fields: Vec<Field>,
    /// What each of its evidence adds to the score.
    pub weight: f32,
    /// What it does by itself, where it does.
    pub action: Option<RuleAction>,
    /// The file it stands in.
    pub file: String,
    /// The line of its id, from 1.
    pub line: usize,
}

/// A feature, and the rules (places in [`RuleSet`]) that ask for it, each from a bound on.
pub(super) type Asked = (Feature, Vec<(usize, u32)>);

/// Rules ready to judge with. Made once, shared by all threads.
#[derive(Debug)]
pub struct RuleSet {
    /// Sorted by id, so that nothing depends on the order of files.
    pub(super) rules: Vec<RuleInfo>,
    /// The examples of the rule at the same place.
    pub(super) examples: Vec<Examples>,
    /// What the rule at the same place looks for, as people read it.
    pub(super) shown: Vec<LooksFor>,
    /// All words of all packs; keys are places in `rules`.
    pub(super) words: Words,
    /// The lists of words as written; the first is a place in `rules`.
    pub(super) lists: Vec<(usize, WordList)>,
    /// All patterns by what they read, those on links apart; keys are places in `rules`.
    pub(super) patterns: BTreeMap<(View, bool), Patterns>,
    /// The fields in which words or patterns are looked for.
    pub(super) fields: BTreeSet<Field>,
    /// Who asks for which measure of a field, from which bound on.
    pub(super) features: BTreeMap<Field, Vec<Asked>>,
    /// Rules on what other rules saw.
    pub(super) composites: Vec<(usize, Composite)>,
    pub(super) policy: Policy,
    pub(super) version: String,
}

impl RuleSet {
    /// A short hash of the content: sixteen hexadecimal digits, the same whatever the order of files and rules,
    /// comments and spacing.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// All rules, by id.
    pub fn rules(&self) -> impl Iterator<Item = &RuleInfo> {
        self.rules.iter()
    }

    /// What a moderator reads instead of a rule's id.
    #[must_use]
    pub fn title(&self, rule: &str, locale: Locale) -> Option<&str> {
        Some(self.rule(rule)?.title.get(locale))
    }

    /// The rule of that id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&RuleInfo> {
        let place = self
            .rules
            .binary_search_by(|info| info.id.as_str().cmp(id))
            .ok()?;
        Some(&self.rules[place])
    }

    /// The examples of rules that read bodies, each with its rule and whether that must see it. Those of measures that do not lie in
    /// the text are numbers, and none of these.
    pub fn examples(&self) -> impl Iterator<Item = (&RuleInfo, &str, bool)> {
        let is_text = |rule: &&RuleInfo| {
            rule.fields.contains(&Field::Body)
                && !matches!(rule.category, Category::Flood | Category::Repeat)
        };
        let rules = self.rules.iter().zip(&self.examples);
        rules
            .filter(move |(rule, _)| is_text(rule))
            .flat_map(|(rule, examples)| {
                let hit = examples.hit.iter().map(|text| (text.as_str(), true));
                let miss = examples.miss.iter().map(|text| (text.as_str(), false));
                hit.chain(miss).map(move |(text, hit)| (rule, text, hit))
            })
    }

    /// What the rules' words are read as where they were typed otherwise: without tones, or with letters hidden.
    #[must_use]
    pub fn read_as(&self, text: &Reading<'_>) -> Vec<(Span, String)> {
        self.words.read_as(text, self.policy.toneless)
    }

    /// The caps and thresholds.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }
}

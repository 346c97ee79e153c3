//! A set as people read it: each rule with what it looks for, as its pack has it.

use super::matcher::{Matcher, WordList};
use super::set::{RuleInfo, RuleSet};
use super::signals::Toneless;
use crate::domain::View;

/// What a rule looks for.
#[derive(Debug, Clone, PartialEq)]
pub enum LooksFor {
    /// Words and phrases.
    Words {
        /// As the pack has them.
        words: Vec<String>,
        /// Whether they also count where their tones are missing.
        toneless: Toneless,
        /// Whether they count only beside, or not beside, certain others.
        has_company: bool,
    },
    /// A pattern.
    Pattern {
        /// The regular expression.
        pattern: String,
        /// How the text is read for it.
        view: View,
    },
    /// A measure of the text, or of what is known around it.
    Feature {
        /// The measure's name.
        name: String,
        /// From how much on.
        at_least: u32,
    },
    /// What other rules saw.
    Others {
        /// The rules and categories.
        terms: Vec<String>,
    },
}

impl LooksFor {
    pub(super) fn of(matcher: &Matcher) -> Self {
        match matcher {
            Matcher::Words(list) => Self::words(list),
            Matcher::Pattern(view, regex) => Self::Pattern {
                pattern: regex.as_str().to_owned(),
                view: *view,
            },
            Matcher::Feature(feature, bound) => Self::Feature {
                name: feature.to_string(),
                at_least: *bound,
            },
            Matcher::Composite(composite) => Self::Others {
                terms: composite.terms(),
            },
        }
    }

    fn words(list: &WordList) -> Self {
        Self::Words {
            words: list.words.clone(),
            toneless: list.toneless,
            has_company: list.near.is_some(),
        }
    }
}

/// A rule as people read it.
#[derive(Debug, Clone, Copy)]
pub struct ReadableRule<'a> {
    /// What it is.
    pub info: &'a RuleInfo,
    /// What it looks for.
    pub looks_for: &'a LooksFor,
    /// Texts that it must see something in.
    pub hits: &'a [String],
    /// Texts that it must see nothing in.
    pub misses: &'a [String],
}

impl RuleSet {
    /// Every rule as people read it, by id.
    pub fn readable(&self) -> impl Iterator<Item = ReadableRule<'_>> {
        let all = self.rules.iter().zip(&self.shown).zip(&self.examples);
        all.map(|((info, looks_for), examples)| ReadableRule {
            info,
            looks_for,
            hits: &examples.hit,
            misses: &examples.miss,
        })
    }
}

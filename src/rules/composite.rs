//! Rules on what other rules saw: this and that, but not this.

use toml::Spanned;

use super::error::{PackError, Reporter};
use crate::domain::{Category, Evidence};

/// What must have been seen, and what must not.
#[derive(Debug, Clone)]
pub(super) struct Composite {
    all: Vec<Term>,
    any: Vec<Term>,
    none: Vec<Term>,
    /// The terms as written, with their places in the file.
    written: Vec<Spanned<String>>,
}

/// Something that other rules may have seen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    /// Anything of a category: `category:insult`.
    Category(Category),
    /// One rule's, by its id.
    Rule(String),
}

impl Term {
    fn read(text: &str) -> Self {
        text.strip_prefix("category:")
            .and_then(|word| word.parse().ok())
            .map_or_else(|| Self::Rule(text.to_owned()), Self::Category)
    }

    fn is(&self, seen: &Evidence) -> bool {
        match self {
            Self::Category(category) => seen.category == *category,
            Self::Rule(rule) => seen.rule == *rule,
        }
    }
}

impl Composite {
    /// A composite, where a rule asks for one: by `all` or `any`.
    pub(super) fn read(
        all: Vec<Spanned<String>>,
        any: Vec<Spanned<String>>,
        none: Vec<Spanned<String>>,
    ) -> Option<Self> {
        if all.is_empty() && any.is_empty() && none.is_empty() {
            return None;
        }
        let terms =
            |list: &[Spanned<String>]| list.iter().map(|term| Term::read(term.get_ref())).collect();
        Some(Self {
            all: terms(&all),
            any: terms(&any),
            none: terms(&none),
            written: all.into_iter().chain(any).chain(none).collect(),
        })
    }

    /// The terms as written: those of `none` with a minus before them.
    pub(super) fn terms(&self) -> Vec<String> {
        let wanted = self.all.len() + self.any.len();
        let written = self.written.iter().map(Spanned::get_ref).enumerate();
        written
            .map(|(place, term)| {
                if place < wanted {
                    term.clone()
                } else {
                    format!("−{term}")
                }
            })
            .collect()
    }

    /// What is wrong with the terms: nothing to go by, or rules that are not there or are composites themselves.
    pub(super) fn faults(
        &self,
        reporter: &Reporter<'_>,
        at: usize,
        is_rule: impl Fn(&str) -> bool,
    ) -> Vec<PackError> {
        let mut faults = Vec::new();
        if self.all.is_empty() && self.any.is_empty() {
            faults.push(reporter.fault(
                at,
                "`none` alone would be seen in every comment".to_owned(),
                "write `all` or `any` beside it instead".to_owned(),
            ));
        }
        for term in &self.written {
            let known = match Term::read(term.get_ref()) {
                Term::Category(_) => true,
                Term::Rule(id) => is_rule(&id),
            };
            if !known {
                faults.push(reporter.fault(
                    term.span().start,
                    format!("`{}` is no rule on the comment itself and no category", term.get_ref()),
                    "write the id of a rule with words, a pattern or a feature, or `category:` and its name, instead".to_owned(),
                ));
            }
        }
        faults
    }

    /// The first of what it goes by, where its terms hold.
    pub(super) fn holds<'a>(&self, evidence: &'a [Evidence]) -> Option<&'a Evidence> {
        let first = |term: &Term| evidence.iter().find(|seen| term.is(seen));
        let sooner = |one: Option<&'a Evidence>, other: &'a Evidence| match one {
            Some(one) if (one.field, one.start) <= (other.field, other.start) => Some(one),
            _ => Some(other),
        };
        let mut found = None;
        for term in &self.all {
            found = sooner(found, first(term)?);
        }
        let any = self.any.iter().filter_map(first).fold(None, sooner);
        if any.is_none() && !self.any.is_empty() {
            return None;
        }
        if self.none.iter().any(|term| first(term).is_some()) {
            return None;
        }
        any.into_iter().fold(found, sooner)
    }
}

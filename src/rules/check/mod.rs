//! Runs every rule's own examples.

mod lists;

use std::fmt;

use crate::domain::{Field, View};
use crate::rules::judge::{Context, Fields, Subject, observe};
use crate::rules::pack::PackSource;
use crate::rules::set::{RuleInfo, RuleSet};
use crate::text::Reading;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// How many rules were compiled.
    pub rules: usize,
    /// How many examples were run.
    pub examples: usize,
    /// What is wrong, by rule; empty where all is well.
    pub failures: Vec<CheckFailure>,
    /// What may be meant so and is worth a second look.
    pub warnings: Vec<CheckFailure>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckFailure {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The rule, where it lies in one.
    pub rule: Option<String>,
    /// What and, where it is known, the remedy.
    pub message: String,
}

impl fmt::Display for CheckFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(rule) = &self.rule {
            write!(f, "rule {rule}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for warning in &self.warnings {
            writeln!(f, "warning: {warning}")?;
        }
        for failure in &self.failures {
            writeln!(f, "{failure}")?;
        }
        write!(
            f,
            "{} rules, {} examples, {} failures",
            self.rules,
            self.examples,
            self.failures.len()
        )
    }
}

/// Compiles packs, looks through their lists of words and runs every rule's examples through the whole set: each `hit` must yield evidence of its rule,
/// each `miss` none. An example stands in the field that its rule reads (a rule on links: in the body); for a rule on
/// what is counted around a comment (`same_text`, `from_email`) it is that number.
#[must_use]
pub fn check(sources: &[PackSource]) -> CheckReport {
    check_and_compile(sources).0
}

/// The same, and the set that was checked, where the packs compile.
#[must_use]
pub fn check_and_compile(sources: &[PackSource]) -> (CheckReport, Option<RuleSet>) {
    let set = match RuleSet::compile(sources) {
        Ok(set) => set,
        Err(errors) => {
            let failures = errors.into_iter().map(|error| CheckFailure {
                message: format!("{} — {}", error.problem, error.remedy),
                file: error.file,
                line: error.line,
                rule: error.rule,
            });
            let report = CheckReport {
                failures: failures.collect(),
                ..CheckReport::default()
            };
            return (report, None);
        }
    };
    let mut report = CheckReport {
        rules: set.rules.len(),
        ..CheckReport::default()
    };
    for (rule, examples) in set.rules.iter().zip(&set.examples) {
        let mut fail = |message: String| {
            report.failures.push(CheckFailure {
                file: rule.file.clone(),
                line: rule.line,
                rule: Some(rule.id.clone()),
                message,
            });
        };
        for (kind, list, wanted) in [
            ("hit", &examples.hit, true),
            ("miss", &examples.miss, false),
        ] {
            if list.is_empty() {
                fail(format!("has no example under `{kind}`"));
            }
            for example in list {
                for field in &rule.fields {
                    report.examples += 1;
                    if sees(&set, rule, *field, example) != wanted {
                        let verb = if wanted { "misses" } else { "hits" };
                        fail(format!("{verb} its `{kind}` example in {field}: {example}"));
                    }
                }
            }
        }
    }
    lists::look_through(&set, &mut report);
    (report, Some(set))
}

fn sees(set: &RuleSet, rule: &RuleInfo, field: Field, example: &str) -> bool {
    let mut subject = Subject::default();
    let mut context = Context::default();
    let mut features = set.features.values().flatten();
    let counted = features.find(|(feature, asked)| {
        feature.view() == View::Context
            && asked
                .iter()
                .any(|(place, _)| set.rules[*place].id == rule.id)
    });
    if let Some((feature, _)) = counted {
        context = Context::only(*feature, example.trim().parse().unwrap_or_default());
    } else {
        match field {
            Field::Body | Field::Link => subject.body = example,
            Field::Name => subject.name = example,
            Field::Email => subject.email = example,
        }
    }
    let stored = match field {
        Field::Link => Field::Body,
        other => other,
    };
    let body = Reading::new(subject.body);
    observe(set, None, context, &Fields::new(&subject, &body))
        .iter()
        .any(|seen| seen.rule == rule.id && seen.field == stored)
}

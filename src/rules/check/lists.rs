//! What is wrong with packs as a whole: words and patterns that stand twice, words that nothing can reach, that everybody uses.

use std::collections::HashMap;

use super::{CheckFailure, CheckReport, sees};
use crate::rules::matcher::WordList;
use crate::rules::set::{RuleInfo, RuleSet};
use crate::rules::signals::{Patterns, Toneless, Words};
use crate::text::{base, common_english, common_vietnamese};

/// Words with a greater share of all words are in every tenth comment or so.
const COMMON: f32 = 3e-5;
/// As many ordinary words as are named to show what an unmarked form would hold.
const NAMED: usize = 4;

/// Adds to the report what the lists of words have wrong.
pub(super) fn look_through(set: &RuleSet, report: &mut CheckReport) {
    let vietnamese: HashMap<&str, f32> = common_vietnamese().collect();
    let mut standing: HashMap<String, Vec<(&RuleInfo, &WordList)>> = HashMap::new();
    for (place, list) in &set.lists {
        let rule = &set.rules[*place];
        for word in &list.words {
            let Ok(normal) = Words::normal(word) else {
                continue;
            };
            report.failures.extend(unreachable(set, rule, list, word));
            report
                .warnings
                .extend(common(set, rule, list, word, &normal, &vietnamese));
            let others = standing.entry(normal).or_default();
            report.failures.extend(
                others
                    .iter()
                    .filter(|(other, there)| is_again(rule, list, other, there))
                    .map(|(other, _)| {
                        failure(
                            rule,
                            format!(
                                "`{word}` stands in rule {} as well — write it once instead",
                                other.id
                            ),
                        )
                    }),
            );
            others.push((rule, list));
        }
    }
    report.failures.extend(written_twice(set));
}

/// Patterns that another rule of their category has already for the same field.
fn written_twice(set: &RuleSet) -> Vec<CheckFailure> {
    let mut standing: HashMap<&str, Vec<&RuleInfo>> = HashMap::new();
    let mut found = Vec::new();
    for (place, pattern) in set.patterns.values().flat_map(Patterns::written) {
        let rule = &set.rules[place];
        let others = standing.entry(pattern).or_default();
        let twice = others.iter().filter(|other| is_beside(rule, other));
        found.extend(twice.map(|other| {
            let message = format!(
                "its pattern stands in rule {} as well — write it once instead",
                other.id
            );
            failure(rule, message)
        }));
        others.push(rule);
    }
    found
}

/// Whether a word says nothing new: another rule of its category reads the same field on the same terms. Terms of company
/// part two rules.
fn is_again(rule: &RuleInfo, list: &WordList, other: &RuleInfo, there: &WordList) -> bool {
    is_beside(rule, other) && list.near.is_none() && there.near.is_none()
}

/// Whether two rules read the same field for the same category.
fn is_beside(rule: &RuleInfo, other: &RuleInfo) -> bool {
    let same_field = rule.fields.iter().any(|field| other.fields.contains(field));
    same_field && rule.category == other.category
}

/// A word that its own rule does not see even where it stands alone.
fn unreachable(
    set: &RuleSet,
    rule: &RuleInfo,
    list: &WordList,
    word: &str,
) -> Option<CheckFailure> {
    let field = *rule.fields.first()?;
    let seen = list.near.is_some() || sees(set, rule, field, word);
    (!seen).then(|| {
        failure(
            rule,
            format!("`{word}` is never seen, not even alone in {field} — write it as a dictionary does, or leave it out, instead"),
        )
    })
}

/// A word that by itself brings a comment before a moderator and is in everybody's mouth.
fn common(
    set: &RuleSet,
    rule: &RuleInfo,
    list: &WordList,
    word: &str,
    normal: &str,
    vietnamese: &HashMap<&str, f32>,
) -> Option<CheckFailure> {
    if list.near.is_some() || rule.weight < set.policy.lanes.look || normal.contains(' ') {
        return None;
    }
    let share = vietnamese
        .get(normal)
        .copied()
        .or_else(|| common_english(normal));
    if share.is_some_and(|share| share >= COMMON) {
        let message = format!(
            "`{word}` is a common word and holds whoever uses it — give it company (`after`, `before`) or a weight below {} instead",
            set.policy.lanes.look
        );
        return Some(failure(rule, message));
    }
    if list.toneless != Toneless::Always {
        return None;
    }
    let bare = |word: &str| word.chars().map(base).collect::<String>();
    let letters = bare(normal);
    let mut alike: Vec<(&str, f32)> = vietnamese
        .iter()
        .filter(|(other, share)| **share >= COMMON && **other != normal && bare(other) == letters)
        .map(|(other, share)| (*other, *share))
        .collect();
    alike.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let named: Vec<&str> = alike.iter().take(NAMED).map(|(word, _)| *word).collect();
    (!named.is_empty()).then(|| {
        failure(
            rule,
            format!("`{letters}` without tones is also {} and would hold each of them — write toneless = \"neighbours\" instead", named.join(", ")),
        )
    })
}

fn failure(rule: &RuleInfo, message: String) -> CheckFailure {
    CheckFailure {
        file: rule.file.clone(),
        line: rule.line,
        rule: Some(rule.id.clone()),
        message,
    }
}

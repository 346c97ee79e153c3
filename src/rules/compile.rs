//! From packs as text to a set that judges. Every fault of every pack is reported, not only the first.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::composite::Composite;
use super::error::{PackError, Reporter, line_of};
use super::matcher::{self, Matcher, WordList};
use super::pack::{self, Examples, Pack, PackSource, RuleEntry};
use super::policy::Policy;
use super::readable::LooksFor;
use super::set::{Asked, RuleInfo, RuleSet};
use super::shipped;
use super::signals::{Feature, Near, Patterns, Phrase, Words};
use super::version::version;
use crate::domain::{Category, Field, View};

/// One rule on its way into the set.
struct Draft {
    info: RuleInfo,
    examples: Examples,
    matcher: Matcher,
}

impl RuleSet {
    /// Compiles packs, in any order. A source named `policy.toml` is the policy; without one the shipped policy holds.
    ///
    /// # Errors
    /// All faults of all sources, by file and line; nothing is compiled then.
    pub fn compile(sources: &[PackSource]) -> Result<Self, Vec<PackError>> {
        let mut errors = Vec::new();
        let (policies, packs): (Vec<_>, Vec<_>) = sources.iter().partition(|s| Policy::is_in(s));
        let own = shipped::policy();
        let policy_source = policies.first().copied().unwrap_or(&own);
        if let Some(second) = policies.get(1) {
            errors.push(PackError {
                file: second.file.clone(),
                line: 1,
                rule: None,
                problem: format!("{} is a policy as well", policy_source.file),
                remedy: "write one policy.toml instead".to_owned(),
            });
        }
        let policy = Policy::read(policy_source).map_err(|e| errors.push(e)).ok();

        let mut drafts = BTreeMap::new();
        for source in &packs {
            read_pack(source, &mut drafts, &mut errors);
        }
        check_composites(&drafts, &packs, &mut errors);
        let hashed: Vec<&PackSource> = packs.into_iter().chain([policy_source]).collect();
        let Some(policy) = policy.filter(|_| errors.is_empty()) else {
            errors.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
            return Err(errors);
        };
        Ok(assemble(
            drafts.into_values().collect(),
            policy,
            version(&hashed),
        ))
    }
}

/// Puts rules that are sound together.
fn assemble(drafts: Vec<Draft>, policy: Policy, version: String) -> RuleSet {
    let mut rules = Vec::new();
    let mut examples = Vec::new();
    let mut shown = Vec::new();
    let mut lists: Vec<(usize, WordList)> = Vec::new();
    let mut composites = Vec::new();
    let mut patterns: BTreeMap<(View, bool), Vec<(usize, Regex)>> = BTreeMap::new();
    let mut features: BTreeMap<Feature, Vec<(usize, u32)>> = BTreeMap::new();
    let mut fields = BTreeSet::new();
    for (place, draft) in drafts.into_iter().enumerate() {
        if matches!(draft.matcher, Matcher::Words(_) | Matcher::Pattern(..)) {
            fields.extend(draft.info.fields.iter().copied());
        }
        shown.push(LooksFor::of(&draft.matcher));
        match draft.matcher {
            Matcher::Words(list) => lists.push((place, list)),
            Matcher::Composite(composite) => composites.push((place, composite)),
            Matcher::Pattern(view, regex) => {
                // A pattern for links costs nothing where there are none.
                for on_links in [false, true] {
                    if draft
                        .info
                        .fields
                        .iter()
                        .any(|f| (*f == Field::Link) == on_links)
                    {
                        let list = patterns.entry((view, on_links)).or_default();
                        list.push((place, (*regex).clone()));
                    }
                }
            }
            Matcher::Feature(feature, bound) => {
                features.entry(feature).or_default().push((place, bound));
            }
        }
        rules.push(draft.info);
        examples.push(draft.examples);
    }
    let phrases = lists.iter().flat_map(|(owner, list)| {
        list.words.iter().map(|text| Phrase {
            owner: *owner,
            text,
            toneless: list.toneless,
            near: list.near.as_ref(),
        })
    });
    let words = Words::build(phrases).expect("each word was tried when its rule was read");
    RuleSet {
        features: by_field(&rules, &features),
        fields,
        rules,
        examples,
        shown,
        words,
        lists,
        patterns: patterns
            .into_iter()
            .map(|(reads, list)| (reads, Patterns::new(list)))
            .collect(),
        composites,
        policy,
        version,
    }
}

/// The features that rules ask for, by the fields that these read.
fn by_field(
    rules: &[RuleInfo],
    features: &BTreeMap<Feature, Vec<(usize, u32)>>,
) -> BTreeMap<Field, Vec<Asked>> {
    let mut by_field: BTreeMap<Field, Vec<Asked>> = BTreeMap::new();
    for (feature, asked) in features {
        let fields: BTreeSet<Field> = asked
            .iter()
            .flat_map(|(rule, _)| rules[*rule].fields.iter().copied())
            .collect();
        for field in fields {
            let of_field = asked
                .iter()
                .copied()
                .filter(|(rule, _)| rules[*rule].fields.contains(&field))
                .collect();
            by_field
                .entry(field)
                .or_default()
                .push((*feature, of_field));
        }
    }
    by_field
}

/// Composites name rules of other packs, so they are checked once all are read.
fn check_composites(
    drafts: &BTreeMap<String, Draft>,
    packs: &[&PackSource],
    errors: &mut Vec<PackError>,
) {
    let is_simple = |id: &str| {
        drafts
            .get(id)
            .is_some_and(|draft| !matches!(draft.matcher, Matcher::Composite(_)))
    };
    for (id, draft) in drafts {
        let source = packs.iter().find(|source| source.file == draft.info.file);
        if let (Matcher::Composite(composite), Some(source)) = (&draft.matcher, source) {
            let reporter = Reporter {
                source,
                rule: id.clone(),
            };
            let at = source.text.find(id).unwrap_or_default();
            errors.append(&mut composite.faults(&reporter, at, is_simple));
        }
    }
}

fn read_pack(
    source: &PackSource,
    drafts: &mut BTreeMap<String, Draft>,
    errors: &mut Vec<PackError>,
) {
    let pack: Pack = match pack::read(source) {
        Ok(pack) => pack,
        Err(error) => return errors.push(error),
    };
    for entry in pack.rules {
        let reporter = Reporter {
            source,
            rule: entry.id.get_ref().clone(),
        };
        let id_at = entry.id.span().start;
        let prefix = format!("{}.", pack.id.get_ref());
        if !entry.id.get_ref().starts_with(&prefix) {
            errors.push(reporter.fault(
                id_at,
                format!(
                    "the id does not start with its pack's id `{}`",
                    pack.id.get_ref()
                ),
                format!("write `{prefix}…` instead"),
            ));
        }
        match draft(&reporter, pack.id.get_ref(), entry) {
            Ok(draft) => {
                if let Some(first) = drafts.get(&draft.info.id) {
                    errors.push(reporter.fault(
                        id_at,
                        format!("the id is taken at {}:{}", first.info.file, first.info.line),
                        "write another id instead".to_owned(),
                    ));
                } else {
                    drafts.insert(draft.info.id.clone(), draft);
                }
            }
            Err(mut faults) => errors.append(&mut faults),
        }
    }
}

fn draft(reporter: &Reporter<'_>, pack: &str, entry: RuleEntry) -> Result<Draft, Vec<PackError>> {
    let at = entry.id.span().start;
    let one = |problem: &str, remedy: &str| {
        vec![reporter.fault(at, problem.to_owned(), remedy.to_owned())]
    };
    if !(entry.weight.is_finite() && entry.weight >= 0.0) {
        return Err(one(
            "the weight is no amount",
            "write a number from 0 upwards instead",
        ));
    }
    if entry.category == Category::Ban {
        return Err(one(
            "`ban` is what editors do, no category of a rule",
            "write another category instead",
        ));
    }
    if entry.field.is_empty() {
        return Err(one(
            "the list of fields is empty",
            "write `field = \"body\"` instead",
        ));
    }
    if entry.view.is_some() && entry.pattern.is_none() {
        return Err(one(
            "only a pattern has a view",
            "write the rule without `view` instead; words are read with their tones",
        ));
    }
    if entry.at_least.is_some() != entry.feature.is_some() {
        return Err(one(
            "`feature` and `at_least` go together",
            "write both, or neither, instead",
        ));
    }
    let near = Near {
        after: entry.after,
        before: entry.before,
        not_after: entry.not_after,
        not_before: entry.not_before,
        not_after_toneless: entry.not_after_toneless,
        not_before_toneless: entry.not_before_toneless,
        language: entry.language,
    };
    if entry.words.is_none() && (entry.toneless.is_some() || !near.is_empty()) {
        return Err(one(
            "only words have `toneless`, `language`, `after`, `before`, `not_after`, `not_before`, and the last two with `_toneless`",
            "write the rule without them, or with `words`, instead",
        ));
    }
    let composite = Composite::read(entry.all, entry.any, entry.none);
    let matcher = match (entry.words, entry.pattern, entry.feature, composite) {
        (Some(words), None, None, None) => matcher::words(
            reporter,
            at,
            words,
            entry.toneless.unwrap_or_default(),
            near,
        )?,
        (None, None, None, Some(composite)) => Matcher::Composite(composite),
        (None, Some(pattern), None, None) => {
            matcher::pattern(reporter, &pattern, entry.view.unwrap_or(View::Toned))
                .map_err(|error| vec![error])?
        }
        (None, None, Some(feature), None) => {
            if entry.field.contains(&Field::Link) || entry.at_least == Some(0) {
                return Err(one(
                    "a feature is not measured on a link, nor from 0 on",
                    "write another field, and an `at_least` from 1 upwards, instead",
                ));
            }
            Matcher::Feature(feature, entry.at_least.unwrap_or(1))
        }
        _ => {
            return Err(one(
                "a rule looks for one thing",
                "write exactly one of `words`, `pattern`, `feature` and `all`/`any` instead",
            ));
        }
    };
    Ok(Draft {
        info: RuleInfo {
            id: entry.id.into_inner(),
            pack: pack.to_owned(),
            title: entry.title,
            category: entry.category,
            fields: entry.field,
            weight: entry.weight,
            action: entry.action,
            file: reporter.source.file.clone(),
            line: line_of(&reporter.source.text, at),
        },
        examples: entry.examples,
        matcher,
    })
}

//! A rule pack as it is written: one TOML file, read strictly.

use std::fmt;

use serde::de::{self, SeqAccess, Visitor, value::StrDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use toml::Spanned;

use super::error::{PackError, line_of};
use super::signals::{Feature, Language, Place, Toneless};
use crate::domain::{Category, Field, Locale, RuleAction, View};

/// A file of rules and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackSource {
    /// Its name, as messages give it: `rules/vi/profanity.toml`.
    pub file: String,
    /// Its content.
    pub text: String,
}

/// What a moderator reads instead of a rule's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Title {
    /// The title in one language.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::Vi => &self.vi,
            Locale::En => &self.en,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    pub id: Spanned<String>,
    #[serde(default, rename = "rule")]
    pub rules: Vec<RuleEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    pub id: Spanned<String>,
    pub title: Title,
    pub category: Category,
    #[serde(default = "body_only", deserialize_with = "one_or_more")]
    pub field: Vec<Field>,
    pub words: Option<Vec<Spanned<String>>>,
    pub toneless: Option<Toneless>,
    #[serde(default)]
    pub after: Vec<Place>,
    #[serde(default)]
    pub before: Vec<Place>,
    #[serde(default)]
    pub not_after: Vec<Place>,
    #[serde(default)]
    pub not_before: Vec<Place>,
    #[serde(default)]
    pub not_after_toneless: Vec<Place>,
    #[serde(default)]
    pub not_before_toneless: Vec<Place>,
    pub language: Option<Language>,
    /// A composite's terms: rules or categories that must all, any, and none of them have seen something.
    #[serde(default)]
    pub all: Vec<Spanned<String>>,
    #[serde(default)]
    pub any: Vec<Spanned<String>>,
    #[serde(default)]
    pub none: Vec<Spanned<String>>,
    pub pattern: Option<Spanned<String>>,
    pub view: Option<View>,
    pub feature: Option<Feature>,
    pub at_least: Option<u32>,
    pub weight: f32,
    pub action: Option<RuleAction>,
    pub examples: Examples,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Examples {
    pub hit: Vec<String>,
    pub miss: Vec<String>,
}

fn body_only() -> Vec<Field> {
    vec![Field::Body]
}

/// `field = "body"` and `field = ["body", "name"]` alike.
fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Field>, D::Error> {
    struct Fields;

    impl<'de> Visitor<'de> for Fields {
        type Value = Vec<Field>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a field or a list of fields")
        }

        fn visit_str<E: de::Error>(self, word: &str) -> Result<Self::Value, E> {
            Field::deserialize(StrDeserializer::new(word)).map(|field| vec![field])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut fields = Vec::new();
            while let Some(field) = list.next_element()? {
                fields.push(field);
            }
            Ok(fields)
        }
    }

    deserializer.deserialize_any(Fields)
}

/// Reads TOML of a known shape; the error names file, line and, inside a rule, the rule.
pub(super) fn read<T: de::DeserializeOwned>(source: &PackSource) -> Result<T, PackError> {
    toml::from_str(&source.text).map_err(|error| {
        let byte = error.span().map_or(0, |span| span.start);
        PackError {
            file: source.file.clone(),
            line: line_of(&source.text, byte),
            rule: rule_around(&source.text, byte),
            problem: error.message().trim().replace('\n', ", "),
            remedy:
                "write the key, its spelling and its kind of value as rules/README.md shows instead"
                    .to_owned(),
        }
    })
}

/// The id of the `[[rule]]` that a byte lies in, found in text that may not be TOML at all.
fn rule_around(text: &str, byte: usize) -> Option<String> {
    let line = line_of(text, byte);
    let lines: Vec<&str> = text.lines().collect();
    let head = lines
        .iter()
        .take(line)
        .rposition(|l| l.trim() == "[[rule]]")?;
    lines[head + 1..]
        .iter()
        .take_while(|l| l.trim() != "[[rule]]")
        .find_map(|l| l.trim().strip_prefix("id")?.trim().strip_prefix('='))
        .map(|value| value.trim().trim_matches('"').to_owned())
}

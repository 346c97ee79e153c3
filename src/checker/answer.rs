//! What a checker answers: any number of pieces of evidence, each within bounds.

use std::sync::LazyLock;

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use crate::domain::{Category, CheckerRule, Evidence, Field, View};

/// As many pieces of evidence as one answer may have.
pub const MOST: usize = 20;
/// The most that one piece may weigh: as much as the gravest of the shipped rules, which is much and decides nothing.
const MOST_WEIGHT: f32 = 4.0;
const MOST_LABEL: usize = 40;
const MOST_MESSAGE: usize = 200;

/// What a checker answers. Without evidence it has nothing against the comment.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckAnswer {
    /// What it saw.
    pub evidence: Vec<Said>,
}

/// One thing it saw.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CheckerEvidence)]
pub struct Said {
    /// Its name for that: 1 to 40 of `a-z 0-9 . _ -`, neither `waiting` nor `absent`.
    #[schema(example = "toxicity")]
    pub label: String,
    /// What kind of trouble; any but `ban`.
    #[serde(deserialize_with = "category")]
    pub category: Category,
    /// What it adds to the score, from 0 to 4.
    #[schema(minimum = 0, maximum = 4, example = 1.5)]
    pub weight: f32,
    /// First character of the text that it is about, counted in Unicode scalar values.
    #[serde(default)]
    #[schema(example = 0)]
    pub start: Option<u32>,
    /// One past the last.
    #[serde(default)]
    #[schema(example = 6)]
    pub end: Option<u32>,
    /// A line for whoever decides, of at most 200 characters; shown where no place in the text is.
    #[serde(default)]
    pub message: Option<String>,
}

/// The categories that a checker may give: only a site's editors ban.
static CATEGORIES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let all = Category::ALL.iter().copied();
    all.filter(|category| *category != Category::Ban)
        .map(Category::as_str)
        .collect()
});

fn category<'de, D: Deserializer<'de>>(from: D) -> Result<Category, D::Error> {
    let word = String::deserialize(from)?;
    let known = CATEGORIES.iter().find(|known| **known == word);
    known
        .and_then(|known| known.parse().ok())
        .ok_or_else(|| D::Error::unknown_variant(&word, &CATEGORIES))
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("evidence[{place}]: {wrong}")]
pub struct AnswerFault {
    /// Which piece of evidence.
    pub place: usize,
    /// What about it.
    pub wrong: Wrong,
}

impl AnswerFault {
    /// Where it is, such as `evidence[0].weight`, and its name in messages.
    #[must_use]
    pub fn told(self) -> (String, &'static str) {
        let (field, code) = self.wrong.field();
        let field = match self.wrong {
            Wrong::Many => "evidence".to_owned(),
            _ => format!("evidence[{}].{field}", self.place),
        };
        (field, code)
    }
}

/// What is wrong with a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// There are more pieces than are taken.
    #[error("{MOST} pieces of evidence are the most")]
    Many,
    /// The label is none.
    #[error("a label has 1 to 40 of a-z 0-9 . _ - and is neither waiting nor absent")]
    Label,
    /// It is no number within the bounds.
    #[error("a weight is a number from 0 to 4")]
    Weight,
    /// There is no such place in the text.
    #[error("start and end are given together and lie in the text, start before end")]
    Place,
    /// It is too long, or has line ends or other control characters.
    #[error("a message has one line of at most 200 characters")]
    Message,
}

impl Wrong {
    /// The field that it is about, and its name in messages.
    const fn field(self) -> (&'static str, &'static str) {
        match self {
            Self::Many => ("", "list-length"),
            Self::Label => ("label", "check-label"),
            Self::Weight => ("weight", "check-weight"),
            Self::Place => ("start", "check-place"),
            Self::Message => ("message", "check-message"),
        }
    }
}

/// The evidence that what is said about that text is, or the first that is wrong with it: of half an answer nobody knows what it means.
pub fn read(said: &[Said], body: &str) -> Result<Vec<Evidence>, AnswerFault> {
    let fault = |place, wrong| AnswerFault { place, wrong };
    if said.len() > MOST {
        return Err(fault(MOST, Wrong::Many));
    }
    let letters: Vec<char> = body.chars().collect();
    let pieces = said.iter().enumerate();
    pieces
        .map(|(place, said)| evidence(said, &letters).map_err(|wrong| fault(place, wrong)))
        .collect()
}

fn evidence(said: &Said, letters: &[char]) -> Result<Evidence, Wrong> {
    let rule = format!("{}.{}", CheckerRule::ITSELF, said.label);
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_label = (1..=MOST_LABEL).contains(&said.label.len())
        && said
            .label
            .bytes()
            .all(|byte| is_letter(byte) || b"._-".contains(&byte));
    if !is_label || CheckerRule::is_unheard(&rule) {
        return Err(Wrong::Label);
    }
    if !(0.0..=MOST_WEIGHT).contains(&said.weight) {
        return Err(Wrong::Weight);
    }
    let message = said.message.as_deref().unwrap_or_default().trim();
    if message.chars().count() > MOST_MESSAGE || message.contains(char::is_control) {
        return Err(Wrong::Message);
    }
    let (start, end, excerpt) = match (said.start, said.end) {
        (None, None) => (0, 0, message.to_owned()),
        (Some(start), Some(end)) if start < end => {
            let place = letters.get(start as usize..end as usize);
            (start, end, place.ok_or(Wrong::Place)?.iter().collect())
        }
        _ => return Err(Wrong::Place),
    };
    let view = if end > start {
        View::Raw
    } else {
        View::Context
    };
    Ok(Evidence {
        rule,
        category: said.category,
        field: Field::Body,
        start,
        end,
        excerpt,
        weight: said.weight,
        view,
        cluster: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(json: &str) -> Result<Vec<Evidence>, AnswerFault> {
        let json = format!(r#"{{"evidence":[{json}]}}"#);
        let answer: CheckAnswer = serde_json::from_str(&json).expect("an answer");
        read(&answer.evidence, "Đồ ngốc 🙂!")
    }

    #[test]
    fn places_count_letters_and_messages_stand_where_there_is_no_place() {
        let seen = said(
            r#"{"label":"toxicity","category":"insult","weight":1.5,"start":3,"end":9,"message":"x"},
               {"label":"tin-gia","category":"scam","weight":0,"message":" Xem lại nguồn "}"#,
        );
        let seen = seen.expect("evidence");
        assert_eq!(
            (
                seen[0].rule.as_str(),
                seen[0].excerpt.as_str(),
                seen[0].view
            ),
            ("checker.toxicity", "ngốc 🙂", View::Raw)
        );
        assert_eq!(
            (seen[1].excerpt.as_str(), seen[1].start, seen[1].end),
            ("Xem lại nguồn", 0, 0)
        );
    }

    #[test]
    fn a_slip_in_a_name_is_told_by_it() {
        for (json, name) in [
            (
                r#"{"evidence":[{"label":"a","category":"spam","weight":1,"strat":0,"end":1}]}"#,
                "strat",
            ),
            (r#"{"evidence":[],"evidences":[]}"#, "evidences"),
            (r#"{"evidenc":[]}"#, "evidenc"),
        ] {
            let wrong = serde_json::from_str::<CheckAnswer>(json).expect_err("a slip");
            assert!(wrong.to_string().contains(&format!("`{name}`")), "{wrong}");
        }
    }

    #[test]
    fn a_category_that_no_checker_gives_is_told_with_those_that_one_may() {
        for word in ["toxic", "ban", ""] {
            let json =
                format!(r#"{{"evidence":[{{"label":"a","category":"{word}","weight":1}}]}}"#);
            let wrong = serde_json::from_str::<CheckAnswer>(&json).expect_err("no category");
            let wrong = wrong.to_string();
            assert!(
                wrong.contains(&format!(
                    "unknown variant `{word}`, expected one of `profanity`, `insult`"
                )),
                "{wrong}"
            );
            assert!(
                !wrong.contains("expected one of `ban`") && !wrong.contains(", `ban`"),
                "{wrong}"
            );
        }
    }

    #[test]
    fn whatever_is_out_of_bounds_is_no_answer() {
        let with = |label: &str, category: &str, weight: &str, more: &str| {
            let json =
                format!(r#"{{"label":"{label}","category":"{category}","weight":{weight}{more}}}"#);
            said(&json).map_err(|fault| fault.wrong)
        };
        assert!(with("a", "spam", "4", "").is_ok());
        for (got, wrong) in [
            (with("", "spam", "1", ""), Wrong::Label),
            (with("Độc", "spam", "1", ""), Wrong::Label),
            (with("waiting", "spam", "1", ""), Wrong::Label),
            (with("absent", "spam", "1", ""), Wrong::Label),
            (with(&"a".repeat(41), "spam", "1", ""), Wrong::Label),
            (with("a", "spam", "4.1", ""), Wrong::Weight),
            (with("a", "spam", "-1", ""), Wrong::Weight),
            (with("a", "spam", "1e300", ""), Wrong::Weight),
            (with("a", "spam", "1", r#","start":1"#), Wrong::Place),
            (
                with("a", "spam", "1", r#","start":4,"end":4"#),
                Wrong::Place,
            ),
            (
                with("a", "spam", "1", r#","start":4,"end":11"#),
                Wrong::Place,
            ),
            (
                with("a", "spam", "1", r#","message":"a\nb""#),
                Wrong::Message,
            ),
        ] {
            assert_eq!(got, Err(wrong));
        }
        let many = vec![r#"{"label":"a","category":"spam","weight":1}"#; MOST + 1].join(",");
        assert_eq!(said(&many).expect_err("too many").wrong, Wrong::Many);
    }
}

//! What a rule looks for, checked as it is read.

use std::collections::BTreeSet;

use regex::Regex;
use toml::Spanned;

use super::composite::Composite;
use super::error::{PackError, Reporter, refusal};
use super::signals::{Feature, LONGEST, Near, Toneless, Unmatchable, Words, regex};
use crate::domain::View;

/// The one thing that a rule looks for.
pub(super) enum Matcher {
    Words(WordList),
    Pattern(View, Box<Regex>),
    Feature(Feature, u32),
    Composite(Composite),
}

/// Words, and on what terms they count.
#[derive(Debug)]
pub(super) struct WordList {
    pub words: Vec<String>,
    pub toneless: Toneless,
    pub near: Option<Near>,
}

/// Checks a list of words; each fault at the line of its word.
pub(super) fn words(
    reporter: &Reporter<'_>,
    at: usize,
    words: Vec<Spanned<String>>,
    toneless: Toneless,
    near: Near,
) -> Result<Matcher, Vec<PackError>> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    if words.is_empty() {
        faults.push(reporter.fault(
            at,
            "the list of words is empty".to_owned(),
            "write at least one word instead".to_owned(),
        ));
    }
    for word in &words {
        let (problem, remedy) = match Words::normal(word.get_ref()) {
            Ok(normal) if seen.insert(normal.clone()) => continue,
            Ok(_) => (
                "is in the list already, if perhaps spelled otherwise",
                "write it once instead",
            ),
            Err(Unmatchable::Empty) => (
                "has no letter and no digit",
                "write a word, or a `pattern` for signs, instead",
            ),
            Err(Unmatchable::TooLong) => (TOO_LONG, "write the part that matters instead"),
        };
        faults.push(reporter.fault(
            word.span().start,
            format!("`{}` {problem}", word.get_ref()),
            remedy.to_owned(),
        ));
    }
    if faults.is_empty() {
        Ok(Matcher::Words(WordList {
            words: words.into_iter().map(Spanned::into_inner).collect(),
            toneless,
            near: Some(near).filter(|near| !near.is_empty()),
        }))
    } else {
        Err(faults)
    }
}

const TOO_LONG: &str = "has more syllables than a phrase may (12)";
const _: () = assert!(LONGEST == 12, "the message above says how many");

/// Compiles a pattern for the view that it reads.
pub(super) fn pattern(
    reporter: &Reporter<'_>,
    pattern: &Spanned<String>,
    view: View,
) -> Result<Matcher, PackError> {
    let fault =
        |problem: String, remedy: String| reporter.fault(pattern.span().start, problem, remedy);
    if view == View::Context {
        return Err(fault(
            "a pattern reads text, and `context` has none".to_owned(),
            "write `view = \"raw\"`, `\"toned\"` or `\"toneless\"` instead".to_owned(),
        ));
    }
    let compiled = regex(pattern.get_ref()).map_err(|error| {
        let (problem, remedy) = refusal(pattern.get_ref(), &error);
        fault(problem, remedy)
    })?;
    if view != View::Raw && literal_capital(pattern.get_ref()) {
        return Err(fault(
            "the text is in lower case when this pattern reads it, and the pattern has a capital"
                .to_owned(),
            "write it in lower case, or add `view = \"raw\"`, instead".to_owned(),
        ));
    }
    Ok(Matcher::Pattern(view, Box::new(compiled)))
}

/// Whether a pattern asks for a capital letter; classes such as `\W` and `\p{Lu}` and group names are no letters.
fn literal_capital(pattern: &str) -> bool {
    let mut previous = '\0';
    let mut in_name = false;
    for c in pattern.chars() {
        in_name = (in_name
            || (matches!(previous, 'p' | 'P' | '?') && matches!(c, '{' | '<' | 'P')))
            && !matches!(c, '}' | '>');
        if c.is_uppercase() && previous != '\\' && !in_name && !matches!(previous, 'p' | 'P') {
            return true;
        }
        previous = if previous == '\\' && c == '\\' {
            '\0'
        } else {
            c
        };
    }
    false
}

//! What is wrong with a pack, where, and what to write instead.

use super::foreign::Foreign;
use super::pack::PackSource;

/// A fault in a rule pack, told to the editor who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {}{problem} — {remedy}", .rule.as_ref().map(|id| format!("rule {id}: ")).unwrap_or_default())]
pub struct PackError {
    /// The file, as it was named by whoever handed it in.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The rule, where the fault lies in one.
    pub rule: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub remedy: String,
}

/// Where a fault is reported to.
pub(super) struct Reporter<'a> {
    pub source: &'a PackSource,
    pub rule: String,
}

impl Reporter<'_> {
    pub fn fault(&self, byte: usize, problem: String, remedy: String) -> PackError {
        PackError {
            file: self.source.file.clone(),
            line: line_of(&self.source.text, byte),
            rule: Some(self.rule.clone()),
            problem,
            remedy,
        }
    }
}

/// The line, from 1, of a byte of `text`.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    let before = &text.as_bytes()[..byte.min(text.len())];
    1 + before.split(|b| *b == b'\n').count().saturating_sub(1)
}

/// Why the engine refuses a pattern: the problem and its remedy.
pub(super) fn refusal(pattern: &str, error: &regex::Error) -> (String, String) {
    if let regex::Error::CompiledTooBig(_) = error {
        return (
            "the pattern needs too much memory".to_owned(),
            "write smaller bounds, as in `{1,20}`, or put a list of words under `words` instead"
                .to_owned(),
        );
    }
    if let Some(foreign) = Foreign::within(pattern) {
        let (problem, remedy) = of_another_engine(foreign);
        return (problem.to_owned(), remedy.to_owned());
    }
    let text = error.to_string();
    // The parser draws a picture over several lines; its last line is the sentence.
    let last = text.lines().last().unwrap_or_default();
    let problem = last.trim_start_matches("error: ").to_owned();
    let remedy = if problem.contains("exceeds the size limit") {
        "write smaller bounds, as in `{1,20}`, instead"
    } else {
        "correct the pattern; write a sign with a meaning of its own, such as `(` or `+`, \
         with a backslash instead"
    };
    (problem, remedy.to_owned())
}

/// What to write for a construct that only other engines have.
const fn of_another_engine(foreign: Foreign) -> (&'static str, &'static str) {
    match foreign {
        Foreign::LookAround => (
            "the pattern has look-around, which this engine does not read",
            "write the words under `words`, which match only whole words, and what must not stand before or \
             follow them under `not_after` or `not_before`, instead",
        ),
        Foreign::BackReference => (
            "the pattern has backreferences, which this engine does not read",
            "write the repeated part out instead; a run of three or more of one letter is already read as one",
        ),
        Foreign::Atomic => (
            "the pattern has an atomic group, which only engines that go back need",
            "write `(?:…)` for `(?>…)` instead; this engine never goes back",
        ),
    }
}

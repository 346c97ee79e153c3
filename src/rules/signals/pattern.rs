//! Regular expressions. Most rest on a literal without which they cannot match; one pass finds the literals of all of
//! them, and only the patterns whose literal is there are run.

use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, dfa};
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind, LookSet, Repetition};
use std::cmp::Reverse;
use std::ops::Range;

/// The most memory that one compiled pattern may take, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// Compiles one pattern within the size limit. The engine (crate `regex`) is linear in the text, always.
pub fn regex(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).size_limit(SIZE_LIMIT).build()
}

/// Patterns that read the same view, each under a key of its owner.
#[derive(Debug, Default)]
pub struct Patterns {
    regexes: Vec<(usize, Regex)>,
    /// By place, the pattern without its word boundaries, where it has any: it matches wherever the pattern does, and the
    /// engine runs it many times faster over text that is not ASCII.
    rough: Vec<Option<Regex>>,
    /// Places of the patterns that rest on no literal.
    always: Vec<usize>,
    literals: Option<DFA>,
    /// The pattern that each literal belongs to.
    owners: Vec<usize>,
}

impl Patterns {
    /// Puts compiled patterns together.
    #[must_use]
    pub fn new(regexes: Vec<(usize, Regex)>) -> Self {
        let mut literals: Vec<Vec<u8>> = Vec::new();
        let mut owners = Vec::new();
        let mut always = Vec::new();
        for (place, (_, regex)) in regexes.iter().enumerate() {
            match required(regex.as_str()) {
                Some(own) => {
                    owners.extend(own.iter().map(|_| place));
                    literals.extend(own);
                }
                None => always.push(place),
            }
        }
        let automaton = if literals.is_empty() {
            None
        } else {
            dfa::Builder::new().build(&literals).ok()
        };
        if automaton.is_none() {
            always = (0..regexes.len()).collect();
        }
        Self {
            rough: regexes
                .iter()
                .map(|(_, regex)| rough(regex.as_str()))
                .collect(),
            regexes,
            always,
            literals: automaton,
            owners,
        }
    }

    /// Marks the patterns one of whose literals is in the text. Walks the automaton by hand: who asks for the next of all
    /// overlapping matches pays for each byte what this pays for a match.
    fn see_literals(&self, text: &str, wanted: &mut [bool]) {
        let Some(literals) = &self.literals else {
            return;
        };
        let Ok(mut state) = literals.start_state(Anchored::No) else {
            return;
        };
        for &byte in text.as_bytes() {
            state = literals.next_state(Anchored::No, state, byte);
            if literals.is_special(state) && literals.is_match(state) {
                for index in 0..literals.match_len(state) {
                    let literal = literals.match_pattern(state, index);
                    wanted[self.owners[literal.as_usize()]] = true;
                }
            }
        }
    }

    /// Tells every match of every pattern: its key and its bytes. Matches of nothing are left out.
    pub fn find(&self, text: &str, mut tell: impl FnMut(usize, Range<usize>)) {
        let mut wanted = vec![false; self.regexes.len()];
        for place in &self.always {
            wanted[*place] = true;
        }
        self.see_literals(text, &mut wanted);
        for (place, (key, regex)) in self.regexes.iter().enumerate() {
            let may = wanted[place]
                && self.rough[place]
                    .as_ref()
                    .is_none_or(|rough| rough.is_match(text));
            if !may {
                continue;
            }
            for found in regex.find_iter(text).filter(|found| !found.is_empty()) {
                tell(*key, found.range());
            }
        }
    }
}

/// A pattern without its word boundaries; `None` where it has none.
fn rough(pattern: &str) -> Option<Regex> {
    let parsed = regex_syntax::parse(pattern).ok()?;
    if !parsed.properties().look_set().contains_word_unicode() {
        return None;
    }
    regex(&without_boundaries(&parsed).to_string()).ok()
}

fn without_boundaries(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Look(look) if LookSet::singleton(*look).contains_word_unicode() => Hir::empty(),
        HirKind::Repetition(repeated) => Hir::repetition(Repetition {
            sub: Box::new(without_boundaries(&repeated.sub)),
            ..repeated.clone()
        }),
        HirKind::Capture(captured) => without_boundaries(&captured.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(without_boundaries).collect()),
        HirKind::Alternation(ways) => {
            Hir::alternation(ways.iter().map(without_boundaries).collect())
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => hir.clone(),
    }
}

/// Literals one of which lies in every match; `None` where there are none worth looking for.
fn required(pattern: &str) -> Option<Vec<Vec<u8>>> {
    literals_of(&regex_syntax::parse(pattern).ok()?)
}

/// Of the sets of literals that a match cannot do without, the one whose shortest is longest: at its ends, in one of the parts
/// that it is made of, or one set for each of the ways that it may go.
fn literals_of(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let inner = match hir.kind() {
        HirKind::Concat(parts) => parts
            .iter()
            .filter_map(literals_of)
            .max_by_key(|literals| worth(literals)),
        HirKind::Capture(captured) => literals_of(&captured.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => literals_of(&repeated.sub),
        HirKind::Alternation(ways) => {
            let ways: Option<Vec<_>> = ways.iter().map(literals_of).collect();
            ways.map(|ways| ways.concat())
        }
        _ => None,
    };
    [ExtractKind::Prefix, ExtractKind::Suffix]
        .into_iter()
        .filter_map(|kind| {
            let found = Extractor::new().kind(kind).extract(hir);
            let literals = found.literals()?.iter();
            let literals: Vec<_> = literals.map(|one| one.as_bytes().to_vec()).collect();
            (worth(&literals).0 > 0).then_some(literals)
        })
        .chain(inner)
        .max_by_key(|literals| worth(literals))
}

/// The length of the shortest of some literals; of equals, fewer are found less often.
fn worth(literals: &[Vec<u8>]) -> (usize, Reverse<usize>) {
    let shortest = literals.iter().map(Vec::len).min().unwrap_or(0);
    (shortest, Reverse(literals.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen<'a>(patterns: &[&str], text: &'a str) -> Vec<(usize, &'a str)> {
        let compiled = patterns.iter().map(|p| regex(p).unwrap());
        let mut found = Vec::new();
        Patterns::new(compiled.enumerate().collect())
            .find(text, |key, bytes| found.push((key, &text[bytes])));
        found
    }

    #[test]
    fn every_match_is_told_whether_or_not_a_literal_leads_to_it() {
        assert_eq!(
            seen(
                &["mua|bán", r"\d+ kg", r"\pL\d", "x*", "(?i)MUA"],
                "mua 5 kg bán a1"
            ),
            [(0, "mua"), (0, "bán"), (1, "5 kg"), (2, "a1"), (4, "mua")]
        );
    }

    #[test]
    fn literals_are_those_that_a_match_cannot_do_without() {
        assert_eq!(
            required("ab(c|d)"),
            Some(vec![b"abc".to_vec(), b"abd".to_vec()])
        );
        assert_eq!(required(r"\pL+xyz"), Some(vec![b"xyz".to_vec()]));
        assert_eq!(required(r"[\s(]@\pL+"), Some(vec![b"@".to_vec()]));
        assert_eq!(
            required(r"\W*(?:http|\pL+\.www)\S+\W*"),
            Some(vec![b"http".to_vec(), b".www".to_vec()])
        );
        assert_eq!(required(r"\pL+"), None);
        assert_eq!(required("(ab)?"), None);
    }

    #[test]
    fn a_rough_pattern_matches_wherever_the_pattern_does() {
        let pattern = r"\b(?:đt|tel)\b\s?\d{3,}|^\bx+\b";
        let (whole, rough) = (regex(pattern).unwrap(), rough(pattern).unwrap());
        for text in [
            "đt 0912",
            "gọi tel0912 đi",
            "xx",
            "ấtel 012",
            "motel 123",
            "x y",
        ] {
            assert!(rough.is_match(text) || !whole.is_match(text), "{text}");
        }
        assert!(super::rough("a|b").is_none() && !rough.is_match("gọi đi"));
    }

    #[test]
    fn a_pattern_that_grows_without_bound_is_refused() {
        assert!(regex(r"(\pL{100}){100}").is_err());
    }
}

//! Regular expressions. Most rest on literals without which they cannot match; one pass finds the literals of all of
//! them, and only the patterns whose literals are there are run.

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
    /// The way of a pattern that each literal belongs to, and which of its sets.
    owners: Vec<(usize, u8)>,
    /// By way: its pattern, and all of its sets together.
    ways: Vec<(usize, u8)>,
}

/// Literals one of which must be there.
type Set = Vec<Vec<u8>>;

impl Patterns {
    /// Puts compiled patterns together.
    #[must_use]
    pub fn new(regexes: Vec<(usize, Regex)>) -> Self {
        let (mut literals, mut owners) = (Set::new(), Vec::new());
        let (mut ways, mut always) = (Vec::new(), Vec::new());
        for (place, (_, regex)) in regexes.iter().enumerate() {
            let Some(needs) = needs(regex.as_str()) else {
                always.push(place);
                continue;
            };
            for sets in needs {
                let mut all = 0;
                for (set, bit) in sets.into_iter().zip([1, 2]) {
                    all |= bit;
                    owners.extend(set.iter().map(|_| (ways.len(), bit)));
                    literals.extend(set);
                }
                ways.push((place, all));
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
            ways,
        }
    }

    /// Marks the patterns whose literals are in the text. Walks the automaton by hand: who asks for the next of all
    /// overlapping matches pays for each byte what this pays for a match.
    fn see_literals(&self, text: &str, wanted: &mut [bool]) {
        let Some(literals) = &self.literals else {
            return;
        };
        let Ok(mut state) = literals.start_state(Anchored::No) else {
            return;
        };
        let mut seen = vec![0; self.ways.len()];
        for &byte in text.as_bytes() {
            state = literals.next_state(Anchored::No, state, byte);
            if literals.is_special(state) && literals.is_match(state) {
                for index in 0..literals.match_len(state) {
                    let literal = literals.match_pattern(state, index);
                    let (way, bit) = self.owners[literal.as_usize()];
                    seen[way] |= bit;
                }
            }
        }
        for ((place, all), seen) in self.ways.iter().zip(seen) {
            wanted[*place] |= seen == *all;
        }
    }

    /// Each pattern's key, and the pattern.
    pub fn written(&self) -> impl Iterator<Item = (usize, &str)> {
        self.regexes
            .iter()
            .map(|(key, regex)| (*key, regex.as_str()))
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

/// For each of the ways that a match may go, one or two sets of literals of each of which it has one; `None` where some way has none worth
/// looking for.
fn needs(pattern: &str) -> Option<Vec<Vec<Set>>> {
    needs_of(&regex_syntax::parse(pattern).ok()?)
}

fn needs_of(hir: &Hir) -> Option<Vec<Vec<Set>>> {
    match hir.kind() {
        HirKind::Capture(captured) => needs_of(&captured.sub),
        HirKind::Alternation(ways) => {
            let ways: Option<Vec<_>> = ways.iter().map(needs_of).collect();
            ways.map(|ways| ways.concat())
        }
        HirKind::Concat(parts) => {
            let is_text = |part: &&Hir| !matches!(part.kind(), HirKind::Look(_) | HirKind::Empty);
            let mut texts = parts.iter().filter(is_text);
            if let (Some(only), None) = (texts.next(), texts.next()) {
                return needs_of(only);
            }
            let best = literals_of(hir)?;
            // A single byte is everywhere, and what is part of the best says nothing more.
            let other = parts
                .iter()
                .filter_map(literals_of)
                .filter(|set| worth(set).0 > 1 && !lies_in(set, &best))
                .max_by_key(|set| worth(set));
            Some(vec![std::iter::once(best).chain(other).collect()])
        }
        _ => literals_of(hir).map(|set| vec![vec![set]]),
    }
}

/// Of the sets of literals that a match cannot do without, the one whose shortest is longest: at its ends, in one of the parts
/// that it is made of, or one set for each of the ways that it may go.
fn literals_of(hir: &Hir) -> Option<Set> {
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

fn lies_in(set: &Set, other: &Set) -> bool {
    let contains = |whole: &[u8], part: &[u8]| whole.windows(part.len()).any(|some| some == part);
    set.iter()
        .any(|part| other.iter().any(|whole| contains(whole, part)))
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
        for (pattern, expected) in [
            ("ab(c|d)", vec![vec![vec!["abc", "abd"]]]),
            (r"\pL+xyz", vec![vec![vec!["xyz"]]]),
            (r"[\s(]@\pL+", vec![vec![vec!["@"]]]),
            (
                r"\W*(?:http|\pL+\.www)\S+\W*",
                vec![vec![vec!["http", ".www"]]],
            ),
            // Each way of a pattern by itself, and of one way two parts.
            (
                r"\b(?:mua|thu)\b",
                vec![vec![vec!["mua"]], vec![vec!["thu"]]],
            ),
            (
                r"(?:mua|thu) \pL+ (?:vàng|bạc)",
                vec![vec![vec![" vàng", " bạc"], vec!["mua", "thu"]]],
            ),
        ] {
            let found = needs(pattern).unwrap();
            let found: Vec<Vec<Vec<&str>>> = found
                .iter()
                .map(|sets| sets.iter().map(|set| texts(set)).collect())
                .collect();
            assert_eq!(found, expected, "{pattern}");
        }
        assert_eq!(needs(r"\pL+"), None);
        assert_eq!(needs("(ab)?"), None);
        assert_eq!(needs(r"ab|\pL+"), None);
    }

    fn texts(set: &Set) -> Vec<&str> {
        let texts = set.iter().map(|one| std::str::from_utf8(one).unwrap());
        texts.collect()
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

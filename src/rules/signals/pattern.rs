//! Regular expressions. Most rest on things without which they cannot match; one pass over a text finds those of all of them, and
//! only the patterns whose things are there are run.

use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::{Builder, DFA};
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind, LookSet, Repetition};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use super::needed::{Kinds, ways};

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
    /// engine runs it many times faster over text that is not ASCII. Made when a text first has the pattern's literals:
    /// all of them together would take as long as the patterns themselves at each start.
    rough: Vec<OnceLock<Option<Regex>>>,
    /// The literals of all patterns.
    literals: Option<DFA>,
    /// The set that each literal is of.
    set_of: Vec<usize>,
    sets: Vec<Needed>,
    ways: Vec<Way>,
    /// The ways that rest on no literal.
    bare: Vec<usize>,
}

/// A set of literals that a way of a pattern needs.
#[derive(Debug)]
struct Needed {
    way: usize,
    times: u8,
}

/// One of the ways that a pattern may match.
#[derive(Debug)]
struct Way {
    /// The pattern's place.
    pattern: usize,
    /// How many sets of literals it needs.
    sets: u8,
    kinds: Kinds,
}

impl Patterns {
    /// Puts compiled patterns together.
    #[must_use]
    pub fn new(regexes: Vec<(usize, Regex)>) -> Self {
        let mut patterns = Self {
            rough: regexes.iter().map(|_| OnceLock::new()).collect(),
            ..Self::default()
        };
        let mut literals: Vec<Vec<u8>> = Vec::new();
        for (pattern, (_, regex)) in regexes.iter().enumerate() {
            for way in ways(regex.as_str()) {
                let number = patterns.ways.len();
                patterns.ways.push(Way {
                    pattern,
                    sets: u8::try_from(way.needs.len()).unwrap_or(u8::MAX),
                    kinds: way.kinds,
                });
                if way.needs.is_empty() {
                    patterns.bare.push(number);
                }
                for need in way.needs {
                    let set = patterns.sets.len();
                    patterns.sets.push(Needed {
                        way: number,
                        times: need.times,
                    });
                    patterns.set_of.extend(need.literals.iter().map(|_| set));
                    literals.extend(need.literals);
                }
            }
        }
        if !literals.is_empty() {
            patterns.literals = Builder::new().build(&literals).ok();
            if patterns.literals.is_none() {
                patterns.bare = (0..patterns.ways.len()).collect();
            }
        }
        patterns.regexes = regexes;
        patterns
    }

    /// The places of the patterns that may match: all that one of their ways needs is in the text. Walks the automaton by hand: who asks for
    /// the next of all overlapping matches pays for each byte what this pays for a match.
    fn possible(&self, text: &str) -> BTreeSet<usize> {
        let there = OnceCell::new();
        let mut possible = BTreeSet::new();
        let mut may = |way: &Way| {
            let in_text = || there.get_or_init(|| Kinds::in_text(text));
            if way.kinds == Kinds::default() || in_text().hold(way.kinds) {
                possible.insert(way.pattern);
            }
        };
        self.bare.iter().for_each(|way| may(&self.ways[*way]));
        let Some(literals) = &self.literals else {
            return possible;
        };
        let Ok(mut state) = literals.start_state(Anchored::No) else {
            return possible;
        };
        let mut seen = vec![0_u8; self.sets.len()];
        let mut met = vec![0_u8; self.ways.len()];
        for &byte in text.as_bytes() {
            state = literals.next_state(Anchored::No, state, byte);
            if !(literals.is_special(state) && literals.is_match(state)) {
                continue;
            }
            for index in 0..literals.match_len(state) {
                let set = self.set_of[literals.match_pattern(state, index).as_usize()];
                let Needed { way, times } = self.sets[set];
                seen[set] = seen[set].saturating_add(1);
                if seen[set] == times {
                    met[way] += 1;
                    if met[way] == self.ways[way].sets {
                        may(&self.ways[way]);
                    }
                }
            }
        }
        possible
    }

    /// Each pattern's key, and the pattern.
    pub fn written(&self) -> impl Iterator<Item = (usize, &str)> {
        self.regexes
            .iter()
            .map(|(key, regex)| (*key, regex.as_str()))
    }

    /// Tells every match of every pattern: its key and its bytes. Matches of nothing are left out.
    pub fn find(&self, text: &str, mut tell: impl FnMut(usize, Range<usize>)) {
        for place in self.possible(text) {
            let (key, regex) = &self.regexes[place];
            let may = self.rough[place]
                .get_or_init(|| rough(regex.as_str()))
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

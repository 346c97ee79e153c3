//! What a regular expression cannot match without: literals, so often as they must be there, and kinds of characters. A pattern that may
//! match in several ways needs in each something else.

use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};
use std::cmp::Reverse;

use crate::text::is_plain;

/// Of a part of a pattern that may go more ways than these, the ways are not told apart: each has literals of its own to look for.
const MOST_WAYS: usize = 64;
/// As many sets of literals are looked for of one way. More of them tell little more.
const MOST_SETS: usize = 3;

/// Of longer literals so many bytes are looked for: the rest tells little more, and the automaton of all would be three times as large.
const LONGEST: usize = 8;
/// Nothing is counted further than that.
const MOST_TIMES: u8 = 100;

/// Literals one of which must be there.
type Set = Vec<Vec<u8>>;

/// Literals one of which must be there so many times, or several of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Need {
    pub(super) literals: Set,
    pub(super) times: u8,
}

/// All that one of the ways needs that a pattern may match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) needs: Vec<Need>,
    pub(super) kinds: Kinds,
}

/// Kinds of characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    /// A digit of ASCII, or what is strange: digits of other scripts are.
    const NUMBER: u8 = 1;
    /// What no [plain](is_plain) text has.
    const STRANGE: u8 = 2;
    const ALL: Self = Self(Self::NUMBER | Self::STRANGE);

    /// Those of a text.
    pub(super) fn in_text(text: &str) -> Self {
        if !is_plain(text) {
            Self::ALL
        } else if text.bytes().any(|byte| byte.is_ascii_digit()) {
            Self(Self::NUMBER)
        } else {
            Self(0)
        }
    }

    /// Whether all of the others are among these.
    pub(super) const fn hold(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Those of any of the characters from one to another.
    fn between(first: char, last: char) -> Self {
        const PLAIN: [(char, char); 5] = [
            ('\n', '\n'),
            (' ', '/'),
            (':', '~'),
            ('\u{c0}', '\u{24f}'),
            ('\u{1e00}', '\u{1eff}'),
        ];
        let meets = |(from, to): (char, char)| first <= to && from <= last;
        if PLAIN.into_iter().any(meets) {
            Self(0)
        } else if meets(('0', '9')) {
            Self(Self::NUMBER)
        } else {
            Self::ALL
        }
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn or(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those that every match has.
    fn of(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => Self(0),
            HirKind::Literal(literal) => std::str::from_utf8(&literal.0)
                .unwrap_or_default()
                .chars()
                .fold(Self(0), |all, c| all.and(Self::between(c, c))),
            HirKind::Class(Class::Unicode(class)) => class
                .iter()
                .map(|range| Self::between(range.start(), range.end()))
                .reduce(Self::or)
                .unwrap_or_default(),
            HirKind::Repetition(repeated) if repeated.min == 0 => Self(0),
            HirKind::Repetition(repeated) => Self::of(&repeated.sub),
            HirKind::Capture(captured) => Self::of(&captured.sub),
            HirKind::Concat(parts) => parts.iter().map(Self::of).fold(Self(0), Self::and),
            HirKind::Alternation(ways) => {
                let kinds = ways.iter().map(Self::of);
                kinds.reduce(Self::or).unwrap_or_default()
            }
        }
    }
}

/// The ways that a pattern may match. One that needs nothing may match anywhere.
pub(super) fn ways(pattern: &str) -> Vec<Way> {
    match regex_syntax::parse(pattern) {
        Ok(hir) => ways_of(&hir),
        Err(_) => vec![Way::default()],
    }
}

fn ways_of(hir: &Hir) -> Vec<Way> {
    match hir.kind() {
        HirKind::Capture(captured) => ways_of(&captured.sub),
        HirKind::Alternation(ways) => ways.iter().flat_map(ways_of).collect(),
        HirKind::Concat(parts) => ways_through(hir, parts),
        _ => vec![Way::of(needs_of(hir).into_iter().collect(), hir)],
    }
}

/// The ways through parts that follow each other: those of one part where they tell more than what all have in common.
fn ways_through(whole: &Hir, parts: &[Hir]) -> Vec<Way> {
    let is_text = |part: &&Hir| !matches!(part.kind(), HirKind::Look(_) | HirKind::Empty);
    let texts: Vec<&Hir> = parts.iter().filter(is_text).collect();
    if let [only] = texts[..] {
        return ways_of(only);
    }
    let all = texts.iter().filter_map(|part| needs_of(part));
    let common = best_of(needs_of(whole).into_iter().chain(all).collect());
    let apart = texts
        .iter()
        .map(|part| ways_of(part))
        .filter(|ways| (2..=MOST_WAYS).contains(&ways.len()))
        .max_by_key(|ways| least(ways));
    match apart {
        Some(ways) if least(&ways) > worth_of(&common) => ways
            .into_iter()
            .map(|way| {
                let kinds = way.kinds.and(Kinds::of(whole));
                let needs = best_of(way.needs.into_iter().chain(common.clone()).collect());
                Way { needs, kinds }
            })
            .collect(),
        _ => vec![Way::of(common, whole)],
    }
}

impl Way {
    fn of(needs: Vec<Need>, hir: &Hir) -> Self {
        Self {
            needs,
            kinds: Kinds::of(hir),
        }
    }
}

/// The few needs that tell most.
fn best_of(mut needs: Vec<Need>) -> Vec<Need> {
    needs.sort_by_key(|need| Reverse(worth(need)));
    let mut best: Vec<Need> = Vec::with_capacity(MOST_SETS);
    for need in needs {
        // What is part of a better one says nothing more, and a single byte is everywhere.
        let is_more = match best.first() {
            None => true,
            Some(_) => worth(&need).0 > 1 && !best.iter().any(|known| lies_in(&need, known)),
        };
        if is_more && best.len() < MOST_SETS {
            best.push(need);
        }
    }
    best
}

fn lies_in(need: &Need, other: &Need) -> bool {
    let contains = |whole: &[u8], part: &[u8]| whole.windows(part.len()).any(|some| some == part);
    need.times <= other.times
        && need
            .literals
            .iter()
            .any(|part| other.literals.iter().any(|whole| contains(whole, part)))
}

/// How much must be there at least, in bytes; of equals, fewer literals are found less often.
fn worth(need: &Need) -> (usize, Reverse<usize>) {
    let shortest = need.literals.iter().map(Vec::len).min().unwrap_or(0);
    (
        shortest * usize::from(need.times),
        Reverse(need.literals.len()),
    )
}

fn worth_of(needs: &[Need]) -> usize {
    needs.iter().map(|need| worth(need).0).sum()
}

fn least(ways: &[Way]) -> usize {
    let worths = ways.iter().map(|way| worth_of(&way.needs));
    worths.min().unwrap_or(0)
}

/// The literals that a match cannot do without: at its ends, in one of the parts that it is made of, or one for each of the ways that it may
/// go; of these those that tell most.
fn needs_of(hir: &Hir) -> Option<Need> {
    let once = |literals| Need { literals, times: 1 };
    let inner = match hir.kind() {
        HirKind::Concat(parts) => parts.iter().filter_map(needs_of).max_by_key(worth),
        HirKind::Capture(captured) => needs_of(&captured.sub),
        HirKind::Repetition(repeated) => repeated_need(repeated),
        HirKind::Alternation(ways) => {
            let ways: Option<Vec<Need>> = ways.iter().map(needs_of).collect();
            ways.map(|ways| once(ways.into_iter().flat_map(|need| need.literals).collect()))
        }
        _ => None,
    };
    [ExtractKind::Prefix, ExtractKind::Suffix]
        .into_iter()
        .filter_map(|kind| {
            let found = Extractor::new()
                .kind(kind)
                .limit_literal_len(LONGEST)
                .extract(hir);
            let literals = found.literals()?.iter();
            Some(once(literals.map(|one| one.as_bytes().to_vec()).collect()))
        })
        .chain(inner)
        .filter(|need| worth(need).0 > 0)
        .max_by_key(worth)
}

/// What comes again and again must be there as often.
fn repeated_need(repeated: &Repetition) -> Option<Need> {
    let need = needs_of(&repeated.sub).filter(|_| repeated.min > 0)?;
    let times = u32::from(need.times).saturating_mul(repeated.min);
    Some(Need {
        times: u8::try_from(times).map_or(MOST_TIMES, |times| times.min(MOST_TIMES)),
        ..need
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sets of each way, with how often each must be there.
    fn sets(pattern: &str) -> Vec<Vec<(Vec<String>, u8)>> {
        let text = |literal: &Vec<u8>| String::from_utf8_lossy(literal).into_owned();
        let set = |need: &Need| (need.literals.iter().map(text).collect(), need.times);
        let ways = ways(pattern);
        ways.iter()
            .map(|way| way.needs.iter().map(set).collect())
            .collect()
    }

    fn once(literals: &[&str]) -> (Vec<String>, u8) {
        (literals.iter().map(ToString::to_string).collect(), 1)
    }

    #[test]
    fn literals_are_those_that_a_match_cannot_do_without() {
        for (pattern, expected) in [
            ("ab(c|d)", vec![vec![once(&["abc", "abd"])]]),
            (r"\pL+xyz", vec![vec![once(&["xyz"])]]),
            (r"[\s(]@\pL+", vec![vec![once(&["@"])]]),
            // Each way of a pattern by itself, and of one way several parts.
            (
                r"\b(?:mua|thu)\b",
                vec![vec![once(&["mua"])], vec![once(&["thu"])]],
            ),
            (
                r"(?:mua|thu) \pL+ (?:vàng|bạc)",
                vec![vec![once(&[" vàng", " bạc"]), once(&["mua", "thu"])]],
            ),
            (
                r"\W*(?:http|\pL+\.www)\S+\W*",
                vec![vec![once(&["http", ".www"])]],
            ),
            // What comes again must be there again.
            (
                r"(?:(?:một|hai) ?){7,8}x",
                vec![vec![(vec!["một".to_owned(), "hai".to_owned()], 7)]],
            ),
        ] {
            assert_eq!(sets(pattern), expected, "{pattern}");
        }
        for pattern in [r"\pL+", "(ab)?", "x*"] {
            assert_eq!(sets(pattern), [vec![]], "{pattern}");
        }
        assert_eq!(sets(r"ab|\pL+"), [vec![once(&["ab"])], vec![]]);
    }

    #[test]
    fn kinds_are_those_that_every_match_has() {
        let kinds = |pattern: &str| {
            let ways = ways(pattern);
            let kinds = ways.iter().map(|way| way.kinds);
            kinds.reduce(Kinds::or).unwrap_or_default().0
        };
        let (number, all) = (Kinds::NUMBER, Kinds::ALL.0);
        for (pattern, expected) in [
            (r"\pL+ ?\d{2}", number),
            (r"a\d|b[0-9]|7", number),
            (r"a\d|b\d?", 0),
            (r"[\p{Mn}\p{Me}]{5,}", all),
            (r"\p{Cyrillic}", all),
            (r"[ẩ\p{Cyrillic}]", 0),
            ("👍", all),
        ] {
            assert_eq!(kinds(pattern), expected, "{pattern}");
        }
        for (text, expected) in [
            ("Đẹp quá, ừ!\n", 0),
            ("lúc 5 giờ", number),
            ("٥", all),
            ("vui 👍", all),
            ("e\u{301}", all),
            ("a\tb", all),
        ] {
            assert_eq!(Kinds::in_text(text).0, expected, "{text}");
        }
    }

    /// Every character of a kind that a class is said to need is seen in a text of it.
    #[test]
    fn no_character_is_of_fewer_kinds_in_a_text_than_in_a_pattern() {
        for c in '\0'..=char::MAX {
            let text = Kinds::in_text(c.encode_utf8(&mut [0; 4]));
            assert!(text.hold(Kinds::between(c, c)), "{c:?}");
        }
    }
}

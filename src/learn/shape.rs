//! What a text looks like, whatever it says: as features that it has or has not.

use super::hash::{Bank, Name};
use super::letters::Letters;
use crate::domain::{Evidence, View};
use crate::text::{Reading, is_invisible, is_letter, small};

/// With fewer letters, marks may be missing by chance.
const FEWEST: usize = 8;
/// Words of as many letters and more are equally strange.
const LONG: u32 = 15;

/// Whether a text is written without marks: it has letters enough, and none of them but ASCII's.
#[must_use]
pub fn is_toneless(text: &str) -> bool {
    let mut letters = 0;
    for c in text.chars().filter(|c| is_letter(*c)) {
        if !c.is_ascii() {
            return false;
        }
        letters += 1;
    }
    letters >= FEWEST
}

/// The features of shape.
pub(super) fn shape(
    body: &Reading<'_>,
    letters: &Letters,
    evidence: &[Evidence],
    mut put: impl FnMut(u32),
) {
    let raw = body.raw();
    let mut has = |kind: char, amount: u32| {
        let name = Name::of(Bank::Shape).with(u32::from(kind)).with(amount);
        put(name.number());
    };
    let counted = Counted::of(raw);
    has('n', half_doublings(letters.toned.len()));
    has('w', half_doublings(letters.words.len() + 1));
    if let Some(words) = Words::of(letters) {
        has('r', words.different);
        has('v', words.length);
    }
    if is_toneless(raw) {
        has('t', 1);
    }
    if evidence.iter().any(|seen| seen.view == View::Hidden) || counted.is_hidden {
        has('o', 1);
    }
    for (kind, amount) in [
        ('u', counted.links),
        ('d', counted.digits / 3),
        ('!', counted.loud),
        ('?', counted.asking),
        ('e', counted.emoji),
        ('l', counted.lines),
    ] {
        for step in 1..=amount.min(4) {
            has(kind, step);
        }
    }
    if counted.letters >= FEWEST {
        has('c', tenths(counted.capitals, counted.letters));
    }
    if counted.letters > 0 {
        has('a', tenths(counted.plain, counted.letters));
    }
}

/// How often one must be doubled to come to a number, counted in halves.
const fn half_doublings(number: usize) -> u32 {
    (number * number).ilog2()
}

fn tenths(part: usize, whole: usize) -> u32 {
    u32::try_from(part * 10 / whole).unwrap_or(10)
}

/// What the words of a text are like: hammered keys are one long word, and who says nothing says the same again.
struct Words {
    /// How many of them are different, in tenths.
    different: u32,
    /// The letters of one, in the mean.
    length: u32,
}

impl Words {
    fn of(letters: &Letters) -> Option<Self> {
        let count = letters.words.len();
        if count == 0 {
            return None;
        }
        let all: usize = letters.words.iter().map(|(a, b)| b - a).sum();
        let word = |&(a, b): &(usize, usize)| letters.folded[a..b].iter().copied();
        let names = letters
            .words
            .iter()
            .map(|of| Name::of(Bank::FoldedWords).with_all(word(of)));
        let mut different: Vec<Name> = names.collect();
        different.sort_unstable();
        different.dedup();
        Some(Self {
            different: tenths(different.len(), count),
            length: u32::try_from(all / count).map_or(LONG, |length| length.min(LONG)),
        })
    }
}

#[derive(Default)]
struct Counted {
    links: u32,
    digits: u32,
    loud: u32,
    asking: u32,
    emoji: u32,
    lines: u32,
    letters: usize,
    capitals: usize,
    /// Letters of ASCII.
    plain: usize,
    /// Whether it has characters that nobody sees.
    is_hidden: bool,
}

impl Counted {
    fn of(raw: &str) -> Self {
        let mut counted = Self::default();
        for (at, c) in raw.char_indices() {
            match c {
                'a'..='z' => {
                    counted.plain += 1;
                    counted.links += u32::from(c == 'w' && raw[at..].starts_with("www."));
                }
                ' ' => {}
                'A'..='Z' => {
                    counted.plain += 1;
                    counted.capitals += 1;
                }
                '0'..='9' => counted.digits += 1,
                '!' => counted.loud += 1,
                '?' => counted.asking += 1,
                '\n' => counted.lines += 1,
                ':' => counted.links += u32::from(raw[at..].starts_with("://")),
                '\u{2600}'..='\u{27BF}' | '\u{1F1E6}'..='\u{1FAFF}' => counted.emoji += 1,
                c => match small(c) {
                    Some(lower) => {
                        counted.letters += 1;
                        counted.capitals += usize::from(lower != c);
                    }
                    None => counted.is_hidden |= is_invisible(c),
                },
            }
        }
        counted.letters += counted.plain;
        counted
    }
}

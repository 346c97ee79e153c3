//! What a text looks like, whatever it says: as features that it has or has not.

use super::hash::{Bank, Name};
use super::letters::Letters;
use crate::domain::{Evidence, View};
use crate::text::{Reading, is_invisible, is_letter, small};

/// With fewer letters, marks may be missing by chance.
const FEWEST: usize = 8;

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
    has('n', letters.toned.len().ilog2());
    has('w', (letters.words.len() + 1).ilog2());
    if is_toneless(raw) {
        has('t', 1);
    }
    if evidence.iter().any(|seen| seen.view == View::Hidden) || raw.chars().any(is_invisible) {
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
    // Capitals in tenths of the letters.
    if counted.letters >= FEWEST {
        let tenths = counted.capitals * 10 / counted.letters;
        has('c', u32::try_from(tenths).unwrap_or(10));
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
}

impl Counted {
    fn of(raw: &str) -> Self {
        let mut counted = Self::default();
        for c in raw.chars() {
            match c {
                '0'..='9' => counted.digits += 1,
                '!' => counted.loud += 1,
                '?' => counted.asking += 1,
                '\n' => counted.lines += 1,
                '\u{2600}'..='\u{27BF}' | '\u{1F1E6}'..='\u{1FAFF}' => counted.emoji += 1,
                c if c.is_ascii() => {
                    counted.letters += usize::from(c.is_ascii_alphabetic());
                    counted.capitals += usize::from(c.is_ascii_uppercase());
                }
                c => {
                    if let Some(lower) = small(c) {
                        counted.letters += 1;
                        counted.capitals += usize::from(lower != c);
                    }
                }
            }
        }
        let links = raw.matches("://").count() + raw.matches("www.").count();
        counted.links = u32::try_from(links).unwrap_or(u32::MAX);
        counted
    }
}

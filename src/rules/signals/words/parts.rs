//! Words that are written in parts with hyphens: *Ber-lin*, *Xta-lin*, *Cu-dơ-nhét-xốp*. Vietnamese papers spell foreign
//! names so, with one capital at the head, and no part of such a name is a word.

use super::readings::Step;
use crate::text::{Reading, Syllable};

/// Whether a path of syllables without marks is only a part of such a name.
pub(super) fn is_part(reading: &Reading<'_>, path: &[&Step]) -> bool {
    let list = reading.syllables().list();
    let (Some(from), Some(to)) = (
        path.first().map(|step| step.from),
        path.last().map(|step| step.to),
    ) else {
        return false;
    };
    let joined = |at: usize| at + 1 < list.len() && is_hyphen(reading, &list[at], &list[at + 1]);
    let before = from > 0 && joined(from - 1);
    let after = to > 0 && joined(to - 1);
    if !(before || after) || !list[from..to].iter().all(|one| one.is_plain()) {
        return false;
    }
    let mut head = from;
    while head > 0 && joined(head - 1) {
        head -= 1;
    }
    let mut end = to;
    while joined(end - 1) {
        end += 1;
    }
    let is_capital = |one: &Syllable| reading.excerpt(one.span).starts_with(char::is_uppercase);
    let has_capitals = |one: &Syllable| reading.excerpt(one.span).contains(char::is_uppercase);
    is_capital(&list[head]) && !list[head + 1..end].iter().any(has_capitals)
}

fn is_hyphen(reading: &Reading<'_>, one: &Syllable, next: &Syllable) -> bool {
    let between = &reading.canonical().text()[one.end as usize..next.start as usize];
    matches!(between, "-" | "\u{2010}" | "\u{2011}")
}

//! Signs and digits that stand for letters (`đ!t`, `c4c`, `$`), and signs that hide one (`đ*t`).
//!
//! The pairs are those of the leetspeak tables in common use, kept to signs that look like the letter.

/// The letters that a sign or digit is drawn like; empty for any other character.
#[must_use]
pub const fn stands_for(c: char) -> &'static [char] {
    match c {
        '0' | '°' => &['o'],
        '1' | '!' | '|' | '¡' => &['i', 'l'],
        '2' => &['z'],
        '3' | '€' => &['e'],
        '4' | '@' | '^' => &['a'],
        '5' | '$' | '§' => &['s'],
        '6' => &['g', 'b'],
        '7' | '+' | '†' => &['t'],
        '8' => &['b'],
        '9' => &['g', 'q'],
        '¢' => &['c'],
        '£' => &['l'],
        '¥' => &['y'],
        _ => &[],
    }
}

/// Whether `c` is written in place of letters that the writer leaves out.
#[must_use]
pub const fn hides_letters(c: char) -> bool {
    matches!(c, '*' | '#' | '_' | '%' | '×' | '•' | '●')
}

/// Whether a canonical text may hold such signs at all: anything but letters, digits, white space and the usual
/// punctuation. Most comments have none, and this is all they cost.
#[must_use]
pub fn may_have_stand_ins(canonical: &str) -> bool {
    canonical.bytes().any(|b| {
        matches!(
            b,
            b'!' | b'@' | b'$' | b'*' | b'#' | b'_' | b'%' | b'|' | b'+' | b'^' | b'0'..=b'9'
        ) || b == 0xC2
            || b == 0xC3
            || b == 0xE2
    })
}

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
    let bytes = canonical.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        LEADS[usize::from(*byte)]
            && match byte {
                // `¡¢£¥§°`, `×`, `†•`, `€`, `●`: the lead bytes alone are those of letters and quotation marks.
                0xC2 => matches!(bytes.get(at + 1), Some(0xA1..=0xA3 | 0xA5 | 0xA7 | 0xB0)),
                0xC3 => bytes.get(at + 1) == Some(&0x97),
                0xE2 => matches!(
                    bytes.get(at + 1..at + 3),
                    Some([0x80, 0xA0 | 0xA2] | [0x82, 0xAC] | [0x97, 0x8F])
                ),
                _ => true,
            }
    })
}

/// The bytes that such a sign is or begins with.
static LEADS: [bool; 256] = {
    let mut leads = [false; 256];
    let signs = b"!@$*#_%|+^0123456789\xC2\xC3\xE2";
    let mut at = 0;
    while at < signs.len() {
        leads[signs[at] as usize] = true;
        at += 1;
    }
    leads
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_is_overlooked_and_letters_are_none() {
        for c in ('\0'..='\u{ffff}').filter(|c| !stands_for(*c).is_empty() || hides_letters(*c)) {
            assert!(may_have_stand_ins(&format!("a{c}b")), "{c}");
        }
        assert!(!may_have_stand_ins("Tôi đọc “bài” này – rất hay…"));
    }
}

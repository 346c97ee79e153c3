//! Zero-width joiners and non-joiners: invisible nearly everywhere, part of the spelling in a few scripts.

use icu_properties::CodePointMapData;
use icu_properties::props::JoiningType;
use unicode_normalization::char::canonical_combining_class;

/// U+200C.
const NON_JOINER: char = '\u{200c}';
/// U+200D.
const JOINER: char = '\u{200d}';
/// The combining class of the sign that takes a consonant's vowel away (UAX #44, table 15).
const VIRAMA: u8 = 9;

/// Whether every joiner and non-joiner in `text` stands where the spelling needs it (RFC 5892, appendix A.1 and A.2; the
/// same as CONTEXTJ of UTS #46 and the letters' half of UAX #31, A1 to B): after a virama, or, the non-joiner alone,
/// between two letters that would join without it.
pub(super) fn joiners_belong(text: &str) -> bool {
    if !text.contains([NON_JOINER, JOINER]) {
        return true;
    }
    let chars: Vec<char> = text.chars().collect();
    chars.iter().enumerate().all(|(at, c)| match *c {
        JOINER => follows_virama(&chars[..at]),
        NON_JOINER => follows_virama(&chars[..at]) || parts_letters(&chars[..at], &chars[at + 1..]),
        _ => true,
    })
}

fn follows_virama(before: &[char]) -> bool {
    before
        .last()
        .is_some_and(|c| canonical_combining_class(*c) == VIRAMA)
}

/// `(Joining_Type:{L,D})(Joining_Type:T)* ZWNJ (Joining_Type:T)*(Joining_Type:{R,D})`
fn parts_letters(before: &[char], after: &[char]) -> bool {
    let types = CodePointMapData::<JoiningType>::new();
    let joining = |c: &char| types.get(*c);
    let letter = |joining: &JoiningType| *joining != JoiningType::Transparent;
    let left = before.iter().rev().map(joining).find(letter);
    let right = after.iter().map(joining).find(letter);
    matches!(
        left,
        Some(JoiningType::LeftJoining | JoiningType::DualJoining)
    ) && matches!(
        right,
        Some(JoiningType::RightJoining | JoiningType::DualJoining)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joiners_belong_where_a_script_needs_them() {
        for text in [
            "Lan",
            "می\u{200c}خواهم",          // Persian: yeh would join to kheh
            "ශ\u{dca}\u{200d}රී",        // Sinhala: Sri, with the joined form of ra
            "ක\u{dca}\u{200d}ෂ",        // Sinhala: ksha
            "ന\u{d4d}\u{200d}",         // Malayalam: chillu n as it was once spelt
            "क\u{94d}\u{200c}ष",        // Devanagari: ka and ssa side by side
            "ب\u{651}\u{200c}\u{650}ب", // marks between are looked through
        ] {
            assert!(joiners_belong(text), "{text:?}");
        }
        for text in [
            "La\u{200d}n",
            "La\u{200c}n",
            "\u{200d}Lan",
            "Lan\u{200c}",
            "李\u{200d}小龙",
            "👩\u{200d}🌾",
            "د\u{200c}ر",                // dal does not join to what follows
            "ی\u{200d}ی",                // a joiner has no place between letters
            "ක\u{dca}\u{200d}\u{200d}ෂ", // one is enough
        ] {
            assert!(!joiners_belong(text), "{text:?}");
        }
    }
}

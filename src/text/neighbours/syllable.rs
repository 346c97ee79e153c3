//! What letters can be a Vietnamese syllable, and where its tone may stand.

use crate::text::base;

const ONSETS: &[&str] = &[
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu", "b", "c", "d", "g", "h",
    "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];
/// Rhymes that end in a vowel, without marks.
const OPEN: &[&str] = &[
    "a", "e", "i", "o", "u", "y", "ai", "ao", "au", "ay", "eo", "eu", "ia", "ie", "ieu", "iu",
    "oa", "oai", "oao", "oay", "oe", "oeo", "oi", "ua", "uay", "ue", "ui", "uo", "uoi", "uou",
    "uu", "uy", "uya", "uyu", "ya", "ye", "yeu",
];
/// Vowels that a consonant may close, without marks.
const NUCLEI: &[&str] = &[
    "a", "e", "i", "o", "u", "y", "ie", "oa", "oe", "oo", "ua", "uo", "ue", "uy", "uye", "ye",
];
const CODAS: &[&str] = &["ch", "ng", "nh", "c", "m", "n", "p", "t"];

/// Whether a Vietnamese syllable can be written with these lower-case letters without marks. English words can be
/// written with them too (*cut*, *me*).
#[must_use]
pub fn is_syllable(folded: &str) -> bool {
    ONSETS
        .iter()
        .filter_map(|onset| folded.strip_prefix(onset))
        .any(is_rhyme)
}

fn is_rhyme(rhyme: &str) -> bool {
    OPEN.contains(&rhyme)
        || CODAS
            .iter()
            .filter_map(|coda| rhyme.strip_suffix(coda))
            .any(|nucleus| NUCLEI.contains(&nucleus))
}

/// `hoà`, `khoẻ`, `thuỷ` with the tone where the older spelling has it (`hòa`, `khỏe`, `thủy`), if they are such.
pub(super) fn older_placement(syllable: &str) -> Option<String> {
    let mut chars = syllable.chars();
    let (last, first) = (chars.next_back()?, chars.next_back()?);
    let (vowels, rows) = match (first, base(last)) {
        ('o', 'a') => ("oa", ["òóỏõọ", "àáảãạ"]),
        ('o', 'e') => ("oe", ["òóỏõọ", "èéẻẽẹ"]),
        ('u', 'y') if !chars.as_str().ends_with('q') => ("uy", ["ùúủũụ", "ỳýỷỹỵ"]),
        _ => return None,
    };
    let tone = rows[1].chars().position(|c| c == last)?;
    let mut older = chars.as_str().to_owned();
    older.extend(rows[0].chars().nth(tone));
    older.extend(vowels.chars().nth(1));
    Some(older)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_letters() {
        for yes in [
            "nghieng", "duong", "a", "oanh", "quyet", "gi", "gin", "yeu", "khuya", "cut", "me",
            "thuo",
        ] {
            assert!(is_syllable(yes), "{yes}");
        }
        for no in [
            "", "and", "shop", "ng", "vcl", "zalo", "khongg", "street", "wa",
        ] {
            assert!(!is_syllable(no), "{no}");
        }
    }

    #[test]
    fn a_tone_moves_to_its_older_place() {
        for (newer, older) in [
            ("hoà", "hòa"),
            ("khoẻ", "khỏe"),
            ("thuỷ", "thủy"),
            ("uỵ", "ụy"),
        ] {
            assert_eq!(older_placement(newer).as_deref(), Some(older));
        }
        for same in ["quý", "hoàn", "hòa", "hoa", "a", ""] {
            assert_eq!(older_placement(same), None, "{same}");
        }
    }
}

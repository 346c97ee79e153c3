//! Where the tone of a syllable may stand.

use crate::text::base;

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

//! The form in which names are found and banned.

use std::sync::LazyLock;

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

use crate::text::{LatinTable, is_apostrophe};

/// Those of the names that are the typed one, whatever its capitals and marks.
#[must_use]
pub fn fitting(names: &[String], typed: &str) -> Vec<String> {
    let sought = folded(typed);
    let fits = |name: &&String| folded(name) == sought;
    names.iter().filter(fits).cloned().collect()
}

/// A name as it is looked up: compatibility forms undressed (NFKD, UAX #15), lower case, the marks on letters off, *đ* as
/// *d*; words divided by one space, whatever stood between them; apostrophes within a word gone. So *H’Hen Niê* is found
/// by *h'hen nie*, and *Hoà* and *Hòa* are one. Marks that are letters of their script (Thai vowels) stay.
#[must_use]
pub fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut between = false;
    let mut put = |c: char| {
        if is_loose_mark(c) || is_apostrophe(c) {
            return;
        }
        if !is_of_word(c) {
            between = true;
            return;
        }
        if std::mem::take(&mut between) && !out.is_empty() {
            out.push(' ');
        }
        out.push(if c == 'đ' { 'd' } else { c });
    };
    for c in name.chars() {
        match LATIN.get(c) {
            Some(letters) => letters.iter().copied().for_each(&mut put),
            None => undressed(c).for_each(&mut put),
        }
    }
    // Hangul and marks of other scripts were taken apart with the rest.
    if out.is_ascii() {
        out
    } else {
        out.nfc().collect()
    }
}

static LATIN: LazyLock<LatinTable<Box<[char]>>> =
    LazyLock::new(|| LatinTable::new(|c| undressed(c).collect()));

/// A character's own letters and marks, in lower case.
fn undressed(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
}

/// Marks that sit on letters of any script: the combining blocks.
const fn is_loose_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric()
        || !c.is_ascii()
            && matches!(
                get_general_category(c),
                GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark
            )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_person_has_one_key() {
        for (key, names) in [
            (
                "hoa",
                &["Hoà", "Hòa", "hoa", "HÒA", "Ho\u{300}a", " Hoa! "][..],
            ),
            (
                "dang van lam",
                &["Đặng Văn Lâm", "ĐẶNG  VĂN-LÂM", "dang.van.lam"],
            ),
            ("hhen nie", &["H'Hen Niê", "H’Hen Niê", "HʼHEN NIÊ"]),
            ("jean luc", &["Jean-Luc", "Jean–Luc", "Ｊｅａｎ Ｌｕｃ"]),
            ("y", &["Ý", "Y\u{301}", "ỳ"]),
            ("김철수", &["김철수", "\u{1100}\u{1175}\u{11b7}철수"]),
            ("สมชาย ใจดี", &["สมชาย ใจดี"]),
        ] {
            for name in names {
                assert_eq!(folded(name), key, "{name}");
            }
        }
        assert_ne!(folded("สมชาย"), folded("สมชย"));
        assert_eq!(folded("?!"), "");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(name in any::<String>()) {
            let once = folded(&name);
            prop_assert_eq!(folded(&once), once);
        }

        #[test]
        fn both_normal_forms_have_one_key(name in any::<String>()) {
            let (composed, apart): (String, String) = (name.nfc().collect(), name.nfd().collect());
            prop_assert_eq!(folded(&composed), folded(&apart));
        }
    }
}

use std::collections::BTreeMap;

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

use super::*;
use crate::text::canonical;

#[test]
fn a_stranger_in_a_latin_word_is_read_as_latin_and_a_russian_word_is_not() {
    assert_eq!(
        lookalikes("fасt это"),
        [None, Some('a'), Some('c'), None, None, None, None, None]
    );
    assert!(lookalikes("xin chào рот").ends_with(&[Some('p'), Some('o'), Some('t')]));
    assert!(lookalikes("это рот, a").iter().all(Option::is_none));
    assert_eq!(lookalikes("tiếng Việt – “hay” 😀…"), []);
    // A Greek letter that looks like no Latin one shows that the word is not a disguise.
    assert!(lookalikes("5 μm λx").iter().all(Option::is_none));
}

#[test]
fn letters_of_any_script_and_signs_are_read_in_a_latin_word() {
    for (typed, meant) in [
        ("fսck", "fuck"),                     // Armenian
        ("fuск you", "fuck you"),             // Cyrillic
        ("fυсκ you", "fuck you"),             // Greek, too
        ("ᖴᑌᑕK you", "fuck you"),             // Canadian syllabics
        ("ꓝꓴꓚꓗ, you fool", "fuck, you fool"), // Lisu
        ("ᏚhᎥt", "shit"),                     // Cherokee
        ("ⲥhⲟ xin", "cho xin"),               // Coptic
        ("ｃн\u{43e}", "cho"),
        ("h℮llo", "hello"),
        ("ｂɑn ɡái", "ban gái"),
        ("bøn łạ", "bon lạ"),
        ("Ðồng Nai", "đồng nai"),
        ("fﬀ", "f"),
    ] {
        assert_eq!(canonical(typed).text(), meant, "{typed}");
    }
    for text in [
        "ಠ_ಠ",
        "3 ∪ 4",
        "한국이",
        "สวัสดี a",
        "Հայաստան",
        "שלום",
        "đ│ị│t",
        "2×3",
        "a×b",
    ] {
        let wanted: String = text.chars().flat_map(char::to_lowercase).collect();
        assert_eq!(canonical(text).text(), wanted, "{text}");
    }
}

/// Small capitals look like the letter to whoever reads, which UTS #39 leaves open.
fn plain(c: char) -> char {
    crate::text::fold::small_capital(c).unwrap_or(c)
}

/// What the tables should hold, from the data of UTS #39 itself.
fn confusables() -> BTreeMap<char, char> {
    use GeneralCategory as G;
    let shape = |c: char| skeleton(c.encode_utf8(&mut [0; 4])).collect::<String>();
    let letters: BTreeMap<String, char> = ('A'..='Z')
        .chain('a'..='z')
        .rev()
        .map(|letter| (shape(letter), letter.to_ascii_lowercase()))
        .collect();
    let look = |c: char| {
        let category = get_general_category(c);
        let is_letter = matches!(
            category,
            G::UppercaseLetter
                | G::LowercaseLetter
                | G::TitlecaseLetter
                | G::ModifierLetter
                | G::OtherLetter
        );
        let is_sign = matches!(category, G::MathSymbol | G::OtherSymbol | G::LetterNumber);
        let is_plain = std::iter::once(c).nfkd().eq([c]);
        if !(is_letter || is_sign) || !is_plain || plain(c) != c || "đĐÐðƉɖ".contains(c) {
            return None;
        }
        let shape: String = shape(c)
            .chars()
            .filter(|part| !is_loose_mark(*part))
            .map(plain)
            .collect();
        match letters.get(&shape)? {
            _ if is_sign && (shape == "l" || matches!(letters[&shape], 'l' | 'x')) => None,
            'i' | 'l' if shape == "l" && is_bar_of_a_capital(c, category) => Some('i'),
            'i' if shape == "l" => Some('l'),
            letter => Some(*letter),
        }
    };
    ('\u{80}'..=char::MAX)
        .filter_map(|c| Some((c, look(c)?)))
        .collect()
}

/// Lisu's letters are Latin capitals, though they have no small ones. `Ꮮ` and the stroked ones are an L.
fn is_bar_of_a_capital(c: char, category: GeneralCategory) -> bool {
    let is_capital = category == GeneralCategory::UppercaseLetter || c.script() == Script::Lisu;
    is_capital && !matches!(c, 'Ꮮ' | 'Ł' | 'Ƚ' | 'Ꞁ')
}

#[test]
fn the_tables_are_those_of_uts_39() {
    let tables: BTreeMap<char, char> = by_look(table::LATIN)
        .into_iter()
        .chain(by_look(table::STRANGERS))
        .collect();
    let wanted = confusables();
    let apart = |one: &BTreeMap<char, char>, other: &BTreeMap<char, char>| -> Vec<(char, char)> {
        let pairs = one.iter().map(|(c, letter)| (*c, *letter));
        pairs
            .filter(|(c, letter)| other.get(c) != Some(letter))
            .collect()
    };
    assert_eq!(apart(&tables, &wanted), [], "too much");
    assert_eq!(apart(&wanted, &tables), [], "missing");
    for c in by_look(table::LATIN).keys() {
        assert_eq!(c.script(), Script::Latin, "{c}");
    }
}

#[test]
fn no_stranger_is_overlooked() {
    for c in by_look(table::STRANGERS)
        .into_keys()
        .chain(TO_THE_EYE.map(|(c, _)| c))
        .chain(TAKEN_APART.map(|(c, _)| c))
    {
        assert!(may_hold_strangers(c.to_string().as_bytes()), "{c}");
    }
    let vietnamese = "Đường phố “đẹp” – hay… 😀 ❤️ ₫ e\u{301}";
    assert!(!may_hold_strangers(vietnamese.as_bytes()));
}

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

fn bare(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.bare).collect()
}

fn finds(typed: &str, text: &str) -> bool {
    Phrase::read(typed).expect("a phrase").is_in(&words(text))
}

#[test]
fn a_text_is_a_row_of_words() {
    for (text, row) in [
        ("Đảng bộ xã", &["dang", "bo", "xa"][..]),
        (
            "lan.tran_91@thu.example",
            &["lan", "tran", "91", "thu", "example"],
        ),
        ("H’Hen Niê", &["hhen", "nie"]),
        ("ＦＵＬＬ  w\u{200b}idth", &["full", "width"]),
        ("Straße İZMİR", &["straße", "izmir"]),
        ("新聞 abc", &["新", "聞", "abc"]),
        ("สวัสดี", &["สวัสดี"]),
        ("\0 %_* \"\" NEAR(", &["near"]),
        ("😀 — !?", &[]),
    ] {
        assert_eq!(bare(text), row, "{text:?}");
    }
}

#[test]
fn without_marks_all_is_found_and_with_them_what_has_them() {
    for (typed, text, found) in [
        ("dang bo", "Đảng bộ xã", true),
        ("đảng bộ", "Đảng bộ xã", true),
        ("ĐẢNG bo", "Đảng bộ xã", true),
        ("đang bộ", "Đảng bộ xã", false),
        ("đảng bộ", "dang bo xa", false),
        ("hoà bình", "hòa bình", true),
        ("hòa bình", "hoà bình", true),
        ("ho\u{300}a binh", "HOÀ BÌNH", true),
        ("hoa binh", "hoả bỉnh", true),
        ("hóa", "hòa", false),
        ("bo dang", "Đảng bộ xã", false),
        ("dang xa", "Đảng bộ xã", false),
        ("dang", "đáng", true),
        ("lan.tran@", "Lan Trần <lan.tran@thu.example>", true),
    ] {
        assert_eq!(finds(typed, text), found, "{typed:?} in {text:?}");
    }
}

#[test]
fn the_last_word_may_go_on_where_it_was_left_open() {
    assert!(finds("dang bo", "Đảng bộ"));
    assert!(
        !finds("dang bo", "Đảng bộc"),
        "two letters are no beginning"
    );
    assert!(finds("đảng bộ xuấ", "Đảng bộ xuất sắc"));
    assert!(finds("hoà bìn", "hòa bình"));
    assert!(!finds("đảng bộ xuâ", "Đảng bộ xuất sắc"));
    assert!(!finds("dan bo", "Đảng bộ"), "only the last may");
    for closed in ["dang bo xua ", "dang bo xua\"", "lan.tra@"] {
        assert!(
            !finds(closed, "Đảng bộ xuất sắc, lan.tran@thu.example"),
            "{closed:?}"
        );
    }
}

#[test]
fn what_has_no_word_or_too_many_is_told() {
    for nothing in ["", " ", "😀😀", "%", "\"\"", "\0", "*", "()"] {
        assert_eq!(
            Phrase::read(nothing),
            Err(PhraseFault::NoWord),
            "{nothing:?}"
        );
    }
    assert_eq!(Phrase::read(&"ba ".repeat(65)), Err(PhraseFault::TooLong));
    assert!(Phrase::read(&"ba ".repeat(64)).is_ok());
    assert!(Phrase::read(&"b".repeat(10_000)).is_ok());
}

/// Vietnamese and anything else.
fn any_text() -> impl Strategy<Value = String> {
    let syllables = prop::sample::select(vec![
        "Đảng",
        "bộ",
        "hoà",
        "hòa",
        "thuỷ",
        "người",
        "ĐƯỜNG",
        "lan.tran@thu.example",
        "nghĩa\n",
        "—",
        "a",
        "x1",
    ]);
    let vietnamese = prop::collection::vec(syllables, 0..12).prop_map(|row| row.join(" "));
    prop_oneof![vietnamese, any::<String>(), "\\PC{0,40}"]
}

/// A text with its marks off, as somebody types it who has no Vietnamese keyboard.
fn stripped(text: &str) -> String {
    words(text)
        .iter()
        .map(|word| word.bare.clone())
        .collect::<Vec<_>>()
        .join(" ")
}

proptest! {
    #[test]
    fn a_text_is_found_by_any_phrase_of_its_own_words(text in any_text(), from in 0..20_usize, many in 1..6_usize) {
        let row = words(&text);
        prop_assume!(from < row.len());
        let some = &row[from..row.len().min(from + many)];
        for is_open in [false, true] {
            let whole = Phrase { words: some.to_vec(), is_open };
            prop_assert!(whole.is_in(&row));
            let plain = some.iter().map(|word| Word { bare: word.bare.clone(), marked: None });
            let plain = Phrase { words: plain.collect(), is_open };
            prop_assert!(plain.is_in(&row));
        }
    }

    #[test]
    fn however_it_was_typed_it_is_the_same(text in any_text()) {
        let row = words(&text);
        let (composed, apart): (String, String) = (text.nfc().collect(), text.nfd().collect());
        prop_assert_eq!(&words(&composed), &row);
        prop_assert_eq!(&words(&apart), &row);
    }

    #[test]
    fn without_its_marks_a_text_has_the_same_bare_words(text in any_text()) {
        let again = bare(&stripped(&text));
        prop_assert_eq!(again, bare(&text));
    }

    #[test]
    fn capitals_change_nothing_in_vietnamese(row in prop::collection::vec("[a-zđáàảãạêệôồưứ]{1,6}", 1..5)) {
        let text = row.join(" ");
        prop_assert_eq!(words(&text.to_uppercase()), words(&text));
    }

    #[test]
    fn no_word_has_what_an_index_reads_as_syntax(text in any::<String>()) {
        for word in words(&text) {
            for key in [word.bare(), word.marked()] {
                prop_assert!(!key.is_empty());
                prop_assert!(key.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric()), "{key:?}");
                prop_assert!(key.chars().count() <= 4 * LETTERS);
            }
        }
    }
}

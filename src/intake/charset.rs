//! Which letters the bytes of a form are. Pages of today send UTF-8. An old page sends its own charset, and a numeric reference (`&#7871;`) for
//! each letter that this lacks (WHATWG Encoding, the error mode "html"), which is most of what has two marks in Vietnamese. What has no other marks
//! has come as ASCII then.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use crate::text::Neighbours;

/// A field's name and its value, as bytes.
type Pair = (Vec<u8>, Vec<u8>);

/// How often a word is written that was never counted.
const UNKNOWN: f32 = 1e-9;

/// As many words of a field as tell how it is to be read.
const MOST_WORDS: usize = 200;

/// The longest number that stands for a letter, in digits.
const MOST_DIGITS: usize = 7;

/// The charset that goes by that name, where a form can have it: one in which the signs of a form are themselves.
pub(super) fn named(label: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(label).filter(|charset| charset.is_ascii_compatible())
}

/// The charsets of old Vietnamese pages.
const OLD: [&Encoding; 2] = [WINDOWS_1258, WINDOWS_1252];

/// The charset of a form: UTF-8 where its bytes can be that, whatever it says of itself; else what it says; else what old Vietnamese pages have.
/// Bytes that are the same in all of them are what the form says; where it says nothing, nobody knows.
pub(super) fn of(pairs: &[Pair], said: Option<&'static Encoding>) -> Option<&'static Encoding> {
    let texts = || pairs.iter().flat_map(|(name, value)| [name, value]);
    if texts().all(|text| text.is_ascii()) {
        return said;
    }
    if texts().all(|text| std::str::from_utf8(text).is_ok()) {
        return Some(UTF_8);
    }
    said.or_else(|| Some(unsaid(pairs)))
}

/// The charset of a page that does not say it: the Vietnamese one or the western one. A letter that only one of them has came as a reference from a
/// page that has the other. Where no such letter was typed, the likelier reading counts.
fn unsaid(pairs: &[Pair]) -> &'static Encoding {
    let lacks = |one, other| pairs.iter().any(|(_, value)| refers(value, one, other));
    let (western, vietnamese) = (
        lacks(WINDOWS_1252, WINDOWS_1258),
        lacks(WINDOWS_1258, WINDOWS_1252),
    );
    let is_western = if western == vietnamese {
        likelihood(pairs, WINDOWS_1252) > likelihood(pairs, WINDOWS_1258)
    } else {
        western
    };
    if is_western {
        WINDOWS_1252
    } else {
        WINDOWS_1258
    }
}

/// Whether a reference stands for a letter that `one` lacks and `other` has.
fn refers(value: &[u8], one: &'static Encoding, other: &'static Encoding) -> bool {
    let text = WINDOWS_1252.decode_without_bom_handling(value).0;
    let mut found = false;
    referenced(&text, |letter| {
        found |= has(other, letter) && !has(one, letter);
        true
    });
    found
}

/// How likely the fields are Vietnamese when they are read so, as a natural logarithm: by how often each of their first words with marks is written.
fn likelihood(pairs: &[Pair], charset: &'static Encoding) -> f32 {
    let counts = Neighbours::shipped();
    let of = |word: &str| counts.frequency_as_written(word).max(UNKNOWN).ln();
    let of_text = |text: &str| -> f32 {
        let text = text.to_lowercase();
        let words = text.split(|letter: char| !letter.is_alphabetic());
        let marked = words.filter(|word| !word.is_ascii());
        marked.take(MOST_WORDS).map(of).sum()
    };
    let read = letters(pairs, Some(charset));
    read.iter().map(|(_, value)| of_text(value)).sum()
}

fn has(charset: &'static Encoding, letter: char) -> bool {
    let (_, _, is_lost) = charset.encode(letter.encode_utf8(&mut [0; 4]));
    !is_lost
}

/// The fields as letters. In UTF-8, which has every letter, a reference is what somebody typed. Where nobody knows the charset, it is that, too,
/// unless it stands for a letter that a page of an old charset lacks: a name and a text may well have no other marks.
pub(super) fn letters(pairs: &[Pair], charset: Option<&'static Encoding>) -> Vec<(String, String)> {
    let lacked = |letter| OLD.iter().any(|old| !has(old, letter));
    let text = |bytes: &[u8]| {
        let text = charset
            .unwrap_or(UTF_8)
            .decode_without_bom_handling(bytes)
            .0;
        let text = match charset {
            Some(charset) if charset == UTF_8 => return text.into_owned(),
            Some(_) => referenced(&text, |_| true),
            None => referenced(&text, lacked),
        };
        // windows-1258 writes some marks behind their letter.
        text.nfc().collect()
    };
    pairs
        .iter()
        .map(|(name, value)| (text(name), text(value)))
        .collect()
}

/// The text with letters in place of the references to them, where those are meant.
fn referenced(text: &str, mut is_meant: impl FnMut(char) -> bool) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        read.push_str(&rest[..at]);
        let from = &rest[at + 2..];
        if let Some((letter, after)) = reference(from).filter(|(letter, _)| is_meant(*letter)) {
            read.push(letter);
            rest = after;
        } else {
            read.push_str("&#");
            rest = from;
        }
    }
    read.push_str(rest);
    read
}

/// The letter that a number stands for, and what comes behind it. No charset of forms lacks a letter of ASCII, so a number of those was typed.
fn reference(text: &str) -> Option<(char, &str)> {
    let (number, after) = text.split_once(';')?;
    if number.len() > MOST_DIGITS || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let letter = char::from_u32(number.parse().ok()?)?;
    (!letter.is_ascii() && !letter.is_control()).then_some((letter, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(value: &[u8], said: Option<&str>) -> String {
        let pairs = [(b"noi_dung".to_vec(), value.to_vec())];
        let said = said.and_then(|label| named(label.as_bytes()));
        letters(&pairs, of(&pairs, said)).remove(0).1
    }

    /// What a browser sends of a text from a page in that charset.
    fn sent(text: &str, charset: &'static Encoding) -> Vec<u8> {
        charset.encode(text).0.into_owned()
    }

    const TEXT: &str = "Đường về xã Ý Yên: ả, ã, ì, ò, õ, ý và “ướt” — ngã ba đã thông, đẹp lắm!";

    #[test]
    fn a_page_of_an_old_charset_loses_no_letter() {
        assert_eq!(read(TEXT.as_bytes(), None), TEXT);
        for (charset, label) in [(WINDOWS_1258, "windows-1258"), (WINDOWS_1252, "iso-8859-1")] {
            assert_eq!(read(&sent(TEXT, charset), Some(label)), TEXT, "{label}");
            assert_eq!(read(&sent(TEXT, charset), None), TEXT, "{label}, unsaid");
        }
        // Marks that stand behind their letter, as some programs write windows-1258.
        assert_eq!(read(b"Vi\xea\xf2t Nam", None), "Việt Nam");
    }

    #[test]
    fn a_page_that_says_nothing_is_read_as_what_is_likelier_vietnamese() {
        for (charset, texts) in [
            (
                WINDOWS_1252,
                [
                    "Lý Hà",
                    "Võ Thị Sáu",
                    "ý nhà tôi đã rõ",
                    "Bùi Ý Như",
                    "giò chả",
                ],
            ),
            (
                WINDOWS_1258,
                [
                    "Lê Tư",
                    "thư và ơn",
                    "Đà Nẵng",
                    "Trần Đăng Khoa",
                    "cơm cháy",
                ],
            ),
        ] {
            for text in texts {
                let text: String = text
                    .chars()
                    .filter(|letter| has(charset, *letter))
                    .collect();
                assert_eq!(read(&sent(&text, charset), None), text);
            }
        }
        // Marks behind their letters; French, which is the same in both.
        assert_eq!(read(b"\xd0\xf4\xec n\xe0y", None), "Đố này");
        assert_eq!(read(b"d\xe9j\xe0 vu", None), "déjà vu");
    }

    #[test]
    fn a_reference_is_a_letter_only_where_the_page_lacks_it() {
        assert_eq!(read("gõ &#7871; là ế".as_bytes(), None), "gõ &#7871; là ế");
        assert_eq!(
            read("gõ &#7871;".as_bytes(), Some("iso-8859-1")),
            "gõ &#7871;"
        );
        assert_eq!(read(b"&#7871;", Some("utf-8")), "&#7871;");
        assert_eq!(read(b"&#7871;", Some("windows-1252")), "ế");
        // Signs of ASCII alone, from a page that says nothing: what both old charsets have, no browser would have sent so.
        assert_eq!(
            read(b"&#7871; L&#227; &#233; &#8364; &#38; &#128077;", None),
            "ế Lã &#233; &#8364; &#38; 👍"
        );
        for typed in [
            "&#60;b&#62;",
            "&#;",
            "&#x1ebf;",
            "&#7871",
            "&#55296;",
            "&#99999999;",
            "&#133;",
            "&#",
        ] {
            let bytes = [b"\xe0 ", typed.as_bytes()].concat();
            assert_eq!(read(&bytes, None), format!("à {typed}"));
        }
    }

    #[test]
    fn what_a_form_says_of_itself_counts_where_it_can_be() {
        assert_eq!(read(b"caf\xe9", Some("utf-8")), "caf\u{fffd}");
        assert_eq!(
            read("\u{fffd} đi".as_bytes(), Some("windows-1258")),
            "\u{fffd} đi"
        );
        assert_eq!(read(b"\xcf\xf0", Some("windows-1251")), "Пр");
        for label in ["utf-16", "iso-2022-jp", "nonsense", ""] {
            assert_eq!(read(b"\xf0\xe0", Some(label)), "đà", "{label}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_letters(value in prop::collection::vec(any::<u8>(), 0..200), label in "(utf-8|big5|gbk|windows-125[0-8]|shift_jis|)") {
            let _ = read(&value, Some(&label));
        }
    }
}

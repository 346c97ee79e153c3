//! How Vietnamese spells a syllable: its letters and its tone apart, so that one syllable has one key however its tone
//! was placed (*hoà*, *hòa*) and whether its last vowel is *i* or *y* (*kì*, *kỳ*); and which spellings there are at all.

use unicode_normalization::UnicodeNormalization;

use super::alphabet::{base, level, tone};

/// Ends a key that was written letter by letter: `i` for a last `y` that stands for it, then the tone.
pub(super) fn close(key: &mut String, start: usize, mark: Option<char>) {
    if key.as_bytes().last() == Some(&b'y') && ends_in_y_for_i(&key[start..]) {
        key.pop();
        key.push('i');
    }
    key.extend(mark);
}

/// Whether a lower-case letter is a vowel of Vietnamese, whatever its marks.
#[must_use]
pub fn is_vowel(c: char) -> bool {
    matches!(base(c), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Appends the key of a word in canonical form to `key`: its letters without tones, `i` for a last `y` that stands for
/// it, then its tone. Words of other languages come through unchanged, but for that `y` (*my* and *mi* are one).
pub(super) fn spell(word: impl Iterator<Item = char>, key: &mut String) {
    let start = key.len();
    let mut mark = None;
    for c in word {
        mark = tone(c).or(mark);
        key.push(level(c));
    }
    close(key, start, mark);
}

/// A syllable as it is written, from its key: one spelling for all that share the key. The tone stands over the vowel with
/// a mark of its own, else over the last one before a closing consonant, in *oa oe uy* and threes over the second, and
/// over the first of two others (Decision 240/QĐ of 1984).
#[must_use]
pub fn written(key: &str) -> String {
    let mut letters: Vec<char> = key.chars().filter(|c| !c.is_control()).collect();
    let mark = match key.chars().find(|c| is_tone(*c)) {
        Some('\u{1}') => '\u{301}',
        Some('\u{2}') => '\u{300}',
        Some('\u{3}') => '\u{309}',
        Some('\u{4}') => '\u{303}',
        Some(_) => '\u{323}',
        None => return letters.into_iter().collect(),
    };
    let place = tone_place(&letters);
    if place < letters.len() {
        letters.insert(place + 1, mark);
    }
    // Not letter by letter: the dot of `ặ` goes before its breve.
    letters.into_iter().nfc().collect()
}

/// The letter that carries the tone.
fn tone_place(letters: &[char]) -> usize {
    let onset = match letters {
        ['q', 'u', _, ..] => 2,
        ['g', 'i', next, ..] if is_vowel(*next) => 2,
        _ => 0,
    };
    let vowels: Vec<usize> = (onset..letters.len())
        .filter(|at| is_vowel(letters[*at]))
        .collect();
    let of_its_own = vowels.iter().rev().find(|at| !letters[**at].is_ascii());
    let closed = letters.last().is_some_and(|last| !is_vowel(*last));
    match (of_its_own, &vowels[..]) {
        (Some(at), _) => *at,
        (None, []) => letters.len().saturating_sub(1),
        (None, [only]) => *only,
        (None, [.., last]) if closed => *last,
        (None, [first, second]) => match (letters[*first], letters[*second]) {
            ('o', 'a' | 'e') | ('u', 'y') => *second,
            _ => *first,
        },
        (None, [_, second, ..]) => *second,
    }
}

/// Whether a syllable's last letter is a *y* that might as well be an *i*: after the consonants before which both are
/// written (Decision 1989/QĐ-BGDĐT of 2018: *h k l m s t*, to which *v* of names, *th* and *qu* are added).
fn ends_in_y_for_i(letters: &str) -> bool {
    matches!(
        letters,
        "hy" | "ky" | "ly" | "my" | "sy" | "ty" | "vy" | "thy" | "quy"
    )
}

/// Whether a key is spelled as a Vietnamese syllable can be: a known beginning and ending, and the rising or the heavy tone where it
/// ends in a stop (*c ch p t*), as every such syllable has. So `cac` is none, and neither is `shop`.
#[must_use]
pub fn is_syllable(key: &str) -> bool {
    let letters = key.trim_end_matches(is_tone);
    let may_end = !ends_in_stop(letters) || key.ends_with(['\u{1}', '\u{5}']);
    may_end && has_parts(letters, RHYMES)
}

/// Whether letters without any marks, `d` for `đ`, are a Vietnamese syllable's once its marks are put back.
#[must_use]
pub fn is_bare_syllable(letters: &str) -> bool {
    has_parts(letters, BARE_RHYMES)
}

/// Whether the letters of a key end in *c ch p t*: Vietnamese writes no such syllable without a tone.
#[must_use]
pub fn ends_in_stop(letters: &str) -> bool {
    matches!(
        letters.as_bytes(),
        [.., b'c' | b'p' | b't'] | [.., b'c', b'h']
    )
}

/// Whether `c` is a tone in a key.
pub(super) const fn is_tone(c: char) -> bool {
    matches!(c, '\u{1}'..='\u{5}')
}

fn has_parts(letters: &str, rhymes: &[&str]) -> bool {
    let is_rhyme = |rest: &str| rhymes.binary_search(&rest).is_ok();
    // *gi* and *qu* share their vowel with the rhyme: *gì*, *giêng*.
    if letters == "gi" || (letters.starts_with("gi") && is_rhyme(&letters[1..])) {
        return true;
    }
    // *k* and *c* are one sound, each before its own vowels.
    let front = |rest: &str| rest.starts_with(['i', 'e', 'ê', 'y']);
    let misspelled = match letters.as_bytes() {
        [b'k' | b'c', b'h', ..] => false,
        [b'k', ..] => !front(&letters[1..]),
        [b'c', ..] => front(&letters[1..]),
        _ => false,
    };
    if misspelled {
        return false;
    }
    let onset = |length: usize| {
        letters
            .get(..length)
            .is_some_and(|head| ONSETS.binary_search(&head).is_ok())
            && is_rhyme(&letters[length..])
    };
    let d = 'đ'.len_utf8();
    (0..=3).any(onset) || (letters.starts_with('đ') && is_rhyme(&letters[d..]))
}

/// What a syllable may begin with; `đ` apart, since it takes two bytes.
const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh",
    "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// What a syllable may end with, tones apart (the rhymes of the orthography; Hoàng Phê, *Từ điển vần*, 1996).
const RHYMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec",
    "em", "en", "eng", "eo", "ep", "et", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu",
    "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai", "oam",
    "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om",
    "on", "ong", "ooc", "oong", "op", "ot", "oăc", "oăm", "oăn", "oăng", "oăt", "u", "ua", "uc",
    "ui", "um", "un", "ung", "up", "ut", "uy", "uya", "uych", "uynh", "uyt", "uyu", "uyên", "uyêt",
    "uân", "uâng", "uât", "uây", "uê", "uêch", "uênh", "uôc", "uôi", "uôm", "uôn", "uông", "uôt",
    "uơ", "y", "yêm", "yên", "yêng", "yêt", "yêu", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây",
    "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp",
    "ôt", "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "ư", "ưa", "ưc",
    "ưi", "ưm", "ưn", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
];

/// The same without any marks.
const BARE_RHYMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec",
    "ech", "em", "en", "eng", "enh", "eo", "ep", "et", "eu", "i", "ia", "ich", "iec", "iem", "ien",
    "ieng", "iep", "iet", "ieu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach",
    "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oen", "oeo",
    "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "u", "ua", "uan", "uang", "uat",
    "uay", "uc", "ue", "uech", "uenh", "ui", "um", "un", "ung", "uo", "uoc", "uoi", "uom", "uon",
    "uong", "uop", "uot", "uou", "up", "ut", "uu", "uy", "uya", "uych", "uyen", "uyet", "uynh",
    "uyt", "uyu", "y", "yem", "yen", "yeng", "yet", "yeu",
];

/// A letter without any marks, for keys: `ô` is `o`, `đ` is `d`. Tones have gone to the key's end already.
pub(super) fn bare(key: &str) -> impl Iterator<Item = char> {
    key.chars().filter(|c| !is_tone(*c)).map(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str) -> String {
        let mut key = String::new();
        spell(word.chars(), &mut key);
        key
    }

    #[test]
    fn one_syllable_has_one_key() {
        for (one, other) in [
            ("hoà", "hòa"),
            ("thuý", "thúy"),
            ("kì", "kỳ"),
            ("quí", "quý"),
            ("lí", "lý"),
        ] {
            assert_eq!(key(one), key(other));
        }
        for (one, other) in [
            ("tay", "tai"),
            ("thuy", "thui"),
            ("của", "cua"),
            ("lồn", "lộn"),
        ] {
            assert_ne!(key(one), key(other));
        }
        assert_eq!(key("nghiễng"), "nghiêng\u{4}");
        assert_ne!(key("ca4"), key("cã"));
    }

    #[test]
    fn a_key_has_one_written_form() {
        for word in [
            "nghiễng",
            "hoà",
            "thuỷ",
            "của",
            "quý",
            "gì",
            "giếng",
            "đường",
            "khuỷu",
            "mái",
            "toàn",
            "ngoáy",
            "cười",
            "lỳ",
            "ban",
        ] {
            assert_eq!(key(&written(&key(word))), key(word), "{word}");
        }
        assert_eq!(written(&key("hòa")), "hoà");
        for word in ["cặc", "mật", "việc", "một", "đặt", "quặng", "nhiễu"] {
            assert_eq!(written(&key(word)), word);
        }
        assert_eq!(written(&key("cuả")), "của");
    }

    #[test]
    fn what_can_be_a_syllable_is_told_from_what_cannot() {
        for word in [
            "nghiêng",
            "gì",
            "giếng",
            "quốc",
            "đường",
            "ý",
            "khuya",
            "ươu",
            "thuở",
            "cặc",
            "oong",
            "gìn",
            "quên",
        ] {
            assert!(is_syllable(&key(word)), "{word}");
        }
        for word in [
            "cac", "dit", "shop", "fuck", "l", "đt", "vcl", "strong", "", "1",
        ] {
            assert!(!is_syllable(&key(word)), "{word}");
        }
        assert!(is_bare_syllable("duong") && is_bare_syllable("cac") && !is_bare_syllable("shop"));
    }

    #[test]
    fn tables_are_sorted_for_the_search() {
        assert!(ONSETS.is_sorted() && RHYMES.is_sorted() && BARE_RHYMES.is_sorted());
    }
}

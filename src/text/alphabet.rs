//! The Vietnamese alphabet outside ASCII: each letter's small form, and what it is made of. Spelled out below and looked up
//! in a table made of it when the crate is compiled, since nearly every character of every comment is asked about.

/// What is known of one character.
#[derive(Clone, Copy)]
struct Letter {
    /// Its small form, or 0 where it is no letter of the alphabet.
    small: u16,
    /// Itself without its tone.
    level: u16,
    /// Itself without any mark.
    base: u16,
    /// Its small form without any mark.
    bare: u16,
    /// Its tone from 1 to 5, or 0.
    tone: u8,
}

/// The two stretches of Unicode that hold the alphabet's letters outside ASCII, one after the other.
const LATIN: u32 = 0xC0;
const LATIN_END: u32 = 0x1B1;
const ADDITIONAL: u32 = 0x1EA0;
const ADDITIONAL_END: u32 = 0x1EFA;
const LATINS: usize = (LATIN_END - LATIN) as usize;
const LETTERS: usize = LATINS + (ADDITIONAL_END - ADDITIONAL) as usize;

static TABLE: [Letter; LETTERS] = table();

#[allow(clippy::cast_possible_truncation)] // both stretches lie below U+10000, and their letters' parts do too
const fn table() -> [Letter; LETTERS] {
    let mut table = [Letter {
        small: 0,
        level: 0,
        base: 0,
        bare: 0,
        tone: 0,
    }; LETTERS];
    let mut place = 0;
    while place < LETTERS {
        let code = if place < LATINS {
            LATIN + place as u32
        } else {
            ADDITIONAL + (place - LATINS) as u32
        };
        if let Some(c) = char::from_u32(code) {
            let (small, bare) = match small_of(c) {
                Some(small) => (small as u16, base_of(small) as u16),
                None => (0, 0),
            };
            table[place] = Letter {
                small,
                level: level_of(c) as u16,
                base: base_of(c) as u16,
                bare,
                tone: match tone_of(c) {
                    Some(tone) => tone as u8,
                    None => 0,
                },
            };
        }
        place += 1;
    }
    table
}

fn letter(c: char) -> Option<&'static Letter> {
    let place = match u32::from(c) {
        code @ LATIN..LATIN_END => code - LATIN,
        code @ ADDITIONAL..ADDITIONAL_END => code - ADDITIONAL + (LATIN_END - LATIN),
        _ => return None,
    };
    TABLE.get(place as usize)
}

/// A code of the table as the character that it is.
fn character(code: u16) -> char {
    char::from_u32(u32::from(code)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The lower-case form of a precomposed letter of the Vietnamese alphabet outside ASCII; `None` for anything else.
#[must_use]
pub fn small(c: char) -> Option<char> {
    letter(c)
        .filter(|letter| letter.small != 0)
        .map(|letter| character(letter.small))
}

/// The same, and that form without any mark.
pub(super) fn small_and_bare(c: char) -> Option<(char, char)> {
    letter(c)
        .filter(|letter| letter.small != 0)
        .map(|letter| (character(letter.small), character(letter.bare)))
}

/// A lower-case letter of the Vietnamese alphabet without its tone and quality marks, `đ` as `d`; any other
/// character as it is.
#[must_use]
pub fn base(c: char) -> char {
    letter(c).map_or(c, |letter| character(letter.base))
}

/// The tone that a lower-case Vietnamese letter carries, as the control character (1 to 5, which no canonical text holds) that
/// closes a syllable's key; the level tone has none.
#[must_use]
pub fn tone(c: char) -> Option<char> {
    letter(c)
        .filter(|letter| letter.tone != 0)
        .map(|letter| char::from(letter.tone))
}

/// A lower-case Vietnamese letter without its tone, quality kept: `ấ` is `â`.
#[must_use]
pub fn level(c: char) -> char {
    letter(c).map_or(c, |letter| character(letter.level))
}

/// What a lower-case letter is made of: itself without its tone, itself without any mark, and its tone.
pub(super) fn parts(c: char) -> (char, char, Option<char>) {
    match letter(c) {
        None => (c, c, None),
        Some(letter) => (
            character(letter.level),
            character(letter.base),
            (letter.tone != 0).then(|| char::from(letter.tone)),
        ),
    }
}

const fn small_of(c: char) -> Option<char> {
    // In both stretches of Latin Extended the small letter stands one after its capital.
    match c {
        '\u{1EA0}'..='\u{1EF9}' | 'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' => {
            char::from_u32((c as u32) | 1)
        }
        'Ư' | 'ư' => Some('ư'),
        'À' | 'Á' | 'Â' | 'Ã' | 'È' | 'É' | 'Ê' | 'Ì' | 'Í' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ù' | 'Ú'
        | 'Ý' => char::from_u32(c as u32 + 0x20),
        'à' | 'á' | 'â' | 'ã' | 'è' | 'é' | 'ê' | 'ì' | 'í' | 'ò' | 'ó' | 'ô' | 'õ' | 'ù' | 'ú'
        | 'ý' => Some(c),
        _ => None,
    }
}

const fn base_of(c: char) -> char {
    match c {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ'
        | 'ẫ' | 'ậ' => 'a',
        'đ' => 'd',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở'
        | 'ỡ' | 'ợ' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        _ => c,
    }
}

const fn tone_of(c: char) -> Option<char> {
    Some(match c {
        'á' | 'ắ' | 'ấ' | 'é' | 'ế' | 'í' | 'ó' | 'ố' | 'ớ' | 'ú' | 'ứ' | 'ý' => {
            '\u{1}'
        }
        'à' | 'ằ' | 'ầ' | 'è' | 'ề' | 'ì' | 'ò' | 'ồ' | 'ờ' | 'ù' | 'ừ' | 'ỳ' => {
            '\u{2}'
        }
        'ả' | 'ẳ' | 'ẩ' | 'ẻ' | 'ể' | 'ỉ' | 'ỏ' | 'ổ' | 'ở' | 'ủ' | 'ử' | 'ỷ' => {
            '\u{3}'
        }
        'ã' | 'ẵ' | 'ẫ' | 'ẽ' | 'ễ' | 'ĩ' | 'õ' | 'ỗ' | 'ỡ' | 'ũ' | 'ữ' | 'ỹ' => {
            '\u{4}'
        }
        'ạ' | 'ặ' | 'ậ' | 'ẹ' | 'ệ' | 'ị' | 'ọ' | 'ộ' | 'ợ' | 'ụ' | 'ự' | 'ỵ' => {
            '\u{5}'
        }
        _ => return None,
    })
}

const fn level_of(c: char) -> char {
    match c {
        'á' | 'à' | 'ả' | 'ã' | 'ạ' => 'a',
        'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' => 'ă',
        'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' => 'â',
        'é' | 'è' | 'ẻ' | 'ẽ' | 'ẹ' => 'e',
        'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => 'ê',
        'í' | 'ì' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ó' | 'ò' | 'ỏ' | 'õ' | 'ọ' => 'o',
        'ố' | 'ồ' | 'ổ' | 'ỗ' | 'ộ' => 'ô',
        'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' => 'ơ',
        'ú' | 'ù' | 'ủ' | 'ũ' | 'ụ' => 'u',
        'ứ' | 'ừ' | 'ử' | 'ữ' | 'ự' => 'ư',
        'ý' | 'ỳ' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    const ALPHABET: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";

    #[test]
    fn every_vietnamese_letter_is_known_in_both_cases_and_has_its_base() {
        for small in ALPHABET.chars() {
            let capital = small.to_uppercase().next().unwrap();
            assert_eq!(super::small(small), Some(small));
            assert_eq!(super::small(capital), Some(small));
            let plain = if small == 'đ' {
                'd'
            } else {
                std::iter::once(small).nfd().next().unwrap()
            };
            assert_eq!(base(small), plain);
        }
        for other in ['a', 'Z', 'ç', 'ñ', 'ü', 'я', 'Ā', 'ķ'] {
            assert_eq!(super::small(other), None, "{other}");
        }
    }

    #[test]
    fn the_table_says_what_is_spelled_out() {
        for c in '\0'..='\u{ffff}' {
            assert_eq!(small(c), small_of(c), "{c}");
            assert_eq!(base(c), base_of(c), "{c}");
            assert_eq!(
                small_and_bare(c),
                small_of(c).map(|small| (small, base_of(small)))
            );
            assert_eq!(level(c), level_of(c), "{c}");
            assert_eq!(tone(c), tone_of(c), "{c}");
        }
    }
}

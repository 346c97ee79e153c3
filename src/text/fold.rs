//! Single characters: which are loose marks, and what dressed-up letters (full-width, mathematical, circled …) stand for.

use super::is_letter;
use super::lookalike::extended;
use unicode_normalization::UnicodeNormalization;

/// Whether `c` is a mark that sits on a letter of any script (zalgo is made of these); the marks that are part of
/// one script's spelling, such as Thai vowels, are not.
pub(super) const fn is_loose_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// What a dressed-up character stands for: NFKC (UAX #15) where that is one character or the source is itself a
/// letter (`ﬁ`), the letter that a further Latin one is drawn like (`ɑ`, `ø`), and a few that Unicode gives no decomposition. Signs such as `™` and `㎏` stay, since their
/// letters belong to no word.
pub(super) fn undress(c: char, mut put: impl FnMut(char)) {
    if let Some(plain) = undressed_by_hand(c) {
        return put(plain);
    }
    let mut folded = std::iter::once(c).nfkc();
    match (folded.next(), folded.next()) {
        (Some(first), None) => put(extended(first).unwrap_or(first)),
        (Some(first), Some(second)) if is_letter(c) => {
            put(first);
            put(second);
            folded.for_each(put);
        }
        _ => put(c),
    }
}

/// Digits and letters of the Latin alphabet in disguise that NFKC leaves alone: parenthesised, negative circled and squared, and
/// small capitals (Unicode names chart, blocks 2460, 2700 and 1F100); and the Icelandic and African capitals that people type for `Đ`.
const fn undressed_by_hand(c: char) -> Option<char> {
    const fn letter(c: char, first: char) -> Option<char> {
        char::from_u32('a' as u32 + (c as u32 - first as u32))
    }
    const fn digit(c: char, one: char) -> Option<char> {
        char::from_u32('1' as u32 + (c as u32 - one as u32))
    }
    match c {
        '\u{24FF}' => Some('0'),
        '\u{2776}'..='\u{277E}' => digit(c, '\u{2776}'),
        '\u{2780}'..='\u{2788}' => digit(c, '\u{2780}'),
        '\u{278A}'..='\u{2792}' => digit(c, '\u{278A}'),
        '\u{249C}'..='\u{24B5}' => letter(c, '\u{249C}'),
        '\u{1F110}'..='\u{1F129}' => letter(c, '\u{1F110}'),
        '\u{1F150}'..='\u{1F169}' => letter(c, '\u{1F150}'),
        '\u{1F170}'..='\u{1F189}' => letter(c, '\u{1F170}'),
        'Ð' | 'ð' | 'Ɖ' | 'ɖ' => Some('đ'),
        _ => small_capital(c),
    }
}

/// The letter of a phonetic small capital (Unicode names chart, blocks 1D00, 0250, A720), and of the `i` without its dot.
pub(super) const fn small_capital(c: char) -> Option<char> {
    Some(match c {
        'ᴀ' => 'a',
        'ʙ' => 'b',
        'ᴄ' => 'c',
        'ᴅ' => 'd',
        'ᴇ' => 'e',
        'ꜰ' => 'f',
        'ɢ' => 'g',
        'ʜ' => 'h',
        'ɪ' | 'ı' => 'i',
        'ᴊ' => 'j',
        'ᴋ' => 'k',
        'ʟ' => 'l',
        'ᴍ' => 'm',
        'ɴ' => 'n',
        'ᴏ' => 'o',
        'ᴘ' => 'p',
        'ʀ' => 'r',
        'ꜱ' => 's',
        'ᴛ' => 't',
        'ᴜ' => 'u',
        'ᴠ' => 'v',
        'ᴡ' => 'w',
        'ʏ' => 'y',
        'ᴢ' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dressed_letters_are_undressed_and_signs_stay() {
        let undressed = |c| {
            let mut out = String::new();
            undress(c, |plain| out.push(plain));
            out
        };
        for (dressed, plain) in [
            ('Ｆ', "F"),
            ('𝐟', "f"),
            ('ⓕ', "f"),
            ('🅵', "f"),
            ('ﬁ', "fi"),
            ('ᴄ', "c"),
        ] {
            assert_eq!(undressed(dressed), plain);
        }
        for sign in ['™', '½', '㎏', '😀', '한', 'が'] {
            assert_eq!(undressed(sign), sign.to_string());
        }
    }
}

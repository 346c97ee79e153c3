//! Words in which signs and digits stand for letters (`đ!t`, `c4c`, `a$$`) or hide them (`đ*t`, `f**k`).

use super::lexicon::Lexicon;
use super::readings::Step;
use crate::text::{
    Reading, Span, base, hides_letters, is_letter, is_marked, is_vowel, is_word_char, level,
    may_have_stand_ins, stands_for, tone,
};

/// As many letters as a row of hiding signs may stand for.
const MOST_HIDDEN: usize = 3;

/// One character of a disguised word.
#[derive(Debug, Clone, Copy)]
enum Slot {
    /// A letter as typed.
    Is(char),
    /// A sign: one of these letters, whatever its marks.
    OneOf(&'static [char]),
    /// A row of signs: one to three vowels.
    Vowels,
}

/// Adds the readings of all disguised words of the text.
pub(super) fn read(reading: &Reading<'_>, lexicon: &Lexicon, steps: &mut Vec<Step>) {
    let text = reading.canonical().text();
    if !may_have_stand_ins(text) {
        return;
    }
    let mut from = 0;
    // What a disguised word may be made of; anything else ends it.
    for piece in text.split(|c| !(is_word_char(c) || !stands_for(c).is_empty() || hides_letters(c)))
    {
        let piece_at = from;
        from += piece.len();
        from += text[from..].chars().next().map_or(0, char::len_utf8);
        // A mark of exclamation at an end is just that.
        let core = piece.trim_matches(|c| matches!(c, '!' | '+' | '|' | '^' | '°'));
        // `*từ*` is emphasis; in `đ*` the star is what the reader has to guess.
        let emphasised = core.starts_with(hides_letters) && core.ends_with(hides_letters);
        let core = if emphasised {
            core.trim_matches(hides_letters)
        } else if core.is_ascii() {
            core.trim_end_matches(hides_letters)
        } else {
            core
        };
        let at = piece_at + (core.as_ptr() as usize - piece.as_ptr() as usize);
        if core.len() < 64 && core.chars().any(|c| !is_letter(c)) && core.chars().any(is_letter) {
            disguised(reading, lexicon, core, at, steps);
        }
    }
}

fn disguised(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    core: &str,
    at: usize,
    steps: &mut Vec<Step>,
) {
    let Some(slots) = slots(core) else { return };
    let list = reading.syllables().list();
    let end = at + core.len();
    let first = list.partition_point(|s| (s.end as usize) <= at);
    let last = list.partition_point(|s| (s.start as usize) < end);
    if first >= last {
        return;
    }
    let typed_marks = core.chars().any(|c| !c.is_ascii() && is_letter(c));
    if core.trim_matches(hides_letters).contains('*') {
        // What stands beside a star is a part of a word: `ngu*n` is not *ngu*.
        steps.retain(|step| step.from < first || step.to > last);
    }
    for &head in letters_of(slots.first()) {
        for &tail in letters_of(slots.last()) {
            for &meant in lexicon.between(head, tail) {
                let key = lexicon.key(meant);
                if fits(&slots, key) {
                    steps.push(Step {
                        from: first,
                        to: last,
                        syllable: meant,
                        span: span(reading, at..end),
                        // A sign hides the tone with the letter; a word without any mark may be another.
                        unmarked: !typed_marks && is_marked(key),
                        hidden: true,
                    });
                }
            }
        }
    }
}

fn span(reading: &Reading<'_>, bytes: std::ops::Range<usize>) -> Span {
    reading.canonical().source(bytes)
}

/// Whether digits in bare letters are what they seem: at an end of a short word (`5g`, `A55`), or more of them than letters.
fn is_number_or_name(core: &str) -> bool {
    if !core.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return false;
    }
    let at_end = core.starts_with(|c: char| c.is_ascii_digit())
        || core.ends_with(|c: char| c.is_ascii_digit());
    let letters = core.bytes().filter(u8::is_ascii_alphabetic).count();
    (at_end && core.len() < 4) || letters * 2 < core.len()
}

/// The slots of a disguised word; `None` where nothing but a digit stands out at its end, as in `5g` and
/// `covid19`, or where it is too short to tell.
fn slots(core: &str) -> Option<Vec<Slot>> {
    if is_number_or_name(core) {
        return None;
    }
    let mut slots = Vec::with_capacity(core.len());
    for c in core.chars() {
        if is_letter(c) {
            slots.push(Slot::Is(c));
        } else if hides_letters(c) {
            if !matches!(slots.last(), Some(Slot::Vowels)) {
                slots.push(Slot::Vowels);
            }
        } else {
            let letters = stands_for(c);
            if letters.is_empty() {
                return None;
            }
            slots.push(Slot::OneOf(letters));
        }
    }
    (slots.len() >= 3 || !core.is_ascii()).then_some(slots)
}

/// The bare letters that a slot may stand for.
fn letters_of(slot: Option<&Slot>) -> &'static [char] {
    const ALPHABET: &[char] = &[
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r',
        's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
    ];
    match slot {
        Some(Slot::Is(c)) => ALPHABET
            .iter()
            .position(|letter| *letter == base(*c))
            .map_or(&[], |place| &ALPHABET[place..=place]),
        Some(Slot::OneOf(letters)) => letters,
        Some(Slot::Vowels) => &['a', 'e', 'i', 'o', 'u', 'y'],
        None => &[],
    }
}

/// Whether a syllable, given by its key, can be what the slots show.
fn fits(slots: &[Slot], key: &str) -> bool {
    let mut letters = key.chars().filter(|c| !c.is_control());
    let key_tone = key.chars().next_back().filter(|c| c.is_control());
    let typed_tone = slots.iter().find_map(|slot| match slot {
        Slot::Is(c) => tone(*c),
        _ => None,
    });
    if typed_tone.is_some() && typed_tone != key_tone {
        return false;
    }
    let mut rest = slots.iter().peekable();
    while let Some(slot) = rest.next() {
        match slot {
            Slot::Is(typed) => {
                let Some(letter) = letters.next() else {
                    return false;
                };
                if level(*typed) != letter && !(typed.is_ascii() && *typed == base(letter)) {
                    return false;
                }
            }
            Slot::OneOf(options) => {
                let Some(letter) = letters.next() else {
                    return false;
                };
                if !options.contains(&base(letter)) {
                    return false;
                }
            }
            Slot::Vowels => {
                let vowels = letters
                    .clone()
                    .take_while(|letter| is_vowel(*letter))
                    .take(MOST_HIDDEN)
                    .count();
                if vowels == 0 {
                    return false;
                }
                // The signs stand for the whole row of vowels, but for one that is typed right after them.
                let kept = rest
                    .peek()
                    .is_some_and(|next| matches!(next, Slot::Is(c) if is_vowel(*c)));
                for _ in 0..vowels.saturating_sub(usize::from(kept && vowels > 1)) {
                    letters.next();
                }
            }
        }
    }
    letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key;

    fn shows(typed: &str, meant: &str) -> bool {
        slots(typed).is_some_and(|slots| fits(&slots, &key(meant)))
    }

    #[test]
    fn signs_are_read_as_the_letters_they_look_like() {
        for (typed, meant) in [
            ("đ!t", "địt"),
            ("c4c", "cặc"),
            ("l0n", "lồn"),
            ("a$$", "ass"),
            ("@ss", "ass"),
            ("f*ck", "fuck"),
            ("f**k", "fuk"),
            ("b**i", "buồi"),
            ("đ*t", "địt"),
            ("l*n", "lồn"),
        ] {
            assert!(shows(typed, meant), "{typed}");
        }
        for (typed, meant) in [
            ("đ!t", "đụt"),
            ("d*t", "đẹpt"),
            ("5g", "sg"),
            ("l0n", "lớnn"),
            ("ồ!n", "lồn"),
        ] {
            assert!(!shows(typed, meant), "{typed}");
        }
    }
}

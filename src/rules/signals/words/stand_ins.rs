//! Words in which signs and digits stand for letters (`đ!t`, `c4c`, `a$$`) or hide them (`đ*t`, `f**k`).

use std::ops::Range;

use super::lexicon::Lexicon;
use super::readings::Step;
use crate::text::{
    Reading, Span, base, hides_letters, is_letter, is_marked, is_syllable, is_vowel, is_word_char,
    key, level, may_have_stand_ins, stands_for, tone,
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
    /// A row of so many signs: one to three vowels.
    Vowels(usize),
}

/// Adds the readings of all disguised words of the text, and takes away those of their parts: `ngu*n` is not *ngu*.
pub(super) fn read(reading: &Reading<'_>, lexicon: &Lexicon, steps: &mut Vec<Step>) {
    let text = reading.canonical().text();
    if !may_have_stand_ins(text) {
        return;
    }
    let mut reader = Reader {
        reading,
        lexicon,
        parts: vec![false; reading.syllables().list().len()],
        steps: Vec::new(),
    };
    let mut from = 0;
    // What a disguised word may be made of; anything else ends it.
    for piece in text.split(|c| !(is_word_char(c) || !stands_for(c).is_empty() || hides_letters(c)))
    {
        reader.read(piece, from);
        from += piece.len();
        from += text[from..].chars().next().map_or(0, char::len_utf8);
    }
    let Reader {
        parts, steps: new, ..
    } = reader;
    steps.retain(|step| !parts[step.from..step.to].contains(&true));
    steps.extend(new);
}

struct Reader<'a> {
    reading: &'a Reading<'a>,
    lexicon: &'a Lexicon,
    /// The syllables that are no words but parts of one.
    parts: Vec<bool>,
    steps: Vec<Step>,
}

impl Reader<'_> {
    fn read(&mut self, piece: &str, piece_at: usize) {
        // A mark of exclamation at an end is just that.
        let core = piece.trim_matches(|c| matches!(c, '!' | '+' | '|' | '^' | '°'));
        // `*từ*` is emphasis; in `đ*` the star is what the reader has to guess.
        let emphasised = core.starts_with(hides_letters) && core.ends_with(hides_letters);
        let core = if emphasised {
            core.trim_matches(hides_letters)
        } else if core.is_ascii() && core.contains(is_vowel_of_any_case) {
            // A star after a whole word is a footnote; in `ng*` it is the vowel.
            core.trim_end_matches(hides_letters)
        } else {
            core
        };
        if core.len() >= 64 || core.chars().all(is_letter) || !core.chars().any(is_letter) {
            return;
        }
        let at = piece_at + (core.as_ptr() as usize - piece.as_ptr() as usize);
        let all = self.reading.syllables().list();
        let first = all.partition_point(|s| (s.end as usize) <= at);
        let end = all.partition_point(|s| (s.start as usize) < at + core.len());
        if first >= end {
            return;
        }
        let before = self.steps.len();
        self.disguised(core, at, first..end);
        if self.steps.len() == before {
            self.beside_digits(core, first..end);
        }
        let starred = core.trim_matches(hides_letters).contains('*') && !is_parted(core);
        let has_rest = || all[first..end].iter().any(|one| one.letters() == 1);
        if starred && (self.steps.len() > before || has_rest()) {
            self.parts[first..end].fill(true);
        }
    }

    fn disguised(&mut self, core: &str, at: usize, syllables: Range<usize>) {
        let Some(slots) = slots(core) else { return };
        if self.only_set_apart(core, at, &syllables) {
            return;
        }
        let typed_marks = core.chars().any(|c| !c.is_ascii() && is_letter(c));
        for &head in letters_of(slots.first()) {
            for &tail in letters_of(slots.last()) {
                for &meant in self.lexicon.between(head, tail) {
                    let key = self.lexicon.key(meant);
                    if fits(&slots, key) {
                        // A sign hides the tone with the letter; a word without any mark may be another.
                        let unmarked = !typed_marks && is_marked(key);
                        let span = self.reading.canonical().source(at..at + core.len());
                        self.push(syllables.clone(), span, meant, unmarked);
                    }
                }
            }
        }
    }

    /// Whether the signs hide nothing, for what is left without them is a word with its marks: `đ_ó` is *đó*, `lồ_n` is what it is.
    /// A star between plain letters (`đ*o`) does hide one.
    fn only_set_apart(&mut self, core: &str, at: usize, syllables: &Range<usize>) -> bool {
        let rest: String = core.chars().filter(|c| !hides_letters(*c)).collect();
        let whole = key(&rest);
        if rest.len() == core.len() || !is_marked(&whole) || !is_syllable(&whole) {
            return false;
        }
        if let Some(meant) = self.lexicon.exact(&whole)
            && syllables.len() > 1
        {
            let span = self.reading.canonical().source(at..at + core.len());
            self.push(syllables.clone(), span, meant, false);
            return true;
        }
        !core.contains('*') || rest.chars().any(|c| tone(c).is_some())
    }

    /// `fuck123`: digits that stand for nothing, as a nought, which looks like a letter, does not.
    fn beside_digits(&mut self, core: &str, syllables: Range<usize>) {
        let word = core.trim_matches(|c: char| c.is_ascii_digit());
        let letters = word.chars().count();
        if word.len() == core.len()
            || letters < 3
            || !word.chars().all(is_letter)
            || core.strip_prefix(word) == Some("0")
        {
            return;
        }
        if let Some(meant) = self.lexicon.exact(&key(word)) {
            let list = self.reading.syllables().list();
            let span = Span::new(
                list[syllables.start].span.start,
                list[syllables.end - 1].span.end,
            );
            self.push(syllables, span, meant, false);
        }
    }

    fn push(&mut self, syllables: Range<usize>, span: Span, meant: u32, unmarked: bool) {
        self.steps.push(Step {
            from: syllables.start,
            to: syllables.end,
            syllable: meant,
            span,
            unmarked,
            hidden: true,
            row: None,
        });
    }
}

/// Whether signs stand between three letters or more and hide none (`f*u*c*k`).
fn is_parted(core: &str) -> bool {
    let apart = |(place, c): (usize, char)| {
        if place % 2 == 0 {
            is_letter(c)
        } else {
            hides_letters(c)
        }
    };
    let count = core.chars().count();
    count >= 5 && count % 2 == 1 && core.chars().enumerate().all(apart)
}

fn is_vowel_of_any_case(c: char) -> bool {
    is_vowel(c.to_ascii_lowercase())
}

/// Whether digits in bare letters are what they seem: at an end of a short word (`5g`, `A55`), or more of them than letters.
/// In `ch0` the nought is the vowel.
fn is_number_or_name(core: &str) -> bool {
    if !core.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return false;
    }
    let at_end = core.starts_with(|c: char| c.is_ascii_digit())
        || core.ends_with(|c: char| c.is_ascii_digit());
    let letters = core.bytes().filter(u8::is_ascii_alphabetic).count();
    if letters == 2 && core.ends_with('0') && !core.contains(is_vowel_of_any_case) {
        return false;
    }
    (at_end && core.len() < 4) || letters * 2 < core.len()
}

/// The lexicon's words that a word without any vowel is with vowels for its *x* (`đxt`, `fxck`) or with *u* for its *v* (`fvck`): in
/// both a letter stands for another as a star does. Short words of plain letters are abbreviations (`txt`).
pub(super) fn vowelless(lexicon: &Lexicon, typed: &str) -> Vec<u32> {
    let count = typed.chars().count();
    let is_short = typed.is_ascii() && count < 4;
    let may_be = (3..=8).contains(&count)
        && !is_short
        && typed.chars().all(|c| is_letter(c) && !is_vowel(c));
    if !may_be {
        return Vec::new();
    }
    let last = count - 1;
    let slots: Vec<Slot> = typed
        .chars()
        .enumerate()
        .map(|(place, c)| match c {
            'x' if place > 0 && place < last => Slot::Vowels(1),
            'v' if place > 0 && place < last => Slot::OneOf(&['u']),
            other => Slot::Is(other),
        })
        .collect();
    if slots.iter().all(|slot| matches!(slot, Slot::Is(_))) {
        return Vec::new();
    }
    let (Some(head), Some(tail)) = (typed.chars().next(), typed.chars().next_back()) else {
        return Vec::new();
    };
    let alike = lexicon.between(base(head), base(tail)).iter().copied();
    alike
        .filter(|meant| fits(&slots, lexicon.key(*meant)))
        .collect()
}

/// A word with signs in it, read once for all the words that it is compared with.
#[derive(Debug)]
pub(super) struct Disguise(Option<Vec<Slot>>);

impl Disguise {
    pub(super) fn of(canonical: &str) -> Self {
        Self(slots(canonical))
    }

    /// Whether a word of written Vietnamese is one that it may hide: its marks are those that are typed.
    pub(super) fn may_be(&self, word: &str) -> bool {
        let slots = self.0.as_ref();
        slots.is_none_or(|slots| fits(slots, &key(word)))
    }
}

/// What else a word with hidden letters may be, without marks: the signs as any vowel, or as any two where there are more
/// signs than one.
pub(super) fn choices(canonical: &str) -> Vec<String> {
    const ONE: &[&str] = &["a", "e", "i", "o", "u", "y"];
    const TWO: &[&str] = &[
        "ai", "ao", "au", "ay", "eo", "eu", "ia", "ie", "iu", "oa", "oe", "oi", "ua", "ue", "ui",
        "uo", "uu", "uy", "ye",
    ];
    let signs = canonical.trim_start_matches(hides_letters);
    let count = signs.chars().filter(|c| hides_letters(*c)).count();
    let has_no_vowel = count == 0 && !canonical.chars().any(is_vowel);
    let vowels = ONE.iter().chain(if count > 1 { TWO } else { &[] });
    vowels
        .map(|vowel| {
            let mut word = String::with_capacity(canonical.len());
            let mut in_signs = false;
            for (place, c) in canonical.chars().enumerate() {
                if hides_letters(c) || (has_no_vowel && c == 'x' && place > 0) {
                    if !in_signs {
                        word.push_str(vowel);
                    }
                    in_signs = true;
                } else {
                    in_signs = false;
                    word.push(stands_for(c).first().copied().unwrap_or_else(|| base(c)));
                }
            }
            word
        })
        .collect()
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
            match slots.last_mut() {
                Some(Slot::Vowels(signs)) => *signs += 1,
                _ => slots.push(Slot::Vowels(1)),
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
        Some(Slot::Vowels(_)) => &['a', 'e', 'i', 'o', 'u', 'y'],
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
            Slot::Vowels(signs) => {
                let vowels = letters
                    .clone()
                    .take_while(|letter| is_vowel(*letter))
                    .take(MOST_HIDDEN)
                    .count();
                // The signs stand for the whole row of vowels, but for one that is typed right after them.
                let kept = rest
                    .peek()
                    .is_some_and(|next| matches!(next, Slot::Is(c) if is_vowel(*c)));
                let hidden = vowels.saturating_sub(usize::from(kept && vowels > 1));
                // One sign may hide a whole row of vowels that bear marks (`b*i`), but not *coon* as `c*n`.
                if hidden == 0 || (hidden > *signs && !is_marked(key)) {
                    return false;
                }
                for _ in 0..hidden {
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
            ("b*i", "buồi"),
            ("ng*", "ngu"),
            ("ch0", "chó"),
            ("đ*o", "đéo"),
        ] {
            assert!(shows(typed, meant), "{typed}");
        }
        for (typed, meant) in [
            ("đ!t", "đụt"),
            ("d*t", "đẹpt"),
            ("5g", "sg"),
            ("l0n", "lớnn"),
            ("ồ!n", "lồn"),
            ("c*n", "coon"),
            ("F0", "fo"),
        ] {
            assert!(!shows(typed, meant), "{typed}");
        }
    }
}

//! Names that speak for the newspaper, and names made to look like them. Who bears one is not refused: people are called
//! *Ban* and *Toàn*. What is found here is for a moderator to see.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

use crate::text::{LatinTable, base, is_apostrophe, is_plain};

/// What every newspaper's desk is called.
const DESK: [&str; 13] = [
    "Ban biên tập",
    "Toà soạn",
    "Quản trị",
    "Quản trị viên",
    "Ban quản trị",
    "Điều hành viên",
    "Biên tập viên",
    "Admin",
    "Administrator",
    "Moderator",
    "BTV",
    "BBT",
    "Kiểm duyệt viên",
];

/// The letters of a name in each of the ways that [`forms`] compares them.
type Forms = [Letters; 3];

/// A name's letters and digits, and where among them its words begin and end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Letters {
    all: Vec<char>,
    /// The end of each word.
    ends: Vec<usize>,
    /// Which letters there are, without their marks: a bit for each of `a` to `z`, and a few that all others share.
    kinds: u32,
}

/// Letters of a name of the usual length.
const TYPICAL: usize = 32;

/// Shorter names are too near to too many others.
const FEWEST_LETTERS_TO_BE_NEAR: usize = 5;

/// A site's reserved names, read once. By default those of any newspaper's desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserved {
    names: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    shown: String,
    forms: Forms,
    /// Where it is looked for in longer names.
    place: Place,
}

/// Where in a longer name a reserved one tells something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Nowhere,
    /// *Phóng viên Nguyễn Thị Lan* is said to be the moderator, *Nguyễn Thị Lan Anh* is somebody else.
    End,
    Anywhere,
}

/// A reserved name and how another comes near to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness<'a> {
    /// The reserved name, as it was given.
    pub name: &'a str,
    /// How near.
    pub how: Nearness,
}

/// How near one name comes to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// Drawn alike (UTS #39), or the same but for case, spaces, punctuation and tones left out.
    Same,
    /// The same words stand among others.
    Within,
    /// One letter more, less, another, or two changed about.
    Near,
}

impl Default for Reserved {
    fn default() -> Self {
        Self::new([], [])
    }
}

impl Reserved {
    /// No name at all: for whoever may bear any of them.
    pub const NONE: Self = Self { names: Vec::new() };

    /// The names that nobody but the newspaper should bear on its site: what its desk is called; names of `people`, such as
    /// its moderators, who may be announced (*Phóng viên …*); and names that `within` any longer one are seen, such as the
    /// newspaper's own.
    pub fn new<'a>(
        people: impl IntoIterator<Item = &'a str>,
        within: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let desk = DESK.iter().map(|name| Entry::new(name, Place::Anywhere));
        let people = people.into_iter().map(|name| {
            let entry = Entry::new(name, Place::End);
            // *Trần Lan* is not Lan.
            let is_whole = entry.forms[0].ends.len() > 2;
            entry.unless(!is_whole)
        });
        let within = within.into_iter().map(|name| {
            let entry = Entry::new(name, Place::Anywhere);
            // A short name stands within too many others.
            let is_short = entry.length() < FEWEST_LETTERS_TO_BE_NEAR;
            entry.unless(is_short)
        });
        let mut names: Vec<Entry> = desk.chain(people).chain(within).collect();
        names.retain(|entry| entry.length() > 0);
        Self { names }
    }

    /// The reserved name that `name` looks like, where it does: the one it comes nearest to.
    #[must_use]
    pub fn likeness(&self, name: &str) -> Option<Likeness<'_>> {
        let typed = forms(name);
        let found = self.names.iter().filter_map(|entry| {
            let how = entry.like(&typed)?;
            Some(Likeness {
                name: &entry.shown,
                how,
            })
        });
        found.min_by_key(|likeness| likeness.how as u8)
    }
}

impl Entry {
    fn new(name: &str, place: Place) -> Self {
        Self {
            shown: name.to_owned(),
            forms: forms(name),
            place,
        }
    }

    /// Looked for in no longer name, if so.
    fn unless(self, too_common: bool) -> Self {
        let place = if too_common {
            Place::Nowhere
        } else {
            self.place
        };
        Self { place, ..self }
    }

    fn length(&self) -> usize {
        self.forms[0].all.len()
    }

    fn like(&self, typed: &Forms) -> Option<Nearness> {
        // Most names lack several of its letters, and that is told at once.
        let lacks_one =
            |(typed, meant): (&Letters, &Letters)| (meant.kinds & !typed.kinds).count_ones() <= 1;
        if !typed.iter().zip(&self.forms).any(lacks_one) {
            return None;
        }
        let any = |test: fn(&Letters, &Letters) -> bool| {
            typed
                .iter()
                .zip(&self.forms)
                .any(|(typed, meant)| test(typed, meant))
        };
        if any(|typed, meant| is_written(&typed.all, &meant.all)) {
            Some(Nearness::Same)
        } else if self.length() >= FEWEST_LETTERS_TO_BE_NEAR
            && any(|typed, meant| is_one_step_off(&typed.all, &meant.all))
        {
            Some(Nearness::Near)
        } else {
            let stands_within = match self.place {
                Place::Nowhere => false,
                Place::End => any(Letters::end_with),
                Place::Anywhere => any(Letters::have_within),
            };
            stands_within.then_some(Nearness::Within)
        }
    }
}

impl Letters {
    /// Letters and digits of characters in NFC, without what stands between them, the tone where the newer spelling puts
    /// it.
    fn of(drawn: impl Iterator<Item = char>) -> Self {
        let (mut all, mut ends) = (Vec::with_capacity(TYPICAL), Vec::with_capacity(4));
        for c in drawn.filter(|c| !is_apostrophe(*c)) {
            if c.is_alphanumeric() {
                push(&mut all, c);
            } else if ends.last() != Some(&all.len()) {
                ends.push(all.len());
            }
        }
        ends.push(all.len());
        let kinds = all.iter().fold(0, |kinds, c| kinds | kind(*c));
        Self { all, ends, kinds }
    }

    /// Whether other words are the last of these.
    fn end_with(&self, words: &Self) -> bool {
        let mut starts = self.ends.iter();
        starts.any(|start| is_written(&self.all[*start..], &words.all))
    }

    /// Whether other words stand among these.
    fn have_within(&self, words: &Self) -> bool {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.enumerate().any(|(first, start)| {
            let mut ends = self.ends[first..].iter();
            ends.any(|end| is_written(&self.all[start..*end], &words.all))
        })
    }
}

/// The letters of a name as they are compared: as drawn (UTS #39) and then in lower case; in lower case and then as drawn,
/// since `I` is drawn like `l` and `i` is not; and as typed, since a drawing makes two letters of `m`.
fn forms(name: &str) -> Forms {
    if !is_plain(name) {
        return drawn(name).map(|form| Letters::of(form.chars()));
    }
    // Composed letters are drawn one by one.
    let letters = |form: usize| {
        let drawn = name.chars().filter_map(|c| LATIN.get(c));
        Letters::of(drawn.flat_map(move |forms| forms[form].chars()))
    };
    [letters(0), letters(1), letters(2)]
}

static LATIN: LazyLock<LatinTable<[String; 3]>> =
    LazyLock::new(|| LatinTable::new(|c| drawn(c.encode_utf8(&mut [0; 4]))));

/// The three ways in NFC.
fn drawn(name: &str) -> [String; 3] {
    let drawn: String = skeleton(name).collect();
    let lower = name.to_lowercase();
    let lower_drawn: String = skeleton(&lower).collect();
    [drawn.to_lowercase(), lower_drawn, lower].map(|form| form.nfc().collect())
}

fn kind(c: char) -> u32 {
    match base(c) {
        c @ 'a'..='z' => 1 << (c as u32 - 'a' as u32),
        c => 1 << (26 + c as u32 % 6),
    }
}

fn push(letters: &mut Vec<char>, c: char) {
    let mut next = c;
    if let Some(last) = letters.last_mut()
        && let Some((first, second)) = with_moved_tone(*last, c)
    {
        (*last, next) = (first, second);
    }
    letters.push(next);
}

/// *òa, òe, ùy* as *oà, oè, uỳ*.
fn with_moved_tone(first: char, second: char) -> Option<(char, char)> {
    if first.is_ascii() {
        return None;
    }
    let (from, to) = match (base(first), second) {
        ('o', 'a') => ("òóỏõọ", "àáảãạ"),
        ('o', 'e') => ("òóỏõọ", "èéẻẽẹ"),
        ('u', 'y') => ("ùúủũụ", "ỳýỷỹỵ"),
        _ => return None,
    };
    let tone = from.chars().position(|c| c == first)?;
    Some((base(first), to.chars().nth(tone)?))
}

/// Whether `typed` is `meant`, with or without its tones and other marks. Other tones make another name: *Quân Trí* is
/// a person, *Quan tri* and *Quản tri* are the desk.
fn is_written(typed: &[char], meant: &[char]) -> bool {
    typed.len() == meant.len() && typed.iter().zip(meant).all(|(t, m)| is_letter_for(*t, *m))
}

fn is_letter_for(typed: char, meant: char) -> bool {
    typed == meant || typed == base(meant)
}

/// Whether one letter put in, left out or replaced, or two neighbours changed about, make `typed` of `meant`.
fn is_one_step_off(typed: &[char], meant: &[char]) -> bool {
    if typed.len().abs_diff(meant.len()) > 1 {
        return false;
    }
    let pairs = typed.iter().zip(meant);
    let same = pairs.take_while(|(t, m)| is_letter_for(**t, **m)).count();
    let (typed, meant) = (&typed[same..], &meant[same..]);
    let rest = |t: usize, m: usize| match (typed.get(t..), meant.get(m..)) {
        (Some(typed), Some(meant)) => is_written(typed, meant),
        _ => false,
    };
    let changed_about = match (typed, meant) {
        ([a, b, ..], [c, d, ..]) => is_letter_for(*a, *d) && is_letter_for(*b, *c),
        _ => false,
    };
    rest(1, 1) || rest(1, 0) || rest(0, 1) || changed_about && rest(2, 2)
}

#[cfg(test)]
mod laws {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn letters_drawn_one_by_one_are_the_name_drawn(name in "[ -~À-ɏẠ-ỹ]{0,20}") {
            let whole = drawn(&name).map(|form| Letters::of(form.chars()));
            prop_assert_eq!(forms(&name), whole);
        }
    }
}

//! Names that speak for the newspaper, and names made to look like them. Who bears one is not refused: people are called
//! *Ban* and *Toàn*. What is found here is for a moderator to see.

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::skeleton;

use super::Name;
use super::fold::is_apostrophe;
use crate::text::{base, is_plain};

/// What every newspaper's desk is called.
const DESK: [&str; 11] = [
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
];

/// The letters of a name in each of the ways that [`forms`] compares them.
type Forms = [Letters; 3];

/// A name's letters and digits, and where among them its words begin and end.
#[derive(Debug, Clone)]
struct Letters {
    all: Vec<char>,
    /// The end of each word.
    ends: Vec<usize>,
}

/// Shorter names are too near to too many others.
const FEWEST_LETTERS_TO_BE_NEAR: usize = 5;

/// A site's reserved names, read once.
#[derive(Debug, Clone)]
pub struct Reserved {
    names: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    shown: String,
    forms: Forms,
    /// Whether it is also looked for inside longer names.
    within: bool,
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

impl Reserved {
    /// The names that nobody but the newspaper should bear on its site: what its desk is called, its own name, and those
    /// of its moderators.
    pub fn new<'a>(newspaper: &'a str, moderators: impl IntoIterator<Item = &'a str>) -> Self {
        let desk = DESK.iter().map(|name| Entry::new(name, true));
        let own = std::iter::once(newspaper).chain(moderators);
        let mut names: Vec<Entry> = desk
            .chain(own.map(|name| Entry::new(name, false)))
            .collect();
        names.retain(|entry| entry.length() > 0);
        Self { names }
    }
}

impl Entry {
    fn new(name: &str, within: bool) -> Self {
        Self {
            shown: name.to_owned(),
            forms: forms(name),
            within,
        }
    }

    fn length(&self) -> usize {
        self.forms[0].all.len()
    }

    fn like(&self, typed: &Forms) -> Option<Nearness> {
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
            let stands_within = self.within && any(Letters::have_within);
            stands_within.then_some(Nearness::Within)
        }
    }
}

impl Letters {
    /// Letters and digits in NFC, without what stands between them, the tone where the newer spelling puts it.
    fn of(drawn: &str) -> Self {
        let (mut all, mut ends) = (Vec::with_capacity(drawn.len()), Vec::new());
        for c in drawn.nfc().filter(|c| !is_apostrophe(*c)) {
            if c.is_alphanumeric() {
                push(&mut all, c);
            } else if ends.last() != Some(&all.len()) {
                ends.push(all.len());
            }
        }
        ends.push(all.len());
        Self { all, ends }
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

/// The reserved name that `name` looks like, where it does: the one it comes nearest to.
#[must_use]
pub fn reserved<'a>(name: &Name, names: &'a Reserved) -> Option<Likeness<'a>> {
    let typed = forms(name.as_str());
    let found = names.names.iter().filter_map(|entry| {
        let how = entry.like(&typed)?;
        Some(Likeness {
            name: &entry.shown,
            how,
        })
    });
    found.min_by_key(|likeness| likeness.how as u8)
}

/// Whether a name mixes scripts as no name does (UTS #39, 5.1 and 5.2): within a word any two that are not written
/// together, and in the name as a whole Latin with Cyrillic or Greek, which are drawn too much alike. *Lan 李* passes.
#[must_use]
pub fn mixes_scripts(name: &Name) -> bool {
    let name = name.as_str();
    if is_plain(name) {
        return false;
    }
    let has = |wanted: &[Script]| name.chars().any(|c| wanted.contains(&c.script()));
    let word_mixes = |word: &str| AugmentedScriptSet::for_str(word).is_empty();
    name.split(|c: char| c.is_whitespace() || c == '-')
        .any(word_mixes)
        || has(&[Script::Latin]) && has(&[Script::Cyrillic, Script::Greek])
}

/// The letters of a name as they are compared: as drawn (UTS #39) and then in lower case; in lower case and then as drawn,
/// since `I` is drawn like `l` and `i` is not; and as typed, since a drawing makes two letters of `m`.
fn forms(name: &str) -> Forms {
    let drawn: String = skeleton(name).collect();
    let lower = name.to_lowercase();
    let lower_drawn: String = skeleton(&lower).collect();
    [drawn.to_lowercase(), lower_drawn, lower].map(|form| Letters::of(&form))
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
mod tests {
    use super::*;

    fn site() -> Reserved {
        Reserved::new("Báo Đồng Nai", ["Nguyễn Thị Lan", "Trần Văn Bình"])
    }

    fn like(name: &str) -> Option<(String, Nearness)> {
        let (name, site) = (Name::parse(name).expect("a name"), site());
        reserved(&name, &site).map(|likeness| (likeness.name.to_owned(), likeness.how))
    }

    #[test]
    fn the_newspapers_names_are_seen_in_any_dress() {
        for (name, meant, how) in [
            ("Ban biên tập", "Ban biên tập", Nearness::Same),
            ("BAN BIÊN TẬP", "Ban biên tập", Nearness::Same),
            ("ban bien tap", "Ban biên tập", Nearness::Same),
            ("Ban.Biên-tập!", "Ban biên tập", Nearness::Same),
            ("Bаn biên tập", "Ban biên tập", Nearness::Same), // a Cyrillic а
            ("Tòa soạn", "Toà soạn", Nearness::Same),
            ("Toà soạn", "Toà soạn", Nearness::Same),
            ("Toa Soan", "Toà soạn", Nearness::Same),
            ("Toà sọan", "Toà soạn", Nearness::Same),
            ("Toàn soạn", "Toà soạn", Nearness::Near),
            ("T0à s0ạn", "Toà soạn", Nearness::Same),
            ("Quản trị", "Quản trị", Nearness::Same),
            ("Quan tri", "Quản trị", Nearness::Same),
            ("Admin", "Admin", Nearness::Same),
            ("ADMIN", "Admin", Nearness::Same),
            ("Аdmin", "Admin", Nearness::Same), // a Cyrillic А
            ("ADMІN", "Admin", Nearness::Same), // a Ukrainian І
            ("AdmIn", "Admin", Nearness::Same),
            ("Ad min", "Admin", Nearness::Same),
            ("Adrnin", "Admin", Nearness::Same), // r and n for m
            ("Ａｄｍｉｎ", "Admin", Nearness::Same),
            ("Admln", "Admin", Nearness::Near),
            ("Adm1n", "Admin", Nearness::Near),
            ("Admiin", "Admin", Nearness::Near),
            ("Amdin", "Admin", Nearness::Near),
            ("Admim", "Admin", Nearness::Near),
            ("Báo Đồng Nai", "Báo Đồng Nai", Nearness::Same),
            ("Bao Dong Nai", "Báo Đồng Nai", Nearness::Same),
            ("Báo Đồng Nay", "Báo Đồng Nai", Nearness::Near),
            ("Nguyễn Thị Lan", "Nguyễn Thị Lan", Nearness::Same),
            ("Nguyen Thi Lan", "Nguyễn Thị Lan", Nearness::Same),
            ("Nguyễn Thị Lam", "Nguyễn Thị Lan", Nearness::Near),
            (
                "Ban biên tập Báo Đồng Nai",
                "Ban biên tập",
                Nearness::Within,
            ),
            ("Lan (Toà soạn)", "Toà soạn", Nearness::Within),
            ("BTV Lan", "BTV", Nearness::Within),
            ("Lan-Toà soạn", "Toà soạn", Nearness::Within),
        ] {
            assert_eq!(like(name), Some((meant.to_owned(), how)), "{name}");
        }
    }

    #[test]
    fn people_are_left_alone() {
        for name in [
            "Nguyễn Văn Bân",
            "Trần Toàn",
            "Quân Trí",
            "Phạm Quang Trị",
            "Ý",
            "Bạn đọc Đồng Nai",
            "Lê Thị Soan",
            "Văn Bình",
            "Tuấn",
            "БТВ Иван",
            "李小龙",
        ] {
            assert_eq!(like(name), None, "{name}");
        }
    }

    #[test]
    fn mixed_scripts_are_seen_and_bilingual_names_are_not_mixed() {
        let mixed = |name: &str| mixes_scripts(&Name::parse(name).expect("a name"));
        for name in ["Lаn", "Nguyễn Vаn Αn", "Pуtin", "Nguyễn Иван", "Lan李"] {
            assert!(mixed(name), "{name}");
        }
        for name in [
            "Nguyễn Văn An",
            "Nguye\u{302}\u{303}n",
            "H'Hen Niê",
            "Lan 李",
            "Иван Петров",
            "田中さくら",
            "김철수 金",
            "می\u{200c}خواهم",
            "Lan 😀",
        ] {
            assert!(!mixed(name), "{name}");
        }
    }
}

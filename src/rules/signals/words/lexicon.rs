//! The syllables that phrases use, and the forms under which they are found.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::{Known, Neighbours, bare_key, base, is_letter, squeezed};

/// Numbered syllables.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    forms: FxHashMap<Box<str>, Form>,
    /// By their squeezed form, those that a drawn-out or shortened word may mean.
    squeezed: FxHashMap<Box<str>, Vec<u32>>,
    /// By first and last bare letter, those that are a phrase by themselves.
    alone: FxHashMap<(char, char), Vec<u32>>,
    keys: Vec<Box<str>>,
    /// As an editor spelled each first.
    spelled: Vec<Box<str>>,
    /// What the counts of written Vietnamese know of each.
    known: Vec<Known>,
    /// First and last bare letter and length of what may be found split in two.
    splits: FxHashSet<(char, char, u32)>,
}

/// What stands under one spelling.
#[derive(Debug, Default)]
pub(super) struct Form {
    /// The syllable that is spelled so.
    pub exact: Option<u32>,
    /// The syllables that are spelled so without their marks.
    pub unmarked: Vec<u32>,
}

impl Lexicon {
    /// The number of a syllable, given by its key and as it is spelled.
    pub(super) fn intern(&mut self, key: &str, spelled: &str) -> u32 {
        let number = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let form = self.forms.entry(key.into()).or_default();
        if let Some(known) = form.exact {
            return known;
        }
        form.exact = Some(number);
        self.keys.push(key.into());
        self.spelled.push(spelled.into());
        self.known.push(Neighbours::shipped().syllable(spelled));
        let bare = bare_key(key);
        if bare != key {
            self.forms
                .entry(bare.into())
                .or_default()
                .unmarked
                .push(number);
        }
        if let Some((first, last)) = ends(key) {
            self.splits.insert((first, last, letters(key)));
        }
        self.squeezed
            .entry(squeezed(key.trim_end_matches(super::ONLY_DRAWN_OUT)).into())
            .or_default()
            .push(number);
        number
    }

    /// Lets a syllable that is a phrase by itself be found behind signs that hide its letters.
    pub(super) fn stands_alone(&mut self, number: u32) {
        let ends = ends(self.key(number));
        if let Some(ends) = ends {
            let list = self.alone.entry(ends).or_default();
            if !list.contains(&number) {
                list.push(number);
            }
        }
    }

    pub(super) fn key(&self, number: u32) -> &str {
        &self.keys[number as usize]
    }

    /// A syllable as an editor spelled it.
    pub(super) fn spelled(&self, number: u32) -> &str {
        &self.spelled[number as usize]
    }

    /// What the counts of written Vietnamese know of a syllable.
    pub(super) fn known(&self, number: u32) -> Known {
        self.known[number as usize]
    }

    /// What is spelled as `key`.
    pub(super) fn form(&self, key: &str) -> Option<&Form> {
        self.forms.get(key)
    }

    /// The syllable whose key this is.
    pub(super) fn exact(&self, key: &str) -> Option<u32> {
        self.forms.get(key)?.exact
    }

    /// What a word that is drawn out somewhere may mean.
    pub(super) fn drawn_out(&self, key: &str) -> &[u32] {
        self.squeezed
            .get(squeezed(key).as_str())
            .map_or(&[], Vec::as_slice)
    }

    /// Whether two neighbours that begin and end so may be one syllable; most may not, and this is all they cost.
    pub(super) fn may_be_split(&self, first: char, last: char, letters: u32) -> bool {
        self.splits.contains(&(base(first), base(last), letters))
    }

    /// The one-syllable phrases that begin and end with these bare letters.
    pub(super) fn between(&self, first: char, last: char) -> &[u32] {
        self.alone.get(&(first, last)).map_or(&[], Vec::as_slice)
    }
}

/// The first and the last letter of a key of more than one letter, bare.
fn ends(key: &str) -> Option<(char, char)> {
    if letters(key) < 2 {
        return None;
    }
    let mut bare = key.chars().filter(|c| is_letter(*c)).map(base);
    Some((bare.next()?, bare.next_back()?))
}

/// How many letters a key has, its tone apart.
fn letters(key: &str) -> u32 {
    u32::try_from(key.chars().filter(|c| !c.is_control()).count()).unwrap_or(u32::MAX)
}

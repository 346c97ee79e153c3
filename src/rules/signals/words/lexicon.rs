//! The syllables that phrases use, and the forms under which they are found.

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use crate::text::{
    Known, Neighbours, Syllable, Syllables, bare_key, base, is_letter, key_number, squeezed,
};

/// Numbered syllables.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// By the numbers of their keys, which every syllable of a text carries.
    forms: HashTable<Form>,
    /// By their squeezed form, those that a drawn-out or shortened word may mean.
    squeezed: FxHashMap<Box<str>, Vec<u32>>,
    /// By first and last bare letter, those that may be found behind signs that hide their letters.
    by_ends: FxHashMap<(char, char), Vec<u32>>,
    keys: Vec<Box<str>>,
    /// As an editor spelled each first.
    spelled: Vec<Box<str>>,
    /// What the counts of written Vietnamese know of each.
    known: Vec<Known>,
    splits: Splits,
}

/// What stands under one spelling.
#[derive(Debug)]
pub(super) struct Form {
    key: Box<str>,
    /// The syllable that is spelled so.
    pub exact: Option<u32>,
    /// The syllables that are spelled so without their marks.
    pub unmarked: Vec<u32>,
}

impl Lexicon {
    /// The number of a syllable, given by its key and as it is spelled.
    pub(super) fn intern(&mut self, key: &str, spelled: &str) -> u32 {
        let number = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let form = self.form_mut(key);
        if let Some(known) = form.exact {
            return known;
        }
        form.exact = Some(number);
        self.keys.push(key.into());
        self.spelled.push(spelled.into());
        self.known.push(Neighbours::shipped().syllable(spelled));
        let bare = bare_key(key);
        if bare != key {
            self.form_mut(&bare).unmarked.push(number);
        }
        if let Some((first, last)) = ends(key) {
            self.splits.insert(first, last, letters(key));
            self.by_ends.entry((first, last)).or_default().push(number);
        }
        self.squeezed
            .entry(squeezed(key.trim_end_matches(super::ONLY_DRAWN_OUT)).into())
            .or_default()
            .push(number);
        number
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
        self.forms.find(key_number(key), |form| &*form.key == key)
    }

    /// What is spelled as a syllable of a text is.
    pub(super) fn form_of(&self, syllables: &Syllables, syllable: &Syllable) -> Option<&Form> {
        let key = syllables.key(syllable);
        self.forms.find(syllable.number(), |form| &*form.key == key)
    }

    fn form_mut(&mut self, key: &str) -> &mut Form {
        let entry = self.forms.entry(
            key_number(key),
            |form| &*form.key == key,
            |form| key_number(&form.key),
        );
        let new = || Form {
            key: key.into(),
            exact: None,
            unmarked: Vec::new(),
        };
        entry.or_insert_with(new).into_mut()
    }

    /// The syllable whose key this is.
    pub(super) fn exact(&self, key: &str) -> Option<u32> {
        self.form(key)?.exact
    }

    /// What a word that is drawn out somewhere may mean.
    pub(super) fn drawn_out(&self, key: &str) -> &[u32] {
        self.squeezed
            .get(squeezed(key).as_str())
            .map_or(&[], Vec::as_slice)
    }

    /// Whether two neighbours that begin and end so may be one syllable; most may not, and this is all they cost.
    pub(super) fn may_be_split(&self, first: char, last: char, letters: u32) -> bool {
        self.splits.contains(base(first), base(last), letters)
    }

    /// The syllables that begin and end with these bare letters.
    pub(super) fn between(&self, first: char, last: char) -> &[u32] {
        self.by_ends.get(&(first, last)).map_or(&[], Vec::as_slice)
    }
}

/// First and last bare letter and length of what may be found split in two: one bit for each, shared by a few. Who is told
/// yes looks the word up.
#[derive(Debug)]
struct Splits([u64; Self::WORDS]);

impl Splits {
    const WORDS: usize = 512;

    fn bit(first: char, last: char, letters: u32) -> (usize, u64) {
        let number = (u32::from(first) * 37 + u32::from(last)) * 16 + letters.min(15);
        let bit = number as usize % (Self::WORDS * 64);
        (bit / 64, 1 << (bit % 64))
    }

    fn insert(&mut self, first: char, last: char, letters: u32) {
        let (word, bit) = Self::bit(first, last, letters);
        self.0[word] |= bit;
    }

    fn contains(&self, first: char, last: char, letters: u32) -> bool {
        let (word, bit) = Self::bit(first, last, letters);
        self.0[word] & bit != 0
    }
}

impl Default for Splits {
    fn default() -> Self {
        Self([0; Self::WORDS])
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

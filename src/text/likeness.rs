//! How near one text comes to another: a sketch that copies share even where a name, a number, a link or a few words
//! are others.
//!
//! The sketch is a `MinHash` (Broder, *On the resemblance and containment of documents*, 1997) over the text's shingles of
//! six letters: two texts have the same least hash as often as their shingles overlap. It is taken by one permutation
//! (Li, Owen and Zhang, 2012): each shingle is hashed once and falls into one of 24 bins, and a bin that stays empty
//! borrows from another (Shrivastava, *Optimal densification*, 2017). The bins are cut into bands of three (Indyk and
//! Motwani, 1998; Leskovec et al., *Mining of Massive Datasets*, 3.4): near copies share several bands, others hardly one,
//! so texts are found by their bands and never compared in pairs.

use super::alphabet::base;
use super::fingerprint::of_letters;
use super::{Reading, is_word_char};

/// Shorter texts have too few shingles for their overlap to say much, and say the same honestly.
pub const FEWEST_LETTERS: u32 = 60;
/// As many bands as a sketch has.
pub const BANDS: usize = 8;
/// As many bands as near copies share at least. Of two texts whose shingles overlap by four fifths, 97 in a hundred do;
/// by a fifth, two in a thousand.
pub const SHARED: usize = 2;

const ROWS: usize = 3;
const BINS: usize = BANDS * ROWS;
/// Letters a shingle, each by ten bits of its code: the window of all six fits a number.
const SHINGLE: u32 = 6;
const LETTER_BITS: u32 = 10;
const WINDOW: u64 = (1 << (SHINGLE * LETTER_BITS)) - 1;

/// The bands of a text's sketch.
pub type Bands = [u32; BANDS];

/// What tells that a text comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Likeness {
    /// The [`fingerprint`](super::fingerprint): equal for the same letters.
    pub exact: Option<i64>,
    /// Mostly equal for nearly the same letters; for short texts equal where all but numbers to call and links is the same, and
    /// none where there are no such.
    pub near: Option<Bands>,
}

/// Reads a text's letters once for both.
#[must_use]
pub fn likeness(body: &Reading<'_>) -> Likeness {
    let text = body.canonical().text();
    let mut letters = String::with_capacity(text.len());
    let mut sketch = Sketch::new();
    for letter in text.chars().map(base).filter(|c| is_word_char(*c)) {
        letters.push(letter);
        sketch.put(letter);
    }
    Likeness {
        exact: of_letters(&letters),
        near: sketch.bands().or_else(|| bands_of_frame(text)),
    }
}

/// As many letters as a short text has at the least besides its numbers and links.
const FRAME_LETTERS: usize = 16;
/// As many digits as make a number to call, where there is no link: years and prices are everybody's.
const FRAME_DIGITS: usize = 7;

/// What stands for a sketch of a text too short for one, where it holds a number to call or a link: the rest of it, which copies
/// with other numbers and links share whole. Without any of them the fingerprint says as much.
fn bands_of_frame(text: &str) -> Option<Bands> {
    let is_filled_in =
        |word: &&str| word.contains(|c: char| c.is_ascii_digit()) || has_inner_dot(word);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits < FRAME_DIGITS && !text.split_whitespace().any(has_inner_dot) {
        return None;
    }
    let frame = text.split_whitespace().filter(|word| !is_filled_in(word));
    let letters = frame
        .flat_map(str::chars)
        .map(base)
        .filter(|c| is_word_char(*c));
    let (mut mixed, mut count) = (0_u64, 0);
    for letter in letters {
        mixed = mix(mixed ^ u64::from(u32::from(letter)));
        count += 1;
    }
    (count >= FRAME_LETTERS)
        .then(|| std::array::from_fn(|band| low(mix(mixed.wrapping_add(band as u64)))))
}

/// As hosts and addresses have: a full stop between letters.
fn has_inner_dot(word: &str) -> bool {
    word.trim_matches('.').contains('.')
}

struct Sketch {
    window: u64,
    letters: u32,
    least: [u32; BINS],
}

/// What no shingle says: its bin is still empty.
const NONE: u32 = u32::MAX;

impl Sketch {
    const fn new() -> Self {
        Self {
            window: 0,
            letters: 0,
            least: [NONE; BINS],
        }
    }

    #[inline]
    fn put(&mut self, letter: char) {
        let code = u64::from(u32::from(letter)) & ((1 << LETTER_BITS) - 1);
        self.window = (self.window << LETTER_BITS | code) & WINDOW;
        self.letters = self.letters.saturating_add(1);
        if self.letters >= SHINGLE {
            let mixed = mix(self.window);
            let bin = &mut self.least[bin_of(mixed)];
            *bin = low(mixed).min(*bin);
        }
    }

    fn bands(&self) -> Option<Bands> {
        if self.letters < FEWEST_LETTERS {
            return None;
        }
        let mut bands = [0; BANDS];
        for (band, place) in bands.iter_mut().zip((0..BINS).step_by(ROWS)) {
            let rows = (place..place + ROWS).map(|bin| u64::from(self.filled(bin)));
            let mixed = rows.fold(place as u64, |mixed, row| mix(mixed ^ row));
            *band = low(mixed);
        }
        Some(bands)
    }

    /// A bin's least hash, or that of the bin it borrows from: always the same one, whatever else is empty. There is one,
    /// since a text of that many letters has shingles.
    fn filled(&self, bin: usize) -> u32 {
        let mut seed = bin as u64;
        let mut from = bin;
        while self.least[from] == NONE {
            // Where a shingle's hash is the mark of emptiness itself, and the only one, the steps would never end.
            if seed > 1 << 16 {
                return NONE;
            }
            seed += BINS as u64;
            from = bin_of(mix(seed));
        }
        self.least[from]
    }
}

/// `SplitMix64`'s finalizer (Steele, Lea and Flood, 2014): every bit of the input moves every bit of the output.
const fn mix(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

#[allow(clippy::cast_possible_truncation)] // below BINS
const fn bin_of(mixed: u64) -> usize {
    (((mixed >> 32) * BINS as u64) >> 32) as usize
}

#[allow(clippy::cast_possible_truncation)] // half of it is meant
const fn low(mixed: u64) -> u32 {
    mixed as u32
}

#[cfg(test)]
mod tests;

//! The walk over a text's readings.

use super::context::Around;
use super::glued::{self, Bare, Glued};
use super::meant::Stretches;
use super::parts;
use super::readings::{self, Step};
use super::starred::Guesses;
use super::{LONGEST, Toneless, Words};
use crate::domain::View;
use crate::text::{Reading, Span, Telling};

/// One occurrence of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Whose phrase it is.
    pub owner: usize,
    /// Where it stands in the stored field.
    pub span: Span,
    /// How the text was read: with its tones, with tones put back, or with hidden letters put back.
    pub view: View,
    /// How many syllables the phrase has.
    pub syllables: usize,
}

/// How likely it must be that unmarked syllables stand for a phrase, in natural-log odds against all else that they may
/// stand for.
#[derive(Debug, Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Odds {
    /// In a stretch that is written without tones.
    pub toneless: f32,
    /// In a stretch that is written with them, where an unmarked syllable usually is what it seems.
    pub toned: f32,
    /// The same, for letters that are no word as they stand: a slip or a trick.
    pub slip: f32,
    /// How much less is asked of a word that somebody took pains to hide.
    pub hidden: f32,
    /// How much more is granted to a word whose vowel is hidden behind a star: people seldom hide innocent ones.
    pub starred: f32,
    /// How it is told in which of these stretches a word stands.
    pub language: Telling,
}

/// Tells every occurrence, and the readings that it is made of.
pub(super) fn find(
    words: &Words,
    reading: &Reading<'_>,
    odds: Odds,
    mut tell: impl FnMut(Found, &[&Step]),
) {
    for run in glued::bare(words, reading) {
        find_apart(words, &run, odds, &mut tell);
    }
    let steps = readings::steps(words, reading);
    let glued = glued::find(words, reading);
    let mut walk = Walk {
        words,
        reading,
        odds,
        steps: &steps,
        path: Vec::new(),
        stretches: Stretches::default(),
        guesses: Guesses::default(),
        tell,
    };
    for step in &steps {
        walk.follow(0, step);
    }
    for row in &glued {
        walk.stand_in_one(row);
    }
}

/// Reads a run of bare letters as its syllables written apart. What is found there stands for the whole run; where the run can be
/// cut otherwise into as few syllables and nothing is found, it is that.
fn find_apart(words: &Words, run: &Bare, odds: Odds, tell: &mut dyn FnMut(Found, &[&Step])) {
    let mut owners: Option<Vec<(usize, usize)>> = None;
    for cut in &run.cuts {
        let mut here = Vec::new();
        let mut see = |found: Found, _: &[&Step]| here.push((found.owner, found.syllables));
        let see: &mut dyn FnMut(Found, &[&Step]) = &mut see;
        find(words, &Reading::new(cut), odds, see);
        if here.is_empty() {
            return;
        }
        owners.get_or_insert(here);
    }
    for (owner, syllables) in owners.unwrap_or_default() {
        // One syllable in a capitalised run is a part of a name (*Reguilon*).
        if run.is_capitalised && syllables < 2 {
            continue;
        }
        let found = Found {
            owner,
            span: run.span,
            view: View::Hidden,
            syllables,
        };
        tell(found, &[]);
    }
}

pub(super) struct Walk<'a, F> {
    pub(super) words: &'a Words,
    pub(super) reading: &'a Reading<'a>,
    pub(super) odds: Odds,
    pub(super) steps: &'a [Step],
    pub(super) path: Vec<&'a Step>,
    pub(super) stretches: Stretches,
    pub(super) guesses: Guesses,
    tell: F,
}

impl<'a, F: FnMut(Found, &[&Step])> Walk<'a, F> {
    fn follow(&mut self, state: u32, step: &'a Step) {
        let words = self.words;
        let Some(state) = words.automaton.step(state, step.syllable) else {
            return;
        };
        self.path.push(step);
        for &phrase in words.automaton.ends(state) {
            if let Some(found) = self.found(phrase as usize) {
                (self.tell)(found, &self.path);
            }
        }
        if self.path.len() < LONGEST {
            let steps = self.steps;
            let next = steps.partition_point(|other| other.from < step.to);
            for other in steps[next..]
                .iter()
                .take_while(|other| other.from == step.to)
            {
                self.follow(state, other);
            }
        }
        self.path.pop();
    }

    /// A phrase inside one run of letters.
    fn stand_in_one(&mut self, row: &'a Glued) {
        self.path = row.path.iter().collect();
        if let Some(found) = self.found(row.phrase as usize) {
            (self.tell)(found, &self.path);
        }
        self.path.clear();
    }

    /// Whether the path leaves nothing over of a row of letters that were set apart without spaces (`P.a.k.i.s.t.a.n`).
    fn covers_its_rows(&self) -> bool {
        let (Some(first), Some(last)) = (self.path.first(), self.path.last()) else {
            return false;
        };
        self.path
            .iter()
            .filter_map(|step| step.row)
            .all(|(from, to)| first.from <= from && to <= last.to)
    }

    /// The phrase at the end of the path, where its terms hold.
    fn found(&self, phrase: usize) -> Option<Found> {
        let entry = &self.words.phrases[phrase];
        let (first, last) = (self.path.first()?, self.path.last()?);
        let unmarked = self.path.iter().any(|step| step.unmarked);
        let hidden = self.path.iter().any(|step| step.hidden);
        let telling = &self.odds.language;
        let around = Around {
            toneless: || {
                self.stretches
                    .is_toneless(telling, self.reading, first.from)
                    || self.is_one_of_many()
            },
            vietnamese: || self.is_among_vietnamese(first.from),
        };
        let near = entry.near.is_none_or(|near| {
            self.words.nears[near].holds(self.reading, first.from, last.to, unmarked, &around)
        });
        let meant = || {
            if hidden && self.is_starred() {
                self.is_guessed(entry.toneless)
            } else if unmarked {
                self.is_meant(entry.toneless, hidden)
            } else {
                entry.toneless == Toneless::Always || self.is_what_it_seems()
            }
        };
        let whole = self.covers_its_rows() && !parts::is_part(self.reading, &self.path);
        let kept = whole && near && meant() && !self.is_head_of_another();
        kept.then(|| Found {
            owner: entry.owner,
            span: Span::new(first.span.start, last.span.end),
            syllables: self.path.len(),
            view: if hidden {
                View::Hidden
            } else if unmarked {
                View::Toneless
            } else {
                View::Toned
            },
        })
    }
}

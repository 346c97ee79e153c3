//! Syllables that were written without the space between them (`địtmẹ`, `vãilồn`).
//!
//! Only a run of letters that bears a tone and is no Vietnamese syllable is looked at, and it is read where there is but one
//! kind of cut: into the fewest parts that are all words of written Vietnamese, one of them with marks being of a phrase.
//! Where the same run can also be cut into as few innocent words, it is those.

use std::ops::Range;

use super::Words;
use super::readings::Step;
use crate::text::{
    Neighbours, Reading, Span, Syllable, common_english, is_bare_syllable, is_marked, is_vowel, key,
};

/// No syllable is longer (`nghiêng`).
const LONGEST_SYLLABLE: usize = 7;
/// Bare letters are read from so many syllables on.
const FEWEST_BARE: usize = 3;
/// Into more parts nobody writes.
const MOST_PARTS: usize = 4;

/// A row of syllables inside one run of letters, and a phrase that it is.
#[derive(Debug)]
pub(super) struct Glued {
    pub path: Vec<Step>,
    pub phrase: u32,
}

/// Every phrase inside the runs of letters that are several syllables. What a phrase asks of its neighbours can be told
/// only where it is the whole run, so such a phrase is left out elsewhere; what it asks where marks are missing is nothing to
/// a run that bears them.
pub(super) fn find(words: &Words, reading: &Reading<'_>) -> Vec<Glued> {
    let list = reading.syllables().list().iter().enumerate();
    list.filter(|(_, syllable)| may_be_glued(syllable, reading))
        .flat_map(|(at, syllable)| Run::of(words, reading, at, syllable).phrases())
        .collect()
}

/// A run of letters without any mark that is several syllables (`ditconmemay`), and how they are written apart.
#[derive(Debug)]
pub(super) struct Bare {
    pub span: Span,
    pub cuts: Vec<String>,
    /// Whether it is written as names are.
    pub is_capitalised: bool,
}

/// The runs of bare letters that are three syllables or more. Shorter ones are names and words of other languages too often.
pub(super) fn bare(words: &Words, reading: &Reading<'_>) -> Vec<Bare> {
    let list = reading.syllables().list().iter().enumerate();
    list.filter(|(_, syllable)| may_be_bare(words, syllable, reading))
        .filter_map(|(at, syllable)| {
            let run = Run {
                bare: true,
                ..Run::of(words, reading, at, syllable)
            };
            let cuts = run.fewest_parts();
            let apart = |cut: &Vec<Range<usize>>| {
                let parts: Vec<&str> = cut.iter().map(|part| run.part(part)).collect();
                parts.join(" ")
            };
            (cuts.first()?.len() >= FEWEST_BARE).then(|| Bare {
                span: syllable.span,
                cuts: cuts.iter().map(apart).collect(),
                is_capitalised: is_capitalised(reading.excerpt(syllable.span)),
            })
        })
        .collect()
}

fn is_capitalised(typed: &str) -> bool {
    let mut letters = typed.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

fn may_be_bare(words: &Words, syllable: &Syllable, reading: &Reading<'_>) -> bool {
    syllable.is_plain() && !syllable.has_digits() && (8..=20).contains(&syllable.letters()) && {
        let typed = &reading.canonical().text()[syllable.start as usize..syllable.end as usize];
        common_english(typed).is_none() && words.lexicon.exact(typed).is_none()
    }
}

/// Whether a run has a vowel after a consonant after a vowel, which no syllable has; most have none, and this is all they
/// cost.
fn may_be_glued(syllable: &Syllable, reading: &Reading<'_>) -> bool {
    let fits =
        syllable.is_toned() && !syllable.has_digits() && (4..=20).contains(&syllable.letters());
    fits && {
        let typed = &reading.canonical().text()[syllable.start as usize..syllable.end as usize];
        let mut groups = 0;
        let mut in_vowels = false;
        for c in typed.chars() {
            let vowel = is_vowel(c);
            groups += u32::from(vowel && !in_vowels);
            in_vowels = vowel;
        }
        groups >= 2
    }
}

/// One run of letters.
struct Run<'a> {
    words: &'a Words,
    at: usize,
    text: &'a str,
    /// Where each character starts, and the end: in bytes of the run, and in the original.
    places: Vec<(usize, u32)>,
    /// Whether it bears no marks, and neither do its parts.
    bare: bool,
}

impl<'a> Run<'a> {
    fn of(words: &'a Words, reading: &'a Reading<'_>, at: usize, syllable: &Syllable) -> Self {
        let canonical = reading.canonical();
        let (start, end) = (syllable.start as usize, syllable.end as usize);
        let text = &canonical.text()[start..end];
        let mut places: Vec<(usize, u32)> = text
            .char_indices()
            .map(|(byte, c)| {
                let from = start + byte;
                (byte, canonical.source(from..from + c.len_utf8()).start)
            })
            .collect();
        places.push((text.len(), syllable.span.end));
        Self {
            words,
            at,
            text,
            places,
            bare: false,
        }
    }

    /// The phrases in it; none where some cut into as few words has none.
    fn phrases(&self) -> Vec<Glued> {
        let mut found = Vec::new();
        for cut in self.fewest_parts() {
            let before = found.len();
            self.phrases_of(&cut, &mut found);
            if found.len() == before {
                return Vec::new();
            }
        }
        found
    }

    /// The cuts into the fewest words, at least two.
    fn fewest_parts(&self) -> Vec<Vec<Range<usize>>> {
        let mut open: Vec<Vec<Range<usize>>> = vec![Vec::new()];
        let end = self.places.len() - 1;
        for _ in 0..MOST_PARTS {
            open = open
                .iter()
                .flat_map(|cut| {
                    let from = cut.last().map_or(0, |last| last.end);
                    (from + 1..=(from + LONGEST_SYLLABLE).min(end))
                        .filter(move |to| self.is_word(from..*to))
                        .map(move |to| {
                            let mut longer = cut.clone();
                            longer.push(from..to);
                            longer
                        })
                })
                .collect();
            let whole: Vec<_> = open
                .iter()
                .filter(|cut| cut.last().is_some_and(|last| last.end == end))
                .cloned()
                .collect();
            if !whole.is_empty() {
                return whole;
            }
        }
        Vec::new()
    }

    /// Whether a part is written by itself: a word of the counts, or of a phrase.
    fn is_word(&self, part: Range<usize>) -> bool {
        let text = self.part(&part);
        if self.bare {
            return part.len() > 1
                && is_bare_syllable(text)
                && Neighbours::shipped().fold_id(text).is_some();
        }
        part.len() > 1
            && text.chars().any(is_vowel)
            && (Neighbours::shipped().knows(text) || self.words.lexicon.exact(&key(text)).is_some())
    }

    fn part(&self, part: &Range<usize>) -> &'a str {
        &self.text[self.places[part.start].0..self.places[part.end].0]
    }

    fn phrases_of(&self, cut: &[Range<usize>], found: &mut Vec<Glued>) {
        for first in 0..cut.len() {
            let mut state = 0;
            let mut path: Vec<Step> = Vec::new();
            for part in &cut[first..] {
                let Some(syllable) = self.words.lexicon.exact(&key(self.part(part))) else {
                    break;
                };
                let Some(next) = self.words.automaton.step(state, syllable) else {
                    break;
                };
                state = next;
                path.push(Step {
                    from: self.at,
                    to: self.at + 1,
                    syllable,
                    span: Span::new(self.places[part.start].1, self.places[part.end].1),
                    unmarked: false,
                    hidden: true,
                    row: None,
                });
                let marked = |step: &Step| is_marked(self.words.lexicon.key(step.syllable));
                let told = |phrase: u32| {
                    let near = self.words.phrases[phrase as usize].near;
                    path.len() == cut.len()
                        || near.is_none_or(|near| self.words.nears[near].is_for_unmarked())
                };
                if path.iter().any(marked) {
                    let phrases = self.words.automaton.ends(state).iter().copied();
                    found.extend(phrases.filter(|phrase| told(*phrase)).map(|phrase| Glued {
                        path: path.clone(),
                        phrase,
                    }));
                }
            }
        }
    }
}

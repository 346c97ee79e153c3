//! What of a comment the model weighs.

use super::hash::{Bank, Name};
use super::letters::{Letters, MOST, Places};
use super::shape::shape;
use crate::domain::{Category, CheckerRule, Evidence, Field, View};
use crate::text::{Reading, Span};

/// Runs of as many letters are features.
const SHORTEST: usize = 2;
/// To as many.
const LONGEST: usize = 5;

/// The kinds of features, in the order in which they stand in [`Features`].
const BLOCKS: usize = 6;

/// What each kind counts beside the others: all of a kind together have this length, however many they are, so that a long
/// comment is not believed more than a short one. Rules' evidence and shape are not shared out: each counts its part in full.
const LENGTHS: [f32; BLOCKS] = [0.6, 0.3, 0.8, 0.4, 0.35, 0.2];
/// The first of the kinds that are not shared out.
const IN_FULL: usize = 4;

/// A comment as the model sees it: names of features, kind by kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    pub(super) names: Vec<u32>,
    /// Where each kind ends in `names`, and what each of its features counts.
    pub(super) blocks: [(usize, f32); BLOCKS],
}

/// Takes a comment's features as they are read, kind by kind.
pub(super) trait Sink {
    /// Takes the name of one.
    fn put(&mut self, name: u32);

    /// All of a kind were put, and each of them counts so much.
    fn close(&mut self, kind: usize, value: f32);
}

/// Reads the features of a body as it was read, and of what the rules saw in the comment.
pub(super) fn read(body: &Reading<'_>, evidence: &[Evidence], sink: &mut impl Sink) {
    let letters = Letters::of(body);
    let mut kinds = Kinds {
        sink,
        kind: 0,
        count: 0,
    };
    for bank in [Bank::Toned, Bank::Folded] {
        runs(&letters, bank, |name, _, _| kinds.put(name));
        kinds.close();
    }
    for bank in [Bank::TonedWords, Bank::FoldedWords] {
        words(&letters, bank, |name, _, _| kinds.put(name));
        kinds.close();
    }
    rules(evidence, |name| kinds.put(name));
    kinds.close();
    shape(body, &letters, evidence, |name| kinds.put(name));
    kinds.close();
}

/// Counts the features of each kind on their way.
struct Kinds<'s, S> {
    sink: &'s mut S,
    kind: usize,
    count: usize,
}

impl<S: Sink> Kinds<'_, S> {
    fn put(&mut self, name: u32) {
        self.count += 1;
        self.sink.put(name);
    }

    #[allow(clippy::cast_precision_loss)] // a few thousand
    fn close(&mut self) {
        let length = LENGTHS[self.kind];
        let value = if self.kind < IN_FULL {
            length / (self.count.max(1) as f32).sqrt()
        } else {
            length
        };
        self.sink.close(self.kind, value);
        (self.kind, self.count) = (self.kind + 1, 0);
    }
}

impl Sink for Features {
    fn put(&mut self, name: u32) {
        self.names.push(name);
    }

    fn close(&mut self, kind: usize, value: f32) {
        self.blocks[kind] = (self.names.len(), value);
    }
}

impl Features {
    /// Of a body as it was read, and of what the rules saw in the comment.
    #[must_use]
    pub fn of(body: &Reading<'_>, evidence: &[Evidence]) -> Self {
        let mut features = Self {
            names: Vec::with_capacity(body.raw().len().min(MOST) * 10 + 32),
            ..Self::default()
        };
        read(body, evidence, &mut features);
        features
    }

    /// The names of each kind with what each of them counts.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (&[u32], f32)> {
        let mut start = 0;
        self.blocks.iter().map(move |&(end, value)| {
            let names = &self.names[start..end];
            start = end;
            (names, value)
        })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// A piece of the text that is a feature: its name, where it stands, and what it counts.
pub(super) struct Piece {
    pub(super) name: u32,
    pub(super) span: Span,
    pub(super) value: f32,
}

/// The features that lie in the text, each with its place, for whoever explains.
pub(super) fn pieces(body: &Reading<'_>, features: &Features) -> Vec<Piece> {
    let (letters, places) = Places::of(body);
    let mut pieces = Vec::with_capacity(features.names.len());
    let banks = [
        Bank::Toned,
        Bank::Folded,
        Bank::TonedWords,
        Bank::FoldedWords,
    ];
    for (bank, (_, value)) in banks.into_iter().zip(features.blocks) {
        let put = |name, start, end| {
            pieces.push(Piece {
                name,
                span: places.span(start, end),
                value,
            });
        };
        match bank {
            Bank::Toned | Bank::Folded => runs(&letters, bank, put),
            _ => words(&letters, bank, put),
        }
    }
    pieces
}

/// Every run of two to five letters.
fn runs(letters: &Letters, bank: Bank, mut put: impl FnMut(u32, usize, usize)) {
    let row = match bank {
        Bank::Folded => &letters.folded,
        _ => &letters.toned,
    };
    let none = Name::of(bank);
    for start in 0..row.len() {
        let mut name = none;
        for (length, &letter) in (1..=LONGEST).zip(&row[start..]) {
            name = name.with(u32::from(letter));
            if length >= SHORTEST {
                put(name.number(), start, start + length);
            }
        }
    }
}

/// Every word, and every two that follow each other.
fn words(letters: &Letters, bank: Bank, mut put: impl FnMut(u32, usize, usize)) {
    let row = match bank {
        Bank::FoldedWords => &letters.folded,
        _ => &letters.toned,
    };
    let mut before: Option<(Name, usize)> = None;
    for &(start, end) in &letters.words {
        let word = row[start..end].iter().copied();
        let alone = Name::of(bank).with_all(word.clone());
        put(alone.number(), start, end);
        if let Some((name, first)) = before {
            let pair = name.with(u32::from(' ')).with_all(word);
            put(pair.number(), first, end);
        }
        before = Some((alone, start));
    }
}

/// Whether it is known when a model is asked, and about what is written: bans are about who writes, and an external checker has not
/// answered yet.
fn is_learnt_from(seen: &Evidence) -> bool {
    seen.category != Category::Ban && CheckerRule::of_rule(&seen.rule).is_none()
}

/// What is not of the text has names of its own. Every place of the table has learnt from some text by now; by this sign today's rules come
/// to places that have learnt little.
const BESIDE: char = ')';

/// Each rule that saw something, each category, and how much it weighs in all what was seen in the text. What was seen of how a comment comes
/// (under which name, how often, from where, with which address) has features of its own, which a site's decisions give a weight, and weighs
/// nothing by itself: what others have come to mean was learnt from texts, and a fine comment is not bad for coming in a burst or under a
/// name that a rule looks at.
fn rules(evidence: &[Evidence], mut put: impl FnMut(u32)) {
    let of = |is_in_text| match Name::of(Bank::Rules) {
        name if is_in_text => name,
        name => name.with(u32::from(BESIDE)),
    };
    let mut seen: Vec<(&str, bool)> = Vec::with_capacity(evidence.len());
    let mut categories: Vec<(Category, bool)> = Vec::new();
    let mut weight = 0.0_f32;
    for one in evidence.iter().filter(|one| is_learnt_from(one)) {
        let is_in_text =
            one.view != View::Context && matches!(one.field, Field::Body | Field::Link);
        if !seen.contains(&(one.rule.as_str(), is_in_text)) {
            seen.push((&one.rule, is_in_text));
            put(of(is_in_text).with_all(one.rule.chars()).number());
        }
        if !categories.contains(&(one.category, is_in_text)) {
            categories.push((one.category, is_in_text));
            let category = one.category.as_str();
            put(of(is_in_text)
                .with(u32::from(':'))
                .with_all(category.chars())
                .number());
        }
        if is_in_text {
            weight += one.weight;
        }
    }
    // Steps of a half, up to where it makes no difference any more.
    let mut step = 0.0_f32;
    let mut number = 0;
    while step < weight && number < 10 {
        put(Name::of(Bank::Rules)
            .with(u32::from('+'))
            .with(number)
            .number());
        step += 0.5;
        number += 1;
    }
}

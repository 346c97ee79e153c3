//! Which words of a comment weighed most in what the model says of it.

use super::features::{Features, pieces};
use super::label::Output;
use super::model::{Model, place};
use crate::text::{Reading, Span, is_word_char};

/// As many stretches are told at most.
const MOST: usize = 5;
/// A word that weighs less than this share of all that speaks for it is not told.
const LEAST: f32 = 0.08;

/// A stretch of the text, and how much it speaks for an output, in log-odds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighed {
    /// Where it stands.
    pub span: Span,
    /// How much it adds to the log-odds.
    pub weight: f32,
}

impl Model {
    /// The words that speak for an output, in the order of the text. What each run of letters and each pair of words weighs is
    /// shared out among its letters, and a word weighs what its letters do, since nobody can read a run of three letters.
    #[must_use]
    pub fn explain(&self, body: &Reading<'_>, features: &Features, output: Output) -> Vec<Weighed> {
        let mut letters = vec![0.0_f32; body.whole().end as usize];
        for piece in pieces(body, features) {
            let weight = self.weights[place(piece.name, output)] * piece.value;
            let stretch = &mut letters[piece.span.start as usize..piece.span.end as usize];
            #[allow(clippy::cast_precision_loss)] // a few letters
            let each = weight / stretch.len().max(1) as f32;
            for letter in stretch {
                *letter += each;
            }
        }
        strongest(words(body.raw(), &letters))
    }
}

/// The words of a text with what their letters weigh together.
fn words(raw: &str, letters: &[f32]) -> Vec<Weighed> {
    let mut words: Vec<Weighed> = Vec::new();
    let mut open = false;
    for ((place, c), weight) in (0..).zip(raw.chars()).zip(letters) {
        if !is_word_char(c) {
            open = false;
            continue;
        }
        match words.last_mut().filter(|_| open) {
            Some(word) => {
                word.span.end = place + 1;
                word.weight += weight;
            }
            None => words.push(Weighed {
                span: Span::new(place, place + 1),
                weight: *weight,
            }),
        }
        open = true;
    }
    words
}

fn strongest(words: Vec<Weighed>) -> Vec<Weighed> {
    let all: f32 = words.iter().map(|word| word.weight.max(0.0)).sum();
    let mut told: Vec<Weighed> = words
        .into_iter()
        .filter(|word| word.weight > 0.0 && word.weight >= all * LEAST)
        .collect();
    told.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    told.truncate(MOST);
    told.sort_by_key(|word| word.span);
    joined(told)
}

/// Words with nothing but a space between them are one stretch.
fn joined(words: Vec<Weighed>) -> Vec<Weighed> {
    let mut stretches: Vec<Weighed> = Vec::with_capacity(words.len());
    for word in words {
        match stretches.last_mut() {
            Some(last) if word.span.start <= last.span.end + 1 => {
                last.span.end = word.span.end;
                last.weight += word.weight;
            }
            _ => stretches.push(word),
        }
    }
    stretches
}

//! Learning from many labelled comments at once.
//!
//! Rounds over all of them in an order that is shuffled anew each time, always the same way; the weights are the mean of those
//! after the last rounds. How sure the model may be, and where it says yes, is told by models that have not seen the comments
//! which they are asked about: as many as there are parts. Texts without marks have a cut-off of their own, at which no greater share of the
//! fine is called bad than of those as they were typed.

use std::sync::Arc;

use super::counts::Three;
use super::features::Features;
use super::label::{Label, Output};
use super::model::{Head, Model, Pace, SLOTS};
use super::record::Record;
use super::sigmoid::{exact, sigmoid};

/// How to learn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// How far a comment moves weights.
    pub pace: Pace,
    /// Rounds over all comments.
    pub rounds: u32,
    /// The weights of as many of the last are averaged.
    pub averaged: u32,
    /// One in as many comments is learnt again as typed without marks, each round others.
    pub stripped_every: u64,
    /// To which power the rarer label counts more: 0 not at all, 1 until both count the same.
    pub balance: f32,
    /// In as many parts, each of which is judged by a model of the others.
    pub parts: u32,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            pace: Pace {
                rate: 0.25,
                start: 0.1,
                bias_rate: 0.1,
            },
            rounds: 10,
            averaged: 6,
            stripped_every: 2,
            balance: 0.3,
            parts: 5,
        }
    }
}

/// A labelled comment.
#[derive(Debug, Clone)]
pub struct Example {
    /// The comment.
    pub features: Features,
    /// The same typed without marks, where it has any.
    pub stripped: Option<Features>,
    /// What it is.
    pub label: Label,
    /// Comments with the same text have the same, so that none is judged by a model that knows it.
    pub text: u64,
}

/// Learns from all of them.
#[must_use]
pub fn train(examples: &[Example], plan: &Plan) -> Model {
    let part = |example: &Example| u32::try_from(mixed(example.text) % u64::from(plan.parts));
    let all: Vec<usize> = (0..examples.len()).collect();
    let mut said = vec![Asked::default(); examples.len()];
    for left_out in 0..plan.parts {
        let is_in = |at: &&usize| part(&examples[**at]) != Ok(left_out);
        let (rest, asked): (Vec<usize>, Vec<usize>) = all.iter().partition(is_in);
        let model = rounds(examples, &rest, plan);
        for at in asked {
            said[at] = Asked::of(&model, &examples[at]);
        }
    }
    let mut model = rounds(examples, &all, plan);
    for output in Output::ALL {
        settle(&mut model, examples, &said, output);
    }
    model.three = best_three(&model, examples, &said);
    model
}

/// What a model says of an example that it does not know, as log-odds.
#[derive(Clone, Copy, Default)]
struct Asked {
    as_typed: [f32; Output::COUNT],
    toneless: [f32; Output::COUNT],
}

impl Asked {
    fn of(model: &Model, example: &Example) -> Self {
        let odds = |features| Output::ALL.map(|output| model.log_odds(features, output));
        Self {
            as_typed: odds(&example.features),
            toneless: odds(example.stripped.as_ref().unwrap_or(&example.features)),
        }
    }
}

/// The weights alone.
fn rounds(examples: &[Example], these: &[usize], plan: &Plan) -> Model {
    let mut model = Model::new(plan.pace);
    let importance = Output::ALL.map(|output| importance(examples, these, output, plan.balance));
    let mut order = these.to_vec();
    let mut mean = vec![0.0_f32; SLOTS];
    let mut biases = [0.0_f32; Output::COUNT];
    for round in 0..plan.rounds {
        shuffle(&mut order, u64::from(round));
        for &at in &order {
            let example = &examples[at];
            let again = example.stripped.as_ref().filter(|_| {
                mixed(example.text ^ u64::from(round)).is_multiple_of(plan.stripped_every)
            });
            for features in [Some(&example.features), again].into_iter().flatten() {
                for (output, yes) in example.label.outputs() {
                    let counts = importance[output as usize][usize::from(yes)];
                    model.step(features, output, yes, counts, plan.pace);
                }
            }
        }
        if round + plan.averaged >= plan.rounds {
            for (sum, weight) in mean.iter_mut().zip(model.weights.iter()) {
                *sum += weight;
            }
            for (sum, head) in biases.iter_mut().zip(&model.heads) {
                *sum += head.bias;
            }
        }
    }
    #[allow(clippy::cast_precision_loss)] // a handful
    let share = 1.0 / plan.averaged.min(plan.rounds).max(1) as f32;
    for (weight, sum) in Arc::make_mut(&mut model.weights).iter_mut().zip(mean) {
        *weight = sum * share;
    }
    for (head, sum) in model.heads.iter_mut().zip(biases) {
        if head.taught > 0 {
            head.bias = sum * share;
        }
    }
    model
}

/// What a label counts: fine, bad. The mean over all of them is one.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // counts of comments
fn importance(examples: &[Example], these: &[usize], output: Output, balance: f32) -> [f32; 2] {
    let mut counts = [0_u32; 2];
    for &at in these {
        if let Some(yes) = examples[at].label.says(output) {
            counts[usize::from(yes)] += 1;
        }
    }
    if counts.contains(&0) {
        return [1.0; 2];
    }
    // Square roots alone, which are rounded alike everywhere: no powers.
    let [fine, bad] = counts.map(|count| count as f32);
    let half = (fine / bad).sqrt();
    let toward = |full: f32| 1.0 + balance * (full - 1.0);
    let (fine_counts, bad_counts) = (toward(1.0 / half), toward(half));
    let mean = (fine * fine_counts + bad * bad_counts) / (fine + bad);
    [fine_counts / mean, bad_counts / mean]
}

/// Makes an output as sure as it was right on comments that it did not know, and chooses its cut-offs.
fn settle(model: &mut Model, examples: &[Example], said: &[Asked], output: Output) {
    let known = examples.iter().zip(said);
    let known = known.filter_map(|(example, said)| Some((said, example.label.says(output)?)));
    let known: Vec<(&Asked, bool)> = known.collect();
    if known.iter().all(|(_, yes)| *yes) || !known.iter().any(|(_, yes)| *yes) {
        return;
    }
    let odds = known
        .iter()
        .map(|&(said, yes)| (f64::from(said.as_typed[output as usize]), yes));
    let (scale, shift) = sureness(&odds.collect::<Vec<_>>());
    let mut records = [Record::default(), Record::default()];
    for (said, yes) in known {
        for (record, odds) in records.iter_mut().zip([said.as_typed, said.toneless]) {
            record.add(sigmoid(scale * odds[output as usize] + shift), yes);
        }
    }
    let [as_typed, toneless] = records;
    let head: &mut Head = &mut model.heads[output as usize];
    (head.scale, head.shift) = (scale, shift);
    head.cutoff = as_typed.best_cutoff(0.5);
    head.toneless_cutoff = toneless.cutoff_as_strict(head.cutoff, &as_typed);
}

/// Scale and shift that make log-odds fit what is so (Platt 1999), by Newton's method.
#[allow(clippy::cast_possible_truncation)] // two small numbers
fn sureness(told: &[(f64, bool)]) -> (f32, f32) {
    let (mut scale, mut shift) = (1.0_f64, 0.0_f64);
    for _ in 0..50 {
        let (mut by_scale, mut by_shift) = (0.0, 0.0);
        // A little of a ridge, so that labels which are told apart without fault do not run away.
        let (mut ss, mut sc, mut cc) = (1.0, 0.0, 1.0);
        for &(odds, yes) in told {
            let p = exact(scale * odds + shift);
            let error = p - f64::from(u8::from(yes));
            let slope = p * (1.0 - p);
            by_scale += error * odds;
            by_shift += error;
            ss += slope * odds * odds;
            sc += slope * odds;
            cc += slope;
        }
        let whole = ss * cc - sc * sc;
        // From far away Newton's steps run off.
        scale -= ((cc * by_scale - sc * by_shift) / whole).clamp(-0.5, 0.5);
        shift -= ((ss * by_shift - sc * by_scale) / whole).clamp(-1.0, 1.0);
        scale = scale.clamp(0.05, 5.0);
    }
    (scale as f32, shift as f32)
}

/// What the probabilities of an insult and of hate count against that of neither, for the best macro-F1 of three classes.
fn best_three(model: &Model, examples: &[Example], said: &[Asked]) -> [f32; 2] {
    let known: Vec<([f32; 3], usize)> = examples
        .iter()
        .zip(said)
        .filter_map(|(example, said)| {
            let class = example.label.class()?;
            Some((model.classes_of(&said.as_typed), class))
        })
        .collect();
    let mut best = (f64::MIN, [1.0, 1.0]);
    for insult in 2..=20_u16 {
        for hate in 2..=20_u16 {
            let counts = [insult, hate].map(|quarters| f32::from(quarters) / 4.0);
            let mut three = Three::default();
            for (classes, is) in &known {
                three.add(*is, greatest(*classes, counts));
            }
            if three.macro_f1() > best.0 {
                best = (three.macro_f1(), counts);
            }
        }
    }
    best.1
}

/// The class that counts most.
pub(super) fn greatest(classes: [f32; 3], counts: [f32; 2]) -> usize {
    let [fine, insult, hate] = [classes[0], classes[1] * counts[0], classes[2] * counts[1]];
    if fine >= insult && fine >= hate {
        0
    } else {
        1 + usize::from(hate > insult)
    }
}

/// A number that has nothing to do with the one it is made of (`SplitMix64`; Steele, Lea and Flood 2014).
pub(super) const fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Fisher and Yates, with a row of numbers that is the same each time.
fn shuffle(order: &mut [usize], seed: u64) {
    for at in (1..order.len()).rev() {
        let number = mixed(seed.wrapping_mul(0x5851_f42d_4c95_7f2d) ^ at as u64);
        #[allow(clippy::cast_possible_truncation)] // below the length
        order.swap(at, (number % (at as u64 + 1)) as usize);
    }
}

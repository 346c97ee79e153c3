//! Weights, what they say of a comment, and how a decision moves them.
//!
//! Online logistic regression by `AdaGrad` (Duchi, Hazan and Singer, *Adaptive Subgradient Methods*, JMLR 12, 2011): each weight
//! moves by its share of the error over the root of the squares that it has moved by so far, so that what is seen every day
//! settles and what is rare learns from one decision. All outputs share one table of 2^18 weights; a feature stands in
//! another place of it for each output.

use std::sync::Arc;

use super::features::{Features, Sink, read};
use super::label::{Label, Output};
use super::sigmoid::sigmoid;
use super::squares::Squares;
use super::train::{greatest, mixed};
use crate::domain::Evidence;
use crate::text::Reading;

/// The table has two to the power of this many weights.
pub(super) const BITS: u32 = 18;
/// As many weights.
pub(super) const SLOTS: usize = 1 << BITS;

/// By these a feature's name becomes its place in the table, one for each output: odd, and far apart (Knuth's multiplicative hash).
const PLACES: [u32; Output::COUNT] = [0x9e37_79b1, 0x85eb_ca77, 0xc2b2_ae3d];

/// Where it errs by less there is nothing to learn; most comments are plainly no spam.
const KNOWN: f32 = 0.01;

/// How far decisions move weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// The length of a step.
    pub rate: f32,
    /// What squares begin with: the more, the smaller the first steps.
    pub start: f32,
    /// The same for the weight that every comment has.
    pub bias_rate: f32,
}

impl Pace {
    /// That of decisions, which come one by one and once.
    pub const DECISIONS: Self = Self {
        rate: 0.4,
        start: 0.05,
        bias_rate: 0.15,
    };
}

/// What an output has beside the shared table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Head {
    pub(super) bias: f32,
    pub(super) bias_squares: f32,
    /// Log-odds become sureness by `scale * z + shift`: what was learnt in many rounds is surer of itself than it ought to be.
    pub(super) scale: f32,
    pub(super) shift: f32,
    /// From this probability on it says yes.
    pub(super) cutoff: f32,
    /// The same of a text without marks, of which less is known.
    pub(super) toneless_cutoff: f32,
    /// How many labels it has learnt.
    pub(super) taught: u64,
}

impl Head {
    /// Most comments are neither.
    pub(super) const NEW: Self = Self {
        bias: -2.0,
        bias_squares: 1.0,
        scale: 1.0,
        shift: 0.0,
        cutoff: 0.5,
        toneless_cutoff: 0.5,
        taught: 0,
    };
}

/// A model: what it has learnt, and nothing of whom it learnt it from.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Shared with what judges by them until the next lesson.
    pub(super) weights: Arc<Vec<f32>>,
    pub(super) squares: Squares,
    pub(super) heads: [Head; Output::COUNT],
    /// What an insult and hate count against neither, where one of the three is to be named.
    pub(super) three: [f32; 2],
}

/// What a model makes of a comment: a probability for each output.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Said {
    /// That it does harm: a person would reject it.
    pub harm: f32,
    /// That it is spam.
    pub spam: f32,
}

impl Default for Model {
    fn default() -> Self {
        Self::new(Pace::DECISIONS)
    }
}

impl Model {
    /// One that knows nothing.
    #[must_use]
    pub fn new(pace: Pace) -> Self {
        Self {
            weights: Arc::new(vec![0.0; SLOTS]),
            squares: Squares::all(pace.start),
            heads: [Head::NEW; Output::COUNT],
            three: [1.0; 2],
        }
    }

    /// Forgets how far weights have moved, so that they move for those who learn on from it.
    pub fn restart(&mut self, pace: Pace) {
        self.squares.fill(pace.start);
        for head in &mut self.heads {
            head.bias_squares = Head::NEW.bias_squares;
        }
    }

    /// What judges as it does and learns nothing. It has no memory of its own as long as nothing is learnt.
    #[must_use]
    pub fn for_judging(&self) -> Self {
        Self {
            weights: Arc::clone(&self.weights),
            squares: Squares::none(),
            heads: self.heads,
            three: self.three,
        }
    }

    /// What it makes of a comment.
    #[must_use]
    pub fn predict(&self, features: &Features) -> Said {
        Said {
            harm: self.probability(features, Output::Harm),
            spam: self.probability(features, Output::Spam),
        }
    }

    /// The same of a comment whose features nobody else wants: they are weighed as they are read.
    #[must_use]
    pub fn says(&self, body: &Reading<'_>, evidence: &[Evidence]) -> Said {
        let mut weighing = Weighing::of(self);
        read(body, evidence, &mut weighing);
        let [harm, spam] = weighing.odds;
        Said {
            harm: self.sure(Output::Harm, harm),
            spam: self.sure(Output::Spam, spam),
        }
    }

    /// What one output makes of it.
    #[must_use]
    pub fn probability(&self, features: &Features, output: Output) -> f32 {
        self.sure(output, self.log_odds(features, output))
    }

    /// The probability that an output's log-odds stand for.
    fn sure(&self, output: Output, odds: f32) -> f32 {
        let head = &self.heads[output as usize];
        sigmoid(head.scale * odds + head.shift)
    }

    /// The sum of the weights.
    pub(super) fn log_odds(&self, features: &Features, output: Output) -> f32 {
        let mut odds = self.heads[output as usize].bias;
        let weights = self.weights.as_slice();
        for (names, value) in features.kinds() {
            let mut sum = 0.0;
            for &name in names {
                sum += weights[place(name, output)];
            }
            odds += sum * value;
        }
        odds
    }

    /// Learns what a person decided.
    pub fn learn(&mut self, features: &Features, label: Label, pace: Pace) {
        for (output, yes) in label.outputs() {
            self.step(features, output, yes, 1.0, pace);
        }
    }

    /// One step towards a label that counts `importance`.
    pub(super) fn step(
        &mut self,
        features: &Features,
        output: Output,
        yes: bool,
        importance: f32,
        pace: Pace,
    ) {
        let wanted = if yes { 1.0 } else { 0.0 };
        let error = (self.probability(features, output) - wanted) * importance;
        if error.abs() < KNOWN {
            self.heads[output as usize].taught += 1;
            return;
        }
        let head = &mut self.heads[output as usize];
        head.taught += 1;
        head.bias_squares += error * error;
        head.bias -= pace.bias_rate * error / head.bias_squares.sqrt();
        // Other for each lesson, and evenly spread over its features.
        let mut chance = Chance::of(head.taught);
        let weights = Arc::make_mut(&mut self.weights);
        for (names, value) in features.kinds() {
            let slope = error * value;
            let (square, stride) = (slope * slope, pace.rate * slope);
            for &name in names {
                let at = place(name, output);
                let squares = self.squares.add(at, square, chance.next());
                weights[at] -= stride / squares.sqrt();
            }
        }
    }

    /// Which of three classes a comment is of: 0 neither, 1 an insult, 2 hate.
    #[must_use]
    pub fn class(&self, features: &Features) -> usize {
        let odds = Output::ALL.map(|output| self.log_odds(features, output));
        greatest(self.classes_of(&odds), self.three)
    }

    /// The probabilities of the three classes: harm first, then of what kind.
    pub(super) fn classes_of(&self, odds: &[f32; Output::COUNT]) -> [f32; 3] {
        let [harm, hate] =
            [Output::Harm, Output::Hate].map(|output| self.sure(output, odds[output as usize]));
        [1.0 - harm, harm * (1.0 - hate), harm * hate]
    }

    /// From which probability on an output says yes of a text with its marks, or of one without.
    #[must_use]
    pub const fn cutoff(&self, output: Output, is_toneless: bool) -> f32 {
        let head = &self.heads[output as usize];
        if is_toneless {
            head.toneless_cutoff
        } else {
            head.cutoff
        }
    }

    /// How many labels an output has learnt.
    #[must_use]
    pub const fn taught(&self, output: Output) -> u64 {
        self.heads[output as usize].taught
    }
}

/// By what squares are rounded: multiples of the golden ratio from a place that the lesson's number tells (Weyl), so that it is no chance
/// at all and the same wherever the same is learnt.
struct Chance(u32);

impl Chance {
    #[allow(clippy::cast_possible_truncation)] // the lower half is as good as any
    const fn of(lesson: u64) -> Self {
        Self(mixed(lesson) as u32)
    }

    const fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9);
        // The lowest are the least spread.
        self.0 >> 16
    }
}

/// The log-odds of harm and of spam, summed as features are read: in the order in which [`Model::log_odds`] does it, so that both are the
/// same to the last bit.
struct Weighing<'m> {
    weights: &'m [f32; SLOTS],
    sums: [f32; 2],
    odds: [f32; 2],
}

impl<'m> Weighing<'m> {
    fn of(model: &'m Model) -> Self {
        let weights = model.weights.as_slice().try_into();
        Self {
            weights: weights.expect("a model has so many weights"),
            sums: [0.0; 2],
            odds: [Output::Harm, Output::Spam].map(|output| model.heads[output as usize].bias),
        }
    }
}

impl Sink for Weighing<'_> {
    fn put(&mut self, name: u32) {
        self.sums[0] += self.weights[place(name, Output::Harm)];
        self.sums[1] += self.weights[place(name, Output::Spam)];
    }

    fn close(&mut self, _: usize, value: f32) {
        for (odds, sum) in self.odds.iter_mut().zip(&mut self.sums) {
            *odds += std::mem::take(sum) * value;
        }
    }
}

/// Where a feature's weight for an output stands.
pub(super) const fn place(name: u32, output: Output) -> usize {
    (name.wrapping_mul(PLACES[output as usize]) >> (32 - BITS)) as usize
}

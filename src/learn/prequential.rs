//! Predict, then learn: how a model does on decisions in the order they come, as a newspaper would live it.

use serde::Serialize;

use super::counts::Counts;
use super::features::Features;
use super::label::{Label, Output};
use super::model::{Model, Pace};
use super::record::Record;

/// After as many decisions the curve has a point, and again after each of twice, thrice … ten times as many.
const POINTS: [u32; 12] = [
    50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 50_000,
];
/// As many of the last are measured by themselves.
const LAST: usize = 500;
/// The cut-off is looked for anew after as many.
const EVERY: u32 = 20;

/// A model that is measured on each decision before it learns it.
pub struct Prequential {
    model: Model,
    pace: Pace,
    /// What was said so far, by output.
    records: [Record; Output::COUNT],
    cutoffs: [f32; Output::COUNT],
    /// The squares of how far each was from the truth.
    errors: [f64; Output::COUNT],
    counts: Counts,
    recent: Vec<(bool, bool)>,
    curve: Vec<Point>,
}

/// How it stood after so many decisions, all of them together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// After as many.
    pub n: u32,
    /// The share that was right.
    pub accuracy: f64,
    /// The mean of both classes' F1.
    pub macro_f1: f64,
}

/// How it went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Course {
    /// All decisions.
    pub comments: u32,
    /// The mean of both classes' F1.
    pub macro_f1: f64,
    /// The share that was right.
    pub accuracy: f64,
    /// The F1 of the bad.
    pub f1: f64,
    /// The same of the last five hundred alone.
    pub last: Point,
    /// The cut-offs that it came to, for harm and for spam.
    pub cutoffs: [f32; 2],
    /// How it went from the first on.
    pub curve: Vec<Point>,
}

impl Prequential {
    /// Starts with what a model knows.
    #[must_use]
    pub fn new(model: Model, pace: Pace) -> Self {
        Self {
            cutoffs: Output::ALL.map(|output| model.cutoff(output, false)),
            model,
            pace,
            errors: [0.0; Output::COUNT],
            records: std::array::from_fn(|_| Record::default()),
            counts: Counts::default(),
            recent: Vec::new(),
            curve: Vec::new(),
        }
    }

    /// Takes one more decision, which is about one of `outputs`: where nobody says which, all of them learn it, and the one that was
    /// nearest to the truth so far speaks.
    pub fn take(&mut self, features: &Features, outputs: &[Output], is_bad: bool) {
        let error = |output: &&Output| self.errors[**output as usize];
        let nearest = outputs
            .iter()
            .min_by(|a, b| error(a).total_cmp(&error(b)))
            .copied();
        for &output in outputs {
            let probability = self.model.probability(features, output);
            let missed = f64::from(probability) - f64::from(u8::from(is_bad));
            self.errors[output as usize] += missed * missed;
            self.records[output as usize].add(probability, is_bad);
            if Some(output) == nearest {
                let called = probability >= self.cutoffs[output as usize];
                self.counts.add(is_bad, called);
                self.recent.push((is_bad, called));
            }
            self.model
                .learn(features, Label::of(output, is_bad), self.pace);
        }
        let n = self.counts.all();
        if n.is_multiple_of(EVERY) {
            for output in Output::ALL {
                let record = &self.records[output as usize];
                self.cutoffs[output as usize] =
                    record.best_cutoff(self.model.cutoff(output, false));
            }
        }
        if POINTS.contains(&n) {
            self.curve.push(point(n, self.counts));
        }
    }

    /// How it went.
    #[must_use]
    pub fn course(mut self) -> Course {
        let n = self.counts.all();
        if self.curve.last().is_none_or(|point| point.n != n) {
            self.curve.push(point(n, self.counts));
        }
        let mut last = Counts::default();
        for &(is_bad, called) in self.recent.iter().rev().take(LAST) {
            last.add(is_bad, called);
        }
        Course {
            comments: n,
            macro_f1: self.counts.macro_f1(),
            accuracy: self.counts.accuracy(),
            f1: self.counts.f1(),
            last: point(last.all(), last),
            cutoffs: [self.cutoffs[0], self.cutoffs[1]],
            curve: self.curve,
        }
    }
}

fn point(n: u32, counts: Counts) -> Point {
    Point {
        n,
        accuracy: counts.accuracy(),
        macro_f1: counts.macro_f1(),
    }
}

//! Counts what came of each comment.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use duyet::domain::{Category, Lane, Verdict};

use super::Labelled;
use super::report::{Mistake, Report, Slow};

/// As many of the slowest comments as are told.
const SLOWEST: usize = 5;

/// The counts of one file.
#[derive(Default)]
pub struct Tally {
    /// Comments by label, finer label and lane.
    pub confusion: BTreeMap<(u8, Option<u8>), BTreeMap<Lane, usize>>,
    /// Comments that carry evidence of a category: fine ones, bad ones.
    pub categories: BTreeMap<Category, [usize; 2]>,
    pub times: Vec<Duration>,
    pub slowest: Vec<Slow>,
    pub held_fine: Vec<Mistake>,
    pub missed_bad: Vec<Mistake>,
    mistakes: usize,
}

impl Tally {
    /// Keeps the first `mistakes` of either kind.
    pub fn new(mistakes: usize) -> Self {
        Self {
            mistakes,
            ..Self::default()
        }
    }

    pub const fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    pub fn add(&mut self, line: usize, one: &Labelled, verdict: &Verdict, took: Duration) {
        let lanes = self.confusion.entry((one.label, one.label3)).or_default();
        *lanes.entry(verdict.lane).or_default() += 1;
        let seen: BTreeSet<Category> = verdict.evidence.iter().map(|e| e.category).collect();
        for category in seen {
            self.categories.entry(category).or_default()[usize::from(one.label)] += 1;
        }
        self.times.push(took);
        self.slow(line, one, took);
        let list = match (one.label, verdict.lane >= Lane::Look) {
            (0, true) => &mut self.held_fine,
            (1, false) => &mut self.missed_bad,
            _ => return,
        };
        if list.len() < self.mistakes {
            list.push(mistake(line, one, verdict));
        }
    }

    fn slow(&mut self, line: usize, one: &Labelled, took: Duration) {
        let place = self.slowest.partition_point(|slow| slow.took >= took);
        if place < SLOWEST {
            let slow = Slow {
                line,
                id: one.id.clone(),
                characters: one.text.chars().count(),
                took,
            };
            self.slowest.insert(place, slow);
            self.slowest.truncate(SLOWEST);
        }
    }

    pub fn report(self, file: String) -> Report {
        Report::new(file, self)
    }
}

fn mistake(line: usize, one: &Labelled, verdict: &Verdict) -> Mistake {
    Mistake {
        line,
        id: one.id.clone(),
        text: one.text.clone(),
        lane: verdict.lane,
        score: verdict.score,
        evidence: verdict.evidence.clone(),
    }
}

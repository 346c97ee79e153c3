//! From counts to figures. A comment counts as held in the lane `look` and above; a figure that would divide by nothing
//! is absent.

use std::collections::BTreeMap;
use std::time::Duration;

use duyet::domain::{Category, Evidence, Lane};
use serde::{Serialize, Serializer};

use super::tally::Tally;

/// What was measured on one file.
#[derive(Serialize)]
pub struct Report {
    pub file: String,
    pub comments: usize,
    pub bad: usize,
    pub fine: usize,
    #[serde(flatten)]
    pub held: Ratios,
    /// Mean of the F1 of bad (held) and of fine (not held).
    pub macro_f1: Option<f64>,
    /// The share of fine comments that are held, and in each lane.
    pub fine_held: Option<f64>,
    pub fine_by_lane: BTreeMap<Lane, f64>,
    pub categories: BTreeMap<Category, ByCategory>,
    pub confusion: Vec<Row>,
    pub micros: Micros,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held_fine: Vec<Mistake>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missed_bad: Vec<Mistake>,
}

/// Precision, recall and their harmonic mean.
#[derive(Serialize, Clone, Copy)]
pub struct Ratios {
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    pub f1: Option<f64>,
}

/// As if evidence of this category alone held a comment.
#[derive(Serialize)]
pub struct ByCategory {
    /// Bad comments that carry evidence of it.
    pub bad: usize,
    /// Fine ones.
    pub fine: usize,
    #[serde(flatten)]
    pub ratios: Ratios,
}

/// Comments of one label by lane.
#[derive(Serialize)]
pub struct Row {
    pub label: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label3: Option<u8>,
    pub lanes: BTreeMap<Lane, usize>,
}

/// Microseconds a comment.
#[derive(Serialize)]
pub struct Micros {
    pub mean: f64,
    pub median: f64,
    pub p99: f64,
    pub slowest: Vec<Slow>,
}

/// A comment that took long.
#[derive(Serialize)]
pub struct Slow {
    pub line: usize,
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    pub id: serde_json::Value,
    pub characters: usize,
    #[serde(rename = "micros", serialize_with = "as_micros")]
    pub took: Duration,
}

/// A fine comment held, or a bad one not.
#[derive(Serialize)]
pub struct Mistake {
    pub line: usize,
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    pub id: serde_json::Value,
    pub text: String,
    pub lane: Lane,
    pub score: f32,
    pub evidence: Vec<Evidence>,
}

impl Ratios {
    /// From what was rightly found, wrongly found, and missed.
    fn new(right: usize, wrong: usize, missed: usize) -> Self {
        let recall = share(right, right + missed);
        // Where there is nothing to find, finding tells nothing.
        let told = |figure: Option<f64>| recall.and(figure);
        Self {
            precision: told(share(right, right + wrong)),
            recall,
            f1: told(share(2 * right, 2 * right + wrong + missed)),
        }
    }
}

impl Report {
    pub fn new(path: String, tally: Tally) -> Self {
        let mut lanes: [BTreeMap<Lane, usize>; 2] = Default::default();
        for ((label, _), row) in &tally.confusion {
            for (lane, count) in row {
                *lanes[usize::from(*label)].entry(*lane).or_default() += count;
            }
        }
        let all = |label: usize| lanes[label].values().sum::<usize>();
        let held = |label: usize| lanes[label].range(Lane::Look..).map(|(_, n)| n).sum();
        let (fine, bad) = (all(0), all(1));
        let (fine_held, bad_held): (usize, usize) = (held(0), held(1));
        let of_bad = Ratios::new(bad_held, fine_held, bad - bad_held);
        let of_fine = Ratios::new(fine - fine_held, bad - bad_held, fine_held);
        Self {
            file: path,
            comments: fine + bad,
            bad,
            fine,
            held: of_bad,
            macro_f1: of_bad.f1.zip(of_fine.f1).map(|(a, b)| f64::midpoint(a, b)),
            fine_held: share(fine_held, fine),
            fine_by_lane: Lane::ALL
                .iter()
                .filter_map(|lane| {
                    let count = lanes[0].get(lane).copied().unwrap_or_default();
                    Some((*lane, share(count, fine)?))
                })
                .collect(),
            categories: by_category(&tally.categories, bad),
            confusion: rows(tally.confusion),
            micros: Micros::new(tally.times, tally.slowest),
            held_fine: tally.held_fine,
            missed_bad: tally.missed_bad,
        }
    }
}

fn by_category(
    counts: &BTreeMap<Category, [usize; 2]>,
    all_bad: usize,
) -> BTreeMap<Category, ByCategory> {
    counts
        .iter()
        .map(|(category, &[fine, bad])| {
            let ratios = Ratios::new(bad, fine, all_bad - bad);
            (*category, ByCategory { bad, fine, ratios })
        })
        .collect()
}

/// A row a label, and one a finer label where there is one; every lane in each.
fn rows(confusion: BTreeMap<(u8, Option<u8>), BTreeMap<Lane, usize>>) -> Vec<Row> {
    confusion
        .into_iter()
        .map(|((label, label3), counts)| Row {
            label,
            label3,
            lanes: Lane::ALL
                .iter()
                .map(|lane| (*lane, counts.get(lane).copied().unwrap_or_default()))
                .collect(),
        })
        .collect()
}

impl Micros {
    /// `times` is not empty.
    fn new(mut times: Vec<Duration>, slowest: Vec<Slow>) -> Self {
        times.sort_unstable();
        let at = |percent: usize| micros(times[(times.len() - 1) * percent / 100]);
        let total: Duration = times.iter().sum();
        Self {
            mean: share_of(micros(total), times.len()),
            median: at(50),
            p99: at(99),
            slowest,
        }
    }
}

/// To a tenth of a microsecond, which is as well as a clock tells.
pub fn micros(took: Duration) -> f64 {
    (took.as_secs_f64() * 1e7).round() / 10.0
}

fn as_micros<S: Serializer>(took: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(micros(*took))
}

fn share(part: usize, whole: usize) -> Option<f64> {
    #[expect(clippy::cast_precision_loss)] // counts of lines
    (whole > 0).then(|| share_of(part as f64, whole))
}

fn share_of(part: f64, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss)] // counts of lines
    let whole = whole as f64;
    part / whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_from_counts() {
        let mut tally = Tally::new(0);
        tally.times = (1..=200).map(Duration::from_micros).collect();
        let row = |fine, look, bad| {
            BTreeMap::from([
                (Lane::LikelyFine, fine),
                (Lane::Look, look),
                (Lane::LikelyBad, bad),
            ])
        };
        tally.confusion.insert((0, Some(0)), row(90, 9, 1));
        tally.confusion.insert((1, Some(1)), row(20, 10, 10));
        tally.confusion.insert((1, Some(2)), row(10, 20, 30));
        tally.categories.insert(Category::Hate, [5, 15]);
        let report = Report::new("x".to_owned(), tally);
        let near = |told: Option<f64>, meant: f64| (told.unwrap() - meant).abs() < 1e-9;
        assert!(near(report.held.precision, 70.0 / 80.0));
        assert!(near(report.held.recall, 0.7));
        assert!(near(report.held.f1, 140.0 / 180.0));
        assert!(near(
            report.macro_f1,
            f64::midpoint(140.0 / 180.0, 180.0 / 220.0)
        ));
        assert!(near(report.fine_held, 0.1));
        assert!(near(
            report.fine_by_lane.get(&Lane::LikelyBad).copied(),
            0.01
        ));
        let hate = &report.categories[&Category::Hate].ratios;
        assert!(near(hate.precision, 0.75) && near(hate.recall, 0.15));
        assert!(near(Some(report.micros.median), 100.0) && near(Some(report.micros.p99), 198.0));
    }

    #[test]
    fn what_would_divide_by_nothing_is_absent() {
        let ratios = Ratios::new(0, 3, 0);
        assert!(ratios.precision.is_none() && ratios.recall.is_none() && ratios.f1.is_none());
        assert!(Ratios::new(0, 0, 3).precision.is_none());
    }
}

//! Lengths of time, counted so that those of several days, sections or sites can be put together and still tell their
//! percentiles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Each bucket ends so many times as far out as the one before.
const GROWTH: f64 = 1.1;
/// The last bucket: what took longer than a hundred years.
const LAST: u16 = 230;

/// How long things took, in buckets whose bounds grow by a tenth each. The time that stands for a bucket is off by no more than
/// `(1.1 − 1) / (1.1 + 1)`, so 4.8 %, from any in it (the sketch of Masson, Rim and Lee, *`DDSketch`*, VLDB 2019, with fixed buckets).
/// What took less than a second counts as one. Only buckets that something is in are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Waits(BTreeMap<u16, u64>);

impl Waits {
    /// A percentile is off by no more than this share of itself.
    pub const ERROR: f64 = (GROWTH - 1.0) / (GROWTH + 1.0);

    /// Counts one that took so many seconds.
    pub fn add(&mut self, seconds: f64) {
        *self.0.entry(bucket(seconds)).or_default() += 1;
    }

    /// Counts all of another.
    pub fn merge(&mut self, other: &Self) {
        for (bucket, count) in &other.0 {
            *self.0.entry(*bucket).or_default() += count;
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.values().sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The least time that `percent` of a hundred took no longer than, in seconds; nothing where there is none.
    #[must_use]
    pub fn percentile(&self, percent: u64) -> Option<f64> {
        let rank = (self.count() * percent).div_ceil(100).max(1);
        let mut seen = 0;
        let found = self.0.iter().find(|(_, count)| {
            seen += **count;
            seen >= rank
        });
        found.map(|(bucket, _)| middle(*bucket))
    }
}

/// The number of the first bucket that ends at or behind that time.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the last bucket"
)]
fn bucket(seconds: f64) -> u16 {
    // What is no number is no time.
    if seconds.is_nan() || seconds <= 1.0 {
        return 0;
    }
    (seconds.ln() / GROWTH.ln()).ceil().min(f64::from(LAST)) as u16
}

/// The time that is as far, by its share, from one end of the bucket as from the other.
fn middle(bucket: u16) -> f64 {
    if bucket == 0 {
        return 1.0;
    }
    2.0 * GROWTH.powi(i32::from(bucket)) / (GROWTH + 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(times: &[f64]) -> Waits {
        let mut waits = Waits::default();
        for seconds in times {
            waits.add(*seconds);
        }
        waits
    }

    /// By its definition: the nearest rank.
    fn exact(times: &[f64], percent: usize) -> f64 {
        let mut times: Vec<f64> = times.iter().map(|seconds| seconds.max(1.0)).collect();
        times.sort_by(f64::total_cmp);
        times[(times.len() * percent).div_ceil(100).max(1) - 1]
    }

    fn times() -> impl Strategy<Value = Vec<f64>> {
        // From a blink to three years, as many short ones as long ones.
        prop::collection::vec((-1.0..8.0f64).prop_map(|power| 10f64.powf(power)), 1..200)
    }

    proptest! {
        #[test]
        fn a_percentile_is_off_by_no_more_than_it_says(times in times(), percent in 1u64..=100) {
            let told = of(&times).percentile(percent).expect("there are some");
            let exact = exact(&times, usize::try_from(percent).expect("small"));
            prop_assert!(Waits::ERROR <= 0.05);
            prop_assert!((told - exact).abs() <= exact * (Waits::ERROR + 1e-9), "{told} for {exact}");
        }

        #[test]
        fn parts_put_together_are_the_whole(times in times(), at in any::<prop::sample::Index>()) {
            let (one, other) = times.split_at(at.index(times.len()));
            let mut together = of(one);
            together.merge(&of(other));
            prop_assert_eq!(together, of(&times));
        }
    }

    #[test]
    fn what_is_no_time_and_what_never_ends_have_a_place() {
        assert_eq!(Waits::default().percentile(50), None);
        for odd in [f64::NAN, -5.0, 0.0] {
            assert_eq!(of(&[odd]).percentile(95), Some(1.0));
        }
        assert!(
            of(&[f64::INFINITY])
                .percentile(50)
                .is_some_and(f64::is_finite)
        );
    }

    #[test]
    fn it_is_kept_as_it_was() {
        let waits = of(&[0.2, 61.0, 61.5, 86_400.0]);
        let json = serde_json::to_string(&waits).expect("JSON");
        assert_eq!(json, r#"{"0":1,"44":2,"120":1}"#);
        assert_eq!(serde_json::from_str::<Waits>(&json).expect("itself"), waits);
    }
}

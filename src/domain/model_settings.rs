//! What a site chose for the model that learns from its decisions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Lane;

/// A share in percent with at most one decimal, such as `1.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Percent(u16);

/// How often the model may be wrong about a comment that people find fine, and what it may decide by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModelSettings {
    /// Of the comments that people approve, no greater share is moved where somebody should look, in percent; with 0 it moves none.
    pub look_alarms: Percent,
    /// No greater share is moved where much speaks against a comment; no more than `look_alarms`.
    pub likely_bad_alarms: Percent,
    /// Whether it publishes by itself what is surely fine; for admins, and only once people's decisions say how often it would be wrong.
    pub approves_likely_fine: bool,
    /// Whether it rejects by itself what is surely bad, or puts it with the spam; the same.
    pub settles_likely_bad: bool,
    /// Of what it would decide by itself one in so many is left to a person all the same, so that it stays measured.
    pub shown_every: u16,
}

impl Default for ModelSettings {
    fn default() -> Self {
        Self {
            look_alarms: Percent(30),
            likely_bad_alarms: Percent(10),
            approves_likely_fine: false,
            settles_likely_bad: false,
            shown_every: 10,
        }
    }
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelFault {
    /// More would be wrong than anybody could work with.
    #[error("model.{0}: {1} percent are too many; {most} are the most", most = ModelSettings::MOST)]
    Alarms(&'static str, Percent),
    /// What is graver would be wrong more often.
    #[error(
        "model.likely_bad_alarms: {0} percent are more than model.look_alarms; what is graver must be wrong less often"
    )]
    Order(Percent),
    /// Nothing would be left to people, or nothing that measures it.
    #[error("model.shown_every: `{0}` is not a whole number from {least} to {most}", least = ModelSettings::LEAST_SHOWN, most = ModelSettings::MOST_SHOWN)]
    Shown(u16),
}

impl ModelSettings {
    /// The greatest share of false alarms.
    pub const MOST: Percent = Percent(100);
    /// One in so many is left to a person at the most.
    pub const LEAST_SHOWN: u16 = 2;
    /// One in so many is at the least.
    pub const MOST_SHOWN: u16 = 100;

    /// Whether it decides by itself on what waits in that lane, as far as the site lets it.
    #[must_use]
    pub const fn decides(&self, lane: Lane) -> bool {
        match lane {
            Lane::LikelyFine => self.approves_likely_fine,
            Lane::Look => false,
            Lane::LikelyBad => self.settles_likely_bad,
        }
    }

    /// What it decides by itself, and how much of that it leaves to people.
    #[must_use]
    pub const fn by_itself(&self) -> (bool, bool, u16) {
        (
            self.approves_likely_fine,
            self.settles_likely_bad,
            self.shown_every,
        )
    }

    /// Whether it can be worked with.
    pub fn check(&self) -> Result<(), ModelFault> {
        let both = [
            ("look_alarms", self.look_alarms),
            ("likely_bad_alarms", self.likely_bad_alarms),
        ];
        for (name, alarms) in both {
            if alarms > Self::MOST {
                return Err(ModelFault::Alarms(name, alarms));
            }
        }
        if self.likely_bad_alarms > self.look_alarms {
            return Err(ModelFault::Order(self.likely_bad_alarms));
        }
        if !(Self::LEAST_SHOWN..=Self::MOST_SHOWN).contains(&self.shown_every) {
            return Err(ModelFault::Shown(self.shown_every));
        }
        Ok(())
    }
}

impl Percent {
    /// So many tenths of a percent.
    #[must_use]
    pub const fn of_tenths(tenths: u16) -> Self {
        Self(tenths)
    }

    /// As a part of one.
    #[must_use]
    pub fn share(self) -> f64 {
        f64::from(self.0) / 1_000.0
    }

    /// Nothing where it is below 0, above 100, or has more than one decimal.
    fn of(percent: f64) -> Option<Self> {
        let tenths = (percent * 10.0).round();
        let is_whole = (percent * 10.0 - tenths).abs() < 1e-6;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is within the bounds"
        )]
        (is_whole && (0.0..=1_000.0).contains(&tenths)).then_some(Self(tenths as u16))
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, tenth) => write!(f, "{whole}.{tenth}"),
        }
    }
}

impl FromStr for Percent {
    type Err = ();

    /// With a point or a comma.
    fn from_str(typed: &str) -> Result<Self, ()> {
        let percent = typed.trim().replace(',', ".").parse().map_err(|_| ())?;
        Self::of(percent).ok_or(())
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10.0)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let percent = f64::deserialize(deserializer)?;
        Self::of(percent).ok_or_else(|| {
            serde::de::Error::custom(
                "a percentage from 0 to 100 with at most one decimal is needed",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_as_they_are_written() {
        for (typed, told) in [
            ("3", "3"),
            ("1,5", "1.5"),
            (" 0.1 ", "0.1"),
            ("10.0", "10"),
            ("0", "0"),
        ] {
            let read: Percent = typed.parse().expect("a percentage");
            assert_eq!(read.to_string(), told);
            let json = serde_json::to_string(&read).expect("JSON");
            assert_eq!(
                serde_json::from_str::<Percent>(&json).ok(),
                Some(read),
                "{json}"
            );
        }
        for wrong in ["", "-1", "100.1", "0.15", "nan", "inf", "3 %"] {
            assert_eq!(wrong.parse::<Percent>(), Err(()), "{wrong}");
        }
        assert!((Percent(15).share() - 0.015).abs() < 1e-12);
    }

    #[test]
    fn what_is_graver_is_wrong_less_often() {
        let of = |look: &str, bad: &str| ModelSettings {
            look_alarms: look.parse().expect("a percentage"),
            likely_bad_alarms: bad.parse().expect("a percentage"),
            ..ModelSettings::default()
        };
        assert_eq!(ModelSettings::default().check(), Ok(()));
        assert_eq!(of("0", "0").check(), Ok(()));
        assert_eq!(of("10", "10").check(), Ok(()));
        assert!(matches!(of("1", "1.1").check(), Err(ModelFault::Order(_))));
        assert!(matches!(
            of("10.1", "1").check(),
            Err(ModelFault::Alarms("look_alarms", _))
        ));
    }

    #[test]
    fn a_part_is_always_left_to_people() {
        for (shown_every, is_well) in [(0, false), (1, false), (2, true), (100, true), (101, false)]
        {
            let settings = ModelSettings {
                shown_every,
                ..ModelSettings::default()
            };
            assert_eq!(settings.check().is_ok(), is_well, "{shown_every}");
        }
    }
}

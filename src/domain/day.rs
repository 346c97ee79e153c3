//! Days as Vietnam counts them, and the hours that they are made of.

use std::fmt;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Instant;

const HOUR: i64 = 3_600_000_000;
/// Vietnam is so many hours ahead of UTC, since 1975 and all year round.
const AHEAD: i64 = 7;
const HOURS: i64 = 24;

/// A day in Vietnam, by its number since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

/// An hour of the clock, by its number since 1970-01-01T00:00:00Z. Days of Vietnam are whole hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hour(pub i64);

impl Hour {
    /// The hour that a moment lies in.
    #[must_use]
    pub fn of(at: Instant) -> Self {
        Self(at.as_micros().div_euclid(HOUR))
    }

    /// The day that it lies in.
    #[must_use]
    pub fn day(self) -> Day {
        let number = (self.0 + AHEAD).div_euclid(HOURS);
        Day(i32::try_from(number).unwrap_or(i32::MAX))
    }

    /// Its first moment.
    #[must_use]
    pub fn begin(self) -> Instant {
        Instant::from_micros(self.0.saturating_mul(HOUR))
    }
}

impl Day {
    /// The day that a moment lies in.
    #[must_use]
    pub fn of(at: Instant) -> Self {
        Hour::of(at).day()
    }

    /// The day so many days before.
    #[must_use]
    pub const fn before(self, days: u16) -> Self {
        Self(self.0.saturating_sub(days as i32))
    }

    /// The day after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Its first hour.
    #[must_use]
    pub fn first_hour(self) -> Hour {
        Hour(i64::from(self.0) * HOURS - AHEAD)
    }

    /// Its first moment.
    #[must_use]
    pub fn begin(self) -> Instant {
        self.first_hour().begin()
    }

    /// It on the calendar.
    #[must_use]
    pub fn date(self) -> Date {
        let days = SignedDuration::from_hours(i64::from(self.0).saturating_mul(HOURS));
        let epoch = jiff::tz::Offset::UTC
            .to_datetime(Timestamp::UNIX_EPOCH)
            .date();
        epoch.saturating_add(days)
    }
}

/// As ISO 8601 writes it.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse::<Timestamp>().expect("a timestamp").into()
    }

    #[test]
    fn a_day_begins_at_midnight_in_vietnam() {
        let last = Day::of(at("2026-11-22T16:59:59.999999Z"));
        let day = Day::of(at("2026-11-22T17:00:00Z"));
        assert_eq!(
            (last.to_string(), day.to_string()),
            ("2026-11-22".to_owned(), "2026-11-23".to_owned())
        );
        assert_eq!(last.next(), day);
        assert_eq!(day.before(1), last);
        assert_eq!(day.begin(), at("2026-11-22T17:00:00Z"));
        assert_eq!(day.first_hour().day(), day);
        assert_eq!(Hour(day.first_hour().0 - 1).day(), last);
    }

    #[test]
    fn days_before_1970_have_their_place_too() {
        assert_eq!(
            Day::of(at("1969-12-31T16:59:59Z")).to_string(),
            "1969-12-31"
        );
        assert_eq!(Day(0).to_string(), "1970-01-01");
    }
}

//! Months as Vietnam counts them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, date};
use jiff::tz::Offset;

use super::Instant;

/// Vietnam is so many hours ahead of UTC, since 1975 and all year round.
const AHEAD: Offset = Offset::constant(7);

/// A month in Vietnam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month(Date);

impl Month {
    /// The month that a moment lies in.
    #[must_use]
    pub fn of(at: Instant) -> Self {
        let day = AHEAD.to_datetime(at.timestamp()).date();
        Self(day.first_of_month())
    }

    /// Its first moment.
    #[must_use]
    pub fn begin(self) -> Instant {
        moment(self.0)
    }

    /// The first moment after it.
    #[must_use]
    pub fn end(self) -> Instant {
        self.0
            .last_of_month()
            .tomorrow()
            .map_or_else(|_| moment(self.0), moment)
    }
}

fn moment(day: Date) -> Instant {
    let midnight = AHEAD.to_timestamp(day.at(0, 0, 0, 0));
    midnight.map_or(Instant::from_micros(0), Instant::from)
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

/// What is no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written as 2026-11")]
pub struct NoMonth;

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let (year, month) = text.split_once('-').ok_or(NoMonth)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(NoMonth);
        }
        let (year, month) = (
            year.parse().map_err(|_| NoMonth)?,
            month.parse().map_err(|_| NoMonth)?,
        );
        let is_month = (1970..=9000).contains(&year) && (1..=12).contains(&month);
        is_month.then(|| Self(date(year, month, 1))).ok_or(NoMonth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_in_vietnam() {
        let month: Month = "2026-11".parse().expect("a month");
        assert_eq!(month.begin().to_string(), "2026-10-31T17:00:00Z");
        assert_eq!(month.end().to_string(), "2026-11-30T17:00:00Z");
        assert_eq!(Month::of(month.begin()), month);
        assert_eq!(Month::of(month.end()).to_string(), "2026-12");
        for text in [
            "",
            "2026",
            "2026-13",
            "2026-1",
            "+026-01",
            "2026-00",
            "2026-11-01",
            "x",
        ] {
            assert_eq!(text.parse::<Month>(), Err(NoMonth), "{text}");
        }
    }
}

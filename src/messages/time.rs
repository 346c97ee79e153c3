//! Dates and lengths of time, as people at the paper read them.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::Messages;
use crate::domain::{Day, Instant};

/// Vietnam's clock. A small image may come without a time-zone database; the offset has not moved
/// since 1975, so it stands in.
static HOME: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZone::get("Asia/Ho_Chi_Minh").unwrap_or_else(|_| TimeZone::fixed(Offset::constant(7)))
});

fn at_home(at: Instant) -> DateTime {
    HOME.to_datetime(at.timestamp())
}

/// As the field of a form writes a date and its time (HTML, `datetime-local`).
const FIELD: &str = "%Y-%m-%dT%H:%M";

impl Messages {
    /// Date and time in Vietnam as the field of a form has them.
    #[must_use]
    pub fn in_field(self, at: Instant) -> String {
        at_home(at).strftime(FIELD).to_string()
    }

    /// What such a field says, where it says a date and time. Browsers may add seconds.
    #[must_use]
    pub fn of_field(self, typed: &str) -> Option<Instant> {
        let typed: DateTime = typed.trim().parse().ok()?;
        Some(HOME.to_timestamp(typed).ok()?.into())
    }

    /// The day in Vietnam as the field of a form has it (HTML, `date`).
    #[must_use]
    pub fn day_in_field(self, at: Instant) -> String {
        at_home(at).strftime("%Y-%m-%d").to_string()
    }

    /// When a day begins in Vietnam that such a field says, or when it is over.
    #[must_use]
    pub fn of_day(self, typed: &str, end: bool) -> Option<Instant> {
        let day: Date = typed.parse().ok()?;
        let day = if end { day.tomorrow().ok()? } else { day };
        Some(
            HOME.to_timestamp(day.to_datetime(Time::midnight()))
                .ok()?
                .into(),
        )
    }

    /// Date and time in Vietnam as office programs read them: `2026-11-23 14:03:00`.
    #[must_use]
    pub fn in_sheet(self, at: Instant) -> String {
        at_home(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// Date and time in Vietnam: `14:03, 23/11/2026`. Day before month in both languages, because
    /// that is how the paper's own pages write it.
    #[must_use]
    pub fn when(self, at: Instant) -> String {
        at_home(at).strftime("%H:%M, %d/%m/%Y").to_string()
    }

    /// The time alone where it was on the day of `now`, else as [`when`](Self::when).
    #[must_use]
    pub fn when_near(self, at: Instant, now: Instant) -> String {
        if at_home(at).date() == at_home(now).date() {
            at_home(at).strftime("%H:%M").to_string()
        } else {
            self.when(at)
        }
    }

    /// A day: `23/11/2026`.
    #[must_use]
    pub fn day(self, day: Day) -> String {
        day.date().strftime("%d/%m/%Y").to_string()
    }

    /// A day of this year or the last, where there is little room: `23/11`.
    #[must_use]
    pub fn short_day(self, day: Day) -> String {
        day.date().strftime("%d/%m").to_string()
    }

    /// So many seconds, as [`wait`](Self::wait) tells them.
    #[must_use]
    pub fn span(self, seconds: f64) -> String {
        let length = std::time::Duration::try_from_secs_f64(seconds).unwrap_or_default();
        let begin = Instant::from_micros(0);
        self.wait(begin, begin.after(length))
    }

    /// How long something has waited at `now`, in its two largest units: `3 giờ 10 phút`,
    /// `3 h 10 min`. A clock that ran backwards reads as no time at all.
    #[must_use]
    pub fn wait(self, since: Instant, now: Instant) -> String {
        let minutes = (now.as_micros().saturating_sub(since.as_micros()) / 60_000_000).max(0);
        let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        let parts: Vec<String> = [
            ("wait-days", days),
            ("wait-hours", hours),
            ("wait-minutes", minutes),
        ]
        .into_iter()
        .skip_while(|&(_, count)| count == 0)
        .take(2)
        .filter(|&(_, count)| count > 0)
        .map(|(id, count)| self.with(id, &[("count", count.into())]))
        .collect();
        if parts.is_empty() {
            self.get("wait-moment")
        } else {
            parts.join(" ")
        }
    }
}

//! When a member wants to be mailed about what waits.

use jiff::civil::Time;
use jiff::tz::{Offset, TimeZone};

use super::words;

words! {
    /// How often a member is mailed about what waits.
    Pace {
        /// Never, not even about what is urgent.
        Off = "off",
        /// With each comment.
        AtOnce = "at_once",
        /// At once after a quiet while, then a digest every few minutes.
        Digest = "digest",
        /// At most each hour.
        Hourly = "hourly",
        /// In the morning and in the afternoon.
        TwiceADay = "twice_a_day",
    }
}

/// A part of each day, on a member's own clock; over midnight where it ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: Time,
    to: Time,
}

impl QuietHours {
    /// From one time of the day to another; none where they are the same, which would be all day or never.
    #[must_use]
    pub fn new(from: Time, to: Time) -> Option<Self> {
        (from != to).then_some(Self { from, to })
    }

    /// The same of minutes after midnight, as they are stored.
    #[must_use]
    pub fn of_minutes(from: i32, to: i32) -> Option<Self> {
        Self::new(time_of(from)?, time_of(to)?)
    }

    /// When it begins and when it is over.
    #[must_use]
    pub const fn bounds(self) -> (Time, Time) {
        (self.from, self.to)
    }

    /// Both in minutes after midnight.
    #[must_use]
    pub fn minutes(self) -> (i32, i32) {
        let minutes = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
        (minutes(self.from), minutes(self.to))
    }

    /// Whether it is quiet at that time of the day.
    #[must_use]
    pub fn covers(self, time: Time) -> bool {
        if self.from < self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }
}

fn time_of(minutes: i32) -> Option<Time> {
    let (hour, minute) = (minutes.div_euclid(60), minutes.rem_euclid(60));
    Time::new(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0).ok()
}

/// A time zone by its name in the IANA database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Where newspapers are at home unless their members say otherwise.
    pub const HOME: &'static str = "Asia/Ho_Chi_Minh";

    /// The zone of that name, where there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        // Without a name nobody could store it.
        let zone = TimeZone::get(name).ok()?;
        zone.iana_name().is_some().then_some(Self(zone))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or(Self::HOME)
    }

    /// Its clock.
    #[must_use]
    pub const fn clock(&self) -> &TimeZone {
        &self.0
    }
}

impl Default for Zone {
    fn default() -> Self {
        // Its offset has not moved since 1975.
        Self::named(Self::HOME).unwrap_or(Self(TimeZone::fixed(Offset::constant(7))))
    }
}

/// When a member wants to be mailed about what waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailHabits {
    /// How often.
    pub pace: Pace,
    /// When not at all; what comes then is told afterwards.
    pub quiet: Option<QuietHours>,
    /// Whose clock that is.
    pub zone: Zone,
    /// Whether what is urgent is told in quiet hours, too.
    pub urgent_in_quiet: bool,
}

impl Default for MailHabits {
    fn default() -> Self {
        Self {
            pace: Pace::Digest,
            quiet: None,
            zone: Zone::default(),
            urgent_in_quiet: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_go_over_midnight() {
        let time = |hour, minute| Time::new(hour, minute, 0, 0).expect("a time");
        let night = QuietHours::new(time(22, 0), time(6, 30)).expect("hours");
        for (hour, minute, is_quiet) in [
            (21, 59, false),
            (22, 0, true),
            (0, 0, true),
            (6, 29, true),
            (6, 30, false),
        ] {
            assert_eq!(
                night.covers(time(hour, minute)),
                is_quiet,
                "{hour}:{minute}"
            );
        }
        let (from, to) = night.minutes();
        assert_eq!((from, to), (1320, 390));
        assert_eq!(QuietHours::of_minutes(from, to), Some(night));
        assert_eq!(QuietHours::new(time(7, 0), time(7, 0)), None);
        assert_eq!(QuietHours::of_minutes(0, 1440), None);
    }

    #[test]
    fn a_zone_is_one_that_has_a_name() {
        assert_eq!(Zone::default().name(), Zone::HOME);
        assert_eq!(
            Zone::named("Europe/Berlin").expect("a zone").name(),
            "Europe/Berlin"
        );
        for wrong in ["", "Asia/Sai_Gon_Moi", "../../etc/passwd", "+07:00"] {
            assert_eq!(Zone::named(wrong), None, "{wrong}");
        }
    }
}

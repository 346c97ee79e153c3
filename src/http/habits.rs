//! When a member wants to be mailed, as forms and calls say it.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::Problem;
use crate::domain::{MailHabits, Pace, QuietHours, Zone};

/// When a member is mailed about what waits.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailBody {
    /// How often: `off`, `at_once`, `digest` (at once after a quiet while, then every ten minutes), `hourly`, `twice_a_day`.
    pub pace: Pace,
    /// When quiet hours begin; none where there are none.
    #[serde(default)]
    #[schema(example = "22:00")]
    pub quiet_from: Option<String>,
    /// When they are over.
    #[serde(default)]
    #[schema(example = "06:30")]
    pub quiet_to: Option<String>,
    /// The time zone of those hours, by its name in the IANA database.
    #[serde(default = "home")]
    #[schema(example = "Asia/Ho_Chi_Minh")]
    pub zone: String,
    /// Whether what is urgent is mailed in quiet hours, too.
    #[serde(default)]
    pub urgent_in_quiet: bool,
}

fn home() -> String {
    Zone::HOME.to_owned()
}

impl From<&MailHabits> for MailBody {
    fn from(habits: &MailHabits) -> Self {
        let (quiet_from, quiet_to) = habits.quiet.map(QuietHours::bounds).unzip();
        let shown = |time: Time| time.strftime("%H:%M").to_string();
        Self {
            pace: habits.pace,
            quiet_from: quiet_from.map(shown),
            quiet_to: quiet_to.map(shown),
            zone: habits.zone.name().to_owned(),
            urgent_in_quiet: habits.urgent_in_quiet,
        }
    }
}

impl MailBody {
    /// What it says, or what is wrong with it.
    pub fn read(&self) -> Result<MailHabits, Problem> {
        let zone = Zone::named(self.zone.trim()).ok_or(Problem::field("zone", "mail-zone"))?;
        Ok(MailHabits {
            pace: self.pace,
            quiet: self.quiet()?,
            zone,
            urgent_in_quiet: self.urgent_in_quiet,
        })
    }

    fn quiet(&self) -> Result<Option<QuietHours>, Problem> {
        let said = |time: &Option<String>| {
            let time = time.as_deref().map(str::trim);
            time.filter(|time| !time.is_empty()).map(str::to_owned)
        };
        let wrong = || Problem::field("quiet", "mail-quiet");
        match (said(&self.quiet_from), said(&self.quiet_to)) {
            (None, None) => Ok(None),
            (Some(from), Some(to)) => {
                let (from, to) = (time(&from), time(&to));
                let quiet = from
                    .zip(to)
                    .and_then(|(from, to)| QuietHours::new(from, to));
                quiet.map(Some).ok_or_else(wrong)
            }
            _ => Err(wrong()),
        }
    }
}

/// A time of the day to the minute: browsers may add seconds.
fn time(typed: &str) -> Option<Time> {
    let typed: Time = typed.parse().ok()?;
    Time::new(typed.hour(), typed.minute(), 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(from: &str, to: &str, zone: &str) -> MailBody {
        MailBody {
            pace: Pace::Hourly,
            quiet_from: Some(from.to_owned()),
            quiet_to: Some(to.to_owned()),
            zone: zone.to_owned(),
            urgent_in_quiet: true,
        }
    }

    #[test]
    fn what_is_said_is_said_again() {
        for (from, to) in [("22:00", "06:30"), ("00:00", "23:59")] {
            let habits = body(from, to, "Europe/Berlin").read().expect("habits");
            let again = MailBody::from(&habits);
            let hours = (again.quiet_from.as_deref(), again.quiet_to.as_deref());
            assert_eq!(hours, (Some(from), Some(to)));
            assert_eq!(again.read().expect("habits"), habits);
        }
        let none = body("", " ", " Asia/Ho_Chi_Minh ").read().expect("habits");
        assert_eq!(none.quiet, None);
        let seconds = body("22:00:59", "06:00:00", "UTC").read().expect("habits");
        assert_eq!(seconds.quiet.map(QuietHours::minutes), Some((1320, 360)));
    }

    #[test]
    fn what_is_wrong_is_told_by_its_field() {
        for (wrong, field) in [
            (body("22:00", "06:00", "Hà Nội"), "zone"),
            (body("22:00", "", "UTC"), "quiet"),
            (body("22:00", "22:00", "UTC"), "quiet"),
            (body("25:00", "06:00", "UTC"), "quiet"),
            (body("tối", "sáng", "UTC"), "quiet"),
        ] {
            let problem = wrong.read().expect_err("a problem");
            assert_eq!(problem.errors[0].field, field);
        }
    }
}

//! Robots, without a wall for people: a field that only programs fill in, a stamp that tells when the form was shown, and a
//! proof of work. All of it is evidence; whoever cannot work (a form without JavaScript) is held and never refused.

mod challenge;
mod stamp;

pub use challenge::{Challenge, ChallengeKey, ChallengeParameters, LIFETIME as CHALLENGE_LIFETIME};
pub use stamp::{LIFETIME as STAMP_LIFETIME, StampKey};

use super::{Level, Pressure, Submission};
use crate::domain::{ChallengeId, Instant, ProofFault, ProofOfWork, RobotSigns, SiteId};

/// From this level on, under the article or from the reader's own address, `adaptive` asks for work: an honest reader's
/// browser does it in a second without their noticing, so it may be asked as soon as more comes than on any day.
const HERE: Level = Level::Busy;
/// And from this one on where the whole site is meant: one busy article is no reason to ask readers of the others, a flood
/// that is spread over many articles and addresses is.
const EVERYWHERE: Level = Level::Flood;

/// Whether a comment is to come with a proof of work, by the site's setting and how much comes at once.
#[must_use]
pub fn is_proof_wanted(setting: ProofOfWork, pressure: Pressure) -> bool {
    match setting {
        ProofOfWork::Off => false,
        ProofOfWork::Adaptive => pressure.here() >= HERE || pressure.site >= EVERYWHERE,
        ProofOfWork::Always => true,
    }
}

/// Makes and reads what is handed out with a form.
#[derive(Clone)]
pub struct RobotCheck {
    /// Stamps of forms.
    pub stamps: StampKey,
    /// Challenges and their solutions.
    pub challenges: ChallengeKey,
}

impl RobotCheck {
    /// With keys made from the service's secret, each for its own purpose.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self {
            stamps: StampKey::derive(secret),
            challenges: ChallengeKey::derive(secret),
        }
    }

    /// What the form tells of its sender, but for the proof of work.
    #[must_use]
    pub fn signs(&self, submission: &Submission, site: SiteId, now: Instant) -> RobotSigns {
        let stamp = submission.stamp.as_deref().filter(|text| !text.is_empty());
        let shown = stamp.map(|text| self.stamps.open(site, text, now));
        RobotSigns {
            honeypot: is_filled(submission.website.as_deref()),
            haste: shown.map_or(0, |shown| shown.map_or(0, |shown| stamp::haste(shown, now))),
            stamp: shown.and_then(Result::err),
            proof: None,
        }
    }

    /// The challenge that the submission's proof solves.
    pub fn proof(
        &self,
        submission: &Submission,
        site: SiteId,
        now: Instant,
    ) -> Result<ChallengeId, ProofFault> {
        match submission.challenge.as_deref().map(str::trim) {
            _ if submission.cannot_work() => Err(ProofFault::Missing),
            None | Some("") => Err(ProofFault::Missing),
            Some(payload) => self.challenges.verify(site, payload, now),
        }
    }
}

impl std::fmt::Debug for RobotCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RobotCheck")
    }
}

fn is_filled(honeypot: Option<&str>) -> bool {
    honeypot.is_some_and(|typed| !typed.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_asked_for_only_under_pressure() {
        let pressure = |reader, article, site| Pressure {
            reader,
            article,
            site,
        };
        let calm = Pressure::default();
        for (under, wanted) in [
            (calm, false),
            (pressure(Level::Busy, Level::Calm, Level::Calm), true),
            (pressure(Level::Calm, Level::Busy, Level::Calm), true),
            (pressure(Level::Calm, Level::Calm, Level::Busy), false),
            (pressure(Level::Calm, Level::Calm, Level::Flood), true),
        ] {
            assert_eq!(
                is_proof_wanted(ProofOfWork::Adaptive, under),
                wanted,
                "{under:?}"
            );
            assert!(!is_proof_wanted(ProofOfWork::Off, under));
            assert!(is_proof_wanted(ProofOfWork::Always, under));
        }
    }

    #[test]
    fn spaces_fill_in_nothing() {
        assert!(!is_filled(None) && !is_filled(Some("")) && !is_filled(Some(" \n")));
        assert!(is_filled(Some(" https://thuoc.example ")));
    }
}

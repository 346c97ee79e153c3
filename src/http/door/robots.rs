//! What is asked of robots at the door, and what a form is handed for it.

use uuid::Uuid;

use super::AtSite;
use crate::clock;
use crate::domain::{ChallengeId, Instant, ProofFault, RobotSigns};
use crate::http::problem::Problem;
use crate::intake::{Challenge, Counts, Submission, is_proof_wanted};
use crate::secrets;

/// Who hands a comment in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// A program, mostly the page's own script: it can fetch a challenge, solve it and come back.
    Script,
    /// A plain form, whose browser may have no JavaScript, or a page whose browser cannot do the work: it is never refused for want of a proof.
    Form,
    /// The newspaper's CMS: its own form has seen to robots, or not, and can be asked for nothing.
    Cms,
}

/// What was seen of robots, and the challenge that a comment uses up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub signs: RobotSigns,
    pub proof: Option<ChallengeId>,
}

impl AtSite {
    /// The stamp of a form that is shown now.
    pub fn stamp(&self) -> String {
        self.house.robots.stamps.seal(self.site.id, clock::now())
    }

    /// The stamp of a form that is shown again.
    pub fn stamp_again(&self, given: Option<&str>) -> String {
        let stamps = &self.house.robots.stamps;
        stamps.seal_again(self.site.id, given, clock::now())
    }

    /// A challenge that nobody was given before.
    pub fn challenge(&self) -> Challenge {
        let (id, now) = (ChallengeId(Uuid::now_v7()), clock::now());
        let challenges = &self.house.robots.challenges;
        challenges.make(self.site.id, id, secrets::random(), now)
    }

    /// Looks for signs of a program. What is wrong with a proof that is wanted is a sign too, unless the sender can mend it.
    pub(super) fn look_for_robots(
        &self,
        submission: &Submission,
        counts: Counts,
        sender: Sender,
        now: Instant,
    ) -> Result<Seen, Problem> {
        if sender == Sender::Cms {
            return Ok(Seen {
                signs: RobotSigns::default(),
                proof: None,
            });
        }
        let robots = &self.house.robots;
        let mut seen = Seen {
            signs: robots.signs(submission, self.site.id, now),
            proof: None,
        };
        if !is_proof_wanted(self.site.settings.proof_of_work, counts.pressure()) {
            return Ok(seen);
        }
        match robots.proof(submission, self.site.id, now) {
            Ok(proof) => seen.proof = Some(proof),
            Err(fault) => seen.mar(fault, sender)?,
        }
        Ok(seen)
    }
}

impl Seen {
    /// Takes note of what is wrong with the proof: as a sign, or as a problem for a sender who can come back with another.
    pub(super) fn mar(&mut self, fault: ProofFault, sender: Sender) -> Result<(), Problem> {
        if sender == Sender::Script {
            return Err(challenge_problem(fault));
        }
        (self.signs.proof, self.proof) = (Some(fault), None);
        Ok(())
    }
}

/// The problem of a proof that does not count.
pub(super) fn challenge_problem(fault: ProofFault) -> Problem {
    let code = match fault {
        ProofFault::Missing => "challenge-missing",
        ProofFault::Wrong => "challenge-wrong",
        ProofFault::Expired => "challenge-expired",
        ProofFault::Spent => "challenge-spent",
    };
    Problem::field("challenge", code)
}

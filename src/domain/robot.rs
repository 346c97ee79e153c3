//! What tells a program from a person, as far as anything does.

/// What was seen of whoever handed a comment in. Nothing of it proves a program, so nothing of it settles a comment: it is
/// evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RobotSigns {
    /// Whether a field was filled in that people do not see.
    pub honeypot: bool,
    /// Seconds short of a minute between the form being shown and being sent; 0 where nothing is known of it.
    pub haste: u32,
    /// What is wrong with the form's stamp.
    pub stamp: Option<StampFault>,
    /// What is wrong with the proof of work, where one was wanted.
    pub proof: Option<ProofFault>,
}

impl RobotSigns {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            honeypot: self.honeypot || other.honeypot,
            haste: self.haste.max(other.haste),
            stamp: self.stamp.or(other.stamp),
            proof: self.proof.or(other.proof),
        }
    }
}

/// Why a form's stamp says nothing of when the form was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampFault {
    /// The form was shown too long ago.
    Expired,
    /// We have not made it, or for another site.
    Forged,
}

/// Why a proof of work does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofFault {
    /// There is none.
    Missing,
    /// It cannot be read, is no solution, or of no challenge that we gave out for this site.
    Wrong,
    /// Its challenge has expired.
    Expired,
    /// Another comment was sent with it.
    Spent,
}

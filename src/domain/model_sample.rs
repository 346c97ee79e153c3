//! What a site's model decides by itself, and what of that is left to a person so that it stays measured.

use super::{Action, Comment};

/// What a site's model would have done with a comment that is left to a person all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelSample {
    /// Approve, reject, or put with the spam.
    pub action: Action,
    /// One of so many that it would have decided on: what a person decides on it stands for as many.
    pub stands_for: u16,
}

/// What the decision of a person on a comment says of its site's model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    /// The comment would have waited for a person in any case, or the model decided on nothing yet.
    Itself,
    /// It was left to a person so that the model is measured.
    Sample(ModelSample),
    /// The model had decided on it: who changes that has picked it out, which says nothing of the others.
    Nothing,
}

impl Witness {
    /// For how many comments it speaks.
    #[must_use]
    pub const fn weight(self) -> u32 {
        match self {
            Self::Itself => 1,
            Self::Sample(sample) => sample.stands_for as u32,
            Self::Nothing => 0,
        }
    }
}

impl ModelSample {
    /// Whether a comment is one of those that are left to a person: the same for every replica, and for every text of the comment.
    #[must_use]
    pub fn is_of(comment: &Comment, every: u16) -> bool {
        let id = comment.id.0.as_u128();
        #[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
        let mixed = mixed((id >> 64) as u64 ^ id as u64);
        mixed.is_multiple_of(every.max(1).into())
    }
}

/// The finaliser of `MurmurHash3` (Appleby): identifiers begin with a time, and what is left of them is not to depend on who makes them.
const fn mixed(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ bits >> 33
}

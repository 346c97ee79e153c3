//! What a program does and a person does not, seen by whoever took the comment in.

use super::Feature;
use crate::domain::{ProofFault, RobotSigns, StampFault};
use crate::rules::Context;

/// How much of it there is: seconds for haste, else 1 or 0. Nothing for other features.
#[must_use]
pub const fn amount(feature: Feature, context: Context) -> u32 {
    let RobotSigns {
        honeypot,
        haste,
        stamp,
        proof,
    } = context.robots;
    let is_so = match feature {
        Feature::Haste => return haste,
        Feature::Honeypot => honeypot,
        Feature::StampExpired => matches!(stamp, Some(StampFault::Expired)),
        Feature::StampForged => matches!(stamp, Some(StampFault::Forged)),
        Feature::ProofMissing => matches!(proof, Some(ProofFault::Missing)),
        Feature::ProofWrong => matches!(proof, Some(ProofFault::Wrong)),
        Feature::ProofExpired => matches!(proof, Some(ProofFault::Expired)),
        Feature::ProofSpent => matches!(proof, Some(ProofFault::Spent)),
        _ => false,
    };
    is_so as u32
}

/// Signs of which a feature has so much; none for other features.
#[must_use]
pub(in crate::rules) const fn only(feature: Feature, amount: u32) -> RobotSigns {
    let (mut honeypot, mut haste, mut stamp, mut proof) = (false, 0, None, None);
    match feature {
        Feature::Haste => haste = amount,
        _ if amount == 0 => {}
        Feature::Honeypot => honeypot = true,
        Feature::StampExpired => stamp = Some(StampFault::Expired),
        Feature::StampForged => stamp = Some(StampFault::Forged),
        Feature::ProofMissing => proof = Some(ProofFault::Missing),
        Feature::ProofWrong => proof = Some(ProofFault::Wrong),
        Feature::ProofExpired => proof = Some(ProofFault::Expired),
        Feature::ProofSpent => proof = Some(ProofFault::Spent),
        _ => {}
    }
    RobotSigns {
        honeypot,
        haste,
        stamp,
        proof,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_is_one_feature() {
        let of_robots = [
            Feature::Haste,
            Feature::Honeypot,
            Feature::StampExpired,
            Feature::StampForged,
            Feature::ProofMissing,
            Feature::ProofWrong,
            Feature::ProofExpired,
            Feature::ProofSpent,
        ];
        for &shown in Feature::ALL {
            let context = Context {
                robots: only(shown, 1),
                ..Context::default()
            };
            let seen: Vec<Feature> = (Feature::ALL.iter().copied())
                .filter(|&feature| amount(feature, context) == 1)
                .collect();
            let expected = of_robots.contains(&shown).then_some(shown);
            assert_eq!(seen, Vec::from_iter(expected));
        }
    }
}

//! What weights add up to: caps by category, and the scores at which a comment changes lane.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::PackError;
use super::pack::{self, PackSource};
use super::signals::Odds;
use crate::domain::{Category, Evidence, Lane};

/// How evidence becomes a score and a lane; `rules/policy.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The scores at which a lane begins.
    pub lanes: Lanes,
    /// What foul words count between quotation marks.
    pub quoted: Quoted,
    /// How sure the reading of unmarked words must be.
    pub toneless: Odds,
    /// The most that one category adds to the score; every category has one.
    pub caps: BTreeMap<Category, f32>,
    /// What many mild words come to; nothing is mild where it is left out.
    #[serde(default)]
    pub mild: Mild,
}

/// How far mild evidence goes by itself.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mild {
    /// Evidence that weighs less is mild.
    pub below: f32,
    /// The most that all mild evidence of a category adds; a category without a line has no such bound.
    pub caps: BTreeMap<Category, f32>,
}

/// The scores at which a lane begins; below both a comment is likely fine.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lanes {
    /// From here on somebody should look.
    pub look: f32,
    /// From here on much speaks against it.
    pub likely_bad: f32,
}

/// What a quotation is, and what foul words count in one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quoted {
    /// A part of what they weigh elsewhere; 1 makes no difference.
    pub weight: f32,
    /// Fewer words between marks are emphasis or irony rather than somebody's words.
    pub fewest_words: usize,
    /// More words between marks are no quotation, but marks that have nothing to do with each other.
    pub most_words: usize,
    /// The most that everything quoted in a comment adds.
    pub most: f32,
    /// Words of saying and calling: after them the fewest words are a quotation, too.
    pub introduced_by: Vec<String>,
}

impl Policy {
    /// Whether `source` is a policy rather than a pack: by its file name.
    pub(super) fn is_in(source: &PackSource) -> bool {
        source.file.rsplit(['/', '\\']).next() == Some("policy.toml")
    }

    pub(super) fn read(source: &PackSource) -> Result<Self, PackError> {
        let policy: Self = pack::read(source)?;
        let wrong = |problem: String, remedy: &str| {
            Err(PackError {
                file: source.file.clone(),
                line: 1,
                rule: None,
                problem,
                remedy: remedy.to_owned(),
            })
        };
        let Lanes { look, likely_bad } = policy.lanes;
        if !(look > 0.0 && likely_bad >= look && likely_bad.is_finite()) {
            return wrong(
                format!("lanes look = {look} and likely_bad = {likely_bad} do not rise from zero"),
                "write a `look` above 0 and a `likely_bad` that is not below it instead",
            );
        }
        if !(0.0..=1.0).contains(&policy.quoted.weight) {
            return wrong(
                format!(
                    "quoted.weight = {} is no part of a weight",
                    policy.quoted.weight
                ),
                "write a number from 0 to 1 instead",
            );
        }
        if !(policy.quoted.most.is_finite() && policy.quoted.most >= 0.0) {
            return wrong(
                format!("quoted.most = {} is no amount", policy.quoted.most),
                "write a number from 0 upwards instead",
            );
        }
        let mild = policy.mild.caps.values().chain([&policy.mild.below]);
        if let Some(amount) = mild
            .into_iter()
            .find(|one| !(one.is_finite() && **one >= 0.0))
        {
            return wrong(
                format!("{amount} under [mild] is no amount"),
                "write a number from 0 upwards instead",
            );
        }
        // No rule is of the last: bans weigh nothing.
        let of_rules = Category::ALL.iter().filter(|one| **one != Category::Ban);
        for category in of_rules {
            match policy.caps.get(category) {
                Some(cap) if cap.is_finite() && *cap > 0.0 => {}
                Some(cap) => {
                    return wrong(
                        format!("the cap {cap} of {category} is no bound"),
                        "write a number above 0 instead",
                    );
                }
                None => {
                    return wrong(
                        format!("{category} has no cap"),
                        "write a line for it under [caps], such as `flood = 2.0`, instead",
                    );
                }
            }
        }
        Ok(policy)
    }

    /// The weights of `evidence` by category, each sum capped.
    pub(super) fn categories(&self, evidence: &[Evidence]) -> BTreeMap<Category, f32> {
        let mut sums = BTreeMap::new();
        for category in evidence.iter().map(|seen| seen.category) {
            sums.entry(category)
                .or_insert_with(|| self.weight_of(category, evidence));
        }
        for (category, sum) in &mut sums {
            if let Some(cap) = self.caps.get(category) {
                *sum = cap.min(*sum);
            }
        }
        sums
    }

    /// The weights of one category before its cap: ten mild words are not one grave one.
    fn weight_of(&self, category: Category, evidence: &[Evidence]) -> f32 {
        let (mut mild, mut grave) = (0.0_f32, 0.0);
        for seen in evidence.iter().filter(|seen| seen.category == category) {
            if seen.weight < self.mild.below {
                mild += seen.weight;
            } else {
                grave += seen.weight;
            }
        }
        grave
            + self
                .mild
                .caps
                .get(&category)
                .map_or(mild, |cap| cap.min(mild))
    }

    /// The lane of a score.
    pub(super) fn lane(&self, score: f32) -> Lane {
        if score >= self.lanes.likely_bad {
            Lane::LikelyBad
        } else if score >= self.lanes.look {
            Lane::Look
        } else {
            Lane::LikelyFine
        }
    }
}

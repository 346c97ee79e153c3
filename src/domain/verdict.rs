//! What the rules saw in a comment, and what follows from it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::{CheckerRule, Cluster, Status, without_answer, words};

words! {
    /// What kind of trouble a rule looks for.
    Category {
        /// Obscene or swear words.
        Profanity = "profanity",
        /// Contempt for a person.
        Insult = "insult",
        /// Contempt for a group.
        Hate = "hate",
        /// Harm announced or wished.
        Threat = "threat",
        /// Sexual content or offers.
        Sexual = "sexual",
        /// Advertising and robots.
        Spam = "spam",
        /// Fraud.
        Scam = "scam",
        /// Phone numbers, addresses, messenger names.
        Contact = "contact",
        /// Links.
        Link = "link",
        /// Somebody poses as somebody else.
        Impersonation = "impersonation",
        /// Too much from one place.
        Flood = "flood",
        /// The same again.
        Repeat = "repeat",
        /// The author is banned. No rule is of this category: a site's editors ban.
        Ban = "ban",
    }
}

words! {
    /// The part of a comment that a rule reads.
    Field {
        /// The text.
        Body = "body",
        /// The author's name.
        Name = "name",
        /// The author's email.
        Email = "email",
        /// Each link in the text.
        Link = "link",
    }
}

words! {
    /// How the text was read when the rule matched.
    View {
        /// As typed.
        Raw = "raw",
        /// In canonical form, with its tones.
        Toned = "toned",
        /// In canonical form, without tones.
        Toneless = "toneless",
        /// In canonical form, with letters put together that were set apart, or read from signs.
        Hidden = "hidden",
        /// Not the text itself but what is known around it.
        Context = "context",
    }
}

words! {
    /// Where a comment waits for its moderator.
    Lane {
        /// Nothing speaks against it.
        LikelyFine = "likely_fine",
        /// Something to look at.
        Look = "look",
        /// Much speaks against it.
        LikelyBad = "likely_bad",
    }
}

words! {
    /// Why moderators are told of a comment at once.
    Urgency {
        /// Harm is announced in it.
        Threat = "threat",
        /// It gives away what is somebody else's to tell.
        PersonalData = "personal_data",
        /// A reader says that the law wants it gone.
        TakeDown = "take_down",
    }
}

words! {
    /// What the rules do with a comment.
    RuleAction {
        /// It waits for a person.
        Hold = "hold",
        /// It is rejected; a person sees it and can undo that.
        Reject = "reject",
        /// It is put with the spam; a person sees it and can undo that.
        Spam = "spam",
    }
}

impl RuleAction {
    /// Where a comment stands when it was judged so.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::Hold => Status::Pending,
            Self::Reject => Status::Rejected,
            Self::Spam => Status::Spam,
        }
    }
}

/// One thing one rule saw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// The rule's id.
    #[schema(example = "vi.profanity.core")]
    pub rule: String,
    /// What kind of trouble.
    pub category: Category,
    /// Where it was seen.
    pub field: Field,
    /// First character, counted in Unicode scalar values of the stored field.
    #[schema(example = 4)]
    pub start: u32,
    /// One past the last character; equal to `start` where no place in the text can be shown.
    #[schema(example = 7)]
    pub end: u32,
    /// The stored field from `start` to `end`.
    pub excerpt: String,
    /// What it adds to the score.
    #[schema(example = 2.0)]
    pub weight: f32,
    /// How the text was read.
    pub view: View,
    /// The comments that say the same, where that is what was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Cluster>,
}

/// All the evidence, and what follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Verdict {
    /// Everything seen, by field and place.
    pub evidence: Vec<Evidence>,
    /// The sum of the weights by category, each capped.
    pub categories: BTreeMap<Category, f32>,
    /// The sum over the categories.
    pub score: f32,
    /// Where it waits.
    pub lane: Lane,
    /// What happens to it.
    pub action: RuleAction,
    /// The rule that settled it, where `action` is not `hold`.
    pub settled_by: Option<String>,
    /// Hash of the rule set.
    pub rules_version: String,
}

/// What threats must weigh together to be urgent: talk of killing in general does not.
const URGENT_THREAT: f32 = 2.0;
/// What contempt must weigh beside somebody's number or address.
const URGENT_CONTEMPT: f32 = 1.0;
/// What one contact detail weighs that is surely another person's private data.
const URGENT_PRIVATE: f32 = 2.5;

/// Why moderators are told at once of a comment in which that was seen, if they are: somebody may come to harm, since it
/// threatens, it tells where another person lives, or it gives a number away together with contempt for a person. Numbers by
/// themselves are mostly advertisements.
#[must_use]
pub fn urgency(evidence: &[Evidence]) -> Option<Urgency> {
    let sum = |category: Category| -> f32 {
        let these = evidence.iter().filter(|seen| seen.category == category);
        these.map(|seen| seen.weight).sum()
    };
    let contempt = sum(Category::Insult) + sum(Category::Hate) + sum(Category::Threat);
    let is_private =
        |seen: &Evidence| seen.category == Category::Contact && seen.weight >= URGENT_PRIVATE;
    let is_exposed = sum(Category::Contact) > 0.0 && contempt >= URGENT_CONTEMPT;
    if sum(Category::Threat) >= URGENT_THREAT {
        Some(Urgency::Threat)
    } else if is_exposed || evidence.iter().any(is_private) {
        Some(Urgency::PersonalData)
    } else {
        None
    }
}

/// What was seen, the weightiest first; before all else the weightiest of each kind that makes it urgent.
#[must_use]
pub fn by_weight(evidence: &[Evidence], urgency: Option<Urgency>) -> Vec<&Evidence> {
    let mut sorted: Vec<&Evidence> = evidence.iter().collect();
    sorted.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let kinds: &[Category] = match urgency {
        Some(Urgency::Threat) => &[Category::Threat],
        Some(Urgency::PersonalData) => &[
            Category::Contact,
            Category::Threat,
            Category::Hate,
            Category::Insult,
        ],
        Some(Urgency::TakeDown) | None => &[],
    };
    // From the last to the first, each to the front.
    for kind in kinds.iter().rev() {
        if let Some(place) = sorted.iter().position(|seen| seen.category == *kind) {
            sorted[..=place].rotate_right(1);
        }
    }
    sorted
}

/// Whether moderators are told at once of a comment in which that was seen.
#[must_use]
pub fn is_urgent(evidence: &[Evidence]) -> bool {
    urgency(evidence).is_some()
}

impl Verdict {
    /// Whether moderators are told at once.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        is_urgent(&self.evidence)
    }

    /// Says that an external checker has yet to answer: until then somebody is to look. Where it waits without that.
    pub fn wait_for_checker(&mut self) -> Lane {
        let by_rules = self.lane;
        self.evidence
            .insert(0, without_answer(CheckerRule::WAITING));
        self.lane = by_rules.max(Lane::Look);
        by_rules
    }

    /// Leaves what was settled to a person after all: it waits where much speaks against it.
    pub fn leave_to_a_person(&mut self) {
        if self.action != RuleAction::Hold {
            (self.action, self.settled_by) = (RuleAction::Hold, None);
            self.lane = Lane::LikelyBad;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(these: &[(Category, f32)]) -> Vec<Evidence> {
        let seen = these.iter().map(|(category, weight)| Evidence {
            rule: "any".to_owned(),
            category: *category,
            field: Field::Body,
            start: 0,
            end: 1,
            excerpt: "x".to_owned(),
            weight: *weight,
            view: View::Toned,
            cluster: None,
        });
        seen.collect()
    }

    #[test]
    fn the_weightiest_comes_first_and_before_it_what_is_urgent() {
        use Category::{Contact, Insult, Spam, Threat};
        let these = seen(&[
            (Insult, 1.0),
            (Insult, 3.0),
            (Threat, 1.5),
            (Spam, 2.5),
            (Threat, 0.5),
            (Contact, 0.2),
        ]);
        let sorted = |why| -> Vec<(Category, f32)> {
            let sorted = by_weight(&these, why);
            sorted
                .iter()
                .map(|seen| (seen.category, seen.weight))
                .collect()
        };
        let (calm, threat) = (sorted(None), sorted(Some(Urgency::Threat)));
        assert_eq!(calm[..3], [(Insult, 3.0), (Spam, 2.5), (Threat, 1.5)]);
        assert_eq!(threat[..3], [(Threat, 1.5), (Insult, 3.0), (Spam, 2.5)]);
        assert_eq!(threat[4..], [(Threat, 0.5), (Contact, 0.2)]);
        let exposed = sorted(Some(Urgency::PersonalData));
        let first = [(Contact, 0.2), (Threat, 1.5), (Insult, 3.0), (Spam, 2.5)];
        assert_eq!(exposed[..4], first);
    }

    #[test]
    fn threats_and_numbers_beside_contempt_are_urgent_and_advertisements_are_not() {
        let why = |these: &[(Category, f32)]| urgency(&seen(these));
        let urgent = |seen: &[(Category, f32)]| why(seen).is_some();
        let (threat, number) = ((Category::Threat, 2.0), (Category::Contact, 1.0));
        assert_eq!(why(&[number, threat]), Some(Urgency::Threat));
        let insulted = [number, (Category::Insult, 1.5)];
        assert_eq!(why(&insulted), Some(Urgency::PersonalData));
        assert!(urgent(&[(Category::Threat, 2.0)]));
        assert!(!urgent(&[(Category::Threat, 0.8)]), "talk of killing");
        assert!(urgent(&[(Category::Contact, 1.0), (Category::Insult, 1.5)]));
        assert!(urgent(&[
            (Category::Contact, 1.0),
            (Category::Hate, 0.5),
            (Category::Insult, 0.5)
        ]));
        assert!(!urgent(&[(Category::Contact, 2.0), (Category::Spam, 4.0)]));
        assert!(!urgent(&[
            (Category::Contact, 1.5),
            (Category::Contact, 1.5)
        ]));
        assert!(urgent(&[(Category::Contact, 2.5)]), "somebody's home");
        assert!(!urgent(&[(Category::Insult, 4.0)]));
        assert!(!urgent(&[]));
    }
}

//! What stays of a comment's evidence when its text becomes another.

use super::set::RuleSet;
use super::signals::only_robot;
use crate::domain::{Evidence, Field, RobotSigns};

impl RuleSet {
    /// The signs of a robot that evidence tells of. They are about how a comment came, so another text takes none away; a
    /// rule that is no longer in the set tells of none.
    #[must_use]
    pub fn robots_in(&self, evidence: &[Evidence]) -> RobotSigns {
        let is_told = |rule: usize| evidence.iter().any(|one| one.rule == self.rules[rule].id);
        let mut signs = RobotSigns::default();
        for (feature, asked) in self.features.get(&Field::Body).into_iter().flatten() {
            for &(_, bound) in asked.iter().filter(|(rule, _)| is_told(*rule)) {
                signs = signs.and(only_robot(*feature, bound));
            }
        }
        signs
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{ProofFault, RobotSigns, StampFault};
    use crate::rules::{Context, RuleSet, Subject, judge, shipped};

    #[test]
    fn what_was_seen_of_robots_is_seen_again_in_another_text() {
        let rules = RuleSet::compile(&shipped()).expect("the shipped packs are tested");
        let judged = |robots, body| {
            let context = Context {
                robots,
                ..Context::default()
            };
            let subject = Subject {
                body,
                ..Subject::default()
            };
            judge(&rules, &context, &subject)
        };
        let signs = RobotSigns {
            honeypot: true,
            haste: 58,
            stamp: Some(StampFault::Forged),
            proof: Some(ProofFault::Missing),
        };
        let first = judged(signs, "Cầu mới đẹp, gọi tôi số 0912 345 678");
        let kept = rules.robots_in(&first.evidence);
        let seen = |evidence: &[crate::domain::Evidence]| -> Vec<String> {
            let rules = evidence.iter().map(|one| one.rule.clone());
            rules
                .filter(|rule| rule.starts_with("spam.robots."))
                .collect()
        };
        assert_eq!(seen(&first.evidence).len(), 4);
        assert_eq!(
            seen(&judged(kept, "Cầu mới đẹp").evidence),
            seen(&first.evidence)
        );
        let calm = judged(RobotSigns::default(), "gọi tôi số 0912 345 678");
        assert_eq!(rules.robots_in(&calm.evidence), RobotSigns::default());
    }
}

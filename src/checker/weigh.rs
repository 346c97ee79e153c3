//! What a comment comes to with what its checker says: by the policy of the rules, over all evidence.

use crate::domain::{Checked, CheckerRule, Evidence, Lane, is_urgent};
use crate::rules::RuleSet;

/// Puts what the checker says, or that it says nothing, in the place of that it is waited for. `by_rules` is where the comment waits without
/// it, which is never left for a better one.
#[must_use]
pub fn weigh(rules: &RuleSet, before: &[Evidence], said: Vec<Evidence>, by_rules: Lane) -> Checked {
    let is_absent = said.iter().any(|seen| seen.rule == CheckerRule::ABSENT);
    let adds = said.iter().any(|seen| seen.weight > 0.0);
    let of_rules = before
        .iter()
        .filter(|seen| CheckerRule::of_rule(&seen.rule).is_none());
    let mut evidence: Vec<Evidence> = of_rules.cloned().chain(said).collect();
    evidence.sort_by(|a, b| {
        (a.field, a.start, &a.rule, a.end).cmp(&(b.field, b.start, &b.rule, b.end))
    });
    let verdict = rules.conclude(evidence);
    let lane = match (adds, is_absent) {
        (true, _) => by_rules.max(verdict.lane),
        (false, true) => by_rules.max(Lane::Look),
        (false, false) => by_rules,
    };
    Checked {
        is_urgent: verdict.is_urgent() && !is_urgent(before),
        evidence: verdict.evidence,
        score: verdict.score,
        lane,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Category, without_answer};
    use crate::rules::shipped;

    fn seen(rule: &str, category: Category, weight: f32) -> Evidence {
        Evidence {
            category,
            weight,
            ..without_answer(rule)
        }
    }

    #[test]
    fn what_it_says_adds_and_what_it_does_not_say_takes_nothing_away() {
        let rules = RuleSet::compile(&shipped()).expect("rules");
        let before = [
            without_answer(CheckerRule::WAITING),
            seen("vi.insult.core", Category::Insult, 1.5),
        ];
        let fine = weigh(&rules, &before, Vec::new(), Lane::Look);
        assert_eq!((fine.lane, fine.score), (Lane::Look, 1.5));
        assert_eq!(fine.evidence.len(), 1);
        let low = weigh(&rules, &before, Vec::new(), Lane::LikelyFine);
        assert_eq!(low.lane, Lane::LikelyFine, "as it was without a checker");
        let said = vec![seen("checker.toxic", Category::Threat, 2.0)];
        let worse = weigh(&rules, &before, said, Lane::Look);
        assert_eq!((worse.lane, worse.score), (Lane::LikelyBad, 3.5));
        assert!(worse.is_urgent);
        assert_eq!((worse.labels(), low.labels()), (vec!["toxic"], vec![]));
        let absent = vec![without_answer(CheckerRule::ABSENT)];
        let absent = weigh(&rules, &before, absent, Lane::LikelyFine);
        assert_eq!((absent.lane, absent.labels()), (Lane::Look, vec![]));
        // The answer after all.
        let late = weigh(&rules, &absent.evidence, Vec::new(), Lane::LikelyFine);
        assert_eq!((late.lane, late.evidence.len()), (Lane::LikelyFine, 1));
    }

    #[test]
    fn one_category_counts_no_more_than_its_cap() {
        let rules = RuleSet::compile(&shipped()).expect("rules");
        let said = vec![
            seen("checker.a", Category::Link, 4.0),
            seen("checker.b", Category::Link, 4.0),
        ];
        let weighed = weigh(&rules, &[], said, Lane::LikelyFine);
        assert_eq!((weighed.score, weighed.lane), (2.0, Lane::Look));
    }
}

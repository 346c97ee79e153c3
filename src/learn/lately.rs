//! What a model has said of late, for who asks about the same comment again: the intake asks for the lane, and a moment later whoever ranks
//! what waits.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use super::model::Said;
use crate::domain::Evidence;

/// As many comments at the most: some seconds of a flood, in less than two hundred kilobytes.
const MOST: usize = 4_096;

/// What one model said, by what it was asked about. Copies share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Lately {
    by: RandomState,
    said: Arc<Mutex<HashMap<u64, Said>>>,
}

impl Lately {
    /// Notes what was said of a body with that evidence.
    pub(super) fn note(&self, body: &str, evidence: &[Evidence], said: Said) {
        let key = self.key(body, evidence);
        let mut all = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() == MOST {
            // Who wanted to know has asked by now, or never will.
            all.clear();
        }
        all.insert(key, said);
    }

    /// What was said of it; once.
    pub(super) fn take(&self, body: &str, evidence: &[Evidence]) -> Option<Said> {
        let key = self.key(body, evidence);
        let mut all = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&key)
    }

    /// All that a model sees, in whatever order the evidence is.
    fn key(&self, body: &str, evidence: &[Evidence]) -> u64 {
        let seen = evidence.iter().map(|one| {
            let weight = one.weight.to_bits();
            let place = (one.field, one.view, one.start, one.end);
            self.by.hash_one((&one.rule, one.category, place, weight))
        });
        seen.fold(self.by.hash_one(body), u64::wrapping_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::without_answer;

    #[test]
    fn what_was_said_is_told_once_and_of_nothing_else() {
        let lately = Lately::default();
        let said = Said {
            harm: 0.25,
            spam: 0.5,
        };
        let [one, other] = ["vi.insult.core", "spam.link.raw"].map(without_answer);
        lately.note("Chào", &[one.clone(), other.clone()], said);
        assert_eq!(lately.take("Chào", &[]), None);
        assert_eq!(lately.take("Chào", &[one.clone()]), None);
        assert_eq!(lately.take("Cháo", &[one.clone(), other.clone()]), None);
        assert_eq!(
            lately.take("Chào", &[other.clone(), one.clone()]),
            Some(said)
        );
        assert_eq!(lately.take("Chào", &[one, other]), None);
    }

    #[test]
    fn it_does_not_grow_for_ever() {
        let lately = Lately::default();
        for number in 0..3 * MOST {
            lately.note(&number.to_string(), &[], Said::default());
        }
        assert!(lately.said.lock().unwrap().len() <= MOST);
        assert!(lately.take(&(3 * MOST - 1).to_string(), &[]).is_some());
    }
}

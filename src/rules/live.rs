//! The set in use, which can change while the service runs.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::set::RuleSet;

/// The set that new comments are judged by. Whoever has taken it keeps what they took; the next one gets the new.
#[derive(Debug)]
pub struct LiveRules(ArcSwap<RuleSet>);

impl LiveRules {
    /// Starts with this set.
    #[must_use]
    pub fn new(set: RuleSet) -> Self {
        Self(ArcSwap::from_pointee(set))
    }

    /// The set as it is now.
    #[must_use]
    pub fn now(&self) -> Arc<RuleSet> {
        self.0.load_full()
    }

    /// Puts another set in its place, whole, and gives the old one back.
    pub fn replace(&self, set: RuleSet) -> Arc<RuleSet> {
        self.0.swap(Arc::new(set))
    }
}

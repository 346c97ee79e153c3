//! Evidence that a text comes again names the comments that it comes from.

use super::Context;
use super::set::RuleSet;
use super::signals::repeat;
use crate::domain::Evidence;

impl RuleSet {
    /// Adds the cluster to the evidence of each rule that has counted it. Most comments repeat nothing and pay nothing.
    pub(super) fn name_clusters(&self, context: Context<'_>, evidence: &mut [Evidence]) {
        if context.same_text.is_none() && context.near_text.is_none() {
            return;
        }
        for (feature, asked) in self.features.values().flatten() {
            let Some(cluster) = repeat::cluster(*feature, &context) else {
                continue;
            };
            for (rule, _) in asked {
                let id = &self.rules[*rule].id;
                for seen in evidence.iter_mut().filter(|seen| seen.rule == *id) {
                    seen.cluster = Some(cluster);
                }
            }
        }
    }
}

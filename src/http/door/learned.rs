//! What a site's model makes of comments that moderators look at.

use std::sync::Arc;

use super::Moderating;
use crate::domain::{Comment, Evidence, SiteId};
use crate::learn::{Features, Output, Said, SiteModel, is_toneless};
use crate::text::{Reading, Span};

/// What an output says of a comment that is worth telling.
#[derive(Debug, Clone, PartialEq)]
pub struct Likened {
    /// Which output.
    pub output: Output,
    /// Its probability.
    pub probability: f32,
    /// The words that weighed most.
    pub words: Vec<Span>,
    /// Whether the model has learnt anything from the site, or is still what came with the program.
    pub is_taught: bool,
}

impl Moderating {
    fn model(&self, site: SiteId) -> Arc<SiteModel> {
        self.house.models.of(site)
    }

    /// What the site's model makes of a comment today.
    pub fn model_says(&self, comment: &Comment, evidence: &[Evidence]) -> Said {
        self.model(comment.site)
            .says(&Reading::new(&comment.body), evidence)
    }

    /// What of it is worth telling a person, with the words that weighed most.
    pub fn likened(&self, comment: &Comment, evidence: &[Evidence]) -> Vec<Likened> {
        let site = self.model(comment.site);
        let body = Reading::new(&comment.body);
        let features = Features::of(&body, evidence);
        let said = site.model().predict(&features);
        let outputs = [(Output::Harm, said.harm), (Output::Spam, said.spam)];
        let is_toneless = is_toneless(&comment.body);
        let told = outputs.into_iter().filter(|&(output, probability)| {
            probability >= site.thresholds().told_from(output, is_toneless)
        });
        told.map(|(output, probability)| {
            let weighed = site.model().explain(&body, &features, output);
            Likened {
                output,
                probability,
                words: weighed.into_iter().map(|word| word.span).collect(),
                is_taught: site.is_taught(),
            }
        })
        .collect()
    }
}

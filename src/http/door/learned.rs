//! What a site's model makes of comments that moderators look at.

use std::sync::Arc;

use super::Moderating;
use crate::domain::{Comment, Evidence, SiteId};
use crate::learn::{Features, Output, Said, SiteModel, is_toneless};
use crate::text::{Reading, Span};

/// Where nothing was measured yet, less than this is not worth telling.
const TOLD_FROM: f32 = 0.85;

/// What an output says of a comment that is worth telling.
#[derive(Debug, Clone, PartialEq)]
pub struct Likened {
    /// Which output.
    pub output: Output,
    /// Its probability.
    pub probability: f32,
    /// The words that weighed most.
    pub words: Vec<Span>,
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
        let told = outputs.into_iter().filter(|&(output, probability)| {
            let cut = site.measure().cut(output, is_toneless(&comment.body));
            probability >= cut.map_or(TOLD_FROM, |cut| cut.look)
        });
        told.map(|(output, probability)| {
            let weighed = site.model().explain(&body, &features, output);
            Likened {
                output,
                probability,
                words: weighed.into_iter().map(|word| word.span).collect(),
            }
        })
        .collect()
    }
}

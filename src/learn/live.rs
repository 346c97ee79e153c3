//! The models in use, each replaced whole while others read it.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::features::Features;
use super::model::{Model, Said};
use super::shape::is_toneless;
use super::thresholds::Thresholds;
use crate::domain::{Evidence, Lane, SiteId};
use crate::text::Reading;

/// A site's model, and what it may move.
#[derive(Debug, Clone)]
pub struct SiteModel {
    model: Model,
    thresholds: Thresholds,
    lessons: u64,
}

impl SiteModel {
    /// A model that has learnt so many of the site's decisions, and what it may move.
    #[must_use]
    pub const fn new(model: Model, thresholds: Thresholds, lessons: u64) -> Self {
        Self {
            model,
            thresholds,
            lessons,
        }
    }

    /// The model.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// From which probabilities on it moves a comment.
    #[must_use]
    pub const fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// Whether it has learnt anything from the site, or is still what came with the program.
    #[must_use]
    pub const fn is_taught(&self) -> bool {
        self.lessons > 0
    }

    /// What it makes of a comment.
    #[must_use]
    pub fn says(&self, body: &Reading<'_>, evidence: &[Evidence]) -> Said {
        self.model.predict(&Features::of(body, evidence))
    }

    /// How probable it is that a person would refuse a text: for harm or as spam, whichever is surer.
    #[must_use]
    pub fn risk(&self, body: &str, evidence: &[Evidence]) -> f32 {
        let said = self.says(&Reading::new(body), evidence);
        said.harm.max(said.spam)
    }

    /// Where a comment waits of which the rules think so.
    #[must_use]
    pub fn lane(&self, by_rules: Lane, body: &Reading<'_>, evidence: &[Evidence]) -> Lane {
        let is_toneless = is_toneless(body.raw());
        // Nothing is asked that could move nothing.
        if by_rules == Lane::LikelyBad || !self.thresholds.moves(is_toneless) {
            return by_rules;
        }
        let said = self.says(body, evidence);
        self.thresholds.lane(by_rules, said, is_toneless)
    }
}

/// The models of all sites. A site that has taught nothing yet has the one that comes with the program.
#[derive(Debug, Default)]
pub struct LiveModels(RwLock<HashMap<SiteId, Arc<SiteModel>>>);

impl LiveModels {
    /// The model of a site.
    #[must_use]
    pub fn of(&self, site: SiteId) -> Arc<SiteModel> {
        let models = self.0.read().unwrap_or_else(PoisonError::into_inner);
        models.get(&site).map_or_else(Self::untaught, Arc::clone)
    }

    /// Puts another in its place.
    pub fn put(&self, site: SiteId, model: SiteModel) {
        let mut models = self.0.write().unwrap_or_else(PoisonError::into_inner);
        models.insert(site, Arc::new(model));
    }

    fn untaught() -> Arc<SiteModel> {
        static SHIPPED: std::sync::LazyLock<Arc<SiteModel>> = std::sync::LazyLock::new(|| {
            let model = Model::shipped().for_judging();
            Arc::new(SiteModel::new(model, Thresholds::default(), 0))
        });
        Arc::clone(&SHIPPED)
    }
}

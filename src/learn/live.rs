//! The models in use, each replaced whole while others read it.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::model::{Model, Said};
use super::shape::is_toneless;
use super::thresholds::Thresholds;
use crate::domain::{Action, Evidence, Lane, ModelSettings, SiteId, is_urgent};
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
        self.model.says(body, evidence)
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

    /// What it does by itself with a comment that waits in that lane, where the site lets it; nothing where it leaves it to a person. It
    /// publishes nothing that any rule has seen anything in, and keeps nothing from people that they are to be told of at once.
    #[must_use]
    pub fn decides(
        &self,
        chosen: &ModelSettings,
        lane: Lane,
        body: &Reading<'_>,
        evidence: &[Evidence],
    ) -> Option<Action> {
        let is_theirs = match lane {
            Lane::LikelyFine => !evidence.is_empty(),
            Lane::Look | Lane::LikelyBad => is_urgent(evidence),
        };
        if !chosen.decides(lane) || is_theirs {
            return None;
        }
        let said = self.says(body, evidence);
        self.thresholds.decides(lane, said, is_toneless(body.raw()))
    }
}

/// The models of all sites. A site that has taught nothing yet has the one that comes with the program.
#[derive(Debug, Default)]
pub struct LiveModels(RwLock<HashMap<SiteId, Live>>);

/// A site's model, and whether all that was to be learnt and measured of late is.
#[derive(Debug)]
struct Live {
    model: Arc<SiteModel>,
    is_followed: bool,
}

impl LiveModels {
    /// The model of a site.
    #[must_use]
    pub fn of(&self, site: SiteId) -> Arc<SiteModel> {
        let models = self.0.read().unwrap_or_else(PoisonError::into_inner);
        models
            .get(&site)
            .map_or_else(Self::untaught, |live| Arc::clone(&live.model))
    }

    /// The model of a site, while it is known how right it is.
    #[must_use]
    pub fn measured(&self, site: SiteId) -> Option<Arc<SiteModel>> {
        let models = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let live = models.get(&site).filter(|live| live.is_followed)?;
        Some(Arc::clone(&live.model))
    }

    /// Puts another in its place.
    pub fn put(&self, site: SiteId, model: SiteModel) {
        let mut models = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let is_followed = models.get(&site).is_some_and(|live| live.is_followed);
        let model = Arc::new(model);
        models.insert(site, Live { model, is_followed });
    }

    /// Whether what people decide on a site is followed now, or something is in the way.
    pub fn set_followed(&self, site: SiteId, is_followed: bool) {
        let mut models = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(live) = models.get_mut(&site) {
            live.is_followed = is_followed;
        }
    }

    fn untaught() -> Arc<SiteModel> {
        static SHIPPED: std::sync::LazyLock<Arc<SiteModel>> = std::sync::LazyLock::new(|| {
            let model = Model::shipped().for_judging();
            Arc::new(SiteModel::new(model, Thresholds::default(), 0))
        });
        Arc::clone(&SHIPPED)
    }
}

//! What a site's model makes of comments that moderators look at.

use std::sync::Arc;

use super::{Editing, House, Moderating};
use crate::domain::{
    Comment, Evidence, Instant, Lane, Lesson, ModelSettings, Role, RuleAction, Site, SiteId,
    Verdict,
};
use crate::http::problem::Problem;
use crate::learn::{
    Features, Leave, MEASURED, Measure, Output, Report, Said, SiteModel, Thresholds, Trial,
    is_toneless,
};
use crate::store::{self, ByModel, Card, Part};
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

/// How right a site's model was.
pub struct ModelReport {
    /// The newspaper's name.
    pub name: String,
    /// The figures.
    pub report: Report,
    /// What it was most wrong about, that first, with the comments.
    pub wrong: Vec<(Lesson, Card)>,
}

impl House {
    /// What a site's model does by itself with a comment as it is judged; nothing where a rule or a ban has settled it, or it is a
    /// person's to decide on.
    pub(super) fn by_model(
        &self,
        site: &Site,
        verdict: &Verdict,
        body: &Reading<'_>,
        now: Instant,
    ) -> Option<ByModel> {
        if verdict.action != RuleAction::Hold {
            return None;
        }
        let chosen = &site.settings.model;
        let model = self.models.measured(site.id)?;
        Some(ByModel {
            action: model.decides(chosen, verdict.lane, body, &verdict.evidence)?,
            every: chosen.shown_every,
            tell_at: now.after(self.config.mail_pause),
        })
    }
}

impl Moderating {
    /// The lanes of their sites on which the model should decide by itself and has stopped, with the site's key and name; for admins.
    pub fn stopped_models(&self) -> Vec<(String, String, Lane)> {
        if self.moderator().role < Role::Admin {
            return Vec::new();
        }
        let mut stopped = Vec::new();
        for site in &self.principal.sites {
            let Some(model) = self.house.models.measured(site.id) else {
                continue;
            };
            let chosen = &site.settings.model;
            let is_stopped =
                |lane: &Lane| chosen.decides(*lane) && model.thresholds().has_stopped(*lane);
            let lanes = Trial::LANES.into_iter().filter(is_stopped);
            stopped.extend(lanes.map(|lane| (site.key.clone(), site.name.clone(), lane)));
        }
        stopped
    }

    /// How right the model of a site was; nothing for who is bound to sections, since it has learnt from all of them.
    pub async fn model_report(&self, key: &str) -> Result<Option<ModelReport>, Problem> {
        let scope = self.scope(Some(key))?;
        let Some(Part::Whole(_)) = scope.parts().next() else {
            return Ok(None);
        };
        let store = &self.house.store;
        let Some(known) = store.site(key.to_owned()).await? else {
            return Ok(None);
        };
        let report = report(store, &known).await?;
        let ids = report.most_wrong.iter().map(|lesson| lesson.comment);
        let cards = store.cards_of(scope, ids.collect()).await?;
        let wrong = report.most_wrong.iter().filter_map(|lesson| {
            let card = cards.iter().find(|card| card.comment.id == lesson.comment);
            Some((lesson.clone(), card?.clone()))
        });
        Ok(Some(ModelReport {
            name: known.name,
            wrong: wrong.collect(),
            report,
        }))
    }

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

impl Editing {
    /// The first lane that the model would be let decide on by itself though it may not, and why not.
    pub(super) async fn refused_model(
        &self,
        before: &ModelSettings,
        after: &ModelSettings,
    ) -> Result<Option<(Lane, Leave)>, Problem> {
        let limit = i64::try_from(MEASURED).unwrap_or(i64::MAX);
        let store = &self.by.house.store;
        let lessons = store.latest_lessons(self.site.id, limit).await?;
        let thresholds = Thresholds::of(&Measure::of(&lessons), after);
        Ok(thresholds.refused(before, after))
    }

    /// How right the model of a site was, at the setting that is in force.
    pub async fn model_report(&self, site: &Site) -> Result<Report, Problem> {
        report(&self.by.house.store, site).await
    }
}

/// How right a site's model was on its latest decisions, at the setting in force.
async fn report(store: &store::Store, site: &Site) -> Result<Report, Problem> {
    let limit = i64::try_from(MEASURED).unwrap_or(i64::MAX);
    let (all, lessons) = store.lessons_told(site.id, limit).await?;
    let chosen = site.settings.model.clone();
    let made = tokio::task::spawn_blocking(move || Report::of(all, &lessons, &chosen)).await;
    Ok(made.map_err(|error| store::Error::Broken(error.to_string()))?)
}

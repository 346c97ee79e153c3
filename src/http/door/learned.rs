//! What a site's model makes of comments that moderators look at.

use std::sync::Arc;

use super::{Editing, House, Moderating};
use crate::domain::{
    Comment, Evidence, Instant, Lane, Lesson, ModelSettings, Role, RuleAction, Site, SiteId,
    Verdict,
};
use crate::http::problem::Problem;
use crate::learn::{
    Features, Leave, MEASURED, Measure, Model, Output, Report, Said, SiteModel, Thresholds, Trial,
    is_toneless,
};
use crate::store::{self, ByModel, Card, LearnMark, Part, Store};
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
    /// Whether there are none while it learns all decisions again.
    pub learns_again: bool,
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
        let lessons = lessons_told(store, known.id).await?;
        let learns_again = lessons.is_none();
        let report = report(lessons, &known).await?;
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
            learns_again,
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

/// Why a model may not be let decide by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// What people decided speaks against it, or tells too little.
    Leave(Leave),
    /// What the lessons say was said by the model of another version of the program, until this one has learnt all of them.
    LearnsAgain,
}

/// How many lessons a site has, and the latest of them, as far as they tell how right its model was; nothing while what they say was said
/// by another.
pub async fn lessons_told(
    store: &Store,
    site: SiteId,
) -> store::Result<Option<(u64, Vec<Lesson>)>> {
    let is_another = |mark: LearnMark| mark.base != Model::shipped_version();
    if store.learn_mark(site).await?.is_some_and(is_another) {
        return Ok(None);
    }
    let limit = i64::try_from(MEASURED).unwrap_or(i64::MAX);
    store.lessons_told(site, limit).await.map(Some)
}

/// The first lane that a site's model would be let decide on by itself though it may not, and why not.
pub async fn withheld(
    store: &Store,
    site: SiteId,
    before: &ModelSettings,
    after: &ModelSettings,
) -> store::Result<Option<(Lane, Withheld)>> {
    let Some((_, lessons)) = lessons_told(store, site).await? else {
        let refused = Thresholds::default().refused(before, after);
        return Ok(refused.map(|(lane, _)| (lane, Withheld::LearnsAgain)));
    };
    let thresholds = Thresholds::of(&Measure::of(&lessons), after);
    let refused = thresholds.refused(before, after);
    Ok(refused.map(|(lane, leave)| (lane, Withheld::Leave(leave))))
}

impl Editing {
    /// How right the model of a site was, at the setting that is in force.
    pub async fn model_report(&self, site: &Site) -> Result<Report, Problem> {
        let lessons = lessons_told(&self.by.house.store, site.id).await?;
        report(lessons, site).await
    }
}

/// How right a site's model was on its latest decisions, at the setting in force.
async fn report(lessons: Option<(u64, Vec<Lesson>)>, site: &Site) -> Result<Report, Problem> {
    let (all, lessons) = lessons.unwrap_or_default();
    let chosen = site.settings.model.clone();
    let made = tokio::task::spawn_blocking(move || Report::of(all, &lessons, &chosen)).await;
    Ok(made.map_err(|error| store::Error::Broken(error.to_string()))?)
}

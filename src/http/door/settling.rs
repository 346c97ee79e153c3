//! What a site chose: everybody of the paper may read it, its editors change it.

use sha2::{Digest, Sha256};

use super::Editing;
use crate::clock;
use crate::domain::{
    CheckerFault, CheckerSettings, CmsFault, CmsSettings, Lane, ModelFault, ModelSettings, Role,
    SecretOf, SettingFault, Site, SiteSettings,
};
use crate::http::page::SettingsForm;
use crate::http::problem::{Code, Problem};
use crate::intake::{FieldError, Target, origin_of};
use crate::learn::{FEWEST, Leave};
use crate::secrets::new_webhook_secret;

/// As many origins as a site has.
const MOST_ORIGINS: usize = 20;

/// What a site is to be.
#[derive(Debug, Clone)]
pub struct NewSettings {
    /// What it chose.
    pub settings: SiteSettings,
    /// Where its pages live.
    pub origins: Vec<String>,
    /// What it was when whoever asks looked, as [`mark`] tells it; without it, they take what it is now for that.
    pub seen: Option<String>,
}

/// Names what a site chose and where its pages live: another as soon as any of it is another.
pub fn mark(site: &Site) -> String {
    let all = serde_json::json!([site.settings, site.origins]);
    hex::encode(&Sha256::digest(all.to_string())[..8])
}

impl Editing {
    /// The site as it is in the store, not as this replica remembers it.
    pub async fn site_now(&self) -> Result<Site, Problem> {
        let site = self.by.house.store.site(self.site.key.clone()).await?;
        site.ok_or(Problem::new(Code::SiteUnknown))
    }

    /// Changes what the site chose and where its pages live. Who has not seen what somebody else chose meanwhile changes nothing.
    pub async fn change_settings(&self, new: NewSettings) -> Result<(), Problem> {
        let store = &self.by.house.store;
        let site = self.site_now().await?;
        if new.seen.is_some_and(|seen| seen != mark(&site)) {
            return Err(Problem::new(Code::Stale));
        }
        let origins = origins(&new.origins)?;
        new.settings
            .check_after(&site.settings)
            .map_err(|fault| Problem::fields(vec![told(&fault)]))?;
        let checker = &new.settings.checker;
        if *checker != site.settings.checker {
            self.is_for_admins("checker", "settings-checker-admins")?;
        }
        self.may_change_model(&site.settings.model, &new.settings.model)
            .await?;
        if checker.is_asked() && *checker != site.settings.checker {
            let allowed = &self.by.house.config.outward_allow;
            Target::parse(&checker.url, allowed).map_err(|fault| {
                Problem::fields(vec![FieldError::new("checker.url", fault.code())])
            })?;
            store
                .make_secret(site.id, SecretOf::Checker, new_webhook_secret())
                .await?;
        }
        let (actor, now) = (self.by.actor(), clock::now());
        if new.settings != site.settings {
            let written = store
                .set_settings(site.id, site.settings, new.settings, actor.clone(), now)
                .await?;
            if !written {
                return Err(Problem::new(Code::Stale));
            }
        }
        store.set_origins(site.id, origins, actor, now).await?;
        self.forget();
        Ok(())
    }

    /// What the paper publishes without anybody having read it is for admins to say, and only where people's decisions tell how often that is
    /// wrong.
    async fn may_change_model(
        &self,
        before: &ModelSettings,
        after: &ModelSettings,
    ) -> Result<(), Problem> {
        if before.by_itself() == after.by_itself() {
            return Ok(());
        }
        self.is_for_admins("model", "settings-model-admins")?;
        match self.refused_model(before, after).await? {
            None => Ok(()),
            Some((lane, leave)) => Err(Problem::fields(vec![told_of_leave(lane, leave)])),
        }
    }

    /// Like a webhook, the checker is sent names and texts, so who it is is for admins to say; the model may publish.
    fn is_for_admins(&self, field: &str, code: &'static str) -> Result<(), Problem> {
        let allowed = self.by.clone().at_least(Role::Admin);
        allowed.map(drop).map_err(|problem| Problem {
            errors: vec![FieldError::new(field, code)],
            ..problem
        })
    }
}

/// Each once, in the one spelling that browsers send (RFC 6454, 6.2); without any nobody could write.
fn origins(typed: &[String]) -> Result<Vec<String>, Problem> {
    let mut origins: Vec<String> = Vec::new();
    for typed in typed.iter().map(|typed| typed.trim()) {
        let Some(origin) = origin_of(typed) else {
            let wrong = FieldError::new("origins", "settings-origin").quoting("origin", typed);
            return Err(Problem::fields(vec![wrong]));
        };
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    if origins.is_empty() || origins.len() > MOST_ORIGINS {
        let wrong = FieldError::new("origins", "settings-origins").with("max", MOST_ORIGINS);
        return Err(Problem::fields(vec![wrong]));
    }
    Ok(origins)
}

/// What is wrong, by its field.
fn told(fault: &SettingFault) -> FieldError {
    let whole = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
    match fault {
        SettingFault::EditWindow(_) => FieldError::new("edit_window", "settings-edit-window")
            .with("max", whole(SiteSettings::MAX_EDIT_WINDOW)),
        SettingFault::ConsentVersion(_) => {
            FieldError::new("consent.version", "settings-consent-version")
        }
        SettingFault::ConsentText => FieldError::new("consent.text", "settings-consent-text"),
        SettingFault::ConsentReused(version) => {
            FieldError::new("consent.version", "settings-consent-reused")
                .quoting("version", version)
        }
        SettingFault::NetworkDays(_) => FieldError::new("network_days", "settings-network-days")
            .with("max", SiteSettings::MAX_NETWORK_DAYS.into()),
        SettingFault::Promised(_) => FieldError::new("promised_minutes", "settings-promised")
            .with("max", SiteSettings::MAX_PROMISED_MINUTES.into()),
        SettingFault::Reserved(_) => FieldError::new("reserved_names", "settings-reserved")
            .with("max", SiteSettings::MAX_RESERVED),
        SettingFault::ReservedName(name) => {
            FieldError::new("reserved_names", "settings-reserved-name").quoting("name", name)
        }
        SettingFault::Cms(fault) => told_of_cms(fault),
        SettingFault::Checker(CheckerFault::Url(_)) => {
            FieldError::new("checker.url", "target-malformed")
        }
        SettingFault::Checker(CheckerFault::Deadline(_)) => {
            FieldError::new("checker.deadline_ms", "settings-checker-deadline-wrong")
                .with("min", whole(CheckerSettings::LEAST_MS))
                .with("max", whole(CheckerSettings::MOST_MS))
        }
        SettingFault::Model(fault) => told_of_model(fault),
    }
}

fn told_of_model(fault: &ModelFault) -> FieldError {
    match fault {
        ModelFault::Alarms("look_alarms", _) => {
            FieldError::new("model.look_alarms", "settings-model-alarms")
        }
        ModelFault::Alarms(..) => {
            FieldError::new("model.likely_bad_alarms", "settings-model-alarms")
        }
        ModelFault::Order(_) => FieldError::new("model.likely_bad_alarms", "settings-model-order"),
        ModelFault::Shown(_) => FieldError::new("model.shown_every", "settings-model-shown-wrong")
            .with("min", ModelSettings::LEAST_SHOWN.into())
            .with("max", ModelSettings::MOST_SHOWN.into()),
    }
}

/// Why the model may not decide on a lane by itself.
fn told_of_leave(lane: Lane, leave: Leave) -> FieldError {
    let field = match lane {
        Lane::LikelyFine => "model.approves_likely_fine",
        Lane::Look | Lane::LikelyBad => "model.settles_likely_bad",
    };
    match leave {
        Leave::TooWrong => FieldError::new(field, "settings-model-too-wrong"),
        Leave::TooFew | Leave::Granted => {
            FieldError::new(field, "settings-model-too-few").with("fewest", FEWEST)
        }
    }
}

fn told_of_cms(fault: &CmsFault) -> FieldError {
    match fault {
        CmsFault::Header(field, header) => {
            FieldError::new(*field, "settings-cms-header-wrong").quoting("header", header)
        }
        CmsFault::Prefix => FieldError::new("cms.prefix", "settings-cms-prefix-wrong"),
        CmsFault::Field(name) => FieldError::new("cms.fields", "settings-cms-field-wrong")
            .quoting("name", name)
            .quoting("known", CmsSettings::FIELDS.join(", ")),
        CmsFault::Place(place) => {
            FieldError::new("cms.fields", "settings-cms-place-wrong").quoting("place", place)
        }
        CmsFault::Many => FieldError::new("cms.only", "list-length").with("max", CmsSettings::MOST),
        CmsFault::Url(url) => {
            let error = FieldError::new("cms.url", "settings-cms-url-wrong").quoting("url", url);
            error.quoting("example", SettingsForm::ADDRESS)
        }
    }
}

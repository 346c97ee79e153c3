//! What a site chose: everybody of the paper may read it, its editors change it.

use super::Editing;
use super::learned::{Withheld, withheld};
use super::seen::mark_of;
use crate::clock;
use crate::domain::{
    CheckerFault, CheckerSettings, CmsFault, CmsSettings, Lane, ModelFault, ModelSettings, Role,
    SecretOf, SettingFault, Site, SiteSettings,
};
use crate::http::page::SettingsForm;
use crate::http::problem::{Code, Problem};
use crate::intake::{FieldError, Target, is_pattern, origin_of};
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
    /// What could not be read of what was typed; there it chose what it had.
    pub unread: Vec<FieldError>,
}

/// Names what a site chose and where its pages live: another as soon as any of it is another.
pub fn mark(site: &Site) -> String {
    mark_of(&serde_json::json!([site.settings, site.origins]))
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
        if new.seen.as_ref().is_some_and(|seen| *seen != mark(&site)) {
            return Err(Problem::new(Code::Stale));
        }
        let origins = self.checked(&new, &site.settings).await?;
        if is_newly_asked(&site.settings.checker, &new.settings.checker) {
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

    /// Like a webhook, the checker is sent names and texts, so who it is is for admins to say; and so is what the paper publishes without
    /// anybody having read it.
    fn may_choose(&self, before: &SiteSettings, after: &SiteSettings) -> Result<(), Problem> {
        if before.checker != after.checker {
            self.is_for_admins("checker", "settings-checker-admins")?;
        }
        if before.model.by_itself() != after.model.by_itself() {
            self.is_for_admins("model", "settings-model-admins")?;
        }
        Ok(())
    }

    /// Where the site's pages are to live; or everything that is wrong, told at once.
    async fn checked(
        &self,
        new: &NewSettings,
        before: &SiteSettings,
    ) -> Result<Vec<String>, Problem> {
        let mut wrong = new.unread.clone();
        let origins = origins(&new.origins).map_err(|fault| wrong.push(fault));
        wrong.extend(new.settings.faults_after(before).iter().map(told));
        match self.may_choose(before, &new.settings) {
            Ok(()) => wrong.extend(self.refused(before, &new.settings).await?),
            Err(problem) if wrong.is_empty() => return Err(problem),
            // Whose choice that is they hear once the rest is mended.
            Err(_) => {}
        }
        origins
            .ok()
            .filter(|_| wrong.is_empty())
            .ok_or_else(|| Problem::fields(wrong))
    }

    /// What cannot be chosen here and now, well as it is written.
    async fn refused(
        &self,
        before: &SiteSettings,
        after: &SiteSettings,
    ) -> Result<Vec<FieldError>, Problem> {
        let checker = self.refused_checker(&before.checker, &after.checker);
        let (before, after) = (&before.model, &after.model);
        let mut model = None;
        if before.by_itself() != after.by_itself() && after.check().is_ok() {
            let store = &self.by.house.store;
            model = withheld(store, self.site.id, before, after).await?;
        }
        let model = model.map(|(lane, why)| told_of_withheld(lane, why));
        Ok(checker.into_iter().chain(model).collect())
    }

    /// Why a checker that is to be asked from now on cannot be: where it is, and not how its address is written.
    fn refused_checker(
        &self,
        before: &CheckerSettings,
        after: &CheckerSettings,
    ) -> Option<FieldError> {
        if !is_newly_asked(before, after) || after.check().is_err() {
            return None;
        }
        let allowed = &self.by.house.config.outward_allow;
        let refused = Target::parse(&after.url, allowed).err();
        refused.map(|fault| FieldError::new("checker.url", fault.code()))
    }

    fn is_for_admins(&self, field: &str, code: &'static str) -> Result<(), Problem> {
        let allowed = self.by.clone().at_least(Role::Admin);
        allowed.map(drop).map_err(|problem| Problem {
            errors: vec![FieldError::new(field, code)],
            ..problem
        })
    }
}

fn is_newly_asked(before: &CheckerSettings, after: &CheckerSettings) -> bool {
    after.is_asked() && after != before
}

/// Each once, in the one spelling that browsers send (RFC 6454, 6.2); without any nobody could write.
fn origins(typed: &[String]) -> Result<Vec<String>, FieldError> {
    let mut origins: Vec<String> = Vec::new();
    for typed in typed.iter().map(|typed| typed.trim()) {
        let wrong = |code| Err(FieldError::new("origins", code).quoting("origin", typed));
        let Some(origin) = origin_of(typed) else {
            return wrong("settings-origin");
        };
        if is_pattern(&origin) {
            return wrong("settings-origin-star");
        }
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    if origins.is_empty() || origins.len() > MOST_ORIGINS {
        return Err(FieldError::new("origins", "settings-origins").with("max", MOST_ORIGINS));
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
fn told_of_withheld(lane: Lane, why: Withheld) -> FieldError {
    let field = match lane {
        Lane::LikelyFine => "model.approves_likely_fine",
        Lane::Look | Lane::LikelyBad => "model.settles_likely_bad",
    };
    match why {
        Withheld::LearnsAgain => FieldError::new(field, "settings-model-learns-again"),
        Withheld::Leave(Leave::TooWrong) => FieldError::new(field, "settings-model-too-wrong"),
        Withheld::Leave(Leave::TooFew | Leave::Granted) => {
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
        CmsFault::Place(field, place) => {
            FieldError::new(*field, "settings-cms-place-wrong").quoting("place", place)
        }
        CmsFault::Many => FieldError::new("cms.only", "list-long").with("max", CmsSettings::MOST),
        CmsFault::Url(url) => {
            let error = FieldError::new("cms.url", "settings-cms-url-wrong").quoting("url", url);
            error.quoting("example", SettingsForm::ADDRESS)
        }
    }
}

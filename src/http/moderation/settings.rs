//! What a site chose.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, put};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{
    CheckerSettings, CmsSettings, Consent, Locale, ModelSettings, Percent, ProofOfWork, Site,
    SiteSettings,
};
use crate::http::door::{Editing, NewSettings, mark};
use crate::http::input;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::respond::private;

/// What a site chose, whole.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// Names all of it as it is now: give it as it was read, and nobody's change is overwritten unseen; without it, whatever it is now is
    /// replaced.
    #[schema(value_type = String, required = false, example = "9f2d4c1b0a7e6358")]
    #[serde(default)]
    seen: Option<String>,
    /// What is read may be sent back whole; of this nothing is changed here.
    #[serde(default, skip_serializing, rename = "site")]
    #[schema(ignore)]
    _site: IgnoredAny,
    #[serde(default, skip_serializing, rename = "name")]
    #[schema(ignore)]
    _name: IgnoredAny,
    #[serde(default, skip_serializing, rename = "locale")]
    #[schema(ignore)]
    _locale: IgnoredAny,
    /// Where its pages live, as `scheme://host[:port]`: only these may send and read comments through the widget.
    #[schema(example = json!(["https://bao.example"]))]
    origins: Vec<String>,
    /// When readers' browsers have to work before a comment is taken.
    proof_of_work: ProofOfWork,
    /// How long readers may edit what they sent, in seconds; with 0 they may not.
    #[schema(maximum = 604_800, example = 900)]
    edit_window: u32,
    /// Whether readers may ask for a mail when their comment is decided.
    tell_decision: bool,
    /// What readers must agree to, if anything. A version names one text: another text needs another.
    consent: Option<Consent>,
    /// Names that no reader should go by, besides the site's own and its moderators'.
    #[schema(max_items = 200)]
    reserved_names: Vec<String>,
    /// For how many days a comment keeps the network that it came from; with 0 it keeps none.
    #[schema(maximum = 365, example = 30)]
    network_days: u16,
    /// Within how many minutes readers are promised that somebody looks; moderators are reminded of what waits longer. With 0
    /// nothing is promised.
    #[schema(maximum = 10_080, example = 240)]
    promised_minutes: u16,
    /// How the site's CMS speaks to us; where it is not given, that stays as it is.
    #[serde(default)]
    cms: Option<CmsSettings>,
    /// Which program of the newspaper's is asked about each comment; where it is not given, that stays as it is.
    #[serde(default)]
    checker: Option<CheckerSettings>,
    /// How often the model that learns from its decisions may be wrong, and what it decides by itself; where it is not given, that stays as it is.
    #[serde(default)]
    model: Option<ModelChoice>,
}

/// How often the model may be wrong about a comment that people find fine, and what it may decide by itself: of that, what is not given stays as it is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ModelChoice {
    /// Of the comments that people approve, no greater share is moved where somebody should look, in percent; with 0 it moves none.
    #[schema(value_type = f64, minimum = 0, maximum = 10, example = 3.0)]
    look_alarms: Percent,
    /// No greater share is moved where much speaks against a comment; no more than `look_alarms`.
    #[schema(value_type = f64, minimum = 0, maximum = 10, example = 1.0)]
    likely_bad_alarms: Percent,
    /// Whether it publishes by itself what is surely fine; for admins, and only once people's decisions say how often it would be wrong.
    approves_likely_fine: Option<bool>,
    /// Whether it rejects by itself what is surely bad, or puts it with the spam; the same.
    settles_likely_bad: Option<bool>,
    /// Of what it would decide by itself one in so many is left to a person all the same, so that it stays measured; for admins.
    #[schema(minimum = 2, maximum = 100, example = 10)]
    shown_every: Option<u16>,
}

impl Default for ModelChoice {
    fn default() -> Self {
        let ModelSettings {
            look_alarms,
            likely_bad_alarms,
            ..
        } = ModelSettings::default();
        Self {
            look_alarms,
            likely_bad_alarms,
            approves_likely_fine: None,
            settles_likely_bad: None,
            shown_every: None,
        }
    }
}

impl From<ModelSettings> for ModelChoice {
    fn from(model: ModelSettings) -> Self {
        Self {
            look_alarms: model.look_alarms,
            likely_bad_alarms: model.likely_bad_alarms,
            approves_likely_fine: Some(model.approves_likely_fine),
            settles_likely_bad: Some(model.settles_likely_bad),
            shown_every: Some(model.shown_every),
        }
    }
}

impl ModelChoice {
    /// What a site has then.
    fn over(self, now: &ModelSettings) -> ModelSettings {
        ModelSettings {
            look_alarms: self.look_alarms,
            likely_bad_alarms: self.likely_bad_alarms,
            approves_likely_fine: self
                .approves_likely_fine
                .unwrap_or(now.approves_likely_fine),
            settles_likely_bad: self.settles_likely_bad.unwrap_or(now.settles_likely_bad),
            shown_every: self.shown_every.unwrap_or(now.shown_every),
        }
    }
}

/// A site, and what it chose.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsBody {
    /// Its key.
    #[schema(example = "bao")]
    site: String,
    /// The newspaper's name.
    #[schema(example = "Báo Đời Sống")]
    name: String,
    /// What its readers speak.
    locale: Locale,
    /// What it chose.
    #[serde(flatten)]
    chosen: Chosen,
}

impl SettingsBody {
    fn new(site: Site) -> Self {
        let seen = mark(&site);
        let SiteSettings {
            proof_of_work,
            edit_window,
            tell_decision,
            consent,
            reserved_names,
            network_days,
            promised_minutes,
            cms,
            checker,
            model,
        } = site.settings;
        Self {
            site: site.key,
            name: site.name,
            locale: site.locale,
            chosen: Chosen {
                seen: Some(seen),
                _site: IgnoredAny,
                _name: IgnoredAny,
                _locale: IgnoredAny,
                origins: site.origins,
                proof_of_work,
                edit_window,
                tell_decision,
                consent,
                reserved_names,
                network_days,
                promised_minutes,
                cms: Some(cms),
                checker: Some(checker),
                model: Some(model.into()),
            },
        }
    }
}

/// What a site chose
///
/// For editors and admins.
#[utoipa::path(
    operation_id = "show_settings",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("site" = String, Path, description = "The site's key")),
    responses(
        (status = 200, description = "The site as it is", body = SettingsBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/sites/{site}/settings")]
pub async fn show(by: Editing) -> Result<HttpResponse, Problem> {
    Ok(private(&SettingsBody::new(by.site_now().await?)))
}

/// Change what a site chose
///
/// For editors and admins; `checker`, and what `model` decides by itself, are changed by admins alone, and left as they are by editors. The model is let
/// decide by itself only once people's decisions tell how often it would be wrong. All of it is given. It counts within two
/// seconds, and is written into the history.
#[utoipa::path(
    operation_id = "change_settings",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("site" = String, Path, description = "The site's key")),
    request_body = Chosen,
    responses(
        (status = 200, description = "The site as it is now", body = SettingsBody),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins, or, where the checker or what the model decides by itself is another, for admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "Somebody changed it since it was read", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[put("/api/v1/moderation/sites/{site}/settings")]
pub async fn change(
    by: Editing,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let chosen: Chosen = input::json_body(&request, payload, input::Ceiling::Form).await?;
    let now = by.site_now().await?.settings;
    let cms = chosen.cms.unwrap_or(now.cms);
    let checker = chosen.checker.unwrap_or(now.checker);
    let model = match chosen.model {
        Some(model) => model.over(&now.model),
        None => now.model,
    };
    by.change_settings(NewSettings {
        seen: chosen.seen,
        unread: Vec::new(),
        origins: chosen.origins,
        settings: SiteSettings {
            proof_of_work: chosen.proof_of_work,
            edit_window: chosen.edit_window,
            tell_decision: chosen.tell_decision,
            consent: chosen.consent,
            reserved_names: chosen.reserved_names,
            network_days: chosen.network_days,
            promised_minutes: chosen.promised_minutes,
            cms,
            checker,
            model,
        },
    })
    .await?;
    Ok(private(&SettingsBody::new(by.site_now().await?)))
}

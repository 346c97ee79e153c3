//! What a site chose.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{
    CheckerSettings, CmsSettings, Consent, Locale, ModelSettings, ProofOfWork, Site, SiteSettings,
};
use crate::http::door::{Editing, NewSettings, mark};
use crate::http::input;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::respond::private;

/// What a site chose, whole.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Chosen {
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
    /// How often the model that learns from its decisions may be wrong; where it is not given, that stays as it is.
    #[serde(default)]
    model: Option<ModelSettings>,
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
    /// Names all of it as it is now: give it as `seen`, and nobody's change is overwritten unseen.
    #[schema(example = "9f2d4c1b0a7e6358")]
    seen: String,
    /// What it chose.
    #[serde(flatten)]
    chosen: Chosen,
}

/// What a site is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SettingsRequest {
    /// What `seen` was when it was read; without it, whatever it is now is replaced.
    #[serde(default)]
    seen: Option<String>,
    /// What it chooses: all of it.
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
            seen,
            chosen: Chosen {
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
                model: Some(model),
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
/// For editors and admins; `checker` is changed by admins alone, and left as it is by editors. All of it is given. It counts within two
/// seconds, and is written into the history.
#[utoipa::path(
    operation_id = "change_settings",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("site" = String, Path, description = "The site's key")),
    request_body = SettingsRequest,
    responses(
        (status = 200, description = "The site as it is now", body = SettingsBody),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins, or, where the checker is another, for admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
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
    let SettingsRequest { seen, chosen } =
        input::json_body(&request, payload, input::Ceiling::Form).await?;
    let now = by.site_now().await?.settings;
    let cms = chosen.cms.unwrap_or(now.cms);
    let checker = chosen.checker.unwrap_or(now.checker);
    let model = chosen.model.unwrap_or(now.model);
    by.change_settings(NewSettings {
        seen,
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

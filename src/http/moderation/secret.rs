//! The secrets that a site's CMS, its checker and its clients of the Akismet protocol prove themselves by.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{Instant, SecretOf};
use crate::http::door::{Editing, Renewal};
use crate::http::input;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::respond::private;

/// How it is changed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecretRequest {
    /// Whose; the CMS's unless said.
    #[serde(default = "of_the_cms")]
    of: SecretOf,
    /// The secret that its owner has made, where they make one themselves; else we make one. The key of the Akismet protocol is always made here.
    #[serde(default)]
    secret: Option<String>,
    /// Whether the secret before ends at once, as where somebody else has learnt it; else it counts for another day.
    #[serde(default)]
    at_once: bool,
}

const fn of_the_cms() -> SecretOf {
    SecretOf::Cms
}

/// The new secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecretBody {
    /// It is shown this once.
    #[schema(example = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")]
    secret: String,
    /// Until when the one before counts, too.
    former_until: Option<Instant>,
}

/// Change the secret of the CMS, that of the external checker, or the key of the Akismet protocol
///
/// For admins. The one before counts for 24 hours beside the new one, and one before that ends at once.
#[utoipa::path(
    operation_id = "renew_secret",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("site" = String, Path, description = "The site's key")),
    request_body = SecretRequest,
    responses(
        (status = 200, description = "The new secret", body = SecretBody),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/secret")]
pub async fn renew(
    by: Editing,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let asked: SecretRequest = input::json_body(&request, payload, input::Ceiling::Form).await?;
    let how = Renewal {
        given: asked.secret,
        is_at_once: asked.at_once,
        seen: None,
    };
    let secret = by.renew_secret(asked.of, how).await?;
    Ok(private(&SecretBody {
        secret,
        former_until: by.former_secret_until(asked.of).await?,
    }))
}

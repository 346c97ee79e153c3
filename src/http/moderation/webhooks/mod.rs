//! Webhooks of a site: who is told what happens to its comments.

mod bodies;
pub mod deliveries;

use actix_web::http::StatusCode;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};

use self::bodies::{
    DeliveryBody, WebhookBody, WebhookChangeRequest, WebhookList, WebhookRequest, WebhookWithSecret,
};
use crate::domain::EndpointId;
use crate::http::door::{Editing, HookChange, Hooking, NewHook};
use crate::http::input;
use crate::http::language::Language;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;

/// List a site's webhooks
///
/// For editors and admins. Secrets are not told.
#[utoipa::path(
    operation_id = "list_webhooks",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("site" = String, Path, description = "The site's key")),
    responses(
        (status = 200, description = "The webhooks", body = WebhookList),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/sites/{site}/webhooks")]
pub async fn list(by: Editing) -> Result<HttpResponse, Problem> {
    let webhooks = by.endpoints().await?.into_iter().map(WebhookBody::from);
    Ok(private(&WebhookList {
        webhooks: webhooks.collect(),
    }))
}

/// Add a webhook
///
/// For admins. The secret is told in this answer and never again.
#[utoipa::path(
    operation_id = "add_webhook",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("site" = String, Path, description = "The site's key")),
    request_body = WebhookRequest,
    responses(
        (status = 201, description = "It is told what happens from now on", body = WebhookWithSecret),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/webhooks")]
pub async fn add(
    by: Hooking,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let new: WebhookRequest = input::json_body(&request, payload, input::Ceiling::Form).await?;
    let made = by
        .add(NewHook {
            id: None,
            url: new.url,
            events: new.events,
            with_text: new.with_text,
        })
        .await?;
    let mut answer = private(&WebhookWithSecret::from(made));
    *answer.status_mut() = StatusCode::CREATED;
    Ok(answer)
}

/// Change a webhook, or switch it on or off
///
/// For admins.
#[utoipa::path(
    operation_id = "change_webhook",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = EndpointId, Path, description = "The webhook"),
    ),
    request_body = WebhookChangeRequest,
    responses(
        (status = 200, description = "The webhook as it is now", body = WebhookBody),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or webhook among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[patch("/api/v1/moderation/sites/{site}/webhooks/{id}")]
pub async fn change(
    by: Hooking,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let wanted: WebhookChangeRequest =
        input::json_body(&request, payload, input::Ceiling::Form).await?;
    let change = HookChange {
        url: wanted.url,
        events: wanted.events,
        with_text: wanted.with_text,
        is_active: wanted.active,
        seen: None,
    };
    let endpoint = by.change(id(&path.1)?, change).await?;
    Ok(private(&WebhookBody::from(endpoint)))
}

/// Take a webhook away
///
/// For admins. What still waited for it is told no more.
#[utoipa::path(
    operation_id = "remove_webhook",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = EndpointId, Path, description = "The webhook"),
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or webhook among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[delete("/api/v1/moderation/sites/{site}/webhooks/{id}")]
pub async fn remove(
    by: Hooking,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    by.remove(id(&path.1)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Give a webhook another secret
///
/// For admins. For twenty-four hours the secret before signs too, so that the receiver can be changed in the meantime.
#[utoipa::path(
    operation_id = "renew_webhook_secret",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = EndpointId, Path, description = "The webhook"),
    ),
    responses(
        (status = 200, description = "The new secret, told here and never again", body = WebhookWithSecret),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or webhook among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/webhooks/{id}/secret")]
pub async fn renew_secret(
    by: Hooking,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let new = by.renew_secret(id(&path.1)?, None).await?;
    Ok(private(&WebhookWithSecret::from(new)))
}

/// Try a webhook
///
/// For admins. It is told `endpoint.test`; the answer comes once it was tried, or after four seconds.
#[utoipa::path(
    operation_id = "test_webhook",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = EndpointId, Path, description = "The webhook"),
    ),
    responses(
        (status = 200, description = "How it went", body = DeliveryBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or webhook among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "It is switched off", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/webhooks/{id}/test")]
pub async fn test(
    by: Hooking,
    path: web::Path<(String, String)>,
    Language(t): Language,
) -> Result<HttpResponse, Problem> {
    let tried = by.test(id(&path.1)?).await?;
    Ok(private(&DeliveryBody::told(tried, t)))
}

fn id(text: &str) -> Result<EndpointId, Problem> {
    text.parse().map_err(|_| Problem::new(Code::NotFound))
}

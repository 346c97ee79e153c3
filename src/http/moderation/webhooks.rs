//! Webhooks of a site: who is told what happens to its comments.

use actix_web::http::StatusCode;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{
    CommentId, Delivery, DeliveryId, DeliveryState, Endpoint, EndpointId, EndpointState, HookEvent,
    Instant, Status, StopReason,
};
use crate::http::door::{Editing, HookChange, Hooking, NewHook, NewSecret};
use crate::http::input::{self, Query};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;

/// An address that is told what happens.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookBody {
    /// Which one.
    id: EndpointId,
    /// Where.
    #[schema(example = "https://cms.bao.example/duyet")]
    url: String,
    /// What it is told of.
    events: Vec<HookEvent>,
    /// Whether it is told readers' names and texts.
    with_text: bool,
    /// `active` or `disabled`.
    state: EndpointState,
    /// Why it is told nothing: `by_hand`, `gone` (it answered 410), `failing` (it took nothing for three days).
    reason: Option<StopReason>,
    /// Until when the secret before signs too.
    old_secret_until: Option<Instant>,
    /// Who added it.
    #[schema(example = "Lan")]
    created_by: String,
    /// When.
    created_at: Instant,
    /// When it took something last, to the minute.
    succeeded_at: Option<Instant>,
    /// Since when it has taken nothing.
    failing_since: Option<Instant>,
}

impl From<Endpoint> for WebhookBody {
    fn from(endpoint: Endpoint) -> Self {
        Self {
            id: endpoint.id,
            url: endpoint.url,
            events: endpoint.events,
            with_text: endpoint.with_text,
            state: endpoint.state,
            reason: endpoint.reason,
            old_secret_until: endpoint.old_secret.map(|(_, until)| until),
            created_by: endpoint.created_by,
            created_at: endpoint.created_at,
            succeeded_at: endpoint.succeeded_at,
            failing_since: endpoint.failing_since,
        }
    }
}

/// Webhooks, in the order they were added.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookList {
    /// The webhooks.
    webhooks: Vec<WebhookBody>,
}

/// A webhook to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookRequest {
    /// Where: `https://`, on a machine that is public. `http://` and others only within the networks that whoever runs the service allows.
    #[schema(example = "https://cms.bao.example/duyet")]
    url: String,
    /// What it is told of; at least one.
    events: Vec<HookEvent>,
    /// Whether it is told readers' names and texts.
    #[serde(default)]
    with_text: bool,
}

/// What of a webhook is to be another; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookChangeRequest {
    /// Where.
    #[serde(default)]
    url: Option<String>,
    /// What it is told of.
    #[serde(default)]
    events: Option<Vec<HookEvent>>,
    /// Whether it is told readers' names and texts.
    #[serde(default)]
    with_text: Option<bool>,
    /// Switched on (`true`) or off. Switched on again it is told what happens from then on, and what still waited for it.
    #[serde(default)]
    active: Option<bool>,
}

/// A webhook with its secret, which is told here and never again.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookWithSecret {
    /// The webhook.
    webhook: WebhookBody,
    /// Signs what it is told (Standard Webhooks).
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
}

impl From<NewSecret> for WebhookWithSecret {
    fn from(new: NewSecret) -> Self {
        Self {
            webhook: new.endpoint.into(),
            secret: new.secret,
        }
    }
}

/// One thing that a webhook was told, or is to be told.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryBody {
    /// Which one. `webhook-id` is `msg_` and this without its dashes.
    id: DeliveryId,
    /// A comment's event, or `endpoint.test`.
    #[schema(example = "comment.approved")]
    event: String,
    /// The comment.
    comment: Option<CommentId>,
    /// Its revision from then on.
    revision: i32,
    /// Where it stood from then on.
    status: Option<Status>,
    /// When that happened.
    happened_at: Instant,
    /// What became of the delivery.
    state: DeliveryState,
    /// How often it was tried.
    attempts: i32,
    /// When it was tried last.
    tried_at: Option<Instant>,
    /// When it is tried next.
    due_at: Option<Instant>,
    /// The HTTP status of the last answer; none where nobody answered.
    answer: Option<i32>,
    /// What was answered, or why there was no answer.
    said: Option<String>,
}

impl From<Delivery> for DeliveryBody {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.id,
            event: delivery.kind,
            comment: delivery.comment,
            revision: delivery.revision,
            status: delivery.status,
            happened_at: delivery.happened_at,
            state: delivery.state,
            attempts: delivery.attempts,
            tried_at: delivery.tried_at,
            due_at: delivery.due_at,
            answer: delivery.answer,
            said: delivery.said,
        }
    }
}

/// Deliveries, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryPage {
    /// The deliveries. They are kept for thirty days.
    deliveries: Vec<DeliveryBody>,
    /// Give this as `after` to go on; none where this is the end.
    next: Option<DeliveryId>,
}

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
    let new = by.renew_secret(id(&path.1)?).await?;
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
pub async fn test(by: Hooking, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let tried = by.test(id(&path.1)?).await?;
    Ok(private(&DeliveryBody::from(tried)))
}

/// List what a webhook was told
///
/// For editors and admins. Newest first, what is still to be told too.
#[utoipa::path(
    operation_id = "list_deliveries",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = EndpointId, Path, description = "The webhook"),
        ("after" = Option<DeliveryId>, Query, description = "From after this delivery"),
        ("limit" = Option<usize>, Query, description = "1 to 200, 50 unless said", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "The deliveries", body = DeliveryPage),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or webhook among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/sites/{site}/webhooks/{id}/deliveries")]
pub async fn deliveries(
    by: Editing,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let limit = query.limit(50, 200)?;
    let after = query.read("after")?;
    query.end()?;
    let mut deliveries = by.deliveries(id(&path.1)?, after, limit + 1).await?;
    let more = deliveries.len() > limit;
    deliveries.truncate(limit);
    Ok(private(&DeliveryPage {
        next: deliveries.last().filter(|_| more).map(|last| last.id),
        deliveries: deliveries.into_iter().map(DeliveryBody::from).collect(),
    }))
}

/// Tell a webhook something again
///
/// For admins. Under the same `webhook-id`, whatever became of it before; its attempts are counted anew.
#[utoipa::path(
    operation_id = "deliver_again",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = EndpointId, Path, description = "The webhook"),
        ("delivery" = DeliveryId, Path, description = "The delivery"),
    ),
    responses(
        (status = 204, description = "It is due now"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site, webhook or delivery among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/webhooks/{id}/deliveries/{delivery}/again")]
pub async fn again(
    by: Hooking,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let delivery = path.2.parse().map_err(|_| Problem::new(Code::NotFound))?;
    by.again(id(&path.1)?, delivery).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn id(text: &str) -> Result<EndpointId, Problem> {
    text.parse().map_err(|_| Problem::new(Code::NotFound))
}

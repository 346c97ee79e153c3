//! What a webhook was told, and telling it again.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};

use super::bodies::{DeliveryBody, DeliveryPage, DeliveryWaits};
use super::id;
use crate::domain::{DeliveryId, EndpointId};
use crate::http::door::{Editing, Hooking};
use crate::http::input::Query;
use crate::http::language::Language;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::store::DeliverAgain;

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
pub async fn list(
    by: Editing,
    path: web::Path<(String, String)>,
    Language(t): Language,
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
        deliveries: deliveries
            .into_iter()
            .map(|delivery| DeliveryBody::told(delivery, t))
            .collect(),
    }))
}

/// Tell a webhook something again
///
/// For admins. Under the same `webhook-id`, whatever became of it before; its attempts are counted anew. What is told of one comment is told in
/// order: where an earlier delivery about it still waits, that goes first, and now.
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
        (status = 202, description = "An earlier one of the same comment goes first; this one follows once that is taken or given up", body = DeliveryWaits),
        (status = 204, description = "It is due now"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site, webhook or delivery among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "It is switched off", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/webhooks/{id}/deliveries/{delivery}/again")]
pub async fn again(
    by: Hooking,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let delivery = path.2.parse().map_err(|_| Problem::new(Code::NotFound))?;
    Ok(match by.again(id(&path.1)?, delivery).await? {
        DeliverAgain::Due => HttpResponse::NoContent().finish(),
        DeliverAgain::After(waits_for) => {
            let mut answer = private(&DeliveryWaits { waits_for });
            *answer.status_mut() = StatusCode::ACCEPTED;
            answer
        }
    })
}

//! What is to be sent, and what could not be.

use crate::domain::{CommentId, Instant, OutboxId, Role};
use crate::http::door::Moderating;
use crate::http::input::Query;
use crate::http::language::Language;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::store::{OutboxEntry, OutboxState};
use actix_web::{HttpRequest, HttpResponse};
use actix_web::{get, post, web};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that is to be sent, or was.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutboxBody {
    /// Which entry.
    id: OutboxId,
    /// The site's key.
    site: String,
    /// `notice`, `alert`, `mail`, `callback` (a decision, to an Akismet client) or `check` (a question, to the external checker).
    #[schema(example = "mail")]
    kind: String,
    /// The comment that it is about.
    comment: Option<CommentId>,
    /// `ready`, `done` or `dead`.
    #[schema(example = "dead")]
    state: String,
    /// How often it was tried.
    attempts: i32,
    /// What the last failure said; ours in the language of `Accept-Language`, and what others said in their words.
    error: Option<String>,
    /// When it was written.
    created_at: Instant,
    /// When it is due.
    due_at: Instant,
}

/// What is to be sent, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutboxPage {
    /// The entries.
    entries: Vec<OutboxBody>,
}

/// List what is to be sent, was sent, or was given up
///
/// For editors and admins. Dead letters are kept until they are sent again or discarded; those to readers go after a week.
#[utoipa::path(
    operation_id = "list_outbox",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("state" = Option<OutboxState>, Query, description = "`dead` unless said"),
        ("limit" = Option<usize>, Query, description = "1 to 200, 50 unless said", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "The entries", body = OutboxPage),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/outbox")]
pub async fn list(
    by: Moderating,
    Language(t): Language,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let by = by.at_least(Role::Editor)?;
    let mut query = Query::of(&request);
    let (state, limit) = (
        query.read("state")?.unwrap_or(OutboxState::Dead),
        query.limit(50, 200)?,
    );
    query.end()?;
    let entries = by.outbox(state, limit).await?;
    let told = |entry: OutboxEntry| OutboxBody {
        id: entry.id,
        site: by
            .site(entry.site_id)
            .map(|site| site.key.clone())
            .unwrap_or_default(),
        kind: entry.kind,
        comment: entry.comment_id,
        state: entry.state,
        attempts: entry.attempts,
        error: entry.last_error.map(|kept| t.kept(&kept)),
        created_at: entry.created_at,
        due_at: entry.run_at,
    };
    Ok(private(&OutboxPage {
        entries: entries.into_iter().map(told).collect(),
    }))
}

/// Send a dead letter again, or a mail or a decision that waits for another attempt now
#[utoipa::path(
    operation_id = "retry_outbox",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = OutboxId, Path, description = "The entry")),
    responses(
        (status = 204, description = "It is due now, the attempts of a dead letter counted anew; or it is on its way already"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such dead letter, waiting mail or waiting decision on your sites", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/outbox/{id}/retry")]
pub async fn send_again(by: Moderating, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let by = by.at_least(Role::Editor)?;
    by.send_now(id.parse().map_err(|_| Problem::new(Code::NotFound))?)
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Discard a dead letter: it is sent to nobody any more
#[utoipa::path(
    operation_id = "discard_outbox",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = OutboxId, Path, description = "The entry")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such dead letter on your sites", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/outbox/{id}/discard")]
pub async fn discard(by: Moderating, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let by = by.at_least(Role::Editor)?;
    by.discard_dead(id.parse().map_err(|_| Problem::new(Code::NotFound))?)
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

//! Who has what on their screen.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, delete, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{Claim, CommentId, Instant};
use crate::http::door::Moderating;
use crate::http::input;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::respond::private;
use crate::intake::FieldError;

/// As many comments as fit on a screen, with room.
const MOST: usize = 100;

/// Comments on a screen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OnScreen {
    /// Which, 100 at the most.
    comments: Vec<CommentId>,
}

impl OnScreen {
    async fn read(request: &HttpRequest, payload: Payload) -> Result<Vec<CommentId>, Problem> {
        let Self { comments } = input::json_body(request, payload, input::Ceiling::Form).await?;
        if comments.len() > MOST {
            let error = FieldError::new("comments", "list-length").with("max", MOST);
            return Err(Problem::fields(vec![error]));
        }
        Ok(comments)
    }
}

/// A comment that somebody has on their screen.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimBody {
    /// Which comment.
    id: CommentId,
    /// Whose screen.
    #[schema(example = "Lan")]
    by: String,
    /// Whether it is the asker's own.
    mine: bool,
    /// When it runs out unless it is renewed.
    until: Instant,
}

impl ClaimBody {
    pub(super) fn new(held: Claim, by: &Moderating) -> Self {
        Self {
            id: held.comment,
            mine: held.moderator == by.moderator().id,
            by: held.name,
            until: held.until,
        }
    }
}

/// Who holds which of the comments.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimAnswer {
    /// The comments that are held; what is decided, or not on your sites, is left out.
    claims: Vec<ClaimBody>,
}

/// Hold what is on your screen
///
/// For two minutes; ask again to go on. What a colleague holds stays theirs and is told by their name. A claim stops nobody
/// from deciding: it is there so that two do not read the same.
#[utoipa::path(
    operation_id = "claim",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    request_body = OnScreen,
    responses(
        (status = 200, description = "Who holds which", body = ClaimAnswer),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "A session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not `application/json`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/claims")]
pub async fn claim(
    by: Moderating,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let comments = OnScreen::read(&request, payload).await?;
    let held = by.claim(comments).await?;
    let told = held.into_iter().map(|one| ClaimBody::new(one, &by));
    Ok(private(&ClaimAnswer {
        claims: told.collect(),
    }))
}

/// Let go of what is no longer on your screen
#[utoipa::path(
    operation_id = "release",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    request_body = OnScreen,
    responses(
        (status = 204, description = "None of them is yours any more"),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "A session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not `application/json`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[delete("/api/v1/moderation/claims")]
pub async fn release(
    by: Moderating,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let comments = OnScreen::read(&request, payload).await?;
    by.release(comments).await?;
    Ok(HttpResponse::NoContent().finish())
}

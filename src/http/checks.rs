//! What a site's external checker answers by itself.

use actix_web::{HttpResponse, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::FromChecker;
use super::input;
use super::problem::{Problem, ProblemBody};
use super::respond::private;
use crate::checker::Said;
use crate::domain::OutboxId;

/// The answer to a question, by itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LateAnswer {
    /// Which question: `data.check` of what was asked.
    check: OutboxId,
    /// What it saw; nothing where it has nothing against the comment.
    #[schema(max_items = 20)]
    evidence: Vec<Said>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckTaken {
    /// `done`; or `known`, where it was answered before or nobody waits for it any more.
    #[schema(example = "done")]
    outcome: &'static str,
}

/// Answer a checker's question late
///
/// For a site's external checker that has answered 202, or was too slow: the same answer, signed by the checker's own secret as Standard Webhooks
/// has it. The first answer to a question counts; one about a comment that was decided or rewritten meanwhile changes nothing.
#[utoipa::path(
    operation_id = "answer_check",
    tag = "CMS",
    security(("webhook" = [])),
    params(("site" = String, Path, description = "The site's key", example = "demo")),
    request_body = LateAnswer,
    responses(
        (status = 200, description = "Taken in", body = CheckTaken),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "Not signed, or not with the checker's secret, or too long ago; or a bearer token that is none", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site, or no such question", body = ProblemBody, content_type = "application/problem+json"),
        (status = 408, description = "The body took too long to arrive", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "More than 1 MiB", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/checks")]
pub async fn answer(from: FromChecker) -> Result<HttpResponse, Problem> {
    let late: LateAnswer = input::json(from.body())?;
    let is_heard = from.answer(late.check, &late.evidence).await?;
    let outcome = if is_heard { "done" } else { "known" };
    Ok(private(&CheckTaken { outcome }))
}

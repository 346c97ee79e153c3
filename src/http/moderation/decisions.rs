//! Deciding and undoing.

use crate::domain::{Action, BatchId, CommentId, Instant, Reason, Status, words};
use crate::http::door::Moderating;
use crate::http::input::{self};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::intake::FieldError;
use crate::store::{Outcome, Settled};
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use actix_web::{delete, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// As many characters as a word to colleagues may have.
pub const MOST_NOTE: usize = 2000;

/// A comment, with the revision that was on the screen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Which comment.
    id: CommentId,
    /// Its revision as last seen.
    #[schema(example = 1)]
    revision: i32,
}

words! {
    /// What a moderator may do.
    DecisionAction {
        /// Publish it.
        Approve = "approve",
        /// Keep it from being published.
        Reject = "reject",
        /// Keep it from being published, as an advertisement or a robot's.
        Spam = "spam",
        /// Put it back into the queue.
        Requeue = "requeue",
    }
}

impl From<DecisionAction> for Action {
    fn from(action: DecisionAction) -> Self {
        match action {
            DecisionAction::Approve => Self::Approve,
            DecisionAction::Reject => Self::Reject,
            DecisionAction::Spam => Self::Spam,
            DecisionAction::Requeue => Self::Requeue,
        }
    }
}

/// A decision on one comment or several.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest {
    /// What to do.
    action: DecisionAction,
    /// The comments, 500 at the most; decided together and undone together.
    comments: Vec<Target>,
    /// Why. Whoever gives a reason shares it: it stands on the receipt of a comment that is rejected. What is for colleagues alone
    /// is a `note`.
    #[serde(default)]
    reason: Option<Reason>,
    /// A word to colleagues: 2000 characters at the most.
    #[serde(default)]
    note: Option<String>,
}

impl DecisionRequest {
    fn check(&self) -> Result<(), Problem> {
        let mut wrong = Vec::new();
        if self.comments.is_empty() || self.comments.len() > 500 {
            wrong.push(FieldError::new("comments", "list-length").with("max", 500));
        }
        let note = self.note.as_deref().unwrap_or_default();
        if note.chars().count() > MOST_NOTE {
            wrong.push(FieldError::new("note", "text-too-long").with("max", MOST_NOTE));
        }
        if note.contains('\0') {
            wrong.push(FieldError::new("note", "field-type"));
        }
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(wrong))
        }
    }
}

/// What became of one comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionResult {
    /// Which comment.
    id: CommentId,
    /// `done`; `conflict` where somebody was faster; `missing` where it is not on your sites.
    #[schema(example = "done")]
    outcome: &'static str,
    /// Where it stands now.
    status: Option<Status>,
    /// Its revision now.
    revision: Option<i32>,
    /// Who decided last.
    #[schema(example = "Lan")]
    by: Option<String>,
    /// When.
    at: Option<Instant>,
}

impl From<Settled> for DecisionResult {
    fn from(settled: Settled) -> Self {
        let now = settled.now;
        Self {
            id: settled.comment,
            outcome: match settled.outcome {
                Outcome::Done => "done",
                Outcome::Conflict => "conflict",
                Outcome::Missing => "missing",
            },
            status: now.as_ref().map(|now| now.status),
            revision: now.as_ref().map(|now| now.revision),
            at: now.as_ref().and_then(|now| now.at),
            by: now.and_then(|now| now.by),
        }
    }
}

/// What became of a decision or an undo.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionAnswer {
    /// Undo it by this.
    batch: BatchId,
    /// Comment by comment, in the order asked.
    results: Vec<DecisionResult>,
}

/// Decide on comments
///
/// Each comment moves only if it still has the revision given: one decision wins, and the others are told who won and
/// what was decided. 409 where every comment was lost, with the same `results`.
/// To approve a published comment that readers have reported keeps it, and settles their reports, as every other decision does but
/// `requeue`.
#[utoipa::path(
    operation_id = "decide",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    request_body = DecisionRequest,
    responses(
        (status = 200, description = "Decided; look at each outcome", body = DecisionAnswer),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "A session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "None of them is on your sites", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "Somebody was faster with every one of them", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/decisions")]
pub async fn decide(
    by: Moderating,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let decision: DecisionRequest =
        input::json_body(&request, payload, input::Ceiling::Content).await?;
    decision.check()?;
    let comments = decision
        .comments
        .iter()
        .map(|target| (target.id, target.revision))
        .collect();
    let (batch, settled) = by
        .decide(
            decision.action.into(),
            comments,
            decision.reason,
            decision.note,
        )
        .await?;
    answer(batch, settled, Code::NotFound)
}

/// Undo a batch of decisions
///
/// Each comment goes back to where the decision found it, if nothing has moved it since.
#[utoipa::path(
    operation_id = "undo_decisions",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("batch" = BatchId, Path, description = "The batch, from the decision's answer")),
    responses(
        (status = 200, description = "Undone; look at each outcome", body = DecisionAnswer),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "A session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such batch on your sites", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "Everything in it has moved since", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[delete("/api/v1/moderation/decisions/{batch}")]
pub async fn undo(by: Moderating, batch: web::Path<String>) -> Result<HttpResponse, Problem> {
    let batch = batch
        .parse()
        .map_err(|_| Problem::new(Code::NothingToUndo))?;
    let settled = by.undo(batch).await?;
    answer(batch, settled, Code::NothingToUndo)
}

fn answer(batch: BatchId, settled: Vec<Settled>, none: Code) -> Result<HttpResponse, Problem> {
    let any = |outcome: &Outcome| settled.iter().any(|one| one.outcome == *outcome);
    let (done, lost) = (any(&Outcome::Done), any(&Outcome::Conflict));
    let results: Vec<DecisionResult> = settled.into_iter().map(DecisionResult::from).collect();
    match (done, lost) {
        (true, _) => Ok(private(&DecisionAnswer { batch, results })),
        (false, true) => Err(Problem {
            results: serde_json::to_value(results).ok(),
            ..Problem::new(Code::Conflict)
        }),
        (false, false) => Err(Problem::new(none)),
    }
}

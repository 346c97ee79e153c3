//! Back-tests: a site's drafts, tried in the background on comments that are stored already.

use actix_web::http::StatusCode;
use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{
    Backtest, BacktestId, BacktestState, Findings, Instant, TriedWord, WordFinding, WordId,
};
use crate::http::door::Editing;
use crate::http::input;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::text::is_in_everyday_use;

/// A back-test.
#[derive(Debug, Serialize, ToSchema)]
pub struct BacktestBody {
    /// Which one.
    id: BacktestId,
    /// Who started it.
    started_by: String,
    /// When.
    created_at: Instant,
    /// It tries the comments of so many days before that.
    days: i32,
    /// The drafts, as they were then.
    words: Vec<TriedWord>,
    /// How far it has come.
    state: BacktestState,
    /// How many comments there are; none until they are counted.
    total: Option<i64>,
    /// How many of them it has seen.
    done: i64,
    /// When it was over.
    ended_at: Option<Instant>,
    /// Drafts that are common words of clean comments, the worst first.
    collisions: Vec<WordFinding>,
    /// Everything that it has found so far.
    findings: Findings,
}

impl From<Backtest> for BacktestBody {
    fn from(run: Backtest) -> Self {
        let collisions = run
            .findings
            .collisions(is_in_everyday_use)
            .into_iter()
            .cloned()
            .collect();
        Self {
            id: run.id,
            started_by: run.started_by,
            created_at: run.created_at,
            days: run.days,
            words: run.words,
            state: run.state,
            total: run.total,
            done: run.done,
            ended_at: run.ended_at,
            collisions,
            findings: run.findings,
        }
    }
}

/// What to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BacktestRequest {
    /// On the comments of so many days: 7, 30 or 90.
    #[schema(example = 30)]
    days: i32,
    /// Which drafts; all of them unless said.
    #[serde(default)]
    words: Vec<WordId>,
}

/// Start a back-test
///
/// For editors and admins. It is done in the background, one at a time on each site; look at it again to see how far it has come.
#[utoipa::path(
    operation_id = "start_backtest",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("site" = String, Path, description = "The site's key")),
    request_body = BacktestRequest,
    responses(
        (status = 202, description = "It will be done", body = BacktestBody),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected, there is no draft, or another one is under way", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/backtests")]
pub async fn start(
    by: Editing,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let asked: BacktestRequest = input::json_body(&request, payload, input::Ceiling::Form).await?;
    let run = by.start_backtest(asked.days, &asked.words).await?;
    let mut answer = private(&BacktestBody::from(run));
    *answer.status_mut() = StatusCode::ACCEPTED;
    Ok(answer)
}

/// Show a back-test
///
/// For editors and admins.
#[utoipa::path(
    operation_id = "show_backtest",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = BacktestId, Path, description = "The back-test"),
    ),
    responses(
        (status = 200, description = "How far it has come, and what it has found", body = BacktestBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or back-test among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/sites/{site}/backtests/{id}")]
pub async fn show(by: Editing, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let run = by.backtest(id(&path.1)?).await?;
    Ok(private(&BacktestBody::from(run)))
}

/// Stop a back-test
///
/// For editors and admins. What it has found so far stays; one that is over is left as it is.
#[utoipa::path(
    operation_id = "cancel_backtest",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = BacktestId, Path, description = "The back-test"),
    ),
    responses(
        (status = 200, description = "As it is now", body = BacktestBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or back-test among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/backtests/{id}/cancel")]
pub async fn cancel(
    by: Editing,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let run = by.cancel_backtest(id(&path.1)?).await?;
    Ok(private(&BacktestBody::from(run)))
}

fn id(text: &str) -> Result<BacktestId, Problem> {
    text.parse().map_err(|_| Problem::new(Code::NotFound))
}

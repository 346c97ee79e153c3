//! What moderators do, for programs and for the dashboard's scripts.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::Moderating;
use super::input::{self, Query};
use super::problem::{Code, Problem, ProblemBody};
use super::respond::private;
use crate::domain::words;
use crate::domain::{
    Action, BatchId, CommentId, Decision, Evidence, Instant, Lane, OutboxId, Role, Status,
};
use crate::intake::FieldError;
use crate::store::{
    AuthorHistory, Card, Order, OutboxEntry, OutboxState, Outcome, QueueFilter, Settled,
};

/// The article a card is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardArticle {
    /// Its canonical address.
    url: String,
    /// Its title, where known.
    title: Option<String>,
    /// Its section, where known.
    section: Option<String>,
    /// Whether it takes comments.
    open: bool,
}

/// A comment with its evidence, as a moderator sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardBody {
    /// Identifies the comment.
    id: CommentId,
    /// The site's key.
    site: String,
    /// Where it stands.
    status: Status,
    /// Where it waits, or waited.
    lane: Lane,
    /// The sum of its evidence's weights, capped by category.
    #[schema(example = 2.0)]
    score: f32,
    /// Send it back with a decision.
    #[schema(example = 1)]
    revision: i32,
    /// The author's name.
    name: String,
    /// The author's email as typed.
    email: String,
    /// The text.
    body: String,
    /// The comment it answers.
    parent: Option<CommentId>,
    /// The article.
    article: CardArticle,
    /// Everything the rules saw.
    evidence: Vec<Evidence>,
    /// Hash of the rules that judged it.
    rules_version: String,
    /// When it arrived.
    created_at: Instant,
    /// When its author changed it last.
    edited_at: Option<Instant>,
    /// When it was decided last.
    decided_at: Option<Instant>,
}

impl CardBody {
    fn new(card: Card, by: &Moderating) -> Self {
        let Card {
            comment,
            article,
            evidence,
            ..
        } = card;
        Self {
            id: comment.id,
            site: by
                .site(comment.site)
                .map(|site| site.key.clone())
                .unwrap_or_default(),
            status: comment.status,
            lane: comment.lane,
            score: comment.score,
            revision: comment.revision,
            name: comment.name,
            email: comment.email,
            body: comment.body,
            parent: comment.parent,
            article: CardArticle {
                open: article.state == crate::domain::ArticleState::Open,
                url: article.url,
                title: article.title,
                section: article.section,
            },
            evidence,
            rules_version: comment.rules_version,
            created_at: comment.created_at,
            edited_at: comment.edited_at,
            decided_at: comment.decided_at,
        }
    }
}

/// A page of cards.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardPage {
    /// The cards.
    comments: Vec<CardBody>,
    /// Give this as `after` to go on; none where this is the end.
    next: Option<CommentId>,
}

/// List comments with their evidence
///
/// Without `status` all are listed, newest first; `order=oldest` turns the list around.
#[utoipa::path(
    operation_id = "list_comments",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("status" = Option<Status>, Query, description = "Only those that stand there"),
        ("lane" = Option<Lane>, Query, description = "Only those of that lane"),
        ("site" = Option<String>, Query, description = "Only those of the site of that key"),
        ("article" = Option<String>, Query, description = "Only those under that canonical address"),
        ("order" = Option<Order>, Query, description = "`newest` unless said"),
        ("after" = Option<CommentId>, Query, description = "From after this comment"),
        ("limit" = Option<usize>, Query, description = "1 to 200, 50 unless said", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "The cards", body = CardPage),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/comments")]
pub async fn list(by: Moderating, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = query.text("site");
    let limit = query.limit(50, 200)?;
    let article = query.text("article");
    // No database text holds a NUL, and PostgreSQL does not even take the question.
    if article
        .as_ref()
        .is_some_and(|article| article.contains('\0'))
    {
        return Err(Problem::field("article", "field-type"));
    }
    let filter = QueueFilter {
        status: query.read("status")?,
        lane: query.read("lane")?,
        article,
        order: query.read("order")?,
        after: query.read("after")?,
        limit: limit + 1,
    };
    query.end()?;
    let mut cards = by.cards(site.as_deref(), filter).await?;
    let more = cards.len() > limit;
    cards.truncate(limit);
    let next = more
        .then(|| cards.last().map(|last| last.comment.id))
        .flatten();
    let comments = cards
        .into_iter()
        .map(|card| CardBody::new(card, &by))
        .collect();
    Ok(private(&CardPage { comments, next }))
}

/// What is known of the author on this site, by their email, apart from this comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthorBody {
    /// Comments sent.
    sent: i64,
    /// Of those approved.
    approved: i64,
    /// Rejected.
    rejected: i64,
    /// Put with the spam.
    spam: i64,
    /// When the one before this came.
    last_seen: Option<Instant>,
}

impl From<AuthorHistory> for AuthorBody {
    fn from(history: AuthorHistory) -> Self {
        let AuthorHistory {
            sent,
            approved,
            rejected,
            spam,
            last_seen,
        } = history;
        Self {
            sent,
            approved,
            rejected,
            spam,
            last_seen,
        }
    }
}

/// One move of a comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionBody {
    /// Undo it by this.
    batch: BatchId,
    /// What was done.
    action: Action,
    /// Where the comment stood.
    from: Status,
    /// Where it stood afterwards.
    to: Status,
    /// The revision it made.
    revision: i32,
    /// `moderator`, `rule` or `reader`.
    #[schema(example = "moderator")]
    actor: String,
    /// The moderator's name or the rule's id.
    #[schema(example = "Lan")]
    by: String,
    /// Why, as may be told to the reader.
    reason: Option<String>,
    /// A word to colleagues.
    note: Option<String>,
    /// When.
    at: Instant,
    /// When it was undone.
    undone_at: Option<Instant>,
}

impl From<Decision> for DecisionBody {
    fn from(decision: Decision) -> Self {
        Self {
            batch: decision.batch,
            action: decision.action,
            from: decision.from,
            to: decision.to,
            revision: decision.revision,
            actor: decision.actor_kind,
            by: decision.actor_name,
            reason: decision.reason,
            note: decision.note,
            at: decision.at,
            undone_at: decision.undone_at,
        }
    }
}

/// One card, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct FullCard {
    /// The card.
    #[serde(flatten)]
    card: CardBody,
    /// The author's history on this site.
    author: AuthorBody,
    /// What was decided, oldest first.
    decisions: Vec<DecisionBody>,
}

/// Show one comment with its author's history and its decisions
#[utoipa::path(
    operation_id = "show_comment",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = CommentId, Path, description = "The comment")),
    responses(
        (status = 200, description = "The card", body = FullCard),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such comment on your sites", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/comments/{id}")]
pub async fn show(by: Moderating, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id = id.parse().map_err(|_| Problem::new(Code::NotFound))?;
    let (card, author, decisions) = by.card(id).await?;
    let decisions = decisions.into_iter().map(DecisionBody::from).collect();
    Ok(private(&FullCard {
        card: CardBody::new(card, &by),
        author: author.into(),
        decisions,
    }))
}

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
    /// Why, as may be told to the reader: 500 characters at the most.
    #[serde(default)]
    reason: Option<String>,
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
        for (field, text, max) in [("reason", &self.reason, 500), ("note", &self.note, 2000)] {
            if text.as_ref().is_some_and(|text| text.chars().count() > max) {
                wrong.push(FieldError::new(field, "text-too-long").with("max", max));
            }
            if text.as_ref().is_some_and(|text| text.contains('\0')) {
                wrong.push(FieldError::new(field, "field-type"));
            }
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
    input::require_json(&request)?;
    let decision: DecisionRequest = input::json(&input::body(payload).await?)?;
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

/// Something that is to be sent, or was.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutboxBody {
    /// Which entry.
    id: OutboxId,
    /// The site's key.
    site: String,
    /// `notice` or `mail`.
    #[schema(example = "mail")]
    kind: String,
    /// `ready`, `done` or `dead`.
    #[schema(example = "dead")]
    state: String,
    /// How often it was tried.
    attempts: i32,
    /// What the last failure said.
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
/// For editors and admins. Dead letters are kept until they are sent again.
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
pub async fn outbox(by: Moderating, request: HttpRequest) -> Result<HttpResponse, Problem> {
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
        state: entry.state,
        attempts: entry.attempts,
        error: entry.last_error,
        created_at: entry.created_at,
        due_at: entry.run_at,
    };
    Ok(private(&OutboxPage {
        entries: entries.into_iter().map(told).collect(),
    }))
}

/// Send a dead letter again
#[utoipa::path(
    operation_id = "retry_outbox",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = OutboxId, Path, description = "The entry")),
    responses(
        (status = 204, description = "It is due now, its attempts counted anew"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such dead letter on your sites", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/outbox/{id}/retry")]
pub async fn send_again(by: Moderating, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let by = by.at_least(Role::Editor)?;
    by.send_again(id.parse().map_err(|_| Problem::new(Code::NotFound))?)
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

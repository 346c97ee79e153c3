//! A site's bans: by email, by name, by range of addresses.

use actix_web::http::StatusCode;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock;
use crate::domain::{Ban, BanId, BanKind, BatchId, CommentId, Instant};
use crate::http::door::{Editing, Moderating, NewBan};
use crate::http::input::{self, Query};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::store::{BanFilter, Caught};

/// What a ban has settled.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaughtBody {
    /// How many comments and edits.
    count: i64,
    /// The comment of the last.
    last: Option<CommentId>,
    /// When that was.
    at: Option<Instant>,
}

/// A ban, in force or over.
#[derive(Debug, Serialize, ToSchema)]
pub struct BanBody {
    /// Which one.
    id: BanId,
    /// What it goes by.
    kind: BanKind,
    /// The email or name as it was typed; a range of addresses in its one spelling.
    #[schema(example = "*cá độ*")]
    pattern: String,
    /// Why, for colleagues.
    #[schema(example = "Rao cá độ dưới mọi bài")]
    reason: String,
    /// Until when; for good without.
    expires_at: Option<Instant>,
    /// Whether it is in force now.
    in_force: bool,
    /// Who banned.
    #[schema(example = "Lan")]
    created_by: String,
    /// When.
    created_at: Instant,
    /// Who lifted it.
    lifted_by: Option<String>,
    /// When.
    lifted_at: Option<Instant>,
}

impl BanBody {
    pub(super) fn new(ban: Ban) -> Self {
        Self {
            in_force: ban.holds_at(clock::now()),
            id: ban.id,
            kind: ban.kind,
            pattern: ban.pattern,
            reason: ban.reason,
            expires_at: ban.expires_at,
            created_by: ban.created_by,
            created_at: ban.created_at,
            lifted_by: ban.lifted_by,
            lifted_at: ban.lifted_at,
        }
    }
}

/// A ban of a list, with what it has settled.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedBan {
    /// The ban.
    #[serde(flatten)]
    ban: BanBody,
    /// What it has settled.
    caught: CaughtBody,
}

impl ListedBan {
    fn new((ban, Caught { count, last, at }): (Ban, Caught)) -> Self {
        Self {
            ban: BanBody::new(ban),
            caught: CaughtBody { count, last, at },
        }
    }
}

/// Bans, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct BanPage {
    /// The bans.
    bans: Vec<ListedBan>,
    /// Give this as `after` to go on; none where this is the end.
    next: Option<BanId>,
}

/// A ban to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BanRequest {
    /// What it goes by.
    kind: BanKind,
    /// `email`: an address; all spellings of that mailbox are banned. `name`: a whole name, or a pattern with `*` for whatever stands there; case, marks and spaces make no difference. `address`: an address or a range such as `203.0.113.0/24`, no wider than /16 of IPv4 and /32 of IPv6; one address of IPv6 stands for its /64.
    #[schema(example = "*cá độ*")]
    pattern: String,
    /// Why, for colleagues: 1 to 500 characters.
    #[schema(example = "Rao cá độ dưới mọi bài")]
    reason: String,
    /// Until when; for good without.
    #[serde(default)]
    expires_at: Option<Instant>,
}

/// A ban that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeBan {
    /// The ban.
    ban: BanBody,
    /// How many comments wait that it would have settled. They wait on, unless they are rejected too: `POST …/bans/{id}/waiting`.
    waiting: usize,
}

/// What became of the waiting comments.
#[derive(Debug, Serialize, ToSchema)]
pub struct RejectedBody {
    /// Undo it by this; none where nothing was rejected.
    batch: Option<BatchId>,
    /// How many were rejected.
    rejected: usize,
    /// How many wait still; 500 are rejected at a time.
    left: usize,
}

/// List a site's bans
///
/// Newest first, those that are over too.
#[utoipa::path(
    operation_id = "list_bans",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("in_force" = Option<bool>, Query, description = "With `true` only those in force"),
        ("after" = Option<BanId>, Query, description = "From after this ban"),
        ("limit" = Option<usize>, Query, description = "1 to 200, 50 unless said", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "The bans", body = BanPage),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/sites/{site}/bans")]
pub async fn list(
    by: Moderating,
    site: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let limit = query.limit(50, 200)?;
    let in_force = query.read("in_force")?.unwrap_or(false);
    let filter = BanFilter {
        in_force_at: in_force.then(clock::now),
        of: None,
        after: query.read("after")?,
        limit: Some(i64::try_from(limit + 1).unwrap_or(i64::MAX)),
    };
    query.end()?;
    let mut bans = by.bans(&site, filter).await?;
    let more = bans.len() > limit;
    bans.truncate(limit);
    Ok(private(&BanPage {
        next: bans.last().filter(|_| more).map(|(ban, _)| ban.id),
        bans: bans.into_iter().map(ListedBan::new).collect(),
    }))
}

/// Ban
///
/// For editors and admins. What is sent from now on is judged as ever and then rejected; its sender is told `pending`, as with
/// what a rule settles. It counts at once, and on other replicas within two seconds. Members' own comments by token are exempt.
#[utoipa::path(
    operation_id = "ban",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("site" = String, Path, description = "The site's key")),
    request_body = BanRequest,
    responses(
        (status = 201, description = "It is in force", body = MadeBan),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its media type", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/bans")]
pub async fn add(
    by: Editing,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    input::require_json(&request)?;
    let new: BanRequest = input::json(&input::body(payload, input::Ceiling::Form).await?)?;
    let (ban, waiting) = by
        .ban(NewBan {
            kind: new.kind,
            pattern: new.pattern,
            reason: new.reason,
            expires_at: new.expires_at,
        })
        .await?;
    let mut answer = private(&MadeBan {
        ban: BanBody::new(ban),
        waiting,
    });
    *answer.status_mut() = StatusCode::CREATED;
    Ok(answer)
}

/// Lift a ban
///
/// For editors and admins. What it has settled stays as it is, and can be put back into the queue.
#[utoipa::path(
    operation_id = "lift_ban",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = BanId, Path, description = "The ban"),
    ),
    responses(
        (status = 200, description = "The ban as it is now", body = BanBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or ban among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[delete("/api/v1/moderation/sites/{site}/bans/{id}")]
pub async fn lift(by: Editing, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let ban = by.lift(id(&path.1)?).await?;
    Ok(private(&BanBody::new(ban)))
}

/// Reject what waits of who is banned
///
/// For editors and admins. One batch, undone as one. By a range of addresses only what certainly came from within is rejected:
/// a comment keeps its network (a /24 of IPv4, a /48 of IPv6) and no address.
#[utoipa::path(
    operation_id = "reject_waiting_of_ban",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("id" = BanId, Path, description = "The ban"),
    ),
    responses(
        (status = 200, description = "How many were rejected", body = RejectedBody),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "For editors and admins; or a session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site or ban among yours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/sites/{site}/bans/{id}/waiting")]
pub async fn reject_waiting(
    by: Editing,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let done = by.reject_waiting(id(&path.1)?, None).await?;
    Ok(private(&RejectedBody {
        batch: done.batch,
        rejected: done.rejected,
        left: done.left,
    }))
}

fn id(text: &str) -> Result<BanId, Problem> {
    text.parse().map_err(|_| Problem::new(Code::NotFound))
}

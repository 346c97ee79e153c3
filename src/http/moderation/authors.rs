//! Everything of one author on one site.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::bans::BanBody;
use super::cards::{CardBody, DecisionBody};
use crate::domain::{CommentId, Instant};
use crate::http::door::Moderating;
use crate::http::input::Query;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::respond::private;

/// A name that an author used.
#[derive(Debug, Serialize, ToSchema)]
pub struct NameUsed {
    /// As typed.
    #[schema(example = "Nguyễn Văn An")]
    name: String,
    /// With how many comments.
    count: i64,
    /// When last.
    last_seen: Instant,
}

/// A comment of the author with what was decided about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthorComment {
    /// The comment.
    #[serde(flatten)]
    card: CardBody,
    /// What was decided, oldest first.
    decisions: Vec<DecisionBody>,
}

/// Everything of one author. An email is what a form said: nobody proved that it is theirs.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthorPage {
    /// What all spellings of the email have in common.
    #[schema(example = "lannguyen@gmail.com")]
    email_key: String,
    /// Their comments by status. Of what waits, the latest 7000 of each lane are looked through; of what was decided, their latest 10000 are counted.
    counts: BTreeMap<&'static str, i64>,
    /// The names they used, the latest first, 20 at the most.
    names: Vec<NameUsed>,
    /// When their first comment came.
    first_seen: Option<Instant>,
    /// When their last comment came.
    last_seen: Option<Instant>,
    /// The bans of their email, and those in force of names that they used, newest first.
    bans: Vec<BanBody>,
    /// Their comments, newest first.
    comments: Vec<AuthorComment>,
    /// Give this as `after` to go on; none where this is the end.
    next: Option<CommentId>,
}

/// Show everything of one author
///
/// By email, in any spelling of the mailbox. An email proves nothing: anybody may type another's.
#[utoipa::path(
    operation_id = "show_author",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(
        ("site" = String, Path, description = "The site's key"),
        ("email" = String, Query, description = "The email"),
        ("after" = Option<CommentId>, Query, description = "From after this comment"),
        ("limit" = Option<usize>, Query, description = "1 to 200, 50 unless said", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "The author", body = AuthorPage),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site among yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/moderation/sites/{site}/authors")]
pub async fn show(
    by: Moderating,
    site: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let email = query.text("email").unwrap_or_default();
    let (after, limit) = (query.read("after")?, query.limit(50, 200)?);
    query.end()?;
    let file = by.author(&site, &email, after, limit + 1).await?;
    let mut sheet = file.sheet;
    let more = sheet.cards.len() > limit;
    sheet.cards.truncate(limit);
    let next = sheet.cards.last().filter(|_| more);
    let next = next.map(|last| last.comment.id);
    let names = sheet.names.into_iter().take(20);
    let ids = sheet.cards.iter().map(|card| card.comment.id).collect();
    let mut held = by.claims_of(ids).await?;
    let comments = sheet.cards.into_iter().map(|card| {
        let decisions = sheet.decisions.remove(&card.comment.id);
        let decisions = decisions.unwrap_or_default().into_iter();
        AuthorComment {
            decisions: decisions.map(DecisionBody::from).collect(),
            card: CardBody::new(card, &by, &mut held),
        }
    });
    Ok(private(&AuthorPage {
        comments: comments.collect(),
        email_key: file.email_key,
        counts: sheet
            .counts
            .into_iter()
            .map(|(status, count)| (status.as_str(), count))
            .collect(),
        names: names
            .map(|(name, count, last_seen)| NameUsed {
                name,
                count,
                last_seen,
            })
            .collect(),
        first_seen: sheet.first_seen,
        last_seen: sheet.last_seen,
        bans: file.bans.into_iter().map(BanBody::new).collect(),
        next,
    }))
}

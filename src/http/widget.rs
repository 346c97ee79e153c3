//! What a newspaper's page calls from the reader's browser.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::door::{AtSite, Sender, Submitted};
use super::form;
use super::input::{self, Query};
use super::language;
use super::problem::{Code, Problem, ProblemBody};
use super::respond::tagged;
use crate::clock;
use crate::domain::{CommentId, Instant, Status};
use crate::intake::Submission;
use crate::messages::Messages;
use crate::store::Published;

/// A comment was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Accepted {
    /// Identifies the comment.
    id: CommentId,
    /// `pending` where it waits for a moderator, `approved` where it is public at once.
    #[schema(example = "pending")]
    status: Status,
    /// The reader's key to their own comment: `/api/v1/receipts/{receipt}`. Whoever holds it may withdraw the comment.
    receipt: String,
    /// The email address that was probably meant, where the one that was given looks like a slip (`gmial.com`). The comment
    /// was taken in with the one that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "nguyenvana@gmail.com")]
    suggestion: Option<String>,
}

impl From<Submitted> for Accepted {
    fn from(submitted: Submitted) -> Self {
        Self {
            id: submitted.id,
            status: submitted.status,
            receipt: submitted.receipt,
            suggestion: submitted.suggestion,
        }
    }
}

/// Hand in a comment
///
/// The answer leaves after the comment is durable. With an `Idempotency-Key` the same submission may be sent again, for a
/// day at least, and gets the first answer; the same key with another submission is refused. Without one, the same text by the
/// same name and email from the same network address at the same place within ten minutes is taken for sent again by accident
/// and gets the first answer, too.
/// A member of the newspaper may answer readers with their bearer token: then nothing is held to be a repeat.
/// A plain HTML form posts to the same address: see the second media type.
#[utoipa::path(
    operation_id = "submit_comment",
    tag = "Readers",
    params(
        ("site" = String, Path, description = "The site's key", example = "demo"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 printable ASCII characters, made by the sender"),
    ),
    request_body(content(
        (Submission = "application/json"),
        (form::CommentFields = "application/x-www-form-urlencoded"),
    )),
    responses(
        (status = 202, description = "Taken in", body = Accepted),
        (status = 303, description = "A form was taken in: back to its `return` address"),
        (status = 200, description = "A form was taken in and named no way back: a page of thanks", content_type = "text/html"),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "A bearer token that is none; no reader needs one", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "The article is closed, or the page is not the site's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 408, description = "The body took too long to arrive", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "More than 128 KiB", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Neither JSON nor a form", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "Too many comments from this network address; try again after `Retry-After` seconds", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "Nothing was stored; try again after `Retry-After` seconds", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/comments")]
pub async fn submit(
    at: AtSite,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let bytes = input::body(payload, input::Ceiling::Content).await?;
    let key = idempotency_key(&request)?;
    match input::media_type(&request).as_str() {
        "application/json" => {
            let submission: Submission = input::json(&bytes)?;
            let submitted = at.submit(&submission, key, Sender::Script).await?;
            Ok(HttpResponse::Accepted().json(Accepted::from(submitted)))
        }
        "application/x-www-form-urlencoded" => {
            let messages = Messages::of(language::of(request.headers()));
            form::submit(&at, messages, &bytes, key).await
        }
        _ => Err(Problem::new(Code::UnsupportedMediaType)),
    }
}

fn idempotency_key(request: &HttpRequest) -> Result<Option<&str>, Problem> {
    let Some(value) = request.headers().get("idempotency-key") else {
        return Ok(None);
    };
    value
        .to_str()
        .map(Some)
        .map_err(|_| Problem::field("Idempotency-Key", "key-invalid"))
}

/// A published comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicComment {
    /// Identifies it.
    id: CommentId,
    /// The comment it answers.
    parent: Option<CommentId>,
    /// Its author's name.
    #[schema(example = "Nguyễn Văn A")]
    name: String,
    /// Its text: plain text, lines ended by `\n`.
    #[schema(example = "Bài viết rất hay và bổ ích.")]
    body: String,
    /// When it was written.
    created_at: Instant,
    /// When its author changed it last.
    edited_at: Option<Instant>,
}

impl From<Published> for PublicComment {
    fn from(row: Published) -> Self {
        Self {
            id: row.id,
            parent: row.parent,
            name: row.name,
            body: row.body,
            created_at: row.created_at,
            edited_at: row.edited_at,
        }
    }
}

/// The article that comments stand under.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicArticle {
    /// Its canonical address.
    #[schema(example = "https://bao.example/xay-dung-dang/dang-bo-van-phong.html")]
    url: String,
    /// Whether it takes comments.
    open: bool,
    /// From when on it takes none, where the newsroom set that.
    closes_at: Option<Instant>,
}

/// Published comments of an article, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicComments {
    /// The article.
    article: PublicArticle,
    /// The comments.
    comments: Vec<PublicComment>,
    /// Give this as `after` to go on; none where this is the end.
    next: Option<CommentId>,
}

/// List an article's published comments
#[utoipa::path(
    operation_id = "list_published",
    tag = "Readers",
    params(
        ("site" = String, Path, description = "The site's key", example = "demo"),
        ("article" = String, Query, description = "The article's address", example = "http://127.0.0.1:8080/demo/demo/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html"),
        ("after" = Option<CommentId>, Query, description = "From after this comment"),
        ("limit" = Option<usize>, Query, description = "1 to 100, 50 unless said", minimum = 1, maximum = 100),
    ),
    responses(
        (status = 200, description = "The comments; never an email, an address or evidence", body = PublicComments),
        (status = 304, description = "Nothing has changed since the `ETag` given as `If-None-Match`"),
        (status = 404, description = "No such site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/comments")]
pub async fn list(at: AtSite, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let article = query
        .text("article")
        .ok_or_else(|| Problem::field("article", "article-required"))?;
    let (after, limit) = (query.read("after")?, query.limit(50, 100)?);
    query.end()?;
    let (url, article, comments, more) = at.published(&article, after, limit).await?;
    let open = article
        .as_ref()
        .is_none_or(|article| article.is_open_at(clock::now()));
    let closes_at = article.and_then(|article| article.closes_at);
    let page = PublicComments {
        article: PublicArticle {
            url,
            open,
            closes_at,
        },
        next: more.then(|| comments.last().map(|last| last.id)).flatten(),
        comments: comments.into_iter().map(PublicComment::from).collect(),
    };
    Ok(tagged(&request, &page))
}

/// How many published comments each article has, by its address.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicCounts {
    /// The numbers, by address as asked.
    counts: BTreeMap<String, i64>,
}

/// Count articles' published comments
#[utoipa::path(
    operation_id = "count_published",
    tag = "Readers",
    params(
        ("site" = String, Path, description = "The site's key", example = "demo"),
        ("article" = String, Query, description = "An article's address; give it again for each, 50 at the most", example = "http://127.0.0.1:8080/demo/demo/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html"),
    ),
    responses(
        (status = 200, description = "The numbers", body = PublicCounts),
        (status = 304, description = "Nothing has changed since the `ETag` given as `If-None-Match`"),
        (status = 404, description = "No such site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/counts")]
pub async fn counts(at: AtSite, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let articles = query.all("article");
    query.end()?;
    if articles.is_empty() || articles.len() > 50 {
        return Err(Problem::field("article", "article-required"));
    }
    let counts = at.counts(articles).await?.into_iter().collect();
    Ok(tagged(&request, &PublicCounts { counts }))
}

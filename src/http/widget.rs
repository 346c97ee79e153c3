//! What a newspaper's page sends from the reader's browser.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::door::{AtSite, Sender, Submitted};
use super::form;
use super::input;
use super::problem::{Code, Problem, ProblemBody};
use crate::domain::{CommentId, Status};
use crate::intake::Submission;

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
/// A plain HTML form posts to the same address: see the other media types. What it leaves out of `article`, `title` and `return` may stand in the
/// query, and the article may be the page in `Referer`, where that names more than the origin.
#[utoipa::path(
    operation_id = "submit_comment",
    tag = "Readers",
    params(
        ("site" = String, Path, description = "The site's key", example = "demo"),
        ("article" = Option<String>, Query, description = "For a form without this field: the article's address"),
        ("title" = Option<String>, Query, description = "The same of the article's title"),
        ("return" = Option<String>, Query, description = "The same of where to go afterwards"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 printable ASCII characters, made by the sender"),
    ),
    request_body(content(
        (Submission = "application/json"),
        (form::CommentFields = "application/x-www-form-urlencoded"),
        (form::CommentFields = "multipart/form-data"),
    )),
    responses(
        (status = 202, description = "Taken in", body = Accepted),
        (status = 303, description = "A form was taken in: back to its `return` address"),
        (status = 200, description = "A form was taken in and named no way back: a page of thanks", content_type = "text/html"),
        (status = 400, description = "Not JSON, or a form in parts that cannot be read", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "A bearer token that is none; no reader needs one", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "The article is closed, or the page is not the site's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 408, description = "The body took too long to arrive", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "More than 128 KiB, or a form of more than 1 MiB", body = ProblemBody, content_type = "application/problem+json"),
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
    let kind = input::media_type(&request);
    let is_form = ["application/x-www-form-urlencoded", form::IN_PARTS].contains(&kind.as_str());
    let ceiling = if is_form {
        input::Ceiling::Message
    } else {
        input::Ceiling::Content
    };
    let bytes = input::body(payload, ceiling).await?;
    let key = idempotency_key(&request)?;
    match kind.as_str() {
        "application/json" => {
            let submission: Submission = input::json(&bytes)?;
            let sender = if submission.cannot_work() {
                Sender::Form
            } else {
                Sender::Script
            };
            let submitted = at.submit(&submission, key, sender).await?;
            Ok(HttpResponse::Accepted().json(Accepted::from(submitted)))
        }
        _ if is_form => form::submit(&at, &request, bytes, key).await,
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

//! Keys, checks and reports.

use actix_web::{HttpResponse, get, post};

use super::reply;
use crate::domain::ClientReport;
use crate::http::door::{Bystander, Client, Stranger};

/// Ask whether a key is good
///
/// The form has `api_key` (or `key`) and `blog`, the address of the newspaper's front page. The key is what `duyet site add` prints.
#[utoipa::path(
    operation_id = "akismet_verify_key",
    tag = "Akismet",
    responses(
        (status = 200, description = "`valid` or `invalid`", body = String, content_type = "text/plain", example = "valid"),
        (status = 408, description = "The form took too long to arrive", body = String, content_type = "text/plain"),
        (status = 413, description = "More than 1 MiB", body = String, content_type = "text/plain"),
        (status = 503, description = "`unavailable`: ask again later", body = String, content_type = "text/plain"),
    ),
)]
#[post("/1.1/verify-key")]
pub async fn verify_key(client: Result<Client, Stranger>) -> HttpResponse {
    match client {
        Ok(client) if client.form.blog.trim().is_empty() => no_blog("invalid"),
        Ok(_) => reply::text("valid", None),
        // That is an answer, and no error.
        Err(Stranger::WrongKey) => reply::text("invalid", None),
        Err(Stranger::NoKey) => reply::wrong("invalid", "Empty \"key\" value"),
        Err(stranger) => reply::stranger(stranger),
    }
}

/// Check a comment
///
/// It is judged by the site's rules and stored for the moderators. `true`: not to be published. `false`: nothing speaks against it; with
/// `X-akismet-recheck-after` a person has yet to decide, and the decision is sent to `callback` where that is on the site's origin. Anything
/// else: no verdict, hold it and check again. See docs/akismet.md for the form's fields.
#[utoipa::path(
    operation_id = "akismet_comment_check",
    tag = "Akismet",
    responses(
        (status = 200, description = "`true`, `false`, `pending`, or what is wrong: `invalid`, `Missing required field: blog.`", body = String, content_type = "text/plain", example = "false"),
        (status = 408, description = "The form took too long to arrive", body = String, content_type = "text/plain"),
        (status = 413, description = "More than 1 MiB", body = String, content_type = "text/plain"),
        (status = 503, description = "`unavailable`: nothing was stored; check again later", body = String, content_type = "text/plain"),
    ),
)]
#[post("/1.1/comment-check")]
pub async fn comment_check(client: Result<Client, Stranger>) -> HttpResponse {
    let client = match client {
        Ok(client) => client,
        Err(stranger) => return reply::stranger(stranger),
    };
    if client.form.blog.trim().is_empty() {
        return no_blog(MISSING_BLOG);
    }
    match client.check().await {
        Ok(answer) => reply::verdict(&client, answer),
        Err(error) => reply::failed(&error),
    }
}

/// Say that a comment is spam
///
/// The form is that of the check. The comment is put with the spam, as a decision that moderators see and may undo.
#[utoipa::path(
    operation_id = "akismet_submit_spam",
    tag = "Akismet",
    responses(
        (status = 200, description = "`Thanks for making the web a better place.`, or what is wrong", body = String, content_type = "text/plain"),
        (status = 408, description = "The form took too long to arrive", body = String, content_type = "text/plain"),
        (status = 413, description = "More than 1 MiB", body = String, content_type = "text/plain"),
        (status = 503, description = "`unavailable`: nothing was stored; say it again later", body = String, content_type = "text/plain"),
    ),
)]
#[post("/1.1/submit-spam")]
pub async fn submit_spam(client: Result<Client, Stranger>) -> HttpResponse {
    report(client, ClientReport::Spam).await
}

/// Say that a comment is no spam
///
/// The form is that of the check. The comment is approved, as a decision that moderators see and may undo; it is shown by the newspaper's own
/// system and not by us.
#[utoipa::path(
    operation_id = "akismet_submit_ham",
    tag = "Akismet",
    responses(
        (status = 200, description = "`Thanks for making the web a better place.`, or what is wrong", body = String, content_type = "text/plain"),
        (status = 408, description = "The form took too long to arrive", body = String, content_type = "text/plain"),
        (status = 413, description = "More than 1 MiB", body = String, content_type = "text/plain"),
        (status = 503, description = "`unavailable`: nothing was stored; say it again later", body = String, content_type = "text/plain"),
    ),
)]
#[post("/1.1/submit-ham")]
pub async fn submit_ham(client: Result<Client, Stranger>) -> HttpResponse {
    report(client, ClientReport::Ham).await
}

/// Ask whether the service can be reached
#[utoipa::path(
    operation_id = "akismet_test",
    tag = "Akismet",
    responses((status = 200, description = "`connected`", body = String, content_type = "text/plain", example = "connected")),
)]
#[get("/1.1/test")]
pub async fn test(_: Bystander) -> HttpResponse {
    reply::text("connected", None)
}

/// Say that a page will ask no more
///
/// Nothing is changed: the site keeps its key.
#[utoipa::path(
    operation_id = "akismet_deactivate",
    tag = "Akismet",
    responses(
        (status = 200, description = "`deactivated`, or `invalid`", body = String, content_type = "text/plain", example = "deactivated"),
        (status = 408, description = "The form took too long to arrive", body = String, content_type = "text/plain"),
        (status = 413, description = "More than 1 MiB", body = String, content_type = "text/plain"),
        (status = 503, description = "`unavailable`", body = String, content_type = "text/plain"),
    ),
)]
#[post("/1.1/deactivate")]
pub async fn deactivate(client: Result<Client, Stranger>) -> HttpResponse {
    match client {
        Ok(_) => reply::text("deactivated", None),
        Err(stranger) => reply::stranger(stranger),
    }
}

const MISSING_BLOG: &str = "Missing required field: blog.";

fn no_blog(body: &'static str) -> HttpResponse {
    reply::wrong(body, "Empty \"blog\" value")
}

async fn report(client: Result<Client, Stranger>, report: ClientReport) -> HttpResponse {
    let client = match client {
        Ok(client) => client,
        Err(stranger) => return reply::stranger(stranger),
    };
    if client.form.blog.trim().is_empty() {
        return no_blog(MISSING_BLOG);
    }
    match client.report(report).await {
        Ok(comment) => reply::thanks(&client, comment),
        Err(error) => reply::failed(&error),
    }
}

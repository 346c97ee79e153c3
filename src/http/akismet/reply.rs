//! Answers as clients of the protocol expect them.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, RETRY_AFTER};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use uuid::Uuid;

use crate::domain::CommentId;
use crate::http::door::{Answer, Client, Says, Stranger};
use crate::store;

/// What a report is answered, whatever becomes of it.
pub const THANKS: &str = "Thanks for making the web a better place.";

/// Names the comment, or nothing.
const GUID: &str = "X-akismet-guid";
/// Says what went wrong, to who looks for it. Some clients take any answer with it for an error.
const DEBUG_HELP: &str = "X-akismet-debug-help";

/// How an answer begins: its status and the headers that each has.
fn begin(status: StatusCode, comment: Option<CommentId>) -> HttpResponseBuilder {
    let guid = comment.map_or_else(Uuid::now_v7, |comment| comment.0);
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((GUID, guid.to_string()))
        .insert_header((CACHE_CONTROL, "no-store"));
    answer
}

/// A text.
pub fn text(body: &'static str, comment: Option<CommentId>) -> HttpResponse {
    spoken(begin(StatusCode::OK, comment), body)
}

/// A text that says that something was wrong, with what.
pub fn wrong(body: &'static str, help: &'static str) -> HttpResponse {
    let mut answer = begin(StatusCode::OK, None);
    answer.insert_header((DEBUG_HELP, help));
    spoken(answer, body)
}

/// A table.
pub fn table(body: String) -> HttpResponse {
    begin(StatusCode::OK, None)
        .content_type("text/csv; charset=utf-8")
        .body(body)
}

/// JSON.
pub fn json(body: &impl Serialize) -> HttpResponse {
    begin(StatusCode::OK, None).json(body)
}

fn spoken(mut answer: HttpResponseBuilder, body: &'static str) -> HttpResponse {
    answer.content_type("text/plain; charset=utf-8").body(body)
}

/// What is said of a comment.
pub fn verdict(client: &Client, answer: Answer) -> HttpResponse {
    let mut reply = begin(StatusCode::OK, answer.comment);
    if client.is_foreign() {
        alert(&mut reply);
    }
    let body = match answer.says {
        Says::Spam { discard } => {
            if discard {
                reply.insert_header(("X-akismet-pro-tip", "discard"));
            }
            "true"
        }
        Says::Ham => "false",
        Says::HamFor(seconds) => {
            reply.insert_header(("X-akismet-recheck-after", seconds));
            "false"
        }
        Says::Nothing => "pending",
    };
    spoken(reply, body)
}

/// Thanks for a report.
pub fn thanks(client: &Client, comment: Option<CommentId>) -> HttpResponse {
    let mut reply = begin(StatusCode::OK, comment);
    if client.is_foreign() {
        alert(&mut reply);
    }
    spoken(reply, THANKS)
}

/// For the people who run the page: WordPress shows it to them.
fn alert(reply: &mut HttpResponseBuilder) {
    reply
        .insert_header(("X-akismet-alert-code", "10404"))
        .insert_header((
            "X-akismet-alert-msg",
            "This address is not registered for the key's site: its comments are moderated, but decisions cannot be sent back here. Ask whoever runs Duyet to add it to the site's origins.",
        ));
}

/// For who is not let in. Whoever is told neither true nor false holds the comment and asks again.
pub fn stranger(stranger: Stranger) -> HttpResponse {
    match stranger {
        Stranger::NoKey => wrong("invalid", "Empty \"api_key\" value"),
        Stranger::WrongKey => wrong(
            "invalid",
            "The key is no site's: `duyet site add` prints it",
        ),
        Stranger::TooLarge => fault(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too large",
            "The form is larger than 1 MiB",
        ),
        Stranger::Broken => fault(
            StatusCode::REQUEST_TIMEOUT,
            "incomplete",
            "The form did not arrive in time, or broke off",
        ),
        Stranger::Away => away(),
    }
}

/// For a fault of ours that the store told.
pub fn failed(error: &store::Error) -> HttpResponse {
    tracing::error!(%error, "a call of an Akismet client failed");
    away()
}

fn away() -> HttpResponse {
    let mut answer = fault(
        StatusCode::SERVICE_UNAVAILABLE,
        "unavailable",
        "Busy, or the database is away: nothing was stored. Check again later",
    );
    let wait = actix_web::http::header::HeaderValue::from_static("1");
    answer.headers_mut().insert(RETRY_AFTER, wait);
    answer
}

fn fault(status: StatusCode, body: &'static str, help: &'static str) -> HttpResponse {
    let mut answer = begin(status, None);
    answer.insert_header((DEBUG_HELP, help));
    spoken(answer, body)
}

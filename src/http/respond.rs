//! The kinds of answers that several routes give.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::{Code, Problem};

/// What a page of ours may load and where its forms may go; nothing runs and nothing frames it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// What a page of the dashboard may do besides: run modules of ours, and ask us.
const DESK_POLICY: &str = "script-src 'self'; connect-src 'self'";

/// A page of the dashboard.
pub fn desk(status: HttpResponseBuilder, page: askama::Result<String>) -> HttpResponse {
    html_with(status, page, &format!("{POLICY}; {DESK_POLICY}"))
}

/// A newspaper's page with the widget on it. The worker is made of the widget's own text; without it the same work is done beside
/// the page's own.
pub fn newspaper(page: askama::Result<String>) -> HttpResponse {
    let policy = format!("{POLICY}; {DESK_POLICY}; worker-src blob:");
    html_with(HttpResponse::Ok(), page, &policy)
}

/// A page.
pub fn html(status: HttpResponseBuilder, page: askama::Result<String>) -> HttpResponse {
    html_that_posts_to(status, page, "")
}

/// A page whose form may lead to these origins too.
pub fn html_that_posts_to(
    status: HttpResponseBuilder,
    page: askama::Result<String>,
    origins: &str,
) -> HttpResponse {
    html_with(status, page, format!("{POLICY} {origins}").trim_end())
}

/// A page under that policy. A template that cannot be rendered is a fault of ours and told as one.
fn html_with(
    mut status: HttpResponseBuilder,
    page: askama::Result<String>,
    policy: &str,
) -> HttpResponse {
    match page {
        Ok(page) => status
            .content_type("text/html; charset=utf-8")
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header((CONTENT_SECURITY_POLICY, policy))
            .body(page),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            Problem::new(Code::Internal).error_response()
        }
    }
}

/// The beginning of a page that shows again what was refused.
pub fn refused(problem: &Problem) -> HttpResponseBuilder {
    if let Some(cause) = &problem.cause {
        tracing::error!(cause, problem = problem.code.slug(), "failed");
    }
    let mut answer = HttpResponse::build(problem.code.status());
    if let Some(seconds) = problem.wait() {
        answer.insert_header((RETRY_AFTER, seconds));
    }
    answer
}

/// To another page, after a form was taken.
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, to))
        .finish()
}

/// JSON that may lie in no cache.
pub fn private(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(body)
}

/// The same answer, to be found by no search engine: its address is a key.
pub fn noindex(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    answer
}

/// What names these bytes and no others.
pub fn tag_of(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(bytes)[..12])
}

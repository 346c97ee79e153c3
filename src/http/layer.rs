//! Around every request: its id, its log line, its measure, and problems put into words.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use actix_cors::CorsError;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse};
use askama::Template;
use uuid::Uuid;

use super::page::{Place, ProblemPage};
use super::problem::{Code, Problem, Words};
use super::{cors, language, measures};
use crate::domain::Locale;
use crate::messages::Messages;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Set when the service is about to stop: each answer then closes its connection, so that clients go elsewhere.
pub static LEAVING: AtomicBool = AtomicBool::new(false);

/// The outermost layer. What went wrong is logged here, once, with the request's id; a span around each request would cost
/// more than the rest of the layer.
pub async fn around(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let id = request_id(&request);
    let start = Instant::now();
    let _turn = super::connection::begin(&request);
    // HEAD is GET without the body (RFC 9110, 9.3.2), which the encoder leaves out by itself.
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let response = if is_compressed(&request) {
        request.error_response(Problem::in_words(Words::ContentCoding))
    } else {
        answered(request, next).await?
    };
    let response = told(response, &id);
    watch(&response, &id, start.elapsed());
    Ok(finished(response, &id))
}

async fn answered(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    // An extra handle on the request here would keep the router from taking it apart.
    let response = next.call(request).await?;
    Ok(response.map_into_boxed_body())
}

/// The codings of bodies that there are (RFC 9110, 8.4.1, and IANA's list). What else stands there, such as a charset, is a slip and says nothing.
const CODINGS: [&str; 9] = [
    "gzip",
    "x-gzip",
    "deflate",
    "compress",
    "x-compress",
    "br",
    "zstd",
    "dcb",
    "dcz",
];

/// Whether a body comes in a coding: none is taken, since a few bytes of one may stand for any number.
fn is_compressed(request: &ServiceRequest) -> bool {
    let codings = request.headers().get_all(header::CONTENT_ENCODING);
    let mut names = codings
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','));
    let is_coding = |name: &str| {
        CODINGS
            .iter()
            .any(|coding| name.trim().eq_ignore_ascii_case(coding))
    };
    request.method() != Method::GET && names.any(is_coding)
}

/// Counts the request, and logs it where it was refused.
fn watch(response: &ServiceResponse<BoxBody>, id: &str, took: Duration) {
    let (request, status) = (response.request(), response.status());
    measures::record(request, status, took);
    let path = || loggable(request.path());
    let (method, milliseconds) = (request.method(), took.as_secs_f64() * 1e3);
    if status.is_success() || status.is_redirection() {
        tracing::debug!(request_id = id, %method, path = path(), status = status.as_u16(), milliseconds, "answered");
    } else {
        tracing::info!(request_id = id, %method, path = path(), status = status.as_u16(), milliseconds, "refused");
    }
}

/// A path as it may be logged: whoever holds a receipt may withdraw the comment, and whoever holds a mail's link may answer for
/// its reader, come in as its member or stop their mail, so these stay out of the log.
fn loggable(path: &str) -> &str {
    const KEYS: [&str; 6] = [
        "/receipts/",
        "/mail/",
        "/join/",
        "/reset/",
        "/decide/",
        "/notices/off/",
    ];
    let ends = KEYS
        .into_iter()
        .filter_map(|key| Some(path.find(key)? + key.len()));
    ends.min().map_or(path, |end| &path[..end])
}

/// The id that a proxy gave, if it is one, or a new one.
fn request_id(request: &ServiceRequest) -> String {
    let given = request
        .headers()
        .get(&REQUEST_ID)
        .and_then(|value| value.to_str().ok());
    let well = |id: &&str| {
        (8..=64).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    given
        .filter(well)
        .map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}

/// The headers that every answer has.
fn finished(mut response: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    if LEAVING.load(Ordering::Relaxed) {
        response
            .response_mut()
            .head_mut()
            .set_connection_type(ConnectionType::Close);
    }
    response
}

/// Where the answer is an error, its words: problem details for programs, a page for people.
fn told(response: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let Some(problem) = problem_of(&response) else {
        return response;
    };
    if let Some(cause) = &problem.cause {
        tracing::error!(
            request_id = id,
            cause,
            problem = problem.code.slug(),
            "failed"
        );
    }
    let problem = match problem.code {
        Code::Busy if response.request().method() == Method::GET => {
            let words = Some(Words::BusyReading);
            Problem { words, ..problem }
        }
        _ => problem,
    };
    let wants_page = wants_page(response.request());
    let locale = language::of(response.request().headers());
    let (request, old) = response.into_parts();
    let mut builder = HttpResponse::build(problem.code.status());
    for (name, value) in old.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            builder.append_header((name.clone(), value.clone()));
        }
    }
    builder.insert_header((header::CACHE_CONTROL, "no-store"));
    if let Some(seconds) = problem.wait() {
        builder.insert_header((header::RETRY_AFTER, seconds));
    }
    if problem.words == Some(Words::ContentCoding) {
        builder.insert_header((header::ACCEPT_ENCODING, "identity"));
    }
    if problem.code == Code::Unauthorised {
        builder.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    let new = if wants_page {
        // Who works here goes on from the queue.
        let home = Place::of(request.path()).map(|_| Place::Queue.path());
        page(builder, &problem, locale, id, home)
    } else {
        details(builder, &problem, locale, id)
    };
    ServiceResponse::new(request, new)
}

/// The problem that a handler told, or what an answer without words of ours amounts to.
fn problem_of(response: &ServiceResponse<BoxBody>) -> Option<Problem> {
    let error = response.response().error();
    if let Some(problem) = error.and_then(|error| error.as_error::<Problem>()) {
        return Some(problem.clone());
    }
    if let Some(refused) = error.and_then(|error| error.as_error::<CorsError>()) {
        return Some(cors::problem(refused));
    }
    let has_words = response.headers().contains_key(header::CONTENT_TYPE)
        && response.response().error().is_none();
    let code = match response.status() {
        status if status.is_success() || status.is_redirection() || has_words => return None,
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        status if status.is_server_error() => Code::Internal,
        _ => Code::MalformedRequest,
    };
    let cause = response.response().error().map(ToString::to_string);
    Some(Problem {
        cause: cause.filter(|_| code == Code::Internal),
        ..Problem::new(code)
    })
}

/// A person looking at a page, rather than a program: `Accept` begins with HTML, as browsers send it on navigation.
pub(super) fn wants_page(request: &HttpRequest) -> bool {
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    accept.trim_start().starts_with("text/html")
}

fn details(
    mut builder: actix_web::HttpResponseBuilder,
    problem: &Problem,
    locale: Locale,
    id: &str,
) -> HttpResponse {
    builder
        .content_type("application/problem+json")
        .json(problem.told(locale, id))
}

fn page(
    builder: actix_web::HttpResponseBuilder,
    problem: &Problem,
    locale: Locale,
    id: &str,
    home: Option<&str>,
) -> HttpResponse {
    let told = problem.told(locale, id);
    let page = ProblemPage {
        t: Messages::of(locale),
        status: told.status,
        title: told.title,
        detail: told.detail,
        home: home.map(str::to_owned),
        request_id: Some(told.request_id),
    };
    super::respond::html(builder, page.render())
}

//! Which pages of the web may call from a reader's browser: a site's own, and for a receipt those of its site.

use actix_cors::{Cors, CorsError};
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::door::{House, Welcome};
use super::problem::{Code, Problem, Words};

tokio::task_local! {
    /// Whether the page that asks is one of the site's: what CORS goes by, which can wait for nothing.
    static IS_WELCOME: bool;
}

/// Browsers may call a site from its own pages, without cookies.
pub(super) fn of_sites() -> Cors {
    allowing(["GET", "POST"])
}

/// The same for the readers' own comments: a receipt's site says which pages are its own.
pub(super) fn of_receipts() -> Cors {
    allowing(["GET", "PATCH", "DELETE"])
}

fn allowing<const N: usize>(methods: [&str; N]) -> Cors {
    Cors::default()
        .allowed_origin_fn(|_, _| IS_WELCOME.try_get().unwrap_or(false))
        .allowed_methods(methods)
        .allowed_headers([
            "content-type",
            "accept",
            "accept-language",
            "idempotency-key",
            "if-none-match",
        ])
        .expose_headers(["etag", "retry-after", "x-request-id"])
        .max_age(3600)
}

/// Why a page may not call.
pub(super) fn problem(refused: &CorsError) -> Problem {
    match refused {
        CorsError::MethodNotAllowed | CorsError::HeadersNotAllowed => {
            Problem::in_words(Words::PageAsksTooMuch)
        }
        _ => Problem::new(Code::ForeignOrigin),
    }
}

/// Looks up whether the page that asks is one of the site's, for CORS within.
pub(super) async fn look_up_site(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut welcome = Welcome::No;
    if let Some((house, origin)) = from_a_page(&request)
        && let Some(site) = request.match_info().get("site")
    {
        welcome = house.welcome(site, &origin).await;
        if welcome == Welcome::No {
            // The browser tells nobody why: the page's own console has less than this.
            tracing::info!(
                site,
                origin,
                "a page that is on none of the site's origins asked; if it is the newspaper's, add its origin on /settings"
            );
        }
    }
    let is_read = request.method() == Method::GET;
    let mut answer = answered(welcome, request, next).await?;
    if welcome == Welcome::NoSite && is_read {
        // That there is no such site says nothing of any, and whoever made a slip in its key has to be told.
        let headers = answer.headers_mut();
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        );
    }
    Ok(answer)
}

/// The same for the site of a receipt.
pub(super) async fn look_up_holders(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut welcome = Welcome::No;
    if let Some((house, origin)) = from_a_page(&request) {
        let receipt = request.path().rsplit('/').next().unwrap_or_default();
        welcome = house.welcome_with(receipt, &origin).await;
    }
    answered(welcome, request, next).await
}

fn from_a_page(request: &ServiceRequest) -> Option<(Data<House>, String)> {
    let origin = request.headers().get(header::ORIGIN)?.to_str().ok()?;
    let house = request.app_data::<Data<House>>()?;
    Some((house.clone(), origin.to_owned()))
}

async fn answered<B: MessageBody>(
    welcome: Welcome,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    // CORS asks as soon as it is called, so that has to be within.
    let answer = async { next.call(request).await };
    IS_WELCOME.scope(welcome == Welcome::Yes, answer).await
}

//! Which pages of the web may call from a reader's browser: a site's own, and for a receipt those of its site.

use actix_cors::Cors;
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::door::House;
use super::server::RECEIPTS;

/// Browsers may call a site from its own pages, without cookies.
pub(super) fn of_sites(house: Data<House>) -> Cors {
    let welcome = move |origin: &HeaderValue, head: &actix_web::dev::RequestHead| {
        let site = head
            .uri
            .path()
            .strip_prefix("/api/v1/sites/")
            .and_then(|rest| rest.split('/').next());
        let (Ok(origin), Some(site)) = (origin.to_str(), site) else {
            return false;
        };
        let is_welcome = house.remembers_welcome(site, origin);
        if !is_welcome {
            // The browser tells nobody why: the page's own console has less than this.
            tracing::info!(
                site,
                origin,
                "a page that is on none of the site's origins asked; if it is the newspaper's, add its origin on /settings"
            );
        }
        is_welcome
    };
    allowing(["GET", "POST"]).allowed_origin_fn(welcome)
}

/// The same for the readers' own comments: a receipt's site says which pages are its own.
pub(super) fn of_receipts(house: Data<House>) -> Cors {
    let welcome = move |origin: &HeaderValue, head: &actix_web::dev::RequestHead| {
        let receipt = head.uri.path().strip_prefix(RECEIPTS);
        let receipt = receipt.and_then(|rest| rest.strip_prefix('/'));
        origin.to_str().is_ok_and(|origin| {
            receipt.is_some_and(|receipt| house.remembers_holders_welcome(receipt, origin))
        })
    };
    allowing(["GET", "PATCH", "DELETE"]).allowed_origin_fn(welcome)
}

fn allowing<const N: usize>(methods: [&str; N]) -> Cors {
    Cors::default()
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

/// CORS asks for a site's origins and cannot wait, so they are there before it asks.
pub(super) async fn remember_site(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut is_unknown = false;
    if request.headers().contains_key(header::ORIGIN)
        && let (Some(house), Some(site)) = (
            request.app_data::<Data<House>>().cloned(),
            request.match_info().get("site"),
        )
    {
        is_unknown = house.remember(site).await;
    }
    let is_read = request.method() == Method::GET;
    let mut answer = next.call(request).await?;
    if is_unknown && is_read {
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
pub(super) async fn remember_holders(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.headers().contains_key(header::ORIGIN)
        && let Some(house) = request.app_data::<Data<House>>().cloned()
    {
        let receipt = request.path().rsplit('/').next().unwrap_or_default();
        house.remember_holders(receipt).await;
    }
    next.call(request).await
}

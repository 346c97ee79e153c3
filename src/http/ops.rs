//! For whoever runs the service, and for developers who read its documentation.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use serde::Serialize;
use utoipa::ToSchema;

use super::door::Bystander;
use super::language::Language;
use super::page::DocsPage;
use super::page::api::Api;
use super::page::asset::{self, Asset};
use super::problem::{Code, Problem, ProblemBody};
use super::rendition::Rendition;
use super::respond::{html, private, see_other};
use super::script::Script;

/// How the service is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    #[schema(example = "ok")]
    status: &'static str,
}

/// The process is alive
#[utoipa::path(
    operation_id = "livez",tag = "Operations", responses((status = 200, description = "It is", body = Health)))]
#[get("/livez")]
pub async fn livez() -> HttpResponse {
    private(&Health { status: "ok" })
}

/// The service can do its work: the database answers and has every migration
#[utoipa::path(
    operation_id = "readyz",
    tag = "Operations",
    responses(
        (status = 200, description = "It can", body = Health),
        (status = 503, description = "It cannot now, or is about to stop", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/readyz")]
pub async fn readyz(bystander: Bystander) -> Result<HttpResponse, Problem> {
    let leaving = super::layer::LEAVING.load(std::sync::atomic::Ordering::Relaxed);
    let ready = actix_web::rt::time::timeout(Duration::from_secs(3), bystander.is_ready()).await;
    match ready {
        Ok(Ok(true)) if !leaving => Ok(private(&Health { status: "ok" })),
        _ => Err(Problem::new(Code::Busy)),
    }
}

/// Measures, in Prometheus' text format
#[utoipa::path(
    operation_id = "metrics",
    tag = "Operations",
    responses((status = 200, description = "The measures", body = String, content_type = "text/plain")),
)]
#[get("/metrics")]
pub async fn metrics(bystander: Bystander) -> HttpResponse {
    let text = bystander.metrics().await;
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(text)
}

/// This document
#[utoipa::path(
    operation_id = "openapi",
    tag = "Operations",
    responses((status = 200, description = "OpenAPI 3.1", body = Object, content_type = "application/json")),
)]
#[get("/openapi.json")]
pub async fn document(bystander: Bystander, request: HttpRequest) -> HttpResponse {
    let document = bystander.document();
    document.answer_kept(&request, "no-cache", "Accept-Encoding")
}

/// The document as a page.
pub async fn docs(bystander: Bystander, language: Language, request: HttpRequest) -> HttpResponse {
    let api: serde_json::Value =
        serde_json::from_slice(bystander.document().bytes()).unwrap_or_default();
    let connection = request.connection_info();
    let base = format!("{}://{}", connection.scheme(), connection.host());
    html(
        HttpResponse::Ok(),
        DocsPage {
            t: language.0,
            api: Api::read(&api, &base),
            base,
            pinned: Script::now().path(),
            integrity: Script::now().integrity.clone(),
        }
        .render(),
    )
}

/// Each asset by its name.
static ASSETS: LazyLock<HashMap<&str, Rendition>> = LazyLock::new(|| {
    let made = |asset: &Asset| Rendition::new(asset.content_type, asset.bytes.to_vec());
    let all = asset::ASSETS.iter().map(|asset| (asset.name, made(asset)));
    all.collect()
});

/// Styles, pictures and scripts of our pages. A page and what it loads must be of one version, so each is asked for, mostly in vain.
pub async fn assets(
    name: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let asset = ASSETS.get(name.as_str());
    let asset = asset.ok_or(Problem::new(Code::NotFound))?;
    Ok(asset.answer_kept(&request, "no-cache", "Accept-Encoding"))
}

/// Moderators come here by the service's bare address.
pub async fn root() -> HttpResponse {
    see_other("/queue")
}

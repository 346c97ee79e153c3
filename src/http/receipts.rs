//! A reader's own comment, by its receipt: as JSON for the widget, as a page for the link in a thank-you.

use actix_web::{HttpResponse, delete, get, post, web};
use askama::Template;
use serde::Serialize;
use utoipa::ToSchema;

use super::door::Holder;

use super::language::Language;
use super::page::ReceiptPage;
use super::problem::{Problem, ProblemBody};
use super::respond::html;
use crate::domain::{CommentId, Instant, Status};
use crate::messages::Messages;

/// A reader's own comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnComment {
    /// Identifies it.
    id: CommentId,
    /// Where it stands; what was put with the spam reads `rejected`.
    status: Status,
    /// The name as typed.
    name: String,
    /// The text as stored.
    body: String,
    /// The article's address.
    article: String,
    /// Grows by one with each change.
    revision: i32,
    /// When it was sent.
    created_at: Instant,
    /// When its status was decided last.
    decided_at: Option<Instant>,
}

/// Whoever writes spam learns from a receipt only that it is not published.
fn told(status: Status) -> Status {
    if status == Status::Spam {
        Status::Rejected
    } else {
        status
    }
}

async fn own(holder: &Holder) -> Result<OwnComment, Problem> {
    let (comment, article) = holder.comment().await?;
    Ok(OwnComment {
        id: comment.id,
        status: told(comment.status),
        name: comment.name,
        body: comment.body,
        article: article.url,
        revision: comment.revision,
        created_at: comment.created_at,
        decided_at: comment.decided_at,
    })
}

fn private(comment: &OwnComment) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-robots-tag", "noindex"))
        .json(comment)
}

/// Look up one's own comment
#[utoipa::path(
    operation_id = "show_receipt",
    tag = "Readers",
    params(("token" = String, Path, description = "The receipt")),
    responses(
        (status = 200, description = "The comment", body = OwnComment),
        (status = 404, description = "Not a receipt of ours", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/api/v1/receipts/{token}")]
pub async fn show(holder: Holder) -> Result<HttpResponse, Problem> {
    Ok(private(&own(&holder).await?))
}

/// Withdraw one's own comment
#[utoipa::path(
    operation_id = "withdraw",
    tag = "Readers",
    params(("token" = String, Path, description = "The receipt")),
    responses(
        (status = 200, description = "Withdrawn; it is public no more", body = OwnComment),
        (status = 404, description = "Not a receipt of ours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "It was not published, so there is nothing to withdraw", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[delete("/api/v1/receipts/{token}")]
pub async fn withdraw(holder: Holder) -> Result<HttpResponse, Problem> {
    holder.withdraw().await?;
    Ok(private(&own(&holder).await?))
}

async fn page(
    holder: &Holder,
    t: Messages,
    token: &str,
    just_withdrawn: bool,
) -> Result<HttpResponse, Problem> {
    let (comment, article) = holder.comment().await?;
    let withdrawable = matches!(comment.status, Status::Pending | Status::Approved);
    let page = ReceiptPage {
        t,
        site_name: holder.site_name().await?,
        status: told(comment.status),
        name: comment.name,
        body: comment.body,
        article_title: article.title,
        article_url: article.url,
        sent_at: comment.created_at,
        decided_at: comment.decided_at,
        reason: None,
        withdraw_action: withdrawable.then(|| format!("/receipts/{token}")),
        just_withdrawn,
    };
    let mut response = html(HttpResponse::Ok(), page.render());
    let noindex = actix_web::http::header::HeaderValue::from_static("noindex");
    response.headers_mut().insert(
        actix_web::http::header::HeaderName::from_static("x-robots-tag"),
        noindex,
    );
    Ok(response)
}

/// The page behind the link.
#[get("/receipts/{token}")]
pub async fn show_page(
    holder: Holder,
    language: Language,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    page(&holder, language.0, &token, false).await
}

/// The page's button.
#[post("/receipts/{token}")]
pub async fn withdraw_by_form(
    holder: Holder,
    language: Language,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    holder.withdraw().await?;
    page(&holder, language.0, &token, true).await
}

//! The link in each mail to a moderator that turns such mail off. Opening it changes nothing: mail programs and their guards open every
//! link. A person presses the button, or a mail program its own for leaving a list (RFC 8058), which comes without a session.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::door::Muting;
use super::language;
use super::page::MutePage;
use super::problem::Problem;
use super::respond::{html, noindex};
use crate::messages::Messages;

async fn page(by: &Muting, request: &HttpRequest, token: &str) -> Result<HttpResponse, Problem> {
    let (member, site_name, is_off) = by.stands().await?;
    let asked = language::of(request.headers());
    let page = MutePage {
        t: Messages::of(member.locale.unwrap_or(asked)),
        site_name,
        is_off,
        action: format!("/notices/off/{token}"),
    };
    Ok(noindex(html(HttpResponse::Ok(), page.render())))
}

/// The page with the button.
pub async fn show(
    by: Muting,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    page(&by, &request, &token).await
}

/// The button, and what mail programs send for theirs: those must not be sent elsewhere (RFC 8058, 3.1), and to reload the page sends
/// what changes nothing.
pub async fn stop(
    by: Muting,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    by.stop().await?;
    page(&by, &request, &token).await
}

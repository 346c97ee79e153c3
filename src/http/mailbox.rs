//! The page behind the links of mails to readers. Opening it changes nothing: mail programs and their guards open every link. A
//! person presses a button, or a mail program its own for leaving a list (RFC 8058).

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::door::Addressee;
use super::input;
use super::language::Language;
use super::page::MailboxPage;
use super::problem::Problem;
use super::respond::{html, noindex, see_other};
use crate::messages::Messages;

async fn page(
    by: &Addressee,
    t: Messages,
    token: &str,
    just: bool,
) -> Result<HttpResponse, Problem> {
    let (site_name, state) = by.stands().await?;
    let page = MailboxPage {
        t,
        site_name,
        state,
        confirm_action: format!("/mail/{token}/confirm"),
        never_action: format!("/mail/{token}/never"),
        from_page: FROM_PAGE,
        just,
    };
    Ok(noindex(html(HttpResponse::Ok(), page.render())))
}

/// What stands in the page's query after a button was pressed.
const JUST: &str = "done";

/// The field by which the page's own form tells itself from what mail programs post.
const FROM_PAGE: &str = "from_page";

/// From a pressed button to the page, so that reloading it sends nothing again and its address can be kept.
fn back(token: &str) -> HttpResponse {
    see_other(&format!("/mail/{token}?{JUST}"))
}

/// The link of a mail.
pub async fn show(
    by: Addressee,
    language: Language,
    token: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    page(&by, language.0, &token, request.query_string() == JUST).await
}

/// The link for leaving, opened rather than sent.
pub async fn show_leaving(
    by: Addressee,
    language: Language,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    page(&by, language.0, &token, false).await
}

/// The button that says yes.
pub async fn confirm(by: Addressee, token: web::Path<String>) -> Result<HttpResponse, Problem> {
    by.confirm().await?;
    Ok(back(&token))
}

/// The button that says never, and what mail programs send for theirs: those encode their form as they like, and must not be sent
/// elsewhere (RFC 8058, 3.1).
pub async fn leave(
    by: Addressee,
    language: Language,
    token: web::Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    by.refuse().await?;
    let fields = input::body(payload, input::Ceiling::Content).await;
    let fields = fields.map(|body| input::pairs(&body)).unwrap_or_default();
    if fields.iter().any(|(name, _)| name == FROM_PAGE) {
        return Ok(back(&token));
    }
    page(&by, language.0, &token, true).await
}

//! The links of mails to members: an invitation, and the way to another password. Opening one changes nothing, since mail programs
//! and their guards open every link; the form on its page does.

use actix_web::HttpResponse;
use actix_web::web::{self, Payload};
use askama::Template;

use super::told;
use crate::access::PASSWORD_CHARS;
use crate::domain::{LinkKind, Moderator};
use crate::http::door::{Entrance, Forgetful, Welcomed};
use crate::http::input::Fields;
use crate::http::language::Language;
use crate::http::page::{FieldError, ForgottenPage, SentPage, WelcomePage};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{html, noindex, see_other};
use crate::messages::Messages;

/// Where one asks for a mail.
pub async fn show(language: Language) -> HttpResponse {
    html(HttpResponse::Ok(), ForgottenPage { t: language.0 }.render())
}

/// The button: the same answer whether there is such an account or not.
pub async fn ask(
    by: Forgetful,
    language: Language,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = Fields::read(payload).await?;
    by.ask(form.text("email").to_owned()).await?;
    let page = SentPage {
        t: language.0,
        email: form.text("email").chars().take(254).collect(),
    };
    Ok(html(HttpResponse::Ok(), page.render()))
}

const fn path(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Invitation => "join",
        LinkKind::Reset => "reset",
    }
}

fn page(
    t: Messages,
    kind: LinkKind,
    token: &str,
    member: &Moderator,
    name: Option<String>,
    errors: Vec<FieldError>,
) -> HttpResponse {
    let status = if errors.is_empty() {
        HttpResponse::Ok()
    } else {
        HttpResponse::UnprocessableEntity()
    };
    let page = WelcomePage {
        t: member.locale.map_or(t, Messages::of),
        kind: path(kind),
        action: format!("/{}/{token}", path(kind)),
        email: member.email.clone(),
        name,
        errors,
        min: PASSWORD_CHARS,
    };
    noindex(html(status, page.render()))
}

async fn open(
    by: Welcomed,
    language: Language,
    token: &str,
    kind: LinkKind,
) -> Result<HttpResponse, Problem> {
    let member = by.member(kind).await?;
    let name = (kind == LinkKind::Invitation).then(|| member.name.clone());
    Ok(page(language.0, kind, token, &member, name, Vec::new()))
}

async fn enter(
    (by, entrance): (Welcomed, Entrance),
    language: Language,
    token: &str,
    kind: LinkKind,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = Fields::read(payload).await?;
    let name = (kind == LinkKind::Invitation).then(|| form.text("name"));
    match by.enter(kind, name, form.text("password")).await {
        Ok(member) => {
            let done = match kind {
                LinkKind::Invitation => "joined",
                LinkKind::Reset => "password",
            };
            let mut response = see_other(&format!("/sign-in?done={done}"));
            response
                .add_cookie(&entrance.known_again(&member))
                .map_err(|_| Problem::new(Code::Internal))?;
            Ok(response)
        }
        Err(problem) if problem.code == Code::InvalidFields => {
            let (member, t) = (by.member(kind).await?, language.0);
            let errors = told(&problem, t);
            let name = name.map(str::to_owned);
            Ok(page(t, kind, token, &member, name, errors))
        }
        Err(problem) => Err(problem),
    }
}

/// The link of an invitation.
pub async fn show_join(
    by: Welcomed,
    language: Language,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    open(by, language, &token, LinkKind::Invitation).await
}

/// The button on its page.
pub async fn join(
    by: Welcomed,
    entrance: Entrance,
    language: Language,
    token: web::Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let kind = LinkKind::Invitation;
    enter((by, entrance), language, &token, kind, payload).await
}

/// The link to another password.
pub async fn show_reset(
    by: Welcomed,
    language: Language,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    open(by, language, &token, LinkKind::Reset).await
}

/// The button on its page.
pub async fn reset(
    by: Welcomed,
    entrance: Entrance,
    language: Language,
    token: web::Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    enter((by, entrance), language, &token, LinkKind::Reset, payload).await
}

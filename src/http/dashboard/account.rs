//! One's own account.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::signed_in::{Form, SignedIn};
use super::told;
use crate::access::PASSWORD_CHARS;
use crate::clock;
use crate::domain::{Locale, Site};
use crate::http::door::{Phone, Proof};
use crate::http::habits::MailBody;
use crate::http::input::Query;
use crate::http::page::{
    AccountPage, CodesPage, FieldError, HabitsForm, LanguageChoice, PhonePage, PhoneView, Place,
    SessionView, qr,
};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{html, see_other};
use crate::store::Session;

/// What may have been done a moment ago.
const DONE: [&str; 8] = [
    "name",
    "mail",
    "language",
    "password",
    "session",
    "others",
    "phone-off",
    "phone-was-on",
];

fn done(what: &str) -> HttpResponse {
    see_other(&format!("/account?done={what}"))
}

/// What somebody typed that must be mended.
#[derive(Default)]
struct Typed<'a> {
    name: Option<&'a str>,
    habits: Option<HabitsForm>,
}

async fn page(
    by: &SignedIn,
    notice: Option<String>,
    errors: Vec<FieldError>,
    typed: Typed<'_>,
) -> Result<HttpResponse, Problem> {
    let member = by.moderator();
    let phone = match by.phone().await? {
        Phone::Off => PhoneView::Off,
        Phone::Proposed(_) => PhoneView::Begun,
        Phone::On(left) => PhoneView::On(left),
    };
    let status = if errors.is_empty() {
        HttpResponse::Ok()
    } else {
        HttpResponse::UnprocessableEntity()
    };
    let sessions = by.own_sessions().await?;
    let page = AccountPage {
        t: by.t,
        desk: by.desk(Place::Account),
        now: clock::now(),
        email: member.email.clone(),
        role: member.role,
        bound: bound(by),
        name: typed.name.unwrap_or(&member.name).to_owned(),
        language: LanguageChoice(member.locale),
        habits: match typed.habits {
            Some(habits) => habits,
            None => habits_form(&MailBody::from(&by.own_mail_habits().await?)),
        },
        mail_limits: by.mail_limits(),
        phone,
        sessions: sessions.into_iter().map(view).collect(),
        notice,
        errors,
        min: PASSWORD_CHARS,
    };
    Ok(html(status, page.render()))
}

/// What somebody is bound to, site by site; nothing where that is all.
fn bound(by: &SignedIn) -> Vec<String> {
    let member = by.moderator();
    let line = |site: &Site| match member.sections.get(&site.id) {
        Some(sections) if !sections.is_empty() => {
            let sections: Vec<&str> = sections.iter().map(String::as_str).collect();
            format!("{}: {}", site.name, sections.join(", "))
        }
        _ => site.name.clone(),
    };
    if member.covers_all() {
        return Vec::new();
    }
    by.sites().iter().map(line).collect()
}

fn view((session, is_this): (Session, bool)) -> SessionView {
    SessionView {
        id: hex::encode(&session.hash),
        browser: session.browser,
        network: session.network,
        since: session.created_at,
        seen: session.seen_at.unwrap_or(session.created_at),
        is_this,
    }
}

/// The page with what must be mended; other problems stay what they are.
async fn mended(
    by: &SignedIn,
    problem: Problem,
    typed: Typed<'_>,
) -> Result<HttpResponse, Problem> {
    if problem.code != Code::InvalidFields {
        return Err(problem);
    }
    page(by, None, told(&problem, by.t), typed).await
}

/// Nothing where the password of the form is right, or the page that says it is not.
async fn unproved(
    by: &SignedIn,
    form: &Form,
    field: &str,
) -> Result<Option<HttpResponse>, Problem> {
    let message = match by.prove(form.text(field).to_owned()).await? {
        Proof::Given => return Ok(None),
        Proof::Wrong => by.t.get("password-wrong"),
        Proof::Later => by.t.get("password-later"),
    };
    let error = FieldError {
        field: field.to_owned(),
        message,
    };
    page(by, None, vec![error], Typed::default())
        .await
        .map(Some)
}

/// The page.
pub async fn show(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let what = Query::of(&request).text("done");
    let notice = what
        .filter(|what| DONE.contains(&what.as_str()))
        .map(|what| by.t.get(&format!("account-done-{what}")));
    page(&by, notice, Vec::new(), Typed::default()).await
}

/// Another name.
pub async fn set_name(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    match by.set_own_name(form.text("name")).await {
        Ok(()) => Ok(done("name")),
        Err(problem) => {
            let typed = Typed {
                name: Some(form.text("name")),
                ..Typed::default()
            };
            mended(&by, problem, typed).await
        }
    }
}

/// Another language.
pub async fn set_language(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let locale: Option<Locale> = match form.text("language") {
        "browser" => None,
        _ => Some(form.field("language")?),
    };
    by.set_own_locale(locale).await?;
    Ok(done("language"))
}

/// When mail about what waits comes.
pub async fn set_mail(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let said = |name: &str| Some(form.text(name).to_owned());
    let body = MailBody {
        pace: form.field("pace")?,
        quiet_from: said("quiet_from"),
        quiet_to: said("quiet_to"),
        zone: form.text("zone").to_owned(),
        urgent_in_quiet: form.text("urgent_in_quiet") == "yes",
    };
    match body.read() {
        Ok(habits) => {
            by.set_own_mail_habits(habits).await?;
            Ok(done("mail"))
        }
        Err(problem) => {
            let typed = Typed {
                habits: Some(habits_form(&body)),
                ..Typed::default()
            };
            mended(&by, problem, typed).await
        }
    }
}

fn habits_form(body: &MailBody) -> HabitsForm {
    HabitsForm {
        pace: body.pace,
        zone: body.zone.clone(),
        quiet_from: body.quiet_from.clone().unwrap_or_default(),
        quiet_to: body.quiet_to.clone().unwrap_or_default(),
        urgent_in_quiet: body.urgent_in_quiet,
    }
}

/// Another password.
pub async fn set_password(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    if let Some(page) = unproved(&by, &form, "old_password").await? {
        return Ok(page);
    }
    match by.set_own_password(form.text("new_password")).await {
        Ok(()) => Ok(done("password")),
        Err(problem) => mended(&by, problem, Typed::default()).await,
    }
}

/// Ends one session.
pub async fn end_session(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    let wrong = || Problem::field("session", "field-type");
    let hash = hex::decode(form.text("session")).map_err(|_| wrong())?;
    by.end_own_session(hash.try_into().map_err(|_| wrong())?)
        .await?;
    Ok(done("session"))
}

/// Ends every other session.
pub async fn end_others(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    by.form(payload).await?;
    by.end_own_others().await?;
    Ok(done("others"))
}

/// Begins to set a second step up: with the password, or whoever finds a screen unlocked could lock its owner out.
pub async fn begin_phone(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    if let Some(page) = unproved(&by, &form, "password").await? {
        return Ok(page);
    }
    by.propose_phone().await?;
    Ok(see_other("/account/phone"))
}

async fn phone_page(by: &SignedIn, error: Option<String>) -> Result<HttpResponse, Problem> {
    let Phone::Proposed(secret) = by.phone().await? else {
        return Ok(see_other("/account"));
    };
    let address = by.phone_address(&secret);
    let status = if error.is_some() {
        HttpResponse::UnprocessableEntity()
    } else {
        HttpResponse::Ok()
    };
    let page = PhonePage {
        t: by.t,
        desk: by.desk(Place::Account),
        picture: qr::picture(&address),
        key: secret.spelled(),
        address,
        error,
    };
    Ok(html(status, page.render()))
}

/// The page with the secret, until its first code was given.
pub async fn show_phone(by: SignedIn) -> Result<HttpResponse, Problem> {
    phone_page(&by, None).await
}

fn codes(by: &SignedIn, codes: Vec<String>) -> HttpResponse {
    let page = CodesPage {
        t: by.t,
        desk: by.desk(Place::Account),
        codes,
    };
    html(HttpResponse::Ok(), page.render())
}

/// Turns the second step on. Its recovery codes stand in this answer and nowhere else.
pub async fn confirm_phone(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    match by.confirm_phone(form.text("code")).await {
        Ok(Some(new)) => Ok(codes(&by, new)),
        Ok(None) => phone_page(&by, Some(by.t.get("code-wrong"))).await,
        // The page with the codes was loaded again, which cannot show them again.
        Err(problem) if problem.code == Code::Stale && by.has_second_step().await? => {
            Ok(see_other("/account?done=phone-was-on"))
        }
        Err(problem) => Err(problem),
    }
}

/// Other recovery codes.
pub async fn renew_codes(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    if let Some(page) = unproved(&by, &form, "password").await? {
        return Ok(page);
    }
    Ok(codes(&by, by.renew_codes().await?))
}

/// Turns the second step off.
pub async fn stop_phone(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let form = by.form(payload).await?;
    if let Some(page) = unproved(&by, &form, "password").await? {
        return Ok(page);
    }
    by.forget_phone().await?;
    Ok(done("phone-off"))
}

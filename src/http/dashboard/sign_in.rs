//! Signing in, in one step or two, and out.

use std::time::Duration;

use actix_web::cookie::Cookie;
use actix_web::http::header::RETRY_AFTER;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use askama::Template;

use super::signed_in::SignedIn;
use crate::http::door::{Came, Entrance};
use crate::http::input::{self, Query};
use crate::http::language::Language;
use crate::http::page::{CodePage, Place, SignInPage};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{html, see_other};
use crate::messages::Messages;

/// A page that a mail's link leads to: `/decide/` and its token.
fn is_mailed(next: &str) -> bool {
    let token = next.strip_prefix("/decide/");
    let of_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    token.is_some_and(|token| !token.is_empty() && token.chars().all(of_token))
}

/// A page of the dashboard; anything else leads to the queue.
fn local(next: Option<String>) -> String {
    let ours = |next: &String| {
        (Place::of(next).is_some() || is_mailed(next)) && !next.contains(['\\', '\r', '\n'])
    };
    next.filter(ours).unwrap_or_else(|| "/queue".to_owned())
}

/// The path of the second step, with the way on.
fn second_step(next: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", next);
    format!("/sign-in/code?{}", query.finish())
}

/// How long to wait, in words. Rounded up: who waits as long as told may try again.
pub(super) fn wait_told(t: Messages, id: &str, wait: Duration) -> String {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    if seconds <= 90 {
        t.with(&format!("{id}-seconds"), &[("count", seconds.into())])
    } else {
        let minutes = seconds.div_ceil(60);
        t.with(&format!("{id}-minutes"), &[("count", minutes.into())])
    }
}

/// An answer that says when to come back (RFC 9110, 10.2.3).
fn too_many(wait: Duration) -> HttpResponseBuilder {
    let mut answer = HttpResponse::TooManyRequests();
    answer.insert_header((RETRY_AFTER, wait.as_secs() + 1));
    answer
}

fn with_cookies(
    mut response: HttpResponse,
    cookies: Vec<Cookie<'static>>,
) -> Result<HttpResponse, Problem> {
    for cookie in cookies {
        response
            .add_cookie(&cookie)
            .map_err(|_| Problem::new(Code::Internal))?;
    }
    Ok(response)
}

/// The page.
pub async fn show(language: Language, request: HttpRequest) -> HttpResponse {
    let mut query = Query::of(&request);
    let done = query.text("done");
    let notice = done.and_then(|done| match done.as_str() {
        "password" => Some(language.0.get("sign-in-done-password")),
        "joined" => Some(language.0.get("sign-in-done-joined")),
        "nothing" => Some(language.0.get("sign-in-done-nothing")),
        _ => None,
    });
    let page = SignInPage {
        t: language.0,
        notice,
        error: None,
        email: String::new(),
        next: local(query.text("next")),
    };
    html(HttpResponse::Ok(), page.render())
}

/// The page's button.
pub async fn sign_in(
    entrance: Entrance,
    language: Language,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = input::Fields::read(payload).await?;
    let (email, next) = (form.text("email").to_owned(), local(form.some("next")));
    let came = entrance
        .sign_in(&email, form.text("password").to_owned())
        .await?;
    let (status, error) = match came {
        Came::In(cookies) => return with_cookies(see_other(&next), cookies),
        Came::HalfWay(cookies) => return with_cookies(see_other(&second_step(&next)), cookies),
        Came::Nowhere | Came::Back => (
            HttpResponse::Unauthorized(),
            language.0.get("sign-in-failed"),
        ),
        Came::Later(wait) => (too_many(wait), wait_told(language.0, "sign-in-wait", wait)),
    };
    let page = SignInPage {
        t: language.0,
        notice: None,
        error: Some(error),
        email,
        next,
    };
    Ok(html(status, page.render()))
}

/// The page of the second step.
pub async fn show_code(
    entrance: Entrance,
    language: Language,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !entrance.is_half_way().await? {
        return Ok(see_other("/sign-in"));
    }
    let page = CodePage {
        t: language.0,
        error: None,
        next: local(Query::of(&request).text("next")),
    };
    Ok(html(HttpResponse::Ok(), page.render()))
}

/// What is said of a code that is none. Who types letters has a recovery code, and perhaps no phone to wait for.
fn wrong(code: &str) -> &'static str {
    if code.contains(|c: char| c.is_ascii_alphabetic()) {
        "code-wrong-recovery"
    } else {
        "code-wrong"
    }
}

/// Its button.
pub async fn give_code(
    entrance: Entrance,
    language: Language,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = input::Fields::read(payload).await?;
    let next = local(form.some("next"));
    let (status, error) = match entrance.second_step(form.text("code")).await? {
        Came::In(cookies) => return with_cookies(see_other(&next), cookies),
        Came::Back | Came::HalfWay(_) => return Ok(see_other("/sign-in")),
        Came::Nowhere => {
            let told = language.0.get(wrong(form.text("code")));
            (HttpResponse::Unauthorized(), told)
        }
        Came::Later(wait) => (too_many(wait), wait_told(language.0, "code-wait", wait)),
    };
    let page = CodePage {
        t: language.0,
        error: Some(error),
        next,
    };
    Ok(html(status, page.render()))
}

/// The button that ends the session.
pub async fn sign_out(
    by: SignedIn,
    entrance: Entrance,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    by.form(payload).await?;
    by.sign_out().await?;
    with_cookies(see_other("/sign-in"), vec![entrance.farewell()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Locale;

    #[test]
    fn only_pages_of_the_dashboard_come_after_signing_in() {
        let after = |next: &str| local(Some(next.to_owned()));
        for ours in [
            "/queue",
            "/queue?lane=look",
            "/queue?comment=7&x=1",
            "/account/phone",
            "/members",
            "/decide/aB3-_x",
        ] {
            assert_eq!(after(ours), ours);
        }
        for bad in [
            "",
            "/",
            "/queuex",
            "/queue\r\nx: y",
            "//khac.example",
            "/\\khac.example",
            "/queue/\\khac.example",
            "https://khac.example/queue",
            "/sign-out",
            "/decide/",
            "/decide/x/../../sign-out",
            "/decide/x?done",
        ] {
            assert_eq!(after(bad), "/queue", "{bad:?}");
        }
        assert_eq!(local(None), "/queue");
    }

    #[test]
    fn a_wait_is_rounded_up() {
        let t = Messages::of(Locale::En);
        let told = |millis| wait_told(t, "code-wait", Duration::from_millis(millis));
        assert!(told(15_000).contains("15 seconds") && told(15_001).contains("16 seconds"));
        assert!(told(900).contains("1 second,"));
        assert!(told(91_000).contains("2 minutes") && told(900_000).contains("15 minutes"));
    }
}

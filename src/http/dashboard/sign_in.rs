//! Signing in and out.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;

use super::signed_in::SignedIn;
use crate::http::door::Entrance;
use crate::http::input::{self, Query};
use crate::http::language::Language;
use crate::http::page::SignInPage;
use crate::http::problem::{Code, Problem};
use crate::http::respond::{html, see_other};

/// A path of ours; anything else leads to the queue.
fn local(next: Option<String>) -> String {
    let ours = |next: &String| next.starts_with("/queue") && !next.contains(['\\', '\r', '\n']);
    next.filter(ours).unwrap_or_else(|| "/queue".to_owned())
}

/// The page.
#[get("/sign-in")]
pub async fn show(language: Language, request: HttpRequest) -> HttpResponse {
    let next = local(Query::of(&request).text("next"));
    let page = SignInPage {
        t: language.0,
        error: None,
        email: String::new(),
        csrf: String::new(),
        next,
    };
    html(HttpResponse::Ok(), page.render())
}

/// The page's button.
#[post("/sign-in")]
pub async fn sign_in(
    entrance: Entrance,
    language: Language,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let pairs = input::pairs(&input::body(payload, input::Ceiling::Form).await?);
    let field = |name: &str| {
        pairs
            .iter()
            .find(|(is, _)| is == name)
            .map(|(_, value)| value.clone())
    };
    let (email, next) = (field("email").unwrap_or_default(), local(field("next")));
    let cookie = entrance
        .sign_in(&email, field("password").unwrap_or_default())
        .await?;
    let Some(cookie) = cookie else {
        let error = Some(language.0.get("sign-in-failed"));
        let page = SignInPage {
            t: language.0,
            error,
            email,
            csrf: String::new(),
            next,
        };
        return Ok(html(HttpResponse::Unauthorized(), page.render()));
    };
    let mut response = see_other(&next);
    response
        .add_cookie(&cookie)
        .map_err(|_| Problem::new(Code::Internal))?;
    Ok(response)
}

/// The button that ends the session.
#[post("/sign-out")]
pub async fn sign_out(
    by: SignedIn,
    entrance: Entrance,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    by.form(payload).await?;
    by.sign_out().await?;
    let mut response = see_other("/sign-in");
    response
        .add_cookie(&entrance.farewell())
        .map_err(|_| Problem::new(Code::Internal))?;
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_the_queue_comes_after_signing_in() {
        let after = |next: &str| local(Some(next.to_owned()));
        assert_eq!(after("/queue?lane=look"), "/queue?lane=look");
        for elsewhere in [
            "https://evil.vn",
            "//evil.vn",
            "/\\evil.vn",
            "/sign-out",
            "",
        ] {
            assert_eq!(after(elsewhere), "/queue", "{elsewhere}");
        }
    }
}

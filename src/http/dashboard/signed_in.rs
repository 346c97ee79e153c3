//! Who looks at a page of the dashboard; who is not signed in is led to where one does, and back.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::Method;
use actix_web::web;
use actix_web::{Error, FromRequest, HttpRequest};

use crate::http::door::{Administering, Moderating};
use crate::http::input;
use crate::http::language;
use crate::http::page::{Desk, Place};
use crate::http::problem::{Code, Problem};
use crate::http::respond::see_other;
use crate::messages::Messages;
use crate::store::SendingTrouble;

/// A member of the paper at a page of the dashboard.
pub struct SignedIn {
    by: Moderating,
    /// Their language.
    pub t: Messages,
    /// What keeps things from leaving.
    sending: SendingTrouble,
    /// Webhooks that stopped by themselves.
    stopped_hooks: Vec<(String, String)>,
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let by = Moderating::from_request(request, payload);
        let t = Messages::of(language::of(request.headers()));
        let sign_in = sign_in(request);
        let is_page = request.method() == Method::GET;
        Box::pin(async move {
            match by.await {
                Ok(by) => {
                    let own = by.moderator().locale;
                    let t = own.map_or(t, Messages::of);
                    // A page that is there is not kept from anybody for want of the banner above it.
                    let (mut sending, mut stopped_hooks) = (SendingTrouble::default(), Vec::new());
                    if is_page {
                        sending = by.sending_trouble().await.unwrap_or_default();
                        stopped_hooks = by.stopped_hooks().await.unwrap_or_default();
                    }
                    Ok(Self {
                        by,
                        t,
                        sending,
                        stopped_hooks,
                    })
                }
                Err(problem) if problem.code == Code::Unauthorised => {
                    Err(InternalError::from_response("not signed in", see_other(&sign_in)).into())
                }
                Err(problem) => Err(problem.into()),
            }
        })
    }
}

/// Where to sign in, with the way back.
fn sign_in(request: &HttpRequest) -> String {
    let here = request.uri().path_and_query().map(ToString::to_string);
    // A form cannot be sent again by following a link: after signing in, its page is where to go on. That of a mail stands on a page of
    // the same address.
    let is_mails = request.match_pattern().as_deref() == Some("/decide/{token}");
    let is_page = request.method() == Method::GET || is_mails;
    let back = here.filter(|_| is_page);
    let place = Place::of(request.path()).map_or("/queue", Place::path);
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", back.as_deref().unwrap_or(place));
    // Who wants to be out is.
    if !is_page && request.path() != "/sign-out" {
        query.append_pair("done", "nothing");
    }
    format!("/sign-in?{}", query.finish())
}

impl Deref for SignedIn {
    type Target = Moderating;

    fn deref(&self) -> &Moderating {
        &self.by
    }
}

impl SignedIn {
    /// The same as an admin, where they are one.
    pub fn administering(&self) -> Result<Administering, Problem> {
        self.by.clone().administering()
    }

    /// The frame around a page.
    pub fn desk(&self, place: Place) -> Desk {
        Desk {
            moderator: self.moderator().name.clone(),
            role: self.moderator().role,
            has_sections_alone: self.has_sections_alone(),
            csrf: self.form_token(),
            place,
            sending: self.sending.clone(),
            stopped_hooks: self.stopped_hooks.clone(),
            stopped_models: self.stopped_models(),
        }
    }

    /// The fields of a form that stood on a page of this session.
    pub async fn form(&self, payload: web::Payload) -> Result<Form, Problem> {
        self.form_of(payload, input::Ceiling::Form).await
    }

    /// The same, of a form with a text of some length.
    pub async fn form_of(
        &self,
        payload: web::Payload,
        ceiling: input::Ceiling,
    ) -> Result<Form, Problem> {
        let form = Form(input::pairs(&input::body(payload, ceiling).await?));
        self.check_form_token(form.text("csrf"))?;
        Ok(form)
    }
}

/// A form's fields, once it proved to be a form of this session.
pub struct Form(Vec<(String, String)>);

impl Form {
    /// The first field of that name; nothing where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every field of that name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(is, _)| is == name)
            .map(|(_, value)| value.as_str())
    }

    /// The field of that name, read; what cannot be read is told.
    pub fn field<T: std::str::FromStr>(&self, name: &str) -> Result<T, Problem> {
        self.text(name)
            .parse()
            .map_err(|_| Problem::field(name, "field-type"))
    }
}

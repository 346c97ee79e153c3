//! Who is told what happens to a site's comments.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use uuid::Uuid;

use super::brief::{choices, chosen, told};
use super::signed_in::{Form, SignedIn};
use crate::clock;
use crate::domain::{Endpoint, EndpointId, EndpointState, HookEvent, Role, StopReason};
use crate::http::door::{Editing, Hooking, NewHook, NewSecret};
use crate::http::input::Query;
use crate::http::page::{
    Place, WebhookForm, WebhookNotice, WebhookSecretPage, WebhookView, WebhooksPage, webhooks,
};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, see_other};

pub(super) fn view(endpoint: Endpoint) -> WebhookView {
    let is_active = endpoint.state == EndpointState::Active;
    WebhookView {
        id: endpoint.id,
        url: endpoint.url,
        events: endpoint.events,
        with_text: endpoint.with_text,
        stopped: (!is_active).then(|| endpoint.reason.unwrap_or(StopReason::ByHand)),
        created_by: endpoint.created_by,
        created_at: endpoint.created_at,
        since: endpoint.since,
        succeeded_at: endpoint.succeeded_at,
        failing_since: endpoint.failing_since,
        old_until: endpoint.old_secret.map(|(_, until)| until),
    }
}

pub(super) fn may_change(by: &SignedIn) -> bool {
    by.moderator().role == Role::Admin
}

async fn page(
    by: &SignedIn,
    editing: &Editing,
    form: WebhookForm,
    notice: Option<WebhookNotice>,
) -> Result<WebhooksPage, Problem> {
    Ok(WebhooksPage {
        t: by.t,
        desk: by.desk(Place::Webhooks),
        now: clock::now(),
        sites: choices(by),
        site: editing.site_key().to_owned(),
        may_change: may_change(by),
        form,
        new_id: EndpointId(Uuid::now_v7()),
        hooks: editing.endpoints().await?.into_iter().map(view).collect(),
        notice,
    })
}

/// The page.
pub async fn list(by: SignedIn, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let editing = by.editing(&chosen(&by, query.text("site")))?;
    let notice = query.read("notice").unwrap_or_default();
    let page = page(&by, &editing, WebhookForm::empty(), notice).await?;
    Ok(desk(HttpResponse::Ok(), page.render()))
}

/// Whose form it is, and what was typed.
pub(super) async fn admin(by: &SignedIn, payload: Payload) -> Result<(Hooking, Form), Problem> {
    let fields = by.form(payload).await?;
    let hooking = by.editing(fields.text("site"))?.hooking()?;
    Ok((hooking, fields))
}

pub(super) fn typed(fields: &Form) -> WebhookForm {
    let events = fields.all("events");
    WebhookForm {
        url: fields.text("url").to_owned(),
        events: events
            .filter_map(|event| event.parse().ok())
            .collect::<Vec<HookEvent>>(),
        with_text: fields.text("with_text") == "1",
        seen: fields.text("seen").to_owned(),
        errors: Vec::new(),
    }
}

/// Another page shows a new secret: what is loaded again there makes no other.
pub(super) fn led_to_secret(by: &SignedIn, site: &str, new: &NewSecret) -> HttpResponse {
    let pass = by.pass_to(&new.secret);
    see_other(&webhooks::secret_address(site, new.endpoint.id, &pass))
}

/// That page.
pub(super) fn secret(by: &SignedIn, site: &str, new: NewSecret) -> HttpResponse {
    let page = WebhookSecretPage {
        t: by.t,
        desk: by.desk(Place::Webhooks),
        now: clock::now(),
        site: site.to_owned(),
        id: new.endpoint.id,
        url: new.endpoint.url,
        secret: new.secret,
        old_until: new.old_until,
    };
    desk(HttpResponse::Ok(), page.render())
}

/// The form for a new one, which leads to where its secret is shown.
pub async fn add(by: SignedIn, payload: Payload) -> Result<HttpResponse, Problem> {
    let (hooking, fields) = admin(&by, payload).await?;
    let mut form = typed(&fields);
    let new = NewHook {
        id: fields.text("id").parse().ok(),
        url: form.url.clone(),
        events: form.events.clone(),
        with_text: form.with_text,
    };
    match hooking.add(new).await {
        Ok(new) => Ok(led_to_secret(&by, hooking.seeing().site_key(), &new)),
        Err(problem) if problem.code == Code::Stale => {
            let notice = [("notice", WebhookNotice::Known.as_str())];
            let site = hooking.seeing().site_key();
            Ok(see_other(&webhooks::address(site, None, &notice)))
        }
        Err(problem) if problem.code == Code::InvalidFields => {
            form.errors = told(&problem, by.t);
            let page = page(&by, hooking.seeing(), form, None).await?;
            Ok(desk(HttpResponse::UnprocessableEntity(), page.render()))
        }
        Err(problem) => Err(problem),
    }
}

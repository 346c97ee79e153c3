//! One of those who are told what happens, and what it was told.

use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::brief::{ROWS, chosen, told};
use super::signed_in::SignedIn;
use super::webhooks::{admin, led_to_secret, may_change, secret, typed, view};
use crate::clock;
use crate::domain::{Delivery, EndpointId};
use crate::http::door::{Editing, HookChange, Hooking, endpoint_mark};
use crate::http::input::Query;
use crate::http::page::webhooks::address;
use crate::http::page::{DeliveryView, Place, WebhookForm, WebhookNotice, WebhookPage};
use crate::http::problem::{Code, Problem};
use crate::http::respond::{desk, see_other};
use crate::messages::Messages;
use crate::store::DeliverAgain;

fn row(delivery: Delivery, t: Messages) -> DeliveryView {
    DeliveryView {
        said: t.said_of(&delivery),
        id: delivery.id,
        kind: delivery.kind,
        comment: delivery.comment,
        revision: delivery.revision,
        happened_at: delivery.happened_at,
        state: delivery.state,
        attempts: delivery.attempts,
        tried_at: delivery.tried_at,
        due_at: delivery.due_at,
        answer: delivery.answer,
    }
}

async fn one(
    by: &SignedIn,
    editing: &Editing,
    id: EndpointId,
    form: Option<WebhookForm>,
    query: Option<Query>,
) -> Result<WebhookPage, Problem> {
    let endpoint = editing.endpoint(id).await?;
    let secret_seen = by.name_of(&endpoint.secret);
    let seen = endpoint_mark(&endpoint);
    let hook = view(endpoint);
    let mut query = query;
    let mut after = None;
    let mut notice = None;
    if let Some(query) = &mut query {
        after = query.read("after").unwrap_or_default();
        notice = query.read("notice").unwrap_or_default();
    }
    let mut deliveries = editing.deliveries(id, after, ROWS + 1).await?;
    let more = deliveries.len() > ROWS;
    deliveries.truncate(ROWS);
    let site = editing.site_key();
    let last = deliveries.last().filter(|_| more);
    let next = last.map(|last| address(site, Some(id), &[("after", &last.id.to_string())]));
    let form = form.unwrap_or_else(|| WebhookForm {
        url: hook.url.clone(),
        events: hook.events.clone(),
        with_text: hook.with_text,
        seen,
        errors: Vec::new(),
    });
    Ok(WebhookPage {
        t: by.t,
        desk: by.desk(Place::Webhooks),
        now: clock::now(),
        site: site.to_owned(),
        may_change: may_change(by),
        secret_seen,
        hook,
        form,
        deliveries: deliveries
            .into_iter()
            .map(|delivery| row(delivery, by.t))
            .collect(),
        notice,
        next,
        is_first: after.is_none(),
    })
}

/// One webhook and what it was told.
pub async fn show(
    by: SignedIn,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let editing = by.editing(&chosen(&by, query.text("site")))?;
    let page = one(&by, &editing, id(&path)?, None, Some(query)).await?;
    Ok(desk(HttpResponse::Ok(), page.render()))
}

fn id(path: &str) -> Result<EndpointId, Problem> {
    path.parse().map_err(|_| Problem::new(Code::NotFound))
}

fn back(hooking: &Hooking, id: Option<EndpointId>, notice: WebhookNotice) -> HttpResponse {
    let site = hooking.seeing().site_key();
    see_other(&address(site, id, &[("notice", notice.as_str())]))
}

/// The form of one.
pub async fn change(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let (hooking, fields) = admin(&by, payload).await?;
    let (id, mut form) = (id(&path)?, typed(&fields));
    let wanted = HookChange {
        url: Some(form.url.clone()),
        events: Some(form.events.clone()),
        with_text: Some(form.with_text),
        is_active: None,
        seen: Some(form.seen.clone()).filter(|seen| !seen.is_empty()),
    };
    match hooking.change(id, wanted).await {
        Ok(_) => Ok(back(&hooking, Some(id), WebhookNotice::Saved)),
        Err(problem) if problem.code == Code::InvalidFields => {
            form.errors = told(&problem, by.t);
            let page = one(&by, hooking.seeing(), id, Some(form), None).await?;
            Ok(desk(HttpResponse::UnprocessableEntity(), page.render()))
        }
        // What they typed stays, and counts once they have been told.
        Err(problem) if matches!(problem.code, Code::Stale | Code::Conflict) => {
            form.seen = endpoint_mark(&hooking.seeing().endpoint(id).await?);
            let mut page = one(&by, hooking.seeing(), id, Some(form), None).await?;
            page.notice = Some(WebhookNotice::Stale);
            Ok(desk(HttpResponse::Conflict(), page.render()))
        }
        Err(problem) => Err(problem),
    }
}

/// Switches one on or off.
pub async fn switch(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let (hooking, fields) = admin(&by, payload).await?;
    let (id, is_active) = (id(&path)?, fields.text("active") == "1");
    let wanted = HookChange {
        is_active: Some(is_active),
        ..HookChange::default()
    };
    hooking.change(id, wanted).await?;
    let notice = if is_active {
        WebhookNotice::On
    } else {
        WebhookNotice::Off
    };
    Ok(back(&hooking, Some(id), notice))
}

/// Another secret, and the way to where it is shown.
pub async fn renew_secret(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let (hooking, fields) = admin(&by, payload).await?;
    let id = id(&path)?;
    let seen = Some(fields.text("seen")).filter(|seen| !seen.is_empty());
    match hooking.renew_secret(id, seen).await {
        Ok(new) => Ok(led_to_secret(&by, hooking.seeing().site_key(), &new)),
        Err(problem) if matches!(problem.code, Code::Stale | Code::Conflict) => {
            Ok(back(&hooking, Some(id), WebhookNotice::SecretChanged))
        }
        Err(problem) => Err(problem),
    }
}

/// The secret, to whoever has just made it.
pub async fn show_secret(
    by: SignedIn,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::of(&request);
    let site = chosen(&by, query.text("site"));
    let hooking = by.editing(&site)?.hooking()?;
    let (id, pass) = (id(&path)?, query.text("pass").unwrap_or_default());
    Ok(match hooking.shown_secret(id, &pass).await? {
        Some(shown) => secret(&by, hooking.seeing().site_key(), shown),
        None => back(&hooking, Some(id), WebhookNotice::SecretGone),
    })
}

/// Tries one.
pub async fn test(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let (hooking, _) = admin(&by, payload).await?;
    let id = id(&path)?;
    let notice = match hooking.test(id).await {
        Ok(_) => WebhookNotice::Tested,
        Err(problem) if problem.code == Code::WebhookOff => WebhookNotice::NotTested,
        Err(problem) => return Err(problem),
    };
    Ok(back(&hooking, Some(id), notice))
}

/// Takes one away.
pub async fn remove(
    by: SignedIn,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let (hooking, _) = admin(&by, payload).await?;
    hooking.remove(id(&path)?).await?;
    Ok(back(&hooking, None, WebhookNotice::Removed))
}

/// Sends a delivery again.
pub async fn again(
    by: SignedIn,
    path: Path<(String, String)>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let (hooking, _) = admin(&by, payload).await?;
    let id = id(&path.0)?;
    let delivery = path.1.parse().map_err(|_| Problem::new(Code::NotFound))?;
    let notice = match hooking.again(id, delivery).await {
        Ok(DeliverAgain::Due) => WebhookNotice::Again,
        Ok(DeliverAgain::After(_)) => WebhookNotice::AgainAfter,
        Err(problem) if problem.code == Code::WebhookOff => WebhookNotice::NotAgain,
        Err(problem) => return Err(problem),
    };
    Ok(back(&hooking, Some(id), notice))
}

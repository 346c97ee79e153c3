//! Webhooks, with hostile values in every field.

use askama::Template;
use uuid::Uuid;

use super::super::*;
use super::lists::sites;
use super::sample::{HOSTILE_BODY, HOSTILE_NAME, at, desk, id};
use crate::domain::{
    CommentId, DeliveryId, DeliveryState, EndpointId, HookEvent, Instant, Role, StopReason,
};
use crate::messages::Messages;

const NOW: &str = "2026-11-23T07:03:30Z";

fn hook(number: u128, stopped: Option<StopReason>) -> WebhookView {
    WebhookView {
        id: EndpointId(Uuid::from_u128(number)),
        url: format!("https://cms.bao.example/{HOSTILE_NAME}"),
        events: vec![HookEvent::Approved, HookEvent::Spam],
        with_text: stopped.is_some(),
        stopped,
        created_by: HOSTILE_NAME.to_owned(),
        created_at: at("2026-11-22T06:00:00Z"),
        since: at("2026-11-22T06:00:00Z"),
        succeeded_at: Some(at("2026-11-23T06:00:00Z")),
        failing_since: None,
        old_until: Some(at("2026-11-25T06:00:00Z")),
    }
}

fn delivery(number: u128, state: DeliveryState, attempts: i32) -> DeliveryView {
    let due: Option<Instant> = match state {
        DeliveryState::Waiting => Some(at("2026-11-23T09:00:00Z")),
        DeliveryState::Delivered | DeliveryState::GivenUp => None,
    };
    let is_test = number == 1;
    DeliveryView {
        id: DeliveryId(id(number)),
        kind: if is_test {
            "endpoint.test"
        } else {
            "comment.approved"
        }
        .to_owned(),
        comment: (!is_test).then(|| CommentId(id(number))),
        revision: 2,
        happened_at: at("2026-11-23T06:00:00Z"),
        state,
        attempts,
        tried_at: (attempts > 0).then(|| at("2026-11-23T06:00:05Z")),
        due_at: due,
        answer: (attempts > 0).then_some(500),
        said: (attempts > 0).then(|| HOSTILE_BODY.to_owned()),
    }
}

fn webhooks(t: Messages) -> WebhooksPage {
    let mut desk = desk(Place::Webhooks, Role::Admin);
    desk.stopped_hooks = vec![("bao".to_owned(), format!("https://x/{HOSTILE_NAME}"))];
    let failing = WebhookView {
        failing_since: Some(at("2026-11-23T05:00:00Z")),
        ..hook(2, None)
    };
    WebhooksPage {
        t,
        desk,
        now: at(NOW),
        sites: sites(),
        site: "bao".to_owned(),
        may_change: true,
        form: WebhookForm {
            url: HOSTILE_NAME.to_owned(),
            events: vec![HookEvent::Held],
            with_text: true,
            seen: String::new(),
            errors: vec![
                FieldError {
                    field: "url".to_owned(),
                    message: t.get("target-forbidden"),
                },
                FieldError {
                    field: "events".to_owned(),
                    message: t.get("webhook-events"),
                },
            ],
        },
        new_id: EndpointId(Uuid::from_u128(9)),
        hooks: vec![hook(1, None), failing, hook(3, Some(StopReason::Gone))],
        notice: Some(WebhookNotice::Removed),
    }
}

fn no_webhooks(t: Messages) -> WebhooksPage {
    WebhooksPage {
        desk: desk(Place::Webhooks, Role::Editor),
        may_change: false,
        form: WebhookForm::empty(),
        hooks: Vec::new(),
        notice: None,
        ..webhooks(t)
    }
}

fn webhook(t: Messages) -> WebhookPage {
    let hook = hook(1, None);
    WebhookPage {
        t,
        desk: desk(Place::Webhooks, Role::Admin),
        now: at(NOW),
        site: "bao".to_owned(),
        may_change: true,
        form: WebhookForm {
            url: hook.url.clone(),
            events: hook.events.clone(),
            with_text: hook.with_text,
            seen: String::new(),
            errors: Vec::new(),
        },
        secret_seen: "5d41402abc4b2a76".to_owned(),
        hook,
        deliveries: vec![
            delivery(1, DeliveryState::Delivered, 1),
            delivery(2, DeliveryState::Waiting, 2),
            delivery(3, DeliveryState::Waiting, 0),
            delivery(4, DeliveryState::GivenUp, 10),
        ],
        notice: Some(WebhookNotice::Tested),
        next: Some("/webhooks/1?site=bao&after=2".to_owned()),
        is_first: true,
    }
}

fn stopped_webhook(t: Messages) -> WebhookPage {
    WebhookPage {
        desk: desk(Place::Webhooks, Role::Editor),
        may_change: false,
        hook: WebhookView {
            created_by: crate::domain::Actor::Operator.name().to_owned(),
            ..hook(1, Some(StopReason::Failing))
        },
        deliveries: vec![
            delivery(2, DeliveryState::Waiting, 2),
            delivery(3, DeliveryState::Waiting, 0),
        ],
        notice: None,
        next: None,
        is_first: false,
        ..webhook(t)
    }
}

fn secret(t: Messages) -> WebhookSecretPage {
    WebhookSecretPage {
        t,
        desk: desk(Place::Webhooks, Role::Admin),
        now: at(NOW),
        site: "bao".to_owned(),
        id: EndpointId(Uuid::from_u128(1)),
        url: format!("https://cms.bao.example/{HOSTILE_NAME}"),
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
        old_until: Some(at("2026-11-25T06:00:00Z")),
    }
}

pub fn pages(t: Messages) -> Vec<(&'static str, askama::Result<String>)> {
    vec![
        ("webhooks", webhooks(t).render()),
        ("webhooks_none", no_webhooks(t).render()),
        ("webhook", webhook(t).render()),
        ("webhook_stopped", stopped_webhook(t).render()),
        ("webhook_secret", secret(t).render()),
    ]
}

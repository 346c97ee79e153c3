//! What is said of webhooks and their deliveries, and what may be asked for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{
    CommentId, Delivery, DeliveryId, DeliveryState, Endpoint, EndpointId, EndpointState, HookEvent,
    Instant, Status, StopReason,
};
use crate::http::door::NewSecret;
use crate::messages::Messages;

/// An address that is told what happens.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookBody {
    /// Which one.
    id: EndpointId,
    /// Where.
    #[schema(example = "https://cms.bao.example/duyet")]
    url: String,
    /// What it is told of.
    events: Vec<HookEvent>,
    /// Whether it is told readers' names and texts.
    with_text: bool,
    /// `active` or `disabled`.
    state: EndpointState,
    /// Why it is told nothing: `by_hand`, `gone` (it answered 410), `failing` (it took nothing for three days).
    reason: Option<StopReason>,
    /// Until when the secret before signs too.
    old_secret_until: Option<Instant>,
    /// Who added it.
    #[schema(example = "Lan")]
    created_by: String,
    /// When.
    created_at: Instant,
    /// When it took something last, to the minute.
    succeeded_at: Option<Instant>,
    /// Since when it has taken nothing.
    failing_since: Option<Instant>,
}

impl From<Endpoint> for WebhookBody {
    fn from(endpoint: Endpoint) -> Self {
        Self {
            id: endpoint.id,
            url: endpoint.url,
            events: endpoint.events,
            with_text: endpoint.with_text,
            state: endpoint.state,
            reason: endpoint.reason,
            old_secret_until: endpoint.old_secret.map(|(_, until)| until),
            created_by: endpoint.created_by,
            created_at: endpoint.created_at,
            succeeded_at: endpoint.succeeded_at,
            failing_since: endpoint.failing_since,
        }
    }
}

/// Webhooks, in the order they were added.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookList {
    /// The webhooks.
    pub(super) webhooks: Vec<WebhookBody>,
}

/// A webhook to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookRequest {
    /// Where: `https://`, on a machine that is public. `http://` and others only within the networks that whoever runs the service allows.
    #[schema(example = "https://cms.bao.example/duyet")]
    pub(super) url: String,
    /// What it is told of; at least one.
    pub(super) events: Vec<HookEvent>,
    /// Whether it is told readers' names and texts.
    #[serde(default)]
    pub(super) with_text: bool,
}

/// What of a webhook is to be another; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookChangeRequest {
    /// Where.
    #[serde(default)]
    pub(super) url: Option<String>,
    /// What it is told of.
    #[serde(default)]
    pub(super) events: Option<Vec<HookEvent>>,
    /// Whether it is told readers' names and texts.
    #[serde(default)]
    pub(super) with_text: Option<bool>,
    /// Switched on (`true`) or off. Switched on again it is told what happens from then on, and what still waited for it.
    #[serde(default)]
    pub(super) active: Option<bool>,
}

/// A webhook with its secret, which is told here and never again.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookWithSecret {
    /// The webhook.
    webhook: WebhookBody,
    /// Signs what it is told (Standard Webhooks).
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
}

impl From<NewSecret> for WebhookWithSecret {
    fn from(new: NewSecret) -> Self {
        Self {
            webhook: new.endpoint.into(),
            secret: new.secret,
        }
    }
}

/// One thing that a webhook was told, or is to be told.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryBody {
    /// Which one. `webhook-id` is `msg_` and this without its dashes.
    id: DeliveryId,
    /// A comment's event, or `endpoint.test`.
    #[schema(example = "comment.approved")]
    event: String,
    /// The comment.
    comment: Option<CommentId>,
    /// Its revision from then on.
    revision: i32,
    /// Where it stood from then on.
    status: Option<Status>,
    /// When that happened.
    happened_at: Instant,
    /// What became of the delivery.
    state: DeliveryState,
    /// How often it was tried.
    attempts: i32,
    /// When it was tried last.
    tried_at: Option<Instant>,
    /// When it is tried next.
    due_at: Option<Instant>,
    /// The HTTP status of the last answer; none where nobody answered. Where it leads to another address nobody is followed.
    answer: Option<i32>,
    /// What was answered; or why there was no answer, in the language of `Accept-Language`.
    said: Option<String>,
}

impl DeliveryBody {
    /// A delivery, and what was said in that language.
    pub(super) fn told(delivery: Delivery, t: Messages) -> Self {
        Self {
            said: t.said_of(&delivery),
            id: delivery.id,
            event: delivery.kind,
            comment: delivery.comment,
            revision: delivery.revision,
            status: delivery.status,
            happened_at: delivery.happened_at,
            state: delivery.state,
            attempts: delivery.attempts,
            tried_at: delivery.tried_at,
            due_at: delivery.due_at,
            answer: delivery.answer,
        }
    }
}

/// Deliveries, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryPage {
    /// The deliveries. They are kept for thirty days.
    pub(super) deliveries: Vec<DeliveryBody>,
    /// Give this as `after` to go on; none where this is the end.
    pub(super) next: Option<DeliveryId>,
}

/// That a delivery goes out after another.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryWaits {
    /// The earlier delivery about the same comment, which is sent first.
    pub(super) waits_for: DeliveryId,
}

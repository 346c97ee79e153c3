//! A webhook, its form and its deliveries, in words.

use crate::domain::{
    CommentId, DeliveryId, DeliveryState, EndpointId, HookEvent, Instant, StopReason, TEST_EVENT,
};
use crate::http::page::form::FieldError;
use crate::messages::Messages;

/// The form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookForm {
    /// What was typed.
    pub url: String,
    /// What was ticked.
    pub events: Vec<HookEvent>,
    /// Whether names and texts are told.
    pub with_text: bool,
    /// Names what it was when this form was shown; nothing of a new one.
    pub seen: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl WebhookForm {
    /// An empty one, with what most receivers need.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            url: String::new(),
            events: HookEvent::ALL.to_vec(),
            with_text: false,
            seen: String::new(),
            errors: Vec::new(),
        }
    }

    pub(super) fn choices(&self, t: Messages) -> Vec<(HookEvent, String, bool)> {
        let all = HookEvent::ALL.iter().copied();
        all.map(|event| {
            (
                event,
                event_name(t, event.as_str()),
                self.events.contains(&event),
            )
        })
        .collect()
    }

    pub(super) fn error(&self, field: &str) -> Option<&str> {
        let mut errors = self.errors.iter();
        let error = errors.find(|error| error.field == field);
        error.map(|error| error.message.as_str())
    }
}

/// What an event is called for people.
fn event_name(t: Messages, event: &str) -> String {
    let id = format!("webhook-event-{}", event.replace('.', "-"));
    if t.has(&id) {
        t.get(&id)
    } else {
        event.to_owned()
    }
}

/// A webhook as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookView {
    /// Which one.
    pub id: EndpointId,
    /// Where.
    pub url: String,
    /// What it is told of.
    pub events: Vec<HookEvent>,
    /// Whether it is told names and texts.
    pub with_text: bool,
    /// Why it is told nothing; nothing where it is.
    pub stopped: Option<StopReason>,
    /// Who added it.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
    /// It is told what happened from then on.
    pub since: Instant,
    /// When it took something last.
    pub succeeded_at: Option<Instant>,
    /// Since when it has taken nothing.
    pub failing_since: Option<Instant>,
    /// Until when the secret before signs too.
    pub old_until: Option<Instant>,
}

impl WebhookView {
    pub(super) fn standing(&self, t: Messages, now: Instant) -> String {
        match (self.stopped, self.failing_since, self.succeeded_at) {
            (Some(reason), ..) => t.get(&format!(
                "webhook-stopped-{}",
                reason.as_str().replace('_', "-")
            )),
            (None, Some(since), _) => t.with(
                "webhook-failing",
                &[("when", t.when_near(since, now).into())],
            ),
            (None, None, Some(at)) if at >= self.since => {
                t.with("webhook-took", &[("when", t.when_near(at, now).into())])
            }
            // What it took, or did not, was before somebody switched it off and on.
            (None, None, _) if self.since > self.created_at => {
                let when = t.when_near(self.since, now);
                t.with("webhook-nothing-since", &[("when", when.into())])
            }
            (None, None, _) => t.get("webhook-nothing-yet"),
        }
    }

    pub(super) fn told(&self, t: Messages) -> String {
        let names: Vec<String> = self
            .events
            .iter()
            .map(|event| event_name(t, event.as_str()))
            .collect();
        let names = names.join(", ");
        let id = if self.with_text {
            "webhook-told-text"
        } else {
            "webhook-told"
        };
        t.with(id, &[("events", names.into())])
    }

    pub(super) fn made(&self, t: Messages, now: Instant) -> String {
        let when = t.when_near(self.created_at, now);
        let by = t.maker(&self.created_by);
        t.with(
            "webhook-made",
            &[("name", by.into()), ("when", when.into())],
        )
    }

    pub(super) fn overlap(&self, t: Messages, now: Instant) -> Option<String> {
        let until = self.old_until.filter(|until| *until > now)?;
        Some(t.with(
            "webhook-overlap",
            &[("when", t.when_near(until, now).into())],
        ))
    }
}

/// A delivery as the log shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryView {
    /// Which one.
    pub id: DeliveryId,
    /// What.
    pub kind: String,
    /// The comment.
    pub comment: Option<CommentId>,
    /// Its revision.
    pub revision: i32,
    /// When that happened.
    pub happened_at: Instant,
    /// What became of it.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was tried last.
    pub tried_at: Option<Instant>,
    /// When it is tried next.
    pub due_at: Option<Instant>,
    /// The status of the last answer.
    pub answer: Option<i32>,
    /// What was said with it, or why there was none.
    pub said: Option<String>,
}

impl DeliveryView {
    pub(super) fn name(&self, t: Messages) -> String {
        event_name(t, &self.kind)
    }

    pub(super) fn is_test(&self) -> bool {
        self.kind == TEST_EVENT
    }

    pub(super) fn happened(&self, t: Messages, now: Instant) -> String {
        t.when_near(self.happened_at, now)
    }

    /// What became of it; what waits for a webhook that is switched off has no time at which it is tried again.
    pub(super) fn outcome(&self, t: Messages, now: Instant, is_off: bool) -> String {
        let when = |at: Option<Instant>| at.map(|at| t.when_near(at, now)).unwrap_or_default();
        let id = match (self.state, self.attempts) {
            (DeliveryState::Delivered, _) => "webhook-delivered",
            (DeliveryState::GivenUp, _) => "webhook-given-up",
            (DeliveryState::Waiting, 0) if is_off => "webhook-waits-off",
            (DeliveryState::Waiting, _) if is_off => "webhook-waits-off-tried",
            (DeliveryState::Waiting, 0) => "webhook-waits",
            (DeliveryState::Waiting, _) => "webhook-waits-again",
        };
        let told = [
            ("count", self.attempts.into()),
            ("tried", when(self.tried_at).into()),
            ("next", when(self.due_at).into()),
        ];
        t.with(id, &told)
    }

    pub(super) fn answered(&self, t: Messages) -> Option<String> {
        let answer = self.answer?;
        let id = match answer {
            300..=399 => "webhook-answer-elsewhere",
            _ => "webhook-answer",
        };
        Some(t.with(id, &[("status", answer.to_string().into())]))
    }

    /// The name by which the receiver knows it.
    pub(super) fn message_id(&self) -> String {
        format!("msg_{}", self.id.0.simple())
    }

    pub(super) fn again_label(&self, t: Messages, now: Instant) -> String {
        let told = [
            ("what", self.name(t).into()),
            ("when", self.happened(t, now).into()),
        ];
        t.with("webhook-again-one", &told)
    }

    pub(super) fn is_bad(&self) -> bool {
        self.state == DeliveryState::GivenUp || self.due_at.is_some() && self.attempts > 0
    }
}

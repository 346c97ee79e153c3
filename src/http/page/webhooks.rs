//! The webhooks of a site, one of them with what it was told, and the page that tells a secret once.

use askama::Template;

use super::brief::{SiteChoice, query};
use super::form::FieldError;
use super::frame::Desk;
use crate::domain::{
    CommentId, DeliveryId, DeliveryState, EndpointId, HookEvent, Instant, StopReason, TEST_EVENT,
    words,
};
use crate::messages::Messages;

words! {
    /// What came of the last move.
    WebhookNotice {
        /// What was changed is so now.
        Saved = "saved",
        /// It is told what happens again.
        On = "on",
        /// It is told nothing more.
        Off = "off",
        /// It was taken away.
        Removed = "removed",
        /// It was tried; the log says how that went.
        Tested = "tested",
        /// It cannot be tried while it is off.
        NotTested = "not_tested",
        /// A delivery is on its way again.
        Again = "again",
    }
}

/// The form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookForm {
    /// What was typed.
    pub url: String,
    /// What was ticked.
    pub events: Vec<HookEvent>,
    /// Whether names and texts are told.
    pub with_text: bool,
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
            errors: Vec::new(),
        }
    }

    fn choices(&self, t: Messages) -> Vec<(HookEvent, String, bool)> {
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

    fn error(&self, field: &str) -> Option<&str> {
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
    /// When it took something last.
    pub succeeded_at: Option<Instant>,
    /// Since when it has taken nothing.
    pub failing_since: Option<Instant>,
    /// Until when the secret before signs too.
    pub old_until: Option<Instant>,
}

impl WebhookView {
    fn standing(&self, t: Messages, now: Instant) -> String {
        match (self.stopped, self.failing_since, self.succeeded_at) {
            (Some(reason), ..) => t.get(&format!(
                "webhook-stopped-{}",
                reason.as_str().replace('_', "-")
            )),
            (None, Some(since), _) => t.with(
                "webhook-failing",
                &[("when", t.when_near(since, now).into())],
            ),
            (None, None, Some(at)) => {
                t.with("webhook-took", &[("when", t.when_near(at, now).into())])
            }
            (None, None, None) => t.get("webhook-nothing-yet"),
        }
    }

    fn told(&self, t: Messages) -> String {
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

    fn made(&self, t: Messages, now: Instant) -> String {
        let when = t.when_near(self.created_at, now);
        let by = self.created_by.as_str();
        t.with(
            "webhook-made",
            &[("name", by.into()), ("when", when.into())],
        )
    }

    fn overlap(&self, t: Messages, now: Instant) -> Option<String> {
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
    fn name(&self, t: Messages) -> String {
        event_name(t, &self.kind)
    }

    fn is_test(&self) -> bool {
        self.kind == TEST_EVENT
    }

    fn happened(&self, t: Messages, now: Instant) -> String {
        t.when_near(self.happened_at, now)
    }

    fn outcome(&self, t: Messages, now: Instant) -> String {
        let when = |at: Option<Instant>| at.map(|at| t.when_near(at, now)).unwrap_or_default();
        let id = match (self.state, self.attempts) {
            (DeliveryState::Delivered, _) => "webhook-delivered",
            (DeliveryState::GivenUp, _) => "webhook-given-up",
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

    fn answered(&self, t: Messages) -> Option<String> {
        let answer = self.answer?;
        Some(t.with("webhook-answer", &[("status", answer.to_string().into())]))
    }

    fn again_label(&self, t: Messages, now: Instant) -> String {
        let told = [
            ("what", self.name(t).into()),
            ("when", self.happened(t, now).into()),
        ];
        t.with("webhook-again-one", &told)
    }

    fn is_bad(&self) -> bool {
        self.state == DeliveryState::GivenUp || self.due_at.is_some() && self.attempts > 0
    }
}

/// The webhooks of a site.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/webhooks.html")]
pub struct WebhooksPage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// The sites that may be chosen.
    pub sites: Vec<SiteChoice>,
    /// The one that was chosen, by its key.
    pub site: String,
    /// Whether whoever looks may add and change.
    pub may_change: bool,
    /// The form.
    pub form: WebhookForm,
    /// The webhooks.
    pub hooks: Vec<WebhookView>,
    /// What came of the last move.
    pub notice: Option<WebhookNotice>,
}

impl WebhooksPage {
    fn address(&self, id: EndpointId) -> String {
        address(&self.site, Some(id), &[])
    }

    fn notice_text(&self, notice: WebhookNotice) -> String {
        notice_text(self.t, notice)
    }
}

/// One webhook, and what it was told.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/webhook.html")]
pub struct WebhookPage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// The site's key.
    pub site: String,
    /// Whether whoever looks may change it.
    pub may_change: bool,
    /// The webhook.
    pub hook: WebhookView,
    /// The form.
    pub form: WebhookForm,
    /// What it was told, newest first.
    pub deliveries: Vec<DeliveryView>,
    /// What came of the last move.
    pub notice: Option<WebhookNotice>,
    /// The address of the next page.
    pub next: Option<String>,
    /// Whether this is the log's first page.
    pub is_first: bool,
}

impl WebhookPage {
    fn notice_text(&self, notice: WebhookNotice) -> String {
        notice_text(self.t, notice)
    }

    fn first(&self) -> String {
        address(&self.site, Some(self.hook.id), &[])
    }

    fn all(&self) -> String {
        address(&self.site, None, &[])
    }
}

/// The page that tells a secret once.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/webhook_secret.html")]
pub struct WebhookSecretPage {
    /// The admin's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// The site's key.
    pub site: String,
    /// The webhook.
    pub id: EndpointId,
    /// Its address.
    pub url: String,
    /// The secret.
    pub secret: String,
    /// Until when the one before signs too.
    pub old_until: Option<Instant>,
}

impl WebhookSecretPage {
    fn back(&self) -> String {
        address(&self.site, Some(self.id), &[])
    }

    fn overlap(&self) -> Option<String> {
        let until = self.t.when_near(self.old_until?, self.now);
        Some(self.t.with("webhook-overlap", &[("when", until.into())]))
    }
}

fn notice_text(t: Messages, notice: WebhookNotice) -> String {
    let id = notice.as_str().replace('_', "-");
    t.get(&format!("webhook-notice-{id}"))
}

/// The address of a site's webhooks, or of one of them.
#[must_use]
pub fn address(site: &str, id: Option<EndpointId>, more: &[(&str, &str)]) -> String {
    let pairs = [&[("site", site)], more].concat();
    let query = query(&pairs);
    match id {
        None => format!("/webhooks?{query}"),
        Some(id) => format!("/webhooks/{id}?{query}"),
    }
}

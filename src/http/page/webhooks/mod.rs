//! The webhooks of a site, one of them with what it was told, and the page that tells a new secret.

mod views;

use askama::Template;

pub use self::views::{DeliveryView, WebhookForm, WebhookView};

use super::brief::{SiteChoice, query};
use super::frame::Desk;
use crate::domain::{EndpointId, Instant, words};
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
        /// Somebody else changed it meanwhile; nothing was changed.
        Stale = "stale",
        /// It was taken away.
        Removed = "removed",
        /// It was tried; the log says how that went.
        Tested = "tested",
        /// It cannot be tried while it is off.
        NotTested = "not_tested",
        /// A delivery is on its way again.
        Again = "again",
        /// It is, behind an earlier one of the same comment.
        AgainAfter = "again_after",
        /// It cannot be sent again while the webhook is off.
        NotAgain = "not_again",
        /// The form for a new one had been sent before.
        Known = "known",
        /// The secret was changed since the form was shown; nothing was changed.
        SecretChanged = "secret_changed",
        /// The new secret is shown no longer.
        SecretGone = "secret_gone",
    }
}

impl WebhookNotice {
    /// Whether what was asked for was not done.
    const fn is_no(self) -> bool {
        matches!(
            self,
            Self::Stale | Self::NotTested | Self::NotAgain | Self::SecretChanged
        )
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
    /// What the one is named that the form adds: the same form sent twice adds one.
    pub new_id: EndpointId,
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
    /// The name of its secret, as the form says which one it would change.
    pub secret_seen: String,
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

/// The page that tells a secret to whoever has just made it.
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

/// Where whoever has just made a webhook's secret sees it.
#[must_use]
pub fn secret_address(site: &str, id: EndpointId, pass: &str) -> String {
    let query = query(&[("site", site), ("pass", pass)]);
    format!("/webhooks/{id}/secret?{query}")
}

//! Webhooks of a site: its editors see them and what they were told, its admins change them.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use uuid::Uuid;

use super::seen::mark_of;
use super::showing::{TWICE_WITHIN, is_just_now};
use super::{Editing, Moderating};
use crate::clock;
use crate::domain::{
    Delivery, DeliveryId, DeliveryState, Endpoint, EndpointId, EndpointState, HookEvent, Instant,
    Role, TEST_EVENT,
};
use crate::http::problem::{Code, Problem};
use crate::intake::{FieldError, Target};
use crate::secrets;
use crate::store::{self, DeliverAgain, EndpointChange, NewEndpoint};

/// As long as the secret before signs too.
const OVERLAP: Duration = Duration::from_secs(24 * 3600);
/// As long as whoever tries an endpoint waits for how it went, and how often that is looked at.
const TRYING: Duration = Duration::from_secs(4);
const LOOK: Duration = Duration::from_millis(100);

/// An endpoint to be added.
#[derive(Debug, Clone)]
pub struct NewHook {
    /// Its name, where whoever asks has given it one: the same asked for twice adds one.
    pub id: Option<EndpointId>,
    /// Where.
    pub url: String,
    /// What it is told of.
    pub events: Vec<HookEvent>,
    /// Whether it is told names and texts.
    pub with_text: bool,
}

/// What of an endpoint is to be another; what is not said stays.
#[derive(Debug, Clone, Default)]
pub struct HookChange {
    /// Where.
    pub url: Option<String>,
    /// What it is told of.
    pub events: Option<Vec<HookEvent>>,
    /// Whether it is told names and texts.
    pub with_text: Option<bool>,
    /// Switched on or off.
    pub is_active: Option<bool>,
    /// What `endpoint_mark` was when whoever asks saw it; without it, whatever it is now is replaced.
    pub seen: Option<String>,
}

/// Names where an endpoint is told, of what and whether with names and texts: another as soon as any of it is another.
pub fn endpoint_mark(endpoint: &Endpoint) -> String {
    mark_of(&serde_json::json!([
        endpoint.url,
        endpoint.events,
        endpoint.with_text
    ]))
}

/// A secret that is told once, and until when the one before signs too.
pub struct NewSecret {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// Its secret.
    pub secret: String,
    /// Until when the one before signs too.
    pub old_until: Option<Instant>,
}

/// A request of an admin about the webhooks of one of their sites.
pub struct Hooking {
    by: Editing,
}

impl FromRequest for Hooking {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let by = Editing::from_request(request, payload);
        Box::pin(async move { by.await?.hooking() })
    }
}

impl Moderating {
    /// Webhooks of their sites that stopped by themselves: the site's key and the address.
    pub async fn stopped_hooks(&self) -> Result<Vec<(String, String)>, Problem> {
        if self.principal.moderator.role < Role::Editor {
            return Ok(Vec::new());
        }
        let sites = self.principal.sites.iter().map(|site| site.id);
        let sites = sites.filter(|site| self.moderator().covers_whole(*site));
        let stopped = self.house.store.stopped_endpoints(sites.collect()).await?;
        let named = stopped.into_iter().filter_map(|(site, url)| {
            let site = self.site(site)?;
            Some((site.key.clone(), url))
        });
        Ok(named.collect())
    }
}

impl Editing {
    /// The same as an admin, where they are one.
    pub fn hooking(self) -> Result<Hooking, Problem> {
        let Self { by, site } = self;
        let by = by.at_least(Role::Admin)?;
        Ok(Hooking {
            by: Self { by, site },
        })
    }

    /// The site's key.
    pub fn site_key(&self) -> &str {
        &self.site.key
    }

    /// The site's endpoints, in the order they were added.
    pub async fn endpoints(&self) -> Result<Vec<Endpoint>, Problem> {
        Ok(self.by.house.store.endpoints(self.site.id).await?)
    }

    /// One of them.
    pub async fn endpoint(&self, id: EndpointId) -> Result<Endpoint, Problem> {
        Ok(self.by.house.store.endpoint(self.site.id, id).await?)
    }

    /// What it was told or is to be told, newest first, from after one of them.
    pub async fn deliveries(
        &self,
        endpoint: EndpointId,
        after: Option<DeliveryId>,
        limit: usize,
    ) -> Result<Vec<Delivery>, Problem> {
        let store = &self.by.house.store;
        // Of one that was taken away nothing is shown.
        let endpoint = store.endpoint(self.site.id, endpoint).await?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(store
            .deliveries(self.site.id, endpoint.id, after, limit)
            .await?)
    }
}

impl Hooking {
    /// What an editor may see too.
    pub fn seeing(&self) -> &Editing {
        &self.by
    }

    /// Adds an endpoint, with a secret.
    pub async fn add(&self, new: NewHook) -> Result<NewSecret, Problem> {
        let wanted = HookChange {
            url: Some(new.url),
            events: Some(new.events),
            ..HookChange::default()
        };
        let (Some(url), Some(events)) = self.read(wanted)? else {
            return Err(Problem::new(Code::Internal));
        };
        let id = new.id.unwrap_or_else(|| EndpointId(Uuid::now_v7()));
        if let Some(known) = self.added_before(id).await? {
            return known;
        }
        let secret = secrets::new_webhook_secret();
        let endpoint = NewEndpoint {
            site: self.by.site.id,
            id,
            url,
            events,
            with_text: new.with_text,
            secret: secret.clone(),
            at: clock::now(),
        };
        let (store, actor) = (&self.by.by.house.store, self.by.by.actor());
        let added = match store.add_endpoint(endpoint, actor).await {
            // By the same form at the same moment, or taken away since.
            Err(store::Error::Conflict(_)) => {
                let known = self.added_before(id).await?;
                return known.unwrap_or(Err(Problem::new(Code::Stale)));
            }
            added => added?,
        };
        let Some(endpoint) = added else {
            let many = FieldError::new("url", "webhook-many").with("max", Endpoint::MOST);
            return Err(Problem::fields(vec![many]));
        };
        Ok(NewSecret {
            endpoint,
            secret,
            old_until: None,
        })
    }

    /// What was added under that name before, as the first to ask has been answered; too long ago, it is told to nobody again.
    async fn added_before(
        &self,
        id: EndpointId,
    ) -> Result<Option<Result<NewSecret, Problem>>, Problem> {
        let known = match self.by.endpoint(id).await {
            Ok(known) => known,
            Err(problem) if problem.code == Code::NotFound => return Ok(None),
            Err(problem) => return Err(problem),
        };
        if !is_just_now(known.created_at, clock::now()) {
            return Ok(Some(Err(Problem::new(Code::Stale))));
        }
        Ok(Some(Ok(NewSecret {
            secret: known.secret.clone(),
            endpoint: known,
            old_until: None,
        })))
    }

    /// Address and events as they are kept, or everything that is wrong with them.
    fn read(
        &self,
        wanted: HookChange,
    ) -> Result<(Option<String>, Option<Vec<HookEvent>>), Problem> {
        let mut errors = Vec::new();
        let allowed = &self.by.by.house.config.outward_allow;
        let mut url = None;
        if let Some(typed) = wanted.url {
            match Target::parse(&typed, allowed) {
                Ok(target) => url = Some(target.as_str().to_owned()),
                Err(fault) => errors.push(FieldError::new("url", fault.code())),
            }
        }
        let events = wanted.events.map(|mut events| {
            events.sort_unstable();
            events.dedup();
            events
        });
        if events.as_ref().is_some_and(Vec::is_empty) {
            errors.push(FieldError::new("events", "webhook-events"));
        }
        if errors.is_empty() {
            Ok((url, events))
        } else {
            Err(Problem::fields(errors))
        }
    }

    /// Changes an endpoint; as it is then. Switched on again it is told what happens from now on, and what still waited for it.
    pub async fn change(&self, id: EndpointId, wanted: HookChange) -> Result<Endpoint, Problem> {
        let (with_text, is_active) = (wanted.with_text, wanted.is_active);
        let form = wanted.seen.clone();
        let (url, events) = self.read(wanted)?;
        let seen = match form {
            None => None,
            Some(form) => {
                let now_is = self.by.endpoint(id).await?;
                // A form that is sent twice has its effect once.
                let is_so = url.as_ref() == Some(&now_is.url)
                    && events.as_ref() == Some(&now_is.events)
                    && with_text == Some(now_is.with_text);
                if is_so {
                    return Ok(now_is);
                }
                if form != endpoint_mark(&now_is) {
                    return Err(Problem::new(Code::Stale));
                }
                Some((now_is.url, now_is.events, now_is.with_text))
            }
        };
        let change = EndpointChange {
            url,
            events,
            with_text,
            is_active,
            seen,
            ..EndpointChange::default()
        };
        self.write(id, change).await
    }

    async fn write(&self, id: EndpointId, change: EndpointChange) -> Result<Endpoint, Problem> {
        let (store, actor) = (&self.by.by.house.store, self.by.by.actor());
        let site = self.by.site.id;
        let changed = store.change_endpoint(site, id, change, actor, clock::now());
        Ok(changed.await?)
    }

    /// Gives an endpoint another secret. For a day the one before signs too. `seen` names the secret that whoever asks would change: the very
    /// same form sent twice by one session makes one.
    pub async fn renew_secret(
        &self,
        id: EndpointId,
        seen: Option<&str>,
    ) -> Result<NewSecret, Problem> {
        let (endpoint, now) = (self.by.endpoint(id).await?, clock::now());
        let moderator = &self.by.by;
        let form = seen.and_then(|seen| moderator.form(&format!("webhook {id} {seen}")));
        if seen.is_some_and(|seen| seen != moderator.name_of(&endpoint.secret)) {
            return self.made_just_now(endpoint, (seen, form)).await;
        }
        let secret = secrets::new_webhook_secret();
        let until = now.after(OVERLAP);
        let change = EndpointChange {
            secret: Some((secret.clone(), until)),
            seen_secret: Some(endpoint.secret),
            form,
            ..EndpointChange::default()
        };
        Ok(NewSecret {
            endpoint: self.write(id, change).await?,
            secret,
            old_until: Some(until),
        })
    }

    /// The secret that the very same form has just made in the place of the one that it has seen.
    async fn made_just_now(
        &self,
        endpoint: Endpoint,
        (seen, form): (Option<&str>, Option<String>),
    ) -> Result<NewSecret, Problem> {
        let old = endpoint.old_secret.as_ref();
        let before = old.map(|(old, _)| self.by.by.name_of(old));
        let (Some(form), true) = (form, before.as_deref() == seen) else {
            return Err(Problem::new(Code::Stale));
        };
        let (store, since) = (&self.by.by.house.store, clock::now().before(TWICE_WITHIN));
        if !store.is_made_by_form(endpoint.site, form, since).await? {
            return Err(Problem::new(Code::Stale));
        }
        Ok(NewSecret {
            secret: endpoint.secret.clone(),
            old_until: old.map(|(_, until)| *until),
            endpoint,
        })
    }

    /// The secret as it is now, where the pass of whoever has made it says so.
    pub async fn shown_secret(
        &self,
        id: EndpointId,
        pass: &str,
    ) -> Result<Option<NewSecret>, Problem> {
        let endpoint = self.by.endpoint(id).await?;
        let shown = self.by.by.shown(endpoint.secret.clone(), pass);
        Ok(shown.map(|secret| NewSecret {
            secret,
            old_until: endpoint.old_secret.as_ref().map(|(_, until)| *until),
            endpoint,
        }))
    }

    /// Takes an endpoint away, with all that it was told.
    pub async fn remove(&self, id: EndpointId) -> Result<(), Problem> {
        let (store, actor) = (&self.by.by.house.store, self.by.by.actor());
        let removed = store.remove_endpoint(self.by.site.id, id, actor, clock::now());
        Ok(removed.await?)
    }

    /// One that is switched off is told nothing, and who asks for that is told so.
    async fn is_on(&self, id: EndpointId) -> Result<(), Problem> {
        let endpoint = self.by.endpoint(id).await?;
        match endpoint.state {
            EndpointState::Active => Ok(()),
            EndpointState::Disabled | EndpointState::Removed => Err(Problem::new(Code::WebhookOff)),
        }
    }

    /// Tells an endpoint that it is tried, and how that went, where it went within a few seconds.
    pub async fn test(&self, id: EndpointId) -> Result<Delivery, Problem> {
        self.is_on(id).await?;
        let (store, site) = (&self.by.by.house.store, self.by.site.id);
        let now = clock::now();
        let test = Delivery {
            site,
            endpoint: id,
            id: DeliveryId(Uuid::now_v7()),
            kind: TEST_EVENT.to_owned(),
            comment: None,
            revision: 0,
            status: None,
            happened_at: now,
            attempts: 0,
            due_at: Some(now),
            lease: 0,
            state: DeliveryState::Waiting,
            answer: None,
            said: None,
            tried_at: None,
        };
        store.put_deliveries(vec![test.clone()]).await?;
        self.outcome(id, test.id).await
    }

    /// A delivery once it was tried, or as it is after a few seconds.
    async fn outcome(&self, endpoint: EndpointId, id: DeliveryId) -> Result<Delivery, Problem> {
        let (store, site) = (&self.by.by.house.store, self.by.site.id);
        let until = tokio::time::Instant::now() + TRYING;
        loop {
            let now_is = store.delivery(site, endpoint, id).await?;
            let was_tried = now_is.state != DeliveryState::Waiting
                || now_is.answer.is_some()
                || now_is.said.is_some();
            if was_tried || tokio::time::Instant::now() >= until {
                return Ok(now_is);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Sends a delivery again, under its own name, after earlier ones of the same comment.
    pub async fn again(
        &self,
        endpoint: EndpointId,
        id: DeliveryId,
    ) -> Result<DeliverAgain, Problem> {
        self.is_on(endpoint).await?;
        let (store, site) = (&self.by.by.house.store, self.by.site.id);
        let again = store.deliver_again(site, endpoint, id, clock::now());
        Ok(again.await?)
    }
}

//! Endpoints: added, changed, switched off and on, taken away.

use diesel::prelude::*;
use uuid::Uuid;

use crate::domain::{
    Actor, Endpoint, EndpointId, EndpointState, EventId, HookEvent, Instant, SiteId, StopReason,
};
use crate::store::Store;
use crate::store::db::{Connected, Db, each};
use crate::store::error::{Error, Result};
use crate::store::events::{self, FORM, NewEvent};
use crate::store::schema::webhooks;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhooks, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct EndpointRow {
    site_id: SiteId,
    id: EndpointId,
    url: String,
    events: String,
    with_text: bool,
    secret: String,
    old_secret: Option<String>,
    old_until: Option<Instant>,
    state: EndpointState,
    reason: Option<StopReason>,
    created_by: String,
    created_at: Instant,
    since: Instant,
    succeeded_at: Option<Instant>,
    failing_since: Option<Instant>,
    paused_until: Option<Instant>,
}

impl From<EndpointRow> for Endpoint {
    fn from(row: EndpointRow) -> Self {
        Self {
            site: row.site_id,
            id: row.id,
            url: row.url,
            events: read_events(&row.events),
            with_text: row.with_text,
            secret: row.secret,
            old_secret: row.old_secret.zip(row.old_until),
            state: row.state,
            reason: row.reason,
            created_by: row.created_by,
            created_at: row.created_at,
            since: row.since,
            succeeded_at: row.succeeded_at,
            failing_since: row.failing_since,
            paused_until: row.paused_until,
        }
    }
}

/// What a newer version may have written is left out.
fn read_events(text: &str) -> Vec<HookEvent> {
    let words = text.split_whitespace();
    words.filter_map(|word| word.parse().ok()).collect()
}

fn write_events(events: &[HookEvent]) -> String {
    let words: Vec<&str> = events.iter().map(|event| event.as_str()).collect();
    words.join(" ")
}

/// An endpoint to be added.
#[derive(Debug, Clone)]
pub struct NewEndpoint {
    /// The site.
    pub site: SiteId,
    /// Its identifier.
    pub id: EndpointId,
    /// Where.
    pub url: String,
    /// What it is told of.
    pub events: Vec<HookEvent>,
    /// Whether it is told names and texts.
    pub with_text: bool,
    /// Signs what it is told.
    pub secret: String,
    /// When.
    pub at: Instant,
}

/// What is changed of an endpoint; what is not said stays.
#[derive(Debug, Clone, Default)]
pub struct EndpointChange {
    /// Where.
    pub url: Option<String>,
    /// What it is told of.
    pub events: Option<Vec<HookEvent>>,
    /// Whether it is told names and texts.
    pub with_text: Option<bool>,
    /// Switched on or off.
    pub is_active: Option<bool>,
    /// Another secret, and until when the one before signs too.
    pub secret: Option<(String, Instant)>,
    /// The secret that is changed, where it matters which: another is a conflict.
    pub seen_secret: Option<String>,
    /// Where it was told, of what and whether with names and texts, where it matters that this is still so: anything else is a conflict.
    pub seen: Option<(String, Vec<HookEvent>, bool)>,
    /// Names the form that asks for it, where that may come twice.
    pub form: Option<String>,
}

/// The endpoints of a site that were not taken away, in the order they were added.
pub(super) fn of_site(db: &mut Db, site: SiteId) -> Result<Vec<Endpoint>> {
    let query = webhooks::table
        .filter(webhooks::site_id.eq(site))
        .filter(webhooks::state.ne(EndpointState::Removed))
        .order(webhooks::id);
    let rows: Vec<EndpointRow> = each!(db, |c| query.select(EndpointRow::as_select()).load(c))?;
    Ok(rows.into_iter().map(Endpoint::from).collect())
}

fn one(db: &mut Db, site: SiteId, id: EndpointId) -> Result<Endpoint> {
    let found = of_site(db, site)?;
    let found = found.into_iter().find(|endpoint| endpoint.id == id);
    found.ok_or(Error::NotFound)
}

/// The same, which nobody else changes until the transaction ends: what is not changed is written as it was read.
fn held(db: &mut Db, site: SiteId, id: EndpointId) -> Result<Endpoint> {
    if let Connected::Postgres(c) = &mut db.0 {
        webhooks::table
            .filter(webhooks::site_id.eq(site))
            .filter(webhooks::id.eq(id))
            .select(webhooks::id)
            .for_update()
            .load::<EndpointId>(c.as_mut())?;
    }
    one(db, site, id)
}

/// What was done is in the history; a secret never is.
fn record(
    db: &mut Db,
    kind: &'static str,
    endpoint: &Endpoint,
    (actor, at): (&Actor, Instant),
    (changed, form): (&[&str], Option<&String>),
) -> Result<()> {
    let mut detail = serde_json::json!({
        "id": endpoint.id, "url": endpoint.url, "events": endpoint.events,
        "with_text": endpoint.with_text, "changed": changed,
    });
    if let Some(form) = form {
        detail[FORM] = form.as_str().into();
    }
    let event = NewEvent::of_site(EventId(Uuid::now_v7()), kind, endpoint.site, actor, at);
    events::insert(db, std::iter::once(event.traced(actor, detail)))
}

fn add(db: &mut Db, new: &NewEndpoint, actor: &Actor) -> Result<Option<Endpoint>> {
    if of_site(db, new.site)?.len() >= Endpoint::MOST {
        return Ok(None);
    }
    let row = EndpointRow {
        site_id: new.site,
        id: new.id,
        url: new.url.clone(),
        events: write_events(&new.events),
        with_text: new.with_text,
        secret: new.secret.clone(),
        old_secret: None,
        old_until: None,
        state: EndpointState::Active,
        reason: None,
        created_by: actor.name().to_owned(),
        created_at: new.at,
        since: new.at,
        succeeded_at: None,
        failing_since: None,
        paused_until: None,
    };
    each!(db, |c| diesel::insert_into(webhooks::table)
        .values(&row)
        .execute(c))?;
    let endpoint = Endpoint::from(row);
    record(db, "webhook_added", &endpoint, (actor, new.at), (&[], None))?;
    Ok(Some(endpoint))
}

fn change(
    db: &mut Db,
    (site, id): (SiteId, EndpointId),
    change: &EndpointChange,
    (actor, at): (&Actor, Instant),
) -> Result<Endpoint> {
    let old = held(db, site, id)?;
    let is_another = |seen: &String| *seen != old.secret;
    if change.seen_secret.as_ref().is_some_and(is_another) {
        return Err(Error::Conflict(
            "its secret was changed meanwhile".to_owned(),
        ));
    }
    let is_now = |(url, events, with_text): &(String, Vec<HookEvent>, bool)| {
        *url == old.url && *events == old.events && *with_text == old.with_text
    };
    if !change.seen.as_ref().is_none_or(is_now) {
        return Err(Error::Conflict("it was changed meanwhile".to_owned()));
    }
    let mut new = old.clone();
    if let Some(url) = &change.url {
        new.url.clone_from(url);
    }
    if let Some(events) = &change.events {
        new.events.clone_from(events);
    }
    new.with_text = change.with_text.unwrap_or(new.with_text);
    if let Some((secret, until)) = &change.secret {
        let before = std::mem::replace(&mut new.secret, secret.clone());
        new.old_secret = Some((before, *until));
    }
    match (change.is_active, old.state) {
        (Some(true), EndpointState::Disabled) => {
            (new.state, new.reason) = (EndpointState::Active, None);
            (new.since, new.failing_since, new.paused_until) = (at, None, None);
        }
        (Some(false), EndpointState::Active) => {
            (new.state, new.reason) = (EndpointState::Disabled, Some(StopReason::ByHand));
        }
        _ => {}
    }
    let changed: Vec<&str> = [
        ("url", old.url != new.url),
        ("events", old.events != new.events),
        ("with_text", old.with_text != new.with_text),
        ("secret", old.secret != new.secret),
        (
            "on",
            old.state != new.state && new.state == EndpointState::Active,
        ),
        (
            "off",
            old.state != new.state && new.state == EndpointState::Disabled,
        ),
    ]
    .into_iter()
    .filter_map(|(name, is_other)| is_other.then_some(name))
    .collect();
    if changed.is_empty() {
        return Ok(old);
    }
    write(db, &new)?;
    let form = change.form.as_ref();
    record(db, "webhook_changed", &new, (actor, at), (&changed, form))?;
    Ok(new)
}

fn write(db: &mut Db, endpoint: &Endpoint) -> Result<()> {
    let target = webhooks::table
        .filter(webhooks::site_id.eq(endpoint.site))
        .filter(webhooks::id.eq(endpoint.id));
    let (old_secret, old_until) = endpoint.old_secret.clone().unzip();
    let change = (
        webhooks::url.eq(&endpoint.url),
        webhooks::events.eq(write_events(&endpoint.events)),
        webhooks::with_text.eq(endpoint.with_text),
        webhooks::secret.eq(&endpoint.secret),
        webhooks::old_secret.eq(old_secret),
        webhooks::old_until.eq(old_until),
        webhooks::state.eq(endpoint.state),
        webhooks::reason.eq(endpoint.reason),
        webhooks::since.eq(endpoint.since),
        webhooks::failing_since.eq(endpoint.failing_since),
        webhooks::paused_until.eq(endpoint.paused_until),
    );
    each!(db, |c| diesel::update(target).set(change).execute(c))?;
    Ok(())
}

fn remove(db: &mut Db, site: SiteId, id: EndpointId, (actor, at): (&Actor, Instant)) -> Result<()> {
    let endpoint = held(db, site, id)?;
    let target = webhooks::table
        .filter(webhooks::site_id.eq(site))
        .filter(webhooks::id.eq(id));
    each!(db, |c| diesel::update(target)
        .set((
            webhooks::state.eq(EndpointState::Removed),
            webhooks::secret.eq(""),
            webhooks::old_secret.eq(None::<String>),
        ))
        .execute(c))?;
    record(db, "webhook_removed", &endpoint, (actor, at), (&[], None))
}

impl Store {
    /// The endpoints of a site, in the order they were added.
    pub async fn endpoints(&self, site: SiteId) -> Result<Vec<Endpoint>> {
        self.read(move |db| of_site(db, site)).await
    }

    /// One of them.
    pub async fn endpoint(&self, site: SiteId, id: EndpointId) -> Result<Endpoint> {
        self.read(move |db| one(db, site, id)).await
    }

    /// Those of all sites that are told something.
    pub async fn active_endpoints(&self) -> Result<Vec<Endpoint>> {
        self.read(move |db| {
            let query = webhooks::table
                .filter(webhooks::state.eq(EndpointState::Active))
                .order((webhooks::site_id, webhooks::id));
            let rows: Vec<EndpointRow> =
                each!(db, |c| query.select(EndpointRow::as_select()).load(c))?;
            Ok(rows.into_iter().map(Endpoint::from).collect())
        })
        .await
    }

    /// Adds an endpoint; nothing where the site has as many as it may.
    pub async fn add_endpoint(&self, new: NewEndpoint, actor: Actor) -> Result<Option<Endpoint>> {
        self.write(move |db| add(db, &new, &actor)).await
    }

    /// Changes one; as it is then.
    pub async fn change_endpoint(
        &self,
        site: SiteId,
        id: EndpointId,
        what: EndpointChange,
        actor: Actor,
        at: Instant,
    ) -> Result<Endpoint> {
        self.write(move |db| change(db, (site, id), &what, (&actor, at)))
            .await
    }

    /// Takes one away; its deliveries go by and by.
    pub async fn remove_endpoint(
        &self,
        site: SiteId,
        id: EndpointId,
        actor: Actor,
        at: Instant,
    ) -> Result<()> {
        self.write(move |db| remove(db, site, id, (&actor, at)))
            .await
    }

    /// Endpoints of these sites that stopped by themselves: their site and address.
    pub async fn stopped_endpoints(&self, sites: Vec<SiteId>) -> Result<Vec<(SiteId, String)>> {
        self.read(move |db| {
            let by_themselves = [StopReason::Gone, StopReason::Failing];
            let query = webhooks::table
                .filter(webhooks::site_id.eq_any(sites))
                .filter(webhooks::state.eq(EndpointState::Disabled))
                .filter(webhooks::reason.eq_any(by_themselves.map(Some)))
                .order((webhooks::site_id, webhooks::id))
                .select((webhooks::site_id, webhooks::url));
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }
}

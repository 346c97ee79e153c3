//! Packs that were changed: told once on each site, however many replicas take them into use.

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::{Connected, Db, each};
use super::error::Result;
use super::events::{self, NewEvent};
use super::schema::{events as rows, sites};
use crate::domain::{Actor, EventId, Instant, SiteId};

/// What such an event is called.
pub(super) const CHANGED: &str = "rules_changed";

/// Rules that somebody has put into use in place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesChange {
    /// Their version.
    pub version: String,
    /// The version before; none at the start of a service, which knows only what was told last.
    pub before: Option<String>,
    /// The rules that are new, other or gone, as far as that is known.
    pub rules: Vec<String>,
    /// Since when.
    pub at: Instant,
}

/// The version that was told last on a site.
fn told_last(db: &mut Db, site: SiteId) -> Result<Option<String>> {
    let last = rows::table
        .filter(rows::site_id.eq(site))
        .filter(rows::comment_id.is_null())
        .filter(rows::kind.eq(CHANGED))
        .order(rows::id.desc())
        .select(rows::detail);
    let detail: Option<String> = each!(db, |c| last.first(c).optional())?;
    let detail = detail.and_then(|detail| serde_json::from_str(&detail).ok());
    let told = |detail: serde_json::Value| Some(detail.get("to")?.as_str()?.to_owned());
    Ok(detail.and_then(told))
}

/// Every site, held until the transaction ends: of two replicas the second finds what the first has told.
fn held(db: &mut Db) -> Result<Vec<SiteId>> {
    let all = sites::table.order(sites::id).select(sites::id);
    Ok(match &mut db.0 {
        Connected::Sqlite(c) => all.load(c.as_mut())?,
        Connected::Postgres(c) => all.for_update().load(c.as_mut())?,
    })
}

fn tell(db: &mut Db, change: &RulesChange) -> Result<()> {
    let mut new = Vec::new();
    for site in held(db)? {
        let last = told_last(db, site)?;
        if last.as_ref() == Some(&change.version) {
            continue;
        }
        let Some(before) = change.before.clone().or(last) else {
            continue;
        };
        let id = EventId(Uuid::now_v7());
        let event = NewEvent::of_site(id, CHANGED, site, &Actor::Operator, change.at);
        new.push(event.with_detail(serde_json::json!({
            "from": before, "to": change.version, "rules": change.rules,
        })));
    }
    events::insert(db, new.into_iter())
}

impl Store {
    /// Records on every site that other rules are in use, where nobody has done so yet.
    pub async fn record_rules(&self, change: RulesChange) -> Result<()> {
        self.write(move |db| tell(db, &change)).await
    }
}

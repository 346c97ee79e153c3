//! Sites.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use uuid::Uuid;

use super::Store;
use super::db::{Db, each};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::schema::sites;
use crate::domain::{Actor, EventId, Instant, Locale, Site, SiteId, SiteSettings};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sites, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct SiteRow {
    id: SiteId,
    key: String,
    name: String,
    locale: Locale,
    origins: String,
    webhook_secret: String,
    akismet_key: String,
    created_at: Instant,
    settings: SiteSettings,
}

impl From<SiteRow> for Site {
    fn from(row: SiteRow) -> Self {
        Self {
            id: row.id,
            key: row.key,
            name: row.name,
            locale: row.locale,
            origins: row.origins.split_whitespace().map(str::to_owned).collect(),
            webhook_secret: row.webhook_secret,
            akismet_key: row.akismet_key,
            settings: row.settings,
        }
    }
}

/// The settings as they are then, and the names of those that are others: texts that readers agreed to are kept in it.
fn settled(from: &SiteSettings, to: &SiteSettings) -> serde_json::Value {
    let json = |settings| serde_json::to_value(settings).unwrap_or_default();
    let (before, mut after) = (json(from), json(to));
    if let Some(fields) = after.as_object_mut() {
        let others = fields
            .iter()
            .filter(|(name, value)| before.get(name) != Some(*value));
        let names: Vec<String> = others.map(|(name, _)| name.clone()).collect();
        fields.insert("changed".to_owned(), names.into());
    }
    after
}

/// Has a site's model decide nothing by itself any more; whether anything of that was on.
pub(super) fn leave_to_people(db: &mut Db, site: SiteId, by: (&Actor, Instant)) -> Result<bool> {
    loop {
        let (text, from) = settings_of(db, site)?;
        let mut to = from.clone();
        (to.model.approves_likely_fine, to.model.settles_likely_bad) = (false, false);
        if to == from {
            return Ok(false);
        }
        if replace_settings(db, site, (&text, &from), &to, by)? {
            return Ok(true);
        }
    }
}

/// A site's settings, and the text that they are kept as.
fn settings_of(db: &mut Db, site: SiteId) -> Result<(String, SiteSettings)> {
    let query = sites::table
        .filter(sites::id.eq(site))
        .select(sites::settings);
    let text: String = each!(db, |c| query.first(c))?;
    let settings = from_text(&text)?;
    Ok((text, settings))
}

/// Replaces a site's settings unless somebody has changed them since; whether it did. By the text, which another version may have written
/// in another way.
fn replace_settings(
    db: &mut Db,
    site: SiteId,
    (text, from): (&str, &SiteSettings),
    to: &SiteSettings,
    by: (&Actor, Instant),
) -> Result<bool> {
    let target = sites::table
        .filter(sites::id.eq(site))
        .filter(sites::settings.eq(text));
    let changed = each!(db, |c| diesel::update(target)
        .set(sites::settings.eq(to))
        .execute(c))?;
    if changed == 1 {
        record(db, "site_settings", site, by, settled(from, to))?;
    }
    Ok(changed == 1)
}

fn from_text(settings: &str) -> Result<SiteSettings> {
    serde_json::from_str(settings)
        .map_err(|error| Error::Broken(format!("the settings of a site: {error}")))
}

pub(super) fn record(
    db: &mut Db,
    kind: &'static str,
    site: SiteId,
    (actor, at): (&Actor, Instant),
    told: serde_json::Value,
) -> Result<()> {
    let event = NewEvent::of_site(EventId(Uuid::now_v7()), kind, site, actor, at);
    events::insert(db, std::iter::once(event.traced(actor, told)))
}

/// Numbers that rise with each change of what is kept beside a site, in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revisions {
    /// Of its words.
    pub words: i64,
    /// Of its members: who they are, and their names.
    pub members: i64,
    /// Of its bans.
    pub bans: i64,
}

/// Every site, by key.
pub(super) fn all(db: &mut Db) -> Result<Vec<Site>> {
    let query = sites::table.order(sites::key);
    let rows: Vec<SiteRow> = each!(db, |c| query.select(SiteRow::as_select()).load(c))?;
    Ok(rows.into_iter().map(Site::from).collect())
}

impl Store {
    /// Adds a site. A key that is taken is a conflict.
    pub async fn add_site(&self, site: Site, actor: Actor, at: Instant) -> Result<()> {
        self.write(move |db| {
            let site = site.clone();
            let told = serde_json::json!({ "name": site.name, "origins": site.origins });
            let row = SiteRow {
                id: site.id,
                key: site.key,
                name: site.name,
                locale: site.locale,
                origins: site.origins.join(" "),
                webhook_secret: site.webhook_secret,
                akismet_key: site.akismet_key,
                created_at: at,
                settings: site.settings,
            };
            each!(db, |c| diesel::insert_into(sites::table)
                .values(&row)
                .execute(c))?;
            record(db, "site_added", row.id, (&actor, at), told)
        })
        .await
    }

    /// Replaces a site's origins, where they are others.
    pub async fn set_origins(
        &self,
        site: SiteId,
        origins: Vec<String>,
        actor: Actor,
        at: Instant,
    ) -> Result<()> {
        self.write(move |db| {
            let target = sites::table
                .filter(sites::id.eq(site))
                .filter(sites::origins.ne(origins.join(" ")));
            let changed = each!(db, |c| diesel::update(target)
                .set(sites::origins.eq(origins.join(" ")))
                .execute(c))?;
            if changed == 0 {
                return Ok(());
            }
            let told = serde_json::json!({ "origins": origins });
            record(db, "site_origins", site, (&actor, at), told)
        })
        .await
    }

    /// Changes a site's settings from what they were seen to be; false where they are not that any more.
    pub async fn set_settings(
        &self,
        site: SiteId,
        from: SiteSettings,
        to: SiteSettings,
        actor: Actor,
        at: Instant,
    ) -> Result<bool> {
        self.write(move |db| {
            let (text, now) = settings_of(db, site)?;
            if now != from {
                return Ok(false);
            }
            replace_settings(db, site, (&text, &from), &to, (&actor, at))
        })
        .await
    }

    /// The site of that key.
    pub async fn site(&self, key: String) -> Result<Option<Site>> {
        self.read(move |db| {
            let query = sites::table.filter(sites::key.eq(&key));
            let row: Option<SiteRow> = each!(db, |c| query
                .select(SiteRow::as_select())
                .first(c)
                .optional())?;
            Ok(row.map(Site::from))
        })
        .await
    }

    /// The key of the site that has that key of the Akismet protocol, in small letters, or had it before and is heard by it still.
    pub async fn site_of_akismet_key(&self, key: String, now: Instant) -> Result<Option<String>> {
        self.read(move |db| {
            let is_now = diesel::dsl::sql::<Text>("lower(sites.akismet_key)").eq(&key);
            let was =
                diesel::dsl::sql::<Nullable<Text>>("lower(sites.former_akismet_key)").eq(&key);
            let is_heard = was.and(sites::former_akismet_key_until.gt(now));
            let query = sites::table.filter(is_now.or(is_heard)).select(sites::key);
            Ok(each!(db, |c| query.first(c).optional())?)
        })
        .await
    }

    /// The same with what tells whether anything around it has changed.
    pub async fn site_with_revisions(&self, key: String) -> Result<Option<(Site, Revisions)>> {
        self.read(move |db| {
            let query = sites::table.filter(sites::key.eq(&key));
            let row: Option<(SiteRow, i64, i64, i64)> = each!(db, |c| query
                .select((
                    SiteRow::as_select(),
                    sites::words_revision,
                    sites::members_revision,
                    sites::bans_revision,
                ))
                .first(c)
                .optional())?;
            Ok(row.map(|(row, words, members, bans)| {
                let revisions = Revisions {
                    words,
                    members,
                    bans,
                };
                (row.into(), revisions)
            }))
        })
        .await
    }

    /// Every site, by key.
    pub async fn sites(&self) -> Result<Vec<Site>> {
        self.read(all).await
    }
}

//! A site's bans. Each change raises the site's revision of them in the same transaction, so that whoever remembers them sees it
//! with the site; what a ban has settled is found by the decisions that name it.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::events::{self, NewEvent};
use super::schema::{bans, decisions, sites};
use crate::domain::{Actor, Ban, BanId, BanKind, CommentId, EventId, Instant, SiteId};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bans, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct BanRow {
    site_id: SiteId,
    id: BanId,
    kind: BanKind,
    pattern: String,
    key: String,
    reason: String,
    expires_at: Option<Instant>,
    created_by: String,
    created_at: Instant,
    lifted_by: Option<String>,
    lifted_at: Option<Instant>,
}

impl From<BanRow> for Ban {
    fn from(row: BanRow) -> Self {
        Self {
            id: row.id,
            site: row.site_id,
            kind: row.kind,
            pattern: row.pattern,
            key: row.key,
            reason: row.reason,
            expires_at: row.expires_at,
            created_by: row.created_by,
            created_at: row.created_at,
            lifted_by: row.lifted_by,
            lifted_at: row.lifted_at,
        }
    }
}

impl From<Ban> for BanRow {
    fn from(ban: Ban) -> Self {
        Self {
            site_id: ban.site,
            id: ban.id,
            kind: ban.kind,
            pattern: ban.pattern,
            key: ban.key,
            reason: ban.reason,
            expires_at: ban.expires_at,
            created_by: ban.created_by,
            created_at: ban.created_at,
            lifted_by: ban.lifted_by,
            lifted_at: ban.lifted_at,
        }
    }
}

/// Which bans of a site to list, newest first.
#[derive(Debug, Clone, Default)]
pub struct BanFilter {
    /// Only those in force then.
    pub in_force_at: Option<Instant>,
    /// Only those of this kind and key.
    pub of: Option<(BanKind, String)>,
    /// Only those before this one.
    pub after: Option<BanId>,
    /// At most as many; all without.
    pub limit: Option<i64>,
}

/// What a ban has settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Caught {
    /// How many comments and edits.
    pub count: i64,
    /// The comment of the last.
    pub last: Option<CommentId>,
    /// When that was.
    pub at: Option<Instant>,
}

/// What became of a ban that was to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Banned {
    /// It is in force.
    Done,
    /// One of the same kind and key is in force already.
    Known,
    /// The site has as many as it may.
    Full,
}

fn list(db: &mut Db, site: SiteId, filter: &BanFilter) -> Result<Vec<Ban>> {
    let rows: Vec<BanRow> = each!(db, |c| {
        let mut query = bans::table
            .filter(bans::site_id.eq(site))
            .order(bans::id.desc())
            .into_boxed();
        if let Some(at) = filter.in_force_at {
            let runs = bans::expires_at.is_null().or(bans::expires_at.gt(at));
            query = query.filter(bans::lifted_at.is_null()).filter(runs);
        }
        if let Some((kind, key)) = &filter.of {
            query = query.filter(bans::kind.eq(*kind)).filter(bans::key.eq(key));
        }
        if let Some(after) = filter.after {
            query = query.filter(bans::id.lt(after));
        }
        if let Some(limit) = filter.limit {
            query = query.limit(limit);
        }
        query.select(BanRow::as_select()).load(c)
    })?;
    Ok(rows.into_iter().map(Ban::from).collect())
}

fn one(db: &mut Db, site: SiteId, id: BanId) -> Result<Ban> {
    let query = bans::table
        .filter(bans::site_id.eq(site))
        .filter(bans::id.eq(id));
    let row: BanRow = each!(db, |c| query.select(BanRow::as_select()).first(c))?;
    Ok(row.into())
}

/// Records a change: the event, and that the site's bans are others now.
fn changed(db: &mut Db, kind: &'static str, ban: &Ban, actor: &Actor, at: Instant) -> Result<()> {
    let detail = serde_json::json!({
        "id": ban.id, "kind": ban.kind, "pattern": ban.pattern, "reason": ban.reason,
        "expires_at": ban.expires_at,
    });
    let event = NewEvent::of_site(EventId(Uuid::now_v7()), kind, ban.site, actor, at);
    events::insert(db, std::iter::once(event.traced(actor, detail)))?;
    let target = sites::table.filter(sites::id.eq(ban.site));
    each!(db, |c| diesel::update(target)
        .set(sites::bans_revision.eq(sites::bans_revision + 1))
        .execute(c))?;
    Ok(())
}

fn add(db: &mut Db, ban: &Ban, most: usize, actor: &Actor) -> Result<Banned> {
    let in_force_at = Some(ban.created_at);
    let same = BanFilter {
        in_force_at,
        of: Some((ban.kind, ban.key.clone())),
        ..BanFilter::default()
    };
    if !list(db, ban.site, &same)?.is_empty() {
        return Ok(Banned::Known);
    }
    let all = BanFilter {
        in_force_at,
        ..BanFilter::default()
    };
    if list(db, ban.site, &all)?.len() >= most {
        return Ok(Banned::Full);
    }
    let row = BanRow::from(ban.clone());
    each!(db, |c| diesel::insert_into(bans::table)
        .values(&row)
        .execute(c))?;
    changed(db, "ban_added", ban, actor, ban.created_at)?;
    Ok(Banned::Done)
}

fn lift(db: &mut Db, site: SiteId, id: BanId, actor: &Actor, at: Instant) -> Result<Ban> {
    let mut ban = one(db, site, id)?;
    let target = bans::table
        .filter(bans::site_id.eq(site))
        .filter(bans::id.eq(id))
        .filter(bans::lifted_at.is_null());
    let by = Some(actor.name().to_owned());
    let change = (bans::lifted_by.eq(&by), bans::lifted_at.eq(Some(at)));
    let lifted = each!(db, |c| diesel::update(target).set(change).execute(c))?;
    // Who lifts it once more is told what is so already.
    if lifted == 1 {
        (ban.lifted_by, ban.lifted_at) = (by, Some(at));
        changed(db, "ban_lifted", &ban, actor, at)?;
    }
    Ok(ban)
}

/// What each of some bans has settled.
fn caught(db: &mut Db, site: SiteId, ids: &[BanId]) -> Result<HashMap<BanId, Caught>> {
    let mut all = HashMap::new();
    for id in ids {
        let theirs = decisions::table
            .filter(decisions::site_id.eq(site))
            .filter(decisions::ban_id.eq(Some(*id)));
        let count = each!(db, |c| theirs.count().get_result(c))?;
        let last = theirs
            .order(decisions::id.desc())
            .select((decisions::comment_id, decisions::created_at));
        let last: Option<(CommentId, Instant)> = each!(db, |c| last.first(c).optional())?;
        let (last, at) = last.unzip();
        all.insert(*id, Caught { count, last, at });
    }
    Ok(all)
}

impl Store {
    /// Bans, unless the same ban is in force already or the site has `most` of them.
    pub async fn ban(&self, ban: Ban, most: usize, actor: Actor) -> Result<Banned> {
        self.write(move |db| add(db, &ban, most, &actor)).await
    }

    /// Lifts a ban; the ban as it is then. What it has settled stays as it is.
    pub async fn lift_ban(
        &self,
        site: SiteId,
        id: BanId,
        actor: Actor,
        at: Instant,
    ) -> Result<Ban> {
        self.write(move |db| lift(db, site, id, &actor, at)).await
    }

    /// A site's bans, newest first.
    pub async fn bans(&self, site: SiteId, filter: BanFilter) -> Result<Vec<Ban>> {
        self.read(move |db| list(db, site, &filter)).await
    }

    /// The same with what each has settled.
    pub async fn bans_with_caught(
        &self,
        site: SiteId,
        filter: BanFilter,
    ) -> Result<Vec<(Ban, Caught)>> {
        self.read(move |db| {
            let bans = list(db, site, &filter)?;
            let ids: Vec<BanId> = bans.iter().map(|ban| ban.id).collect();
            let caught = caught(db, site, &ids)?;
            let with = |ban: Ban| {
                let caught = caught.get(&ban.id).copied().unwrap_or_default();
                (ban, caught)
            };
            Ok(bans.into_iter().map(with).collect())
        })
        .await
    }

    /// One ban of a site.
    pub async fn ban_of(&self, site: SiteId, id: BanId) -> Result<Ban> {
        self.read(move |db| one(db, site, id)).await
    }
}

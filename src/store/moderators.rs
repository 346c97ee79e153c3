//! Members of the paper, and the sites and sections they work on.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::db::{Connected, Db, each};
use super::error::Result;
use super::schema::{
    member_links as links, moderator_sections, moderator_sites, moderators, sites,
};
use super::{Scope, Store, member_events, member_links, sessions, sites as all_sites};
use crate::domain::{Instant, LinkKind, Locale, Moderator, ModeratorId, Role, Site, SiteId, Trace};

/// SHA-256 of a secret that its owner holds.
pub type SecretHash = [u8; 32];

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = moderators, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub(super) struct ModeratorRow {
    id: ModeratorId,
    email: String,
    email_key: String,
    name: String,
    role: Role,
    password_hash: Option<String>,
    created_at: Instant,
    disabled_at: Option<Instant>,
    locale: Option<Locale>,
}

/// Somebody who has proved who they are, with the sites they may work on.
#[derive(Debug, Clone)]
pub struct Principal {
    /// Who.
    pub moderator: Moderator,
    /// The sites, by key.
    pub sites: Vec<Site>,
}

impl Principal {
    /// What of the sites is theirs, for store calls.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::of_member(&self.moderator, self.sites.iter().map(|site| site.id))
    }
}

fn bound_sites(db: &mut Db, moderator: ModeratorId) -> Result<Vec<SiteId>> {
    let query = moderator_sites::table
        .filter(moderator_sites::moderator_id.eq(moderator))
        .select(moderator_sites::site_id);
    Ok(each!(db, |c| query.load(c))?)
}

fn bound_sections(
    db: &mut Db,
    moderator: ModeratorId,
) -> Result<BTreeMap<SiteId, BTreeSet<String>>> {
    let query = moderator_sections::table
        .filter(moderator_sections::moderator_id.eq(moderator))
        .select((moderator_sections::site_id, moderator_sections::section));
    let rows: Vec<(SiteId, String)> = each!(db, |c| query.load(c))?;
    let mut sections: BTreeMap<SiteId, BTreeSet<String>> = BTreeMap::new();
    for (site, section) in rows {
        sections.entry(site).or_default().insert(section);
    }
    Ok(sections)
}

fn moderator(db: &mut Db, row: ModeratorRow) -> Result<Moderator> {
    Ok(Moderator {
        sites: bound_sites(db, row.id)?,
        sections: bound_sections(db, row.id)?,
        id: row.id,
        email: row.email,
        name: row.name,
        role: row.role,
        locale: row.locale,
        disabled_at: row.disabled_at,
    })
}

pub(super) fn principal(db: &mut Db, row: Option<ModeratorRow>) -> Result<Option<Principal>> {
    let Some(row) = row else { return Ok(None) };
    let moderator = moderator(db, row)?;
    let mut sites = all_sites::all(db)?;
    sites.retain(|site| moderator.covers(site.id));
    Ok(Some(Principal { moderator, sites }))
}

/// Their name.
pub(super) fn name_of(db: &mut Db, id: ModeratorId) -> Result<Option<String>> {
    let query = moderators::table.find(id).select(moderators::name);
    Ok(each!(db, |c| query.first(c).optional())?)
}

fn everybody(db: &mut Db) -> Result<Vec<Moderator>> {
    let query = moderators::table.order(moderators::id);
    let rows: Vec<ModeratorRow> = each!(db, |c| query.select(ModeratorRow::as_select()).load(c))?;
    rows.into_iter().map(|row| moderator(db, row)).collect()
}

/// Who was invited and has not come yet: the address may be a mistyped one.
pub(super) fn expected(db: &mut Db) -> Result<Vec<ModeratorId>> {
    let query = links::table
        .inner_join(moderators::table.on(moderators::id.eq(links::moderator_id)))
        .filter(links::kind.eq(LinkKind::Invitation))
        .filter(moderators::password_hash.is_null())
        .select(links::moderator_id);
    Ok(each!(db, |c| query.load(c))?)
}

/// Everybody who works on a site and may come in. Who was invited and has not come yet is nobody.
pub(super) fn at_site(db: &mut Db, site: SiteId) -> Result<Vec<Moderator>> {
    let expected = expected(db)?;
    let mut here = everybody(db)?;
    here.retain(|moderator| {
        moderator.covers(site)
            && moderator.disabled_at.is_none()
            && !expected.contains(&moderator.id)
    });
    Ok(here)
}

/// Keeps others from changing a member until the transaction ends. SQLite has one writer, who waits for nobody.
pub(super) fn hold(db: &mut Db, id: ModeratorId) -> Result<()> {
    if let Connected::Postgres(c) = &mut db.0 {
        moderators::table
            .filter(moderators::id.eq(id))
            .select(moderators::id)
            .for_update()
            .load::<ModeratorId>(c.as_mut())?;
    }
    Ok(())
}

/// A member with the hash of their password.
pub(super) fn by_id(db: &mut Db, id: ModeratorId) -> Result<Option<(Moderator, Option<String>)>> {
    let query = moderators::table.find(id);
    let row: Option<ModeratorRow> = each!(db, |c| query
        .select(ModeratorRow::as_select())
        .first(c)
        .optional())?;
    let Some(row) = row else { return Ok(None) };
    let hash = row.password_hash.clone();
    Ok(Some((moderator(db, row)?, hash)))
}

/// Tells the sites (all of them where none is named) that their members are others now.
pub(super) fn members_changed(db: &mut Db, sites: &[SiteId]) -> Result<()> {
    let raised = sites::members_revision.eq(sites::members_revision + 1);
    if sites.is_empty() {
        each!(db, |c| diesel::update(sites::table).set(raised).execute(c))?;
    } else {
        let target = sites::table.filter(sites::id.eq_any(sites.to_vec()));
        each!(db, |c| diesel::update(target).set(raised).execute(c))?;
    }
    Ok(())
}

/// The names of everybody who works on a site.
fn names_at(db: &mut Db, site: SiteId) -> Result<Vec<String>> {
    let bound = moderator_sites::table.filter(moderator_sites::moderator_id.eq(moderators::id));
    let here = bound.filter(moderator_sites::site_id.eq(site));
    let query = moderators::table
        .filter(exists(here).or(not(exists(bound))))
        .filter(moderators::disabled_at.is_null())
        .select(moderators::name);
    Ok(each!(db, |c| query.load(c))?)
}

/// Writes what a member is bound to, where nothing of it is there yet.
pub(super) fn bind(db: &mut Db, member: &Moderator) -> Result<()> {
    let sites: Vec<_> = member
        .sites
        .iter()
        .map(|site| {
            (
                moderator_sites::moderator_id.eq(member.id),
                moderator_sites::site_id.eq(*site),
            )
        })
        .collect();
    if !sites.is_empty() {
        each!(db, |c| diesel::insert_into(moderator_sites::table)
            .values(&sites)
            .execute(c))?;
    }
    let sections: Vec<_> = member
        .sections
        .iter()
        .flat_map(|(site, sections)| sections.iter().map(move |section| (site, section)))
        .map(|(site, section)| {
            (
                moderator_sections::moderator_id.eq(member.id),
                moderator_sections::site_id.eq(*site),
                moderator_sections::section.eq(section.clone()),
            )
        })
        .collect();
    if !sections.is_empty() {
        each!(db, |c| diesel::insert_into(moderator_sections::table)
            .values(&sections)
            .execute(c))?;
    }
    Ok(())
}

pub(super) fn add(
    db: &mut Db,
    new: &Moderator,
    email_key: &str,
    password_hash: Option<&str>,
    at: Instant,
) -> Result<()> {
    let row = ModeratorRow {
        id: new.id,
        email: new.email.clone(),
        email_key: email_key.to_owned(),
        name: new.name.clone(),
        role: new.role,
        password_hash: password_hash.map(str::to_owned),
        created_at: at,
        disabled_at: new.disabled_at,
        locale: new.locale,
    };
    each!(db, |c| diesel::insert_into(moderators::table)
        .values(&row)
        .execute(c))?;
    bind(db, new)?;
    members_changed(db, &new.sites)
}

/// What a member may do and where, as events tell it.
pub(super) fn rights(member: &Moderator) -> serde_json::Value {
    serde_json::json!({
        "role": member.role, "sites": member.sites, "sections": member.sections,
    })
}

pub(super) fn set_password(db: &mut Db, id: ModeratorId, hash: &str) -> Result<()> {
    let target = moderators::table.find(id);
    each!(db, |c| diesel::update(target)
        .set(moderators::password_hash.eq(Some(hash)))
        .execute(c))?;
    Ok(())
}

pub(super) fn set_name(db: &mut Db, id: ModeratorId, name: &str) -> Result<()> {
    let target = moderators::table.find(id);
    each!(db, |c| diesel::update(target)
        .set(moderators::name.eq(name))
        .execute(c))?;
    let sites = bound_sites(db, id)?;
    members_changed(db, &sites)
}

impl Store {
    /// Adds a member. An email that is taken is a conflict.
    pub async fn add_moderator(
        &self,
        new: Moderator,
        email_key: String,
        password_hash: Option<String>,
        trace: Trace,
    ) -> Result<()> {
        self.write(move |db| {
            add(db, &new, &email_key, password_hash.as_deref(), trace.at)?;
            member_events::record(db, "member.added", new.id, &trace, &rights(&new))
        })
        .await
    }

    /// The names of everybody who works on a site, in no order.
    pub async fn member_names(&self, site: SiteId) -> Result<Vec<String>> {
        self.read(move |db| names_at(db, site)).await
    }

    /// Sets a member's password (an Argon2id hash in PHC form). Their sessions end, save for one, and so do links to set another.
    pub async fn set_password(
        &self,
        id: ModeratorId,
        password_hash: String,
        but: Option<SecretHash>,
        trace: Trace,
    ) -> Result<()> {
        self.write(move |db| {
            set_password(db, id, &password_hash)?;
            member_links::void(db, id, trace.at)?;
            sessions::end_others(db, id, but)?;
            member_events::note(db, "password.changed", id, &trace)
        })
        .await
    }

    /// Sets the name that colleagues see.
    pub async fn set_name(&self, id: ModeratorId, name: String, trace: Trace) -> Result<()> {
        self.write(move |db| {
            let before = name_of(db, id)?;
            if before.as_ref() == Some(&name) {
                return Ok(());
            }
            set_name(db, id, &name)?;
            let detail = serde_json::json!({ "from": before, "to": name });
            member_events::record(db, "member.renamed", id, &trace, &detail)
        })
        .await
    }

    /// Sets the language of a member's pages and mails.
    pub async fn set_locale(
        &self,
        id: ModeratorId,
        locale: Option<Locale>,
        trace: Trace,
    ) -> Result<()> {
        self.write(move |db| {
            let target = moderators::table.find(id);
            let before: Option<Locale> = each!(db, |c| target.select(moderators::locale).first(c))?;
            if before == locale {
                return Ok(());
            }
            each!(db, |c| diesel::update(target)
                .set(moderators::locale.eq(locale))
                .execute(c))?;
            let detail = serde_json::json!({ "to": locale });
            member_events::record(db, "member.language", id, &trace, &detail)
        })
        .await
    }

    /// Who has that email key, and the hash of their password, where they have one. It asks as much of the database for who is
    /// nobody.
    pub async fn password_of(&self, email_key: String) -> Result<Option<(ModeratorId, String)>> {
        self.read(move |db| {
            let query = moderators::table
                .filter(moderators::email_key.eq(&email_key))
                .select((moderators::id, moderators::password_hash));
            let found: Option<(ModeratorId, Option<String>)> =
                each!(db, |c| query.first(c).optional())?;
            Ok(found.and_then(|(id, hash)| Some((id, hash?))))
        })
        .await
    }

    /// The member with that email key, and their password's hash.
    pub async fn moderator_by_email(
        &self,
        email_key: String,
    ) -> Result<Option<(Moderator, Option<String>)>> {
        self.read(move |db| {
            let query = moderators::table
                .filter(moderators::email_key.eq(&email_key))
                .select(moderators::id);
            let id: Option<ModeratorId> = each!(db, |c| query.first(c).optional())?;
            match id {
                Some(id) => by_id(db, id),
                None => Ok(None),
            }
        })
        .await
    }

    /// Every member, in the order they were added.
    pub async fn moderators(&self) -> Result<Vec<Moderator>> {
        self.read(everybody).await
    }

    /// The member of that id.
    pub async fn moderator(&self, id: ModeratorId) -> Result<Option<Moderator>> {
        let found = self.moderator_with_password(id).await?;
        Ok(found.map(|(moderator, _)| moderator))
    }

    /// The same with their password's hash.
    pub async fn moderator_with_password(
        &self,
        id: ModeratorId,
    ) -> Result<Option<(Moderator, Option<String>)>> {
        self.read(move |db| by_id(db, id)).await
    }
}

//! Members of the paper, and what proves who they are: a token or a session, both stored as SHA-256 only.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::schema::{moderator_sites, moderators, sessions, sites, tokens};
use super::{Scope, Store, sites as all_sites};
use crate::domain::{Instant, Moderator, ModeratorId, Role, Site, SiteId, TokenId};

/// SHA-256 of a secret that its owner holds.
pub type SecretHash = [u8; 32];

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = moderators, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct ModeratorRow {
    id: ModeratorId,
    email: String,
    email_key: String,
    name: String,
    role: Role,
    password_hash: Option<String>,
    created_at: Instant,
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
    /// The sites as a scope for store calls.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::of(self.sites.iter().map(|site| site.id))
    }
}

fn bound_sites(db: &mut Db, moderator: ModeratorId) -> Result<Vec<SiteId>> {
    let query = moderator_sites::table
        .filter(moderator_sites::moderator_id.eq(moderator))
        .select(moderator_sites::site_id);
    Ok(each!(db, |c| query.load(c))?)
}

fn moderator(db: &mut Db, row: ModeratorRow) -> Result<Moderator> {
    Ok(Moderator {
        sites: bound_sites(db, row.id)?,
        id: row.id,
        email: row.email,
        name: row.name,
        role: row.role,
    })
}

fn principal(db: &mut Db, row: Option<ModeratorRow>) -> Result<Option<Principal>> {
    let Some(row) = row else { return Ok(None) };
    let moderator = moderator(db, row)?;
    let mut sites = all_sites::all(db)?;
    sites.retain(|site| moderator.covers(site.id));
    Ok(Some(Principal { moderator, sites }))
}

/// Tells the sites (all of them where none is named) that their members are others now.
fn members_changed(db: &mut Db, sites: &[SiteId]) -> Result<()> {
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
        .select(moderators::name);
    Ok(each!(db, |c| query.load(c))?)
}

impl Store {
    /// Adds a member. An email that is taken is a conflict.
    pub async fn add_moderator(
        &self,
        new: Moderator,
        email_key: String,
        password_hash: Option<String>,
        at: Instant,
    ) -> Result<()> {
        self.write(move |db| {
            let new = new.clone();
            let row = ModeratorRow {
                id: new.id,
                email: new.email,
                email_key: email_key.clone(),
                name: new.name,
                role: new.role,
                password_hash: password_hash.clone(),
                created_at: at,
            };
            each!(db, |c| diesel::insert_into(moderators::table)
                .values(&row)
                .execute(c))?;
            let bound: Vec<_> = new
                .sites
                .iter()
                .map(|site| {
                    (
                        moderator_sites::moderator_id.eq(new.id),
                        moderator_sites::site_id.eq(*site),
                    )
                })
                .collect();
            if !bound.is_empty() {
                each!(db, |c| diesel::insert_into(moderator_sites::table)
                    .values(&bound)
                    .execute(c))?;
            }
            members_changed(db, &new.sites)
        })
        .await
    }

    /// The names of everybody who works on a site, in no order.
    pub async fn member_names(&self, site: SiteId) -> Result<Vec<String>> {
        self.read(move |db| names_at(db, site)).await
    }

    /// Sets a member's password (an Argon2id hash in PHC form).
    pub async fn set_password(&self, id: ModeratorId, password_hash: String) -> Result<()> {
        self.write(move |db| {
            let target = moderators::table.filter(moderators::id.eq(id));
            each!(db, |c| diesel::update(target)
                .set(moderators::password_hash.eq(Some(&password_hash)))
                .execute(c))?;
            Ok(())
        })
        .await
    }

    /// The member with that email key, and their password's hash.
    pub async fn moderator_by_email(
        &self,
        email_key: String,
    ) -> Result<Option<(Moderator, Option<String>)>> {
        self.read(move |db| {
            let query = moderators::table.filter(moderators::email_key.eq(&email_key));
            let row: Option<ModeratorRow> = each!(db, |c| query
                .select(ModeratorRow::as_select())
                .first(c)
                .optional())?;
            let Some(row) = row else { return Ok(None) };
            let hash = row.password_hash.clone();
            Ok(Some((moderator(db, row)?, hash)))
        })
        .await
    }

    /// Everybody who works on a site.
    pub async fn moderators_of(&self, site: SiteId) -> Result<Vec<Moderator>> {
        let mut everybody = self.moderators().await?;
        everybody.retain(|moderator| moderator.covers(site));
        Ok(everybody)
    }

    /// Every member, in the order they were added.
    pub async fn moderators(&self) -> Result<Vec<Moderator>> {
        self.read(move |db| {
            let query = moderators::table.order(moderators::id);
            let rows: Vec<ModeratorRow> =
                each!(db, |c| query.select(ModeratorRow::as_select()).load(c))?;
            rows.into_iter().map(|row| moderator(db, row)).collect()
        })
        .await
    }

    /// The member of that id.
    pub async fn moderator(&self, id: ModeratorId) -> Result<Option<Moderator>> {
        self.read(move |db| {
            let query = moderators::table.find(id);
            let row: Option<ModeratorRow> = each!(db, |c| query
                .select(ModeratorRow::as_select())
                .first(c)
                .optional())?;
            row.map(|row| moderator(db, row)).transpose()
        })
        .await
    }

    /// Adds a bearer token.
    pub async fn add_token(
        &self,
        moderator: ModeratorId,
        id: TokenId,
        hash: SecretHash,
        at: Instant,
    ) -> Result<()> {
        self.write(move |db| {
            let row = (
                tokens::hash.eq(hash.as_slice()),
                tokens::id.eq(id),
                tokens::moderator_id.eq(moderator),
                tokens::created_at.eq(at),
            );
            each!(db, |c| diesel::insert_into(tokens::table)
                .values(row)
                .execute(c))?;
            Ok(())
        })
        .await
    }

    /// Whoever holds the bearer token of that hash.
    pub async fn principal_by_token(&self, hash: SecretHash) -> Result<Option<Principal>> {
        self.read(move |db| {
            let query = tokens::table
                .inner_join(moderators::table.on(moderators::id.eq(tokens::moderator_id)))
                .filter(tokens::hash.eq(hash.as_slice()));
            let row = each!(db, |c| query
                .select(ModeratorRow::as_select())
                .first(c)
                .optional())?;
            principal(db, row)
        })
        .await
    }

    /// Starts a session.
    pub async fn add_session(
        &self,
        moderator: ModeratorId,
        hash: SecretHash,
        at: Instant,
        until: Instant,
    ) -> Result<()> {
        self.write(move |db| {
            let row = (
                sessions::hash.eq(hash.as_slice()),
                sessions::moderator_id.eq(moderator),
                sessions::created_at.eq(at),
                sessions::expires_at.eq(until),
            );
            each!(db, |c| diesel::insert_into(sessions::table)
                .values(row)
                .execute(c))?;
            let old = sessions::table.filter(sessions::expires_at.lt(at));
            each!(db, |c| diesel::delete(old).execute(c))?;
            Ok(())
        })
        .await
    }

    /// Whoever holds the session of that hash, while it lasts.
    pub async fn principal_by_session(
        &self,
        hash: SecretHash,
        now: Instant,
    ) -> Result<Option<Principal>> {
        self.read(move |db| {
            let query = sessions::table
                .inner_join(moderators::table.on(moderators::id.eq(sessions::moderator_id)))
                .filter(sessions::hash.eq(hash.as_slice()))
                .filter(sessions::expires_at.gt(now));
            let row = each!(db, |c| query
                .select(ModeratorRow::as_select())
                .first(c)
                .optional())?;
            principal(db, row)
        })
        .await
    }

    /// Ends a session.
    pub async fn end_session(&self, hash: SecretHash) -> Result<()> {
        self.write(move |db| {
            let session = sessions::table.filter(sessions::hash.eq(hash.as_slice()));
            each!(db, |c| diesel::delete(session).execute(c))?;
            Ok(())
        })
        .await
    }
}

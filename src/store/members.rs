//! Members as an admin manages them: invited, bound to sites and sections, given a role, disabled.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::member_links::{self, NewLink};
use super::moderators::{self as rows, bind, members_changed, rights};
use super::schema::{moderator_sections, moderator_sites, moderators, second_factors, sessions};
use super::{Store, mail_habits, member_events, sessions as open_sessions};
use crate::domain::{Instant, MailHabits, Moderator, ModeratorId, Role, SiteId, Trace};

/// A member with what an admin sees of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberEntry {
    /// Who.
    pub member: Moderator,
    /// Whether they have a password: who has none was invited and has not come yet.
    pub has_joined: bool,
    /// Whether their phone is asked for a code.
    pub has_second_factor: bool,
    /// When one of their sessions was used last.
    pub seen_at: Option<Instant>,
    /// When they want to be mailed.
    pub habits: MailHabits,
}

/// What a member is bound to: sites, and sections of them.
pub type Bound = (Vec<SiteId>, BTreeMap<SiteId, BTreeSet<String>>);

/// What of a member is to be another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberChange {
    /// What they may do.
    pub role: Option<Role>,
    /// What they are bound to: sites, and sections of them.
    pub bound: Option<Bound>,
    /// Whether they may come in no more.
    pub disabled: Option<bool>,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It is done; the member as they are now.
    Done(Box<MemberEntry>),
    /// It would leave nobody who may administer everything.
    LastAdmin,
    /// No such member.
    Missing,
}

fn entry(db: &mut Db, id: ModeratorId) -> Result<Option<MemberEntry>> {
    let Some((member, hash)) = rows::by_id(db, id)? else {
        return Ok(None);
    };
    let factor = second_factors::table
        .filter(second_factors::moderator_id.eq(id))
        .filter(second_factors::confirmed_at.is_not_null())
        .count();
    let factors: i64 = each!(db, |c| factor.get_result(c))?;
    let seen = sessions::table
        .filter(sessions::moderator_id.eq(id))
        .select(diesel::dsl::max(sessions::seen_at));
    let seen_at: Option<Instant> = each!(db, |c| seen.get_result(c))?;
    Ok(Some(MemberEntry {
        member,
        has_joined: hash.is_some(),
        has_second_factor: factors > 0,
        seen_at,
        habits: mail_habits::of(db, id)?,
    }))
}

fn all(db: &mut Db) -> Result<Vec<MemberEntry>> {
    let query = moderators::table
        .order(moderators::id)
        .select(moderators::id);
    let ids: Vec<ModeratorId> = each!(db, |c| query.load(c))?;
    let mut entries = Vec::with_capacity(ids.len());
    for id in ids {
        entries.extend(entry(db, id)?);
    }
    Ok(entries)
}

/// Whether somebody may administer everything: an admin who is bound to nothing and may come in.
fn is_whole_admin(member: &Moderator) -> bool {
    member.role == Role::Admin && member.covers_all() && member.disabled_at.is_none()
}

/// Holds every admin's row until the end of the transaction, so that two admins cannot take each other's rights at once.
fn hold_admins(db: &mut Db) -> Result<()> {
    let admins = moderators::table.filter(moderators::role.eq(Role::Admin));
    each!(db, |c| diesel::update(admins)
        .set(moderators::role.eq(moderators::role))
        .execute(c))?;
    Ok(())
}

fn change(db: &mut Db, id: ModeratorId, change: &MemberChange, trace: &Trace) -> Result<Changed> {
    hold_admins(db)?;
    let Some(before) = entry(db, id)? else {
        return Ok(Changed::Missing);
    };
    let mut after = before.member.clone();
    after.role = change.role.unwrap_or(after.role);
    if let Some((sites, sections)) = change.bound.clone() {
        (after.sites, after.sections) = (sites, sections);
    }
    after.disabled_at = match change.disabled {
        Some(true) => after.disabled_at.or(Some(trace.at)),
        Some(false) => None,
        None => after.disabled_at,
    };
    if is_whole_admin(&before.member) && !is_whole_admin(&after) {
        // Who has not come yet may never come.
        let expected = rows::expected(db)?;
        let is_here = |member: &Moderator| member.id != id && !expected.contains(&member.id);
        let mut others = all(db)?.into_iter().map(|entry| entry.member);
        if !others.any(|member| is_here(&member) && is_whole_admin(&member)) {
            return Ok(Changed::LastAdmin);
        }
    }
    write(db, &before.member, &after, trace.at)?;
    tell(db, &before.member, &after, trace)?;
    let now = entry(db, id)?;
    Ok(now.map_or(Changed::Missing, |entry| Changed::Done(Box::new(entry))))
}

/// Records what of a member is another now.
fn tell(db: &mut Db, before: &Moderator, after: &Moderator, trace: &Trace) -> Result<()> {
    let (from, to) = (rights(before), rights(after));
    if from != to {
        let detail = serde_json::json!({ "from": from, "to": to });
        member_events::record(db, "member.rights", after.id, trace, &detail)?;
    }
    match (before.disabled_at, after.disabled_at) {
        (None, Some(_)) => member_events::note(db, "member.disabled", after.id, trace),
        (Some(_), None) => member_events::note(db, "member.enabled", after.id, trace),
        _ => Ok(()),
    }
}

fn write(db: &mut Db, before: &Moderator, after: &Moderator, at: Instant) -> Result<()> {
    let target = moderators::table.find(after.id);
    let change = (
        moderators::role.eq(after.role),
        moderators::disabled_at.eq(after.disabled_at),
    );
    each!(db, |c| diesel::update(target).set(change).execute(c))?;
    let sections = moderator_sections::table.filter(moderator_sections::moderator_id.eq(after.id));
    each!(db, |c| diesel::delete(sections).execute(c))?;
    let sites = moderator_sites::table.filter(moderator_sites::moderator_id.eq(after.id));
    each!(db, |c| diesel::delete(sites).execute(c))?;
    bind(db, after)?;
    if after.disabled_at.is_some() {
        open_sessions::end_others(db, after.id, None)?;
        member_links::void(db, after.id, at)?;
    }
    members_changed(db, &before.sites)?;
    members_changed(db, &after.sites)
}

impl Store {
    /// Every member, in the order they were added.
    pub async fn members(&self) -> Result<Vec<MemberEntry>> {
        self.read(all).await
    }

    /// One of them.
    pub async fn member(&self, id: ModeratorId) -> Result<Option<MemberEntry>> {
        self.read(move |db| entry(db, id)).await
    }

    /// Adds a member without a password and has them mailed a link. An email that is taken is a conflict.
    pub async fn invite(
        &self,
        new: Moderator,
        email_key: String,
        link: NewLink,
        trace: Trace,
    ) -> Result<()> {
        self.write(move |db| {
            rows::add(db, &new, &email_key, None, trace.at)?;
            member_links::add(db, &link)?;
            member_events::record(db, "member.invited", new.id, &trace, &rights(&new))
        })
        .await
    }

    /// Changes a member. Who is disabled has no session any more and no link that counts.
    pub async fn change_member(
        &self,
        id: ModeratorId,
        wanted: MemberChange,
        trace: Trace,
    ) -> Result<Changed> {
        self.write(move |db| change(db, id, &wanted, &trace)).await
    }
}

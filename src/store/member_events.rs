//! What happened to members' accounts, append-only, in the transaction that did it. No password, code or token stands in it, nor
//! what a stranger typed: that may be a password in the wrong field.

use std::time::Duration;

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::schema::member_events;
use super::types::first_at;
use crate::domain::{EventId, Instant, ModeratorId, Trace, Via};

/// As long as attempts that failed are gathered in one row for each account and address.
const GATHERED: Duration = Duration::from_secs(3600);
/// As many such rows as an hour has; beyond them each account has one more for all addresses, and so have all strangers.
const ROWS_AN_HOUR: i64 = 200;

#[derive(Insertable)]
#[diesel(table_name = member_events, treat_none_as_default_value = false)]
struct MemberEventRow<'a> {
    id: EventId,
    kind: &'a str,
    member_id: Option<ModeratorId>,
    member_name: &'a str,
    actor_kind: &'static str,
    actor_id: Option<ModeratorId>,
    actor_name: &'a str,
    via: Option<Via>,
    address: Option<String>,
    browser: Option<String>,
    detail: String,
    times: i32,
    mark: Option<String>,
    created_at: Instant,
    last_at: Instant,
}

impl<'a> MemberEventRow<'a> {
    fn new(
        kind: &'a str,
        member: Option<ModeratorId>,
        name: &'a str,
        trace: &'a Trace,
        detail: &serde_json::Value,
    ) -> Self {
        Self {
            id: EventId(Uuid::now_v7()),
            kind,
            member_id: member,
            member_name: name,
            actor_kind: trace.by.kind(),
            actor_id: trace.by.member(),
            actor_name: trace.by.name(),
            via: trace.by.via(),
            address: trace.address.clone(),
            browser: trace.browser.clone(),
            detail: detail.to_string(),
            times: 1,
            mark: None,
            created_at: trace.at,
            last_at: trace.at,
        }
    }

    fn insert(self, db: &mut Db) -> Result<()> {
        each!(db, |c| diesel::insert_into(member_events::table)
            .values(&self)
            .execute(c))?;
        Ok(())
    }
}

/// Records what happened to a member.
pub(super) fn record(
    db: &mut Db,
    kind: &str,
    member: ModeratorId,
    trace: &Trace,
    detail: &serde_json::Value,
) -> Result<()> {
    let name = super::moderators::name_of(db, member)?.unwrap_or_default();
    MemberEventRow::new(kind, Some(member), &name, trace, detail).insert(db)
}

/// The same, where there is nothing more to tell.
pub(super) fn note(db: &mut Db, kind: &str, member: ModeratorId, trace: &Trace) -> Result<()> {
    record(db, kind, member, trace, &serde_json::json!({}))
}

/// An attempt that failed.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What: `sign_in.failed`, `sign_in.code_failed`, `password.failed`.
    pub kind: &'static str,
    /// Whose account was tried; none where there is no such one.
    pub on: Option<ModeratorId>,
    /// By whom, and from where.
    pub trace: Trace,
}

/// Counts the attempt in the row of its mark, where there is one; false where there is none.
fn gather(db: &mut Db, mark: &str, trace: &Trace) -> Result<bool> {
    let since = EventId(first_at(trace.at.before(GATHERED)));
    let last = member_events::table
        .filter(member_events::mark.eq(mark))
        .filter(member_events::id.ge(since))
        .order(member_events::id.desc())
        .select(member_events::id);
    let last: Option<EventId> = each!(db, |c| last.first(c).optional())?;
    let Some(last) = last else { return Ok(false) };
    let change = (
        member_events::times.eq(member_events::times + 1),
        member_events::last_at.eq(trace.at),
    );
    each!(db, |c| diesel::update(member_events::table.find(last))
        .set(change)
        .execute(c))?;
    Ok(true)
}

fn fail(db: &mut Db, failure: &Failure) -> Result<()> {
    let Failure { kind, on, trace } = failure;
    let name = match on {
        Some(id) => super::moderators::name_of(db, *id)?.unwrap_or_default(),
        None => String::new(),
    };
    let whose = on.map_or("-".to_owned(), |id| id.to_string());
    let from = trace.address.as_deref().unwrap_or("-");
    let mark = format!("{kind} {whose} {from}");
    if gather(db, &mark, trace)? {
        return Ok(());
    }
    let since = EventId(first_at(trace.at.before(GATHERED)));
    let lately = member_events::table
        .filter(member_events::id.ge(since))
        .filter(member_events::mark.is_not_null())
        .count();
    let rows: i64 = each!(db, |c| lately.get_result(c))?;
    let is_crowded = rows >= ROWS_AN_HOUR;
    let mark = if is_crowded {
        format!("{kind} {whose} *")
    } else {
        mark
    };
    if is_crowded && gather(db, &mark, trace)? {
        return Ok(());
    }
    let detail = serde_json::json!({});
    let row = MemberEventRow::new(kind, *on, &name, trace, &detail);
    let row = MemberEventRow {
        mark: Some(mark),
        address: row.address.filter(|_| !is_crowded),
        browser: row.browser.filter(|_| !is_crowded),
        ..row
    };
    row.insert(db)
}

impl Store {
    /// Records an attempt that failed. However many there are, an hour has few rows.
    pub async fn record_failure(&self, failure: Failure) -> Result<()> {
        self.write(move |db| fail(db, &failure)).await
    }

    /// Records what a member did that changes nothing by itself.
    pub async fn record_deed(
        &self,
        kind: &'static str,
        member: ModeratorId,
        trace: Trace,
        detail: serde_json::Value,
    ) -> Result<()> {
        self.write(move |db| record(db, kind, member, &trace, &detail))
            .await
    }

    /// Forgets from where members did what they did before `before`, and all attempts that failed before then; how many rows
    /// that were, `limit` of each at the most.
    pub async fn forget_addresses(&self, before: Instant, limit: i64) -> Result<usize> {
        self.write(move |db| {
            let before = EventId(first_at(before));
            let old = member_events::table.filter(member_events::id.lt(before));
            let failed = old
                .filter(member_events::mark.is_not_null())
                .order(member_events::id)
                .limit(limit)
                .select(member_events::id);
            let failed: Vec<EventId> = each!(db, |c| failed.load(c))?;
            let gone = member_events::table.filter(member_events::id.eq_any(failed));
            let gone = each!(db, |c| diesel::delete(gone).execute(c))?;
            let known = member_events::address
                .is_not_null()
                .or(member_events::browser.is_not_null());
            let told = old
                .filter(known)
                .order(member_events::id)
                .limit(limit)
                .select(member_events::id);
            let told: Vec<EventId> = each!(db, |c| told.load(c))?;
            let nowhere = (
                member_events::address.eq(None::<String>),
                member_events::browser.eq(None::<String>),
            );
            let told = member_events::table.filter(member_events::id.eq_any(told));
            let told = each!(db, |c| diesel::update(told).set(nowhere).execute(c))?;
            Ok(gone + told)
        })
        .await
    }
}

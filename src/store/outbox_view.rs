//! The outbox as an operator sees it: what waits, what was given up, and sending that again.

use std::time::Duration;

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::outbox::{MAIL_LEASE, OutboxKind, OutboxState};
use super::schema::{articles, comments, outbox};
use super::{Part, Scope, Store};
use crate::domain::{Instant, OutboxId, SiteId};

/// A row as shown to an operator.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = outbox)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct OutboxEntry {
    /// The site it belongs to.
    pub site_id: SiteId,
    /// Which row.
    pub id: OutboxId,
    /// What it is: `notice` or `mail`.
    pub kind: String,
    /// `ready`, `done` or `dead`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is due.
    pub run_at: Instant,
    /// What the last failure said.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Instant,
    /// What is to be sent, as JSON.
    pub payload: String,
    /// Whether it failed over what an operator must mend.
    pub is_ours: bool,
}

/// For how long mails are tried in vain before people are told: servers that put a first mail off take it by then.
const PATIENCE: Duration = Duration::from_secs(600);

/// What keeps mails from leaving.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailTrouble {
    /// What the mail server said to us, whatever the mail.
    pub fault: Option<String>,
    /// What the newest attempt said of those that have been tried in vain for longer than ten minutes.
    pub delay: Option<String>,
    /// How many these are.
    pub late: i64,
    /// How many were given up.
    pub dead: i64,
}

/// What became of the wish to have a mail sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendNow {
    /// It is due.
    Due,
    /// It is on its way, or will be within the minute.
    Soon,
    /// There is no such mail that waits or was given up.
    Missing,
}

/// What of a kind is not sent yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Rows that wait for their time.
    pub ready: i64,
    /// When the oldest of them was written.
    pub oldest: Option<Instant>,
    /// Rows given up.
    pub dead: i64,
}

/// Rows of the outbox that somebody of that part of a site may see. Who is bound to sections sees the notices of their own
/// comments; a mail is to one person, whose business it is, and stands in no section.
macro_rules! visible {
    ($query:expr, $part:expr) => {{
        let query = $query.into_boxed();
        match $part {
            Part::Whole(site) => query.filter(outbox::site_id.eq(*site)),
            Part::Sections(site, sections) => {
                let under = comments::table
                    .inner_join(
                        articles::table.on(articles::site_id
                            .eq(comments::site_id)
                            .and(articles::id.eq(comments::article_id))),
                    )
                    .filter(comments::site_id.eq(outbox::site_id))
                    .filter(comments::id.nullable().eq(outbox::comment_id))
                    .filter(
                        articles::section.eq_any(sections.iter().cloned().collect::<Vec<String>>()),
                    );
                query
                    .filter(outbox::site_id.eq(*site))
                    .filter(diesel::dsl::exists(under))
            }
        }
    }};
}

fn entries(
    db: &mut Db,
    scope: &Scope,
    state: OutboxState,
    failed_mails: bool,
    limit: i64,
) -> Result<Vec<OutboxEntry>> {
    let mut entries = Vec::new();
    for part in scope.parts() {
        let rows: Vec<OutboxEntry> = each!(db, |c| {
            let mut query = visible!(outbox::table, part)
                .filter(outbox::state.eq(state.as_str()))
                .order(outbox::id.desc())
                .limit(limit)
                .select(OutboxEntry::as_select());
            if failed_mails {
                let is_mail = outbox::kind.eq(OutboxKind::Mail.as_str());
                query = query.filter(is_mail.and(outbox::last_error.is_not_null()));
            }
            query.load(c)
        })?;
        entries.extend(rows);
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.id));
    entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(entries)
}

impl Store {
    /// The rows in a state, newest first, of the scope.
    pub async fn outbox(
        &self,
        scope: Scope,
        state: OutboxState,
        limit: i64,
    ) -> Result<Vec<OutboxEntry>> {
        self.read(move |db| entries(db, &scope, state, false, limit))
            .await
    }

    /// Those of them that are mails and whose last attempt failed.
    pub async fn failed_mails(
        &self,
        scope: Scope,
        state: OutboxState,
        limit: i64,
    ) -> Result<Vec<OutboxEntry>> {
        self.read(move |db| entries(db, &scope, state, true, limit))
            .await
    }

    /// Sends a row now, with its attempts counted anew: a dead one, or a mail that waits for another.
    pub async fn send_now(&self, scope: Scope, id: OutboxId, now: Instant) -> Result<SendNow> {
        self.write(move |db| {
            for part in scope.parts() {
                let found: Option<Waiting> = each!(db, |c| visible!(outbox::table, part)
                    .filter(outbox::id.eq(id))
                    .select(Waiting::as_select())
                    .first(c)
                    .optional())?;
                if let Some(found) = found {
                    return found.send_now(db, now);
                }
            }
            Ok(SendNow::Missing)
        })
        .await
    }

    /// What keeps mails of the scope's sites from leaving.
    pub async fn mail_trouble(&self, scope: Scope, now: Instant) -> Result<MailTrouble> {
        self.read(move |db| {
            let mut trouble = MailTrouble::default();
            for part in scope.parts() {
                let (Part::Whole(site) | Part::Sections(site, _)) = part;
                let here = outbox::table
                    .filter(outbox::site_id.eq(*site))
                    .filter(outbox::kind.eq(OutboxKind::Mail.as_str()));
                let ready = here
                    .filter(outbox::state.eq(OutboxState::Ready.as_str()))
                    .filter(outbox::last_error.is_not_null());
                let late = ready.filter(outbox::created_at.lt(now.before(PATIENCE)));
                let newest = late.order(outbox::id.desc()).select(outbox::last_error);
                // The one that was tried last, as its next time tells: what was mended since is said by none.
                let ours = ready
                    .filter(outbox::is_ours.eq(true))
                    .order(outbox::run_at.desc())
                    .select(outbox::last_error);
                let dead = here
                    .filter(outbox::state.eq(OutboxState::Dead.as_str()))
                    .count();
                let (fault, delay): (Option<Option<String>>, Option<Option<String>>) = (
                    each!(db, |c| ours.first(c).optional())?,
                    each!(db, |c| newest.first(c).optional())?,
                );
                let late = late.count();
                let counted: i64 = each!(db, |c| late.get_result(c))?;
                let dead: i64 = each!(db, |c| dead.get_result(c))?;
                trouble.fault = trouble.fault.or(fault.flatten());
                // Who is bound to sections has no list of these.
                if matches!(part, Part::Sections(..)) {
                    continue;
                }
                trouble.delay = trouble.delay.or(delay.flatten());
                trouble.late += counted;
                trouble.dead += dead;
            }
            Ok(trouble)
        })
        .await
    }

    /// What of that kind is not sent yet.
    pub async fn outbox_backlog(&self, site: SiteId, kind: OutboxKind) -> Result<Backlog> {
        self.read(move |db| {
            let of_kind = outbox::site_id.eq(site).and(outbox::kind.eq(kind.as_str()));
            let ready = outbox::table
                .filter(of_kind)
                .filter(outbox::state.eq(OutboxState::Ready.as_str()))
                .select((
                    diesel::dsl::count_star(),
                    diesel::dsl::min(outbox::created_at),
                ));
            let (ready, oldest) = each!(db, |c| ready.get_result(c))?;
            let dead = outbox::table
                .filter(of_kind)
                .filter(outbox::state.eq(OutboxState::Dead.as_str()))
                .count();
            let dead = each!(db, |c| dead.get_result(c))?;
            Ok(Backlog {
                ready,
                oldest,
                dead,
            })
        })
        .await
    }
}

/// As much of a row as says whether it can be sent now.
#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct Waiting {
    site_id: SiteId,
    id: OutboxId,
    kind: String,
    state: String,
    run_at: Instant,
    last_error: Option<String>,
}

impl Waiting {
    fn send_now(self, db: &mut Db, now: Instant) -> Result<SendNow> {
        let is_dead = self.state == OutboxState::Dead.as_str();
        let waits = self.state == OutboxState::Ready.as_str()
            && self.kind == OutboxKind::Mail.as_str()
            && self.last_error.is_some();
        // Who sends a mail at this moment has moved its time by a lease and no further: it must not go out twice.
        let may_be_on_its_way = self.run_at <= now.after(MAIL_LEASE);
        match (is_dead, waits) {
            (false, false) => return Ok(SendNow::Missing),
            (false, true) if may_be_on_its_way => return Ok(SendNow::Soon),
            _ => {}
        }
        let target = outbox::table
            .filter(outbox::site_id.eq(self.site_id))
            .filter(outbox::id.eq(self.id))
            .filter(outbox::state.eq(self.state))
            .filter(outbox::run_at.eq(self.run_at));
        let due = (
            outbox::state.eq(OutboxState::Ready.as_str()),
            outbox::run_at.eq(now),
            outbox::attempts.eq(0),
        );
        let moved = each!(db, |c| diesel::update(target).set(due).execute(c))?;
        Ok(if moved > 0 {
            SendNow::Due
        } else {
            SendNow::Soon
        })
    }
}

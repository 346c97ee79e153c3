//! The outbox as an operator sees it: what waits, what was given up, and sending that again.

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::outbox::{OutboxKind, OutboxState};
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
    /// Whether it failed over what an operator must mend.
    pub is_ours: bool,
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

    /// Sends a dead row again, with its attempts counted anew; false where there is no such dead row.
    pub async fn revive(&self, scope: Scope, id: OutboxId, now: Instant) -> Result<bool> {
        self.write(move |db| {
            let mut revived = 0;
            for part in scope.parts() {
                let (Part::Whole(site) | Part::Sections(site, _)) = part;
                let theirs: Option<OutboxId> = each!(db, |c| visible!(outbox::table, part)
                    .filter(outbox::id.eq(id))
                    .select(outbox::id)
                    .first(c)
                    .optional())?;
                if theirs.is_none() {
                    continue;
                }
                let target = outbox::table
                    .filter(outbox::site_id.eq(site))
                    .filter(outbox::id.eq(id))
                    .filter(outbox::state.eq(OutboxState::Dead.as_str()));
                let change = (
                    outbox::state.eq(OutboxState::Ready.as_str()),
                    outbox::attempts.eq(0),
                    outbox::run_at.eq(now),
                );
                revived += each!(db, |c| diesel::update(target).set(change).execute(c))?;
            }
            Ok(revived > 0)
        })
        .await
    }

    /// What the mail server said to us, whatever the mail, if that keeps mails of the scope's sites back.
    pub async fn mail_fault(&self, scope: Scope) -> Result<Option<String>> {
        self.read(move |db| {
            for part in scope.parts() {
                let (Part::Whole(site) | Part::Sections(site, _)) = part;
                let query = outbox::table
                    .filter(outbox::site_id.eq(*site))
                    .filter(outbox::kind.eq(OutboxKind::Mail.as_str()))
                    .filter(outbox::state.eq(OutboxState::Ready.as_str()))
                    .filter(outbox::is_ours.eq(true))
                    .select(outbox::last_error);
                let found: Option<Option<String>> = each!(db, |c| query.first(c).optional())?;
                if let Some(words) = found {
                    return Ok(Some(words.unwrap_or_default()));
                }
            }
            Ok(None)
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

//! The outbox as an operator sees it: what waits, what was given up, and sending that again.

use std::time::Duration;

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::outbox::{OutboxKind, OutboxState, TO_READER, claims_reach, is_claimed};
use super::schema::{articles, comments, outbox};
use super::{Part, Scope, Store};
use crate::domain::{CommentId, Instant, OutboxId, SiteId, Status};

/// A row as shown to an operator.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = outbox)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct OutboxEntry {
    /// The site it belongs to.
    pub site_id: SiteId,
    /// Which row.
    pub id: OutboxId,
    /// What it is.
    pub kind: String,
    /// The comment that it is about.
    pub comment_id: Option<CommentId>,
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

impl OutboxEntry {
    /// Whether it is a mail to a reader.
    fn is_to_reader(&self) -> bool {
        self.payload.contains(TO_READER.trim_matches('%'))
    }
}

/// For how long mails are tried in vain before people are told: servers that put a first mail off take it by then.
const PATIENCE: Duration = Duration::from_secs(600);

/// What of a kind was given up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenUp {
    /// How many.
    pub count: i64,
    /// Why, of the newest.
    pub why: Option<String>,
}

/// What keeps things from leaving.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SendingTrouble {
    /// What the mail server said to us, whatever the mail.
    pub fault: Option<String>,
    /// What the newest attempt said of those that have been tried in vain for longer than ten minutes.
    pub delay: Option<String>,
    /// How many these are.
    pub late: i64,
    /// How many were given up.
    pub dead: i64,
    /// Questions to external checkers about comments that still wait.
    pub unanswered: GivenUp,
    /// Decisions that the newspapers' own systems were not told.
    pub untold: GivenUp,
}

/// What became of the wish to have something sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendNow {
    /// It is due.
    Due,
    /// It is on its way, or will be within two minutes.
    Soon,
    /// There is nothing of that name that waits or was given up.
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

/// What people look after: whatever leaves the house.
const LEAVING: [OutboxKind; 3] = [OutboxKind::Mail, OutboxKind::Callback, OutboxKind::Check];

/// The row's comment, where it waits for a decision.
macro_rules! waiting_comment {
    () => {
        comments::table
            .filter(comments::site_id.eq(outbox::site_id))
            .filter(comments::id.nullable().eq(outbox::comment_id))
            .filter(comments::status.eq(Status::Pending))
    };
}

fn entries(
    db: &mut Db,
    scope: &Scope,
    state: OutboxState,
    failures: bool,
    limit: i64,
) -> Result<Vec<OutboxEntry>> {
    let mut entries = Vec::new();
    for part in scope.parts() {
        let rows: Vec<OutboxEntry> = each!(db, |c| {
            let mut query = visible!(outbox::table, part)
                .filter(outbox::state.eq(state.as_str()))
                .limit(limit)
                .select(OutboxEntry::as_select());
            if failures {
                // What readers' slips bring about is no reason to miss what a member was not told.
                query = query.order((outbox::payload.like(TO_READER), outbox::id.desc()));
                let leaves = outbox::kind.eq_any(LEAVING.map(OutboxKind::as_str));
                // Once a person has decided, no checker's answer is missing.
                let is_missing = outbox::kind
                    .ne(OutboxKind::Check.as_str())
                    .or(diesel::dsl::exists(waiting_comment!()));
                query = query
                    .filter(leaves.and(outbox::last_error.is_not_null()))
                    .filter(is_missing);
            } else {
                query = query.order(outbox::id.desc());
            }
            query.load(c)
        })?;
        entries.extend(rows);
    }
    let is_last = |entry: &OutboxEntry| failures && entry.is_to_reader();
    entries.sort_by_key(|entry| (is_last(entry), std::cmp::Reverse(entry.id)));
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

    /// Those of them that were to leave the house, whose last attempt failed, and that somebody still misses; mails to readers after the
    /// others.
    pub async fn failures(
        &self,
        scope: Scope,
        state: OutboxState,
        limit: i64,
    ) -> Result<Vec<OutboxEntry>> {
        self.read(move |db| entries(db, &scope, state, true, limit))
            .await
    }

    /// Sends a row now, with its attempts counted anew: a dead one, or a mail or a decision that waits for another.
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

    /// Removes what was given up; whether there was such a row.
    pub async fn discard_dead(&self, scope: Scope, id: OutboxId) -> Result<bool> {
        self.write(move |db| {
            for part in scope.parts() {
                let site: Option<SiteId> = each!(db, |c| visible!(outbox::table, part)
                    .filter(outbox::id.eq(id))
                    .select(outbox::site_id)
                    .first(c)
                    .optional())?;
                let Some(site) = site else { continue };
                let dead = outbox::table
                    .filter(outbox::site_id.eq(site))
                    .filter(outbox::id.eq(id))
                    .filter(outbox::state.eq(OutboxState::Dead.as_str()));
                return Ok(each!(db, |c| diesel::delete(dead).execute(c))? > 0);
            }
            Ok(false)
        })
        .await
    }

    /// What keeps things of the scope's sites from leaving.
    pub async fn sending_trouble(&self, scope: Scope, now: Instant) -> Result<SendingTrouble> {
        self.read(move |db| {
            let mut trouble = SendingTrouble::default();
            for part in scope.parts() {
                trouble
                    .unanswered
                    .add(given_up(db, part, OutboxKind::Check)?);
                trouble
                    .untold
                    .add(given_up(db, part, OutboxKind::Callback)?);
                let (Part::Whole(site) | Part::Sections(site, _)) = part;
                let here = outbox::table
                    .filter(outbox::site_id.eq(*site))
                    .filter(outbox::kind.eq(OutboxKind::Mail.as_str()));
                let ready = here
                    .filter(outbox::state.eq(OutboxState::Ready.as_str()))
                    .filter(outbox::last_error.is_not_null());
                let late = ready.filter(outbox::created_at.lt(now.before(PATIENCE)));
                let newest = late.order(outbox::id.desc()).select(outbox::last_error);
                // The one that was tried last: what was mended since is said by none.
                let ours = ready
                    .filter(outbox::is_ours.eq(true))
                    .order((outbox::tried_at.desc(), outbox::id.desc()))
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

impl GivenUp {
    fn add(&mut self, more: Self) {
        self.count += more.count;
        self.why = self.why.take().or(more.why);
    }
}

/// What of a kind was given up in that part of a site, and is still missed.
fn given_up(db: &mut Db, part: &Part, kind: OutboxKind) -> Result<GivenUp> {
    let dead = outbox::kind
        .eq(kind.as_str())
        .and(outbox::state.eq(OutboxState::Dead.as_str()));
    let is_check = kind == OutboxKind::Check;
    let count: i64 = each!(db, |c| {
        let mut query = visible!(outbox::table, part).filter(dead);
        if is_check {
            query = query.filter(diesel::dsl::exists(waiting_comment!()));
        }
        query.count().get_result(c)
    })?;
    if count == 0 {
        return Ok(GivenUp::default());
    }
    let why: Option<Option<String>> = each!(db, |c| {
        let mut query = visible!(outbox::table, part).filter(dead);
        if is_check {
            query = query.filter(diesel::dsl::exists(waiting_comment!()));
        }
        query
            .order(outbox::id.desc())
            .select(outbox::last_error)
            .first(c)
            .optional()
    })?;
    Ok(GivenUp {
        count,
        why: why.flatten(),
    })
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
    tried_at: Option<Instant>,
    last_error: Option<String>,
}

impl Waiting {
    fn send_now(self, db: &mut Db, now: Instant) -> Result<SendNow> {
        let is_dead = self.state == OutboxState::Dead.as_str();
        let waits = self.state == OutboxState::Ready.as_str()
            && (self.kind == OutboxKind::Mail.as_str()
                || self.kind == OutboxKind::Callback.as_str())
            && self.last_error.is_some();
        // It must not go out twice. How long claims of other kinds last is not known here.
        let is_taken = if self.kind == OutboxKind::Mail.as_str() {
            is_claimed(self.run_at, self.tried_at)
        } else {
            self.run_at <= claims_reach(now)
        };
        let may_be_on_its_way = self.run_at <= now || is_taken;
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

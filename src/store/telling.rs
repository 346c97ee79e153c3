//! Telling members what waits: notices are taken out of the outbox, numbered, and told to each member when their time comes.
//!
//! What is to be done is found out by reading, and then written in one transaction that changes nothing where anything of it is no
//! longer so: of two replicas one does it, and the other finds it done.

use std::time::Duration;

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::{Error, Result};
use super::outbox::{self, NewOutbox, Obstacle, OutboxKind, OutboxState};
use super::schema::{gathered, outbox as rows, tellings};
use super::{Store, mail_habits, mail_server, moderators};
use crate::domain::{
    CommentId, Instant, MailHabits, Moderator, ModeratorId, OutboxId, SiteId, Stuck, Telling,
};

/// A notice that nobody has been told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Its row.
    pub id: OutboxId,
    /// What it is about.
    pub comment: CommentId,
    /// Whether it cannot wait.
    pub is_urgent: bool,
}

/// A member of a site who may come in, and how far they were told.
#[derive(Debug, Clone)]
pub struct Listener {
    /// Who.
    pub moderator: Moderator,
    /// When they want to be mailed.
    pub habits: MailHabits,
    /// How far they were told.
    pub telling: Telling,
    /// What was written to them and cannot leave.
    pub stuck: Stuck,
    /// When the first was gathered of what they were not told, as far as it is not urgent.
    pub ordinary_since: Option<Instant>,
    /// The same of what is urgent.
    pub urgent_since: Option<Instant>,
}

/// Everything that decides whom to tell on a site.
#[derive(Debug, Clone)]
pub struct Audience {
    /// What is not gathered yet, the oldest first.
    pub notices: Vec<Notice>,
    /// The last number of what was gathered and is not urgent.
    pub ordinary: i64,
    /// The last number of what is.
    pub urgent: i64,
    /// The members.
    pub listeners: Vec<Listener>,
}

/// What changes for one member.
#[derive(Debug, Clone)]
pub struct Told {
    /// Who.
    pub moderator: ModeratorId,
    /// How far they were told before; where that is no longer so, nothing at all is done.
    pub before: i64,
    /// How far they are told now.
    pub after: Telling,
    /// The mail.
    pub mail: Option<NewOutbox>,
}

/// One round of telling on a site.
#[derive(Debug, Clone)]
pub struct Round {
    /// Where.
    pub site: SiteId,
    /// When.
    pub at: Instant,
    /// The notices that are gathered.
    pub notices: Vec<Notice>,
    /// The number that they get which are not urgent.
    pub ordinary: i64,
    /// The number that the urgent ones get.
    pub urgent: i64,
    /// Who is told.
    pub told: Vec<Told>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = tellings, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct TellingRow {
    site_id: SiteId,
    moderator_id: ModeratorId,
    ordinary_to: i64,
    urgent_to: i64,
    told: String,
    alerted: String,
    is_late: bool,
    reminded_of: Option<Instant>,
    revision: i64,
    digest_id: Option<OutboxId>,
    alert_id: Option<OutboxId>,
    ahead: String,
}

impl TellingRow {
    fn new(site_id: SiteId, moderator_id: ModeratorId, telling: &Telling) -> Self {
        Self {
            site_id,
            moderator_id,
            ordinary_to: telling.ordinary_to,
            urgent_to: telling.urgent_to,
            told: as_list(&telling.told),
            alerted: as_list(&telling.alerted),
            is_late: telling.is_late,
            reminded_of: telling.reminded_of,
            revision: telling.revision,
            digest_id: telling.digest,
            alert_id: telling.alert,
            ahead: serde_json::to_string(&telling.ahead).expect("numbers and ids are JSON"),
        }
    }
}

impl From<TellingRow> for Telling {
    fn from(row: TellingRow) -> Self {
        Self {
            ordinary_to: row.ordinary_to,
            urgent_to: row.urgent_to,
            told: of_list(&row.told),
            alerted: of_list(&row.alerted),
            is_late: row.is_late,
            reminded_of: row.reminded_of,
            revision: row.revision,
            digest: row.digest_id,
            alert: row.alert_id,
            ahead: serde_json::from_str(&row.ahead).unwrap_or_default(),
        }
    }
}

fn as_list(times: &[Instant]) -> String {
    let micros: Vec<i64> = times.iter().map(|at| at.as_micros()).collect();
    serde_json::to_string(&micros).expect("numbers are JSON")
}

fn of_list(text: &str) -> Vec<Instant> {
    let micros: Vec<i64> = serde_json::from_str(text).unwrap_or_default();
    micros.into_iter().map(Instant::from_micros).collect()
}

/// The notices that nobody has been told of. Their time is not asked for: they are due whatever a clock said when they were written.
fn notices(db: &mut Db, site: SiteId, limit: i64) -> Result<Vec<Notice>> {
    let mut found = Vec::new();
    for kind in [OutboxKind::Alert, OutboxKind::Notice] {
        let query = rows::table
            .filter(rows::site_id.eq(site))
            .filter(rows::kind.eq(kind.as_str()))
            .filter(rows::state.eq(OutboxState::Ready.as_str()))
            .order(rows::run_at)
            .limit(limit)
            .select((rows::id, rows::comment_id));
        let some: Vec<(OutboxId, Option<CommentId>)> = each!(db, |c| query.load(c))?;
        found.extend(some.into_iter().filter_map(|(id, comment)| {
            Some(Notice {
                id,
                comment: comment?,
                is_urgent: kind == OutboxKind::Alert,
            })
        }));
    }
    Ok(found)
}

/// The last number that was given, or none so far.
fn last(db: &mut Db, site: SiteId, is_urgent: bool) -> Result<i64> {
    let query = gathered::table
        .filter(gathered::site_id.eq(site))
        .filter(gathered::is_urgent.eq(is_urgent))
        .order(gathered::seq.desc())
        .select(gathered::seq);
    let last: Option<i64> = each!(db, |c| query.first(c).optional())?;
    Ok(last.unwrap_or(0))
}

/// When the first was gathered that has a higher number.
fn first_after(
    db: &mut Db,
    site: SiteId,
    is_urgent: bool,
    (after, last): (i64, i64),
) -> Result<Option<Instant>> {
    if after >= last {
        return Ok(None);
    }
    let query = gathered::table
        .filter(gathered::site_id.eq(site))
        .filter(gathered::is_urgent.eq(is_urgent))
        .filter(gathered::seq.gt(after))
        .order(gathered::seq)
        .select(gathered::gathered_at);
    Ok(each!(db, |c| query.first(c).optional())?)
}

/// A mail that the mail server has not taken.
#[derive(Queryable)]
struct Waiting {
    since: Instant,
    tried_at: Option<Instant>,
    obstacle: Option<String>,
}

impl Waiting {
    /// Whether it waits over something else than the server: so does what is put off while others are taken.
    fn is_its_own(&self, db: &mut Db) -> Result<bool> {
        match self.tried_at {
            Some(tried) if self.obstacle.as_deref() == Some(Obstacle::Server.as_str()) => {
                mail_server::took_one(db, self.since, tried)
            }
            _ => Ok(true),
        }
    }

    /// Whether it waits while others are taken. What is not for the server has its own time, and may not have been tried for long.
    fn is_passed_by(&self, db: &mut Db) -> Result<bool> {
        if self.obstacle.as_deref() == Some(Obstacle::Server.as_str()) {
            return self.is_its_own(db);
        }
        mail_server::took_one_since(db, self.since)
    }
}

fn waiting(db: &mut Db, site: SiteId, mail: Option<OutboxId>) -> Result<Option<Waiting>> {
    let Some(mail) = mail else {
        return Ok(None);
    };
    let query = rows::table
        .filter(rows::site_id.eq(site))
        .filter(rows::id.eq(mail))
        .filter(rows::state.eq(OutboxState::Ready.as_str()))
        .filter(rows::last_error.is_not_null())
        .select((rows::created_at, rows::tried_at, rows::obstacle));
    Ok(each!(db, |c| query.first(c).optional())?)
}

/// How many digests to that member the mail server has not taken.
fn digests_waiting(db: &mut Db, site: SiteId, member: ModeratorId) -> Result<usize> {
    let query = rows::table
        .filter(rows::site_id.eq(site))
        .filter(rows::kind.eq(OutboxKind::Mail.as_str()))
        .filter(rows::state.eq(OutboxState::Ready.as_str()))
        .filter(rows::last_error.is_not_null())
        .filter(rows::payload.like(format!("%\"moderator\":\"{}\"%", member.0)))
        .filter(rows::payload.not_like("%\"purpose\":\"urgent\"%"))
        .count();
    let count: i64 = each!(db, |c| query.get_result(c))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// What was written to a member and cannot leave.
fn stuck(db: &mut Db, site: SiteId, member: ModeratorId, telling: &Telling) -> Result<Stuck> {
    let digest = waiting(db, site, telling.digest)?;
    let alert = waiting(db, site, telling.alert)?;
    let is_alert_its_own = match &alert {
        Some(alert) => alert.is_its_own(db)?,
        None => false,
    };
    let digests_of_its_own = match &digest {
        Some(digest) if digest.is_passed_by(db)? => digests_waiting(db, site, member)?,
        _ => 0,
    };
    Ok(Stuck {
        digest: digest.map(|mail| mail.since),
        digests_of_its_own,
        alert: alert.map(|mail| mail.since),
        is_alert_its_own,
    })
}

fn audience(db: &mut Db, site: SiteId, limit: i64) -> Result<Audience> {
    let (ordinary, urgent) = (last(db, site, false)?, last(db, site, true)?);
    let query = tellings::table.filter(tellings::site_id.eq(site));
    let rows: Vec<TellingRow> = each!(db, |c| query.select(TellingRow::as_select()).load(c))?;
    let mut told: std::collections::HashMap<ModeratorId, Telling> = rows
        .into_iter()
        .map(|row| (row.moderator_id, row.into()))
        .collect();
    let mut habits = mail_habits::all(db)?;
    let mut listeners = Vec::new();
    for moderator in moderators::at_site(db, site)? {
        let telling = told.remove(&moderator.id).unwrap_or_default();
        listeners.push(Listener {
            habits: habits.remove(&moderator.id).unwrap_or_default(),
            stuck: stuck(db, site, moderator.id, &telling)?,
            ordinary_since: first_after(db, site, false, (telling.ordinary_to, ordinary))?,
            urgent_since: first_after(db, site, true, (telling.urgent_to, urgent))?,
            telling,
            moderator,
        });
    }
    Ok(Audience {
        notices: notices(db, site, limit)?,
        ordinary,
        urgent,
        listeners,
    })
}

/// Gives notices their number. Another replica that has given it meanwhile is a conflict.
fn gather(db: &mut Db, round: &Round) -> Result<()> {
    for (is_urgent, seq) in [(false, round.ordinary), (true, round.urgent)] {
        let these = round.notices.iter();
        let these = these.filter(|notice| notice.is_urgent == is_urgent);
        let mut comments: Vec<CommentId> = these.map(|notice| notice.comment).collect();
        if comments.is_empty() {
            continue;
        }
        comments.sort_unstable();
        comments.dedup();
        let row = (
            gathered::site_id.eq(round.site),
            gathered::is_urgent.eq(is_urgent),
            gathered::seq.eq(seq),
            gathered::comments.eq(serde_json::to_string(&comments).expect("ids are JSON")),
            gathered::gathered_at.eq(round.at),
        );
        each!(db, |c| diesel::insert_into(gathered::table)
            .values(row)
            .execute(c))?;
    }
    let ids: Vec<OutboxId> = round.notices.iter().map(|notice| notice.id).collect();
    let target = rows::table
        .filter(rows::site_id.eq(round.site))
        .filter(rows::id.eq_any(ids))
        .filter(rows::state.eq(OutboxState::Ready.as_str()));
    let change = (
        rows::state.eq(OutboxState::Done.as_str()),
        rows::done_at.eq(Some(round.at)),
    );
    let done = each!(db, |c| diesel::update(target).set(change).execute(c))?;
    if done == round.notices.len() {
        Ok(())
    } else {
        Err(passed())
    }
}

/// Somebody else has done it.
fn passed() -> Error {
    Error::Conflict("another replica was faster".to_owned())
}

fn advance(db: &mut Db, site: SiteId, told: &Told) -> Result<()> {
    let row = TellingRow::new(site, told.moderator, &told.after);
    if told.before == 0 {
        each!(db, |c| diesel::insert_into(tellings::table)
            .values(&row)
            .execute(c))?;
        return Ok(());
    }
    let target = tellings::table
        .filter(tellings::site_id.eq(site))
        .filter(tellings::moderator_id.eq(told.moderator))
        .filter(tellings::revision.eq(told.before));
    let moved = each!(db, |c| diesel::update(target).set(&row).execute(c))?;
    if moved == 1 { Ok(()) } else { Err(passed()) }
}

fn tell(db: &mut Db, round: &Round) -> Result<()> {
    gather(db, round)?;
    for told in &round.told {
        advance(db, round.site, told)?;
    }
    let mails = round.told.iter().filter_map(|told| told.mail.clone());
    outbox::insert(db, mails)
}

impl Store {
    /// Whether there are notices on a site that nobody has been told of.
    pub async fn has_notices(&self, site: SiteId) -> Result<bool> {
        self.read(move |db| Ok(!notices(db, site, 1)?.is_empty()))
            .await
    }

    /// Everything that decides whom to tell on a site; of each kind of notices up to `limit`.
    pub async fn audience(&self, site: SiteId, limit: i64) -> Result<Audience> {
        self.read(move |db| audience(db, site, limit)).await
    }

    /// What was gathered under the numbers after the first up to the second, each with its number.
    pub async fn gathered(
        &self,
        site: SiteId,
        is_urgent: bool,
        (after, to): (i64, i64),
    ) -> Result<Vec<(i64, CommentId)>> {
        self.read(move |db| {
            let query = gathered::table
                .filter(gathered::site_id.eq(site))
                .filter(gathered::is_urgent.eq(is_urgent))
                .filter(gathered::seq.gt(after))
                .filter(gathered::seq.le(to))
                .order(gathered::seq)
                .select((gathered::seq, gathered::comments));
            let lists: Vec<(i64, String)> = each!(db, |c| query.load(c))?;
            let mut comments = Vec::new();
            for (seq, list) in lists {
                let these: Vec<CommentId> = serde_json::from_str(&list)
                    .map_err(|error| Error::Broken(error.to_string()))?;
                comments.extend(these.into_iter().map(|comment| (seq, comment)));
            }
            Ok(comments)
        })
        .await
    }

    /// Does a round, all of it or nothing; false where something of it is no longer as it was when the round was planned.
    pub async fn tell(&self, round: Round) -> Result<bool> {
        let done = self.write(move |db| tell(db, &round)).await;
        match done {
            Ok(()) => Ok(true),
            Err(Error::Conflict(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Forgets what was gathered on a site more than `age` before `now`, save for the last of each kind, after which numbers go on.
    pub async fn forget_gathered(&self, site: SiteId, now: Instant, age: Duration) -> Result<()> {
        self.write(move |db| {
            for is_urgent in [false, true] {
                let last = last(db, site, is_urgent)?;
                let old = gathered::table
                    .filter(gathered::site_id.eq(site))
                    .filter(gathered::is_urgent.eq(is_urgent))
                    .filter(gathered::seq.lt(last))
                    .filter(gathered::gathered_at.lt(now.before(age)));
                each!(db, |c| diesel::delete(old).execute(c))?;
            }
            Ok(())
        })
        .await
    }
}

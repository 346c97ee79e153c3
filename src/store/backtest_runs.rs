//! Back-tests: who tries which drafts, how far each has come, and what it has found. Whoever works on one holds its lease; a number
//! that rises with each lease keeps an earlier worker's word from counting.

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::{Db, each};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::schema::backtests;
use crate::domain::{
    Actor, Backtest, BacktestId, BacktestState, CommentId, EventId, Instant, SiteId,
};

/// As many as are kept of each site.
const KEPT: i64 = 20;
/// Those that somebody works on or will.
const OPEN: [BacktestState; 2] = [BacktestState::Waiting, BacktestState::Running];

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = backtests, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct BacktestRow {
    site_id: SiteId,
    id: BacktestId,
    started_by: String,
    created_at: Instant,
    days: i32,
    words: String,
    state: BacktestState,
    total: Option<i64>,
    done: i64,
    reached: Option<CommentId>,
    basis: String,
    findings: String,
    lease: i64,
    leased_until: Instant,
    ended_at: Option<Instant>,
}

fn as_text(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Broken(error.to_string()))
}

fn from_text<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Broken(format!("a back-test: {error}")))
}

impl BacktestRow {
    fn new(run: &Backtest) -> Result<Self> {
        Ok(Self {
            site_id: run.site,
            id: run.id,
            started_by: run.started_by.clone(),
            created_at: run.created_at,
            days: run.days,
            words: as_text(&run.words)?,
            state: run.state,
            total: run.total,
            done: run.done,
            reached: run.reached,
            basis: run.basis.clone(),
            findings: as_text(&run.findings)?,
            lease: run.lease,
            leased_until: run.created_at,
            ended_at: run.ended_at,
        })
    }

    fn read(self) -> Result<Backtest> {
        Ok(Backtest {
            id: self.id,
            site: self.site_id,
            started_by: self.started_by,
            created_at: self.created_at,
            days: self.days,
            words: from_text(&self.words)?,
            state: self.state,
            total: self.total,
            done: self.done,
            reached: self.reached,
            basis: self.basis,
            findings: from_text(&self.findings)?,
            lease: self.lease,
            ended_at: self.ended_at,
        })
    }
}

fn one(db: &mut Db, site: SiteId, id: BacktestId) -> Result<Backtest> {
    let query = backtests::table
        .filter(backtests::site_id.eq(site))
        .filter(backtests::id.eq(id));
    let row: BacktestRow = each!(db, |c| query.select(BacktestRow::as_select()).first(c))?;
    row.read()
}

/// A change of a back-test that is not over, by whoever holds that lease.
#[diesel::dsl::auto_type]
fn held(site: SiteId, id: BacktestId, lease: i64) -> _ {
    let open: Vec<BacktestState> = OPEN.to_vec();
    backtests::site_id
        .eq(site)
        .and(backtests::id.eq(id))
        .and(backtests::lease.eq(lease))
        .and(backtests::state.eq_any(open))
}

fn start(db: &mut Db, run: &Backtest, actor: &Actor) -> Result<bool> {
    let here = backtests::table.filter(backtests::site_id.eq(run.site));
    let open = here.filter(backtests::state.eq_any(OPEN.to_vec())).count();
    let open: i64 = each!(db, |c| open.get_result(c))?;
    if open > 0 {
        return Ok(false);
    }
    let oldest = here
        .order(backtests::id.desc())
        .offset(KEPT - 1)
        .select(backtests::id);
    let oldest: Option<BacktestId> = each!(db, |c| oldest.first(c).optional())?;
    if let Some(oldest) = oldest {
        let old = here.filter(backtests::id.le(oldest));
        each!(db, |c| diesel::delete(old).execute(c))?;
    }
    let row = BacktestRow::new(run)?;
    each!(db, |c| diesel::insert_into(backtests::table)
        .values(&row)
        .execute(c))?;
    record(db, "backtest_started", run, actor, run.created_at)?;
    Ok(true)
}

fn record(
    db: &mut Db,
    kind: &'static str,
    run: &Backtest,
    actor: &Actor,
    at: Instant,
) -> Result<()> {
    let words: Vec<&str> = run.words.iter().map(|one| one.word.as_str()).collect();
    let detail = serde_json::json!({ "id": run.id, "days": run.days, "words": words });
    let event = NewEvent::of_site(EventId(Uuid::now_v7()), kind, run.site, actor, at);
    events::insert(db, std::iter::once(event.traced(actor, detail)))
}

fn cancel(
    db: &mut Db,
    site: SiteId,
    id: BacktestId,
    actor: &Actor,
    at: Instant,
) -> Result<Backtest> {
    let run = one(db, site, id)?;
    let target = backtests::table.filter(held(site, id, run.lease));
    let change = (
        backtests::state.eq(BacktestState::Cancelled),
        backtests::ended_at.eq(Some(at)),
    );
    // Where it was over already, that stands.
    if each!(db, |c| diesel::update(target).set(change).execute(c))? == 1 {
        record(db, "backtest_cancelled", &run, actor, at)?;
    }
    one(db, site, id)
}

fn claim(
    db: &mut Db,
    site: SiteId,
    id: BacktestId,
    (now, until): (Instant, Instant),
) -> Result<Option<Backtest>> {
    let run = one(db, site, id)?;
    let target = backtests::table
        .filter(held(site, id, run.lease))
        .filter(backtests::leased_until.le(now));
    let change = (
        backtests::state.eq(BacktestState::Running),
        backtests::lease.eq(run.lease + 1),
        backtests::leased_until.eq(until),
    );
    let taken = each!(db, |c| diesel::update(target).set(change).execute(c))?;
    if taken == 1 {
        one(db, site, id).map(Some)
    } else {
        Ok(None)
    }
}

fn save(db: &mut Db, run: &Backtest, until: Instant) -> Result<bool> {
    let target = backtests::table.filter(held(run.site, run.id, run.lease));
    let change = (
        backtests::state.eq(run.state),
        backtests::total.eq(run.total),
        backtests::done.eq(run.done),
        backtests::reached.eq(run.reached),
        backtests::basis.eq(&run.basis),
        backtests::findings.eq(as_text(&run.findings)?),
        backtests::leased_until.eq(until),
        backtests::ended_at.eq(run.ended_at),
    );
    let saved = each!(db, |c| diesel::update(target).set(change).execute(c))?;
    Ok(saved == 1)
}

impl Store {
    /// Puts a back-test down to be done; false where another one of the site is not over. The oldest ones are forgotten.
    pub async fn start_backtest(&self, run: Backtest, actor: Actor) -> Result<bool> {
        self.write(move |db| start(db, &run, &actor)).await
    }

    /// One back-test of a site.
    pub async fn backtest(&self, site: SiteId, id: BacktestId) -> Result<Backtest> {
        self.read(move |db| one(db, site, id)).await
    }

    /// A site's latest back-tests, newest first.
    pub async fn backtests(&self, site: SiteId, limit: i64) -> Result<Vec<Backtest>> {
        self.read(move |db| {
            let query = backtests::table
                .filter(backtests::site_id.eq(site))
                .order(backtests::id.desc())
                .limit(limit);
            let rows: Vec<BacktestRow> =
                each!(db, |c| query.select(BacktestRow::as_select()).load(c))?;
            rows.into_iter().map(BacktestRow::read).collect()
        })
        .await
    }

    /// Stops a back-test, unless it is over; as it is then.
    pub async fn cancel_backtest(
        &self,
        site: SiteId,
        id: BacktestId,
        actor: Actor,
        at: Instant,
    ) -> Result<Backtest> {
        self.write(move |db| cancel(db, site, id, &actor, at)).await
    }

    /// The back-tests that nobody works on: of all sites, which have a few each.
    pub async fn due_backtests(&self, now: Instant) -> Result<Vec<(SiteId, BacktestId)>> {
        self.read(move |db| {
            let query = backtests::table
                .filter(backtests::state.eq_any(OPEN.to_vec()))
                .filter(backtests::leased_until.le(now))
                .order((backtests::site_id, backtests::id))
                .select((backtests::site_id, backtests::id));
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }

    /// Takes a back-test up until then; none where somebody else did, or stopped it.
    pub async fn claim_backtest(
        &self,
        site: SiteId,
        id: BacktestId,
        now: Instant,
        until: Instant,
    ) -> Result<Option<Backtest>> {
        self.write(move |db| claim(db, site, id, (now, until)))
            .await
    }

    /// Saves how far a back-test has come, and holds it until then; false where it is somebody else's by now, or was stopped.
    pub async fn save_backtest(&self, run: Backtest, until: Instant) -> Result<bool> {
        self.write(move |db| save(db, &run, until)).await
    }
}

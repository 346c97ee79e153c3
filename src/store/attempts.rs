//! Wrong passwords and codes, counted so that who guesses must wait. In the database, so that replicas count together and a new
//! start forgets nothing.

use std::time::Duration;

use diesel::prelude::*;

use super::Store;
use super::db::{Connected, Db, each};
use super::error::{Error, Result};
use super::schema::sign_in_attempts;
use crate::domain::Instant;

/// A keyed hash of what is counted.
pub type Mark = [u8; 16];

/// What an attempt is counted by, and how long one waits after so many wrong ones.
#[derive(Debug, Clone, Copy)]
pub struct Counter {
    /// By what.
    pub mark: Mark,
    /// How long.
    pub wait_after: fn(u32) -> Duration,
}

/// What a good attempt does to what was counted.
#[derive(Debug, Clone, Default)]
pub struct Settlement {
    /// Forgotten.
    pub clear: Vec<Mark>,
    /// One less, since this attempt was none to count.
    pub retract: Vec<Mark>,
}

/// How many failed, and when the last one did. Held until the transaction ends, so that of many at once each is told what the one
/// before has counted. SQLite has one writer, who waits for nobody.
fn failures(db: &mut Db, mark: Mark) -> Result<Option<(i32, Instant)>> {
    let query = sign_in_attempts::table
        .filter(sign_in_attempts::mark.eq(mark.as_slice()))
        .select((sign_in_attempts::failures, sign_in_attempts::last_at));
    let mut rows: Vec<(i32, Instant)> = match &mut db.0 {
        Connected::Sqlite(c) => query.load(c.as_mut())?,
        Connected::Postgres(c) => query.for_update().load(c.as_mut())?,
    };
    Ok(rows.pop())
}

fn since(last: Instant, now: Instant) -> Duration {
    Duration::try_from_secs_f64(now.seconds_since(last)).unwrap_or_default()
}

fn attempt(
    db: &mut Db,
    counters: &[Counter],
    now: Instant,
    quiet: Duration,
) -> Result<Option<Duration>> {
    // In one order everywhere, so that PostgreSQL's writers do not wait for each other crosswise.
    let mut counters = counters.to_vec();
    counters.sort_by_key(|counter| counter.mark);
    let mut seen = Vec::with_capacity(counters.len());
    let mut longest = Duration::ZERO;
    for counter in counters {
        let row = failures(db, counter.mark)?;
        let known = row.filter(|(_, last)| since(*last, now) < quiet);
        let (failed, passed) =
            known.map_or((0, quiet), |(failed, last)| (failed, since(last, now)));
        let wait = (counter.wait_after)(failed.unsigned_abs());
        longest = longest.max(wait.saturating_sub(passed));
        seen.push((counter.mark, row.is_some(), failed));
    }
    if longest > Duration::ZERO {
        return Ok(Some(longest));
    }
    for (mark, is_known, failed) in seen {
        count(db, mark, is_known, failed + 1, now)?;
    }
    Ok(None)
}

/// A row that was there is held. Of two who bring the first one at once, the other looks at all of it again.
fn count(db: &mut Db, mark: Mark, is_known: bool, failed: i32, now: Instant) -> Result<()> {
    let counted = (
        sign_in_attempts::failures.eq(failed),
        sign_in_attempts::last_at.eq(now),
    );
    if is_known {
        let target = sign_in_attempts::table.filter(sign_in_attempts::mark.eq(mark.as_slice()));
        each!(db, |c| diesel::update(target).set(counted).execute(c))?;
        return Ok(());
    }
    let (failed, last) = counted;
    let row = (sign_in_attempts::mark.eq(mark.as_slice()), failed, last);
    let added = each!(db, |c| diesel::insert_into(sign_in_attempts::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if added == 1 {
        Ok(())
    } else {
        Err(Error::Contended)
    }
}

/// A good attempt.
pub(super) fn settle(db: &mut Db, settlement: &Settlement) -> Result<()> {
    let mut marks: Vec<(Mark, bool)> = settlement.clear.iter().map(|mark| (*mark, true)).collect();
    marks.extend(settlement.retract.iter().map(|mark| (*mark, false)));
    marks.sort_unstable();
    for (mark, is_cleared) in marks {
        let target = sign_in_attempts::table.filter(sign_in_attempts::mark.eq(mark.as_slice()));
        if is_cleared {
            each!(db, |c| diesel::delete(target).execute(c))?;
        } else {
            let target = target.filter(sign_in_attempts::failures.gt(0));
            let less = sign_in_attempts::failures.eq(sign_in_attempts::failures - 1);
            each!(db, |c| diesel::update(target).set(less).execute(c))?;
        }
    }
    Ok(())
}

impl Store {
    /// Counts an attempt as a wrong one before it is looked at, so that many at once do not slip by; or says how long to wait, and
    /// counts nothing then. What was quiet for `quiet` is counted anew.
    pub async fn attempt(
        &self,
        counters: Vec<Counter>,
        now: Instant,
        quiet: Duration,
    ) -> Result<Option<Duration>> {
        self.write(move |db| attempt(db, &counters, now, quiet))
            .await
    }

    /// Takes an attempt back that was a good one.
    pub async fn settle_attempt(&self, settlement: Settlement) -> Result<()> {
        self.write(move |db| settle(db, &settlement)).await
    }

    /// Forgets what was last tried before `before`; how many rows that were.
    pub async fn forget_attempts(&self, before: Instant) -> Result<usize> {
        self.write(move |db| {
            let old = sign_in_attempts::table.filter(sign_in_attempts::last_at.lt(before));
            Ok(each!(db, |c| diesel::delete(old).execute(c))?)
        })
        .await
    }
}

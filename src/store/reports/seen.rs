//! Reports as cards show them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::domain::{CommentId, Report, ReportId, ReportOutcome, ReportReason, Reports, SiteId};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{reported, reports};
use crate::store::types::moment_of;

/// As many reports of a comment as are shown one by one, the latest; the others are counted.
const SHOWN: i64 = 20;

/// A report with what its sender is known by.
#[derive(Queryable, Selectable)]
#[diesel(table_name = reports)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct Row {
    id: ReportId,
    reason: ReportReason,
    note: Option<String>,
    reporter: Option<i64>,
    outcome: Option<ReportOutcome>,
}

/// Those of the comments that have open reports.
pub(in crate::store) fn are_open(
    db: &mut Db,
    site: SiteId,
    comments: &[CommentId],
) -> Result<HashSet<CommentId>> {
    if comments.is_empty() {
        return Ok(HashSet::new());
    }
    let query = reported::table
        .filter(reported::site_id.eq(site))
        .filter(reported::comment_id.eq_any(comments.to_vec()))
        .filter(reported::is_open.eq(true))
        .select(reported::comment_id);
    let open: Vec<CommentId> = each!(db, |c| query.load(c))?;
    Ok(open.into_iter().collect())
}

/// What was reported of each of some comments. Most were never reported, and cost one look for all of them.
pub(in crate::store) fn of_comments(
    db: &mut Db,
    site: SiteId,
    comments: &[CommentId],
) -> Result<HashMap<CommentId, Reports>> {
    if comments.is_empty() {
        return Ok(HashMap::new());
    }
    let query = reported::table
        .filter(reported::site_id.eq(site))
        .filter(reported::comment_id.eq_any(comments.to_vec()))
        .select((reported::comment_id, reported::first_id, reported::is_open));
    let known: Vec<(CommentId, ReportId, bool)> = each!(db, |c| query.load(c))?;
    let mut rows: HashMap<CommentId, Vec<Row>> = HashMap::new();
    for (comment, ..) in &known {
        let query = reports::table
            .filter(reports::site_id.eq(site))
            .filter(reports::comment_id.eq(comment))
            .order(reports::id.desc())
            .limit(SHOWN);
        let latest = each!(db, |c| query.select(Row::as_select()).load(c))?;
        rows.insert(*comment, latest);
    }
    let kept = kept_of(db, site, rows.values().flatten())?;
    let mut counts = counts(db, site, known.iter().map(|(id, ..)| *id).collect())?;
    let seen = known.into_iter().map(|(comment, first, is_open)| {
        let (open, settled) = counts.remove(&comment).unwrap_or_default();
        let latest = rows.remove(&comment).unwrap_or_default();
        let reports = Reports {
            open,
            first: is_open.then_some(first),
            since: is_open.then(|| moment_of(first.0)),
            settled,
            latest: latest.into_iter().map(|row| seen(row, &kept)).collect(),
        };
        (comment, reports)
    });
    Ok(seen.collect())
}

fn seen(row: Row, kept: &HashMap<i64, i64>) -> Report {
    let before = row.reporter.and_then(|reporter| kept.get(&reporter));
    Report {
        id: row.id,
        reason: row.reason,
        note: row.note,
        at: moment_of(row.id.0),
        kept_before: before.map_or(0, |kept| kept - own(row.outcome)),
        outcome: row.outcome,
    }
}

/// A report that was itself settled so is none of the others.
fn own(outcome: Option<ReportOutcome>) -> i64 {
    i64::from(outcome == Some(ReportOutcome::Kept))
}

/// How many reports of each sender came to nothing.
fn kept_of<'a>(
    db: &mut Db,
    site: SiteId,
    rows: impl Iterator<Item = &'a Row>,
) -> Result<HashMap<i64, i64>> {
    let reporters: HashSet<i64> = rows.filter_map(|row| row.reporter).collect();
    if reporters.is_empty() {
        return Ok(HashMap::new());
    }
    let reporters: Vec<i64> = reporters.into_iter().collect();
    let query = reports::table
        .filter(reports::site_id.eq(site))
        .filter(reports::reporter.eq_any(reporters))
        .filter(reports::outcome.eq(ReportOutcome::Kept))
        .group_by(reports::reporter)
        .select((reports::reporter.assume_not_null(), count_star()));
    let kept: Vec<(i64, i64)> = each!(db, |c| query.load(c))?;
    Ok(kept.into_iter().collect())
}

/// How many reports of a comment have that reason and that outcome.
type Counted = (CommentId, ReportReason, Option<ReportOutcome>, i64);
/// How many are open, by reason, and how many are settled.
type Counts = (Vec<(ReportReason, i64)>, i64);

fn counts(
    db: &mut Db,
    site: SiteId,
    comments: Vec<CommentId>,
) -> Result<HashMap<CommentId, Counts>> {
    if comments.is_empty() {
        return Ok(HashMap::new());
    }
    let query = reports::table
        .filter(reports::site_id.eq(site))
        .filter(reports::comment_id.eq_any(comments))
        .group_by((reports::comment_id, reports::reason, reports::outcome))
        .select((
            reports::comment_id,
            reports::reason,
            reports::outcome,
            count_star(),
        ));
    let rows: Vec<Counted> = each!(db, |c| query.load(c))?;
    let mut counts: BTreeMap<CommentId, Counts> = BTreeMap::new();
    for (comment, reason, outcome, count) in rows {
        let (open, settled) = counts.entry(comment).or_default();
        match outcome {
            None => open.push((reason, count)),
            Some(_) => *settled += count,
        }
    }
    for (open, _) in counts.values_mut() {
        open.sort_by_key(|(reason, count)| (Reverse(*count), *reason));
    }
    Ok(counts.into_iter().collect())
}

//! Open reports and what they came to.

use diesel::prelude::*;

use crate::domain::{Action, BatchId, CommentId, ReportId, ReportOutcome, SiteId};
use crate::queue;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{reported, reports};

/// Notes that a report of a comment is open; whether it is the only one.
pub(super) fn open(db: &mut Db, site: SiteId, comment: CommentId, id: ReportId) -> Result<bool> {
    let here = reported::table
        .filter(reported::site_id.eq(site))
        .filter(reported::comment_id.eq(comment));
    let known: Option<bool> = each!(db, |c| here.select(reported::is_open).first(c).optional())?;
    let opened = (reported::first_id.eq(id), reported::is_open.eq(true));
    match known {
        Some(true) => {}
        Some(false) => {
            each!(db, |c| diesel::update(here).set(opened).execute(c))?;
        }
        None => {
            let row = (
                reported::site_id.eq(site),
                reported::comment_id.eq(comment),
                reported::first_id.eq(id),
                reported::is_open.eq(true),
            );
            each!(db, |c| diesel::insert_into(reported::table)
                .values(row)
                .execute(c))?;
        }
    }
    Ok(known != Some(true))
}

/// What a decision means for the open reports of a comment.
pub(in crate::store) fn settle(
    db: &mut Db,
    site: SiteId,
    comment: CommentId,
    action: Action,
    batch: BatchId,
) -> Result<()> {
    let Some(outcome) = queue::settles(action) else {
        return Ok(());
    };
    let open = reports::table
        .filter(reports::site_id.eq(site))
        .filter(reports::comment_id.eq(comment))
        .filter(reports::outcome.is_null());
    let settled = (
        reports::outcome.eq(Some(outcome)),
        reports::batch_id.eq(Some(batch)),
    );
    each!(db, |c| diesel::update(open).set(settled).execute(c))?;
    let here = reported::table
        .filter(reported::site_id.eq(site))
        .filter(reported::comment_id.eq(comment));
    each!(db, |c| diesel::update(here)
        .set(reported::is_open.eq(false))
        .execute(c))?;
    Ok(())
}

/// Opens again what a decision settled, since it was undone.
pub(in crate::store) fn reopen(
    db: &mut Db,
    site: SiteId,
    comment: CommentId,
    batch: BatchId,
) -> Result<()> {
    let all = reports::table
        .filter(reports::site_id.eq(site))
        .filter(reports::comment_id.eq(comment));
    let settled = all.filter(reports::batch_id.eq(batch));
    let opened = (
        reports::outcome.eq(None::<ReportOutcome>),
        reports::batch_id.eq(None::<BatchId>),
    );
    let many = each!(db, |c| diesel::update(settled).set(opened).execute(c))?;
    if many == 0 {
        return Ok(());
    }
    // There may be newer ones that were open already.
    let first = all
        .filter(reports::outcome.is_null())
        .order(reports::id)
        .select(reports::id);
    let first: ReportId = each!(db, |c| first.first(c))?;
    let here = reported::table
        .filter(reported::site_id.eq(site))
        .filter(reported::comment_id.eq(comment));
    let row = (reported::first_id.eq(first), reported::is_open.eq(true));
    each!(db, |c| diesel::update(here).set(row).execute(c))?;
    Ok(())
}

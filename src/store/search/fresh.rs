//! What the index does not know yet: comments that were written, edited or decided since it was brought up to date.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use super::ask::Found;
use super::number::range;
use super::tail;
use crate::domain::{Comment, CommentId, SiteId};
use crate::store::cards::on_site;
use crate::store::db::{Connected, Db, each};
use crate::store::error::Result;
use crate::store::schema::{comments, events};
use crate::store::types::SqlId;

/// As many events as are looked at, the newest. While more than that is behind, what lies before is found once the worker is there.
const EVENTS: i64 = 1_000;
/// As many comments as are looked at themselves.
const COMMENTS: usize = 500;

/// Comments of a site that the index has not, or not as they are; the newest, oldest first.
pub(in crate::store) fn fresh(db: &mut Db, site: SiteId) -> Result<Vec<Comment>> {
    let mut ids: Vec<CommentId> = if let Some(mark) = tail::mark(db, site)? {
        let query = events::table
            .filter(events::site_id.eq(site))
            .filter(events::id.gt(mark.event))
            .filter(events::comment_id.is_not_null())
            .order(events::id.desc())
            .limit(EVENTS)
            .select(events::comment_id.assume_not_null());
        each!(db, |c| query.load(c))?
    } else {
        // Not begun yet.
        let query = comments::table
            .filter(comments::site_id.eq(site))
            .order(comments::id.desc())
            .limit(EVENTS)
            .select(comments::id);
        each!(db, |c| query.load(c))?
    };
    let mut once = HashSet::new();
    ids.retain(|id| once.insert(*id));
    let unknown = unknown(db, site, &ids)?;
    let newest = &unknown[..unknown.len().min(COMMENTS)];
    let mut comments = on_site(db, site, newest)?;
    comments.sort_by_key(|comment| comment.id);
    Ok(comments)
}

/// Those of the comments that the index has not as they are, in the same order.
pub(super) fn unknown(db: &mut Db, site: SiteId, ids: &[CommentId]) -> Result<Vec<CommentId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq_any(ids.to_vec()))
        .select((comments::id, comments::revision));
    let now: Vec<(CommentId, i32)> = each!(db, |c| query.load(c))?;
    let now: HashMap<CommentId, i32> = now.into_iter().collect();
    let indexed = indexed(db, site, ids)?;
    let is_unknown = |id: &&CommentId| {
        now.get(id)
            .is_some_and(|revision| indexed.get(id).is_none_or(|known| known < revision))
    };
    Ok(ids.iter().filter(is_unknown).copied().collect())
}

/// The revisions that the index has of comments.
fn indexed(db: &mut Db, site: SiteId, ids: &[CommentId]) -> Result<HashMap<CommentId, i32>> {
    let found: Vec<Found> = match &mut db.0 {
        Connected::Sqlite(c) => {
            let mut firsts: Vec<i64> = ids.iter().map(|id| range(id.0).0).collect();
            firsts.sort_unstable();
            firsts.dedup();
            let width = range(uuid::Uuid::nil()).1;
            // Other comments of the same milliseconds come along and are not asked for.
            diesel::sql_query(format!(
                "SELECT s.comment_id, s.revision FROM json_each(?) AS j
                 CROSS JOIN __searched AS s ON s.number BETWEEN j.value AND j.value + {width} WHERE s.site_id = ?"
            ))
            .bind::<Text, _>(serde_json::to_string(&firsts).unwrap_or_default())
            .bind::<SqlId, _>(site)
            .load(c.as_mut())?
        }
        Connected::Postgres(c) => diesel::sql_query(
            "SELECT comment_id, revision FROM __searched WHERE site_id = $1 AND comment_id = ANY($2)",
        )
        .bind::<SqlId, _>(site)
        .bind::<Array<SqlId>, _>(ids)
        .load(c.as_mut())?,
    };
    Ok(found
        .into_iter()
        .map(|found| (found.comment_id, found.revision))
        .collect())
}

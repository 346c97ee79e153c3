//! What became of comments that say the same since a page showed them together.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::fits::fitting;
use super::folded::by_evidence;
use super::place::whole;
use crate::domain::{Comment, CommentId, EventId, Instant};
use crate::store::Scope;
use crate::store::cards::on_site;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::events;
use crate::store::types::first_at;

/// What takes a comment out of the queue, or puts it there again.
const MOVES: [&str; 6] = [
    "comment.approved",
    "comment.rejected",
    "comment.spam",
    "comment.withdrawn",
    "comment.requeued",
    "comment.undone",
];
/// As many of them as are looked through, the last first.
const MOST: i64 = 10_000;

/// The members of a cluster that were moved after a moment, each as it is now.
pub(super) fn members_moved(
    db: &mut Db,
    scope: &Scope,
    first: CommentId,
    since: Instant,
) -> Result<Vec<Comment>> {
    let mut moved = Vec::new();
    for place in whole(scope) {
        let query = events::table
            .filter(events::site_id.eq(place.site))
            .filter(events::id.ge(EventId(first_at(since))))
            .filter(events::created_at.gt(since))
            .filter(events::kind.eq_any(MOVES))
            .filter(events::comment_id.is_not_null())
            .order(events::id.desc())
            .limit(MOST)
            .select(events::comment_id.assume_not_null());
        let ids: Vec<CommentId> = each!(db, |c| query.load(c))?;
        let ids: Vec<CommentId> = BTreeSet::from_iter(ids).into_iter().collect();
        let clusters = by_evidence(db, place.site, &ids)?;
        // The one that a cluster is named for is of it, whatever was seen in it.
        let is_member = |id: &CommentId| *id == first || clusters.get(id) == Some(&first);
        let ids: Vec<CommentId> = ids.into_iter().filter(is_member).collect();
        let members = on_site(db, place.site, &ids)?;
        moved.extend(fitting(db, &place, members)?);
    }
    Ok(moved)
}

//! Pages that the tables of comments answer: by status and lane, or by site alone.

use diesel::prelude::*;

use super::place::Place;
use super::{Run, beyond};
use crate::domain::{Comment, CommentId, Lane, Status};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::rows::CommentRow;
use crate::store::schema::comments;

/// The stretches of the index that have them: each is in order by itself.
fn stretches(place: &Place) -> Vec<(Option<Status>, Option<Lane>)> {
    match (place.status, place.lane) {
        (None, None) => vec![(None, None)],
        (Some(status), None) => {
            let lanes = Lane::ALL.iter();
            lanes.map(|lane| (Some(status), Some(*lane))).collect()
        }
        (None, Some(lane)) => {
            let all = Status::ALL.iter();
            all.map(|status| (Some(*status), Some(lane))).collect()
        }
        both => vec![both],
    }
}

pub(super) fn next_of(
    db: &mut Db,
    place: &Place,
    after: Option<CommentId>,
    many: usize,
) -> Result<Run> {
    let (from, to) = beyond(after, place.newest_first);
    // One more tells whether there is more.
    let limit = i64::try_from(many.saturating_add(1)).unwrap_or(i64::MAX);
    let mut runs = Vec::new();
    for (status, lane) in stretches(place) {
        let rows: Vec<CommentRow> = each!(db, |c| {
            let mut query = comments::table
                .filter(comments::site_id.eq(place.site))
                .limit(limit)
                .select(CommentRow::as_select())
                .into_boxed();
            if let Some(status) = status {
                query = query.filter(comments::status.eq(status));
            }
            if let Some(lane) = lane {
                query = query.filter(comments::lane.eq(lane));
            }
            if let Some(from) = from {
                query = query.filter(comments::id.ge(from));
            }
            if let Some(to) = to {
                query = query.filter(comments::id.le(to));
            }
            query = if place.newest_first {
                query.order(comments::id.desc())
            } else {
                query.order(comments::id.asc())
            };
            query.load(c)
        })?;
        let comments = rows.into_iter().map(Comment::from).collect();
        let run = Run {
            comments,
            looked_to: None,
        };
        runs.push(Run::together(vec![run], place.newest_first, many));
    }
    Ok(Run::together(runs, place.newest_first, many))
}

/// The ends of what stands in the place's status and lane: the lowest id and the highest.
pub(super) fn ends(db: &mut Db, place: &Place) -> Result<Option<(CommentId, CommentId)>> {
    let mut ends: Option<(CommentId, CommentId)> = None;
    for (status, lane) in stretches(place) {
        let (Some(status), Some(lane)) = (status, lane) else {
            return Ok(None);
        };
        let here = comments::table
            .filter(comments::site_id.eq(place.site))
            .filter(comments::status.eq(status))
            .filter(comments::lane.eq(lane))
            .select(comments::id);
        let lowest = here.order(comments::id.asc());
        let highest = here.order(comments::id.desc());
        let lowest: Option<CommentId> = each!(db, |c| lowest.first(c).optional())?;
        let Some(lowest) = lowest else { continue };
        let highest: CommentId = each!(db, |c| highest.first(c))?;
        ends = Some(ends.map_or((lowest, highest), |(low, high)| {
            (low.min(lowest), high.max(highest))
        }));
    }
    Ok(ends)
}

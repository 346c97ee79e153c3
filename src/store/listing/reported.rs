//! What is public and was reported, in the order in which the first open report of each came. There is little of it, so it is walked in
//! its own index, and whatever else is asked is looked at comment by comment.

use diesel::prelude::*;

use super::fits::fitting;
use super::place::{Place, places};
use super::{Page, QueueFilter};
use crate::domain::{Comment, CommentId, ReportId, Status};
use crate::store::Scope;
use crate::store::cards::{dress, on_site};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::reported;
use crate::text::Phrase;

/// As many comments as are looked at in one go where not all answer the filter, and how often for one page; then it ends early.
const AT_ONCE: usize = 200;
const ROUNDS: usize = 5;

/// A comment by its place: the first of its open reports.
type Placed<T> = (ReportId, T);

/// Some comments in the order of their places, and the last that was looked at where there may be more.
struct Run {
    comments: Vec<Placed<Comment>>,
    looked_to: Option<Placed<CommentId>>,
}

pub(super) fn page(db: &mut Db, scope: &Scope, filter: &QueueFilter) -> Result<Page> {
    let is_public = filter
        .status
        .is_none_or(|status| status == Status::Approved);
    let after = match filter.after {
        None => None,
        // A comment that was never reported has nothing after it.
        Some(comment) => match place_of(db, scope, comment)? {
            None => return Ok(Page::default()),
            place => place,
        },
    };
    if !is_public {
        return Ok(Page::default());
    }
    let mut places = places(db, scope, filter)?;
    for place in &mut places {
        place.status = Some(Status::Approved);
    }
    close(db, &mut places)?;
    let run = next(db, &places, after, filter.limit)?;
    let comments = run.comments.into_iter().map(|(_, comment)| comment);
    Ok(Page {
        cards: dress(db, comments.collect())?,
        next: run.looked_to.map(|(_, comment)| comment),
    })
}

/// A last word that was left open goes on only where nothing reported has it as it is.
fn close(db: &mut Db, places: &mut [Place]) -> Result<()> {
    let is_open = |place: &Place| place.phrase.as_ref().is_some_and(Phrase::is_open);
    if !places.iter().any(is_open) {
        return Ok(());
    }
    let closed: Vec<Place> = places
        .iter()
        .map(|place| Place {
            phrase: place.phrase.as_ref().map(Phrase::closed),
            ..place.clone()
        })
        .collect();
    if !next(db, &closed, None, 1)?.comments.is_empty() {
        places.clone_from_slice(&closed);
    }
    Ok(())
}

fn place_of(db: &mut Db, scope: &Scope, comment: CommentId) -> Result<Option<ReportId>> {
    for place in super::whole(scope) {
        let query = reported::table
            .filter(reported::site_id.eq(place.site))
            .filter(reported::comment_id.eq(comment))
            .select(reported::first_id);
        let found = each!(db, |c| query.first(c).optional())?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The first of all sites together. Beyond where one of them was looked through, nobody knows what the next is.
fn next(db: &mut Db, places: &[Place], after: Option<ReportId>, many: usize) -> Result<Run> {
    let newest_first = places.first().is_some_and(|place| place.newest_first);
    let mut all = Run {
        comments: Vec::new(),
        looked_to: None,
    };
    for place in places {
        let here = next_of(db, place, after, many)?;
        all.comments.extend(here.comments);
        let ends = [all.looked_to, here.looked_to].into_iter().flatten();
        all.looked_to = if newest_first {
            ends.max_by_key(|(first, _)| *first)
        } else {
            ends.min_by_key(|(first, _)| *first)
        };
    }
    all.comments.sort_by_key(|(first, _)| *first);
    if newest_first {
        all.comments.reverse();
    }
    if let Some((end, _)) = all.looked_to {
        let is_within = |first: ReportId| {
            if newest_first {
                first >= end
            } else {
                first <= end
            }
        };
        all.comments.retain(|(first, _)| is_within(*first));
    }
    if all.comments.len() > many {
        all.comments.truncate(many);
        all.looked_to = all
            .comments
            .last()
            .map(|(first, comment)| (*first, comment.id));
    }
    Ok(all)
}

fn next_of(db: &mut Db, place: &Place, mut after: Option<ReportId>, many: usize) -> Result<Run> {
    // One more tells whether there is more.
    let at_once = if place.is_plain() { many + 1 } else { AT_ONCE };
    let mut run = Run {
        comments: Vec::new(),
        looked_to: None,
    };
    for _ in 0..ROUNDS {
        let rows = open_rows(db, place, after, at_once)?;
        run.looked_to = (rows.len() == at_once)
            .then(|| rows.last().copied())
            .flatten();
        run.comments.extend(answering(db, place, &rows)?);
        after = run.looked_to.map(|(first, _)| first);
        if after.is_none() || run.comments.len() > many {
            break;
        }
    }
    Ok(run)
}

/// The comments with open reports after a place.
fn open_rows(
    db: &mut Db,
    place: &Place,
    after: Option<ReportId>,
    many: usize,
) -> Result<Vec<Placed<CommentId>>> {
    let limit = i64::try_from(many).unwrap_or(i64::MAX);
    Ok(each!(db, |c| {
        let mut query = reported::table
            .filter(reported::site_id.eq(place.site))
            .filter(reported::is_open.eq(true))
            .limit(limit)
            .select((reported::first_id, reported::comment_id))
            .into_boxed();
        query = match (after, place.newest_first) {
            (None, _) => query,
            (Some(after), true) => query.filter(reported::first_id.lt(after)),
            (Some(after), false) => query.filter(reported::first_id.gt(after)),
        };
        query = if place.newest_first {
            query.order(reported::first_id.desc())
        } else {
            query.order(reported::first_id.asc())
        };
        query.load(c)
    })?)
}

/// Those of them that are public and answer the place's filter, in the same order.
fn answering(
    db: &mut Db,
    place: &Place,
    rows: &[Placed<CommentId>],
) -> Result<Vec<Placed<Comment>>> {
    let ids: Vec<CommentId> = rows.iter().map(|(_, comment)| *comment).collect();
    let comments = on_site(db, place.site, &ids)?;
    let found = fitting(db, place, comments)?;
    let mut found: std::collections::HashMap<CommentId, Comment> = found
        .into_iter()
        .map(|comment| (comment.id, comment))
        .collect();
    let placed = rows.iter();
    let placed = placed.filter_map(|(first, id)| Some((*first, found.remove(id)?)));
    Ok(placed.collect())
}

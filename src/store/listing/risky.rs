//! What waits, the surest first that a person would refuse it: by the rank that the site's model gave it when it came or changed last. Each
//! lane of a site is walked in its own stretch of an index; what else is asked is looked at comment by comment, so a page may have
//! fewer cards than its limit, and a next page. What has no rank yet comes last.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::Run;
use super::fits::fitting;
use super::found::Fresh;
use super::place::Place;
use crate::domain::{Comment, CommentId, Lane, SiteId, Status};
use crate::store::cards::on_site;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::risks;
use crate::store::search::LAST;

/// As many comments as are looked at in one go where not all answer the filter, and how often for one page; then it ends early.
const AT_ONCE: usize = 200;
const ROUNDS: usize = 5;
/// Behind all that have a rank.
const UNRANKED: i16 = LAST + 1;

/// A comment's place in the order: of the same rank the oldest comes first.
type Ranked = (i16, CommentId);

/// Some comments in order, and the last that was looked at where there may be more.
#[derive(Default)]
struct Stretch {
    comments: Vec<(Ranked, Comment)>,
    looked_to: Option<Ranked>,
}

pub(super) fn next(
    db: &mut Db,
    places: &[Place],
    fresh: &mut Fresh,
    after: Option<CommentId>,
    many: usize,
) -> Result<Run> {
    let after = match after {
        None => None,
        Some(comment) => Some(ranked(db, places, comment)?),
    };
    let mut all = Stretch::default();
    for place in places.iter().filter(|place| may_wait(place)) {
        let place = Place {
            status: Some(Status::Pending),
            ..place.clone()
        };
        for lane in lanes(&place) {
            all.join(stretch(db, &place, lane, after, many)?);
        }
        all.join(unranked(db, &place, fresh, after)?);
    }
    Ok(all.first(many))
}

/// Nothing else has a place in the order.
fn may_wait(place: &Place) -> bool {
    place.status.is_none_or(|status| status == Status::Pending)
}

fn lanes(place: &Place) -> Vec<Lane> {
    place
        .lane
        .map_or_else(|| Lane::ALL.to_vec(), |lane| vec![lane])
}

impl Stretch {
    /// Beyond where one of them has looked, nobody knows what the next is.
    fn join(&mut self, other: Self) {
        self.comments.extend(other.comments);
        let ends = [self.looked_to, other.looked_to].into_iter().flatten();
        self.looked_to = ends.min();
    }

    /// The first `many` of them.
    fn first(mut self, many: usize) -> Run {
        if let Some(end) = self.looked_to {
            self.comments.retain(|(ranked, _)| *ranked <= end);
        }
        self.comments.sort_by_key(|(ranked, _)| *ranked);
        self.comments.dedup_by_key(|(_, comment)| comment.id);
        if self.comments.len() > many {
            self.comments.truncate(many);
            self.looked_to = self.comments.last().map(|(ranked, _)| *ranked);
        }
        Run {
            comments: self
                .comments
                .into_iter()
                .map(|(_, comment)| comment)
                .collect(),
            looked_to: self.looked_to.map(|(_, comment)| comment),
        }
    }
}

/// Where a comment stands in the order, or stood when it waited.
fn ranked(db: &mut Db, places: &[Place], comment: CommentId) -> Result<Ranked> {
    for place in places {
        let query = risks::table
            .filter(risks::site_id.eq(place.site))
            .filter(risks::comment_id.eq(comment))
            .select(risks::rank);
        let found: Option<i16> = each!(db, |c| query.first(c).optional())?;
        if let Some(rank) = found {
            return Ok((rank, comment));
        }
    }
    Ok((UNRANKED, comment))
}

/// The next of one lane that answer the filter.
fn stretch(
    db: &mut Db,
    place: &Place,
    lane: Lane,
    mut after: Option<Ranked>,
    many: usize,
) -> Result<Stretch> {
    // One more tells whether there is more.
    let at_once = if place.is_plain() { many + 1 } else { AT_ONCE };
    let mut found = Stretch::default();
    for _ in 0..ROUNDS {
        let rows = rows_after(db, place.site, lane, after, at_once)?;
        let is_full = rows.len() == at_once;
        found.looked_to = rows.last().copied().filter(|_| is_full);
        let ranks: HashMap<CommentId, i16> = rows.iter().map(|(rank, id)| (*id, *rank)).collect();
        let ids: Vec<CommentId> = rows.iter().map(|(_, id)| *id).collect();
        let comments = on_site(db, place.site, &ids)?;
        let answering = fitting(db, place, comments)?.into_iter();
        found.comments.extend(answering.filter_map(|comment| {
            let rank = *ranks.get(&comment.id)?;
            Some(((rank, comment.id), comment))
        }));
        after = found.looked_to;
        if after.is_none() || found.comments.len() > many {
            break;
        }
    }
    Ok(found)
}

/// The rows of a lane after a place: first those of the same rank, then those behind it, each in the order of the index.
fn rows_after(
    db: &mut Db,
    site: SiteId,
    lane: Lane,
    after: Option<Ranked>,
    many: usize,
) -> Result<Vec<Ranked>> {
    let limit = |have: usize| i64::try_from(many - have).unwrap_or(i64::MAX);
    let here = || {
        risks::table
            .filter(risks::site_id.eq(site))
            .filter(risks::lane.eq(lane))
            .order((risks::rank, risks::comment_id))
            .select((risks::rank, risks::comment_id))
    };
    let Some((rank, id)) = after else {
        let query = here().limit(limit(0));
        return Ok(each!(db, |c| query.load(c))?);
    };
    let alike = here()
        .filter(risks::rank.eq(rank))
        .filter(risks::comment_id.gt(id))
        .limit(limit(0));
    let mut rows: Vec<Ranked> = each!(db, |c| alike.load(c))?;
    if rows.len() < many {
        let behind = here().filter(risks::rank.gt(rank)).limit(limit(rows.len()));
        let behind: Vec<Ranked> = each!(db, |c| behind.load(c))?;
        rows.extend(behind);
    }
    Ok(rows)
}

/// What the index has not taken in yet, and so has no rank: it came within the last second, or was put back.
fn unranked(
    db: &mut Db,
    place: &Place,
    fresh: &mut Fresh,
    after: Option<Ranked>,
) -> Result<Stretch> {
    let new = fresh.of(db, place.site)?.to_vec();
    let ids: Vec<CommentId> = new.iter().map(|comment| comment.id).collect();
    let query = risks::table
        .filter(risks::site_id.eq(place.site))
        .filter(risks::comment_id.eq_any(ids))
        .filter(risks::lane.is_not_null())
        .select(risks::comment_id);
    let known: Vec<CommentId> = each!(db, |c| query.load(c))?;
    let known: HashSet<CommentId> = known.into_iter().collect();
    let new = fitting(db, place, new)?.into_iter();
    let new = new
        .filter(|comment| !known.contains(&comment.id))
        .map(|comment| ((UNRANKED, comment.id), comment))
        .filter(|(ranked, _)| after.is_none_or(|after| *ranked > after));
    Ok(Stretch {
        comments: new.collect(),
        looked_to: None,
    })
}

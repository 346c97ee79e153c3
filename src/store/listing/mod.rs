//! The queue, page by page: whatever is asked for, a page costs the same however much waits.
//!
//! What stands in a status and a lane is walked in its own index ([`plain`]). Everything else is asked of the search index
//! ([`found`]), save for the order of risk, which has an index of its own ([`risky`]). Comments that say the same are shown as one card where that is wished ([`folded`]). What is public and was reported is
//! walked by itself ([`reported`]).

mod fits;
mod folded;
mod found;
mod moved;
mod place;
mod plain;
mod reported;
mod risky;

use std::cmp::Reverse;

use uuid::Uuid;

use super::cards::dress;
use super::db::Db;
use super::error::Result;
use super::{Card, Scope, Store};
use crate::domain::{Category, Comment, CommentId, Instant, Lane, Status, words};
use crate::text::Phrase;

pub(in crate::store) use found::Fresh;
pub(in crate::store) use place::{Place, whole};

words! {
    /// What of the list comes first.
    Order {
        /// The newest.
        Newest = "newest",
        /// The one that has waited longest.
        Oldest = "oldest",
        /// Of what waits, the one that a person would refuse most surely, by the site's model; of equals the oldest.
        Risk = "risk",
    }
}

/// Which comments a page shows: those for which all of it holds.
#[derive(Debug, Clone, Default)]
pub struct QueueFilter {
    /// Only those that stand there.
    pub status: Option<Status>,
    /// Only those of that lane.
    pub lane: Option<Lane>,
    /// Only those under articles of one of these sections; all where none is named.
    pub sections: Vec<String>,
    /// Only those under that article, named by its address or its id.
    pub article: Option<String>,
    /// Only those in which one of these rules saw something; all where none is named.
    pub rules: Vec<String>,
    /// Only those in which something of that category was seen.
    pub category: Option<Category>,
    /// Only those of whoever has that email key.
    pub author: Option<String>,
    /// Only those that say that, in text, name or email.
    pub phrase: Option<Phrase>,
    /// Only what is public and has open reports, in the order in which the first of these came.
    pub reported: bool,
    /// What comes first; the newest unless said.
    pub order: Option<Order>,
    /// From after that comment.
    pub after: Option<CommentId>,
    /// As many cards as the page has.
    pub limit: usize,
    /// Whether those that wait and say the same are one card, the first of them, with the others behind it.
    pub fold: bool,
}

/// A page of cards.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The cards, in their order.
    pub cards: Vec<Card>,
    /// Give this as `after` to go on; none where this is the end.
    pub next: Option<CommentId>,
}

/// Some comments in order.
#[derive(Debug, Default)]
pub(in crate::store) struct Run {
    /// Those that fit.
    pub(in crate::store) comments: Vec<Comment>,
    /// Where there may be more, the last that was looked at.
    pub(in crate::store) looked_to: Option<CommentId>,
}

impl Run {
    /// The first `many` of several runs together. Beyond where one of them has looked, nobody knows what the next is.
    fn together(runs: Vec<Self>, newest_first: bool, many: usize) -> Self {
        let place = |id: CommentId| {
            if newest_first {
                Err(Reverse(id))
            } else {
                Ok(id)
            }
        };
        let ends = runs.iter().filter_map(|run| run.looked_to);
        let mut looked_to = ends.min_by_key(|end| place(*end));
        let mut comments: Vec<Comment> = runs.into_iter().flat_map(|run| run.comments).collect();
        comments.retain(|one| looked_to.is_none_or(|end| place(one.id) <= place(end)));
        comments.sort_by_key(|one| place(one.id));
        comments.dedup_by_key(|one| one.id);
        if comments.len() > many {
            comments.truncate(many);
            looked_to = comments.last().map(|last| last.id);
        }
        Self {
            comments,
            looked_to,
        }
    }
}

/// The next comments of a site that fit, `many` at the most.
pub(in crate::store) fn next_of(
    db: &mut Db,
    place: &Place,
    fresh: &mut Fresh,
    after: Option<CommentId>,
    many: usize,
) -> Result<Run> {
    if place.is_plain() {
        plain::next_of(db, place, after, many)
    } else {
        found::next_of(db, place, fresh, after, many)
    }
}

fn next(
    db: &mut Db,
    places: &[Place],
    fresh: &mut Fresh,
    after: Option<CommentId>,
    many: usize,
) -> Result<Run> {
    if places.iter().any(|place| place.by_risk) {
        return risky::next(db, places, fresh, after, many);
    }
    let mut runs = Vec::with_capacity(places.len());
    for place in places {
        runs.push(next_of(db, place, fresh, after, many)?);
    }
    let newest_first = places.first().is_some_and(|place| place.newest_first);
    Ok(Run::together(runs, newest_first, many))
}

fn page(db: &mut Db, scope: &Scope, filter: &QueueFilter) -> Result<Page> {
    if filter.reported {
        return reported::page(db, scope, filter);
    }
    let mut places = place::places(db, scope, filter)?;
    let mut fresh = Fresh::default();
    close(db, &mut places, &mut fresh)?;
    if filter.fold {
        return folded::page(db, &places, &mut fresh, filter);
    }
    let run = next(db, &places, &mut fresh, filter.after, filter.limit)?;
    Ok(Page {
        next: run.looked_to,
        cards: dress(db, run.comments)?,
    })
}

/// A last word that was left open goes on only where nothing has it as it is: whoever typed all of it does not mean others that
/// begin so, and to look for all that do takes the longer the more there are.
fn close(db: &mut Db, places: &mut [Place], fresh: &mut Fresh) -> Result<()> {
    let is_open = |place: &Place| place.phrase.as_ref().is_some_and(Phrase::is_open);
    let whole = |place: &Place| Place {
        phrase: place.phrase.as_ref().map(Phrase::closed),
        newest_first: false,
        ..place.clone()
    };
    for place in places.iter().filter(|place| is_open(place)) {
        let found = next_of(db, &whole(place), fresh, None, 1)?;
        if !found.comments.is_empty() {
            for place in places {
                place.phrase = place.phrase.as_ref().map(Phrase::closed);
            }
            break;
        }
    }
    Ok(())
}

/// The ids that come after one: from the least to the greatest.
fn beyond(after: Option<CommentId>, newest_first: bool) -> (Option<CommentId>, Option<CommentId>) {
    let number = |id: CommentId| id.0.as_u128();
    let id = |number| CommentId(Uuid::from_u128(number));
    match after {
        None => (None, None),
        Some(after) if newest_first => (None, Some(id(number(after).saturating_sub(1)))),
        Some(after) => (Some(id(number(after).saturating_add(1))), None),
    }
}

impl Store {
    /// A page of the queue, or of what is searched for.
    pub async fn queue(&self, scope: Scope, filter: QueueFilter) -> Result<Page> {
        self.read(move |db| page(db, &scope, &filter)).await
    }

    /// A page of what waits and says the same as a comment, oldest first: the cards behind a card with that
    /// [`Alike::first`](super::Alike).
    pub async fn cluster_members(
        &self,
        scope: Scope,
        first: CommentId,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Page> {
        self.read(move |db| folded::members_page(db, &scope, first, after, limit))
            .await
    }

    /// What says the same as a comment and was moved after a moment, each as it is now.
    pub async fn cluster_members_moved(
        &self,
        scope: Scope,
        first: CommentId,
        since: Instant,
    ) -> Result<Vec<Comment>> {
        self.read(move |db| moved::members_moved(db, &scope, first, since))
            .await
    }
}

#[cfg(test)]
mod tests;

//! Comments that wait and say the same as one card: the first of them, in the order of the page, with the others behind it.
//!
//! Which comments say the same is what the rules saw when they came ([`Cluster`]); the first of a cluster has no such evidence
//! and gives it its name. A comment is shown where it is the first of its cluster that answers the filter, so no page need
//! know what others have shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::found::Fresh;
use super::place::{Place, whole};
use super::{Page, QueueFilter, Run, next, next_of};
use crate::domain::{Cluster, Comment, CommentId, SiteId, Status};
use crate::store::cards::{Alike, dress, on_site};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{comments, evidence};
use crate::store::search::{Fact, ask};
use crate::store::{Card, Scope};

/// As many members as are counted; of more it is said that there are more.
const COUNTED: usize = 200;
/// As many times as comments are looked through for one page, each time as many as a page has: where a flood of one text lies
/// there, a page has fewer cards rather than take longer.
const ROUNDS: usize = 8;
/// As many times as it is asked which comments of a page are the first of a cluster.
const ASKS: usize = 3;

pub(super) fn page(
    db: &mut Db,
    places: &[Place],
    fresh: &mut Fresh,
    filter: &QueueFilter,
) -> Result<Page> {
    let (mut page, mut known) = (Page::default(), Known::default());
    let mut after = filter.after;
    for _ in 0..ROUNDS {
        let wanted = filter.limit - page.cards.len();
        let run = next(db, places, fresh, after, wanted)?;
        let shown = first_of_theirs(db, places, fresh, &mut known, &run)?;
        let mut cards = dress(db, shown)?;
        for card in &mut cards {
            let cluster = known.of.get(&card.comment.id).copied().flatten();
            card.alike = cluster.and_then(|first| known.clusters.get(&first)?.1);
        }
        page.cards.extend(cards);
        page.next = run.looked_to;
        after = run.looked_to;
        if after.is_none() || page.cards.len() >= filter.limit {
            break;
        }
    }
    Ok(page)
}

/// What is known of clusters, while one page is made.
#[derive(Default)]
struct Known {
    /// The cluster of each comment that was looked at.
    of: HashMap<CommentId, Option<CommentId>>,
    /// The member of each cluster that is shown, and what is told of all.
    clusters: HashMap<CommentId, (Option<CommentId>, Option<Alike>)>,
}

fn first_of_theirs(
    db: &mut Db,
    places: &[Place],
    fresh: &mut Fresh,
    known: &mut Known,
    run: &Run,
) -> Result<Vec<Comment>> {
    for place in places {
        let here = run.comments.iter();
        let here = here.filter(|comment| comment.site == place.site);
        let ids: Vec<CommentId> = here.map(|comment| comment.id).collect();
        let clusters = clusters_of(db, place, fresh, &ids)?;
        let mut new: Vec<(CommentId, Behind)> = Vec::new();
        for first in clusters.values().copied().collect::<BTreeSet<_>>() {
            if !known.clusters.contains_key(&first) {
                new.push((first, behind(db, place, fresh, first)?));
            }
        }
        let marks = address_marks(db, place.site, &new)?;
        for (first, behind) in new {
            let alike = alike(first, &behind.members, &marks);
            known.clusters.insert(first, (behind.shown, alike));
        }
        for id in ids {
            known.of.insert(id, clusters.get(&id).copied());
        }
    }
    let is_shown = |comment: &&Comment| match known.of.get(&comment.id).copied().flatten() {
        None => true,
        // Where the index does not know its members yet, each stands for itself.
        Some(first) => {
            let shown = known.clusters.get(&first).and_then(|(shown, _)| *shown);
            shown.is_none_or(|shown| shown == comment.id)
        }
    };
    Ok(run.comments.iter().filter(is_shown).cloned().collect())
}

/// The cluster of each of some comments, where there is one.
fn clusters_of(
    db: &mut Db,
    place: &Place,
    fresh: &mut Fresh,
    ids: &[CommentId],
) -> Result<HashMap<CommentId, CommentId>> {
    let mut clusters = by_evidence(db, place.site, ids)?;
    // Whose name is a cluster's is the first of it.
    let new: Vec<CommentId> = fresh
        .of(db, place.site)?
        .iter()
        .filter(|new| new.status == Status::Pending)
        .map(|new| new.id)
        .collect();
    let named: BTreeSet<CommentId> = by_evidence(db, place.site, &new)?.into_values().collect();
    let mut alone: Vec<CommentId> = ids.to_vec();
    alone.retain(|id| !clusters.contains_key(id));
    clusters.extend(
        alone
            .iter()
            .filter(|id| named.contains(id))
            .map(|id| (*id, *id)),
    );
    for _ in 0..ASKS {
        // A large one fills the answer alone, so it is asked again for the others.
        alone.retain(|id| !clusters.contains_key(id));
        if alone.is_empty() {
            break;
        }
        let any = alone.iter().map(|id| Fact::Cluster(*id)).collect();
        let asked = place
            .waiting()
            .asked_with(any, i64::try_from(COUNTED).unwrap_or(i64::MAX));
        let members: Vec<CommentId> = ask(db, place.site, &asked)?
            .iter()
            .map(|found| found.comment_id)
            .collect();
        let firsts: BTreeSet<CommentId> = by_evidence(db, place.site, &members)?
            .into_values()
            .collect();
        let before = clusters.len();
        clusters.extend(
            alone
                .iter()
                .filter(|id| firsts.contains(id))
                .map(|id| (*id, *id)),
        );
        if members.len() < COUNTED || clusters.len() == before {
            break;
        }
    }
    Ok(clusters)
}

/// The cluster that was seen in each comment when it was judged last; of several the largest.
pub(super) fn by_evidence(
    db: &mut Db,
    site: SiteId,
    ids: &[CommentId],
) -> Result<HashMap<CommentId, CommentId>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = evidence::table
        .filter(evidence::site_id.eq(site))
        .filter(evidence::comment_id.eq_any(ids.to_vec()))
        .filter(evidence::cluster.is_not_null())
        .select((
            evidence::comment_id,
            evidence::revision,
            evidence::cluster.assume_not_null(),
        ));
    let rows: Vec<(CommentId, i32, String)> = each!(db, |c| query.load(c))?;
    let mut best: BTreeMap<CommentId, (i32, u32, CommentId)> = BTreeMap::new();
    for (id, revision, cluster) in rows {
        let Ok(cluster) = serde_json::from_str::<Cluster>(&cluster) else {
            continue;
        };
        let new = (revision, cluster.comments, cluster.first);
        let entry = best.entry(id).or_insert(new);
        *entry = (*entry).max(new);
    }
    Ok(best
        .into_iter()
        .map(|(id, (.., first))| (id, first))
        .collect())
}

/// What is behind a card.
struct Behind {
    /// The member that a page shows: the first that answers its filter.
    shown: Option<CommentId>,
    /// Those that wait, whether they answer it or not.
    members: Run,
}

fn behind(db: &mut Db, place: &Place, fresh: &mut Fresh, first: CommentId) -> Result<Behind> {
    let members = members(db, &place.waiting(), fresh, first, None, COUNTED)?;
    // Of so many that not all are known, or of what does not only wait, it is asked for the one.
    let all_are_known = members.looked_to.is_none() && place.status == Some(Status::Pending);
    let answering = if all_are_known {
        super::fits::fitting(db, place, members.comments.clone())?
    } else {
        self::members(db, place, fresh, first, None, 1)?.comments
    };
    let ids = answering.iter().map(|one| one.id);
    Ok(Behind {
        shown: if place.newest_first {
            ids.max()
        } else {
            ids.min()
        },
        members,
    })
}

/// From which address each member came, where one is known.
fn address_marks(
    db: &mut Db,
    site: SiteId,
    behind: &[(CommentId, Behind)],
) -> Result<HashMap<CommentId, i32>> {
    let members = behind
        .iter()
        .flat_map(|(_, behind)| &behind.members.comments);
    let ids: Vec<CommentId> = members.map(|one| one.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq_any(ids))
        .filter(comments::address_mark.is_not_null())
        .select((comments::id, comments::address_mark.assume_not_null()));
    let marks: Vec<(CommentId, i32)> = each!(db, |c| query.load(c))?;
    Ok(marks.into_iter().collect())
}

/// How many members wait, and from how many people and places; nothing where there is only one.
fn alike(first: CommentId, members: &Run, marks: &HashMap<CommentId, i32>) -> Option<Alike> {
    let all = &members.comments;
    if all.len() < 2 {
        return None;
    }
    let authors: BTreeSet<&str> = all.iter().map(|one| one.email_key.as_str()).collect();
    let addresses: BTreeSet<&i32> = all.iter().filter_map(|one| marks.get(&one.id)).collect();
    Some(Alike {
        first,
        count: all.len(),
        authors: authors.len(),
        addresses: addresses.len(),
        more: members.looked_to.is_some(),
    })
}

/// The members of a cluster that answer a place's filter; the one it is named for is one of them.
fn members(
    db: &mut Db,
    place: &Place,
    fresh: &mut Fresh,
    first: CommentId,
    after: Option<CommentId>,
    many: usize,
) -> Result<Run> {
    let of_cluster = Place {
        cluster: Some(first),
        ..place.clone()
    };
    let found = next_of(db, &of_cluster, fresh, after, many)?;
    let mut own = on_site(db, place.site, &[first])?;
    own.retain(|own| after.is_none_or(|after| own.id > after));
    // It is its own cluster, whatever was seen in it.
    let own = Run {
        comments: super::fits::fitting(db, place, own)?,
        looked_to: None,
    };
    Ok(Run::together(vec![own, found], place.newest_first, many))
}

pub(super) fn members_page(
    db: &mut Db,
    scope: &Scope,
    first: CommentId,
    after: Option<CommentId>,
    limit: usize,
) -> Result<Page> {
    let mut fresh = Fresh::default();
    let mut runs = Vec::new();
    for place in whole(scope) {
        runs.push(members(
            db,
            &place.waiting(),
            &mut fresh,
            first,
            after,
            limit,
        )?);
    }
    let run = Run::together(runs, false, limit);
    let cards: Vec<Card> = dress(db, run.comments)?;
    Ok(Page {
        cards,
        next: run.looked_to,
    })
}

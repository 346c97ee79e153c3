//! Comments that wait and say the same as one card: the first of them, in the order of the page, with the others behind it.
//!
//! Which comments say the same is what the rules saw when they came ([`Cluster`]); the first of a cluster has no such evidence
//! and gives it its name. A comment is shown where it is the first of its cluster that answers the filter, so no page need
//! know what others have shown. What the rules think otherwise of, by its words, has a card of its own: who says nearly what an honest
//! reader says, and something foul besides, is not decided with them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::found::Fresh;
use super::place::{Place, whole};
use super::{Page, QueueFilter, Run, next, next_of};
use crate::domain::{Cluster, Comment, CommentId, Signs, SiteId, Status};
use crate::store::cards::{Alike, dress, on_site};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::evidence::of_comments as evidence_of_comments;
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
            let kind = known.of.get(&card.comment.id).and_then(Option::as_ref);
            card.alike = kind.and_then(|kind| known.kinds.get(kind)?.1);
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

/// A cluster, and what the rules saw in the words of some of its members: those are behind one card.
type Kind = (CommentId, Signs);

/// What is known of clusters, while one page is made.
#[derive(Default)]
struct Known {
    /// What each comment that was looked at is of.
    of: HashMap<CommentId, Option<Kind>>,
    /// The member that is shown of each, and what is told of all.
    kinds: HashMap<Kind, (Option<CommentId>, Option<Alike>)>,
    clusters: BTreeSet<CommentId>,
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
        let here: Vec<&Comment> = here.filter(|comment| comment.site == place.site).collect();
        let ids: Vec<CommentId> = here.iter().map(|comment| comment.id).collect();
        let clusters = clusters_of(db, place, fresh, &ids)?;
        let mut new: Vec<(CommentId, Behind)> = Vec::new();
        for first in clusters.values().copied().collect::<BTreeSet<_>>() {
            if known.clusters.insert(first) {
                new.push((first, behind(db, place, fresh, first)?));
            }
        }
        let of_clusters = here
            .into_iter()
            .filter(|one| clusters.contains_key(&one.id));
        let behind = new.iter().flat_map(|(_, behind)| behind.all());
        let signs = signs_of(db, place.site, of_clusters.chain(behind))?;
        let marks = address_marks(db, place.site, &new)?;
        for (first, behind) in &new {
            known.add(*first, behind, place.newest_first, &signs, &marks);
        }
        for id in ids {
            let first = clusters.get(&id).copied();
            let kind = first.map(|first| (first, signs.get(&id).cloned().unwrap_or_default()));
            known.of.insert(id, kind);
        }
    }
    let is_shown = |comment: &&Comment| match known.of.get(&comment.id).and_then(Option::as_ref) {
        None => true,
        // Where the index does not know its members yet, each stands for itself.
        Some(kind) => {
            let shown = known.kinds.get(kind).and_then(|(shown, _)| *shown);
            shown.is_none_or(|shown| shown == comment.id)
        }
    };
    Ok(run.comments.iter().filter(is_shown).cloned().collect())
}

impl Known {
    fn add(
        &mut self,
        first: CommentId,
        behind: &Behind,
        newest_first: bool,
        signs: &HashMap<CommentId, Signs>,
        marks: &HashMap<CommentId, i32>,
    ) {
        let signs_of = |one: &Comment| signs.get(&one.id).cloned().unwrap_or_default();
        let kinds: BTreeSet<Signs> = behind.all().map(signs_of).collect();
        for kind in kinds {
            let is_one = |one: &&Comment| signs_of(one) == kind;
            let answering = behind.answering.iter().filter(is_one).map(|one| one.id);
            let shown = if newest_first {
                answering.max()
            } else {
                answering.min()
            };
            let members: Vec<&Comment> = behind.members.comments.iter().filter(is_one).collect();
            let alike = alike(first, &members, &behind.members, marks);
            self.kinds.insert((first, kind), (shown, alike));
        }
    }
}

/// What the rules saw in the words of each.
fn signs_of<'a>(
    db: &mut Db,
    site: SiteId,
    some: impl Iterator<Item = &'a Comment>,
) -> Result<HashMap<CommentId, Signs>> {
    let revisions: HashMap<CommentId, i32> = some.map(|one| (one.id, one.revision)).collect();
    if revisions.is_empty() {
        return Ok(HashMap::new());
    }
    let seen = evidence_of_comments(db, site, &revisions)?.into_iter();
    Ok(seen.map(|(id, seen)| (id, Signs::of(&seen))).collect())
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

/// What is behind the cards of a cluster.
struct Behind {
    /// Those that answer the page's filter: the first of each kind is shown.
    answering: Vec<Comment>,
    /// Those that wait, whether they answer it or not.
    members: Run,
}

impl Behind {
    fn all(&self) -> impl Iterator<Item = &Comment> {
        self.answering.iter().chain(&self.members.comments)
    }
}

fn behind(db: &mut Db, place: &Place, fresh: &mut Fresh, first: CommentId) -> Result<Behind> {
    let members = members(db, &place.waiting(), fresh, first, None, COUNTED)?;
    // Of so many that not all are known, or of what does not only wait, it is asked for them.
    let all_are_known = members.looked_to.is_none() && place.status == Some(Status::Pending);
    let answering = if all_are_known {
        super::fits::fitting(db, place, members.comments.clone())?
    } else {
        self::members(db, place, fresh, first, None, COUNTED)?.comments
    };
    Ok(Behind { answering, members })
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

/// How many members of one kind wait, from how many people and places, and how many others; nothing where there is only one.
fn alike(
    first: CommentId,
    here: &[&Comment],
    all: &Run,
    marks: &HashMap<CommentId, i32>,
) -> Option<Alike> {
    if all.comments.len() < 2 || here.is_empty() {
        return None;
    }
    let authors: BTreeSet<&str> = here.iter().map(|one| one.email_key.as_str()).collect();
    let addresses: BTreeSet<&i32> = here.iter().filter_map(|one| marks.get(&one.id)).collect();
    Some(Alike {
        first,
        count: here.len(),
        others: all.comments.len() - here.len(),
        authors: authors.len(),
        addresses: addresses.len(),
        more: all.looked_to.is_some(),
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

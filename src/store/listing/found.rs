//! Pages that the search index answers.

use std::collections::{HashMap, HashSet};

use super::fits::{fitting, in_sections, says};
use super::place::Place;
use super::{Run, beyond, plain};
use crate::domain::{Comment, CommentId, SiteId};
use crate::store::cards::on_site;
use crate::store::db::Db;
use crate::store::error::Result;
use crate::store::search::{Found, ask, fresh};

/// As many times as the index is asked for one page. It is asked again where what it named is no longer so, or was not so
/// in that order of words.
const ROUNDS: usize = 8;
/// As many more as are asked for than are wanted, for those.
const SPARE: usize = 10;

/// What the index does not know yet, by site: looked up once for a page.
#[derive(Default)]
pub(in crate::store) struct Fresh(HashMap<SiteId, Vec<Comment>>);

impl Fresh {
    pub(in crate::store) fn of(&mut self, db: &mut Db, site: SiteId) -> Result<&[Comment]> {
        if let std::collections::hash_map::Entry::Vacant(empty) = self.0.entry(site) {
            empty.insert(fresh(db, site)?);
        }
        Ok(self.0.get(&site).map_or(&[], Vec::as_slice))
    }
}

pub(super) fn next_of(
    db: &mut Db,
    place: &Place,
    unknown: &mut Fresh,
    after: Option<CommentId>,
    many: usize,
) -> Result<Run> {
    let unknown = unknown.of(db, place.site)?;
    let known_better: HashSet<CommentId> = unknown.iter().map(|comment| comment.id).collect();
    let is_beyond = |id: CommentId| match after {
        None => true,
        Some(after) if place.newest_first => id < after,
        Some(after) => id > after,
    };
    let here = unknown.iter().filter(|comment| is_beyond(comment.id));
    let here = here.cloned().collect();
    let new = Run {
        comments: fitting(db, place, here)?,
        looked_to: None,
    };
    let mut old = indexed(db, place, after, many.saturating_add(1))?;
    old.comments
        .retain(|comment| !known_better.contains(&comment.id));
    Ok(Run::together(vec![new, old], place.newest_first, many))
}

fn indexed(db: &mut Db, place: &Place, after: Option<CommentId>, many: usize) -> Result<Run> {
    let limit = many.saturating_add(SPARE);
    let mut asked = place.asked(i64::try_from(limit).unwrap_or(i64::MAX));
    let (mut from, mut to) = beyond(after, place.newest_first);
    // Of what is rare all are found at once, wherever they lie.
    if place.status.is_some() && !asked.is_rare() {
        let Some((lowest, highest)) = plain::ends(db, place)? else {
            return Ok(Run::default());
        };
        from = Some(from.map_or(lowest, |from| from.max(lowest)));
        to = Some(to.map_or(highest, |to| to.min(highest)));
    }
    asked.between = (from, to);
    let mut run = Run::default();
    for _ in 0..ROUNDS {
        let named = ask(db, place.site, &asked)?;
        run.looked_to = named.last().map(|last| last.comment_id);
        let is_all = named.len() < limit;
        run.comments.extend(as_they_are(db, place, &named)?);
        if is_all {
            run.looked_to = None;
        }
        let Some(last) = run.looked_to.filter(|_| run.comments.len() < many) else {
            break;
        };
        let (from, to) = beyond(Some(last), place.newest_first);
        asked.between = (from.or(asked.between.0), to.or(asked.between.1));
    }
    Ok(run)
}

/// Those of the comments that the index named which are as it says, in the same order.
fn as_they_are(db: &mut Db, place: &Place, named: &[Found]) -> Result<Vec<Comment>> {
    let ids: Vec<CommentId> = named.iter().map(|found| found.comment_id).collect();
    let comments = on_site(db, place.site, &ids)?;
    let revisions: HashMap<CommentId, i32> = named
        .iter()
        .map(|found| (found.comment_id, found.revision))
        .collect();
    let is_known = |comment: &Comment| revisions.get(&comment.id) == Some(&comment.revision);
    let (mut known, changed): (Vec<_>, Vec<_>) = comments.into_iter().partition(is_known);
    // SQLite's index knows where the words stand without marks and where with them, and not of both whether it is the same place.
    known.retain(|comment| {
        place
            .phrase
            .as_ref()
            .is_none_or(|phrase| says(comment, phrase))
    });
    // An article may have moved since, and who is bound to sections must not see what has left them.
    let mut known = in_sections(db, place, known)?;
    known.extend(fitting(db, place, changed)?);
    Ok(known)
}

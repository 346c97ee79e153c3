//! What a site's model forgets and remembers on demand.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::lessons::{AT_ONCE, change, forget, put, unsaid};
use super::mark::{LearnMark, Stretch, mark, read_again, skip, skip_less};
use super::snapshots::{count_lessons_through, forget_weights};
use crate::domain::{Actor, CommentId, DecisionId, EventId, Instant, Lesson, SiteId};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{decisions, lessons};
use crate::store::sites::{leave_to_people, record};
use crate::store::{Considered, Store, settled};

/// The kind of the event by which somebody has all of a site's decisions gone through again.
const MENDED: &str = "model_mended";
/// Those by which somebody has all of them, or the latest, forgotten.
const RESET: &str = "model_reset";
const ROLLED_BACK: &str = "model_rolled_back";
/// The one by which somebody takes that back.
const REMEMBERED: &str = "model_remembered";

/// What was forgotten on demand, or remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnDemand {
    /// So many lessons.
    pub lessons: usize,
    /// Whether the model decided anything by itself until then.
    pub was_alone: bool,
}

/// Lessons that were forgotten on demand, as they are to come back.
struct Back {
    /// What is skipped, and what of it will be.
    seen: Vec<Stretch>,
    left: Vec<Stretch>,
    /// What teaches again, and what does in its stead no more.
    lessons: Vec<Lesson>,
    instead: Vec<DecisionId>,
    /// What happened since may not have been looked at.
    since: EventId,
}

/// What was forgotten last; nothing where nothing of what was teaches any more. What had no effect is passed over: a model that was reset
/// twice has forgotten its lessons by the first time.
fn forgotten_last(db: &mut Db, site: SiteId, now: Instant) -> Result<Option<Back>> {
    let since = settled(now);
    let seen = mark(db, site)?.map_or_else(Vec::new, |mark| mark.skipped);
    let mut left = seen.clone();
    while let Some(stretch) = left.pop() {
        let comments = decided_in(db, site, stretch)?;
        let considered = Considered {
            until: None,
            skipped: left.clone(),
        };
        let (new, instead) = change(db, site, &comments, &considered)?;
        if !new.is_empty() {
            return Ok(Some(Back {
                seen,
                left,
                lessons: unsaid(db, site, new)?,
                instead,
                since,
            }));
        }
    }
    Ok(None)
}

/// The comments that were decided on in a stretch.
fn decided_in(db: &mut Db, site: SiteId, (from, to): Stretch) -> Result<Vec<CommentId>> {
    let mut comments: BTreeSet<CommentId> = BTreeSet::new();
    let mut after = from;
    loop {
        let query = decisions::table
            .filter(decisions::site_id.eq(site))
            .filter(decisions::id.gt(after))
            .filter(decisions::id.le(to))
            .order(decisions::id)
            .limit(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
            .select((decisions::id, decisions::comment_id));
        let rows: Vec<(DecisionId, CommentId)> = each!(db, |c| query.load(c))?;
        let Some((last, _)) = rows.last() else {
            return Ok(comments.into_iter().collect());
        };
        after = *last;
        comments.extend(rows.iter().map(|(_, comment)| *comment));
    }
}

/// Forgets all lessons after one; how many.
fn forget_lessons(db: &mut Db, site: SiteId, after: DecisionId) -> Result<usize> {
    let later = lessons::table
        .filter(lessons::site_id.eq(site))
        .filter(lessons::decision_id.gt(after));
    Ok(each!(db, |c| diesel::delete(later).execute(c))?)
}

/// Has what was forgotten teach again; nothing, and nothing changed, where something was forgotten or remembered since it was looked at.
fn bring_back(
    db: &mut Db,
    site: SiteId,
    new: &LearnMark,
    back: &Back,
    (actor, at): (&Actor, Instant),
) -> Result<Option<OnDemand>> {
    if !skip_less(db, site, new, (&back.seen, &back.left), back.since)? {
        return Ok(None);
    }
    forget(db, site, &back.instead)?;
    if let Some(first) = back.lessons.iter().map(|lesson| lesson.decision).min() {
        forget_weights(db, site, first)?;
    }
    put(db, site, &back.lessons)?;
    let lessons = back.lessons.len();
    let told = json!({ "lessons": lessons });
    record(db, REMEMBERED, site, (actor, at), told)?;
    let was_alone = leave_to_people(db, site, (actor, at))?;
    Ok(Some(OnDemand { lessons, was_alone }))
}

impl Store {
    /// Has whoever learns go through all that happened on a site again: what is missing is learnt, what teaches nothing any more is
    /// forgotten, and the rest stays. Without the weights that were kept all of it is learnt again.
    pub async fn mend_learning(
        &self,
        site: SiteId,
        new: LearnMark,
        with_weights: bool,
        (actor, at): (Actor, Instant),
    ) -> Result<()> {
        self.write(move |db| {
            read_again(db, site, &new)?;
            if !with_weights {
                forget_weights(db, site, DecisionId(Uuid::nil()))?;
            }
            record(db, MENDED, site, (&actor, at), json!({}))
        })
        .await
    }

    /// Forgets every lesson after one, with none given all of them, and has decisions up to `until` teach nothing any more. Whoever is
    /// learning loses that to the holder of `new`, and so begins from what is left. The model decides nothing by itself then: who let it
    /// did so by how right another was.
    pub async fn forget_lessons_after(
        &self,
        site: SiteId,
        new: LearnMark,
        after: Option<DecisionId>,
        until: DecisionId,
        (actor, at): (Actor, Instant),
    ) -> Result<OnDemand> {
        self.write(move |db| {
            let kind = after.map_or(RESET, |_| ROLLED_BACK);
            let after = after.unwrap_or(DecisionId(Uuid::nil()));
            skip(db, site, &new, (after, until))?;
            let lessons = forget_lessons(db, site, after)?;
            forget_weights(db, site, DecisionId(next(after)))?;
            let left = count_lessons_through(db, site, DecisionId(Uuid::max()))?;
            let told = json!({ "lessons": lessons, "left": left });
            record(db, kind, site, (&actor, at), told)?;
            let was_alone = leave_to_people(db, site, (&actor, at))?;
            Ok(OnDemand { lessons, was_alone })
        })
        .await
    }

    /// Has the decisions teach again that were forgotten on demand last, as if they never had been; nothing, and nothing changed, where none
    /// would. All lessons are learnt again in their order, as after an upgrade to another model: until then nothing is measured, and
    /// the model decides nothing by itself.
    pub async fn remember_lessons(
        &self,
        site: SiteId,
        new: LearnMark,
        (actor, at): (Actor, Instant),
    ) -> Result<Option<OnDemand>> {
        loop {
            let back = self.read(move |db| forgotten_last(db, site, at)).await?;
            let Some(back) = back else {
                return Ok(None);
            };
            let (new, actor) = (new.clone(), actor.clone());
            let done = self
                .write(move |db| bring_back(db, site, &new, &back, (&actor, at)))
                .await?;
            if done.is_some() {
                return Ok(done);
            }
        }
    }
}

/// What comes after a decision.
const fn next(decision: DecisionId) -> Uuid {
    Uuid::from_u128(decision.0.as_u128().saturating_add(1))
}

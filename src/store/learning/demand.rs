//! What a site's model forgets and remembers on demand.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::lessons::{change, forget, put, unsaid};
use super::mark::{LearnMark, Stretch, lies_in, read_again, skip, skip_less, skipped};
use super::snapshots::{count_lessons_through, forget_weights};
use crate::domain::{Actor, CommentId, DecisionId, EventId, Instant, Lesson, SiteId};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{decisions, lessons};
use crate::store::sites::{leave_to_people, record};
use crate::store::{Considered, Error, Store, settled};

/// The kind of the event by which somebody has all of a site's decisions gone through again.
const MENDED: &str = "model_mended";
/// Those by which somebody has all of them, or the latest, forgotten.
const RESET: &str = "model_reset";
const ROLLED_BACK: &str = "model_rolled_back";
/// The one by which somebody takes that back.
const REMEMBERED: &str = "model_remembered";

/// As many decisions are looked at in one read.
const PAGE: i64 = 5_000;
/// How often it is looked anew where somebody else forgets or remembers at the same time.
const ATTEMPTS: usize = 4;

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
    /// What is skipped, as it is written, and what of it will be.
    seen: String,
    left: Vec<Stretch>,
    lessons: Returning,
    /// What happened since may not have been looked at.
    since: EventId,
}

/// What teaches again, and what does in its stead no more.
#[derive(Default)]
struct Returning {
    lessons: BTreeMap<DecisionId, Lesson>,
    instead: BTreeSet<DecisionId>,
}

/// Some of what returns of a stretch while all that is `left` stays skipped, and after which decision there is more.
fn returning(
    db: &mut Db,
    site: SiteId,
    (from, to): Stretch,
    left: &[Stretch],
    all: &[Stretch],
) -> Result<Option<(Returning, DecisionId)>> {
    let query = decisions::table
        .filter(decisions::site_id.eq(site))
        .filter(decisions::id.gt(from))
        .filter(decisions::id.le(to))
        .order(decisions::id)
        .limit(PAGE)
        .select((decisions::id, decisions::comment_id));
    let rows: Vec<(DecisionId, CommentId)> = each!(db, |c| query.load(c))?;
    let Some(&(last, _)) = rows.last() else {
        return Ok(None);
    };
    let comments: BTreeSet<CommentId> = rows.into_iter().map(|(_, comment)| comment).collect();
    let comments: Vec<CommentId> = comments.into_iter().collect();
    let considered = Considered {
        until: None,
        skipped: left.to_vec(),
    };
    let (mut new, instead) = change(db, site, &comments, &considered)?;
    // What was never skipped is learnt in its time.
    new.retain(|(decision, ..)| lies_in(all, *decision));
    let lessons = unsaid(db, site, new)?.into_iter();
    let returning = Returning {
        lessons: lessons.map(|lesson| (lesson.decision, lesson)).collect(),
        instead: instead.into_iter().collect(),
    };
    Ok(Some((returning, last)))
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
    let Returning { lessons, instead } = &back.lessons;
    forget(db, site, &instead.iter().copied().collect::<Vec<_>>())?;
    if let Some((first, _)) = lessons.first_key_value() {
        forget_weights(db, site, *first)?;
    }
    put(db, site, lessons.values())?;
    let lessons = lessons.len();
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
        for _ in 0..ATTEMPTS {
            let Some(back) = self.forgotten_last(site, at).await? else {
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
        Err(Error::Contended)
    }

    /// What was forgotten last; nothing where nothing of what was teaches any more. What had no effect is passed over: a model that was reset
    /// twice has forgotten its lessons by the first time.
    async fn forgotten_last(&self, site: SiteId, now: Instant) -> Result<Option<Back>> {
        let Some((seen, mark)) = self.read(move |db| skipped(db, site)).await? else {
            return Ok(None);
        };
        let since = settled(now).min(mark.event);
        let mut left = mark.skipped.clone();
        while let Some(stretch) = left.pop() {
            let lessons = self.returning(site, stretch, &left, &mark.skipped).await?;
            if !lessons.lessons.is_empty() {
                return Ok(Some(Back {
                    seen,
                    left,
                    lessons,
                    since,
                }));
            }
        }
        Ok(None)
    }

    /// All that returns of a stretch, read by the page: nobody who writes waits for it.
    async fn returning(
        &self,
        site: SiteId,
        (mut from, to): Stretch,
        left: &[Stretch],
        all: &[Stretch],
    ) -> Result<Returning> {
        let mut found = Returning::default();
        loop {
            let (left, all) = (left.to_vec(), all.to_vec());
            let page = self.read(move |db| returning(db, site, (from, to), &left, &all));
            let Some((page, last)) = page.await? else {
                return Ok(found);
            };
            found.lessons.extend(page.lessons);
            found.instead.extend(page.instead);
            from = last;
        }
    }
}

/// What comes after a decision.
const fn next(decision: DecisionId) -> Uuid {
    Uuid::from_u128(decision.0.as_u128().saturating_add(1))
}

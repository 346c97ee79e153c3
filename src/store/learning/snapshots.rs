//! Weights as they were after a lesson.

use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::mark::{LearnMark, note, read_again, skip, skip_no_more};
use super::thinning::thinned;
use crate::domain::{Actor, DecisionId, Instant, SiteId, SnapshotId};
use crate::store::Store;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{learn_snapshots, lessons};
use crate::store::sites::{leave_to_people, record};

/// The kind of the event by which somebody has all of a site's decisions gone through again.
const MENDED: &str = "model_mended";
/// Those by which somebody has all of them, or the latest, forgotten.
const RESET: &str = "model_reset";
const ROLLED_BACK: &str = "model_rolled_back";
/// The one by which somebody takes that back.
const REMEMBERED: &str = "model_remembered";

/// What was forgotten on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forgotten {
    /// So many lessons.
    pub lessons: usize,
    /// Whether the model decided anything by itself until then.
    pub was_alone: bool,
}

/// Weights, and what they had learnt.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = learn_snapshots)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Snapshot {
    /// Identifies it; rises with time.
    pub id: SnapshotId,
    /// The last lesson that is in it.
    #[diesel(column_name = lesson_id)]
    pub lesson: DecisionId,
    /// How many are in it.
    pub lessons: i64,
    /// The model that it began with.
    pub base: String,
    /// The model as bytes.
    pub weights: Vec<u8>,
    /// When it was kept.
    pub created_at: Instant,
    /// Whether the weights are there, and not just the place among the lessons.
    pub has_weights: bool,
}

/// What is known of a snapshot without its weights.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = learn_snapshots)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct SnapshotInfo {
    /// Identifies it.
    pub id: SnapshotId,
    /// The last lesson that is in it.
    #[diesel(column_name = lesson_id)]
    pub lesson: DecisionId,
    /// How many are in it.
    pub lessons: i64,
    /// The model that it began with.
    pub base: String,
    /// When it was kept.
    pub created_at: Instant,
    /// Whether the weights are there. Where a lesson from before it was forgotten or learnt late they are not: the place alone can be
    /// gone back to, and what comes before it is learnt again.
    pub has_weights: bool,
}

impl SnapshotInfo {
    /// Whether a model that begins with that one can go on from its weights.
    #[must_use]
    pub fn is_of(&self, base: &str) -> bool {
        self.has_weights && self.base == base
    }
}

/// Throws away whatever was kept of the weights since a lesson: they are not what the lessons come to any more. Their places stay.
pub(super) fn forget_weights(db: &mut Db, site: SiteId, from: DecisionId) -> Result<()> {
    let later = learn_snapshots::table
        .filter(learn_snapshots::site_id.eq(site))
        .filter(learn_snapshots::lesson_id.ge(from))
        .filter(learn_snapshots::has_weights);
    let nothing = (
        learn_snapshots::has_weights.eq(false),
        learn_snapshots::weights.eq(Vec::new()),
    );
    each!(db, |c| diesel::update(later).set(nothing).execute(c))?;
    Ok(())
}

/// Forgets all places after a lesson.
fn forget_places(db: &mut Db, site: SiteId, after: DecisionId) -> Result<()> {
    let later = learn_snapshots::table
        .filter(learn_snapshots::site_id.eq(site))
        .filter(learn_snapshots::lesson_id.gt(after));
    each!(db, |c| diesel::delete(later).execute(c))?;
    Ok(())
}

/// Forgets all lessons after one; how many.
fn forget_lessons(db: &mut Db, site: SiteId, after: DecisionId) -> Result<usize> {
    let later = lessons::table
        .filter(lessons::site_id.eq(site))
        .filter(lessons::decision_id.gt(after));
    Ok(each!(db, |c| diesel::delete(later).execute(c))?)
}

fn keep(db: &mut Db, site: SiteId, new: &Snapshot) -> Result<()> {
    let row = (learn_snapshots::site_id.eq(site), new);
    each!(db, |c| diesel::insert_into(learn_snapshots::table)
        .values(row)
        .execute(c))?;
    let here = learn_snapshots::table.filter(learn_snapshots::site_id.eq(site));
    let query = here.select((learn_snapshots::id, learn_snapshots::created_at));
    let made: Vec<(SnapshotId, Instant)> = each!(db, |c| query.load(c))?;
    let old = thinned(made, new.created_at);
    let old = here.filter(learn_snapshots::id.eq_any(old));
    each!(db, |c| diesel::delete(old).execute(c))?;
    Ok(())
}

impl Store {
    /// A snapshot of a site.
    pub async fn snapshot(&self, site: SiteId, id: SnapshotId) -> Result<Option<Snapshot>> {
        self.read(move |db| {
            let query = learn_snapshots::table
                .filter(learn_snapshots::site_id.eq(site))
                .filter(learn_snapshots::id.eq(id));
            Ok(each!(db, |c| query
                .select(Snapshot::as_select())
                .first(c)
                .optional())?)
        })
        .await
    }

    /// What snapshots there are of a site, the newest first, with as many lessons as there are up to each today.
    pub async fn snapshots_counted(&self, site: SiteId) -> Result<Vec<SnapshotInfo>> {
        let mut infos = self.snapshots(site).await?;
        self.read(move |db| {
            for info in infos.iter_mut().filter(|info| !info.has_weights) {
                info.lessons = lessons_through(db, site, info.lesson)?;
            }
            Ok(infos)
        })
        .await
    }

    /// What snapshots there are of a site, the newest first.
    pub async fn snapshots(&self, site: SiteId) -> Result<Vec<SnapshotInfo>> {
        self.read(move |db| {
            let query = learn_snapshots::table
                .filter(learn_snapshots::site_id.eq(site))
                .order(learn_snapshots::id.desc());
            Ok(each!(db, |c| query
                .select(SnapshotInfo::as_select())
                .load(c))?)
        })
        .await
    }

    /// Keeps the weights, for who holds the learning; false, and nothing kept, where somebody else does.
    pub async fn keep_snapshot(
        &self,
        site: SiteId,
        mark: LearnMark,
        new: Snapshot,
    ) -> Result<bool> {
        self.write(move |db| {
            if !note(db, site, &mark)? {
                return Ok(false);
            }
            keep(db, site, &new)?;
            Ok(true)
        })
        .await
    }

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
    ) -> Result<Forgotten> {
        self.write(move |db| {
            let kind = after.map_or(RESET, |_| ROLLED_BACK);
            let after = after.unwrap_or(DecisionId(Uuid::nil()));
            skip(db, site, &new, (after, until))?;
            let lessons = forget_lessons(db, site, after)?;
            forget_places(db, site, after)?;
            let left = lessons_through(db, site, DecisionId(Uuid::max()))?;
            let told = json!({ "lessons": lessons, "left": left });
            record(db, kind, site, (&actor, at), told)?;
            let was_alone = leave_to_people(db, site, (&actor, at))?;
            Ok(Forgotten { lessons, was_alone })
        })
        .await
    }

    /// Has the decisions teach again that were forgotten on demand last; false, and nothing changed, where none were. What was learnt
    /// since comes after them, so all of it is learnt again in its order.
    pub async fn remember_lessons(
        &self,
        site: SiteId,
        new: LearnMark,
        (actor, at): (Actor, Instant),
    ) -> Result<bool> {
        self.write(move |db| {
            let Some((after, _)) = skip_no_more(db, site, &new)? else {
                return Ok(false);
            };
            forget_lessons(db, site, after)?;
            forget_places(db, site, after)?;
            record(db, REMEMBERED, site, (&actor, at), json!({}))?;
            Ok(true)
        })
        .await
    }
}

/// How many lessons there are up to one.
fn lessons_through(db: &mut Db, site: SiteId, through: DecisionId) -> Result<i64> {
    let query = lessons::table
        .filter(lessons::site_id.eq(site))
        .filter(lessons::decision_id.le(through))
        .count();
    Ok(each!(db, |c| query.get_result(c))?)
}

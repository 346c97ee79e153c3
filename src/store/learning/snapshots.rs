//! Weights as they were after a lesson.

use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::lessons::forget_weights;
use super::mark::{LearnMark, note, read_again, skip};
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
            let later = lessons::table
                .filter(lessons::site_id.eq(site))
                .filter(lessons::decision_id.gt(after));
            let lessons = each!(db, |c| diesel::delete(later).execute(c))?;
            // The least identifier after it: what ends with the lesson itself stays.
            forget_weights(db, site, DecisionId(next(after.0)))?;
            let left: i64 = {
                let left = lessons::table.filter(lessons::site_id.eq(site)).count();
                each!(db, |c| left.get_result(c))?
            };
            let told = json!({ "lessons": lessons, "left": left });
            record(db, kind, site, (&actor, at), told)?;
            let was_alone = leave_to_people(db, site, (&actor, at))?;
            Ok(Forgotten { lessons, was_alone })
        })
        .await
    }
}

const fn next(id: Uuid) -> Uuid {
    Uuid::from_u128(id.as_u128().saturating_add(1))
}

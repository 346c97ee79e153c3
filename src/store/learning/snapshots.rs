//! Weights as they were after a lesson.

use diesel::prelude::*;

use super::mark::{LearnMark, lies_in, mark, note};
use super::thinning::thinned;
use crate::domain::{DecisionId, Instant, SiteId, SnapshotId};
use crate::store::Store;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{learn_snapshots, lessons};

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

/// Keeps it instead of whatever was kept of the same place, and throws away what is worth its room no more.
fn keep(db: &mut Db, site: SiteId, new: &Snapshot) -> Result<()> {
    let same = learn_snapshots::table
        .filter(learn_snapshots::site_id.eq(site))
        .filter(learn_snapshots::lesson_id.eq(new.lesson));
    each!(db, |c| diesel::delete(same).execute(c))?;
    let row = (learn_snapshots::site_id.eq(site), new);
    each!(db, |c| diesel::insert_into(learn_snapshots::table)
        .values(row)
        .execute(c))?;
    let here = learn_snapshots::table.filter(learn_snapshots::site_id.eq(site));
    // Apart, so that no place that only can be gone back to stands in the way of weights that are gone on from.
    for has_weights in [true, false] {
        let query = here
            .filter(learn_snapshots::has_weights.eq(has_weights))
            .select((learn_snapshots::id, learn_snapshots::created_at));
        let made: Vec<(SnapshotId, Instant)> = each!(db, |c| query.load(c))?;
        let old = thinned(made, new.created_at);
        let old = here.filter(learn_snapshots::id.eq_any(old));
        each!(db, |c| diesel::delete(old).execute(c))?;
    }
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

    /// The places that a site's model can be taken back to, the newest first, with as many lessons as there are up to each today. A place
    /// among what was forgotten on demand is none until that is remembered.
    pub async fn places(&self, site: SiteId) -> Result<Vec<SnapshotInfo>> {
        let mut infos = self.snapshots(site).await?;
        self.read(move |db| {
            let skipped = mark(db, site)?.map_or_else(Vec::new, |mark| mark.skipped);
            infos.retain(|info| !lies_in(&skipped, info.lesson));
            for info in infos.iter_mut().filter(|info| !info.has_weights) {
                info.lessons = count_lessons_through(db, site, info.lesson)?;
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
        held: LearnMark,
        new: Snapshot,
    ) -> Result<bool> {
        self.write(move |db| {
            if !note(db, site, &held)? {
                return Ok(false);
            }
            keep(db, site, &new)?;
            Ok(true)
        })
        .await
    }
}

/// How many lessons there are up to one.
pub(super) fn count_lessons_through(db: &mut Db, site: SiteId, through: DecisionId) -> Result<i64> {
    let query = lessons::table
        .filter(lessons::site_id.eq(site))
        .filter(lessons::decision_id.le(through))
        .count();
    Ok(each!(db, |c| query.get_result(c))?)
}

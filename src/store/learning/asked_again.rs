//! What a model makes of comments once it has learnt them.

use diesel::prelude::*;

use super::lessons::{AT_ONCE, Teaching, with_texts};
use super::mark::{LearnMark, note};
use crate::domain::{DecisionId, SiteId, Taught};
use crate::store::Store;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::lessons;

/// The first and the last of as many lessons, after which there are so many up to one; nothing where there are not as many.
fn bounds(
    db: &mut Db,
    site: SiteId,
    through: DecisionId,
    (after, many): (u64, u64),
) -> Result<Option<(DecisionId, DecisionId)>> {
    let mut at = |back: u64| -> Result<Option<DecisionId>> {
        let query = lessons::table
            .filter(lessons::site_id.eq(site))
            .filter(lessons::decision_id.le(through))
            .order(lessons::decision_id.desc())
            .offset(i64::try_from(back).unwrap_or(i64::MAX))
            .select(lessons::decision_id);
        Ok(each!(db, |c| query.first(c).optional())?)
    };
    if many == 0 {
        return Ok(None);
    }
    let (last, first) = (at(after)?, at(after + many - 1)?);
    Ok(first.zip(last))
}

impl Store {
    /// Some of the lessons, in their order and with their texts, that a model has not been asked about again: of the last `many` before the
    /// last `after` of those up to `through`.
    pub async fn unasked(
        &self,
        site: SiteId,
        through: DecisionId,
        (after, many): (u64, u64),
        limit: i64,
    ) -> Result<Vec<Taught>> {
        self.read(move |db| {
            let Some((first, last)) = bounds(db, site, through, (after, many))? else {
                return Ok(Vec::new());
            };
            let query = lessons::table
                .filter(lessons::site_id.eq(site))
                .filter(lessons::decision_id.between(first, last))
                .filter(lessons::bad_after.is_null())
                .order(lessons::decision_id)
                .limit(limit)
                .select((lessons::decision_id, lessons::comment_id, lessons::action));
            let rows: Vec<Teaching> = each!(db, |c| query.load(c))?;
            with_texts(db, site, rows)
        })
        .await
    }

    /// Notes of some lessons whether the model called them bad once it had learnt them, for who holds the learning; false, and nothing noted,
    /// where somebody else does.
    pub async fn note_called_after(
        &self,
        site: SiteId,
        mark: LearnMark,
        called: Vec<(DecisionId, bool)>,
    ) -> Result<bool> {
        self.write(move |db| {
            if !note(db, site, &mark)? {
                return Ok(false);
            }
            for is_bad in [true, false] {
                let these = called.iter().filter(|(_, called)| *called == is_bad);
                let these: Vec<DecisionId> = these.map(|(decision, _)| *decision).collect();
                for some in these.chunks(AT_ONCE) {
                    let these = lessons::table
                        .filter(lessons::site_id.eq(site))
                        .filter(lessons::decision_id.eq_any(some.to_vec()));
                    let change = lessons::bad_after.eq(is_bad);
                    each!(db, |c| diesel::update(these).set(change).execute(c))?;
                }
            }
            Ok(true)
        })
        .await
    }
}

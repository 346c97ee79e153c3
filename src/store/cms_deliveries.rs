//! Messages of a CMS that have had their effect. The note is of the transaction that has it, so the same message once more, also at
//! another replica at the same moment, has none.

use diesel::prelude::*;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::schema::cms_deliveries;
use crate::domain::SiteId;

/// What names a message, and the day that it came, in days since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// A hash of what the sender names it by.
    pub mark: Vec<u8>,
    /// The day.
    pub day: i32,
}

/// Notes a message; false where it was noted before, today or the two days before.
pub(super) fn note(db: &mut Db, site: SiteId, new: &Delivered) -> Result<bool> {
    let days: Vec<i32> = (new.day - 2..=new.day + 1).collect();
    let query = cms_deliveries::table
        .filter(cms_deliveries::site_id.eq(site))
        .filter(cms_deliveries::day.eq_any(days))
        .filter(cms_deliveries::mark.eq(&new.mark))
        .select(cms_deliveries::day);
    let known: Option<i32> = each!(db, |c| query.first(c).optional())?;
    if known.is_some() {
        return Ok(false);
    }
    let row = (
        cms_deliveries::site_id.eq(site),
        cms_deliveries::day.eq(new.day),
        cms_deliveries::mark.eq(&new.mark),
    );
    // Whoever notes the same at this moment is waited for, and was faster.
    let insert = diesel::insert_into(cms_deliveries::table)
        .values(row)
        .on_conflict_do_nothing();
    Ok(each!(db, |c| insert.execute(c))? == 1)
}

impl Store {
    /// Forgets the messages of the days before `day`; the number forgotten.
    pub async fn forget_deliveries_before(&self, site: SiteId, day: i32) -> Result<usize> {
        self.write(move |db| {
            let old = cms_deliveries::table
                .filter(cms_deliveries::site_id.eq(site))
                .filter(cms_deliveries::day.lt(day));
            Ok(each!(db, |c| diesel::delete(old).execute(c))?)
        })
        .await
    }
}

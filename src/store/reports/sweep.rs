//! What tells the senders of reports apart is kept for a while only.

use diesel::prelude::*;

use crate::domain::{Instant, ReportId, SiteId};
use crate::store::Store;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::reports;
use crate::store::types::first_at;

fn forget(db: &mut Db, site: SiteId, before: Instant, limit: i64) -> Result<bool> {
    let old = reports::table
        .filter(reports::site_id.eq(site))
        .filter(reports::id.lt(ReportId(first_at(before))))
        .filter(reports::reporter.is_not_null())
        .order(reports::id)
        .limit(limit)
        .select(reports::id);
    let old: Vec<ReportId> = each!(db, |c| old.load(c))?;
    let more = i64::try_from(old.len()).is_ok_and(|many| many == limit);
    let these = reports::table
        .filter(reports::site_id.eq(site))
        .filter(reports::id.eq_any(old));
    each!(db, |c| diesel::update(these)
        .set(reports::reporter.eq(None::<i64>))
        .execute(c))?;
    Ok(more)
}

impl Store {
    /// Removes what tells apart the senders of reports that came before `before`, of no more than `limit`; whether there are more.
    pub async fn forget_reporters(
        &self,
        site: SiteId,
        before: Instant,
        limit: i64,
    ) -> Result<bool> {
        self.write(move |db| forget(db, site, before, limit)).await
    }
}

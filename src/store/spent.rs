//! Proofs of work that were used. A proof counts for one comment, whichever replica takes it in, so it is a row of the
//! comment's transaction; it is forgotten once its challenge has expired.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::Store;
use super::bulk;
use super::db::{Db, each};
use super::error::Result;
use super::schema::spent_challenges;
use super::types::first_at;
use crate::domain::{ChallengeId, Instant, SiteId};

#[derive(Insertable)]
#[diesel(table_name = spent_challenges, treat_none_as_default_value = false)]
struct SpentRow {
    site_id: SiteId,
    id: ChallengeId,
}

bulk::row! { SpentRow => spent_challenges: site_id, id }

/// Those of them that were used. No proof is no question.
pub(super) fn find(
    db: &mut Db,
    proofs: impl Iterator<Item = (SiteId, ChallengeId)>,
) -> Result<HashSet<(SiteId, ChallengeId)>> {
    let mut by_site: HashMap<SiteId, Vec<ChallengeId>> = HashMap::new();
    for (site, id) in proofs {
        by_site.entry(site).or_default().push(id);
    }
    let mut spent = HashSet::new();
    for (site, ids) in by_site {
        let query = spent_challenges::table
            .filter(spent_challenges::site_id.eq(site))
            .filter(spent_challenges::id.eq_any(ids))
            .select(spent_challenges::id);
        let found: Vec<ChallengeId> = each!(db, |c| query.load(c))?;
        spent.extend(found.into_iter().map(|id| (site, id)));
    }
    Ok(spent)
}

pub(super) fn insert(
    db: &mut Db,
    proofs: impl Iterator<Item = (SiteId, ChallengeId)>,
) -> Result<()> {
    let mut rows: Vec<SpentRow> = proofs
        .map(|(site_id, id)| SpentRow { site_id, id })
        .collect();
    // In one order everywhere, so that PostgreSQL's writers do not wait for each other crosswise.
    rows.sort_by_key(|row| (row.site_id, row.id));
    bulk::insert!(db, spent_challenges::table, rows);
    Ok(())
}

impl Store {
    /// Forgets the used challenges of a site that were made before `before`; the number forgotten.
    pub async fn forget_spent(&self, site: SiteId, before: Instant) -> Result<usize> {
        self.write(move |db| {
            let old = spent_challenges::table
                .filter(spent_challenges::site_id.eq(site))
                .filter(spent_challenges::id.lt(ChallengeId(first_at(before))));
            Ok(each!(db, |c| diesel::delete(old).execute(c))?)
        })
        .await
    }
}

//! What each replica has counted, told to the others and kept over a new start. One row a second and site where there is
//! something to tell.

use diesel::prelude::*;

use super::Store;
use super::bulk;
use super::db::each;
use super::error::Result;
use super::schema::arrivals;
use super::types::first_at;
use crate::domain::{Instant, ReplicaId, SiteId, TallyId};

/// Counts that a replica adds to what it has told before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrivalTally {
    /// The site.
    pub site: SiteId,
    /// Which row. It begins with its time.
    pub id: TallyId,
    /// Who has counted.
    pub replica: ReplicaId,
    /// Which window of ten minutes since 1970.
    pub window: i64,
    /// By keyed hash, what came in addition.
    pub counts: Vec<(u64, i32)>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = arrivals, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct TallyRow {
    site_id: SiteId,
    id: TallyId,
    replica: ReplicaId,
    window_number: i64,
    counts: Vec<u8>,
}

bulk::row! { TallyRow => arrivals: site_id, id, replica, window_number, counts }

/// Eight bytes of hash and four of count, the lowest first.
const ENTRY: usize = 12;

impl From<&ArrivalTally> for TallyRow {
    fn from(tally: &ArrivalTally) -> Self {
        let mut counts = Vec::with_capacity(tally.counts.len() * ENTRY);
        for (mark, more) in &tally.counts {
            counts.extend_from_slice(&mark.to_le_bytes());
            counts.extend_from_slice(&more.to_le_bytes());
        }
        Self {
            site_id: tally.site,
            id: tally.id,
            replica: tally.replica,
            window_number: tally.window,
            counts,
        }
    }
}

impl From<TallyRow> for ArrivalTally {
    fn from(row: TallyRow) -> Self {
        let (entries, _) = row.counts.as_chunks::<ENTRY>();
        let counts = entries.iter().filter_map(|entry| {
            let (mark, more) = entry.split_first_chunk()?;
            let more = more.first_chunk()?;
            Some((u64::from_le_bytes(*mark), i32::from_le_bytes(*more)))
        });
        Self {
            site: row.site_id,
            id: row.id,
            replica: row.replica,
            window: row.window_number,
            counts: counts.collect(),
        }
    }
}

impl Store {
    /// Keeps tallies. A row that is there already is a conflict, and nothing is written then.
    pub async fn add_arrivals(&self, tallies: Vec<ArrivalTally>) -> Result<()> {
        self.write(move |db| {
            let rows: Vec<TallyRow> = tallies.iter().map(TallyRow::from).collect();
            bulk::insert!(db, arrivals::table, rows);
            Ok(())
        })
        .await
    }

    /// The tallies of a site that were made since `since`, oldest first.
    pub async fn arrivals_since(&self, site: SiteId, since: Instant) -> Result<Vec<ArrivalTally>> {
        self.read(move |db| {
            let query = arrivals::table
                .filter(arrivals::site_id.eq(site))
                .filter(arrivals::id.ge(TallyId(first_at(since))))
                .order(arrivals::id);
            let rows: Vec<TallyRow> = each!(db, |c| query.select(TallyRow::as_select()).load(c))?;
            Ok(rows.into_iter().map(ArrivalTally::from).collect())
        })
        .await
    }

    /// Forgets what was counted on a site before `before`; the number of rows forgotten.
    pub async fn forget_arrivals(&self, site: SiteId, before: Instant) -> Result<usize> {
        self.write(move |db| {
            let old = arrivals::table
                .filter(arrivals::site_id.eq(site))
                .filter(arrivals::id.lt(TallyId(first_at(before))));
            Ok(each!(db, |c| diesel::delete(old).execute(c))?)
        })
        .await
    }
}

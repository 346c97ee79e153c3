//! From what happened to what is to be told. A delivery's identifier follows from the event and the endpoint, so whichever replica makes
//! it, and however often, there is one.

use diesel::prelude::*;

use super::deliveries::DeliveryRow;
use crate::domain::{CommentId, Delivery, EventId, HookEvent, Instant, SiteId, Status};
use crate::store::Store;
use crate::store::db::{Connected, Db, each};
use crate::store::error::Result;
use crate::store::schema::{events, webhook_deliveries as deliveries, webhook_marks as marks};

/// As many deliveries are made in one write: comments that arrive share its commit, and wait for it.
const AT_ONCE: usize = 100;

/// Something that happened to a comment and is news outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookNews {
    /// The event.
    pub event: EventId,
    /// The comment.
    pub comment: CommentId,
    /// Its revision from then on.
    pub revision: i32,
    /// Where it stands from then on.
    pub status: Status,
    /// What it is to those outside.
    pub kinds: Vec<HookEvent>,
    /// When.
    pub at: Instant,
}

type EventRow = (
    EventId,
    String,
    Option<CommentId>,
    Option<i32>,
    String,
    Instant,
);

/// What an event's detail says of where the comment stood.
#[derive(serde::Deserialize)]
struct Moved {
    from: Option<Status>,
    to: Option<Status>,
    /// Of an arrival.
    status: Option<Status>,
}

fn news((event, kind, comment, revision, detail, at): EventRow) -> Option<HookNews> {
    let moved: Moved = serde_json::from_str(&detail).ok()?;
    let status = moved.to.or(moved.status)?;
    Some(HookNews {
        event,
        comment: comment?,
        revision: revision?,
        status,
        kinds: HookEvent::all_of(&kind, moved.from, status),
        at,
    })
}

fn note(db: &mut Db, site: SiteId, event: EventId) -> Result<()> {
    let row = (marks::site_id.eq(site), marks::event_id.eq(event));
    each!(db, |c| diesel::insert_into(marks::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    // Several replicas move it: forward only.
    let behind = marks::table
        .filter(marks::site_id.eq(site))
        .filter(marks::event_id.lt(event));
    each!(db, |c| diesel::update(behind)
        .set(marks::event_id.eq(event))
        .execute(c))?;
    Ok(())
}

/// One statement on PostgreSQL, where each is a journey there and back; on SQLite one that is prepared once, for each.
fn put(db: &mut Db, new: &[Delivery]) -> Result<usize> {
    let rows: Vec<DeliveryRow> = new.iter().map(DeliveryRow::new).collect();
    match &mut db.0 {
        Connected::Postgres(c) => Ok(diesel::insert_into(deliveries::table)
            .values(&rows)
            .on_conflict_do_nothing()
            .execute(c.as_mut())?),
        Connected::Sqlite(c) => {
            let made = rows.iter().map(|row| {
                diesel::insert_into(deliveries::table)
                    .values(row)
                    .on_conflict_do_nothing()
                    .execute(c.as_mut())
            });
            Ok(made.sum::<QueryResult<usize>>()?)
        }
    }
}

impl Store {
    /// How far a site's events were followed.
    pub async fn hook_mark(&self, site: SiteId) -> Result<Option<EventId>> {
        self.read(move |db| {
            let query = marks::table
                .filter(marks::site_id.eq(site))
                .select(marks::event_id);
            Ok(each!(db, |c| query.first(c).optional())?)
        })
        .await
    }

    /// Notes how far they were.
    pub async fn note_hooks(&self, site: SiteId, event: EventId) -> Result<()> {
        self.write(move |db| note(db, site, event)).await
    }

    /// What happened on a site after an event, in that order: each event, and what it is to those outside.
    pub async fn hook_news_after(
        &self,
        site: SiteId,
        after: EventId,
        limit: i64,
    ) -> Result<Vec<(EventId, Option<HookNews>)>> {
        self.read(move |db| {
            let query = events::table
                .filter(events::site_id.eq(site))
                .filter(events::id.gt(after))
                .order(events::id)
                .limit(limit)
                .select((
                    events::id,
                    events::kind,
                    events::comment_id,
                    events::revision,
                    events::detail,
                    events::created_at,
                ));
            let rows: Vec<EventRow> = each!(db, |c| query.load(c))?;
            Ok(rows.into_iter().map(|row| (row.0, news(row))).collect())
        })
        .await
    }

    /// Makes deliveries, save for those that are there; how many were not.
    pub async fn put_deliveries(&self, new: Vec<Delivery>) -> Result<usize> {
        let mut made = 0;
        for some in new.chunks(AT_ONCE) {
            let some = some.to_vec();
            made += self.write(move |db| put(db, &some)).await?;
        }
        Ok(made)
    }
}

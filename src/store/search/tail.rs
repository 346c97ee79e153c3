//! How far the index has come, and what brings it further.

use diesel::prelude::*;

use super::document::documents;
use super::fresh::unknown;
use super::risk::Rater;
use super::write::put;
use crate::domain::{CommentId, EventId, SiteId};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{comments, search_marks};
use crate::store::{Error, Store, events};

/// How far the index of a site has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = search_marks, treat_none_as_null = true)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct SearchMark {
    /// What happened up to that event is in it.
    #[diesel(column_name = event_id)]
    pub event: EventId,
    /// Of the comments that were there before, those from that one on are in it.
    pub filled_to: Option<CommentId>,
    /// So is all that was there before.
    pub is_whole: bool,
}

pub(super) fn mark(db: &mut Db, site: SiteId) -> Result<Option<SearchMark>> {
    let query = search_marks::table.filter(search_marks::site_id.eq(site));
    Ok(each!(db, |c| query
        .select(SearchMark::as_select())
        .first(c)
        .optional())?)
}

/// Several replicas move the mark: forward only, each of its parts for itself.
fn set_mark(db: &mut Db, site: SiteId, new: SearchMark) -> Result<()> {
    let Some(old) = mark(db, site)? else {
        let row = (search_marks::site_id.eq(site), new);
        let insert = diesel::insert_into(search_marks::table).values(row);
        return match each!(db, |c| insert.execute(c)).map_err(Error::from) {
            // Another replica was faster.
            Err(Error::Conflict(_)) => Err(Error::Contended),
            other => other.map(|_| ()),
        };
    };
    let filled_to = match (old.filled_to, new.filled_to) {
        (Some(old), Some(new)) => Some(old.min(new)),
        (old, new) => old.or(new),
    };
    let further = SearchMark {
        event: old.event.max(new.event),
        filled_to,
        is_whole: old.is_whole || new.is_whole,
    };
    if further == old {
        return Ok(());
    }
    let target = search_marks::table.filter(search_marks::site_id.eq(site));
    each!(db, |c| diesel::update(target).set(further).execute(c))?;
    Ok(())
}

/// Brings the index up to what comments of a site say now, in one go.
#[cfg(test)]
pub(in crate::store) fn index(db: &mut Db, site: SiteId, ids: &[CommentId]) -> Result<()> {
    let documents = documents(db, site, ids, &Rater::new(|_, _| 0.5))?;
    put(db, site, &documents)
}

impl Store {
    /// How far the index of a site has come; nothing where it is not begun.
    pub async fn search_mark(&self, site: SiteId) -> Result<Option<SearchMark>> {
        self.read(move |db| mark(db, site)).await
    }

    /// Notes how far the index of a site has come.
    pub async fn set_search_mark(&self, site: SiteId, mark: SearchMark) -> Result<()> {
        self.write(move |db| set_mark(db, site, mark)).await
    }

    /// What happened on a site after an event, in that order: each event, and the comment that it is about.
    pub async fn events_after(
        &self,
        site: SiteId,
        after: EventId,
        limit: i64,
    ) -> Result<Vec<(EventId, Option<CommentId>)>> {
        self.read(move |db| events::happened_after(db, site, after, true, limit))
            .await
    }

    /// The comments of a site that are older than one, the newest of them first.
    pub async fn comments_before(
        &self,
        site: SiteId,
        before: CommentId,
        limit: i64,
    ) -> Result<Vec<CommentId>> {
        self.read(move |db| {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .filter(comments::id.lt(before))
                .order(comments::id.desc())
                .limit(limit)
                .select(comments::id);
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }

    /// Brings the index up to what comments of a site say now; how many it did not know as they are.
    pub async fn index_comments(
        &self,
        site: SiteId,
        ids: Vec<CommentId>,
        rater: Rater,
    ) -> Result<usize> {
        let documents = self
            .read(move |db| {
                let unknown = unknown(db, site, &ids)?;
                documents(db, site, &unknown, &rater)
            })
            .await?;
        let many = documents.len();
        if many > 0 {
            self.write(move |db| put(db, site, &documents)).await?;
        }
        Ok(many)
    }
}

//! The networks that comments came from are kept for a while. They are removed in the order of arrival, and each site's row says up
//! to where, so that no comment is looked at twice and no index is needed.

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::schema::{comments, sites};
use super::types::first_at;
use crate::domain::{CommentId, Instant, SiteId};

fn forget(db: &mut Db, site: SiteId, before: Instant, limit: i64) -> Result<bool> {
    let here = sites::table.filter(sites::id.eq(site));
    let swept = here.select(sites::networks_swept);
    let swept: Option<CommentId> = each!(db, |c| swept.first(c))?;
    let from = swept.unwrap_or(CommentId(Uuid::nil()));
    let to = CommentId(first_at(before));
    if from >= to {
        return Ok(false);
    }
    let old = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.ge(from));
    let next = old
        .filter(comments::id.lt(to))
        .order(comments::id)
        .offset(limit)
        .select(comments::id);
    let next: Option<CommentId> = each!(db, |c| next.first(c).optional())?;
    let end = next.unwrap_or(to);
    let old = old
        .filter(comments::id.lt(end))
        .filter(comments::network.is_not_null());
    each!(db, |c| diesel::update(old)
        .set(comments::network.eq(None::<String>))
        .execute(c))?;
    each!(db, |c| diesel::update(here)
        .set(sites::networks_swept.eq(Some(end)))
        .execute(c))?;
    Ok(next.is_some())
}

impl Store {
    /// Removes the networks of the next comments of a site that arrived before `before`, looking at no more than `limit`;
    /// whether there are more.
    pub async fn forget_networks(&self, site: SiteId, before: Instant, limit: i64) -> Result<bool> {
        self.write(move |db| forget(db, site, before, limit)).await
    }
}

//! Where an article stood before it moved. Whoever still names such an address means that article, until another stands there: an address
//! is looked for here only where nothing stands at it.

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::schema::{articles, former_addresses};
use crate::domain::{ArticleId, SiteId};

/// The article that stood there last, where it stands anywhere now.
pub(super) fn article(db: &mut Db, site: SiteId, url: &str) -> Result<Option<ArticleId>> {
    let moved = articles::site_id
        .eq(former_addresses::site_id)
        .and(articles::id.eq(former_addresses::article_id));
    let query = former_addresses::table
        .inner_join(articles::table.on(moved))
        .filter(former_addresses::site_id.eq(site))
        .filter(former_addresses::url.eq(url))
        // What waits for an address to be free cannot be read.
        .filter(articles::url.not_like("%#%"))
        .select(articles::id);
    Ok(each!(db, |c| query.first(c).optional())?)
}

/// Keeps in mind that an article stood there.
pub(super) fn keep(db: &mut Db, site: SiteId, url: &str, article: ArticleId) -> Result<()> {
    forget(db, site, url)?;
    let row = (
        former_addresses::site_id.eq(site),
        former_addresses::url.eq(url),
        former_addresses::article_id.eq(article),
    );
    each!(db, |c| diesel::insert_into(former_addresses::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Forgets who stood there: somebody stands there now.
pub(super) fn forget(db: &mut Db, site: SiteId, url: &str) -> Result<()> {
    let row = former_addresses::table
        .filter(former_addresses::site_id.eq(site))
        .filter(former_addresses::url.eq(url));
    each!(db, |c| diesel::delete(row).execute(c))?;
    Ok(())
}

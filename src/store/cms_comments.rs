//! What a newspaper's CMS calls the comments that it handed in.

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::schema::cms_comments;
use crate::domain::{CommentId, SiteId};

/// That the newspaper's CMS hands a comment in. It has taken it in there already, so here it waits where a reader's would be refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByCms {
    /// What it calls the comment, where it says so.
    pub external_id: Option<String>,
}

/// Notes what the CMS calls its comments. `named` rises.
pub(super) fn insert<'a>(
    db: &mut Db,
    named: impl Iterator<Item = (SiteId, CommentId, &'a str)>,
) -> Result<()> {
    for (site, comment, external_id) in named {
        let row = (
            cms_comments::site_id.eq(site),
            cms_comments::comment_id.eq(comment),
            cms_comments::external_id.eq(external_id),
        );
        let insert = diesel::insert_into(cms_comments::table).values(row);
        each!(db, |c| insert.execute(c))?;
    }
    Ok(())
}

/// What the CMS calls a comment, where it came from there.
pub(super) fn external_id(db: &mut Db, site: SiteId, comment: CommentId) -> Result<Option<String>> {
    let query = cms_comments::table
        .filter(cms_comments::site_id.eq(site))
        .filter(cms_comments::comment_id.eq(comment))
        .select(cms_comments::external_id);
    Ok(each!(db, |c| query.first(c).optional())?)
}

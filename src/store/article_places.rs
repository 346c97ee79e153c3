//! Which article stands at an address, where a CMS moves them. An address is one article's. Where two claim it, it is theirs of whom that
//! was told last; the other waits under the same address with its name behind `#`, which no reader can ask for, and has it once it is free. An
//! address that nobody has any more still leads to whoever left it last.

use diesel::prelude::*;

use super::articles::ArticleRow;
use super::db::{Db, each};
use super::error::{Error, Result};
use super::former_addresses;
use super::schema::{articles, comments};
use super::types::first_at;
use crate::domain::{ArticleId, ArticleRegister, CommentId, Instant, SiteId};

/// Where an article is to stand, and what must be done for that.
#[derive(Debug)]
pub(super) struct Claimed {
    /// The address that it has then.
    pub(super) url: String,
    /// Another record of the same article, made by comments under its new address; it ends.
    pub(super) merged: Option<ArticleId>,
    /// Whether all comments under that had to wait for a person.
    pub(super) premoderate: bool,
    /// From when on that took none.
    pub(super) closes_at: Option<Instant>,
    /// How that was searched, where it is what the article is now.
    pub(super) search_key: Option<String>,
    /// Articles that stand elsewhere now.
    pub(super) moved: Vec<ArticleId>,
    /// Whether it stands there from now on only.
    is_new_there: bool,
    /// The address that becomes free.
    left: Option<String>,
}

/// How good a claim is: the later told, and of one moment the greater name, so that everybody decides alike.
fn rank(row: &ArticleRow, told: &ArticleRegister) -> (Option<Instant>, Option<String>) {
    (told.content_at(), row.external_id.clone())
}

fn aside(url: &str, row: &ArticleRow) -> String {
    format!("{url}#{}", row.external_id.as_deref().unwrap_or_default())
}

fn at(db: &mut Db, site: SiteId, url: &str) -> Result<Option<ArticleRow>> {
    let query = articles::table
        .filter(articles::site_id.eq(site))
        .filter(articles::url.eq(url))
        .select(articles::id);
    let id: Option<ArticleId> = each!(db, |c| query.first(c).optional())?;
    match id {
        None => Ok(None),
        Some(id) => super::article_news::held(db, site, id),
    }
}

/// Finds the place of an article by what is told of it now, and makes room there.
pub(super) fn claim(
    db: &mut Db,
    row: &ArticleRow,
    told: &mut ArticleRegister,
    is_new: bool,
) -> Result<Claimed> {
    let wanted = told
        .content()
        .map_or(&row.url, |content| &content.url)
        .clone();
    let mut claimed = Claimed {
        url: wanted.clone(),
        merged: None,
        premoderate: false,
        closes_at: None,
        search_key: None,
        moved: Vec::new(),
        is_new_there: true,
        left: (!is_new && !row.url.contains('#')).then(|| row.url.clone()),
    };
    if wanted == row.url && !is_new {
        (claimed.is_new_there, claimed.left) = (false, None);
        return Ok(claimed);
    }
    match at(db, row.site_id, &wanted)? {
        None => {}
        Some(there) if there.id == row.id => claimed.left = None,
        Some(there) if there.external_id.is_none() && row.external_id.is_some() && !is_new => {
            let theirs = there.told();
            told.inherit(&theirs);
            if theirs.content().is_some() && told.content() == theirs.content() {
                claimed.search_key.clone_from(&there.search_key);
            }
            claimed.premoderate = there.premoderate;
            claimed.closes_at = there.closes_at;
            claimed.merged = Some(there.id);
            put(db, row.site_id, there.id, &aside(&wanted, &there))?;
        }
        Some(there) if rank(&there, &there.told()) < rank(row, told) => {
            claimed.moved.push(there.id);
            put(db, row.site_id, there.id, &aside(&wanted, &there))?;
        }
        Some(_) => claimed.url = aside(&wanted, row),
    }
    if claimed.left.as_ref() == Some(&claimed.url) {
        claimed.left = None;
    }
    Ok(claimed)
}

fn put(db: &mut Db, site: SiteId, id: ArticleId, url: &str) -> Result<()> {
    let target = articles::table
        .filter(articles::site_id.eq(site))
        .filter(articles::id.eq(id));
    let url = articles::url.eq(url);
    match each!(db, |c| diesel::update(target).set(url).execute(c)).map_err(Error::from) {
        Err(Error::Conflict(_)) => Err(Error::Contended),
        other => other.map(|_| ()),
    }
}

impl Claimed {
    /// What is left to do once the article stands there: its comments follow, and whoever waited for its old address has it; where nobody did, that leads
    /// to the article still.
    pub(super) fn settle(&self, db: &mut Db, site: SiteId, row: &ArticleRow) -> Result<()> {
        if let Some(other) = self.merged {
            take_over(db, site, other, row.id)?;
        }
        if self.is_new_there {
            former_addresses::forget(db, site, &self.url)?;
        }
        let Some(left) = &self.left else {
            return Ok(());
        };
        let literal = left
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        let query = articles::table
            .filter(articles::site_id.eq(site))
            .filter(articles::url.like(format!("{literal}#%")).escape('\\'));
        let waiting: Vec<ArticleRow> =
            each!(db, |c| query.select(ArticleRow::as_select()).load(c))?;
        let claims = |row: &&ArticleRow| {
            let told = row.told();
            told.content().is_some_and(|content| content.url == *left)
        };
        let next = waiting.iter().filter(claims);
        let Some(next) = next.max_by_key(|row| rank(row, &row.told())) else {
            return former_addresses::keep(db, site, left, row.id);
        };
        put(db, site, next.id, left)?;
        let change = super::versions::Change::Article(site, next.id);
        db.1.push(change);
        Ok(())
    }
}

/// Hangs the comments of a record under another of the same article, and removes the record. Comments are looked for from when the
/// record was made on, since there were none before. No address was ever left by it: nobody has named it, so it has not moved.
fn take_over(db: &mut Db, site: SiteId, from: ArticleId, to: ArticleId) -> Result<()> {
    let record = articles::table
        .filter(articles::site_id.eq(site))
        .filter(articles::id.eq(from));
    let made: Instant = each!(db, |c| record.select(articles::created_at).first(c))?;
    let earliest = CommentId(first_at(made.before(std::time::Duration::from_secs(3600))));
    let theirs = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.ge(earliest))
        .filter(comments::article_id.eq(from));
    let article = comments::article_id.eq(to);
    each!(db, |c| diesel::update(theirs).set(article).execute(c))?;
    each!(db, |c| diesel::delete(record).execute(c))?;
    Ok(())
}

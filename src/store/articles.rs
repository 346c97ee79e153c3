//! Articles: found by their address, made when the first comment arrives.

use std::collections::{BTreeMap, HashMap};

use diesel::dsl::SqlTypeOf;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sqlite::Sqlite;
use uuid::Uuid;

use super::bulk;
use super::db::{Connected, Db, each};
use super::error::Result;
use super::former_addresses;
use super::schema::articles;
use crate::domain::{
    Article, ArticleId, ArticleRegister, ArticleState, Instant, Presence, SiteId, is_open,
};

/// An article as a submission names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ArticleRef {
    /// The site.
    pub site: SiteId,
    /// The canonical address.
    pub url: String,
    /// The title the page gave, kept when the article is new.
    pub title: Option<String>,
    /// Title and address as they are searched.
    pub search_key: String,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = articles, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub(super) struct ArticleRow {
    pub(super) site_id: SiteId,
    pub(super) id: ArticleId,
    pub(super) url: String,
    pub(super) title: Option<String>,
    pub(super) section: Option<String>,
    pub(super) state: ArticleState,
    pub(super) created_at: Instant,
    pub(super) closes_at: Option<Instant>,
    pub(super) premoderate: bool,
    pub(super) search_key: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) presence: Presence,
    pub(super) told: Option<String>,
}

impl ArticleRow {
    /// What was told of it. What another version wrote and this one cannot read is as if nothing was.
    pub(super) fn told(&self) -> ArticleRegister {
        let read = self.told.as_deref().map(serde_json::from_str);
        read.and_then(Result::ok).unwrap_or_default()
    }
}

impl From<ArticleRow> for Article {
    fn from(row: ArticleRow) -> Self {
        let told = row.told();
        let content = told.content();
        Self {
            told_title: content.and_then(|content| content.title.clone()),
            author: content.and_then(|content| content.author.clone()),
            tags: content
                .map(|content| content.tags.clone())
                .unwrap_or_default(),
            published_at: content.and_then(|content| content.published_at),
            external_id: row.external_id,
            presence: row.presence,
            site: row.site_id,
            id: row.id,
            url: row.url,
            title: row.title,
            section: row.section,
            state: row.state,
            closes_at: row.closes_at,
            premoderate: row.premoderate,
            created_at: row.created_at,
        }
    }
}

/// What the intake goes by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gate {
    pub(super) id: ArticleId,
    pub(super) premoderate: bool,
    state: ArticleState,
    closes_at: Option<Instant>,
    presence: Presence,
}

impl From<&Article> for Gate {
    fn from(article: &Article) -> Self {
        Self {
            id: article.id,
            premoderate: article.premoderate,
            state: article.state,
            closes_at: article.closes_at,
            presence: article.presence,
        }
    }
}

impl Gate {
    pub(super) fn is_open_at(&self, at: Instant) -> bool {
        self.presence == Presence::Published && is_open(self.state, self.closes_at, at)
    }
}

pub(super) type Found<'a> = HashMap<(SiteId, &'a str), Gate>;

type BySite<'a> = BTreeMap<SiteId, BTreeMap<&'a str, (&'a ArticleRef, Instant)>>;

fn by_site<'a>(named: impl Iterator<Item = (&'a ArticleRef, Instant)>) -> BySite<'a> {
    let mut by_site = BySite::new();
    for (article, at) in named {
        let here = by_site.entry(article.site).or_default();
        here.entry(&article.url).or_insert((article, at));
    }
    by_site
}

/// Those of the named articles that are known, also by an address that they have left.
pub(super) fn known<'a>(
    db: &mut Db,
    named: impl Iterator<Item = (&'a ArticleRef, Instant)>,
) -> Result<Found<'a>> {
    let mut found = HashMap::new();
    for (site, wanted) in by_site(named) {
        let urls: Vec<&str> = wanted.keys().copied().collect();
        find(db, site, &urls, &mut found)?;
        find_moved(db, site, &urls, &mut found)?;
    }
    Ok(found)
}

/// The articles that have left those addresses at which nothing stands now.
fn find_moved<'a>(
    db: &mut Db,
    site: SiteId,
    urls: &[&'a str],
    found: &mut Found<'a>,
) -> Result<()> {
    for url in urls {
        if found.contains_key(&(site, *url)) {
            continue;
        }
        let Some(id) = former_addresses::article(db, site, url)? else {
            continue;
        };
        if let Some(article) = by_ids(db, site, &[id])?.remove(&id) {
            found.insert((site, *url), Gate::from(&article));
        }
    }
    Ok(())
}

/// Makes those of the named articles that are not yet in `found`, and adds them to it.
pub(super) fn make<'a>(
    db: &mut Db,
    named: impl Iterator<Item = (&'a ArticleRef, Instant)>,
    found: &mut Found<'a>,
) -> Result<()> {
    for (site, mut wanted) in by_site(named) {
        wanted.retain(|url, _| !found.contains_key(&(site, *url)));
        if wanted.is_empty() {
            continue;
        }
        let new: Vec<ArticleRow> = wanted
            .iter()
            .map(|(url, (article, at))| ArticleRow {
                site_id: site,
                id: ArticleId(Uuid::now_v7()),
                url: (*url).to_owned(),
                title: article.title.clone(),
                section: None,
                state: ArticleState::Open,
                created_at: *at,
                closes_at: None,
                premoderate: false,
                search_key: Some(article.search_key.clone()),
                external_id: None,
                presence: Presence::Published,
                told: None,
            })
            .collect();
        for rows in new.chunks(bulk::ROWS) {
            each!(db, |c| diesel::insert_into(articles::table)
                .values(rows)
                .on_conflict_do_nothing()
                .execute(c))?;
        }
        // Another writer may have been faster: what stands there counts.
        let urls: Vec<&str> = wanted.keys().copied().collect();
        find(db, site, &urls, found)?;
    }
    Ok(())
}

/// `urls` are sorted.
fn find<'a>(db: &mut Db, site: SiteId, urls: &[&'a str], found: &mut Found<'a>) -> Result<()> {
    for (url, id, state, closes_at, premoderate, presence) in rows_of(db, site, urls)? {
        if let Ok(place) = urls.binary_search(&url.as_str()) {
            let gate = Gate {
                id,
                premoderate,
                state,
                closes_at,
                presence,
            };
            found.insert((site, urls[place]), gate);
        }
    }
    Ok(())
}

fn rows_of(db: &mut Db, site: SiteId, urls: &[&str]) -> Result<Vec<Row>> {
    match &mut db.0 {
        Connected::Sqlite(c) => {
            let mut rows = Vec::with_capacity(urls.len());
            for urls in urls.chunks(TOGETHER) {
                let urls = std::array::from_fn(|place| urls[place.min(urls.len() - 1)]);
                rows.extend(At { site, urls }.load::<Row>(c.as_mut())?);
            }
            Ok(rows)
        }
        Connected::Postgres(c) => Ok(articles::table
            .filter(articles::site_id.eq(site))
            .filter(articles::url.eq_any(urls))
            .select((
                articles::url,
                articles::id,
                articles::state,
                articles::closes_at,
                articles::premoderate,
                articles::presence,
            ))
            .load(c.as_mut())?),
    }
}

type Row = (
    String,
    ArticleId,
    ArticleState,
    Option<Instant>,
    bool,
    Presence,
);

/// As many addresses as one statement looks for on SQLite.
const TOGETHER: usize = 8;

/// The articles at some addresses of a site, as a statement of always the same length: SQLite prepares it once, where one of as
/// many addresses as a batch has is new each time. What is left over says the last address again.
struct At<'a> {
    site: SiteId,
    urls: [&'a str; TOGETHER],
}

impl QueryId for At<'_> {
    type QueryId = At<'static>;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for At<'_> {
    type SqlType = (
        SqlTypeOf<articles::url>,
        SqlTypeOf<articles::id>,
        SqlTypeOf<articles::state>,
        SqlTypeOf<articles::closes_at>,
        SqlTypeOf<articles::premoderate>,
        SqlTypeOf<articles::presence>,
    );
}

impl QueryFragment<Sqlite> for At<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("SELECT `url`, `id`, `state`, `closes_at`, `premoderate`, `presence` FROM `articles` WHERE `site_id` = ");
        out.push_bind_param::<SqlTypeOf<articles::site_id>, _>(&self.site)?;
        for (place, url) in self.urls.iter().enumerate() {
            out.push_sql(if place == 0 { " AND `url` IN (" } else { ", " });
            out.push_bind_param::<SqlTypeOf<articles::url>, _>(url)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

impl RunQueryDsl<SqliteConnection> for At<'_> {}

/// The article at an address.
pub(super) fn by_url(db: &mut Db, site: SiteId, url: &str) -> Result<Option<Article>> {
    let query = articles::table
        .filter(articles::site_id.eq(site))
        .filter(articles::url.eq(url));
    let row = each!(db, |c| query
        .select(ArticleRow::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(Article::from))
}

/// The article of that address, now or before it moved, or of that id.
pub(super) fn named(db: &mut Db, site: SiteId, name: &str) -> Result<Option<ArticleId>> {
    if let Ok(id) = name.parse() {
        return Ok(by_ids(db, site, &[id])?.into_keys().next());
    }
    match by_url(db, site, name)? {
        Some(article) => Ok(Some(article.id)),
        None => former_addresses::article(db, site, name),
    }
}

/// The articles of those ids.
pub(super) fn by_ids(
    db: &mut Db,
    site: SiteId,
    ids: &[ArticleId],
) -> Result<HashMap<ArticleId, Article>> {
    let query = articles::table
        .filter(articles::site_id.eq(site))
        .filter(articles::id.eq_any(ids.to_vec()));
    let rows: Vec<ArticleRow> = each!(db, |c| query.select(ArticleRow::as_select()).load(c))?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, Article::from(row)))
        .collect())
}

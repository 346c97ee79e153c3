//! What a CMS tells of articles. Messages come late, twice and in any order: what is known in the end is the same ([`ArticleRegister`]).

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::article_places::{Claimed, claim};
use super::articles::ArticleRow;
use super::cms_deliveries::{self, Delivered};
use super::db::{Connected, Db, each};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::schema::articles;
use super::versions::Change;
use crate::domain::{
    Actor, Article, ArticleId, ArticleNews, ArticleRegister, ArticleState, EventId, Instant,
    Presence, SiteId,
};

/// What became of a message about an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The article is as it says.
    Done(ArticleId),
    /// Nothing in it was new, or something newer is known.
    Known(ArticleId),
    /// It had its effect before.
    Repeated,
}

/// The row of an article, held until the transaction ends: what is known is read, added to and written.
pub(super) fn held(db: &mut Db, site: SiteId, id: ArticleId) -> Result<Option<ArticleRow>> {
    let here = articles::table
        .filter(articles::site_id.eq(site))
        .filter(articles::id.eq(id));
    if let Connected::Postgres(c) = &mut db.0 {
        let lock = here.select(articles::id).for_update();
        lock.load::<ArticleId>(c.as_mut())?;
    }
    Ok(each!(db, |c| here
        .select(ArticleRow::as_select())
        .first(c)
        .optional())?)
}

/// The article that a message is about: by what the CMS calls it, or by its address where nobody has named that.
fn find(db: &mut Db, site: SiteId, news: &ArticleNews) -> Result<Option<ArticleRow>> {
    if let Some(external_id) = &news.external_id
        && let Some(id) = by_external_id(db, site, external_id)?
    {
        return held(db, site, id);
    }
    let Some(url) = &news.url else {
        return Ok(None);
    };
    let query = articles::table
        .filter(articles::site_id.eq(site))
        .filter(articles::url.eq(url))
        .select(articles::id);
    let id: Option<ArticleId> = each!(db, |c| query.first(c).optional())?;
    let Some(id) = id else { return Ok(None) };
    let row = held(db, site, id)?;
    Ok(row.filter(|row| row.external_id.is_none() || news.external_id.is_none()))
}

fn by_external_id(db: &mut Db, site: SiteId, external_id: &str) -> Result<Option<ArticleId>> {
    let query = articles::table
        .filter(articles::site_id.eq(site))
        .filter(articles::external_id.eq(external_id))
        .select(articles::id);
    Ok(each!(db, |c| query.first(c).optional())?)
}

/// An article that nobody has told of, nor written under. Without an address it is only there to be known by its name.
fn made(site: SiteId, news: &ArticleNews, at: Instant) -> ArticleRow {
    let name = news.external_id.as_deref().unwrap_or_default();
    ArticleRow {
        site_id: site,
        id: ArticleId(Uuid::now_v7()),
        url: news.url.clone().unwrap_or_else(|| format!("#{name}")),
        title: None,
        section: None,
        state: ArticleState::Open,
        created_at: at,
        closes_at: None,
        premoderate: false,
        search_key: Some(String::new()),
        external_id: news.external_id.clone(),
        presence: Presence::Published,
        told: None,
    }
}

fn hear(
    db: &mut Db,
    site: SiteId,
    news: &ArticleNews,
    actor: &Actor,
    at: Instant,
) -> Result<Heard> {
    let found = find(db, site, news)?;
    let is_new = found.is_none();
    let mut row = found.unwrap_or_else(|| made(site, news, at));
    let before = Article::from(row.clone());
    let mut told = row.told();
    let is_named = row.external_id.is_none() && news.external_id.is_some();
    if is_named {
        row.external_id.clone_from(&news.external_id);
    }
    if !told.hear(news) && !is_named && !is_new {
        return Ok(Heard::Known(row.id));
    }
    let claimed = claim(db, &row, &mut told, is_new)?;
    let mut after = Article {
        external_id: row.external_id.clone(),
        url: claimed.url.clone(),
        ..before.clone()
    };
    told.fill(&mut after);
    after.premoderate |= claimed.premoderate;
    // Of two moments to close at, none was forgotten where it is the earlier.
    after.closes_at = match (before.closes_at, claimed.closes_at) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    let newest = |(content, _): &&(crate::domain::Content, String)| told.content() == Some(content);
    let key = news.content.as_ref().filter(newest).map(|(_, key)| key);
    let key = key.or(claimed.search_key.as_ref());
    write(db, &row, &after, &told, key, is_new)?;
    claimed.settle(db, site, &row)?;
    if is_new || after != before || claimed.merged.is_some() {
        record(db, (&before, &after), &claimed, is_new, (actor, at))?;
    }
    Ok(Heard::Done(row.id))
}

fn write(
    db: &mut Db,
    row: &ArticleRow,
    article: &Article,
    told: &ArticleRegister,
    search_key: Option<&String>,
    is_new: bool,
) -> Result<()> {
    let row = ArticleRow {
        url: article.url.clone(),
        title: article.title.clone(),
        section: article.section.clone(),
        state: article.state,
        closes_at: article.closes_at,
        premoderate: article.premoderate,
        search_key: search_key.or(row.search_key.as_ref()).cloned(),
        external_id: article.external_id.clone(),
        presence: article.presence,
        told: Some(serde_json::to_string(told).map_err(|error| Error::Broken(error.to_string()))?),
        ..row.clone()
    };
    let written = if is_new {
        each!(db, |c| diesel::insert_into(articles::table)
            .values(&row)
            .execute(c))
    } else {
        let target = articles::table
            .filter(articles::site_id.eq(row.site_id))
            .filter(articles::id.eq(row.id));
        let values = (
            articles::url.eq(&row.url),
            articles::title.eq(&row.title),
            articles::section.eq(&row.section),
            articles::state.eq(row.state),
            articles::closes_at.eq(row.closes_at),
            articles::premoderate.eq(row.premoderate),
            articles::search_key.eq(&row.search_key),
            articles::external_id.eq(&row.external_id),
            articles::presence.eq(row.presence),
            articles::told.eq(&row.told),
        );
        each!(db, |c| diesel::update(target).set(values).execute(c))
    };
    match written.map_err(Error::from) {
        // Another writer has made it, or taken its address, since it was looked for.
        Err(Error::Conflict(_)) => Err(Error::Contended),
        other => other.map(|_| ()),
    }
}

/// Tells what has changed, so that what is kept of it is shown, found and counted anew.
fn record(
    db: &mut Db,
    (before, after): (&Article, &Article),
    claimed: &Claimed,
    is_new: bool,
    (actor, at): (&Actor, Instant),
) -> Result<()> {
    let told = |article: &Article| {
        serde_json::json!({
            "url": article.url, "title": article.title, "section": article.section,
            "state": article.state, "presence": article.presence,
        })
    };
    let mut again: Vec<ArticleId> = claimed.merged.into_iter().collect();
    if !is_new && before.section != after.section || claimed.merged.is_some() {
        again.push(after.id);
    }
    let mut detail = serde_json::json!({ "id": after.id, "url": after.url, "to": told(after) });
    if !is_new {
        detail["from"] = told(before);
    }
    if !again.is_empty() {
        detail["again"] = serde_json::json!(again);
    }
    let event = NewEvent::of_site(
        EventId(Uuid::now_v7()),
        "article_told",
        after.site,
        actor,
        at,
    );
    let event = event.shown_at(Some(after.id)).traced(actor, detail);
    events::insert(db, std::iter::once(event))?;
    // Whoever stood or stands at one of the addresses.
    let others = claimed.merged.iter().chain(&claimed.moved);
    let others = others.map(|id| Change::Article(after.site, *id));
    db.1.extend(others);
    if is_new {
        // That nothing was written there is remembered of the whole site.
        db.1.push(Change::Article(after.site, after.id));
    }
    Ok(())
}

impl Store {
    /// Takes in what a CMS tells of articles of a site, all of one message, and notes the message. Durable when it returns.
    pub async fn hear_articles(
        &self,
        site: SiteId,
        news: Vec<ArticleNews>,
        message: Option<Delivered>,
        actor: Actor,
        at: Instant,
    ) -> Result<Vec<Heard>> {
        self.write(move |db| {
            if let Some(message) = &message
                && !cms_deliveries::note(db, site, message)?
            {
                return Ok(vec![Heard::Repeated; news.len()]);
            }
            let each = news.iter().map(|news| hear(db, site, news, &actor, at));
            each.collect()
        })
        .await
    }

    /// The address of the article that a CMS calls so, where it was told of.
    pub async fn address_of(&self, site: SiteId, external_id: String) -> Result<Option<String>> {
        self.read(move |db| {
            let query = articles::table
                .filter(articles::site_id.eq(site))
                .filter(articles::external_id.eq(external_id))
                .select(articles::url);
            let url: Option<String> = each!(db, |c| query.first(c).optional())?;
            // What was never published has none.
            Ok(url.filter(|url| !url.contains('#')))
        })
        .await
    }
}

//! What editors set for an article: whether and until when it takes comments, and whether all of them wait for a person.

use diesel::prelude::*;
use uuid::Uuid;

use super::article_news::held;
use super::articles::by_ids;
use super::db::{Db, each};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::schema::articles;
use super::{Part, Scope, Store};
use crate::domain::{Actor, Article, ArticleId, ArticleState, EventId, Instant, SiteId};

/// What is to be another way. What is not named stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ArticleChange {
    /// Whether it takes comments.
    pub state: Option<ArticleState>,
    /// From when on it takes none; `Some(None)` takes that away.
    pub closes_at: Option<Option<Instant>>,
    /// Whether all comments wait for a person.
    pub premoderate: Option<bool>,
}

impl ArticleChange {
    /// The article as it is then. Who opens one that has closed by the clock means it to be open.
    fn applied(self, article: &Article, at: Instant) -> Article {
        let mut changed = article.clone();
        if let Some(state) = self.state {
            changed.state = state;
            let is_over = changed.closes_at.is_some_and(|end| end <= at);
            if state == ArticleState::Open && is_over {
                changed.closes_at = None;
            }
        }
        changed.closes_at = self.closes_at.unwrap_or(changed.closes_at);
        changed.premoderate = self.premoderate.unwrap_or(changed.premoderate);
        changed
    }
}

fn change(
    db: &mut Db,
    part: &Part,
    id: ArticleId,
    asked: ArticleChange,
    actor: &Actor,
    at: Instant,
) -> Result<Option<Article>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let site = *site;
    let Some(row) = held(db, site, id)? else {
        return Ok(None);
    };
    let mut known = row.told();
    let article = Article::from(row);
    if !part.holds(article.section.as_deref()) {
        return Ok(None);
    }
    let changed = asked.applied(&article, at);
    if changed == article {
        return Ok(Some(article));
    }
    let target = articles::table
        .filter(articles::site_id.eq(site))
        .filter(articles::id.eq(id));
    // What an editor sets stands until the CMS says something later.
    if let Some(state) = asked.state {
        known.set_by_hand(state, at);
    }
    let known =
        (known != crate::domain::ArticleRegister::default()).then(|| serde_json::to_string(&known));
    let known = known
        .transpose()
        .map_err(|error| Error::Broken(error.to_string()))?;
    let values = (
        articles::told.eq(known),
        articles::state.eq(changed.state),
        articles::closes_at.eq(changed.closes_at),
        articles::premoderate.eq(changed.premoderate),
    );
    each!(db, |c| diesel::update(target).set(values).execute(c))?;
    let told = |article: &Article| {
        serde_json::json!({
            "state": article.state, "closes_at": article.closes_at, "premoderate": article.premoderate,
        })
    };
    let detail = serde_json::json!({
        "id": id, "url": article.url, "from": told(&article), "to": told(&changed),
    });
    let event = NewEvent::of_site(EventId(Uuid::now_v7()), "article_changed", site, actor, at)
        .shown_at(Some(id));
    events::insert(db, std::iter::once(event.traced(actor, detail)))?;
    Ok(Some(changed))
}

impl Store {
    /// Changes an article on one of the scope's sites; the article as it is then.
    pub async fn change_article(
        &self,
        scope: Scope,
        id: ArticleId,
        asked: ArticleChange,
        actor: Actor,
        at: Instant,
    ) -> Result<Article> {
        self.write(move |db| {
            for part in scope.parts() {
                if let Some(article) = change(db, part, id, asked, &actor, at)? {
                    return Ok(article);
                }
            }
            Err(Error::NotFound)
        })
        .await
    }

    /// The first articles of a site that have no key to be searched by, as many as `limit`.
    pub async fn articles_without_key(&self, site: SiteId, limit: i64) -> Result<Vec<Article>> {
        self.read(move |db| {
            let query = articles::table
                .filter(articles::site_id.eq(site))
                .filter(articles::search_key.is_null())
                .order(articles::id)
                .limit(limit)
                .select(articles::id);
            let ids: Vec<ArticleId> = each!(db, |c| query.load(c))?;
            Ok(by_ids(db, site, &ids)?.into_values().collect())
        })
        .await
    }

    /// Gives articles of a site the keys that they are searched by.
    pub async fn set_article_keys(
        &self,
        site: SiteId,
        keyed: Vec<(ArticleId, String)>,
    ) -> Result<()> {
        self.write(move |db| {
            for (id, key) in &keyed {
                let target = articles::table
                    .filter(articles::site_id.eq(site))
                    .filter(articles::id.eq(id))
                    .filter(articles::search_key.is_null());
                let key = articles::search_key.eq(Some(key));
                each!(db, |c| diesel::update(target).set(key).execute(c))?;
            }
            Ok(())
        })
        .await
    }
}

//! Articles as the newsroom looks at them: which there are, how much waits under each, and one with its comments.

use std::collections::{BTreeSet, HashMap};

use diesel::dsl::count_star;
use diesel::prelude::*;
use uuid::Uuid;

use super::articles::{ArticleRow, by_ids};
use super::db::{Db, each};
use super::error::Result;
use super::looked_at::{first_looked_at, looked_at};
use super::schema::{articles, comments};
use super::{Part, Scope, Store};
use crate::domain::{Article, ArticleId, ArticleState, Instant, Lane, Presence, SiteId, words};

/// As many articles of a site as one search looks through: some fifty milliseconds. What lies behind them is on the next page.
const SEARCHED: i64 = 50_000;
/// As many articles as are looked at for those where most waits.
const BUSIEST: usize = 1_000;

words! {
    /// Which articles come first.
    ArticleOrder {
        /// The newest.
        Newest = "newest",
        /// Those under which most waits.
        Waiting = "waiting",
    }
}

/// Which articles to list.
#[derive(Debug, Clone, Default)]
pub struct ArticleFilter {
    /// Words that each must have in its title or address, folded.
    pub words: Vec<String>,
    /// Only those that are open or not.
    pub open: Option<bool>,
    /// Those where most waits first, with no page after them; else the newest first.
    pub busiest: bool,
    /// From after that article.
    pub after: Option<ArticleId>,
    /// As many.
    pub limit: usize,
}

/// An article of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedArticle {
    /// The article.
    pub article: Article,
    /// How many comments wait under it, among those that are looked through.
    pub waiting: i64,
}

/// A page of articles.
#[derive(Debug, Clone, Default)]
pub struct ArticlePage {
    /// The articles.
    pub articles: Vec<ListedArticle>,
    /// From after which to go on; a search that found little in what it looked through goes on, too.
    pub next: Option<ArticleId>,
}

/// How much waits under each article, or under some.
pub(super) fn waiting(
    db: &mut Db,
    site: SiteId,
    of: Option<&[ArticleId]>,
) -> Result<HashMap<ArticleId, i64>> {
    let mut all = HashMap::new();
    for lane in Lane::ALL {
        let first = first_looked_at(db, site, *lane)?;
        let here = comments::table.filter(looked_at(site, *lane, first));
        let counted = (comments::article_id, count_star());
        let found: Vec<(ArticleId, i64)> = match of {
            None => {
                let query = here.group_by(comments::article_id).select(counted);
                each!(db, |c| query.load(c))?
            }
            Some(ids) => {
                let here = here.filter(comments::article_id.eq_any(ids.to_vec()));
                let query = here.group_by(comments::article_id).select(counted);
                each!(db, |c| query.load(c))?
            }
        };
        for (article, count) in found {
            *all.entry(article).or_default() += count;
        }
    }
    Ok(all)
}

/// The newest of a site that fit, and the article up to which it was looked where there are more.
fn newest(
    db: &mut Db,
    part: &Part,
    filter: &ArticleFilter,
    now: Instant,
) -> Result<(Vec<Article>, Option<ArticleId>)> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let before = filter.after.unwrap_or(ArticleId(Uuid::max()));
    let here = articles::table
        .filter(articles::site_id.eq(*site))
        .filter(articles::id.lt(before));
    let end = here
        .order(articles::id.desc())
        .offset(SEARCHED)
        .select(articles::id);
    let end: Option<ArticleId> = each!(db, |c| end.first(c).optional())?;
    let limit = i64::try_from(filter.limit + 1).unwrap_or(i64::MAX);
    let rows: Vec<ArticleRow> = each!(db, |c| {
        let mut query = here
            .order(articles::id.desc())
            .limit(limit)
            .select(ArticleRow::as_select())
            .into_boxed();
        // What is only known by name, since it was taken down before it was told of, is nothing to look at.
        let is_public = articles::presence.eq(Presence::Published);
        query = query.filter(is_public.or(articles::title.is_not_null()));
        if let Some(end) = end {
            query = query.filter(articles::id.ge(end));
        }
        if let Part::Sections(_, sections) = part {
            let some: Vec<String> = sections.iter().cloned().collect();
            query = query.filter(articles::section.eq_any(some));
        }
        for word in &filter.words {
            query = query.filter(articles::search_key.like(format!("%{word}%")));
        }
        let runs = articles::closes_at
            .is_null()
            .or(articles::closes_at.gt(now));
        let ended = articles::closes_at.le(now);
        query = match filter.open {
            None => query,
            Some(true) => query
                .filter(articles::state.eq(ArticleState::Open))
                .filter(is_public)
                .filter(runs),
            Some(false) => query.filter(
                articles::state
                    .eq(ArticleState::Closed)
                    .or(articles::presence.ne(Presence::Published))
                    .nullable()
                    .or(ended),
            ),
        };
        query.load(c)
    })?;
    Ok((rows.into_iter().map(Article::from).collect(), end))
}

fn page_of_newest(
    db: &mut Db,
    scope: &Scope,
    filter: &ArticleFilter,
    now: Instant,
) -> Result<ArticlePage> {
    let (mut found, mut looked_up_to) = (Vec::new(), None);
    for part in scope.parts() {
        let (articles, end) = newest(db, part, filter, now)?;
        found.extend(articles);
        looked_up_to = looked_up_to.max(end);
    }
    found.sort_by_key(|article| std::cmp::Reverse(article.id));
    // Behind the first article up to which a site was looked through, order is not known.
    if let Some(end) = looked_up_to {
        found.retain(|article| article.id >= end);
    }
    let more = found.len() > filter.limit;
    found.truncate(filter.limit);
    let next = if more {
        found.last().map(|last| last.id)
    } else {
        looked_up_to
    };
    let mut counts = HashMap::new();
    let sites: BTreeSet<SiteId> = found.iter().map(|article| article.site).collect();
    for site in sites {
        let here = found.iter().filter(|article| article.site == site);
        let ids: Vec<ArticleId> = here.map(|article| article.id).collect();
        if !ids.is_empty() {
            counts.extend(waiting(db, site, Some(&ids))?);
        }
    }
    let with = |article: Article| ListedArticle {
        waiting: counts.get(&article.id).copied().unwrap_or(0),
        article,
    };
    Ok(ArticlePage {
        articles: found.into_iter().map(with).collect(),
        next,
    })
}

fn busiest(
    db: &mut Db,
    scope: &Scope,
    filter: &ArticleFilter,
    now: Instant,
) -> Result<ArticlePage> {
    let mut all = Vec::new();
    for part in scope.parts() {
        let (Part::Whole(site) | Part::Sections(site, _)) = part;
        let site = *site;
        let mut counts: Vec<(ArticleId, i64)> = waiting(db, site, None)?.into_iter().collect();
        counts.sort_by_key(|(id, count)| std::cmp::Reverse((*count, *id)));
        counts.truncate(BUSIEST);
        let ids: Vec<ArticleId> = counts.iter().map(|(id, _)| *id).collect();
        let keys = articles::table
            .filter(articles::site_id.eq(site))
            .filter(articles::id.eq_any(ids.clone()))
            .select((articles::id, articles::search_key));
        let keys: Vec<(ArticleId, Option<String>)> = each!(db, |c| keys.load(c))?;
        let keys: HashMap<ArticleId, String> = keys
            .into_iter()
            .map(|(id, key)| (id, key.unwrap_or_default()))
            .collect();
        let mut found = by_ids(db, site, &ids)?;
        let listed = counts.into_iter().filter_map(|(id, waiting)| {
            let (article, key) = (found.remove(&id)?, keys.get(&id)?);
            let fits = part.holds(article.section.as_deref())
                && filter.words.iter().all(|word| key.contains(word.as_str()))
                && filter
                    .open
                    .is_none_or(|open| open == article.is_open_at(now));
            fits.then_some(ListedArticle { article, waiting })
        });
        all.extend(listed);
    }
    all.sort_by_key(|one| std::cmp::Reverse((one.waiting, one.article.id)));
    all.truncate(filter.limit);
    Ok(ArticlePage {
        articles: all,
        next: None,
    })
}

impl Store {
    /// A page of articles on the scope's sites.
    pub async fn articles(
        &self,
        scope: Scope,
        filter: ArticleFilter,
        now: Instant,
    ) -> Result<ArticlePage> {
        self.read(move |db| {
            if filter.busiest {
                busiest(db, &scope, &filter, now)
            } else {
                page_of_newest(db, &scope, &filter, now)
            }
        })
        .await
    }
}

//! What is published under an article, for whoever reads.

use super::AtSite;
use crate::domain::{Article, CommentId, Placed};
use crate::http::problem::Problem;
use crate::http::reading::Asked;
use crate::store::Published;

/// A part of what is published under an article.
pub struct Read {
    /// The article's canonical address.
    pub url: String,
    /// The article, where anything was ever written there.
    pub article: Option<Article>,
    /// How many comments are published there.
    pub count: usize,
    /// The comments, in the order to read them.
    pub comments: Vec<(Placed, Published)>,
    /// Where to go on.
    pub next: Option<String>,
}

impl AtSite {
    /// The approved comments under an article: the part that is asked for.
    pub async fn read(&self, article: &str, asked: Asked) -> Result<Read, Problem> {
        let (store, site) = (&self.house.store, self.site.id);
        let url = self.address("article", article)?;
        let Some((article, outline)) = store.outline(site, url.clone()).await? else {
            return Ok(Read {
                url,
                article: None,
                count: 0,
                comments: Vec::new(),
                next: None,
            });
        };
        let (placed, next) = asked.of(&outline);
        let ids: Vec<CommentId> = placed.iter().map(|placed| placed.id).collect();
        let mut texts = store.published_of(site, article.id, ids).await?;
        // What was taken down a moment ago is left out.
        let comments = placed
            .into_iter()
            .filter_map(|placed| Some((placed, texts.remove(&placed.id)?)))
            .collect();
        Ok(Read {
            url,
            article: Some(article),
            count: outline.len(),
            comments,
            next,
        })
    }

    /// How many approved comments stand under each address, in the order asked, by the address as asked.
    pub async fn counts(&self, articles: Vec<String>) -> Result<Vec<(String, i64)>, Problem> {
        let mut urls = Vec::with_capacity(articles.len());
        for article in &articles {
            urls.push(self.address("article", article)?);
        }
        let counts = self.house.store.count_published(self.site.id, urls).await?;
        Ok(articles
            .into_iter()
            .zip(counts)
            .map(|(asked, (_, count))| (asked, count))
            .collect())
    }
}

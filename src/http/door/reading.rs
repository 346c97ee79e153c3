//! What is published under an article, for whoever reads.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::AtSite;
use crate::clock;
use crate::domain::{Article, ArticleId};
use crate::http::problem::{Code, Problem};
use crate::http::reading::{Asked, Leaflet, LeafletKey, Page};
use crate::http::rendition::Rendition;
use crate::store::Published;

/// A part of what is published under an article.
pub struct Read {
    /// The article's canonical address.
    pub url: String,
    /// The article, where anything was ever written there.
    pub article: Option<Article>,
    /// Whether readers may write there.
    pub is_open: bool,
    /// How many comments are published there.
    pub count: usize,
    /// The part; nothing where nothing was ever written there.
    pub page: Option<Arc<Page>>,
}

impl AtSite {
    /// The approved comments under an article: the part that is asked for.
    pub async fn read(&self, article: &str, asked: Asked) -> Result<Read, Problem> {
        let (store, kept) = (&self.house.store, &self.house.shelf);
        let url = self.address("article", article)?;
        let Some(outlined) = kept.standing(store, self.site.id, &url).await? else {
            return Ok(Read {
                url,
                article: None,
                is_open: true,
                count: 0,
                page: None,
            });
        };
        let is_open = outlined.article.is_open_at(clock::now());
        let look = self.look(is_open);
        Ok(Read {
            // Where it stands now, if it has moved since.
            url: outlined.article.url.clone(),
            article: Some(outlined.article.clone()),
            is_open,
            count: outlined.outline.len(),
            page: Some(kept.page(store, &outlined, asked, look).await?),
        })
    }

    /// How many approved comments stand under each address, in the order asked, by the address as asked. Those that are not the
    /// site's are left out: a page shows the numbers of the others.
    pub async fn counts(&self, articles: Vec<String>) -> Result<Vec<(String, usize)>, Problem> {
        let (store, kept) = (&self.house.store, &self.house.shelf);
        let mut counts = Vec::with_capacity(articles.len());
        for asked in articles {
            let Ok(url) = self.address("article", &asked) else {
                continue;
            };
            let outlined = kept.standing(store, self.site.id, &url).await?;
            counts.push((asked, outlined.map_or(0, |one| one.outline.len())));
        }
        Ok(counts)
    }

    /// A feed of the newest approved comments of the site or of one article.
    pub async fn leaflet(
        &self,
        article: Option<&str>,
        kind: &'static str,
        limit: usize,
        write: impl FnOnce(Option<&str>, Vec<(Published, String)>) -> Rendition,
    ) -> Result<Arc<Leaflet>, Problem> {
        let (store, kept) = (&self.house.store, &self.house.shelf);
        let version = kept.version_of(self.site.id);
        // By the article's own address: the one that was asked for is whatever somebody likes to have read in a feed.
        let article: Option<(ArticleId, String)> = match article {
            None => None,
            Some(article) => {
                let url = self.address("article", article)?;
                let outlined = kept.standing(store, self.site.id, &url).await?;
                let outlined = outlined.ok_or(Problem::new(Code::NotFound))?;
                Some((outlined.article.id, outlined.article.url.clone()))
            }
        };
        let mut look = DefaultHasher::new();
        (kind, self.look(true)).hash(&mut look);
        let key = LeafletKey {
            site: self.site.id,
            article: article.as_ref().map(|(id, _)| *id),
            version,
            look: look.finish(),
        };
        let url = article.map(|(_, url)| url);
        let write = |rows| write(url.as_deref(), rows);
        Ok(kept.leaflet(store, key, limit, write).await?)
    }

    /// A small answer, compressed once for all who get the same.
    pub fn slip(&self, rendition: Rendition) -> Arc<Rendition> {
        self.house.shelf.slip(rendition)
    }

    /// How readers reach the service.
    pub fn public_url(&self) -> &str {
        &self.house.config.public_url
    }

    /// What answers say of the site, as a number: with another, they are other answers.
    fn look(&self, is_open: bool) -> u64 {
        let (site, settings) = (&self.site, &self.site.settings);
        let consent = settings.consent.as_ref();
        let mut hasher = DefaultHasher::new();
        (&site.name, site.locale, &site.origins, is_open).hash(&mut hasher);
        (settings.tell_decision, settings.proof_of_work).hash(&mut hasher);
        consent
            .map(|one| (&one.version, &one.text))
            .hash(&mut hasher);
        hasher.finish()
    }
}

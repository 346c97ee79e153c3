//! What was read of the store a moment ago, kept for the next who asks. Everything stands under the version that was read before its
//! rows (see [`Versions`]): whatever is changed meanwhile, nothing is found under a version that is not its own.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use moka::future::Cache;
use moka::sync::Cache as Table;

use super::Asked;
use crate::domain::{Article, ArticleId, CommentId, Outline, Placed, SiteId};
use crate::http::rendition::Rendition;
use crate::store::{Error, Published, Result, Stands, Store, Version, Versions};

/// As many bytes as remembered addresses take: whoever asks chooses them, and how long they are.
const ADDRESSES: u64 = 8 * 1024 * 1024;
/// As many comments as outlines are kept of: each takes some fifty bytes.
const OUTLINED: u64 = 500_000;
/// As many bytes as pages take, with all their forms.
const PAGES: u64 = 96 * 1024 * 1024;
/// As many bytes as feeds and counts take.
const LEAFLETS: u64 = 16 * 1024 * 1024;
/// What nobody asks for is let go.
const IDLE: Duration = Duration::from_secs(600);
/// However often it is asked for: what no look at the events has told, for whatever reason, is not shown for longer.
const LONGEST: Duration = Duration::from_secs(30);

/// An article, and how what is published under it hangs together.
pub struct Outlined {
    /// The article.
    pub article: Article,
    /// Its threads.
    pub outline: Outline,
    /// Its version.
    pub version: Version,
    read_at: Instant,
}

/// A part of what is published under an article.
pub struct Page {
    /// The comments, in the order to read them.
    pub comments: Vec<(Placed, Published)>,
    /// Where to go on.
    pub next: Option<String>,
    /// As programs read it.
    pub json: OnceLock<Rendition>,
    read_at: Instant,
}

/// What a page is found by. `look` tells apart what its JSON says beside the comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct PageKey {
    article: ArticleId,
    version: Version,
    asked: Asked,
    look: u64,
}

/// A feed, as bytes.
pub struct Leaflet {
    /// The bytes.
    pub rendition: Rendition,
    read_at: Instant,
}

/// What a feed is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LeafletKey {
    /// The site.
    pub site: SiteId,
    /// Only of that article.
    pub article: Option<ArticleId>,
    /// Its version.
    pub version: Version,
    /// Which kind of feed, and what it says beside the comments.
    pub look: u64,
}

/// What is known of an address at which nothing stands.
#[derive(Debug, Clone, Copy)]
struct Vacant {
    left_by: Option<ArticleId>,
    version: Version,
    read_at: Instant,
}

/// Everything that is kept.
pub struct Shelf {
    versions: Versions,
    /// Which article stood at an address when it was asked for: a CMS may move it, so whoever looks there compares.
    addresses: Table<(SiteId, String), ArticleId>,
    /// Addresses at which nothing stands, as of a version of their site, and which article stood there once.
    vacant: Table<(SiteId, String), Vacant>,
    outlines: Cache<(ArticleId, Version), Arc<Outlined>>,
    pages: Cache<PageKey, Arc<Page>>,
    leaflets: Cache<LeafletKey, Arc<Leaflet>>,
    /// Small answers that are cheap to write and not to compress, by their tags.
    slips: Table<Arc<str>, Arc<Rendition>>,
}

impl Shelf {
    /// Empty.
    pub fn new(versions: Versions) -> Self {
        Self {
            versions,
            addresses: Table::builder()
                .max_capacity(ADDRESSES)
                .weigher(|(_, url): &(SiteId, String), _| weight(url.len() + 150))
                .build(),
            vacant: Table::builder()
                .max_capacity(ADDRESSES)
                .weigher(|(_, url): &(SiteId, String), _| weight(url.len() + 170))
                .build(),
            outlines: Cache::builder()
                .max_capacity(OUTLINED)
                .weigher(|_, one: &Arc<Outlined>| weight(one.outline.len() + 20))
                .time_to_idle(IDLE)
                .time_to_live(LONGEST)
                .build(),
            pages: Cache::builder()
                .max_capacity(PAGES)
                .weigher(|_, page: &Arc<Page>| weight(page.bytes()))
                .time_to_idle(IDLE)
                .time_to_live(LONGEST)
                .build(),
            leaflets: Cache::builder()
                .max_capacity(LEAFLETS)
                .weigher(|_, one: &Arc<Leaflet>| weight(one.rendition.weight()))
                .time_to_idle(IDLE)
                .time_to_live(LONGEST)
                .build(),
            slips: Table::builder()
                .max_capacity(LEAFLETS)
                .weigher(|_, one: &Arc<Rendition>| weight(one.weight()))
                .build(),
        }
    }

    /// The article that stands at an address now, or has moved from there, with its threads.
    pub async fn standing(
        &self,
        store: &Store,
        site: SiteId,
        url: &str,
    ) -> Result<Option<Arc<Outlined>>> {
        for _ in 0..2 {
            let id = match self.article(store, site, url).await? {
                Some(Stands::Here(id)) => id,
                Some(Stands::Elsewhere(id)) => return self.outline(store, site, id).await,
                None => return Ok(None),
            };
            match self.outline(store, site, id).await? {
                Some(outlined) if outlined.article.url == url => return Ok(Some(outlined)),
                // It stands elsewhere since, or was one with another.
                _ => self.addresses.invalidate(&(site, url.to_owned())),
            }
        }
        Ok(None)
    }

    /// The article that is meant by an address, where anything was ever written there.
    async fn article(&self, store: &Store, site: SiteId, url: &str) -> Result<Option<Stands>> {
        let key = (site, url.to_owned());
        if let Some(id) = self.addresses.get(&key) {
            return Ok(Some(Stands::Here(id)));
        }
        let version = self.versions.of_site(site);
        let read_at = Instant::now();
        if let Some(known) = self.vacant.get(&key)
            && known.version == version
            && self.versions.vouch(site, known.read_at, read_at)
        {
            return Ok(known.left_by.map(Stands::Elsewhere));
        }
        let left_by = match store.article_at(site, url.to_owned()).await? {
            Some(Stands::Here(id)) => {
                self.addresses.insert(key, id);
                return Ok(Some(Stands::Here(id)));
            }
            Some(Stands::Elsewhere(id)) => Some(id),
            None => None,
        };
        let vacant = Vacant {
            left_by,
            version,
            read_at,
        };
        self.vacant.insert(key, vacant);
        Ok(left_by.map(Stands::Elsewhere))
    }

    /// An article's threads.
    pub async fn outline(
        &self,
        store: &Store,
        site: SiteId,
        id: ArticleId,
    ) -> Result<Option<Arc<Outlined>>> {
        // Before the rows are read: what changes meanwhile has another version.
        let version = self.versions.of_article(site, id);
        let key = (id, version);
        self.unless_old(&self.outlines, &key, site, |one| one.read_at)
            .await;
        let read = async {
            let read_at = Instant::now();
            let (article, outline) = (store.outline(site, id).await)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>(Arc::new(Outlined {
                article,
                outline,
                version,
                read_at,
            }))
        };
        match self.outlines.try_get_with(key, read).await {
            Ok(one) => Ok(Some(one)),
            Err(error) => match &*error {
                Error::NotFound => Ok(None),
                error => Err(error.clone()),
            },
        }
    }

    /// A part of an article's comments.
    pub async fn page(
        &self,
        store: &Store,
        outlined: &Arc<Outlined>,
        asked: Asked,
        look: u64,
    ) -> Result<Arc<Page>> {
        let (site, article) = (outlined.article.site, outlined.article.id);
        let key = PageKey {
            article,
            version: outlined.version,
            asked,
            look,
        };
        self.unless_old(&self.pages, &key, site, |page| page.read_at)
            .await;
        let read = async {
            let (placed, next) = asked.of(&outlined.outline);
            let ids: Vec<CommentId> = placed.iter().map(|placed| placed.id).collect();
            let mut texts = if ids.is_empty() {
                HashMap::new()
            } else {
                store.published_of(site, article, ids).await?
            };
            // What was taken down a moment ago is left out.
            let comments = placed
                .into_iter()
                .filter_map(|placed| Some((placed, texts.remove(&placed.id)?)))
                .collect();
            Ok::<_, Error>(Arc::new(Page {
                comments,
                next,
                json: OnceLock::new(),
                read_at: outlined.read_at,
            }))
        };
        let page = self.pages.try_get_with(key, read).await;
        page.map_err(|error: Arc<Error>| (*error).clone())
    }

    /// A feed: written from its newest comments where it is not there.
    pub async fn leaflet(
        &self,
        store: &Store,
        key: LeafletKey,
        limit: usize,
        write: impl FnOnce(Vec<(Published, String)>) -> Rendition,
    ) -> Result<Arc<Leaflet>> {
        self.unless_old(&self.leaflets, &key, key.site, |one| one.read_at)
            .await;
        let read = async {
            let read_at = Instant::now();
            let rows = store.newest_published(key.site, key.article, limit).await?;
            Ok::<_, Error>(Arc::new(Leaflet {
                rendition: write(rows),
                read_at,
            }))
        };
        let leaflet = self.leaflets.try_get_with(key, read).await;
        leaflet.map_err(|error: Arc<Error>| (*error).clone())
    }

    /// The version of all that stands on a site.
    pub fn version_of(&self, site: SiteId) -> Version {
        self.versions.of_site(site)
    }

    /// The same answer as was given before, with what it was compressed to.
    pub fn slip(&self, rendition: Rendition) -> Arc<Rendition> {
        let tag: Arc<str> = rendition.tag().into();
        self.slips.get_with(tag, || Arc::new(rendition))
    }

    /// Lets go of what nobody can vouch for any more, so that it is read again.
    async fn unless_old<K, V>(
        &self,
        kept: &Cache<K, Arc<V>>,
        key: &K,
        site: SiteId,
        read_at: impl Fn(&V) -> Instant,
    ) where
        K: Hash + Eq + Send + Sync + 'static,
        V: Send + Sync + 'static,
    {
        if let Some(one) = kept.get(key).await
            && !self.versions.vouch(site, read_at(&one), Instant::now())
        {
            kept.invalidate(key).await;
        }
    }
}

impl Page {
    /// About as many as it takes with its JSON, plain and compressed.
    fn bytes(&self) -> usize {
        let texts: usize = self
            .comments
            .iter()
            .map(|(_, comment)| 300 + comment.name.len() + comment.body.len())
            .sum();
        500 + texts * 3
    }
}

fn weight(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn addresses_that_somebody_makes_up_take_no_more_room_than_there_is() {
        let shelf = Shelf::new(Versions::default());
        let site = SiteId(Uuid::nil());
        let vacant = Vacant {
            left_by: Some(ArticleId(Uuid::nil())),
            version: shelf.versions.of_site(site),
            read_at: Instant::now(),
        };
        for number in 0..10_000 {
            let url = format!("https://bao.example/{number}?{}", "x".repeat(1_900));
            shelf.vacant.insert((site, url.clone()), vacant);
            shelf.addresses.insert((site, url), ArticleId(Uuid::nil()));
        }
        shelf.vacant.run_pending_tasks();
        shelf.addresses.run_pending_tasks();
        let rooms = [shelf.vacant.entry_count(), shelf.addresses.entry_count()];
        assert!(rooms.iter().all(|kept| *kept < 4_500), "{rooms:?}");
    }
}

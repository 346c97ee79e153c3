//! A page that carries comments.

use super::{ArticleId, Instant, SiteId, words};

words! {
    /// Whether readers may still write under an article.
    ArticleState {
        /// They may.
        Open = "open",
        /// They may not; what is published stays.
        Closed = "closed",
    }
}

/// A newspaper article, known by its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The site it belongs to.
    pub site: SiteId,
    /// Identifies it in the store.
    pub id: ArticleId,
    /// Its canonical address, without fragment.
    pub url: String,
    /// Its title, where anybody told us.
    pub title: Option<String>,
    /// Its section (*chuyên mục*), where the CMS told us.
    pub section: Option<String>,
    /// Whether it takes comments.
    pub state: ArticleState,
    /// When it was first seen here.
    pub created_at: Instant,
}

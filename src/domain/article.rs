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
    /// From when on it takes none, where somebody set that.
    pub closes_at: Option<Instant>,
    /// Whether every comment waits for a person: no rule and no ban settles one, and nothing is published by itself.
    pub premoderate: bool,
    /// When it was first seen here.
    pub created_at: Instant,
}

impl Article {
    /// Whether readers may write under it then.
    #[must_use]
    pub fn is_open_at(&self, at: Instant) -> bool {
        is_open(self.state, self.closes_at, at)
    }
}

/// The same for who knows no more of an article than this.
#[must_use]
pub fn is_open(state: ArticleState, closes_at: Option<Instant>, at: Instant) -> bool {
    state == ArticleState::Open && closes_at.is_none_or(|end| at < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_closes_by_the_clock() {
        let at = Instant::from_micros;
        let end = Some(at(10));
        assert!(is_open(ArticleState::Open, None, at(99)));
        assert!(is_open(ArticleState::Open, end, at(9)));
        assert!(!is_open(ArticleState::Open, end, at(10)));
        assert!(!is_open(ArticleState::Closed, None, at(0)));
        assert!(!is_open(ArticleState::Closed, end, at(9)));
    }
}

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

words! {
    /// Where an article stands on the newspaper's own site.
    Presence {
        /// It can be read there; so it is with an article that nobody told us of.
        Published = "published",
        /// It was taken down for now: nothing under it is public, until it is published again.
        Unpublished = "unpublished",
        /// It was removed: nothing under it is public; what was written stays for the record.
        Deleted = "deleted",
    }
}

/// A newspaper article, known by its address, and to its CMS by a name of its own.
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
    /// The same by the word of the newsroom's own system, never of a page that a reader called from.
    pub told_title: Option<String>,
    /// Its section (*chuyên mục*), where the CMS told us.
    pub section: Option<String>,
    /// What its CMS calls it, where that told us.
    pub external_id: Option<String>,
    /// Where it stands on the newspaper's site.
    pub presence: Presence,
    /// Who wrote it, where the CMS told us.
    pub author: Option<String>,
    /// What it is about, in the CMS's words.
    pub tags: Vec<String>,
    /// When it was published, where the CMS told us.
    pub published_at: Option<Instant>,
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
        self.is_public() && is_open(self.state, self.closes_at, at)
    }

    /// Whether readers see it, and with it what is published under it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.presence == Presence::Published
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

//! What is known of a comment beside its words, as words of the index.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::domain::{ArticleId, Category, CommentId, Lane, SiteId, Status};

/// One thing that is so of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum Fact {
    /// It is of that site.
    Site(SiteId),
    /// It stands there.
    Status(Status),
    /// It waits, or waited, there.
    Lane(Lane),
    /// Its article is in that section.
    Section(String),
    /// It is under that article.
    Article(ArticleId),
    /// That rule saw something.
    Rule(String),
    /// Something of that category was seen.
    Category(Category),
    /// Whoever has that email key wrote it.
    Author(String),
    /// It says what that comment says.
    Cluster(CommentId),
}

impl Fact {
    /// As a word: seventeen letters and digits. What it was made of is not kept in the index.
    pub(super) fn term(&self) -> String {
        let (kind, of): (char, &[u8]) = match self {
            Self::Site(site) => ('s', site.0.as_bytes()),
            Self::Status(status) => ('t', status.as_str().as_bytes()),
            Self::Lane(lane) => ('l', lane.as_str().as_bytes()),
            Self::Section(section) => ('n', section.as_bytes()),
            Self::Article(article) => ('a', article.0.as_bytes()),
            Self::Rule(rule) => ('r', rule.as_bytes()),
            Self::Category(category) => ('k', category.as_str().as_bytes()),
            Self::Author(key) => ('u', key.as_bytes()),
            Self::Cluster(first) => ('c', first.0.as_bytes()),
        };
        // The same on every machine and for ever: it is stored.
        let mut hasher = SipHasher13::new();
        hasher.write(of);
        format!("{kind}{:016x}", hasher.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_stays_what_it_is() {
        assert_eq!(Fact::Status(Status::Pending).term(), "t264e3233dc30e054");
        assert_ne!(
            Fact::Rule("x".into()).term()[1..],
            Fact::Rule("y".into()).term()[1..]
        );
    }
}

//! What is known of a comment beside its words, as words of the index.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::domain::{ArticleId, Category, CommentId, Lane, SiteId, Status};

/// One thing that is so of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum Fact {
    /// It is there.
    Any,
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
    /// It stands there, and that is so of it: what is common in one status may be rare in another, and then it would take long
    /// to find that of two common things.
    Standing(Status, Box<Fact>),
}

/// Of what is one article's, author's or cluster's.
const RARE: u8 = 3;

impl Fact {
    /// The same of what stands in that status, where the index has that: of what is one article's, author's or cluster's only
    /// while it waits, since of those there is little anyway, and what waits is what pages ask for.
    pub(in crate::store) fn standing(&self, status: Status) -> Option<Self> {
        let is_kept = match self {
            Self::Section(_) | Self::Rule(_) | Self::Category(_) => true,
            Self::Article(_) | Self::Author(_) | Self::Cluster(_) => status == Status::Pending,
            Self::Any | Self::Status(_) | Self::Lane(_) | Self::Standing(..) => false,
        };
        is_kept.then(|| Self::Standing(status, Box::new(self.clone())))
    }

    /// Whether it is so of little, wherever one looks.
    pub(in crate::store) fn is_rare(&self) -> bool {
        self.rarity() == RARE
    }

    /// Of how little it is so, as a rule: more of what is so of less.
    pub(super) fn rarity(&self) -> u8 {
        match self {
            Self::Article(_) | Self::Author(_) | Self::Cluster(_) => RARE,
            Self::Rule(_) => 2,
            Self::Category(_) | Self::Section(_) => 1,
            Self::Any | Self::Status(_) | Self::Lane(_) => 0,
            Self::Standing(_, fact) => fact.rarity(),
        }
    }

    /// As a word, of one site: seventeen letters and digits. What it was made of is not kept in the index.
    pub(super) fn term(&self, site: SiteId) -> String {
        // The same on every machine and for ever: it is stored.
        let mut hasher = SipHasher13::new();
        hasher.write(site.0.as_bytes());
        let kind = self.put(&mut hasher);
        format!("{kind}{:016x}", hasher.finish())
    }

    /// What it says, and a letter for its kind.
    fn put(&self, hasher: &mut SipHasher13) -> char {
        let (kind, of): (char, &[u8]) = match self {
            Self::Any => ('s', b""),
            Self::Status(status) => ('t', status.as_str().as_bytes()),
            Self::Lane(lane) => ('l', lane.as_str().as_bytes()),
            Self::Section(section) => ('n', section.as_bytes()),
            Self::Article(article) => ('a', article.0.as_bytes()),
            Self::Rule(rule) => ('r', rule.as_bytes()),
            Self::Category(category) => ('k', category.as_str().as_bytes()),
            Self::Author(key) => ('u', key.as_bytes()),
            Self::Cluster(first) => ('c', first.0.as_bytes()),
            Self::Standing(status, fact) => {
                hasher.write(status.as_str().as_bytes());
                hasher.write(b"/");
                return fact.put(hasher).to_ascii_uppercase();
            }
        };
        hasher.write(of);
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_stays_what_it_is() {
        let site = SiteId(uuid::Uuid::nil());
        let pending = Fact::Status(Status::Pending).term(site);
        assert_eq!(pending, "t0271003d0f69ab02");
        let rule = |rule: &str| Fact::Rule(rule.to_owned());
        let of = |status| Fact::Standing(status, Box::new(rule("x"))).term(site);
        let other = SiteId(uuid::Uuid::max());
        let all = [
            pending,
            rule("x").term(site),
            rule("x").term(other),
            rule("y").term(site),
            of(Status::Pending),
            of(Status::Spam),
        ];
        let different: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }
}

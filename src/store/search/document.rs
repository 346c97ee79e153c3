//! What of a comment goes into the index.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use super::fact::Fact;
use super::risk::Rater;
use crate::domain::{Article, Comment, CommentId, Evidence, Lane, SiteId, Status};
use crate::store::db::Db;
use crate::store::error::Result;
use crate::store::{articles, cards, evidence};
use crate::text::{Word, words};

/// Stands between text, name and email, so that no phrase goes over from one to the other. No word is spelled so.
const BETWEEN: char = '\u{e010}';
/// The last place that PostgreSQL counts; a text has fewer words.
const LAST_PLACE: usize = 16_383;

/// A comment as the index has it.
#[derive(Debug, Clone)]
pub(in crate::store) struct Document {
    /// Which comment.
    pub(in crate::store) comment: CommentId,
    /// As of which revision.
    pub(in crate::store) revision: i32,
    fields: Vec<Vec<Word>>,
    facts: BTreeSet<String>,
    /// Those of the facts by which what waits is found in order; none where it does not wait.
    pub(super) waiting: BTreeSet<String>,
    /// Where it waits, and its rank there.
    pub(super) rank: Option<(Lane, i16)>,
}

/// The words of a comment's text, name and email. Of what was erased nothing is left.
pub(in crate::store) fn fields(comment: &Comment) -> Vec<Vec<Word>> {
    if comment.status == Status::Erased {
        return Vec::new();
    }
    [&comment.body, &comment.name, &comment.email]
        .map(|field| words(field))
        .into()
}

/// Those of the comments that are there, as they are now, in the order of their ids.
pub(in crate::store) fn documents(
    db: &mut Db,
    site: SiteId,
    ids: &[CommentId],
    rater: &Rater,
) -> Result<Vec<Document>> {
    let mut comments = cards::on_site(db, site, ids)?;
    comments.sort_by_key(|comment| comment.id);
    let under: Vec<_> = comments.iter().map(|comment| comment.article).collect();
    let articles = articles::by_ids(db, site, &under)?;
    let revisions: HashMap<_, _> = comments
        .iter()
        .map(|comment| (comment.id, comment.revision))
        .collect();
    let seen = evidence::of_comments(db, site, &revisions)?;
    Ok(comments
        .iter()
        .map(|comment| {
            let seen = seen.get(&comment.id).map_or(&[][..], Vec::as_slice);
            let waits = comment.status == Status::Pending;
            Document {
                rank: waits.then(|| (comment.lane, rater.rank(comment, seen))),
                ..Document::new(comment, articles.get(&comment.article), seen)
            }
        })
        .collect())
}

impl Document {
    fn new(comment: &Comment, article: Option<&Article>, seen: &[Evidence]) -> Self {
        let mut facts = vec![
            Fact::Any,
            Fact::Status(comment.status),
            Fact::Lane(comment.lane),
        ];
        let mut both = vec![
            Fact::Article(comment.article),
            Fact::Author(comment.email_key.clone()),
        ];
        both.extend(
            article
                .and_then(|article| article.section.clone())
                .map(Fact::Section),
        );
        for one in seen {
            both.push(Fact::Rule(one.rule.clone()));
            both.push(Fact::Category(one.category));
            both.extend(one.cluster.map(|cluster| Fact::Cluster(cluster.first)));
        }
        let mut waiting = BTreeSet::new();
        for fact in both {
            let standing = fact.standing(comment.status);
            if comment.status == Status::Pending {
                waiting.extend(standing.iter().map(|fact| fact.term(comment.site)));
            }
            facts.extend(standing);
            facts.push(fact);
        }
        Self {
            comment: comment.id,
            revision: comment.revision,
            fields: fields(comment),
            facts: facts.iter().map(|fact| fact.term(comment.site)).collect(),
            waiting,
            rank: None,
        }
    }

    /// The words without marks, for SQLite.
    pub(super) fn bare(&self) -> String {
        self.joined(Word::bare)
    }

    /// The words with their marks, for SQLite.
    pub(super) fn marked(&self) -> String {
        self.joined(Word::marked)
    }

    fn joined(&self, key: impl Fn(&Word) -> &str) -> String {
        let mut row = String::new();
        for field in &self.fields {
            for word in field {
                row.push_str(key(word));
                row.push(' ');
            }
            row.push(BETWEEN);
            row.push(' ');
        }
        row
    }

    /// The facts, for SQLite.
    pub(super) fn facts(&self) -> String {
        let facts: Vec<&str> = self.facts.iter().map(String::as_str).collect();
        facts.join(" ")
    }

    /// All of it as PostgreSQL writes a `tsvector`: each word in both forms at its place, facts without one. No word has a
    /// quote or a backslash.
    pub(super) fn vector(&self) -> String {
        let mut vector = String::new();
        let mut put = |key: &str, place: usize| {
            // A text takes whatever is written.
            let _ = write!(vector, "'{key}':{place} ");
        };
        let mut place = 0;
        for field in &self.fields {
            for word in field {
                place = (place + 1).min(LAST_PLACE);
                put(word.bare(), place);
                if word.has_marks() {
                    put(word.marked(), place);
                }
            }
            place += 1;
        }
        for fact in &self.facts {
            let _ = write!(vector, "'{}' ", in_vector(fact));
        }
        vector
    }
}

/// A fact beside words: it begins as none of them does.
pub(super) fn in_vector(term: &str) -> String {
    format!("{BETWEEN}{term}")
}

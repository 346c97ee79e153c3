//! One article with its comments, by their status.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::article_list::waiting;
use super::articles::by_ids;
use super::cards::{Card, dress};
use super::db::{Db, each};
use super::error::Result;
use super::looked_at::{first_looked_at, looked_at};
use super::published::{elsewhere, public};
use super::rows::CommentRow;
use super::schema::comments;
use super::{Part, Scope, Store};
use crate::domain::{Article, ArticleId, Comment, CommentId, Lane, Status};

/// Word for word as the index has it.
const UNPUBLISHED: &str = "comments.status IN ('rejected', 'spam', 'withdrawn', 'erased')";

/// One article with its comments of one status.
#[derive(Debug, Clone)]
pub struct ArticleSheet {
    /// The article.
    pub article: Article,
    /// How many comments it has by status; those that wait among those that are looked through.
    pub counts: Vec<(Status, i64)>,
    /// Those of the status that was asked for, newest first.
    pub cards: Vec<Card>,
}

fn counts(db: &mut Db, article: &Article) -> Result<Vec<(Status, i64)>> {
    let (site, id) = (article.site, article.id);
    let waits = waiting(db, site, Some(&[id]))?.remove(&id).unwrap_or(0);
    let here = comments::table.filter(public(site, id)).count();
    let here: i64 = each!(db, |c| here.get_result(c))?;
    let there = comments::table.filter(elsewhere(site, id)).count();
    let there: i64 = each!(db, |c| there.get_result(c))?;
    let mut counts = vec![(Status::Pending, waits), (Status::Approved, here + there)];
    for status in [Status::Rejected, Status::Spam, Status::Withdrawn] {
        let query = comments::table
            .filter(comments::site_id.eq(site))
            .filter(comments::article_id.eq(id))
            .filter(comments::status.eq(status))
            .filter(sql::<Bool>(UNPUBLISHED))
            .count();
        counts.push((status, each!(db, |c| query.get_result(c))?));
    }
    Ok(counts)
}

fn comments_of(
    db: &mut Db,
    article: &Article,
    status: Status,
    before: CommentId,
    limit: i64,
) -> Result<Vec<Comment>> {
    let (site, id) = (article.site, article.id);
    let earlier = comments::id.lt(before);
    let mut rows: Vec<CommentRow> = match status {
        Status::Pending => {
            let mut rows: Vec<CommentRow> = Vec::new();
            for lane in Lane::ALL {
                let first = first_looked_at(db, site, *lane)?;
                let query = comments::table
                    .filter(looked_at(site, *lane, first))
                    .filter(comments::article_id.eq(id))
                    .filter(earlier)
                    .order(comments::id.desc())
                    .limit(limit);
                let found: Vec<CommentRow> =
                    each!(db, |c| query.select(CommentRow::as_select()).load(c))?;
                rows.extend(found);
            }
            rows
        }
        Status::Approved => {
            let mut rows: Vec<CommentRow> = Vec::new();
            // Each from its own index.
            for place in [public(site, id), elsewhere(site, id)] {
                let query = comments::table
                    .filter(place)
                    .filter(earlier)
                    .order(comments::id.desc())
                    .limit(limit);
                let found: Vec<CommentRow> =
                    each!(db, |c| query.select(CommentRow::as_select()).load(c))?;
                rows.extend(found);
            }
            rows
        }
        _ => {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .filter(comments::article_id.eq(id))
                .filter(comments::status.eq(status))
                .filter(sql::<Bool>(UNPUBLISHED))
                .filter(earlier)
                .order(comments::id.desc())
                .limit(limit);
            each!(db, |c| query.select(CommentRow::as_select()).load(c))?
        }
    };
    let mut found: Vec<Comment> = rows.drain(..).map(Comment::from).collect();
    found.sort_by_key(|comment| std::cmp::Reverse(comment.id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

impl Store {
    /// One article on the scope's sites, with its comments of one status before `after`.
    pub async fn article_sheet(
        &self,
        scope: Scope,
        id: ArticleId,
        status: Status,
        after: Option<CommentId>,
        limit: i64,
    ) -> Result<Option<ArticleSheet>> {
        self.read(move |db| {
            for part in scope.parts() {
                let (Part::Whole(site) | Part::Sections(site, _)) = part;
                let article = by_ids(db, *site, &[id])?.remove(&id);
                let Some(article) = article.filter(|is| part.holds(is.section.as_deref())) else {
                    continue;
                };
                let before = after.unwrap_or(CommentId(Uuid::max()));
                let found = comments_of(db, &article, status, before, limit)?;
                return Ok(Some(ArticleSheet {
                    counts: counts(db, &article)?,
                    cards: dress(db, found)?,
                    article,
                }));
            }
            Ok(None)
        })
        .await
    }
}

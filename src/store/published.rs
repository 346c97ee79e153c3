//! What the public may read: approved comments, and of those neither email nor evidence. A reader's own comment is found
//! by its receipt.

use std::cmp::Reverse;
use std::collections::HashMap;

use diesel::dsl::{And, Eq, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::db::{Db, each};
use super::error::Result;
use super::rows::CommentRow;
use super::schema::comments;
use super::{Store, articles, decision_rows, former_addresses};
use crate::domain::{
    Article, ArticleId, Comment, CommentId, Instant, Lane, Outline, Reason, SiteId, Source, Status,
};

/// An approved comment as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Published {
    /// Which comment.
    pub id: CommentId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// Its author's name.
    pub name: String,
    /// Its text.
    pub body: String,
    /// When it arrived.
    pub created_at: Instant,
    /// When its author changed it last.
    pub edited_at: Option<Instant>,
    /// Whether a member of the newspaper wrote it.
    pub newsroom: bool,
}

/// What the public sees of a comment.
const FACE: (
    comments::id,
    comments::parent_id,
    comments::name,
    comments::body,
    comments::created_at,
    comments::edited_at,
    comments::newsroom,
) = (
    comments::id,
    comments::parent_id,
    comments::name,
    comments::body,
    comments::created_at,
    comments::edited_at,
    comments::newsroom,
);

/// As many comments as one statement asks for.
const TOGETHER: usize = 100;

pub(super) type OfArticle = And<Eq<comments::site_id, SiteId>, Eq<comments::article_id, ArticleId>>;

/// As many of the newest as are looked through for what is ours to show, and as many at a time, in each lane.
const LOOKED_THROUGH: usize = 5_000;
const AT_A_TIME: i64 = 500;

/// Only approved comments are public, and of these only such as came straight to us: the others are shown where they came from. Every
/// public query goes through here. The condition is written out, so that the index of published comments serves the query.
pub(super) fn public(site: SiteId, article: ArticleId) -> And<OfArticle, SqlLiteral<Bool>> {
    comments::site_id
        .eq(site)
        .and(comments::article_id.eq(article))
        .and(sql::<Bool>(
            "comments.status = 'approved' AND comments.source IS NULL",
        ))
}

/// The approved comments of an article that are shown where they came from, and not by us.
pub(super) fn elsewhere(site: SiteId, article: ArticleId) -> And<OfArticle, SqlLiteral<Bool>> {
    comments::site_id
        .eq(site)
        .and(comments::article_id.eq(article))
        .and(sql::<Bool>(
            "comments.status = 'approved' AND comments.source IS NOT NULL",
        ))
}

/// The newest of a site in one lane. Of what is shown elsewhere there may be any number between, so only so many are looked through.
fn newest_in(
    db: &mut Db,
    site: SiteId,
    lane: Lane,
    limit: usize,
) -> Result<Vec<(Published, ArticleId)>> {
    let (mut found, mut seen) = (Vec::new(), 0);
    let mut before = CommentId(Uuid::max());
    while found.len() < limit && seen < LOOKED_THROUGH {
        let query = comments::table
            .filter(comments::site_id.eq(site))
            .filter(comments::status.eq(Status::Approved))
            .filter(comments::lane.eq(lane))
            .filter(comments::id.lt(before))
            .filter(sql::<Bool>(IS_SHOWN))
            .order(comments::id.desc())
            .limit(AT_A_TIME)
            .select((FACE, comments::article_id, comments::source));
        let rows: Vec<(Published, ArticleId, Option<Source>)> = each!(db, |c| query.load(c))?;
        let Some((last, ..)) = rows.last() else { break };
        before = last.id;
        seen += rows.len();
        let ours = rows.into_iter().filter(|(.., source)| source.is_none());
        found.extend(ours.map(|(comment, article, _)| (comment, article)));
    }
    found.truncate(limit);
    Ok(found)
}

/// Under an article that the newspaper has taken down nothing is public, whatever was approved. Hidden articles are few beside those
/// that can be read, and each is looked up by its key.
const IS_SHOWN: &str =
    "NOT EXISTS (SELECT 1 FROM articles AS hidden WHERE hidden.site_id = comments.site_id
    AND hidden.id = comments.article_id AND hidden.presence <> 'published')";

/// An article by an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It stands there.
    Here(ArticleId),
    /// It has left, and nobody has come since.
    Elsewhere(ArticleId),
}

impl Store {
    /// The article at an address; nothing where nothing was ever written there, and no CMS has told of it.
    pub async fn article_at(&self, site: SiteId, url: String) -> Result<Option<Stands>> {
        self.read(move |db| {
            if let Some(article) = articles::by_url(db, site, &url)? {
                return Ok(Some(Stands::Here(article.id)));
            }
            let left_by = former_addresses::article(db, site, &url)?;
            Ok(left_by.map(Stands::Elsewhere))
        })
        .await
    }

    /// An article, and how the approved comments under it hang together.
    pub async fn outline(&self, site: SiteId, id: ArticleId) -> Result<Option<(Article, Outline)>> {
        self.read(move |db| {
            let Some(article) = articles::by_ids(db, site, &[id])?.remove(&id) else {
                return Ok(None);
            };
            if !article.is_public() {
                return Ok(Some((article, Outline::new(Vec::new()))));
            }
            let query = comments::table
                .filter(public(site, id))
                .order(comments::id)
                .select((comments::id, comments::parent_id));
            let rows = each!(db, |c| query.load(c))?;
            Ok(Some((article, Outline::new(rows))))
        })
        .await
    }

    /// Those of an article's comments that are approved still, by their ids.
    pub async fn published_of(
        &self,
        site: SiteId,
        article: ArticleId,
        ids: Vec<CommentId>,
    ) -> Result<HashMap<CommentId, Published>> {
        self.read(move |db| {
            let mut found = HashMap::with_capacity(ids.len());
            for ids in ids.chunks(TOGETHER) {
                let query = comments::table
                    .filter(public(site, article))
                    .filter(sql::<Bool>(IS_SHOWN))
                    .filter(comments::id.eq_any(ids.to_vec()))
                    .select(FACE);
                let rows: Vec<Published> = each!(db, |c| query.load(c))?;
                found.extend(rows.into_iter().map(|row| (row.id, row)));
            }
            Ok(found)
        })
        .await
    }

    /// The newest approved comments of a site, or of one article, each with its article's address.
    pub async fn newest_published(
        &self,
        site: SiteId,
        article: Option<ArticleId>,
        limit: usize,
    ) -> Result<Vec<(Published, String)>> {
        self.read(move |db| {
            let mut found: Vec<(Published, ArticleId)> = Vec::new();
            if let Some(article) = article {
                let query = comments::table
                    .filter(public(site, article))
                    .filter(sql::<Bool>(IS_SHOWN))
                    .order(comments::id.desc())
                    .limit(i64::try_from(limit).unwrap_or(i64::MAX))
                    .select((FACE, comments::article_id));
                found = each!(db, |c| query.load(c))?;
            } else {
                // A lane at a time: the index of what stands where has each in order.
                for lane in Lane::ALL {
                    found.extend(newest_in(db, site, *lane, limit)?);
                }
                found.sort_by_key(|(comment, _)| Reverse(comment.id));
                found.truncate(limit);
            }
            let mut ids: Vec<ArticleId> = found.iter().map(|(_, article)| *article).collect();
            ids.sort();
            ids.dedup();
            let articles = articles::by_ids(db, site, &ids)?;
            let with_address = |(comment, article): (Published, ArticleId)| {
                Some((comment, articles.get(&article)?.url.clone()))
            };
            Ok(found.into_iter().filter_map(with_address).collect())
        })
        .await
    }

    /// One comment of a site, whatever its status, and why it was rejected, where a moderator says: for its own reader, who
    /// holds a receipt.
    pub async fn own_comment(
        &self,
        site: SiteId,
        id: CommentId,
    ) -> Result<Option<(Comment, Article, Option<Reason>)>> {
        self.read(move |db| {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .filter(comments::id.eq(id));
            let row: Option<CommentRow> = each!(db, |c| query
                .select(CommentRow::as_select())
                .first(c)
                .optional())?;
            let Some(comment) = row.map(Comment::from) else {
                return Ok(None);
            };
            let mut found = articles::by_ids(db, site, &[comment.article])?;
            let reason = match comment.status {
                Status::Rejected => decision_rows::last_of_comments(db, site, vec![id])?
                    .remove(&id)
                    .and_then(|last| last.reason?.parse().ok()),
                _ => None,
            };
            Ok(found
                .remove(&comment.article)
                .map(|article| (comment, article, reason)))
        })
        .await
    }
}

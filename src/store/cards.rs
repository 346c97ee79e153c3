//! What a moderator sees: comments with their evidence, article and last decision.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::db::{Db, each};
use super::error::Result;
use super::rows::CommentRow;
use super::schema::comments;
use super::scope::within;
use super::{Part, Scope, Store, articles, decision_rows, evidence};
use crate::domain::{
    Article, Comment, CommentId, Decision, Evidence, Instant, Lane, SiteId, Status, words,
};

words! {
    /// Which end of the list comes first.
    Order {
        /// The newest.
        Newest = "newest",
        /// The one that has waited longest.
        Oldest = "oldest",
    }
}

/// Which comments a page shows.
#[derive(Debug, Clone, Default)]
pub struct QueueFilter {
    /// Only those that stand there.
    pub status: Option<Status>,
    /// Only those of that lane.
    pub lane: Option<Lane>,
    /// Only those under that address.
    pub article: Option<String>,
    /// Which end comes first; the newest unless said.
    pub order: Option<Order>,
    /// From after that comment.
    pub after: Option<CommentId>,
    /// As many.
    pub limit: usize,
}

/// A comment with what a moderator needs to decide.
#[derive(Debug, Clone)]
pub struct Card {
    /// The comment.
    pub comment: Comment,
    /// Where it was written.
    pub article: Article,
    /// What the rules saw in its newest text.
    pub evidence: Vec<Evidence>,
    /// The comment it answers.
    pub parent: Option<Comment>,
    /// How it was decided last.
    pub last: Option<Decision>,
}

/// What is known of an author on a site, by the key of their email.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuthorHistory {
    /// Comments sent.
    pub sent: i64,
    /// Of those approved.
    pub approved: i64,
    /// Rejected.
    pub rejected: i64,
    /// Put with the spam.
    pub spam: i64,
    /// When the one before this came.
    pub last_seen: Option<Instant>,
}

/// How many wait in a lane, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The site.
    pub site: SiteId,
    /// The lane.
    pub lane: Lane,
    /// How many.
    pub count: i64,
    /// The arrival of the one that waits longest.
    pub oldest: Option<Instant>,
}

/// A page of one site, so that each site's index is walked from its own end; the pages of several sites are merged.
fn page_of_site(db: &mut Db, part: &Part, filter: &QueueFilter) -> Result<Vec<Comment>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let article = match &filter.article {
        None => None,
        Some(url) => match articles::by_url(db, *site, url)? {
            Some(article) => Some(article.id),
            None => return Ok(Vec::new()),
        },
    };
    let limit = i64::try_from(filter.limit).unwrap_or(i64::MAX);
    let rows: Vec<CommentRow> = each!(db, |c| {
        let mut query = within!(comments::table, part)
            .limit(limit)
            .select(CommentRow::as_select());
        if let Some(status) = filter.status {
            query = query.filter(comments::status.eq(status));
        }
        if let Some(lane) = filter.lane {
            query = query.filter(comments::lane.eq(lane));
        }
        if let Some(article) = article {
            query = query.filter(comments::article_id.eq(article));
        }
        query = match filter.order.unwrap_or(Order::Newest) {
            Order::Newest => query
                .filter(comments::id.lt(filter.after.unwrap_or(CommentId(Uuid::max()))))
                .order(comments::id.desc()),
            Order::Oldest => query
                .filter(comments::id.gt(filter.after.unwrap_or(CommentId(Uuid::nil()))))
                .order(comments::id.asc()),
        };
        query.load(c)
    })?;
    Ok(rows.into_iter().map(Comment::from).collect())
}

fn page(db: &mut Db, scope: &Scope, filter: &QueueFilter) -> Result<Vec<Card>> {
    let mut merged = Vec::new();
    for part in scope.parts() {
        merged.extend(page_of_site(db, part, filter)?);
    }
    merged.sort_by_key(|comment| comment.id);
    if filter.order.unwrap_or(Order::Newest) == Order::Newest {
        merged.reverse();
    }
    merged.truncate(filter.limit);
    dress(db, merged)
}

/// Comments with their articles and evidence, in the same order.
fn dress(db: &mut Db, found: Vec<Comment>) -> Result<Vec<Card>> {
    let sites: HashSet<SiteId> = found.iter().map(|comment| comment.site).collect();
    let (mut known, mut seen) = (HashMap::new(), HashMap::new());
    let (mut parents, mut last) = (HashMap::new(), HashMap::new());
    for site in sites {
        let here: Vec<&Comment> = found
            .iter()
            .filter(|comment| comment.site == site)
            .collect();
        let ids: Vec<_> = here.iter().map(|comment| comment.article).collect();
        known.extend(articles::by_ids(db, site, &ids)?);
        let revisions = here
            .iter()
            .map(|comment| (comment.id, comment.revision))
            .collect();
        seen.extend(evidence::of_comments(db, site, &revisions)?);
        let answered: Vec<CommentId> = here.iter().filter_map(|comment| comment.parent).collect();
        parents.extend(
            on_site(db, site, &answered)?
                .into_iter()
                .map(|parent| (parent.id, parent)),
        );
        let decided = here.iter().filter(|comment| comment.decided_at.is_some());
        last.extend(decision_rows::last_of_comments(
            db,
            site,
            decided.map(|comment| comment.id).collect(),
        )?);
    }
    Ok(found
        .into_iter()
        .filter_map(|comment| {
            Some(Card {
                article: known.get(&comment.article)?.clone(),
                evidence: seen.remove(&comment.id).unwrap_or_default(),
                parent: comment
                    .parent
                    .and_then(|parent| parents.get(&parent).cloned()),
                last: last.remove(&comment.id),
                comment,
            })
        })
        .collect())
}

/// The comments of those ids, where they are on the site.
pub(super) fn on_site(db: &mut Db, site: SiteId, ids: &[CommentId]) -> Result<Vec<Comment>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq_any(ids.to_vec()));
    let rows: Vec<CommentRow> = each!(db, |c| query.select(CommentRow::as_select()).load(c))?;
    Ok(rows.into_iter().map(Comment::from).collect())
}

/// The comments of those ids, where they are of that part of a site.
pub(super) fn of_part(db: &mut Db, part: &Part, ids: &[CommentId]) -> Result<Vec<Comment>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<CommentRow> = each!(db, |c| within!(comments::table, part)
        .filter(comments::id.eq_any(ids.to_vec()))
        .select(CommentRow::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Comment::from).collect())
}

fn by_ids(db: &mut Db, scope: &Scope, ids: &[CommentId]) -> Result<Vec<Card>> {
    let mut found: Vec<Comment> = Vec::new();
    for part in scope.parts() {
        found.extend(of_part(db, part, ids)?);
    }
    found.sort_by_key(|comment| comment.id);
    dress(db, found)
}

/// The decided ones are found by their index. The pending ones are looked through: what waits is what a few people
/// read in a day.
fn history(db: &mut Db, comment: &Comment) -> Result<AuthorHistory> {
    let theirs = comments::site_id
        .eq(comment.site)
        .and(comments::email_key.eq(&comment.email_key));
    let decided = comments::table
        .filter(theirs)
        .filter(diesel::dsl::sql::<Bool>("comments.status <> 'pending'"));
    let pending = comments::table
        .filter(theirs)
        .filter(comments::status.eq(Status::Pending));
    let seen = (comments::id, comments::status, comments::created_at);
    let mut others: Vec<(CommentId, Status, Instant)> =
        each!(db, |c| decided.select(seen).load(c))?;
    let waiting: Vec<(CommentId, Status, Instant)> = each!(db, |c| pending.select(seen).load(c))?;
    others.extend(waiting);
    others.retain(|(id, ..)| *id != comment.id);
    let count = |status| others.iter().filter(|(_, is, _)| *is == status).count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let before = others.iter().filter(|(id, ..)| *id < comment.id);
    Ok(AuthorHistory {
        sent: number(others.len()),
        approved: number(count(Status::Approved)),
        rejected: number(count(Status::Rejected)),
        spam: number(count(Status::Spam)),
        last_seen: before.map(|(_, _, at)| *at).max(),
    })
}

fn waiting(db: &mut Db, scope: &Scope) -> Result<Vec<Waiting>> {
    let mut lanes = Vec::new();
    for part in scope.parts() {
        let (Part::Whole(site) | Part::Sections(site, _)) = part;
        for lane in Lane::ALL {
            let pending = comments::status
                .eq(Status::Pending)
                .and(comments::lane.eq(lane));
            lanes.push(Waiting {
                site: *site,
                lane: *lane,
                count: each!(db, |c| within!(comments::table, part)
                    .filter(pending)
                    .count()
                    .get_result(c))?,
                oldest: each!(db, |c| within!(comments::table, part)
                    .filter(pending)
                    .order(comments::id)
                    .select(comments::created_at)
                    .first(c)
                    .optional())?,
            });
        }
    }
    Ok(lanes)
}

impl Store {
    /// A page of cards.
    pub async fn cards(&self, scope: Scope, filter: QueueFilter) -> Result<Vec<Card>> {
        self.read(move |db| page(db, &scope, &filter)).await
    }

    /// The cards of those comments, oldest first; what is not in the scope is left out.
    pub async fn cards_of(&self, scope: Scope, ids: Vec<CommentId>) -> Result<Vec<Card>> {
        self.read(move |db| by_ids(db, &scope, &ids)).await
    }

    /// One card with its author's history and its decisions.
    pub async fn card(
        &self,
        scope: Scope,
        id: CommentId,
    ) -> Result<Option<(Card, AuthorHistory, Vec<Decision>)>> {
        self.read(move |db| {
            let Some(card) = by_ids(db, &scope, &[id])?.pop() else {
                return Ok(None);
            };
            let history = history(db, &card.comment)?;
            let decisions = decision_rows::of_comment(db, card.comment.site, id)?;
            Ok(Some((card, history, decisions)))
        })
        .await
    }

    /// How many wait, by site and lane.
    pub async fn waiting(&self, scope: Scope) -> Result<Vec<Waiting>> {
        self.read(move |db| waiting(db, &scope)).await
    }
}

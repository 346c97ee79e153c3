//! What a moderator sees: comments with their evidence, article and last decision.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::rows::CommentRow;
use super::schema::comments;
use super::scope::within;
use super::{
    AuthorHistory, Part, Scope, Store, articles, authors, by_model, decision_rows, evidence,
    reports,
};
use crate::domain::{
    Article, Comment, CommentId, Decision, Evidence, ModelSample, Reports, SiteId, Status, Urgency,
    urgency,
};

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
    /// What the model would have done with it, where it was left to a person so that the model is measured.
    pub sample: Option<ModelSample>,
    /// What readers reported of it, if ever.
    pub reports: Option<Reports>,
    /// Those that wait and say the same, where the page shows this one for all of them.
    pub alike: Option<Alike>,
}

impl Card {
    /// Whether it is public and waits all the same, since readers reported it.
    #[must_use]
    pub fn is_reported(&self) -> bool {
        let open = self.reports.as_ref().and_then(|reports| reports.first);
        self.comment.status == Status::Approved && open.is_some()
    }

    /// Why it cannot wait, where it waits and cannot; of what was reported its readers say so.
    #[must_use]
    pub fn urgency(&self) -> Option<Urgency> {
        match &self.reports {
            Some(reports) if self.is_reported() => reports.urgency(),
            _ if self.comment.status == Status::Pending => urgency(&self.evidence),
            _ => None,
        }
    }
}

/// What is told of comments that wait and say the same, or nearly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    /// Names them; one of them that may be decided already.
    pub first: CommentId,
    /// How many wait in whose words the rules saw the same, with itself.
    pub count: usize,
    /// How many wait besides, in whose words they saw something else.
    pub others: usize,
    /// From how many different emails.
    pub authors: usize,
    /// From how many different network addresses, as far as they are known.
    pub addresses: usize,
    /// Whether there are more than were counted.
    pub more: bool,
}

/// Comments with their articles and evidence, in the same order.
pub(super) fn dress(db: &mut Db, found: Vec<Comment>) -> Result<Vec<Card>> {
    let sites: HashSet<SiteId> = found.iter().map(|comment| comment.site).collect();
    let (mut known, mut seen) = (HashMap::new(), HashMap::new());
    let (mut parents, mut last) = (HashMap::new(), HashMap::new());
    let (mut reported, mut sampled) = (HashMap::new(), HashMap::new());
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
        let ids: Vec<CommentId> = here.iter().map(|comment| comment.id).collect();
        reported.extend(reports::of_comments(db, site, &ids)?);
        sampled.extend(by_model::samples(db, site, &ids)?);
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
                reports: reported.remove(&comment.id),
                sample: sampled.remove(&comment.id),
                alike: None,
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

impl Store {
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
            let here = scope.only(card.comment.site);
            let Some(part) = here.parts().next() else {
                return Ok(None);
            };
            let histories = authors::histories(db, part, &[&card.comment])?;
            let history = histories.get(&id).copied().unwrap_or_default();
            let decisions = decision_rows::of_comment(db, card.comment.site, id)?;
            Ok(Some((card, history, decisions)))
        })
        .await
    }
}

//! What must be taken in and counted anew though no comment of it has another revision: what stands under an article that has another section,
//! or was hung under another record of it; and what an external checker has answered about.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::ask::{Ask, ask};
use super::document::documents;
use super::fact::Fact;
use super::fresh::fresh;
use super::risk::Rater;
use super::write::put;
use crate::domain::{ArticleId, CommentId, EventId, SiteId};
use crate::store::Store;
use crate::store::db::each;
use crate::store::error::Result;
use crate::store::schema::events;

impl Store {
    /// The articles whose comments must be looked at again after those events.
    pub async fn articles_again(
        &self,
        site: SiteId,
        after: Vec<EventId>,
    ) -> Result<BTreeSet<ArticleId>> {
        if after.is_empty() {
            return Ok(BTreeSet::new());
        }
        self.read(move |db| {
            let query = events::table
                .filter(events::site_id.eq(site))
                .filter(events::id.eq_any(after))
                .filter(events::kind.eq("article_told"))
                .select(events::detail);
            let details: Vec<String> = each!(db, |c| query.load(c))?;
            let again = |detail: String| -> Option<Vec<ArticleId>> {
                let detail: serde_json::Value = serde_json::from_str(&detail).ok()?;
                serde_json::from_value(detail.get("again")?.clone()).ok()
            };
            Ok(details.into_iter().filter_map(again).flatten().collect())
        })
        .await
    }

    /// The comments that those events tell of a checker's answer about: their evidence is another, and their lane may be.
    pub async fn checked_among(
        &self,
        site: SiteId,
        events: Vec<EventId>,
    ) -> Result<BTreeSet<CommentId>> {
        if events.is_empty() {
            return Ok(BTreeSet::new());
        }
        self.read(move |db| {
            let query = events::table
                .filter(events::site_id.eq(site))
                .filter(events::id.eq_any(events))
                .filter(events::kind.eq_any(["comment.checked", "comment.unchecked"]))
                .filter(events::comment_id.is_not_null())
                .select(events::comment_id.assume_not_null());
            let ids: Vec<CommentId> = each!(db, |c| query.load(c))?;
            Ok(ids.into_iter().collect())
        })
        .await
    }

    /// The comments under some articles after one, in order: those that the index has under them, and those that it does not know yet.
    pub async fn comments_under(
        &self,
        site: SiteId,
        articles: BTreeSet<ArticleId>,
        after: Option<CommentId>,
        limit: i64,
    ) -> Result<Vec<CommentId>> {
        self.read(move |db| {
            let asked = Ask {
                all: vec![articles.iter().copied().map(Fact::Article).collect()],
                between: (after, None),
                limit: limit + 1,
                ..Ask::default()
            };
            let found = ask(db, site, &asked)?;
            let mut ids: BTreeSet<CommentId> =
                found.into_iter().map(|found| found.comment_id).collect();
            let fresh = fresh(db, site)?.into_iter();
            let theirs = fresh.filter(|comment| articles.contains(&comment.article));
            ids.extend(theirs.map(|comment| comment.id));
            let ids = ids.into_iter().filter(|id| Some(*id) > after);
            Ok(ids.take(usize::try_from(limit).unwrap_or(0)).collect())
        })
        .await
    }

    /// Takes comments into the index as they are now, also where it knows their revision.
    pub async fn index_anew(&self, site: SiteId, ids: Vec<CommentId>, rater: Rater) -> Result<()> {
        let documents = self
            .read(move |db| documents(db, site, &ids, &rater))
            .await?;
        if documents.is_empty() {
            return Ok(());
        }
        self.write(move |db| put(db, site, &documents)).await
    }
}

//! What has changed of what is public, whichever replica did it.

use diesel::prelude::*;

use super::db::each;
use super::error::Result;
use super::schema::{comments, events};
use super::types::first_at;
use super::versions::Change;
use super::{Store, Versions};
use crate::domain::{ArticleId, EventId, Instant, SiteId};

impl Store {
    /// The versions of all that is public, as far as this process knows.
    #[must_use]
    pub fn versions(&self) -> &Versions {
        &self.0.versions
    }

    /// What has changed on a site since `since`, newest first, `limit` at the most. A comment that arrives waits for a person, so
    /// arrivals change nothing.
    pub async fn changes_since(
        &self,
        site: SiteId,
        since: Instant,
        limit: i64,
    ) -> Result<Vec<(EventId, Change)>> {
        self.read(move |db| {
            let query = events::table
                .left_join(
                    comments::table.on(comments::site_id
                        .eq(events::site_id)
                        .and(events::comment_id.eq(comments::id.nullable()))),
                )
                .filter(events::site_id.eq(site))
                .filter(events::id.ge(EventId(first_at(since))))
                .filter(events::kind.ne("comment.received"))
                .order(events::id.desc())
                .limit(limit)
                .select((events::id, comments::article_id.nullable()));
            let rows: Vec<(EventId, Option<ArticleId>)> = each!(db, |c| query.load(c))?;
            let change = |article: Option<ArticleId>| match article {
                Some(article) => Change::Article(site, article),
                None => Change::Site(site),
            };
            Ok(rows
                .into_iter()
                .map(|(event, article)| (event, change(article)))
                .collect())
        })
        .await
    }
}

//! How the history lies in tables, and what is known of what it is about.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::{About, HistoryEntry};
use crate::domain::{ArticleId, CommentId, EventId, Instant, ModeratorId, SiteId, Via};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::rule_changes;
use crate::store::schema::{articles, comments, events, member_events};

/// Something done on a site.
#[derive(Queryable, Selectable)]
#[diesel(table_name = events)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub(super) struct ActRow {
    site_id: SiteId,
    pub(super) id: EventId,
    kind: String,
    comment_id: Option<CommentId>,
    actor_kind: String,
    actor_name: String,
    detail: String,
    created_at: Instant,
}

impl From<ActRow> for HistoryEntry {
    fn from(row: ActRow) -> Self {
        let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap_or_default();
        let told = |name: &str| detail.get(name).and_then(serde_json::Value::as_str);
        Self {
            id: row.id,
            site: Some(row.site_id),
            at: row.created_at,
            times: (1, row.created_at),
            actor_id: told("member").and_then(|id| id.parse().ok()),
            via: match told("via") {
                Some(via) => via.parse().ok(),
                // Packs are files, which no command changes.
                None => (row.actor_kind == "operator" && row.kind != rule_changes::CHANGED)
                    .then_some(Via::CommandLine),
            },
            kind: row.kind,
            actor_kind: row.actor_kind,
            actor_name: row.actor_name,
            address: None,
            browser: None,
            comment: row.comment_id,
            about: None,
            article_title: None,
            member: None,
            detail,
        }
    }
}

/// Something that happened to a member.
#[derive(Queryable, Selectable)]
#[diesel(table_name = member_events)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub(super) struct MemberRow {
    pub(super) id: EventId,
    kind: String,
    member_id: Option<ModeratorId>,
    member_name: String,
    actor_kind: String,
    actor_id: Option<ModeratorId>,
    actor_name: String,
    via: Option<Via>,
    address: Option<String>,
    browser: Option<String>,
    detail: String,
    times: i32,
    created_at: Instant,
    last_at: Instant,
}

impl From<MemberRow> for HistoryEntry {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.id,
            site: None,
            kind: row.kind,
            at: row.created_at,
            times: (row.times, row.last_at),
            actor_kind: row.actor_kind,
            actor_id: row.actor_id,
            actor_name: row.actor_name,
            via: row.via,
            address: row.address,
            browser: row.browser,
            comment: None,
            about: None,
            article_title: None,
            member: row.member_id.map(|id| (id, row.member_name)),
            detail: serde_json::from_str(&row.detail).unwrap_or_default(),
        }
    }
}

impl HistoryEntry {
    /// The article that was changed.
    #[must_use]
    pub fn article(&self) -> Option<ArticleId> {
        let is_changed = matches!(self.kind.as_str(), "article_changed" | "article_told");
        let id = self.detail.get("id").filter(|_| is_changed)?;
        id.as_str()?.parse().ok()
    }
}

/// The sections of those articles that have one.
pub(super) fn sections_of(
    db: &mut Db,
    site: SiteId,
    ids: &[ArticleId],
) -> Result<HashMap<ArticleId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = crate::store::articles::by_ids(db, site, ids)?;
    let section = |(id, article): (ArticleId, crate::domain::Article)| Some((id, article.section?));
    Ok(found.into_iter().filter_map(section).collect())
}

type CommentAbout = (CommentId, String, String, ArticleId, Option<String>, String);

/// Tells of each entry what is known of its comment.
pub(super) fn about(db: &mut Db, entries: &mut [HistoryEntry]) -> Result<()> {
    let mut asked: BTreeMap<SiteId, Vec<CommentId>> = BTreeMap::new();
    for entry in entries.iter() {
        if let (Some(site), Some(comment)) = (entry.site, entry.comment) {
            asked.entry(site).or_default().push(comment);
        }
    }
    let mut known: HashMap<CommentId, About> = HashMap::new();
    for (site, ids) in asked {
        let query = comments::table
            .inner_join(
                articles::table.on(articles::site_id
                    .eq(comments::site_id)
                    .and(articles::id.eq(comments::article_id))),
            )
            .filter(comments::site_id.eq(site))
            .filter(comments::id.eq_any(ids))
            .select((
                comments::id,
                comments::name,
                comments::email,
                articles::id,
                articles::title,
                articles::url,
            ));
        let rows: Vec<CommentAbout> = each!(db, |c| query.load(c))?;
        for (id, name, email, article, title, url) in rows {
            let about = About {
                name,
                email,
                article,
                title,
                url,
            };
            known.insert(id, about);
        }
    }
    for entry in entries.iter_mut() {
        entry.about = entry.comment.and_then(|id| known.get(&id).cloned());
    }
    titles(db, entries)
}

/// Tells of each entry the title of the article that was changed.
fn titles(db: &mut Db, entries: &mut [HistoryEntry]) -> Result<()> {
    let mut asked: BTreeMap<SiteId, Vec<ArticleId>> = BTreeMap::new();
    for entry in entries.iter() {
        if let (Some(site), Some(article)) = (entry.site, entry.article()) {
            asked.entry(site).or_default().push(article);
        }
    }
    let mut known: HashMap<ArticleId, String> = HashMap::new();
    for (site, ids) in asked {
        let found = crate::store::articles::by_ids(db, site, &ids)?;
        known.extend(
            found
                .into_iter()
                .filter_map(|(id, article)| Some((id, article.title?))),
        );
    }
    for entry in entries {
        entry.article_title = entry.article().and_then(|id| known.get(&id).cloned());
    }
    Ok(())
}

//! What happened, append-only.

use std::borrow::Cow;

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::bulk;
use super::db::{Db, each};
use super::error::Result;
use super::schema::events;
use super::versions::Change;
use crate::domain::{Actor, ArticleId, Comment, CommentId, EventId, Instant, SiteId};

/// What an event's detail calls the form by which it was asked for, where that may come twice.
pub(super) const FORM: &str = "form";

/// An event to be written.
#[derive(Debug, Clone)]
pub(super) struct NewEvent {
    row: EventRow,
    /// The article whose readers are to see it.
    shown_at: Option<ArticleId>,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
struct EventRow {
    site_id: SiteId,
    id: EventId,
    kind: Cow<'static, str>,
    comment_id: Option<CommentId>,
    revision: Option<i32>,
    actor_kind: &'static str,
    actor_name: String,
    detail: Cow<'static, str>,
    created_at: Instant,
}

bulk::row! { EventRow => events:
    site_id, id, kind, comment_id, revision, actor_kind, actor_name, detail, created_at
}

impl NewEvent {
    pub(super) fn of_comment(
        id: EventId,
        kind: impl Into<Cow<'static, str>>,
        comment: &Comment,
        actor: &Actor,
        at: Instant,
    ) -> Self {
        let row = EventRow {
            site_id: comment.site,
            id,
            kind: kind.into(),
            comment_id: Some(comment.id),
            revision: Some(comment.revision),
            actor_kind: actor.kind(),
            actor_name: actor.name().to_owned(),
            detail: Cow::Borrowed("{}"),
            created_at: at,
        };
        Self {
            row,
            shown_at: Some(comment.article),
        }
    }

    /// Of the site itself rather than of one comment.
    pub(super) fn of_site(
        id: EventId,
        kind: &'static str,
        site: SiteId,
        actor: &Actor,
        at: Instant,
    ) -> Self {
        let row = EventRow {
            site_id: site,
            id,
            kind: Cow::Borrowed(kind),
            comment_id: None,
            revision: None,
            actor_kind: actor.kind(),
            actor_name: actor.name().to_owned(),
            detail: Cow::Borrowed("{}"),
            created_at: at,
        };
        Self {
            row,
            shown_at: None,
        }
    }

    /// Readers of that article are to see it; none where nobody sees anything of it.
    pub(super) fn shown_at(self, article: Option<ArticleId>) -> Self {
        Self {
            shown_at: article,
            ..self
        }
    }

    pub(super) fn with_detail(mut self, detail: impl serde::Serialize) -> Self {
        let json = serde_json::to_string(&detail).expect("our own types are JSON");
        self.row.detail = Cow::Owned(json);
        self
    }

    /// The same with which member it was, and how they came: names change, and two may have one.
    pub(super) fn traced(self, actor: &Actor, mut detail: serde_json::Value) -> Self {
        if let (Some(via), Some(fields)) = (actor.via(), detail.as_object_mut()) {
            fields.insert("via".to_owned(), via.as_str().into());
            if let Some(member) = actor.member() {
                fields.insert("member".to_owned(), member.to_string().into());
            }
        }
        self.with_detail(detail)
    }
}

/// What happened on a site after an event, in that order, with or without the arrivals of comments.
pub(super) fn happened_after(
    db: &mut Db,
    site: SiteId,
    after: EventId,
    arrivals_too: bool,
    limit: i64,
) -> Result<Vec<(EventId, Option<CommentId>)>> {
    let query = events::table
        .filter(events::site_id.eq(site))
        .filter(events::id.gt(after))
        .filter(
            events::kind
                .ne("comment.received")
                .or(arrivals_too.into_sql::<Bool>()),
        )
        .order(events::id)
        .limit(limit)
        .select((events::id, events::comment_id));
    Ok(each!(db, |c| query.load(c))?)
}

pub(super) fn insert(db: &mut Db, new: impl Iterator<Item = NewEvent>) -> Result<()> {
    let mut rows = Vec::new();
    for NewEvent { row, shown_at } in new {
        let change = shown_at.map(|article| Change::Article(row.site_id, article));
        db.1.extend(change);
        rows.push(row);
    }
    bulk::insert!(db, events::table, rows);
    Ok(())
}

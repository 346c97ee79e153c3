//! What happened, append-only.

use std::borrow::Cow;

use diesel::prelude::*;

use super::bulk;
use super::db::Db;
use super::error::Result;
use super::schema::events;
use crate::domain::{Actor, Comment, CommentId, EventId, Instant, SiteId};

/// An event to be written.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
pub(super) struct NewEvent {
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

bulk::row! { NewEvent => events:
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
        Self {
            site_id: comment.site,
            id,
            kind: kind.into(),
            comment_id: Some(comment.id),
            revision: Some(comment.revision),
            actor_kind: actor.kind(),
            actor_name: actor.name().to_owned(),
            detail: Cow::Borrowed("{}"),
            created_at: at,
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
        Self {
            site_id: site,
            id,
            kind: Cow::Borrowed(kind),
            comment_id: None,
            revision: None,
            actor_kind: actor.kind(),
            actor_name: actor.name().to_owned(),
            detail: Cow::Borrowed("{}"),
            created_at: at,
        }
    }

    pub(super) fn with_detail(mut self, detail: impl serde::Serialize) -> Self {
        let json = serde_json::to_string(&detail).expect("our own types are JSON");
        self.detail = Cow::Owned(json);
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

pub(super) fn insert(db: &mut Db, new: impl Iterator<Item = NewEvent>) -> Result<()> {
    let rows: Vec<NewEvent> = new.collect();
    bulk::insert!(db, events::table, rows);
    Ok(())
}

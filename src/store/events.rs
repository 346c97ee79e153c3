//! What happened, append-only.

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
    kind: String,
    comment_id: Option<CommentId>,
    revision: Option<i32>,
    actor_kind: String,
    actor_name: String,
    detail: String,
    created_at: Instant,
}

impl NewEvent {
    pub(super) fn of_comment(
        id: EventId,
        kind: &str,
        comment: &Comment,
        actor: &Actor,
        at: Instant,
    ) -> Self {
        Self {
            site_id: comment.site,
            id,
            kind: kind.to_owned(),
            comment_id: Some(comment.id),
            revision: Some(comment.revision),
            actor_kind: actor.kind().to_owned(),
            actor_name: actor.name().to_owned(),
            detail: "{}".to_owned(),
            created_at: at,
        }
    }

    pub(super) fn with_detail(mut self, detail: serde_json::Value) -> Self {
        self.detail = detail.to_string();
        self
    }
}

pub(super) fn insert(db: &mut Db, new: impl Iterator<Item = NewEvent>) -> Result<()> {
    let rows: Vec<NewEvent> = new.collect();
    bulk::insert!(db, events::table, rows);
    Ok(())
}

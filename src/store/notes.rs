//! What moderators tell each other about comments.

use std::collections::HashMap;

use diesel::prelude::*;

use super::cards::of_part;
use super::db::{Db, each};
use super::error::{Error, Result};
use super::events::{self, NewEvent};
use super::schema::notes;
use super::{Part, Scope, Store};
use crate::domain::{Actor, CommentId, EventId, Instant, Note, NoteId, SiteId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = notes, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct NoteRow {
    site_id: SiteId,
    comment_id: CommentId,
    id: NoteId,
    moderator_name: String,
    text: String,
    created_at: Instant,
}

impl NoteRow {
    fn into_pair(self) -> (CommentId, Note) {
        let note = Note {
            id: self.id,
            by: self.moderator_name,
            text: self.text,
            at: self.created_at,
        };
        (self.comment_id, note)
    }
}

/// The notes on those comments of a site, oldest first.
pub(super) fn of_comments(
    db: &mut Db,
    site: SiteId,
    comments: &[CommentId],
) -> Result<HashMap<CommentId, Vec<Note>>> {
    let query = notes::table
        .filter(notes::site_id.eq(site))
        .filter(notes::comment_id.eq_any(comments.to_vec()))
        .order((notes::comment_id, notes::id));
    let rows: Vec<NoteRow> = each!(db, |c| query.select(NoteRow::as_select()).load(c))?;
    let mut found: HashMap<CommentId, Vec<Note>> = HashMap::new();
    for (comment, note) in rows.into_iter().map(NoteRow::into_pair) {
        found.entry(comment).or_default().push(note);
    }
    Ok(found)
}

impl Store {
    /// Adds a note to a comment of the scope.
    pub async fn add_note(
        &self,
        scope: Scope,
        comment: CommentId,
        note: Note,
        actor: Actor,
        event: EventId,
    ) -> Result<()> {
        self.write(move |db| {
            for part in scope.parts() {
                let Some(comment) = of_part(db, part, &[comment])?.pop() else {
                    continue;
                };
                let row = NoteRow {
                    site_id: comment.site,
                    comment_id: comment.id,
                    id: note.id,
                    moderator_name: note.by.clone(),
                    text: note.text.clone(),
                    created_at: note.at,
                };
                each!(db, |c| diesel::insert_into(notes::table)
                    .values(&row)
                    .execute(c))?;
                let kind = "comment.noted";
                let event = NewEvent::of_comment(event, kind, &comment, &actor, note.at)
                    .traced(&actor, serde_json::json!({}));
                return events::insert(db, [event].into_iter());
            }
            Err(Error::NotFound)
        })
        .await
    }

    /// The notes on those comments of the scope, oldest first.
    pub async fn notes_on(
        &self,
        scope: Scope,
        comments: Vec<CommentId>,
    ) -> Result<HashMap<CommentId, Vec<Note>>> {
        self.read(move |db| {
            let mut found = HashMap::new();
            for part in scope.parts() {
                let (Part::Whole(site) | Part::Sections(site, _)) = part;
                let theirs: Vec<CommentId> = match part {
                    Part::Whole(_) => comments.clone(),
                    Part::Sections(..) => {
                        let seen = of_part(db, part, &comments)?;
                        seen.into_iter().map(|comment| comment.id).collect()
                    }
                };
                found.extend(of_comments(db, *site, &theirs)?);
            }
            Ok(found)
        })
        .await
    }
}

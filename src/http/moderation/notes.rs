//! What moderators tell each other about a comment.

use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::decisions::MOST_NOTE;
use crate::domain::{CommentId, Instant, Note, NoteId};
use crate::http::door::Moderating;
use crate::http::input;
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::respond::private;
use crate::intake::FieldError;

/// A note to be left.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// What colleagues are to know: 2000 characters at the most.
    #[schema(example = "Đã gọi xã để hỏi lại.")]
    text: String,
}

/// What is wrong with a note's text, if anything is.
pub fn fault(text: &str) -> Option<FieldError> {
    if text.trim().is_empty() {
        return Some(FieldError::new("text", "field-missing"));
    }
    if text.chars().count() > MOST_NOTE {
        return Some(FieldError::new("text", "text-too-long").with("max", MOST_NOTE));
    }
    // No database text holds a NUL.
    text.contains('\0')
        .then(|| FieldError::new("text", "field-type"))
}

/// A note.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteBody {
    /// Identifies it.
    id: NoteId,
    /// Who left it.
    #[schema(example = "Lan")]
    by: String,
    /// What it says.
    text: String,
    /// When.
    at: Instant,
}

impl From<Note> for NoteBody {
    fn from(note: Note) -> Self {
        Self {
            id: note.id,
            by: note.by,
            text: note.text,
            at: note.at,
        }
    }
}

/// Leave a note on a comment for colleagues
///
/// Its reader never sees it.
#[utoipa::path(
    operation_id = "add_note",
    tag = "Moderators",
    security(("bearer" = []), ("session" = [])),
    params(("id" = CommentId, Path, description = "The comment")),
    request_body = NewNote,
    responses(
        (status = 200, description = "The note", body = NoteBody),
        (status = 400, description = "Not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No valid token or session", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "A session's request that comes from another page", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such comment on your sites", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Not `application/json`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Something must be corrected", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/api/v1/moderation/comments/{id}/notes")]
pub async fn add(
    by: Moderating,
    id: web::Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    input::require_json(&request)?;
    let id = id.parse().map_err(|_| Problem::new(Code::NotFound))?;
    let NewNote { text } = input::json(&input::body(payload, input::Ceiling::Form).await?)?;
    if let Some(fault) = fault(&text) {
        return Err(Problem::fields(vec![fault]));
    }
    let note = by.note(id, text.trim().to_owned()).await?;
    Ok(private(&NoteBody::from(note)))
}

//! What ALTCHA's widget, or a page's own script, asks for before it sends a comment.

use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::door::AtSite;
use super::problem::{Problem, ProblemBody};
use super::respond::private;
use crate::intake::Challenge;

/// A challenge, and a stamp for the form.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandedOut {
    #[serde(flatten)]
    challenge: Challenge,
    /// Send it back as `stamp` if you asked when the form was opened, not when it is sent: it tells how long the writing took.
    /// It may be sent for a day, and more than once. ALTCHA's widget lets it be.
    #[schema(example = "AAZAcGC1wAAGbqkZ0TQ2kqzLJ9jY8l1o")]
    stamp: String,
}

/// Get a challenge
///
/// A proof of work in [ALTCHA](https://altcha.org)'s format (version 2, which its widget speaks from version 3 on). Its solution is sent
/// as `challenge` (JSON) or `altcha` (form, where the widget puts it): in base64, `{"challenge": {"parameters", "signature"},
/// "solution": {"counter", "derivedKey"}}`. It is good for one comment on this site, within twenty minutes. A site asks for it
/// never, under pressure, or always; a form without it is held, and JSON without it is told by 422 on the field `challenge`.
#[utoipa::path(
    operation_id = "get_challenge",
    tag = "Readers",
    params(("site" = String, Path, description = "The site's key", example = "demo")),
    responses(
        (status = 200, description = "A challenge that nobody else was given", body = HandedOut),
        (status = 404, description = "No such site", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/challenge")]
pub async fn challenge(at: AtSite) -> Result<HttpResponse, Problem> {
    Ok(private(&HandedOut {
        challenge: at.challenge(),
        stamp: at.stamp(),
    }))
}

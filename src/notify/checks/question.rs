//! What a checker is asked, and what its answer means.

use crate::checker::{CheckAnswer, read};
use crate::domain::{Evidence, Site};
use crate::notify::outward::Reply;
use crate::store::{CheckSubject, Claimed};

/// As much as is read of an answer.
pub(super) const ANSWER: usize = 64 * 1024;

/// What an answer means.
pub(super) enum Heard {
    /// That is what it saw.
    Evidence(Vec<Evidence>),
    /// It answers by itself when it is done (202).
    Later,
}

/// What is asked: what readers would see of the comment, and where it stands. Never the email, nor where it was sent from.
pub(super) fn question(site: &Site, row: &Claimed, subject: &CheckSubject) -> serde_json::Value {
    let CheckSubject { comment, article } = subject;
    serde_json::json!({
        "type": "comment.check",
        "timestamp": row.created_at,
        "data": {
            "check": row.id,
            "site": site.key,
            "comment": {
                "id": comment.id,
                "parent": comment.parent,
                "name": comment.name,
                "body": comment.body,
                "created_at": comment.created_at,
                "edited_at": comment.edited_at,
            },
            "article": {
                "url": article.url,
                "title": article.title,
                "section": article.section,
            },
        },
    })
}

/// What an answer about that text means, or why it is none.
pub(super) fn meaning(reply: &Reply, body: &str) -> Result<Heard, String> {
    match reply.status {
        202 => return Ok(Heard::Later),
        200..=299 => {}
        status => return Err(format!("it was answered {status}")),
    }
    if reply.is_cut {
        return Err(format!(
            "its answer broke off, came too slowly or has more than {ANSWER} bytes"
        ));
    }
    let answer: CheckAnswer = serde_json::from_slice(&reply.body)
        .map_err(|error| format!("its answer cannot be read: {error}"))?;
    let said = read(&answer.evidence, body);
    said.map(Heard::Evidence)
        .map_err(|fault| format!("its answer cannot be read: {fault}"))
}

//! What a checker is asked, and what its answer means.

use std::collections::BTreeMap;

use crate::checker::{CheckAnswer, MOST, read};
use crate::domain::{Evidence, Site, Trouble};
use crate::intake::{JsonFault, read_json};
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
pub(super) fn meaning(reply: &Reply, body: &str) -> Result<Heard, Trouble> {
    match reply.status {
        202 => return Ok(Heard::Later),
        200..=299 => {}
        status => return Err(Trouble::of_status(status)),
    }
    if reply.is_cut {
        return Err(Trouble::Cut { most: ANSWER });
    }
    let answer: CheckAnswer = read_json(&reply.body).map_err(no_answer)?;
    read(&answer.evidence, body)
        .map(Heard::Evidence)
        .map_err(|fault| {
            let (field, code) = fault.told();
            let most = ("max".to_owned(), MOST.to_string());
            unreadable(field, code, [most].into())
        })
}

fn no_answer(fault: JsonFault) -> Trouble {
    match fault {
        JsonFault::Malformed => unreadable("body".to_owned(), "trouble-not-json", BTreeMap::new()),
        JsonFault::NoObject => unreadable("body".to_owned(), "field-type", BTreeMap::new()),
        JsonFault::Shape(wrong) => {
            let quoted = wrong.texts.into_iter();
            let quoted = quoted.map(|(name, text)| (name.to_owned(), text)).collect();
            unreadable(wrong.field, wrong.code, quoted)
        }
    }
}

fn unreadable(field: String, code: &str, quoted: BTreeMap<String, String>) -> Trouble {
    Trouble::Unreadable {
        field,
        code: code.to_owned(),
        quoted,
    }
}

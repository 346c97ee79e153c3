//! Whose comment was answered is told, once the answer stands under the article.

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::outbox::{self, NewOutbox};
use super::schema::{comments, outbox as rows};
use super::subscriptions::{Cause, of_mailbox, turn_to_tell};
use crate::domain::{Comment, Instant, OutboxId, Status, SubscriptionState};

/// What a published answer means for whoever wrote what it answers, who may be mailed from `at` on. Nobody is told of their own
/// answers, nor twice of one that was taken down and published again.
pub(super) fn answered(
    db: &mut Db,
    answer: &Comment,
    by: Cause,
    (now, at): (Instant, Instant),
) -> Result<()> {
    let Some(parent) = answer.parent else {
        return Ok(());
    };
    let query = comments::table
        .filter(comments::site_id.eq(answer.site))
        .filter(comments::id.eq(parent))
        .filter(comments::status.eq(Status::Approved))
        .filter(comments::tell.eq(true))
        .select(comments::email_key);
    let key: Option<String> = each!(db, |c| query.first(c).optional())?;
    let Some(key) = key else { return Ok(()) };
    let theirs = of_mailbox(db, answer.site, &key)?;
    let Some(to) = theirs.filter(|found| found.state == SubscriptionState::Confirmed) else {
        return Ok(());
    };
    let own = of_mailbox(db, answer.site, &answer.email_key)?;
    if own.is_some_and(|own| own.id == to.id) || key == answer.email_key {
        return Ok(());
    }
    // The mail's own name is the answer's, so there is one at the most.
    let id = OutboxId(answer.id.0);
    let known = rows::table
        .filter(rows::site_id.eq(answer.site))
        .filter(rows::id.eq(id))
        .select(rows::id);
    let known: Option<OutboxId> = each!(db, |c| known.first(c).optional())?;
    if known.is_some() {
        return Ok(());
    }
    let Some(at) = turn_to_tell(db, &to, by, at)? else {
        return Ok(());
    };
    let order =
        serde_json::json!({ "answer": answer.id, "mailbox": to.id, "hourly": by.is_hourly() });
    let mail = NewOutbox::mail_later(answer.site, &order, now, at).named(id);
    outbox::insert(db, std::iter::once(mail))
}

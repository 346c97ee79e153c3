//! What is urgent and was decided waits again once the decision is taken back. Its mails are long read, and the next word of it would
//! be a reminder: it is told once more, by a notice of its own, which is gathered under a new number like any other.

use uuid::Uuid;

use super::cards::dress;
use super::db::Db;
use super::error::Result;
use super::outbox::{self, NewOutbox};
use crate::domain::{Comment, Instant, OutboxId, Status};

/// Tells of a comment that stands there again, if it waits and is urgent. `comment` is as it was before.
pub(super) fn tell_again(db: &mut Db, comment: &Comment, to: Status, at: Instant) -> Result<()> {
    let now = Comment {
        status: to,
        revision: comment.revision + 1,
        ..comment.clone()
    };
    let card = dress(db, vec![now])?.pop();
    let urgent = card.filter(|card| card.urgency().is_some());
    let alert = urgent.map(|card| NewOutbox::alert(OutboxId(Uuid::now_v7()), &card.comment, at));
    outbox::insert(db, alert.into_iter())
}

//! What a mail server puts off once it has read it: for what it says, or as it would any mail.
//!
//! The words that a server dislikes are readers' words. A mail to a moderator has them, and can do without: once it was put off for a
//! while it is handed over in our words alone as well. That tells both apart, however few mails there are, and silences nobody.

use super::mail::Failure;
use super::order::{Order, Prepared, Words};
use super::plan;
use super::worker::Worker;
use crate::domain::{Instant, MailFault, Site, Trouble};
use crate::store::{self, Claimed};

impl Worker {
    /// What becomes of a mail that the server has read and put off, and when it is tried again at the latest.
    pub(super) async fn put_off(
        &self,
        site: &Site,
        row: &Claimed,
        why: Trouble,
    ) -> store::Result<(Result<(), Failure>, Option<Instant>)> {
        let (until, now) = (self.keeps_words_until(row), self.now());
        // What it waited for before, a server that was away or the end of the quiet, says nothing of its words.
        let is_new = !was_answered(row);
        let is_ahead = |until| plan::is_ahead(row.created_at, until, now);
        let keeps_words = until.is_none_or(|until| is_new || is_ahead(until));
        let put_off = Err(Failure::Doubtful(why));
        let sent = if keeps_words {
            put_off
        } else {
            self.in_our_words(site, row).await?.unwrap_or(put_off)
        };
        let latest = until.filter(|until| keeps_words && is_ahead(*until));
        let sent = match self.without_doubt(row, sent).await? {
            // In our words as well: it is no matter of what readers wrote.
            Err(Failure::Doubtful(why)) if !keeps_words => Err(Failure::Away(why)),
            sent => sent,
        };
        Ok((sent, latest))
    }

    /// When a mail with readers' words in it may leave without them; none where it has none.
    fn keeps_words_until(&self, row: &Claimed) -> Option<Instant> {
        let Ok(Order::Held(held)) = serde_json::from_str(&row.payload) else {
            return None;
        };
        let patience = plan::patience_with_words(held.is_urgent(), &self.limits());
        Some(row.created_at.after(patience))
    }

    /// Hands a mail over without what readers wrote; none where nothing is left to be told.
    async fn in_our_words(
        &self,
        site: &Site,
        row: &Claimed,
    ) -> store::Result<Option<Result<(), Failure>>> {
        let Prepared::Letter(letter) = self.letter(site, row, Words::Ours).await? else {
            return Ok(None);
        };
        let Ok(message) = letter.into_message() else {
            return Ok(None);
        };
        let sent = self.hand_over(row, message).await;
        if sent.is_ok() {
            tracing::warn!(mail = %row.id, "the mail server put a mail off again and again and took it without what readers wrote: its moderator is told how many comments wait; the server's log says what it dislikes");
        }
        Ok(Some(sent))
    }

    /// The same, where it is in doubt still whose matter it is that a mail was put off.
    async fn without_doubt(
        &self,
        row: &Claimed,
        sent: Result<(), Failure>,
    ) -> store::Result<Result<(), Failure>> {
        let Err(Failure::Doubtful(why)) = sent else {
            return Ok(sent);
        };
        let is_alone = self.store.is_put_off_alone(row, self.now()).await?;
        Ok(Err(if is_alone {
            Failure::Later(why)
        } else {
            Failure::Doubtful(why)
        }))
    }
}

/// Whether the server has answered the attempt before this one.
fn was_answered(row: &Claimed) -> bool {
    let last = row.last_error.as_deref().and_then(Trouble::read);
    matches!(last, Some(Trouble::Mail(trouble)) if matches!(trouble.what, MailFault::Said { .. }))
}

//! What a mail in the outbox is and whom it is for, for whoever must find out why it does not leave.

use serde::Deserialize;

use super::{OutboxEntry, Result, Store};
use crate::domain::{CommentId, Instant, LinkId, ModeratorId, SiteId, SubscriptionId, words};

words! {
    /// What a mail is about.
    MailKind {
        /// Comments that wait.
        Digest = "digest",
        /// Something urgent.
        Urgent = "urgent",
        /// Comments that have waited for too long.
        Reminder = "reminder",
        /// The question whether a reader wants mail.
        Ask = "ask",
        /// What was decided on a reader's comment.
        Decided = "decided",
        /// That a reader's comment was answered.
        Answered = "answered",
        /// A member's invitation, or their way to another password.
        Link = "link",
        /// That a webhook has stopped.
        Stopped = "stopped",
    }
}

/// As much of a row of kind `mail` as says so; `notify` writes them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Order {
    Held {
        moderator: ModeratorId,
        #[serde(default)]
        purpose: Option<MailKind>,
    },
    Ask {
        ask: SubscriptionId,
    },
    Tell {
        tell: CommentId,
    },
    Answer {
        answer: CommentId,
    },
    Link {
        link: LinkId,
    },
    Stopped {
        to: ModeratorId,
    },
}

/// Whom a mail is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailedTo {
    /// Somebody who works here: their name and address.
    Member(String, String),
    /// A reader, by their address.
    Reader(String),
}

impl Store {
    /// What a mail is, and whom it is for as far as they are known still; nothing where it cannot be read.
    pub async fn addressed(
        &self,
        entry: &OutboxEntry,
        now: Instant,
    ) -> Result<Option<(MailKind, Option<MailedTo>)>> {
        let Ok(order) = serde_json::from_str(&entry.payload) else {
            return Ok(None);
        };
        let site = entry.site_id;
        Ok(Some(match order {
            Order::Held { moderator, purpose } => {
                let kind = purpose.unwrap_or(MailKind::Digest);
                (kind, member(self, moderator).await?)
            }
            Order::Stopped { to } => (MailKind::Stopped, member(self, to).await?),
            Order::Link { link } => {
                let to = match self.member_link(link, now).await? {
                    Some(link) => member(self, link.member).await?,
                    None => None,
                };
                (MailKind::Link, to)
            }
            Order::Ask { ask } => {
                let mailbox = self.subscription(site, ask).await?;
                let to = mailbox.map(|mailbox| MailedTo::Reader(mailbox.email));
                (MailKind::Ask, to)
            }
            Order::Tell { tell } => (MailKind::Decided, author(self, site, tell).await?),
            Order::Answer { answer } => {
                let answer = self.own_comment(site, answer).await?;
                let to = match answer.and_then(|(answer, ..)| answer.parent) {
                    Some(parent) => author(self, site, parent).await?,
                    None => None,
                };
                (MailKind::Answered, to)
            }
        }))
    }
}

async fn member(store: &Store, id: ModeratorId) -> Result<Option<MailedTo>> {
    let moderator = store.moderator(id).await?;
    Ok(moderator.map(|one| MailedTo::Member(one.name, one.email)))
}

async fn author(store: &Store, site: SiteId, comment: CommentId) -> Result<Option<MailedTo>> {
    let Some((comment, ..)) = store.own_comment(site, comment).await? else {
        return Ok(None);
    };
    let mailbox = store.subscription_of(site, comment.email_key).await?;
    Ok(mailbox.map(|mailbox| MailedTo::Reader(mailbox.email)))
}

/// An address of which only as much is shown as tells whose it is to who knows it: `l…@bao.example`.
#[must_use]
pub fn masked(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((name, host)) => {
            let first: String = name.chars().take(1).collect();
            format!("{first}…@{host}")
        }
        None => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn of_a_masked_address_the_first_letter_and_the_host_are_left() {
        assert_eq!(masked("lan@bao.example"), "l…@bao.example");
        assert_eq!(masked("\"a@b\"@bao.example"), "\"…@bao.example");
        assert_eq!(masked("lan"), "…");
    }
}

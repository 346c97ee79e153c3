//! The signed link of a mail to a member: an invitation, or the way to a new password. Nothing of it is stored but its row, which
//! says until when it counts and that it was used; the mail is made with it when it leaves.

use crate::domain::{LinkId, ModeratorId};
use crate::intake::SealKey;

/// Signs the links of mails to members.
#[derive(Clone)]
pub struct LinkKey(SealKey);

impl LinkKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(SealKey::derive(secret, b"duyet member link v1"))
    }

    /// The link's token: letters, digits, `-` and `_`.
    #[must_use]
    pub fn seal(&self, member: ModeratorId, id: LinkId) -> String {
        self.0.seal(member.0, id.0)
    }

    /// What a token stands for, where it is one of ours.
    #[must_use]
    pub fn open(&self, text: &str) -> Option<(ModeratorId, LinkId)> {
        let (member, id) = self.0.open(text)?;
        Some((ModeratorId(member), LinkId(id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{SiteId, SubscriptionId};
    use crate::intake::MailKey;
    use uuid::Uuid;

    #[test]
    fn a_members_link_is_no_readers_link() {
        let (links, mails) = (LinkKey::derive(b"secret"), MailKey::derive(b"secret"));
        let (member, id) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let link = links.seal(ModeratorId(member), LinkId(id));
        assert_eq!(links.open(&link), Some((ModeratorId(member), LinkId(id))));
        assert_eq!(mails.open(&link), None);
        assert_eq!(
            links.open(&mails.seal(SiteId(member), SubscriptionId(id))),
            None
        );
        assert_eq!(LinkKey::derive(b"another").open(&link), None);
    }
}

//! The signed link of a mail to a reader: who holds it reads that mailbox.

use super::sealed::SealKey;
use crate::domain::{SiteId, SubscriptionId};

/// Signs the links of mails. Another key than that of receipts, so that neither opens the other.
#[derive(Clone)]
pub struct MailKey(SealKey);

impl MailKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(SealKey::derive(secret, b"duyet mail v1"))
    }

    /// The link's token: letters, digits, `-` and `_`.
    #[must_use]
    pub fn seal(&self, site: SiteId, id: SubscriptionId) -> String {
        self.0.seal(site.0, id.0)
    }

    /// The mailbox that a token stands for, where it is one of ours.
    #[must_use]
    pub fn open(&self, text: &str) -> Option<(SiteId, SubscriptionId)> {
        let (site, id) = self.0.open(text)?;
        Some((SiteId(site), SubscriptionId(id)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Receipt, ReceiptKey};
    use super::*;
    use crate::domain::CommentId;
    use uuid::Uuid;

    #[test]
    fn a_mails_link_is_no_receipt_and_a_receipt_no_mails_link() {
        let (mails, receipts) = (MailKey::derive(b"secret"), ReceiptKey::derive(b"secret"));
        let (site, id) = (SiteId(Uuid::max()), Uuid::from_u128(7));
        let link = mails.seal(site, SubscriptionId(id));
        assert_eq!(mails.open(&link), Some((site, SubscriptionId(id))));
        assert_eq!(receipts.open(&link), None);
        let comment = CommentId(id);
        assert_eq!(mails.open(&receipts.seal(Receipt { site, comment })), None);
    }
}

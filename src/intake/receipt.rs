//! The reader's signed link to their own comment.

use super::sealed::SealKey;
use crate::domain::{CommentId, SiteId};

/// Signs receipts. Made from the service's secret for this purpose alone.
#[derive(Clone)]
pub struct ReceiptKey(SealKey);

/// What a receipt stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The site.
    pub site: SiteId,
    /// The comment.
    pub comment: CommentId,
}

impl ReceiptKey {
    /// The key for receipts under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(SealKey::derive(secret, b"duyet receipt v1"))
    }

    /// The receipt as text: letters, digits, `-` and `_`.
    #[must_use]
    pub fn seal(&self, receipt: Receipt) -> String {
        self.0.seal(receipt.site.0, receipt.comment.0)
    }

    /// What a text stands for, where it is a receipt of ours.
    #[must_use]
    pub fn open(&self, text: &str) -> Option<Receipt> {
        let (site, comment) = self.0.open(text)?;
        Some(Receipt {
            site: SiteId(site),
            comment: CommentId(comment),
        })
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    proptest! {
        #[test]
        fn only_what_was_sealed_opens(site in any::<u128>(), comment in any::<u128>(), at in 0usize..48, flip in 1u8..=255) {
            let key = ReceiptKey::derive(b"secret");
            let receipt = Receipt { site: SiteId(Uuid::from_u128(site)), comment: CommentId(Uuid::from_u128(comment)) };
            let text = key.seal(receipt);
            prop_assert_eq!(key.open(&text), Some(receipt));
            prop_assert_eq!(ReceiptKey::derive(b"another").open(&text), None);
            let mut bytes = URL_SAFE_NO_PAD.decode(&text).expect("our own");
            bytes[at] ^= flip;
            prop_assert_eq!(key.open(&URL_SAFE_NO_PAD.encode(bytes)), None);
        }

        #[test]
        fn any_text_may_be_tried(text in any::<String>()) {
            prop_assert_eq!(ReceiptKey::derive(b"secret").open(&text), None);
        }
    }
}

//! The reader's signed link to their own comment.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use crate::domain::{CommentId, SiteId};

/// Half of HMAC-SHA256's output: as many bits as RFC 2104, section 5, asks for at least.
const TAG: usize = 16;

/// Signs receipts. Made from the service's secret for this purpose alone, and kept as HMAC has it once it has read its key.
#[derive(Clone)]
pub struct ReceiptKey(Hmac<Sha256>);

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
        Self::derive_for(secret, b"duyet receipt v1")
    }

    /// A key for another purpose.
    pub(super) fn derive_for(secret: &[u8], purpose: &[u8]) -> Self {
        Self(keyed(&tag(keyed(secret), &[purpose])))
    }

    /// The receipt as text: letters, digits, `-` and `_`.
    #[must_use]
    pub fn seal(&self, receipt: Receipt) -> String {
        let (site, comment) = (receipt.site.0.as_bytes(), receipt.comment.0.as_bytes());
        let tag = tag(self.0.clone(), &[site, comment]);
        URL_SAFE_NO_PAD.encode([&site[..], &comment[..], &tag[..TAG]].concat())
    }

    /// What a text stands for, where it is a receipt of ours. The comparison takes the same time for every wrong tag.
    #[must_use]
    pub fn open(&self, text: &str) -> Option<Receipt> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (site, rest) = bytes.split_at_checked(16)?;
        let (comment, claimed) = rest.split_at_checked(16)?;
        let expected = tag(self.0.clone(), &[site, comment]);
        let same: bool = subtle::ConstantTimeEq::ct_eq(&expected[..TAG], claimed).into();
        same.then_some(Receipt {
            site: SiteId(Uuid::from_slice(site).ok()?),
            comment: CommentId(Uuid::from_slice(comment).ok()?),
        })
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length (RFC 2104)")
}

fn tag(mut mac: Hmac<Sha256>, parts: &[&[u8]]) -> [u8; 32] {
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

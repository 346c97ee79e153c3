//! Signed links to one thing of a site or a member: who holds one may do with it what its owner may.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::keyed::{self, Key};

/// Signs links for one purpose: those of another open nothing here.
#[derive(Clone)]
pub struct SealKey(Key);

impl SealKey {
    /// The key under the service's secret.
    #[must_use]
    pub fn derive(secret: &[u8], purpose: &[u8]) -> Self {
        Self(keyed::derive(secret, purpose))
    }

    /// The link's token: letters, digits, `-` and `_`.
    #[must_use]
    pub fn seal(&self, owner: Uuid, id: Uuid) -> String {
        let (owner, id) = (owner.as_bytes(), id.as_bytes());
        let tag = keyed::tag(&self.0, &[owner, id]);
        URL_SAFE_NO_PAD.encode([&owner[..], &id[..], &tag[..]].concat())
    }

    /// What a text stands for, where it is a token of ours. The comparison takes the same time for every wrong tag.
    #[must_use]
    pub fn open(&self, text: &str) -> Option<(Uuid, Uuid)> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (owner, rest) = bytes.split_at_checked(16)?;
        let (id, claimed) = rest.split_at_checked(16)?;
        let same: bool = keyed::tag(&self.0, &[owner, id]).ct_eq(claimed).into();
        same.then_some((Uuid::from_slice(owner).ok()?, Uuid::from_slice(id).ok()?))
    }
}

//! Signed links to one thing of a site: who holds one may do with it what its owner may.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::keyed::{self, Key};
use crate::domain::SiteId;

/// Signs links for one purpose: those of another open nothing here.
#[derive(Clone)]
pub(super) struct SealKey(Key);

impl SealKey {
    pub(super) fn derive(secret: &[u8], purpose: &[u8]) -> Self {
        Self(keyed::derive(secret, purpose))
    }

    /// The link's token: letters, digits, `-` and `_`.
    pub(super) fn seal(&self, site: SiteId, id: Uuid) -> String {
        let (site, id) = (site.0.as_bytes(), id.as_bytes());
        let tag = keyed::tag(&self.0, &[site, id]);
        URL_SAFE_NO_PAD.encode([&site[..], &id[..], &tag[..]].concat())
    }

    /// What a text stands for, where it is a token of ours. The comparison takes the same time for every wrong tag.
    pub(super) fn open(&self, text: &str) -> Option<(SiteId, Uuid)> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (site, rest) = bytes.split_at_checked(16)?;
        let (id, claimed) = rest.split_at_checked(16)?;
        let same: bool = keyed::tag(&self.0, &[site, id]).ct_eq(claimed).into();
        same.then_some((
            SiteId(Uuid::from_slice(site).ok()?),
            Uuid::from_slice(id).ok()?,
        ))
    }
}

//! The site that a receipt belongs to.

use super::{Face, House};
use crate::domain::SiteId;
use crate::http::problem::{Code, Problem};

impl House {
    /// A site with what comments on it are read by, by its id.
    pub(super) async fn face_of(&self, site: SiteId) -> Result<Face, Problem> {
        // A site keeps its key for good.
        if let Some(key) = self.keys.get(&site) {
            return self.face(&key).await;
        }
        let sites = self.store.sites().await?;
        let found = sites.into_iter().find(|is| is.id == site);
        let key = found.ok_or(Problem::new(Code::ReceiptInvalid))?.key;
        self.keys.insert(site, key.clone());
        self.face(&key).await
    }

    /// For CORS, which cannot wait: whether the receipt's site, remembered from a moment ago, welcomes the origin.
    #[must_use]
    pub fn remembers_holders_welcome(&self, receipt: &str, origin: &str) -> bool {
        let site = self.receipts.open(receipt).map(|receipt| receipt.site);
        let key = site.and_then(|site| self.keys.get(&site));
        key.is_some_and(|key| self.remembers_welcome(&key, origin))
    }

    /// Makes sure that the site of a receipt of ours is remembered.
    pub async fn remember_holders(&self, receipt: &str) {
        if let Some(receipt) = self.receipts.open(receipt) {
            // A database that is away is told by the handler.
            let _ = self.face_of(receipt.site).await;
        }
    }
}

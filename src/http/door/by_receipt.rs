//! The site that a receipt belongs to.

use super::{Face, House, Welcome};
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

    /// Whether the page of `origin` may call, from a browser, about what the receipt is of.
    pub async fn welcome_with(&self, receipt: &str, origin: &str) -> Welcome {
        let Some(receipt) = self.receipts.open(receipt) else {
            return Welcome::No;
        };
        match self.face_of(receipt.site).await {
            Ok(face) if self.welcomes(&face.site, origin) => Welcome::Yes,
            // A database that is away is told by the handler.
            _ => Welcome::No,
        }
    }
}

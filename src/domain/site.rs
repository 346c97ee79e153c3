//! A newspaper's site and the languages spoken to people.

use super::{SiteId, SiteSettings, words};

words! {
    /// A language we speak to people.
    Locale {
        /// Tiếng Việt
        Vi = "vi",
        /// English
        En = "en",
    }
}

words! {
    /// Whose a site's secret is: who proves itself by it. One says nothing for the other.
    SecretOf {
        /// The CMS, which tells of articles and hands in comments.
        Cms = "cms",
        /// The external checker, which answers about comments.
        Checker = "checker",
        /// A client of the Akismet protocol: its key.
        Akismet = "akismet",
    }
}

/// A site whose comments are moderated here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Identifies it in the store.
    pub id: SiteId,
    /// Names it in addresses: 1 to 64 of `a-z 0-9 -`.
    pub key: String,
    /// The newspaper's name.
    pub name: String,
    /// What its readers and pages speak.
    pub locale: Locale,
    /// Where its pages live: `scheme://host[:port]`, lower case, no path.
    pub origins: Vec<String>,
    /// Signs webhooks in both directions (`whsec_…`, Standard Webhooks).
    pub webhook_secret: String,
    /// Stands for the site in the Akismet protocol.
    pub akismet_key: String,
    /// What it chose.
    pub settings: SiteSettings,
}

impl Site {
    /// As long as a secret counts after it was changed, unless it is ended at once: so its owner can be given the new one in peace.
    pub const SECRET_OVERLAP: std::time::Duration = std::time::Duration::from_secs(24 * 3600);

    /// Whether a page at `origin` (as `scheme://host[:port]`) belongs to the site.
    #[must_use]
    pub fn owns_origin(&self, origin: &str) -> bool {
        self.origins.iter().any(|own| own == origin)
    }
}

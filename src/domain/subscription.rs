//! Whether a mailbox may be mailed about decisions.

use super::{SiteId, SubscriptionId, words};

words! {
    /// What is known of a mailbox.
    SubscriptionState {
        /// Somebody typed its address; whoever reads it was asked and has not answered.
        Asked = "asked",
        /// Whoever reads it wants to be told.
        Confirmed = "confirmed",
        /// Whoever reads it wants no mail ever.
        Refused = "refused",
    }
}

/// A mailbox of a site's reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The site.
    pub site: SiteId,
    /// Identifies it.
    pub id: SubscriptionId,
    /// Where mail goes: the address that was asked.
    pub email: String,
    /// What its reader said.
    pub state: SubscriptionState,
}

//! What whoever reads a mailbox may say about mail from us.

use askama::Template;

use crate::domain::SubscriptionState;
use crate::messages::Messages;

/// The page behind a mail's links. It shows no address: whoever has the link reads the mailbox.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/mailbox.html")]
pub struct MailboxPage {
    /// The reader's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// What was said so far.
    pub state: SubscriptionState,
    /// Where yes is sent.
    pub confirm_action: String,
    /// Where never is sent.
    pub never_action: String,
    /// The field by which the form of that is known for the page's own.
    pub from_page: &'static str,
    /// Whether that was said a moment ago.
    pub just: bool,
}

impl MailboxPage {
    fn said(&self, id: &str) -> String {
        let site = self.site_name.as_str();
        self.t.with(id, &[("site", site.into())])
    }

    fn lead(&self) -> String {
        self.said(&format!("mailbox-{}", self.state))
    }
}

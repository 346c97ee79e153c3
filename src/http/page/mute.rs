//! Turning mail about what waits off.

use askama::Template;

use crate::messages::Messages;

/// The page behind a mail's link. It shows no address and no name: whoever has the link reads the mailbox.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/mute.html")]
pub struct MutePage {
    /// The member's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// Whether it is off already.
    pub is_off: bool,
    /// Where the button leads.
    pub action: String,
}

impl MutePage {
    fn ask(&self) -> String {
        let site = self.site_name.as_str();
        self.t.with("off-ask", &[("site", site.into())])
    }
}

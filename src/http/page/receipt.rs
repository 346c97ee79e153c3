//! A reader's own comment: where it stands, and the ways to change it and to take it back.

use askama::Template;

use super::reading::short;
use super::web_link;
use crate::domain::{Instant, Status};
use crate::messages::Messages;

/// A reader's own comment: where it stands, and the way to take it back. Answer it with
/// `X-Robots-Tag: noindex` and `Referrer-Policy: no-referrer` too, its address is a key.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/receipt.html")]
pub struct ReceiptPage {
    /// The reader's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// Where the comment stands.
    pub status: Status,
    /// The name as typed.
    pub name: String,
    /// The text as typed.
    pub body: String,
    /// The article's address: its title is some reader's word that nobody has approved.
    pub article_url: String,
    /// When it was sent.
    pub sent_at: Instant,
    /// When it was decided.
    pub decided_at: Option<Instant>,
    /// Why it was not published, where the newsroom shares that.
    pub reason: Option<String>,
    /// Where the withdraw button posts to; none where there is nothing to withdraw.
    pub withdraw_action: Option<String>,
    /// When its reader changed it last.
    pub edited_at: Option<Instant>,
    /// The form that changes it; none where that is not to be done any more.
    pub editing: Option<EditForm>,
    /// What was typed and could not be kept, where there is no form to show it in any more.
    pub unsaved: Option<Unsaved>,
    /// What was done a moment ago.
    pub notice: Option<ReceiptNotice>,
}

/// The form that changes a comment's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditForm {
    /// Where it is sent.
    pub action: String,
    /// The revision on the page.
    pub revision: i32,
    /// Until when it may be sent.
    pub until: Instant,
    /// The text: as stored, or as typed where something in it is wrong.
    pub body: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// A text that came too late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// As typed.
    pub body: String,
    /// Why it is not kept.
    pub error: String,
}

/// What a reader did a moment ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptNotice {
    /// Took the comment back.
    Withdrawn,
    /// Changed its text.
    Edited,
    /// Sent the text that it has.
    Same,
}

impl ReceiptNotice {
    /// How the page's query says it.
    #[must_use]
    pub const fn query(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Edited => "edited",
            Self::Same => "same",
        }
    }

    /// What the page's query says.
    #[must_use]
    pub fn of_query(query: &str) -> Option<Self> {
        let all = [Self::Withdrawn, Self::Edited, Self::Same];
        all.into_iter().find(|notice| notice.query() == query)
    }
}

impl ReceiptPage {
    /// Spam is told to its sender as any other "not published".
    fn state(&self) -> &'static str {
        match self.status {
            Status::Pending => "pending",
            Status::Approved => "approved",
            Status::Rejected | Status::Spam => "rejected",
            Status::Withdrawn => "withdrawn",
            Status::Erased => "erased",
        }
    }

    fn headline(&self) -> String {
        self.t.get(&format!("receipt-{}", self.state()))
    }

    fn detail(&self) -> String {
        self.t.get(&format!("receipt-{}-detail", self.state()))
    }

    fn told(&self) -> Option<String> {
        self.notice.map(|notice| {
            self.t.get(match notice {
                ReceiptNotice::Withdrawn => "receipt-withdrawn-notice",
                ReceiptNotice::Edited => "receipt-edited-notice",
                ReceiptNotice::Same => "receipt-same-notice",
            })
        })
    }

    fn edit_hint(&self, form: &EditForm) -> String {
        let when = self.t.when(form.until);
        self.t.with("receipt-edit-hint", &[("when", when.into())])
    }

    fn article(&self) -> &str {
        short(&self.article_url)
    }

    fn article_link(&self) -> Option<&str> {
        web_link(&self.article_url)
    }
}

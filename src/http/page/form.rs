//! The form under an article, as first shown and as shown again with what is wrong.

use crate::domain::Site;
use crate::messages::Messages;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// What happened and what to do, in the reader's language.
    pub message: String,
}

/// The box of a site that asks for consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentBox {
    /// Names the text; what the box sends.
    pub version: String,
    /// What stands beside it.
    pub text: String,
    /// Whether the reader ticked it beside this very text. It is never ticked for them.
    pub ticked: bool,
}

impl ConsentBox {
    /// The site's box, where it has one, for a reader who has sent `given` before.
    #[must_use]
    pub fn of(site: &Site, given: Option<&str>) -> Option<Self> {
        let consent = site.settings.consent.as_ref()?;
        Some(Self {
            version: consent.version.clone(),
            text: consent.text.clone(),
            ticked: given == Some(&consent.version),
        })
    }
}

/// A form with what was typed and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentForm {
    /// Where it is sent.
    pub action: String,
    /// The article's address (hidden, unless it is asked for).
    pub article: String,
    /// Whether the reader is asked which article it is about, as the page they came from has not said it.
    pub asks_article: bool,
    /// The article's title (hidden), so that moderators see what a comment is about.
    pub title: Option<String>,
    /// Where the reader goes afterwards (hidden).
    pub return_to: Option<String>,
    /// The comment it answers (hidden).
    pub parent: Option<String>,
    /// *Họ tên*
    pub name: String,
    /// *Email*
    pub email: String,
    /// *Ý kiến của bạn*
    pub body: String,
    /// The email address that was probably meant.
    pub suggestion: Option<String>,
    /// The box to tick, where the site asks for consent.
    pub consent: Option<ConsentBox>,
    /// When the form was shown (hidden).
    pub stamp: Option<String>,
    /// The proof of work that came with it and is not used yet (hidden).
    pub proof: Option<String>,
    /// What fills in what people do not see: kept like everything else, so that sending again tells the same.
    pub website: String,
    /// Whether the box is ticked that asks for a mail; none where the site offers none.
    pub tell: Option<bool>,
    /// What is wrong, in the order of the form.
    pub errors: Vec<FieldError>,
    /// Whether sending it is of any use; otherwise what was typed is there to be copied.
    pub can_be_sent: bool,
}

impl CommentForm {
    /// An empty form that is sent to the site `site`.
    #[must_use]
    pub fn empty(site: &str, article: &str, return_to: &str) -> Self {
        Self {
            action: format!("/api/v1/sites/{site}/comments"),
            article: article.to_owned(),
            return_to: Some(return_to.to_owned()),
            can_be_sent: true,
            ..Self::default()
        }
    }

    /// The question whether another email address was meant.
    #[must_use]
    pub fn asks(&self, t: Messages) -> Option<String> {
        let meant = self.suggestion.as_deref()?;
        Some(t.with("field-meant", &[("suggestion", meant.into())]))
    }

    /// Everything wrong with `field`, one message after the other.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<String> {
        let messages: Vec<&str> = self
            .errors
            .iter()
            .filter(|error| error.field == field)
            .map(|error| error.message.as_str())
            .collect();
        (!messages.is_empty()).then(|| messages.join(" "))
    }
}

impl FieldError {
    /// The field's id on the page, where the reader can reach and mend it.
    #[must_use]
    pub fn anchor(&self) -> Option<&'static str> {
        match self.field.as_str() {
            "article.url" => Some("duyet-article"),
            "name" => Some("duyet-name"),
            "email" => Some("duyet-email"),
            "body" => Some("duyet-body"),
            "consent" => Some("duyet-consent"),
            _ => None,
        }
    }
}

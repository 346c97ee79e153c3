//! The form under an article, as first shown and as shown again with what is wrong.

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// What happened and what to do, in the reader's language.
    pub message: String,
}

/// A form with what was typed and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentForm {
    /// Where it is sent.
    pub action: String,
    /// The article's address (hidden).
    pub article: String,
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
    /// What is wrong, in the order of the form.
    pub errors: Vec<FieldError>,
}

impl CommentForm {
    /// An empty form that is sent to the site `site`.
    #[must_use]
    pub fn empty(site: &str, article: &str, return_to: &str) -> Self {
        Self {
            action: format!("/api/v1/sites/{site}/comments"),
            article: article.to_owned(),
            return_to: Some(return_to.to_owned()),
            ..Self::default()
        }
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
            "name" => Some("duyet-name"),
            "email" => Some("duyet-email"),
            "body" => Some("duyet-body"),
            _ => None,
        }
    }
}

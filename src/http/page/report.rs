//! The page that reports a published comment, and the thanks for it.

use askama::Template;

use super::answer::Refusal;
use super::form::FieldError;
use super::reading::short;
use super::web_link;
use crate::domain::ReportReason;
use crate::messages::Messages;

/// The comment, and the form beneath it.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/report.html")]
pub struct ReportPage {
    /// The reader's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// Where the form is sent.
    pub action: String,
    /// Where the comment stands under its article.
    pub back: String,
    /// The article's address: its title is a reader's word that nobody has approved.
    pub article_url: String,
    /// The comment's author.
    pub name: String,
    /// The comment's text.
    pub body: String,
    /// The reason that was chosen.
    pub reason: Option<ReportReason>,
    /// What was added.
    pub note: String,
    /// Where the reader goes afterwards (hidden).
    pub return_to: Option<String>,
    /// Why it was not taken, where nothing in it is wrong.
    pub refusal: Option<Refusal>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl ReportPage {
    fn error(&self, field: &str) -> Option<&str> {
        let error = self.errors.iter().find(|error| error.field == field);
        error.map(|error| error.message.as_str())
    }

    fn article(&self) -> &str {
        short(&self.article_url)
    }

    fn back_link(&self) -> Option<&str> {
        web_link(&self.back)
    }

    fn by(&self) -> String {
        let name = self.name.as_str();
        self.t.with("report-by", &[("name", name.into())])
    }
}

/// Thanks, and what happens next.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/report_thanks.html")]
pub struct ReportThanksPage {
    /// The reader's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// Where the comment stands under its article.
    pub back: String,
}

impl ReportThanksPage {
    fn lead(&self) -> String {
        let site = self.site_name.as_str();
        self.t.with("report-thanks-lead", &[("site", site.into())])
    }

    fn back_link(&self) -> Option<&str> {
        web_link(&self.back)
    }
}

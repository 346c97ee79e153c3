//! What is published under an article, for whoever reads without scripts, and for search engines.

use askama::Template;

use super::demo::{Notice, PublicCommentView};
use super::form::CommentForm;
use super::web_link;
use crate::messages::Messages;

/// A link to the same comments in another order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingOrder {
    /// The order.
    pub name: &'static str,
    /// Where it is.
    pub href: String,
    /// Whether it is the one that is shown.
    pub is_shown: bool,
}

/// The comments of an article with the plain form beneath.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reading.html")]
pub struct ReadingPage {
    /// The newspaper's language.
    pub t: Messages,
    /// The newspaper's name.
    pub site_name: String,
    /// The path that all of the newspaper's pages here begin with.
    pub site: String,
    /// The article's address. Its title is a reader's word that nobody has approved.
    pub url: String,
    /// How many comments there are in all.
    pub count: usize,
    /// Those that are shown.
    pub comments: Vec<PublicCommentView>,
    /// The orders to choose from; none on a page of one thread's replies.
    pub orders: Vec<ReadingOrder>,
    /// The first page of all comments.
    pub first: String,
    /// Where more are.
    pub next: Option<String>,
    /// Where the feed of these comments is; none where nothing was ever written here.
    pub feed: Option<String>,
    /// The form; none where the article takes no comments.
    pub form: Option<CommentForm>,
    /// Whom the form answers, where it answers somebody who stands here.
    pub answered: Option<String>,
    /// What to tell a reader who comes back from sending.
    pub notice: Option<Notice>,
}

impl ReadingPage {
    /// The address as people read it.
    fn address(&self) -> &str {
        short(&self.url)
    }

    fn title(&self) -> String {
        let address = self.address();
        self.t
            .with("reading-title-of", &[("address", address.into())])
    }

    fn heading(&self) -> String {
        self.t
            .with("reading-count", &[("count", self.count.into())])
    }

    fn article_link(&self) -> Option<&str> {
        web_link(&self.url)
    }

    /// Where the other replies of a thread are.
    fn thread(&self, one: &PublicCommentView) -> String {
        let last = one.replies.last().map_or("", |last| &last.id);
        format!("{}&thread={}&after={last}", self.first, one.id)
    }

    fn more(&self, one: &PublicCommentView) -> String {
        self.t.with("reading-more", &[("count", one.more.into())])
    }
}

/// An address without its scheme.
#[must_use]
pub fn short(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.trim_end_matches('/')
}

//! The API's documentation: an OpenAPI document on one page.

use askama::Template;

use super::api::Api;
use crate::messages::Messages;

/// Renders an OpenAPI document.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/docs.html")]
pub struct DocsPage {
    /// The reader's language; the document's own texts stay as they are.
    pub t: Messages,
    /// The document, made by [`Api::read`].
    pub api: Api,
}

/// A piece of a description: text, or code between backticks.
struct Piece<'a> {
    text: &'a str,
    is_code: bool,
}

/// The paragraphs of a description. Of Markdown only the blank line and the backtick are read;
/// the rest is shown as written.
fn prose(text: &str) -> Vec<Vec<Piece<'_>>> {
    text.split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| {
            paragraph
                .trim()
                .split('`')
                .enumerate()
                .map(|(at, text)| Piece {
                    text,
                    is_code: at % 2 == 1,
                })
                .filter(|piece| !piece.text.is_empty())
                .collect()
        })
        .collect()
}

//! The API's documentation: an OpenAPI document on one page.

use askama::Template;

use super::api::Api;
use crate::http::problem::{Code, Words};
use crate::messages::Messages;

/// Renders an OpenAPI document.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/docs.html")]
pub struct DocsPage {
    /// The reader's language; the document's own texts stay as they are.
    pub t: Messages,
    /// The document, made by [`Api::read`].
    pub api: Api,
    /// Where the service is, as the reader of the page has it.
    pub base: String,
    /// The path of the widget's script that names its content.
    pub pinned: String,
    /// What a page may check that by.
    pub integrity: String,
}

/// A kind of problem, as the page explains it where the `type` of an answer points.
struct Explained {
    slug: &'static str,
    status: u16,
    title: String,
    detail: String,
    /// The same in the words that some are told it in.
    others: Vec<String>,
}

impl DocsPage {
    fn problems(&self) -> Vec<Explained> {
        let explained = |code: &Code| {
            let slug = code.slug();
            let (title, detail) = (
                self.t.get(&format!("problem-{slug}")),
                self.t.get(&format!("problem-{slug}-detail")),
            );
            let others = Words::ALL.iter().filter(|words| words.code() == *code);
            let others =
                others.map(|words| self.t.get(&format!("problem-{}-detail", words.slug())));
            Explained {
                others: others.collect(),
                slug,
                status: code.status().as_u16(),
                title,
                detail,
            }
        };
        Code::ALL.iter().map(explained).collect()
    }
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

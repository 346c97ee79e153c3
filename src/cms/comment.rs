//! A comment that a reader wrote in the CMS's own form.

use core::net::IpAddr;

use serde::Deserialize;
use utoipa::ToSchema;

use super::value::text_or_number;
use crate::domain::{CommentId, Instant};
use crate::intake::{ArticleField, ConsentAnswer, Submission};

/// The article that a comment stands under: by its address, or by what the CMS calls it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentArticle {
    /// Its address.
    #[serde(default)]
    pub url: Option<String>,
    /// What the CMS calls it, where it was told of. An empty one is none.
    #[serde(default, deserialize_with = "text_or_number")]
    pub external_id: Option<String>,
    /// Its title.
    #[serde(default)]
    pub title: Option<String>,
}

/// A comment as the CMS has it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentData {
    /// What it is about.
    pub article: CommentArticle,
    /// The reader's name.
    pub name: String,
    /// The reader's email address.
    pub email: String,
    /// The text: plain text.
    pub body: String,
    /// What the CMS calls the comment: sent again within a day, it is the same one. Webhooks tell of it by that. An empty one is none.
    #[serde(default, deserialize_with = "text_or_number")]
    pub external_id: Option<String>,
    /// The comment it answers, by the id that was answered when that was sent. Where there is none, it stands for itself.
    #[serde(default)]
    pub parent: Option<CommentId>,
    /// When it was written. It stands in the queue by when it came here.
    #[serde(default)]
    pub created_at: Option<Instant>,
    /// The reader's network address, for limits and bans.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "203.0.113.7")]
    pub ip: Option<IpAddr>,
    /// What the reader agreed to, where the site asks for it.
    #[serde(default)]
    pub consent: Option<ConsentAnswer>,
}

impl CommentData {
    /// The same as a reader's own submission, under the article at that address.
    #[must_use]
    pub fn submission(self, url: String) -> Submission {
        Submission {
            article: ArticleField {
                url,
                title: self.article.title,
            },
            name: self.name,
            email: self.email,
            body: self.body,
            parent: self.parent,
            consent: self.consent,
            tell: false,
            challenge: None,
            stamp: None,
            website: None,
        }
    }
}

//! What a newspaper's CMS sends: whether it is from there ([`verify`]), and what it says ([`Envelope`] in our own form,
//! [`read_foreign`] in others'). Pure: the time is handed in, and nothing is looked up.

mod article;
mod comment;
mod delivery;
mod foreign;
mod kind;
mod place;
mod scheme;
mod value;

pub use article::{ArticleData, Judged, MOST_NAME, name, of_address, read_article};
pub use comment::{CommentArticle, CommentData};
pub use delivery::{Delivery, Proof, SignatureFault, TOLERANCE};
pub use foreign::{Told, read_foreign};
pub use kind::Kind;
pub use scheme::{is_claimed, verify};
pub use value::as_name;

use serde::Deserialize;

use crate::domain::Instant;

/// A message in the form of Standard Webhooks, once its `type` has said what its data are.
#[derive(Debug, Deserialize)]
pub struct Envelope<T> {
    /// When it happened.
    pub timestamp: Instant,
    /// The rest.
    pub data: T,
}

//! Comments that say the same.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::CommentId;

/// Comments of the last day that say the same, or nearly, with the one that it was found for: how many there are, and what
/// they span. People and places are counted among the newest hundred of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Cluster {
    /// The first of them. It names the cluster.
    pub first: CommentId,
    /// How many comments.
    #[schema(example = 5)]
    pub comments: u32,
    /// From how many different emails.
    #[schema(example = 3)]
    pub emails: u32,
    /// From how many different network addresses, as far as they are known.
    #[schema(example = 2)]
    pub addresses: u32,
    /// Under how many different articles.
    #[schema(example = 4)]
    pub articles: u32,
}

//! Who has a comment on their screen.

use super::{CommentId, Instant, ModeratorId, SiteId};

/// A short lease on a comment that is on a moderator's screen. It stops nobody from deciding: it is what colleagues see, so
/// that two do not read the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The comment's site.
    pub site: SiteId,
    /// The comment.
    pub comment: CommentId,
    /// Whose screen.
    pub moderator: ModeratorId,
    /// Their name, for colleagues.
    pub name: String,
    /// When it runs out unless renewed.
    pub until: Instant,
}

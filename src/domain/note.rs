//! What moderators tell each other about a comment.

use super::{Instant, NoteId};

/// A word to colleagues. It never leaves the newsroom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Identifies it; rises with time.
    pub id: NoteId,
    /// Who wrote it.
    pub by: String,
    /// What.
    pub text: String,
    /// When.
    pub at: Instant,
}

//! Words that a site's editors hold or allow by themselves, on top of the rule packs.

use super::{Category, Instant, SiteId, WordId, words};

words! {
    /// What a word of a site does.
    WordKind {
        /// Holds comments that have it.
        Hold = "hold",
        /// Takes away what word rules see inside it.
        Allow = "allow",
    }
}

words! {
    /// Whether a word counts.
    WordState {
        /// It is being tried: it shows in back-tests and nowhere else.
        Draft = "draft",
        /// It counts for every new comment.
        Live = "live",
    }
}

/// A word or phrase of one site.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteWord {
    /// Which one.
    pub id: WordId,
    /// Whose.
    pub site: SiteId,
    /// As the editor typed it.
    pub word: String,
    /// As it is looked for; a site has each once.
    pub normal: String,
    /// What it does.
    pub kind: WordKind,
    /// What kind of trouble it is, where it holds.
    pub category: Option<Category>,
    /// What each place adds to the score, where it holds.
    pub weight: f32,
    /// Whether it counts.
    pub state: WordState,
    /// A word to colleagues.
    pub note: Option<String>,
    /// Who added it.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

//! A comment, and where it stands.

use super::{ArticleId, CommentId, Instant, Lane, SiteId, words};

words! {
    /// Where a comment stands.
    Status {
        /// Waits for a moderator.
        Pending = "pending",
        /// Public.
        Approved = "approved",
        /// Not published.
        Rejected = "rejected",
        /// Not published, and an advertisement or a robot's.
        Spam = "spam",
        /// Taken back by its reader.
        Withdrawn = "withdrawn",
        /// Text and author removed for good.
        Erased = "erased",
    }
}

words! {
    /// Where a comment came from that the newspaper shows by itself.
    Source {
        /// By the Akismet protocol: its text stands in the newspaper's own system.
        Akismet = "akismet",
    }
}

/// What was accepted from a reader, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// The site it was written on.
    pub site: SiteId,
    /// Identifies it; rises with time.
    pub id: CommentId,
    /// The article it stands under.
    pub article: ArticleId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The reader's name as typed, in NFC.
    pub name: String,
    /// The reader's email as typed.
    pub email: String,
    /// The email's normalised key, for counts and bans.
    pub email_key: String,
    /// The name's folded key, for search and bans. Empty where an older version took the comment in and nobody has filled
    /// it in yet.
    pub name_key: String,
    /// The text as typed, in NFC, lines ended by `\n`.
    pub body: String,
    /// Where it stands.
    pub status: Status,
    /// Where it waits, or waited.
    pub lane: Lane,
    /// The sum of its evidence's weights, capped by category.
    pub score: f32,
    /// Starts at 1 and grows by one with each change.
    pub revision: i32,
    /// Hash of the rules that judged it.
    pub rules_version: String,
    /// When it arrived.
    pub created_at: Instant,
    /// When its reader changed it last.
    pub edited_at: Option<Instant>,
    /// When its status was decided last.
    pub decided_at: Option<Instant>,
    /// What its reader agreed to, where the site asked for it.
    pub consent: Option<Agreed>,
    /// Whether its reader asked to be mailed when it is decided.
    pub tell: bool,
    /// The network that it came from (a /24 of IPv4, a /48 of IPv6), while the site keeps that. Editors see it, nobody else.
    pub network: Option<String>,
    /// Where it came from, unless from a reader straight to us. Such a comment is shown elsewhere, and never in our own lists.
    pub source: Option<Source>,
}

/// A reader's consent, as it is kept for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// The version of the text that they agreed to.
    pub version: String,
    /// When.
    pub at: Instant,
}

//! How far a member was told of what waits on a site.

use super::Instant;

/// How far a member was told. What is told is numbered (`ordinary_to`, `urgent_to`), so that no clock decides it; clocks decide only
/// when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Telling {
    /// They were told of everything up to this number.
    pub ordinary_to: i64,
    /// The same of what is urgent, which is numbered by itself.
    pub urgent_to: i64,
    /// When they were mailed, as far back as the hour's ceiling asks.
    pub told: Vec<Instant>,
    /// When they were mailed about what is urgent alone.
    pub alerted: Vec<Instant>,
    /// Whether something waited for longer than was promised when that was looked at last.
    pub is_late: bool,
    /// Since when the newest waited of those that they were reminded of.
    pub reminded_of: Option<Instant>,
    /// Counts the changes.
    pub revision: i64,
}

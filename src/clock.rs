//! The clock, which only the edge of the service reads.

use crate::domain::Instant;

/// Now.
#[must_use]
pub fn now() -> Instant {
    jiff::Timestamp::now().into()
}

/// A clock that is handed to who works by time alone, so that tests bring their own.
pub type Clock = std::sync::Arc<dyn Fn() -> Instant + Send + Sync>;

/// The system's.
#[must_use]
pub fn system() -> Clock {
    std::sync::Arc::new(now)
}

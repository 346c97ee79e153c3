//! The clock, which only the edge of the service reads.

use crate::domain::Instant;

/// Now.
#[must_use]
pub fn now() -> Instant {
    jiff::Timestamp::now().into()
}

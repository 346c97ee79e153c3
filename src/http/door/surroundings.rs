//! What is known around a comment, whether it is new or edited: how much comes from where, and what says the same.

use super::{Asker, House};
use crate::domain::Instant;
use crate::http::problem::Problem;
use crate::intake::{Arrival, Counted, Counts, Repeats};
use crate::rules::Context;

impl House {
    /// Counts a comment to its address, email and article, unless its address has reached its ceiling.
    pub(super) fn arrive(
        &self,
        arrival: &Arrival<'_>,
        asker: Option<Asker>,
        now: Instant,
    ) -> Result<(Counts, Counted), Problem> {
        let ceiling = asker.and_then(|asker| asker.ceiling);
        let taken = self.arrivals.arrive(arrival, ceiling, now);
        taken.map_err(|too_many| Problem::too_many(too_many.wait))
    }
}

/// What the rules are told of it.
pub(super) fn around(counts: Counts, repeats: Repeats) -> Context<'static> {
    Context {
        same_text: repeats.same,
        near_text: repeats.near,
        from_address: counts.from_address,
        from_address_here: counts.from_address_here,
        from_email: counts.from_email,
        on_article: counts.on_article,
        ..Context::default()
    }
}

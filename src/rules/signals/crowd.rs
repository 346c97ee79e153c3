//! Much at once from one place.

use super::Feature;
use crate::rules::Context;

/// How many other comments came from there of late; counted by whoever keeps comments. Nothing for other features.
#[must_use]
pub const fn count(feature: Feature, context: Context) -> u32 {
    match feature {
        Feature::FromAddress => context.from_address,
        Feature::FromAddressHere => context.from_address_here,
        Feature::FromEmail => context.from_email,
        Feature::OnArticle => context.on_article,
        _ => 0,
    }
}

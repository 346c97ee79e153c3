//! The same text again, or nearly.

use super::Feature;
use crate::domain::{Cluster, CommentId};
use crate::rules::Context;

/// The comments that a feature counts, where it counts those that say the same; found by whoever keeps comments.
#[must_use]
pub const fn cluster(feature: Feature, context: &Context<'_>) -> Option<Cluster> {
    match feature {
        Feature::SameText
        | Feature::SameTextEmails
        | Feature::SameTextAddresses
        | Feature::SameTextArticles => context.same_text,
        Feature::NearText
        | Feature::NearTextEmails
        | Feature::NearTextAddresses
        | Feature::NearTextArticles => context.near_text,
        _ => None,
    }
}

/// How many other comments say the same, or from how many emails, addresses and articles they come with this one.
#[must_use]
pub fn count(feature: Feature, context: Context<'_>) -> u32 {
    let Some(cluster) = cluster(feature, &context) else {
        return 0;
    };
    match feature {
        Feature::SameText | Feature::NearText => cluster.comments.saturating_sub(1),
        Feature::SameTextEmails | Feature::NearTextEmails => cluster.emails,
        Feature::SameTextAddresses | Feature::NearTextAddresses => cluster.addresses,
        Feature::SameTextArticles | Feature::NearTextArticles => cluster.articles,
        _ => 0,
    }
}

/// The clusters of a text of which nothing is known but so many of what a feature counts.
#[must_use]
pub fn only(feature: Feature, number: u32) -> (Option<Cluster>, Option<Cluster>) {
    let mut cluster = Cluster {
        first: CommentId(uuid::Uuid::nil()),
        comments: 2,
        emails: 1,
        addresses: 1,
        articles: 1,
    };
    match feature {
        Feature::SameText | Feature::NearText => cluster.comments = number.saturating_add(1),
        Feature::SameTextEmails | Feature::NearTextEmails => cluster.emails = number,
        Feature::SameTextAddresses | Feature::NearTextAddresses => cluster.addresses = number,
        Feature::SameTextArticles | Feature::NearTextArticles => cluster.articles = number,
        _ => return (None, None),
    }
    match feature {
        Feature::SameText
        | Feature::SameTextEmails
        | Feature::SameTextAddresses
        | Feature::SameTextArticles => (Some(cluster), None),
        _ => (None, Some(cluster)),
    }
}

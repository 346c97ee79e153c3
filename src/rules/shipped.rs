//! The packs that come with the program.

use super::pack::PackSource;

macro_rules! packs {
    ($($file:literal)+) => {
        &[$((concat!("rules/", $file), include_str!(concat!("../../rules/", $file)))),+]
    };
}

const SHIPPED: &[(&str, &str)] = packs! {
    "policy.toml"
    "email/email.toml"
    "en/hate.toml"
    "en/insult.toml"
    "en/private.toml"
    "en/profanity.toml"
    "en/sexual.toml"
    "en/threat.toml"
    "names/names.toml"
    "spam/adult.toml"
    "spam/betting.toml"
    "spam/contact.toml"
    "spam/disguise.toml"
    "spam/flood.toml"
    "spam/fraud.toml"
    "spam/investment.toml"
    "spam/jobs.toml"
    "spam/links.toml"
    "spam/loans.toml"
    "spam/offers.toml"
    "spam/posing.toml"
    "spam/prizes.toml"
    "spam/promotion.toml"
    "spam/repeat.toml"
    "spam/robots.toml"
    "spam/shape.toml"
    "spam/wares.toml"
    "vi/hate.toml"
    "vi/insult.toml"
    "vi/private.toml"
    "vi/profanity.toml"
    "vi/sexual.toml"
    "vi/threat.toml"
};

/// The packs and the policy compiled into the program, as `rules/` holds them.
#[must_use]
pub fn shipped() -> Vec<PackSource> {
    SHIPPED.iter().map(source).collect()
}

/// The shipped policy, for packs that bring none.
pub(super) fn policy() -> PackSource {
    source(&SHIPPED[0])
}

fn source((file, text): &(&str, &str)) -> PackSource {
    PackSource {
        file: (*file).to_owned(),
        text: (*text).to_owned(),
    }
}

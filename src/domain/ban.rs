//! Whose comments a newspaper does not want.

use super::{BanId, Instant, SiteId, words};

words! {
    /// What a ban goes by.
    BanKind {
        /// The author's email, by its normalised key.
        Email = "email",
        /// The author's name, whole, or a pattern of it.
        Name = "name",
        /// A range of network addresses.
        Address = "address",
    }
}

impl BanKind {
    /// What evidence calls its rule.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Email => "ban.email",
            Self::Name => "ban.name",
            Self::Address => "ban.address",
        }
    }

    /// The kind of ban that evidence calls so.
    #[must_use]
    pub fn of_rule(rule: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.rule() == rule)
    }
}

/// A ban, in force or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    /// Which one.
    pub id: BanId,
    /// On which site.
    pub site: SiteId,
    /// What it goes by.
    pub kind: BanKind,
    /// The email or name as an editor typed it; an address range in its one spelling.
    pub pattern: String,
    /// What is compared: the email's key, the folded name with its `*`, the range.
    pub key: String,
    /// Why, for colleagues.
    pub reason: String,
    /// Until when; for good without.
    pub expires_at: Option<Instant>,
    /// Who banned.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
    /// Who lifted it.
    pub lifted_by: Option<String>,
    /// When.
    pub lifted_at: Option<Instant>,
}

impl Ban {
    /// Whether it is in force then.
    #[must_use]
    pub fn holds_at(&self, at: Instant) -> bool {
        self.lifted_at.is_none() && self.expires_at.is_none_or(|end| at < end)
    }
}

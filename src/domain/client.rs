//! What is told of comments that a program of the newspaper hands on.

use super::words;

words! {
    /// What a form of ours would not have taken. Such a program has no way to tell its reader, so the comment waits with that said.
    ClientFault {
        /// The name, which is mended or missing.
        Name = "name",
        /// The email, which is none.
        Email = "email",
        /// The text: nothing, cut at its end, or with characters that are not seen.
        Text = "text",
        /// The page, which is not on the site's addresses.
        Page = "page",
    }
}

/// Begins the name of what is told as evidence.
const RULES: &str = "akismet.";

impl ClientFault {
    /// What it is called as evidence.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Name => "akismet.name",
            Self::Email => "akismet.email",
            Self::Text => "akismet.text",
            Self::Page => "akismet.page",
        }
    }

    /// The fault of which evidence tells.
    #[must_use]
    pub fn of_rule(rule: &str) -> Option<Self> {
        rule.strip_prefix(RULES)?.parse().ok()
    }
}

words! {
    /// What people of the newspaper's said of a comment there.
    ClientReport {
        /// It is an advertisement or a robot's.
        Spam = "spam",
        /// It is none.
        Ham = "ham",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_names_its_fault() {
        for fault in ClientFault::ALL {
            assert_eq!(ClientFault::of_rule(fault.rule()), Some(*fault));
        }
        assert_eq!(ClientFault::of_rule("ban.name"), None);
    }
}

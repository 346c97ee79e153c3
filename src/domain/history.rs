//! Who did something, and from where, as the newspaper's history keeps it.

use super::{Actor, Instant, words};

words! {
    /// The way by which somebody did something.
    Via {
        /// At the dashboard, signed in.
        Session = "session",
        /// By the API, with a bearer token.
        Token = "token",
        /// At the page where one signs in.
        SignIn = "sign_in",
        /// By a link that was mailed to them.
        Link = "link",
        /// On the service's own command line.
        CommandLine = "command_line",
    }
}

words! {
    /// What the history can be narrowed to.
    HistoryKind {
        /// What was decided on comments, by people and by rules, and what their readers did with them.
        Decisions = "decisions",
        /// Bans made and lifted.
        Bans = "bans",
        /// A site's words, and other changes of what its rules see.
        Words = "words",
        /// Articles opened, closed, left to a person.
        Articles = "articles",
        /// Members and their accounts: rights, passwords, second steps, who signed in and who could not.
        Members = "members",
        /// Sites and their settings.
        Settings = "settings",
    }
}

/// Who did something about an account, when, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Who.
    pub by: Actor,
    /// Their network address, as far as it is known.
    pub address: Option<String>,
    /// Their browser, in a few words of ours.
    pub browser: Option<String>,
    /// When.
    pub at: Instant,
}

impl Trace {
    /// What whoever runs the service does on its command line.
    #[must_use]
    pub fn of_operator(at: Instant) -> Self {
        Self {
            by: Actor::Operator,
            address: None,
            browser: None,
            at,
        }
    }
}

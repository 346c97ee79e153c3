//! Who may decide, and who did.

use std::collections::{BTreeMap, BTreeSet};

use super::{Instant, Locale, ModeratorId, SiteId, Via, words};

words! {
    /// What a member of the paper may do; each includes the ones before it.
    Role {
        /// Decides on comments.
        Moderator = "moderator",
        /// Also changes rules, bans and articles.
        Editor = "editor",
        /// Also changes sites and members.
        Admin = "admin",
    }
}

words! {
    /// What a link that was mailed to a member is for.
    LinkKind {
        /// To join: it sets their name and first password.
        Invitation = "invitation",
        /// To set another password, where the old one is forgotten.
        Reset = "reset",
    }
}

/// A member of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderator {
    /// Identifies them in the store.
    pub id: ModeratorId,
    /// Where their mail goes.
    pub email: String,
    /// Shown to colleagues.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The sites they are bound to; none means all.
    pub sites: Vec<SiteId>,
    /// The sections of a site that they are bound to, by their names. A site of theirs that is not in it is theirs whole.
    pub sections: BTreeMap<SiteId, BTreeSet<String>>,
    /// The language of the pages and mails they get; none where they have not said.
    pub locale: Option<Locale>,
    /// Since when they may not come in; none for who may.
    pub disabled_at: Option<Instant>,
}

impl Moderator {
    /// Whether some of `site` is theirs to work on.
    #[must_use]
    pub fn covers(&self, site: SiteId) -> bool {
        self.sites.is_empty() || self.sites.contains(&site)
    }

    /// Whether all of `site` is theirs, every section and what has none.
    #[must_use]
    pub fn covers_whole(&self, site: SiteId) -> bool {
        self.covers(site) && !self.sections.contains_key(&site)
    }

    /// Whether every site is theirs, also those that will be added.
    #[must_use]
    pub fn covers_all(&self) -> bool {
        self.sites.is_empty()
    }
}

/// Who moves a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A member of the paper.
    Moderator {
        /// Who.
        id: ModeratorId,
        /// The name shown to colleagues, kept with the decision.
        name: String,
        /// How they came.
        via: Via,
    },
    /// The rule of that id, when the comment arrived.
    Rule(String),
    /// The site's model, when the comment arrived: where an admin lets it.
    Model,
    /// The reader who wrote it.
    Reader,
    /// A program of the newspaper that speaks the Akismet protocol: somebody has told it so there. It decides on comments that it
    /// brought, which are shown there and not here.
    Client,
    /// Whoever runs the service, on its command line; decides on no comment.
    Operator,
    /// The newspaper's CMS, by what it sends; decides on no comment.
    Cms,
    /// Somebody who has not proved who they are; decides on nothing.
    Stranger,
}

impl Actor {
    /// The kinds of those who are no member.
    pub const KINDS: [&str; 7] = [
        "rule", "model", "reader", "client", "cms", "operator", "stranger",
    ];

    /// The kind, as stored and shown: `moderator`, `rule`, `model`, `reader`, `client`, `operator`, `cms`, `stranger`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Moderator { .. } => "moderator",
            Self::Rule(_) => "rule",
            Self::Model => "model",
            Self::Reader => "reader",
            Self::Client => "client",
            Self::Operator => "operator",
            Self::Cms => "cms",
            Self::Stranger => "stranger",
        }
    }

    /// Who, for people.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Moderator { name, .. } => name,
            Self::Rule(rule) => rule,
            Self::Model => "model",
            Self::Reader => "reader",
            Self::Client => "Akismet",
            Self::Operator => "command line",
            Self::Cms => "cms",
            Self::Stranger => "stranger",
        }
    }

    /// The member, where it is one.
    #[must_use]
    pub const fn member(&self) -> Option<ModeratorId> {
        match self {
            Self::Moderator { id, .. } => Some(*id),
            Self::Rule(_)
            | Self::Model
            | Self::Reader
            | Self::Client
            | Self::Operator
            | Self::Cms
            | Self::Stranger => None,
        }
    }

    /// The way they came, where somebody came.
    #[must_use]
    pub const fn via(&self) -> Option<Via> {
        match self {
            Self::Moderator { via, .. } => Some(*via),
            Self::Operator => Some(Via::CommandLine),
            Self::Stranger => Some(Via::SignIn),
            Self::Rule(_) | Self::Model | Self::Reader | Self::Client | Self::Cms => None,
        }
    }
}

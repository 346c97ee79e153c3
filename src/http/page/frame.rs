//! What stands around every page of the dashboard: whose it is, and the way to the others.

use crate::domain::Role;
use crate::messages::Messages;
use crate::store::MailTrouble;

/// A page of the dashboard that the navigation leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What waits, and what was decided.
    Queue,
    /// Where readers write.
    Articles,
    /// Who writes.
    Authors,
    /// Whose comments are not wanted.
    Bans,
    /// What is looked for.
    Rules,
    /// What it came to.
    Numbers,
    /// What was done.
    History,
    /// What a site chose.
    Settings,
    /// What leaves by mail, and what could not.
    Outbox,
    /// Who else is told what happens.
    Webhooks,
    /// Who works here.
    Members,
    /// One's own account.
    Account,
}

impl Place {
    /// All of them, in the order of the navigation.
    pub const ALL: [Self; 12] = [
        Self::Queue,
        Self::Articles,
        Self::Authors,
        Self::Bans,
        Self::Rules,
        Self::Numbers,
        Self::History,
        Self::Settings,
        Self::Outbox,
        Self::Webhooks,
        Self::Members,
        Self::Account,
    ];

    /// Its path.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Queue => "/queue",
            Self::Articles => "/articles",
            Self::Authors => "/authors",
            Self::Bans => "/bans",
            Self::Rules => "/rules",
            Self::Numbers => "/numbers",
            Self::History => "/history",
            Self::Settings => "/settings",
            Self::Outbox => "/outbox",
            Self::Webhooks => "/webhooks",
            Self::Members => "/members",
            Self::Account => "/account",
        }
    }

    /// The least that somebody must be to be led there.
    #[must_use]
    pub const fn least(self) -> Role {
        match self {
            Self::Queue
            | Self::Articles
            | Self::Authors
            | Self::Bans
            | Self::Rules
            | Self::Numbers
            | Self::History
            | Self::Account => Role::Moderator,
            Self::Settings | Self::Outbox | Self::Webhooks => Role::Editor,
            Self::Members => Role::Admin,
        }
    }

    /// The message of its name.
    const fn label(self) -> &'static str {
        match self {
            Self::Queue => "place-queue",
            Self::Articles => "place-articles",
            Self::Authors => "place-authors",
            Self::Bans => "place-bans",
            Self::Rules => "place-rules",
            Self::Numbers => "place-numbers",
            Self::History => "place-history",
            Self::Settings => "place-settings",
            Self::Outbox => "place-outbox",
            Self::Webhooks => "place-webhooks",
            Self::Members => "place-members",
            Self::Account => "place-account",
        }
    }
}

/// The frame around a page of the dashboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// The name of who is signed in.
    pub moderator: String,
    /// What they may do.
    pub role: Role,
    /// Guards the page's forms against posts from elsewhere.
    pub csrf: String,
    /// Which page it is.
    pub place: Place,
    /// What keeps mails from leaving; nobody but editors and admins is told.
    pub mail: MailTrouble,
    /// Webhooks that stopped by themselves: the site's key and the address; told to editors and admins alone.
    pub stopped_hooks: Vec<(String, String)>,
}

impl Desk {
    /// What is wrong with mail, and what the mail server said.
    pub(super) fn mail_text(&self, t: Messages) -> Option<(String, String, &str)> {
        let told = |what: &str, why: &str| (t.get(what), t.get(why));
        if let Some(words) = &self.mail.fault {
            let (what, why) = told("mail-stopped", "mail-stopped-why");
            return Some((what, why, words));
        }
        let words = self.mail.delay.as_ref()?;
        let count = [("count", self.mail.late.into())];
        Some((t.with("mail-late", &count), t.get("mail-late-why"), words))
    }

    /// How many mails somebody must look after, on the way to the page that lists them.
    fn stuck(&self, place: Place) -> i64 {
        match place {
            Place::Outbox => self.mail.late + self.mail.dead,
            _ => 0,
        }
    }

    /// How many webhooks have stopped, in words; nothing where none has.
    pub(super) fn stopped_text(&self, t: Messages) -> Option<String> {
        let count = self.stopped_hooks.len();
        (count > 0).then(|| t.with("webhooks-stopped", &[("count", count.into())]))
    }

    /// The pages that they may go to: path, name, how many mails are stuck there, and whether it is this one.
    pub(super) fn ways(&self, t: Messages) -> Vec<(&'static str, String, i64, bool)> {
        Place::ALL
            .into_iter()
            .filter(|place| self.role >= place.least())
            .map(|place| {
                let name = t.get(place.label());
                (place.path(), name, self.stuck(place), place == self.place)
            })
            .collect()
    }
}

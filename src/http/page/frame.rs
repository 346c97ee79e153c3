//! What stands around every page of the dashboard: whose it is, and the way to the others.

use crate::domain::{Lane, Role};
use crate::messages::Messages;
use crate::store::{GivenUp, SendingTrouble};

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
    /// What leaves the house, and what could not.
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

    /// The one that a path belongs to.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let is_its = |place: &Self| {
            let rest = path.strip_prefix(place.path());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        };
        Self::ALL.into_iter().find(is_its)
    }

    /// Whether it is about whole sites, and nothing for who has sections alone.
    const fn is_of_whole_sites(self) -> bool {
        matches!(self, Self::Settings | Self::Webhooks)
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
    /// Whether they have no site whole, but sections alone.
    pub has_sections_alone: bool,
    /// Guards the page's forms against posts from elsewhere.
    pub csrf: String,
    /// Which page it is.
    pub place: Place,
    /// What keeps things from leaving; nobody but editors and admins is told.
    pub sending: SendingTrouble,
    /// Webhooks that stopped by themselves: the site's key and the address; told to editors and admins alone.
    pub stopped_hooks: Vec<(String, String)>,
    /// What models decide by themselves no more: the site's key and name, and the lane; told to admins alone.
    pub stopped_models: Vec<(String, String, Lane)>,
}

impl Desk {
    /// What models decide by themselves no more, a banner for each: what, and the site's key.
    pub(super) fn stopped_model_texts(&self, t: Messages) -> Vec<(String, String)> {
        let stopped = self.stopped_models.iter();
        stopped
            .map(|(site, name, lane)| {
                let id = match lane {
                    Lane::LikelyFine => "model-stopped-fine",
                    Lane::Look | Lane::LikelyBad => "model-stopped-bad",
                };
                (t.with(id, &[("name", name.as_str().into())]), site.clone())
            })
            .collect()
    }

    /// What cannot leave, a banner for each: what is wrong, what that means, what the other side said, and the message of the way to it.
    pub(super) fn sending_texts(&self, t: Messages) -> Vec<(String, String, String, &'static str)> {
        let unanswered = given_up_text(t, "unanswered", &self.sending.unanswered);
        let untold = given_up_text(t, "untold", &self.sending.untold);
        [self.mail_text(t), unanswered, untold]
            .into_iter()
            .flatten()
            .collect()
    }

    fn mail_text(&self, t: Messages) -> Option<(String, String, String, &'static str)> {
        let see = "mail-stopped-see";
        if let Some(why) = &self.sending.fault {
            let words = t.kept(why);
            let (what, why) = (t.get("mail-stopped"), t.get("mail-stopped-why"));
            return Some((what, why, words, see));
        }
        let words = t.kept(self.sending.delay.as_deref()?);
        let count = [("count", self.sending.late.into())];
        let what = t.with("mail-late", &count);
        Some((what, t.get("mail-late-why"), words, see))
    }

    /// How much somebody must look after, on the way to the page that lists it.
    fn stuck(&self, place: Place) -> i64 {
        let sending = &self.sending;
        match place {
            Place::Outbox => {
                sending.late + sending.dead + sending.unanswered.count + sending.untold.count
            }
            _ => 0,
        }
    }

    /// How many webhooks have stopped, in words; nothing where none has.
    pub(super) fn stopped_text(&self, t: Messages) -> Option<String> {
        let count = self.stopped_hooks.len();
        (count > 0).then(|| t.with("webhooks-stopped", &[("count", count.into())]))
    }

    /// The pages that they may go to: path, name, how much is stuck there, and whether it is this one.
    pub(super) fn ways(&self, t: Messages) -> Vec<(&'static str, String, i64, bool)> {
        Place::ALL
            .into_iter()
            .filter(|place| self.role >= place.least())
            .filter(|place| !(self.has_sections_alone && place.is_of_whole_sites()))
            .map(|place| {
                let name = t.get(place.label());
                (place.path(), name, self.stuck(place), place == self.place)
            })
            .collect()
    }
}

fn given_up_text(
    t: Messages,
    id: &'static str,
    given_up: &GivenUp,
) -> Option<(String, String, String, &'static str)> {
    (given_up.count > 0).then(|| {
        let what = t.with(id, &[("count", given_up.count.into())]);
        let why = t.get(&format!("{id}-why"));
        let words = t.kept(given_up.why.as_deref().unwrap_or_default());
        (what, why, words, "given-up-see")
    })
}

//! What people and rules did, newest first: the events of sites, and those of members' accounts.
//!
//! A page looks through no more than so many events of each, whatever it is narrowed to; what lies behind them is on the next
//! page, which may have fewer rows than asked for.

mod acts;
mod members;
mod rows;

#[cfg(test)]
pub(super) use acts::{IS_ACT, IS_NO_ARRIVAL};

use uuid::Uuid;

use super::db::Db;
use super::error::Result;
use super::types::first_at;
use super::{Scope, Store};
use crate::domain::{
    ArticleId, CommentId, EventId, HistoryKind, Instant, ModeratorId, SiteId, Via,
};

/// As many events as one page looks through in a site, and in what happened to members: a few milliseconds.
const LOOKED_THROUGH: i64 = 20_000;

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A member, with the name that older events know them by.
    Member(ModeratorId, String),
    /// All of a kind of actors: `rule`, `reader`, `operator` and so on.
    Kind(&'static str),
}

/// Whose accounts somebody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeenMembers {
    /// Everybody's, and what strangers tried.
    All,
    /// Those.
    These(Vec<ModeratorId>),
    /// Nobody's.
    Nobody,
}

/// What of the history to list.
#[derive(Debug, Clone, Default)]
pub struct HistoryFilter {
    /// Only of that kind.
    pub kind: Option<HistoryKind>,
    /// Only what they did.
    pub who: Option<Who>,
    /// Only what was done about that comment.
    pub comment: Option<CommentId>,
    /// Only from then on.
    pub from: Option<Instant>,
    /// Only before then.
    pub to: Option<Instant>,
    /// Only before that one.
    pub before: Option<EventId>,
    /// As many at the most.
    pub limit: usize,
}

impl HistoryFilter {
    /// The identifiers between which all lies that fits its dates and its place: from, and up to but without.
    fn bounds(&self) -> (EventId, EventId) {
        let from = self.from.map_or(Uuid::nil(), first_at);
        let to = self.to.map_or(Uuid::max(), first_at);
        let before = self.before.map_or(Uuid::max(), |id| id.0);
        (EventId(from), EventId(to.min(before)))
    }

    fn most(&self) -> i64 {
        i64::try_from(self.limit + 1).unwrap_or(i64::MAX)
    }
}

/// The comment that something was done about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Who wrote it.
    pub name: String,
    /// Their email as it was typed.
    pub email: String,
    /// The article.
    pub article: ArticleId,
    /// Its title, where it is known.
    pub title: Option<String>,
    /// Its address.
    pub url: String,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEntry {
    /// Identifies it; rises with time.
    pub id: EventId,
    /// On which site; none for what concerns members.
    pub site: Option<SiteId>,
    /// What: `comment.approved`, `ban_added`, `sign_in.done`, …
    pub kind: String,
    /// When; of what was gathered, the first.
    pub at: Instant,
    /// How often, and when last, where attempts were gathered.
    pub times: (i32, Instant),
    /// `moderator`, or one of [`Actor::KINDS`](crate::domain::Actor::KINDS).
    pub actor_kind: String,
    /// The member, where that is known.
    pub actor_id: Option<ModeratorId>,
    /// Their name then, the rule's id, or `reader`.
    pub actor_name: String,
    /// How they came.
    pub via: Option<Via>,
    /// From which network address.
    pub address: Option<String>,
    /// By what browser.
    pub browser: Option<String>,
    /// The comment.
    pub comment: Option<CommentId>,
    /// What is known of it.
    pub about: Option<About>,
    /// The title of the article that was changed, where it is known.
    pub article_title: Option<String>,
    /// Whose account it was.
    pub member: Option<(ModeratorId, String)>,
    /// What else is to be told, as JSON.
    pub detail: serde_json::Value,
}

/// A page of the history.
#[derive(Debug, Clone, Default)]
pub struct HistoryPage {
    /// What was done, newest first.
    pub entries: Vec<HistoryEntry>,
    /// Before which to go on; none where this is the end.
    pub next: Option<EventId>,
}

/// What was found in one place, and down to where everything was looked at where there is more.
type Found = (Vec<HistoryEntry>, Option<EventId>);

fn page(
    db: &mut Db,
    scope: &Scope,
    seen: &SeenMembers,
    filter: &HistoryFilter,
) -> Result<HistoryPage> {
    let mut places = Vec::new();
    if filter.kind != Some(HistoryKind::Members) {
        for part in scope.parts() {
            places.push(acts::on_site(db, part, filter)?);
        }
    }
    let may = matches!(filter.kind, None | Some(HistoryKind::Members)) && filter.comment.is_none();
    if may && *seen != SeenMembers::Nobody {
        places.push(members::of_members(db, seen, filter)?);
    }
    let looked_up_to = places.iter().filter_map(|(_, end)| *end).max();
    let mut entries: Vec<HistoryEntry> = places.into_iter().flat_map(|(found, _)| found).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.id));
    // Behind the first place that was looked through no further, order is not known.
    if let Some(end) = looked_up_to {
        entries.retain(|entry| entry.id >= end);
    }
    let more = entries.len() > filter.limit;
    entries.truncate(filter.limit);
    let next = if more {
        entries.last().map(|last| last.id)
    } else {
        looked_up_to
    };
    rows::about(db, &mut entries)?;
    Ok(HistoryPage { entries, next })
}

impl Store {
    /// A page of the history: of the scope's sites, and of the accounts of those members.
    pub async fn history(
        &self,
        scope: Scope,
        seen: SeenMembers,
        filter: HistoryFilter,
    ) -> Result<HistoryPage> {
        self.read(move |db| page(db, &scope, &seen, &filter)).await
    }
}

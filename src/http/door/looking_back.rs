//! What a member of the paper looks back on: what was done on their sites and sections; of accounts an admin sees those that they
//! manage, and everybody their own.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::Moderating;
use crate::domain::{
    Actor, CommentId, EventId, HistoryKind, Instant, Moderator, ModeratorId, Role, Trace,
};
use crate::http::problem::{Code, Problem};
use crate::store::{HistoryEntry, HistoryFilter, HistoryPage, SeenMembers, Who};

/// How soon it may be asked for again while one is under way.
const AGAIN: Duration = Duration::from_secs(10);

/// What somebody wants to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryAsked {
    /// Only what happened on the site of that key.
    pub site: Option<String>,
    /// Only of that kind.
    pub kind: Option<HistoryKind>,
    /// Only what was done by that member, or by one of [`Actor::KINDS`].
    pub who: Option<String>,
    /// Only about that comment.
    pub comment: Option<CommentId>,
    /// Only from then on.
    pub from: Option<Instant>,
    /// Only before then.
    pub to: Option<Instant>,
}

/// One who has the history written out. There is no second time before the first is over.
pub struct Exporting {
    members: Arc<Mutex<HashSet<ModeratorId>>>,
    member: ModeratorId,
}

impl Drop for Exporting {
    fn drop(&mut self) {
        let mut members = self.members.lock().unwrap_or_else(PoisonError::into_inner);
        members.remove(&self.member);
    }
}

/// Leaves of the address of a webhook or a checker the host alone. What comes after it is often the key to what stands there, and who may
/// not open the pages of webhooks and settings is not told it here.
fn hide_target(entry: &mut HistoryEntry) {
    let place = match entry.kind.as_str() {
        "site_settings" => "/checker/url",
        kind if kind.starts_with("webhook_") => "/url",
        _ => return,
    };
    if let Some(url) = entry.detail.pointer_mut(place) {
        let read = url.as_str().and_then(|url| url::Url::parse(url).ok());
        let host = read.and_then(|url| Some(url.host_str()?.to_owned()));
        *url = host.unwrap_or_default().into();
    }
}

impl Moderating {
    /// Everybody who works on one of their sites, by name.
    pub async fn colleagues(&self) -> Result<Vec<Moderator>, Problem> {
        let mut all = self.house.store.moderators().await?;
        let sites = self.sites();
        all.retain(|member| {
            member.id == self.moderator().id || sites.iter().any(|site| member.covers(site.id))
        });
        all.sort_by_key(|member| member.name.to_lowercase());
        Ok(all)
    }

    /// A page of the history.
    pub async fn history(
        &self,
        asked: &HistoryAsked,
        before: Option<EventId>,
        limit: usize,
    ) -> Result<HistoryPage, Problem> {
        let scope = self.scope(asked.site.as_deref())?;
        let filter = HistoryFilter {
            kind: asked.kind,
            who: match &asked.who {
                None => None,
                Some(who) => Some(self.who(who).await?),
            },
            comment: asked.comment,
            from: asked.from,
            to: asked.to,
            before,
            limit,
        };
        // An account belongs to no site.
        let seen = match asked.site {
            Some(_) => SeenMembers::Nobody,
            None => self.seen_members().await?,
        };
        let mut page = self.house.store.history(scope, seen, filter).await?;
        if self.moderator().role < Role::Editor {
            page.entries.iter_mut().for_each(hide_target);
        }
        Ok(page)
    }

    async fn who(&self, named: &str) -> Result<Who, Problem> {
        if let Some(kind) = Actor::KINDS.into_iter().find(|kind| *kind == named) {
            return Ok(Who::Kind(kind));
        }
        let id: ModeratorId = named
            .parse()
            .map_err(|_| Problem::field("who", "field-type"))?;
        let all = self.colleagues().await?;
        let member = all.into_iter().find(|member| member.id == id);
        let member = member.ok_or(Problem::new(Code::NotFound))?;
        Ok(Who::Member(id, member.name))
    }

    async fn seen_members(&self) -> Result<SeenMembers, Problem> {
        let own = self.moderator();
        let Ok(admin) = self.clone().administering() else {
            return Ok(SeenMembers::These(vec![own.id]));
        };
        if own.role == Role::Admin && own.covers_all() {
            return Ok(SeenMembers::All);
        }
        let managed = admin.members().await?.into_iter();
        let mut ids: Vec<ModeratorId> = managed.map(|entry| entry.member.id).collect();
        ids.push(own.id);
        Ok(SeenMembers::These(ids))
    }

    /// Begins to write the history out, which is recorded itself.
    pub async fn export(&self, asked: &HistoryAsked) -> Result<Exporting, Problem> {
        self.scope(asked.site.as_deref())?;
        let member = self.moderator().id;
        let members = &self.house.exporting;
        let is_first = {
            let mut busy = members.lock().unwrap_or_else(PoisonError::into_inner);
            busy.insert(member)
        };
        if !is_first {
            return Err(Problem::too_often(AGAIN));
        }
        let exporting = Exporting {
            members: Arc::clone(members),
            member,
        };
        let detail = serde_json::json!({
            "site": asked.site, "kind": asked.kind, "who": asked.who, "comment": asked.comment,
            "from": asked.from, "to": asked.to,
        });
        let (store, trace): (_, Trace) = (&self.house.store, self.trace());
        store
            .record_deed("history.exported", member, trace, detail)
            .await?;
        Ok(exporting)
    }
}

//! Bans of a site: everybody of the paper may read them, its editors ban and lift.

use uuid::Uuid;

use super::{Editing, Moderating};
use crate::clock;
use crate::domain::{Action, Ban, BanId, BanKind, BatchId, CommentId, Instant, Reason, Role, Site};
use crate::http::problem::{Code, Problem};
use crate::intake::{
    Author, BanTarget, Bans, FieldError, Fields, MAX_BANS, is_network_within, one_line,
};
use crate::store::{BanFilter, Banned, Caught, Outcome, WaitingAuthor};

/// As many characters as the reason of a ban has.
const MOST_REASON: usize = 500;
/// As many waiting comments as are rejected together.
const MOST_TOGETHER: usize = 500;

/// A ban to be made.
#[derive(Debug, Clone)]
pub struct NewBan {
    /// What it goes by.
    pub kind: BanKind,
    /// As typed.
    pub pattern: String,
    /// Why, for colleagues.
    pub reason: String,
    /// Until when; for good without.
    pub expires_at: Option<Instant>,
}

/// What became of the waiting comments of who was banned.
#[derive(Debug, Clone, Copy)]
pub struct RejectedWaiting {
    /// Undoes it; none where nothing was rejected.
    pub batch: Option<BatchId>,
    /// How many were rejected.
    pub rejected: usize,
    /// How many wait still.
    pub left: usize,
}

impl Moderating {
    /// The site of that key, among theirs.
    pub fn site_called(&self, key: &str) -> Result<&Site, Problem> {
        let site = self.principal.sites.iter().find(|site| site.key == key);
        site.ok_or(Problem::new(Code::SiteUnknown))
    }

    /// Their sites, by key.
    pub fn sites(&self) -> &[Site] {
        &self.principal.sites
    }

    /// The same as an editor at one of their sites.
    pub fn editing(&self, key: &str) -> Result<Editing, Problem> {
        let by = self.clone().at_least(Role::Editor)?;
        let site = by.site_called(key)?.clone();
        // What a site holds and allows holds for all of its sections.
        if by.moderator().covers_whole(site.id) {
            Ok(Editing { by, site })
        } else {
            Err(Problem::new(Code::Forbidden))
        }
    }

    /// A site's bans, newest first, with what each has settled.
    pub async fn bans(&self, site: &str, filter: BanFilter) -> Result<Vec<(Ban, Caught)>, Problem> {
        let site = self.site_called(site)?.id;
        Ok(self.house.store.bans_with_caught(site, filter).await?)
    }
}

impl Editing {
    /// Bans, and how many comments wait that it would have settled. They wait on: they came before.
    pub async fn ban(&self, new: NewBan) -> Result<(Ban, usize), Problem> {
        let now = clock::now();
        let ban = self.read(new, now)?;
        let (store, actor) = (&self.by.house.store, self.by.actor());
        match store.ban(ban.clone(), MAX_BANS, actor).await? {
            Banned::Done => {}
            Banned::Known => return Err(Problem::field("pattern", "ban-known")),
            Banned::Full => {
                let many = FieldError::new("pattern", "ban-many").with("max", MAX_BANS);
                return Err(Problem::fields(vec![many]));
            }
        }
        self.forget();
        let waiting = self.waiting_of(&ban).await?.len();
        Ok((ban, waiting))
    }

    /// What was typed, or everything that is wrong with it.
    fn read(&self, new: NewBan, now: Instant) -> Result<Ban, Problem> {
        let mut wrong = Fields::default();
        let target = wrong.take(BanTarget::read(new.kind, &new.pattern));
        let reason = wrong.take(one_line("reason", &new.reason, MOST_REASON));
        if new.expires_at.is_some_and(|end| end <= now) {
            wrong.push(FieldError::new("expires_at", "ban-expired"));
        }
        let errors = wrong.into_errors();
        let (Some(target), Some(reason), true) = (target, reason, errors.is_empty()) else {
            return Err(Problem::fields(errors));
        };
        Ok(Ban {
            id: BanId(Uuid::now_v7()),
            site: self.site.id,
            kind: target.kind,
            pattern: target.pattern,
            key: target.key,
            reason,
            expires_at: new.expires_at,
            created_by: self.by.moderator().name.clone(),
            created_at: now,
            lifted_by: None,
            lifted_at: None,
        })
    }

    /// Lifts a ban. What it has settled stays as it is.
    pub async fn lift(&self, id: BanId) -> Result<Ban, Problem> {
        let (store, actor) = (&self.by.house.store, self.by.actor());
        let ban = store
            .lift_ban(self.site.id, id, actor, clock::now())
            .await?;
        self.forget();
        Ok(ban)
    }

    /// Rejects the waiting comments that a ban in force would have settled, in one batch that can be undone.
    pub async fn reject_waiting(
        &self,
        id: BanId,
        reason: Option<Reason>,
    ) -> Result<RejectedWaiting, Problem> {
        let ban = self.by.house.store.ban_of(self.site.id, id).await?;
        let mut waiting = self.waiting_of(&ban).await?;
        let all = waiting.len();
        waiting.truncate(MOST_TOGETHER);
        if waiting.is_empty() {
            return Ok(RejectedWaiting {
                batch: None,
                rejected: 0,
                left: 0,
            });
        }
        let note = Some(ban.reason);
        let (batch, settled) = self
            .by
            .decide(Action::Reject, waiting, reason, note)
            .await?;
        let done = settled.iter().filter(|one| one.outcome == Outcome::Done);
        let rejected = done.count();
        Ok(RejectedWaiting {
            batch: (rejected > 0).then_some(batch),
            rejected,
            left: all.saturating_sub(rejected),
        })
    }

    /// How many comments wait that a ban would have settled.
    pub async fn count_waiting(&self, id: BanId) -> Result<usize, Problem> {
        let ban = self.by.house.store.ban_of(self.site.id, id).await?;
        Ok(self.waiting_of(&ban).await?.len())
    }

    /// Of a range only those that certainly came from within: a comment keeps its network and no address.
    async fn waiting_of(&self, ban: &Ban) -> Result<Vec<(CommentId, i32)>, Problem> {
        let now = clock::now();
        if !ban.holds_at(now) {
            return Ok(Vec::new());
        }
        let email_key = (ban.kind == BanKind::Email).then(|| ban.key.clone());
        let store = &self.by.house.store;
        let mut waiting = store.waiting_authors(self.site.id, email_key).await?;
        let bans = Bans::new([ban]);
        waiting.retain(|one| is_of(one, ban, &bans, now));
        let seen = waiting.into_iter().map(|one| (one.id, one.revision));
        Ok(seen.collect())
    }
}

fn is_of(waiting: &WaitingAuthor, ban: &Ban, bans: &Bans, now: Instant) -> bool {
    match ban.kind {
        BanKind::Address => {
            let network = waiting.network.as_deref().unwrap_or_default();
            is_network_within(network, &ban.key)
        }
        BanKind::Email | BanKind::Name => {
            let author = Author {
                name: "",
                name_key: waiting.name_key.as_deref().unwrap_or_default(),
                email: "",
                email_key: &waiting.email_key,
                address: None,
            };
            !bans.holding(&author, now).is_empty()
        }
    }
}

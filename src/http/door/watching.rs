//! What a member of the paper does beside deciding: they hold what is on their screen, leave notes, and are told what happens.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::broadcast;
use uuid::Uuid;

use super::Moderating;
use super::entrance::IDLE;
use crate::clock;
use crate::domain::{Claim, CommentId, EventId, Instant, Lane, Note, NoteId, QueueLane, SiteId};
use crate::http::live::News;
use crate::http::problem::Problem;
use crate::secrets;
use crate::store::{Happened, NewClaim, Part};

/// How long what is on a screen is held unless that is renewed.
const LEASE: Duration = Duration::from_secs(120);
/// As much as is told again to a page whose line was cut.
const AGAIN: i64 = 200;

/// How much waits in a lane on all their sites, and since when.
#[derive(Debug, Clone, Copy)]
pub struct LaneTotal {
    /// The lane.
    pub lane: QueueLane,
    /// How many.
    pub count: i64,
    /// Whether there are more than were counted.
    pub more: bool,
    /// The arrival of the one that waits longest, or of its first report.
    pub oldest: Option<Instant>,
}

impl Moderating {
    /// How much waits, lane by lane.
    pub async fn lanes(&self) -> Result<Vec<LaneTotal>, Problem> {
        let waiting = self.house.store.waiting(self.principal.scope()).await?;
        let total = |lane: &Lane| {
            let here = waiting.iter().filter(|row| row.lane == *lane);
            LaneTotal {
                lane: (*lane).into(),
                count: here.clone().map(|row| row.count).sum(),
                more: here.clone().any(|row| row.more),
                oldest: here.filter_map(|row| row.oldest).min(),
            }
        };
        let mut lanes: Vec<LaneTotal> = Lane::ALL.iter().map(total).collect();
        let reported = self.house.store.reported_waiting(self.principal.scope());
        let reported = reported.await?;
        lanes.push(LaneTotal {
            lane: QueueLane::Reported,
            count: reported.count,
            more: reported.more,
            oldest: reported.oldest,
        });
        Ok(lanes)
    }

    /// Holds those of the comments that wait and that nobody else has on their screen; who holds which now.
    pub async fn claim(&self, comments: Vec<CommentId>) -> Result<Vec<Claim>, Problem> {
        let now = clock::now();
        let new = NewClaim {
            comments,
            moderator: self.moderator().id,
            name: self.moderator().name.clone(),
            at: now,
            until: now.after(LEASE),
        };
        let held = self.house.store.hold(self.principal.scope(), new).await?;
        self.house.live.changed();
        Ok(held)
    }

    /// Lets go of what they hold of the comments.
    pub async fn release(&self, comments: Vec<CommentId>) -> Result<(), Problem> {
        let store = &self.house.store;
        store
            .let_go(self.principal.scope(), comments, self.moderator().id)
            .await?;
        self.house.live.changed();
        Ok(())
    }

    /// Who holds which of the comments.
    pub async fn claims_of(
        &self,
        comments: Vec<CommentId>,
    ) -> Result<HashMap<CommentId, Claim>, Problem> {
        let store = &self.house.store;
        Ok(store
            .claims_of(self.principal.scope(), comments, clock::now())
            .await?)
    }

    /// Leaves a note on a comment.
    pub async fn note(&self, comment: CommentId, text: String) -> Result<Note, Problem> {
        let note = Note {
            id: NoteId(Uuid::now_v7()),
            by: self.moderator().name.clone(),
            text,
            at: clock::now(),
        };
        let (scope, event) = (self.principal.scope(), EventId(Uuid::now_v7()));
        let store = &self.house.store;
        store
            .add_note(scope, comment, note.clone(), self.actor(), event)
            .await?;
        self.house.live.changed();
        Ok(note)
    }

    /// The notes on those comments, oldest first.
    pub async fn notes_on(
        &self,
        comments: Vec<CommentId>,
    ) -> Result<HashMap<CommentId, Vec<Note>>, Problem> {
        let store = &self.house.store;
        Ok(store.notes_on(self.principal.scope(), comments).await?)
    }

    /// What happens from now on, on all sites.
    pub fn news(&self) -> broadcast::Receiver<News> {
        self.house.live.watch()
    }

    /// What happened in their scope since `since`, oldest first; nothing where it was too much to tell.
    pub async fn happened_since(&self, since: Instant) -> Result<Option<Vec<Happened>>, Problem> {
        let mut all = Vec::new();
        let scope = self.principal.scope();
        for part in scope.parts() {
            let (Part::Whole(site) | Part::Sections(site, _)) = part;
            let mut here = self.house.store.happened_since(*site, since, AGAIN).await?;
            if i64::try_from(here.len()).unwrap_or(i64::MAX) >= AGAIN {
                return Ok(None);
            }
            here.retain(|one| scope.sees(one.site, one.section.as_deref()));
            all.extend(here);
        }
        all.sort_by_key(|one| one.id);
        Ok(Some(all))
    }

    /// Whether what happened under an article of that section is theirs to know.
    pub fn sees(&self, site: SiteId, section: Option<&str>) -> bool {
        self.principal.scope().sees(site, section)
    }

    /// Whether their session has not been ended meanwhile, and they may still do what they might when it was looked at.
    pub async fn is_still_here(&self) -> bool {
        let store = &self.house.store;
        let now = match &self.session {
            Some(session) => {
                let hash = secrets::hash_of(session);
                let found = store.principal_by_session(hash, clock::now(), IDLE).await;
                found.map(|found| found.map(|(principal, _)| principal.moderator))
            }
            None => store.moderator(self.moderator().id).await,
        };
        // A database that is away ends no session.
        now.map_or(true, |now| now.as_ref() == Some(self.moderator()))
    }
}

//! One round of telling the members of a site what waits: everything is read, planned, and written in one transaction.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::order::{Held, Purpose};
use super::plan::{self, Limits, Promise, Turn, Untold};
use crate::domain::{CommentId, Instant, Site, Telling};
use crate::store::{self, Audience, Listener, Notice, Round, Scope, Store, Told};

/// As many notices of a kind as are gathered at once.
const NOTICES: i64 = 5_000;
/// As many comments as one mail tells of.
const TOLD: usize = 10_000;

/// What a round needs to know of its site.
struct Telltale<'a> {
    store: &'a Store,
    site: &'a Site,
    limits: &'a Limits,
    now: Instant,
    audience: Audience,
    /// What was read of what is gathered, by kind and numbers.
    read: HashMap<(bool, i64, i64), Vec<(i64, CommentId)>>,
}

/// Tells the members of a site what is due; false where another replica did something of it meanwhile.
pub(super) async fn round(
    store: &Store,
    site: &Site,
    limits: &Limits,
    now: Instant,
) -> store::Result<bool> {
    let audience = store.audience(site.id, NOTICES).await?;
    if audience.listeners.is_empty() {
        // The notices wait for whoever will be added.
        return Ok(true);
    }
    let mut telltale = Telltale {
        store,
        site,
        limits,
        now,
        audience,
        read: HashMap::new(),
    };
    telltale.round().await
}

impl Telltale<'_> {
    async fn round(&mut self) -> store::Result<bool> {
        let listeners = std::mem::take(&mut self.audience.listeners);
        let oldest = self.oldest(Scope::of([self.site.id])).await?;
        let mut told = Vec::new();
        for listener in &listeners {
            told.extend(self.told(listener, oldest).await?);
        }
        let Audience {
            notices,
            ordinary,
            urgent,
            ..
        } = &self.audience;
        if notices.is_empty() && told.is_empty() {
            return Ok(true);
        }
        let mails = told.iter().filter(|told| told.mail.is_some()).count();
        let round = Round {
            site: self.site.id,
            at: self.now,
            notices: notices.clone(),
            ordinary: ordinary + 1,
            urgent: urgent + 1,
            told,
        };
        let gathered = round.notices.len();
        let is_done = self.store.tell(round).await?;
        if is_done {
            tracing::info!(
                site = self.site.key,
                gathered,
                mails,
                "what waits was gathered"
            );
        }
        Ok(is_done)
    }

    /// What changes for a member, if anything.
    async fn told(
        &mut self,
        listener: &Listener,
        site_oldest: Option<Instant>,
    ) -> store::Result<Option<Told>> {
        let Listener {
            moderator,
            habits,
            telling,
            stuck,
            ..
        } = listener;
        let scope = Scope::of_member(moderator, [self.site.id]);
        let mut after = telling.clone();
        let (mut comments, mut urgent, mut late) = (Vec::new(), Vec::new(), Vec::new());
        let mut purpose = Purpose::Digest;
        let turn = plan::turn(
            habits,
            self.untold(listener),
            telling,
            stuck,
            self.limits,
            self.now,
        );
        if let Some(turn) = turn {
            (comments, urgent) = self.taken(turn, &mut after, &scope).await?;
            if turn == Turn::Urgent {
                purpose = Purpose::Urgent;
            }
        }
        match self.promise(listener, site_oldest, &scope).await? {
            Promise::AsBefore => {}
            Promise::Kept => after.is_late = false,
            Promise::Remind => {
                purpose = Purpose::Reminder;
                late = self.late(&mut after, &scope).await?;
                comments.extend(&late);
                comments.sort_unstable();
                comments.dedup();
            }
        }
        if !comments.is_empty() {
            let times = match purpose {
                Purpose::Urgent => &mut after.alerted,
                Purpose::Digest | Purpose::Reminder => &mut after.told,
            };
            *times = plan::with_another(times, self.now);
        }
        if after == *telling {
            return Ok(None);
        }
        after.revision += 1;
        let mail = (!comments.is_empty()).then(|| {
            // What is urgent is among those that are told, however many there are.
            let first: HashSet<CommentId> = urgent.iter().copied().collect();
            comments.sort_by_key(|id| (!first.contains(id), *id));
            comments.truncate(TOLD);
            let held = Held {
                moderator: moderator.id,
                comments,
                urgent,
                late,
                purpose,
            };
            held.row(self.site.id, self.now)
        });
        if let Some(mail) = &mail {
            let last = match purpose {
                Purpose::Urgent => &mut after.alert,
                Purpose::Digest | Purpose::Reminder => &mut after.digest,
            };
            *last = Some(mail.id());
        }
        Ok(Some(Told {
            moderator: moderator.id,
            before: telling.revision,
            after,
            mail,
        }))
    }

    /// Since when something waits that they were not told of. What is not gathered yet is so by this round.
    fn untold(&self, listener: &Listener) -> Untold {
        let new = |is_urgent: bool| self.gathers(is_urgent).next().map(|_| self.now);
        Untold {
            ordinary: listener.ordinary_since.or(new(false)),
            urgent: listener.urgent_since.or(new(true)),
        }
    }

    /// Moves a member on by a turn: the comments of it that are theirs and still wait, and those of them that are urgent.
    async fn taken(
        &mut self,
        turn: Turn,
        after: &mut Telling,
        scope: &Scope,
    ) -> store::Result<(Vec<CommentId>, Vec<CommentId>)> {
        let urgent = self.gathered(true, &mut after.urgent_to).await?;
        let alerts: HashSet<CommentId> = urgent.into_iter().map(|(_, id)| id).collect();
        let mut comments: Vec<CommentId> = alerts.iter().copied().collect();
        if turn == Turn::Everything {
            let known: HashMap<CommentId, i64> =
                after.ahead.drain(..).map(|(to, id)| (id, to)).collect();
            let new = self
                .gathered(false, &mut after.ordinary_to)
                .await?
                .into_iter();
            comments.extend(
                new.filter(|(number, id)| known.get(id).is_none_or(|to| number > to))
                    .map(|(_, id)| id),
            );
        }
        comments.sort_unstable();
        comments.dedup();
        let mut waiting = Vec::new();
        for some in comments.chunks(TOLD) {
            let some = some.to_vec();
            waiting.extend(self.store.waiting_of(scope.clone(), some).await?);
        }
        let urgent = waiting.iter().filter(|id| alerts.contains(id));
        let urgent: Vec<CommentId> = urgent.copied().collect();
        if turn == Turn::Urgent {
            let to = self.last(false);
            after.ahead.extend(urgent.iter().map(|id| (to, *id)));
        }
        Ok((waiting, urgent))
    }

    /// The last number of a kind, once this round is written.
    fn last(&self, is_urgent: bool) -> i64 {
        self.before(is_urgent) + i64::from(self.gathers(is_urgent).next().is_some())
    }

    /// The last number of a kind that was given before this round.
    const fn before(&self, is_urgent: bool) -> i64 {
        if is_urgent {
            self.audience.urgent
        } else {
            self.audience.ordinary
        }
    }

    /// What this round gathers of a kind.
    fn gathers(&self, is_urgent: bool) -> impl Iterator<Item = CommentId> {
        let notices = self.audience.notices.iter();
        let of_kind = notices.filter(move |notice| notice.is_urgent == is_urgent);
        of_kind.map(|Notice { comment, .. }| *comment)
    }

    /// What comes after a number, of one kind, each with its own; the number is the last one then.
    async fn gathered(
        &mut self,
        is_urgent: bool,
        to: &mut i64,
    ) -> store::Result<Vec<(i64, CommentId)>> {
        let (before, last) = (self.before(is_urgent), self.last(is_urgent));
        let key = (is_urgent, *to, before);
        if !self.read.contains_key(&key) && *to < before {
            let read = self.store.gathered(self.site.id, is_urgent, (*to, before));
            self.read.insert(key, read.await?);
        }
        let mut comments = self.read.get(&key).cloned().unwrap_or_default();
        // Never back: what was read of the numbers may be older than what was read of the member.
        *to = (*to).max(last);
        comments.extend(self.gathers(is_urgent).map(|id| (last, id)));
        Ok(comments)
    }

    /// Whether the member is reminded. What is theirs is looked at only where something on the site is late.
    async fn promise(
        &self,
        listener: &Listener,
        site_oldest: Option<Instant>,
        scope: &Scope,
    ) -> store::Result<Promise> {
        let decide = |oldest| {
            let Listener {
                habits,
                telling,
                stuck,
                ..
            } = listener;
            let promised = self.promised();
            plan::promise(
                habits,
                promised.zip(oldest),
                telling,
                stuck,
                self.limits,
                self.now,
            )
        };
        if decide(site_oldest) != Promise::Remind && !listener.telling.is_late {
            return Ok(decide(site_oldest));
        }
        Ok(decide(self.oldest(scope.clone()).await?))
    }

    fn promised(&self) -> Option<Duration> {
        let minutes = u64::from(self.site.settings.promised_minutes);
        (minutes > 0).then(|| Duration::from_secs(60 * minutes))
    }

    /// What has waited for longer than was promised, and is theirs.
    async fn late(&self, after: &mut Telling, scope: &Scope) -> store::Result<Vec<CommentId>> {
        let promised = self.promised().unwrap_or_default();
        let mut waiting = self.store.waiting_longest(scope.clone(), TOLD).await?;
        waiting.retain(|(_, since)| since.after(promised) <= self.now);
        after.is_late = true;
        after.reminded_of = waiting.iter().map(|(_, since)| *since).max();
        Ok(waiting.into_iter().map(|(id, _)| id).collect())
    }

    async fn oldest(&self, scope: Scope) -> store::Result<Option<Instant>> {
        let oldest = self.store.waiting_longest(scope, 1).await?;
        Ok(oldest.first().map(|(_, since)| *since))
    }
}

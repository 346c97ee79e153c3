//! Teaches each site's model what people decide: it follows the events of each site, and learns the decisions that they tell of in the
//! order of the decisions. What was taken back, or whose text is gone, is forgotten by learning again from before it.
//!
//! One replica learns at a time and writes only while it is the one; the others take its weights over now and then. It may be stopped
//! at any moment: who learns next goes on from what is kept.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use uuid::Uuid;

use super::TAIL_OVERLAP;
use crate::clock;
use crate::domain::{
    CommentId, DecisionId, EventId, Instant, Lesson, ReplicaId, SiteId, SnapshotId, Taught,
};
use crate::learn::{LiveModels, Measure, Model, Pupil, SiteModel};
use crate::store::{Error, LearnMark, LessonChange, Result, Snapshot, Store, first_at};

/// How often it looks for what is new.
const PULSE: Duration = Duration::from_secs(2);
/// As many events as are read at once.
const EVENTS: i64 = 1_000;
/// As many lessons as are read at once where they are learnt again.
const LESSONS: i64 = 500;
/// As many of the latest lessons as are asked how right the model was.
const MEASURED: i64 = 20_000;
/// As long as nobody else learns where this replica has died; held on while it learns.
const HELD: Duration = Duration::from_secs(10);
/// It notes how far it has come when that is so much further: a note is a write of its own.
const NOTE_MILLIS: u128 = 5_000;
/// The weights are kept after as many lessons …
const KEPT_AFTER: u64 = 100;
/// … or when that long nothing was kept, so that other replicas have them.
const KEPT_EVERY: Duration = Duration::from_secs(30);

/// What is known here of a site's model.
enum Known {
    /// Learnt here.
    Learnt(Box<Desk>),
    /// Taken over as it was kept.
    Taken(Option<SnapshotId>),
}

/// A model that learns here.
struct Desk {
    pupil: Pupil,
    measure: Measure,
    /// Lessons that no snapshot has.
    unkept: u64,
    kept_at: Instant,
}

struct Learner {
    store: Store,
    live: Arc<LiveModels>,
    replica: ReplicaId,
    known: HashMap<SiteId, Known>,
}

/// Learns until the service stops.
pub(super) async fn run(store: Store, live: Arc<LiveModels>, mut stopped: watch::Receiver<bool>) {
    let mut learner = Learner {
        store,
        live,
        replica: ReplicaId(Uuid::now_v7()),
        known: HashMap::new(),
    };
    while !*stopped.borrow() {
        let more = tokio::select! {
            more = learner.go_on() => more,
            _ = stopped.changed() => continue,
        };
        let more = more.unwrap_or_else(|error| {
            tracing::warn!(%error, "the models are behind; tried again");
            // Whatever was learnt here and not noted is learnt again from what is kept.
            learner.known.clear();
            false
        });
        if more {
            continue;
        }
        tokio::select! {
            () = tokio::time::sleep(PULSE) => {}
            _ = stopped.changed() => {}
        }
    }
}

/// The least event of that long ago: what comes with a lesser one by now comes no more.
fn settled() -> EventId {
    EventId(first_at(clock::now().before(TAIL_OVERLAP)))
}

/// The least decision of the millisecond after an event: what an event tells of was decided before.
fn decided_by(event: EventId) -> DecisionId {
    DecisionId(Uuid::from_u128(((event.0.as_u128() >> 80) + 1) << 80))
}

impl Learner {
    /// A step on each site; whether any has more to do at once.
    async fn go_on(&mut self) -> Result<bool> {
        let mut more = false;
        for site in self.store.sites().await? {
            more |= self.step(site.id).await?;
        }
        Ok(more)
    }

    async fn step(&mut self, site: SiteId) -> Result<bool> {
        let now = clock::now();
        let base = Model::shipped_version();
        let begun = self.store.learn_mark(site).await?;
        let mut mark = begun.clone().unwrap_or_else(|| LearnMark {
            event: EventId(Uuid::nil()),
            base: base.clone(),
            skipped: Vec::new(),
            holder: self.replica,
            held_until: now,
        });
        if mark.holder != self.replica {
            // Whatever was learnt here is behind what another has learnt since.
            self.take_over(site, &base).await?;
            if mark.held_until > now {
                return Ok(false);
            }
        }
        let deeds = self.store.deeds_after(site, mark.event, EVENTS).await?;
        let Some((last, _)) = deeds.last().copied() else {
            self.take_up(site, &mut mark, now).await?;
            self.keep_if_due(site, mark, now).await?;
            return Ok(false);
        };
        let comments: BTreeSet<CommentId> =
            deeds.iter().filter_map(|(_, comment)| *comment).collect();
        let comments: Vec<CommentId> = comments.into_iter().collect();
        let until = decided_by(last);
        let change = (self.store).lesson_change(site, comments, until, mark.skipped.clone());
        let change = change.await?;
        // Ids are made before the commit, so a deed may come to lie before one that was read already: the last while is read again.
        let further = settled().min(last).max(mark.event);
        let is_further = millis(further) >= millis(mark.event) + NOTE_MILLIS;
        let is_idle = change.new.is_empty() && change.gone.is_empty();
        if is_idle && !is_further {
            self.keep_if_due(site, mark, now).await?;
            return Ok(false);
        }
        (mark.base, mark.holder, mark.held_until) = (base, self.replica, now.after(HELD));
        if !self.store.take_learning(site, mark.clone(), now).await? {
            return Ok(false);
        }
        mark.event = further;
        self.learn(site, mark.clone(), change).await?;
        self.keep_if_due(site, mark, now).await?;
        Ok(is_further && i64::try_from(deeds.len()).is_ok_and(|many| many == EVENTS))
    }

    /// Learns again what a replica that is gone had learnt and not kept.
    async fn take_up(&mut self, site: SiteId, mark: &mut LearnMark, now: Instant) -> Result<()> {
        if matches!(self.known.get(&site), Some(Known::Learnt(_))) {
            return Ok(());
        }
        let base = Model::shipped_version();
        let infos = self.store.snapshots(site).await?;
        let kept = infos.iter().find(|info| info.base == base);
        let last = self.store.latest_lessons(site, 1).await?;
        let last = last.last().map(|lesson| lesson.decision);
        if last <= kept.map(|kept| kept.lesson) {
            return Ok(());
        }
        (mark.base, mark.holder, mark.held_until) = (base, self.replica, now.after(HELD));
        if self.store.take_learning(site, mark.clone(), now).await? {
            let desk = self.restored(site, mark).await?;
            self.live.put(site, desk.shown());
            self.known.insert(site, Known::Learnt(desk));
        }
        Ok(())
    }

    /// Learns what is new and forgets what is gone.
    async fn learn(&mut self, site: SiteId, mark: LearnMark, change: LessonChange) -> Result<()> {
        let mut desk = self.desk(site, &mark).await?;
        let gone = change.gone.iter().copied();
        let first = gone.chain(change.new.iter().map(|new| new.decision)).min();
        let is_in_order = change.gone.is_empty() && first > Some(desk.pupil.through());
        let (desk, lessons) = tokio::task::spawn_blocking(move || {
            let learn = |new: &Taught| {
                if is_in_order {
                    desk.learn(new)
                } else {
                    desk.pupil.asked(new)
                }
            };
            let lessons: Vec<Lesson> = change.new.iter().map(learn).collect();
            (desk, lessons)
        })
        .await
        .map_err(broken)?;
        let from = first.filter(|_| !is_in_order);
        let put = (self.store).put_lessons(site, mark.clone(), lessons, change.gone, from);
        put.await?;
        let desk = match from {
            None => desk,
            // What came after the first of them is learnt again, with it or without it.
            Some(_) => self.restored(site, &mark).await?,
        };
        self.live.put(site, desk.shown());
        self.known.insert(site, Known::Learnt(desk));
        Ok(())
    }

    /// The model as it was left here, or as it is kept and what came since.
    async fn desk(&mut self, site: SiteId, mark: &LearnMark) -> Result<Box<Desk>> {
        match self.known.remove(&site) {
            Some(Known::Learnt(desk)) => Ok(desk),
            _ => self.restored(site, mark).await,
        }
    }

    async fn restored(&self, site: SiteId, mark: &LearnMark) -> Result<Box<Desk>> {
        let kept = self.store.latest_snapshot(site, mark.base.clone()).await?;
        let mut pupil = match &kept {
            Some(kept) => pupil_of(kept)?,
            None => Pupil::new(Model::shipped().clone()),
        };
        let before = pupil.lessons();
        loop {
            let page = (self.store).lessons_after(site, pupil.through(), LESSONS);
            let page = page.await?;
            if page.is_empty() {
                break;
            }
            let learnt = tokio::task::spawn_blocking(move || {
                for lesson in &page {
                    pupil.learn(lesson);
                }
                pupil
            });
            pupil = learnt.await.map_err(broken)?;
            let held_until = clock::now().after(HELD);
            let held = LearnMark {
                held_until,
                ..mark.clone()
            };
            self.store.note_learning(site, held).await?;
        }
        let lessons = self.store.latest_lessons(site, MEASURED).await?;
        Ok(Box::new(Desk {
            unkept: pupil.lessons() - before,
            pupil,
            measure: Measure::of(&lessons),
            kept_at: clock::now(),
        }))
    }

    /// Keeps the weights now and then, for who goes on after this replica and for the others.
    async fn keep_if_due(&mut self, site: SiteId, mut mark: LearnMark, now: Instant) -> Result<()> {
        let Some(Known::Learnt(desk)) = self.known.get_mut(&site) else {
            return Ok(());
        };
        let is_due = desk.unkept >= KEPT_AFTER || desk.kept_at.after(KEPT_EVERY) <= now;
        if desk.unkept == 0 || !is_due {
            return Ok(());
        }
        (mark.holder, mark.held_until) = (self.replica, now.after(HELD));
        if !self.store.take_learning(site, mark.clone(), now).await? {
            return Ok(());
        }
        let snapshot = Snapshot {
            id: SnapshotId(Uuid::now_v7()),
            lesson: desk.pupil.through(),
            lessons: i64::try_from(desk.pupil.lessons()).unwrap_or(i64::MAX),
            base: mark.base.clone(),
            weights: desk.pupil.model().to_bytes(),
            created_at: now,
        };
        self.store.keep_snapshot(site, mark, snapshot).await?;
        (desk.unkept, desk.kept_at) = (0, now);
        Ok(())
    }

    /// Takes over what another replica has learnt, as far as it was kept.
    async fn take_over(&mut self, site: SiteId, base: &str) -> Result<()> {
        let infos = self.store.snapshots(site).await?;
        let newest = infos.iter().find(|info| info.base == base);
        let newest = newest.map(|info| info.id);
        if matches!(self.known.get(&site), Some(Known::Taken(taken)) if *taken == newest) {
            return Ok(());
        }
        let kept = self.store.latest_snapshot(site, base.to_owned()).await?;
        let model = match &kept {
            Some(kept) => pupil_of(kept)?.model().clone(),
            None => Model::shipped().clone(),
        };
        let lessons = self.store.latest_lessons(site, MEASURED).await?;
        let shown = SiteModel::new(Arc::new(model.for_judging()), Measure::of(&lessons));
        self.live.put(site, shown);
        self.known
            .insert(site, Known::Taken(kept.map(|kept| kept.id)));
        Ok(())
    }
}

impl Desk {
    fn learn(&mut self, taught: &Taught) -> Lesson {
        let lesson = self.pupil.learn(taught);
        self.measure.add(&lesson);
        self.unkept += 1;
        lesson
    }

    /// As comments are judged by it.
    fn shown(&self) -> SiteModel {
        SiteModel::new(
            Arc::new(self.pupil.model().for_judging()),
            self.measure.clone(),
        )
    }
}

fn pupil_of(kept: &Snapshot) -> Result<Pupil> {
    let model = Model::from_bytes(&kept.weights).map_err(broken)?;
    let lessons = u64::try_from(kept.lessons).unwrap_or_default();
    Ok(Pupil::resumed(model, kept.lesson, lessons))
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Broken(format!("a model: {error}"))
}

const fn millis(event: EventId) -> u128 {
    event.0.as_u128() >> 80
}

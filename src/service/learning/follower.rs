//! What a replica does for a site's model: it learns what is new while it is the one to do so, and takes over what another has learnt.

use std::collections::BTreeSet;
use std::time::Duration;

use uuid::Uuid;

use super::Shared;
use super::desk::{Desk, KEPT_AFTER, kept, measured};
use crate::clock;
use crate::domain::{
    CommentId, DecisionId, EventId, Instant, ModelSettings, SiteId, SnapshotId, Taught,
};
use crate::learn::{HUNDRED, Model, SiteModel, Thresholds, whole_hundreds};
use crate::store::{
    Considered, LESSONS_AT_ONCE, LearnMark, LessonChange, Result, millis_of, settled,
};

/// As many events as are read at once.
const EVENTS: i64 = 1_000;
/// As long as nobody else learns where this replica has died; held on while it has what is nowhere else.
const HELD: Duration = Duration::from_secs(10);
/// It notes how far it has come when that is so much further: a note is a write of its own.
const NOTE_MILLIS: u128 = 5_000;
/// Who has nothing but that to note leaves it to whoever learnt last, until they seem to be gone.
const GONE: Duration = Duration::from_secs(60);

/// Something that happened, and the comment that it is about.
type Deed = (EventId, Option<CommentId>);

/// What was taken over of a site's model.
struct Taken {
    snapshot: Option<SnapshotId>,
    through: DecisionId,
    /// Whether what the lessons say tells how right it was.
    is_measured: bool,
}

/// A site's model as this replica knows it.
pub(super) struct Follower {
    site: SiteId,
    base: String,
    /// How often it may be wrong.
    chosen: ModelSettings,
    /// As it learns here.
    desk: Option<Desk>,
    /// As it was kept, where it does not.
    taken: Option<Taken>,
    /// Events up to that one were read since the mark; without, it is read from the mark on.
    read_to: Option<EventId>,
    /// What the lessons say was another model's for as long as this replica has looked. Who has been here for longer leaves it to those
    /// who have just come with another program.
    is_new: bool,
}

impl Follower {
    pub(super) fn new(site: SiteId) -> Self {
        Self {
            site,
            base: Model::shipped_version(),
            chosen: ModelSettings::default(),
            desk: None,
            taken: None,
            read_to: None,
            is_new: true,
        }
    }

    /// Looks what is to be done and does some of it; whether there is more to do at once.
    pub(super) async fn step(&mut self, shared: &Shared, chosen: &ModelSettings) -> Result<bool> {
        let now = clock::now();
        self.choose(shared, chosen);
        let mut mark = self.mark(shared, now).await?;
        if mark.holder != shared.replica {
            // Whatever was learnt here is behind what another has learnt since.
            (self.desk, self.read_to) = (None, None);
        }
        self.is_new &= mark.base != self.base;
        if self.desk.is_none() {
            self.take_over(shared, &mark).await?;
        }
        if mark.holder != shared.replica && mark.held_until > now {
            return Ok(false);
        }
        if self.desk.is_none() && (self.says_again(&mark) || self.is_behind(shared).await?) {
            let Some(held) = self.hold(shared, &mark).await? else {
                return Ok(false);
            };
            mark = held;
            self.sit_down(shared, &mark.base).await?;
        }
        if self.desk.as_ref().is_some_and(|desk| desk.is_behind) {
            return self.catch_up(shared, &mark).await;
        }
        if self.desk.as_ref().is_some_and(|desk| desk.looks_back) {
            return self.ask_again(shared, &mark).await;
        }
        let from = self.read_to.unwrap_or(mark.event);
        let deeds = shared.store.deeds_after(self.site, from, EVENTS).await?;
        let more = if let Some((last, _)) = deeds.last() {
            self.follow(shared, &mark, &deeds, *last).await?
        } else {
            self.read_to = None;
            false
        };
        self.keep(shared).await?;
        Ok(more)
    }

    /// Judges from now on as seldom wrong as the site has chosen.
    fn choose(&mut self, shared: &Shared, chosen: &ModelSettings) {
        if self.chosen == *chosen {
            return;
        }
        self.chosen = chosen.clone();
        // What was taken over is measured anew.
        self.taken = None;
        if let Some(desk) = self.desk.as_ref().filter(|desk| !desk.is_behind) {
            shared.live.put(self.site, desk.shown(&self.chosen));
        }
    }

    /// How far the learning has come; where nobody has begun, as this replica would.
    async fn mark(&self, shared: &Shared, now: Instant) -> Result<LearnMark> {
        let begun = shared.store.learn_mark(self.site).await?;
        let new = || LearnMark {
            event: EventId(Uuid::nil()),
            base: self.base.clone(),
            skipped: Vec::new(),
            holder: shared.replica,
            held_until: now,
        };
        Ok(begun.unwrap_or_else(new))
    }

    /// Holds the learning from now on. Nothing where another does, or where it has come to stand otherwise than it was seen.
    async fn hold(&self, shared: &Shared, seen: &LearnMark) -> Result<Option<LearnMark>> {
        let now = clock::now();
        let wanted = LearnMark {
            holder: shared.replica,
            held_until: now.after(HELD),
            ..seen.clone()
        };
        let held = shared
            .store
            .take_learning(self.site, wanted.clone(), seen.holder, now)
            .await?;
        let is_as_seen =
            |held: &LearnMark| (held.event, &held.skipped) == (seen.event, &seen.skipped);
        Ok(held.filter(is_as_seen).map(|_| wanted))
    }

    /// Takes over what was kept last, unless that is known.
    async fn take_over(&mut self, shared: &Shared, mark: &LearnMark) -> Result<()> {
        let is_measured = mark.base == self.base;
        let infos = shared.store.snapshots(self.site).await?;
        let newest = infos.iter().find(|info| info.is_of(&self.base));
        let newest = newest.map(|info| info.id);
        let is_known = |taken: &Taken| (taken.snapshot, taken.is_measured) == (newest, is_measured);
        if self.taken.as_ref().is_some_and(is_known) {
            return Ok(());
        }
        let (_, pupil) = kept(&shared.store, self.site, &self.base).await?;
        let (all, measure) = measured(&shared.store, self.site).await?;
        let mut thresholds = if is_measured {
            Thresholds::of(&measure, &self.chosen)
        } else {
            // How right another model was says nothing of this one: it moves nothing and decides nothing.
            Thresholds::default()
        };
        if pupil.lessons() + KEPT_AFTER < all {
            // Nor does it of a model that has all that to learn again.
            thresholds = thresholds.without_trials();
        }
        let shown = SiteModel::new(pupil.model().for_judging(), thresholds, pupil.lessons());
        shared.live.put(self.site, shown);
        self.taken = Some(Taken {
            snapshot: newest,
            through: pupil.through(),
            is_measured,
        });
        Ok(())
    }

    /// Whether what the lessons say is to be said again by this replica: what another model said is no measure of its own.
    fn says_again(&self, mark: &LearnMark) -> bool {
        mark.base != self.base && (self.is_new || mark.base.is_empty())
    }

    /// The last lesson that was learnt here or taken over.
    fn through(&self) -> DecisionId {
        let learnt = self.desk.as_ref().map(|desk| desk.pupil().through());
        let taken = self.taken.as_ref().map(|taken| taken.through);
        learnt.or(taken).unwrap_or(DecisionId(Uuid::nil()))
    }

    /// Whether a replica that is gone had learnt what nobody has kept.
    async fn is_behind(&self, shared: &Shared) -> Result<bool> {
        let last = shared.store.last_lesson(self.site).await?;
        Ok(last > self.taken.as_ref().map(|taken| taken.through))
    }

    /// Begins to learn here, once it is this replica that learns: from what was kept last, or from the beginning where what the lessons
    /// say was said by another model.
    async fn sit_down(&mut self, shared: &Shared, base: &str) -> Result<()> {
        let now = clock::now();
        self.desk = Some(if base == self.base {
            let (_, pupil) = kept(&shared.store, self.site, base).await?;
            Desk::new(pupil, now)
        } else {
            Desk::from_the_beginning(now)
        });
        self.taken = None;
        Ok(())
    }

    /// Learns again some of what came after the weights were kept.
    async fn catch_up(&mut self, shared: &Shared, seen: &LearnMark) -> Result<bool> {
        let Some(held) = self.hold(shared, seen).await? else {
            return Ok(false);
        };
        let Some(mut desk) = self.desk.take() else {
            return Ok(false);
        };
        let through = desk.pupil().through();
        // As they were learnt the first time: the model is asked again as soon as a hundred is whole.
        let at_once = if desk.says_again {
            i64::try_from(desk.until_whole()).unwrap_or(LESSONS_AT_ONCE)
        } else {
            LESSONS_AT_ONCE
        };
        let page = shared.store.lessons_after(self.site, through, at_once);
        let page = page.await?;
        if page.is_empty() {
            if !self.has_said_again(shared, held, &mut desk).await? {
                return Ok(false);
            }
            desk.is_level(&shared.store, self.site).await?;
            shared.live.put(self.site, desk.shown(&self.chosen));
        } else {
            let said;
            let goes_on = is_full(page.len(), at_once);
            (desk, said) = desk.catch_up(page, goes_on, clock::now()).await?;
            if desk.says_again {
                let held = of_several(held);
                let says = shared.store.say_again(self.site, held.clone(), said);
                if !says.await? {
                    return Ok(false);
                }
                let Some(same) = self.look_back_when_whole(shared, held, desk).await? else {
                    return Ok(false);
                };
                desk = same;
            }
        }
        self.desk = Some(desk);
        Ok(true)
    }

    /// Asks the model about what it has learnt and was not asked about again, as after a lesson was forgotten and hundreds begin elsewhere,
    /// or after a crash; whether it is to be gone on at once.
    async fn ask_again(&mut self, shared: &Shared, seen: &LearnMark) -> Result<bool> {
        let Some(held) = self.hold(shared, seen).await? else {
            return Ok(false);
        };
        let Some(mut desk) = self.desk.take() else {
            return Ok(false);
        };
        let whole = whole_hundreds(desk.pupil().lessons());
        let some = self.unasked(shared, &desk, whole).await?;
        desk.looks_back = is_full(some.len(), LESSONS_AT_ONCE);
        self.desk = self.look_back(shared, held, desk, some).await?;
        Ok(self.desk.is_some())
    }

    /// Asks the model again about a hundred comments that it has just come to have learnt.
    async fn look_back_when_whole(
        &self,
        shared: &Shared,
        held: LearnMark,
        desk: Desk,
    ) -> Result<Option<Desk>> {
        if desk.until_whole() < HUNDRED {
            return Ok(Some(desk));
        }
        let some = self.unasked(shared, &desk, (0, HUNDRED as u64)).await?;
        self.look_back(shared, held, desk, some).await
    }

    /// Some of the lessons that the model was not asked about again since it learnt them: of so many, after which there are as many more.
    async fn unasked(
        &self,
        shared: &Shared,
        desk: &Desk,
        (after, many): (u64, u64),
    ) -> Result<Vec<Taught>> {
        let through = desk.pupil().through();
        let store = &shared.store;
        store
            .unasked(self.site, through, (after, many), LESSONS_AT_ONCE)
            .await
    }

    /// Asks the model again about some comments: what it makes of them once it has learnt them. Nothing where another has come to be the
    /// one who learns.
    async fn look_back(
        &self,
        shared: &Shared,
        held: LearnMark,
        desk: Desk,
        some: Vec<Taught>,
    ) -> Result<Option<Desk>> {
        if some.is_empty() {
            return Ok(Some(desk));
        }
        let (desk, called) = desk.called(some).await?;
        let noted = shared.store.note_called_after(self.site, held, called);
        Ok(noted.await?.then_some(desk))
    }

    /// All lessons say what this model said of them; false where another has come to be the one who learns.
    async fn has_said_again(
        &self,
        shared: &Shared,
        held: LearnMark,
        desk: &mut Desk,
    ) -> Result<bool> {
        if !std::mem::take(&mut desk.says_again) {
            return Ok(true);
        }
        let of_this = LearnMark {
            base: self.base.clone(),
            ..held
        };
        shared.store.note_learning(self.site, of_this).await
    }

    /// Learns and forgets what some events tell of; whether there is more to do at once.
    async fn follow(
        &mut self,
        shared: &Shared,
        mark: &LearnMark,
        deeds: &[Deed],
        last: EventId,
    ) -> Result<bool> {
        let change = self.change(shared, mark, deeds, last).await?;
        let goes_on = is_full(deeds.len(), EVENTS);
        // Ids are made before the commit, so a deed may come to lie before one that was read already: the last while is read again.
        let further = settled(clock::now()).min(last).max(mark.event);
        if change.is_empty() {
            self.note(shared, mark, further, last, goes_on).await?;
        } else {
            let Some(held) = self.hold(shared, mark).await? else {
                return Ok(false);
            };
            if self.desk.is_none() {
                self.sit_down(shared, &held.base).await?;
                return Ok(true);
            }
            if !change.gone.is_empty() {
                return self.forget(shared, held, change.gone).await;
            }
            let is_before = |new: &Taught| new.decision <= self.through();
            let is_learnt = if change.new.iter().any(is_before) {
                self.learn_further_back(shared, held, further, change.new)
                    .await?
            } else {
                self.learn(shared, held, further, change.new, goes_on)
                    .await?
            };
            if !is_learnt {
                return Ok(false);
            }
        }
        self.read_to = goes_on.then_some(last);
        Ok(goes_on || self.desk.as_ref().is_some_and(|desk| desk.is_behind))
    }

    async fn change(
        &self,
        shared: &Shared,
        mark: &LearnMark,
        deeds: &[Deed],
        last: EventId,
    ) -> Result<LessonChange> {
        let comments: BTreeSet<CommentId> =
            deeds.iter().filter_map(|(_, comment)| *comment).collect();
        // Where it reads again what it has read, whatever was learnt since stands.
        let until = decided_by(last).max(after(self.through()));
        let considered = Considered {
            until: Some(until),
            skipped: mark.skipped.clone(),
        };
        let comments = comments.into_iter().collect();
        shared
            .store
            .lesson_change(self.site, comments, considered)
            .await
    }

    /// Notes how far it has come, where that is worth a write: far enough, or to the end. Who reads on holds the learning: what was read by
    /// somebody else is read again.
    async fn note(
        &self,
        shared: &Shared,
        mark: &LearnMark,
        further: EventId,
        last: EventId,
        goes_on: bool,
    ) -> Result<()> {
        let is_further = millis_of(further) >= millis_of(mark.event) + NOTE_MILLIS
            || further == last && further > mark.event;
        let is_theirs = mark.holder != shared.replica && mark.held_until.after(GONE) > clock::now();
        let reads_on = goes_on && mark.holder != shared.replica;
        if !reads_on && (!is_further || is_theirs) {
            return Ok(());
        }
        if let Some(held) = self.hold(shared, mark).await? {
            let further = LearnMark {
                event: further,
                ..held
            };
            shared.store.note_learning(self.site, further).await?;
        }
        Ok(())
    }

    /// Forgets lessons, and goes back to before the first of them. What is to be learnt beside is looked at when that is done: until
    /// then the model knows what it was never to be taught. Nothing is noted as read.
    async fn forget(
        &mut self,
        shared: &Shared,
        held: LearnMark,
        gone: Vec<DecisionId>,
    ) -> Result<bool> {
        let put = shared
            .store
            .put_lessons(self.site, held.clone(), Vec::new(), gone, None);
        if put.await? {
            self.sit_down(shared, &held.base).await?;
            return Ok(true);
        }
        self.desk = None;
        Ok(false)
    }

    /// Learns what comes after all that was learnt, hundred by hundred; false where another has come to be the one who learns.
    async fn learn(
        &mut self,
        shared: &Shared,
        held: LearnMark,
        further: EventId,
        mut new: Vec<Taught>,
        goes_on: bool,
    ) -> Result<bool> {
        while !new.is_empty() {
            let Some(desk) = self.desk.take() else {
                return Ok(false);
            };
            let rest = new.split_off(desk.until_whole().min(new.len()));
            let goes_on = goes_on || !rest.is_empty();
            let (desk, lessons) = desk.learn(new, goes_on, clock::now()).await?;
            // Events are read once all that they tell of is learnt.
            let held = LearnMark {
                event: if rest.is_empty() { further } else { held.event },
                ..held.clone()
            };
            let put = shared
                .store
                .put_lessons(self.site, held.clone(), lessons, Vec::new(), None);
            if !put.await? {
                return Ok(false);
            }
            shared.live.put(self.site, desk.shown(&self.chosen));
            self.desk = self.look_back_when_whole(shared, held, desk).await?;
            new = rest;
        }
        Ok(self.desk.is_some())
    }

    /// Learns what comes before the last that was learnt, and what came after the first of it again; false where another has come to be the
    /// one who learns.
    async fn learn_further_back(
        &mut self,
        shared: &Shared,
        held: LearnMark,
        further: EventId,
        new: Vec<Taught>,
    ) -> Result<bool> {
        let Some(desk) = self.desk.take() else {
            return Ok(false);
        };
        let first = new.iter().map(|new| new.decision).min();
        let (_, lessons) = desk.asked(new).await?;
        let read = LearnMark {
            event: further,
            ..held.clone()
        };
        let put = shared
            .store
            .put_lessons(self.site, read, lessons, Vec::new(), first);
        if !put.await? {
            return Ok(false);
        }
        self.sit_down(shared, &held.base).await?;
        Ok(true)
    }

    /// Keeps the weights now and then, for who goes on after this replica and for the others. Until then it goes on being the one
    /// who learns, since nobody else has what it has.
    async fn keep(&mut self, shared: &Shared) -> Result<()> {
        if !self.desk.as_ref().is_some_and(Desk::has_unkept) {
            return Ok(());
        }
        let now = clock::now();
        let mark = self.mark(shared, now).await?;
        if mark.holder != shared.replica {
            return Ok(());
        }
        let is_due = |desk: &mut Desk| desk.is_due(now) && !desk.is_behind;
        let Some(desk) = self.desk.take_if(is_due) else {
            if mark.held_until.before(HELD / 2) < now {
                self.hold(shared, &mark).await?;
            }
            return Ok(());
        };
        let (mut desk, snapshot) = desk.snapshot(self.base.clone(), now).await?;
        let Some(held) = self.hold(shared, &mark).await? else {
            return Ok(());
        };
        let kept = shared.store.keep_snapshot(self.site, held, snapshot);
        if kept.await? {
            desk.is_kept(now);
            self.desk = Some(desk);
        }
        Ok(())
    }
}

/// While lessons come to say what this model said of them they are of no one model, and so nobody measures by them, and who goes on after
/// this replica begins that anew.
fn of_several(held: LearnMark) -> LearnMark {
    LearnMark {
        base: String::new(),
        ..held
    }
}

/// Whether a page has as much as was asked for, so that there may be more.
fn is_full(many: usize, limit: i64) -> bool {
    i64::try_from(many).is_ok_and(|many| many == limit)
}

/// The least decision of the millisecond after an event: what an event tells of was decided before.
const fn decided_by(event: EventId) -> DecisionId {
    DecisionId(Uuid::from_u128((millis_of(event) + 1) << 80))
}

const fn after(decision: DecisionId) -> DecisionId {
    DecisionId(Uuid::from_u128(decision.0.as_u128().saturating_add(1)))
}

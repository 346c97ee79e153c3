//! A model where it learns, with what of it is not kept yet.

use std::time::Duration;

use uuid::Uuid;

use crate::domain::{DecisionId, Instant, Lesson, ModelSettings, SiteId, SnapshotId, Taught};
use crate::learn::{
    Class, HUNDRED, MEASURED, Measure, Model, Pupil, SiteModel, Thresholds, whole_hundreds,
};
use crate::store::{Error, Result, Snapshot, Store};

/// The weights are kept after as many lessons …
pub(super) const KEPT_AFTER: u64 = 100;
/// … or when that long nothing was kept …
const KEPT_EVERY: Duration = Duration::from_secs(30);
/// … or, if so, when nobody has decided for a while, so that other replicas have them.
const PAUSE: Duration = Duration::from_secs(5);

/// A model that learns here.
pub(super) struct Desk {
    class: Class,
    measure: Measure,
    /// It has yet to learn again what came after it was kept.
    pub(super) is_behind: bool,
    /// What the lessons say was said by another model: it says that again as it learns them.
    pub(super) says_again: bool,
    /// There may be comments of whole hundreds that it was not asked about again since it learnt them.
    pub(super) looks_back: bool,
    /// Lessons that no snapshot has.
    unkept: u64,
    /// The first and the last of them.
    unkept_since: Instant,
    learnt_at: Instant,
    kept_at: Option<Instant>,
}

impl Desk {
    /// As it was kept.
    pub(super) fn new(pupil: Pupil, now: Instant) -> Self {
        Self {
            class: Class::of(pupil),
            measure: Measure::default(),
            is_behind: true,
            says_again: false,
            looks_back: true,
            unkept: 0,
            unkept_since: now,
            learnt_at: now,
            kept_at: None,
        }
    }

    /// As it came with the program, with everything to learn again.
    pub(super) fn from_the_beginning(now: Instant) -> Self {
        Self {
            says_again: true,
            ..Self::new(Pupil::new(Model::shipped().clone()), now)
        }
    }

    /// What has learnt so far.
    pub(super) const fn pupil(&self) -> &Pupil {
        &self.class.pupil
    }

    /// How many lessons make its last hundred whole.
    pub(super) fn until_whole(&self) -> usize {
        let (after, _) = whole_hundreds(self.pupil().lessons());
        HUNDRED - usize::try_from(after).unwrap_or_default()
    }

    /// Learns what comes after all that it has learnt, of which there may be more; what it said of each before.
    pub(super) async fn learn(
        mut self,
        new: Vec<Taught>,
        goes_on: bool,
        now: Instant,
    ) -> Result<(Self, Vec<Lesson>)> {
        blocking(move || {
            let lessons = self.class.learn(&new, goes_on);
            for lesson in &lessons {
                self.measure.add(lesson);
            }
            self.note_unkept(new.len(), now);
            (self, lessons)
        })
        .await
    }

    /// What it says of comments that are to be learnt further back, or were learnt.
    pub(super) async fn asked(self, new: Vec<Taught>) -> Result<(Self, Vec<Lesson>)> {
        blocking(move || {
            let lessons = new.iter().map(|taught| self.pupil().asked(taught));
            let lessons = lessons.collect();
            (self, lessons)
        })
        .await
    }

    /// Which of comments that it has learnt it calls bad now.
    pub(super) async fn called(
        self,
        learnt: Vec<Taught>,
    ) -> Result<(Self, Vec<(DecisionId, bool)>)> {
        let (desk, said) = self.asked(learnt).await?;
        let called = said.iter().map(|one| (one.decision, one.called_bad()));
        let called = called.collect();
        Ok((desk, called))
    }

    /// Learns again some of what came after it was kept, of which there may be more; what it said of each before.
    pub(super) async fn catch_up(
        mut self,
        again: Vec<Taught>,
        goes_on: bool,
        now: Instant,
    ) -> Result<(Self, Vec<Lesson>)> {
        blocking(move || {
            let said = self.class.learn(&again, goes_on);
            self.note_unkept(again.len(), now);
            (self, said)
        })
        .await
    }

    /// All of it is learnt again.
    pub(super) async fn is_level(&mut self, store: &Store, site: SiteId) -> Result<()> {
        (_, self.measure) = measured(store, site).await?;
        self.is_behind = false;
        self.class.ends_batch();
        Ok(())
    }

    fn note_unkept(&mut self, lessons: usize, now: Instant) {
        if self.unkept == 0 {
            self.unkept_since = now;
        }
        self.unkept += u64::try_from(lessons).unwrap_or(u64::MAX);
        self.learnt_at = now;
    }

    /// As comments are judged by it.
    pub(super) fn shown(&self, chosen: &ModelSettings) -> SiteModel {
        let thresholds = Thresholds::of(&self.measure, chosen);
        SiteModel::new(
            self.pupil().model().for_judging(),
            thresholds,
            self.pupil().lessons(),
        )
    }

    /// Whether some of it is nowhere but here.
    pub(super) const fn has_unkept(&self) -> bool {
        self.unkept > 0
    }

    /// Whether it is to be kept now.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        let is_past = |since: Instant, wait| since.after(wait) <= now;
        let is_paused = is_past(self.learnt_at, PAUSE)
            && self.kept_at.is_none_or(|kept| is_past(kept, KEPT_EVERY));
        self.unkept >= KEPT_AFTER
            || self.unkept > 0 && (is_paused || is_past(self.unkept_since, KEPT_EVERY))
    }

    /// It as it is to be kept.
    pub(super) async fn snapshot(self, base: String, now: Instant) -> Result<(Self, Snapshot)> {
        blocking(move || {
            let snapshot = Snapshot {
                id: SnapshotId(Uuid::now_v7()),
                lesson: self.pupil().through(),
                lessons: i64::try_from(self.pupil().lessons()).unwrap_or(i64::MAX),
                base,
                weights: self.pupil().model().to_bytes(),
                created_at: now,
                has_weights: true,
            };
            (self, snapshot)
        })
        .await
    }

    /// All of it is kept.
    pub(super) const fn is_kept(&mut self, now: Instant) {
        (self.unkept, self.kept_at) = (0, Some(now));
    }
}

/// How many lessons a site has, and how right its model was about the latest of them.
pub(super) async fn measured(store: &Store, site: SiteId) -> Result<(u64, Measure)> {
    let limit = i64::try_from(MEASURED).unwrap_or(i64::MAX);
    let (all, lessons) = store.lessons_told(site, limit).await?;
    Ok((all, Measure::of(&lessons)))
}

/// The newest snapshot of a site that can be read, as what goes on from it; what came with the program where there is none.
pub(super) async fn kept(
    store: &Store,
    site: SiteId,
    base: &str,
) -> Result<(Option<SnapshotId>, Pupil)> {
    let infos = store.snapshots(site).await?;
    for info in infos.iter().filter(|info| info.is_of(base)) {
        let Some(snapshot) = store.snapshot(site, info.id).await? else {
            continue;
        };
        let (lesson, lessons) = (snapshot.lesson, u64::try_from(snapshot.lessons));
        match blocking(move || Model::from_bytes(&snapshot.weights)).await? {
            Ok(model) => {
                let pupil = Pupil::resumed(model, lesson, lessons.unwrap_or_default());
                return Ok((Some(info.id), pupil));
            }
            // Whatever it had learnt is learnt again from an older one.
            Err(error) => {
                tracing::error!(snapshot = %info.id, %error, "a snapshot of a model cannot be read and is passed over");
            }
        }
    }
    Ok((None, Pupil::new(Model::shipped().clone())))
}

/// Does what takes a while where nobody waits for it.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::Broken(format!("a model: {error}")))
}

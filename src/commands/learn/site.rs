//! What a site's model has learnt: told, checked, forgotten.

use std::collections::BTreeSet;

use crate::commands::say::say;
use anyhow::Context as _;
use clap::Args;
use duyet::clock;
use duyet::domain::{Actor, DecisionId, EventId, Instant, Lesson, ModelSettings, ReplicaId, Site};
use duyet::http::lessons_told;
use duyet::learn::{
    Counts, Drift, Hundred, Leave, Model, Moved, OfOutput, Output, Pupil, Report, Trial, Writing,
};
use duyet::store::{Considered, LearnMark, OnDemand, Store};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// As many decisions as are read at once.
const DECISIONS: i64 = 500;

#[derive(Args)]
pub struct Named {
    /// The site's key.
    site: String,
}

#[derive(Args)]
pub struct Replay {
    /// The site's key.
    site: String,
    /// Where it is not what is kept: have the service go through all decisions again, and learn and forget what it has missed.
    #[arg(long)]
    mend: bool,
}

#[derive(Args)]
pub struct Rollback {
    /// The site's key.
    site: String,
    /// The snapshot, as `duyet learn report` names it.
    snapshot: String,
}

#[derive(Serialize)]
struct Told {
    site: String,
    /// How often it may be wrong, in percent.
    setting: ModelSettings,
    base: String,
    /// Whether nothing is known of it while it learns all decisions again, as after an upgrade to a program with another model.
    learns_again: bool,
    /// All that it has learnt.
    lessons: u64,
    /// As many of the latest are looked at in what follows.
    looked_at: usize,
    /// Each whole hundred lessons, the oldest first.
    hundreds: Vec<HundredTold>,
    /// The latest five hundred against those before.
    drift: Option<DriftTold>,
    /// Where the model alone would have put what people decided on.
    at_this_setting: Vec<Setting>,
    outputs: Vec<OutputTold>,
    most_wrong: Vec<Wrong>,
    snapshots: Vec<Kept>,
}

#[derive(Serialize)]
struct HundredTold {
    from: Instant,
    /// How many lessons there were with these.
    until: u64,
    accuracy: f64,
    /// The mean over both classes; nothing where one of them did not occur.
    macro_f1: Option<f64>,
    /// Of what the model says of the same comments once it has learnt them; nothing where it was not asked again.
    accuracy_after: Option<f64>,
}

#[derive(Serialize)]
struct DriftTold {
    recent: usize,
    recent_accuracy: f64,
    before: usize,
    before_accuracy: f64,
    accuracy_changed: bool,
    share_of_bad_changed: bool,
}

#[derive(Serialize)]
struct Setting {
    toneless: bool,
    /// Whether enough is known for the model to move anything.
    moves: bool,
    approved: MovedTold,
    refused: MovedTold,
    by_itself: ByItself,
}

/// What it would have decided by itself.
#[derive(Serialize)]
struct ByItself {
    likely_fine: TrialTold,
    likely_bad: TrialTold,
}

#[derive(Serialize)]
struct TrialTold {
    /// Whether it may.
    leave: Leave,
    /// The probability of bad under which it approves, or from which on it refuses.
    cut: f32,
    /// Decisions of people on such comments.
    looked_at: u32,
    /// For how many comments these speak.
    comments: u32,
    /// Of these, such as people decided otherwise.
    wrong: u32,
    wrong_share: f64,
}

#[derive(Serialize)]
struct MovedTold {
    comments: u32,
    look: u32,
    likely_bad: u32,
    look_share: f64,
    likely_bad_share: f64,
}

#[derive(Serialize)]
struct OutputTold {
    output: Output,
    toneless: bool,
    fine: u32,
    bad: u32,
    /// Where it moves comments; nowhere until enough is known.
    look: Option<f32>,
    likely_bad: Option<f32>,
    /// By tenths of probability: comments, and how many of them were bad.
    calibration: [(u32, u32); 10],
}

#[derive(Serialize)]
struct Wrong {
    comment: String,
    action: &'static str,
    harm: f32,
    spam: f32,
}

#[derive(Serialize)]
struct Kept {
    snapshot: String,
    /// How many come before it.
    lessons: i64,
    at: Instant,
    /// The model that these were learnt from.
    base: String,
    /// Whether it can be gone on from; else what comes before it is learnt again by whoever goes back to it.
    has_weights: bool,
}

/// `duyet learn report`
pub async fn report(store: &Store, named: &Named) -> anyhow::Result<()> {
    let site = site_of(store, &named.site).await?;
    let lessons = lessons_told(store, site.id).await?;
    let learns_again = lessons.is_none();
    let (all, lessons) = lessons.unwrap_or_default();
    let report = Report::of(all, &lessons, &site.settings.model);
    let snapshots = store.places(site.id).await?.into_iter();
    let told = Told {
        site: site.key,
        setting: site.settings.model,
        base: Model::shipped_version(),
        learns_again,
        lessons: report.all,
        looked_at: report.looked_at,
        hundreds: report.hundreds.iter().map(hundred).collect(),
        drift: report.drift.map(drift),
        at_this_setting: report.writings.iter().map(setting).collect(),
        outputs: outputs(&report.writings),
        most_wrong: report.most_wrong.iter().map(wrong).collect(),
        snapshots: snapshots
            .map(|kept| Kept {
                snapshot: kept.id.to_string(),
                lessons: kept.lessons,
                at: kept.created_at,
                has_weights: kept.has_weights,
                base: kept.base,
            })
            .collect(),
    };
    say!("{}", serde_json::to_string_pretty(&told)?)?;
    Ok(())
}

fn hundred(hundred: &Hundred) -> HundredTold {
    let counts = hundred.counts;
    let has_both = counts.found + counts.missed > 0 && counts.alarmed + counts.passed > 0;
    HundredTold {
        from: duyet::store::moment_of(hundred.first.0),
        until: hundred.until,
        accuracy: counts.accuracy(),
        macro_f1: has_both.then(|| counts.macro_f1()),
        accuracy_after: hundred.after.map(Counts::accuracy),
    }
}

fn drift(drift: Drift) -> DriftTold {
    DriftTold {
        recent: drift.looked_at[0],
        recent_accuracy: drift.recent.accuracy(),
        before: drift.looked_at[1],
        before_accuracy: drift.before.accuracy(),
        accuracy_changed: drift.accuracy_changed,
        share_of_bad_changed: drift.share_of_bad_changed,
    }
}

fn setting(writing: &Writing) -> Setting {
    let moved = |moved: Moved| MovedTold {
        comments: moved.all,
        look: moved.look,
        likely_bad: moved.likely_bad,
        look_share: moved.look_share(),
        likely_bad_share: moved.likely_bad_share(),
    };
    Setting {
        toneless: writing.is_toneless,
        moves: writing.moves,
        approved: moved(writing.approved),
        refused: moved(writing.refused),
        by_itself: ByItself {
            likely_fine: trial(writing.trials[0]),
            likely_bad: trial(writing.trials[1]),
        },
    }
}

fn trial(trial: Trial) -> TrialTold {
    TrialTold {
        leave: trial.leave,
        cut: trial.cut(),
        looked_at: trial.looked_at,
        comments: trial.of,
        wrong: trial.wrong,
        wrong_share: trial.wrong_share(),
    }
}

fn outputs(writings: &[Writing]) -> Vec<OutputTold> {
    let each = |toneless: bool, of: OfOutput| OutputTold {
        output: of.output,
        toneless,
        fine: of.fine,
        bad: of.bad,
        look: of.cut.map(|cut| cut.look),
        likely_bad: of.cut.and_then(|cut| cut.likely_bad),
        calibration: of.calibration,
    };
    let both = writings.iter().flat_map(|writing| {
        [writing.harm, writing.spam].map(|output| each(writing.is_toneless, output))
    });
    both.collect()
}

fn wrong(lesson: &Lesson) -> Wrong {
    Wrong {
        comment: lesson.comment.to_string(),
        action: lesson.action.as_str(),
        harm: lesson.harm,
        spam: lesson.spam,
    }
}

#[derive(Serialize)]
struct Replayed {
    /// Decisions of people that stand, learnt from the beginning.
    lessons: u64,
    weights: String,
    /// Such as the service has not learnt.
    missing: usize,
    /// Lessons of the service that no such decision stands for.
    surplus: usize,
    /// Of the newest snapshot.
    kept_lessons: Option<i64>,
    kept_weights: Option<String>,
    /// Whether the service has learnt these decisions and no others, and its newest snapshot is what they come to.
    equal: bool,
    /// Whether the service was asked to mend that.
    mending: bool,
}

/// `duyet learn replay`
pub async fn replay(store: &Store, options: &Replay) -> anyhow::Result<()> {
    let site = site_of(store, &options.site).await?;
    let base = Model::shipped_version();
    let snapshots = store.snapshots(site.id).await?;
    let kept = snapshots.iter().find(|kept| kept.is_of(&base));
    let kept = match kept {
        Some(kept) => store.snapshot(site.id, kept.id).await?,
        None => None,
    };
    let learnt: BTreeSet<DecisionId> = store.lesson_ids(site.id).await?.into_iter().collect();
    let again = learnt_again(store, &site, kept.as_ref().map(|kept| kept.lesson)).await?;
    let kept_weights = kept.as_ref().map(|kept| hash(&kept.weights));
    let kept_lessons = kept.map(|kept| kept.lessons);
    let (missing, surplus) = (
        again.decisions.difference(&learnt).count(),
        learnt.difference(&again.decisions).count(),
    );
    let is_as_kept = again.at.as_ref().map(|(weights, _)| weights) == kept_weights.as_ref()
        && again.at.as_ref().map(|(_, lessons)| *lessons) == kept_lessons;
    let is_learnt = missing == 0 && surplus == 0;
    let equal = is_learnt && is_as_kept;
    let mending = options.mend && !equal;
    if mending {
        // Weights that do not come of the lessons are worth nothing, nor is what was learnt from them.
        let with_weights = !is_learnt;
        let by = (Actor::Operator, clock::now());
        store
            .mend_learning(site.id, beginning(), with_weights, by)
            .await?;
    }
    let replayed = Replayed {
        lessons: again.pupil.lessons(),
        weights: hash(&again.pupil.model().to_bytes()),
        missing,
        surplus,
        kept_lessons,
        kept_weights,
        equal,
        mending,
    };
    say!("{}", serde_json::to_string_pretty(&replayed)?)?;
    anyhow::ensure!(
        equal || mending,
        "what was learnt is not what the decisions come to: {missing} of them are missing, {surplus} lessons have none. Where somebody has decided within the last minute, ask again; else `duyet learn replay {} --mend` has the service go through all of them again, and learn and forget what it has missed",
        site.key
    );
    Ok(())
}

/// What a site's decisions come to.
struct LearntAgain {
    pupil: Pupil,
    decisions: BTreeSet<DecisionId>,
    /// The weights after the lesson that was asked for, and how many lessons that were.
    at: Option<(String, i64)>,
}

/// Learns a site's decisions from the beginning, by themselves: neither events nor what the service has noted of its lessons is asked.
async fn learnt_again(
    store: &Store,
    site: &Site,
    asked: Option<DecisionId>,
) -> anyhow::Result<LearntAgain> {
    let mark = store.learn_mark(site.id).await?;
    let considered = Considered {
        until: None,
        skipped: mark.map_or_else(Vec::new, |mark| mark.skipped),
    };
    let mut again = LearntAgain {
        pupil: Pupil::new(Model::shipped().clone()),
        decisions: BTreeSet::new(),
        at: None,
    };
    let mut after = Some(DecisionId(Uuid::nil()));
    while let Some(from) = after {
        let page = store.teaching_after(site.id, from, considered.clone(), DECISIONS);
        let (page, last) = page.await?;
        for taught in &page {
            again.pupil.learn(taught);
            again.decisions.insert(taught.decision);
            if asked == Some(taught.decision) {
                let lessons = i64::try_from(again.pupil.lessons())?;
                again.at = Some((hash(&again.pupil.model().to_bytes()), lessons));
            }
        }
        after = last;
    }
    Ok(again)
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// `duyet learn reset`: decisions up to now teach nothing any more.
pub async fn reset(store: &Store, named: &Named) -> anyhow::Result<()> {
    let site = site_of(store, &named.site).await?;
    let forgotten = forget(store, &site, None).await?;
    say!(
        "the model of {} begins anew; lessons forgotten: {}",
        site.key,
        forgotten.lessons
    )?;
    tell_of_forgotten(&site, forgotten)
}

/// `duyet learn rollback`: what was learnt since a snapshot is forgotten, and teaches nothing any more.
pub async fn rollback(store: &Store, options: &Rollback) -> anyhow::Result<()> {
    let site = site_of(store, &options.site).await?;
    let snapshots = store.places(site.id).await?;
    let kept = snapshots
        .iter()
        .find(|kept| kept.id.to_string() == options.snapshot);
    let kept = kept.with_context(|| {
        format!(
            "nothing was changed: {} has no snapshot `{}`. `duyet learn report {}` lists those that it has",
            site.key, options.snapshot, site.key
        )
    })?;
    let forgotten = forget(store, &site, Some(kept.lesson)).await?;
    say!(
        "the model of {} is as it was after {} lessons; later ones forgotten: {}",
        site.key,
        kept.lessons,
        forgotten.lessons
    )?;
    if !kept.is_of(&Model::shipped_version()) {
        say!(
            "its weights of then are not what today's program and decisions come to: the service learns these lessons again"
        )?;
    }
    tell_of_forgotten(&site, forgotten)
}

/// `duyet learn remember`: takes back what `reset` or `rollback` did last.
pub async fn remember(store: &Store, named: &Named) -> anyhow::Result<()> {
    let site = site_of(store, &named.site).await?;
    let by = (Actor::Operator, clock::now());
    let remembered = store.remember_lessons(site.id, beginning(), by).await?;
    let remembered = remembered.with_context(|| {
        format!(
            "nothing was changed: no decision that `duyet learn reset` or `rollback` had {} forget would teach it anything today",
            site.key
        )
    })?;
    say!(
        "decisions that teach the model of {} again: {}. The service learns all of them in their order; until that is done, seconds for thousands, it measures and moves nothing",
        site.key,
        remembered.lessons
    )?;
    tell_of_switches(&site, remembered)
}

fn tell_of_forgotten(site: &Site, forgotten: OnDemand) -> anyhow::Result<()> {
    if forgotten.lessons > 0 {
        say!("`duyet learn remember {}` takes that back", site.key)?;
    }
    tell_of_switches(site, forgotten)
}

fn tell_of_switches(site: &Site, done: OnDemand) -> anyhow::Result<()> {
    if done.was_alone {
        say!(
            "it decides nothing by itself any more: `model.approves_likely_fine` and `model.settles_likely_bad` of {} are off, until an admin turns them on again",
            site.key
        )?;
    }
    Ok(())
}

async fn forget(store: &Store, site: &Site, after: Option<DecisionId>) -> anyhow::Result<OnDemand> {
    let until = DecisionId(Uuid::now_v7());
    Ok(store
        .forget_lessons_after(
            site.id,
            beginning(),
            after,
            until,
            (Actor::Operator, clock::now()),
        )
        .await?)
}

/// Nobody's learning, free at once for whoever learns on.
fn beginning() -> LearnMark {
    LearnMark {
        event: EventId(Uuid::nil()),
        base: Model::shipped_version(),
        skipped: Vec::new(),
        holder: ReplicaId(Uuid::now_v7()),
        held_until: clock::now(),
    }
}

async fn site_of(store: &Store, key: &str) -> anyhow::Result<Site> {
    let known = store.site(key.to_owned()).await?;
    known.with_context(|| format!("there is no site `{key}`"))
}

//! What a site's model has learnt: told, checked, forgotten.

use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use duyet::clock;
use duyet::domain::{DecisionId, EventId, Instant, Lesson, ReplicaId, Site};
use duyet::learn::{Counts, Measure, Model, Output, Pupil, label_of};
use duyet::store::{LearnMark, Store};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// As many lessons as are read at once.
const LESSONS: i64 = 500;
/// As many of the latest lessons as are looked at.
const MEASURED: i64 = 20_000;
/// Accuracy is told of each so many.
const HUNDRED: usize = 100;
/// As many of the most wrong as are told.
const MOST_WRONG: usize = 10;
/// As long as whoever learns is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Args)]
pub struct Named {
    /// The site's key.
    site: String,
}

#[derive(Args)]
pub struct Rollback {
    /// The site's key.
    site: String,
    /// The snapshot, as `duyet learn report` names it.
    snapshot: String,
}

#[derive(Serialize)]
struct Report {
    site: String,
    base: String,
    lessons: usize,
    /// Each hundred lessons, the oldest first.
    hundreds: Vec<Hundred>,
    outputs: Vec<OfOutput>,
    most_wrong: Vec<Wrong>,
    snapshots: Vec<Kept>,
}

#[derive(Serialize)]
struct Hundred {
    from: Instant,
    accuracy: f64,
    macro_f1: f64,
}

#[derive(Serialize)]
struct OfOutput {
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
    lessons: i64,
    at: Instant,
    base: String,
}

/// `duyet learn report`
pub async fn report(store: &Store, named: &Named) -> anyhow::Result<()> {
    let site = site_of(store, &named.site).await?;
    let lessons = store.latest_lessons(site.id, MEASURED).await?;
    let measure = Measure::of(&lessons);
    let mut outputs = Vec::new();
    for output in [Output::Harm, Output::Spam] {
        for toneless in [false, true] {
            outputs.push(of_output(&measure, output, toneless));
        }
    }
    let snapshots = store.snapshots(site.id).await?.into_iter();
    let report = Report {
        site: site.key,
        base: Model::shipped_version(),
        lessons: lessons.len(),
        hundreds: lessons.chunks(HUNDRED).map(hundred).collect(),
        outputs,
        most_wrong: most_wrong(&lessons),
        snapshots: snapshots
            .map(|kept| Kept {
                snapshot: kept.id.to_string(),
                lessons: kept.lessons,
                at: kept.created_at,
                base: kept.base,
            })
            .collect(),
    };
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}

fn of_output(measure: &Measure, output: Output, toneless: bool) -> OfOutput {
    let record = measure.record(output, toneless);
    let cut = measure.cut(output, toneless);
    let (fine, bad) = record.seen();
    OfOutput {
        output,
        toneless,
        fine,
        bad,
        look: cut.map(|cut| cut.look),
        likely_bad: cut.map(|cut| cut.likely_bad),
        calibration: record.calibration(),
    }
}

/// Whether a lesson was of something bad, and how probable the model had it.
fn told(lesson: &Lesson) -> (bool, f32) {
    let label = label_of(lesson.action);
    let is_bad = [label.harm, label.spam].contains(&Some(true));
    (is_bad, lesson.harm.max(lesson.spam))
}

fn hundred(lessons: &[Lesson]) -> Hundred {
    let mut counts = Counts::default();
    for (is_bad, probability) in lessons.iter().map(told) {
        counts.add(is_bad, probability >= 0.5);
    }
    let first = lessons
        .first()
        .map_or(Uuid::nil(), |first| first.decision.0);
    Hundred {
        from: duyet::store::moment_of(first),
        accuracy: counts.accuracy(),
        macro_f1: counts.macro_f1(),
    }
}

fn most_wrong(lessons: &[Lesson]) -> Vec<Wrong> {
    let wrong = |lesson: &Lesson| {
        let (is_bad, probability) = told(lesson);
        if is_bad {
            1.0 - probability
        } else {
            probability
        }
    };
    let mut sorted: Vec<&Lesson> = lessons
        .iter()
        .filter(|lesson| wrong(lesson) > 0.5)
        .collect();
    sorted.sort_by(|a, b| wrong(b).total_cmp(&wrong(a)));
    let told = sorted.into_iter().take(MOST_WRONG);
    told.map(|lesson| Wrong {
        comment: lesson.comment.to_string(),
        action: lesson.action.as_str(),
        harm: lesson.harm,
        spam: lesson.spam,
    })
    .collect()
}

#[derive(Serialize)]
struct Replayed {
    lessons: u64,
    weights: String,
    /// Of the newest snapshot.
    kept_lessons: Option<i64>,
    kept_weights: Option<String>,
    /// Whether the newest snapshot is what its lessons come to when they are learnt from the beginning.
    equal: bool,
}

/// `duyet learn replay`
pub async fn replay(store: &Store, named: &Named) -> anyhow::Result<()> {
    let site = site_of(store, &named.site).await?;
    let kept = store
        .latest_snapshot(site.id, Model::shipped_version())
        .await?;
    let mut pupil = Pupil::new(Model::shipped().clone());
    let mut at_kept = None;
    loop {
        let page = store
            .lessons_after(site.id, pupil.through(), LESSONS)
            .await?;
        if page.is_empty() {
            break;
        }
        for lesson in &page {
            pupil.learn(lesson);
            if kept.as_ref().map(|kept| kept.lesson) == Some(lesson.decision) {
                at_kept = Some(hash(&pupil.model().to_bytes()));
            }
        }
    }
    let kept_weights = kept.as_ref().map(|kept| hash(&kept.weights));
    let replayed = Replayed {
        lessons: pupil.lessons(),
        weights: hash(&pupil.model().to_bytes()),
        kept_lessons: kept.map(|kept| kept.lessons),
        equal: at_kept == kept_weights,
        kept_weights,
    };
    println!("{}", serde_json::to_string_pretty(&replayed)?);
    anyhow::ensure!(
        replayed.equal,
        "what is kept is not what its lessons come to: `duyet learn reset` begins anew"
    );
    Ok(())
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// `duyet learn reset`: decisions up to now teach nothing any more.
pub async fn reset(store: &Store, named: &Named) -> anyhow::Result<()> {
    let site = site_of(store, &named.site).await?;
    forget(store, &site, None).await?;
    println!("the model of {} begins anew", site.key);
    Ok(())
}

/// `duyet learn rollback`: what was learnt since a snapshot is forgotten, and teaches nothing any more.
pub async fn rollback(store: &Store, options: &Rollback) -> anyhow::Result<()> {
    let site = site_of(store, &options.site).await?;
    let snapshots = store.snapshots(site.id).await?;
    let kept = snapshots
        .iter()
        .find(|kept| kept.id.to_string() == options.snapshot)
        .with_context(|| format!("{} has no snapshot `{}`", site.key, options.snapshot))?;
    forget(store, &site, Some(kept.lesson)).await?;
    println!(
        "the model of {} is as it was after {} lessons",
        site.key, kept.lessons
    );
    Ok(())
}

async fn forget(store: &Store, site: &Site, after: Option<DecisionId>) -> anyhow::Result<()> {
    let mut mark = taken(store, site).await?;
    let until = DecisionId(Uuid::now_v7());
    mark.skipped
        .push((after.unwrap_or(DecisionId(Uuid::nil())), until));
    // Free at once for whoever learns on.
    mark.held_until = clock::now();
    Ok(store.forget_lessons_after(site.id, mark, after).await?)
}

/// Takes the learning of a site from whoever holds it, once they rest.
async fn taken(store: &Store, site: &Site) -> anyhow::Result<LearnMark> {
    let begun = std::time::Instant::now();
    let replica = ReplicaId(Uuid::now_v7());
    while begun.elapsed() < PATIENCE {
        let now = clock::now();
        let mark = store.learn_mark(site.id).await?;
        let mark = LearnMark {
            holder: replica,
            held_until: now.after(Duration::from_secs(10)),
            ..mark.unwrap_or_else(|| LearnMark {
                event: EventId(Uuid::nil()),
                base: Model::shipped_version(),
                skipped: Vec::new(),
                holder: replica,
                held_until: now,
            })
        };
        if store.take_learning(site.id, mark.clone(), now).await? {
            return Ok(mark);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    anyhow::bail!("a replica is learning all the time; try again in a quieter minute")
}

async fn site_of(store: &Store, key: &str) -> anyhow::Result<Site> {
    let known = store.site(key.to_owned()).await?;
    known.with_context(|| format!("there is no site `{key}`"))
}

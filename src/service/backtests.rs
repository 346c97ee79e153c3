//! Does the back-tests that editors start: one page of comments after the other, each followed by a rest, so that whoever writes or
//! decides meanwhile does not feel it. Those of several sites take turns, page by page. Whoever works on one holds its lease; after
//! a crash, or when the service stops, another goes on where it was saved last.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::clock;
use crate::domain::{
    Backtest, BacktestState, Comment, CommentId, Findings, SiteWord, Status, TriedWord, WordState,
};
use crate::rules::{LiveRules, Trial};
use crate::store::{Result, Store, WordFilter, first_at};

/// How often it looks for one.
const PULSE: Duration = Duration::from_secs(1);
/// As many comments as are tried between two rests.
const PAGE: i64 = 200;
/// After a page it rests so many times as long as that took: it never has more than a third of a core, and the busier the
/// service, the rarer it comes.
const REST: u32 = 2;
/// As often as it is saved, at the most.
const SAVED: Duration = Duration::from_millis(500);
/// As long as nobody else takes it up after that.
const LEASE: Duration = Duration::from_secs(20);
/// As many as a replica works on by turns: few enough that each is saved well within its lease.
const AT_ONCE: usize = 8;

/// Works until the service stops.
pub(super) async fn run(store: Store, rules: Arc<LiveRules>, mut stopped: watch::Receiver<bool>) {
    let (turn, mut under_way) = (Arc::new(Mutex::new(())), JoinSet::new());
    while !*stopped.borrow() {
        while under_way.try_join_next().is_some() {}
        let shop = Shop {
            store: store.clone(),
            rules: rules.clone(),
            stopped: stopped.clone(),
            turn: turn.clone(),
        };
        if let Err(error) = take_up(&shop, &mut under_way).await {
            tracing::warn!(%error, "no back-test can be taken up; tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(PULSE) => {}
            _ = stopped.changed() => {}
        }
    }
    while under_way.join_next().await.is_some() {}
}

/// What a back-test is done with.
#[derive(Clone)]
struct Shop {
    store: Store,
    rules: Arc<LiveRules>,
    stopped: watch::Receiver<bool>,
    /// Held for a page and the rest after it, so that many back-tests take no more of the machine than one.
    turn: Arc<Mutex<()>>,
}

/// Begins those that nobody works on.
async fn take_up(shop: &Shop, under_way: &mut JoinSet<()>) -> Result<()> {
    for (site, id) in shop.store.due_backtests(clock::now()).await? {
        if under_way.len() >= AT_ONCE {
            break;
        }
        let now = clock::now();
        let until = now.after(LEASE);
        let Some(run) = shop.store.claim_backtest(site, id, now, until).await? else {
            continue;
        };
        let shop = shop.clone();
        under_way.spawn(async move {
            if let Err(error) = work_on(&shop, run).await {
                tracing::warn!(%error, "a back-test stands still; tried again");
            }
        });
    }
    Ok(())
}

/// Tries page after page until there is no more, somebody stops it, or the service stops.
async fn work_on(shop: &Shop, mut run: Backtest) -> Result<()> {
    let store = &shop.store;
    let Some(trial) = begin(store, &shop.rules, &mut run).await? else {
        run.state = BacktestState::Failed;
        return end(store, run).await;
    };
    let trial = Arc::new(trial);
    let from = CommentId(first_at(run.created_at.before(days(run.days))));
    let first = CommentId(first_at(run.created_at));
    if run.total.is_none() {
        run.total = Some(store.count_comments_between(run.site, from, first).await?);
    }
    let mut saved = Instant::now();
    loop {
        let _turn = shop.turn.lock().await;
        let start = Instant::now();
        let before = run.reached.unwrap_or(first);
        let page = store.comments_between(run.site, from, before, PAGE).await?;
        if page.is_empty() {
            run.state = BacktestState::Done;
            return end(store, run).await;
        }
        run.done += i64::try_from(page.len()).unwrap_or(i64::MAX);
        run.reached = page.last().map(|last| last.id);
        let findings = std::mem::take(&mut run.findings);
        let Some(findings) = tried(trial.clone(), page, findings).await else {
            run.state = BacktestState::Failed;
            return end(store, run).await;
        };
        run.findings = findings;
        if *shop.stopped.borrow() {
            // Free at once for whoever is there next.
            store.save_backtest(run, clock::now()).await?;
            return Ok(());
        }
        if saved.elapsed() >= SAVED {
            let until = clock::now().after(LEASE);
            if !store.save_backtest(run.clone(), until).await? {
                return Ok(());
            }
            saved = Instant::now();
        }
        tokio::time::sleep(start.elapsed() * REST).await;
    }
}

/// The words to be tried. What was found with other rules or other live words is thrown away.
async fn begin(store: &Store, rules: &LiveRules, run: &mut Backtest) -> Result<Option<Trial>> {
    let live = WordFilter {
        state: Some(WordState::Live),
        ..WordFilter::default()
    };
    let live = store.site_words(run.site, live).await?;
    let rules = rules.now();
    let basis = basis(rules.version(), &live);
    if run.basis != basis {
        run.basis = basis;
        (run.done, run.reached, run.findings) = (0, None, Findings::default());
    }
    let drafts: Vec<SiteWord> = run.words.iter().map(|word| draft(run, word)).collect();
    let made = tokio::task::spawn_blocking(move || Trial::new(rules, &live, &drafts)).await;
    let made = made.map_err(|error| error.to_string());
    let made = made.and_then(|made| made.map_err(|faults| format!("{faults:?}")));
    if let Err(why) = &made {
        tracing::error!(why, "a back-test cannot be begun");
    }
    Ok(made.ok())
}

/// Names rules and live words: others have another name.
fn basis(version: &str, live: &[SiteWord]) -> String {
    let last = live.iter().map(|word| word.updated_at).max();
    let last = last.map_or(0, crate::domain::Instant::as_micros);
    format!("{version} {} {last}", live.len())
}

fn draft(run: &Backtest, word: &TriedWord) -> SiteWord {
    let normal = crate::rules::read_word(&word.word).map(|(_, normal)| normal);
    SiteWord {
        id: word.id,
        site: run.site,
        word: word.word.clone(),
        normal: normal.unwrap_or_default(),
        kind: word.kind,
        category: word.category,
        weight: word.weight,
        state: WordState::Draft,
        note: None,
        created_by: run.started_by.clone(),
        created_at: run.created_at,
        updated_at: run.created_at,
    }
}

fn days(number: i32) -> Duration {
    Duration::from_secs(24 * 3600 * u64::from(number.unsigned_abs()))
}

/// Tries a page on a thread that may be busy; none where that panicked.
async fn tried(trial: Arc<Trial>, page: Vec<Comment>, mut findings: Findings) -> Option<Findings> {
    let tried = tokio::task::spawn_blocking(move || {
        // What was erased has no text.
        for comment in page.iter().filter(|one| one.status != Status::Erased) {
            trial.try_on(comment, &mut findings);
        }
        findings
    });
    tried
        .await
        .inspect_err(|error| tracing::error!(%error, "a back-test panicked"))
        .ok()
}

async fn end(store: &Store, mut run: Backtest) -> Result<()> {
    let now = clock::now();
    run.ended_at = Some(now);
    store.save_backtest(run, now).await?;
    Ok(())
}

//! Puts the parts together and runs them until it is told to stop.

mod backtests;
mod beside;
mod capacity;
mod exchange;
mod freshness;
mod keys;
mod learning;
mod numbers;
mod packs;
mod reload;
mod rounds;
mod search;
mod sweep;
mod texts;
mod watch;

pub use keys::fill_in;
pub use packs::{packs_in, rules};

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::sync::{Notify, watch as flag};
use tokio::task::JoinHandle;

use self::beside::Beside;
use self::capacity::connections;
use self::exchange::Exchange;
use self::packs::{compiled, packs};
use self::sweep::Sweep;
use crate::config::Config;
use crate::http::{Bound, House, Listening, Live, Memory, Server, document};
use crate::intake::{Arrivals, RECENT_WINDOW, RecentTexts};
use crate::learn::LiveModels;
use crate::notify::mail::Mailer;
use crate::notify::outward::Outward;
use crate::notify::{Callbacks, Checks, Hooks, Worker};
use crate::rules::LiveRules;
use crate::store::{Address, SETTLED_AFTER, Store};

/// How often a replica learns what the others took in.
const TAIL_PULSE: Duration = Duration::from_secs(1);
/// As long as mails that are being sent may take after the service was told to stop.
const LAST_MAILS: Duration = Duration::from_secs(5);

/// Takes the address where the service will answer. First of all: who cannot have it must not have changed the database either.
pub fn bind(config: &Config) -> anyhow::Result<Bound> {
    Bound::to(config.listen).with_context(|| format!("DUYET_LISTEN: {}", config.listen))
}

/// Runs the service until SIGTERM or SIGINT. `ready` is told the address once requests are answered.
pub async fn serve(
    config: Config,
    bound: Bound,
    demonstration: bool,
    ready: impl FnOnce(&Store, std::net::SocketAddr),
) -> anyhow::Result<()> {
    let leave = leave_signal()?;
    for name in &config.unknown {
        tracing::warn!(name, "this name in the environment is no setting");
    }
    let packs = packs(&config)?;
    let rules = Arc::new(LiveRules::new(compiled(&packs)?));
    let mailer = Mailer::new(&config)?;
    let outward = Outward::new(&config)?;
    let metrics = measures()?;
    reload::show(&rules.now());
    let store = Store::open(config.database.clone())
        .await
        .context("DATABASE_URL")?;
    let (memory, exchange) = remembered(&store, &config).await.context("DATABASE_URL")?;

    let (stop, stopped) = flag::channel(false);
    let wake = Arc::new(Notify::new());
    let chores = tokio::spawn(chores(
        store.clone(),
        memory.recent.clone(),
        exchange,
        metrics.clone(),
        stopped.clone(),
    ));
    let live = Live::default();
    let models = Arc::new(LiveModels::default());
    let beside = Beside {
        store: store.clone(),
        live: live.clone(),
        rules: rules.clone(),
        models: models.clone(),
        mail: Arc::new(Worker::new(
            store.clone(),
            mailer,
            rules.clone(),
            config.clone(),
            wake.clone(),
        )),
        hooks: Hooks::new(store.clone(), outward.clone()),
        callbacks: Callbacks::new(store.clone(), outward.clone()),
        checks: Checks::new(store.clone(), outward, rules.clone()),
        stopped: stopped.clone(),
    };
    let (worker, others) = (beside.mail(), beside.others());
    drop(beside);
    let reloading = match &config.rules {
        Some(folder) => Some(tokio::spawn(reload::run(
            folder.clone(),
            &packs,
            rules.clone(),
            store.clone(),
            hang_up_signal()?,
            stopped,
        ))),
        None => None,
    };

    let document = document()
        .to_json()
        .context("the OpenAPI document")?
        .into_bytes();
    let listening = Listening {
        workers: config.workers,
        connections: connections(config.connections),
        demonstration,
    };
    let house = House::new(
        config,
        store.clone(),
        (rules, models),
        memory,
        wake,
        live,
        metrics,
        document,
    );
    let server = Server::start(bound, house, listening).context("DUYET_LISTEN")?;
    tracing::info!(address = %server.address, database = store.address().kind(), "duyet answers");
    ready(&store, server.address);

    let left = stop.subscribe();
    let leave = async move {
        leave.await;
        let _ = stop.send(true);
    };
    let (answered, ()) = tokio::join!(server.run_until(leave), put_down(worker, chores, left));
    if let Some(reloading) = reloading {
        let _ = reloading.await;
    }
    for other in others {
        let _ = other.await;
    }
    tracing::info!("no more requests are taken; what is under way was answered");
    drop(store);
    Ok(answered?)
}

/// What the intake remembers, as the database has it, and how replicas count together.
async fn remembered(store: &Store, config: &Config) -> crate::store::Result<(Memory, Exchange)> {
    let recent = Arc::new(Mutex::new(RecentTexts::default()));
    texts::remember(store, &recent, RECENT_WINDOW).await?;
    let arrivals = Arc::new(Arrivals::new(&config.secret));
    let exchange = Exchange::begin(store.clone(), arrivals.clone()).await?;
    Ok((Memory { recent, arrivals }, exchange))
}

/// Waits for the mails that are being sent when the service is told to leave, but not for a mail server that lets it
/// wait: what was not finished is due again when its lease ends.
async fn put_down(
    mut worker: JoinHandle<()>,
    chores: JoinHandle<()>,
    mut left: flag::Receiver<bool>,
) {
    let _ = left.wait_for(|left| *left).await;
    if tokio::time::timeout(LAST_MAILS, &mut worker).await.is_err() {
        tracing::warn!("the mail server does not answer; its mails are sent after the next start");
        worker.abort();
        let _ = worker.await;
    }
    let _ = chores.await;
}

/// Done when the process is asked to stop.
fn leave_signal() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Told when somebody wants the rules read again now.
fn hang_up_signal() -> anyhow::Result<tokio::signal::unix::Signal> {
    use tokio::signal::unix::{SignalKind, signal};
    Ok(signal(SignalKind::hangup())?)
}

/// What happens again and again beside the requests.
async fn chores(
    store: Store,
    recent: Arc<Mutex<RecentTexts>>,
    mut exchange: Exchange,
    metrics: PrometheusHandle,
    mut stopped: flag::Receiver<bool>,
) {
    let has_replicas = matches!(store.address(), Address::Postgres(_));
    let mut spent = Sweep::default();
    while !*stopped.borrow() {
        if has_replicas && let Err(error) = learn(&store, &recent).await {
            tracing::warn!(%error, "what other replicas took in is not known yet");
        }
        if let Err(error) = count_together(&mut exchange, has_replicas).await {
            tracing::warn!(%error, "what was counted for the limits is not shared yet");
        }
        if let Err(error) = spent.sweep(&store).await {
            tracing::warn!(%error, "what has had its time is thrown away later");
        }
        metrics.run_upkeep();
        tokio::select! {
            () = tokio::time::sleep(TAIL_PULSE) => {}
            _ = stopped.changed() => {}
        }
    }
    if let Err(error) = exchange.tell().await {
        tracing::warn!(%error, "the last counts for the limits are forgotten");
    }
}

/// Reads the texts that other replicas took in or changed.
async fn learn(store: &Store, recent: &Mutex<RecentTexts>) -> crate::store::Result<()> {
    texts::remember(store, recent, SETTLED_AFTER).await?;
    texts::mend(store, recent, SETTLED_AFTER).await
}

/// Tells the others what was counted here, and hears what was counted there.
async fn count_together(exchange: &mut Exchange, has_replicas: bool) -> crate::store::Result<()> {
    exchange.tell().await?;
    if has_replicas {
        exchange.hear().await?;
    }
    exchange.sweep().await
}

/// Everything that is counted, with the bounds of the histograms.
fn measures() -> anyhow::Result<PrometheusHandle> {
    const SECONDS: [f64; 12] = [
        0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0,
    ];
    const RULE_SECONDS: [f64; 8] = [5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 1e-3, 1e-2];
    const BATCH: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(
            Matcher::Full("duyet_http_request_seconds".to_owned()),
            &SECONDS,
        )?
        .set_buckets_for_metric(
            Matcher::Full("duyet_rules_seconds".to_owned()),
            &RULE_SECONDS,
        )?
        .set_buckets_for_metric(Matcher::Full("duyet_write_batch_size".to_owned()), &BATCH)?
        .set_buckets_for_metric(Matcher::Full("duyet_intake_batch_size".to_owned()), &BATCH)?
        .install_recorder()?;
    describe();
    Ok(handle)
}

fn describe() {
    use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
    describe_counter!(
        "duyet_http_requests_total",
        "Requests answered, by method, route and status"
    );
    describe_histogram!(
        "duyet_http_request_seconds",
        Unit::Seconds,
        "Time to answer, by method and route"
    );
    describe_histogram!(
        "duyet_rules_seconds",
        Unit::Seconds,
        "Time to judge one comment"
    );
    describe_gauge!("duyet_rules_info", "1 for the rule set in use, by version");
    describe_counter!(
        "duyet_rules_reload_failures_total",
        "Changed rules that could not be used"
    );
    describe_counter!(
        "duyet_passwords_hashed_total",
        "Passwords hashed to be kept or compared, the dearest work there is; each attempt to sign in is one, whether there is such an account or not"
    );
    describe_histogram!(
        "duyet_write_batch_size",
        "Writes of any kind committed together"
    );
    describe_histogram!("duyet_intake_batch_size", "Comments committed together");
    describe_counter!(
        "duyet_limits_told_total",
        "Added to the counts of the limits here, and told to other replicas"
    );
    describe_counter!(
        "duyet_limits_heard_total",
        "Added to the counts of the limits by what other replicas told"
    );
    describe_counter!("duyet_decisions_total", "Decisions asked for, by action");
    describe_counter!("duyet_mails_total", "Mails, by what became of them");
    describe_counter!(
        "duyet_webhooks_total",
        "Attempts to tell a webhook, by what became of them"
    );
    describe_counter!(
        "duyet_checks_total",
        "Attempts to ask an external checker, by what became of them"
    );
    describe_gauge!("duyet_queue_depth", "Comments that wait, by site and lane");
    describe_gauge!(
        "duyet_queue_oldest_seconds",
        Unit::Seconds,
        "Wait of the oldest, by site and lane"
    );
    describe_gauge!(
        "duyet_outbox_depth",
        "Rows still to be sent, by site and kind"
    );
    describe_gauge!(
        "duyet_outbox_oldest_seconds",
        Unit::Seconds,
        "Age of the oldest, by site and kind"
    );
    describe_gauge!("duyet_outbox_dead", "Rows given up, by site and kind");
}

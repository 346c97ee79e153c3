//! Replicas that ask by a clock of the test's; the service itself does not run.

use std::sync::Arc;
use std::time::Duration;

use duyet::domain::Locale;
use duyet::messages::Messages;
use duyet::notify::Checks;
use duyet::notify::outward::Outward;
use duyet::rules::{LiveRules, RuleSet, shipped};
use duyet::store::{Address, OutboxState, Scope, SendNow, Store};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::{FINE, NOBODY, first_question, held, receiver, set, set_patient};
use crate::support::{App, Receiver, Time, quiet_config};

pub struct Desk {
    pub app: App,
    pub checker: Receiver,
    pub time: Time,
    pub workers: Vec<Checks>,
    store: Store,
}

impl Desk {
    /// Over a service that one comment has come to, with nothing against it; and that comment's id.
    pub async fn of_one(app: App) -> (Self, String) {
        set(&app, NOBODY);
        let (id, _) = app.reader().write(FINE).await;
        (Self::over(app).await, id)
    }

    /// Over a service that so many have come to.
    pub async fn of(app: App, many: usize) -> Self {
        set(&app, NOBODY);
        for number in 0..many {
            let _ = app.reader().write(&format!("Ý kiến số {number}.")).await;
        }
        Self::over(app).await
    }

    /// Takes over from the service, which was told to ask where nobody listens. What it has tried is forgotten.
    pub async fn over(app: App) -> Self {
        Self::allowing(app, "127.0.0.0/8").await
    }

    /// The same, where nobody outside that network is called but in public.
    pub async fn allowing(mut app: App, allow: &str) -> Self {
        app.server().kill();
        let checker = receiver();
        set(&app, &checker.url("/check"));
        app.execute("update outbox set attempts = 0, run_at = created_at, last_error = null where kind = 'check'")
            .await;
        let address: Address = app.settings()["DATABASE_URL"].parse().expect("an address");
        let store = Store::open(address).await.expect("opened");
        let time = Time::real();
        let workers = (0..2).map(|_| worker(&store, &time, allow)).collect();
        Self {
            app,
            checker,
            time,
            workers,
            store,
        }
    }

    /// One replica alone.
    pub async fn round(&self) {
        self.workers[0].round().await.expect("a round");
    }

    /// The same, which goes on while something else is done.
    pub fn begin_round(&self) -> JoinHandle<()> {
        let worker = self.workers[0].clone();
        tokio::spawn(async move { worker.round().await.expect("a round") })
    }

    /// One replica has asked, and the answer comes when the door is opened; the service runs meanwhile. The round and the
    /// question's name.
    pub async fn hold_back(&mut self, answer: &Value) -> (Arc<Semaphore>, JoinHandle<()>, Value) {
        set_patient(&self.app, &self.checker.url("/"), 30_000);
        let (door, slow) = held(answer);
        self.checker.behave(slow);
        let asking = self.begin_round();
        let check = first_question(&self.checker).await;
        self.app.serve();
        (door, asking, check)
    }

    pub async fn after(&self, seconds: u64) {
        self.time.pass(Duration::from_secs(seconds));
        self.round().await;
    }

    /// A person has everything sent again that was given up; how much.
    pub async fn send_again(&self) -> usize {
        let site = self.store.site("bao".to_owned()).await.expect("a store");
        let scope = Scope::of([site.expect("bao").id]);
        let dead = self.store.outbox(scope.clone(), OutboxState::Dead, 100);
        let dead = dead.await.expect("a list");
        for one in &dead {
            let sent = self.store.send_now(scope.clone(), one.id, self.time.now());
            assert_eq!(sent.await.expect("a store"), SendNow::Due);
        }
        dead.len()
    }

    pub fn asked(&self) -> usize {
        self.checker.taken().len()
    }

    /// What it has said of all comments, or has not.
    pub async fn seen(&self) -> Vec<String> {
        let query = "select rule as text from evidence where rule like 'checker%' order by rule";
        self.app.texts(query).await
    }

    pub async fn lanes(&self) -> Vec<String> {
        self.app.texts("select lane as text from comments").await
    }

    pub async fn why(&self) -> String {
        let query = "select coalesce(last_error, '') as text from outbox where kind = 'check'";
        let kept = self.app.texts(query).await;
        kept.iter()
            .map(|kept| Messages::of(Locale::En).kept(kept))
            .collect()
    }

    /// How often anything was asked, as the outbox counts it.
    pub async fn counted(&self) -> i64 {
        let query = "select cast(sum(attempts) as bigint) from outbox where kind = 'check'";
        self.app.count(query).await
    }

    /// How many questions stand there.
    pub async fn questions(&self, state: &str) -> i64 {
        let query =
            format!("select count(*) from outbox where kind = 'check' and state = '{state}'");
        self.app.count(&query).await
    }
}

fn worker(store: &Store, time: &Time, allow: &str) -> Checks {
    let mut config = quiet_config();
    config.outward_allow = vec![allow.parse().expect("a network")];
    let outward = Outward::new(&config).expect("an outward");
    let rules = RuleSet::compile(&shipped()).expect("rules");
    Checks::new(store.clone(), outward, Arc::new(LiveRules::new(rules))).by(time.clock())
}

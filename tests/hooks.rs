//! What endpoints are told, by clocks that the tests bring: on time, in order, once for each yes, and signed as everybody reads it.

use std::process::{Command, Stdio};
use std::time::Duration;

use duyet::domain::{
    Action, Actor, BatchId, CommentId, Delivery, DeliveryState, Endpoint, EndpointId, HookEvent,
    Instant, Locale, ModeratorId, SiteId, StopReason, Via,
};
use duyet::messages::Messages;
use duyet::notify::Hooks;
use duyet::notify::outward::Outward;
use duyet::store::{Address, EndpointChange, NewDecision, NewEndpoint, Scope, Store};
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use crate::support::{
    App, Call, Hold, Manner, Receiver, Time, comment, eventually, libraries, on_both, quiet_config,
};

const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const OTHER: &str = "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
/// As long as the tests' receivers are waited for.
const PATIENCE: Duration = Duration::from_millis(700);

/// A database with comments that wait, people who decide on them, and two replicas that tell it; the service itself does not run.
struct Newsroom {
    app: App,
    store: Store,
    site: SiteId,
    comments: Vec<CommentId>,
    time: Time,
    workers: Vec<Hooks>,
    _stop: watch::Sender<bool>,
    stopped: watch::Receiver<bool>,
}

impl Newsroom {
    async fn of(mut app: App, comments: usize) -> Self {
        let mut ids = Vec::new();
        for number in 0..comments {
            let sent = app
                .reader()
                .submit(&comment(&format!("Ý kiến số {number}.")))
                .await
                .expect(202)
                .json();
            let id = sent["id"].as_str().expect("an id");
            ids.push(id.parse().expect("an id"));
        }
        app.server().kill();
        let store = open(&app).await;
        let site = store.sites().await.expect("sites")[0].id;
        let (stop, stopped) = watch::channel(false);
        let mut room = Self {
            app,
            store,
            site,
            comments: ids,
            time: Time::real(),
            workers: Vec::new(),
            _stop: stop,
            stopped,
        };
        for _ in 0..2 {
            room.add_worker().await;
        }
        room
    }

    /// Another replica, with a database connection of its own.
    async fn add_worker(&mut self) {
        let mut config = quiet_config();
        config.outward_allow = vec!["127.0.0.0/29".parse().expect("a network")];
        let outward = Outward::new(&config).expect("an outward");
        let store = open(&self.app).await;
        let worker = Hooks::new(store, outward).by(self.time.clock(), PATIENCE);
        self.workers.push(worker);
    }

    fn now(&self) -> Instant {
        self.time.now()
    }

    fn pass(&self, time: Duration) {
        self.time.pass(time);
    }

    async fn add(&self, receiver: &Receiver, with_text: bool) -> Endpoint {
        self.add_at(self.now(), receiver, with_text).await
    }

    async fn add_at(&self, at: Instant, receiver: &Receiver, with_text: bool) -> Endpoint {
        let new = NewEndpoint {
            site: self.site,
            id: EndpointId(Uuid::now_v7()),
            url: receiver.url("/hook"),
            events: HookEvent::ALL.to_vec(),
            with_text,
            secret: SECRET.to_owned(),
            at,
        };
        let added = self.store.add_endpoint(new, Actor::Operator).await;
        added.expect("added").expect("few enough")
    }

    async fn decide(&self, action: Action, comment: usize) {
        self.pass(Duration::from_millis(1));
        let now = self.now();
        let decision = NewDecision {
            batch: BatchId(Uuid::now_v7()),
            action,
            comments: vec![(self.comments[comment], None)],
            reason: None,
            note: None,
            actor: Actor::Moderator {
                id: ModeratorId(Uuid::nil()),
                name: "Lan".to_owned(),
                via: Via::Session,
            },
            at: now,
            tell_at: now,
        };
        let scope = Scope::of([self.site]);
        self.store.decide(scope, decision).await.expect("decided");
    }

    async fn change(&self, endpoint: &Endpoint, what: EndpointChange) -> Endpoint {
        let by = Actor::Operator;
        let store = &self.store;
        let changed = store.change_endpoint(self.site, endpoint.id, what, by, self.now());
        changed.await.expect("changed")
    }

    /// All replicas at the same time.
    async fn round(&self) {
        let rounds = self.workers.iter();
        let rounds = rounds.map(|worker| worker.round(&self.stopped));
        for done in futures_util::future::join_all(rounds).await {
            done.expect("a round");
        }
    }

    /// One after the other.
    async fn round_in_turn(&self) {
        for worker in &self.workers {
            worker.round(&self.stopped).await.expect("a round");
        }
    }

    async fn log(&self, endpoint: &Endpoint) -> Vec<Delivery> {
        let log = self.store.deliveries(self.site, endpoint.id, None, 1000);
        log.await.expect("a log")
    }

    async fn endpoint(&self, endpoint: &Endpoint) -> Endpoint {
        let now_is = self.store.endpoint(self.site, endpoint.id).await;
        now_is.expect("an endpoint")
    }

    async fn mails(&self) -> i64 {
        let query = "select count(*) from outbox where payload like '%\"stopped\"%'";
        self.app.count(query).await
    }
}

async fn open(app: &App) -> Store {
    let address: Address = app.settings()["DATABASE_URL"].parse().expect("an address");
    Store::open(address).await.expect("opened")
}

fn receiver() -> Receiver {
    Receiver::at([127, 0, 0, 1].into())
}

fn told(call: &Call) -> (String, i64) {
    let body = call.json();
    let kind = body["type"].as_str().expect("a type").to_owned();
    let revision = body["data"]["comment"]["revision"].as_i64();
    (kind, revision.unwrap_or(0))
}

/// The same, as a test writes it.
fn these(told: &[(&str, i64)]) -> Vec<(String, i64)> {
    let told = told.iter();
    told.map(|(kind, revision)| ((*kind).to_owned(), *revision))
        .collect()
}

fn all_told(receiver: &Receiver) -> Vec<(String, i64)> {
    receiver.taken().iter().map(told).collect()
}

fn fields(call: &Call) -> Value {
    let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    let pairs = names.map(|name| (name.to_owned(), json!(call.only(name))));
    Value::Object(pairs.into_iter().collect())
}

fn run(mut command: Command, input: &Value) -> String {
    use std::io::Write;
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(input.to_string().as_bytes()).expect("read");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    String::from_utf8(output.stdout)
        .expect("UTF-8")
        .trim()
        .to_owned()
}

fn folder(path: &str) -> String {
    format!("{}/tests/{path}", env!("CARGO_MANIFEST_DIR"))
}

fn by_rust(secret: &str, call: &Call) -> bool {
    let mut headers = http::HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        headers.insert(name, call.only(name).parse().expect("a value"));
    }
    let webhook = standardwebhooks::Webhook::new(secret).expect("a secret");
    webhook.verify(&call.body, &headers).is_ok()
}

on_both!(
    what_happens_is_told_in_order_and_signed,
    async |app: App| {
        let room = Newsroom::of(app, 1).await;
        let there = receiver();
        let endpoint = room.add(&there, false).await;
        for action in [Action::Approve, Action::Requeue, Action::Spam] {
            room.decide(action, 0).await;
        }
        room.round().await;
        let calls = there.taken();
        let expected = [
            ("comment.approved", 2),
            ("comment.held", 3),
            ("comment.spam", 4),
        ];
        assert_eq!(all_told(&there), these(&expected));
        let body = calls[2].json();
        let shown = json!({ "id": room.comments[0], "revision": 4, "status": "spam" });
        assert_eq!(body["data"]["comment"], shown);
        let article = body["data"]["article"]["url"].as_str();
        assert!(article.is_some_and(|url| url.starts_with("https://bao.example/")));
        let names: Vec<&String> = body["data"].as_object().expect("data").keys().collect();
        assert_eq!(names, ["article", "comment", "is_current", "site"]);
        for call in &calls {
            assert!(by_rust(SECRET, call) && !by_rust(OTHER, call));
            assert_eq!(call.only("content-type"), "application/json");
            assert!(!call.only("webhook-id").contains('.'));
        }
        let log = room.log(&endpoint).await;
        assert!(
            log.iter()
                .all(|one| one.state == DeliveryState::Delivered && one.answer == Some(204))
        );
        // Nothing is told twice.
        room.round().await;
        assert_eq!(there.calls(), 3);
    }
);

#[tokio::test]
async fn libraries_of_the_standard_verify_what_we_sign() {
    let backend = crate::support::Backend::Sqlite;
    let room = Newsroom::of(App::start(backend).await, 1).await;
    let there = receiver();
    room.add(&there, true).await;
    room.decide(Action::Approve, 0).await;
    room.round().await;
    let call = there.taken().pop().expect("a call");
    let body = String::from_utf8(call.body.clone()).expect("UTF-8");
    let given = |secret: &str, body: &str| json!({ "secret": secret, "headers": fields(&call), "body": body });
    let in_node = |input: &Value| {
        let mut node = Command::new("node");
        node.arg("verify.js").current_dir(folder("clients/hooks"));
        run(node, input)
    };
    let in_python = |input: &Value| {
        let mut python = Command::new(libraries());
        python.arg(folder("support/verify_webhook.py"));
        run(python, input)
    };
    for verify in [&in_node as &dyn Fn(&Value) -> String, &in_python] {
        let verified: Value =
            serde_json::from_str(&verify(&given(SECRET, &body))).expect("it holds");
        assert_eq!(verified, call.json());
        assert!(verify(&given(OTHER, &body)).starts_with("refused"));
        assert!(
            verify(&given(SECRET, &body.replace("approved", "rejected"))).starts_with("refused")
        );
    }
}

on_both!(
    who_is_away_is_told_again_as_the_standard_has_it,
    async |app: App| {
        app.add_member("Minh", &["--role", "admin"]);
        app.add_member("Lan", &["--role", "editor"]);
        let room = Newsroom::of(app, 2).await;
        let mut there = receiver();
        let endpoint = room.add(&there, false).await;
        there.leave().await;
        room.decide(Action::Approve, 0).await;
        let mut waits = Vec::new();
        let begun = room.now();
        loop {
            room.round().await;
            let log = room.log(&endpoint).await;
            waits.push(room.now().seconds_since(begun).round());
            let Some(due) = log[0].due_at else {
                break;
            };
            // Not a moment before.
            let left = due.seconds_since(room.now());
            room.pass(Duration::from_secs_f64(left - 0.002));
            room.round().await;
            assert_eq!(room.log(&endpoint).await[0].attempts, log[0].attempts);
            room.pass(Duration::from_millis(2));
        }
        let steps: Vec<f64> = std::iter::once(waits[0])
            .chain(waits.windows(2).map(|two| two[1] - two[0]))
            .collect();
        let schedule = [
            0.0, 5.0, 300.0, 1800.0, 7200.0, 18000.0, 36000.0, 50400.0, 72000.0, 86400.0,
        ];
        assert_eq!(steps, schedule);
        let last = room.log(&endpoint).await.remove(0);
        assert_eq!(
            (last.state, last.attempts, last.answer),
            (DeliveryState::GivenUp, 10, None)
        );
        let said = Messages::of(Locale::En).kept(&last.said.expect("why"));
        assert!(said.starts_with("No connection to 127.0.0.1:"), "{said}");
        // It took nothing all the time, so it is told nothing more, and its admin hears of it, once.
        assert_eq!(
            room.endpoint(&endpoint).await.reason,
            Some(StopReason::Failing)
        );
        assert_eq!(room.mails().await, 1);
        // Switched on again it is told what happens then. Events are named by the real clock, to which the test's goes back.
        room.time.back_to_real();
        there.open();
        room.decide(Action::Approve, 1).await;
        room.round().await;
        assert_eq!(there.calls(), 0);
        let on = EndpointChange {
            is_active: Some(true),
            ..EndpointChange::default()
        };
        room.pass(Duration::from_millis(1));
        room.change(&endpoint, on).await;
        room.decide(Action::Reject, 1).await;
        room.round().await;
        assert_eq!(all_told(&there), these(&[("comment.rejected", 3)]));
    }
);

on_both!(
    who_takes_others_is_not_given_up_for_one,
    async |app: App| {
        let room = Newsroom::of(app, 2).await;
        let there = receiver();
        let endpoint = room.add(&there, false).await;
        room.decide(Action::Approve, 0).await;
        for attempt in 0..10 {
            there.behave_in_turn([Manner::status(500)]);
            room.round().await;
            if attempt == 4 {
                room.decide(Action::Approve, 1).await;
                room.round().await;
            }
            let log = room.log(&endpoint).await;
            let poison = log.iter().find(|one| one.comment == Some(room.comments[0]));
            if let Some(due) = poison.expect("it").due_at {
                room.pass(Duration::from_secs_f64(
                    due.seconds_since(room.now()).max(0.0),
                ));
            }
        }
        let log = room.log(&endpoint).await;
        let states: Vec<DeliveryState> = log.iter().map(|one| one.state).collect();
        assert_eq!(states, [DeliveryState::Delivered, DeliveryState::GivenUp]);
        assert_eq!(room.endpoint(&endpoint).await.reason, None);
    }
);

on_both!(who_asks_to_be_left_alone_is, async |app: App| {
    let room = Newsroom::of(app, 2).await;
    let there = receiver();
    let endpoint = room.add(&there, false).await;
    let later = |status, after: &str| {
        Manner::Says(
            status,
            vec![("retry-after", after.to_owned())],
            "bận".to_owned(),
        )
    };
    there.behave_in_turn([later(429, "120")]);
    room.decide(Action::Approve, 0).await;
    room.round().await;
    let first = room.log(&endpoint).await.remove(0);
    assert_eq!(
        (first.answer, first.said.as_deref()),
        (Some(429), Some("bận"))
    );
    let until = room.now().after(Duration::from_secs(120));
    assert_eq!(first.due_at, Some(until));
    // All of it, not this delivery alone, and by each replica.
    room.decide(Action::Approve, 1).await;
    room.pass(Duration::from_secs(119));
    room.round().await;
    assert_eq!(there.calls(), 1);
    room.pass(Duration::from_secs(2));
    // A date, as HTTP writes it; and never longer than a day.
    let date = room.now().after(Duration::from_secs(3600)).timestamp();
    let date = date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    there.behave_in_turn([later(503, &date)]);
    // At the same time the other replica would be told itself.
    room.round_in_turn().await;
    assert_eq!(there.calls(), 2);
    room.pass(Duration::from_secs(3598));
    room.round().await;
    assert_eq!(there.calls(), 2);
    room.pass(Duration::from_secs(2));
    room.round().await;
    assert_eq!(
        room.log(&endpoint)
            .await
            .iter()
            .filter(|one| one.state == DeliveryState::Delivered)
            .count(),
        2
    );
});

on_both!(who_is_gone_is_told_nothing_more, async |app: App| {
    app.add_member("Minh", &["--role", "admin"]);
    let room = Newsroom::of(app, 3).await;
    let there = receiver();
    let endpoint = room.add(&there, false).await;
    there.behave(Manner::status(410));
    for comment in 0..2 {
        room.decide(Action::Approve, comment).await;
    }
    room.round().await;
    for told in room.log(&endpoint).await {
        assert_eq!(
            (told.state, told.answer, told.due_at),
            (DeliveryState::GivenUp, Some(410), None)
        );
    }
    assert_eq!(
        room.endpoint(&endpoint).await.reason,
        Some(StopReason::Gone)
    );
    // Both were told so, and its admin hears of it once.
    assert_eq!((there.calls(), room.mails().await), (2, 1));
    room.decide(Action::Approve, 2).await;
    room.round().await;
    assert_eq!(there.calls(), 2);
});

on_both!(
    who_sends_elsewhere_is_slow_or_talks_on_is_dealt_with,
    async |app: App| {
        let room = Newsroom::of(app, 1).await;
        let (there, elsewhere) = (receiver(), receiver());
        let endpoint = room.add(&there, false).await;
        room.decide(Action::Approve, 0).await;
        let moved = vec![("location", elsewhere.url("/"))];
        for (manner, answer) in [
            (Manner::Says(302, moved, String::new()), Some(302)),
            (Manner::Silent, None),
            (Manner::Garbage, None),
        ] {
            there.behave(manner);
            room.round().await;
            let log = room.log(&endpoint).await;
            assert_eq!(
                (log[0].state, log[0].answer),
                (DeliveryState::Waiting, answer)
            );
            let due = log[0].due_at.expect("again");
            room.pass(Duration::from_secs_f64(due.seconds_since(room.now())));
        }
        there.behave(Manner::Endless);
        room.round().await;
        let log = room.log(&endpoint).await;
        assert_eq!(
            (log[0].state, log[0].answer),
            (DeliveryState::Delivered, Some(200))
        );
        assert_eq!((there.calls(), elsewhere.calls()), (4, 0));
        // The same name each time, and another signature: it is signed when it is sent.
        let calls = there.taken();
        let ids: std::collections::BTreeSet<&str> =
            calls.iter().map(|call| call.only("webhook-id")).collect();
        assert_eq!((ids.len(), calls.len()), (1, 4));
    }
);

on_both!(
    a_comment_waits_for_its_own_and_for_no_others,
    async |app: App| {
        let room = Newsroom::of(app, 2).await;
        let there = receiver();
        let endpoint = room.add(&there, false).await;
        room.decide(Action::Approve, 0).await;
        there.behave_in_turn([Manner::status(500)]);
        room.round().await;
        room.decide(Action::Reject, 0).await;
        room.decide(Action::Approve, 1).await;
        room.round().await;
        let last = told(there.taken().last().expect("a call"));
        assert_eq!(
            (there.calls(), last),
            (2, ("comment.approved".to_owned(), 2))
        );
        let log = room.log(&endpoint).await;
        let waiting = log.iter().filter(|one| one.state == DeliveryState::Waiting);
        assert!(
            waiting
                .clone()
                .all(|one| one.comment == Some(room.comments[0]))
        );
        assert_eq!(waiting.count(), 2);
        room.pass(Duration::from_secs(5));
        room.round().await;
        let expected = [("comment.approved", 2), ("comment.rejected", 3)];
        assert_eq!(all_told(&there)[2..], these(&expected));
    }
);

on_both!(two_replicas_tell_everything_once, async |app: App| {
    let room = Newsroom::of(app, 12).await;
    let there = receiver();
    let endpoint = room.add(&there, false).await;
    for comment in 0..12 {
        room.decide(Action::Approve, comment).await;
        room.decide(Action::Reject, comment).await;
    }
    room.round().await;
    room.round().await;
    let calls = there.taken();
    let ids: std::collections::BTreeSet<&str> =
        calls.iter().map(|call| call.only("webhook-id")).collect();
    assert_eq!((calls.len(), ids.len()), (24, 24));
    for comment in &room.comments {
        let id = comment.to_string();
        let of_it = calls
            .iter()
            .filter(|call| call.json()["data"]["comment"]["id"] == id.as_str());
        let revisions: Vec<i64> = of_it.map(|call| told(call).1).collect();
        assert_eq!(revisions, [2, 3]);
    }
    assert_eq!(room.log(&endpoint).await.len(), 24);
});

on_both!(
    who_dies_over_it_loses_nothing_and_says_nothing_after,
    async |app: App| {
        let room = Newsroom::of(app, 1).await;
        let there = receiver();
        let endpoint = room.add(&there, false).await;
        there.behave_in_turn([Manner::status(500)]);
        room.decide(Action::Approve, 0).await;
        room.round().await;
        room.pass(Duration::from_secs(5));
        let lease = Duration::from_secs(60);
        let claim = |now| {
            room.store
                .claim_deliveries(room.site, endpoint.id, now, lease, 8)
        };
        let mine = claim(room.now()).await.expect("claimed").remove(0);
        assert!(claim(room.now()).await.expect("claimed").is_empty());
        room.pass(Duration::from_secs(59));
        room.round().await;
        assert_eq!(there.calls(), 1);
        room.pass(Duration::from_secs(1));
        room.round().await;
        assert_eq!(there.calls(), 2);
        // The one who was thought dead comes back.
        let attempt = duyet::store::HookAttempt {
            then: duyet::store::AfterAttempt::GivenUp,
            answer: Some(410),
            said: None,
            paused_until: None,
            stop: Some(StopReason::Gone),
            mails: Vec::new(),
        };
        let held = room.store.finish_delivery(mine, attempt, room.now()).await;
        assert_eq!(held.ok(), Some(false));
        assert_eq!(room.log(&endpoint).await[0].state, DeliveryState::Delivered);
        assert_eq!(room.endpoint(&endpoint).await.reason, None);
    }
);

on_both!(a_slow_endpoint_keeps_no_other_waiting, async |app: App| {
    let room = Newsroom::of(app, 1).await;
    let (slow, quick) = (receiver(), receiver());
    room.add(&slow, false).await;
    room.add(&quick, false).await;
    slow.behave(Manner::Silent);
    room.decide(Action::Approve, 0).await;
    let (worker, stopped) = (room.workers[0].clone(), room.stopped.clone());
    let round = tokio::spawn(async move { worker.round(&stopped).await });
    eventually("the quick one is told", async || {
        (quick.calls() == 1).then_some(())
    })
    .await;
    assert!(!round.is_finished(), "the slow one is still waited for");
    round.await.expect("no panic").expect("a round");
});

on_both!(
    a_new_secret_and_the_one_before_both_sign_for_a_day,
    async |app: App| {
        let room = Newsroom::of(app, 2).await;
        let there = receiver();
        let endpoint = room.add(&there, false).await;
        let change = EndpointChange {
            secret: Some((OTHER.to_owned(), room.now().after(Duration::from_secs(240)))),
            ..EndpointChange::default()
        };
        room.change(&endpoint, change).await;
        room.decide(Action::Approve, 0).await;
        room.round().await;
        room.pass(Duration::from_secs(241));
        room.decide(Action::Approve, 1).await;
        room.round().await;
        let calls = there.taken();
        assert!(by_rust(SECRET, &calls[0]) && by_rust(OTHER, &calls[0]));
        assert!(!by_rust(SECRET, &calls[1]) && by_rust(OTHER, &calls[1]));
    }
);

on_both!(
    a_text_is_told_to_who_asked_and_only_while_it_is_that_text,
    async |app: App| {
        let room = Newsroom::of(app, 1).await;
        let there = receiver();
        room.add(&there, true).await;
        room.decide(Action::Approve, 0).await;
        there.behave_in_turn([Manner::status(500)]);
        room.round().await;
        let data = there.taken()[0].json()["data"].clone();
        assert_eq!(data["body"], "Ý kiến số 0.");
        assert!(data["name"].is_string() && data["is_current"] == true);
        // By the time it is told, a person has thought otherwise.
        room.decide(Action::Reject, 0).await;
        room.pass(Duration::from_secs(5));
        room.round().await;
        let calls = there.taken();
        let late = &calls[1].json()["data"];
        assert_eq!(late["comment"]["status"], "approved");
        assert!(late["body"].is_null() && late["name"].is_null() && late["is_current"] == false);
        assert_eq!(calls[2].json()["data"]["is_current"], true);
        for call in calls {
            let text = String::from_utf8(call.body).expect("UTF-8");
            assert!(
                !text.contains('@') && !text.contains("evidence") && !text.contains("127.0.0.1"),
                "{text}"
            );
        }
    }
);

on_both!(what_is_answered_with_yes_is_not_kept, async |app: App| {
    let room = Newsroom::of(app, 1).await;
    let there = receiver();
    let endpoint = room.add(&there, true).await;
    let echo = |status| Manner::Says(status, Vec::new(), "Đã nhận: Ý kiến số 0.".to_owned());
    there.behave_in_turn([echo(422), echo(200)]);
    room.decide(Action::Approve, 0).await;
    room.round().await;
    let log = room.log(&endpoint).await;
    assert_eq!(log[0].said.as_deref(), Some("Đã nhận: Ý kiến số 0."));
    room.pass(Duration::from_secs(5));
    room.round().await;
    let log = room.log(&endpoint).await;
    assert_eq!((log[0].answer, &log[0].said), (Some(200), &None));
});

on_both!(
    who_was_added_a_moment_before_is_told_however_late_that_was_written,
    async |app: App| {
        let room = Newsroom::of(app, 1).await;
        let (first, second) = (receiver(), receiver());
        let endpoint = room.add(&first, false).await;
        let only = |events: &[HookEvent]| EndpointChange {
            events: Some(events.to_vec()),
            ..EndpointChange::default()
        };
        room.change(&endpoint, only(&[HookEvent::Spam])).await;
        room.pass(Duration::from_millis(1));
        let before = room.now();
        room.decide(Action::Approve, 0).await;
        room.round().await;
        // Both were on their way while that was followed.
        room.add_at(before, &second, false).await;
        room.change(&endpoint, only(&[HookEvent::Approved])).await;
        room.round().await;
        let expected = these(&[("comment.approved", 2)]);
        assert_eq!(
            (all_told(&first), all_told(&second)),
            (expected.clone(), expected)
        );
        room.round().await;
        assert_eq!((first.calls(), second.calls()), (1, 1));
    }
);

on_both!(what_was_written_late_is_told, async |app: App| {
    let room = Newsroom::of(app, 2).await;
    let there = receiver();
    room.add(&there, false).await;
    room.decide(Action::Approve, 0).await;
    room.decide(Action::Approve, 1).await;
    // Its name is made before it is written, and a write may take its time.
    let late = format!(
        "kind = 'comment.approved' and comment_id in (select id from comments where body = '{}')",
        "Ý kiến số 0."
    );
    room.app
        .execute(&format!(
            "create table late as select * from events where {late}; delete from events where {late}"
        ))
        .await;
    room.pass(Duration::from_secs(30));
    room.round().await;
    assert_eq!(there.calls(), 1);
    room.app
        .execute("insert into events select * from late")
        .await;
    room.round().await;
    assert_eq!(all_told(&there).len(), 2);
});

on_both!(
    what_is_changed_of_an_endpoint_leaves_the_rest_as_it_is_by_then,
    async |app: App| {
        let room = Newsroom::of(app, 1).await;
        let there = receiver();
        let endpoint = room.add(&there, false).await;
        let hold = Hold::changing(
            &room.app,
            "update webhooks set state = 'disabled', reason = 'gone'",
        )
        .await;
        let text = EndpointChange {
            with_text: Some(true),
            ..EndpointChange::default()
        };
        let change = room.change(&endpoint, text);
        let meanwhile = async {
            hold.is_waited_for(&room.app).await;
            hold.commit().await;
        };
        let (changed, ()) = tokio::join!(change, meanwhile);
        assert!(changed.with_text);
        assert_eq!(changed.reason, Some(StopReason::Gone));
        assert_eq!(room.endpoint(&endpoint).await, changed);
    }
);

on_both!(a_site_without_endpoints_has_nothing, async |app: App| {
    let room = Newsroom::of(app, 1).await;
    room.decide(Action::Approve, 0).await;
    room.round().await;
    for table in ["webhook_deliveries", "webhook_marks", "webhooks"] {
        assert_eq!(
            room.app
                .count(&format!("select count(*) from {table}"))
                .await,
            0
        );
    }
    // Who comes later is not told what was before.
    let there = receiver();
    room.pass(Duration::from_millis(1));
    room.add(&there, false).await;
    room.round().await;
    room.decide(Action::Reject, 0).await;
    room.round().await;
    assert_eq!(all_told(&there), these(&[("comment.rejected", 3)]));
});

on_both!(
    what_is_old_is_forgotten_and_what_was_taken_away_too,
    async |app: App| {
        let room = Newsroom::of(app, 1).await;
        let there = receiver();
        let endpoint = room.add(&there, false).await;
        room.decide(Action::Approve, 0).await;
        room.round().await;
        let month = Duration::from_secs(30 * 24 * 3600);
        let store = &room.store;
        store
            .forget_deliveries(room.now().before(month))
            .await
            .expect("looked");
        assert_eq!(room.log(&endpoint).await.len(), 1);
        room.pass(month + Duration::from_secs(60));
        store
            .forget_deliveries(room.now().before(month))
            .await
            .expect("forgotten");
        assert!(room.log(&endpoint).await.is_empty());
        room.decide(Action::Reject, 0).await;
        room.round().await;
        let removed = store.remove_endpoint(room.site, endpoint.id, Actor::Operator, room.now());
        removed.await.expect("removed");
        for _ in 0..2 {
            store
                .forget_deliveries(room.now().before(month))
                .await
                .expect("forgotten");
        }
        for table in ["webhooks", "webhook_deliveries"] {
            assert_eq!(
                room.app
                    .count(&format!("select count(*) from {table}"))
                    .await,
                0
            );
        }
    }
);

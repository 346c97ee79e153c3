//! Decisions told to where a comment came from by the Akismet protocol.

use std::time::Duration;

use duyet::domain::{Action, Actor, BatchId, Locale, ModeratorId, SiteId, Via};
use duyet::messages::Messages;
use duyet::notify::Callbacks;
use duyet::notify::outward::Outward;
use duyet::store::{Address, Claimed, ClientVerdict, Due, NewDecision, OutboxKind, Scope, Store};
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use crate::support::akismet::{Akismet, Fields, fresh, with};
use crate::support::{App, Manner, Receiver, Setup, Time, eventually, on_both, quiet_config};

/// As long as the tests' receivers are waited for.
const PATIENCE: Duration = Duration::from_millis(700);
/// Longer than anything is tried again.
const LONG: Duration = Duration::from_secs(3 * 24 * 3600);

/// A newspaper's system on this machine, whose network the operator has opened.
fn near(setup: Setup) -> Setup {
    setup.set("DUYET_OUTWARD_ALLOW", "127.0.0.0/8")
}

/// A comment of a newspaper's system that listens, as it is there.
struct Told {
    receiver: Receiver,
    bao: Akismet,
    check: Fields,
    guid: String,
}

impl Told {
    async fn by(app: &App, site: &str) -> Self {
        let receiver = Receiver::at([127, 0, 0, 1].into());
        app.execute(&format!(
            "update sites set origins = '{}' where key = '{site}'",
            receiver.url("")
        ))
        .await;
        let bao = Akismet::of(app, site).await;
        let (blog, page) = (receiver.url(""), receiver.url("/?p=17"));
        let callback = receiver.url("/wp-json/akismet/v1/webhook");
        let check = [
            ("blog", blog.as_str()),
            ("permalink", &page),
            ("callback", &callback),
            ("comment_post_ID", "17"),
        ];
        let check = with(&fresh("Cầu mới"), &check);
        let guid = bao.check(&check).await.says("false").guid();
        Self {
            receiver,
            bao,
            check,
            guid,
        }
    }

    /// What was told so far.
    fn results(&self) -> Vec<Value> {
        let results = self.receiver.taken().into_iter().map(|call| {
            assert!(
                call.line.starts_with("POST /wp-json/akismet/v1/webhook "),
                "{call:?}"
            );
            assert_eq!(call.only("content-type"), "application/json");
            let told = call.json();
            let result = told["comments"][0]["result"].clone();
            assert_eq!(
                told,
                json!({
                    "key": self.bao.key, "endpoint": "comment-check",
                    "comments": [{ "guid": self.guid, "result": result, "comment_post_ID": "17" }],
                })
            );
            result
        });
        results.collect()
    }

    /// The same, once there are so many calls.
    async fn after(&self, many: usize) -> Vec<Value> {
        eventually("they are told", async || {
            (self.receiver.taken().len() >= many).then_some(())
        })
        .await;
        self.results()
    }
}

/// People who decide and a replica that tells it, by a clock of the test's; the service itself does not run.
struct Desk {
    app: App,
    store: Store,
    time: Time,
    worker: Callbacks,
}

impl Desk {
    async fn of(mut app: App, patience: Duration) -> Self {
        app.server().kill();
        let address: Address = app.settings()["DATABASE_URL"].parse().expect("an address");
        let store = Store::open(address).await.expect("opened");
        let mut config = quiet_config();
        config.outward_allow = vec!["127.0.0.0/8".parse().expect("a network")];
        let outward = Outward::new(&config).expect("an outward");
        let time = Time::real();
        let worker = Callbacks::new(store.clone(), outward).by(time.clock(), patience);
        Self {
            app,
            store,
            time,
            worker,
        }
    }

    fn lan() -> Actor {
        Actor::Moderator {
            id: ModeratorId(Uuid::nil()),
            name: "Lan".to_owned(),
            via: Via::Session,
        }
    }

    async fn scope(&self) -> Scope {
        let sites = self.store.sites().await.expect("sites");
        Scope::of(sites.into_iter().map(|site| site.id))
    }

    async fn site(&self) -> SiteId {
        let site = self.store.site("bao".to_owned()).await.expect("a site");
        site.expect("it").id
    }

    async fn decide(&self, action: Action, told: &Told) -> BatchId {
        self.time.pass(Duration::from_millis(1));
        let (batch, now) = (BatchId(Uuid::now_v7()), self.time.now());
        let decision = NewDecision {
            batch,
            action,
            comments: vec![(told.guid.parse().expect("an id"), None)],
            reason: None,
            note: None,
            actor: Self::lan(),
            at: now,
            tell_at: now,
        };
        let decided = self.store.decide(self.scope().await, decision).await;
        assert_eq!(decided.expect("decided").len(), 1);
        batch
    }

    async fn undo(&self, batch: BatchId) {
        self.time.pass(Duration::from_millis(1));
        let now = self.time.now();
        let undone = self.store.undo(self.scope().await, batch, Self::lan(), now);
        assert_eq!(undone.await.expect("undone").len(), 1);
    }

    async fn round(&self) {
        self.worker.round().await.expect("a round");
    }

    /// What is to be told, claimed by somebody else.
    async fn claimed(&self, lease: Duration) -> Claimed {
        let (site, now) = (self.site().await, self.time.now());
        let claimed = self
            .store
            .claim((site, OutboxKind::Callback), Due::All, now, lease, 1);
        claimed.await.expect("claimed").remove(0)
    }

    /// Why it was not told, of each that was not.
    async fn errors(&self, state: &str) -> Vec<String> {
        let query = format!(
            "select last_error as text from outbox where kind = 'callback' and state = '{state}' and last_error is not null"
        );
        let kept = self.app.texts(&query).await;
        kept.iter().map(|kept| in_words(kept)).collect()
    }
}

/// What is kept of a failure, as an English page tells it.
fn in_words(kept: &str) -> String {
    Messages::of(Locale::En).kept(kept)
}

async fn is_all_told(app: &App) {
    eventually("nothing is left", async || {
        let left = app
            .count("select count(*) from outbox where kind = 'callback' and state <> 'done'")
            .await;
        (left == 0).then_some(())
    })
    .await;
}

on_both!(
    a_decision_is_told_once_and_what_is_undone_is_taken_down,
    near,
    async |app: App| {
        let (told, lan) = (Told::by(&app, "bao").await, app.moderator("Lan"));
        let batch = lan.approve(&lan.card(&told.guid).await).await;
        assert_eq!(told.after(1).await, ["false"]);
        lan.undo(&batch).await.expect(200);
        assert_eq!(told.after(2).await, ["false", "true"]);
        lan.spam(&lan.card(&told.guid).await).await;
        lan.approve(&lan.card(&told.guid).await).await;
        let results = told.after(3).await;
        assert_eq!(results.last().expect("a call"), "false");
        is_all_told(&app).await;
        assert_eq!(told.results().last().expect("a call"), "false");
    }
);

on_both!(
    who_is_away_or_finds_nothing_is_told_again,
    near,
    async |app: App| {
        let told = Told::by(&app, "bao").await;
        let missing = json!({ "comments": { &told.guid: { "status": "error", "message": "Could not find matching comment." } } });
        let says = Manner::Says(200, Vec::new(), missing.to_string());
        told.receiver.behave_in_turn([Manner::status(503), says]);
        let desk = Desk::of(app, PATIENCE).await;
        desk.decide(Action::Spam, &told).await;
        for (wait, why) in [(2, "503"), (10, "Could not find")] {
            desk.round().await;
            let errors = desk.errors("ready").await;
            assert!(errors[0].contains(why), "{errors:?}");
            // Not a moment before.
            let calls = told.receiver.calls();
            desk.time.pass(Duration::from_millis(wait * 1000 - 5));
            desk.round().await;
            assert_eq!(told.receiver.calls(), calls);
            desk.time.pass(Duration::from_millis(5));
        }
        desk.round().await;
        desk.time.pass(LONG);
        desk.round().await;
        assert_eq!(told.results(), ["true", "true", "true"]);
    }
);

on_both!(
    an_approval_whose_answer_was_lost_is_told_again_until_it_is_undone,
    near,
    async |app: App| {
        let told = Told::by(&app, "bao").await;
        let desk = Desk::of(app, PATIENCE).await;
        // It is published there, and nobody here knows.
        told.receiver
            .behave_in_turn([Manner::status(504), Manner::Silent]);
        let batch = desk.decide(Action::Approve, &told).await;
        desk.round().await;
        desk.time.pass(Duration::from_secs(2));
        desk.round().await;
        assert_eq!(told.results(), ["false", "false"]);
        desk.undo(batch).await;
        desk.round().await;
        assert_eq!(told.results(), ["false", "false", "true"]);
        desk.time.pass(LONG);
        desk.round().await;
        assert_eq!(told.receiver.calls(), 3);
        // The same the other way round: it may have been taken down.
        desk.decide(Action::Approve, &told).await;
        desk.round().await;
        told.receiver.behave_in_turn([Manner::status(504)]);
        desk.decide(Action::Spam, &told).await;
        desk.round().await;
        desk.decide(Action::Approve, &told).await;
        desk.round().await;
        assert_eq!(told.results()[3..], ["false", "true", "false"]);
    }
);

on_both!(
    what_was_answered_as_approved_is_taken_down_when_it_is_undone,
    near,
    async |app: App| {
        let (told, lan) = (Told::by(&app, "bao").await, app.moderator("Lan"));
        let batch = lan.approve(&lan.card(&told.guid).await).await;
        let again = with(&told.check, &[("recheck_reason", "retry")]);
        let said = told.bao.check(&again).await.says("false");
        assert_eq!(said.header("x-akismet-recheck-after"), "");
        lan.undo(&batch).await.expect(200);
        assert_eq!(told.after(1).await, ["true"]);
        is_all_told(&app).await;
        assert_eq!(told.receiver.calls(), 1);
    }
);

on_both!(
    who_is_late_says_nothing_of_what_was_told_since,
    near,
    async |app: App| {
        let told = Told::by(&app, "bao").await;
        let desk = Desk::of(app, PATIENCE).await;
        desk.decide(Action::Approve, &told).await;
        let mine = desk.claimed(Duration::from_secs(30)).await;
        desk.time.pass(Duration::from_secs(31));
        desk.decide(Action::Spam, &told).await;
        desk.round().await;
        assert_eq!(told.results(), ["true"]);
        // The one who was thought dead comes back.
        let verdict = ClientVerdict {
            comment: told.guid.parse().expect("an id"),
            callback: told.receiver.url("/"),
            post: None,
            is_spam: false,
            until: desk.time.now(),
        };
        let late = desk.store.told_client(mine, verdict, desk.time.now());
        late.await.expect("nothing is wrong");
        desk.decide(Action::Approve, &told).await;
        desk.time.pass(LONG);
        desk.round().await;
        assert_eq!(told.results(), ["true", "false"]);
    }
);

on_both!(
    of_one_comment_one_thing_is_told_at_a_time,
    near,
    async |app: App| {
        let told = Told::by(&app, "bao").await;
        let desk = Desk::of(app, PATIENCE).await;
        told.receiver.behave_in_turn([Manner::Silent]);
        let batch = desk.decide(Action::Approve, &told).await;
        let worker = desk.worker.clone();
        let first = tokio::spawn(async move { worker.round().await });
        eventually("it is being told", async || {
            (told.receiver.taken().len() == 1).then_some(())
        })
        .await;
        desk.undo(batch).await;
        desk.round().await;
        assert!(!first.is_finished(), "it is still being told");
        assert_eq!(told.receiver.calls(), 1);
        first.await.expect("no panic").expect("a round");
        desk.time.pass(Duration::from_secs(2));
        desk.round().await;
        assert_eq!(told.results(), ["false", "true"]);
    }
);

on_both!(
    a_newspaper_that_hangs_keeps_no_other_waiting,
    near,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let slow = Told::by(&app, "bao").await;
        let quick = Told::by(&app, "khac").await;
        let desk = Desk::of(app, Duration::from_secs(60)).await;
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(desk.worker.clone().run(stopped));
        slow.receiver.behave(Manner::Silent);
        desk.decide(Action::Approve, &slow).await;
        eventually("it is being told", async || {
            (slow.receiver.taken().len() == 1).then_some(())
        })
        .await;
        desk.decide(Action::Approve, &quick).await;
        assert_eq!(quick.after(1).await, ["false"]);
        is_told_but_one(&desk).await;
        desk.decide(Action::Spam, &quick).await;
        assert_eq!(quick.after(2).await, ["false", "true"]);
        stop.send(true).expect("it listens");
        running.await.expect("it ends");
    }
);

/// Waits until all but one row are done.
async fn is_told_but_one(desk: &Desk) {
    eventually("the quick one is done with", async || {
        let left = "select count(*) from outbox where kind = 'callback' and state <> 'done'";
        (desk.app.count(left).await == 1).then_some(())
    })
    .await;
}

on_both!(
    where_the_site_is_no_more_nothing_is_told,
    near,
    async |app: App| {
        let told = Told::by(&app, "bao").await;
        let own = told.receiver.url("");
        let origins = async |app: &App, origin: &str| {
            let change = format!("update sites set origins = '{origin}' where key = 'bao'");
            app.execute(&change).await;
        };
        let mut desk = Desk::of(app, PATIENCE).await;
        origins(&desk.app, "https://bao.example").await;
        desk.decide(Action::Approve, &told).await;
        desk.round().await;
        assert_eq!(told.receiver.calls(), 0);
        let errors = desk.errors("dead").await;
        assert!(errors[0].contains(&own), "{errors:?}");
        desk.app.serve();
        is_on_the_dashboard(&desk.app, &told.guid).await;
        desk.app.server().kill();
        origins(&desk.app, &own).await;
        desk.decide(Action::Spam, &told).await;
        desk.round().await;
        assert_eq!(told.results(), ["true"]);
    }
);

/// That one decision was not told, about that comment, and that it can be sent again.
async fn is_on_the_dashboard(app: &App, comment: &str) {
    app.add_member("An", &["--role", "editor", "--password-stdin"]);
    let an = app.browser();
    an.sign_in("An").await.expect(303);
    let page = an.open("/outbox").await.expect(200).body.clone();
    for said in [
        "Hệ thống của toà soạn chưa nhận được 1 quyết định.",
        "<b class=\"stuck\">(1)</b>",
        "Báo quyết định về hệ thống của toà soạn (Akismet)",
        &format!("href=\"/queue?comment={comment}\""),
        "không còn nằm dưới địa chỉ gốc nào của trang báo nên không được gọi",
        "Gửi lại",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

on_both!(
    nothing_is_told_of_what_no_person_here_has_decided,
    near,
    async |app: App| {
        let (told, lan) = (Told::by(&app, "bao").await, app.moderator("Lan"));
        let check = with(&fresh("x"), &[("guid", &told.guid)]);
        told.bao
            .spam(&check)
            .await
            .says("Thanks for making the web a better place.");
        assert_eq!(lan.card(&told.guid).await.status(), "spam");
        assert_eq!(
            app.count("select count(*) from outbox where kind = 'callback'")
                .await,
            0
        );
        // They know that, so what is told is only what is new to them.
        lan.approve(&lan.card(&told.guid).await).await;
        assert_eq!(told.after(1).await, ["false"]);
    }
);

on_both!(
    no_network_is_called_that_the_operator_has_not_opened,
    async |app: App| {
        let (told, lan) = (Told::by(&app, "bao").await, app.moderator("Lan"));
        lan.approve(&lan.card(&told.guid).await).await;
        eventually("it says why", async || {
            let errors = "select last_error as text from outbox where kind = 'callback' and last_error is not null";
            let mut errors = app.texts(errors).await;
            let error = in_words(&errors.pop()?);
            error.contains("DUYET_OUTWARD_ALLOW").then_some(error)
        })
        .await;
        assert!(told.receiver.taken().is_empty());
    }
);

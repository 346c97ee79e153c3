//! A site's external checker: asked about what waits, heard as evidence, and never waited for by a reader.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use duyet::notify::Checks;
use duyet::notify::outward::Outward;
use duyet::rules::{LiveRules, RuleSet, shipped};
use duyet::store::{Address, Store};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    App, Cms, EMAIL, Manner, Receiver, Setup, Time, eventually, on_both, quiet_config, secret_of,
};

const FINE: &str = "Cầu mới đẹp quá, cảm ơn báo.";
/// Where nobody listens.
const NOBODY: &str = "http://127.0.0.1:1/";

/// A checker on this machine, whose network the operator has opened.
fn near(setup: Setup) -> Setup {
    setup.set("DUYET_OUTWARD_ALLOW", "127.0.0.0/8")
}

fn set(app: &App, url: &str) {
    let url = format!("checker.url={url}");
    app.done(&["site", "set", "bao", &url, "checker.deadline_ms=400"], "");
}

fn receiver() -> Receiver {
    Receiver::at([127, 0, 0, 1].into())
}

fn says(answer: &Value) -> Manner {
    let json = ("content-type", "application/json".to_owned());
    Manner::Says(200, vec![json], answer.to_string())
}

fn nothing() -> Value {
    json!({ "evidence": [] })
}

/// Replicas that ask by a clock of the test's; the service itself does not run.
struct Desk {
    app: App,
    checker: Receiver,
    time: Time,
    workers: Vec<Checks>,
}

impl Desk {
    /// Takes over from the service, which was told to ask where nobody listens. What it has tried is forgotten.
    async fn over(mut app: App, allow: &str) -> Self {
        app.server().kill();
        let checker = receiver();
        set(&app, &checker.url("/check"));
        app.execute("update outbox set attempts = 0, run_at = created_at, last_error = null where kind = 'check'")
            .await;
        let mut desk = Self {
            app,
            checker,
            time: Time::real(),
            workers: Vec::new(),
        };
        for _ in 0..2 {
            let worker = desk.worker(allow).await;
            desk.workers.push(worker);
        }
        desk
    }

    async fn worker(&self, allow: &str) -> Checks {
        let address: Address = self.app.settings()["DATABASE_URL"]
            .parse()
            .expect("an address");
        let store = Store::open(address).await.expect("opened");
        let mut config = quiet_config();
        config.outward_allow = vec![allow.parse().expect("a network")];
        let outward = Outward::new(&config).expect("an outward");
        let rules = RuleSet::compile(&shipped()).expect("rules");
        Checks::new(store, outward, Arc::new(LiveRules::new(rules))).by(self.time.clock())
    }

    /// One replica alone.
    async fn round(&self) {
        self.workers[0].round().await.expect("a round");
    }

    async fn after(&self, seconds: u64) {
        self.time.pass(Duration::from_secs(seconds));
        self.round().await;
    }

    fn asked(&self) -> usize {
        self.checker.taken().len()
    }

    /// What is seen in all comments.
    async fn seen(&self) -> Vec<String> {
        let query = "select rule as text from evidence order by rule";
        self.app.texts(query).await
    }

    async fn lanes(&self) -> Vec<String> {
        self.app.texts("select lane as text from comments").await
    }

    async fn why(&self) -> String {
        let query = "select coalesce(last_error, '') as text from outbox where kind = 'check'";
        self.app.texts(query).await.concat()
    }
}

on_both!(
    what_a_checker_answers_is_evidence_and_moves_the_comment,
    near,
    async |app: App| {
        let checker = receiver();
        checker.behave(Manner::Silent);
        set(&app, &checker.url("/check?site=bao"));
        let lan = app.moderator("Lan");
        let (id, _) = app.reader().write(FINE).await;
        let card = lan.card(&id).await;
        assert_eq!(card.rules(), ["checker.waiting"]);
        assert_eq!(card.0["lane"], "look");
        let an = app.visitor("An");
        an.sign_in("An").await.expect(303);
        let page = an.open("/queue").await.expect(200).body.clone();
        assert!(page.contains("Chưa có kết quả của bộ kiểm tra ngoài"));
        eventually("it is asked", async || {
            (!checker.taken().is_empty()).then_some(())
        })
        .await;
        checker.behave(says(&json!({ "evidence": [
            { "label": "toxicity", "category": "insult", "weight": 3.5, "start": 0, "end": 7, "message": "x" },
        ] })));
        let card = eventually("its answer is evidence", async || {
            let card = lan.card(&id).await;
            (card.rules() == ["checker.toxicity"]).then_some(card)
        })
        .await;
        assert_eq!(
            (
                &card.0["lane"],
                &card.0["score"],
                &card.0["evidence"][0]["excerpt"]
            ),
            (&json!("likely_bad"), &json!(3.5), &json!("Cầu mới"))
        );
        assert_eq!((card.status(), card.revision()), ("pending", 1));
        // Lists find it by what was answered.
        for narrowed in [
            [("status", "pending"), ("rule", "checker.toxicity")],
            [("lane", "likely_bad"), ("order", "risk")],
        ] {
            eventually("it is listed", async || {
                let cards = lan.cards(&narrowed).await;
                (cards.len() == 1 && cards[0].id() == id).then_some(())
            })
            .await;
        }

        // What was asked, and that it is signed by the site's secret.
        let call = checker.taken().remove(0);
        assert!(call.line.starts_with("POST /check?site=bao "));
        let body = String::from_utf8(call.body.clone()).expect("text");
        let seconds = call.only("webhook-timestamp").parse().expect("seconds");
        let [_, _, (_, signature)] = Cms::of(&app).signed(call.only("webhook-id"), seconds, &body);
        assert_eq!(call.only("webhook-signature"), signature);
        assert!(!body.contains(EMAIL), "{body}");
        let asked = call.json();
        assert_eq!(asked["type"], "comment.check");
        assert_eq!(asked["data"]["comment"]["id"], id.as_str());
        assert_eq!(asked["data"]["comment"]["body"], FINE);

        // Nothing against it: it stands as it would without a checker.
        checker.behave(says(&nothing()));
        let (other, _) = app
            .reader()
            .write("Mong báo viết tiếp về cây cầu này.")
            .await;
        let card = eventually("the other is answered", async || {
            let card = lan.card(&other).await;
            card.rules().is_empty().then_some(card)
        })
        .await;
        assert_eq!(card.0["lane"], "likely_fine");
        let told = "select count(*) from events where kind = 'comment.checked'";
        assert_eq!(app.count(told).await, 2);
    }
);

on_both!(
    whoever_gives_no_answer_is_asked_again_and_then_that_is_said,
    near,
    async |app: App| {
        set(&app, NOBODY);
        let _ = app.reader().write(FINE).await;
        let mut desk = Desk::over(app, "127.0.0.0/8").await;
        let elsewhere = receiver();
        let there = ("location", elsewhere.url("/"));
        let unfit = json!({ "evidence": [{ "label": "a", "category": "spam", "weight": 99 }] });
        desk.checker.behave_in_turn([
            Manner::Silent,
            Manner::status(500),
            Manner::Endless,
            Manner::Says(302, vec![there], String::new()),
            says(&unfit),
        ]);
        for (asked, (seconds, why)) in [
            (0, "no answer within"),
            (5, "it was answered 500"),
            (30, "64"),
            (120, "it was answered 302"),
        ]
        .into_iter()
        .enumerate()
        {
            desk.after(seconds).await;
            assert_eq!(desk.asked(), asked + 1);
            let told = desk.why().await;
            assert!(
                told.contains(why) || why == "64" && told.contains("65536"),
                "{told}"
            );
            assert_eq!(desk.seen().await, ["checker.waiting"]);
        }
        desk.after(299).await;
        assert_eq!(desk.asked(), 4, "not before its time");
        desk.after(1).await;
        assert_eq!(desk.asked(), 5);
        assert!(desk.why().await.contains("evidence[0]: a weight"));
        assert_eq!(desk.seen().await, ["checker.absent"]);
        assert_eq!(desk.lanes().await, ["look"]);
        assert_eq!(elsewhere.calls(), 0, "nobody is followed");
        let dead = "select count(*) from outbox where kind = 'check' and state = 'dead'";
        assert_eq!(desk.app.count(dead).await, 1);

        // It answers after all, by itself.
        let check = desk.checker.taken()[0].json()["data"]["check"].clone();
        desk.app.serve();
        let bao = Cms::of(&desk.app);
        let post = async |by: &Cms, body: &Value| by.call(Method::POST, "checks", body).await;
        let answer = json!({ "check": check, "evidence": [] });
        let stranger = Cms::with(&desk.app, "bao", "whsec_MDEyMzQ1Njc4OWFiY2RlZg==");
        post(&stranger, &answer).await.expect(401);
        let unknown = json!({ "check": "019ab0f2-3c00-7000-8000-000000000007", "evidence": [] });
        post(&bao, &unknown).await.expect(404);
        let mut wrong = unfit.clone();
        wrong["check"] = check.clone();
        let told = post(&bao, &wrong).await.expect(422).json();
        assert_eq!(told["errors"][0]["field"], "evidence[0].weight", "{told}");
        assert_eq!(desk.seen().await, ["checker.absent"]);
        let done = post(&bao, &answer).await.expect(200).json();
        assert_eq!(done["outcome"], "done");
        assert!(desk.seen().await.is_empty());
        assert_eq!(desk.lanes().await, ["likely_fine"]);
        let again = json!({ "check": check, "evidence": [
            { "label": "a", "category": "threat", "weight": 4 },
        ] });
        let known = post(&bao, &again).await.expect(200).json();
        assert_eq!(known["outcome"], "known");
        assert!(desk.seen().await.is_empty());
    }
);

on_both!(
    who_answers_later_is_waited_for_ten_minutes,
    near,
    async |app: App| {
        set(&app, NOBODY);
        let _ = app.reader().write(FINE).await;
        let desk = Desk::over(app, "127.0.0.0/8").await;
        desk.checker.behave(Manner::status(202));
        desk.round().await;
        desk.after(500).await;
        assert_eq!(desk.asked(), 1);
        assert_eq!(desk.seen().await, ["checker.waiting"]);
        desk.after(101).await;
        assert_eq!(desk.asked(), 2);
        assert_eq!(desk.seen().await, ["checker.absent"]);
    }
);

on_both!(
    who_fails_again_and_again_rests_and_is_tried_once,
    near,
    async |app: App| {
        set(&app, NOBODY);
        for number in 0..7 {
            let _ = app.reader().write(&format!("Ý kiến số {number}.")).await;
        }
        let desk = Desk::over(app, "127.0.0.0/8").await;
        desk.checker.behave(Manner::status(503));
        desk.round().await;
        assert_eq!(desk.asked(), 7);
        desk.after(6).await;
        assert_eq!(desk.asked(), 7, "it rests");
        desk.checker.behave(says(&nothing()));
        desk.after(50).await;
        assert_eq!(desk.asked(), 7, "it rests still");
        desk.after(5).await;
        assert_eq!(desk.asked(), 8, "one trial");
        desk.round().await;
        assert_eq!(desk.asked(), 14);
        assert!(desk.seen().await.is_empty());
    }
);

on_both!(two_replicas_ask_once, near, async |app: App| {
    set(&app, NOBODY);
    for number in 0..5 {
        let _ = app.reader().write(&format!("Ý kiến số {number}.")).await;
    }
    let desk = Desk::over(app, "127.0.0.0/8").await;
    desk.checker.behave(says(&nothing()));
    let rounds = desk.workers.iter().map(Checks::round);
    for done in futures_util::future::join_all(rounds).await {
        done.expect("a round");
    }
    assert_eq!(desk.asked(), 5);
    assert!(desk.seen().await.is_empty());
});

on_both!(a_forbidden_address_is_never_dialled, async |app: App| {
    set(&app, NOBODY);
    let _ = app.reader().write(FINE).await;
    let desk = Desk::over(app, "10.0.0.0/8").await;
    desk.round().await;
    assert_eq!(desk.checker.calls(), 0);
    assert!(
        desk.why().await.contains("not public"),
        "{}",
        desk.why().await
    );
    assert_eq!(desk.seen().await, ["checker.waiting"]);
});

on_both!(
    a_comment_that_was_decided_meanwhile_is_left_alone,
    near,
    async |app: App| {
        set(&app, NOBODY);
        let lan = app.moderator("Lan");
        let (id, _) = app.reader().write(FINE).await;
        lan.approve(&lan.card(&id).await).await;
        let desk = Desk::over(app, "127.0.0.0/8").await;
        desk.round().await;
        assert_eq!(desk.asked(), 0);
        assert_eq!(
            desk.seen().await,
            ["checker.absent"],
            "no answer comes any more"
        );
        let status = desk.app.texts("select status as text from comments").await;
        assert_eq!(status, ["approved"]);
    }
);

on_both!(an_edit_asks_anew, near, async |app: App| {
    set(&app, NOBODY);
    let (id, receipt) = app.reader().write(FINE).await;
    let edit = json!({ "body": "Cầu mới đẹp quá." });
    app.reader().edit(&receipt, &edit).await.expect(200);
    let card = app.moderator("Lan").card(&id).await;
    assert_eq!(card.rules(), ["checker.waiting"]);
    let desk = Desk::over(app, "127.0.0.0/8").await;
    desk.checker.behave(says(&nothing()));
    desk.round().await;
    let asked = desk.checker.taken();
    assert_eq!(asked.len(), 1, "not about the text that is gone");
    assert_eq!(asked[0].json()["data"]["comment"]["body"], edit["body"]);
    assert!(desk.seen().await.is_empty());
    assert_eq!(desk.lanes().await, ["likely_fine"]);
});

/// The example of docs/checker.md, which ends with the test.
struct Example(Child);

impl Example {
    /// Starts it; the port that it listens on.
    fn start(secret: &str) -> (Self, u16) {
        let docs = include_str!("../docs/checker.md");
        let script = docs.split("```python\n").nth(1).expect("an example");
        let script = script.split("```").next().expect("its end");
        let python = std::env::var("DUYET_TEST_PYTHON");
        let mut process = Command::new(python.unwrap_or_else(|_| "/usr/bin/python3".to_owned()))
            .args(["-c", script])
            .env("DUYET_CHECKER_SECRET", secret)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Python");
        let mut line = String::new();
        let printed = process.stdout.take().expect("it prints");
        BufReader::new(printed)
            .read_line(&mut line)
            .expect("a line");
        let port = line.trim().parse().expect("a port");
        (Self(process), port)
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

on_both!(
    the_example_of_the_documentation_checks_comments,
    near,
    async |app: App| {
        let (_example, port) = Example::start(&secret_of(&app, "bao"));
        set(&app, &format!("http://127.0.0.1:{port}/"));
        let lan = app.moderator("Lan");
        let (id, _) = app.reader().write("Ai cần Vay nóng thì gọi nhé.").await;
        let card = eventually("it answers", async || {
            let card = lan.card(&id).await;
            card.rules().contains(&"checker.quang-cao").then_some(card)
        })
        .await;
        let evidence = card.0["evidence"].as_array().expect("evidence");
        let said = evidence
            .iter()
            .find(|one| one["rule"] == "checker.quang-cao");
        assert_eq!(said.expect("it")["excerpt"], "Vay nóng");
    }
);

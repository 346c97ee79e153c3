//! Decisions told to where a comment came from by the Akismet protocol.

use serde_json::{Value, json};

use crate::support::akismet::{Akismet, fresh, with};
use crate::support::{App, Card, Manner, Moderator, Receiver, Setup, eventually, on_both};

/// A newspaper's system on this machine, whose network the operator has opened.
fn near(setup: Setup) -> Setup {
    setup.set("DUYET_OUTWARD_ALLOW", "127.0.0.0/8")
}

/// A comment of a newspaper's system that listens, as it is there and as it is here.
struct Told {
    receiver: Receiver,
    bao: Akismet,
    lan: Moderator,
    guid: String,
}

impl Told {
    async fn by(app: &App) -> Self {
        let receiver = Receiver::at([127, 0, 0, 1].into());
        app.execute(&format!(
            "update sites set origins = '{}'",
            receiver.url("")
        ))
        .await;
        let bao = Akismet::of(app, "bao").await;
        let lan = app.moderator("Lan");
        let (blog, page) = (receiver.url(""), receiver.url("/?p=17"));
        let callback = receiver.url("/wp-json/akismet/v1/webhook");
        let check = [
            ("blog", blog.as_str()),
            ("permalink", &page),
            ("callback", &callback),
            ("comment_post_ID", "17"),
        ];
        let guid = bao
            .check(&with(&fresh("Cầu mới"), &check))
            .await
            .says("false")
            .guid();
        Self {
            receiver,
            bao,
            lan,
            guid,
        }
    }

    async fn card(&self) -> Card {
        self.lan.card(&self.guid).await
    }

    /// What was told, once there are so many calls.
    async fn results(&self, many: usize) -> Vec<Value> {
        let calls = eventually("they are told", async || {
            let calls = self.receiver.taken();
            (calls.len() >= many).then_some(calls)
        })
        .await;
        let results = calls.iter().map(|call| {
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
}

on_both!(
    a_decision_is_told_once_and_what_is_undone_is_taken_down,
    near,
    async |app: App| {
        let told = Told::by(&app).await;
        let batch = told.lan.approve(&told.card().await).await;
        assert_eq!(told.results(1).await, ["false"]);
        told.lan.undo(&batch).await.expect(200);
        assert_eq!(told.results(2).await, ["false", "true"]);
        told.lan.spam(&told.card().await).await;
        told.lan.approve(&told.card().await).await;
        let results = told.results(3).await;
        assert_eq!(results.last().expect("a call"), "false");
        eventually("nothing is left", async || {
            let left = app
                .count("select count(*) from outbox where kind = 'callback' and state <> 'done'")
                .await;
            (left == 0).then_some(())
        })
        .await;
        let last = told.receiver.taken().last().expect("a call").json();
        assert_eq!(last["comments"][0]["result"], "false");
    }
);

on_both!(
    who_is_away_or_finds_nothing_is_told_again,
    near,
    async |app: App| {
        let told = Told::by(&app).await;
        let missing = json!({ "comments": { &told.guid: { "status": "error", "message": "Could not find matching comment." } } });
        let says = Manner::Says(200, Vec::new(), missing.to_string());
        told.receiver.behave_in_turn([Manner::status(503), says]);
        told.lan.spam(&told.card().await).await;
        let error = eventually("it says why", async || {
        let errors = "select last_error as text from outbox where kind = 'callback' and last_error is not null";
        app.texts(errors).await.pop()
    })
    .await;
        assert!(error.contains("503"), "{error}");
        app.execute("update outbox set run_at = created_at where kind = 'callback'")
            .await;
        told.results(2).await;
        eventually("it says why", async || {
        let errors = "select last_error as text from outbox where kind = 'callback' and last_error is not null";
        app.texts(errors).await.pop().filter(|error| error.contains("Could not find"))
    })
    .await;
        app.execute("update outbox set run_at = created_at where kind = 'callback'")
            .await;
        assert_eq!(told.results(3).await, ["true", "true", "true"]);
    }
);

on_both!(
    nothing_is_told_of_what_no_person_here_has_decided,
    near,
    async |app: App| {
        let told = Told::by(&app).await;
        let check = with(&fresh("x"), &[("guid", &told.guid)]);
        told.bao
            .spam(&check)
            .await
            .says("Thanks for making the web a better place.");
        assert_eq!(told.card().await.status(), "spam");
        assert_eq!(
            app.count("select count(*) from outbox where kind = 'callback'")
                .await,
            0
        );
        // They know that, so what is told is only what is new to them.
        told.lan.approve(&told.card().await).await;
        assert_eq!(told.results(1).await, ["false"]);
    }
);

on_both!(
    no_network_is_called_that_the_operator_has_not_opened,
    async |app: App| {
        let told = Told::by(&app).await;
        told.lan.approve(&told.card().await).await;
        eventually("it says why", async || {
        let errors = "select last_error as text from outbox where kind = 'callback' and last_error is not null";
        app.texts(errors).await.pop().filter(|error| error.contains("DUYET_OUTWARD_ALLOW"))
    })
    .await;
        assert!(told.receiver.taken().is_empty());
    }
);

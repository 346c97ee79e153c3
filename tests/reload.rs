//! Rules that change while the service runs.

use reqwest::Method;
use serde_json::Value;

use crate::support::{App, Backend, Moderator, PASSWORD, Server, Setup, eventually};

/// A pack of one rule on one word.
fn pack(word: &str, example: &str) -> String {
    format!(
        r#"
id = "nha"

[[rule]]
id = "nha.mot"
title = {{ vi = "Rao bán", en = "Offer" }}
category = "spam"
weight = 3.0
words = ["{word}"]
[rule.examples]
hit = ["{example}"]
miss = ["hay"]
"#
    )
}

fn write(app: &App, text: &str) {
    std::fs::write(app.folder().join("rules/house.toml"), text).expect("a pack");
}

/// What the log says of rules that could not be used.
fn refused(app: &App) -> Vec<String> {
    let log = app.log();
    log.lines()
        .filter(|line| line.contains("the old rules stay"))
        .map(str::to_owned)
        .collect()
}

async fn version_of(app: &App, comment: &str) -> String {
    let query = format!("select rules_version as text from comments where body = '{comment}'");
    app.texts(&query).await.remove(0)
}

async fn measures(app: &App) -> String {
    app.wire().get("/metrics").await.expect(200).body
}

/// Waits until the rules of that version are in use.
async fn in_use(app: &App, version: &str) {
    let line = format!("duyet_rules_info{{version=\"{version}\"}} 1");
    eventually("the rules", async || {
        measures(app).await.contains(&line).then_some(())
    })
    .await;
}

#[tokio::test]
async fn changed_rules_judge_new_comments_and_broken_ones_do_not() {
    let mut app = Setup::new(Backend::Sqlite)
        .rules(&pack("bán nhà", "bán nhà"))
        .set("DUYET_LOG", "info")
        .start()
        .await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let (first, _) = reader.write("bán nhà, cho thuê xe").await;
    assert_eq!(lan.card(&first).await.rules(), ["nha.mot"]);
    let old = version_of(&app, "bán nhà, cho thuê xe").await;
    in_use(&app, &old).await;

    write(&app, &pack("thuê xe", "thuê xe"));
    eventually("new rules", async || {
        app.log().contains("new rules are in use").then_some(())
    })
    .await;
    let (second, _) = reader.write("bán nhà, cho thuê xe nữa").await;
    let seen = lan.card(&second).await.0;
    assert_eq!(seen["evidence"][0]["excerpt"], "thuê xe", "{seen}");
    let new = version_of(&app, "bán nhà, cho thuê xe nữa").await;
    assert_ne!(old, new);
    in_use(&app, &new).await;
    let told = measures(&app).await;
    for wanted in [
        format!("duyet_rules_info{{version=\"{old}\"}} 0"),
        "duyet_rules_reload_failures_total 0".to_owned(),
    ] {
        assert!(told.contains(&wanted), "{told}");
    }

    // An example that does not hold, and then something that is no pack at all.
    for (broken, named) in [
        (
            pack("thuê xe", "thuê nhà"),
            ["house.toml:5", "nha.mot", "thuê nhà"],
        ),
        (
            "id = nha".to_owned(),
            ["house.toml:1", "write the key", "instead"],
        ),
    ] {
        let before = refused(&app).len();
        write(&app, &broken);
        let told = eventually("a refusal", async || refused(&app).get(before).cloned()).await;
        for wanted in named {
            assert!(told.contains(wanted), "{wanted}: {told}");
        }
        let body = format!("thuê xe {before}");
        let (id, _) = reader.write(&body).await;
        assert_eq!(lan.card(&id).await.rules(), ["nha.mot"]);
        assert_eq!(version_of(&app, &body).await, new);
    }
    assert!(
        measures(&app)
            .await
            .contains("duyet_rules_reload_failures_total 2")
    );

    // Who asks is answered, also where nothing has changed since.
    app.server().hang_up();
    eventually("an answer", async || {
        (refused(&app).len() == 3).then_some(())
    })
    .await;
    write(&app, &pack("bán nhà", "bán nhà"));
    in_use(&app, &old).await;
}

/// What the history tells of other rules, newest first: from which version to which, and the rules that are other ones.
async fn told(by: &Moderator) -> Vec<(String, String, String)> {
    let asked = "/api/v1/moderation/history?kind=words&who=operator";
    let told = by.send(by.request(Method::GET, asked)).await;
    let told = told.expect(200).json();
    let all = told["history"].as_array().expect("a list").iter();
    all.map(|one| {
        assert_eq!(one["kind"], "rules_changed", "{one}");
        assert!(one["via"].is_null(), "{one}");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let detail = &one["detail"];
        (
            text(&detail["from"]),
            text(&detail["to"]),
            detail["rules"].to_string(),
        )
    })
    .collect()
}

#[tokio::test]
async fn changed_rules_are_told_once_however_many_replicas_take_them() {
    let mut app = Setup::new(Backend::Postgres)
        .rules(&pack("bán nhà", "bán nhà"))
        .set("DUYET_LOG", "info")
        .start()
        .await;
    let mut settings = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    let second = Server::start(app.folder(), &settings, "serve");
    let lan = app.moderator("Lan");
    app.reader().write("bán nhà").await;
    let old = version_of(&app, "bán nhà").await;
    write(&app, &pack("thuê xe", "thuê xe"));
    let taken = |log: &str| log.contains("new rules are in use").then_some(());
    eventually("one has them", async || taken(&app.log())).await;
    eventually("the other has them", async || taken(&second.log())).await;
    let first = eventually("it is told", async || told(&lan).await.pop()).await;
    app.reader().write("thuê xe").await;
    let new = version_of(&app, "thuê xe").await;
    assert_eq!(
        first,
        (old.clone(), new.clone(), "[\"nha.mot\"]".to_owned())
    );
    // What was changed while nothing ran is told by the next start, and by no other.
    drop(second);
    app.server().kill();
    write(&app, &pack("bán nhà", "bán nhà"));
    app.serve();
    eventually("that is told, too", async || {
        (told(&lan).await.len() == 2).then_some(())
    })
    .await;
    app.restart();
    app.reader().write("bán nhà rồi").await;
    assert_eq!(
        told(&lan).await,
        [(new.clone(), old, "[]".to_owned()), first]
    );
    let page = app.browser();
    app.done(&["moderator", "password", "lan@bao.example"], PASSWORD);
    page.sign_in("Lan").await.expect(303);
    let page = page.open("/history?kind=words").await.expect(200).body;
    assert!(page.contains(&format!("bản {new}")), "{page}");
    assert!(page.contains("Quy tắc khác trước: nha.mot"), "{page}");
}

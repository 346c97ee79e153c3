//! Rules that change while the service runs.

use crate::support::{App, Backend, Setup, eventually};

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

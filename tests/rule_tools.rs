//! The tools of whoever writes rules: measuring them, and seeing how a comment is read.

use serde_json::{Value, json};

use crate::support::{App, Backend, Setup, refusal};

async fn bare() -> App {
    Setup::new(Backend::Sqlite)
        .bare()
        .rules(
            r#"
id = "nha"

[[rule]]
id = "nha.mua"
title = { vi = "Rao bán", en = "Offer" }
category = "spam"
weight = 1.0
words = ["mua ngay"]
[rule.examples]
hit = ["mua ngay"]
miss = ["mua"]

[[rule]]
id = "nha.chui"
title = { vi = "Lời tục", en = "Swearing" }
category = "profanity"
weight = 3.0
words = ["xằng bậy"]
[rule.examples]
hit = ["xằng bậy"]
miss = ["xang"]
"#,
        )
        .prepare()
        .await
}

fn write(app: &App, name: &str, lines: &[Value]) {
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    std::fs::write(app.folder().join(name), lines.join("\n")).expect("a file");
}

#[tokio::test]
async fn rules_are_measured_against_labelled_comments() {
    let app = bare().await;
    write(
        &app,
        "mot.jsonl",
        &[
            json!({ "id": "a", "text": "Mua ngay kẻo hết", "label": 1, "label3": 2, "split": "dev", "source": "x" }),
            json!({ "id": "b", "text": "Toàn chuyện xằng bậy", "label": 1, "label3": 1, "split": "dev" }),
            json!({ "id": "c", "text": "Đồ ngốc", "label": 1, "label3": 1, "split": "dev" }),
            json!({ "id": "d", "text": "Bài hay", "label": 0, "label3": 0, "split": "dev" }),
            json!({ "id": "e", "text": "Nói xằng bậy là không nên", "label": 0, "label3": 0, "split": "dev" }),
            json!({ "id": "f", "text": "mua ngay", "label": 0, "split": "train" }),
        ],
    );
    write(
        &app,
        "hai.jsonl",
        &[json!({ "text": "Bài hay", "label": 0 })],
    );
    let evaluate = |more: &[&str]| {
        let arguments = [&["rules", "evaluate", "mot.jsonl"], more].concat();
        app.done(&arguments, "")
    };
    let measured: Value =
        serde_json::from_str(&evaluate(&["--split", "dev", "--json", "--mistakes", "5"]))
            .expect("JSON");
    let file = &measured["files"][0];
    assert_eq!(
        (&file["comments"], &file["bad"], &file["fine"]),
        (&json!(5), &json!(3), &json!(2))
    );
    let near = |value: &Value, meant: f64| (value.as_f64().expect("a number") - meant).abs() < 1e-9;
    assert!(
        near(&file["precision"], 2.0 / 3.0) && near(&file["recall"], 2.0 / 3.0),
        "{file}"
    );
    assert!(
        near(&file["macro_f1"], f64::midpoint(2.0 / 3.0, 0.5)) && near(&file["fine_held"], 0.5)
    );
    assert!(near(&file["categories"]["profanity"]["precision"], 0.5));
    assert_eq!(
        file["confusion"][1],
        json!({ "label": 1, "label3": 1, "lanes": { "likely_fine": 1, "look": 0, "likely_bad": 1 } })
    );
    assert_eq!(file["held_fine"][0]["id"], "e");
    assert_eq!(file["held_fine"][0]["evidence"][0]["excerpt"], "xằng bậy");
    assert_eq!(file["missed_bad"][0]["id"], "c");
    assert!(file["micros"]["mean"].as_f64() > Some(0.0));

    let told = evaluate(&["--split", "dev", "--mistakes", "1"]);
    for wanted in [
        "precision       0.667",
        "fine, but held",
        "nha.chui",
        "profanity",
        "bad (2)",
    ] {
        assert!(told.contains(wanted), "{told}");
    }
    let table = evaluate(&["hai.jsonl"]);
    let widths: Vec<usize> = table
        .lines()
        .take(3)
        .map(|line| line.chars().count())
        .collect();
    assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    // Words with tones are not found once the tones are gone.
    let bare: Value =
        serde_json::from_str(&evaluate(&["--strip-tones", "--json", "--split", "dev"]))
            .expect("JSON");
    assert!(
        bare["files"][0]["categories"].get("profanity").is_none(),
        "{bare}"
    );
}

#[tokio::test]
async fn what_is_no_labelled_comment_is_named_by_its_line() {
    let app = bare().await;
    let fine = json!({ "text": "Bài hay", "label": 0 });
    for wrong in [
        json!({ "text": "x" }),
        json!({ "text": "x", "label": 2 }),
        json!([1]),
    ] {
        write(&app, "sai.jsonl", &[fine.clone(), wrong]);
        let told = refusal(&app.command(&["rules", "evaluate", "sai.jsonl"], ""));
        assert!(told.contains("sai.jsonl:2"), "{told}");
    }
    write(&app, "sai.jsonl", &[fine]);
    for arguments in [&["sai.jsonl", "--split", "dev"][..], &["khong-co.jsonl"]] {
        let told = refusal(&app.command(&[&["rules", "evaluate"], arguments].concat(), ""));
        assert!(told.contains(arguments[0]), "{told}");
    }
}

#[tokio::test]
async fn a_verdict_is_explained_to_people() {
    let app = bare().await;
    let comment = "Đồ xằng ｂậy\u{1b}[2J,\nm\u{200B}ua ngay";
    let told = app.done(&["rules", "explain", "--human"], comment);
    for wanted in [
        "Đồ ⟦xằng ｂậy⟧\\u{1b}[2J,",
        "⟦m\\u{200b}ua ngay⟧",
        "canonical  đồ xằng bậy",
        "m\\u{200b}ua → mua",
        "nha.chui  Swearing",
        "the cap is 4.0",
        "likely_bad  look from 1, likely_bad from 3",
        "a person decides",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    assert!(
        !told.contains('\u{1b}'),
        "neither a colour nor a reader's own: {told:?}"
    );
    // Programs are told the same.
    let plain = app.done(&["rules", "explain"], comment);
    assert_eq!(plain, app.done(&["rules", "explain", "--json"], comment));
    let verdict: Value = serde_json::from_str(&plain).expect("JSON");
    assert_eq!(verdict["lane"], "likely_bad");
    let views: Vec<&Value> = verdict["views"].as_array().expect("views").iter().collect();
    let names: Vec<&Value> = views.iter().map(|view| &view["name"]).collect();
    assert_eq!(names, ["as typed", "canonical", "words"]);
    let change = json!({ "start": 17, "end": 21, "from": "m\u{200b}ua", "to": "mua" });
    assert_eq!(
        views[1]["changes"].as_array().expect("changes").last(),
        Some(&change)
    );
    assert!(
        views[2]["text"]
            .as_str()
            .expect("a text")
            .starts_with("đồ xằng bậy")
    );
    let told = refusal_of_arguments(&app, &["rules", "explain", "--human", "--jsonl"]);
    assert!(told.contains("--jsonl"), "{told}");
}

#[tokio::test]
async fn lines_as_other_programs_write_them_are_judged() {
    let app = Setup::new(Backend::Sqlite).bare().prepare().await;
    let lines = "\u{feff}{\"id\":1,\"body\":\"Bài hay\",\"name\":null,\"email\":null}\n{\"id\":2,\"body\":\"Bài hay\"}\n";
    let told = app.done(&["rules", "explain", "--jsonl"], lines);
    let ids: Vec<serde_json::Value> = told
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].clone())
        .collect();
    assert_eq!(ids, [1, 2]);
}

#[tokio::test]
async fn colours_come_where_they_are_wanted() {
    let app = Setup::new(Backend::Sqlite)
        .bare()
        .set("CLICOLOR_FORCE", "1")
        .prepare()
        .await;
    assert!(
        app.done(&["rules", "explain", "--human"], "Bài hay")
            .contains('\u{1b}')
    );
}

fn refusal_of_arguments(app: &App, arguments: &[&str]) -> String {
    let output = app.command(arguments, "");
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

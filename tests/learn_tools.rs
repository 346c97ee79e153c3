//! Models trained, measured and asked on the command line.

use serde_json::{Value, json};

use crate::support::{App, Backend, Setup, refusal};

const FINE: [&str; 6] = [
    "Bài viết rất hay, cảm ơn tòa soạn",
    "Tuyến đường mới giúp bà con đi lại thuận tiện",
    "Mong tỉnh sớm sửa cây cầu này",
    "Phong cảnh quê mình đẹp quá",
    "Cháu chúc thầy cô mạnh khỏe",
    "Thông tin bổ ích cho người dân",
];
const BAD: [&str; 6] = [
    "Đồ ngu, viết thế mà cũng viết",
    "Thằng chó này cút đi cho khuất mắt",
    "Bọn mày toàn lũ vô học",
    "Mặt dày như con lợn, đồ khốn nạn",
    "Câm mồm đi con điên",
    "Lũ khốn nạn ăn tiền của dân",
];

async fn with_comments() -> App {
    let app = Setup::new(Backend::Sqlite).bare().prepare().await;
    let mut lines = Vec::new();
    for round in 0..20 {
        for (texts, label) in [(FINE, 0), (BAD, 1)] {
            for text in texts {
                let text = format!("{text} {round}");
                let split = if round < 10 { "train" } else { "dev" };
                lines.push(
                    json!({ "text": text, "label": label, "label3": label, "split": split })
                        .to_string(),
                );
            }
        }
    }
    std::fs::write(app.folder().join("loi.jsonl"), lines.join("\n")).expect("a file");
    app
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[tokio::test]
async fn a_queue_is_worked_from_its_worst_end() {
    let app = with_comments().await;
    let queue = |more: &[&str]| {
        let words = [
            "learn",
            "queue",
            "loi.jsonl",
            "--split",
            "dev",
            "--learn",
            "train",
        ];
        app.done(&[&words, more].concat(), "")
    };
    let told = json(&queue(&["--after", "60", "--json"]));
    assert_eq!((&told["comments"], &told["bad"]), (&json!(120), &json!(60)));
    let ways = told["sorted"].as_array().expect("ways");
    let names: Vec<&str> = ways.iter().filter_map(|way| way["by"].as_str()).collect();
    let learnt = ["after 60 decisions", "after 120 decisions"];
    assert_eq!(names, [&["rules alone", "the model"][..], &learnt].concat());
    // 95 % of sixty are fifty-seven, and all of them are opened before anything else.
    assert_eq!(ways[3]["opened"], json!([30, 42, 48, 54, 57]));
    assert!(queue(&[]).contains("\nafter 120 decisions"));
    let alone = ["learn", "queue", "loi.jsonl", "--learn", "train"];
    let refused = app.command(&alone, "");
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--split"));
}

#[tokio::test]
async fn a_model_is_trained_measured_and_asked() {
    let app = with_comments().await;
    app.done(&["learn", "train", "loi.jsonl", "--out", "a.bin"], "");
    app.done(&["learn", "train", "loi.jsonl", "--out", "b.bin"], "");
    let read = |name: &str| std::fs::read(app.folder().join(name)).expect("a model");
    assert_eq!(
        read("a.bin"),
        read("b.bin"),
        "the same comments, the same bytes"
    );

    let told = json(&app.done(&["learn", "evaluate", "loi.jsonl", "--model", "a.bin"], ""));
    assert!(told["macro_f1"].as_f64() > Some(0.95), "{told}");
    assert!(told["curve"].is_array() && told["accuracy"].as_f64() > Some(0.95));

    let lines = json!({ "id": 1, "body": "Lũ khốn nạn" }).to_string()
        + "\n"
        + &json!({ "id": 2, "body": "Phong cảnh đẹp quá" }).to_string();
    let asked = app.done(&["rules", "explain", "--jsonl", "--model", "a.bin"], &lines);
    let harm: Vec<f64> = asked
        .lines()
        .map(|line| json(line)["model"]["harm"].as_f64().expect("harm"))
        .collect();
    assert!(harm[0] > 0.5 && harm[1] < 0.5, "{harm:?}");
    // Without a model the one that comes with the program is asked.
    assert!(
        json(
            app.done(&["rules", "explain", "--jsonl"], &lines)
                .lines()
                .next()
                .expect("a line")
        )["model"]["spam"]
            .is_number()
    );
}

#[tokio::test]
async fn a_model_is_measured_as_it_learns() {
    let app = with_comments().await;
    let told = json(&app.done(&["learn", "evaluate", "loi.jsonl", "--prequential"], ""));
    let curve = told["curve"].as_array().expect("a curve");
    assert_eq!(curve.last().expect("a point")["n"], 240);
    assert_eq!(curve[1]["n"], 100);
    assert!(told["accuracy"].as_f64() > Some(0.9), "{told}");
    assert!(told["macro_f1"].is_number() && told["last"]["accuracy"].is_number());
}

#[tokio::test]
async fn what_is_no_model_is_said_to_be_none() {
    let app = with_comments().await;
    app.done(
        &["learn", "train", "loi.jsonl", "--out", "a.bin", "--slim"],
        "",
    );
    let path = app.folder().join("a.bin");
    let mut bytes = std::fs::read(&path).expect("a model");
    bytes[100] ^= 1;
    std::fs::write(&path, bytes).expect("a file");
    let told = refusal(&app.command(&["learn", "evaluate", "loi.jsonl", "--model", "a.bin"], ""));
    assert!(told.contains("damaged"), "{told}");
    let told = refusal(&app.command(
        &["learn", "evaluate", "loi.jsonl", "--model", "loi.jsonl"],
        "",
    ));
    assert!(told.contains("no model"), "{told}");
}

#[tokio::test]
async fn training_replaces_nothing_but_a_model() {
    let app = with_comments().await;
    let path = |name: &str| app.folder().join(name);
    let before = std::fs::read(path("loi.jsonl")).expect("the comments");
    let over = app.command(&["learn", "train", "loi.jsonl", "--out", "loi.jsonl"], "");
    assert!(
        refusal(&over).contains("--out loi.jsonl: the comments would be replaced"),
        "{over:?}"
    );
    std::fs::write(path("notes.txt"), "what is to be done").expect("a file");
    let other = app.command(&["learn", "train", "loi.jsonl", "--out", "notes.txt"], "");
    assert!(refusal(&other).contains("no model"), "{other:?}");
    let nowhere = app.command(&["learn", "train", "loi.jsonl", "--out", "no/a.bin"], "");
    assert!(refusal(&nowhere).contains("--out no/a.bin"), "{nowhere:?}");
    let folder = app.command(&["learn", "train", "loi.jsonl", "--out", "."], "");
    assert!(refusal(&folder).contains("this is no file"), "{folder:?}");
    assert_eq!(std::fs::read(path("loi.jsonl")).ok(), Some(before));
    let notes = std::fs::read_to_string(path("notes.txt"));
    assert_eq!(notes.ok().as_deref(), Some("what is to be done"));
    // A model may be replaced, and nothing is left beside it.
    for _ in 0..2 {
        app.done(&["learn", "train", "loi.jsonl", "--out", "a.bin"], "");
    }
    let names = std::fs::read_dir(app.folder()).expect("a folder");
    let names = names.map(|entry| entry.expect("an entry").file_name());
    let left: Vec<_> = names
        .filter(|name| name.to_string_lossy().ends_with(".new"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn labels_that_teach_nothing_are_named() {
    let app = with_comments().await;
    let write = |name: &str, text: &str| {
        std::fs::write(app.folder().join(name), text).expect("a file");
    };
    let train = |name: &str| refusal(&app.command(&["learn", "train", name, "--out", "x.bin"], ""));
    write("fine.jsonl", "{\"text\":\"Hay quá\",\"label\":0}\n");
    let said = train("fine.jsonl");
    assert!(said.contains("all these comments are fine"), "{said}");
    write(
        "odd.jsonl",
        "{\"text\":\"Hay quá\",\"label\":1,\"label3\":0}\n",
    );
    let said = train("odd.jsonl");
    assert!(
        said.contains("odd.jsonl:1:") && said.contains("label3 is 0"),
        "{said}"
    );
    write("list.jsonl", "\n[1]\n");
    let said = train("list.jsonl");
    assert!(
        said.contains("list.jsonl:2") && said.contains(r#"{"text":"…","label":0}"#),
        "{said}"
    );
}

#[tokio::test]
async fn a_model_is_asked_what_it_has_learnt() {
    let app = with_comments().await;
    let train = [
        "learn",
        "train",
        "loi.jsonl",
        "--as",
        "spam",
        "--out",
        "spam.bin",
    ];
    app.done(&train, "");
    let evaluate = ["learn", "evaluate", "loi.jsonl", "--model", "spam.bin"];
    let told = json(&app.done(&evaluate, ""));
    assert!(told["macro_f1"].as_f64() > Some(0.95), "{told}");
    let of_harm = app.command(&[&evaluate[..], &["--as", "harm"]].concat(), "");
    assert!(
        refusal(&of_harm).contains("learnt nothing of harm"),
        "{of_harm:?}"
    );
    // From standard input too, and behind a byte order mark.
    let lines = std::fs::read_to_string(app.folder().join("loi.jsonl")).expect("the comments");
    let evaluate = ["learn", "evaluate", "-", "--model", "spam.bin"];
    let again = json(&app.done(&evaluate, &format!("\u{feff}{lines}")));
    assert_eq!(again["macro_f1"], told["macro_f1"]);
}

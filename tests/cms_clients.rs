//! Senders as they are published: the libraries that sign, and of Ghost and Strapi what they themselves send with.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::{App, comment_on, on_both, secret_in, secret_of, sent_now};

const URL: &str = "https://bao.example/cau-moi.html";

/// Runs a sender with a message; what was answered, as its status and body.
fn sent(program: &Path, arguments: &[&str], message: &Value) -> (u64, String) {
    let told: Value = serde_json::from_str(&printed(program, arguments, message)).expect("JSON");
    let body = told["body"].as_str().unwrap_or_default().to_owned();
    (told["status"].as_u64().unwrap_or_default(), body)
}

/// What a sender prints.
pub fn printed(program: &Path, arguments: &[&str], message: &Value) -> String {
    let mut process = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let mut input = process.stdin.take().expect("it is read");
    input
        .write_all(message.to_string().as_bytes())
        .expect("it reads");
    drop(input);
    let output = process.wait_with_output().expect("it ends");
    assert!(
        output.status.success(),
        "{arguments:?} failed, see above; scripts/test fetches what it needs"
    );
    String::from_utf8(output.stdout).expect("text")
}

/// Where the senders lie.
pub fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/cms")
}

/// Sends by a sender of npm.
fn by_node(app: &App, sender: &str, secret: &str, message: &Value) -> (u64, String) {
    let script = clients().join("send.js").display().to_string();
    let url = format!("{}/api/v1/sites/bao/cms", app.base());
    sent(Path::new("node"), &[&script, sender, &url, secret], message)
}

/// Presence, title and section of each article.
async fn known(app: &App) -> Vec<String> {
    app.texts("select presence || ' ' || coalesce(title, '-') || ' / ' || coalesce(section, '-') as text from articles")
        .await
}

fn event() -> Value {
    json!({ "type": "article.published", "timestamp": "2026-11-20T08:00:00Z",
        "data": { "external_id": "4711", "url": URL, "title": "Cầu mới “thông xe”", "section": "Xã hội" } })
}

on_both!(a_real_sender_standardwebhooks_of_npm, async |app: App| {
    let secret = secret_of(&app, "bao");
    let (status, body) = by_node(&app, "standardwebhooks", &secret, &event());
    assert_eq!(status, 200, "{body}");
    assert_eq!(known(&app).await, ["published Cầu mới “thông xe” / Xã hội"]);
});

on_both!(a_real_sender_standardwebhooks_of_pypi, async |app: App| {
    let python = crate::support::libraries();
    let script = clients().join("send.py").display().to_string();
    let url = format!("{}/api/v1/sites/bao/cms", app.base());
    let secret = secret_of(&app, "bao");
    let (status, body) = sent(&python, &[&script, &url, &secret], &event());
    assert_eq!(status, 200, "{body}");
    assert_eq!(known(&app).await, ["published Cầu mới “thông xe” / Xã hội"]);
});

on_both!(the_library_standardwebhooks_of_rust, async |app: App| {
    let hook = standardwebhooks::Webhook::new(&secret_of(&app, "bao")).expect("a secret");
    let (body, at) = (event().to_string(), sent_now());
    let signature = hook.sign("msg_rust", at, body.as_bytes()).expect("signed");
    let cms = crate::support::Cms::of(&app);
    let headers = [
        ("webhook-id", "msg_rust".to_owned()),
        ("webhook-timestamp", at.to_string()),
        ("webhook-signature", signature),
    ];
    let request = cms.request((reqwest::Method::POST, "cms"), headers, &body);
    cms.send(request).await.expect(200);
    assert_eq!(known(&app).await.len(), 1);
});

/// Sets a site's format, with whatever goes with it.
fn set(app: &App, settings: &[&str]) -> String {
    app.done(&[&["site", "set", "bao"], settings].concat(), "");
    secret_of(app, "bao")
}

on_both!(a_real_sender_ghost, async |app: App| {
    let secret = set(&app, &["cms.format=ghost"]);
    let post = json!({ "id": "6567", "title": "Cầu mới", "url": URL, "status": "published", "published_at": "2026-11-20T08:00:00.000Z",
        "primary_tag": { "name": "Xã hội" }, "primary_author": { "name": "Lê Thị Hoa" }, "tags": [{ "name": "Xã hội" }, { "name": "cầu" }] });
    let published = json!({ "post": { "current": post, "previous": { "status": "draft" } } });
    let (status, body) = by_node(&app, "ghost", &secret, &published);
    assert_eq!(status, 200, "{body}");
    assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
    let mut draft = post.clone();
    (draft["status"], draft["url"]) = ("draft".into(), "https://bao.example/p/ab-cd/".into());
    let taken_down = json!({ "post": { "current": draft, "previous": { "status": "published" } } });
    assert_eq!(by_node(&app, "ghost", &secret, &taken_down).0, 200);
    assert_eq!(known(&app).await, ["unpublished Cầu mới / Xã hội"]);
    let deleted = json!({ "post": { "current": {}, "previous": post } });
    assert_eq!(by_node(&app, "ghost", &secret, &deleted).0, 200);
    assert_eq!(known(&app).await, ["deleted Cầu mới / Xã hội"]);
    // It removes a webhook that is answered with 410, so nothing ever is.
    let (status, _) = by_node(&app, "ghost", "mot-khoa-khac-hoan-toan", &published);
    assert_ne!(status, 410);
    assert_eq!(known(&app).await, ["deleted Cầu mới / Xã hội"]);
});

on_both!(a_real_sender_strapi, async |app: App| {
    let secret = set(
        &app,
        &[
            "cms.format=strapi",
            "cms.only=model: article",
            "cms.url=https://bao.example/{entry.slug}.html",
            "cms.fields=section: entry.chuyen_muc.ten",
        ],
    );
    let send = |event: &str, entry: Value| {
        let message = json!({ "event": event, "model": "article", "uid": "api::article.article", "entry": entry });
        by_node(&app, "strapi", &secret, &message).0
    };
    let entry = json!({ "documentId": "k3v", "title": "Cầu mới", "slug": "cau-moi", "chuyen_muc": { "ten": "Xã hội" },
        "publishedAt": "2026-11-20T08:00:00.000Z" });
    assert_eq!(send("entry.publish", entry.clone()), 200);
    assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
    // What is edited and not published yet is another version, which nobody reads.
    let mut draft = entry.clone();
    (draft["title"], draft["publishedAt"]) = ("Bản nháp".into(), Value::Null);
    assert_eq!(send("entry.update", draft), 200);
    assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
    assert_eq!(send("entry.unpublish", entry.clone()), 200);
    assert_eq!(known(&app).await, ["unpublished Cầu mới / Xã hội"]);
    // Another model, and another secret.
    let other = json!({ "event": "entry.publish", "model": "page", "entry": { "documentId": "z", "slug": "z" } });
    assert_eq!(by_node(&app, "strapi", &secret, &other).0, 200);
    let message = json!({ "event": "entry.publish", "model": "article", "entry": entry });
    let (status, body) = by_node(&app, "strapi", "mot-khoa-khac-hoan-toan", &message);
    assert_eq!(status, 401, "{body}");
    assert_eq!(known(&app).await.len(), 1);
});

on_both!(a_real_sender_contentful, async |app: App| {
    set(
        &app,
        &[
            "cms.format=contentful",
            "cms.url=https://bao.example/{fields.slug.*}.html",
        ],
    );
    // Contentful makes the secret itself, of 64 characters.
    let own = "Q9yGVn1pRwTz8LkX".repeat(4);
    let printed = app.done(&["site", "secret", "bao", "--stdin"], &own);
    assert_eq!(secret_in(&printed), own);
    let entry = json!({ "sys": { "type": "Entry", "id": "5KsDBWseXY6QegucYAoacS" },
        "fields": { "title": { "vi-VN": "Cầu mới" }, "slug": { "vi-VN": "cau-moi" }, "section": { "vi-VN": "Xã hội" } } });
    let (status, body) = by_node(&app, "contentful", &own, &entry);
    assert_eq!(status, 200, "{body}");
    assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
    let (status, _) = by_node(&app, "contentful", &"x".repeat(64), &entry);
    assert_eq!(status, 401);
});

on_both!(a_real_sender_sanity, async |app: App| {
    let secret = set(
        &app,
        &[
            "cms.format=sanity",
            "cms.url=https://bao.example/{slug.current}.html",
        ],
    );
    // Somebody wrote under it before.
    app.reader().write_all(&comment_on(URL, "Cầu đẹp")).await;
    let document = json!({ "_id": "a1", "_type": "post", "title": "Cầu mới", "slug": { "current": "cau-moi" }, "category": { "title": "Xã hội" } });
    let (status, body) = by_node(&app, "sanity", &secret, &document);
    assert_eq!(status, 200, "{body}");
    assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
    let (status, _) = by_node(&app, "sanity", "mot-khoa-khac-hoan-toan", &document);
    assert_eq!(status, 401);
});

//! What a client says of itself in its headers, and in what words it is answered.

use reqwest::Method;
use serde_json::json;

use crate::support::{ARTICLE, App, Backend, comment};

#[tokio::test]
async fn a_language_that_is_not_wanted_is_not_spoken() {
    let app = App::start(Backend::Sqlite).await;
    for (asked, title) in [
        ("en;q=0", "Không tìm thấy"),
        ("en;q=0, fr", "Không tìm thấy"),
        ("vi;q=0, en;q=0.1", "Not found"),
        ("en", "Not found"),
    ] {
        let request = app.wire().request(Method::GET, "/nowhere");
        let answer = app
            .wire()
            .send(request.header("accept-language", asked))
            .await;
        assert_eq!(answer.expect(404).text("title"), title, "{asked}");
    }
}

#[tokio::test]
async fn who_has_any_version_has_it() {
    let app = App::start(Backend::Sqlite).await;
    let reader = app.reader();
    for path in [
        "/widget.js".to_owned(),
        "/openapi.json".to_owned(),
        format!("{}?article={ARTICLE}", reader.path("comments")),
    ] {
        let request = app.wire().request(Method::GET, &path);
        let answer = request.header("if-none-match", "*").send().await;
        assert_eq!(answer.expect("an answer").status(), 304, "{path}");
    }
}

#[tokio::test]
async fn a_compressed_body_is_refused_as_that() {
    let app = App::start(Backend::Sqlite).await;
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let body = comment("Gửi bằng gzip").to_string();
    for coding in ["gzip", "br", "zstd", "identity, GZIP"] {
        let request = reader
            .request(Method::POST, &reader.path("comments"))
            .header("content-type", "application/json")
            .header("content-encoding", coding);
        let answer = reader.send(request.body(body.clone())).await.expect(415);
        assert_eq!(answer.text("type"), "/docs#problem-unsupported-media-type");
        assert!(answer.text("detail").contains("không nén"), "{coding}");
        assert_eq!(answer.header("accept-encoding"), "identity");
        let decision = lan
            .request(Method::POST, "/api/v1/moderation/decisions")
            .header("content-encoding", coding);
        lan.send(decision.json(&json!({}))).await.expect(415);
    }
    let request = reader
        .request(Method::POST, &reader.path("comments"))
        .header("content-type", "application/json")
        .header("content-encoding", "identity");
    reader.send(request.body(body)).await.expect(202);
    // What is meant for a charset changes nothing.
    let request = reader
        .request(Method::POST, &reader.path("comments"))
        .header("content-type", "application/json")
        .header("content-encoding", "utf-8");
    let body = comment("Gửi thẳng").to_string();
    reader.send(request.body(body)).await.expect(202);
}

#[tokio::test]
async fn who_only_reads_is_not_told_of_anything_sent() {
    let app = App::start(Backend::Sqlite).await;
    let lan = app.member("Lan", &["--role", "admin"]);
    app.execute("alter table outbox rename to outbox_mislaid")
        .await;
    let request = |method, path| lan.request(method, path).header("accept-language", "en");
    let read = request(Method::GET, "/api/v1/moderation/outbox");
    let read = lan.send(read).await.expect(503);
    assert_eq!(read.text("type"), "/docs#problem-busy");
    assert_eq!(
        read.text("detail"),
        "What you asked for cannot be read now. Ask again in a few seconds."
    );
    assert_eq!(read.header("retry-after"), "1");
    let path = "/api/v1/moderation/outbox/01940000-0000-7000-8000-000000000000/discard";
    let sent = lan.send(request(Method::POST, path)).await.expect(503);
    assert!(sent.text("detail").starts_with("What was sent"), "{sent:?}");
}

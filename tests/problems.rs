//! What a program is told when something is wrong with what it sent.

use std::io::{Read, Write};
use std::net::TcpStream;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{App, Backend, comment, comment_on, on_both};

/// A good comment with one part replaced.
fn with(pointer: &str, value: Value) -> Value {
    let mut comment = comment("Một ý kiến bình thường");
    *comment.pointer_mut(pointer).expect("a part of a comment") = value;
    comment
}

fn and(name: &str, value: Value) -> Value {
    let mut comment = comment("Một ý kiến bình thường");
    comment[name] = value;
    comment
}

#[tokio::test]
async fn each_wrong_field_is_named_in_both_languages() {
    let app = App::start(Backend::Sqlite).await;
    let table = [
        (with("/name", json!("")), "name", "name-required"),
        (with("/name", json!("a".repeat(81))), "name", "name-too-long"),
        (with("/name", json!("Lan\r\nBcc: x@thu.example")), "name", "name-control"),
        (with("/name", json!("<b>Lan</b>")), "name", "name-markup"),
        (with("/name", json!("\u{202e}naL")), "name", "name-bidi"),
        (with("/name", json!("La\u{200b}n")), "name", "name-invisible"),
        (with("/name", json!("xem shop.example.com")), "name", "name-link"),
        (with("/name", json!("Lan 0912345678")), "name", "name-phone"),
        (with("/name", json!("?!")), "name", "name-no-letter"),
        (with("/name", json!(7)), "name", "field-type"),
        (with("/email", json!("")), "email", "email-required"),
        (with("/email", json!("lan")), "email", "email-invalid"),
        (with("/email", json!("lan@bao.example\r\nBcc: x@thu.example")), "email", "email-control"),
        (with("/email", json!("\"<script>\"@[127.0.0.1]")), "email", "email-invalid"),
        (with("/email", json!("lan@ba\u{ad}o.example")), "email", "email-domain"),
        (with("/email", json!(format!("lan@{}.example", "a.".repeat(130)))), "email", "email-too-long"),
        (with("/body", json!("")), "body", "body-required"),
        (with("/body", json!(" \n\t ")), "body", "body-required"),
        (with("/body", json!("a\u{0}b")), "body", "body-control"),
        (with("/body", json!("ộ".repeat(5001))), "body", "body-too-long"),
        (with("/body", json!(["x"])), "body", "field-type"),
        (with("/article/url", json!("")), "article.url", "article-required"),
        (with("/article/url", json!("/xa-hoi.html")), "article.url", "article-invalid"),
        (with("/article/url", json!("https://khac.example/x")), "article.url", "article-foreign"),
        (with("/article/url", json!("https://bao.example.khac.example/x")), "article.url", "article-foreign"),
        (with("/article/title", json!("x".repeat(501))), "article.title", "article-title"),
        (with("/article", json!({})), "article.url", "field-missing"),
        (with("/article", json!({ "url": "https://bao.example/", "id": 1 })), "article.id", "field-unknown"),
        (and("website", json!("")), "website", "field-unknown"),
        (and("parent", json!("x")), "parent", "field-type"),
        (and("consent", json!("yes")), "consent", "field-type"),
        (and("challenge", json!("x".repeat(4097))), "challenge", "field-type"),
        (json!({}), "article", "field-missing"),
        (json!([]), "body", "field-type"),
        (json!(null), "body", "field-type"),
    ];
    for (submission, field, code) in table {
        let vi = app.reader().submit(&submission).await.expect(422);
        let en = app.reader().in_english().submit(&submission).await.expect(422);
        for answer in [&vi, &en] {
            assert_eq!(answer.wrong(), [(field.to_owned(), code.to_owned())], "{submission}");
        }
        let message = |answer: &crate::support::Answer| answer.json()["errors"][0]["message"].as_str().map(str::to_owned);
        let (vi, en) = (message(&vi).expect("a message"), message(&en).expect("a message"));
        assert!(vi != en && !vi.is_empty() && !en.contains(code), "{vi} / {en}");
    }
    assert_eq!(app.count("select count(*) from comments").await, 0);
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let app = App::start(Backend::Sqlite).await;
    let wrong = json!({ "article": { "url": "x" }, "name": "", "email": "lan", "body": "" });
    for (language, reader) in [("vi", app.reader()), ("en", app.reader().in_english())] {
        let mut problem = reader.submit(&wrong).await.expect(422).json();
        problem["request_id"] = json!("[id]");
        insta::assert_json_snapshot!(format!("wrong_fields_{language}"), problem);
    }
}

#[tokio::test]
async fn what_is_not_json_is_malformed() {
    let app = App::start(Backend::Sqlite).await;
    let deep = format!("{{\"article\":{}", "[".repeat(30_000));
    let good = comment("Tốt").to_string();
    for (bytes, status) in [
        (&b""[..], 400),
        (b"{", 400),
        (b"{\"name\":\"\xff\"}", 400),
        (b"{\"name\":\"\\ud800\"}", 400),
        (format!("{good}{good}").as_bytes(), 400),
        (format!("{good} x").as_bytes(), 400),
        (deep.as_bytes(), 422),
        (format!("\u{feff}{good}").as_bytes(), 400),
        (b"NaN", 400),
    ] {
        let answer = app.reader().submit_bytes("application/json", bytes.to_vec()).await;
        assert_eq!(answer.status, status, "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)]));
    }
    // The name of a field twice: one of them would win in silence.
    let twice = good.replacen('{', "{\"name\":\"Người Khác\",", 1);
    app.reader().submit_bytes("application/json", twice).await.expect(422);
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let app = App::start(Backend::Sqlite).await;
    let text = with("/body", json!("x".repeat(200_000)));
    assert_eq!(app.reader().submit(&text).await.expect(413).text("type"), "/docs#problem-too-large");
    let form = format!("body={}", "x".repeat(200_000));
    app.reader().submit_bytes("application/x-www-form-urlencoded", form).await.expect(413);
    let longest = with("/body", json!("ộ".repeat(5000)));
    app.reader().submit(&longest).await.expect(202);
}

#[tokio::test]
async fn another_media_type_is_not_read() {
    let app = App::start(Backend::Sqlite).await;
    let good = comment("Tốt").to_string();
    for media_type in ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/jsonx", "", "json"] {
        app.reader().submit_bytes(media_type, good.clone()).await.expect(415);
    }
    app.reader().submit_bytes("Application/JSON; charset=utf-8", good).await.expect(202);
    assert_eq!(app.count("select count(*) from comments").await, 1);
}

on_both!(a_site_that_nobody_has_added_is_not_found, async |app: App| {
    for site in ["nobody", "BAO", "bao%00", "%00", "..%2fbao", "%27%20or%201=1", "%F0%9F%98%80", "%ff"] {
        let reader = app.reader_of(site);
        reader.submit(&comment("Gửi nhầm chỗ")).await.expect(404);
        reader.list("https://bao.example/x").await.expect(404);
        reader.counts(&["https://bao.example/x"]).await.expect(404);
    }
});

#[tokio::test]
async fn a_route_that_is_not_there_is_a_problem_too() {
    let app = App::start(Backend::Sqlite).await;
    app.wire().get("/api/v1/nowhere").await.expect(404);
    app.wire().get("/api/v1/sites//comments").await.expect(404);
    app.wire().get("/assets/..%2f..%2fCargo.toml").await.expect(404);
    let wrong_way = app.wire().request(Method::PUT, "/api/v1/sites/bao/comments");
    let answer = app.wire().send(wrong_way).await;
    assert!(matches!(answer.status, 404 | 405), "{answer:?}");
    let page = app.browser().open("/khong-co-trang-nay").await.expect(404);
    assert!(page.header("content-type").starts_with("text/html") && page.body.contains(page.header("x-request-id")));
}

#[tokio::test]
async fn a_request_keeps_the_id_that_a_proxy_gave_it() {
    let app = App::start(Backend::Sqlite).await;
    let ask = async |id: &str| {
        let request = app.wire().request(Method::GET, "/api/v1/nowhere").header("x-request-id", id);
        app.wire().send(request).await.header("x-request-id").to_owned()
    };
    assert_eq!(ask("0f8fad5b-d9cb-469f").await, "0f8fad5b-d9cb-469f");
    for strange in ["short", "has spaces in it", "quote\"quote\"", &"x".repeat(65)] {
        assert_ne!(ask(strange).await, strange);
    }
}

/// A body that never comes must not hold a connection for ever. The server's patience is ten seconds.
#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let app = App::start(Backend::Sqlite).await;
    let address = app.base().trim_start_matches("http://").to_owned();
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(&address).expect("a connection");
        let head = "POST /api/v1/sites/bao/comments HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{";
        stream.write_all(head.as_bytes()).expect("the head is sent");
        stream.set_read_timeout(Some(std::time::Duration::from_secs(40))).expect("a limit");
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).map(|()| String::from_utf8_lossy(&answer).into_owned())
    });
    assert_eq!(answer.await.expect("the thread ends").expect("an answer in time"), "HTTP/1.1 408");
}

on_both!(a_closed_article_takes_nothing_and_keeps_what_it_has, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let (id, _) = reader.write("Trước khi đóng").await;
    lan.approve(&lan.card(&id).await).await;
    app.execute("update articles set state = 'closed'").await;
    reader.submit(&comment("Sau khi đóng")).await.expect(403);
    reader.submit(&comment_on("https://bao.example/bai-khac", "Bài khác vẫn mở")).await.expect(202);
    assert_eq!(reader.published().await, ["Trước khi đóng"]);
});

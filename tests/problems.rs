//! What a program is told when something is wrong with what it sent.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ARTICLE, App, Backend, Cms, comment, on_both};

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

/// Submissions, each with the one field that is wrong and the code of what is.
type Table = Vec<(Value, &'static str, &'static str)>;

fn wrong_texts() -> Table {
    vec![
        (with("/name", json!("")), "name", "name-required"),
        (
            with("/name", json!("a".repeat(81))),
            "name",
            "name-too-long",
        ),
        (
            with("/name", json!("Lan\r\nBcc: x@thu.example")),
            "name",
            "name-control",
        ),
        (with("/name", json!("<b>Lan</b>")), "name", "name-markup"),
        (with("/name", json!("\u{202e}naL")), "name", "name-bidi"),
        (
            with("/name", json!("La\u{200b}n")),
            "name",
            "name-invisible",
        ),
        (
            with("/name", json!("xem shop.example.com")),
            "name",
            "name-link",
        ),
        (with("/name", json!("Lan 0912345678")), "name", "name-phone"),
        (with("/name", json!("?!")), "name", "name-no-letter"),
        (with("/name", json!("Lan ❤\u{fe0f}")), "name", "name-emoji"),
        (with("/name", json!("Nguy\u{fffd}n")), "name", "name-broken"),
        (
            with("/name", json!("L\u{301}\u{302}\u{303}an")),
            "name",
            "name-marks",
        ),
        (with("/name", json!(7)), "name", "field-type"),
        (with("/email", json!("")), "email", "email-required"),
        (with("/email", json!("lan")), "email", "email-invalid"),
        (
            with("/email", json!("lan@bao.example\r\nBcc: x@thu.example")),
            "email",
            "email-control",
        ),
        (
            with("/email", json!("\"<script>\"@[127.0.0.1]")),
            "email",
            "email-invalid",
        ),
        (
            with("/email", json!("lan@ba\u{ad}o.example")),
            "email",
            "email-domain",
        ),
        (
            with("/email", json!(format!("lan@{}.example", "a.".repeat(130)))),
            "email",
            "email-too-long",
        ),
        (
            with("/email", json!("lan..thi@bao.example")),
            "email",
            "email-dots",
        ),
        (
            with("/email", json!("lân@bao.example")),
            "email",
            "email-unicode",
        ),
        (
            with("/email", json!(format!("{}@bao.example", "a".repeat(65)))),
            "email",
            "email-local-too-long",
        ),
        (with("/body", json!("")), "body", "body-required"),
        (with("/body", json!(" \n\t ")), "body", "body-required"),
        (with("/body", json!("a\u{0}b")), "body", "body-control"),
        (
            with("/body", json!("ộ".repeat(5001))),
            "body",
            "body-too-long",
        ),
        (with("/body", json!(["x"])), "body", "field-type"),
    ]
}

fn wrong_shapes() -> Table {
    vec![
        (
            with("/article/url", json!("")),
            "article.url",
            "article-required",
        ),
        (
            with("/article/url", json!("/xa-hoi.html")),
            "article.url",
            "article-invalid",
        ),
        (
            with("/article/url", json!("https://khac.example/x")),
            "article.url",
            "article-foreign",
        ),
        (
            with("/article/url", json!("https://bao.example.khac.example/x")),
            "article.url",
            "article-foreign",
        ),
        (
            with("/article/title", json!("x".repeat(501))),
            "article.title",
            "article-title",
        ),
        (
            with("/article", json!({})),
            "article.url",
            "article-required",
        ),
        (
            with(
                "/article",
                json!({ "url": "https://bao.example/", "id": 1 }),
            ),
            "article.id",
            "field-unknown",
        ),
        (and("homepage", json!("")), "homepage", "field-unknown"),
        (and("parent", json!("x")), "parent", "field-type"),
        (and("consent", json!("yes")), "consent", "field-type"),
        (
            and("challenge", json!("x".repeat(4097))),
            "challenge",
            "field-type",
        ),
    ]
}

/// There `body` would be taken for the comment's text.
#[tokio::test]
async fn what_is_no_object_has_no_field_to_blame() {
    let app = App::start(Backend::Sqlite).await;
    for no_object in [json!([]), json!(null), json!(7), json!("x")] {
        let answer = app.reader().submit(&no_object).await.expect(422);
        assert!(answer.wrong().is_empty(), "{no_object}: {answer:?}");
        assert_eq!(answer.text("type"), "/docs#problem-invalid-fields");
        assert_eq!(answer.text("title"), "Cần một đối tượng JSON");
    }
    let answer = app.reader().submit_bytes("application/json", "[").await;
    let kind = answer.expect(400).text("type");
    assert_eq!(kind, "/docs#problem-malformed-json");
}

#[tokio::test]
async fn a_text_too_long_is_told_as_the_limit_counts() {
    let app = App::start(Backend::Sqlite).await;
    for letter in ["ộ", "o\u{323}\u{302}"] {
        let long = with("/body", json!(letter.repeat(5001)));
        let answer = app.reader().submit(&long).await.expect(422).json();
        let told = answer["errors"][0]["message"].as_str().expect("a message");
        assert!(told.contains("5001 ký tự"), "{told}");
    }
}

#[tokio::test]
async fn all_that_is_left_out_is_named_at_once() {
    let app = App::start(Backend::Sqlite).await;
    let told = |answer: &crate::support::Answer| answer.wrong();
    let all = [
        ("article.url", "article-required"),
        ("name", "name-required"),
        ("email", "email-required"),
        ("body", "body-required"),
    ];
    let all = all.map(|(field, code)| (field.to_owned(), code.to_owned()));
    assert_eq!(
        told(&app.reader().submit(&json!({})).await.expect(422)),
        all
    );
    let body = json!({ "article": { "url": ARTICLE }, "body": "Bài hay" });
    let answer = app.reader().submit(&body).await.expect(422);
    assert_eq!(told(&answer), all[1..3]);
}

#[tokio::test]
async fn each_wrong_field_is_named_in_both_languages() {
    let app = App::start(Backend::Sqlite).await;
    for (submission, field, code) in wrong_texts().into_iter().chain(wrong_shapes()) {
        let vi = app.reader().submit(&submission).await.expect(422);
        let en = app
            .reader()
            .in_english()
            .submit(&submission)
            .await
            .expect(422);
        for answer in [&vi, &en] {
            assert_eq!(
                answer.wrong(),
                [(field.to_owned(), code.to_owned())],
                "{submission}"
            );
        }
        let message = |answer: &crate::support::Answer| {
            answer.json()["errors"][0]["message"]
                .as_str()
                .map(str::to_owned)
        };
        let (vi, en) = (
            message(&vi).expect("a message"),
            message(&en).expect("a message"),
        );
        assert!(
            vi != en && !vi.is_empty() && !en.contains(code),
            "{vi} / {en}"
        );
    }
    assert_eq!(app.count("select count(*) from comments").await, 0);
}

#[tokio::test]
async fn a_slip_in_an_address_is_told_with_what_was_meant() {
    let app = App::start(Backend::Sqlite).await;
    for (typed, meant) in [
        ("lan@gmail.con", "lan@gmail.com"),
        ("lan@yahoo.com.vm", "lan@yahoo.com.vn"),
        ("lan@gmail,com", "lan@gmail.com"),
        ("lân@fpt.vn", "lan@fpt.vn"),
    ] {
        let submission = with("/email", json!(typed));
        let problem = app.reader().submit(&submission).await.expect(422).json();
        let error = &problem["errors"][0];
        assert_eq!(error["suggestion"], meant, "{typed}");
        let message = error["message"].as_str().expect("a message");
        assert!(
            message.ends_with(&format!("Bạn định ghi {meant} phải không?")),
            "{message}"
        );
    }
    let hopeless = with("/email", json!("lan"));
    let problem = app.reader().submit(&hopeless).await.expect(422).json();
    assert!(problem["errors"][0].get("suggestion").is_none());
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
        let answer = app
            .reader()
            .submit_bytes("application/json", bytes.to_vec())
            .await;
        assert_eq!(
            answer.status,
            status,
            "{}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(80)])
        );
    }
    // The name of a field twice: one of them would win in silence.
    let twice = good.replacen('{', "{\"name\":\"Người Khác\",", 1);
    app.reader()
        .submit_bytes("application/json", twice)
        .await
        .expect(422);
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let app = App::start(Backend::Sqlite).await;
    let text = with("/body", json!("x".repeat(200_000)));
    assert_eq!(
        app.reader().submit(&text).await.expect(413).text("type"),
        "/docs#problem-too-large"
    );
    let form = format!("body={}", "x".repeat(1_100_000));
    app.reader()
        .submit_bytes("application/x-www-form-urlencoded", form)
        .await
        .expect(413);
    let longest = with("/body", json!("ộ".repeat(5000)));
    app.reader().submit(&longest).await.expect(202);
}

#[tokio::test]
async fn another_media_type_is_not_read() {
    let app = App::start(Backend::Sqlite).await;
    let good = comment("Tốt").to_string();
    for media_type in [
        "text/plain",
        "application/xml",
        "multipart/mixed; boundary=x",
        "application/jsonx",
        "",
        "json",
    ] {
        app.reader()
            .submit_bytes(media_type, good.clone())
            .await
            .expect(415);
    }
    app.reader()
        .submit_bytes("Application/JSON; charset=utf-8", good)
        .await
        .expect(202);
    assert_eq!(app.count("select count(*) from comments").await, 1);
}

on_both!(
    what_is_json_of_a_wrong_kind_is_told_by_field_with_the_words_there_are,
    async |app: App| {
        let (cms, checker) = (Cms::of(&app), Cms::checker_of(&app));
        let admin = app.member("Minh", &["--role", "admin"]);
        let url = "https://bao.example/xa-hoi/cau-moi.html";
        let put = async |name: &str, value: Value| {
            let mut article = json!({ "url": url });
            article[name] = value;
            cms.call(Method::PUT, "articles/7", &article).await
        };
        let post = async |path: &str, body: Value| admin.call(Method::POST, path, &body).await;
        let hook = |event: Value| json!({ "url": "https://cms.bao.example/", "events": [event] });
        let said = async |category: Value| {
            let said = json!({ "label": "a", "category": category, "weight": 1 });
            let answer =
                json!({ "check": "019ab0f2-3c00-7000-8000-000000000007", "evidence": [said] });
            checker.call(Method::POST, "checks", &answer).await
        };
        let word = |category: Value| {
            let word = json!({ "word": "x", "kind": "hold", "category": category });
            json!({ "words": [word] })
        };
        for (answer, field) in [
            (put("comments", json!(true)).await, "comments"),
            (put("presence", json!(true)).await, "presence"),
            (put("presence", json!(["published"])).await, "presence"),
            (
                post("sites/bao/words", word(json!(5))).await,
                "words[0].category",
            ),
            (
                post("sites/bao/webhooks", hook(json!(3))).await,
                "events[0]",
            ),
            (said(json!(5)).await, "evidence[0].category"),
        ] {
            let wrong = [(field.to_owned(), "field-type".to_owned())];
            assert_eq!(answer.expect(422).wrong(), wrong);
        }
        for (answer, field, word, known) in [
            (
                put("comments", json!("yes")).await,
                "comments",
                "yes",
                "open, closed",
            ),
            (
                put("presence", json!("gone")).await,
                "presence",
                "gone",
                "published, unpublished, deleted",
            ),
            (
                post("sites/bao/webhooks", hook(json!("comment.helt"))).await,
                "events[0]",
                "comment.helt",
                "comment.held, comment.approved, comment.rejected, comment.spam, comment.withdrawn, comment.edited",
            ),
        ] {
            let answer = answer.expect(422);
            assert_eq!(
                answer.wrong(),
                [(field.to_owned(), "field-word".to_owned())]
            );
            let told = format!(
                "“{word}” không dùng được ở trường “{field}”. Các giá trị dùng được: {known}."
            );
            assert_eq!(answer.json()["errors"][0]["message"], told.as_str());
        }
        let as_read = admin.request(Method::GET, "/api/v1/moderation/sites/bao/settings");
        let as_read = admin.send(as_read).await.expect(200).json();
        for (name, value, field, code) in [
            ("proof_of_work", json!(true), "proof_of_work", "field-type"),
            ("edit_window", json!("9"), "edit_window", "field-type"),
            (
                "promised_minutes",
                json!(100_000_000),
                "promised_minutes",
                "field-type",
            ),
            (
                "cms",
                json!({ "format": "joomla" }),
                "cms.format",
                "field-word",
            ),
            ("cms", json!({ "foo": 1 }), "cms.foo", "field-unknown"),
            ("csm", json!({}), "csm", "field-unknown"),
        ] {
            let mut settings = as_read.clone();
            settings[name] = value;
            let answer = admin
                .call(Method::PUT, "sites/bao/settings", &settings)
                .await;
            let wrong = [(field.to_owned(), code.to_owned())];
            assert_eq!(answer.expect(422).wrong(), wrong);
        }
        // As it was read it may be sent back, whole.
        let same = admin
            .call(Method::PUT, "sites/bao/settings", &as_read)
            .await;
        same.expect(200);
        // What is no JSON is still told as that.
        let request = admin
            .request(Method::POST, "/api/v1/moderation/sites/bao/webhooks")
            .header("content-type", "application/json")
            .body("{\"url\": \"https://cms.bao.example/\", \"events\": [3}");
        let told = admin.send(request).await.expect(400).json();
        assert_eq!(told["type"], "/docs#problem-malformed-json");
    }
);

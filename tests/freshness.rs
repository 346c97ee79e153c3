//! Lists are kept to be given again, and are never older than what was decided.

use std::collections::BTreeMap;
use std::io::Read;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    ARTICLE, App, Backend, Moderator, Reader, Server, Setup, Wire, anew, comment, comment_on,
    eventually, on_both,
};

/// All that is public under [`ARTICLE`], by every way there is: texts, threads, count, page and feeds.
async fn shown(reader: &Reader) -> Vec<(Vec<String>, Value)> {
    let mut shown = Vec::new();
    let threads = reader
        .list_with(&[("article", ARTICLE), ("order", "oldest")])
        .await
        .expect(200)
        .json();
    for list in [&reader.list(ARTICLE).await.expect(200).json(), &threads] {
        shown.push((texts(list), list["article"]["open"].clone()));
    }
    shown
}

fn texts(list: &Value) -> Vec<String> {
    let comments = list["comments"].as_array().expect("comments");
    let body = |comment: &Value| comment["body"].as_str().expect("a body").to_owned();
    comments.iter().map(body).collect()
}

/// Whether that text is shown; every way says the same.
async fn is_shown(reader: &Reader, text: &str) -> bool {
    let mut ways = Vec::new();
    for (texts, _) in shown(reader).await {
        ways.push(texts.iter().any(|one| one == text));
    }
    let page = reader.path("").replace("/api/v1", "");
    for file in [
        format!("{page}articles?url={ARTICLE}"),
        format!("{page}feed.xml"),
        format!("{page}feed.json?article={ARTICLE}"),
    ] {
        let answer = reader.send(reader.request(Method::GET, &file)).await;
        ways.push(answer.expect(200).body.contains(text));
    }
    assert!(ways.iter().all(|way| *way == ways[0]), "{ways:?}");
    ways[0]
}

on_both!(
    whatever_is_decided_is_shown_with_the_next_answer,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let text = anew("Ý kiến về cây cầu mới");
        let (id, receipt) = reader.write(&text).await;
        assert!(!is_shown(&reader, &text).await);
        lan.approve(&lan.card(&id).await).await;
        assert!(is_shown(&reader, &text).await);
        for action in ["reject", "approve", "spam", "approve", "requeue", "approve"] {
            let answer = lan
                .decide(action, &[&lan.card(&id).await])
                .await
                .expect(200);
            assert_eq!(
                is_shown(&reader, &text).await,
                action == "approve",
                "{action}"
            );
            assert_eq!(
                reader.counted(ARTICLE).await,
                i64::from(action == "approve")
            );
            if action == "spam" {
                let batch = answer.text("batch");
                let path = format!("/api/v1/moderation/decisions/{batch}");
                lan.send(lan.request(Method::DELETE, &path))
                    .await
                    .expect(200);
                assert!(is_shown(&reader, &text).await);
                lan.decide("spam", &[&lan.card(&id).await])
                    .await
                    .expect(200);
            }
        }
        // An edit waits, and shows nothing of either text.
        let edited = anew("Ý kiến đã sửa về cây cầu");
        reader
            .edit(&receipt, &json!({ "body": edited }))
            .await
            .expect(200);
        assert!(!is_shown(&reader, &text).await && !is_shown(&reader, &edited).await);
        lan.approve(&lan.card(&id).await).await;
        assert!(is_shown(&reader, &edited).await);
        // An article that is closed says so at once.
        let editor = app.member("Minh", &["--role", "admin"]);
        let path = "/api/v1/moderation/articles";
        let listed = editor.send(editor.request(Method::GET, path)).await;
        let listed = listed.expect(200).json();
        let article = listed["articles"][0]["id"].as_str().expect("an article");
        let change = editor
            .request(Method::PATCH, &format!("{path}/{article}"))
            .json(&json!({ "state": "closed" }));
        editor.send(change).await.expect(200);
        for (_, open) in self::shown(&reader).await {
            assert_eq!(open, json!(false));
        }
        reader.withdraw(&receipt).await.expect(200);
        assert!(!is_shown(&reader, &edited).await);
    }
);

on_both!(
    nothing_old_is_shown_whatever_is_read_while_it_is_decided,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, _) = reader.write("Đăng rồi gỡ, gỡ rồi đăng").await;
        for round in 0..12 {
            let action = if round % 2 == 0 { "approve" } else { "reject" };
            let card = lan.card(&id).await;
            let reading = async {
                for _ in 0..8 {
                    let _ = tokio::join!(reader.list(ARTICLE), reader.list(ARTICLE));
                }
            };
            let deciding = async {
                lan.decide(action, &[&card]).await.expect(200);
                // Answered: from now on nobody reads otherwise.
                assert_eq!(reader.published().await.is_empty(), action == "reject");
            };
            tokio::join!(reading, deciding);
            assert_eq!(reader.published().await.is_empty(), action == "reject");
        }
    }
);

async fn within_two_seconds(what: &str, start: Instant, look: impl AsyncFn() -> bool) {
    eventually(what, async || look().await.then_some(())).await;
    let took = start.elapsed();
    // The promise, and what a busy machine adds to an answer.
    assert!(took < Duration::from_millis(3_500), "{what}: {took:?}");
}

#[tokio::test]
async fn another_replica_shows_it_within_two_seconds() {
    let app = Setup::new(Backend::Postgres).start().await;
    let mut settings: BTreeMap<String, String> = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    let second = Server::start(app.folder(), &settings, "serve");
    let (here, lan) = (app.reader(), app.moderator("Lan"));
    let there = Reader::new(Wire::new(&second.base), "bao");
    // Nothing was ever written there, which is remembered too.
    assert_eq!(there.counted(ARTICLE).await, 0);
    let (id, receipt) = here.write("Ý kiến cho hai máy chủ").await;
    for action in ["approve", "reject", "approve"] {
        // Somebody reads all the time.
        there.list(ARTICLE).await.expect(200);
        lan.decide(action, &[&lan.card(&id).await])
            .await
            .expect(200);
        let decided = Instant::now();
        let shows = async || there.published().await.is_empty() != (action == "approve");
        within_two_seconds(action, decided, shows).await;
    }
    here.withdraw(&receipt).await.expect(200);
    let withdrawn = Instant::now();
    within_two_seconds("withdraw", withdrawn, async || {
        there.counted(ARTICLE).await == 0
    })
    .await;
}

/// An answer's bytes and headers as they come.
async fn bytes(
    reader: &Reader,
    path: &str,
    encoding: &str,
) -> (Vec<u8>, reqwest::header::HeaderMap) {
    let request = reader
        .request(Method::GET, path)
        .header("accept-encoding", encoding);
    let answer = request.send().await.expect("an answer");
    let headers = answer.headers().clone();
    (answer.bytes().await.expect("bytes").to_vec(), headers)
}

async fn many(reader: &Reader, lan: &Moderator) {
    for _ in 0..3 {
        let text = anew("Ý kiến dài hơn một chút về cây cầu mới bắc qua sông, để đáng nén lại");
        let (id, _) = reader.write_all(&comment(&text)).await;
        lan.approve(&lan.card(&id).await).await;
    }
}

on_both!(
    an_answer_travels_as_small_as_it_can_be_read,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        many(&reader, &lan).await;
        let site = reader.path("").replace("/api/v1", "");
        for path in [
            format!("{}?article={ARTICLE}", reader.path("comments")),
            format!("{}?article={ARTICLE}&order=newest", reader.path("comments")),
            format!("{site}feed.xml"),
            format!("{site}feed.json"),
        ] {
            let (plain, headers) = bytes(&reader, &path, "identity").await;
            assert!(!headers.contains_key("content-encoding"));
            let (packed, headers) = bytes(&reader, &path, "gzip, deflate, br").await;
            assert_eq!(headers["content-encoding"], "br", "{path}");
            let mut read = Vec::new();
            brotli::Decompressor::new(&packed[..], 4096)
                .read_to_end(&mut read)
                .expect("brotli");
            assert_eq!(read, plain, "{path}");
            let (packed, headers) = bytes(&reader, &path, "gzip").await;
            assert_eq!(headers["content-encoding"], "gzip", "{path}");
            read.clear();
            flate2::read::GzDecoder::new(&packed[..])
                .read_to_end(&mut read)
                .expect("gzip");
            assert_eq!(read, plain, "{path}");
            let tag = headers["etag"].to_str().expect("a tag");
            let known = reader
                .request(Method::GET, &path)
                .header("if-none-match", tag);
            reader.send(known).await.expect(304);
        }
        // The same bytes for every page, but for each the headers that are its own.
        let path = format!("{}?article={ARTICLE}&order=newest", reader.path("comments"));
        for (origin, allowed) in [
            ("https://bao.example", Some("https://bao.example")),
            ("https://khac.example", None),
            ("https://bao.example", Some("https://bao.example")),
        ] {
            let (_, headers) = bytes(&reader.clone().at(origin), &path, "br").await;
            let said = headers.get("access-control-allow-origin");
            assert_eq!(said.and_then(|value| value.to_str().ok()), allowed);
            let vary: Vec<_> = headers
                .get_all("vary")
                .iter()
                .map(|v| v.to_str().expect("text"))
                .collect();
            let vary = vary.join(",").to_lowercase();
            assert!(
                vary.contains("origin") && vary.contains("accept-encoding"),
                "{vary}"
            );
        }
    }
);

on_both!(
    pages_and_feeds_show_what_was_typed_as_text,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let article = "https://bao.example/tin/bai-viet.html";
        let hostile = "<script>alert(1)</script> ]]> & \"quoted\" <b>đậm</b>\nhai dòng";
        let (id, _) = reader.write_all(&comment_on(article, hostile)).await;
        lan.approve(&lan.card(&id).await).await;
        let site = reader.path("").replace("/api/v1", "");
        let get = async |path: &str| {
            reader
                .send(reader.request(Method::GET, &format!("{site}{path}")))
                .await
        };

        let page = get(&format!("articles?url={article}"))
            .await
            .expect(200)
            .body;
        assert!(!page.contains("<script") && !page.contains("<b>đậm"));
        for part in [
            "&#60;script&#62;alert(1)",
            &format!("id=\"duyet-{id}\""),
            &format!("<link rel=\"canonical\" href=\"{article}\">"),
            "id=\"gui-y-kien\"",
            "itemprop=\"comment\"",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(!page.contains("noindex") && !page.contains("Cầu mới"));
        // The form of that page comes back to it, with a notice.
        let back = crate::support::hidden(&get(&format!("articles?url={article}")).await, "return");
        let fields = [
            ("article", article),
            ("name", "Lê Văn Cũ"),
            ("email", "cu@thu.example"),
            ("body", "Từ trang không có JavaScript"),
            ("return", back.as_str()),
        ];
        let sent = reader.post_form(&fields).await.expect(303);
        let to = sent.header("location").to_owned();
        let path = to
            .strip_prefix("http://binh-luan.bao.example")
            .expect("a page of ours");
        let answer = reader
            .send(reader.request(Method::GET, path))
            .await
            .expect(200);
        assert!(answer.body.contains("role=\"status\""));

        let xml = get("feed.xml").await.expect(200);
        assert_eq!(
            xml.header("content-type"),
            "application/rss+xml; charset=utf-8"
        );
        let feed = rss::Channel::read_from(xml.body.as_bytes()).expect("a feed");
        assert_eq!(feed.items().len(), 1);
        let item = &feed.items()[0];
        assert_eq!(item.link(), Some(format!("{article}#duyet-{id}").as_str()));
        let shown = item.description().expect("a text");
        assert!(
            shown.starts_with("&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;"),
            "{shown}"
        );
        assert!(item.pub_date().expect("a date").ends_with("GMT"));
        let feed = get(&format!("feed.json?article={article}"))
            .await
            .expect(200)
            .json();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["items"][0]["content_text"], hostile);

        // Whoever asks first writes nothing into what all read: the article's own address is told, not the one that was asked for.
        let odd = "%23G%E1%BB%8DI%200912";
        for (path, part) in [("feed.xml", "<link>"), ("feed.json", "home_page_url\":\"")] {
            let other = get(&format!("{path}?article={article}{odd}"))
                .await
                .expect(200);
            assert!(!other.body.contains("0912"), "{}", other.body);
            assert!(
                other.body.contains(&format!("{part}{article}")),
                "{}",
                other.body
            );
        }

        // Nothing was written there yet; and what is somebody else's.
        let empty = get("articles?url=https://bao.example/moi.html")
            .await
            .expect(200);
        assert!(empty.body.contains("noindex") && empty.body.contains("<form"));
        for path in [
            "articles?url=https://khac.example/x.html",
            "feed.xml?article=https://khac.example/x.html",
            "feed.json?article=https://bao.example/moi.html",
        ] {
            get(path).await.expect(404);
        }
        get("articles").await.expect(422);
    }
);

on_both!(
    the_form_of_an_old_page_works_with_its_action_and_names_changed,
    async |app: App| {
        let page = include_str!("fixtures/page_of_2015.html")
            .replace("{action}", "/api/v1/sites/bao/comments");
        let value = |of: &str| {
            let at = page.split_once(of).expect("there").1;
            at.split_once('"').expect("quoted").0.to_owned()
        };
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (article, back) = (
            value("name=\"article\" value=\""),
            value("name=\"return\" value=\""),
        );
        // What a browser sends of that form: its fields in their order.
        let typed = |text: &str| {
            let mut fields = Vec::new();
            for part in page.split("name=\"").skip(1) {
                let name = part.split_once('"').expect("quoted").0.to_owned();
                let value = match name.as_str() {
                    "article" => article.clone(),
                    "return" => back.clone(),
                    "ho_ten" => "Hoàng Văn Bưởi".to_owned(),
                    "email" => "buoi@thu.example".to_owned(),
                    "noi_dung" => text.to_owned(),
                    _ => "Gửi".to_owned(),
                };
                fields.push((name, value));
            }
            fields
        };
        let hand_in = async |text: &str| {
            let request = reader.request(Method::POST, &value("action=\""));
            reader.send(request.form(&typed(text))).await
        };
        let wrong = hand_in("").await.expect(422);
        for kept in ["Hoàng Văn Bưởi", "buoi@thu.example", &back] {
            assert!(wrong.body.contains(kept), "{kept}");
        }
        let sent = hand_in("Bài viết rất hay.").await.expect(303);
        assert_eq!(sent.header("location"), format!("{back}?duyet=pending"));
        let card = &lan.queue().await[0];
        assert_eq!(
            (card.body(), card.0["name"].as_str()),
            ("Bài viết rất hay.", Some("Hoàng Văn Bưởi"))
        );
    }
);

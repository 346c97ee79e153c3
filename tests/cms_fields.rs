//! Fields of a CMS's messages that are empty, too long, missing or of another shape: what is not needed refuses nothing, and what is wrong is told.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ARTICLE, App, Cms, EMAIL, anew, comment, on_both};

const AT: &str = "2026-11-20T08:00:00Z";
const LATER: &str = "2026-11-20T09:00:00Z";

async fn publish(cms: &Cms) {
    let data = json!({ "external_id": "A1", "url": ARTICLE, "title": "Cầu mới" });
    let told = cms.tell("article.published", AT, &data).await.expect(200);
    assert_eq!(told.text("outcome"), "done");
}

/// A reader's comment, as a CMS hands it in that calls it and its article so.
async fn hand_in(cms: &Cms, article: &str, external_id: &str, body: &str) -> String {
    let data = json!({ "article": { "external_id": article }, "external_id": external_id, "name": "Trần Thị Bưởi",
        "email": EMAIL, "body": body });
    let told = cms.tell("comment.created", LATER, &data).await.expect(200);
    let id = told.json()["comment"]["id"].clone();
    id.as_str().expect("an id").to_owned()
}

on_both!(
    comments_that_a_cms_does_not_name_are_each_one_of_their_own,
    async |app: App| {
        let (lan, cms) = (app.moderator("Lan"), Cms::of(&app));
        publish(&cms).await;
        let texts = ["Cầu đẹp", "Cầu hẹp", "Cầu xa", "Cầu gần"];
        for (name, text) in ["", "", " ", "\u{200b}\0"].into_iter().zip(texts) {
            hand_in(&cms, "A1", name, text).await;
        }
        let mut waiting: Vec<String> = lan
            .queue()
            .await
            .iter()
            .map(|card| card.body().to_owned())
            .collect();
        waiting.sort();
        let mut all = texts.map(str::to_owned);
        all.sort();
        assert_eq!(waiting, all);
        // Without a name it is known again by its message.
        let data = json!({ "article": { "external_id": "A1" }, "external_id": "", "name": "Lan", "email": EMAIL, "body": "Lần nữa" });
        let event =
            json!({ "type": "comment.created", "timestamp": LATER, "data": data }).to_string();
        let first = cms.deliver("msg_lan_nua", &event).await.expect(200).json();
        let again = cms.deliver("msg_lan_nua", &event).await.expect(200).json();
        assert_eq!(first["comment"]["id"], again["comment"]["id"]);
        assert_eq!(app.count("select count(*) from comments").await, 5);
    }
);

on_both!(
    a_comment_names_its_article_and_itself_as_an_event_does,
    async |app: App| {
        let cms = Cms::of(&app);
        publish(&cms).await;
        let first = hand_in(&cms, " A1 ", "c-1", "Cầu đẹp").await;
        assert_eq!(hand_in(&cms, "\0A1", " c-1\0", "Cầu đẹp").await, first);
        assert_eq!(app.count("select count(*) from comments").await, 1);
        let named = app
            .texts("select external_id as text from cms_comments")
            .await;
        assert_eq!(named, ["c-1"]);
        // A name of no signs is none: the address says which article it is.
        let data = json!({ "article": { "external_id": " ", "url": ARTICLE }, "name": "Lan", "email": EMAIL, "body": "Cầu hẹp" });
        cms.tell("comment.created", LATER, &data).await.expect(200);
        assert_eq!(app.count("select count(*) from articles").await, 1);
    }
);

on_both!(
    what_is_taken_down_needs_no_more_than_its_name,
    async |app: App| {
        let (lan, reader, cms) = (app.moderator("Lan"), app.reader(), Cms::of(&app));
        publish(&cms).await;
        let (id, _) = reader.write("Cầu đẹp").await;
        lan.approve(&lan.card(&id).await).await;
        let tags: Vec<String> = (0..51).map(|tag| format!("thẻ {tag}")).collect();
        let much = |more: Value| {
            let mut data = json!({ "external_id": "A1", "title": "x".repeat(501), "section": "x".repeat(201),
                "author": "x".repeat(201), "tags": ["x".repeat(101)] });
            data["tags"] = more;
            data
        };
        let many = much(json!(tags));
        let down = cms.tell("article.unpublished", LATER, &many);
        assert_eq!(down.await.expect(200).text("outcome"), "done");
        assert!(reader.published().await.is_empty());
        let gone = much(json!(["x".repeat(101)]));
        let gone = cms.tell("article.deleted", "2026-11-20T10:00:00Z", &gone);
        assert_eq!(gone.await.expect(200).text("outcome"), "done");
        // What it is must be within limits where that is told, and the message says which.
        let more = json!({ "external_id": "A1", "url": ARTICLE, "tags": tags });
        let told = cms
            .tell("article.updated", LATER, &more)
            .await
            .expect(422)
            .json();
        let error = &told["errors"][0];
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!("data.tags"), &json!("list-long"))
        );
        assert_eq!(error["message"], "Hãy gửi không quá 50 mục.");
        let none = json!({ "external_id": "A1", "url": ARTICLE, "tags": [] });
        let none = cms.tell("article.published", "2026-11-20T11:00:00Z", &none);
        assert_eq!(none.await.expect(200).text("outcome"), "done");
    }
);

on_both!(tags_that_are_null_are_none, async |app: App| {
    let cms = Cms::of(&app);
    let data = json!({ "external_id": null, "url": ARTICLE, "title": null, "section": null, "author": null, "tags": null,
        "published_at": null, "updated_at": null, "version": null, "comments": null, "presence": null });
    let told = cms.tell("article.published", AT, &data).await.expect(200);
    assert_eq!(told.text("outcome"), "done");
});

on_both!(one_malformed_article_keeps_no_other, async |app: App| {
    let cms = Cms::of(&app);
    let url = |name: &str| format!("https://bao.example/{name}.html");
    let articles = json!([
        { "external_id": "1", "url": url("mot") },
        { "external_id": 2, "url": url("hai"), "version": "3" },
        { "external_id": "3", "url": url("ba"), "titel": "Ba" },
        { "external_id": ["4"], "url": url("bon") },
        "năm",
        { "external_id": "6", "url": url("sau"), "presence": "gone" },
        { "external_id": "7", "url": url("bay"), "updated_at": "2026-11-30 17:00:00" },
        { "external_id": "8", "url": url("tam") },
    ]);
    let all = json!({ "articles": articles });
    let told = cms.call(Method::POST, "articles", &all);
    let told = told.await.expect(200).json();
    let results = told["results"].as_array().expect("results");
    let short: Vec<_> = results
        .iter()
        .map(|one| {
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            let error = &one["errors"][0];
            [
                &one["external_id"],
                &one["outcome"],
                &error["field"],
                &error["code"],
            ]
            .map(text)
        })
        .collect();
    assert_eq!(
        short,
        [
            ["1", "done", "-", "-"],
            ["2", "-", "version", "field-type"],
            ["3", "-", "titel", "field-unknown"],
            ["-", "-", "external_id", "field-type"],
            ["-", "-", "article", "field-type"],
            ["6", "-", "presence", "field-word"],
            ["7", "-", "updated_at", "field-time"],
            ["8", "done", "-", "-"],
        ]
    );
    assert_eq!(app.count("select count(*) from articles").await, 2);
    let no_list = json!({ "articles": { "external_id": "1" } });
    let told = cms
        .call(Method::POST, "articles", &no_list)
        .await
        .expect(422);
    assert_eq!(
        told.wrong(),
        [("articles".to_owned(), "field-type".to_owned())]
    );
});

on_both!(
    a_time_that_cannot_be_read_is_told_with_the_right_form,
    async |app: App| {
        let (lan, cms) = (app.member("Lan", &["--role", "editor"]), Cms::of(&app));
        for wrong in [
            json!("2026-11-30 17:00:00"),
            json!("hôm qua"),
            json!(1_795_946_400),
        ] {
            let data = json!({ "external_id": "A1", "url": ARTICLE, "updated_at": wrong });
            let told = cms
                .tell("article.published", AT, &data)
                .await
                .expect(422)
                .json();
            let error = &told["errors"][0];
            assert_eq!(
                (&error["field"], &error["code"]),
                (&json!("data.updated_at"), &json!("field-time")),
                "{wrong}"
            );
            let message = error["message"].as_str().expect("a message");
            assert!(
                message.contains("RFC 3339") && message.contains("2026-11-29T17:00:00+07:00"),
                "{message}"
            );
        }
        let event = json!({ "type": "article.published", "timestamp": "2026-11-30", "data": { "url": ARTICLE } });
        let told = cms.event(&event).await.expect(422);
        assert_eq!(
            told.wrong(),
            [("timestamp".to_owned(), "field-time".to_owned())]
        );
        // So it is wherever a time is sent.
        app.reader()
            .submit(&comment(&anew("Hay")))
            .await
            .expect(202);
        let list = lan.request(Method::GET, "/api/v1/moderation/articles");
        let list = lan.send(list).await.expect(200).json();
        let path = format!(
            "articles/{}",
            list["articles"][0]["id"].as_str().expect("an id")
        );
        let close = json!({ "closes_at": "2026-12-30 17:00" });
        let told = lan.call(Method::PATCH, &path, &close).await.expect(422);
        assert_eq!(
            told.wrong(),
            [("closes_at".to_owned(), "field-time".to_owned())]
        );
    }
);

on_both!(
    one_address_is_one_article_however_its_signs_are_escaped,
    async |app: App| {
        let (lan, reader, cms) = (app.moderator("Lan"), app.reader(), Cms::of(&app));
        let small = "https://bao.example/%c4%91o-thi/c%e1%ba%a7u.html?q=%c4%90";
        let great = "https://bao.example/%C4%91o-thi/c%E1%BA%A7u.html?q=%C4%90";
        let data = json!({ "external_id": "A1", "url": small, "title": "Cầu mới" });
        cms.tell("article.published", AT, &data).await.expect(200);
        for (url, text) in [
            (great, "Một"),
            (small, "Hai"),
            ("https://bao.example/đo-thi/cầu.html?q=%c4%90", "Ba"),
        ] {
            let (id, _) = reader
                .write_all(&crate::support::comment_on(url, text))
                .await;
            lan.approve(&lan.card(&id).await).await;
        }
        let urls = app.texts("select url as text from articles").await;
        assert_eq!(urls, [great]);
        // Each is told its number by the address that it asked for.
        assert_eq!(reader.counted(small).await, 3);
        assert_eq!(reader.counted(great).await, 3);
    }
);

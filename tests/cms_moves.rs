//! Addresses that an article had before it moved: pages and forms that still name them mean that article, until another one stands there.

use serde_json::json;

use crate::support::{App, Cms, Moderator, Reader, comment_on, on_both};

const OLD: &str = "https://bao.example/mv/old.html";
const NEW: &str = "https://bao.example/mv/new.html";
const NEWEST: &str = "https://bao.example/mv/newest.html";

/// Tells that an article stands there, as of that hour.
async fn publish(cms: &Cms, name: &str, url: &str, hour: u8) {
    let at = format!("2026-11-20T{hour:02}:00:00Z");
    let data = json!({ "external_id": name, "url": url, "title": format!("Bài {name}") });
    let told = cms.tell("article.published", &at, &data).await.expect(200);
    assert_eq!(told.text("outcome"), "done");
}

async fn write(reader: &Reader, lan: &Moderator, url: &str, body: &str) {
    let (id, _) = reader.write_all(&comment_on(url, body)).await;
    lan.approve(&lan.card(&id).await).await;
}

/// What everybody reads there.
async fn read(reader: &Reader, url: &str) -> Vec<String> {
    let list = reader.list(url).await.expect(200).json();
    let comments = list["comments"].as_array().expect("comments");
    let mut texts: Vec<String> = comments
        .iter()
        .map(|comment| comment["body"].as_str().expect("a text").to_owned())
        .collect();
    texts.sort();
    texts
}

on_both!(
    what_names_an_address_of_before_means_the_article_that_has_moved,
    async |app: App| {
        let (lan, reader, cms) = (app.moderator("Lan"), app.reader(), Cms::of(&app));
        publish(&cms, "MV", OLD, 8).await;
        write(&reader, &lan, OLD, "Một").await;
        assert_eq!(read(&reader, OLD).await, ["Một"]);
        publish(&cms, "MV", NEW, 9).await;
        // A page that was kept somewhere, and a form on it.
        assert_eq!(read(&reader, OLD).await, ["Một"]);
        write(&reader, &lan, OLD, "Hai").await;
        publish(&cms, "MV", NEWEST, 10).await;
        write(&reader, &lan, OLD, "Ba").await;
        write(&reader, &lan, NEW, "Bốn").await;
        assert_eq!(app.count("select count(*) from articles").await, 1);
        for url in [OLD, NEW, NEWEST] {
            assert_eq!(
                read(&reader, url).await,
                ["Ba", "Bốn", "Hai", "Một"],
                "{url}"
            );
            assert_eq!(reader.counted(url).await, 4, "{url}");
        }
        // Back where it was, it stands there itself.
        publish(&cms, "MV", NEW, 11).await;
        write(&reader, &lan, NEWEST, "Năm").await;
        assert_eq!(read(&reader, NEW).await.len(), 5);
        // What is taken down is so by all its addresses.
        let down = json!({ "external_id": "MV" });
        cms.tell("article.unpublished", "2026-11-20T12:00:00Z", &down)
            .await
            .expect(200);
        for url in [OLD, NEW, NEWEST] {
            assert!(read(&reader, url).await.is_empty(), "{url}");
            reader
                .submit(&comment_on(url, &format!("Sáu {url}")))
                .await
                .expect(403);
        }
        assert_eq!(app.count("select count(*) from articles").await, 1);
    }
);

on_both!(
    an_address_of_before_is_another_articles_once_that_stands_there,
    async |app: App| {
        let (lan, reader, cms) = (app.moderator("Lan"), app.reader(), Cms::of(&app));
        publish(&cms, "MV", OLD, 8).await;
        write(&reader, &lan, OLD, "Một").await;
        publish(&cms, "MV", NEW, 9).await;
        write(&reader, &lan, OLD, "Hai").await;
        publish(&cms, "KH", OLD, 10).await;
        write(&reader, &lan, OLD, "Của bài khác").await;
        assert_eq!(read(&reader, OLD).await, ["Của bài khác"]);
        assert_eq!(read(&reader, NEW).await, ["Hai", "Một"]);
        // It leaves again: whoever stood there last is meant.
        publish(&cms, "KH", NEWEST, 11).await;
        assert_eq!(read(&reader, OLD).await, ["Của bài khác"]);
        // What the CMS tells of an address alone is about whatever stands there: of an article that has left it knows by its name.
        let other = json!({ "url": OLD, "title": "Bài thứ ba" });
        cms.tell("article.published", "2026-11-20T12:00:00Z", &other)
            .await
            .expect(200);
        assert!(read(&reader, OLD).await.is_empty());
        assert_eq!(read(&reader, NEWEST).await, ["Của bài khác"]);
    }
);

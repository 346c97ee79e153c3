//! Messages as senders put them together, by the places where things usually stand.

use serde_json::json;

use super::*;
use crate::domain::{Instant, Locale, SiteId, SiteSettings};

fn site(cms: CmsSettings) -> Site {
    Site {
        id: SiteId(uuid::Uuid::nil()),
        key: "bao".to_owned(),
        name: "Báo".to_owned(),
        locale: Locale::Vi,
        origins: vec!["https://bao.example".to_owned()],
        webhook_secret: String::new(),
        akismet_key: String::new(),
        settings: SiteSettings {
            cms,
            ..SiteSettings::default()
        },
    }
}

fn of(format: CmsFormat) -> CmsSettings {
    CmsSettings {
        format,
        ..CmsSettings::default()
    }
}

/// What is read of a message that came with one more header.
fn read(cms: CmsSettings, header: (&str, &str), message: &Value) -> Vec<(Kind, ArticleData)> {
    let headers = [(header.0.to_owned(), header.1.to_owned())];
    let delivery = Delivery {
        method: "POST",
        path: "/",
        headers: &headers,
        body: b"",
        now: Instant::from_micros(0),
    };
    let told = read_foreign(&site(cms), &delivery, message).expect("all of it can be read");
    told.into_iter().map(|one| (one.kind, one.data)).collect()
}

/// What happened, to which article, and where that stands.
fn told(cms: CmsSettings, header: (&str, &str), message: &Value) -> Vec<(Kind, String, String)> {
    let read = read(cms, header, message).into_iter();
    let text = Option::unwrap_or_default;
    read.map(|(kind, data)| (kind, text(data.external_id), text(data.url)))
        .collect()
}

fn one(kind: Kind, id: &str, url: &str) -> Vec<(Kind, String, String)> {
    vec![(kind, id.to_owned(), url.to_owned())]
}

#[test]
fn drupal_tells_by_status_and_paths_are_of_the_site() {
    let node = |status: bool| {
        json!({ "entity": { "nid": [{ "value": 7 }], "title": [{ "value": "Cầu mới" }], "status": [{ "value": status }],
            "path": [{ "alias": "/cau-moi" }], "changed": [{ "value": "2026-11-20T08:00:00+00:00" }] } })
    };
    let event = |name| ("x-drupal-event", name);
    let drupal = || of(CmsFormat::Drupal);
    let url = "https://bao.example/cau-moi";
    assert_eq!(
        told(drupal(), event("entity:node:create"), &node(true)),
        one(Kind::Published, "7", url)
    );
    assert_eq!(
        told(drupal(), event("entity:node:update"), &node(false)),
        one(Kind::Unpublished, "7", url)
    );
    assert_eq!(
        told(drupal(), event("entity:node:delete"), &node(true)),
        one(Kind::Deleted, "7", url)
    );
    assert!(told(drupal(), event("user:login"), &json!({})).is_empty());
    // What is signed goes before what is not, and a node without an alias has an address all the same.
    let signed = json!({ "event": "entity:node:update", "entity": { "nid": [{ "value": 7 }],
        "status": [{ "value": true }], "path": [{ "alias": null, "langcode": "vi" }] } });
    assert_eq!(
        told(drupal(), event("entity:node:delete"), &signed),
        one(Kind::Published, "7", "https://bao.example/node/7")
    );
    let data = read(drupal(), event("entity:node:update"), &node(true))
        .remove(0)
        .1;
    assert_eq!(data.title.as_deref(), Some("Cầu mới"));
    assert_eq!(data.updated_at, moment("2026-11-20T08:00:00Z"));
}

#[test]
fn a_flow_of_directus_may_remove_many_at_once() {
    let cms = || CmsSettings {
        url: "https://bao.example/{item.slug}".to_owned(),
        ..of(CmsFormat::Directus)
    };
    let removed = json!({ "event": "items.delete", "keys": [1, 2] });
    let all = told(cms(), ("x", ""), &removed);
    assert_eq!(
        all,
        [one(Kind::Deleted, "1", ""), one(Kind::Deleted, "2", "")].concat()
    );
    let item = |status| json!({ "event": "items.update", "key": 1, "item": { "id": 1, "slug": "a", "status": status } });
    let url = "https://bao.example/a";
    for (status, kind) in [
        ("published", Kind::Published),
        ("draft", Kind::Unpublished),
        ("archived", Kind::Unpublished),
    ] {
        assert_eq!(told(cms(), ("x", ""), &item(status)), one(kind, "1", url));
    }
}

#[test]
fn a_draft_of_sanity_is_nothing_that_is_read() {
    let document = |id: &str| json!({ "_id": id, "title": "x", "url": "https://bao.example/a" });
    let operation = |name| ("sanity-operation", name);
    let sanity = || of(CmsFormat::Sanity);
    let url = "https://bao.example/a";
    assert!(told(sanity(), operation("update"), &document("drafts.a")).is_empty());
    assert_eq!(
        told(sanity(), operation("create"), &document("a")),
        one(Kind::Published, "a", url)
    );
    assert_eq!(
        told(sanity(), operation("delete"), &document("a")),
        one(Kind::Unpublished, "a", url)
    );
}

#[test]
fn a_site_names_its_own_places_and_what_it_takes() {
    let cms = CmsSettings {
        fields: [
            ("type", "su_kien"),
            ("external_id", "bai.ma"),
            ("section", "bai.muc"),
            ("comments", "bai.binh_luan"),
            ("status", "bai.xuat_ban"),
        ]
        .map(|(name, place)| (name.to_owned(), place.to_owned()))
        .into(),
        only: [("loai".to_owned(), "bai-viet".to_owned())].into(),
        url: "https://bao.example/{bai.ma}.html".to_owned(),
        ..of(CmsFormat::HmacHex)
    };
    let message = |kind: &str| {
        json!({ "su_kien": "bai.update", "loai": kind,
            "bai": { "ma": 12, "muc": "Đời sống", "binh_luan": false, "xuat_ban": 1 } })
    };
    let (kind, data) = read(cms.clone(), ("x", ""), &message("bai-viet")).remove(0);
    assert_eq!(kind, Kind::Published);
    assert_eq!(data.url.as_deref(), Some("https://bao.example/12.html"));
    assert_eq!(data.section.as_deref(), Some("Đời sống"));
    assert_eq!(data.comments, Some(crate::domain::ArticleState::Closed));
    assert!(read(cms, ("x", ""), &message("trang")).is_empty());
}

#[test]
fn what_is_saved_in_contentful_is_a_draft_until_it_is_published() {
    let entry = json!({ "sys": { "id": "5Ks", "updatedAt": "2026-11-20T08:00:00.000Z" }, "fields": { "url": { "vi": "https://bao.example/a" } } });
    let contentful = || of(CmsFormat::Contentful);
    for draft in ["create", "save", "auto_save", "unarchive"] {
        let name = format!("ContentManagement.Entry.{draft}");
        assert!(
            told(contentful(), ("x-contentful-topic", &name), &entry).is_empty(),
            "{draft}"
        );
    }
    let published = ("x-contentful-topic", "ContentManagement.Entry.publish");
    assert_eq!(
        told(contentful(), published, &entry),
        one(Kind::Published, "5Ks", "https://bao.example/a")
    );
    let gone = json!({ "sys": { "id": "5Ks" } });
    for (name, kind) in [("unpublish", Kind::Unpublished), ("delete", Kind::Deleted)] {
        let name = format!("ContentManagement.Entry.{name}");
        let header = ("x-contentful-topic", name.as_str());
        assert_eq!(told(contentful(), header, &gone), one(kind, "5Ks", ""));
    }
}

#[test]
fn senders_tell_when_the_article_was_changed() {
    let at = "2026-11-20T08:00:00.000Z";
    let post = json!({ "id": "1", "status": "published", "url": "https://bao.example/a", "updated_at": at });
    for (format, header, message) in [
        (
            CmsFormat::Ghost,
            ("x", ""),
            json!({ "post": { "current": post } }),
        ),
        (
            CmsFormat::Ghost,
            ("x", ""),
            json!({ "page": { "current": post } }),
        ),
        (
            CmsFormat::Contentful,
            ("x-contentful-topic", "ContentManagement.Entry.publish"),
            json!({ "sys": { "id": "1", "updatedAt": at } }),
        ),
        (
            CmsFormat::Sanity,
            ("sanity-operation", "update"),
            json!({ "_id": "1", "_updatedAt": at }),
        ),
        (
            CmsFormat::Directus,
            ("x", ""),
            json!({ "event": "items.update", "item": { "id": 1, "date_updated": at } }),
        ),
    ] {
        let data = read(of(format), header, &message).remove(0).1;
        assert_eq!(data.updated_at, moment(at), "{format}");
    }
}

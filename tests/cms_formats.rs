//! Formats of CMSs of which no sender is at hand, as they are documented to send.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{App, Cms, on_both, secret_of, sent_now};

const URL: &str = "https://bao.example/cau-moi.html";

fn mac(secret: &str, signed: &str) -> Vec<u8> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()).expect("any length");
    mac.update(signed.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// A site whose CMS has that format.
fn set(app: &App, settings: &[&str]) -> (Cms, String) {
    app.done(&[&["site", "set", "bao"], settings].concat(), "");
    (Cms::of(app), secret_of(app, "bao"))
}

async fn send(cms: &Cms, headers: &[(&str, String)], body: &str, status: u16) -> String {
    let request = cms.request((Method::POST, "cms"), headers.iter().cloned(), body);
    let answer = cms.send(request).await.expect(status);
    if status == 200 {
        answer.text("outcome")
    } else {
        answer.body
    }
}

async fn known(app: &App) -> Vec<String> {
    app.texts("select presence || ' ' || coalesce(title, '-') || ' / ' || coalesce(section, '-') as text from articles order by 1")
        .await
}

on_both!(a_flow_of_directus, async |app: App| {
    let (cms, secret) = set(
        &app,
        &[
            "cms.format=directus",
            "cms.url=https://bao.example/{item.slug}.html",
        ],
    );
    let head = |secret: &str| [("x-duyet-secret", secret.to_owned())];
    let item = |title: &str, status: &str, updated: &str| {
        json!({ "event": "items.update", "item": { "id": 7, "slug": "cau-moi", "title": title, "status": status,
            "category": { "name": "Xã hội" }, "date_updated": updated } })
        .to_string()
    };
    let good = head(&secret);
    let first = item("Cầu mới", "published", "2026-11-20T08:00:00.000Z");
    send(&cms, &head("mot-khoa-khac-hoan-toan"), &first, 401).await;
    assert_eq!(send(&cms, &good, &first, 200).await, "done");
    assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
    let third = item("Cầu mới", "archived", "2026-11-20T10:00:00.000Z");
    assert_eq!(send(&cms, &good, &third, 200).await, "done");
    // What was changed before that comes after it.
    let second = item("Cầu", "published", "2026-11-20T09:00:00.000Z");
    send(&cms, &good, &second, 200).await;
    assert!(known(&app).await[0].starts_with("unpublished"));
    // What is removed has no more than its keys.
    let removed = json!({ "event": "items.delete", "keys": ["7"] }).to_string();
    assert_eq!(send(&cms, &good, &removed, 200).await, "done");
    assert!(known(&app).await[0].starts_with("deleted"));
    // A flow says how things are by the same secret, again and again.
    let put = json!({ "url": URL, "title": "Cầu mới" }).to_string();
    for _ in 0..2 {
        let request = cms.request((Method::PUT, "articles/7"), good.clone(), &put);
        assert_eq!(cms.send(request).await.expect(200).text("outcome"), "done");
    }
});

on_both!(the_module_of_drupal, async |app: App| {
    let (cms, secret) = set(&app, &["cms.format=drupal"]);
    let node = |changed: &str, status: bool| {
        json!({ "entity": { "nid": [{ "value": 7 }], "title": [{ "value": "Cầu mới" }], "status": [{ "value": status }],
            "field_section": [{ "value": "Xã hội" }], "path": [{ "alias": "/cau-moi.html" }], "changed": [{ "value": changed }] } })
        .to_string()
    };
    let head = |event: &str, secret: &str, body: &str| {
        let signature = hex::encode(mac(secret, body));
        [
            ("x-hub-signature-256", format!("sha256={signature}")),
            ("x-drupal-event", event.to_owned()),
        ]
    };
    let first = node("2026-11-20T08:00:00+00:00", true);
    send(
        &cms,
        &head("entity:node:create", "khac", &first),
        &first,
        401,
    )
    .await;
    let good = head("entity:node:create", &secret, &first);
    assert_eq!(send(&cms, &good, &first, 200).await, "done");
    assert_eq!(send(&cms, &good, &first, 200).await, "repeated");
    assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
    let second = node("2026-11-20T09:00:00+00:00", false);
    let good = head("entity:node:update", &secret, &second);
    assert_eq!(send(&cms, &good, &second, 200).await, "done");
    assert_eq!(known(&app).await, ["unpublished Cầu mới / Xã hội"]);
    let third = node("2026-11-20T10:00:00+00:00", true);
    let good = head("entity:node:delete", &secret, &third);
    assert_eq!(send(&cms, &good, &third, 200).await, "done");
    assert_eq!(known(&app).await, ["deleted Cầu mới / Xã hội"]);
});

fn event(title: &str) -> String {
    json!({ "type": "article.published", "timestamp": "2026-11-20T08:00:00Z",
        "data": { "external_id": "4711", "url": URL, "title": title, "section": "Xã hội" } })
    .to_string()
}

on_both!(anybody_who_signs_in_hexadecimal, async |app: App| {
    let (cms, secret) = set(
        &app,
        &[
            "cms.format=hmac-hex",
            "cms.prefix=sha256=",
            "cms.time_header=X-Bao-Time",
        ],
    );
    let body = event("Cầu mới");
    let head = |secret: &str, at: i64| {
        let signature = hex::encode(mac(secret, &format!("{at}.{body}")));
        [
            ("x-signature", format!("sha256={signature}")),
            ("x-bao-time", at.to_string()),
        ]
    };
    send(&cms, &head("khac", sent_now()), &body, 401).await;
    send(&cms, &head(&secret, sent_now() - 310), &body, 401).await;
    let mut other = head(&secret, sent_now());
    other[1].1 = (sent_now() - 2).to_string();
    send(&cms, &other, &body, 401).await;
    send(&cms, &head(&secret, sent_now()), &event("Khác"), 401).await;
    assert_eq!(
        send(&cms, &head(&secret, sent_now()), &body, 200).await,
        "done"
    );
    assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
});

on_both!(anybody_who_signs_in_base64, async |app: App| {
    let (cms, secret) = set(
        &app,
        &[
            "cms.format=hmac-base64",
            "cms.header=X-Bao-Hmac",
            "cms.fields=type: su_kien; external_id: bai.ma; url: bai.duong_dan; title: bai.tua; section: bai.muc",
        ],
    );
    let of = |title: &str| -> Value {
        json!({ "su_kien": "bai.publish", "bai": { "ma": 12, "duong_dan": "/cau-moi.html", "tua": title, "muc": "Xã hội" } })
    };
    let body = of("Cầu mới").to_string();
    let head = |secret: &str| [("x-bao-hmac", BASE64_STANDARD.encode(mac(secret, &body)))];
    send(&cms, &head("khac"), &body, 401).await;
    send(&cms, &head(&secret), &of("Khác").to_string(), 401).await;
    assert_eq!(send(&cms, &head(&secret), &body, 200).await, "done");
    assert_eq!(send(&cms, &head(&secret), &body, 200).await, "repeated");
    assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
});

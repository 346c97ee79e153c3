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

/// A flow of Directus with the item that it has read.
fn flow(item: &Value) -> String {
    json!({ "event": "items.update", "item": item }).to_string()
}

/// An article of Directus as it is published.
fn item(id: i32, title: &str, updated: &str) -> Value {
    json!({ "id": id, "url": format!("https://bao.example/{id}.html"), "title": title, "status": "published",
        "section": { "name": "Xã hội" }, "date_updated": updated })
}

on_both!(
    a_flow_of_directus_tells_of_many_at_once,
    async |app: App| {
        let (cms, secret) = set(&app, &["cms.format=directus"]);
        let good = [("x-duyet-secret", secret)];
        let all = |title: &str, updated: &str| {
            let mut all = vec![
                item(1, title, updated),
                item(2, title, updated),
                item(3, title, updated),
            ];
            all[1]["status"] = "archived".into();
            Value::Array(all)
        };
        let first = flow(&all("Cầu mới", "2026-11-20T08:00:00Z"));
        assert_eq!(send(&cms, &good, &first, 200).await, "done");
        let told = [
            "published Cầu mới / Xã hội",
            "published Cầu mới / Xã hội",
            "unpublished - / -",
        ];
        assert_eq!(known(&app).await, told);
        // What is wrong with one is told by its place, and none of them has an effect.
        let mut wrong = all("Cầu cũ", "2026-11-20T09:00:00Z");
        wrong[2]["url"] = "https://khac.example/3.html".into();
        let answer = send(&cms, &good, &flow(&wrong), 422).await;
        assert!(
            answer.contains("\"item.2.url\"") && answer.contains("cms-url-foreign"),
            "{answer}"
        );
        assert_eq!(known(&app).await, told);
        let none = flow(&json!([]));
        assert_eq!(send(&cms, &good, &none, 200).await, "ignored");
    }
);

on_both!(
    what_comes_without_a_time_is_later_than_what_is_known,
    async |app: App| {
        let (cms, secret) = set(&app, &["cms.format=directus"]);
        let good = [("x-duyet-secret", secret)];
        let ahead = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(7);
        let first = flow(&item(7, "Cầu mới", &ahead.to_string()));
        assert_eq!(send(&cms, &good, &first, 200).await, "done");
        let removed = json!({ "event": "items.delete", "keys": [7] }).to_string();
        assert_eq!(send(&cms, &good, &removed, 200).await, "done");
        assert_eq!(known(&app).await, ["deleted Cầu mới / Xã hội"]);
        // The same as before is no news, and what is later by its own time is.
        send(&cms, &good, &first, 200).await;
        assert_eq!(known(&app).await, ["deleted Cầu mới / Xã hội"]);
        let later = ahead + jiff::SignedDuration::from_mins(1);
        let again = flow(&item(7, "Cầu mới", &later.to_string()));
        assert_eq!(send(&cms, &good, &again, 200).await, "done");
        assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
        // How things are by a call that says no time is how they are now.
        let put = json!({ "url": "https://bao.example/7.html", "title": "Cầu", "presence": "unpublished" });
        let request = cms.request((Method::PUT, "articles/7"), good.clone(), &put.to_string());
        assert_eq!(cms.send(request).await.expect(200).text("outcome"), "done");
        assert!(known(&app).await[0].starts_with("unpublished"));
    }
);

on_both!(
    times_are_read_as_the_newsroom_writes_them,
    async |app: App| {
        let (cms, secret) = set(&app, &["cms.format=directus"]);
        let good = [("x-duyet-secret", secret)];
        // Each is a minute after the one before, read in its own way.
        for (number, at) in [
            "2026-11-20 15:00:00",
            "2026-11-20T08:01:00Z",
            "2026-11-20T15:02",
            "Fri, 20 Nov 2026 08:03:00 GMT",
            "2026-11-20 15:04:00",
            "1795161900",
        ]
        .into_iter()
        .enumerate()
        {
            let message = flow(&item(7, &format!("Tựa {number}"), at));
            assert_eq!(send(&cms, &good, &message, 200).await, "done", "{at}");
        }
        assert_eq!(known(&app).await, ["published Tựa 5 / Xã hội"]);
        // What cannot be read must not count as of now.
        for at in ["20/11/2026 16:00", "hôm qua"] {
            let answer = send(&cms, &good, &flow(&item(7, "Sai", at)), 422).await;
            assert!(
                answer.contains("\"updated_at\"") && answer.contains(at),
                "{answer}"
            );
        }
        assert_eq!(known(&app).await, ["published Tựa 5 / Xã hội"]);
    }
);

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
    // Of two words for what happened the signed one counts.
    let mut signed: Value = serde_json::from_str(&second).expect("JSON");
    (signed["event"], signed["entity"]["changed"]) = (
        "entity:node:update".into(),
        json!([{ "value": "2026-11-20T09:30:00+00:00" }]),
    );
    signed["entity"]["path"] = json!([{ "alias": null }]);
    signed["entity"]["status"] = json!([{ "value": true }]);
    let signed = signed.to_string();
    let good = head("entity:node:delete", &secret, &signed);
    assert_eq!(send(&cms, &good, &signed, 200).await, "done");
    assert_eq!(known(&app).await, ["published Cầu mới / Xã hội"]);
    // Without an alias it stands at its number.
    let urls = app.texts("select url as text from articles").await;
    assert_eq!(urls, ["https://bao.example/node/7"]);
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

on_both!(
    what_others_send_beyond_the_limits_is_cut_and_takes_nothing_with_it,
    async |app: App| {
        let (cms, secret) = set(&app, &["cms.format=strapi"]);
        let good = [("x-duyet-secret", secret)];
        let tags: Vec<Value> = (0..51)
            .map(|tag| json!({ "name": format!("thẻ {tag} {}", "x".repeat(100)) }))
            .collect();
        let told = |event: &str, at: &str| {
            json!({ "event": event, "createdAt": at, "model": "article", "entry": { "documentId": "A1", "url": "/cau-moi.html",
                "title": format!("Cầu mới{}", " x".repeat(500)), "category": { "name": "Xã".repeat(150) },
                "author": { "name": "Hoa".repeat(100) }, "tags": tags, "publishedAt": at } })
            .to_string()
        };
        let up = told("entry.publish", "2026-11-20T08:00:00Z");
        assert_eq!(send(&cms, &good, &up, 200).await, "done");
        let row = app
            .texts("select title || '|' || section || '|' || told as text from articles")
            .await
            .remove(0);
        let parts: Vec<&str> = row.splitn(3, '|').collect();
        assert!(parts[0].starts_with("Cầu mới x") && parts[0].chars().count() <= 500);
        assert_eq!(parts[1], "Xã".repeat(100));
        assert!(parts[2].contains("thẻ 49 x") && !parts[2].contains("thẻ 50 x"));
        let down = told("entry.unpublish", "2026-11-20T09:00:00Z");
        assert_eq!(send(&cms, &good, &down, 200).await, "done");
        let presence = app.texts("select presence as text from articles").await;
        assert_eq!(presence, ["unpublished"]);
    }
);

on_both!(
    neither_drafts_nor_releases_of_sanity_are_articles,
    async |app: App| {
        let (cms, secret) = set(&app, &["cms.format=sanity"]);
        let sent = async |id: &str, title: &str| {
            let body =
                json!({ "_id": id, "_updatedAt": jiff::Timestamp::now().to_string(), "url": URL, "title": title })
                    .to_string();
            let time = sent_now() * 1000;
            let signature = mac(&secret, &format!("{time}.{body}"));
            let signature = base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(signature);
            let head = [
                (
                    "sanity-webhook-signature",
                    format!("t={time},v1={signature}"),
                ),
                ("sanity-operation", "create".to_owned()),
            ];
            send(&cms, &head, &body, 200).await
        };
        assert_eq!(sent("s9", "Cầu mới").await, "done");
        assert_eq!(sent("drafts.s9", "Nháp").await, "ignored");
        assert_eq!(sent("versions.rABC.s9", "Số Tết").await, "ignored");
        let known = app
            .texts("select url || ' ' || title as text from articles")
            .await;
        assert_eq!(known, [format!("{URL} Cầu mới")]);
    }
);

on_both!(
    an_address_without_its_scheme_has_that_of_the_site,
    async |app: App| {
        let (cms, secret) = set(&app, &["cms.format=directus"]);
        let good = [("x-duyet-secret", secret)];
        let mut told = item(7, "Cầu mới", "2026-11-20T08:00:00Z");
        told["url"] = "//bao.example/xa-hoi/77.html".into();
        assert_eq!(send(&cms, &good, &flow(&told), 200).await, "done");
        let urls = app.texts("select url as text from articles").await;
        assert_eq!(urls, ["https://bao.example/xa-hoi/77.html"]);
        told["url"] = "//khac.example/77.html".into();
        told["date_updated"] = "2026-11-20T09:00:00Z".into();
        let answer = send(&cms, &good, &flow(&told), 422).await;
        assert!(answer.contains("cms-url-foreign"), "{answer}");
    }
);

//! What a site chose: its editors change it on a page or by API, nobody overwrites what they have not seen, and the history tells.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{App, Moderator, anew, comment, eventually, hidden, on_both};

const SETTINGS: &str = "sites/bao/settings";

async fn shown(by: &Moderator) -> Value {
    by.call(Method::GET, SETTINGS, &Value::Null)
        .await
        .expect(200)
        .json()
}

/// What is shown, as it is to be sent.
fn to_send(shown: &Value) -> Value {
    let mut all = shown.clone();
    for name in ["site", "name", "locale"] {
        all.as_object_mut().expect("an object").remove(name);
    }
    all
}

on_both!(an_editor_changes_a_site_on_its_page, async |app: App| {
    let an = app.browser();
    app.add_member(
        "An",
        &["--role", "editor", "--site", "bao", "--password-stdin"],
    );
    let lan = app.member("Lan", &["--role", "editor"]);
    an.sign_in("An").await.expect(303);
    let page = an.open("/settings").await.expect(200);
    let (csrf, seen) = (hidden(&page, "csrf"), hidden(&page, "seen"));
    let origins = shown(&lan).await["origins"].clone();
    let origin = origins[0].as_str().expect("an origin").to_owned();
    let form = |edit_window: &'static str, seen: String| {
        let pairs: [(&str, String); 11] = [
            ("csrf", csrf.clone()),
            ("site", "bao".to_owned()),
            ("seen", seen),
            ("origins", format!("{origin}\r\nhttps://Moi.Example/\r\n")),
            ("proof_of_work", "off".to_owned()),
            ("edit_window", edit_window.to_owned()),
            ("consent", "1".to_owned()),
            ("consent.version", "2026-01".to_owned()),
            (
                "consent.text",
                "Tôi đồng ý để báo giữ email của tôi.".to_owned(),
            ),
            ("network_days", "7".to_owned()),
            ("promised_minutes", "60".to_owned()),
        ];
        pairs
    };
    let send = async |pairs: [(&str, String); 11]| {
        let fields: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        an.post("/settings", &fields).await
    };
    // What is wrong is told at its field, and everything typed stays.
    let wrong = send(form("x", seen.clone())).await.expect(422).body.clone();
    assert!(
        wrong.contains("edit_window-error") && wrong.contains("Moi.Example"),
        "{wrong}"
    );
    // All of it at once: what cannot be read, what is out of bounds, and what is none of an address.
    let mut many = form("x", seen.clone());
    for (name, typed) in &mut many {
        match *name {
            "origins" => *typed = "moi.example".to_owned(),
            "consent.text" => typed.clear(),
            "network_days" => *typed = "999".to_owned(),
            "promised_minutes" => *typed = "x".to_owned(),
            _ => {}
        }
    }
    let wrong = send(many).await.expect(422).body.clone();
    for field in [
        "origins",
        "edit_window",
        "consent-text",
        "network_days",
        "promised_minutes",
    ] {
        assert!(
            wrong.contains(&format!("{field}-error")),
            "{field}: {wrong}"
        );
    }
    let done = send(form("1,5", seen.clone())).await.expect(303);
    assert!(an.follow(&done).await.body.contains("Đã lưu"));
    let now = shown(&lan).await;
    assert_eq!(now["edit_window"], 90);
    assert_eq!(now["network_days"], 7);
    assert_eq!(now["promised_minutes"], 60);
    assert_eq!(now["consent"]["version"], "2026-01");
    assert_eq!(now["origins"], json!([origin, "https://moi.example"]));
    // It counts: without consent nothing is taken any more.
    let reader = app.reader();
    eventually("consent is asked for", async || {
        let answer = reader
            .submit(&comment(&anew("Chúc mừng cây cầu mới")))
            .await;
        (answer.status == 422).then_some(())
    })
    .await;
    // Who looked before somebody else changed it is told, and what they typed stays.
    let stale = send(form("30", seen)).await.expect(409);
    let again = hidden(&stale, "seen");
    assert!(stale.body.contains("value=\"30\""));
    assert_eq!(shown(&lan).await["edit_window"], 90);
    send(form("30", again)).await.expect(303);
    assert_eq!(shown(&lan).await["edit_window"], 1_800);
    let history = lan.call(Method::GET, "history", &Value::Null).await;
    let history = history.expect(200).json();
    let kinds: Vec<&str> = history["history"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|entry| entry["kind"].as_str())
        .collect();
    assert!(
        kinds.contains(&"site_settings") && kinds.contains(&"site_origins"),
        "{kinds:?}"
    );
});

on_both!(
    what_a_site_chose_is_changed_by_api_and_only_by_who_saw_it,
    async |app: App| {
        let (an, lan) = (
            app.member("An", &["--role", "editor", "--site", "bao"]),
            app.member("Lan", &["--role", "editor"]),
        );
        let first = shown(&an).await;
        let change =
            async |by: &Moderator, body: &Value| by.call(Method::PUT, SETTINGS, body).await;
        let with = |name: &str, value: Value| {
            let mut body = to_send(&first);
            body[name] = value;
            body
        };
        let consent = |text: &str| json!({ "version": "2026-01", "text": text });
        for (name, value, field) in [
            ("origins", json!([]), "origins"),
            ("origins", json!(["bao.example"]), "origins"),
            ("origins", json!(["https://*.bao.example"]), "origins"),
            ("edit_window", json!(604_801), "edit_window"),
            ("network_days", json!(366), "network_days"),
            ("promised_minutes", json!(10_081), "promised_minutes"),
            (
                "checker",
                json!({ "url": "", "deadline_ms": 5 }),
                "checker.deadline_ms",
            ),
            ("reserved_names", json!(["A"]), "reserved_names"),
            (
                "consent",
                json!({ "version": "1", "text": "Tôi đồng ý." }),
                "consent.version",
            ),
            (
                "consent",
                json!({ "version": "2026-01", "text": " " }),
                "consent.text",
            ),
        ] {
            let problem = change(&an, &with(name, value)).await.expect(422).json();
            assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        }
        // No address of ours stands for many.
        let stars = with(
            "origins",
            json!(["https://bao.example", "https://*.bao.example"]),
        );
        let told = change(&an, &stars).await.expect(422).json();
        assert_eq!(told["errors"][0]["code"], "settings-origin-star");
        let message = told["errors"][0]["message"].as_str().expect("a message");
        assert!(message.contains("https://*.bao.example"), "{message}");
        assert_eq!(shown(&an).await, first);
        let done = change(&an, &with("consent", consent("Một")))
            .await
            .expect(200)
            .json();
        assert_eq!(done, shown(&an).await);
        // As it was seen first it is no more.
        change(&lan, &with("edit_window", json!(60)))
            .await
            .expect(409);
        let mut second = to_send(&done);
        second["consent"] = consent("Hai");
        let problem = change(&lan, &second).await.expect(422).json();
        assert_eq!(problem["errors"][0]["field"], "consent.version");
        second["consent"] = consent("Một");
        second["edit_window"] = json!(60);
        second.as_object_mut().expect("an object").remove("seen");
        assert_eq!(
            change(&lan, &second).await.expect(200).json()["edit_window"],
            60
        );
    }
);

on_both!(
    places_in_messages_are_typed_one_way_or_the_other,
    async |app: App| {
        let an = app.browser();
        app.add_member(
            "An",
            &["--role", "editor", "--site", "bao", "--password-stdin"],
        );
        an.sign_in("An").await.expect(303);
        let send = async |fields: &str, only: &str, header: &str| {
            let page = an.open("/settings").await.expect(200);
            let (csrf, seen) = (hidden(&page, "csrf"), hidden(&page, "seen"));
            let form = [
                ("csrf", csrf.as_str()),
                ("site", "bao"),
                ("seen", seen.as_str()),
                ("origins", "https://bao.example"),
                ("proof_of_work", "off"),
                ("edit_window", "15"),
                ("network_days", "7"),
                ("promised_minutes", "60"),
                ("cms.format", "strapi"),
                ("cms.fields", fields),
                ("cms.only", only),
                ("cms.header", header),
            ];
            an.post("/settings", &form).await
        };
        let known = "cms.fields=section: entry.muc.ten; title: entry.ten";
        let places = || app.done(&["site", "show", "bao"], "");
        for fields in [
            "section = entry.muc.ten\r\ntitle = entry.ten\r\n",
            "section: entry.muc.ten; title: entry.ten",
        ] {
            app.done(&["site", "set", "bao", "cms.fields=", "cms.only="], "");
            send(fields, "model: article", "").await.expect(303);
            assert!(places().contains(known) && places().contains("cms.only=model: article"));
            app.done(&["site", "set", "bao", "cms.fields=", "cms.only="], "");
            app.done(
                &[
                    "site",
                    "set",
                    "bao",
                    &format!("cms.fields={fields}"),
                    "cms.only=model = article",
                ],
                "",
            );
            assert!(places().contains(known) && places().contains("cms.only=model: article"));
        }
        let page = an.open("/settings").await.expect(200).body;
        assert!(
            page.contains("section: entry.muc.ten\ntitle: entry.ten</textarea>"),
            "{page}"
        );
        // What is no pair is told at its field, and stays.
        let page = send("section: a", "article", "").await.expect(422).body;
        assert!(
            page.contains("cms-only-error") && page.contains("“article” không phải một cặp"),
            "{page}"
        );
        // Whatever else is wrong is told with it.
        let page = send("titel", "===", "x y").await.expect(422).body;
        for told in [
            "“titel” không phải một cặp",
            "id=\"cms-only-error\"",
            "id=\"cms-header-error\"",
        ] {
            assert!(page.contains(told), "{told} in {page}");
        }
        assert!(places().contains(known));
    }
);

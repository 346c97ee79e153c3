//! Webhooks as their admins work with them, and the whole way from a reader to a receiver.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    ARTICLE, Answer, App, Backend, Cms, Manner, Moderator, Receiver, Setup, comment, eventually,
    hidden, on_both,
};

fn open(setup: Setup) -> Setup {
    setup
        .set("DUYET_OUTWARD_ALLOW", "127.0.0.1/32")
        .set("DUYET_WORKERS", "2")
}

const ALL: [&str; 6] = [
    "comment.held",
    "comment.approved",
    "comment.rejected",
    "comment.spam",
    "comment.withdrawn",
    "comment.edited",
];

async fn add(admin: &Moderator, url: &str) -> (String, String) {
    let new = json!({ "url": url, "events": ALL });
    let made = admin.call(Method::POST, "sites/bao/webhooks", &new).await;
    let made = made.expect(201).json();
    let id = made["webhook"]["id"].as_str().expect("an id").to_owned();
    (id, made["secret"].as_str().expect("a secret").to_owned())
}

async fn get(by: &Moderator, path: &str) -> Value {
    let request = by.request(Method::GET, &format!("/api/v1/moderation/sites/bao/{path}"));
    by.send(request).await.expect(200).json()
}

/// What was told so far, once so much was.
async fn told(receiver: &Receiver, many: usize) -> Vec<String> {
    eventually("so much is told", async || {
        (receiver.taken().len() >= many).then_some(())
    })
    .await;
    let calls = receiver.taken();
    let kinds = calls
        .iter()
        .map(|call| call.json()["type"].as_str().expect("a type").to_owned());
    kinds.collect()
}

on_both!(the_whole_way, open, async |app: App| {
    let admin = app.member("Minh", &["--role", "admin"]);
    let there = Receiver::at([127, 0, 0, 1].into());
    let (id, secret) = add(&admin, &there.url("/hook")).await;
    assert!(secret.starts_with("whsec_"));
    let reader = app.reader();
    let sent = reader
        .submit(&comment("Cầu này xây xong chưa?"))
        .await
        .expect(202)
        .json();
    assert_eq!(told(&there, 1).await, ["comment.held"]);
    let card = admin.card(sent["id"].as_str().expect("an id")).await;
    let decided = admin.decide("approve", &[&card]).await.expect(200).json();
    assert_eq!(told(&there, 2).await[1..], ["comment.approved"]);
    let undo = format!("decisions/{}", decided["batch"].as_str().expect("a batch"));
    admin
        .call(Method::DELETE, &undo, &json!({}))
        .await
        .expect(200);
    assert_eq!(told(&there, 3).await[2..], ["comment.held"]);
    let receipt = sent["receipt"].as_str().expect("a receipt");
    let edit = json!({ "body": "Cầu này bao giờ xong?" });
    reader.edit(receipt, &edit).await.expect(200);
    assert_eq!(told(&there, 4).await[3..], ["comment.edited"]);
    reader.withdraw(receipt).await.expect(200);
    assert_eq!(told(&there, 5).await[4..], ["comment.withdrawn"]);
    let calls = there.taken();
    let revisions: Vec<i64> = calls
        .iter()
        .map(|call| {
            call.json()["data"]["comment"]["revision"]
                .as_i64()
                .expect("one")
        })
        .collect();
    assert!(revisions.is_sorted(), "{revisions:?}");
    // A test, and its place in the log.
    let test = format!("sites/bao/webhooks/{id}/test");
    let tried = admin
        .call(Method::POST, &test, &json!({}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&tried["event"], &tried["state"]),
        (&json!("endpoint.test"), &json!("delivered"))
    );
    let log = get(&admin, &format!("webhooks/{id}/deliveries?limit=2")).await;
    let events: Vec<&str> = log["deliveries"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["event"].as_str().expect("one"))
        .collect();
    assert_eq!(events, ["endpoint.test", "comment.withdrawn"]);
    let next = log["next"].as_str().expect("more");
    let rest = get(&admin, &format!("webhooks/{id}/deliveries?after={next}")).await;
    assert_eq!(rest["deliveries"].as_array().map(Vec::len), Some(4));
    // Sent again under its own name.
    let first = rest["deliveries"][3]["id"].as_str().expect("an id");
    let again = format!("sites/bao/webhooks/{id}/deliveries/{first}/again");
    admin
        .call(Method::POST, &again, &json!({}))
        .await
        .expect(204);
    told(&there, 7).await;
    let calls = there.taken();
    assert_eq!(calls[6].only("webhook-id"), calls[0].only("webhook-id"));
    let shown = get(&admin, "webhooks").await.to_string();
    assert!(
        !shown.contains("whsec_") && !shown.contains(&secret),
        "{shown}"
    );
});

on_both!(
    what_an_admin_changes_is_so_and_in_the_history,
    open,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin"]);
        let there = Receiver::at([127, 0, 0, 1].into());
        let (id, secret) = add(&admin, &there.url("/hook")).await;
        let path = format!("sites/bao/webhooks/{id}");
        let less = json!({ "events": ["comment.approved"], "with_text": true });
        let now_is = admin
            .call(Method::PATCH, &path, &less)
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&now_is["events"], &now_is["with_text"]),
            (&json!(["comment.approved"]), &json!(true))
        );
        let renewed = admin
            .call(Method::POST, &format!("{path}/secret"), &json!({}))
            .await
            .expect(200)
            .json();
        assert_ne!(renewed["secret"], json!(secret));
        assert!(renewed["webhook"]["old_secret_until"].is_string());
        app.reader()
            .submit(&comment("Một ý kiến."))
            .await
            .expect(202);
        let card = admin.queue().await.remove(0);
        admin.decide("approve", &[&card]).await.expect(200);
        assert_eq!(told(&there, 1).await, ["comment.approved"]);
        assert_eq!(
            there.taken()[0]
                .only("webhook-signature")
                .split(' ')
                .count(),
            2
        );
        assert_eq!(there.taken()[0].json()["data"]["body"], "Một ý kiến.");
        let off = json!({ "active": false });
        let now_is = admin
            .call(Method::PATCH, &path, &off)
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&now_is["state"], &now_is["reason"]),
            (&json!("disabled"), &json!("by_hand"))
        );
        let log = get(&admin, &format!("webhooks/{id}/deliveries")).await;
        let first = log["deliveries"][0]["id"].as_str().expect("an id");
        for wanted in ["test".to_owned(), format!("deliveries/{first}/again")] {
            admin
                .call(Method::POST, &format!("{path}/{wanted}"), &json!({}))
                .await
                .expect(409);
        }
        // What was not sent again is not left to be sent some day.
        let log = get(&admin, &format!("webhooks/{id}/deliveries")).await;
        assert_eq!(log["deliveries"][0]["state"], "delivered");
        admin
            .call(Method::DELETE, &path, &json!({}))
            .await
            .expect(204);
        admin.call(Method::PATCH, &path, &off).await.expect(404);
        assert_eq!(get(&admin, "webhooks").await["webhooks"], json!([]));
        let kinds = app.texts("select kind as text from events where kind like 'webhook!_%' escape '!' order by id").await;
        assert_eq!(
            kinds,
            [
                "webhook_added",
                "webhook_changed",
                "webhook_changed",
                "webhook_changed",
                "webhook_removed"
            ]
        );
        let details = app
            .texts("select detail as text from events where kind like 'webhook!_%' escape '!'")
            .await;
        assert!(
            details.iter().all(|detail| !detail.contains("whsec_")),
            "{details:?}"
        );
    }
);

on_both!(
    an_article_is_named_as_its_cms_names_it,
    open,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin"]);
        let cms = Cms::of(&app);
        let there = Receiver::at([127, 0, 0, 1].into());
        add(&admin, &there.url("/hook")).await;
        let tell = async |id: &str, at: &str| {
            let data = json!({ "external_id": id, "url": ARTICLE });
            cms.tell("article.updated", at, &data).await.expect(200);
        };
        tell("4711", "2026-11-24T05:00:00Z").await;
        let sent = app
            .reader()
            .submit(&comment("Cầu này xây xong chưa?"))
            .await
            .expect(202)
            .json();
        told(&there, 1).await;
        let named = json!({ "url": ARTICLE, "external_id": "4711" });
        assert_eq!(there.taken()[0].json()["data"]["article"], named);
        // Another article has its address since, and no reader can ask for the one that it waits under.
        tell("4712", "2026-11-24T06:00:00Z").await;
        let urls = "select url as text from articles where external_id = '4711'";
        assert_eq!(app.texts(urls).await, [format!("{ARTICLE}#4711")]);
        let card = admin.card(sent["id"].as_str().expect("an id")).await;
        admin.decide("approve", &[&card]).await.expect(200);
        told(&there, 2).await;
        let named = json!({ "external_id": "4711" });
        assert_eq!(there.taken()[1].json()["data"]["article"], named);
    }
);

on_both!(
    an_address_that_must_not_be_called_is_not_taken,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin"]);
        let there = Receiver::at([127, 0, 0, 1].into());
        let port = there.port();
        for (url, code) in [
            (format!("http://127.0.0.1:{port}/"), "target-forbidden"),
            (format!("https://127.1:{port}/"), "target-forbidden"),
            (
                format!("https://[::ffff:127.0.0.1]:{port}/"),
                "target-forbidden",
            ),
            (format!("https://localhost:{port}/"), "target-forbidden"),
            (
                "https://169.254.169.254/latest/meta-data/".to_owned(),
                "target-forbidden",
            ),
            (
                "http://cms.bao.example@127.0.0.1/".to_owned(),
                "target-dressed",
            ),
            ("ftp://cms.bao.example/".to_owned(), "target-scheme"),
            ("cms".to_owned(), "target-malformed"),
        ] {
            let new = json!({ "url": url, "events": ALL });
            let refused = admin
                .call(Method::POST, "sites/bao/webhooks", &new)
                .await
                .expect(422);
            assert_eq!(refused.json()["errors"][0]["code"], code, "{url}");
        }
        let none = json!({ "url": "https://cms.bao.example/", "events": [] });
        let refused = admin
            .call(Method::POST, "sites/bao/webhooks", &none)
            .await
            .expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "webhook-events");
        for _ in 0..10 {
            add(&admin, "https://cms.bao.example/").await;
        }
        let one_more = json!({ "url": "https://cms.bao.example/", "events": ALL });
        let refused = admin
            .call(Method::POST, "sites/bao/webhooks", &one_more)
            .await
            .expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "webhook-many");
        assert_eq!(there.calls(), 0);
    }
);

on_both!(
    an_admin_hears_of_an_endpoint_that_stopped,
    open,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin"]);
        let there = Receiver::at([127, 0, 0, 1].into());
        there.behave(Manner::status(410));
        let (id, _) = add(&admin, &there.url("/hook")).await;
        let test = format!("sites/bao/webhooks/{id}/test");
        let tried = admin
            .call(Method::POST, &test, &json!({}))
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&tried["state"], &tried["answer"]),
            (&json!("given_up"), &json!(410))
        );
        let mail = eventually("the mail is there", async || {
            let mails = crate::support::mail_files(&app.folder().join("mail"));
            mails.into_iter().find_map(|file| {
                let bytes = std::fs::read(file).ok()?;
                let mail = mail_parser::MessageParser::default()
                    .parse(&bytes)?
                    .into_owned();
                mail.subject()?.starts_with("Webhook").then_some(mail)
            })
        })
        .await;
        let told = mail.body_text(0).expect("a text");
        assert!(
            told.contains(&there.url("/hook"))
                && told.contains(&format!("/webhooks/{id}?site=bao")),
            "{told}"
        );
    }
);

on_both!(
    that_an_endpoint_stopped_is_for_who_is_an_admin_still_and_gives_no_password_away,
    open,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin"]);
        for name in ["Lan", "Hoa"] {
            app.add_member(name, &["--role", "admin"]);
        }
        let there = Receiver::at([127, 0, 0, 1].into());
        there.behave(Manner::status(410));
        let url = there.url("/hook?token=mat-khau-dai");
        // No mail leaves: where their folder should be stands a file.
        let folder = app.folder().join("mail");
        std::fs::write(&folder, "").expect("a file");
        let (id, _) = add(&admin, &url).await;
        let test = format!("sites/bao/webhooks/{id}/test");
        admin
            .call(Method::POST, &test, &json!({}))
            .await
            .expect(200);
        let waiting = "select count(*) from outbox where kind = 'mail' and state = 'ready'";
        let tried = format!("{waiting} and last_error is not null");
        eventually("three mails were tried", async || {
            (app.count(&tried).await == 3).then_some(())
        })
        .await;
        // Meanwhile one may come in no more, and one is no admin.
        app.execute("update moderators set disabled_at = created_at where name = 'Lan'")
            .await;
        app.execute("update moderators set role = 'editor' where name = 'Hoa'")
            .await;
        std::fs::remove_file(&folder).expect("removed");
        app.execute("update outbox set run_at = created_at where kind = 'mail'")
            .await;
        eventually("no mail waits", async || {
            (app.count(waiting).await == 0).then_some(())
        })
        .await;
        let files = crate::support::mail_files(&folder);
        assert_eq!(files.len(), 1, "{files:?}");
        let bytes = std::fs::read(&files[0]).expect("a mail");
        let mail = mail_parser::MessageParser::default()
            .parse(&bytes)
            .expect("a mail");
        let to = mail.to().and_then(|to| to.first()?.address());
        assert_eq!(to, Some("minh@bao.example"));
        let parts = [mail.body_text(0), mail.body_html(0)];
        for part in parts.map(|part| part.expect("a part")) {
            assert!(part.contains(&there.url("/hook")), "{part}");
            assert!(!part.contains("mat-khau-dai"), "{part}");
        }
    }
);

on_both!(the_command_line_adds_and_lists, open, async |app: App| {
    let added = app.done(
        &[
            "webhook",
            "add",
            "bao",
            "https://cms.bao.example/d",
            "--event",
            "comment.approved",
        ],
        "",
    );
    assert!(
        added.lines().any(|line| line.starts_with("secret: whsec_")),
        "{added}"
    );
    let listed = app.done(&["webhook", "list", "bao"], "");
    assert!(
        listed.contains("https://cms.bao.example/d\tactive\tcomment.approved"),
        "{listed}"
    );
    assert!(!listed.contains("whsec_"));
    let refused = app.command(&["webhook", "add", "bao", "https://10.0.0.1/"], "");
    assert!(crate::support::refusal(&refused).contains("DUYET_OUTWARD_ALLOW"));
});

on_both!(
    where_webhooks_go_is_told_to_editors_alone,
    open,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin"]);
        let editor = app.member("An", &["--role", "editor"]);
        let there = Receiver::at([127, 0, 0, 1].into());
        let url = there.url("/hook/khoa-trong-dia-chi?token=rieng");
        let (id, _) = add(&admin, &url).await;
        let path = format!("sites/bao/webhooks/{id}");
        admin
            .call(Method::PATCH, &path, &json!({ "with_text": true }))
            .await
            .expect(200);
        let removed = admin.call(Method::DELETE, &path, &json!({})).await;
        removed.expect(204);
        let asked = "/api/v1/moderation/history?kind=settings";
        let told = editor.send(editor.request(Method::GET, asked)).await;
        let told = told.expect(200).body;
        assert_eq!(told.matches("khoa-trong-dia-chi").count(), 3, "{told}");
        let lan = app.member("Lan", &["--password-stdin"]);
        let told = lan.send(lan.request(Method::GET, asked)).await.expect(200);
        for kind in ["webhook_added", "webhook_changed", "webhook_removed"] {
            assert!(told.body.contains(kind), "{}", told.body);
        }
        let browser = app.browser();
        browser.sign_in("Lan").await.expect(303);
        let page = browser.open("/history?kind=settings").await.expect(200);
        let csrf = hidden(&page, "csrf");
        let table = browser
            .post("/history/export", &[("csrf", &csrf), ("kind", "settings")])
            .await
            .expect(200);
        for told in [&told, &page, &table] {
            assert!(told.body.contains("127.0.0.1"), "{}", told.body);
            for secret in ["khoa-trong-dia-chi", "rieng"] {
                assert!(!told.body.contains(secret), "{}", told.body);
            }
        }
    }
);

on_both!(
    of_a_webhook_that_fails_or_is_off_only_what_is_so_is_said,
    open,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin", "--password-stdin"]);
        let there = Receiver::at([127, 0, 0, 1].into());
        there.behave(Manner::status(500));
        app.done(&["webhook", "add", "bao", &there.url("/hook")], "");
        let id = get(&admin, "webhooks").await["webhooks"][0]["id"].clone();
        let path = format!("sites/bao/webhooks/{}", id.as_str().expect("an id"));
        let post = async |what: &str| {
            let path = format!("{path}/{what}");
            admin.call(Method::POST, &path, &json!({})).await
        };
        let browser = app.browser();
        browser.sign_in("Minh").await.expect(303);
        let page = async || {
            let (_, id) = path.rsplit_once('/').expect("an id");
            let path = format!("/webhooks/{id}?site=bao");
            browser.open(&path).await.expect(200).body
        };
        // A test that fails is not sent again.
        post("test").await.expect(200);
        let shown = page().await;
        assert!(
            shown.contains("Chưa nhận được gì kể từ") && !shown.contains("đang được báo lại"),
            "{shown}"
        );
        assert!(
            shown.contains("Người vận hành thêm") && !shown.contains("command line"),
            "{shown}"
        );
        // What waits while it is off is tried at no time.
        let _ = app.reader().write("Cầu này xây xong chưa?").await;
        let waits = eventually("it is tried in vain", async || {
            let log = get(
                &admin,
                &format!("{}/deliveries", &path["sites/bao/".len()..]),
            )
            .await;
            let held = log["deliveries"][0].clone();
            (held["event"] == "comment.held" && held["answer"] == 500).then_some(held)
        })
        .await;
        let again = "; thử lại ";
        assert!(page().await.contains(again));
        let off = json!({ "active": false });
        admin.call(Method::PATCH, &path, &off).await.expect(200);
        let shown = page().await;
        assert!(
            shown.contains("; chờ webhook được bật lại.") && !shown.contains(again),
            "{shown}"
        );
        let delivery = waits["id"].as_str().expect("an id");
        for what in ["test", &format!("deliveries/{delivery}/again")] {
            let refused = post(what).await.expect(409).json();
            assert_eq!(refused["type"], "/docs#problem-webhook-off", "{refused}");
            assert_eq!(refused["title"], "Webhook đang tắt");
        }
    }
);

on_both!(
    what_is_sent_again_behind_an_earlier_one_says_so_and_both_go,
    open,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin", "--password-stdin"]);
        let there = Receiver::at([127, 0, 0, 1].into());
        there.behave(Manner::status(500));
        let (id, _) = add(&admin, &there.url("/hook")).await;
        let (comment, _) = app.reader().write("Cầu này xây xong chưa?").await;
        let path = format!("webhooks/{id}/deliveries");
        let log = async || get(&admin, &path).await["deliveries"].clone();
        let held = eventually("it is tried in vain", async || {
            let held = log().await[0].clone();
            (held["answer"] == 500).then_some(held)
        })
        .await;
        // For hours it is not tried by itself.
        let later = match app.backend {
            Backend::Sqlite => "due_at + 36000000000",
            Backend::Postgres => "due_at + interval '10 hours'",
        };
        let change = format!(
            "update webhook_deliveries set due_at = {later}, attempts = 9 where kind = 'comment.held'"
        );
        app.execute(&change).await;
        admin.approve(&admin.card(&comment).await).await;
        let approved = eventually("the second waits", async || {
            let newest = log().await[0].clone();
            (newest["event"] == "comment.approved").then_some(newest)
        })
        .await;
        let tried = there.calls();
        let again = |one: &Value| {
            let one = one["id"].as_str().expect("an id");
            format!("sites/bao/{path}/{one}/again")
        };
        let sent = admin
            .call(Method::POST, &again(&approved), &json!({}))
            .await;
        assert_eq!(sent.expect(202).json()["waits_for"], held["id"]);
        eventually("the earlier one is sent", async || {
            (there.calls() > tried).then_some(())
        })
        .await;
        // It was at its last attempt but one; a person's press counts from the beginning.
        eventually("its attempts count anew", async || {
            let held = log().await[1].clone();
            assert_eq!(held["state"], "waiting");
            (held["attempts"] == 1).then_some(())
        })
        .await;
        assert!(
            there
                .taken()
                .iter()
                .all(|call| call.json()["type"] == "comment.held")
        );

        // The same by the page; and once that is taken, both are.
        app.execute(&change).await;
        there.behave(Manner::status(200));
        let browser = app.browser();
        browser.sign_in("Minh").await.expect(303);
        let page = browser
            .open(&format!("/webhooks/{id}?site=bao"))
            .await
            .expect(200);
        let csrf = hidden(&page, "csrf");
        let one = approved["id"].as_str().expect("an id");
        let sent = browser
            .post(
                &format!("/{path}/{one}/again"),
                &[("csrf", &csrf), ("site", "bao")],
            )
            .await;
        let page = browser.follow(&sent.expect(303)).await.expect(200);
        assert!(
            page.body
                .contains("Lần báo ấy được gửi trước, ngay bây giờ"),
            "{}",
            page.body
        );
        eventually("both are taken", async || {
            let log = log().await;
            let mut states = log.as_array()?.iter().map(|one| &one["state"]);
            states.all(|state| *state == "delivered").then_some(())
        })
        .await;
        let kinds: Vec<Value> = there
            .taken()
            .iter()
            .map(|call| call.json()["type"].clone())
            .collect();
        assert_eq!(
            kinds[kinds.len() - 2..],
            ["comment.held", "comment.approved"]
        );
        // Alone it goes at once.
        admin
            .call(Method::POST, &again(&approved), &json!({}))
            .await
            .expect(204);
    }
);

on_both!(
    what_somebody_else_changed_meanwhile_is_not_undone_by_an_old_form,
    open,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin", "--password-stdin"]);
        let there = Receiver::at([127, 0, 0, 1].into());
        let (id, _) = add(&admin, &there.url("/hook")).await;
        let browser = app.browser();
        browser.sign_in("Minh").await.expect(303);
        let page = format!("/webhooks/{id}?site=bao");
        let shown = browser.open(&page).await.expect(200);
        let path = format!("/webhooks/{id}");
        let send = async |url: &str, page: &Answer| {
            let (csrf, seen) = (hidden(page, "csrf"), hidden(page, "seen"));
            let form = [
                ("csrf", csrf.as_str()),
                ("seen", seen.as_str()),
                ("site", "bao"),
                ("url", url),
                ("events", "comment.held"),
            ];
            browser.post(&path, &form).await
        };
        let elsewhere = there.url("/elsewhere");
        // Pressed twice, it is saved once.
        for _ in 0..2 {
            send(&elsewhere, &shown).await.expect(303);
        }
        // The other tab still has the address before.
        let typed = there.url("/hook");
        let stale = send(&typed, &shown).await.expect(409);
        assert!(stale.body.contains("một người khác vừa đổi webhook này"));
        assert!(stale.body.contains(&format!("value=\"{typed}\"")));
        let url = async || get(&admin, "webhooks").await["webhooks"][0]["url"].clone();
        assert_eq!(url().await, elsewhere.as_str());
        // Once they have been told it counts.
        send(&typed, &stale).await.expect(303);
        assert_eq!(url().await, typed.as_str());
    }
);

on_both!(
    the_log_tells_that_nobody_is_followed_and_why_nobody_answered,
    open,
    async |app: App| {
        let admin = app.member("Minh", &["--role", "admin", "--password-stdin"]);
        let mut there = Receiver::at([127, 0, 0, 1].into());
        let (id, _) = add(&admin, &there.url("/hook")).await;
        let path = format!("sites/bao/webhooks/{id}");
        let test = async || {
            let path = format!("{path}/test");
            admin
                .call(Method::POST, &path, &json!({}))
                .await
                .expect(200)
                .json()
        };
        let browser = app.browser();
        browser.sign_in("Minh").await.expect(303);
        let page = async || {
            let path = format!("/webhooks/{id}?site=bao");
            browser.open(&path).await.expect(200).body
        };
        // Their words stay theirs, even where they look like what is kept of ours.
        let words = r#"{"trouble":"redirect","status":200}"#;
        there.behave(Manner::Says(500, Vec::new(), words.to_owned()));
        assert_eq!(test().await["said"], words);
        let elsewhere = vec![("location", there.url("/other"))];
        there.behave(Manner::Says(302, elsewhere, String::new()));
        let tried = test().await;
        assert_eq!(tried["answer"], 302);
        let shown = page().await;
        let name = there.taken()[1].only("webhook-id").to_owned();
        for said in [
            "Trả lời: 302, dẫn sang địa chỉ khác. Duyệt không đi theo",
            &name,
        ] {
            assert!(shown.contains(said), "{said}: {shown}");
        }
        there.leave().await;
        let tried = test().await;
        let said = tried["said"].as_str().expect("why");
        assert!(
            said.starts_with("Không kết nối được với 127.0.0.1:"),
            "{said}"
        );
        assert!(page().await.contains("Không kết nối được với 127.0.0.1:"));
        let request = admin
            .request(
                Method::GET,
                &format!("/api/v1/moderation/{path}/deliveries"),
            )
            .header("accept-language", "en");
        let log = admin.send(request).await.expect(200).json();
        let said = log["deliveries"][0]["said"].as_str().expect("why");
        assert!(said.starts_with("No connection to 127.0.0.1:"), "{said}");

        // Off and on again: of what it was told before it is not said that there was nothing.
        for active in [false, true] {
            let change = json!({ "active": active });
            admin.call(Method::PATCH, &path, &change).await.expect(200);
        }
        let shown = page().await;
        assert!(
            shown.contains("; từ đó chưa báo gì.") && !shown.contains("Chưa có gì để báo."),
            "{shown}"
        );
    }
);

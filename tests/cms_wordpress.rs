//! Our plugin for WordPress as it is, with stand-ins for what WordPress gives it. `scripts/try-wordpress` runs it in WordPress itself.

use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};

use crate::cms_clients::{clients, printed};
use crate::support::{App, Moderator, Receiver, Setup, eventually, on_both, secret_in, secret_of};

/// WordPress with the plugin.
struct WordPress<'a> {
    app: &'a App,
    secret: String,
}

/// What was answered to each message, and what WordPress knows then.
struct Ran {
    statuses: Vec<Value>,
    known: Value,
}

impl<'a> WordPress<'a> {
    fn of(app: &'a App) -> Self {
        let secret = secret_of(app, "bao");
        Self { app, secret }
    }

    fn run(&self, told: &Value) -> Ran {
        let script = clients().join("wordpress.php").display().to_string();
        let arguments = [script.as_str(), self.app.base(), "bao", &self.secret];
        let printed = printed(Path::new("php"), &arguments, told);
        let mut lines: Vec<Value> = printed
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        let known = lines.pop().expect("what it knows");
        let statuses = lines.iter().map(|line| line["status"].clone()).collect();
        Ran { statuses, known }
    }

    fn save(&self, from: &str, to: &str) -> Vec<Value> {
        self.run(&json!({ "do": "save", "from": from, "to": to }))
            .statuses
    }
}

/// Presence, title and section of each article.
async fn known(app: &App) -> Vec<String> {
    app.texts("select presence || ' ' || coalesce(title, '-') || ' / ' || coalesce(section, '-') as text from articles order by 1")
        .await
}

async fn queue(by: &Moderator) -> Vec<Value> {
    let request = by.request(Method::GET, "/api/v1/moderation/comments?order=oldest");
    let cards = by.send(request).await.expect(200).json();
    cards["comments"].as_array().expect("comments").clone()
}

on_both!(the_plugin_tells_of_articles, async |app: App| {
    let wordpress = WordPress::of(&app);
    let save = |from: &str, to: &str| wordpress.save(from, to);
    assert_eq!(save("draft", "publish"), [200]);
    assert_eq!(
        known(&app).await,
        ["published Cầu mới & đường mới / Xã hội"]
    );
    assert_eq!(save("publish", "draft"), [200]);
    assert_eq!(
        known(&app).await,
        ["unpublished Cầu mới & đường mới / Xã hội"]
    );
    assert_eq!(save("draft", "publish"), [200]);
    assert_eq!(save("publish", "publish"), [200]);
    let state = "select state as text from articles";
    assert_eq!(app.texts(state).await, ["open"]);
    let closed = json!({ "do": "save", "from": "publish", "to": "publish", "comments": "closed" });
    assert_eq!(wordpress.run(&closed).statuses, [200]);
    assert_eq!(app.texts(state).await, ["closed"]);
    assert_eq!(save("publish", "trash"), [200]);
    assert_eq!(known(&app).await, ["deleted Cầu mới & đường mới / Xã hội"]);
    assert!(save("draft", "draft").is_empty());
    // Removed without the trash.
    assert_eq!(save("trash", "publish"), [200]);
    assert_eq!(wordpress.run(&json!({ "do": "remove" })).statuses, [200]);
    assert_eq!(known(&app).await, ["deleted Cầu mới & đường mới / Xã hội"]);
    // With another secret it is tried again, as the same message, and then told.
    app.done(&["site", "secret", "bao", "--rotate", "--at-once"], "");
    let ran = wordpress.run(&json!({ "do": "save", "from": "trash", "to": "publish" }));
    assert_eq!(ran.statuses, [401; 6]);
    let fault = ran.known["kept"]["duyet_fault"].as_str().expect("a fault");
    assert!(fault.contains("401"), "{fault}");
});

on_both!(the_plugin_hands_in_what_readers_write, async |app: App| {
    let (lan, wordpress) = (app.moderator("Lan"), WordPress::of(&app));
    // The first is what WordPress is told to do with it: hold it.
    let ran = wordpress.run(&json!({ "do": "comment" }));
    assert_eq!(ran.statuses, [0, 200]);
    assert_eq!(
        wordpress.run(&json!({ "do": "comment" })).statuses,
        [0, 200]
    );
    let cards = queue(&lan).await;
    assert_eq!(cards.len(), 1);
    assert_eq!(cards[0]["body"], "Cầu đẹp & rộng");
    assert_eq!(cards[0]["article"]["title"], "Cầu mới & đường mới");
    let id = &ran.known["meta"]["17"]["duyet_id"];
    assert_eq!(*id, cards[0]["id"]);
    // Away twice, then taken, and what was wrong before is over.
    let retried = json!({ "do": "comment", "id": 18, "away": 2, "kept": { "duyet_fault": "hôm qua" }, "meta": { "17": { "duyet_id": id } },
        "comment": { "comment_content": "Đúng vậy", "comment_parent": 17 } });
    let ran = wordpress.run(&retried);
    assert_eq!(ran.statuses, [0, 0, 0, 200]);
    assert_eq!(ran.known["kept"]["duyet_fault"], Value::Null);
    let cards = queue(&lan).await;
    assert_eq!(ran.known["meta"]["18"]["duyet_id"], cards[1]["id"]);
    let replies = "select body as text from comments where parent_id is not null";
    assert_eq!(app.texts(replies).await, ["Đúng vậy"]);
});

on_both!(the_plugin_shows_where_links_lead, async |app: App| {
    let (lan, wordpress) = (app.moderator("Lan"), WordPress::of(&app));
    for (id, written, url, read) in [
        (
            1,
            r#"Hay <a href="https://casino.example/?a=1&amp;b=2" rel="nofollow">quá</a>!"#,
            "",
            "Hay quá (https://casino.example/?a=1&b=2)!",
        ),
        (
            2,
            "<A title='x' HREF='https://a.example/'>https://a.example/</A> và <a href=https://b.example/>hết",
            "",
            "https://a.example/ và (https://b.example/) hết",
        ),
        (
            3,
            "Cảm ơn <strong>bạn</strong>",
            "https://casino.example/",
            "Cảm ơn bạn\n\n[Trang của người gửi: https://casino.example/ ]",
        ),
    ] {
        let comment = json!({ "comment_content": written, "comment_author_url": url });
        let told = json!({ "do": "comment", "id": id, "comment": comment });
        assert_eq!(wordpress.run(&told).statuses, [0, 200]);
        assert_eq!(queue(&lan).await.last().expect("a card")["body"], read);
    }
});

on_both!(
    the_plugin_holds_what_it_hands_in_and_nothing_else,
    async |app: App| {
        let wordpress = WordPress::of(&app);
        for other in [
            json!({ "do": "comment", "post_type": "page" }),
            json!({ "do": "comment", "post_type": "product", "comment": { "comment_type": "review" } }),
            json!({ "do": "comment", "comment": { "comment_type": "pingback" } }),
            // The paper's own people.
            json!({ "do": "comment", "may": ["moderate_comments"] }),
        ] {
            assert_eq!(wordpress.run(&other).statuses, [1], "{other}");
        }
        for settled in ["spam", "trash"] {
            let told = json!({ "do": "comment", "approved": settled });
            assert_eq!(wordpress.run(&told).statuses, [settled]);
        }
        assert_eq!(app.count("select count(*) from comments").await, 0);
    }
);

on_both!(the_plugin_says_what_readers_agreed_to, async |app: App| {
    app.done(
        &[
            "site",
            "set",
            "bao",
            "consent.version=v1",
            "consent.text=Tôi đồng ý.",
        ],
        "",
    );
    let wordpress = WordPress::of(&app);
    let ran = wordpress.run(&json!({ "do": "comment" }));
    assert_eq!(ran.statuses, [0, 422]);
    let fault = ran.known["kept"]["duyet_fault"].as_str().expect("a fault");
    assert!(fault.contains("consent"), "{fault}");
    let agreed = json!({ "do": "comment", "filters": { "duyet_consent": true } });
    assert_eq!(wordpress.run(&agreed).statuses, [0, 200]);
});

on_both!(
    the_plugin_tells_of_all_articles_as_they_were,
    async |app: App| {
        let (lan, wordpress) = (app.moderator("Lan"), WordPress::of(&app));
        let all = |posts: Value, meanwhile: Value| {
            wordpress.run(&json!({ "do": "all", "may": ["manage_options"], "posts": posts, "meanwhile": meanwhile }))
        };
        // The last one lies on another origin.
        let ran = all(json!([4711, 4712, 9999]), Value::Null);
        assert_eq!(ran.statuses, [200]);
        let to = ran.known["kept"]["redirect"].as_str().expect("a page");
        assert!(to.ends_with("sent=2&refused=1"), "{to}");
        let fault = ran.known["kept"]["duyet_fault"].as_str().expect("a fault");
        assert!(fault.contains("9999"), "{fault}");
        assert_eq!(known(&app).await.len(), 2);
        // While they are read one is put into the trash, and that is told first.
        assert_eq!(all(json!([4711]), json!(true)).statuses, [200, 200]);
        let gone = "select external_id as text from articles where presence = 'deleted'";
        assert_eq!(app.texts(gone).await, ["4711"]);
        drop(lan);
    }
);

on_both!(
    the_plugin_signs_with_a_secret_of_any_form,
    async |app: App| {
        // Letters that base64 could be made of.
        let own = "matkhaucuatoasoanbao".repeat(2);
        let printed = app.done(&["site", "secret", "bao", "--stdin"], &own);
        assert_eq!(secret_in(&printed), own);
        assert_eq!(WordPress::of(&app).save("draft", "publish"), [200]);
    }
);

on_both!(
    a_secret_of_the_configuration_is_kept_nowhere_else,
    async |app: App| {
        let typed = json!({ "url": "https://binh-luan.bao.example", "site": "bao", "secret": "", "comments": "1" });
        let told =
            json!({ "do": "settings", "secret_in_config": "whsec_c2VjcmV0", "typed": typed });
        let mut wordpress = WordPress::of(&app);
        wordpress.secret = String::new();
        let ran = wordpress.run(&told);
        assert_eq!(ran.known["kept"]["duyet"]["secret"], "");
    }
);

fn open(setup: Setup) -> Setup {
    setup
        .set("DUYET_OUTWARD_ALLOW", "127.0.0.1/32")
        .set("DUYET_WORKERS", "2")
}

on_both!(decisions_come_back_to_wordpress, open, async |app: App| {
    let (admin, wordpress) = (
        app.member("Minh", &["--role", "admin"]),
        WordPress::of(&app),
    );
    let there = Receiver::at([127, 0, 0, 1].into());
    let events = ["held", "approved", "rejected", "spam"].map(|name| format!("comment.{name}"));
    let hook = json!({ "url": there.url("/wp-json/duyet/v1/told"), "events": events });
    let made = admin.call(Method::POST, "sites/bao/webhooks", &hook).await;
    let secret = made.expect(201).json()["secret"].clone();
    // The CMS hung up before it had the answer, so it knows its comment by its own name alone.
    wordpress.run(&json!({ "do": "comment" }));
    let id = queue(&admin).await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let batch = admin
        .decide("approve", &[&admin.card(&id).await])
        .await
        .expect(200)
        .json();
    let undo = format!("decisions/{}", batch["batch"].as_str().expect("a batch"));
    admin
        .call(Method::DELETE, &undo, &json!({}))
        .await
        .expect(200);
    admin
        .decide("reject", &[&admin.card(&id).await])
        .await
        .expect(200);
    eventually("it was told of all", async || {
        (there.taken().len() >= 4).then_some(())
    })
    .await;
    let calls = there.taken();
    assert_eq!(calls[0].json()["data"]["comment"]["external_id"], "wp-17");
    let told = |place: usize, is: &str, meta: &Value, secret: &Value| {
        let call = &calls[place];
        let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
        let headers: serde_json::Map<String, Value> = names
            .map(|name| (name.to_owned(), call.only(name).into()))
            .into_iter()
            .collect();
        let body = String::from_utf8(call.body.clone()).expect("text");
        wordpress.run(&json!({ "do": "told", "told_secret": secret, "headers": headers, "body": body, "is": is, "meta": meta }))
    };
    // Held, approved, held again, rejected.
    let (mut is, mut meta) = ("unapproved".to_owned(), json!({}));
    for (place, then) in ["unapproved", "approved", "unapproved", "trash"]
        .into_iter()
        .enumerate()
    {
        let ran = told(place, &is, &meta, &secret);
        assert_eq!(ran.statuses, ["done"]);
        is = ran.known["statuses"]["17"]
            .as_str()
            .expect("one")
            .to_owned();
        meta = ran.known["meta"].clone();
        assert_eq!(is, then);
    }
    assert_eq!(meta["17"]["duyet_id"], id.as_str());
    // An old one, by chance after a newer, has no effect; nor has one about another comment of that number, or of another secret.
    assert_eq!(told(1, &is, &meta, &secret).statuses, ["known"]);
    let others = json!({ "17": { "duyet_id": "019ab0f2-3c00-7000-8000-000000000001" } });
    assert_eq!(told(1, &is, &others, &secret).statuses, ["ignored"]);
    for wrong in [
        json!(""),
        json!("whsec_c2VjcmV0"),
        wordpress.secret.as_str().into(),
    ] {
        assert_eq!(told(3, &is, &json!({}), &wrong).statuses, ["refused"]);
    }
});

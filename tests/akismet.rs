//! The Akismet protocol: keys, checks, and what moderators see of them.

use std::collections::HashSet;

use reqwest::Method;
use serde_json::Value;

use crate::support::akismet::{Akismet, BLOG, NEW_PLUGIN, OLD_PLUGIN, fields, fresh, with};
use crate::support::{
    ARTICLE, App, Backend, EMAIL, HOUSE_RULES, Hold, Raw, Setup, comment, on_both,
};

/// All that lies in a folder, one file after the other.
fn bytes_of(folder: &std::path::Path) -> Vec<u8> {
    let (mut folders, mut bytes) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                bytes.extend(std::fs::read(entry.path()).unwrap_or_default());
            }
        }
    }
    bytes
}

fn keeping_house(setup: Setup) -> Setup {
    setup.rules(HOUSE_RULES)
}

on_both!(a_key_is_known_wherever_it_stands, async |app: App| {
    let bao = Akismet::of(&app, "bao").await;
    bao.verify().await.says("valid");
    let loud = bao.with_key(&bao.key.to_uppercase());
    loud.verify().await.says("valid");
    let wrong = bao.with_key("abcdefabcdef").verify().await.says("invalid");
    // Libraries take an answer with help for an error.
    assert_eq!(
        (wrong.status, wrong.header("x-akismet-debug-help")),
        (200, "")
    );
    let empty = bao
        .post("/1.1/verify-key", &Vec::new())
        .await
        .says("invalid");
    assert_ne!(empty.header("x-akismet-debug-help"), "");
    let no_blog = bao.ask("/1.1/verify-key", &[]).await.says("invalid");
    assert_ne!(no_blog.header("x-akismet-debug-help"), "");

    let foreign = bao.with_key("abcdefabcdef").check(&fresh("Hay")).await;
    assert_ne!(foreign.says("invalid").header("x-akismet-debug-help"), "");
    let blogless: Vec<_> = fresh("Hay")
        .into_iter()
        .filter(|(is, _)| is != "blog")
        .collect();
    let told = bao
        .check(&blogless)
        .await
        .says("Missing required field: blog.");
    assert_ne!(told.header("x-akismet-debug-help"), "");
    assert_eq!(app.count("select count(*) from comments").await, 0);
});

on_both!(
    an_old_client_speaks_http_1_0_with_its_key_in_the_host,
    async |app: App| {
        let bao = Akismet::of(&app, "bao").await;
        let body = format!(
            "blog={BLOG}&user_ip=203.0.113.9&comment_author=Lan&comment_content=Hay+qua+Lan"
        );
        let request = format!(
            "POST /1.1/comment-check HTTP/1.0\r\nHost: {}.duyet.example\r\nContent-Length: {}\r\n\r\n{body}",
            bao.key.to_uppercase(),
            body.len(),
        );
        let answer = Raw::ask(app.base(), request.as_bytes()).await;
        assert!(
            answer.starts_with("HTTP/1.0 200") || answer.starts_with("HTTP/1.1 200"),
            "{answer}"
        );
        assert!(answer.ends_with("\r\n\r\nfalse"), "{answer}");
        assert_eq!(app.count("select count(*) from comments").await, 1);
    }
);

on_both!(
    what_waits_is_no_spam_yet_and_stands_in_the_queue,
    async |app: App| {
        let (bao, lan) = (Akismet::of(&app, "bao").await, app.moderator("Lan"));
        let said = bao
            .check(&fields("Cây cầu này rất đẹp"))
            .await
            .says("false");
        assert_eq!(said.header("x-akismet-recheck-after"), "1200");
        assert_eq!(said.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(said.header("x-akismet-debug-help"), "");
        let card = lan.queue().await.pop().expect("a card");
        assert_eq!(
            (card.id(), card.body()),
            (said.guid().as_str(), "Cây cầu này rất đẹp")
        );
        assert_eq!(card.0["name"], "Trần Thị Bưởi");
        assert_eq!(card.0["email"], EMAIL);
        assert_eq!(card.0["article"]["url"], ARTICLE);
        assert_eq!(card.0["source"], "akismet");

        // Approved, it is published where it came from, and by us nowhere.
        lan.approve(&card).await;
        let reader = app.reader();
        let (own, _) = reader.write_all(&comment("Của chính bạn đọc")).await;
        lan.approve(&lan.card(&own).await).await;
        assert_eq!(reader.published().await, ["Của chính bạn đọc"]);
        assert_eq!(reader.counted(ARTICLE).await, 1);
        for path in ["/sites/bao/feed.json", "/sites/bao/feed.xml"] {
            let feed = app.wire().get(path).await.expect(200).body;
            assert!(feed.contains("Của chính bạn đọc"), "{feed}");
            assert!(!feed.contains("Cây cầu này"), "{feed}");
        }
        let page = format!("/sites/bao/articles?url={ARTICLE}");
        let page = app.wire().get(&page).await.expect(200).body;
        assert!(
            page.contains("Của chính bạn đọc") && !page.contains("Cây cầu này"),
            "{page}"
        );
        let reported = reader
            .report(card.id(), &serde_json::json!({ "reason": "other" }))
            .await;
        reported.expect(404);
        let mut answer = comment("Trả lời");
        answer["parent"] = card.id().into();
        let answer = reader.submit(&answer).await.expect(422);
        assert_eq!(
            answer.wrong(),
            [("parent".to_owned(), "parent-unknown".to_owned())]
        );
        // Who moderates sees both.
        let article = lan.card(card.id()).await;
        assert_eq!(article.status(), "approved");
        assert_eq!(lan.cards(&[("status", "approved")]).await.len(), 2);
    }
);

on_both!(
    what_a_rule_settles_is_spam_visible_and_undoable,
    keeping_house,
    async |app: App| {
        let (bao, lan) = (Akismet::of(&app, "bao").await, app.moderator("Lan"));
        let spam = bao.check(&fresh("Mua ngay kẻo lỡ")).await.says("true");
        assert_eq!(spam.header("x-akismet-pro-tip"), "discard");
        assert_eq!(spam.header("x-akismet-recheck-after"), "");
        let refused = bao.check(&fresh("Đồ óc bã đậu")).await.says("true");
        assert_eq!(refused.header("x-akismet-pro-tip"), "", "it is no spam");
        let card = lan.card(&spam.guid()).await;
        assert_eq!((card.status(), card.rules()), ("spam", vec!["house.trash"]));
        assert_eq!(lan.card(&refused.guid()).await.status(), "rejected");
        // Undone, it waits; checked again, it is told so, and there is still one.
        let shown = lan.show(&spam.guid()).await.json();
        let batch = shown["decisions"][0]["batch"]
            .as_str()
            .expect("a batch")
            .to_owned();
        lan.undo(&batch).await.expect(200);
        assert_eq!(lan.card(&spam.guid()).await.status(), "pending");
    }
);

on_both!(
    what_is_checked_again_is_answered_as_it_stands,
    keeping_house,
    async |app: App| {
        let (bao, lan) = (Akismet::of(&app, "bao").await, app.moderator("Lan"));
        let first = fresh("Cầu \"mới\" & đường\r\nrộng");
        let guid = bao.check(&first).await.says("false").guid();
        // As it comes from WordPress's database.
        let later = with(&first, &[("recheck_reason", "retry")]);
        let content = first
            .last()
            .expect("a text")
            .1
            .replace('&', "&amp;")
            .replace("\r\n", "\n");
        let later = with(&later, &[("comment_content", &content)]);
        for again in [&first, &later] {
            assert_eq!(bao.check(again).await.says("false").guid(), guid);
        }
        assert_eq!(app.count("select count(*) from comments").await, 1);
        lan.spam(&lan.card(&guid).await).await;
        let decided = bao.check(&later).await.says("true");
        assert_eq!(
            decided.header("x-akismet-pro-tip"),
            "",
            "a person has seen it"
        );
        lan.approve(&lan.card(&guid).await).await;
        let approved = bao.check(&later).await.says("false");
        assert_eq!(approved.header("x-akismet-recheck-after"), "");
        // Other words, or another link, are another comment.
        let other = with(&first, &[("comment_author_url", "https://khac.example")]);
        assert_ne!(bao.check(&other).await.guid(), guid);
        assert_eq!(app.count("select count(*) from comments").await, 2);
    }
);

on_both!(
    checks_at_the_same_moment_are_one_comment,
    async |app: App| {
        let bao = Akismet::of(&app, "bao").await;
        let check = fresh("Cùng một lúc");
        let all = futures_util::future::join_all((0..24).map(|_| bao.check(&check))).await;
        let guids: HashSet<String> = all
            .into_iter()
            .map(|said| said.says("false").guid())
            .collect();
        assert_eq!(guids.len(), 1);
        assert_eq!(app.count("select count(*) from comments").await, 1);
        assert_eq!(app.count("select count(*) from akismet_checks").await, 1);
    }
);

on_both!(
    tests_and_letters_are_answered_and_not_kept,
    keeping_house,
    async |app: App| {
        let bao = Akismet::of(&app, "bao").await;
        let fine = fresh("Hay quá");
        bao.check(&with(&fine, &[("comment_author", "viagra-test-123")]))
            .await
            .says("true");
        let spam = with(
            &fine,
            &[(
                "comment_author_email",
                "akismet-guaranteed-spam@example.com",
            )],
        );
        let said = bao.check(&spam).await.says("true");
        assert_eq!(said.header("x-akismet-pro-tip"), "");
        let discarded = bao
            .check(&with(&spam, &[("test_discard", "1")]))
            .await
            .says("true");
        assert_eq!(discarded.header("x-akismet-pro-tip"), "discard");
        let trash = fresh("Mua ngay kẻo lỡ");
        let role = [("user_role", "administrator")];
        bao.check(&with(&trash, &role)).await.says("false");
        for kept_out in [
            ("is_test", "1"),
            ("is_test", "true"),
            ("comment_type", "contact-form"),
            ("comment_type", "signup"),
        ] {
            let said = bao.check(&with(&fine, &[kept_out])).await.says("false");
            assert_eq!(said.header("x-akismet-recheck-after"), "");
            bao.check(&with(&trash, &[kept_out])).await.says("true");
            bao.ham(&with(&trash, &[kept_out]))
                .await
                .says("Thanks for making the web a better place.");
        }
        for table in [
            "comments",
            "akismet_checks",
            "events where kind like 'comment.%'",
        ] {
            assert_eq!(
                app.count(&format!("select count(*) from {table}")).await,
                0,
                "{table}"
            );
        }
    }
);

on_both!(
    what_our_form_would_refuse_is_held_and_told,
    async |app: App| {
        let (bao, lan) = (Akismet::of(&app, "bao").await, app.moderator("Lan"));
        let odd = with(
            &fresh("Hay\u{0}quá"),
            &[
                ("comment_author", "0912345678 bit.ly/x"),
                ("comment_author_email", "không có"),
                ("comment_author_url", "https://casino.example"),
            ],
        );
        let guid = bao.check(&odd).await.says("false").guid();
        let card = lan.card(&guid).await;
        for rule in ["akismet.name", "akismet.email", "akismet.text"] {
            assert!(card.rules().contains(&rule), "{card:?}");
        }
        assert_ne!(card.0["lane"], "likely_fine");
        assert!(
            card.body()
                .ends_with("[Trang của người gửi: https://casino.example ]"),
            "{card:?}"
        );
        // Nothing at all is a comment too, and a long one is shown as far as anybody reads.
        bao.ask("/1.1/comment-check", &[("blog", BLOG)])
            .await
            .says("false");
        let long = bao
            .check(&fields(&"Dài lắm. ".repeat(8_000)))
            .await
            .says("false");
        let card = lan.card(&long.guid()).await;
        assert!(card.rules().contains(&"akismet.text"), "{:?}", card.rules());
        assert_eq!(card.body().chars().count(), 65_536);
        // An article that is closed here, or whose comments all wait, makes no difference to who has taken it in already.
        app.execute("update articles set state = 'closed', premoderate = (1 = 1)")
            .await;
        bao.check(&fresh("Bài đã đóng")).await.says("false");
    }
);

on_both!(
    a_page_that_is_not_the_sites_is_told_and_answered,
    async |app: App| {
        let (bao, lan) = (Akismet::of(&app, "bao").await, app.moderator("Lan"));
        let foreign = with(
            &fresh("Hay quá"),
            &[
                ("blog", "https://khac.example/blog"),
                ("permalink", "https://khac.example/blog/1#respond"),
                ("callback", "https://khac.example/hook"),
            ],
        );
        let said = bao.check(&foreign).await.says("false");
        assert_eq!(said.header("x-akismet-alert-code"), "10404");
        assert_ne!(said.header("x-akismet-alert-msg"), "");
        let card = lan.card(&said.guid()).await;
        assert_eq!(card.0["article"]["url"], "https://khac.example/blog/1");
        assert!(card.rules().contains(&"akismet.page"), "{card:?}");
        assert_eq!(
            app.count("select count(*) from akismet_checks where callback is not null")
                .await,
            0
        );
    }
);

on_both!(
    a_callback_is_kept_only_on_the_sites_own_origin,
    async |app: App| {
        let bao = Akismet::of(&app, "bao").await;
        for callback in [
            "http://bao.example/hook",
            "https://bao.example:8443/hook",
            "https://bao.example.khac.example/hook",
            "https://u:p@bao.example/hook",
            "https://127.0.0.1/hook",
            "ftp://bao.example/hook",
            "//bao.example/hook",
            "hook",
        ] {
            bao.check(&with(&fresh("Hay"), &[("callback", callback)]))
                .await
                .says("false");
        }
        let kept = "select callback as text from akismet_checks where callback is not null";
        assert_eq!(app.texts(kept).await, Vec::<String>::new());
        let own = "https://bao.example/wp-json/akismet/v1/webhook";
        bao.check(&with(
            &fresh("Hay"),
            &[("callback", own), ("comment_post_ID", "17")],
        ))
        .await
        .says("false");
        assert_eq!(app.texts(kept).await, [own]);
    }
);

on_both!(
    no_version_of_wordpress_publishes_what_waits,
    async |app: App| {
        let (bao, lan) = (Akismet::of(&app, "bao").await, app.moderator("Lan"));
        let own = ("callback", "https://bao.example/wp-json/akismet/v1/webhook");
        // The old plugin publishes whatever is no spam, so it is told neither.
        let old = bao.called(OLD_PLUGIN);
        let first = fresh(r#"Cầu \"mới\" l\'ami"#);
        let said = old.check(&with(&first, &[own])).await.says("pending");
        assert_eq!(said.header("x-akismet-recheck-after"), "");
        let card = lan.card(&said.guid()).await;
        assert!(
            card.body().starts_with(r#"Cầu "mới" l'ami"#),
            "backslashes are no reader's: {card:?}"
        );
        // The new one holds what it is told of later; where it cannot be told, and where it asks again, it would publish.
        let new = bao.called(NEW_PLUGIN);
        let second = fresh("Đường rộng");
        let waits = new.check(&with(&second, &[own])).await.says("false");
        let after: u64 = waits
            .header("x-akismet-recheck-after")
            .parse()
            .expect("seconds");
        assert!(after >= 30 * 24 * 3600, "{after}");
        new.check(&with(&second, &[own, ("recheck_reason", "retry")]))
            .await
            .says("pending");
        new.check(&fresh("Không gọi lại được"))
            .await
            .says("pending");
        // Decided, each is told so when it asks again.
        lan.approve(&card).await;
        let plain = first.last().expect("a text").1.replace('\\', "");
        let again = with(
            &first,
            &[
                ("comment_content", plain.as_str()),
                ("recheck_reason", "retry"),
            ],
        );
        old.check(&again).await.says("false");
        lan.spam(&lan.card(&waits.guid()).await).await;
        new.check(&with(&second, &[("recheck_reason", "retry")]))
            .await
            .says("true");
    }
);

on_both!(
    a_large_form_of_wordpress_is_taken_and_a_larger_one_is_held,
    async |app: App| {
        let bao = Akismet::of(&app, "bao").await;
        let text = "Ý kiến dài của bạn đọc. ".repeat(200);
        let mut wordpress = fields(&text);
        for number in 0..30 {
            wordpress.push((format!("HTTP_X_{number}"), "x".repeat(10_000)));
        }
        wordpress.push(("POST_comment".to_owned(), text));
        wordpress.push(("REMOTE_ADDR".to_owned(), "198.51.100.77".to_owned()));
        wordpress.push((
            "akismet_comment_nonce".to_owned(),
            "passed-bi-mat".to_owned(),
        ));
        bao.check(&wordpress).await.says("false");
        for secret in ["passed-bi-mat", "198.51.100.77"] {
            assert!(!app.log().contains(secret), "{secret} is in the log");
            if app.backend == Backend::Sqlite {
                let files = bytes_of(app.folder());
                assert!(
                    !files
                        .windows(secret.len())
                        .any(|bytes| bytes == secret.as_bytes()),
                    "{secret} is kept"
                );
            }
        }
        wordpress.push(("more".to_owned(), "x".repeat(1024 * 1024)));
        let large = bao.check(&wordpress).await.says("too large");
        assert_eq!(large.status, 413);
        assert_ne!(large.header("x-akismet-debug-help"), "");
    }
);

on_both!(
    any_bytes_are_answered_and_none_break_it,
    async |app: App| {
        let bao = Akismet::of(&app, "bao").await;
        for body in [
        b"".to_vec(),
        b"=&&=&%&%zz&+".to_vec(),
        vec![0xff; 300],
        format!("api_key={}&blog=%00&comment_content=%00%FF%FE&user_ip=%00&comment_date_gmt=%00&callback=%00&guid=%00", bao.key).into_bytes(),
        format!("api_key={}%00&blog={BLOG}", bao.key).into_bytes(),
        format!("api_key={}&blog={BLOG}&blog_charset=windows-1258&comment_content=%D0%FE&comment_author=%D0", bao.key).into_bytes(),
        format!("api_key={}&blog={BLOG}&comment_context[]=a&comment_context[0]=b&comment_context=c", bao.key).into_bytes(),
        format!("api_key={}&blog={BLOG}&permalink={}", bao.key, "a".repeat(100_000)).into_bytes(),
    ] {
        for path in ["/1.1/comment-check", "/1.1/submit-spam", "/1.1/submit-ham", "/1.1/verify-key", "/1.2/key-sites"] {
            let said = bao.send(Method::POST, path, body.clone()).await;
            assert_eq!(said.status, 200, "{path} {said:?}");
        }
    }
        let texts = app.texts("select body as text from comments").await;
        assert!(texts.iter().any(|text| text == "Đ₫"), "{texts:?}");
    }
);

on_both!(
    a_fault_of_ours_is_neither_true_nor_false,
    async |app: App| {
        let bao = Akismet::of(&app, "bao").await;
        bao.verify().await.says("valid");
        let check = fresh("Trong lúc bận");
        let is_neither = async || {
            let said = bao.check(&check).await.says("unavailable");
            assert_eq!(said.status, 503);
            assert_ne!(said.header("x-akismet-debug-help"), "");
            assert_ne!(said.header("retry-after"), "");
        };
        // Something of the database is gone; nothing of the check is kept, its comment neither.
        app.execute("alter table akismet_checks rename to akismet_mislaid")
            .await;
        is_neither().await;
        app.execute("alter table akismet_mislaid rename to akismet_checks")
            .await;
        // All of it is held by another program. On PostgreSQL a write may wait for that longer than any client does.
        if app.backend == Backend::Sqlite {
            let hold = Hold::on(&app).await;
            is_neither().await;
            hold.release().await;
        }
        assert_eq!(app.count("select count(*) from comments").await, 0);
        bao.check(&check).await.says("false");
        assert_eq!(app.count("select count(*) from comments").await, 1);
    }
);

on_both!(
    counts_are_told_as_clients_read_them,
    keeping_house,
    async |app: App| {
        let bao = Akismet::of(&app, "bao").await;
        for (number, ham) in [("một", true), ("hai", true), ("ba", false)] {
            let text = if ham {
                format!("Hay {number}")
            } else {
                "Mua ngay kẻo lỡ".to_owned()
            };
            let check = fields(&text);
            bao.check(&check).await;
            bao.check(&check).await;
            if number == "hai" {
                bao.spam(&check).await;
            }
            if !ham {
                bao.ham(&check).await;
            }
        }
        let limit: Value =
            serde_json::from_str(&bao.ask("/1.2/usage-limit", &[]).await.body).expect("JSON");
        assert_eq!(
            limit,
            serde_json::json!({ "limit": "none", "usage": 3, "percentage": "0", "throttled": false })
        );
        let sites: Value =
            serde_json::from_str(&bao.ask("/1.2/key-sites", &[]).await.body).expect("JSON");
        assert_eq!(sites["total"], 1);
        let (_, month) = sites
            .as_object()
            .expect("months")
            .iter()
            .find(|(name, _)| name.starts_with("20"))
            .expect("this month");
        assert_eq!(
            month[0],
            serde_json::json!({ "site": "bao.example", "api_calls": "3", "spam": "1", "ham": "2", "missed_spam": "1", "false_positives": "1", "is_revoked": false }),
        );
        let old: Value = serde_json::from_str(
            &bao.ask("/1.2/key-sites", &[("month", "2020-01")])
                .await
                .body,
        )
        .expect("JSON");
        assert_eq!(
            old,
            serde_json::json!({ "2020-01": [], "limit": 500, "offset": 0, "total": 0 })
        );
        let table = bao.ask("/1.2/key-sites", &[("format", "csv")]).await.body;
        assert!(
            table.ends_with("Is Revoked\nbao.example,3,1,2,1,1,false"),
            "{table}"
        );
        bao.ask("/1.2/key-sites", &[("month", "tháng ba")])
            .await
            .says("invalid");
        let by_query = format!("/1.2/usage-limit?api_key={}", bao.key);
        let by_query = bao.send(Method::GET, &by_query, Vec::new()).await;
        assert!(by_query.body.contains("\"usage\":3"), "{by_query:?}");
        let stats: Value = serde_json::from_str(
            &bao.ask("/1.1/get-stats", &[("from", "6-months")])
                .await
                .body,
        )
        .expect("JSON");
        assert_eq!(
            (&stats["spam"], &stats["ham"], &stats["accuracy"]),
            (&1.into(), &2.into(), &"33.33".into())
        );
        let account: Value =
            serde_json::from_str(&bao.ask("/1.1/get-subscription", &[]).await.body).expect("JSON");
        assert_eq!(account["status"], "active");
        bao.ask("/1.1/deactivate", &[]).await.says("deactivated");
        bao.verify().await.says("valid");
        bao.send(Method::GET, "/1.1/test", Vec::new())
            .await
            .says("connected");
    }
);

on_both!(floods_bans_and_traps_are_evidence, async |app: App| {
    let (bao, lan) = (
        Akismet::of(&app, "bao").await,
        app.member("Lan", &["--role", "editor"]),
    );
    let trapped = with(
        &fresh("Hay"),
        &[("honeypot_field_name", "so2"), ("so2", "1")],
    );
    let card = lan.card(&bao.check(&trapped).await.guid()).await;
    assert!(card.rules().contains(&"spam.robots.honeypot"), "{card:?}");
    let elsewhere = [
        ("user_ip", "198.51.100.9"),
        ("comment_author_email", "an@bao.example"),
        ("permalink", "https://bao.example/khac.html"),
    ];
    // However many come from one address, none is refused, since nobody could tell its reader; what is one too many is seen.
    let mut last = None;
    for _ in 0..40 {
        last = Some(bao.check(&fresh("Lại là tôi đây")).await.says("false"));
    }
    let card = lan.card(&last.expect("an answer").guid()).await;
    let flood = card.rules().into_iter();
    let flood: Vec<&str> = flood
        .filter(|rule| rule.starts_with("spam.flood"))
        .collect();
    assert_eq!(flood, ["spam.flood.address_here", "spam.flood.email"]);
    let first = bao.check(&with(&fresh("Tôi mới tới"), &elsewhere)).await;
    let card = lan.card(&first.guid()).await;
    assert!(
        !card
            .rules()
            .iter()
            .any(|rule| rule.starts_with("spam.flood")),
        "{card:?}"
    );
    let ban = serde_json::json!({ "kind": "email", "pattern": EMAIL, "reason": "rao cá độ" });
    lan.call(Method::POST, "sites/bao/bans", &ban)
        .await
        .expect(201);
    let banned = crate::support::eventually("the ban is known", async || {
        let said = bao.check(&fresh("Vẫn là tôi")).await;
        (said.body == "true").then_some(said)
    })
    .await;
    assert_eq!(banned.header("x-akismet-pro-tip"), "", "a ban is no spam");
    assert_eq!(lan.card(&banned.guid()).await.status(), "rejected");
});

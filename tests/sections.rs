//! Members who are bound to sections of a site: they see, decide and hear of what stands there, and of nothing else.

use reqwest::Method;
use serde_json::json;

use crate::search::indexed;
use crate::support::{
    App, Backend, Browser, Card, Moderator, Reader, comment_on, eventually, hidden, mail_files,
    on_both,
};

const SPORT: &str = "https://bao.example/the-thao/tran-dau.html";
const LOCAL: &str = "https://bao.example/xa-hoi/cau-moi.html";
const NOWHERE: &str = "https://bao.example/khac.html";

/// Makes an article of a section known, before anybody writes under it.
async fn article(app: &App, number: u8, url: &str, section: &str) {
    let id = format!("019ab0f23c0070008000{number:012}");
    let id = match app.backend {
        Backend::Sqlite => format!("x'{id}'"),
        Backend::Postgres => format!("cast('{id}' as uuid)"),
    };
    let statement = format!(
        "insert into articles (site_id, id, url, section, state, created_at)
         select id, {id}, '{url}', '{section}', 'open', created_at from sites where key = 'bao'"
    );
    app.execute(&statement).await;
}

/// One comment under an article of sports, one of local news, one without a section; the ids in that order.
async fn three(app: &App, reader: &Reader) -> [String; 3] {
    article(app, 1, SPORT, "Thể thao").await;
    article(app, 2, LOCAL, "Xã hội").await;
    let mut ids = Vec::new();
    for (article, body, email) in [
        (SPORT, "Trận này hay quá", "a@thu.example"),
        (LOCAL, "Cây cầu mới đẹp quá", "b@thu.example"),
        (NOWHERE, "Bài này ở đâu", "c@thu.example"),
    ] {
        let mut comment = comment_on(article, body);
        comment["email"] = json!(email);
        ids.push(reader.submit(&comment).await.expect(202).text("id"));
    }
    ids.try_into().expect("three")
}

fn bodies(cards: &[Card]) -> Vec<&str> {
    cards.iter().map(Card::body).collect()
}

fn sporty(app: &App) -> Moderator {
    app.member("Minh", &["--role", "editor", "--section", "bao:Thể thao"])
}

on_both!(
    the_queue_offers_the_sections_that_are_ones_own_and_every_rule,
    async |app: App| {
        three(&app, &app.reader()).await;
        let offered = async |name: &str, more: &[&str]| {
            app.add_member(name, &[&["--password-stdin"], more].concat());
            let browser = app.browser();
            browser.sign_in(name).await;
            let plain = browser.open("/queue").await.expect(200).body;
            assert!(!plain.contains("<option value=\"Thể thao\">"), "{plain}");
            browser.open("/queue?choices=true").await.expect(200).body
        };
        let all = offered("Lan", &["--role", "moderator"]).await;
        let sports = offered("Minh", &["--role", "editor", "--section", "bao:Thể thao"]).await;
        for page in [&all, &sports] {
            assert!(page.contains("<option value=\"Thể thao\">"), "{page}");
            assert!(
                page.contains("<datalist id=\"rules\"><option value="),
                "{page}"
            );
        }
        assert!(all.contains("<option value=\"Xã hội\">"), "{all}");
        assert!(!sports.contains("<option value=\"Xã hội\">"), "{sports}");
    }
);

on_both!(
    cards_and_counts_are_of_ones_own_sections,
    async |app: App| {
        let [sport, local, nowhere] = three(&app, &app.reader()).await;
        let (lan, minh) = (app.moderator("Lan"), sporty(&app));
        assert_eq!(lan.queue().await.len(), 3);
        for query in [
            &[][..],
            &[("status", "pending")],
            &[("status", "pending"), ("order", "oldest")],
            &[("site", "bao")],
            &[("article", SPORT)],
        ] {
            assert_eq!(
                bodies(&minh.cards(query).await),
                ["Trận này hay quá"],
                "{query:?}"
            );
        }
        assert!(minh.cards(&[("article", LOCAL)]).await.is_empty());
        minh.show(&sport).await.expect(200);
        minh.show(&local).await.expect(404);
        minh.show(&nowhere).await.expect(404);
        // Two sections, and all of another site.
        app.add_site("khac", "https://khac.example");
        let hoa = app.member(
            "Hoa",
            &[
                "--section",
                "bao:Thể thao",
                "--section",
                "bao:Xã hội",
                "--site",
                "khac",
            ],
        );
        assert_eq!(hoa.queue().await.len(), 2);
        hoa.show(&nowhere).await.expect(404);
        let other = comment_on("https://khac.example/x.html", "Báo khác");
        app.reader_of("khac").submit(&other).await.expect(202);
        assert_eq!(hoa.queue().await.len(), 3);
        // An article that moves takes its comments along.
        app.execute("update articles set section = 'Xã hội'").await;
        assert!(minh.queue().await.is_empty());
    }
);

on_both!(
    one_decides_undoes_claims_and_notes_in_ones_own_sections,
    async |app: App| {
        let [sport, local, nowhere] = three(&app, &app.reader()).await;
        let (lan, minh) = (app.moderator("Lan"), sporty(&app));
        let all = lan.queue().await;
        let cards: Vec<&Card> = all.iter().collect();
        let answer = minh.decide("approve", &cards).await.expect(200).json();
        let outcome = |id: &str| {
            let mut results = answer["results"].as_array().expect("results").iter();
            let found = results.find(|result| result["id"] == id).expect("a result");
            found["outcome"].as_str().expect("an outcome").to_owned()
        };
        assert_eq!(
            [outcome(&sport), outcome(&local), outcome(&nowhere)],
            ["done", "missing", "missing"]
        );
        // A batch of both is undone as far as it is theirs.
        lan.undo(answer["batch"].as_str().expect("a batch"))
            .await
            .expect(200);
        let waiting = lan.queue().await;
        assert_eq!(waiting.len(), 3);
        let batch = lan
            .decide("spam", &waiting.iter().collect::<Vec<_>>())
            .await
            .expect(200)
            .text("batch");
        minh.undo(&batch).await.expect(200);
        let status = async |id: &str| lan.card(id).await.status().to_owned();
        let stand = async || {
            [
                status(&sport).await,
                status(&local).await,
                status(&nowhere).await,
            ]
        };
        assert_eq!(stand().await, ["pending", "spam", "spam"]);
        lan.undo(&batch).await.expect(200);
        assert_eq!(stand().await, ["pending"; 3]);
        let body = json!({ "comments": [sport, local, nowhere] });
        let claims = minh
            .call(Method::POST, "claims", &body)
            .await
            .expect(200)
            .json();
        assert_eq!(
            claims["claims"].as_array().expect("claims").len(),
            1,
            "{claims}"
        );
        let note = json!({ "text": "Xem giúp nhé" });
        let path = |id: &str| format!("comments/{id}/notes");
        minh.call(Method::POST, &path(&sport), &note)
            .await
            .expect(200);
        minh.call(Method::POST, &path(&local), &note)
            .await
            .expect(404);
    }
);

on_both!(events_are_of_ones_own_sections, async |app: App| {
    let [sport, local, _] = three(&app, &app.reader()).await;
    let (lan, minh) = (app.moderator("Lan"), sporty(&app));
    let mut line = minh.watch("").await;
    line.until("counts").await;
    let body = json!({ "comments": [local] });
    lan.call(Method::POST, "claims", &body).await.expect(200);
    lan.decide("approve", &[&lan.card(&local).await])
        .await
        .expect(200);
    let body = json!({ "comments": [sport] });
    lan.call(Method::POST, "claims", &body).await.expect(200);
    let card = lan.card(&sport).await;
    lan.decide("approve", &[&card]).await.expect(200);
    // What lies in the other section would have come first.
    loop {
        let (event, data) = line.next().await;
        if event == "comment" || event == "claim" {
            assert_eq!(data["id"], sport.as_str(), "{event}: {data}");
        }
        if event == "comment" && data["kind"] == "comment.approved" {
            break;
        }
    }
});

on_both!(
    the_outbox_and_what_is_the_whole_sites_stay_closed,
    async |app: App| {
        three(&app, &app.reader()).await;
        let (lan, minh) = (app.member("Lan", &["--role", "editor"]), sporty(&app));
        app.execute("update outbox set state = 'dead'").await;
        let entries = async |by: &Moderator| {
            let list = by.outbox("dead").await.expect(200).json();
            list["entries"].as_array().expect("entries").clone()
        };
        let all = entries(&lan).await;
        assert!(all.len() >= 3, "{all:?}");
        let own = entries(&minh).await;
        assert!(
            own.len() <= 1 && own.iter().all(|entry| entry["kind"] == "notice"),
            "{own:?}"
        );
        let retry = |entry: &serde_json::Value| {
            let id = entry["id"].as_str().expect("an id").to_owned();
            format!("outbox/{id}/retry")
        };
        for entry in all.iter().filter(|entry| !own.contains(entry)) {
            let request = minh.request(
                Method::POST,
                &format!("/api/v1/moderation/{}", retry(entry)),
            );
            minh.send(request).await.expect(404);
        }
        // A site's words hold what is written in any section: all may read them, and who is bound to some changes none.
        let words = "/api/v1/moderation/sites/bao/words";
        for one in [&minh, &lan] {
            one.send(one.request(Method::GET, words)).await.expect(200);
        }
        let new = json!({ "words": ["bán nhà"], "category": "spam" });
        let add = |by: &Moderator| by.request(Method::POST, words).json(&new);
        minh.send(add(&minh)).await.expect(403);
    }
);

on_both!(mails_tell_of_ones_own_sections_alone, async |app: App| {
    let email = app.add_member("Minh", &["--section", "bao:Thể thao"]);
    app.add_member("Hoa", &["--section", "bao:Giải trí"]);
    app.add_member("Lan", &[]);
    let order = "select count(*) from outbox where state = 'ready'";
    let reader = app.reader();
    article(&app, 1, SPORT, "Thể thao").await;
    article(&app, 2, LOCAL, "Xã hội").await;
    let mail = app.folder().join("mail");
    for (article, body) in [(SPORT, "Trận này hay quá"), (LOCAL, "Cây cầu mới đẹp quá")]
    {
        let mut comment = comment_on(article, body);
        comment["email"] = json!("khac@thu.example");
        reader.submit(&comment).await.expect(202);
    }
    eventually("no mail waits", async || {
        (app.count(order).await == 0).then_some(())
    })
    .await;
    let mut told = Vec::new();
    for file in mail_files(&mail) {
        let bytes = std::fs::read(file).expect("a mail");
        let mail = mail_parser::MessageParser::default()
            .parse(&bytes)
            .expect("a mail")
            .into_owned();
        let to = mail
            .to()
            .and_then(|to| to.first())
            .and_then(|to| to.address())
            .expect("To");
        told.push((
            to.to_owned(),
            mail.body_text(0).expect("a text").into_owned(),
        ));
    }
    let has = |to: &str, words: &str| {
        told.iter()
            .any(|(is, text)| is == to && text.contains(words))
    };
    assert!(has("lan@bao.example", "Trận này hay quá") && has("lan@bao.example", "Cây cầu mới"));
    assert!(has(&email, "Trận này hay quá"));
    assert!(!has(&email, "Cây cầu mới"), "{told:?}");
    assert!(
        told.iter().all(|(to, _)| to != "hoa@bao.example"),
        "{told:?}"
    );
});

on_both!(the_queue_page_shows_ones_own_sections, async |app: App| {
    let [_, local, _] = three(&app, &app.reader()).await;
    app.add_member("Minh", &["--password-stdin", "--section", "bao:Thể thao"]);
    let minh: Browser = app.browser();
    minh.sign_in("Minh").await.expect(303);
    let page = minh.open("/queue?lane=likely_fine").await.expect(200);
    assert!(page.body.contains("Trận này hay quá") && !page.body.contains("Cây cầu mới"));
    let one = minh
        .open(&format!("/queue?comment={local}"))
        .await
        .expect(200);
    assert!(!one.body.contains("Cây cầu mới"));
    let csrf = hidden(&page, "csrf");
    let fields = [
        ("csrf", csrf.as_str()),
        ("id", &local),
        ("revision", "1"),
        ("view", "lane=likely_fine"),
        ("action", "approve"),
    ];
    minh.post("/queue/decisions", &fields).await;
    assert_eq!(app.reader().counted(LOCAL).await, 0);
});

on_both!(a_section_is_named_with_its_site, async |app: App| {
    for bad in ["Thể thao", "bao:", "bao: ", "khong:Thể thao"] {
        let arguments = [
            "moderator",
            "add",
            "x@bao.example",
            "--name",
            "X",
            "--section",
            bad,
        ];
        assert!(!app.command(&arguments, "").status.success(), "{bad}");
    }
});

on_both!(
    a_card_counts_its_author_in_ones_own_sections,
    async |app: App| {
        let reader = app.reader();
        article(&app, 1, SPORT, "Thể thao").await;
        article(&app, 2, LOCAL, "Xã hội").await;
        let mut sent = Vec::new();
        for (url, body) in [
            (SPORT, "Trận này hay quá"),
            (LOCAL, "Cây cầu mới đẹp quá"),
            (LOCAL, "Đường làng cũng cần sửa"),
            (SPORT, "Lượt về chắc khó hơn"),
        ] {
            sent.push(
                reader
                    .submit(&comment_on(url, body))
                    .await
                    .expect(202)
                    .text("id"),
            );
        }
        let (lan, minh) = (app.moderator("Lan"), sporty(&app));
        lan.approve(&lan.card(&sent[0]).await).await;
        lan.approve(&lan.card(&sent[1]).await).await;
        let told = async |by: &Moderator| {
            let answer = by.show(&sent[3]).await.expect(200).json();
            ["sent", "approved"].map(|name| answer["author"][name].as_i64())
        };
        assert_eq!(told(&lan).await, [Some(3), Some(2)]);
        assert_eq!(told(&minh).await, [Some(1), Some(1)]);
    }
);

on_both!(
    authors_and_articles_are_of_ones_own_sections,
    async |app: App| {
        let [sport, _, _] = three(&app, &app.reader()).await;
        // One of them has written in both sections.
        let mut comment = comment_on(LOCAL, "Tôi cũng viết ở đây");
        comment["email"] = json!("a@thu.example");
        app.reader().submit(&comment).await.expect(202);
        let (lan, minh) = (app.member("Lan", &["--role", "editor"]), sporty(&app));
        let ask = async |by: &Moderator, method: Method, path: &str| {
            let path = format!("/api/v1/moderation/{path}");
            by.send(by.request(method, &path)).await
        };
        let author = "sites/bao/authors?email=a@thu.example";
        for (by, both) in [(&lan, true), (&minh, false)] {
            let told = ask(by, Method::GET, author).await.expect(200).body;
            assert!(told.contains("Trận này hay quá"), "{told}");
            assert_eq!(told.contains("Tôi cũng viết ở đây"), both, "{told}");
        }
        let articles = ask(&lan, Method::GET, "articles").await.expect(200).json();
        let all = articles["articles"].as_array().expect("articles").clone();
        assert_eq!(all.len(), 3, "{articles}");
        for query in ["articles", "articles?order=waiting"] {
            let own = ask(&minh, Method::GET, query).await.expect(200).body;
            assert!(
                own.contains(SPORT) && !own.contains(LOCAL) && !own.contains(NOWHERE),
                "{own}"
            );
        }
        for article in &all {
            let path = format!("articles/{}", article["id"].as_str().expect("an id"));
            let expected = if article["url"] == SPORT { 200 } else { 404 };
            ask(&minh, Method::GET, &path).await.expect(expected);
            let change = minh.request(Method::PATCH, &format!("/api/v1/moderation/{path}"));
            let change = change.json(&json!({ "premoderate": true }));
            minh.send(change).await.expect(expected);
        }
        // Bans hold for the whole site.
        let ban = minh.request(Method::POST, "/api/v1/moderation/sites/bao/bans");
        let body = json!({ "kind": "email", "pattern": "a@thu.example", "reason": "x" });
        minh.send(ban.json(&body)).await.expect(403);
        // What is found in the index is looked at as it stands now.
        indexed(&app).await;
        app.execute("update articles set section = 'Xã hội'").await;
        for query in [&[][..], &[("q", "hay")], &[("author", "a@thu.example")]] {
            assert!(minh.cards(query).await.is_empty(), "{query:?}");
        }
        minh.show(&sport).await.expect(404);
    }
);

on_both!(
    who_has_sections_alone_is_led_to_nothing_of_whole_sites,
    async |app: App| {
        let ways = async |name: &str, more: &[&str]| {
            app.add_member(
                name,
                &[&["--role", "editor", "--password-stdin"], more].concat(),
            );
            let browser = app.browser();
            browser.sign_in(name).await.expect(303);
            let page = browser.open("/queue").await.expect(200).body;
            ["/settings", "/webhooks", "/outbox", "/rules"]
                .map(|path| page.contains(&format!("href=\"{path}\"")))
        };
        assert_eq!(ways("An", &[]).await, [true; 4]);
        let bound = ways("Minh", &["--section", "bao:Thể thao"]).await;
        assert_eq!(bound, [false, false, true, true]);
        // Who types the address all the same is led on.
        let minh = app.browser();
        minh.sign_in("Minh").await.expect(303);
        let refused = minh.open("/settings").await.expect(403).body;
        assert!(refused.contains("href=\"/queue\""), "{refused}");
    }
);

on_both!(
    what_left_ones_sections_is_told_and_nothing_is_recorded,
    async |app: App| {
        let [_, local, _] = three(&app, &app.reader()).await;
        app.add_member(
            "Minh",
            &[
                "--role",
                "editor",
                "--password-stdin",
                "--section",
                "bao:Thể thao",
            ],
        );
        let minh = app.browser();
        minh.sign_in("Minh").await.expect(303);
        let page = minh.open("/queue").await.expect(200);
        let csrf = hidden(&page, "csrf");
        let target = format!("{local}:1");
        let form = [
            ("csrf", csrf.as_str()),
            ("view", "lane=look"),
            ("action", "spam"),
            ("comment", &target),
        ];
        let answer = minh.post("/queue/decisions", &form).await.expect(303);
        let page = minh.follow(&answer).await.expect(200).body;
        assert!(page.contains("Chưa có gì được ghi"), "{page}");
        let lan = app.moderator("Lan");
        assert_eq!(lan.card(&local).await.0["status"], "pending");
    }
);

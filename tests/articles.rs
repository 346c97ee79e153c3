//! Articles: open, closed, closed at a date, and those whose comments all wait for a person.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    ARTICLE, Answer, App, EMAIL, HOUSE_RULES, Moderator, Setup, anew, comment, comment_on,
    eventually, mail_files, on_both,
};

const ARTICLES: &str = "/api/v1/moderation/articles";

/// Rules that settle by themselves, however little each of them weighs.
fn light_rules(setup: Setup) -> Setup {
    setup.rules(&HOUSE_RULES.replace("weight = 5.0", "weight = 1.5"))
}

async fn get(by: &Moderator, path: &str) -> Answer {
    by.send(by.request(Method::GET, path)).await
}

async fn list(by: &Moderator, query: &str) -> Vec<Value> {
    let page = get(by, &format!("{ARTICLES}?{query}"))
        .await
        .expect(200)
        .json();
    page["articles"].as_array().expect("articles").clone()
}

/// The path of the article at that address.
async fn path_of(by: &Moderator, url: &str) -> String {
    let all = list(by, "").await;
    let found = all.iter().find(|article| article["url"] == url);
    let id = found.expect("the article")["id"].as_str().expect("an id");
    format!("{ARTICLES}/{id}")
}

async fn change(by: &Moderator, path: &str, asked: &Value) -> Answer {
    by.send(by.request(Method::PATCH, path).json(asked)).await
}

on_both!(an_article_is_closed_and_opened, async |app: App| {
    let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
    let (id, receipt) = reader.write("Cầu đẹp").await;
    lan.approve(&lan.card(&id).await).await;
    let path = path_of(&lan, ARTICLE).await;
    let closed = change(&lan, &path, &json!({ "state": "closed" }))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&closed["state"], &closed["open"]),
        (&json!("closed"), &json!(false))
    );
    let refused = reader
        .submit(&comment(&anew("Muộn rồi")))
        .await
        .expect(403)
        .json();
    assert!(
        refused["type"]
            .as_str()
            .is_some_and(|is| is.ends_with("article-closed")),
        "{refused}"
    );
    let body = anew("Muộn rồi");
    let fields = [
        ("article", ARTICLE),
        ("name", "Lan"),
        ("email", EMAIL),
        ("body", body.as_str()),
    ];
    let page = reader.post_form(&fields).await.expect(403);
    // What was typed is there to be copied, and cannot be sent once more.
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.body.contains(&body) && page.body.contains("readonly"));
    assert!(!page.body.contains("type=\"submit\""));
    // What is published stays, and the page is told.
    let published = reader.list(ARTICLE).await.expect(200).json();
    assert_eq!(published["article"]["open"], false);
    assert_eq!(published["comments"].as_array().map(Vec::len), Some(1));
    reader.look_up(&receipt).await.expect(200);
    assert_eq!(lan.card(&id).await.0["article"]["open"], false);

    change(&lan, &path, &json!({ "state": "open" }))
        .await
        .expect(200);
    reader.submit(&comment(&anew("Vừa kịp"))).await.expect(202);
    assert_eq!(
        reader.list(ARTICLE).await.expect(200).json()["article"]["open"],
        true
    );
    // The same once more is no event.
    change(&lan, &path, &json!({ "state": "open" }))
        .await
        .expect(200);
    let events = app
        .count("select count(*) from events where kind = 'article_changed' and actor_name = 'Lan'")
        .await;
    assert_eq!(events, 2);
});

on_both!(
    an_article_closes_at_its_date_by_the_clock,
    async |app: App| {
        let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
        reader.write("Cầu đẹp").await;
        let path = path_of(&lan, ARTICLE).await;
        let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_millis(2500);
        let asked = json!({ "closes_at": soon.to_string() });
        let changed = change(&lan, &path, &asked).await.expect(200).json();
        assert_eq!(
            (&changed["state"], &changed["open"]),
            (&json!("open"), &json!(true))
        );
        reader.submit(&comment(&anew("Vừa kịp"))).await.expect(202);
        let told = reader.list(ARTICLE).await.expect(200).json();
        assert_eq!(told["article"]["open"], true);
        assert_eq!(told["article"]["closes_at"], changed["closes_at"]);
        eventually("it is closed", async || {
            let answer = reader.submit(&comment(&anew("Muộn chưa"))).await;
            (answer.status == 403).then_some(())
        })
        .await;
        assert!(jiff::Timestamp::now() >= soon);
        assert_eq!(
            reader.list(ARTICLE).await.expect(200).json()["article"]["open"],
            false
        );
        assert_eq!(list(&lan, "state=open").await.len(), 0);
        assert_eq!(list(&lan, "state=closed").await.len(), 1);
        assert_eq!(list(&lan, "state=closed&order=waiting").await.len(), 1);

        // Opening it takes the date away, as null does.
        let opened = change(&lan, &path, &json!({ "state": "open" }))
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&opened["closes_at"], &opened["open"]),
            (&Value::Null, &json!(true))
        );
        reader.submit(&comment(&anew("Lại được"))).await.expect(202);
        let later = json!({ "closes_at": "2099-01-01T00:00:00Z" });
        change(&lan, &path, &later).await.expect(200);
        let kept = change(&lan, &path, &json!({ "premoderate": true }))
            .await
            .expect(200)
            .json();
        assert_eq!(kept["closes_at"], "2099-01-01T00:00:00Z");
        let none = change(&lan, &path, &json!({ "closes_at": null }))
            .await
            .expect(200)
            .json();
        assert_eq!(none["closes_at"], Value::Null);
        let past = json!({ "closes_at": "2020-01-01T00:00:00Z" });
        let told = change(&lan, &path, &past).await.expect(422).json();
        assert_eq!(told["errors"][0]["code"], "article-closes-past");
    }
);

on_both!(
    under_a_premoderated_article_nothing_is_settled_without_a_person,
    light_rules,
    async |app: App| {
        let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
        let (first, receipt) = reader.write("Cầu đẹp").await;
        let path = path_of(&lan, ARTICLE).await;
        change(&lan, &path, &json!({ "premoderate": true }))
            .await
            .expect(200);
        let banned = json!({ "kind": "email", "pattern": EMAIL, "reason": "rao" });
        let bans = "/api/v1/moderation/sites/bao/bans";
        lan.send(lan.request(Method::POST, bans).json(&banned))
            .await
            .expect(201);
        for (text, rules) in [
            (
                "Mua ngay kẻo lỡ bà con ơi",
                vec!["house.trash", "ban.email"],
            ),
            (
                "Viết thế này đúng là đồ óc bã đậu",
                vec!["house.refused", "ban.email"],
            ),
            ("Chẳng có gì cả", vec!["ban.email"]),
        ] {
            let (id, own) = reader.write(text).await;
            let card = lan.card(&id).await;
            assert_eq!((card.status(), card.rules()), ("pending", rules));
            assert_eq!(
                (&card.0["lane"], &card.0["decided_at"]),
                (&json!("likely_bad"), &Value::Null)
            );
            assert_eq!(lan.show(&id).await.json()["decisions"], json!([]));
            assert_eq!(
                reader.look_up(&own).await.expect(200).text("status"),
                "pending"
            );
            lan.approve(&card).await;
        }
        // An edit is left to a person, too.
        reader
            .edit(&receipt, &json!({ "body": "Mua ngay kẻo lỡ" }))
            .await
            .expect(200);
        let card = lan.card(&first).await;
        assert_eq!(
            (card.status(), &card.0["lane"]),
            ("pending", &json!("likely_bad"))
        );
        // Elsewhere all is as ever, and here again once it is taken back.
        let other = comment_on("https://bao.example/khac.html", "Mua ngay kẻo lỡ bà con ơi");
        let (id, _) = reader.write_all(&other).await;
        assert_eq!(lan.card(&id).await.status(), "rejected");
        change(&lan, &path, &json!({ "premoderate": false }))
            .await
            .expect(200);
        let (id, _) = reader.write("Mua ngay kẻo lỡ bà con nhé").await;
        assert_eq!(lan.card(&id).await.status(), "rejected");
    }
);

on_both!(
    moderators_are_mailed_of_what_is_left_to_them,
    light_rules,
    async |app: App| {
        let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
        reader.write("Cầu đẹp").await;
        let path = path_of(&lan, ARTICLE).await;
        change(&lan, &path, &json!({ "premoderate": true }))
            .await
            .expect(200);
        reader.write("Mua ngay kẻo lỡ bà con ơi").await;
        eventually("a mail that quotes it", async || {
            mail_files(&app.folder().join("mail"))
                .iter()
                .filter_map(|file| std::fs::read(file).ok())
                .any(|text| {
                    let mail = mail_parser::MessageParser::default().parse(&text);
                    let body =
                        mail.and_then(|mail| mail.body_text(0).map(std::borrow::Cow::into_owned));
                    body.is_some_and(|body| body.contains("kẻo lỡ"))
                })
                .then_some(())
        })
        .await;
    }
);

on_both!(articles_are_listed_and_found, async |app: App| {
    app.add_site("khac", "https://khac.example");
    let (lan, hoa, reader) = (
        app.moderator("Lan"),
        app.member("Hoa", &["--site", "khac"]),
        app.reader(),
    );
    for (url, title, comments) in [
        (
            "https://bao.example/a/dang-bo-1.html",
            "Đảng bộ tỉnh họp phiên đầu năm",
            1,
        ),
        (
            "https://bao.example/b/lua-mua.html",
            "Lúa được mùa ở Hậu Giang",
            3,
        ),
        (
            "https://bao.example/c/cau.html",
            "Cầu mới 100% vốn <b>tỉnh</b>",
            2,
        ),
    ] {
        for _ in 0..comments {
            let mut new = comment_on(url, &anew("Hay quá"));
            new["article"]["title"] = json!(title);
            reader.write_all(&new).await;
        }
    }
    let titles = |articles: &[Value]| -> Vec<String> {
        let title = |article: &Value| {
            article["title"]
                .as_str()
                .expect("a title")
                .chars()
                .take(4)
                .collect()
        };
        articles.iter().map(title).collect()
    };
    let newest = list(&lan, "").await;
    assert_eq!(titles(&newest), ["Cầu ", "Lúa ", "Đảng"]);
    assert_eq!(newest[1]["waiting"], 3);
    assert_eq!(
        titles(&list(&lan, "order=waiting").await),
        ["Lúa ", "Cầu ", "Đảng"]
    );
    for (sought, found) in [
        ("dang bo", vec!["Đảng"]),
        ("ĐẢNG   BỘ", vec!["Đảng"]),
        ("dang-bo-1.html", vec!["Đảng"]),
        ("https://bao.example/b/lua-mua.html", vec!["Lúa "]),
        ("tinh", vec!["Cầu ", "Đảng"]),
        ("100%", vec!["Cầu "]),
        ("%", vec!["Cầu ", "Lúa ", "Đảng"]),
        ("hau giang dang", vec![]),
        ("'; drop table articles; --", vec![]),
    ] {
        for order in ["newest", "waiting"] {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("q", sought).append_pair("order", order);
            let mut seen = titles(&list(&lan, &query.finish()).await);
            seen.sort();
            assert_eq!(seen, found, "{sought} by {order}");
        }
    }
    // By pages.
    let first = get(&lan, &format!("{ARTICLES}?limit=2"))
        .await
        .expect(200)
        .json();
    let next = first["next"].as_str().expect("a next page");
    let rest = get(&lan, &format!("{ARTICLES}?limit=2&after={next}"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (rest["articles"].as_array().map(Vec::len), &rest["next"]),
        (Some(1), &Value::Null)
    );
    // Of another's sites nothing is seen.
    assert_eq!(list(&hoa, "").await, [Value::Null; 0]);
    get(&hoa, &format!("{ARTICLES}?site=bao")).await.expect(404);
    let path = path_of(&lan, "https://bao.example/c/cau.html").await;
    get(&hoa, &path).await.expect(404);
    get(&lan, &format!("{ARTICLES}/nie-da")).await.expect(404);
    change(&lan, &path, &json!({ "state": "closed" }))
        .await
        .expect(403);
    let theirs = app.member("An", &["--role", "editor", "--site", "khac"]);
    change(&theirs, &path, &json!({ "state": "closed" }))
        .await
        .expect(404);
    app.wire().get(ARTICLES).await.expect(401);
    get(&lan, &format!("{ARTICLES}?stat=open"))
        .await
        .expect(422);
});

on_both!(an_article_shows_its_comments_by_status, async |app: App| {
    let (lan, reader) = (app.moderator("Lan"), app.reader());
    let mut cards = Vec::new();
    for _ in 0..8 {
        let (id, receipt) = reader.write(&anew("Bài hay")).await;
        cards.push((lan.card(&id).await, receipt));
    }
    reader
        .write_all(&comment_on("https://bao.example/khac.html", "Ở bài khác"))
        .await;
    let other = &lan.queue().await[0];
    assert_eq!(other.body(), "Ở bài khác");
    lan.approve(&cards[0].0).await;
    lan.approve(&cards[1].0).await;
    lan.reject(&cards[2].0).await;
    lan.spam(&cards[3].0).await;
    reader.withdraw(&cards[4].1).await.expect(200);
    let path = path_of(&lan, ARTICLE).await;
    let whole = get(&lan, &path).await.expect(200).json();
    let counts = json!({ "pending": 3, "approved": 2, "rejected": 1, "spam": 1, "withdrawn": 1 });
    assert_eq!(whole["counts"], counts);
    for (status, expected) in [
        ("pending", vec![7, 6, 5]),
        ("approved", vec![1, 0]),
        ("rejected", vec![2]),
        ("spam", vec![3]),
        ("withdrawn", vec![4]),
    ] {
        let expected: Vec<&str> = expected
            .into_iter()
            .map(|at: usize| cards[at].0.id())
            .collect();
        let (mut seen, mut after): (Vec<String>, _) = (Vec::new(), String::new());
        loop {
            let page = get(&lan, &format!("{path}?status={status}&limit=2{after}"))
                .await
                .expect(200)
                .json();
            for one in page["comments"].as_array().expect("comments") {
                assert_eq!(one["status"], status);
                seen.push(one["id"].as_str().expect("an id").to_owned());
            }
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert_eq!(seen, expected, "{status}");
    }
});

on_both!(
    articles_of_an_older_version_are_found_too,
    async |app: App| {
        let (lan, reader) = (app.moderator("Lan"), app.reader());
        reader.write("Bài hay").await;
        app.execute("update articles set search_key = null").await;
        assert_eq!(list(&lan, "q=cau+moi").await.len(), 0);
        app.done(&["migrate"], "");
        assert_eq!(list(&lan, "q=cau+moi").await.len(), 1);
    }
);

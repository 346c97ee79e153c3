//! What a CMS tells: articles with their sections, taken down and put up again, moved, in any order; and comments of its own form.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    ARTICLE, App, Cms, EMAIL, Moderator, anew, comment, comment_on, eventually, on_both,
};

const AT: &str = "2026-11-20T08:00:00Z";
const LATER: &str = "2026-11-20T09:00:00Z";
const STILL_LATER: &str = "2026-11-20T10:00:00Z";

fn article(section: &str) -> Value {
    json!({ "external_id": 4711, "url": ARTICLE, "title": "Cầu mới thông xe", "section": section,
        "author": "Lê Thị Hoa", "tags": ["cầu", "giao thông"], "published_at": AT })
}

async fn found(by: &Moderator, query: &str) -> usize {
    let path = format!("/api/v1/moderation/comments?{query}");
    let page = by
        .send(by.request(Method::GET, &path))
        .await
        .expect(200)
        .json();
    page["comments"].as_array().expect("comments").len()
}

on_both!(the_queue_learns_title_and_section, async |app: App| {
    let (lan, reader, cms) = (app.moderator("Lan"), app.reader(), Cms::of(&app));
    let (id, _) = reader.write("Cầu đẹp").await;
    eventually("it is in the index", async || {
        (found(&lan, "status=pending&q=cau+dep").await == 1).then_some(())
    })
    .await;
    assert_eq!(found(&lan, "section=Xã+hội").await, 0);
    let answer = cms.tell("article.published", AT, &article("Xã hội")).await;
    assert_eq!(answer.expect(200).text("outcome"), "done");
    let card = lan.card(&id).await.0;
    assert_eq!(card["article"]["title"], "Cầu mới thông xe");
    assert_eq!(card["article"]["section"], "Xã hội");
    // The comment came before its article had a section.
    eventually("it is found by its section", async || {
        (found(&lan, "section=Xã+hội&status=pending").await == 1).then_some(())
    })
    .await;
    eventually("it is counted under its section", async || {
        let counted = app
            .count("select count(*) from number_hours where sections like '%Xã hội%'")
            .await;
        (counted == 1).then_some(())
    })
    .await;
    cms.tell("article.updated", LATER, &article("Giao thông"))
        .await
        .expect(200);
    eventually("it is found by its other section", async || {
        let found = [
            found(&lan, "section=Xã+hội").await,
            found(&lan, "section=Giao+thông").await,
        ];
        (found == [0, 1]).then_some(())
    })
    .await;
    let path = format!(
        "/api/v1/moderation/articles/{}",
        article_id(&lan, ARTICLE).await
    );
    let shown = lan
        .send(lan.request(Method::GET, &path))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&shown["author"], &shown["tags"][1]),
        (&json!("Lê Thị Hoa"), &json!("giao thông"))
    );
    assert_eq!(
        (&shown["external_id"], &shown["presence"]),
        (&json!("4711"), &json!("published"))
    );
});

/// What we call the article at that address.
async fn article_id(by: &Moderator, url: &str) -> String {
    let path = "/api/v1/moderation/articles";
    let list = by
        .send(by.request(Method::GET, path))
        .await
        .expect(200)
        .json();
    let all = list["articles"].as_array().expect("articles");
    let found = all.iter().find(|article| article["url"] == url);
    found.expect("the article")["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

/// What the public sees of an article: how many comments are listed, counted and in the feed, and whether it is open.
async fn public(app: &App, url: &str) -> (usize, i64, usize, bool) {
    let reader = app.reader();
    let list = reader.list(url).await.expect(200).json();
    let feed = app
        .wire()
        .get("/sites/bao/feed.json")
        .await
        .expect(200)
        .json();
    (
        list["comments"].as_array().expect("comments").len(),
        reader.counted(url).await,
        feed["items"].as_array().expect("items").len(),
        list["article"]["open"].as_bool().expect("open or not"),
    )
}

on_both!(
    what_is_taken_down_is_hidden_everywhere_and_comes_back,
    async |app: App| {
        let (lan, reader, cms) = (app.moderator("Lan"), app.reader(), Cms::of(&app));
        cms.tell("article.published", AT, &article("Xã hội"))
            .await
            .expect(200);
        let (id, _) = reader.write("Cầu đẹp").await;
        lan.approve(&lan.card(&id).await).await;
        assert_eq!(public(&app, ARTICLE).await, (1, 1, 1, true));
        cms.tell(
            "article.unpublished",
            LATER,
            &json!({ "external_id": "4711" }),
        )
        .await
        .expect(200);
        assert_eq!(public(&app, ARTICLE).await, (0, 0, 0, false));
        let around = reader
            .list_with(&[("article", ARTICLE), ("around", &id)])
            .await
            .expect(200);
        assert!(!around.body.contains("Cầu đẹp"), "{}", around.body);
        let feed = format!("/sites/bao/feed.xml?article={ARTICLE}");
        assert!(!app.wire().get(&feed).await.body.contains("Cầu đẹp"));
        let page = format!("/sites/bao/articles?url={ARTICLE}");
        assert!(
            !app.wire()
                .get(&page)
                .await
                .expect(200)
                .body
                .contains("Cầu đẹp")
        );
        reader
            .submit(&comment(&anew("Còn ai không")))
            .await
            .expect(403);
        let report = json!({ "reason": "other" });
        reader.report(&id, &report).await.expect(404);
        // Moderators see it as it was.
        assert_eq!(lan.card(&id).await.0["status"], "approved");
        cms.tell("article.published", STILL_LATER, &article("Xã hội"))
            .await
            .expect(200);
        assert_eq!(public(&app, ARTICLE).await, (1, 1, 1, true));
        cms.tell(
            "article.deleted",
            "2026-11-20T11:00:00Z",
            &json!({ "url": ARTICLE }),
        )
        .await
        .expect(200);
        assert_eq!(public(&app, ARTICLE).await, (0, 0, 0, false));
        assert_eq!(lan.card(&id).await.0["status"], "approved");
    }
);

on_both!(
    comments_follow_an_article_to_its_new_address,
    async |app: App| {
        const NEW: &str = "https://bao.example/giao-thong/cau-moi.html";
        let (lan, reader, cms) = (app.moderator("Lan"), app.reader(), Cms::of(&app));
        cms.tell("article.published", AT, &article("Xã hội"))
            .await
            .expect(200);
        let (first, _) = reader.write("Cầu đẹp").await;
        lan.approve(&lan.card(&first).await).await;
        assert_eq!(public(&app, ARTICLE).await.0, 1);
        // The site has moved it already, and somebody writes there before the CMS tells us.
        let (second, _) = reader.write_all(&comment_on(NEW, "Cầu rộng")).await;
        lan.approve(&lan.card(&second).await).await;
        let mut moved = article("Giao thông");
        moved["url"] = NEW.into();
        cms.tell("article.updated", LATER, &moved).await.expect(200);
        assert_eq!(public(&app, NEW).await.0, 2);
        // Who asks by the old address is shown the same.
        assert_eq!(public(&app, ARTICLE).await.0, 2);
        let urls = [
            lan.card(&first).await.0["article"]["url"].clone(),
            lan.card(&second).await.0["article"]["url"].clone(),
        ];
        assert_eq!(urls, [NEW, NEW]);
        let id = article_id(&lan, NEW).await;
        eventually("both are found under it", async || {
            let query = format!("article={id}&section=Giao+thông");
            (found(&lan, &query).await == 2).then_some(())
        })
        .await;
        // So is who writes there, until another article has it.
        reader.write("Còn ai ở đây").await;
        assert_eq!(app.count("select count(*) from articles").await, 1);
    }
);

on_both!(
    a_page_knows_an_article_again_at_its_new_address,
    async |app: App| {
        const NEW: &str = "https://bao.example/giao-thong/cau-moi.html";
        let (reader, cms) = (app.reader(), Cms::of(&app));
        let listed = async |url: &str| {
            let query = [("article", url), ("order", "newest")];
            let list = reader.list_with(&query).await.expect(200);
            list.json()["article"]["id"].clone()
        };
        let told = async |receipt: &str| {
            let told = reader.look_up(receipt).await.expect(200);
            (told.text("article"), told.text("article_id"))
        };
        assert_eq!(listed(ARTICLE).await, Value::Null);
        cms.tell("article.published", AT, &article("Xã hội"))
            .await
            .expect(200);
        let id = listed(ARTICLE).await;
        let id = id.as_str().expect("an id");
        let (_, receipt) = reader.write("Cầu đẹp").await;
        assert_eq!(told(&receipt).await, (ARTICLE.into(), id.into()));
        let mut moved = article("Xã hội");
        moved["url"] = NEW.into();
        cms.tell("article.updated", LATER, &moved).await.expect(200);
        assert_eq!(listed(NEW).await, id);
        assert_eq!(listed(ARTICLE).await, id);
        assert_eq!(told(&receipt).await, (NEW.into(), id.into()));
    }
);

on_both!(
    what_an_editor_sets_and_what_the_cms_says_count_by_time,
    async |app: App| {
        let (lan, reader, cms) = (
            app.member("Lan", &["--role", "editor"]),
            app.reader(),
            Cms::of(&app),
        );
        let state = async |at: &str, comments: &str| {
            let data = json!({ "external_id": "4711", "url": ARTICLE, "comments": comments });
            cms.tell("article.updated", at, &data).await.expect(200);
            reader.list(ARTICLE).await.expect(200).json()["article"]["open"].clone()
        };
        assert_eq!(state(AT, "closed").await, false);
        reader.submit(&comment(&anew("Muộn rồi"))).await.expect(403);
        let path = "/api/v1/moderation/articles";
        let list = lan
            .send(lan.request(Method::GET, path))
            .await
            .expect(200)
            .json();
        let path = format!(
            "{path}/{}",
            list["articles"][0]["id"].as_str().expect("an id")
        );
        let open = json!({ "state": "open" });
        lan.send(lan.request(Method::PATCH, &path).json(&open))
            .await
            .expect(200);
        // The editor was later than anything the CMS has told so far.
        assert_eq!(state(LATER, "closed").await, true);
        let since = |seconds| {
            let at = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
            at.to_string()
        };
        // Whoever saves the article says again what was said before, and means the title.
        assert_eq!(state(&since(1), "closed").await, true);
        assert_eq!(state(&since(2), "open").await, true);
        assert_eq!(state(&since(3), "closed").await, false);
    }
);

on_both!(
    a_saved_article_is_not_opened_again_that_an_editor_closed,
    async |app: App| {
        let (lan, reader, cms) = (
            app.member("Lan", &["--role", "editor"]),
            app.reader(),
            Cms::of(&app),
        );
        let save = async |at: &str| {
            let mut saved = article("Xã hội");
            saved["comments"] = "open".into();
            cms.tell("article.updated", at, &saved).await.expect(200);
            reader.list(ARTICLE).await.expect(200).json()["article"]["open"].clone()
        };
        assert_eq!(save(AT).await, true);
        let path = format!("articles/{}", article_id(&lan, ARTICLE).await);
        let closed = json!({ "state": "closed" });
        lan.call(Method::PATCH, &path, &closed).await.expect(200);
        let now = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(1);
        assert_eq!(save(&now.to_string()).await, false);
    }
);

on_both!(
    what_was_told_of_an_address_alone_is_known_once_the_article_moves_there,
    async |app: App| {
        const NEW: &str = "https://bao.example/giao-thong/cau-moi.html";
        let (lan, cms) = (app.member("Lan", &["--role", "editor"]), Cms::of(&app));
        // Somebody writes there before the CMS tells us of the move.
        app.reader().write_all(&comment_on(NEW, "Cầu rộng")).await;
        cms.tell("article.published", AT, &article("Xã hội"))
            .await
            .expect(200);
        let taken_down = json!({ "url": NEW });
        cms.tell("article.unpublished", STILL_LATER, &taken_down)
            .await
            .expect(200);
        let path = format!("articles/{}", article_id(&lan, NEW).await);
        let closes = json!({ "closes_at": "2099-01-01T00:00:00Z" });
        lan.call(Method::PATCH, &path, &closes).await.expect(200);
        let mut moved = article("Giao thông");
        moved["url"] = NEW.into();
        cms.tell("article.updated", LATER, &moved).await.expect(200);
        let known = app
            .texts("select url || ' ' || presence || ' ' || (closes_at is not null) as text from articles")
            .await;
        let is = match app.backend {
            crate::support::Backend::Sqlite => "1",
            crate::support::Backend::Postgres => "true",
        };
        assert_eq!(known, [format!("{NEW} unpublished {is}")]);
    }
);

/// All orders of so many things.
fn orders(many: usize) -> Vec<Vec<usize>> {
    if many == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for shorter in orders(many - 1) {
        for place in 0..=shorter.len() {
            let mut order = shorter.clone();
            order.insert(place, many - 1);
            all.push(order);
        }
    }
    all
}

on_both!(
    in_any_order_and_twice_the_same_is_known,
    async |app: App| {
        let cms = Cms::of(&app);
        // Two articles of which the second takes the address of the first, which was moved and is then taken down.
        // Who takes it down names it, or only its address, which may be told before it has moved there.
        let events = |number: usize, is_named: bool| {
            let url = |name: &str| format!("https://bao.example/{number}/{name}.html");
            let (a, b) = (format!("a{number}"), format!("b{number}"));
            vec![
                (
                    "article.published",
                    0,
                    json!({ "external_id": a, "url": url("x"), "title": "Một", "section": "Cũ", "comments": "open" }),
                ),
                (
                    "article.updated",
                    1,
                    json!({ "external_id": a, "url": url("y"), "title": "Một" , "comments": "closed" }),
                ),
                (
                    "article.published",
                    2,
                    json!({ "external_id": b, "url": url("x"), "title": "Hai", "section": "Mới" }),
                ),
                (
                    "article.unpublished",
                    3,
                    if is_named {
                        json!({ "external_id": a })
                    } else {
                        json!({ "url": url("y") })
                    },
                ),
            ]
        };
        let all = orders(4)
            .into_iter()
            .flat_map(|order| [(order.clone(), true), (order, false)]);
        for (number, (order, is_named)) in all.enumerate() {
            let events = events(number, is_named);
            // Each twice: the second time in the other order, or at once, where a later one would mend what was lost.
            let twice: Vec<usize> = if is_named {
                order.iter().chain(order.iter().rev()).copied().collect()
            } else {
                order.iter().flat_map(|place| [*place, *place]).collect()
            };
            for place in &twice {
                let (kind, hours, data) = &events[*place];
                let at = format!("2026-11-20T{:02}:00:00Z", 8 + hours);
                cms.tell(kind, &at, data).await.expect(200);
            }
        }
        let rows = |what: &str| {
            format!("select coalesce(url, '') || ' ' || coalesce(title, '') || ' ' || coalesce(section, '-') || ' ' || state || ' ' || presence as text
            from articles where external_id like '{what}%'")
        };
        for (name, told) in [
            ("a", "y.html Một - closed unpublished"),
            ("b", "x.html Hai Mới open published"),
        ] {
            let all = app.texts(&rows(name)).await;
            assert_eq!(all.len(), 48);
            for one in all {
                assert!(one.ends_with(told), "{one}, not {told}");
            }
        }
    }
);

on_both!(
    two_words_of_one_moment_are_one_in_the_end,
    async |app: App| {
        let cms = Cms::of(&app);
        // Of each pair one article hears the first before, the other one after.
        let told = [("Một", "Xã hội", "x"), ("Hai", "Giao thông", "y")];
        for (number, order) in [(0, [0, 1]), (1, [1, 0])] {
            for place in order {
                let (title, section, name) = told[place];
                let data = json!({ "external_id": format!("c{number}"), "title": title, "section": section,
                    "url": format!("https://bao.example/{number}/{name}.html") });
                cms.tell("article.updated", AT, &data).await.expect(200);
            }
        }
        let known = app
            .texts("select substr(url, 23) || ' ' || title || ' ' || section as text from articles order by external_id")
            .await;
        assert_eq!(known.len(), 2);
        assert_eq!(known[0], known[1]);
    }
);

on_both!(
    what_is_wrong_is_told_to_whoever_makes_the_cms_send_it,
    async |app: App| {
        let cms = Cms::of(&app);
        let reader_words = ["trình duyệt", "gửi từ đó", "mở bài"];
        let mut comment = written("Cầu đẹp");
        comment["article"] = json!({ "url": "https://khac.example/a" });
        for (kind, data, field, code) in [
            (
                "article.published",
                json!({ "external_id": "1" }),
                "data.url",
                "cms-url-missing",
            ),
            (
                "article.published",
                json!({ "url": "/a.html" }),
                "data.url",
                "cms-url-invalid",
            ),
            (
                "comment.created",
                comment,
                "data.article.url",
                "cms-url-foreign",
            ),
        ] {
            let told = cms.tell(kind, AT, &data).await.expect(422);
            assert_eq!(told.wrong(), [(field.to_owned(), code.to_owned())]);
            assert!(
                told.json()["errors"][0]["message"]
                    .as_str()
                    .expect("words")
                    .contains(field)
            );
            assert!(
                !reader_words.iter().any(|words| told.body.contains(words)),
                "{told:?}"
            );
        }
        let point = cms.deliver("msg.1", "{}").await.expect(422);
        assert_eq!(
            point.wrong(),
            [("webhook-id".to_owned(), "cms-identifier".to_owned())]
        );
    }
);

on_both!(versions_count_where_they_are_named, async |app: App| {
    let cms = Cms::of(&app);
    for (version, at, title) in [(3, AT, "Ba"), (2, LATER, "Hai"), (1, STILL_LATER, "Một")] {
        let data =
            json!({ "external_id": "4711", "url": ARTICLE, "title": title, "version": version });
        let outcome = cms
            .tell("article.updated", at, &data)
            .await
            .expect(200)
            .text("outcome");
        assert_eq!(outcome, if version == 3 { "done" } else { "known" });
    }
    let told = app.texts("select title as text from articles").await;
    assert_eq!(told, ["Ba"]);
});

fn written(body: &str) -> Value {
    json!({ "article": { "external_id": "4711" }, "external_id": "wp-17", "name": "Trần Thị Bưởi", "email": EMAIL,
        "body": body, "ip": "203.0.113.7", "created_at": AT })
}

on_both!(
    a_comment_of_the_cms_waits_like_any_other,
    async |app: App| {
        let (lan, reader, cms) = (
            app.member("Lan", &["--role", "editor"]),
            app.reader(),
            Cms::of(&app),
        );
        // Nobody knows the article yet.
        let unknown = cms
            .tell("comment.created", AT, &written("Cầu đẹp"))
            .await
            .expect(422);
        assert_eq!(
            unknown.wrong(),
            [(
                "data.article.url".to_owned(),
                "cms-article-unknown".to_owned()
            )]
        );
        cms.tell("article.published", AT, &article("Xã hội"))
            .await
            .expect(200);
        let told = cms
            .tell("comment.created", AT, &written("Cầu đẹp"))
            .await
            .expect(200)
            .json();
        let id = told["comment"]["id"].as_str().expect("an id").to_owned();
        assert_eq!(told["comment"]["status"], "pending");
        let card = lan.card(&id).await.0;
        assert_eq!(
            (&card["body"], &card["status"]),
            (&json!("Cầu đẹp"), &json!("pending"))
        );
        assert_eq!(card["network"], "203.0.113.0/24");
        assert!(reader.published().await.is_empty());
        // The same one by another message is the same one.
        let again = cms
            .tell("comment.created", LATER, &written("Cầu đẹp"))
            .await
            .expect(200)
            .json();
        assert_eq!(again["comment"]["id"], id.as_str());
        assert_eq!(app.count("select count(*) from comments").await, 1);
        lan.approve(&lan.card(&id).await).await;
        assert_eq!(reader.published().await, ["Cầu đẹp"]);
        let mut reply = written("Đúng vậy");
        (reply["parent"], reply["external_id"]) = (id.as_str().into(), "wp-18".into());
        cms.tell("comment.created", LATER, &reply).await.expect(200);
        // What is wrong is told by its field.
        let mut wrong = written("");
        (wrong["email"], wrong["external_id"]) = ("không phải".into(), "wp-19".into());
        let told = cms.tell("comment.created", LATER, &wrong).await.expect(422);
        let fields: Vec<String> = told.wrong().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["data.email", "data.body"]);
        cms.tell(
            "article.updated",
            LATER,
            &json!({ "external_id": "4711", "url": ARTICLE, "comments": "closed" }),
        )
        .await
        .expect(200);
        let mut named = written("Tên dài");
        named["external_id"] = "x".repeat(201).into();
        let told = cms.tell("comment.created", LATER, &named).await.expect(422);
        assert_eq!(
            told.wrong(),
            [("data.external_id".to_owned(), "cms-long".to_owned())]
        );
    }
);

on_both!(
    what_the_cms_has_taken_waits_here_where_a_reader_would_be_refused,
    async |app: App| {
        let (lan, reader, cms) = (app.moderator("Lan"), app.reader(), Cms::of(&app));
        let mut closed = article("Xã hội");
        closed["comments"] = "closed".into();
        cms.tell("article.published", AT, &closed).await.expect(200);
        reader.submit(&comment(&anew("Muộn rồi"))).await.expect(403);
        // It was written while the article was open, and comes once we are there again.
        let hand_in = async |body: &str, name: &str, parent: Option<&str>| {
            let mut told = written(body);
            (told["external_id"], told["parent"]) = (name.into(), parent.into());
            let told = cms.tell("comment.created", LATER, &told).await.expect(200);
            let told = told.json()["comment"].clone();
            assert_eq!(told["status"], "pending");
            told["id"].as_str().expect("an id").to_owned()
        };
        let first = hand_in("Cầu đẹp", "wp-1", None).await;
        // What it answers is shown there and waits here.
        let reply = hand_in("Đúng vậy", "wp-2", Some(&first)).await;
        let nobody = "019ab0f2-3c00-7000-8000-000000000001";
        let lost = hand_in("Không rõ ai nói", "wp-3", Some(nobody)).await;
        let parent = |id: &str| {
            let hex = id.replace('-', "");
            match app.backend {
                crate::support::Backend::Sqlite => {
                    format!(
                        "select lower(coalesce(hex(parent_id), '')) as text from comments where id = x'{hex}'"
                    )
                }
                crate::support::Backend::Postgres => {
                    format!(
                        "select replace(coalesce(parent_id::text, ''), '-', '') as text from comments where id = '{id}'"
                    )
                }
            }
        };
        assert_eq!(app.texts(&parent(&reply)).await, [first.replace('-', "")]);
        assert_eq!(app.texts(&parent(&lost)).await, [""]);
        for id in [&reply, &first] {
            lan.approve(&lan.card(id).await).await;
        }
        assert_eq!(reader.published().await.len(), 2);
    }
);

on_both!(
    a_site_that_wants_work_of_browsers_asks_none_of_its_cms,
    async |app: App| {
        app.done(&["site", "set", "bao", "proof_of_work=always"], "");
        let mut told = written("Cầu đẹp");
        told["article"] = json!({ "url": ARTICLE });
        Cms::of(&app)
            .tell("comment.created", AT, &told)
            .await
            .expect(200);
    }
);

on_both!(
    what_is_wrong_with_a_message_is_told_by_field,
    async |app: App| {
        let cms = Cms::of(&app);
        let ahead = (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(48)).to_string();
        for (data, field, code) in [
            (json!({ "external_id": "1" }), "data.url", "cms-url-missing"),
            (
                json!({ "url": "https://khac.example/a" }),
                "data.url",
                "cms-url-foreign",
            ),
            (
                json!({ "url": ARTICLE, "titel": "x" }),
                "data.titel",
                "field-unknown",
            ),
            (
                json!({ "url": ARTICLE, "title": 7 }),
                "data.title",
                "field-type",
            ),
            (
                json!({ "url": ARTICLE, "comments": "maybe" }),
                "data.comments",
                "field-word",
            ),
            (
                json!({ "url": ARTICLE, "section": "x".repeat(201) }),
                "data.section",
                "cms-long",
            ),
            (
                json!({ "url": ARTICLE, "updated_at": ahead }),
                "data.updated_at",
                "cms-ahead",
            ),
        ] {
            let told = cms.tell("article.published", AT, &data).await.expect(422);
            assert_eq!(
                told.wrong(),
                [(field.to_owned(), code.to_owned())],
                "{data}"
            );
        }
        let told = cms
            .event(&json!({ "type": "article.published", "data": article("x") }))
            .await
            .expect(422);
        assert_eq!(
            told.wrong(),
            [("timestamp".to_owned(), "field-missing".to_owned())]
        );
        cms.deliver("msg_text", "không phải JSON").await.expect(400);
        let other = cms
            .event(&json!({ "type": "page.published", "timestamp": AT, "data": {} }))
            .await
            .expect(200);
        assert_eq!(other.text("outcome"), "ignored");
        app.logged("page.published").await;
        assert_eq!(app.count("select count(*) from articles").await, 0);
    }
);

on_both!(
    articles_are_put_one_by_one_and_by_the_thousand,
    async |app: App| {
        let (an, cms) = (
            app.member("An", &["--role", "editor", "--site", "bao"]),
            Cms::of(&app),
        );
        let put = |data: &Value| {
            an.request(Method::PUT, "/api/v1/sites/bao/articles/4711")
                .json(data)
        };
        let data = json!({ "url": ARTICLE, "title": "Cầu mới", "updated_at": AT });
        let done = an.send(put(&data)).await.expect(200);
        assert_eq!(done.text("outcome"), "done");
        assert_eq!(
            an.send(put(&data)).await.expect(200).text("outcome"),
            "known"
        );
        let other = json!({ "url": ARTICLE, "external_id": "4712" });
        an.send(put(&other)).await.expect(422);
        // A signature is about the body alone: it says which article it means.
        let mut down = json!({ "url": ARTICLE, "title": "Cầu mới", "presence": "unpublished" });
        let told = cms
            .call(Method::PUT, "articles/4711", &down)
            .await
            .expect(422);
        assert_eq!(
            told.wrong(),
            [("external_id".to_owned(), "cms-id-unsigned".to_owned())]
        );
        down["external_id"] = "4711".into();
        cms.call(Method::PUT, "articles/4711", &down)
            .await
            .expect(200);
        assert_eq!(
            app.texts("select presence as text from articles").await,
            ["unpublished"]
        );
        let mut articles: Vec<Value> = (0..999)
        .map(|number| json!({ "external_id": format!("n{number}"), "url": format!("https://bao.example/{number}.html") }))
        .collect();
        articles.push(json!({ "external_id": "sai" }));
        let told = cms
            .call(Method::POST, "articles", &json!({ "articles": articles }))
            .await
            .expect(200)
            .json();
        let results = told["results"].as_array().expect("results");
        assert_eq!(results.len(), 1000);
        assert!(results[..999].iter().all(|one| one["outcome"] == "done"));
        assert_eq!(results[999]["errors"][0]["code"], "cms-url-missing");
        assert_eq!(app.count("select count(*) from articles").await, 1000);
        articles.push(json!({}));
        cms.call(Method::POST, "articles", &json!({ "articles": articles }))
            .await
            .expect(422);
        // Who wrote it is in the history: the editor, and the CMS.
        let by = app.texts("select distinct actor_kind as text from events where kind = 'article_told' order by 1").await;
        assert_eq!(by, ["cms", "moderator"]);
    }
);

on_both!(what_a_cms_told_is_in_the_history, async |app: App| {
    let cms = Cms::of(&app);
    cms.tell("article.published", AT, &article("Xã hội"))
        .await
        .expect(200);
    cms.tell("article.updated", LATER, &article("Giao thông"))
        .await
        .expect(200);
    cms.tell(
        "article.unpublished",
        STILL_LATER,
        &json!({ "external_id": "4711" }),
    )
    .await
    .expect(200);
    let lan = app.visitor("Lan");
    lan.sign_in("Lan").await.expect(303);
    let page = lan.open("/history?kind=articles").await.expect(200).body;
    for told in [
        "CMS của báo",
        "đã đăng",
        "chuyên mục “Giao thông”",
        "đã gỡ khỏi trang",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let list = lan.open("/articles").await.expect(200).body;
    assert!(list.contains("Đã gỡ khỏi trang báo"), "{list}");
});

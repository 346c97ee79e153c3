//! What the newspaper's page calls: lists, counts, and who may call from where.

use reqwest::Method;
use serde_json::json;

use crate::support::{ARTICLE, Answer, App, EMAIL, Reader, comment, comment_on, on_both};

const PAGE: &str = "https://bao.example";

/// Comments that are public, in the order they were written.
async fn published(app: &App, count: usize) -> (Reader, Vec<String>) {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let mut ids = Vec::new();
    for number in 1..=count {
        ids.push(
            reader
                .write(&format!("Ý kiến thứ {number} về cây cầu mới"))
                .await
                .0,
        );
    }
    let cards = lan.queue().await;
    lan.decide("approve", &cards.iter().collect::<Vec<_>>())
        .await
        .expect(200);
    (reader, ids)
}

fn ids(answer: &Answer) -> Vec<String> {
    let json = answer.json();
    let comments = json["comments"].as_array().expect("comments");
    comments
        .iter()
        .map(|comment| comment["id"].as_str().expect("an id").to_owned())
        .collect()
}

on_both!(
    a_list_goes_on_from_page_to_page_oldest_first,
    async |app: App| {
        let (reader, written) = published(&app, 5).await;
        let (mut seen, mut after) = (Vec::new(), None::<String>);
        for expected in [2, 2, 1] {
            let mut query = vec![("article", ARTICLE), ("limit", "2")];
            query.extend(after.as_deref().map(|after| ("after", after)));
            let page = reader.list_with(&query).await.expect(200);
            assert_eq!(ids(&page).len(), expected);
            seen.extend(ids(&page));
            after = page.json()["next"].as_str().map(str::to_owned);
        }
        assert_eq!((seen, after), (written, None));
    }
);

on_both!(
    a_list_is_not_sent_twice_and_changes_its_tag_with_its_content,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, _) = reader.write("Sắp được đăng").await;
        let path = format!("{}?article={ARTICLE}", reader.path("comments"));
        let unless = |tag: &str| {
            reader
                .request(Method::GET, &path)
                .header("if-none-match", tag)
        };
        let empty = reader.list(ARTICLE).await.expect(200);
        let tag = empty.header("etag").to_owned();
        let known = reader.send(unless(&tag)).await.expect(304);
        assert_eq!(
            (known.body.as_str(), known.header("etag")),
            ("", tag.as_str())
        );
        reader
            .send(unless(&format!("W/{tag}, \"other\"")))
            .await
            .expect(304);
        lan.approve(&lan.card(&id).await).await;
        let changed = reader.send(unless(&tag)).await.expect(200);
        assert_ne!(changed.header("etag"), tag);
        assert_eq!(ids(&changed), [id]);
    }
);

on_both!(
    nothing_but_the_published_leaves_by_a_public_route,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let (id, _) = reader.write("Gọi 0912 345 678 để vay tiền nhanh").await;
        assert!(!lan.card(&id).await.rules().is_empty());
        lan.approve(&lan.card(&id).await).await;
        reader.write("Câu này còn đang chờ").await;
        for answer in [reader.list(ARTICLE).await, reader.counts(&[ARTICLE]).await] {
            for hidden in [
                EMAIL,
                "ban.doc",
                "evidence",
                "contact",
                "score",
                "lane",
                "đang chờ",
                "revision",
                "status",
            ] {
                assert!(!answer.body.contains(hidden), "{hidden}: {}", answer.body);
            }
        }
        let listed = reader.list(ARTICLE).await.json();
        let mut names: Vec<&String> = listed["comments"][0]
            .as_object()
            .expect("a comment")
            .keys()
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                "body",
                "created_at",
                "edited_at",
                "id",
                "name",
                "newsroom",
                "parent"
            ]
        );
        assert_eq!(
            listed["article"],
            json!({ "url": ARTICLE, "open": true, "closes_at": null }),
            "a title is a reader's word, and nobody approved it"
        );
    }
);

on_both!(
    an_article_is_the_same_however_its_reader_came_to_it,
    async |app: App| {
        let (reader, _) = published(&app, 1).await;
        let shared =
            "https://BAO.example:443/xa-hoi/cau-moi.html?utm_source=zalo&fbclid=x#binh-luan";
        assert_eq!(reader.counted(shared).await, 1);
        assert_eq!(ids(&reader.list(shared).await).len(), 1);
        let id = reader.write_all(&comment_on(shared, "Đến từ Zalo")).await.0;
        let lan = app.moderator("Minh");
        assert_eq!(lan.card(&id).await.0["article"]["url"], ARTICLE);
        assert_eq!(app.count("select count(*) from articles").await, 1);
    }
);

on_both!(counts_answer_for_each_article_asked, async |app: App| {
    let (reader, _) = published(&app, 3).await;
    let unknown = "https://bao.example/chua-ai-viet.html";
    let answer = reader.counts(&[ARTICLE, unknown]).await.expect(200);
    assert_eq!(
        answer.json(),
        json!({ "counts": { ARTICLE: 3, unknown: 0 } })
    );
    assert!(!answer.header("etag").is_empty());
    reader.counts(&[]).await.expect(422);
    let many = reader.counts(&vec![ARTICLE; 51]).await.expect(422);
    let wrong = ("article".to_owned(), "list-length".to_owned());
    assert_eq!(many.wrong(), [wrong]);
    assert!(many.body.contains("từ 1 đến 50 mục"), "{}", many.body);
    // One that is nobody's, or none, takes the number from no other.
    let answer = reader
        .counts(&["https://khac.example/x", ARTICLE, "http://["])
        .await
        .expect(200);
    assert_eq!(answer.json(), json!({ "counts": { ARTICLE: 3 } }));
});

on_both!(
    a_wrong_question_is_told_by_its_parameter,
    async |app: App| {
        let reader = app.reader();
        for (name, value) in [("after", "x"), ("page", "2")] {
            let wrong = reader
                .list_with(&[("article", ARTICLE), (name, value)])
                .await
                .expect(422)
                .wrong();
            assert_eq!(wrong[0].0, name, "{name}={value}");
        }
        for limit in ["0", "-1", "101", "99999999999999999999", "x"] {
            let asked = [("article", ARTICLE), ("limit", limit)];
            let answer = reader.list_with(&asked).await.expect(422);
            let wrong = &answer.json()["errors"][0];
            assert_eq!(wrong["code"], "field-range", "{limit}");
            let told = "Trường “limit” nhận một số nguyên từ 1 đến 100.";
            assert_eq!(wrong["message"], told, "{limit}");
        }
        assert_eq!(
            reader.list_with(&[]).await.expect(422).wrong()[0].1,
            "article-required"
        );
        for address in [
            "javascript:alert(1)",
            "https://khac.example/",
            "//bao.example/x",
            "\0",
            "https://bao.example@khac.example/",
        ] {
            assert_eq!(
                reader.list(address).await.expect(422).wrong()[0].0,
                "article",
                "{address}"
            );
        }
    }
);

on_both!(
    a_browser_may_call_from_the_newspapers_pages_only,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let preflight = async |site: &str, origin: &str, method: &str| {
            let reader = app.reader_of(site).at(origin);
            let request = reader.request(Method::OPTIONS, &reader.path("comments"));
            let request = request.header("access-control-request-method", method);
            app.wire()
                .send(request.header(
                    "access-control-request-headers",
                    "content-type,idempotency-key",
                ))
                .await
        };
        for method in ["GET", "POST"] {
            let allowed = preflight("bao", PAGE, method).await.expect(200);
            assert_eq!(allowed.header("access-control-allow-origin"), PAGE);
            assert!(
                allowed
                    .header("access-control-allow-headers")
                    .to_lowercase()
                    .contains("idempotency-key")
            );
            assert_eq!(allowed.header("access-control-allow-credentials"), "");
        }
        for origin in [
            "https://khac.example",
            "http://bao.example",
            "https://bao.example.evil.example",
            "null",
        ] {
            let refused = preflight("bao", origin, "POST").await.expect(403);
            assert_eq!(
                refused.header("access-control-allow-origin"),
                "",
                "{origin}"
            );
            assert_eq!(refused.text("type"), "/docs#problem-foreign-origin");
        }
        // One of the newspaper's own pages, but more than pages may.
        let refused = preflight("bao", PAGE, "PUT").await.expect(403);
        assert_eq!(refused.text("title"), "Trang không được gửi như vậy");
        assert_eq!(
            preflight("nobody", PAGE, "POST")
                .await
                .header("access-control-allow-origin"),
            ""
        );

        let at_home = app.reader().at(PAGE);
        let answer = at_home
            .submit(&comment("Gửi từ trang báo"))
            .await
            .expect(202);
        assert_eq!(answer.header("access-control-allow-origin"), PAGE);
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        assert!(
            answer
                .header("access-control-expose-headers")
                .to_lowercase()
                .contains("etag")
        );
        // An error can be read by the page too.
        let refused = at_home.submit(&json!({})).await.expect(422);
        assert_eq!(refused.header("access-control-allow-origin"), PAGE);
    }
);

on_both!(
    a_page_with_a_slip_in_its_sites_key_is_told,
    async |app: App| {
        let list = async |site: &str, origin: &str| {
            let reader = app.reader_of(site).at(origin);
            reader.list(crate::support::ARTICLE).await
        };
        let unknown = list("nobody", PAGE).await.expect(404);
        assert_eq!(unknown.text("type"), "/docs#problem-site-unknown");
        assert_eq!(unknown.header("access-control-allow-origin"), "*");
        // What a site answers is for its own pages still.
        let foreign = list("bao", "https://khac.example").await.expect(200);
        assert_eq!(foreign.header("access-control-allow-origin"), "");
    }
);

on_both!(a_page_of_somebody_else_cannot_hand_in, async |app: App| {
    for origin in [
        "https://khac.example",
        "http://bao.example",
        "https://bao.example:444",
        "https://bao.example.evil.example",
    ] {
        let answer = app
            .reader()
            .at(origin)
            .submit(&comment("Gửi từ trang lạ"))
            .await
            .expect(403);
        assert_eq!(answer.text("type"), "/docs#problem-foreign-origin");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
    assert_eq!(app.count("select count(*) from comments").await, 0);
});

on_both!(
    an_answer_hangs_only_on_what_its_reader_can_see,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let card = lan.card(&reader.write("Câu hỏi đầu tiên").await.0).await;
        let mut answer = crate::support::comment("Câu trả lời");
        answer["parent"] = json!(card.id());
        let refused = reader.submit(&answer).await.expect(422);
        assert_eq!(
            refused.wrong(),
            [("parent".to_owned(), "parent-unknown".to_owned())]
        );
        lan.approve(&card).await;
        let (id, _) = reader.write_all(&answer).await;
        lan.approve(&lan.card(&id).await).await;
        let listed = reader.list(ARTICLE).await.json();
        assert_eq!(listed["comments"][1]["parent"], card.id());
    }
);

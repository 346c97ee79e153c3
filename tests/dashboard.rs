//! The dashboard, as a browser without JavaScript uses it.

use crate::support::{ARTICLE, Answer, App, Browser, hidden, on_both};

/// What a card's form sends.
fn press<'a>(page: &'a [String; 2], action: &'a str) -> Vec<(&'a str, &'a str)> {
    let [csrf, comment] = page;
    vec![
        ("csrf", csrf),
        ("comment", comment),
        ("view", "lane=likely_fine"),
        ("action", action),
    ]
}

fn first_card(page: &Answer) -> [String; 2] {
    [hidden(page, "csrf"), hidden(page, "comment")]
}

/// A signed-in moderator with one comment on the screen.
async fn at_the_queue(app: &App, body: &str) -> (Browser, [String; 2]) {
    app.reader().write(body).await;
    let browser = app.visitor("Lan");
    browser.sign_in("Lan").await.expect(303);
    let card = first_card(&browser.open("/queue?lane=likely_fine").await.expect(200));
    (browser, card)
}

on_both!(the_queue_marks_what_the_rules_saw, async |app: App| {
    app.reader()
        .write("Ai cần vay tiền nhanh gọi 0912 345 678 nhé")
        .await;
    let browser = app.visitor("Lan");
    browser.sign_in("Lan").await.expect(303);
    let pages = [
        browser.open("/queue?lane=look").await,
        browser.open("/queue?lane=likely_bad").await,
    ];
    let page = pages
        .iter()
        .find(|page| page.body.contains("<mark"))
        .expect("a page with marked evidence");
    let marked: Vec<&str> = page
        .body
        .split("<mark")
        .skip(1)
        .filter_map(|rest| rest.split("</mark>").next())
        .collect();
    assert!(
        marked.iter().any(|mark| mark.contains("0912 345 678")),
        "{marked:?}"
    );
    assert!(page.body.contains("ban.doc@thu.example"));
});

on_both!(a_button_decides, async |app: App| {
    let (browser, mut card) = at_the_queue(&app, "Cầu mới đẹp quá.").await;
    for (action, status, public) in [
        ("reject", "rejected", 0),
        ("spam", "spam", 0),
        ("approve", "approved", 1),
    ] {
        browser
            .post("/queue/decisions", &press(&card, action))
            .await
            .expect(303);
        let decided = browser
            .open(&format!("/queue?status={status}"))
            .await
            .expect(200);
        assert!(decided.body.contains("Cầu mới đẹp quá."));
        assert_eq!(app.reader().counted(ARTICLE).await, public);
        card = first_card(&decided);
        browser
            .post("/queue/decisions", &press(&card, "requeue"))
            .await
            .expect(303);
        card = first_card(&browser.open("/queue?lane=likely_fine").await.expect(200));
    }
    for action in ["withdraw", "erase", "publish", ""] {
        browser
            .post("/queue/decisions", &press(&card, action))
            .await
            .expect(422);
    }
});

on_both!(
    a_decision_made_at_the_dashboard_can_be_taken_back_there,
    async |app: App| {
        let (browser, card) = at_the_queue(&app, "Lỡ tay bấm nhầm").await;
        let decided = browser
            .post("/queue/decisions", &press(&card, "approve"))
            .await
            .expect(303);
        let notice = browser.follow(&decided).await.expect(200);
        let (csrf, batch) = (hidden(&notice, "csrf"), hidden(&notice, "batch"));
        let undo = [
            ("csrf", csrf.as_str()),
            ("batch", batch.as_str()),
            ("view", "lane=likely_fine"),
        ];
        let undone = browser.post("/queue/undo", &undo).await.expect(303);
        assert!(
            browser
                .follow(&undone)
                .await
                .expect(200)
                .body
                .contains("Lỡ tay bấm nhầm")
        );
        assert_eq!(app.reader().counted(ARTICLE).await, 0);
        let again = browser.post("/queue/undo", &undo).await.expect(303);
        assert!(again.header("location").contains("notice=nothing"));
    }
);

on_both!(who_comes_second_sees_who_was_first, async |app: App| {
    let (browser, card) = at_the_queue(&app, "Hai người cùng mở").await;
    let minh = app.moderator("Minh");
    minh.spam(&minh.queue().await[0]).await;
    let lost = browser
        .post("/queue/decisions", &press(&card, "approve"))
        .await
        .expect(303);
    let page = browser.follow(&lost).await.expect(200);
    assert!(
        page.body.contains("notice conflict") && page.body.contains("Minh"),
        "{}",
        page.body
    );
    assert_eq!(minh.cards(&[]).await[0].status(), "spam");
});

on_both!(
    a_form_of_another_session_or_page_changes_nothing,
    async |app: App| {
        let (browser, card) = at_the_queue(&app, "Chỉ trang của mình mới được quyết định").await;
        let minh = app.visitor("Minh");
        minh.sign_in("Minh").await.expect(303);
        let of_minh = hidden(&minh.open("/queue?lane=likely_fine").await, "csrf");
        for csrf in ["", "x", of_minh.as_str()] {
            let forged = [csrf.to_owned(), card[1].clone()];
            browser
                .post("/queue/decisions", &press(&forged, "approve"))
                .await
                .expect(403);
            browser
                .post("/queue/undo", &[("csrf", csrf), ("batch", &card[1])])
                .await
                .expect(403);
        }
        for headers in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://khac.example")],
            &[("origin", "null")],
            &[
                ("sec-fetch-site", "cross-site"),
                ("origin", "http://binh-luan.bao.example"),
            ],
            &[],
        ] {
            browser
                .post_from(headers, "/queue/decisions", &press(&card, "approve"))
                .await
                .expect(403);
            browser
                .post_from(headers, "/sign-out", &[])
                .await
                .expect(403);
            let api = browser
                .request(reqwest::Method::POST, "/api/v1/moderation/decisions")
                .json(&serde_json::json!({
                    "action": "approve", "comments": [{ "id": card[1].split(':').next(), "revision": 1 }],
                }));
            let api = headers
                .iter()
                .fold(api, |api, (name, value)| api.header(*name, *value));
            browser.send(api).await.expect(403);
        }
        assert_eq!(app.count("select count(*) from decisions").await, 0);
        browser.open("/queue").await.expect(200);
    }
);

on_both!(
    a_member_of_another_site_sees_nothing_at_the_dashboard,
    async |app: App| {
        app.reader().write("Chuyện riêng của báo này").await;
        app.add_site("khac", "https://khac.example");
        app.add_member("Hoa", &["--password-stdin", "--site", "khac"]);
        let browser = app.browser();
        browser.sign_in("Hoa").await.expect(303);
        let all = [
            "lane=likely_fine",
            "lane=look",
            "lane=likely_bad",
            "status=approved",
        ];
        for view in all {
            assert!(
                !browser
                    .open(&format!("/queue?{view}"))
                    .await
                    .expect(200)
                    .body
                    .contains("Chuyện riêng")
            );
        }
        let id = app.moderator("Lan").queue().await[0].id().to_owned();
        assert!(
            !browser
                .open(&format!("/queue?comment={id}"))
                .await
                .expect(200)
                .body
                .contains("Chuyện riêng")
        );
        let csrf = hidden(&browser.open("/queue").await, "csrf");
        browser
            .post(
                "/queue/decisions",
                &press(&[csrf, format!("{id}:1")], "approve"),
            )
            .await;
        assert_eq!(app.reader().counted(ARTICLE).await, 0);
    }
);

on_both!(
    where_a_tab_has_nothing_of_what_is_sought_the_others_are_named,
    async |app: App| {
        app.reader().write("Đảng bộ xã làm đường rất tốt").await;
        let browser = app.visitor("Lan");
        browser.sign_in("Lan").await.expect(303);
        let elsewhere = async |query: &str| {
            let page = browser.open(&format!("/queue?{query}")).await.expect(200);
            let (_, rest) = page.body.split_once("class=\"elsewhere\"")?;
            let (list, _) = rest.split_once("</ul>").expect("its end");
            Some(list.to_owned())
        };
        let there = elsewhere("lane=look&q=dang+bo").await.expect("a list");
        assert_eq!(there.matches("<li>").count(), 1, "{there}");
        assert!(there.contains("lane=likely_fine&#38;q=dang+bo"), "{there}");
        for query in [
            "lane=look&q=khong-ai-viet",
            "lane=look",
            "lane=likely_fine&q=dang+bo",
        ] {
            assert_eq!(elsewhere(query).await, None, "{query}");
        }
    }
);

//! The dashboard, as a browser without JavaScript uses it.

use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};

use crate::support::{ARTICLE, Answer, App, Backend, Browser, Card, comment, hidden, on_both};

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

/// What several readers say.
const OFFER: &str = "Nhà mình đang cho vay vốn lãi suất thấp, thủ tục nhanh gọn trong ngày, không cần thế chấp, ai cần xin liên hệ chị Hương ở chợ Vinh nhé bà con";

/// Readers of different emails who say the same; what the one card that stands for them sends.
async fn at_a_campaign(app: &App, browser: &Browser) -> [String; 2] {
    for number in 1..=4 {
        let mut one = comment(OFFER);
        one["email"] = format!("huong-{number}@thu.example").into();
        app.reader().write_all(&one).await;
    }
    for lane in ["look", "likely_bad", "likely_fine"] {
        let page = browser
            .open(&format!("/queue?lane={lane}"))
            .await
            .expect(200);
        if page.body.contains("name=\"alike\"") {
            return [hidden(&page, "csrf"), hidden(&page, "alike")];
        }
    }
    panic!("no card stands for several")
}

on_both!(
    who_copies_a_reader_and_adds_something_foul_is_decided_apart,
    async |app: App| {
        let lan = app.visitor("Lan");
        lan.sign_in("Lan").await.expect(303);
        let said = "Con đường này nhà tôi đi hằng ngày, mong tỉnh sớm sửa cho bà con đỡ khổ, mùa mưa nước ngập tới đầu gối, trẻ em không tới trường được";
        let mut ids = Vec::new();
        for (number, more) in ["", "", " nhé đm", ". Vay vốn gọi 0912345678"]
            .iter()
            .enumerate()
        {
            let mut one = comment(&format!("{said}{more}"));
            one["email"] = format!("ba-{number}@thu.example").into();
            ids.push(app.reader().write_all(&one).await.0);
        }
        let minh = app.member("Minh", &[]);
        let card = minh.card(&ids[0]).await;
        let view = format!("lane={}", card.0["lane"].as_str().expect("a lane"));
        let page = lan.open(&format!("/queue?{view}")).await.expect(200);
        assert!(
            page.body.contains("2 bình luận gần giống nhau"),
            "{}",
            page.body
        );
        assert!(
            page.body.contains("2 bình luận gần giống nữa"),
            "{}",
            page.body
        );
        let (csrf, alike) = (hidden(&page, "csrf"), hidden(&page, "alike"));
        let form = [
            ("csrf", csrf.as_str()),
            ("alike", &alike),
            ("view", &view),
            ("action", "approve"),
        ];
        lan.post("/queue/decisions", &form).await.expect(303);
        let mut public = Vec::new();
        for id in &ids {
            public.push(minh.card(id).await.status() == "approved");
        }
        assert_eq!(public, [true, true, false, false]);
    }
);

/// As if some comments had come so much earlier.
async fn came_earlier(app: &App, seconds: i64, which: &str) {
    let then = match app.backend {
        Backend::Sqlite => format!("created_at - {seconds}000000"),
        Backend::Postgres => format!("created_at - interval '{seconds} seconds'"),
    };
    app.execute(&format!(
        "update comments set created_at = {then} where {which}"
    ))
    .await;
}

on_both!(
    who_comes_second_to_a_campaign_sees_who_was_first,
    async |app: App| {
        let lan = app.visitor("Lan");
        lan.sign_in("Lan").await.expect(303);
        let minh = app.visitor("Minh");
        minh.sign_in("Minh").await.expect(303);
        let [csrf, alike] = at_a_campaign(&app, &lan).await;
        let form = |csrf, alike, action| {
            [
                ("csrf", csrf),
                ("alike", alike),
                ("view", "lane=look"),
                ("action", action),
            ]
        };
        let hers = hidden(&minh.open("/queue?lane=look").await.expect(200), "csrf");
        let first = minh
            .post("/queue/decisions", &form(&hers, &alike, "approve"))
            .await
            .expect(303);
        assert!(
            first.header("location").contains("notice=done"),
            "{first:?}"
        );
        let public = app.reader().counted(ARTICLE).await;
        assert!(public > 1);

        let late = lan
            .post("/queue/decisions", &form(&csrf, &alike, "spam"))
            .await
            .expect(303);
        let page = lan.follow(&late).await.expect(200);
        assert!(page.body.contains("Minh đã duyệt lúc"), "{}", page.body);
        // Nor is a script led elsewhere.
        let request = lan
            .request(Method::POST, "/queue/decisions")
            .header("sec-fetch-site", "same-origin")
            .form(&form(&csrf, &alike, "spam"));
        let json = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
        let told = lan.send(request.headers(json)).await;
        assert_eq!(app.reader().counted(ARTICLE).await, public);
        let told = told.expect(200).json();
        let said = told["lost"][0]["said"].as_str().expect("words");
        assert!(said.starts_with("Minh đã duyệt lúc"), "{said}");
    }
);

on_both!(
    of_a_campaign_those_are_decided_that_stood_behind_the_card,
    async |app: App| {
        let lan = app.visitor("Lan");
        lan.sign_in("Lan").await.expect(303);
        let minh = app.member("Minh", &[]);
        let [csrf, alike] = at_a_campaign(&app, &lan).await;
        let waiting = minh.queue().await;
        let shown = alike.split(':').nth(4).expect("the one that is shown");
        let behind: Vec<&Card> = waiting.iter().filter(|card| card.id() != shown).collect();
        let decide = async |alike: &str, action: &str| {
            let form = [
                ("csrf", csrf.as_str()),
                ("alike", alike),
                ("view", "lane=look"),
                ("action", action),
            ];
            let request = lan
                .request(Method::POST, "/queue/decisions")
                .header("sec-fetch-site", "same-origin")
                .form(&form);
            let json =
                HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
            lan.send(request.headers(json)).await.expect(200).json()
        };
        // Of four a colleague decides two that the card does not show.
        let batch = minh.approve(behind[0]).await;
        minh.approve(behind[1]).await;
        let told = decide(&alike, "spam").await;
        assert_eq!(told["done"].as_array().map(Vec::len), Some(2), "{told}");
        assert_eq!(told["lost"].as_array().map(Vec::len), Some(2), "{told}");
        let said = told["lost"][0]["said"].as_str().expect("words");
        assert!(said.starts_with("Minh đã duyệt lúc"), "{said}");

        // What comes back after a page was made is none of that page.
        let undone = told["batch"].as_str().expect("a batch");
        minh.undo(undone).await;
        let page = lan.open("/queue?lane=look").await.expect(200);
        let alike = hidden(&page, "alike");
        minh.undo(&batch).await.expect(200);
        let told = decide(&alike, "reject").await;
        assert_eq!(told["done"].as_array().map(Vec::len), Some(2), "{told}");
        assert_eq!(minh.card(behind[0].id()).await.status(), "pending");

        // Nor is what had come by then and was stored a moment after the page was read.
        let undone = told["batch"].as_str().expect("a batch");
        minh.undo(undone).await.expect(200);
        came_earlier(&app, 60, "true").await;
        let alike = hidden(&lan.open("/queue?lane=look").await.expect(200), "alike");
        let mut late = comment(OFFER);
        late["email"] = "huong-5@thu.example".into();
        let (late, _) = app.reader().write_all(&late).await;
        came_earlier(&app, 20, "email = 'huong-5@thu.example'").await;
        let told = decide(&alike, "spam").await;
        assert_eq!(told["done"].as_array().map(Vec::len), Some(3), "{told}");
        assert_eq!(minh.card(&late).await.status(), "pending");
    }
);

on_both!(
    a_page_from_before_another_sign_in_says_so,
    async |app: App| {
        let (browser, card) = at_the_queue(&app, "Đăng nhập lại ở thẻ khác").await;
        browser.sign_in("Lan").await.expect(303);
        let refused = browser
            .post("/queue/decisions", &press(&card, "approve"))
            .await
            .expect(403);
        assert!(
            refused.body.contains("Trình duyệt này đã đăng nhập lại"),
            "{}",
            refused.body
        );
        assert_eq!(app.reader().counted(ARTICLE).await, 0);
    }
);

/// A page as it travels to a browser that takes those codings: how it is packed, and its bytes.
async fn packed(browser: &Browser, path: &str, codings: &str) -> (String, Vec<u8>) {
    let request = browser.request(Method::GET, path);
    let request = request.header("accept-encoding", codings);
    let answer = request.send().await.expect("an answer");
    let headers = answer.headers();
    let coding = headers.get("content-encoding").map(|value| value.to_str());
    let coding = coding.map_or("", |coding| coding.expect("text")).to_owned();
    let varies = headers.get_all("vary").iter().any(|value| {
        let value = value.to_str().expect("text");
        value.eq_ignore_ascii_case("accept-encoding")
    });
    assert_eq!(varies, !coding.is_empty());
    (coding, answer.bytes().await.expect("bytes").to_vec())
}

on_both!(
    a_page_travels_as_small_as_a_browser_can_read_it,
    async |app: App| {
        let (browser, _) = at_the_queue(&app, "Cầu mới đẹp quá.").await;
        let read = |bytes: &mut dyn std::io::Read| {
            let mut text = String::new();
            bytes.read_to_string(&mut text).expect("a page");
            assert!(
                text.contains("Cầu mới đẹp quá.") && text.trim_end().ends_with("</html>"),
                "{text}"
            );
        };
        let (coding, brotli) = packed(&browser, "/queue", "gzip, deflate, br, zstd").await;
        assert_eq!(coding, "br");
        read(&mut brotli::Decompressor::new(&brotli[..], 4096));
        let (coding, gzip) = packed(&browser, "/queue", "gzip, deflate").await;
        assert_eq!(coding, "gzip");
        read(&mut flate2::read::GzDecoder::new(&gzip[..]));
        let (coding, plain) = packed(&browser, "/queue", "identity").await;
        assert_eq!(coding, "");
        read(&mut &plain[..]);
        assert!(brotli.len() < gzip.len() && gzip.len() < plain.len());

        // What is told as it happens waits for no buffer to be full.
        let request = browser
            .request(Method::GET, "/api/v1/moderation/events")
            .header("sec-fetch-site", "same-origin")
            .header("accept-encoding", "gzip, deflate, br, zstd");
        let line = request.send().await.expect("an answer");
        assert_eq!(line.status(), 200);
        let coding = line.headers().get("content-encoding");
        assert!(coding.is_none_or(|coding| coding == "identity"));
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

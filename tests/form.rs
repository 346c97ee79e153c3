//! The plain form of a page from 2015, without JavaScript.

use crate::support::{ARTICLE, Answer, App, Backend, Hold, on_both};

const GOOD: [(&str, &str); 4] = [
    ("article", ARTICLE),
    ("name", "Trần Thị Bưởi"),
    ("email", "ban.doc@thu.example"),
    ("body", "Cầu mới đẹp quá."),
];

/// The good form with one field more or another value in it.
fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = GOOD.into_iter().filter(|(is, _)| *is != name);
    others.chain([(name, value)]).collect()
}

/// A page of ours: nothing in it runs, nothing frames it, its styles come from us.
#[track_caller]
fn is_strict_page(answer: &Answer) {
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let policy = answer.header("content-security-policy");
    for rule in [
        "default-src 'none'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(rule), "{rule} is not in {policy}");
    }
    for inline in [
        "<script",
        "<style",
        " style=",
        " onclick=",
        " onload=",
        "javascript:",
    ] {
        assert!(!answer.body.contains(inline), "{inline} in {}", answer.body);
    }
}

on_both!(
    a_form_goes_back_to_the_page_it_came_from,
    async |app: App| {
        let reader = app.reader();
        for (to, back) in [
            (ARTICLE, format!("{ARTICLE}?duyet=pending")),
            (
                "https://bao.example/x?p=1&q=a%20b#cuoi",
                "https://bao.example/x?p=1&q=a%20b&duyet=pending#cuoi".to_owned(),
            ),
            (
                "https://bao.example",
                "https://bao.example/?duyet=pending".to_owned(),
            ),
        ] {
            let answer = reader.post_form(&with("return", to)).await.expect(303);
            assert_eq!(answer.header("location"), back);
        }
        assert_eq!(
            app.count("select count(*) from comments where status = 'pending'")
                .await,
            1
        );
    }
);

on_both!(a_form_never_leads_to_somebody_else, async |app: App| {
    for to in [
        "https://khac.example/",
        "//khac.example/",
        "https://bao.example.khac.example/",
        "https://bao.example@khac.example/",
        "https://user:pass@bao.example/",
        "http://bao.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "/\\khac.example",
        "https:khac.example",
        "https://bao.example:444/",
        "\r\nLocation: https://khac.example",
        "ftp://bao.example/",
    ] {
        let answer = app
            .reader()
            .post_form(&with("return", to))
            .await
            .expect(200);
        assert_eq!(answer.header("location"), "");
        assert!(
            !answer.body.contains("khac.example"),
            "{to}: {}",
            answer.body
        );
    }
});

on_both!(
    a_form_without_a_way_back_gets_a_page_of_thanks,
    async |app: App| {
        let reader = app.reader();
        let answer = reader.post_form(&GOOD).await.expect(200);
        is_strict_page(&answer);
        assert!(
            answer.body.contains(&format!("href=\"{ARTICLE}\"")),
            "{}",
            answer.body
        );
        let receipt = answer
            .body
            .split_once("http://binh-luan.bao.example/receipts/")
            .expect("its receipt")
            .1;
        let receipt = receipt.split('"').next().expect("its receipt");
        let page = reader.receipt_page(receipt).await.expect(200);
        is_strict_page(&page);
        assert!(page.body.contains("Cầu mới đẹp quá."));
    }
);

on_both!(
    a_wrong_form_comes_back_with_everything_typed,
    async |app: App| {
        let typed = [
            ("article", ARTICLE),
            ("title", "Tựa \"bài\" <b>"),
            ("name", "Bưởi & \"Cam\""),
            ("email", "khong-phai-email<"),
            ("body", "</textarea><b>Tôi gõ rất dài</b>\r\ndòng hai"),
            ("return", "https://bao.example/x?a=1&b=2"),
        ];
        for reader in [app.reader(), app.reader().in_english()] {
            let answer = reader.post_form(&typed).await.expect(422);
            is_strict_page(&answer);
            let page = answer
                .body
                .replace("&#34;", "\"")
                .replace("&#60;", "<")
                .replace("&#62;", ">")
                .replace("&#38;", "&");
            for (name, value) in typed {
                assert!(page.contains(value), "{name} is lost: {}", answer.body);
            }
            assert!(!answer.body.contains("</textarea><b>"), "{}", answer.body);
            assert!(
                answer.body.contains("aria-invalid=\"true\"")
                    && answer.body.contains("href=\"#duyet-email\""),
                "{}",
                answer.body
            );
            // The mended form may lead back to the newspaper.
            assert!(
                answer
                    .header("content-security-policy")
                    .contains("form-action 'self' https://bao.example")
            );
        }
        assert_eq!(app.count("select count(*) from comments").await, 0);
    }
);

on_both!(
    a_form_that_is_far_too_long_comes_back_with_its_text_and_the_limit,
    async |app: App| {
        let text = "ế".repeat(16_000);
        let answer = app.reader().post_form(&with("body", &text)).await;
        let answer = answer.expect(422);
        is_strict_page(&answer);
        assert!(answer.body.contains(&text));
        let told = "nhiều hơn mức 5000";
        assert!(
            answer
                .body
                .replace(['.', '\u{2068}', '\u{2069}'], "")
                .contains(told),
            "the limit is not told"
        );
        let endless = "x".repeat(2 * 1024 * 1024);
        let answer = app.reader().post_form(&with("body", &endless)).await;
        answer.expect(413);
        assert_eq!(app.count("select count(*) from comments").await, 0);
    }
);

#[tokio::test]
async fn who_opens_the_address_of_a_form_is_led_to_the_comments() {
    let app = App::start(Backend::Sqlite).await;
    let browser = app.browser();
    let page = browser.open("/api/v1/sites/bao/comments").await.expect(303);
    assert_eq!(page.header("location"), "https://bao.example");
    let asked = format!("/api/v1/sites/bao/comments?article={ARTICLE}&title=x");
    let page = browser.open(&asked).await.expect(303);
    let to = page.header("location").to_owned();
    assert!(
        to.starts_with("/sites/bao/articles?url=https%3A%2F%2Fbao.example%2F"),
        "{to}"
    );
    browser.open(&to).await.expect(200);
}

on_both!(the_names_of_old_pages_are_understood, async |app: App| {
    let lan = app.moderator("Lan");
    for (name, body) in [
        ("ho_ten", "noi_dung"),
        ("hoten", "noidung"),
        ("name", "body"),
    ] {
        let text = format!("Từ trang cũ, ô {body}");
        let fields = [
            ("article", ARTICLE),
            (name, "Lê Văn Cũ"),
            ("email", "cu@thu.example"),
            (body, text.as_str()),
            ("submit", "Gửi"),
        ];
        app.reader().post_form(&fields).await.expect(200);
    }
    let names: Vec<_> = lan
        .queue()
        .await
        .iter()
        .map(|card| card.0["name"].clone())
        .collect();
    assert_eq!(names, ["Lê Văn Cũ"; 3]);
});

on_both!(
    a_form_from_a_page_of_somebody_else_is_refused,
    async |app: App| {
        app.reader()
            .at("https://khac.example")
            .post_form(&GOOD)
            .await
            .expect(403);
        app.reader()
            .at("https://bao.example")
            .post_form(&GOOD)
            .await
            .expect(200);
        assert_eq!(app.count("select count(*) from comments").await, 1);
    }
);

on_both!(a_form_with_a_key_is_taken_in_once, async |app: App| {
    let reader = app.reader();
    for key in ["khoa", "khoa", "khac"] {
        let request = reader
            .request(reqwest::Method::POST, &reader.path("comments"))
            .header("idempotency-key", key);
        reader.send(request.form(&GOOD)).await.expect(200);
    }
    assert_eq!(app.count("select count(*) from comments").await, 2);
    assert_eq!(app.count("select count(*) from idempotency_keys").await, 2);
});

on_both!(
    whatever_it_is_refused_for_the_text_comes_back,
    async |app: App| {
        let reader = app.reader();
        // What it was to answer is gone: the message says to send it as a comment of its own, and so it can be.
        let gone = "01923000-0000-7000-8000-000000000001";
        let page = reader.post_form(&with("parent", gone)).await.expect(422);
        is_strict_page(&page);
        assert!(page.body.contains("Cầu mới đẹp quá."));
        assert!(!page.body.contains("name=\"parent\""), "{}", page.body);

        // PostgreSQL lets a request wait for longer than a test.
        if app.backend == Backend::Postgres {
            return;
        }
        let hold = Hold::on(&app).await;
        let page = reader.post_form(&GOOD).await.expect(503);
        hold.release().await;
        is_strict_page(&page);
        assert!(page.body.contains("Cầu mới đẹp quá.") && page.body.contains("Hệ thống đang bận"));
        assert_eq!(page.header("retry-after"), "1");
        assert_eq!(app.count("select count(*) from comments").await, 0);
        reader.post_form(&GOOD).await.expect(200);
    }
);

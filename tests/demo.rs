//! `duyet demo`: the newspaper's page, its form and its comments, all at once.

use crate::support::{Backend, Moderator, Setup, eventually, on_both};

const PATH: &str = "/demo/demo/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html";

on_both!(
    a_comment_goes_all_the_way_in_the_demonstration,
    Setup::demo,
    async |app: crate::support::App| {
        let printed = eventually("the text for people", async || {
            Some(app.printed()).filter(|printed| printed.contains("Ctrl-C"))
        })
        .await;
        let word_after = |mark: &str| {
            let rest = printed
                .split_once(mark)
                .unwrap_or_else(|| panic!("no {mark} in {printed}"))
                .1;
            rest.split_whitespace().next().expect("a word").to_owned()
        };
        assert_eq!(
            word_after("The article"),
            format!("http://binh-luan.bao.example{PATH}")
        );
        let lan = Moderator::new(app.wire(), &word_after("Bearer"));
        let browser = app.browser();
        let inside = browser
            .sign_in_with(&word_after("sign in as"), &word_after("the password"))
            .await
            .expect(303);
        assert_eq!(inside.header("location"), "/queue");

        let page = browser.open(PATH).await.expect(200);
        for part in [
            "Ý kiến của bạn",
            "Họ tên",
            "Email",
            "method=\"post\"",
            "action=\"/api/v1/sites/demo/comments\"",
        ] {
            assert!(page.body.contains(part), "{part} is not in the page");
        }
        let article = crate::support::hidden(&page, "article");
        let fields = [
            ("name", "Bạn Đọc"),
            ("email", "ban.doc@thu.example"),
            ("return", article.as_str()),
        ];
        for body in [
            "Bài này hay lắm <i>thật</i>",
            "Bài này dở quá",
            "Bài này lạ quá",
        ] {
            let all: Vec<_> = fields
                .iter()
                .copied()
                .chain([("article", article.as_str()), ("body", body)])
                .collect();
            let back = app.reader_of("demo").post_form(&all).await.expect(303);
            assert_eq!(back.header("location"), format!("{article}?duyet=pending"));
        }
        let told = browser
            .open(&format!("{PATH}?duyet=pending"))
            .await
            .expect(200);
        assert!(
            told.body.contains("role=\"status\""),
            "the reader is not told that the comment waits"
        );
        assert!(!told.body.contains("hay lắm"));

        let cards = lan.queue().await;
        let card = |text: &str| {
            cards
                .iter()
                .find(|card| card.body().contains(text))
                .expect("its card")
        };
        lan.approve(card("hay")).await;
        lan.reject(card("dở")).await;
        lan.spam(card("lạ")).await;
        let page = browser.open(PATH).await.expect(200);
        assert!(
            page.body
                .contains("Bài này hay lắm &#60;i&#62;thật&#60;/i&#62;"),
            "{}",
            page.body
        );
        for hidden in ["dở quá", "lạ quá", "ban.doc@thu.example", "<i>thật"] {
            assert!(!page.body.contains(hidden), "{hidden}");
        }
    }
);

#[tokio::test]
async fn only_the_demonstration_has_the_sample_article() {
    let app = Setup::new(Backend::Sqlite).start().await;
    app.browser().open(PATH).await.expect(404);
    app.browser()
        .open(&PATH.replace("/demo/demo/", "/demo/bao/"))
        .await
        .expect(404);
}

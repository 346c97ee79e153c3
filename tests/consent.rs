//! Consent (Luật 91/2025/QH15): asked for by the site's own text, given by a tick, and kept with the comment.

use serde_json::json;

use crate::support::{ARTICLE, Answer, App, Setup, anew, comment, eventually, on_both};

const TEXT: &str = "Tôi đồng ý để tòa soạn lưu họ tên và email của tôi.";

const DEMO: &str = "/demo/demo/dang-bo-van-phong-ubnd-tinh-lam-theo-loi-bac.html";

/// The tag of a page's box.
#[track_caller]
fn box_of(page: &Answer) -> &str {
    let rest = page.body.split("id=\"duyet-consent\"").nth(1);
    rest.and_then(|rest| rest.split('>').next()).expect("a box")
}

/// Before the first reader comes, since a site is remembered for two seconds.
fn ask(app: &App) {
    let text = format!("consent.text={TEXT}");
    app.done(
        &["site", "set", "bao", "consent.version=2026-01", &text],
        "",
    );
}

on_both!(
    without_consent_nothing_is_taken_where_the_site_asks_for_it,
    async |app: App| {
        ask(&app);
        let (reader, lan) = (app.reader(), app.moderator("Kiem"));
        let with = |answer: serde_json::Value| {
            let mut new = comment(&anew("Bài viết rất hay."));
            new["consent"] = answer;
            new
        };
        for (answer, code) in [
            (json!(null), "consent-required"),
            (json!(false), "consent-required"),
            (json!({ "version": "2025-12" }), "consent-changed"),
        ] {
            let problem = reader.submit(&with(answer)).await.expect(422).json();
            assert_eq!(problem["errors"][0]["field"], "consent");
            assert_eq!(problem["errors"][0]["code"], code);
        }
        for answer in [
            json!(7),
            json!("2026-01"),
            json!({}),
            json!({ "version": 1 }),
        ] {
            let problem = reader.submit(&with(answer)).await.expect(422).json();
            assert_eq!(problem["errors"][0]["code"], "field-type");
        }
        assert_eq!(app.count("select count(*) from comments").await, 0);
        for answer in [json!(true), json!({ "version": "2026-01" })] {
            let (id, _) = reader.write_all(&with(answer)).await;
            let card = lan.card(&id).await;
            assert_eq!(card.0["consent"]["version"], "2026-01");
            assert_eq!(card.0["consent"]["at"], card.0["created_at"]);
            lan.approve(&card).await;
        }
        assert!(!reader.list(ARTICLE).await.body.contains("2026-01"));
    }
);

on_both!(
    a_form_is_refused_until_the_box_is_ticked,
    async |app: App| {
        ask(&app);
        let reader = app.reader();
        let form = [
            ("article", ARTICLE),
            ("ho_ten", "Lan"),
            ("email", "lan@thu.example"),
            ("noi_dung", "Hay quá"),
        ];
        let again = reader.post_form(&form).await.expect(422);
        assert!(
            again.body.contains(TEXT) && again.body.contains("Bạn chưa đánh dấu đồng ý."),
            "{}",
            again.body
        );
        let tick = box_of(&again);
        assert!(
            tick.contains("value=\"2026-01\"") && !tick.contains("checked"),
            "{tick}"
        );
        for (name, value) in [("dong_y", "on"), ("consent", "2026-01")] {
            let text = anew("Hay quá");
            let mut ticked: Vec<_> = form.into_iter().chain([(name, value)]).collect();
            ticked[3].1 = &text;
            reader.post_form(&ticked).await.expect(200);
        }
        // What was ticked stays so where something else is wrong.
        let wrong: Vec<_> = form
            .into_iter()
            .filter(|(name, _)| *name != "email")
            .chain([("dong_y", "2026-01")])
            .collect();
        let again = reader.post_form(&wrong).await.expect(422);
        assert!(again.body.contains(" checked"), "{}", again.body);
        let kept = "select consent_version as text from comments where consent_at is not null";
        assert_eq!(app.texts(kept).await, ["2026-01", "2026-01"]);
    }
);

on_both!(where_nobody_asks_nothing_is_kept, async |app: App| {
    let reader = app.reader();
    let mut new = comment("Bài viết rất hay.");
    new["consent"] = json!(true);
    reader.write_all(&new).await;
    reader.write("Cũng hay").await;
    assert_eq!(
        app.count("select count(*) from comments where consent_version is null")
            .await,
        2
    );
});

on_both!(the_moderators_page_tells_of_consent, async |app: App| {
    ask(&app);
    let mut new = comment("Bài viết rất hay.");
    new["consent"] = json!({ "version": "2026-01" });
    app.reader().write_all(&new).await;
    let lan = app.visitor("Lan");
    lan.sign_in("Lan").await.expect(303);
    let page = lan.open("/queue?lane=likely_fine").await.expect(200);
    assert!(
        page.body.contains("Đã đồng ý nội dung “2026-01”"),
        "{}",
        page.body
    );
});

on_both!(
    the_demonstrations_form_shows_the_box_unticked,
    Setup::demo,
    async |app: App| {
        let text = format!("consent.text={TEXT}");
        app.done(
            &["site", "set", "demo", "consent.version=2026-01", &text],
            "",
        );
        let page = eventually("the form asks for consent", async || {
            let page = app.browser().open(DEMO).await.expect(200);
            page.body.contains(TEXT).then_some(page)
        })
        .await;
        assert!(box_of(&page).contains("value=\"2026-01\""));
        assert!(!box_of(&page).contains("checked"));
    }
);

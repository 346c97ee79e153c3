//! The pages of bans, authors and articles, as a member of the paper uses them without JavaScript.

use serde_json::json;

use crate::support::{ARTICLE, App, Browser, EMAIL, anew, comment, hidden, on_both};

/// Somebody signed in.
async fn signed_in(app: &App, name: &str, more: &[&str]) -> Browser {
    app.add_member(name, &[more, &["--password-stdin"]].concat());
    let browser = app.browser();
    browser.sign_in(name).await.expect(303);
    browser
}

on_both!(
    an_editor_bans_rejects_what_waits_undoes_and_lifts,
    async |app: App| {
        let lan = app.moderator("Minh");
        let reader = app.reader();
        let browser = signed_in(&app, "Lan", &["--role", "editor"]).await;
        reader.write(&anew("Rao cá độ")).await;
        reader.write(&anew("Lại rao cá độ")).await;
        let page = browser.open("/bans").await.expect(200);
        let csrf = hidden(&page, "csrf");
        let form = |pattern: &'static str, reason: &'static str| {
            [
                ("site", "bao"),
                ("kind", "email"),
                ("pattern", pattern),
                ("reason", reason),
                ("term", "week"),
            ]
        };
        // What is wrong is told beside its field, and nothing that was typed is lost.
        let mut fields = form("lan@", "<b>rao</b>").to_vec();
        fields.push(("csrf", &csrf));
        let wrong = browser.post("/bans", &fields).await.expect(422);
        assert!(
            wrong.body.contains("ban-pattern-error")
                && wrong.body.contains("&#60;b&#62;rao&#60;/b&#62;"),
            "{}",
            wrong.body
        );
        assert_eq!(app.count("select count(*) from bans").await, 0);

        let mut fields = form(EMAIL, "<b>rao</b>").to_vec();
        fields.push(("csrf", &csrf));
        let banned = browser.post("/bans", &fields).await.expect(303);
        let page = browser.follow(&banned).await.expect(200);
        assert!(page.body.contains("&#60;b&#62;rao&#60;/b&#62;") && !page.body.contains("<b>rao"));
        let action = page
            .body
            .split("action=\"/bans/")
            .nth(1)
            .expect("a button")
            .split('"')
            .next()
            .expect("an id")
            .to_owned();
        let path = format!("/bans/{action}");
        assert!(path.ends_with("/waiting"), "{path}");
        assert_eq!(lan.queue().await.len(), 2);
        let own = [("site", "bao"), ("csrf", csrf.as_str())];
        let rejected = browser.post(&path, &own).await.expect(303);
        let page = browser.follow(&rejected).await.expect(200);
        assert_eq!(lan.queue().await.len(), 0);
        let batch = hidden(&page, "batch");
        // It leads back to the bans, where the button was.
        let site = hidden(&page, "bans");
        let undo = [("csrf", csrf.as_str()), ("batch", &batch), ("bans", &site)];
        let undone = browser.post("/queue/undo", &undo).await.expect(303);
        let page = browser.follow(&undone).await.expect(200).body;
        assert!(
            page.contains("Đã hoàn tác 2 bình luận.") && page.contains("id=\"ban-pattern\""),
            "{page}"
        );
        assert_eq!(lan.queue().await.len(), 2);

        let (id, _) = reader.write(&anew("Vẫn rao")).await;
        assert_eq!(lan.card(&id).await.status(), "rejected");
        // A ban is nobody who does something.
        let card = browser
            .open(&format!("/queue?comment={id}"))
            .await
            .expect(200);
        assert!(
            card.body.contains("Bị từ chối lúc") && card.body.contains(" vì email bị cấm"),
            "{}",
            card.body
        );
        let page = browser.open("/bans").await.expect(200);
        assert!(
            page.body.contains(&format!("/queue?comment={id}")),
            "{}",
            page.body
        );
        let lift = path.replace("/waiting", "/lift");
        // Without the form's token nothing is changed, and from elsewhere neither.
        browser.post(&lift, &[("site", "bao")]).await.expect(403);
        let foreign = [("sec-fetch-site", "cross-site")];
        browser.post_from(&foreign, &lift, &own).await.expect(403);
        let lifted = browser.post(&lift, &own).await.expect(303);
        browser.follow(&lifted).await.expect(200);
        let (id, _) = reader.write(&anew("Hết rao")).await;
        assert_eq!(lan.card(&id).await.status(), "pending");
    }
);

on_both!(an_author_is_looked_up_and_banned, async |app: App| {
    let reader = app.reader();
    let browser = signed_in(&app, "Lan", &["--role", "editor"]).await;
    let (id, _) = reader.write("Bài hay").await;
    let empty = browser.open("/authors").await.expect(200);
    assert!(!empty.body.contains("/queue?comment="));
    let page = browser
        .open(&format!("/authors?site=bao&email={EMAIL}"))
        .await
        .expect(200);
    assert!(
        page.body.contains(&format!("/queue?comment={id}")) && page.body.contains("Trần Thị Bưởi")
    );
    assert!(
        page.body
            .contains(&format!("name=\"pattern\" value=\"{EMAIL}\"")),
        "{}",
        page.body
    );
    browser
        .open("/authors?site=bao&email=lan@")
        .await
        .expect(422);
    browser
        .open(&format!("/authors?site=khac&email={EMAIL}"))
        .await
        .expect(404);
    let csrf = hidden(&page, "csrf");
    let fields = [
        ("csrf", csrf.as_str()),
        ("site", "bao"),
        ("kind", "email"),
        ("pattern", EMAIL),
        ("reason", "rao"),
        ("term", "always"),
    ];
    browser.post("/bans", &fields).await.expect(303);
    let page = browser
        .open(&format!("/authors?site=bao&email={EMAIL}"))
        .await
        .expect(200);
    assert!(
        !page.body.contains("name=\"pattern\""),
        "who is banned already has no form"
    );
});

on_both!(an_editor_closes_and_dates_an_article, async |app: App| {
    let reader = app.reader();
    let lan = app.moderator("Minh");
    let browser = signed_in(&app, "Lan", &["--role", "editor"]).await;
    let (id, _) = reader.write("Bài hay").await;
    let list = browser.open("/articles?q=cau+moi").await.expect(200);
    let path = list
        .body
        .split("href=\"/articles/")
        .nth(1)
        .expect("a link")
        .split('"')
        .next()
        .expect("an id");
    let path = format!("/articles/{path}");
    let page = browser.open(&path).await.expect(200);
    assert!(
        page.body.contains(&format!("/queue?comment={id}")),
        "{}",
        page.body
    );
    let csrf = hidden(&page, "csrf");
    let press = async |what: &str, date: &str| {
        browser
            .post(&path, &[("csrf", &csrf), ("do", what), ("closes_at", date)])
            .await
    };
    let changed = press("close", "").await.expect(303);
    browser.follow(&changed).await.expect(200);
    reader.submit(&comment(&anew("Muộn"))).await.expect(403);
    press("date", "2099-01-01T07:00").await.expect(303);
    let page = browser.open(&path).await.expect(200).body;
    assert!(
        page.contains("Đã đóng; nếu mở lại, bài tự đóng lúc") && page.contains(">Bỏ hẹn giờ<"),
        "{page}"
    );
    press("no-date", "").await.expect(303);
    press("open", "").await.expect(303);
    reader.submit(&comment(&anew("Kịp"))).await.expect(202);
    press("date", "").await.expect(422);
    press("date", "2020-01-01T00:00").await.expect(422);
    press("date", "2099-01-01T07:00").await.expect(303);
    let told = reader.list(ARTICLE).await.expect(200).json();
    assert_eq!(told["article"]["closes_at"], json!("2099-01-01T00:00:00Z"));
    let page = browser.open(&path).await.expect(200);
    assert!(
        page.body.contains("value=\"2099-01-01T07:00\""),
        "{}",
        page.body
    );
    // Once the date has come, the button that takes it away opens the article, and says so.
    app.execute("update articles set closes_at = created_at")
        .await;
    let page = browser.open(&path).await.expect(200).body;
    assert!(
        page.contains("Đã đóng từ") && page.contains(">Bỏ hẹn giờ và mở lại<"),
        "{page}"
    );
    press("no-date", "").await.expect(303);
    press("premoderate", "").await.expect(303);
    assert_eq!(
        app.count("select count(*) from articles where premoderate and closes_at is null")
            .await,
        1
    );
    press("free", "").await.expect(303);
    press("explode", "").await.expect(422);
    browser.post(&path, &[("do", "close")]).await.expect(403);
    // By status.
    lan.approve(&lan.card(&id).await).await;
    let approved = browser
        .open(&format!("{path}?status=approved"))
        .await
        .expect(200);
    assert!(approved.body.contains(&format!("/queue?comment={id}")));
});

on_both!(a_moderator_looks_and_changes_nothing, async |app: App| {
    app.reader().write("Bài hay").await;
    let browser = signed_in(&app, "Hoa", &[]).await;
    let list = browser.open("/articles").await.expect(200);
    let path = list
        .body
        .split("href=\"/articles/")
        .nth(1)
        .expect("a link")
        .split('"')
        .next()
        .expect("an id");
    let path = format!("/articles/{path}");
    let page = browser.open(&path).await.expect(200);
    assert!(!page.body.contains("name=\"do\""));
    let csrf = hidden(&page, "csrf");
    browser
        .post(&path, &[("csrf", &csrf), ("do", "close")])
        .await
        .expect(403);
    let bans = browser.open("/bans").await.expect(200);
    assert!(!bans.body.contains("name=\"pattern\""));
    let fields = [
        ("csrf", csrf.as_str()),
        ("site", "bao"),
        ("kind", "email"),
        ("pattern", EMAIL),
        ("reason", "rao"),
        ("term", "always"),
    ];
    browser.post("/bans", &fields).await.expect(403);
    let author = browser
        .open(&format!("/authors?email={EMAIL}"))
        .await
        .expect(200);
    assert!(!author.body.contains("name=\"pattern\""));
    assert_eq!(app.count("select count(*) from bans").await, 0);
    // Who is not signed in is led to where one does.
    let stranger = app.browser();
    for page in ["/bans", "/authors?email=a@b.vn", "/articles", path.as_str()] {
        let led = stranger.open(page).await.expect(303);
        assert!(led.header("location").starts_with("/sign-in"), "{page}");
    }
});

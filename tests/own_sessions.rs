//! Where a member is signed in: seen and ended on the account page.

use reqwest::Method;

use crate::support::{Answer, App, Backend, Browser, PASSWORD, Setup, eventually, hidden, on_both};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

async fn press(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = hidden(&browser.open("/account").await.expect(200), "csrf");
    let mut form = vec![("csrf", csrf.as_str())];
    form.extend(fields);
    browser.post(path, &form).await
}

on_both!(
    sessions_are_told_apart_and_ended_one_by_one,
    |setup: Setup| setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1"),
    async |app: App| {
        let (one, two) = (app.visitor("Lan"), app.browser());
        let fields = [("email", "lan@bao.example"), ("password", PASSWORD)];
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("user-agent", FIREFOX),
            ("x-forwarded-for", "2001:db8:1:2:3::7"),
        ];
        two.post_from(&headers, "/sign-in", &fields)
            .await
            .expect(303);
        one.sign_in("Lan").await.expect(303);
        let page = one.open("/account").await.expect(200);
        assert!(page.body.contains("Firefox, Linux"), "{}", page.body);
        assert!(page.body.contains("2001:db8:1:2::/64"), "{}", page.body);
        assert!(!page.body.contains("2001:db8:1:2:3"));
        let session = hidden(&page, "session");
        // Somebody else's session is none of theirs.
        let minh = app.visitor("Minh");
        minh.sign_in("Minh").await.expect(303);
        press(&minh, "/account/sessions/end", &[("session", &session)])
            .await
            .expect(303);
        two.open("/queue").await.expect(200);
        press(&one, "/account/sessions/end", &[("session", &session)])
            .await
            .expect(303);
        two.open("/queue").await.expect(303);
        one.open("/queue").await.expect(200);
        minh.open("/queue").await.expect(200);
        for bad in ["", "x", "00ff"] {
            press(&one, "/account/sessions/end", &[("session", bad)])
                .await
                .expect(422);
        }
    }
);

on_both!(all_others_end_at_once, async |app: App| {
    let own = app.visitor("Lan");
    own.sign_in("Lan").await.expect(303);
    let others = [app.browser(), app.browser()];
    for other in &others {
        other.sign_in("Lan").await.expect(303);
    }
    press(&own, "/account/sessions/end-others", &[])
        .await
        .expect(303);
    for other in &others {
        other.open("/queue").await.expect(303);
    }
    own.open("/queue").await.expect(200);
});

on_both!(
    another_password_ends_every_other_session,
    async |app: App| {
        let (own, other) = (app.visitor("Lan"), app.browser());
        own.sign_in("Lan").await.expect(303);
        other.sign_in("Lan").await.expect(303);
        let change = async |old: &str, new: &str| {
            let fields = [("old_password", old), ("new_password", new)];
            press(&own, "/account/password", &fields).await
        };
        for (old, new) in [
            ("khong-phai-mat-khau", "mot-cau-khac-han-nhe"),
            (PASSWORD, "ngan"),
            (PASSWORD, "lan@bao.example"),
            (PASSWORD, "1234567890"),
            (PASSWORD, &"dài".repeat(400)),
        ] {
            change(old, new).await.expect(422);
        }
        other.open("/queue").await.expect(200);
        change(PASSWORD, "mot-cau-khac-han-nhe").await.expect(303);
        other.open("/queue").await.expect(303);
        own.open("/queue").await.expect(200);
        other.sign_in("Lan").await.expect(401);
        let new = "mot-cau-khac-han-nhe";
        other.sign_in_with("lan@bao.example", new).await.expect(303);
        // So does the command line.
        app.done(&["moderator", "password", "lan@bao.example"], PASSWORD);
        own.open("/queue").await.expect(303);
        other.open("/queue").await.expect(303);
    }
);

on_both!(
    signing_in_ends_the_session_that_was_there,
    async |app: App| {
        let browser = app.visitor("Lan");
        let first = browser.sign_in("Lan").await.expect(303);
        let cookie = first.header("set-cookie").split(';').next();
        let cookie = cookie.expect("a cookie").to_owned();
        browser.sign_in("Lan").await.expect(303);
        assert_eq!(app.count("select count(*) from sessions").await, 1);
        let request = app.wire().request(Method::GET, "/queue");
        let old = app.wire().send(request.header("cookie", cookie)).await;
        old.expect(303);
        browser.open("/queue").await.expect(200);
    }
);

/// As if sessions had been used so many minutes earlier.
async fn seen(app: &App, minutes: u32) {
    let statement = match app.backend {
        Backend::Sqlite => {
            format!("update sessions set seen_at = seen_at - {minutes} * 60000000")
        }
        Backend::Postgres => {
            format!("update sessions set seen_at = seen_at - interval '{minutes} minutes'")
        }
    };
    app.execute(&statement).await;
}

on_both!(a_session_that_is_not_used_ends, async |app: App| {
    let browser = app.visitor("Lan");
    browser.sign_in("Lan").await.expect(303);
    let seen = async |minutes: u32| seen(&app, minutes).await;
    let fresh = "select count(*) from sessions where seen_at > created_at";
    // Within minutes it is not written again.
    browser.open("/queue").await.expect(200);
    assert_eq!(app.count(fresh).await, 0);
    seen(170).await;
    browser.open("/queue").await.expect(200);
    assert_eq!(app.count(fresh).await, 1);
    browser.open("/queue").await.expect(200);
    seen(181).await;
    browser.open("/queue").await.expect(303);
});

on_both!(a_member_sets_their_name_and_language, async |app: App| {
    let browser = app.visitor("Lan");
    browser.sign_in("Lan").await.expect(303);
    press(&browser, "/account/name", &[("name", "<b>")])
        .await
        .expect(422);
    let named = press(&browser, "/account/name", &[("name", "Nguyễn Thị Lan")]).await;
    let page = browser.follow(&named.expect(303)).await.expect(200);
    assert!(page.body.contains("Nguyễn Thị Lan") && page.body.contains("role=\"status\""));
    press(&browser, "/account/language", &[("language", "en")])
        .await
        .expect(303);
    let page = browser.open("/account").await.expect(200);
    assert!(page.body.contains("<html lang=\"en\">"), "{}", page.body);
    press(&browser, "/account/language", &[("language", "browser")])
        .await
        .expect(303);
    assert!(
        browser
            .open("/account")
            .await
            .body
            .contains("<html lang=\"vi\">")
    );
    press(&browser, "/account/language", &[("language", "fr")])
        .await
        .expect(422);
});

on_both!(
    a_queue_that_is_left_open_keeps_nobody_signed_in,
    async |app: App| {
        let browser = app.visitor("Lan");
        browser.sign_in("Lan").await.expect(303);
        let (id, _) = app.reader().write("Bài hay lắm").await;
        // What the page asks for by itself: its stream anew, what is on the screen, and a card that somebody has changed.
        let by_itself = async || {
            let events = browser.request(Method::GET, "/api/v1/moderation/events");
            let events = events.send().await.expect("an answer").status().as_u16();
            let claims = browser
                .request(Method::POST, "/api/v1/moderation/claims")
                .header("sec-fetch-site", "same-origin")
                .json(&serde_json::json!({ "comments": [id] }));
            let claims = browser.send(claims).await.status;
            let path = format!("/queue/cards?comment={id}&view=lane%3Dlook");
            (events, claims, browser.open(&path).await.status)
        };
        seen(&app, 170).await;
        assert_eq!(by_itself().await, (200, 200, 200));
        let fresh = "select count(*) from sessions where seen_at > created_at";
        assert_eq!(app.count(fresh).await, 0);
        seen(&app, 11).await;
        assert_eq!(by_itself().await, (401, 401, 303));
        browser.open("/queue").await.expect(303);
    }
);

on_both!(
    a_session_never_begins_with_a_password_that_was_changed_meanwhile,
    async |app: App| {
        let lan = app.visitor("Lan");
        app.add_member("Minh", &["--password-stdin"]);
        let change = ["moderator", "password", "minh@bao.example"];
        app.done(&change, "mot-cau-khac-han-nhe");
        // Passwords are checked two at a time, so hers waits for a while after its hash was read.
        let before = (0..24).map(|n| {
            let browser = app.browser();
            let email = format!("ai-{n}@bao.example");
            async move { browser.sign_in_with(&email, PASSWORD).await.status }
        });
        let before = tokio::spawn(futures_util::future::join_all(before.collect::<Vec<_>>()));
        eventually("the others wait", async || {
            let counted = app.count("select count(*) from sign_in_attempts").await;
            (counted == 24).then_some(())
        })
        .await;
        let (signed_in, ()) = tokio::join!(lan.sign_in("Lan"), async {
            eventually("she waits behind them", async || {
                let counted = app.count("select count(*) from sign_in_attempts").await;
                (counted == 25).then_some(())
            })
            .await;
            // What a reset does: another password, and every session ends.
            let other = "select password_hash from moderators where email = 'minh@bao.example'";
            app.execute(&format!("update moderators set password_hash = ({other}) where email = 'lan@bao.example'; delete from sessions"))
                .await;
        });
        assert_eq!(signed_in.status, 401, "{}", signed_in.body);
        lan.open("/queue").await.expect(303);
        assert_eq!(app.count("select count(*) from sessions").await, 0);
        before.await.expect("the others are answered");
    }
);

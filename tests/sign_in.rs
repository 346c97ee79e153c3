//! Who comes into the dashboard, and how they leave it.

use reqwest::Method;

use crate::support::{App, PASSWORD, Setup, hidden, on_both};

on_both!(only_who_knows_the_password_comes_in, async |app: App| {
    let browser = app.visitor("Lan");
    app.add_member("Minh", &[]);
    let away = browser.open("/queue?lane=look").await.expect(303);
    assert_eq!(
        away.header("location"),
        "/sign-in?next=%2Fqueue%3Flane%3Dlook"
    );
    browser.follow(&away).await.expect(200);
    // A form cannot be sent again by a link: its page is where one goes on, and is told that nothing was recorded.
    let away = browser.post("/bans", &[("pattern", "x")]).await.expect(303);
    assert_eq!(
        away.header("location"),
        "/sign-in?next=%2Fbans&done=nothing"
    );
    let page = browser.follow(&away).await.expect(200).body;
    assert!(page.contains("điều bạn vừa gửi chưa được ghi"), "{page}");
    for (email, password) in [
        ("lan@bao.example", "sai-mat-khau-roi"),
        ("lan@bao.example", ""),
        ("khong-co@bao.example", PASSWORD),
        ("minh@bao.example", PASSWORD),
        ("minh@bao.example", ""),
        ("' or 1=1 --", PASSWORD),
        ("", ""),
    ] {
        let refused = browser.sign_in_with(email, password).await.expect(401);
        assert!(refused.headers.get("set-cookie").is_none(), "{email}");
        browser.open("/queue").await.expect(303);
    }
    let inside = browser
        .sign_in_with(" Lan@BAO.example ", PASSWORD)
        .await
        .expect(303);
    let cookie = inside.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
    let queue = browser.follow(&inside).await.expect(200);
    assert!(queue.body.contains("Lan") && queue.header("cache-control") == "no-store");
    assert_eq!(app.count("select count(*) from sessions").await, 1);
});

on_both!(
    signing_in_leads_nowhere_but_to_the_queue,
    async |app: App| {
        let browser = app.visitor("Lan");
        for next in [
            "https://khac.example/",
            "//khac.example",
            "/\\khac.example",
            "/queue\r\nx: y",
            "javascript:alert(1)",
        ] {
            let fields = [
                ("email", "lan@bao.example"),
                ("password", PASSWORD),
                ("next", next),
            ];
            assert_eq!(
                browser
                    .post("/sign-in", &fields)
                    .await
                    .expect(303)
                    .header("location"),
                "/queue",
                "{next}"
            );
        }
        let from_elsewhere = [("sec-fetch-site", "cross-site")];
        let fields = [("email", "lan@bao.example"), ("password", PASSWORD)];
        app.browser()
            .post_from(&from_elsewhere, "/sign-in", &fields)
            .await
            .expect(403);
    }
);

on_both!(
    after_signing_out_the_cookie_is_worth_nothing,
    async |app: App| {
        let browser = app.visitor("Lan");
        let inside = browser.sign_in("Lan").await.expect(303);
        let cookie = inside.header("set-cookie").split(';').next();
        let cookie = cookie.expect("a cookie").to_owned();
        let with_the_cookie = || {
            let request = app.wire().request(reqwest::Method::GET, "/queue");
            request.header("cookie", &cookie)
        };
        let queue = app.wire().send(with_the_cookie()).await.expect(200);
        let csrf = hidden(&queue, "csrf");
        let out = browser
            .post("/sign-out", &[("csrf", &csrf)])
            .await
            .expect(303);
        assert!(out.header("set-cookie").contains("Max-Age=0"), "{out:?}");
        browser.open("/queue").await.expect(303);
        app.wire().send(with_the_cookie()).await.expect(303);
    }
);

on_both!(an_old_session_is_over, async |app: App| {
    let browser = app.visitor("Lan");
    browser.sign_in("Lan").await.expect(303);
    browser.open("/queue").await.expect(200);
    app.execute("update sessions set expires_at = created_at")
        .await;
    browser.open("/queue").await.expect(303);
});

on_both!(
    over_https_the_cookies_are_bound_to_the_host,
    |setup: Setup| setup
        .set("DUYET_PUBLIC_URL", "https://binh-luan.bao.example")
        .set("DUYET_DASHBOARD_URL", "https://duyet.bao.example"),
    async |app: App| {
        app.add_member("Lan", &["--password-stdin"]);
        // By hand, since a client sends none of these cookies over plain http, on which the proxy speaks with the service.
        let wire = app.wire();
        let sign_in = wire
            .request(Method::POST, "/sign-in")
            .header("origin", "https://duyet.bao.example")
            .form(&[("email", "lan@bao.example"), ("password", PASSWORD)]);
        let answer = wire.send(sign_in).await.expect(303);
        let set = answer.headers.get_all("set-cookie");
        let set: Vec<&str> = set.iter().filter_map(|value| value.to_str().ok()).collect();
        assert_eq!(set.len(), 3, "{set:?}");
        for cookie in &set {
            // RFC 6265bis, 4.1.3.2: the prefix counts only with all of that, and without a domain.
            for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(cookie.split("; ").any(|is| is == part), "{cookie}");
            }
            assert!(
                cookie.starts_with("__Host-duyet-") && !cookie.contains("Domain"),
                "{cookie}"
            );
        }
        let session = set
            .iter()
            .find(|cookie| cookie.starts_with("__Host-duyet-session="));
        let session = session
            .expect("a session")
            .split(';')
            .next()
            .expect("a cookie");
        let queue = async |cookie: &str| {
            let request = wire.request(Method::GET, "/queue").header("cookie", cookie);
            wire.send(request).await.status
        };
        assert_eq!(queue(session).await, 200);
        // One without the prefix could have been set by a neighbouring host.
        assert_eq!(queue(session.trim_start_matches("__Host-")).await, 303);
        let page = wire
            .request(Method::GET, "/account")
            .header("cookie", session);
        let csrf = hidden(&wire.send(page).await.expect(200), "csrf");
        let sign_out = wire
            .request(Method::POST, "/sign-out")
            .header("origin", "https://duyet.bao.example")
            .header("cookie", session)
            .form(&[("csrf", csrf)]);
        let gone = wire.send(sign_out).await.expect(303);
        let gone = gone.header("set-cookie");
        assert!(
            gone.starts_with("__Host-duyet-session=;") && gone.contains("Secure"),
            "{gone}"
        );
        assert_eq!(queue(session).await, 303);
    }
);

//! Who guesses passwords must wait, whichever replica they ask, and nobody can make others wait for long.

use reqwest::Method;

use crate::support::{Answer, App, Backend, Browser, PASSWORD, Server, Setup, Wire, on_both};

const WRONG: &str = "sai-mat-khau-roi";

/// As if so many seconds had passed since the last attempts.
async fn pass(app: &App, seconds: u32) {
    let statement = match app.backend {
        Backend::Sqlite => {
            format!("update sign_in_attempts set last_at = last_at - {seconds}000000")
        }
        Backend::Postgres => {
            format!("update sign_in_attempts set last_at = last_at - interval '{seconds} seconds'")
        }
    };
    app.execute(&statement).await;
}

async fn guess(browser: &Browser, email: &str, times: usize) {
    for _ in 0..times {
        browser.sign_in_with(email, WRONG).await.expect(401);
    }
}

/// A refusal that says how long to wait, on the page and to programs.
#[track_caller]
fn must_wait(answer: &Answer) -> u32 {
    assert_eq!(answer.status, 429, "{}", answer.body);
    assert!(answer.headers.get("set-cookie").is_none());
    assert!(answer.body.contains("role=\"alert\"") && answer.body.contains("Hãy đợi"));
    answer.header("retry-after").parse().expect("seconds")
}

on_both!(who_guesses_must_wait_longer_and_longer, async |app: App| {
    let browser = app.visitor("Lan");
    app.add_member("Minh", &["--password-stdin"]);
    guess(&browser, "lan@bao.example", 5).await;
    let refused = browser.sign_in("Lan").await;
    assert!((10..=16).contains(&must_wait(&refused)), "{refused:?}");
    // Only the account waits, and what is tried meanwhile does not make it longer.
    for _ in 0..3 {
        must_wait(&browser.sign_in("Lan").await);
    }
    app.browser().sign_in("Minh").await.expect(303);
    pass(&app, 16).await;
    guess(&browser, "lan@bao.example", 1).await;
    assert!((16..=31).contains(&must_wait(&browser.sign_in("Lan").await)));
    for _ in 0..12 {
        pass(&app, 901).await;
        guess(&browser, "lan@bao.example", 1).await;
    }
    // Never longer than a quarter of an hour; then the right password clears it all.
    assert!((890..=901).contains(&must_wait(&browser.sign_in("Lan").await)));
    pass(&app, 901).await;
    browser.sign_in("Lan").await.expect(303);
    assert_eq!(app.count("select count(*) from sign_in_attempts").await, 0);
});

on_both!(
    an_unknown_account_waits_like_a_known_one,
    async |app: App| {
        let browser = app.visitor("Lan");
        let mut seen = Vec::new();
        for email in ["lan@bao.example", "khong-co@bao.example", "no address"] {
            let mut statuses = Vec::new();
            for _ in 0..7 {
                let answer = browser.sign_in_with(email, WRONG).await;
                let page = answer.body.replace(email, "EMAIL");
                // How long exactly depends on when it is asked.
                let page: String = page.chars().filter(|c| !c.is_ascii_digit()).collect();
                statuses.push((answer.status, page));
            }
            seen.push(statuses);
        }
        assert_eq!(seen[0], seen[1]);
        assert_eq!(seen[0], seen[2]);
        assert_eq!((seen[0][4].0, seen[0][5].0), (401, 429));
        // Case and spaces are the same account.
        must_wait(&browser.sign_in_with(" LAN@bao.example ", WRONG).await);
    }
);

on_both!(many_at_once_are_no_way_around, async |app: App| {
    app.add_member("Lan", &["--password-stdin"]);
    let guesses = (0..24).map(|_| {
        let browser = app.browser();
        async move { browser.sign_in_with("lan@bao.example", WRONG).await.status }
    });
    let statuses = futures_util::future::join_all(guesses).await;
    let looked_at = statuses.iter().filter(|status| **status == 401).count();
    assert_eq!(looked_at, 5, "{statuses:?}");
    assert!(
        statuses.iter().all(|status| [401, 429].contains(status)),
        "{statuses:?}"
    );
});

on_both!(a_new_start_forgets_nothing, async |mut app: App| {
    let browser = app.visitor("Lan");
    guess(&browser, "lan@bao.example", 5).await;
    app.restart();
    must_wait(&browser.sign_in("Lan").await);
});

#[tokio::test]
async fn replicas_count_together() {
    let app = Setup::new(Backend::Postgres).start().await;
    app.add_member("Lan", &["--password-stdin"]);
    let mut settings = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    let second = Server::start(app.folder(), &settings, "serve");
    guess(&app.browser(), "lan@bao.example", 3).await;
    let there = Wire::new(&second.base);
    let form = [("email", "lan@bao.example"), ("password", WRONG)];
    for expected in [401, 401, 429] {
        let request = there.request(Method::POST, "/sign-in");
        let request = request.header("accept", "text/html").form(&form);
        there.send(request).await.expect(expected);
    }
    must_wait(&app.browser().sign_in("Lan").await);
}

on_both!(
    an_address_that_tries_many_accounts_must_wait,
    |setup: Setup| setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1"),
    async |app: App| {
        app.add_member("Lan", &["--password-stdin"]);
        let from = async |address: &str, email: &str, password: &str| {
            let fields = [("email", email), ("password", password)];
            let headers = [
                ("sec-fetch-site", "same-origin"),
                ("x-forwarded-for", address),
            ];
            let browser = app.browser();
            browser.post_from(&headers, "/sign-in", &fields).await
        };
        // Good ones do not count.
        for _ in 0..3 {
            from("2001:db8::7", "lan@bao.example", PASSWORD)
                .await
                .expect(303);
        }
        for n in 0..30 {
            let email = format!("ai-{n}@bao.example");
            from("2001:db8::7", &email, WRONG).await.expect(401);
        }
        must_wait(&from("2001:db8::8", "lan@bao.example", PASSWORD).await);
        from("203.0.113.7", "lan@bao.example", PASSWORD)
            .await
            .expect(303);
    }
);

on_both!(
    a_stranger_cannot_keep_a_moderator_out_of_their_own_browser,
    async |app: App| {
        let own = app.visitor("Lan");
        own.sign_in("Lan").await.expect(303);
        let stranger = app.browser();
        guess(&stranger, "lan@bao.example", 5).await;
        must_wait(&stranger.sign_in("Lan").await);
        own.sign_in("Lan").await.expect(303);
        // A browser is known for the account that it was used with, and for no other.
        app.add_member("Minh", &["--password-stdin"]);
        guess(&stranger, "minh@bao.example", 5).await;
        must_wait(&own.sign_in("Minh").await);
        // And it has a count of its own.
        guess(&own, "lan@bao.example", 10).await;
        must_wait(&own.sign_in("Lan").await);
    }
);

on_both!(
    what_is_counted_tells_no_account_and_no_address,
    async |app: App| {
        let browser = app.visitor("Lan");
        guess(&browser, "lan@bao.example", 2).await;
        let hex = match app.backend {
            Backend::Sqlite => "select lower(hex(mark)) as text from sign_in_attempts",
            Backend::Postgres => "select encode(mark, 'hex') as text from sign_in_attempts",
        };
        let marks = app.texts(hex).await;
        assert_eq!(marks.len(), 1, "{marks:?}");
        assert!(marks.iter().all(|mark| mark.len() == 32));
        // Another service's marks of the same are others.
        let other = Setup::new(app.backend)
            .set("DUYET_SECRET", "another-secret-of-32-characters!")
            .start()
            .await;
        let there = other.visitor("Lan");
        guess(&there, "lan@bao.example", 2).await;
        assert_ne!(other.texts(hex).await, marks);
    }
);

fn behind_a_proxy(setup: Setup) -> Setup {
    setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1")
}

/// Gives a form of the entrance from an address, behind the proxy.
async fn give(browser: &Browser, address: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("x-forwarded-for", address),
    ];
    browser.post_from(&headers, path, fields).await
}

async fn sign_in_from(browser: &Browser, address: &str, name: &str, password: &str) -> Answer {
    let email = format!("{}@bao.example", name.to_lowercase());
    let fields = [("email", email.as_str()), ("password", password)];
    give(browser, address, "/sign-in", &fields).await
}

on_both!(
    two_of_one_office_sign_in_at_once,
    behind_a_proxy,
    async |app: App| {
        app.add_member("Lan", &["--password-stdin"]);
        app.add_member("Minh", &["--password-stdin"]);
        for office in 0..12 {
            // Nothing was counted yet of the address, nor of the accounts.
            app.execute("delete from sign_in_attempts").await;
            let address = format!("203.0.113.{office}");
            let (lan, minh) = (app.browser(), app.browser());
            let (first, second) = tokio::join!(
                sign_in_from(&lan, &address, "Lan", PASSWORD),
                sign_in_from(&minh, &address, "Minh", PASSWORD),
            );
            assert_eq!((first.status, second.status), (303, 303));
            let asking = [("email", "khong-co@bao.example")];
            let (first, second) = tokio::join!(
                give(&lan, &address, "/forgotten", &asking),
                give(&minh, &address, "/forgotten", &asking),
            );
            assert_eq!((first.status, second.status), (200, 200));
        }
    }
);

on_both!(
    a_stranger_of_the_same_address_cannot_keep_a_moderator_out_of_their_own_browser,
    behind_a_proxy,
    async |app: App| {
        // As behind a carrier, where a whole quarter has one address.
        let (carrier, own, stranger) = ("203.0.113.7", app.visitor("Lan"), app.browser());
        sign_in_from(&own, carrier, "Lan", PASSWORD)
            .await
            .expect(303);
        for n in 0..30 {
            sign_in_from(&stranger, carrier, &format!("ai-{n}"), WRONG)
                .await
                .expect(401);
        }
        must_wait(&sign_in_from(&stranger, carrier, "Lan", PASSWORD).await);
        sign_in_from(&own, carrier, "Lan", PASSWORD)
            .await
            .expect(303);
        // Her own slips are nobody's but her browser's.
        for _ in 0..10 {
            sign_in_from(&own, carrier, "Lan", WRONG).await.expect(401);
        }
        must_wait(&sign_in_from(&own, carrier, "Lan", PASSWORD).await);
        must_wait(&sign_in_from(&stranger, carrier, "Minh", WRONG).await);
        pass(&app, 16).await;
        sign_in_from(&stranger, carrier, "Minh", WRONG)
            .await
            .expect(401);
    }
);

on_both!(
    an_unknown_account_takes_the_work_of_a_known_one,
    async |app: App| {
        let browser = app.visitor("Lan");
        // Invited by hand and without a password: there is nothing to compare with.
        app.add_member("Minh", &[]);
        let hashed = async || {
            let measures = app.wire().get("/metrics").await.expect(200).body;
            let mut lines = measures.lines();
            let count = lines.find_map(|line| line.strip_prefix("duyet_passwords_hashed_total "));
            count.map_or(0, |count| count.parse::<u64>().expect("a number"))
        };
        for email in [
            "lan@bao.example",
            "minh@bao.example",
            "khong-co@bao.example",
            "no address",
        ] {
            let before = hashed().await;
            browser.sign_in_with(email, WRONG).await.expect(401);
            assert_eq!(hashed().await - before, 1, "{email}");
        }
    }
);

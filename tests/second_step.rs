//! Signing in with a code of a phone.

use std::time::{SystemTime, UNIX_EPOCH};

use totp_rs::{Builder, Secret};

use crate::support::{Answer, App, Backend, Browser, PASSWORD, hidden, on_both};

/// A phone's program that knows the secret of the page.
struct Phone(totp_rs::Totp);

impl Phone {
    fn scanning(page: &Answer) -> Self {
        let (_, rest) = page.body.split_once("<code class=\"key\">").expect("a key");
        let (key, _) = rest.split_once('<').expect("its end");
        let secret = Secret::try_from_base32(key.replace(' ', "")).expect("base32");
        assert!(page.body.contains("otpauth://totp/") && page.body.contains("<svg "));
        Self(
            Builder::new()
                .with_secret(secret)
                .build()
                .expect("a secret"),
        )
    }

    /// The code so many steps from now.
    fn code(&self, steps: i64) -> String {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("after 1970");
        let at = i64::try_from(now.as_secs()).expect("not so far") + 30 * steps;
        self.0.generate(at.unsigned_abs()).to_string()
    }

    /// One that is wrong now and in the next minutes.
    fn wrong(&self) -> String {
        let near: Vec<String> = (-3..9).map(|steps| self.code(steps)).collect();
        let mut all = (0..).map(|n| format!("{n:06}"));
        all.find(|code| !near.contains(code))
            .expect("a million are there")
    }
}

async fn csrf(browser: &Browser) -> String {
    hidden(&browser.open("/account").await.expect(200), "csrf")
}

/// Presses a button of the account page.
async fn press(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = csrf(browser).await;
    let mut form = vec![("csrf", csrf.as_str())];
    form.extend(fields);
    browser.post(path, &form).await
}

fn codes(page: &Answer) -> Vec<String> {
    let parts = page.body.split("<li><code>").skip(1);
    parts
        .map(|rest| rest.split('<').next().expect("a code").to_owned())
        .collect()
}

/// Lan with a phone, signed in; the phone's last code is the one of now.
async fn with_a_phone(app: &App) -> (Browser, Phone, Vec<String>) {
    let browser = app.visitor("Lan");
    browser.sign_in("Lan").await.expect(303);
    press(&browser, "/account/phone/begin", &[("password", PASSWORD)])
        .await
        .expect(303);
    let phone = Phone::scanning(&browser.open("/account/phone").await.expect(200));
    let code = phone.code(0);
    let shown = press(&browser, "/account/phone/confirm", &[("code", &code)]).await;
    let codes = codes(&shown.expect(200));
    assert_eq!(codes.len(), 10, "{codes:?}");
    (browser, phone, codes)
}

/// Past the password, before the code.
async fn half_way(app: &App) -> Browser {
    let browser = app.browser();
    let half = browser.sign_in("Lan").await.expect(303);
    assert_eq!(half.header("location"), "/sign-in/code?next=%2Fqueue");
    browser
}

async fn give(browser: &Browser, code: &str) -> Answer {
    let fields = [("code", code), ("next", "/queue")];
    browser.post("/sign-in/code", &fields).await
}

on_both!(
    a_phone_is_asked_for_once_it_has_shown_a_code,
    async |app: App| {
        let browser = app.visitor("Lan");
        let other = app.browser();
        browser.sign_in("Lan").await.expect(303);
        other.sign_in("Lan").await.expect(303);
        // Looking at the page begins nothing.
        browser.open("/account/phone").await.expect(303);
        assert_eq!(app.count("select count(*) from second_factors").await, 0);
        // Nor can it be begun by whoever finds the screen unlocked.
        for unknown in [&[][..], &[("password", "sai-mat-khau-roi")]] {
            let refused = press(&browser, "/account/phone/begin", unknown).await;
            assert!(refused.expect(422).body.contains("id=\"phone-error\""));
        }
        assert_eq!(app.count("select count(*) from second_factors").await, 0);
        press(&browser, "/account/phone/begin", &[("password", PASSWORD)])
            .await
            .expect(303);
        let page = browser.open("/account/phone").await.expect(200);
        let phone = Phone::scanning(&page);
        app.browser().sign_in("Lan").await.expect(303);
        let wrong = press(
            &browser,
            "/account/phone/confirm",
            &[("code", &phone.wrong())],
        )
        .await;
        assert!(wrong.expect(422).body.contains("aria-invalid=\"true\""));
        let half = app.browser().sign_in("Lan").await.expect(303);
        assert_eq!(half.header("location"), "/queue");
        let right = phone.code(0);
        let shown = press(&browser, "/account/phone/confirm", &[("code", &right)]).await;
        assert_eq!(codes(&shown.expect(200)).len(), 10);
        // Whoever was signed in without a code is so no longer, save for this browser.
        browser.open("/queue").await.expect(200);
        other.open("/queue").await.expect(303);
        // The page with the codes, loaded again, says where other ones are made.
        let again = press(&browser, "/account/phone/confirm", &[("code", &right)]).await;
        let page = browser.follow(&again.expect(303)).await.body;
        assert!(page.contains("Xác thực hai bước đã bật."), "{page}");
        // The secret is not to be had again.
        browser.open("/account/phone").await.expect(303);
        let again = press(&browser, "/account/phone/begin", &[("password", PASSWORD)]).await;
        again.expect(303);
        browser.open("/account/phone").await.expect(303);
        half_way(&app).await;
    }
);

on_both!(a_code_lets_in_once, async |app: App| {
    let (_, phone, _) = with_a_phone(&app).await;
    let one = half_way(&app).await;
    one.open("/queue").await.expect(303);
    let page = one.open("/sign-in/code?next=%2Fqueue").await.expect(200);
    assert!(page.body.contains("one-time-code"));
    give(&one, &phone.wrong()).await.expect(401);
    // The code that turned it on was used by that.
    give(&one, &phone.code(0)).await.expect(401);
    one.open("/queue").await.expect(303);
    let next = phone.code(1);
    let inside = give(&one, &next).await.expect(303);
    assert_eq!(inside.header("location"), "/queue");
    one.open("/queue").await.expect(200);
    // Whoever looked over the shoulder is too late, and so is an older one.
    let two = half_way(&app).await;
    give(&two, &next).await.expect(401);
    give(&two, &phone.code(-1)).await.expect(401);
    two.open("/queue").await.expect(303);
    // What is between password and code ends with the second.
    give(&one, &phone.code(1)).await.expect(303);
    app.browser().open("/sign-in/code").await.expect(303);
});

on_both!(many_with_one_code_are_one, async |app: App| {
    let (_, phone, _) = with_a_phone(&app).await;
    let mut browsers = Vec::new();
    for _ in 0..5 {
        browsers.push(half_way(&app).await);
    }
    let code = phone.code(1);
    let all = browsers.iter().map(|browser| give(browser, &code));
    let answers = futures_util::future::join_all(all).await;
    let inside = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(inside, 1, "{answers:?}");
});

on_both!(each_recovery_code_lets_in_once, async |app: App| {
    let (browser, _, codes) = with_a_phone(&app).await;
    let one = half_way(&app).await;
    give(&one, &codes[0].to_uppercase().replace('-', " "))
        .await
        .expect(303);
    one.open("/queue").await.expect(200);
    let two = half_way(&app).await;
    give(&two, &codes[0]).await.expect(401);
    give(&two, &codes[1]).await.expect(303);
    assert_eq!(app.count("select count(*) from recovery_codes").await, 8);
    // Other codes replace them all, for who knows the password.
    let wrong = [("password", "khong-phai-mat-khau")];
    press(&browser, "/account/phone/codes", &wrong)
        .await
        .expect(422);
    let right = [("password", PASSWORD)];
    let renewed = press(&browser, "/account/phone/codes", &right).await;
    let new = self::codes(&renewed.expect(200));
    assert_eq!(app.count("select count(*) from recovery_codes").await, 10);
    let three = half_way(&app).await;
    give(&three, &codes[2]).await.expect(401);
    give(&three, &new[9]).await.expect(303);
});

on_both!(who_guesses_codes_must_wait, async |app: App| {
    let (_, phone, _) = with_a_phone(&app).await;
    let browser = half_way(&app).await;
    for _ in 0..5 {
        give(&browser, &phone.wrong()).await.expect(401);
    }
    let refused = give(&browser, &phone.code(1)).await.expect(429);
    let wait: u32 = refused.header("retry-after").parse().expect("seconds");
    assert!((10..=16).contains(&wait), "{wait}");
    // The password again is no way around.
    let browser = half_way(&app).await;
    give(&browser, &phone.code(1)).await.expect(429);
});

on_both!(
    between_password_and_code_nothing_is_open_and_another_password_ends_it,
    async |app: App| {
        let (browser, phone, _) = with_a_phone(&app).await;
        let half = half_way(&app).await;
        for path in ["/queue", "/account", "/account/phone"] {
            half.open(path).await.expect(303);
        }
        let fields = [
            ("old_password", PASSWORD),
            ("new_password", "mot-cau-khac-han-nhe"),
        ];
        press(&browser, "/account/password", &fields)
            .await
            .expect(303);
        let back = give(&half, &phone.code(1)).await.expect(303);
        assert_eq!(back.header("location"), "/sign-in");
        half.open("/queue").await.expect(303);
    }
);

on_both!(turning_it_off_needs_the_password, async |app: App| {
    let (browser, _, _) = with_a_phone(&app).await;
    for password in ["", "khong-phai-mat-khau"] {
        let fields = [("password", password)];
        press(&browser, "/account/phone/off", &fields)
            .await
            .expect(422);
    }
    half_way(&app).await;
    press(&browser, "/account/phone/off", &[("password", PASSWORD)])
        .await
        .expect(303);
    let inside = app.browser().sign_in("Lan").await.expect(303);
    assert_eq!(inside.header("location"), "/queue");
    assert_eq!(app.count("select count(*) from recovery_codes").await, 0);
});

on_both!(
    who_has_lost_everything_is_helped_on_the_command_line,
    async |app: App| {
        with_a_phone(&app).await;
        app.done(&["moderator", "reset-totp", "lan@bao.example"], "");
        let inside = app.browser().sign_in("Lan").await.expect(303);
        assert_eq!(inside.header("location"), "/queue");
        let again = app.command(&["moderator", "reset-totp", "lan@bao.example"], "");
        assert!(!again.status.success());
    }
);

on_both!(the_secret_lies_sealed, async |app: App| {
    let browser = app.visitor("Lan");
    browser.sign_in("Lan").await.expect(303);
    press(&browser, "/account/phone/begin", &[("password", PASSWORD)])
        .await
        .expect(303);
    let phone = Phone::scanning(&browser.open("/account/phone").await.expect(200));
    let hex = match app.backend {
        Backend::Sqlite => "select lower(hex(sealed)) as text from second_factors",
        Backend::Postgres => "select encode(sealed, 'hex') as text from second_factors",
    };
    let sealed = app.texts(hex).await.pop().expect("a row");
    let plain = hex::encode(phone.0.secret().as_bytes());
    // Nonce, secret and tag.
    assert_eq!(sealed.len(), 2 * (24 + 20 + 16));
    assert!(!sealed.contains(&plain[..16]));
});

on_both!(
    a_proposed_secret_that_was_left_lying_is_worth_nothing,
    async |app: App| {
        let browser = app.visitor("Lan");
        browser.sign_in("Lan").await.expect(303);
        let begin = async || {
            press(&browser, "/account/phone/begin", &[("password", PASSWORD)])
                .await
                .expect(303);
            Phone::scanning(&browser.open("/account/phone").await.expect(200))
        };
        let earlier = async |minutes: u32| {
            let statement = match app.backend {
                Backend::Sqlite => {
                    format!(
                        "update second_factors set created_at = created_at - {minutes} * 60000000"
                    )
                }
                Backend::Postgres => format!(
                    "update second_factors set created_at = created_at - interval '{minutes} minutes'"
                ),
            };
            app.execute(&statement).await;
        };
        let phone = begin().await;
        earlier(11).await;
        let page = browser.open("/account/phone").await.expect(303);
        assert_eq!(page.header("location"), "/account");
        let code = phone.code(0);
        press(&browser, "/account/phone/confirm", &[("code", &code)])
            .await
            .expect(409);
        app.browser().sign_in("Lan").await.expect(303);
        // Whoever begins anew has ten minutes.
        let phone = begin().await;
        earlier(9).await;
        browser.open("/account/phone").await.expect(200);
        let code = phone.code(0);
        press(&browser, "/account/phone/confirm", &[("code", &code)])
            .await
            .expect(200);
    }
);

on_both!(
    who_types_a_wrong_recovery_code_is_not_sent_to_their_phone,
    async |app: App| {
        let (_, phone, _) = with_a_phone(&app).await;
        let browser = half_way(&app).await;
        let page = give(&browser, "abcd-efgh-jkmn").await.expect(401).body;
        assert!(
            page.contains("Mã dự phòng không đúng") && !page.contains("Hãy đợi mã mới"),
            "{page}"
        );
        let page = give(&browser, &phone.wrong()).await.expect(401).body;
        assert!(
            page.contains("Hãy đợi mã mới hiện trên điện thoại"),
            "{page}"
        );
    }
);

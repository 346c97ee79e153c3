//! Members: invited, bound, given a role, disabled; and the links that are mailed to them.

use std::time::Duration;

use mail_parser::MessageParser;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Answer, App, Browser, Hold, Moderator, PASSWORD, eventually, hidden, mail_files, on_both,
};

/// A mail as its reader sees it.
#[derive(Debug, Clone)]
struct Mail {
    to: String,
    subject: String,
    text: String,
}

fn mails(app: &App) -> Vec<Mail> {
    let files = mail_files(&app.folder().join("mail"));
    let read = |path| {
        let bytes = std::fs::read(path).expect("a mail");
        let mail = MessageParser::default().parse(&bytes)?;
        let to = mail.to()?.first()?.address()?.to_owned();
        Some(Mail {
            to,
            subject: mail.subject()?.to_owned(),
            text: mail.body_text(0)?.into_owned(),
        })
    };
    files.into_iter().filter_map(read).collect()
}

/// Waits until somebody has so many mails; their links, in no order.
async fn links(app: &App, email: &str, count: usize) -> Vec<String> {
    let theirs = eventually("a mail arrives", async || {
        let mut theirs = mails(app);
        theirs.retain(|mail| mail.to == email);
        (theirs.len() >= count).then_some(theirs)
    })
    .await;
    theirs.iter().map(link_in).collect()
}

/// The link of the one mail that somebody has.
async fn link(app: &App, email: &str) -> String {
    links(app, email, 1).await.remove(0)
}

fn link_in(mail: &Mail) -> String {
    let (_, rest) = mail
        .text
        .split_once("http://binh-luan.bao.example")
        .expect("a link");
    rest.split_whitespace().next().expect("a path").to_owned()
}

async fn nothing_waits(app: &App) {
    eventually("no mail waits", async || {
        let waiting = "select count(*) from outbox where state = 'ready'";
        (app.count(waiting).await == 0).then_some(())
    })
    .await;
}

async fn api(by: &Moderator, method: Method, rest: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/moderation/members{rest}");
    let request = by.request(method, &path);
    by.send(if body.is_null() {
        request
    } else {
        request.json(body)
    })
    .await
}

async fn invite(by: &Moderator, email: &str, role: &str, sites: &Value) -> Answer {
    let body = json!({ "email": email, "name": "Hoa", "role": role, "sites": sites });
    api(by, Method::POST, "", &body).await
}

async fn id_of(by: &Moderator, email: &str) -> String {
    let list = api(by, Method::GET, "", &Value::Null)
        .await
        .expect(200)
        .json();
    let members = list["members"].as_array().expect("members");
    let found = members.iter().find(|member| member["email"] == email);
    found.expect("a member")["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

async fn set_password(browser: &Browser, link: &str, name: Option<&str>, password: &str) -> Answer {
    let mut fields = vec![("password", password)];
    fields.extend(name.map(|name| ("name", name)));
    browser.post(link, &fields).await
}

on_both!(
    who_works_for_several_newspapers_is_invited_by_the_service,
    async |app: App| {
        app.add_site("nui", "https://nui.example");
        let admin = app.member("Lan", &["--role", "admin"]);
        invite(&admin, "hoa@bao.example", "moderator", &json!([]))
            .await
            .expect(201);
        link(&app, "hoa@bao.example").await;
        let mail = mails(&app).pop().expect("a mail");
        assert!(
            mail.subject.contains("hệ thống Duyệt") && !mail.text.contains("Báo Ví Dụ"),
            "{mail:?}"
        );
        // Who works for one of them is told which.
        invite(
            &admin,
            "mai@bao.example",
            "moderator",
            &json!([{ "site": "bao" }]),
        )
        .await
        .expect(201);
        link(&app, "mai@bao.example").await;
        let mail = mails(&app).pop().expect("a mail");
        assert!(mail.text.contains("Báo Ví Dụ"), "{mail:?}");
    }
);

on_both!(
    who_is_invited_joins_by_the_link_of_their_mail_once,
    async |app: App| {
        let admin = app.member("Lan", &["--role", "admin"]);
        let new = invite(&admin, "Hoa@bao.example", "moderator", &json!([]))
            .await
            .expect(201);
        assert_eq!(new.json()["state"], "invited");
        let wrong = invite(&admin, "hoa@bao.example", "moderator", &json!([]))
            .await
            .expect(422);
        assert_eq!(
            wrong.wrong(),
            [("email".to_owned(), "email-taken".to_owned())]
        );
        let link = link(&app, "Hoa@bao.example").await;
        assert!(link.starts_with("/join/"));
        let mail = mails(&app).pop().expect("a mail");
        assert!(
            mail.subject.contains("Lời mời") && mail.text.contains("Báo Ví Dụ"),
            "{mail:?}"
        );
        // Opening it, as mail programs do, changes nothing.
        let browser = app.browser();
        for _ in 0..2 {
            let page = browser.open(&link).await.expect(200);
            assert!(page.header("x-robots-tag").contains("noindex") && page.body.contains("Hoa"));
        }
        let short = set_password(&browser, &link, Some("Hoa"), "ngan")
            .await
            .expect(422);
        assert!(short.body.contains("aria-invalid=\"true\""));
        set_password(&browser, &link, Some("<b>"), PASSWORD)
            .await
            .expect(422);
        let (one, two) = (app.browser(), app.browser());
        let (first, second) = tokio::join!(
            set_password(&one, &link, Some("Lê Hoa"), PASSWORD),
            set_password(&two, &link, Some("Ai Khác"), "mot-cau-khac-han-nhe"),
        );
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404]);
        for path in [link.as_str(), &link.replace("/join/", "/reset/")] {
            browser.open(path).await.expect(404);
            set_password(&browser, path, Some("Hoa"), PASSWORD)
                .await
                .expect(404);
        }
        let (name, password) = if first.status == 303 {
            ("Lê Hoa", PASSWORD)
        } else {
            ("Ai Khác", "mot-cau-khac-han-nhe")
        };
        browser
            .sign_in_with("hoa@bao.example", password)
            .await
            .expect(303);
        assert!(browser.open("/queue").await.expect(200).body.contains(name));
        let list = api(&admin, Method::GET, "", &Value::Null)
            .await
            .expect(200)
            .json();
        assert_eq!(list["members"][1]["state"], "active");
        // An invitation is not sent to who has joined.
        let id = id_of(&admin, "Hoa@bao.example").await;
        let again = format!("/{id}/invitation");
        api(&admin, Method::POST, &again, &Value::Null)
            .await
            .expect(409);
    }
);

on_both!(
    who_is_invited_reads_no_comments_before_they_come,
    async |app: App| {
        let admin = app.member("Lan", &["--role", "admin"]);
        let here = json!([{ "site": "bao" }]);
        invite(&admin, "hoa@bao.example", "editor", &here)
            .await
            .expect(201);
        // The address may be a mistyped one.
        let link = link(&app, "hoa@bao.example").await;
        app.reader().write("Ai được đọc câu này?").await;
        nothing_waits(&app).await;
        let of = |email: &str| mails(&app).iter().filter(|mail| mail.to == email).count();
        assert_eq!((of("lan@bao.example"), of("hoa@bao.example")), (1, 1));
        set_password(&app.browser(), &link, Some("Hoa"), PASSWORD)
            .await
            .expect(303);
        app.reader().write("Còn câu này?").await;
        eventually("Hoa is told", async || {
            (of("hoa@bao.example") == 2).then_some(())
        })
        .await;
    }
);

on_both!(
    an_invitation_ends_and_is_sent_again_a_few_times,
    async |app: App| {
        let admin = app.member("Lan", &["--role", "admin"]);
        invite(
            &admin,
            "hoa@bao.example",
            "editor",
            &json!([{ "site": "bao" }]),
        )
        .await
        .expect(201);
        let first = link(&app, "hoa@bao.example").await;
        app.execute("update member_links set expires_at = created_at")
            .await;
        app.browser().open(&first).await.expect(404);
        let id = id_of(&admin, "hoa@bao.example").await;
        let again = format!("/{id}/invitation");
        for _ in 0..2 {
            api(&admin, Method::POST, &again, &Value::Null)
                .await
                .expect(204);
        }
        let third = api(&admin, Method::POST, &again, &Value::Null)
            .await
            .expect(429);
        assert!(!third.header("retry-after").is_empty());
        let mut usable = Vec::new();
        for link in links(&app, "hoa@bao.example", 3).await {
            match app.browser().open(&link).await.status {
                200 => usable.push(link),
                status => assert_eq!((status, &link), (404, &first)),
            }
        }
        assert_eq!(usable.len(), 2);
        // Whichever of them is used, the other counts no more.
        let name = Some("Hoa");
        set_password(&app.browser(), &usable[0], name, PASSWORD)
            .await
            .expect(303);
        set_password(&app.browser(), &usable[1], name, PASSWORD)
            .await
            .expect(404);
    }
);

on_both!(
    a_forgotten_password_is_set_anew_by_mail,
    async |app: App| {
        let inside = app.visitor("Lan");
        inside.sign_in("Lan").await.expect(303);
        let browser = app.browser();
        let mut answers = Vec::new();
        for email in ["lan@bao.example", "khong-co@bao.example", "no address", ""] {
            let answer = browser
                .post("/forgotten", &[("email", email)])
                .await
                .expect(200);
            let told = format!("với email {email},");
            assert!(answer.body.contains(&told), "{}", answer.body);
            answers.push(answer.body.replace(&told, ""));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        let link = link(&app, "lan@bao.example").await;
        assert!(link.starts_with("/reset/"));
        assert_eq!(mails(&app).len(), 1);
        // Guesses do not keep out who reads the mailbox.
        for _ in 0..5 {
            browser
                .sign_in_with("lan@bao.example", "sai-mat-khau-roi")
                .await
                .expect(401);
        }
        browser.sign_in("Lan").await.expect(429);
        browser.open(&link).await.expect(200);
        let done = set_password(&browser, &link, None, "mot-cau-khac-han-nhe")
            .await
            .expect(303);
        assert_eq!(done.header("location"), "/sign-in?done=password");
        inside.open("/queue").await.expect(303);
        let new = "mot-cau-khac-han-nhe";
        browser
            .sign_in_with("lan@bao.example", new)
            .await
            .expect(303);
        set_password(&browser, &link, None, PASSWORD)
            .await
            .expect(404);
    }
);

on_both!(nobody_can_fill_a_members_mailbox, async |app: App| {
    app.visitor("Lan");
    let browser = app.browser();
    for _ in 0..8 {
        browser
            .post("/forgotten", &[("email", "lan@bao.example")])
            .await
            .expect(200);
    }
    // Whoever else asks is served after them all.
    app.visitor("Minh");
    browser
        .post("/forgotten", &[("email", "minh@bao.example")])
        .await
        .expect(200);
    link(&app, "minh@bao.example").await;
    assert_eq!(app.count("select count(*) from member_links").await, 2);
    nothing_waits(&app).await;
    assert_eq!(mails(&app).len(), 2);
});

on_both!(
    whether_there_is_an_account_is_not_told_by_the_time_it_takes,
    async |app: App| {
        app.visitor("Lan");
        let browser = app.browser();
        // Nothing can be written: whoever waited for that would wait.
        let hold = Hold::of(&app, "member_links, member_events, outbox").await;
        for email in ["lan@bao.example", "khong-co@bao.example"] {
            let fields = [("email", email)];
            let asked = browser.post("/forgotten", &fields);
            let answer = tokio::time::timeout(Duration::from_secs(2), asked).await;
            answer.expect("an answer at once").expect(200);
        }
        hold.release().await;
        link(&app, "lan@bao.example").await;
    }
);

on_both!(no_link_lies_in_the_database, async |app: App| {
    app.visitor("Lan");
    let browser = app.browser();
    browser
        .post("/forgotten", &[("email", "lan@bao.example")])
        .await
        .expect(200);
    let link = link(&app, "lan@bao.example").await;
    let token = link.trim_start_matches("/reset/");
    let payloads = app.texts("select payload as text from outbox").await;
    assert!(!payloads.is_empty() && payloads.iter().all(|payload| !payload.contains(token)));
    // The link of another service, or one letter of another, opens nothing.
    let mut forged = token.to_owned();
    let last = if forged.pop() == Some('A') { 'B' } else { 'A' };
    forged.push(last);
    let refused = browser.open(&format!("/reset/{forged}")).await.expect(404);
    let log = app.logged(refused.header("x-request-id")).await;
    assert!(!log.contains(token), "the link is in the log");
});

on_both!(
    who_is_disabled_has_nothing_until_they_are_enabled,
    async |app: App| {
        let admin = app.member("Lan", &["--role", "admin"]);
        let minh = app.member("Minh", &["--password-stdin"]);
        let browser = app.browser();
        browser.sign_in("Minh").await.expect(303);
        minh.list(&[]).await.expect(200);
        browser
            .post("/forgotten", &[("email", "minh@bao.example")])
            .await
            .expect(200);
        let reset = link(&app, "minh@bao.example").await;
        let id = id_of(&admin, "minh@bao.example").await;
        let disabled = api(
            &admin,
            Method::POST,
            &format!("/{id}/disable"),
            &Value::Null,
        )
        .await;
        assert_eq!(disabled.expect(200).json()["state"], "disabled");
        minh.list(&[]).await.expect(401);
        browser.open("/queue").await.expect(303);
        browser.sign_in("Minh").await.expect(401);
        browser.open(&reset).await.expect(404);
        // As if the hour were over in which no second is sent to anybody.
        app.execute("delete from member_links").await;
        browser
            .post("/forgotten", &[("email", "minh@bao.example")])
            .await
            .expect(200);
        app.reader().write("Ai còn nhận thư?").await;
        nothing_waits(&app).await;
        let told: Vec<Mail> = mails(&app)
            .into_iter()
            .filter(|mail| mail.to == "minh@bao.example")
            .collect();
        assert_eq!(told.len(), 1, "{told:?}");
        api(&admin, Method::POST, &format!("/{id}/enable"), &Value::Null)
            .await
            .expect(200);
        minh.list(&[]).await.expect(200);
        browser.open("/queue").await.expect(303);
        browser.sign_in("Minh").await.expect(303);
    }
);

on_both!(the_last_admin_stays_one, async |app: App| {
    let lan = app.member("Lan", &["--role", "admin"]);
    let id = id_of(&lan, "lan@bao.example").await;
    for (method, rest, body) in [
        (Method::POST, format!("/{id}/disable"), Value::Null),
        (Method::PATCH, format!("/{id}"), json!({ "role": "editor" })),
        (
            Method::PATCH,
            format!("/{id}"),
            json!({ "sites": [{ "site": "bao" }] }),
        ),
    ] {
        let refused = api(&lan, method, &rest, &body).await.expect(409);
        assert_eq!(refused.text("type"), "/docs#problem-last-admin");
    }
    // An admin of one site does not count, nor one who is disabled.
    app.member("Hoa", &["--role", "admin", "--site", "bao"]);
    let minh = app.member("Minh", &["--role", "admin"]);
    let other = id_of(&lan, "minh@bao.example").await;
    api(
        &lan,
        Method::POST,
        &format!("/{other}/disable"),
        &Value::Null,
    )
    .await
    .expect(200);
    api(&lan, Method::POST, &format!("/{id}/disable"), &Value::Null)
        .await
        .expect(409);
    api(
        &lan,
        Method::POST,
        &format!("/{other}/enable"),
        &Value::Null,
    )
    .await
    .expect(200);
    // Two who take each other's rights at once: one of them is too late.
    let (to_minh, to_lan) = (format!("/{other}"), format!("/{id}"));
    let lesser = json!({ "role": "moderator" });
    let (first, second) = tokio::join!(
        api(&lan, Method::PATCH, &to_minh, &lesser),
        api(&minh, Method::PATCH, &to_lan, &lesser),
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert!(
        statuses[0] == 200 && [403, 409].contains(&statuses[1]),
        "{statuses:?}"
    );
    let left = "select count(*) from moderators m where role = 'admin' and not exists (select 1 from moderator_sites s where s.moderator_id = m.id)";
    assert_eq!(app.count(left).await, 1);
});

on_both!(
    an_admin_of_some_sites_manages_only_their_members,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let lan = app.member("Lan", &["--role", "admin"]);
        let hoa = app.member("Hoa", &["--role", "admin", "--site", "khac"]);
        app.add_member("Minh", &["--site", "bao"]);
        app.add_member("Binh", &["--site", "khac"]);
        let list = api(&hoa, Method::GET, "", &Value::Null)
            .await
            .expect(200)
            .json();
        let names: Vec<&str> = list["members"]
            .as_array()
            .expect("members")
            .iter()
            .map(|member| member["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(names, ["Hoa", "Binh"]);
        for email in ["lan@bao.example", "minh@bao.example"] {
            let id = id_of(&lan, email).await;
            let wanted = json!({ "role": "moderator" });
            api(&hoa, Method::PATCH, &format!("/{id}"), &wanted)
                .await
                .expect(404);
            api(&hoa, Method::POST, &format!("/{id}/disable"), &Value::Null)
                .await
                .expect(404);
        }
        // Nobody is given more than they have themselves.
        let id = id_of(&lan, "binh@bao.example").await;
        for sites in [
            json!([]),
            json!([{ "site": "bao" }]),
            json!([{ "site": "khac" }, { "site": "bao" }]),
        ] {
            let body = json!({ "sites": sites });
            api(&hoa, Method::PATCH, &format!("/{id}"), &body)
                .await
                .expect(422);
            invite(&hoa, "moi@bao.example", "admin", &sites)
                .await
                .expect(422);
        }
        let own = id_of(&lan, "hoa@bao.example").await;
        let all = json!({ "sites": [] });
        api(&hoa, Method::PATCH, &format!("/{own}"), &all)
            .await
            .expect(422);
        invite(
            &hoa,
            "moi@bao.example",
            "editor",
            &json!([{ "site": "khac" }]),
        )
        .await
        .expect(201);
        // Who is bound to sections manages nobody.
        let by = app.member("An", &["--role", "admin", "--section", "khac:Thể thao"]);
        api(&by, Method::GET, "", &Value::Null).await.expect(403);
        let an = id_of(&lan, "an@bao.example").await;
        let wrong = json!({ "sites": [{ "site": "khac", "sections": ["", "x".repeat(201)] }] });
        let wrong = api(&lan, Method::PATCH, &format!("/{an}"), &wrong)
            .await
            .expect(422);
        assert_eq!(wrong.wrong().len(), 2);
    }
);

on_both!(members_are_managed_on_a_page, async |app: App| {
    app.add_member("Lan", &["--role", "admin", "--password-stdin"]);
    let lan = app.browser();
    lan.sign_in("Lan").await.expect(303);
    let csrf = hidden(&lan.open("/members").await.expect(200), "csrf");
    let fields = [
        ("csrf", csrf.as_str()),
        ("name", "Hoa"),
        ("email", "hoa@bao.example"),
        ("role", "moderator"),
        ("sections:bao", "Thể thao\r\n Giải trí \r\n\r\n"),
    ];
    let invited = lan.post("/members", &fields).await.expect(303);
    let page = lan.follow(&invited).await.expect(200);
    assert!(
        page.body.contains("Báo Ví Dụ: Giải trí, Thể thao"),
        "{}",
        page.body
    );
    lan.post("/members", &fields).await.expect(422);
    let (_, rest) = page.body.rsplit_once("href=\"/members/").expect("a member");
    let id = rest.split('"').next().expect("an id");
    let one = format!("/members/{id}");
    assert!(
        lan.open(&one)
            .await
            .expect(200)
            .body
            .contains("Giải trí\nThể thao</textarea>")
    );
    let change = [("csrf", csrf.as_str()), ("role", "editor"), ("site", "bao")];
    let saved = lan.post(&one, &change).await.expect(303);
    let page = lan.follow(&saved).await.expect(200);
    assert!(page.body.contains("value=\"editor\" checked") && !page.body.contains("Giải trí"));
    for action in ["invite", "disable", "enable"] {
        let path = format!("{one}/{action}");
        lan.post(&path, &[("csrf", &csrf)]).await.expect(303);
    }
    app.add_member("Minh", &["--role", "editor", "--password-stdin"]);
    let minh = app.browser();
    minh.sign_in("Minh").await.expect(303);
    minh.open("/members").await.expect(403);
    assert!(!minh.open("/queue").await.body.contains("href=\"/members\""));
});

on_both!(
    who_was_invited_and_has_not_come_is_no_last_admin,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "admin"]);
        let id = id_of(&lan, "lan@bao.example").await;
        invite(&lan, "hoa@bao.example", "admin", &json!([]))
            .await
            .expect(201);
        let link = link(&app, "hoa@bao.example").await;
        let (to_lan, lesser) = (format!("/{id}"), json!({ "role": "editor" }));
        api(&lan, Method::PATCH, &to_lan, &lesser).await.expect(409);
        set_password(&app.browser(), &link, Some("Hoa"), PASSWORD)
            .await
            .expect(303);
        api(&lan, Method::PATCH, &to_lan, &lesser).await.expect(200);
    }
);

on_both!(no_key_of_a_mail_stands_in_the_log, async |app: App| {
    let browser = app.visitor("Lan");
    browser.sign_in("Lan").await.expect(303);
    let places = [
        "/join/",
        "/reset/",
        "/mail/",
        "/receipts/",
        "/decide/",
        "/notices/off/",
    ];
    for place in places {
        let path = format!("{place}khoa-rieng");
        browser.open(&path).await;
        browser.post(&path, &[]).await;
    }
    for place in places {
        let log = app.logged(&format!("\"{place}\"")).await;
        assert!(!log.contains("khoa-rieng"), "{place}: {log}");
    }
});

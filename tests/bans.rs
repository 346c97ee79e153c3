//! Bans: what they settle, how little their author learns of it, and who may ban.

use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    ARTICLE, Answer, App, Backend, EMAIL, Moderator, Reader, Setup, anew, comment, eventually,
    on_both,
};

const BANS: &str = "/api/v1/moderation/sites/bao/bans";

async fn send(by: &Moderator, method: Method, path: &str, body: Option<&Value>) -> Answer {
    let request = by.request(method, path);
    let request = match body {
        Some(body) => request.json(body),
        None => request,
    };
    by.send(request).await
}

async fn try_ban(by: &Moderator, ban: &Value) -> Answer {
    send(by, Method::POST, BANS, Some(ban)).await
}

/// Bans; the ban's path.
async fn ban(by: &Moderator, kind: &str, pattern: &str) -> String {
    let asked = json!({ "kind": kind, "pattern": pattern, "reason": "rao cá độ" });
    let made = try_ban(by, &asked).await.expect(201).json();
    format!("{BANS}/{}", made["ban"]["id"].as_str().expect("an id"))
}

async fn lift(by: &Moderator, path: &str) -> Value {
    send(by, Method::DELETE, path, None)
        .await
        .expect(200)
        .json()
}

fn by(name: &str, email: &str) -> Value {
    json!({
        "article": { "url": ARTICLE, "title": "Cầu mới" },
        "name": name, "email": email, "body": anew("Chúc mừng tỉnh nhà có cây cầu mới"),
    })
}

/// Where a comment stands once it was handed in.
async fn status(reader: &Reader, by: &Moderator, comment: &Value) -> String {
    let (id, _) = reader.write_all(comment).await;
    by.card(&id).await.status().to_owned()
}

fn behind_proxy(setup: Setup) -> Setup {
    setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.0/8")
}

on_both!(a_ban_settles_silently_and_visibly, async |app: App| {
    let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
    let free = reader
        .submit(&by("Bạn Đọc", "nguoi.khac@thu.example"))
        .await
        .expect(202);
    ban(&lan, "email", &EMAIL.to_uppercase()).await;
    let banned = reader.submit(&by("Trần Bưởi", EMAIL)).await.expect(202);
    // The sender sees no difference: the same fields, the same words, the same headers.
    let shape = |answer: &Answer| {
        let body = answer.json();
        let names: Vec<String> = body
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        (names, headers, answer.text("status"))
    };
    assert_eq!(shape(&banned), shape(&free));
    assert_eq!(banned.text("status"), "pending");
    let own = reader.look_up(&banned.text("receipt")).await.expect(200);
    assert_eq!(own.text("status"), "rejected");
    assert!(!own.body.contains("ban."), "{}", own.body);
    assert!(reader.published().await.is_empty());

    // Colleagues see it among the rejected, with why, and can undo it.
    let card = lan.card(&banned.text("id")).await;
    assert_eq!(
        (card.status(), card.rules()),
        ("rejected", vec!["ban.email"])
    );
    let seen = &card.0["evidence"][0];
    assert_eq!(
        (
            &seen["category"],
            &seen["field"],
            &seen["excerpt"],
            &seen["weight"]
        ),
        (&json!("ban"), &json!("email"), &json!(EMAIL), &json!(0.0))
    );
    assert_eq!(card.0["score"], lan.card(&free.text("id")).await.0["score"]);
    let listed = lan.cards(&[("status", "rejected")]).await;
    assert!(listed.iter().any(|one| one.id() == card.id()));
    let decision = &lan.show(card.id()).await.json()["decisions"][0];
    assert_eq!(
        (&decision["actor"], &decision["by"], &decision["action"]),
        (&json!("rule"), &json!("ban.email"), &json!("reject"))
    );
    lan.undo(decision["batch"].as_str().expect("a batch"))
        .await
        .expect(200);
    let back = lan.card(card.id()).await;
    assert_eq!(back.status(), "pending");
    lan.approve(&back).await;
    assert_eq!(reader.published().await.len(), 1);
    let outbox = app
        .count("select count(*) from outbox where kind = 'notice' and state = 'ready'")
        .await;
    assert!(outbox <= 1, "nobody is mailed about what a ban settled");
});

on_both!(a_banned_form_is_thanked_like_any_other, async |app: App| {
    let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
    ban(&lan, "name", "*cá độ*").await;
    let form = async |name: &str| {
        let body = anew("Bài viết rất bổ ích cho bà con");
        let fields = [
            ("article", ARTICLE),
            ("name", name),
            ("email", EMAIL),
            ("body", body.as_str()),
        ];
        reader.post_form(&fields).await.expect(200).body
    };
    // But for the receipt's own address both are one page.
    let words = |page: String| {
        let cut = page.split("/receipts/").map(|part| {
            part.split_once('"')
                .map_or(part, |(_, rest)| rest)
                .to_owned()
        });
        cut.collect::<String>().replace("Cá-Độ Uy Tín", "Lan Anh")
    };
    assert_eq!(
        words(form("Cá-Độ Uy Tín").await),
        words(form("Lan Anh").await)
    );
    let rejected = lan.cards(&[("status", "rejected")]).await;
    assert_eq!(rejected.len(), 1);
    assert!(rejected[0].rules().contains(&"ban.name"));
});

on_both!(
    a_range_is_banned_by_the_address_that_the_proxy_tells,
    behind_proxy,
    async |app: App| {
        let (lan, minh) = (
            app.member("Lan", &["--role", "editor"]),
            app.moderator("Minh"),
        );
        let at = |address: &str| app.reader().behind(address);
        let (id, _) = at("203.0.113.77").write_all(&by("Lan Anh", EMAIL)).await;
        // Editors see the network, nobody else does, and nobody the address.
        assert_eq!(lan.card(&id).await.0["network"], "203.0.113.0/24");
        assert_eq!(minh.card(&id).await.0.get("network"), None);
        let (an, binh) = (app.browser(), app.visitor("Binh"));
        app.add_member("An", &["--role", "editor", "--password-stdin"]);
        an.sign_in("An").await.expect(303);
        binh.sign_in("Binh").await.expect(303);
        let card = format!("/queue?comment={id}");
        let page = an.open(&card).await.expect(200).body;
        assert!(page.contains("Gửi từ mạng 203.0.113.0/24"), "{page}");
        let form = "/bans?site=bao&#38;kind=address&#38;pattern=203.0.113.0%2F24";
        assert!(page.contains(form), "{page}");
        let form = an.open(&form.replace("&#38;", "&")).await.expect(200).body;
        assert!(form.contains("value=\"203.0.113.0/24\""), "{form}");
        assert!(
            form.contains("<option value=\"address\" selected>"),
            "{form}"
        );
        let page = binh.open(&card).await.expect(200).body;
        assert!(!page.contains("203.0.113.0"), "{page}");
        let all = format!("{}{}", lan.card(&id).await.0, minh.card(&id).await.0);
        assert!(!all.contains("203.0.113.77"));
        let (six, _) = at("2001:db8:7:8::9").write_all(&by("Lan Anh", EMAIL)).await;
        assert_eq!(lan.card(&six).await.0["network"], "2001:db8:7::/48");

        let path = ban(&lan, "address", "203.0.113.64/26").await;
        for (address, stands) in [
            ("203.0.113.64", "rejected"),
            ("203.0.113.127", "rejected"),
            ("203.0.113.128", "pending"),
            ("203.0.113.63", "pending"),
            ("2001:db8:7:8::9", "pending"),
        ] {
            let comment = by("Lan Anh", EMAIL);
            assert_eq!(
                status(&at(address), &lan, &comment).await,
                stands,
                "{address}"
            );
        }
        let listed = send(&minh, Method::GET, BANS, None)
            .await
            .expect(200)
            .json();
        assert_eq!(listed["bans"][0]["caught"]["count"], 2);
        let last = listed["bans"][0]["caught"]["last"]
            .as_str()
            .expect("a comment");
        let card = lan.card(last).await;
        assert_eq!(
            (card.status(), card.rules()),
            ("rejected", vec!["ban.address"])
        );
        assert_eq!(card.0["evidence"][0]["excerpt"], "");
        lift(&lan, &path).await;
        assert_eq!(
            status(&at("203.0.113.64"), &lan, &by("Lan Anh", EMAIL)).await,
            "pending"
        );
    }
);

on_both!(
    a_ban_that_was_lifted_or_is_over_holds_no_more,
    async |app: App| {
        let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
        let path = ban(&lan, "email", EMAIL).await;
        assert_eq!(
            status(&reader, &lan, &comment(&anew("Một"))).await,
            "rejected"
        );
        let lifted = lift(&lan, &path).await;
        assert_eq!(
            (&lifted["lifted_by"], &lifted["in_force"]),
            (&json!("Lan"), &json!(false))
        );
        assert_eq!(
            status(&reader, &lan, &comment(&anew("Hai"))).await,
            "pending"
        );
        // Lifting it again changes nothing, and is no second event.
        assert_eq!(lift(&lan, &path).await["lifted_at"], lifted["lifted_at"]);

        let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_millis(2500);
        let asked = json!({ "kind": "email", "pattern": EMAIL, "reason": "x", "expires_at": soon.to_string() });
        try_ban(&lan, &asked).await.expect(201);
        assert_eq!(
            status(&reader, &lan, &comment(&anew("Ba"))).await,
            "rejected"
        );
        eventually("the ban is over", async || {
            let now = status(&reader, &lan, &comment(&anew("Bốn"))).await;
            (now == "pending").then_some(())
        })
        .await;
        assert!(jiff::Timestamp::now() >= soon);
        let in_force = send(&lan, Method::GET, &format!("{BANS}?in_force=true"), None).await;
        assert_eq!(in_force.expect(200).json()["bans"], json!([]));
        let all = send(&lan, Method::GET, &format!("{BANS}?limit=1"), None)
            .await
            .expect(200)
            .json();
        let next = format!(
            "{BANS}?after={}",
            all["next"].as_str().expect("a next page")
        );
        let rest = send(&lan, Method::GET, &next, None)
            .await
            .expect(200)
            .json();
        assert_eq!(
            (
                all["bans"].as_array().map(Vec::len),
                rest["bans"].as_array().map(Vec::len)
            ),
            (Some(1), Some(1))
        );
        assert_eq!(rest["bans"][0]["in_force"], false);

        let events = app
            .texts("select kind as text from events where kind like 'ban%' and actor_name = 'Lan' order by id")
            .await;
        assert_eq!(events, ["ban_added", "ban_lifted", "ban_added"]);
    }
);

on_both!(an_edit_is_judged_by_bans_too, async |app: App| {
    let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
    let (id, receipt) = reader.write("Cầu đẹp quá").await;
    lan.approve(&lan.card(&id).await).await;
    ban(&lan, "email", EMAIL).await;
    // What was there before stays as it is.
    assert_eq!(lan.card(&id).await.status(), "approved");
    reader
        .edit(
            &receipt,
            &json!({ "body": "Cầu đẹp quá, mời ghé trang tôi" }),
        )
        .await
        .expect(200);
    let card = lan.card(&id).await;
    assert_eq!(
        (card.status(), card.rules()),
        ("rejected", vec!["ban.email"])
    );
    assert!(reader.published().await.is_empty());
    let listed = send(&lan, Method::GET, BANS, None).await.expect(200).json();
    assert_eq!(listed["bans"][0]["caught"]["count"], 1);
});

on_both!(
    what_waits_of_who_is_banned_is_rejected_when_asked_and_undone_as_one,
    behind_proxy,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        let at = |address: &str| app.reader().behind(address);
        at("203.0.113.7").write_all(&by("Lan Anh", EMAIL)).await;
        at("203.0.113.8").write_all(&by("Hoà Cá Độ", EMAIL)).await;
        at("198.51.100.1")
            .write_all(&by("hòa cá độ", "khac@thu.example"))
            .await;
        at("198.51.100.1")
            .write_all(&by("Minh", "khac@thu.example"))
            .await;
        for (kind, pattern, waiting) in [
            ("email", EMAIL, 2),
            ("name", "hoà*", 2),
            ("address", "203.0.113.0/24", 2),
            // A comment keeps a /24: whether it came from this half nobody knows any more.
            ("address", "203.0.113.0/25", 0),
            ("email", "nie.da@thu.example", 0),
        ] {
            let asked = json!({ "kind": kind, "pattern": pattern, "reason": "rao cá độ" });
            let made = try_ban(&lan, &asked).await.expect(201).json();
            assert_eq!(made["waiting"], waiting, "{kind} {pattern}");
            assert_eq!(
                lan.queue().await.len(),
                4,
                "they wait on until somebody asks"
            );
            let path = format!("{BANS}/{}", made["ban"]["id"].as_str().expect("an id"));
            let done = send(&lan, Method::POST, &format!("{path}/waiting"), None)
                .await
                .expect(200)
                .json();
            assert_eq!(
                (&done["rejected"], &done["left"]),
                (&json!(waiting), &json!(0))
            );
            assert_eq!(lan.queue().await.len(), 4 - waiting);
            if let Some(batch) = done["batch"].as_str() {
                let undone = lan.undo(batch).await.expect(200).json();
                assert_eq!(undone["results"].as_array().map(Vec::len), Some(waiting));
            }
            assert_eq!(lan.queue().await.len(), 4);
            lift(&lan, &path).await;
            // Nothing is rejected by a ban that no longer holds.
            let done = send(&lan, Method::POST, &format!("{path}/waiting"), None)
                .await
                .expect(200)
                .json();
            assert_eq!(done["rejected"], 0);
        }
    }
);

on_both!(members_by_token_are_exempt, async |app: App| {
    let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
    ban(&lan, "name", "Tòa soạn*").await;
    let path = reader.path("comments");
    let answer = lan
        .send(
            lan.request(Method::POST, &path)
                .json(&by("Toà soạn Báo Ví Dụ", EMAIL)),
        )
        .await
        .expect(202);
    assert_eq!(lan.card(&answer.text("id")).await.status(), "pending");
    assert_eq!(
        status(&reader, &lan, &by("Toà soạn Báo Ví Dụ", EMAIL)).await,
        "rejected"
    );
});

on_both!(
    only_editors_of_the_site_ban_and_what_is_wrong_is_told,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let lan = app.member("Lan", &["--role", "editor"]);
        let (minh, hoa) = (
            app.moderator("Minh"),
            app.member("Hoa", &["--role", "editor", "--site", "khac"]),
        );
        let asked = json!({ "kind": "email", "pattern": EMAIL, "reason": "rao cá độ" });
        let path = ban(&lan, "email", EMAIL).await;
        for (by, listed, changed) in [(&minh, 200, 403), (&hoa, 404, 404)] {
            send(by, Method::GET, BANS, None).await.expect(listed);
            try_ban(by, &asked).await.expect(changed);
            send(by, Method::DELETE, &path, None).await.expect(changed);
            send(by, Method::POST, &format!("{path}/waiting"), None)
                .await
                .expect(changed);
        }
        app.wire().get(BANS).await.expect(401);
        // A ban of one site is none of another's.
        let elsewhere = path.replace("/bao/", "/khac/");
        send(&hoa, Method::DELETE, &elsewhere, None)
            .await
            .expect(404);
        let there = json!({
            "article": { "url": "https://khac.example/x" }, "name": "Trần Bưởi", "email": EMAIL, "body": "Xin chào",
        });
        assert_eq!(
            status(&app.reader_of("khac"), &hoa, &there).await,
            "pending"
        );

        for (wrong, field, code) in [
            (
                json!({ "kind": "email", "pattern": EMAIL, "reason": "x" }),
                "pattern",
                "ban-known",
            ),
            (
                json!({ "kind": "email", "pattern": "lan", "reason": "x" }),
                "pattern",
                "email-invalid",
            ),
            (
                json!({ "kind": "name", "pattern": "*", "reason": "x" }),
                "pattern",
                "ban-name-wide",
            ),
            (
                json!({ "kind": "address", "pattern": "10.0.0.0/8", "reason": "x" }),
                "pattern",
                "ban-address-wide",
            ),
            (
                json!({ "kind": "address", "pattern": "nhà", "reason": "x" }),
                "pattern",
                "ban-address-invalid",
            ),
            (
                json!({ "kind": "email", "pattern": "a@b.vn", "reason": " " }),
                "reason",
                "text-required",
            ),
            (
                json!({ "kind": "email", "pattern": "a@b.vn", "reason": "\u{0}" }),
                "reason",
                "text-control",
            ),
            (
                json!({ "kind": "email", "pattern": "a@b.vn", "reason": "a".repeat(501) }),
                "reason",
                "text-too-long",
            ),
            (
                json!({ "kind": "email", "pattern": "a@b.vn", "reason": "x", "expires_at": "2020-01-01T00:00:00Z" }),
                "expires_at",
                "ban-expired",
            ),
            (
                json!({ "kind": "phone", "pattern": "x", "reason": "x" }),
                "kind",
                "field-word",
            ),
            (
                json!({ "kind": "email", "pattern": "a@b.vn" }),
                "reason",
                "field-missing",
            ),
        ] {
            let told = try_ban(&lan, &wrong).await.expect(422).json();
            let error = &told["errors"][0];
            assert_eq!(
                (&error["field"], &error["code"]),
                (&json!(field), &json!(code)),
                "{wrong}"
            );
        }
    }
);

on_both!(
    networks_are_forgotten_when_their_time_is_over,
    behind_proxy,
    async |mut app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        let home = AtomicUsize::new(0);
        let write = async |name: &str| {
            let address = format!("203.0.113.{}", home.fetch_add(1, Ordering::Relaxed));
            let reader = app.reader().behind(&address);
            reader.write_all(&by(name, EMAIL)).await.0
        };
        write("Cũ").await;
        write("Mới").await;
        // As if it had come an hour ago: its key tells when.
        let then = (jiff::Timestamp::now() - jiff::SignedDuration::from_hours(1)).as_millisecond();
        let key = format!("{then:012x}70008000000000000001");
        let old = match app.backend {
            Backend::Sqlite => format!("x'{key}'"),
            Backend::Postgres => format!("'{key}'"),
        };
        app.execute(&format!("update comments set id = {old} where name = 'Cũ'"))
            .await;
        app.done(&["site", "set", "bao", "network_days=0"], "");
        // As it is known within two seconds, none is kept any more.
        eventually("a comment without its network", async || {
            let id = write("Không").await;
            lan.card(&id).await.0.get("network").is_none().then_some(())
        })
        .await;
        let kept = async |app: &App, name: &str| {
            let with = format!(
                "select count(*) from comments where network is not null and name = '{name}'"
            );
            app.count(&with).await
        };
        assert_eq!((kept(&app, "Cũ").await, kept(&app, "Mới").await), (1, 1));
        app.restart();
        eventually("the sweep", async || {
            (kept(&app, "Cũ").await == 0).then_some(())
        })
        .await;
        assert_eq!(
            kept(&app, "Mới").await,
            1,
            "another replica may not know yet"
        );
    }
);

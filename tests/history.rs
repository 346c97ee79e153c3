//! The history: each act with who, what, when and from where; who sees which; and the table that is downloaded.

use std::time::Duration;

use duyet::clock;
use duyet::domain::{Actor, Trace};
use duyet::store::{Address, Failure, Store};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    ARTICLE, Answer, App, Browser, Cms, Moderator, PASSWORD, Setup, anew, comment, comment_on,
    eventually, hidden, on_both,
};

const SPORT: &str = "https://bao.example/the-thao/tran-dau.html";

async fn ask(by: &Moderator, query: &str) -> Answer {
    let path = format!("/api/v1/moderation/history?{query}");
    by.send(by.request(Method::GET, &path)).await
}

async fn history(by: &Moderator, query: &str) -> Vec<Value> {
    let answer = ask(by, query).await.expect(200).json();
    answer["history"].as_array().expect("a list").clone()
}

/// The kinds, newest first.
async fn kinds(by: &Moderator, query: &str) -> Vec<String> {
    let all = history(by, query).await;
    all.iter().map(|one| text(one, "kind")).collect()
}

fn text(entry: &Value, name: &str) -> String {
    entry[name].as_str().unwrap_or_default().to_owned()
}

/// What somebody did: kind, who, how they came.
async fn told(by: &Moderator, query: &str) -> Vec<(String, String, String)> {
    let all = history(by, query).await;
    let told = all.iter().map(|one| {
        (
            text(one, "kind"),
            text(&one["by"], "name"),
            text(one, "via"),
        )
    });
    told.collect()
}

fn triple(kind: &str, who: &str, via: &str) -> (String, String, String) {
    (kind.to_owned(), who.to_owned(), via.to_owned())
}

async fn call(by: &Moderator, method: Method, path: &str, body: Value) -> Answer {
    by.call(method, path, &body).await
}

/// Presses a button of a page.
async fn press(browser: &Browser, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = hidden(&browser.open(page).await.expect(200), "csrf");
    let mut form = vec![("csrf", csrf.as_str())];
    form.extend(fields);
    browser.post(path, &form).await
}

async fn download(browser: &Browser, fields: &[(&str, &str)]) -> Answer {
    press(browser, "/history", "/history/export", fields).await
}

/// The rows of a table as a program reads them, its heads first.
fn rows(answer: &Answer) -> Vec<Vec<String>> {
    let text = answer.body.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.expect("a record"));
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

async fn article(app: &App, url: &str, section: &str) {
    let statement = format!("update articles set section = '{section}' where url = '{url}'");
    app.execute(&statement).await;
}

on_both!(
    what_is_done_on_a_site_is_told_with_who_and_from_where,
    async |app: App| {
        let (lan, reader) = (app.moderator("Lan"), app.reader());
        app.execute("update moderators set role = 'editor'").await;
        let sent = reader.submit(&comment("Cầu đẹp quá")).await.expect(202);
        let (id, receipt) = (sent.text("id"), sent.text("receipt"));
        let card = lan.card(&id).await;
        let batch = lan.approve(&card).await;
        lan.undo(&batch).await.expect(200);
        let card = lan.card(&id).await;
        let target = json!([{ "id": id, "revision": card.revision() }]);
        let asked = json!({ "action": "reject", "comments": target, "reason": "off_topic" });
        lan.decide_json(&asked).await.expect(200);
        call(
            &lan,
            Method::POST,
            &format!("comments/{id}/notes"),
            json!({ "text": "xem lại" }),
        )
        .await
        .expect(200);
        let ban = json!({ "kind": "email", "pattern": "xau@thu.example", "reason": "rao cá độ" });
        let ban = call(&lan, Method::POST, "sites/bao/bans", ban)
            .await
            .expect(201)
            .json();
        let ban = format!("sites/bao/bans/{}", text(&ban["ban"], "id"));
        call(&lan, Method::DELETE, &ban, json!({}))
            .await
            .expect(200);
        let words = json!({ "words": [{ "word": "ma tuý", "kind": "hold" }] });
        let added = call(&lan, Method::POST, "sites/bao/words", words).await;
        assert!(added.status < 300, "{added:?}");
        let articles = lan
            .send(lan.request(Method::GET, "/api/v1/moderation/articles"))
            .await;
        let article = text(&articles.json()["articles"][0], "id");
        call(
            &lan,
            Method::PATCH,
            &format!("articles/{article}"),
            json!({ "state": "closed" }),
        )
        .await
        .expect(200);
        app.done(&["site", "set", "bao", "edit_window=600"], "");
        let other = reader.submit(&comment(&anew("Đường xa quá"))).await;
        assert_eq!(other.status, 403, "the article is closed");
        let told = told(&lan, "site=bao").await;
        let expected = [
            triple("site_settings", "command line", "command_line"),
            triple("article_changed", "Lan", "token"),
            triple("site_word_added", "Lan", "token"),
            triple("ban_lifted", "Lan", "token"),
            triple("ban_added", "Lan", "token"),
            triple("comment.noted", "Lan", "token"),
            triple("comment.rejected", "Lan", "token"),
            triple("comment.undone", "Lan", "token"),
            triple("comment.approved", "Lan", "token"),
            triple("site_added", "command line", "command_line"),
        ];
        assert_eq!(told, expected);
        let all = history(&lan, &format!("comment={id}")).await;
        assert_eq!(all.len(), 4);
        assert!(all.iter().all(|one| one["comment"] == json!(id)), "{all:?}");
        assert_eq!(
            (
                &all[3]["detail"]["batch"],
                &all[3]["detail"]["together"],
                &all[1]["detail"]["reason"]
            ),
            (&json!(batch), &json!(1), &json!("off_topic"))
        );
        assert_eq!(
            all[0]["by"]["id"],
            history(&lan, "kind=bans").await[0]["by"]["id"]
        );
        // From the dashboard it is another way, and its reader's moves are theirs.
        let browser = app.browser();
        app.done(&["moderator", "password", "lan@bao.example"], PASSWORD);
        browser.sign_in("Lan").await.expect(303);
        let now = lan.card(&id).await;
        let picked = format!("{id}:{}", now.revision());
        let fields = [("comment", picked.as_str()), ("action", "requeue")];
        press(
            &browser,
            "/queue?status=rejected",
            "/queue/decisions",
            &fields,
        )
        .await
        .expect(303);
        reader.withdraw(&receipt).await;
        assert_eq!(
            told_first(&lan, 2).await,
            [
                triple("comment.withdrawn", "reader", ""),
                triple("comment.requeued", "Lan", "session")
            ]
        );
        let page = browser.open("/history").await.expect(200).body;
        for words in [
            "đã đăng bình luận",
            "Lý do cho bạn đọc: Không đúng nội dung bài",
            "đã cấm email “xau@thu.example”",
            "đóng bình luận",
            "đã đổi cài đặt của trang báo: edit_window",
            "Bạn đọc Trần Thị Bưởi",
            "trang quản trị",
            "API",
            "dòng lệnh",
            "127.0.0.1",
        ] {
            assert!(page.contains(words), "{words} is not in {page}");
        }
        assert!(
            page.contains(&format!("/queue?comment={id}"))
                && page.contains(&format!("/articles/{article}"))
        );
    }
);

/// The first so many of a site.
async fn told_first(by: &Moderator, count: usize) -> Vec<(String, String, String)> {
    let mut told = told(by, "site=bao").await;
    told.truncate(count);
    told
}

on_both!(
    what_a_rule_settles_is_told_and_a_mere_arrival_is_not,
    async |app: App| {
        let (lan, reader) = (app.member("Lan", &["--role", "editor"]), app.reader());
        let ban = json!({ "kind": "email", "pattern": "xau@thu.example", "reason": "rao" });
        call(&lan, Method::POST, "sites/bao/bans", ban)
            .await
            .expect(201);
        reader.submit(&comment("Bài hay lắm")).await.expect(202);
        let mut banned = comment(&anew("Mời cả nhà"));
        banned["email"] = json!("xau@thu.example");
        let id = reader.submit(&banned).await.expect(202).text("id");
        let decided = history(&lan, "kind=decisions").await;
        assert_eq!(decided.len(), 1, "{decided:?}");
        assert_eq!(
            (
                &decided[0]["kind"],
                &decided[0]["by"]["kind"],
                &decided[0]["by"]["name"]
            ),
            (
                &json!("comment.received"),
                &json!("rule"),
                &json!("ban.email")
            )
        );
        assert_eq!(kinds(&lan, "who=rule").await, ["comment.received"]);
        assert_eq!(
            kinds(&lan, &format!("comment={id}")).await,
            ["comment.received"]
        );
        // What the intake writes is what it always wrote.
        let details = app
            .texts("select detail as text from events where kind = 'comment.received' order by id")
            .await;
        for detail in &details {
            let detail: Value = serde_json::from_str(detail).expect("JSON");
            let names: Vec<&String> = detail.as_object().expect("an object").keys().collect();
            assert_eq!(names, ["lane", "score", "status"]);
        }
        assert_eq!(details.len(), 2);
    }
);

on_both!(
    what_happens_to_accounts_is_told_with_the_address,
    |setup: Setup| setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.0/8"),
    async |app: App| {
        let lan = app.member("Lan", &["--role", "admin"]);
        let minh = app.visitor("Minh");
        for password in ["sai-mat-khau", "sai-nua-roi"] {
            minh.sign_in_with("minh@bao.example", password)
                .await
                .expect(401);
        }
        minh.sign_in_with("khong-co@bao.example", "bí mật bị gõ nhầm")
            .await
            .expect(401);
        let fields = [
            ("email", "minh@bao.example"),
            ("password", PASSWORD),
            ("next", "/queue"),
        ];
        let request = minh
            .request(Method::POST, "/sign-in")
            .header("sec-fetch-site", "same-origin")
            .header("x-forwarded-for", "203.0.113.77")
            .header(
                "user-agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            )
            .form(&fields);
        minh.send(request).await.expect(303);
        press(&minh, "/account", "/account/name", &[("name", "Minh Hai")])
            .await
            .expect(303);
        let wrong = [
            ("old_password", "sai"),
            ("new_password", "con-co-bay-la-xa"),
        ];
        press(&minh, "/account", "/account/password", &wrong)
            .await
            .expect(422);
        let right = [
            ("old_password", PASSWORD),
            ("new_password", "con-co-bay-la-xa"),
        ];
        press(&minh, "/account", "/account/password", &right)
            .await
            .expect(303);
        press(&minh, "/account", "/sign-out", &[]).await.expect(303);
        let members = lan
            .send(lan.request(Method::GET, "/api/v1/moderation/members"))
            .await;
        let members = members.expect(200).json();
        let id = members["members"]
            .as_array()
            .expect("members")
            .iter()
            .find(|member| member["email"] == "minh@bao.example")
            .map(|member| text(member, "id"))
            .expect("Minh");
        call(
            &lan,
            Method::PATCH,
            &format!("members/{id}"),
            json!({ "role": "editor" }),
        )
        .await
        .expect(200);
        call(
            &lan,
            Method::POST,
            &format!("members/{id}/disable"),
            json!({}),
        )
        .await
        .expect(200);
        call(
            &lan,
            Method::POST,
            &format!("members/{id}/enable"),
            json!({}),
        )
        .await
        .expect(200);
        let invited = json!({ "email": "hoa@bao.example", "name": "Hoa", "role": "moderator" });
        call(&lan, Method::POST, "members", invited)
            .await
            .expect(201);
        app.browser()
            .post("/forgotten", &[("email", "minh@bao.example")])
            .await
            .expect(200);
        eventually("the mail is ordered", async || {
            let asked = "select count(*) from member_events where kind = 'password.asked'";
            (app.count(asked).await == 1).then_some(())
        })
        .await;
        let told = told(&lan, "kind=members&limit=200").await;
        let expected = [
            triple("password.asked", "stranger", "sign_in"),
            triple("member.invited", "Lan", "token"),
            triple("member.enabled", "Lan", "token"),
            triple("member.disabled", "Lan", "token"),
            triple("member.rights", "Lan", "token"),
            triple("session.signed_out", "Minh Hai", "session"),
            triple("password.changed", "Minh Hai", "session"),
            triple("password.failed", "Minh Hai", "session"),
            triple("member.renamed", "Minh", "session"),
            triple("sign_in.done", "Minh", "sign_in"),
            triple("sign_in.failed", "stranger", "sign_in"),
            triple("sign_in.failed", "stranger", "sign_in"),
            triple("member.added", "command line", "command_line"),
            triple("token.added", "command line", "command_line"),
            triple("member.added", "command line", "command_line"),
        ];
        assert_eq!(told, expected);
        let all = history(&lan, "kind=members").await;
        let done = &all[9];
        assert_eq!(
            (&done["address"], &done["account"]["name"]),
            (&json!("203.0.113.77"), &json!("Minh"))
        );
        assert!(text(done, "browser").contains("Firefox"), "{done}");
        // Two attempts on an account are one row; one on no account names none, nor what was typed.
        assert_eq!(
            (&all[11]["times"], &all[10]["account"]),
            (&json!(2), &Value::Null)
        );
        let rows = app
            .texts("select kind || member_name || actor_name || detail || coalesce(mark, '') as text from member_events")
            .await
            .join("\n");
        for secret in ["khong-co", "bí mật", "con-co-bay", PASSWORD] {
            assert!(!rows.contains(secret), "{secret} is in {rows}");
        }
        // Who is no admin sees their own account.
        let token = app.done(&["token", "add", "minh@bao.example"], "");
        let token = token
            .split_whitespace()
            .max_by_key(|word| word.len())
            .expect("a token");
        let own = Moderator::new(app.wire(), token);
        let seen = history(&own, "kind=members").await;
        assert!(
            seen.len() >= 10 && seen.iter().all(|one| one["account"]["id"] == json!(id)),
            "{seen:?}"
        );
    }
);

on_both!(
    each_sees_the_history_of_their_own_sites_and_sections,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let reader = app.reader();
        let local = reader
            .submit(&comment_on(ARTICLE, "Cầu đẹp"))
            .await
            .expect(202)
            .text("id");
        let sport = reader
            .submit(&comment_on(SPORT, "Trận này hay"))
            .await
            .expect(202)
            .text("id");
        article(&app, ARTICLE, "Xã hội").await;
        article(&app, SPORT, "Thể thao").await;
        let lan = app.member("Lan", &["--role", "admin"]);
        for id in [&local, &sport] {
            lan.approve(&lan.card(id).await).await;
        }
        let words = json!({ "words": [{ "word": "ma tuý", "kind": "hold" }] });
        call(&lan, Method::POST, "sites/bao/words", words).await;
        let articles = lan
            .send(lan.request(Method::GET, "/api/v1/moderation/articles"))
            .await
            .json();
        for one in articles["articles"].as_array().expect("articles") {
            let path = format!("articles/{}", text(one, "id"));
            call(&lan, Method::PATCH, &path, json!({ "premoderate": true }))
                .await
                .expect(200);
        }
        let whole = app.member("Minh", &["--site", "bao"]);
        let sporty = app.member("Hoa", &["--section", "bao:Thể thao"]);
        let elsewhere = app.member("An", &["--site", "khac", "--role", "editor"]);
        let decided = "kind=decisions";
        assert_eq!(kinds(&whole, decided).await.len(), 2);
        assert_eq!(kinds(&whole, "kind=words").await.len(), 1);
        assert_eq!(kinds(&whole, "kind=articles").await.len(), 2);
        let seen = history(&sporty, "").await;
        let on_site: Vec<&Value> = seen.iter().filter(|one| one["site"] == "bao").collect();
        assert_eq!(on_site.len(), 2, "{on_site:?}");
        assert!(on_site.iter().any(|one| one["comment"] == json!(sport)));
        assert!(on_site.iter().any(|one| one["detail"]["url"] == SPORT));
        assert!(kinds(&sporty, &format!("comment={local}")).await.is_empty());
        let seen = history(&elsewhere, "").await;
        // Their own account, and their own site.
        assert!(
            seen.iter().all(|one| match one["site"].as_str() {
                None => one["account"]["name"] == "An",
                Some(site) => site == "khac" && one["kind"] == "site_added",
            }),
            "{seen:?}"
        );
        assert!(
            kinds(&elsewhere, &format!("comment={sport}"))
                .await
                .is_empty()
        );
        ask(&elsewhere, "site=bao").await.expect(404);
        // An admin of one site sees the accounts that are bound to it and no others.
        let bound = app.member("Oanh", &["--site", "bao", "--role", "admin"]);
        let seen = history(&bound, "kind=members&limit=200").await;
        let mut names: Vec<String> = seen
            .iter()
            .map(|one| text(&one["account"], "name"))
            .collect();
        names.sort();
        names.dedup();
        assert_eq!(names, ["Hoa", "Minh", "Oanh"]);
    }
);

on_both!(
    the_history_is_narrowed_and_read_page_by_page,
    async |app: App| {
        let (lan, minh) = (app.moderator("Lan"), app.moderator("Minh"));
        let reader = app.reader();
        for (by, count) in [(&lan, 3), (&minh, 2)] {
            for _ in 0..count {
                let id = reader
                    .submit(&comment(&anew("Bài viết bổ ích")))
                    .await
                    .expect(202)
                    .text("id");
                by.approve(&by.card(&id).await).await;
            }
        }
        let all = history(&lan, "kind=decisions").await;
        assert_eq!(all.len(), 5);
        let of_minh = text(&all[0]["by"], "id");
        assert_eq!(
            kinds(&lan, &format!("who={of_minh}&kind=decisions"))
                .await
                .len(),
            2
        );
        assert!(kinds(&lan, "who=reader").await.is_empty());
        ask(&lan, "who=019ab0f2-3c00-7000-8000-000000000001")
            .await
            .expect(404);
        ask(&lan, "who=x").await.expect(422);
        ask(&lan, "kind=x").await.expect(422);
        ask(&lan, "khac=1").await.expect(422);
        // Page by page nothing is lost and nothing is told twice.
        let (mut seen, mut before) = (Vec::new(), String::new());
        loop {
            let page = ask(&lan, &format!("kind=decisions&limit=2{before}"))
                .await
                .expect(200)
                .json();
            let rows = page["history"].as_array().expect("a list").clone();
            assert!(rows.len() <= 2);
            seen.extend(rows);
            match page["next"].as_str() {
                Some(next) => before = format!("&before={next}"),
                None => break,
            }
        }
        assert_eq!(seen, all);
        let from = text(&all[1], "at");
        let to = text(&all[0], "at");
        let since = kinds(&lan, &format!("kind=decisions&from={from}")).await;
        assert_eq!(since.len(), 2);
        assert!(
            kinds(&lan, &format!("kind=decisions&to={from}&from={to}"))
                .await
                .is_empty()
        );
        // The page knows days of Vietnam.
        let browser = app.browser();
        app.done(&["moderator", "password", "lan@bao.example"], PASSWORD);
        browser.sign_in("Lan").await.expect(303);
        let page = browser
            .open("/history?kind=decisions&from=2020-01-01&to=2020-01-31")
            .await
            .expect(200);
        assert!(
            page.body.contains("Không có việc nào khớp"),
            "{}",
            page.body
        );
        browser.open("/history?from=hom-qua").await.expect(422);
        let page = browser
            .open(&format!(
                "/history?comment=https://x.example/queue?comment={}",
                text(&all[0], "comment")
            ))
            .await;
        assert_eq!(
            page.expect(200).body.matches("đã đăng bình luận").count(),
            1
        );
    }
);

on_both!(
    the_table_is_read_again_and_runs_nowhere,
    async |app: App| {
        let reader = app.reader();
        app.add_member("Lan", &["--role", "admin", "--password-stdin"]);
        let lan = app.browser();
        lan.sign_in("Lan").await.expect(303);
        let patterns = [
            "=HYPERLINK(\"https://khac.example\")",
            "＝cmd|' /C calc'!A0",
            "@SUM(1)",
            "-2+3",
        ];
        for (place, pattern) in patterns.iter().enumerate() {
            let name = ["=1+1", "nói \"à\", rồi", "＋84", "hai; ba"][place];
            // The name of a member is told in a cell of its own.
            let email = format!("m{place}@bao.example");
            let mut arguments = vec!["moderator", "add", &email, "--name", "Tạm"];
            arguments.extend(["--site", "bao"]);
            app.done(&arguments, "");
            app.execute(&format!(
            "update member_events set member_name = '{}', browser = '{}' where member_name = 'Tạm'",
            name,
            pattern.replace('\'', "''"),
        ))
        .await;
        }
        let id = reader
            .submit(&comment("Cầu đẹp"))
            .await
            .expect(202)
            .text("id");
        let page = lan.open("/queue").await.expect(200);
        let csrf = hidden(&page, "csrf");
        let picked = format!("{id}:1");
        let fields = [
            ("csrf", csrf.as_str()),
            ("comment", &picked),
            ("action", "approve"),
        ];
        lan.post("/queue/decisions", &fields).await.expect(303);
        app.execute("update comments set name = '=HYPERLINK(\"x\")\n\"hai\"'")
            .await;
        app.execute("update articles set title = 'Cầu mới'").await;
        let editor = app.member("Quan", &["--role", "editor"]);
        let articles = editor
            .send(editor.request(Method::GET, "/api/v1/moderation/articles"))
            .await;
        let article = text(&articles.json()["articles"][0], "id");
        let path = format!("articles/{article}");
        let closed = json!({ "state": "closed" });
        call(&editor, Method::PATCH, &path, closed)
            .await
            .expect(200);
        let answer = download(&lan, &[]).await.expect(200);
        assert!(
            answer
                .header("content-type")
                .starts_with("text/csv; charset=utf-8")
        );
        let name = answer.header("content-disposition").to_owned();
        assert!(
            name.starts_with("attachment; filename=\"duyet-history-20") && name.ends_with(".csv\""),
            "{name}"
        );
        assert!(answer.body.starts_with('\u{feff}') && answer.body.contains("\r\n"));
        let table = rows(&answer);
        assert!(table.len() >= 8 && table.iter().all(|row| row.len() == table[0].len()));
        // Which article was closed, too.
        let closed = table.iter().find(|row| row[5] == "article_changed");
        let closed = closed.expect("it is told");
        assert_eq!(
            (closed[9].as_str(), closed[10].starts_with("https://")),
            ("Cầu mới", true)
        );
        for cell in table.iter().flatten() {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']),
                "{cell}"
            );
        }
        let cells: Vec<&String> = table.iter().flatten().collect();
        for pattern in patterns.iter().chain(&["=1+1", "＋84"]) {
            assert!(cells.contains(&&format!("'{pattern}")), "{pattern}");
        }
        assert!(cells.contains(&&"nói \"à\", rồi".to_owned()));
        assert!(cells.contains(&&"'=HYPERLINK(\"x\")\n\"hai\"".to_owned()));
        // The same as is narrowed on the page, with days and site in its name; each is recorded.
        let narrowed = download(
            &lan,
            &[
                ("site", "bao"),
                ("kind", "decisions"),
                ("from", "2026-01-01"),
            ],
        )
        .await
        .expect(200);
        assert_eq!(rows(&narrowed).len(), 2);
        assert!(
            narrowed
                .header("content-disposition")
                .contains("duyet-history-bao-2026-01-01-20")
        );
        let page = lan.open("/history?kind=members").await.expect(200);
        assert_eq!(page.body.matches("đã tải nhật ký về").count(), 2);
        // No page elsewhere has it written out, and a mere address does not.
        lan.post("/history/export", &[]).await.expect(403);
        lan.open("/history/export").await.expect(405);
    }
);

on_both!(a_table_longer_than_one_page_is_whole, async |app: App| {
    app.add_member("Lan", &["--role", "admin", "--password-stdin"]);
    let lan = app.browser();
    lan.sign_in("Lan").await.expect(303);
    let address: Address = app.settings()["DATABASE_URL"].parse().expect("an address");
    let store = Store::open(address).await.expect("opened");
    let member = store.moderators().await.expect("members")[0].id;
    for _ in 0..1_200 {
        let trace = Trace::of_operator(clock::now());
        let done = store
            .record_deed("token.added", member, trace, json!({}))
            .await;
        done.expect("recorded");
    }
    let table = rows(&download(&lan, &[("kind", "members")]).await.expect(200));
    let tokens = table
        .iter()
        .filter(|row| row.contains(&"token.added".to_owned()));
    assert_eq!(tokens.count(), 1_200);
});

on_both!(attempts_that_fail_do_not_fill_the_disk, async |app: App| {
    let address: Address = app.settings()["DATABASE_URL"].parse().expect("an address");
    let store = Store::open(address).await.expect("opened");
    app.add_member("Lan", &[]);
    let lan = store.moderators().await.expect("members")[0].id;
    let now = clock::now();
    for number in 0..1_000_u32 {
        let failure = Failure {
            kind: "sign_in.failed",
            on: (number % 2 == 0).then_some(lan),
            trace: Trace {
                by: Actor::Stranger,
                address: Some(format!("198.51.{}.{}", number / 250, number % 250)),
                browser: None,
                at: now,
            },
        };
        store.record_failure(failure).await.expect("recorded");
    }
    let rows = app
        .count("select count(*) from member_events where mark is not null")
        .await;
    assert!((200..=202).contains(&rows), "{rows}");
    let counted = app
        .count("select cast(sum(times) as bigint) from member_events where mark is not null")
        .await;
    assert_eq!(counted, 1_000);
    // Half a year later they are gone, and of the rest only from where it was.
    let later = clock::now().after(Duration::from_secs(1));
    while store.forget_addresses(later, 100).await.expect("forgotten") > 0 {}
    assert_eq!(
        app.count(
            "select count(*) from member_events where mark is not null or address is not null"
        )
        .await,
        0
    );
    assert_eq!(
        app.count("select count(*) from member_events where kind = 'member.added'")
            .await,
        1
    );
});

on_both!(
    sites_languages_and_trials_are_told_in_words,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "admin", "--password-stdin"]);
        let words = json!({ "words": [{ "word": "ma tuý", "kind": "hold" }] });
        call(&lan, Method::POST, "sites/bao/words", words)
            .await
            .expect(201);
        call(
            &lan,
            Method::POST,
            "sites/bao/backtests",
            json!({ "days": 7 }),
        )
        .await
        .expect(202);
        let browser = app.browser();
        browser.sign_in("Lan").await.expect(303);
        for _ in 0..2 {
            press(
                &browser,
                "/account",
                "/account/language",
                &[("language", "en")],
            )
            .await
            .expect(303);
        }
        let expected = [
            triple("member.language", "Lan", "session"),
            triple("sign_in.done", "Lan", "sign_in"),
        ];
        assert_eq!(told(&lan, "kind=members&limit=2").await, expected);
        let expected = [triple("site_added", "command line", "command_line")];
        assert_eq!(told(&lan, "kind=settings").await, expected);
        // A CMS, and who has not come in, can be asked for like everybody.
        let article = json!({ "external_id": 4711, "url": "https://bao.example/cau.html", "title": "Cầu mới" });
        let cms = Cms::of(&app);
        cms.tell("article.published", "2026-11-20T08:00:00Z", &article)
            .await
            .expect(200);
        app.browser()
            .sign_in_with("lan@bao.example", "sai-mat-khau-roi")
            .await
            .expect(401);
        assert_eq!(kinds(&lan, "who=cms").await, ["article_told"]);
        assert_eq!(kinds(&lan, "who=stranger").await, ["sign_in.failed"]);
        assert!(kinds(&lan, "who=client").await.is_empty());
        let started = &told(&lan, "kind=words").await[0];
        assert_eq!(*started, triple("backtest_started", "Lan", "token"));
        let page = browser.open("/history").await.expect(200);
        for line in [
            "chose the language: English",
            "began to try drafts on the comments of 7 days: ma tuý",
            "added the site “Báo Ví Dụ”: https://bao.example",
        ] {
            assert!(page.body.contains(line), "{line}: {}", page.body);
        }
    }
);

on_both!(
    everything_on_a_site_is_of_one_kind,
    |setup: Setup| setup.set("DUYET_OUTWARD_ALLOW", "127.0.0.1/32"),
    async |app: App| {
        let lan = app.member("Lan", &["--role", "admin"]);
        app.reader().write("Bài hay lắm").await;
        let word = json!({ "words": [{ "word": "ma tuý", "kind": "hold", "state": "draft" }] });
        let word = call(&lan, Method::POST, "sites/bao/words", word)
            .await
            .expect(201)
            .json();
        let word = format!("sites/bao/words/{}", text(&word["words"][0], "id"));
        for state in ["live", "draft"] {
            let path = format!("{word}/{state}");
            call(&lan, Method::POST, &path, json!({})).await.expect(200);
        }
        call(
            &lan,
            Method::POST,
            "sites/bao/backtests",
            json!({ "days": 7 }),
        )
        .await
        .expect(202);
        call(&lan, Method::DELETE, &word, json!({}))
            .await
            .expect(204);
        let ban = json!({ "kind": "email", "pattern": "xau@thu.example", "reason": "rao" });
        call(&lan, Method::POST, "sites/bao/bans", ban)
            .await
            .expect(201);
        let hook = json!({ "url": "http://127.0.0.1:9/", "events": ["comment.held"] });
        call(&lan, Method::POST, "sites/bao/webhooks", hook)
            .await
            .expect(201);
        let mut all = kinds(&lan, "site=bao&limit=200").await;
        let mut parts = Vec::new();
        for kind in ["decisions", "bans", "words", "articles", "settings"] {
            parts.extend(kinds(&lan, &format!("site=bao&limit=200&kind={kind}")).await);
        }
        all.sort();
        parts.sort();
        assert_eq!(all, parts);
        assert!(all.len() >= 8, "{all:?}");
        // What nobody knows is told by its name, and is of no kind: not of the words and rules.
        app.execute("update events set kind = 'khong_biet' where kind = 'ban_added'")
            .await;
        assert!(
            kinds(&lan, "site=bao&limit=200")
                .await
                .contains(&"khong_biet".to_owned())
        );
        assert!(
            !kinds(&lan, "site=bao&kind=words")
                .await
                .contains(&"khong_biet".to_owned())
        );
    }
);

//! What was given up: shown, let go by a person, and forgotten by and by where it was for a reader.

use duyet::domain::Instant;
use duyet::store::{Address, Store};
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, App, Backend, Browser, anew, comment, eventually, hidden, on_both};

/// Has readers of these addresses asked, and the questions given up.
async fn mistyped(app: &App, emails: &[&str]) {
    app.done(&["site", "set", "bao", "tell_decision=true"], "");
    for email in emails {
        let mut new = comment(&anew("Mong được trả lời."));
        (new["email"], new["tell"]) = (json!(email), json!(true));
        app.reader().submit(&new).await.expect(202);
    }
    eventually("no mail is on its way", async || {
        let waiting = "select count(*) from outbox where kind = 'mail' and state = 'ready'";
        (app.count(waiting).await == 0).then_some(())
    })
    .await;
    app.execute(DIES).await;
}

const DIES: &str = "update outbox set state = 'dead', attempts = 1, last_error = '550 5.1.1 no such user' where payload like '%\"ask\":%'";

/// A mail to a member, given up before all others.
async fn dead_digest(app: &App) {
    let member = "select lower(hex(id)) as text from moderators where name = 'Lan'";
    let member = match app.backend {
        Backend::Sqlite => app.texts(member).await.remove(0),
        Backend::Postgres => app
            .texts("select replace(cast(id as text), '-', '') as text from moderators where name = 'Lan'")
            .await
            .remove(0),
    };
    let order = format!(
        "{{\"moderator\":\"{member}\",\"comments\":[],\"urgent\":[],\"purpose\":\"digest\"}}"
    );
    let id = match app.backend {
        Backend::Sqlite => "x'00000000000070008000000000000001'",
        Backend::Postgres => "'00000000-0000-7000-8000-000000000001'",
    };
    app.execute(&format!(
        "insert into outbox (site_id, id, kind, payload, state, attempts, run_at, lease, last_error, created_at)
         select site_id, {id}, 'mail', '{order}', 'dead', 1, created_at, 0, '550 5.2.1 disabled', created_at
         from comments limit 1"
    ))
    .await;
}

async fn signed_in(app: &App, name: &str, role: &str) -> Browser {
    app.add_member(name, &["--role", role, "--password-stdin"]);
    let browser = app.browser();
    browser.sign_in(name).await.expect(303);
    browser
}

/// Presses the first button of that kind on the page.
async fn press(browser: &Browser, page: &Answer, what: &str) -> Answer {
    let (before, _) = page
        .body
        .split_once(&format!("/{what}\""))
        .expect("a button");
    let path = before.rsplit('"').next().expect("its form");
    let csrf = hidden(page, "csrf");
    let pressed = browser
        .post(&format!("{path}/{what}"), &[("csrf", &csrf)])
        .await
        .expect(303);
    browser.follow(&pressed).await.expect(200)
}

const DEAD: &str = "select count(*) from outbox where state = 'dead'";

on_both!(a_person_lets_go_what_was_given_up, async |app: App| {
    mistyped(&app, &["mot@go.example", "hai@go.example"]).await;
    let editor = signed_in(&app, "Lan", "editor").await;
    let page = editor.open("/outbox").await.expect(200);
    assert_eq!(page.body.matches(">Bỏ</button>").count(), 2);
    assert!(
        page.body
            .contains("Bỏ: Hỏi bạn đọc có muốn nhận thư, gửi hai@go.example")
    );
    let after = press(&editor, &page, "discard").await;
    assert!(after.body.contains("Đã bỏ."), "{}", after.body);
    assert_eq!(app.count(DEAD).await, 1);
    assert!(!after.body.contains("hai@go.example") && after.body.contains("mot@go.example"));
    // Once more, from a page that is no longer so.
    let again = press(&editor, &page, "discard").await;
    assert!(again.body.contains("không còn nữa"), "{}", again.body);
    // What was sent is nobody's to discard.
    let by = app.member("Hoa", &["--role", "editor"]);
    let dead = by.outbox("dead").await.expect(200).json();
    let id = dead["entries"][0]["id"].as_str().expect("an id");
    let path = format!("outbox/{id}/discard");
    let nothing = json!({});
    let sent = DIES.replace("'dead'", "'done'");
    app.execute(&sent).await;
    by.call(Method::POST, &path, &nothing).await.expect(404);
    app.execute(DIES).await;
    // By the API, and only with the page's token or an own one.
    let csrf = editor.post(&format!("/{path}"), &[]).await;
    assert_eq!(csrf.status, 403);
    let stranger = app.member("Thu", &["--role", "moderator"]);
    stranger
        .call(Method::POST, &path, &nothing)
        .await
        .expect(403);
    by.call(Method::POST, &path, &nothing).await.expect(204);
    by.call(Method::POST, &path, &nothing).await.expect(404);
    assert_eq!(app.count(DEAD).await, 0);
});

on_both!(
    members_mails_stand_before_readers_however_many_mistyped,
    async |app: App| {
        let editor = signed_in(&app, "Lan", "editor").await;
        mistyped(&app, &["dau@go.example"]).await;
        dead_digest(&app).await;
        let copy = match app.backend {
            Backend::Sqlite => {
                "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 110)
                 insert into outbox (site_id, id, kind, payload, state, attempts, run_at, lease, last_error, created_at)
                 select site_id, randomblob(16), kind, payload, state, attempts, run_at, lease, last_error, created_at
                 from outbox, numbers where payload like '%\"ask\":%'"
            }
            Backend::Postgres => {
                "insert into outbox (site_id, id, kind, payload, state, attempts, run_at, lease, last_error, created_at)
                 select site_id, gen_random_uuid(), kind, payload, state, attempts, run_at, lease, last_error, created_at
                 from outbox, generate_series(1, 110) where payload like '%\"ask\":%'"
            }
        };
        app.execute(copy).await;
        let page = editor.open("/outbox").await.expect(200).body;
        let digest = page.find("Báo bình luận chờ duyệt");
        let question = page.find("Hỏi bạn đọc có muốn nhận thư");
        assert!(
            digest.is_some() && digest < question,
            "{digest:?} {question:?}"
        );
    }
);

on_both!(
    what_was_given_up_and_was_for_a_reader_is_forgotten_with_what_is_done,
    async |app: App| {
        app.add_member("Lan", &[]);
        mistyped(&app, &["dau@go.example"]).await;
        dead_digest(&app).await;
        assert_eq!(app.count(DEAD).await, 2);
        let address: Address = app.settings()["DATABASE_URL"].parse().expect("an address");
        let store = Store::open(address).await.expect("opened");
        let site = store
            .site("bao".to_owned())
            .await
            .expect("a site")
            .expect("a site")
            .id;
        let before = Instant::from_micros(0);
        store.forget_done(site, before).await.expect("forgotten");
        assert_eq!(app.count(DEAD).await, 2, "none is as old as that");
        let later = duyet::clock::now().after(std::time::Duration::from_secs(60));
        store.forget_done(site, later).await.expect("forgotten");
        let left = app
            .texts("select payload as text from outbox where state = 'dead'")
            .await;
        assert_eq!(left.len(), 1);
        assert!(left[0].contains("\"moderator\""), "{left:?}");
    }
);

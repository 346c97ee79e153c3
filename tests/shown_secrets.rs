//! A secret that was just made: shown to whoever has made it, where a page that is loaded again makes no other.

use crate::support::{Answer, App, Browser, hidden, on_both, secret_of};

const GONE: &str = "Khoá mới không còn hiện ở đây.";
const CHANGED: &str = "Khoá đã được đổi trước đó";
const SECOND: &str = "khoá cũ ấy hết hiệu lực ngay.";

async fn admin(app: &App, name: &str) -> Browser {
    app.add_member(name, &["--role", "admin", "--password-stdin"]);
    let browser = app.browser();
    browser.sign_in(name).await.expect(303);
    browser
}

/// The secret that the page shows; nothing where it shows none.
fn shown(page: &Answer) -> Option<String> {
    let start = page.body.find("whsec_")?;
    let secret = page.body[start..].chars();
    Some(secret.take_while(|c| !"<&".contains(*c)).collect())
}

/// The hidden field of that name in the form that goes there.
#[track_caller]
fn field(page: &Answer, action: &str, name: &str) -> String {
    let form = page.body.split_once(&format!("action=\"{action}\""));
    let (_, form) = form.unwrap_or_else(|| panic!("no form to {action}: {}", page.body));
    let mark = format!("name=\"{name}\" value=\"");
    let value = form.split("</form>").next().and_then(|form| {
        let (_, rest) = form.split_once(&mark)?;
        rest.split_once('"')
    });
    value
        .unwrap_or_else(|| panic!("no {name}: {form}"))
        .0
        .to_owned()
}

async fn changes(app: &App, kind: &str) -> i64 {
    let query = format!("select count(*) from events where kind = '{kind}'");
    app.count(&query).await
}

/// As if all that was done two minutes ago.
async fn later(app: &App, table: &str, columns: &[&str]) {
    for column in columns {
        let before = match app.backend {
            crate::support::Backend::Sqlite => format!("{column} - 120000000"),
            crate::support::Backend::Postgres => format!("{column} - interval '2 minutes'"),
        };
        let change = format!("update {table} set {column} = {before} where {column} is not null");
        app.execute(&change).await;
    }
}

on_both!(
    the_new_secret_of_a_site_is_shown_again_and_made_once,
    async |app: App| {
        let (lan, hoa) = (admin(&app, "Lan").await, admin(&app, "Hoa").await);
        let page = lan.open("/settings").await.expect(200);
        assert!(!page.body.contains(SECOND), "{}", page.body);
        let seen = field(&page, "/settings/secret#settings-secret", "seen");
        let csrf = hidden(&page, "csrf");
        let form = [
            ("csrf", csrf.as_str()),
            ("site", "bao"),
            ("of", "cms"),
            ("seen", &seen),
        ];
        let led = lan.post("/settings/secret", &form).await.expect(303);
        let new = secret_of(&app, "bao");
        for _ in 0..2 {
            let page = lan.follow(&led).await.expect(200);
            assert_eq!(shown(&page).as_deref(), Some(new.as_str()));
            assert!(page.body.contains(SECOND), "{}", page.body);
        }
        assert_eq!(changes(&app, "site_secret").await, 1);
        assert!(!led.header("location").contains(&new));
        // Nobody else sees it by that address, nor without it.
        let page = hoa.follow(&led).await.expect(200);
        assert!(
            shown(&page).is_none() && page.body.contains(GONE),
            "{}",
            page.body
        );
        assert!(shown(&lan.open("/settings").await.expect(200)).is_none());

        // The same form again, as by a second press of the button: the same secret.
        let again = lan.post("/settings/secret", &form).await.expect(303);
        let page = lan.follow(&again).await.expect(200);
        assert_eq!(shown(&page).as_deref(), Some(new.as_str()));
        // Long after, it changes nothing and says so.
        later(&app, "sites", &["former_secret_until"]).await;
        let again = lan.post("/settings/secret", &form).await.expect(303);
        let page = lan.follow(&again).await.expect(200);
        assert!(
            shown(&page).is_none() && page.body.contains(CHANGED),
            "{}",
            page.body
        );
        assert_eq!(secret_of(&app, "bao"), new);
        assert_eq!(changes(&app, "site_secret").await, 1);
        // An address that was led to before shows no later secret.
        let page = lan.open("/settings").await.expect(200);
        let seen = field(&page, "/settings/secret#settings-secret", "seen");
        let form = [form[0], form[1], form[2], ("seen", seen.as_str())];
        lan.post("/settings/secret", &form).await.expect(303);
        assert_ne!(secret_of(&app, "bao"), new);
        let page = lan.follow(&led).await.expect(200);
        assert!(
            shown(&page).is_none() && page.body.contains(GONE),
            "{}",
            page.body
        );
    }
);

on_both!(
    a_webhook_is_added_once_and_its_secret_shown_again,
    async |app: App| {
        let (lan, hoa) = (admin(&app, "Lan").await, admin(&app, "Hoa").await);
        let page = lan.open("/webhooks").await.expect(200);
        let id = field(&page, "/webhooks", "id");
        let csrf = hidden(&page, "csrf");
        let form = [
            ("csrf", csrf.as_str()),
            ("site", "bao"),
            ("id", &id),
            ("url", "https://cms.bao.example/duyet"),
            ("events", "comment.approved"),
        ];
        let led = lan.post("/webhooks", &form).await.expect(303);
        let page = lan.follow(&led).await.expect(200);
        let first = shown(&page).expect("a secret");
        let again = lan.post("/webhooks", &form).await.expect(303);
        for led in [&led, &again] {
            let page = lan.follow(led).await.expect(200);
            assert_eq!(shown(&page).as_ref(), Some(&first));
        }
        assert_eq!(changes(&app, "webhook_added").await, 1);
        let elsewhere = hoa.follow(&led).await.expect(303);
        let page = hoa.follow(&elsewhere).await.expect(200);
        assert!(
            shown(&page).is_none() && page.body.contains(GONE),
            "{}",
            page.body
        );
        later(&app, "webhooks", &["created_at"]).await;
        let known = lan.post("/webhooks", &form).await.expect(303);
        let page = lan.follow(&known).await.expect(200);
        assert!(page.body.contains("đã được gửi trước đó"), "{}", page.body);
        assert_eq!(page.body.matches("class=\"hook-where\"").count(), 1);

        // A new secret for it, the same way.
        let here = format!("/webhooks/{id}?site=bao");
        let path = format!("/webhooks/{id}/secret");
        let page = lan.open(&here).await.expect(200);
        assert!(!page.body.contains(SECOND), "{}", page.body);
        let seen = field(&page, &path, "seen");
        let form = [("csrf", csrf.as_str()), ("site", "bao"), ("seen", &seen)];
        let led = lan.post(&path, &form).await.expect(303);
        let again = lan.post(&path, &form).await.expect(303);
        let second = shown(&lan.follow(&led).await.expect(200)).expect("a secret");
        assert_ne!(second, first);
        for led in [&led, &again] {
            let page = lan.follow(led).await.expect(200);
            assert_eq!(shown(&page).as_ref(), Some(&second));
        }
        assert_eq!(changes(&app, "webhook_changed").await, 1);
        let page = lan.open(&here).await.expect(200);
        assert!(page.body.contains(SECOND), "{}", page.body);
        later(&app, "webhooks", &["old_until"]).await;
        let known = lan.post(&path, &form).await.expect(303);
        let page = lan.follow(&known).await.expect(200);
        assert!(page.body.contains(CHANGED), "{}", page.body);
        assert_eq!(changes(&app, "webhook_changed").await, 1);
    }
);

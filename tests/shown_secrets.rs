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
        later(&app, "events", &["created_at"]).await;
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
        later(&app, "events", &["created_at"]).await;
        let known = lan.post(&path, &form).await.expect(303);
        let page = lan.follow(&known).await.expect(200);
        assert!(page.body.contains(CHANGED), "{}", page.body);
        assert_eq!(changes(&app, "webhook_changed").await, 1);
    }
);

/// What the page's form for the CMS's secret sends.
fn form_of(page: &Answer) -> Vec<(&'static str, String)> {
    let seen = field(page, "/settings/secret#settings-secret", "seen");
    vec![
        ("csrf", hidden(page, "csrf")),
        ("site", "bao".to_owned()),
        ("of", "cms".to_owned()),
        ("seen", seen),
    ]
}

async fn send(by: &Browser, form: &[(&str, String)], more: &[(&str, &str)]) -> Answer {
    let fields = form.iter().map(|(name, value)| (*name, value.as_str()));
    let fields: Vec<(&str, &str)> = fields.chain(more.iter().copied()).collect();
    by.post("/settings/secret", &fields).await
}

/// That it is told truly that the form has changed nothing, and no secret is shown.
async fn has_changed_nothing(by: &Browser, sent: Answer) {
    let page = by.follow(&sent.expect(303)).await.expect(200);
    assert!(
        shown(&page).is_none() && page.body.contains(CHANGED),
        "{}",
        page.body
    );
    assert!(!page.body.contains("Đã đổi khoá."), "{}", page.body);
}

on_both!(
    another_choice_than_was_made_is_never_told_as_done,
    async |app: App| {
        let (lan, hoa) = (admin(&app, "Lan").await, admin(&app, "Hoa").await);
        let leaked = secret_of(&app, "bao");
        let mine = form_of(&lan.open("/settings").await.expect(200));
        let hers = form_of(&hoa.open("/settings").await.expect(200));
        // In one tab the leaked one is to count for a day; in the other it is not, or another is pasted.
        let made = send(&lan, &mine, &[]).await.expect(303);
        let new = secret_of(&app, "bao");
        assert_ne!(new, leaked);
        let pasted = ("secret", "a-secret-of-our-own-cms");
        let at_once = ("at_once", "1");
        for more in [&[at_once][..], &[pasted], &[pasted, at_once]] {
            has_changed_nothing(&lan, send(&lan, &mine, more).await).await;
        }
        for more in [&[][..], &[at_once]] {
            has_changed_nothing(&hoa, send(&hoa, &hers, more).await).await;
        }
        assert_eq!(secret_of(&app, "bao"), new);
        // The very same form is another press of the same button.
        let again = send(&lan, &mine, &[]).await.expect(303);
        for led in [&made, &again] {
            let page = lan.follow(led).await.expect(200);
            assert_eq!(shown(&page).as_ref(), Some(&new));
        }

        // The same where the old one ended at once: nobody is shown what another has made, however soon or late.
        let hers = form_of(&hoa.open("/settings").await.expect(200));
        let mine = form_of(&lan.open("/settings").await.expect(200));
        send(&lan, &mine, &[at_once]).await.expect(303);
        let new = secret_of(&app, "bao");
        has_changed_nothing(&lan, send(&lan, &mine, &[]).await).await;
        has_changed_nothing(&hoa, send(&hoa, &hers, &[at_once]).await).await;
        has_changed_nothing(&hoa, send(&hoa, &hers, &[]).await).await;
        for _ in 0..6 {
            later(&app, "sites", &["former_secret_until"]).await;
            later(&app, "events", &["created_at"]).await;
            has_changed_nothing(&hoa, send(&hoa, &hers, &[at_once]).await).await;
            has_changed_nothing(&lan, send(&lan, &mine, &[at_once]).await).await;
        }
        assert_eq!(secret_of(&app, "bao"), new);
        assert_eq!(changes(&app, "site_secret").await, 2);

        // One that counts already is no change.
        let mine = form_of(&lan.open("/settings").await.expect(200));
        let wrong = send(&lan, &mine, &[("secret", &new)]).await.expect(422);
        assert!(
            wrong.body.contains("Đây đúng là khoá đang dùng"),
            "{}",
            wrong.body
        );
        send(&lan, &mine, &[pasted]).await.expect(303);
        assert_eq!(secret_of(&app, "bao"), pasted.1);
    }
);

on_both!(
    a_webhook_s_new_secret_is_shown_to_who_made_it_alone,
    async |app: App| {
        let (lan, hoa) = (admin(&app, "Lan").await, admin(&app, "Hoa").await);
        let url = "https://cms.bao.example/duyet";
        let added = app.done(&["webhook", "add", "bao", url], "");
        let id = added
            .lines()
            .find_map(|line| line.strip_prefix("webhook: "));
        let id = id.expect("an id");
        let (here, path) = (
            format!("/webhooks/{id}?site=bao"),
            format!("/webhooks/{id}/secret"),
        );
        let mut forms = Vec::new();
        for by in [&lan, &hoa] {
            let page = by.open(&here).await.expect(200);
            forms.push((hidden(&page, "csrf"), field(&page, &path, "seen")));
        }
        let send = async |by: &Browser, (csrf, seen): &(String, String)| {
            let form = [("csrf", csrf.as_str()), ("site", "bao"), ("seen", seen)];
            let led = by.post(&path, &form).await.expect(303);
            by.follow(&led).await.expect(200)
        };
        let new = shown(&send(&lan, &forms[0]).await).expect("a secret");
        let of_hoa = send(&hoa, &forms[1]).await;
        assert!(
            shown(&of_hoa).is_none() && of_hoa.body.contains(CHANGED),
            "{}",
            of_hoa.body
        );
        assert_eq!(shown(&send(&lan, &forms[0]).await), Some(new));
    }
);

//! Who may do what: every operation of the OpenAPI document and every page, asked by everybody; and what a page elsewhere may have a
//! signed-in browser do, which is nothing.
//!
//! A new route is a line of one of the tables. A test reads the source, so none is forgotten.

mod elsewhere;
mod routes;
mod tables;

use reqwest::Method;
use serde_json::Value;

use self::tables::{operations, pages};
use crate::support::{App, Backend, Browser, Wire, comment, hidden, on_both};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    Anonymous,
    /// Holds the receipt of the comment that everything is about.
    Reader,
    /// Works on another site.
    Elsewhere,
    Moderator,
    Editor,
    Admin,
}

impl Asker {
    const ALL: [Self; 6] = [
        Self::Anonymous,
        Self::Reader,
        Self::Elsewhere,
        Self::Moderator,
        Self::Editor,
        Self::Admin,
    ];

    /// The arguments that add them as a member.
    const fn member(self) -> Option<(&'static str, &'static [&'static str])> {
        match self {
            Self::Anonymous | Self::Reader => None,
            Self::Elsewhere => Some(("Hoa", &["--site", "khac", "--role", "moderator"])),
            Self::Moderator => Some(("Minh", &["--site", "bao", "--role", "moderator"])),
            Self::Editor => Some(("An", &["--site", "bao", "--role", "editor"])),
            Self::Admin => Some(("Lan", &["--role", "admin"])),
        }
    }
}

/// Of the desk, where a browser comes with a session: `GET /account` and not `GET /join/{token}`.
fn is_of_the_desk(route: &str) -> bool {
    let path = route.split(' ').nth(1).expect("a path");
    [
        "/queue",
        "/articles",
        "/authors",
        "/bans",
        "/history",
        "/rules",
        "/account",
        "/settings",
        "/decide",
        "/members",
        "/webhooks",
        "/outbox",
        "/sign-out",
    ]
    .iter()
    .any(|place| path.starts_with(place))
}

/// What everything is about.
struct World {
    app: App,
    comment: String,
    receipt: String,
    article: String,
    member: String,
}

impl World {
    async fn of(app: App) -> Self {
        app.add_site("khac", "https://khac.example");
        let answer = app
            .reader()
            .submit(&comment("Chuyện riêng của báo này"))
            .await
            .expect(202);
        for (name, more) in Asker::ALL.into_iter().filter_map(Asker::member) {
            app.add_member(name, &[&["--password-stdin"], more].concat());
        }
        let spare = app.add_member("Oanh", &["--site", "bao", "--password-stdin"]);
        let id = match app.backend {
            Backend::Sqlite => "lower(hex(id))",
            Backend::Postgres => "cast(id as text)",
        };
        let query = format!("select {id} as text from moderators where email = '{spare}'");
        let mut members = app.texts(&query).await;
        let query = format!("select {id} as text from articles");
        let mut articles = app.texts(&query).await;
        Self {
            article: articles.pop().expect("an article"),
            comment: answer.text("id"),
            receipt: answer.text("receipt"),
            member: members.pop().expect("a member"),
            app,
        }
    }

    /// The path of a route, about what there is.
    fn path(&self, route: &str, asker: Asker) -> String {
        let path = route.split(' ').nth(1).expect("a path");
        let id = if path.contains("/members/") {
            &self.member
        } else if path.contains("/comments/") {
            &self.comment
        } else if path.contains("/articles/") {
            &self.article
        } else {
            "019ab0f2-3c00-7000-8000-000000000001"
        };
        let token = if asker == Asker::Reader && path.contains("/receipts/") {
            &self.receipt
        } else {
            "Zm9yZ2Vk"
        };
        let query = match path {
            "/api/v1/sites/{site}/comments" if route.starts_with("GET") => {
                "?article=https://bao.example/x.html"
            }
            "/api/v1/sites/{site}/counts" => "?article=https://bao.example/x.html",
            "/sites/{site}/articles" => "?url=https://bao.example/x.html",
            "/api/v1/moderation/sites/{site}/rules/deeds" => "?rule=khong.co",
            "/api/v1/moderation/sites/{site}/authors" => "?email=khong-co@thu.example",
            _ => "",
        };
        let path = path
            .replace("{site}", "bao")
            .replace("{id}", id)
            .replace("{batch}", "019ab0f2-3c00-7000-8000-000000000001")
            .replace("{delivery}", "019ab0f2-3c00-7000-8000-000000000001")
            .replace("{token}", token)
            .replace("{name}", "base.css")
            .replace("{external_id}", "4711");
        format!("{path}{query}")
    }

    fn filled(&self, text: &str, asker: Asker) -> String {
        text.replace("{comment}", &self.comment)
            .replace("{member}", &self.member)
            .replace("{asker}", &format!("{asker:?}"))
    }
}

fn method(route: &str) -> Method {
    let name = route.split(' ').next().expect("a method");
    name.parse().expect("a method")
}

/// Asks one operation; the status, and what was said unless it has no end.
async fn ask(
    wire: &Wire,
    world: &World,
    route: &str,
    token: Option<&str>,
    asker: Asker,
    body: &Value,
) -> (u16, String) {
    let mut request = wire.request(method(route), &world.path(route, asker));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if !body.is_null() {
        let body: Value =
            serde_json::from_str(&world.filled(&body.to_string(), asker)).expect("JSON");
        request = request.json(&body);
    }
    if route.ends_with("/events") {
        let answer = request.send().await.expect("an answer");
        return (answer.status().as_u16(), String::new());
    }
    let answer = wire.send(request).await;
    (answer.status, answer.body)
}

on_both!(
    every_operation_is_for_whom_the_table_says,
    async |app: App| {
        let world = World::of(app).await;
        let app = &world.app;
        let token = |name: &str| {
            let email = format!("{}@bao.example", name.to_lowercase());
            let printed = app.done(&["token", "add", &email], "");
            printed
                .split_whitespace()
                .max_by_key(|word| word.len())
                .expect("a token")
                .to_owned()
        };
        let tokens = Asker::ALL.map(|asker| asker.member().map(|(name, _)| token(name)));
        let (wire, mut wrong) = (app.wire(), Vec::new());
        for (route, told, body) in operations() {
            for ((asker, token), told) in Asker::ALL.into_iter().zip(&tokens).zip(told) {
                let (status, said) =
                    ask(&wire, &world, route, token.as_deref(), asker, &body).await;
                if status != told {
                    wrong.push(format!(
                        "{route}: {asker:?} is told {status}, not {told}: {said:.200}"
                    ));
                }
                let stranger = matches!(asker, Asker::Anonymous | Asker::Elsewhere);
                if stranger && said.contains("Chuyện riêng") {
                    wrong.push(format!("{route} tells {asker:?} what was written"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
);

/// Presses a button of the desk, or opens a page.
async fn visit(
    browser: &Browser,
    world: &World,
    route: &str,
    asker: Asker,
    csrf: &str,
    fields: &[(&str, &str)],
) -> (u16, String) {
    let path = world.path(route, asker);
    let answer = if method(route) == Method::GET {
        browser.open(&path).await
    } else {
        let filled: Vec<(String, String)> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), world.filled(value, asker)))
            .collect();
        let mut form: Vec<(&str, &str)> = vec![("csrf", csrf)];
        form.extend(
            filled
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        browser.post(&path, &form).await
    };
    (answer.status, answer.body)
}

async fn browsers(world: &World) -> [(Browser, String); 6] {
    let mut all = Vec::new();
    for asker in Asker::ALL {
        let browser = world.app.browser();
        let mut csrf = String::new();
        if let Some((name, _)) = asker.member() {
            browser.sign_in(name).await.expect(303);
            csrf = hidden(&browser.open("/account").await.expect(200), "csrf");
        }
        all.push((browser, csrf));
    }
    all.try_into().unwrap_or_else(|_| panic!("six"))
}

on_both!(
    every_page_and_button_is_for_whom_the_table_says,
    async |app: App| {
        let world = World::of(app).await;
        let (browsers, mut wrong) = (browsers(&world).await, Vec::new());
        for (route, told, fields) in pages() {
            for ((asker, (browser, csrf)), told) in Asker::ALL.into_iter().zip(&browsers).zip(told)
            {
                let (status, said) = visit(browser, &world, route, asker, csrf, fields).await;
                if status != told {
                    wrong.push(format!("{route}: {asker:?} is told {status}, not {told}"));
                }
                let stranger = matches!(asker, Asker::Anonymous | Asker::Elsewhere);
                if stranger && said.contains("Chuyện riêng") {
                    wrong.push(format!("{route} shows {asker:?} what was written"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(world.app.count("select count(*) from sessions").await, 0);
    }
);

/// What pages elsewhere can have a browser send, and what a browser says of it.
const ELSEWHERE: [&[(&str, &str)]; 5] = [
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("origin", "https://khac.example")],
    &[("origin", "null")],
    &[
        ("sec-fetch-site", "cross-site"),
        ("origin", "http://binh-luan.bao.example"),
    ],
];

/// A moderator's own program, or a browser that hides where it is: told what to do about it, and nothing of readers' pages.
#[tokio::test]
async fn a_cookie_from_nobody_knows_where_is_told_so() {
    let world = World::of(App::start(Backend::Sqlite).await).await;
    let browser = world.app.browser();
    browser.sign_in("Lan").await.expect(303);
    let ask = async |headers: &[(&str, &str)]| {
        let request = browser
            .request(Method::POST, "/api/v1/moderation/decisions")
            .header("accept-language", "en");
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let answer = browser.send(request.json(&serde_json::json!({}))).await;
        answer.expect(403).body
    };
    let unsaid = ask(&[]).await;
    for told in ["did not say from which page", "Authorization: Bearer"] {
        assert!(unsaid.contains(told), "{unsaid}");
    }
    for headers in ELSEWHERE {
        let elsewhere = ask(headers).await;
        assert!(
            elsewhere.contains("not sent from the dashboard"),
            "{elsewhere}"
        );
    }
}

on_both!(
    a_page_elsewhere_cannot_press_a_button_here,
    async |app: App| {
        let world = World::of(app).await;
        let browser = world.app.browser();
        browser.sign_in("Lan").await.expect(303);
        let csrf = hidden(&browser.open("/account").await.expect(200), "csrf");
        let state = async || {
            let mut seen = Vec::new();
            for table in [
                "decisions",
                "sessions",
                "moderators",
                "member_links",
                "second_factors",
                "notes",
                "claims",
            ] {
                seen.push(
                    world
                        .app
                        .count(&format!("select count(*) from {table}"))
                        .await,
                );
            }
            seen
        };
        let before = state().await;
        let mut asked = 0;
        let buttons = pages()
            .into_iter()
            .filter(|(route, ..)| route.starts_with("POST"));
        for (route, _, fields) in buttons {
            // These are opened by whoever holds their link, without any cookie of ours; mail programs press the last by themselves.
            if ["/receipts/", "/mail/", "/notices/off/"]
                .iter()
                .any(|place| route.contains(place))
            {
                continue;
            }
            let path = world.path(route, Asker::Admin);
            let filled: Vec<(String, String)> = fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), world.filled(value, Asker::Admin)))
                .collect();
            let mut form: Vec<(&str, &str)> = vec![("csrf", &csrf)];
            form.extend(
                filled
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str())),
            );
            for headers in ELSEWHERE {
                let answer = browser.post_from(headers, &path, &form).await;
                assert_eq!(answer.status, 403, "{route} from {headers:?}");
                asked += 1;
            }
            if is_of_the_desk(route) {
                // Nor without saying where it comes from, nor from our own pages with another token.
                assert_eq!(
                    browser.post_from(&[], &path, &form).await.status,
                    403,
                    "{route}"
                );
                form[0].1 = "x";
                assert_eq!(browser.post(&path, &form).await.status, 403, "{route}");
            }
        }
        for (route, _, body) in operations() {
            if route.starts_with("GET") || !route.contains("/moderation/") {
                continue;
            }
            let path = world.path(route, Asker::Admin);
            for headers in ELSEWHERE {
                let request = browser.request(method(route), &path).json(&body);
                let request = headers.iter().fold(request, |request, (name, value)| {
                    request.header(*name, *value)
                });
                let answer = browser.send(request).await;
                assert_eq!(answer.status, 403, "{route} from {headers:?}");
                asked += 1;
            }
        }
        assert!(asked > 150, "only {asked} were asked");
        assert_eq!(state().await, before);
        browser.open("/queue").await.expect(200);
    }
);

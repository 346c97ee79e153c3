//! Who may do what: every operation of the OpenAPI document and every page, asked by everybody; and what a page elsewhere may have a
//! signed-in browser do, which is nothing.
//!
//! A new route is a line of one of the tables. A test reads the source, so none is forgotten.

use std::collections::BTreeSet;
use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{App, Backend, Browser, Wire, comment, document, hidden, on_both};

/// What each is told, in the order of [`Asker::ALL`].
type Told = [u16; 6];

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

/// Who is let in, where a route asks for so much.
const ANYBODY: Told = [200; 6];
const MEMBERS: Told = [401, 401, 200, 200, 200, 200];
const EDITORS: Told = [401, 401, 403, 403, 200, 200];
const ADMINS: Told = [401, 401, 403, 403, 403, 200];

/// The same with another answer for who is let in.
const fn say(told: Told, status: u16) -> Told {
    let mut told = told;
    let mut place = 0;
    while place < told.len() {
        if told[place] == 200 {
            told[place] = status;
        }
        place += 1;
    }
    told
}

/// The same with another answer for who works on another site.
const fn here(told: Told, elsewhere: u16) -> Told {
    let mut told = told;
    told[2] = elsewhere;
    told
}

const NOBODY_KNOWS: Told = [404; 6];

/// Every operation of the document. `{comment}`, `{member}` and the like in a body are filled in.
fn operations() -> Vec<(&'static str, Told, Value)> {
    let none = Value::Null;
    vec![
        // Readers.
        (
            "POST /api/v1/sites/{site}/comments",
            say(ANYBODY, 202),
            comment("Một ý kiến nữa"),
        ),
        ("GET /api/v1/sites/{site}/comments", ANYBODY, none.clone()),
        ("GET /api/v1/sites/{site}/counts", ANYBODY, none.clone()),
        ("GET /api/v1/sites/{site}/challenge", ANYBODY, none.clone()),
        (
            "GET /api/v1/receipts/{token}",
            [404, 200, 404, 404, 404, 404],
            none.clone(),
        ),
        (
            "PATCH /api/v1/receipts/{token}",
            [404, 200, 404, 404, 404, 404],
            json!({ "body": "Chuyện riêng đã sửa" }),
        ),
        // Operations.
        ("GET /livez", ANYBODY, none.clone()),
        ("GET /readyz", ANYBODY, none.clone()),
        ("GET /metrics", ANYBODY, none.clone()),
        ("GET /openapi.json", ANYBODY, none.clone()),
        // Moderators.
        ("GET /api/v1/moderation/comments", MEMBERS, none.clone()),
        (
            "GET /api/v1/moderation/comments/{id}",
            here(MEMBERS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/comments/{id}/notes",
            here(MEMBERS, 404),
            json!({ "text": "Xem nhé" }),
        ),
        (
            "POST /api/v1/moderation/claims",
            MEMBERS,
            json!({ "comments": ["{comment}"] }),
        ),
        (
            "DELETE /api/v1/moderation/claims",
            say(MEMBERS, 204),
            json!({ "comments": ["{comment}"] }),
        ),
        ("GET /api/v1/moderation/events", MEMBERS, none.clone()),
        (
            "POST /api/v1/moderation/decisions",
            here(say(MEMBERS, 409), 404),
            json!({ "action": "approve", "comments": [{ "id": "{comment}", "revision": 999 }] }),
        ),
        (
            "DELETE /api/v1/moderation/decisions/{batch}",
            say(MEMBERS, 404),
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/comments/{id}/alike",
            MEMBERS,
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/sites/{site}/bans",
            here(MEMBERS, 404),
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/sites/{site}/authors",
            here(MEMBERS, 404),
            none.clone(),
        ),
        ("GET /api/v1/moderation/articles", MEMBERS, none.clone()),
        (
            "GET /api/v1/moderation/articles/{id}",
            here(MEMBERS, 404),
            none.clone(),
        ),
        // Editors.
        ("GET /api/v1/moderation/outbox", EDITORS, none.clone()),
        (
            "POST /api/v1/moderation/outbox/{id}/retry",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "GET /api/v1/moderation/sites/{site}/words",
            EDITORS,
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/words",
            say(EDITORS, 422),
            json!({ "words": [] }),
        ),
        (
            "DELETE /api/v1/moderation/sites/{site}/words/{id}",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/words/{id}/live",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/words/{id}/draft",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/bans",
            say(EDITORS, 422),
            json!({}),
        ),
        (
            "DELETE /api/v1/moderation/sites/{site}/bans/{id}",
            say(EDITORS, 404),
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/sites/{site}/bans/{id}/waiting",
            say(EDITORS, 404),
            json!({}),
        ),
        ("PATCH /api/v1/moderation/articles/{id}", EDITORS, json!({})),
        // Admins.
        ("GET /api/v1/moderation/members", ADMINS, none.clone()),
        (
            "POST /api/v1/moderation/members",
            say(ADMINS, 422),
            json!({ "email": "lan@bao.example", "name": "X", "role": "admin" }),
        ),
        ("PATCH /api/v1/moderation/members/{id}", ADMINS, json!({})),
        (
            "POST /api/v1/moderation/members/{id}/disable",
            ADMINS,
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/members/{id}/enable",
            ADMINS,
            none.clone(),
        ),
        (
            "POST /api/v1/moderation/members/{id}/invitation",
            say(ADMINS, 409),
            none.clone(),
        ),
        // At the end: then there is nothing left to ask about.
        (
            "DELETE /api/v1/receipts/{token}",
            [404, 200, 404, 404, 404, 404],
            none,
        ),
    ]
}

/// Where who is not signed in is led: to the sign-in page.
const DESK: Told = [303, 303, 200, 200, 200, 200];
const DESK_ADMINS: Told = [303, 303, 403, 403, 403, 200];
const LED: Told = [303; 6];

/// Every page and button that is no operation of the document. The fields are beside the form's token, and are chosen so that nothing
/// of what the next line needs is changed.
fn pages() -> Vec<(&'static str, Told, &'static [(&'static str, &'static str)])> {
    vec![
        ("GET /", LED, &[]),
        ("GET /docs", ANYBODY, &[]),
        ("GET /assets/{name}", ANYBODY, &[]),
        // Readers.
        ("GET /receipts/{token}", [404, 200, 404, 404, 404, 404], &[]),
        (
            "GET /receipts/{token}/edit",
            [404, 303, 404, 404, 404, 404],
            &[],
        ),
        (
            "POST /receipts/{token}/edit",
            [404, 303, 404, 404, 404, 404],
            &[("body", "Chuyện riêng của báo này")],
        ),
        (
            "POST /receipts/{token}",
            [404, 303, 404, 404, 404, 404],
            &[],
        ),
        ("GET /mail/{token}", NOBODY_KNOWS, &[]),
        ("GET /mail/{token}/never", NOBODY_KNOWS, &[]),
        ("POST /mail/{token}/confirm", NOBODY_KNOWS, &[]),
        ("POST /mail/{token}/never", NOBODY_KNOWS, &[]),
        // The entrance.
        ("GET /sign-in", ANYBODY, &[]),
        (
            "POST /sign-in",
            [401; 6],
            &[("email", "{asker}@khong.example"), ("password", "x")],
        ),
        ("GET /sign-in/code", LED, &[]),
        ("POST /sign-in/code", LED, &[("code", "000000")]),
        ("GET /forgotten", ANYBODY, &[]),
        (
            "POST /forgotten",
            ANYBODY,
            &[("email", "khong-co@bao.example")],
        ),
        ("GET /join/{token}", NOBODY_KNOWS, &[]),
        (
            "POST /join/{token}",
            NOBODY_KNOWS,
            &[("name", "X"), ("password", "con-co-bay-la")],
        ),
        ("GET /reset/{token}", NOBODY_KNOWS, &[]),
        (
            "POST /reset/{token}",
            NOBODY_KNOWS,
            &[("password", "con-co-bay-la")],
        ),
        // The desk.
        ("GET /queue", DESK, &[]),
        (
            "POST /queue/decisions",
            LED,
            &[("comment", "{comment}:999"), ("action", "approve")],
        ),
        ("GET /queue/cards", DESK, &[]),
        (
            "POST /queue/notes",
            say(DESK, 422),
            &[("comment", "{comment}")],
        ),
        ("POST /queue/undo", LED, &[("batch", "{member}")]),
        ("GET /articles", DESK, &[]),
        ("GET /articles/{id}", here(DESK, 404), &[]),
        (
            "POST /articles/{id}",
            [303, 303, 403, 403, 303, 303],
            &[("do", "open")],
        ),
        ("GET /authors", DESK, &[]),
        ("GET /bans", DESK, &[]),
        (
            "POST /bans",
            [303, 303, 403, 403, 422, 422],
            &[("site", "bao")],
        ),
        (
            "POST /bans/{id}/lift",
            [303, 303, 403, 403, 404, 404],
            &[("site", "bao")],
        ),
        (
            "POST /bans/{id}/waiting",
            [303, 303, 403, 403, 404, 404],
            &[("site", "bao")],
        ),
        ("GET /account", DESK, &[]),
        ("POST /account/name", say(DESK, 422), &[("name", "<b>")]),
        ("POST /account/language", LED, &[("language", "browser")]),
        (
            "POST /account/password",
            say(DESK, 422),
            &[("old_password", "x"), ("new_password", "y")],
        ),
        ("POST /account/sessions/end", say(DESK, 422), &[]),
        ("POST /account/sessions/end-others", LED, &[]),
        ("GET /account/phone", LED, &[]),
        ("POST /account/phone/begin", LED, &[]),
        (
            "POST /account/phone/confirm",
            say(DESK, 422),
            &[("code", "x")],
        ),
        (
            "POST /account/phone/codes",
            say(DESK, 422),
            &[("password", "x")],
        ),
        (
            "POST /account/phone/off",
            say(DESK, 422),
            &[("password", "x")],
        ),
        ("GET /members", DESK_ADMINS, &[]),
        ("POST /members", say(DESK_ADMINS, 422), &[("role", "admin")]),
        ("GET /members/{id}", DESK_ADMINS, &[]),
        (
            "POST /members/{id}",
            say(DESK_ADMINS, 303),
            &[("role", "moderator")],
        ),
        ("POST /members/{id}/disable", say(DESK_ADMINS, 303), &[]),
        ("POST /members/{id}/enable", say(DESK_ADMINS, 303), &[]),
        ("POST /members/{id}/invite", say(DESK_ADMINS, 409), &[]),
        // At the end: then nobody is signed in.
        ("POST /sign-out", LED, &[]),
    ]
}

/// Of the desk, where a browser comes with a session: `GET /account` and not `GET /join/{token}`.
fn is_of_the_desk(route: &str) -> bool {
    let path = route.split(' ').nth(1).expect("a path");
    [
        "/queue",
        "/articles",
        "/authors",
        "/bans",
        "/account",
        "/members",
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
            "/api/v1/moderation/sites/{site}/authors" => "?email=khong-co@thu.example",
            _ => "",
        };
        let path = path
            .replace("{site}", "bao")
            .replace("{id}", id)
            .replace("{batch}", "019ab0f2-3c00-7000-8000-000000000001")
            .replace("{token}", token)
            .replace("{name}", "base.css");
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
                "outbox",
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
            if route.contains("/receipts/") || route.contains("/mail/") {
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

/// The routes of the source: `GET /queue`, each with whether the document tells of it.
fn routes() -> Vec<(String, bool)> {
    let (mut folders, mut found) = (
        vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http")],
        Vec::new(),
    );
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|is| is == "rs") {
                found.extend(routes_of(&std::fs::read_to_string(&path).expect("source")));
            }
        }
    }
    found
}

fn routes_of(source: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut is_documented = false;
    for line in source.lines() {
        if line.starts_with("#[utoipa::path") {
            is_documented = true;
        }
        if line.starts_with("pub async fn") || line.starts_with("async fn") {
            is_documented = false;
        }
        for name in ["get", "post", "put", "patch", "delete"] {
            let Some(rest) = line.strip_prefix(&format!("#[{name}(\"")) else {
                continue;
            };
            let path = rest.split('"').next().expect("a path");
            found.push((format!("{} {path}", name.to_uppercase()), is_documented));
        }
    }
    // Another way to write a route would hide it from this list.
    assert!(
        !source.contains("web::resource(") && !source.contains(".route("),
        "a route without an attribute"
    );
    found
}

#[test]
fn every_route_has_a_line() {
    let sorted = |routes: Vec<&str>| {
        routes
            .into_iter()
            .map(str::to_owned)
            .collect::<BTreeSet<String>>()
    };
    let documented: BTreeSet<String> = document()["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, operations)| {
            let names = operations.as_object().expect("operations").keys();
            let names = names.filter(|name| *name != "parameters");
            names.map(move |name| format!("{} {path}", name.to_uppercase()))
        })
        .collect();
    let told = sorted(operations().into_iter().map(|(route, ..)| route).collect());
    assert_eq!(told, documented);
    // The demonstration's article is only there in the demonstration.
    let shown: BTreeSet<String> = routes()
        .into_iter()
        .filter(|(route, is_documented)| !is_documented && !route.starts_with("GET /demo/"))
        .map(|(route, _)| route)
        .collect();
    assert!(shown.len() > 40, "{shown:?}");
    assert_eq!(
        sorted(pages().into_iter().map(|(route, ..)| route).collect()),
        shown
    );
    let all = routes()
        .into_iter()
        .filter(|(_, is_documented)| *is_documented)
        .count();
    assert_eq!(all, documented.len());
}

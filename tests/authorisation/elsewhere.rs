//! Editors and admins of another site: their roles open nothing of this one.

use reqwest::Method;
use serde_json::json;

use super::tables::{operations, pages};
use super::{Asker, World, ask, visit};
use crate::support::{App, Browser, Moderator, PASSWORD, hidden, on_both};

const ROLES: [&str; 2] = ["editor", "admin"];

/// Somebody with that role on another site: with a token, and with a browser.
async fn stranger(app: &App, role: &str) -> (Moderator, Browser) {
    let email = format!("{role}@khac.example");
    let add = [
        "moderator",
        "add",
        &email,
        "--name",
        "Bình",
        "--role",
        role,
        "--site",
        "khac",
        "--password-stdin",
    ];
    app.done(&add, PASSWORD);
    let token = app.done(&["token", "add", &email], "");
    let browser = app.browser();
    browser.sign_in_with(&email, PASSWORD).await.expect(303);
    (Moderator::new(app.wire(), token.trim()), browser)
}

/// Whether the route names a thing of a site, so that it is for nobody of another one.
fn is_of_a_site(route: &str, fields: &[(&str, &str)]) -> bool {
    route.contains('{') || fields.iter().any(|(name, _)| *name == "site")
}

on_both!(
    no_role_on_another_site_opens_anything_of_this_one,
    async |app: App| {
        let world = World::of(app).await;
        let (mut wrong, mut asked, mut by_site) = (Vec::new(), 0, 0);
        let mut look = |route: &str, role: &str, told: u16, (status, said): (u16, String)| {
            asked += 1;
            by_site += usize::from(status == 404);
            // Where a moderator of another site has an empty list, so have they.
            if ![403, 404, told].contains(&status) || said.contains("Chuyện riêng") {
                wrong.push(format!(
                    "{route}: the {role} of another site is told {status}"
                ));
            }
        };
        for role in ROLES {
            let (by, browser) = stranger(&world.app, role).await;
            let (wire, who) = (world.app.wire(), Asker::Elsewhere);
            for (route, told, body) in operations() {
                // What anybody may have, and what takes a receipt or a signature, is not theirs to be refused.
                if told[0] == 401 && told[4] != 401 && is_of_a_site(route, &[]) {
                    let said = ask(&wire, &world, route, Some(&by.token), who, &body).await;
                    look(route, role, told[2], said);
                }
            }
            let csrf = hidden(&browser.open("/account").await.expect(200), "csrf");
            for (route, told, fields) in pages() {
                let is_by_token = route.contains("{token}");
                if told[4] != told[0] && !is_by_token && is_of_a_site(route, fields) {
                    let said = visit(&browser, &world, route, who, &csrf, fields).await;
                    look(route, role, told[2], said);
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        // For most it is the site that refuses them, not their role.
        assert!(asked > 80 && by_site > 60, "{asked}, {by_site} by the site");
    }
);

const LISTS: [&str; 6] = [
    "outbox?state=dead",
    "outbox?state=ready",
    "comments",
    "history",
    "articles",
    "numbers",
];
const PAGES: [&str; 8] = [
    "/outbox",
    "/webhooks",
    "/settings",
    "/rules/words",
    "/queue",
    "/history",
    "/articles",
    "/bans",
];

/// All that somebody is told who asks for everything they may see.
async fn everything(by: &Moderator, browser: &Browser) -> String {
    let mut told = String::new();
    for path in LISTS {
        let list = by.request(Method::GET, &format!("/api/v1/moderation/{path}"));
        told += &by.send(list).await.expect(200).body;
    }
    for path in PAGES {
        for path in [path.to_owned(), format!("{path}?site=bao")] {
            told += &browser.open(&path).await.body;
        }
    }
    told
}

on_both!(
    lists_of_what_is_ones_own_have_nothing_of_another_site,
    async |app: App| {
        let world = World::of(app).await;
        let (lan, own) = (
            world
                .app
                .member("Thu", &["--role", "admin", "--password-stdin"]),
            world.app.browser(),
        );
        own.sign_in("Thu").await.expect(303);
        for (path, body, status) in [
            (
                "webhooks",
                json!({ "url": "https://cms.bao.example/duyet", "events": ["comment.held"] }),
                201,
            ),
            (
                "words",
                json!({ "words": [{ "word": "từ riêng", "kind": "hold" }] }),
                201,
            ),
            ("backtests", json!({ "days": 30 }), 202),
        ] {
            let path = format!("sites/bao/{path}");
            lan.call(Method::POST, &path, &body).await.expect(status);
        }
        // A mail about this site's comment, in its outbox.
        world.app.execute("update outbox set state = 'dead'").await;
        let theirs = [
            world.comment.as_str(),
            "cms.bao.example",
            "từ riêng",
            "Chuyện riêng",
        ];
        let told = everything(&lan, &own).await;
        for one in theirs {
            assert!(told.contains(one), "{one} is shown to nobody");
        }
        for role in ROLES {
            let (by, browser) = stranger(&world.app, role).await;
            let told = everything(&by, &browser).await;
            for one in theirs {
                assert!(
                    !told.contains(one),
                    "{one} is shown to the {role} of another site"
                );
            }
        }
    }
);

//! Who may say which program is asked, and which addresses are taken.

use reqwest::Method;
use serde_json::{Value, json};

use super::near;
use crate::support::{App, Moderator, hidden, on_both, refusal};

const PATH: &str = "sites/bao/settings";
const URL: &str = "https://kiem-tra.bao.example/duyet?key=khoa-rieng";

/// What the site chose, as it may be given back.
async fn chosen(by: &Moderator) -> Value {
    let mut settings = by
        .call(Method::GET, PATH, &json!(null))
        .await
        .expect(200)
        .json();
    for name in ["site", "name", "locale", "seen"] {
        settings.as_object_mut().expect("an object").remove(name);
    }
    settings
}

on_both!(
    only_an_admin_says_which_program_is_asked,
    async |app: App| {
        let admin = app.member("Lan", &["--role", "admin"]);
        let editor = app.member("An", &["--role", "editor"]);
        let mut settings = chosen(&editor).await;
        settings["checker"] = json!({ "url": URL, "deadline_ms": 2000 });
        let refused = editor.call(Method::PUT, PATH, &settings).await.expect(403);
        assert_eq!(
            refused.json()["errors"][0]["code"],
            "settings-checker-admins"
        );
        settings["checker"]["url"] = json!("");
        settings["checker"]["deadline_ms"] = json!(500);
        editor.call(Method::PUT, PATH, &settings).await.expect(403);
        settings["checker"] = json!({ "url": URL, "deadline_ms": 2000 });
        admin.call(Method::PUT, PATH, &settings).await.expect(200);
        // What an editor leaves as it is, or does not name, stays.
        settings["edit_window"] = json!(60);
        editor.call(Method::PUT, PATH, &settings).await.expect(200);
        settings
            .as_object_mut()
            .expect("an object")
            .remove("checker");
        settings["edit_window"] = json!(120);
        editor.call(Method::PUT, PATH, &settings).await.expect(200);
        let now = chosen(&editor).await;
        assert_eq!(
            (&now["checker"]["url"], &now["edit_window"]),
            (&json!(URL), &json!(120))
        );
    }
);

on_both!(
    an_editors_page_shows_the_checker_and_leaves_it_as_it_is,
    async |app: App| {
        app.done(&["site", "set", "bao", &format!("checker.url={URL}")], "");
        for (name, role, changes) in [("An", "editor", false), ("Lan", "admin", true)] {
            app.add_member(name, &["--role", role, "--password-stdin"]);
            let browser = app.browser();
            browser.sign_in(name).await.expect(303);
            let page = browser.open("/settings").await.expect(200);
            assert!(page.body.contains("khoa-rieng"), "{}", page.body);
            assert_eq!(
                page.body.contains("name=\"checker.url\""),
                changes,
                "{role}"
            );
            let (csrf, seen) = (hidden(&page, "csrf"), hidden(&page, "seen"));
            let fields = [
                ("csrf", csrf.as_str()),
                ("site", "bao"),
                ("seen", &seen),
                ("origins", "https://bao.example"),
                ("proof_of_work", "off"),
                ("edit_window", "7"),
                ("network_days", "30"),
                ("promised_minutes", "240"),
            ];
            let nobody = [("checker.url", ""), ("checker.deadline_ms", "500")];
            if !changes {
                let by_hand = [&fields[..], &nobody].concat();
                browser.post("/settings", &by_hand).await.expect(403);
                browser.post("/settings", &fields).await.expect(303);
            }
        }
        let shown = app.done(&["site", "show", "bao"], "");
        assert!(
            shown.contains(URL) && shown.contains("edit_window=420"),
            "{shown}"
        );
    }
);

on_both!(
    what_would_never_be_called_is_not_taken_anywhere,
    async |app: App| {
        let admin = app.member("Lan", &["--role", "admin"]);
        let before = app.done(&["site", "show", "bao"], "");
        for (url, code, told) in [
            (
                "http://169.254.169.254/latest/",
                "target-forbidden",
                "DUYET_OUTWARD_ALLOW",
            ),
            (
                "http://10.0.0.1/duyet",
                "target-forbidden",
                "DUYET_OUTWARD_ALLOW",
            ),
            ("https://127.1/", "target-forbidden", "DUYET_OUTWARD_ALLOW"),
            (
                "http://93.184.216.34/duyet",
                "target-clear",
                "give https://",
            ),
            (
                "https://ai:khoa@kiem-tra.bao.example/",
                "target-dressed",
                "a user or a fragment",
            ),
            (
                "https://kiem-tra.bao.example/#x",
                "target-dressed",
                "a user or a fragment",
            ),
        ] {
            let mut settings = chosen(&admin).await;
            settings["checker"] = json!({ "url": url, "deadline_ms": 2000 });
            let refused = admin.call(Method::PUT, PATH, &settings).await.expect(422);
            assert_eq!(refused.json()["errors"][0]["code"], code, "{url}");
            let asked = format!("checker.url={url}");
            let refused = refusal(&app.command(&["site", "set", "bao", &asked], ""));
            assert!(
                refused.contains("checker.url") && refused.contains(told),
                "{refused}"
            );
        }
        assert_eq!(app.done(&["site", "show", "bao"], ""), before);
    }
);

on_both!(
    the_operator_opens_a_network_to_the_command_line_too,
    near,
    async |app: App| {
        app.done(
            &["site", "set", "bao", "checker.url=http://127.0.0.1:8089/"],
            "",
        );
        let refused = app.command(&["site", "set", "bao", "checker.url=http://10.0.0.1/"], "");
        assert!(refusal(&refused).contains("DUYET_OUTWARD_ALLOW"));
        // What is there already stands in nobody's way.
        app.execute(
            "update sites set settings = replace(settings, '127.0.0.1:8089', '10.0.0.1:8089')",
        )
        .await;
        app.done(&["site", "set", "bao", "edit_window=60"], "");
    }
);

on_both!(
    moderators_read_in_the_history_whose_program_it_is_and_not_its_address,
    async |app: App| {
        app.done(&["site", "set", "bao", &format!("checker.url={URL}")], "");
        let asked = "/api/v1/moderation/history?kind=settings";
        for (name, role, whole) in [("Lan", "moderator", false), ("An", "editor", true)] {
            let by = app.member(name, &["--role", role]);
            let told = by
                .send(by.request(Method::GET, asked))
                .await
                .expect(200)
                .body;
            assert!(told.contains("kiem-tra.bao.example"), "{role}: {told}");
            assert_eq!(told.contains("khoa-rieng"), whole, "{role}: {told}");
        }
    }
);

//! The key of the Akismet protocol, told again and changed.

use reqwest::Method;
use serde_json::json;

use crate::support::akismet::{Akismet, fresh};
use crate::support::{App, hidden, on_both};

/// The key, as the command line tells it.
fn told(app: &App, more: &[&str]) -> String {
    let asked = [&["site", "secret", "bao", "--akismet"], more].concat();
    let printed = app.done(&asked, "");
    let key = printed
        .lines()
        .find_map(|line| line.strip_prefix("akismet key: "));
    key.unwrap_or_else(|| panic!("no key in {printed}"))
        .to_owned()
}

async fn is_known(by: &Akismet, key: &str) -> bool {
    let said = by.with_key(key).check(&fresh("Cầu mới")).await;
    assert_eq!(said.status, 200, "{said:?}");
    said.body != "invalid"
}

on_both!(
    the_key_is_told_again_and_an_old_one_counts_for_a_day,
    async |app: App| {
        let bao = Akismet::of(&app, "bao").await;
        let first = told(&app, &[]);
        assert!(is_known(&bao, &first).await);
        let second = told(&app, &["--rotate"]);
        assert_eq!(told(&app, &[]), second);
        for key in [&first, &second, &second.to_uppercase()] {
            assert!(is_known(&bao, key).await, "{key}");
        }
        // One before ends with the next, and by `--at-once` the last, too. Replicas remember a key for two seconds.
        let third = told(&app, &["--rotate"]);
        let fourth = told(&app, &["--rotate", "--at-once"]);
        crate::support::eventually("the old ones are forgotten", async || {
            for key in [&first, &second, &third] {
                if is_known(&bao, key).await {
                    return None;
                }
            }
            Some(())
        })
        .await;
        assert!(is_known(&bao, &fourth).await);
        let later = "update sites set former_akismet_key_until = former_akismet_key_until";
        let fifth = told(&app, &["--rotate"]);
        let day = match app.backend {
            crate::support::Backend::Sqlite => " - 86400000000",
            crate::support::Backend::Postgres => " - interval '24 hours'",
        };
        app.execute(&format!("{later}{day}")).await;
        crate::support::eventually("its day is over", async || {
            (!is_known(&bao, &fourth).await).then_some(())
        })
        .await;
        assert!(is_known(&bao, &fifth).await);
        for wrong in [["--akismet", "--checker"], ["--akismet", "--stdin"]] {
            let refused = app.command(&[&["site", "secret", "bao"], &wrong[..]].concat(), "x");
            assert!(!refused.status.success(), "{wrong:?}");
        }
    }
);

on_both!(
    an_admin_changes_it_and_the_history_says_so,
    async |app: App| {
        app.add_member("Lan", &["--role", "admin", "--password-stdin"]);
        let lan = app.browser();
        lan.sign_in("Lan").await.expect(303);
        let page = lan.open("/settings").await.expect(200);
        let first = told(&app, &[]);
        assert!(page.body.contains("Khoá Akismet") && !page.body.contains(&first));
        let csrf = hidden(&page, "csrf");
        let form = [("csrf", csrf.as_str()), ("site", "bao"), ("of", "akismet")];
        let led = lan.post("/settings/secret", &form).await.expect(303);
        let page = lan.follow(&led).await.expect(200);
        let second = told(&app, &[]);
        assert!(
            second != first && page.body.contains(&second),
            "{}",
            page.body
        );
        let history = lan.open("/history").await.expect(200).body;
        assert!(
            history.contains("đã đổi khoá Akismet; khoá cũ còn dùng được đến")
                && !history.contains(&second),
            "{history}"
        );

        let admin = app.member("Hoa", &["--role", "admin"]);
        let path = "sites/bao/secret";
        let asked = json!({ "of": "akismet" });
        let made = admin.call(Method::POST, path, &asked).await.expect(200);
        assert_eq!(made.json()["secret"], told(&app, &[]).as_str());
        let own = json!({ "of": "akismet", "secret": "khoa-tu-nghi-ra-dai" });
        let refused = admin.call(Method::POST, path, &own).await.expect(422);
        assert_eq!(
            refused.json()["errors"][0]["code"],
            "settings-secret-akismet-own"
        );
        let editor = app.member("An", &["--role", "editor"]);
        editor.call(Method::POST, path, &asked).await.expect(403);
    }
);

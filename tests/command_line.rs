//! The command line, as an operator types it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::{App, Backend, PASSWORD, SECRET, Setup, on_both, refusal, secret_of};

on_both!(
    a_site_is_added_once_with_its_secrets,
    Setup::bare,
    async |app: App| {
        let printed = app.add_site("bao", "https://bao.example");
        let value = |name: &str| {
            let line = printed
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .unwrap_or_else(|| panic!("no {name} in {printed}"));
            line.trim().to_owned()
        };
        let secret = value("webhook secret: ");
        let bytes = STANDARD
            .decode(secret.strip_prefix("whsec_").expect("whsec_"))
            .expect("base64");
        assert!((24..=64).contains(&bytes.len()));
        let key = value("akismet key: ");
        assert!(
            key.len() >= 12 && key.chars().all(|c| c.is_ascii_alphanumeric()),
            "{key}"
        );

        let add = |key: &str, name: &str, origin: &str| {
            app.command(
                &["site", "add", key, "--name", name, "--origin", origin],
                "",
            )
        };
        assert!(
            refusal(&add("bao", "Báo", "https://bao.example"))
                .contains("there is a site `bao` already")
        );
        for (key, name, origin, named) in [
            ("Báo", "Báo", "https://bao.example", "`Báo`"),
            ("", "Báo", "https://bao.example", "``"),
            ("a/b", "Báo", "https://bao.example", "`a/b`"),
            ("moi", " ", "https://bao.example", "--name"),
            ("moi", "Báo\nMới", "bao.example", "--origin"),
            ("moi", "Báo", "javascript:alert(1)", "--origin"),
            ("moi", "Báo", "null", "--origin"),
            ("moi", "Báo", "https://*.bao.vn", "give each"),
        ] {
            let told = refusal(&add(key, name, origin));
            assert!(told.contains(named), "{told}");
        }
        assert_eq!(app.done(&["site", "list"], "").lines().count(), 1);
    }
);

on_both!(
    settings_of_a_site_are_shown_changed_and_refused_where_wrong,
    async |app: App| {
        let shown = app.done(&["site", "show", "bao"], "");
        for line in [
            "name: Báo Ví Dụ",
            "proof_of_work=off",
            "edit_window=900",
            "tell_decision=false",
            "consent=none",
            "reserved_names=",
            "network_days=30",
            "promised_minutes=240",
            "checker.url=",
            "checker.deadline_ms=2000",
        ] {
            assert!(shown.lines().any(|shown| shown == line), "{line}: {shown}");
        }
        let settings = [
            "proof_of_work=always",
            "edit_window=0",
            "tell_decision=true",
            "consent.version=2026-01",
            "consent.text=Tôi đồng ý để tòa soạn lưu họ tên và email của tôi.",
            "reserved_names=Bạn đọc viết; Thư ký tòa soạn",
            "network_days=7",
        ];
        let printed = app.done(&[&["site", "set", "bao"], &settings[..]].concat(), "");
        let shown = app.done(&["site", "show", "bao"], "");
        for line in settings {
            assert!(printed.lines().any(|printed| printed == line), "{printed}");
            assert!(shown.lines().any(|shown| shown == line), "{shown}");
        }
        assert!(!shown.contains("whsec_"), "{shown}");
        for (wrong, named) in [
            ("edit_windw=1", "`edit_windw`"),
            ("edit_window", "`edit_window`"),
            ("edit_window=soon", "edit_window"),
            ("edit_window=604801", "edit_window"),
            ("proof_of_work=sometimes", "proof_of_work"),
            ("tell_decision=maybe", "tell_decision"),
            ("consent=yes", "consent.version"),
            ("consent.text=Khác", "consent.version"),
            ("consent.version=a b", "consent.version"),
            ("reserved_names=?", "reserved_names"),
            ("network_days=ever", "network_days"),
            ("network_days=366", "network_days"),
        ] {
            let told = refusal(&app.command(&["site", "set", "bao", wrong], ""));
            assert!(told.contains(named), "{wrong}: {told}");
        }
        assert_eq!(app.done(&["site", "show", "bao"], ""), shown);
        for command in [
            &["site", "show", "khac"][..],
            &["site", "set", "khac", "edit_window=1"],
        ] {
            assert!(refusal(&app.command(command, "")).contains("`khac`"));
        }
        app.done(&["site", "set", "bao", "consent=none"], "");
        let events =
            "select count(*) from events where kind = 'site_settings' and actor_kind = 'operator'";
        assert_eq!(app.count(events).await, 2);
        // Only what differs from the defaults is kept.
        app.done(
            &[
                "site",
                "set",
                "bao",
                "proof_of_work=off",
                "edit_window=900",
                "tell_decision=false",
                "reserved_names=",
                "network_days=30",
            ],
            "",
        );
        assert_eq!(
            app.texts("select settings as text from sites").await,
            ["{}"]
        );
    }
);

on_both!(a_member_is_added_once_and_gets_tokens, async |app: App| {
    let email = app.add_member(
        "Lan",
        &["--password-stdin", "--role", "editor", "--site", "bao"],
    );
    let add = |arguments: &[&str], input: &str| {
        app.command(&[&["moderator", "add"], arguments].concat(), input)
    };
    let told = refusal(&add(&["LAN@bao.example", "--name", "Lan"], ""));
    assert!(told.contains("is a member already"), "{told}");
    for (arguments, input, named) in [
        (&["minh", "--name", "Minh"][..], "", "EMAIL"),
        (&["minh@bao.example", "--name", "<b>"], "", "--name"),
        (
            &["minh@bao.example", "--name", "Minh", "--site", "khac"],
            "",
            "khac",
        ),
        (
            &["minh@bao.example", "--name", "Minh", "--password-stdin"],
            "ngan",
            "--password-stdin",
        ),
        (
            &["minh@bao.example", "--name", "Minh", "--password-stdin"],
            "",
            "--password-stdin",
        ),
    ] {
        let told = refusal(&add(arguments, input));
        assert!(told.contains(named), "{told}");
    }
    let (first, second) = (
        app.done(&["token", "add", &email], ""),
        app.done(&["token", "add", " Lan@BAO.example"], ""),
    );
    for printed in [&first, &second] {
        let longest = printed
            .split_whitespace()
            .max_by_key(|word| word.len())
            .expect("a word");
        assert!(
            longest.starts_with("duyet_") && longest.len() > 40,
            "{printed}"
        );
        assert_eq!(
            app.wire()
                .send(
                    app.wire()
                        .request(reqwest::Method::GET, "/api/v1/moderation/comments")
                        .bearer_auth(longest)
                )
                .await
                .status,
            200
        );
    }
    assert_ne!(first, second);
    assert!(
        refusal(&app.command(&["token", "add", "minh@bao.example"], ""))
            .contains("there is no member")
    );
    for (name, password) in [
        ("Minh", "1234567890"),
        ("Minh", "minh@bao.example"),
        ("Nguyễn Thị Lan", "nguyenthilan1990"),
        ("Minh", &"dài".repeat(400)),
    ] {
        let new = ["minh@bao.example", "--name", name, "--password-stdin"];
        let told = refusal(&add(&new, password));
        assert!(told.contains("--password-stdin"), "{told}");
        let told = refusal(&app.command(&["moderator", "password", &email], "1234567890"));
        assert!(told.contains("password"), "{told}");
    }
    // Neither a token nor a password lies in the database as it is.
    let token = first.split_whitespace().last().expect("a token").to_owned();
    for text in app
        .texts("select coalesce(password_hash, '') as text from moderators")
        .await
    {
        assert!(
            text.starts_with("$argon2id$") && !text.contains(PASSWORD) && !text.contains(&token),
            "{text}"
        );
    }
});

on_both!(
    migrating_again_does_nothing,
    Setup::bare,
    async |app: App| {
        for _ in 0..2 {
            assert!(app.done(&["migrate"], "").contains("up to date"));
        }
        assert_eq!(app.count("select count(*) from sites").await, 0);
    }
);

#[tokio::test]
async fn the_shipped_rules_keep_their_promises_and_broken_ones_are_named() {
    let app = Setup::new(Backend::Sqlite).bare().prepare().await;
    assert!(!app.done(&["rules", "check"], "").is_empty());
    let folder = app.folder().join("own");
    std::fs::create_dir(&folder).expect("a folder");
    let write = |text: &str| std::fs::write(folder.join("own.toml"), text).expect("a pack");
    let pack = |what: &str| {
        format!(
            "id = \"own\"\n[[rule]]\nid = \"own.x\"\ntitle = {{ vi = \"x\", en = \"x\" }}\ncategory = \"spam\"\nweight = 1.0\n{what}\n[rule.examples]\nhit = [\"mua ngay\"]\nmiss = [\"bán\"]\n"
        )
    };
    write(&pack("words = [\"mua ngay\"]"));
    app.done(&["rules", "check", "own"], "");
    for broken in [
        "words = [\"mua sau\"]",
        "words = [\"bán\", \"mua ngay\"]",
        "pattern = '(?<=a)b'",
        "pattern = '('",
        "wrods = [\"x\"]",
    ] {
        write(&pack(broken));
        let output = app.command(&["rules", "check", "own"], "");
        assert!(!output.status.success(), "{broken}");
        let told = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(
            told.contains("own.x") || told.contains("own.toml"),
            "{broken}: {told}"
        );
    }
}

#[tokio::test]
async fn comments_are_explained_a_line_each_in_their_order() {
    let app = Setup::new(Backend::Sqlite).bare().prepare().await;
    let lines: Vec<Value> = (0..300)
        .map(|number| match number % 3 {
            0 => json!({ "id": number, "body": "Bài viết hay quá" }),
            1 => json!({ "id": format!("c-{number}"), "body": "Gọi 0912 345 678", "name": "Lan", "email": "lan@thu.example" }),
            _ => json!({ "id": { "n": number }, "body": "", "name": "" }),
        })
        .collect();
    // An empty line between two is nothing to be explained.
    let input = lines
        .iter()
        .map(Value::to_string)
        .collect::<Vec<_>>()
        .join("\n\n");
    let printed = app.done(&["rules", "explain", "--jsonl"], &input);
    let explained: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(explained.len(), lines.len());
    for (asked, told) in lines.iter().zip(&explained) {
        assert_eq!(asked["id"], told["id"]);
        assert_eq!(told["action"], "hold");
        assert_eq!(told["rules_version"], explained[0]["rules_version"]);
        assert!(told["rules_version"].is_string());
        assert!(
            told["score"].is_number() && told["lane"].is_string() && told["categories"].is_object()
        );
        assert_eq!(
            told["evidence"].as_array().expect("evidence").is_empty(),
            !asked["body"].to_string().contains("0912"),
            "{told}"
        );
    }
    let one: Value =
        serde_json::from_str(&app.done(&["rules", "explain"], "Gọi 0912 345 678\n")).expect("JSON");
    assert_eq!(one["evidence"], explained[1]["evidence"]);
    for wrong in ["{", "{\"id\":1}", "[]"] {
        let output = app.command(
            &["rules", "explain", "--jsonl"],
            &format!("{}\n{wrong}\n{}\n", lines[0], lines[1]),
        );
        let judged = String::from_utf8_lossy(&output.stdout);
        assert_eq!(judged.lines().count(), 2, "{wrong}: {judged}");
        assert!(refusal(&output).contains("line 2"), "{wrong}");
    }
}

#[tokio::test]
async fn no_command_prints_the_secret() {
    let app = Setup::new(Backend::Sqlite).bare().prepare().await;
    for arguments in [
        &["migrate"][..],
        &["site", "list"],
        &["openapi"],
        &["--help"],
        &["--version"],
    ] {
        let output = app.command(arguments, "");
        let all = [output.stdout, output.stderr].concat();
        assert!(
            output.status.success() && !String::from_utf8_lossy(&all).contains(SECRET),
            "{arguments:?}"
        );
    }
}

on_both!(a_token_is_listed_and_taken_back, async |app: App| {
    let lan = app.member("Lan", &["--role", "admin"]);
    let (minh, spare) = (app.moderator("Minh"), "minh@bao.example");
    app.done(&["token", "add", spare], "");
    let list = |of: &[&str]| app.done(&[&["token", "list"], of].concat(), "");
    let all = list(&[]);
    assert_eq!(all.lines().count(), 3, "{all}");
    assert!(!all.contains("duyet_"), "{all}");
    let theirs = list(&[spare]);
    let ids: Vec<&str> = theirs
        .lines()
        .map(|line| {
            assert!(line.contains(spare), "{line}");
            line.split('\t').next().expect("an id")
        })
        .collect();
    assert_eq!(ids.len(), 2, "{theirs}");
    // The older one is what Minh works with.
    minh.list(&[]).await.expect(200);
    let told = app.done(&["token", "remove", ids[0]], "");
    assert!(told.contains(spare), "{told}");
    minh.list(&[]).await.expect(401);
    lan.list(&[]).await.expect(200);
    assert_eq!(list(&[spare]).lines().count(), 1);
    for id in [ids[0], "019ab0f2-3c00-7000-8000-000000000001"] {
        let told = refusal(&app.command(&["token", "remove", id], ""));
        assert!(told.contains("there is no token"), "{told}");
    }
    let history = lan.request(
        reqwest::Method::GET,
        "/api/v1/moderation/history?who=operator",
    );
    let history = lan.send(history).await.expect(200).json();
    let newest = &history["history"][0];
    assert_eq!(
        (&newest["kind"], &newest["account"]["name"]),
        (&"token.removed".into(), &"Minh".into())
    );
});

/// As where `head` has seen enough.
#[tokio::test]
async fn a_command_that_nobody_reads_ends_quietly() {
    let app = App::start(Backend::Sqlite).await;
    for command in [
        &["site", "show", "bao"][..],
        &["site", "list"],
        &["site", "secret", "bao"],
        &["openapi"],
        &["widget", "bao"],
        &["rules", "explain", "--json"],
        &["rules", "explain", "--human"],
        &["rules", "explain", "--jsonl"],
        &["rules", "check"],
        &["migrate"],
    ] {
        let input = "{\"id\": 1, \"body\": \"Cầu mới đẹp quá\"}\n";
        let output = app.unread(command, input);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}: {told}");
        assert!(
            !told.contains("panicked") && !told.contains("duyet: "),
            "{command:?}: {told}"
        );
    }
    // What it is to do is done all the same, and what is wrong is told.
    let list = ["rules", "words", "list", "--site", "bao"];
    for (deed, left) in [("add", 2), ("remove", 0)] {
        let words = [
            "rules",
            "words",
            deed,
            "--site",
            "bao",
            "bán nhà",
            "mua nhà",
        ];
        assert!(app.unread(&words, "").status.success(), "{deed}");
        assert_eq!(app.done(&list, "").lines().count(), left, "{deed}");
    }
    let wrong = app.unread(&["rules", "explain", "--jsonl"], "x\n");
    assert!(refusal(&wrong).contains("no comments"));
}

on_both!(
    an_old_secret_is_not_ended_without_a_new_one,
    async |app: App| {
        let all = "select webhook_secret || checker_secret || akismet_key as text from sites";
        for (flags, whose) in [
            (&[][..], ""),
            (&["--checker"][..], " --checker"),
            (&["--akismet"][..], " --akismet"),
        ] {
            let before = app.texts(all).await;
            let asked = [&["site", "secret", "bao", "--at-once"], flags].concat();
            let refused = app.command(&asked, "");
            let told = String::from_utf8_lossy(&refused.stderr);
            assert!(!refused.status.success(), "{asked:?}");
            let instead = format!("`duyet site secret bao{whose} --rotate --at-once`");
            assert!(
                told.contains("nothing was changed") && told.contains(&instead),
                "{told}"
            );
            assert_eq!(app.texts(all).await, before);
        }
        // Of one that is there already, pasted once more, nothing changes but that the one before ends.
        let first = secret_of(&app, "bao");
        let own = "a-secret-of-our-own-cms";
        let paste = ["site", "secret", "bao", "--stdin", "--at-once"];
        app.done(&paste[..4], own);
        let former = "select count(*) from sites where former_secret_until > ";
        let soon = match app.backend {
            Backend::Sqlite => "(unixepoch() + 60) * 1000000",
            Backend::Postgres => "now() + interval '1 minute'",
        };
        assert_ne!(first, own);
        let bare = app.done(&["site", "secret", "bao", "--bare"], "");
        assert_eq!(bare, format!("{own}\n"), "a script reads it as it is");
        assert_eq!(app.count(&format!("{former}{soon}")).await, 1);
        app.done(&paste, own);
        assert_eq!(app.count(&format!("{former}{soon}")).await, 0);
        assert_eq!(secret_of(&app, "bao"), own);
    }
);

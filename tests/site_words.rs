//! The words that a site's editors hold and allow by themselves.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Answer, App, Moderator, anew, by_one_rule, eventually, hidden, on_both, refusal,
};

const WORDS: &str = "/api/v1/moderation/sites/bao/words";

async fn send(by: &Moderator, method: Method, path: &str, body: Option<&Value>) -> Answer {
    let request = by.request(method, path);
    let request = match body {
        Some(body) => request.json(body),
        None => request,
    };
    by.send(request).await
}

async fn add(by: &Moderator, words: Value) -> Answer {
    send(by, Method::POST, WORDS, Some(&json!({ "words": words }))).await
}

/// Rules and excerpts of what was seen in a new comment.
async fn seen(app: &App, lan: &Moderator, body: &str) -> Vec<(String, String)> {
    let (id, _) = app.reader().write(body).await;
    let card = lan.card(&id).await.0;
    let evidence = card["evidence"].as_array().expect("evidence");
    evidence
        .iter()
        .map(|seen| {
            let text = |name: &str| seen[name].as_str().expect("a text").to_owned();
            (text("rule"), text("excerpt"))
        })
        .collect()
}

on_both!(
    a_word_holds_once_it_is_live,
    by_one_rule,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        let answer = add(
        &lan,
        json!([{ "word": "Bán  Nhà", "kind": "hold", "category": "spam", "weight": 3.0, "note": "tin rao" }]),
    )
    .await
    .expect(201)
    .json();
        let word = &answer["words"][0];
        for (field, meant) in [
            ("word", json!("Bán Nhà")),
            ("normal", json!("bán nhà")),
            ("state", json!("draft")),
            ("created_by", json!("Lan")),
            ("note", json!("tin rao")),
        ] {
            assert_eq!(word[field], meant, "{word}");
        }
        let path = format!("{WORDS}/{}", word["id"].as_str().expect("an id"));
        assert_eq!(seen(&app, &lan, "tôi bán nhà 1").await, []);
        let live = send(&lan, Method::POST, &format!("{path}/live"), None)
            .await
            .expect(200);
        assert_eq!(live.json()["state"], "live");
        let found = [("site.hold:Bán Nhà".to_owned(), "BÁN... nhà".to_owned())];
        assert_eq!(seen(&app, &lan, "tôi BÁN... nhà 2").await, found);
        send(&lan, Method::POST, &format!("{path}/draft"), None)
            .await
            .expect(200);
        assert_eq!(seen(&app, &lan, "tôi bán nhà 3").await, []);

        send(&lan, Method::POST, &format!("{path}/live"), None)
            .await
            .expect(200);
        send(&lan, Method::DELETE, &path, None).await.expect(204);
        send(&lan, Method::DELETE, &path, None).await.expect(404);
        send(&lan, Method::POST, &format!("{path}/live"), None)
            .await
            .expect(404);
        assert_eq!(seen(&app, &lan, "tôi bán nhà 4").await, []);
        let kinds = app
        .texts("select kind as text from events where kind like 'site_word%' and actor_name = 'Lan' order by id")
        .await;
        assert_eq!(
            kinds,
            ["added", "live", "draft", "live", "removed"].map(|kind| format!("site_word_{kind}"))
        );
    }
);

on_both!(
    an_allowed_phrase_takes_away_what_words_see_in_it,
    by_one_rule,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        let rule = [("nha.mua".to_owned(), "mua bán".to_owned())];
        assert_eq!(seen(&app, &lan, "chợ mua bán trâu 1").await, rule);
        add(
            &lan,
            json!([{ "word": "chợ mua bán trâu", "kind": "allow", "state": "live" }]),
        )
        .await
        .expect(201);
        assert_eq!(seen(&app, &lan, "chợ mua bán trâu 2").await, []);
        assert_eq!(seen(&app, &lan, "chợ mua bán bò").await, rule);
    }
);

on_both!(
    only_editors_of_the_site_may,
    by_one_rule,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let lan = app.member("Lan", &["--role", "editor"]);
        let (minh, hoa) = (
            app.moderator("Minh"),
            app.member("Hoa", &["--role", "editor", "--site", "khac"]),
        );
        let an = app.member("An", &["--role", "admin"]);
        let word = |text: &str| json!([{ "word": text, "kind": "hold" }]);
        let added = add(&an, word("nhà")).await.expect(201).json();
        let path = format!(
            "{WORDS}/{}",
            added["words"][0]["id"].as_str().expect("an id")
        );
        for (by, status) in [(&minh, 403), (&hoa, 404)] {
            // Whoever works there may read what holds comments.
            let is_read = if status == 403 { 200 } else { status };
            send(by, Method::GET, WORDS, None).await.expect(is_read);
            add(by, word("đất")).await.expect(status);
            send(by, Method::DELETE, &path, None).await.expect(status);
            send(by, Method::POST, &format!("{path}/live"), None)
                .await
                .expect(status);
        }
        app.wire().get(WORDS).await.expect(401);
        // The same word of another site is another's; an id of one is not found at the other.
        let other = "/api/v1/moderation/sites/khac/words";
        send(
            &hoa,
            Method::POST,
            other,
            Some(&json!({ "words": word("nhà") })),
        )
        .await
        .expect(201);
        let id = path.rsplit('/').next().expect("an id");
        send(&lan, Method::DELETE, &format!("{other}/{id}"), None)
            .await
            .expect(404);
        let listed = |answer: &Answer| answer.json()["words"].as_array().expect("words").len();
        assert_eq!(
            listed(&send(&lan, Method::GET, WORDS, None).await.expect(200)),
            1
        );

        add(
            &lan,
            json!(
                (0..5)
                    .map(|n| json!({ "word": format!("từ {n}"), "kind": "allow" }))
                    .collect::<Vec<_>>()
            ),
        )
        .await
        .expect(201);
        let first = send(&lan, Method::GET, &format!("{WORDS}?limit=4"), None)
            .await
            .expect(200);
        assert_eq!(listed(&first), 4);
        let next = first.text("next");
        let second = send(
            &lan,
            Method::GET,
            &format!("{WORDS}?limit=4&after={next}"),
            None,
        )
        .await
        .expect(200);
        assert_eq!((listed(&second), &second.json()["next"]), (2, &Value::Null));
        let held = send(
            &lan,
            Method::GET,
            &format!("{WORDS}?kind=hold&state=draft"),
            None,
        )
        .await
        .expect(200);
        assert_eq!(listed(&held), 1);
        send(&lan, Method::GET, &format!("{WORDS}?stat=live"), None)
            .await
            .expect(422);
    }
);

on_both!(
    what_is_wrong_with_a_word_is_told_with_the_word,
    by_one_rule,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        add(&lan, json!([{ "word": "nhà", "kind": "hold" }]))
            .await
            .expect(201);
        for (word, field, code) in [
            (
                json!({ "word": "?!", "kind": "hold" }),
                "word",
                "word-empty",
            ),
            (
                json!({ "word": "(?<!bán) nhà", "kind": "hold" }),
                "word",
                "word-look-around",
            ),
            (
                json!({ "word": "(nhà)\\1", "kind": "hold" }),
                "word",
                "word-back-reference",
            ),
            (
                json!({ "word": "nh[aà]", "kind": "hold" }),
                "word",
                "word-pattern",
            ),
            (
                json!({ "word": "NHÀ", "kind": "allow" }),
                "word",
                "word-known",
            ),
            (
                json!({ "word": "a\nb", "kind": "hold" }),
                "word",
                "word-control",
            ),
            (
                json!({ "word": "đất", "kind": "hold", "weight": 11 }),
                "weight",
                "word-weight",
            ),
            (
                json!({ "word": "đất", "kind": "allow", "weight": 1 }),
                "kind",
                "word-weighed",
            ),
            (
                json!({ "word": "x".repeat(101), "kind": "hold" }),
                "word",
                "word-too-long",
            ),
        ] {
            let answer = add(&lan, json!([{ "word": "mới", "kind": "hold" }, word]))
                .await
                .expect(422);
            assert_eq!(
                answer.wrong(),
                [(format!("words[1].{field}"), code.to_owned())]
            );
            let typed = word["word"].as_str().expect("a word");
            let message = answer.json()["errors"][0]["message"]
                .as_str()
                .expect("a message")
                .to_owned();
            assert!(message.contains(typed), "{message}");
        }
        for wrong in [
            json!([]),
            json!([{ "word": "a" }]),
            json!([{ "word": "a", "kind": "no" }]),
            json!("a"),
        ] {
            add(&lan, wrong).await.expect(422);
        }
        assert_eq!(app.count("select count(*) from site_words").await, 1);
    }
);

on_both!(
    the_command_line_changes_words_and_tries_them,
    by_one_rule,
    async |app: App| {
        let lan = app.moderator("Lan");
        let words = |arguments: &[&str]| {
            let all = [&["rules", "words"], arguments, &["--site", "bao"]].concat();
            app.command(&all, "")
        };
        let done = |arguments: &[&str]| {
            let output = words(arguments);
            assert!(output.status.success(), "{arguments:?}: {output:?}");
            String::from_utf8(output.stdout).expect("UTF-8")
        };
        app.reader().write("thư ngỏ").await;
        assert!(
            done(&["add", "Bán nhà", "thuê xe", "--category", "spam"]).contains("added 2 as draft")
        );
        assert!(done(&["list"]).contains("draft\thold\tspam\t1\tBán nhà"));
        assert!(refusal(&words(&["add", "BÁN NHÀ"])).contains("on the list already"));
        assert!(refusal(&words(&["add", r"\bnhà"])).contains("is a pattern"));
        assert!(refusal(&words(&["live", "không có"])).contains("không có"));

        // The drafts are tried on what is stored.
        let (id, _) = app.reader().write("tôi bán nhà").await;
        lan.approve(&lan.card(&id).await).await;
        let tried = app.done(&["rules", "test", "--site", "bao"], "");
        for wanted in [
            "2 comments, 2 words",
            "newly held 1, 1 of them approved",
            "  tôi bán nhà",
        ] {
            assert!(tried.contains(wanted), "{wanted}: {tried}");
        }
        // Common is what everybody writes, not what half of two comments have.
        assert!(!tried.contains("a common word"), "{tried}");
        done(&["live", "bán NHÀ"]);
        // The service learns of it by itself.
        eventually("the word to count", async || {
            let (id, _) = app.reader().write(&anew("xin bán nhà")).await;
            (lan.card(&id).await.rules() == ["site.hold:Bán nhà"]).then_some(())
        })
        .await;
        assert!(done(&["remove", "Bán nhà"]).contains("removed"));
        assert_eq!(app.count("select count(*) from site_words").await, 1);
        assert_eq!(
            app.count("select count(*) from events where actor_kind = 'operator' and kind like 'site_word%'")
                .await,
            4
        );

        std::fs::write(
            app.folder().join("tu.txt"),
            "# nháp\nmua bán\n\nphố cổ\nngày\ncac\nc++\n",
        )
        .expect("a file");
        let lines = [
            json!({ "text": "đi phố cổ", "label": 0 }),
            json!({ "text": "hay", "label": 0 }),
        ];
        std::fs::write(
            app.folder().join("c.jsonl"),
            lines.map(|line| line.to_string()).join("\n"),
        )
        .expect("a file");
        let tried = app.done(&["rules", "test", "tu.txt", "--against", "c.jsonl"], "");
        for wanted in [
            "nha.mua sees it already",
            "a common word: write a phrase",
            "without marks, các",
            "read as `c`",
            "newly held 1, 1 of them",
        ] {
            assert!(tried.contains(wanted), "{wanted}: {tried}");
        }
        std::fs::write(app.folder().join("tu.txt"), "phố\n(?=a)b\n").expect("a file");
        let told = refusal(&app.command(&["rules", "test", "tu.txt", "--against", "c.jsonl"], ""));
        assert!(
            told.contains("tu.txt:2") && told.contains("look-around"),
            "{told}"
        );
    }
);

on_both!(
    a_long_list_is_read_in_parts_and_searched,
    by_one_rule,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor", "--password-stdin"]);
        let word =
            |number: usize| json!({ "word": format!("cụm từ số {number}"), "kind": "allow" });
        let live = |mut word: Value| {
            word["state"] = json!("live");
            word
        };
        add(&lan, (0..230).map(word).map(live).collect())
            .await
            .expect(201);
        add(&lan, json!([{ "word": "Đảng bộ", "kind": "allow" }]))
            .await
            .expect(201);
        let browser = app.browser();
        browser.sign_in("Lan").await.expect(303);
        let shown = |page: &str| page.matches("class=\"own-word\"").count();
        let page = browser.open("/rules/words?site=bao").await.expect(200).body;
        // A draft, and the newest of what is live.
        assert_eq!(shown(&page), 1 + 100);
        assert!(page.contains("cụm từ số 229") && page.contains("(230)"));
        assert!(!page.contains("cụm từ số 129<"), "it is on the next page");
        let next = |page: &str| {
            let (_, link) = page.split_once("rel=\"next\" href=\"")?;
            let (link, _) = link.split_once('"')?;
            Some(link.replace("&#38;", "&"))
        };
        let mut page = page;
        for expected in [100, 30] {
            let address = next(&page).expect("more");
            page = browser.open(&address).await.expect(200).body;
            assert_eq!(shown(&page), 1 + expected);
        }
        assert!(page.contains("cụm từ số 0<") && next(&page).is_none());

        // As people type it.
        let found = browser.open("/rules/words?site=bao&q=DANG+bo").await;
        let found = found.expect(200);
        assert!(shown(&found.body) == 1 && found.body.contains("Đảng bộ"));
        // Who changes what was found comes back to it.
        let (_, rest) = found.body.split_once("/live\"").expect("a button");
        assert!(rest.contains("name=\"q\" value=\"DANG bo\""), "{rest}");
        // What a colleague has removed meanwhile is told, and no dead end.
        let (word, _) = rest_of(&found.body, "action=\"/rules/words/");
        let csrf = hidden(&found, "csrf");
        let form = [("csrf", csrf.as_str()), ("site", "bao"), ("q", "DANG bo")];
        let press = async |deed: &str| {
            let path = format!("/rules/words/{word}/{deed}");
            let answer = browser.post(&path, &form).await.expect(303);
            browser.follow(&answer).await.expect(200).body
        };
        assert!(!press("delete").await.contains("có thể đồng nghiệp vừa xoá"));
        for deed in ["live", "delete"] {
            let page = press(deed).await;
            assert!(page.contains("có thể đồng nghiệp vừa xoá"), "{page}");
        }
        let none = browser
            .open("/rules/words?site=bao&q=zzz")
            .await
            .expect(200);
        assert!(shown(&none.body) == 0 && none.body.contains("Không có từ nào như vậy."));
    }
);

/// What stands between that and the next slash, and what follows.
fn rest_of<'a>(page: &'a str, before: &str) -> (&'a str, &'a str) {
    let (_, rest) = page.split_once(before).expect("it is there");
    rest.split_once('/').expect("a slash")
}

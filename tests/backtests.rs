//! Drafts tried on stored comments: what would change, how far it has come, and that it goes on after a crash.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, App, Backend, Moderator, by_one_rule, eventually, hidden, on_both};

const SITE: &str = "sites/bao";
/// Adds a draft that holds; its id.
async fn draft(by: &Moderator, word: &str) -> String {
    let new = json!({ "words": [{ "word": word, "kind": "hold" }] });
    let added = by.call(Method::POST, &format!("{SITE}/words"), &new).await;
    let added = added.expect(201).json();
    added["words"][0]["id"].as_str().expect("an id").to_owned()
}

async fn try_to_start(by: &Moderator, days: i32) -> Answer {
    let path = format!("{SITE}/backtests");
    by.call(Method::POST, &path, &json!({ "days": days })).await
}

/// Starts a back-test of all drafts; its path.
async fn start(by: &Moderator) -> String {
    let run = try_to_start(by, 7).await.expect(202).json();
    assert_eq!(
        (&run["state"], &run["done"]),
        (&json!("waiting"), &json!(0))
    );
    format!("{SITE}/backtests/{}", run["id"].as_str().expect("an id"))
}

async fn look(by: &Moderator, path: &str) -> Value {
    let path = format!("/api/v1/moderation/{path}");
    by.send(by.request(Method::GET, &path))
        .await
        .expect(200)
        .json()
}

/// The back-test once it has come to its end.
async fn over(by: &Moderator, path: &str) -> Value {
    eventually("the back-test is done", async || {
        Some(look(by, path).await).filter(|run| run["state"] == "done")
    })
    .await
}

/// Comments that were written so, and approved.
async fn approved(app: &App, by: &Moderator, bodies: &[String]) {
    for body in bodies {
        let (id, _) = app.reader().write(body).await;
        by.approve(&by.card(&id).await).await;
    }
}

fn toneless(count: usize) -> Vec<String> {
    let letters = ["mot", "hai", "ba", "bon", "nam", "sau", "bay"];
    let one = |letter: &&str| format!("cac ban doc gia thu {letter} noi rat dung ve viec nay");
    letters.iter().take(count).map(one).collect()
}

on_both!(
    a_draft_is_tried_and_its_collisions_are_told,
    by_one_rule,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        approved(&app, &lan, &toneless(5)).await;
        approved(
            &app,
            &lan,
            &["Cám ơn các anh chị.".to_owned(), "Bài hay.".to_owned()],
        )
        .await;
        let (waiting, _) = app.reader().write("Chờ các bác xem.").await;
        let (held, _) = app.reader().write("Chỗ này mua bán các thứ.").await;
        assert_eq!(
            try_to_start(&lan, 7).await.expect(422).wrong()[0].1,
            "backtest-nothing"
        );
        draft(&lan, "các").await;
        draft(&lan, "không ai viết").await;
        assert_eq!(
            try_to_start(&lan, 8).await.expect(422).wrong()[0].1,
            "backtest-days"
        );
        let path = start(&lan).await;
        let run = over(&lan, &path).await;
        assert_eq!(
            (&run["total"], &run["done"]),
            (&json!(9), &json!(9)),
            "{run}"
        );
        let found = &run["findings"];
        for (name, meant) in [("approved", 7), ("held", 7), ("clean", 6), ("freed", 0)] {
            assert_eq!(found[name], meant, "{name}: {found}");
        }
        let word = &found["words"][0];
        let counts = ["seen", "held", "clean"].map(|name| &word[name]);
        assert_eq!(counts, [&json!(8), &json!(7), &json!(6)], "{word}");
        assert_eq!(found["words"][1]["seen"], 0, "{found}");
        let collisions = run["collisions"].as_array().expect("collisions");
        assert_eq!(collisions.len(), 1, "{collisions:?}");
        let forms = collisions[0]["forms"].as_array().expect("forms");
        let bare = json!({ "form": "cac", "view": "toneless", "count": 5 });
        assert!(forms.contains(&bare), "{forms:?}");
        // Comments that go from fine to look; the one that was held before stays where it was.
        let shifts = found["shifts"].as_array().expect("shifts");
        let moved = shifts
            .iter()
            .find(|shift| shift["before"] == "likely_fine")
            .expect("a shift");
        assert_eq!(
            (&moved["after"], &moved["count"]),
            (&json!("look"), &json!(7))
        );
        assert_eq!(moved["statuses"], json!({ "approved": 6, "pending": 1 }));
        let sample = moved["samples"].as_array().expect("samples");
        let sample = sample
            .iter()
            .find(|one| one["comment"] == waiting.as_str())
            .expect("a sample");
        let spot = json!([{ "rule": "site.hold:các", "field": "body", "start": 4, "end": 7 }]);
        assert_eq!((&sample["added"], &sample["gone"]), (&spot, &json!([])));
        assert!(!found.to_string().contains(&held), "{found}");
        // It was a trial: nothing has moved.
        assert_eq!(lan.card(&waiting).await.0["lane"], "likely_fine");
    }
);

/// Puts the back-test back in the midst, as if whoever worked on it had died after two of three comments.
async fn died(app: &App, basis: &str) {
    app.execute(&format!(
        "update backtests set state = 'running', done = 2, ended_at = null, leased_until = created_at, basis = {basis},
         reached = (select id from comments order by id limit 1 offset 1),
         findings = '{{\"approved\":0,\"held\":40,\"clean\":0,\"freed\":0,\"words\":[{{\"word\":\"các\",\"seen\":40,\"held\":40,\"clean\":0,\"forms\":[]}}],\"shifts\":[]}}'"
    ))
    .await;
}

on_both!(
    after_a_crash_it_goes_on_where_it_was,
    by_one_rule,
    async |mut app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        for body in ["các một", "các hai", "các ba"] {
            app.reader().write(body).await;
        }
        draft(&lan, "các").await;
        let path = start(&lan).await;
        over(&lan, &path).await;
        app.server().kill();
        died(&app, "basis").await;
        app.serve();
        let run = over(&lan, &path).await;
        assert_eq!(run["done"], 3, "{run}");
        assert_eq!(run["findings"]["words"][0]["seen"], 41, "{run}");
        // With other rules or live words what was found before says nothing.
        died(&app, "'of other rules'").await;
        let run = over(&lan, &path).await;
        assert_eq!(
            (&run["done"], &run["findings"]["words"][0]["seen"]),
            (&json!(3), &json!(3)),
            "{run}"
        );
    }
);

on_both!(
    a_site_with_little_does_not_wait_for_one_with_much,
    by_one_rule,
    async |mut app: App| {
        app.add_site("khac", "https://khac.example");
        let lan = app.member("Lan", &["--role", "admin"]);
        // Four pages, each long enough to be looked at meanwhile.
        let long = "nước lên nhanh quá ".repeat(40);
        for number in 0..650 {
            let body = format!("các thứ {number} {long}");
            app.reader().write(&body).await;
        }
        draft(&lan, "các").await;
        let much = start(&lan).await;
        let word = json!({ "words": [{ "word": "các", "kind": "hold" }] });
        let words = lan.call(Method::POST, "sites/khac/words", &word).await;
        words.expect(201);
        let days = json!({ "days": 7 });
        let little = lan
            .call(Method::POST, "sites/khac/backtests", &days)
            .await
            .expect(202)
            .json();
        let little = format!(
            "sites/khac/backtests/{}",
            little["id"].as_str().expect("an id")
        );
        over(&lan, &much).await;
        over(&lan, &little).await;
        // Both are to be begun at the same moment, the one with much first.
        app.server().kill();
        app.execute(
            "update backtests set state = 'waiting', done = 0, reached = null, ended_at = null,
             leased_until = created_at, basis = 'of other rules'",
        )
        .await;
        app.serve();
        over(&lan, &little).await;
        assert_eq!(look(&lan, &much).await["state"], "running");
        assert_eq!(over(&lan, &much).await["done"], 650);
    }
);

on_both!(
    one_is_stopped_and_then_another_may_start,
    by_one_rule,
    async |app: App| {
        let lan = app.member("Lan", &["--role", "editor"]);
        app.reader().write("các một").await;
        draft(&lan, "các").await;
        let path = start(&lan).await;
        over(&lan, &path).await;
        let later = match app.backend {
            Backend::Sqlite => "created_at + 3600000000",
            Backend::Postgres => "created_at + interval '1 hour'",
        };
        // As if another replica were at it.
        app.execute(&format!(
        "update backtests set state = 'running', done = 0, ended_at = null, leased_until = {later}"
    ))
    .await;
        assert_eq!(
            try_to_start(&lan, 7).await.expect(422).wrong()[0].1,
            "backtest-running"
        );
        let stopped = lan
            .call(Method::POST, &format!("{path}/cancel"), &json!({}))
            .await;
        assert_eq!(stopped.expect(200).json()["state"], "cancelled");
        let again = start(&lan).await;
        let run = over(&lan, &again).await;
        assert_eq!(run["findings"]["held"], 1, "{run}");
        let stays = lan
            .call(Method::POST, &format!("{again}/cancel"), &json!({}))
            .await;
        assert_eq!(stays.expect(200).json()["state"], "done");
        assert_eq!(look(&lan, &path).await["state"], "cancelled");
        let kinds = app
            .texts("select kind as text from events where kind like 'backtest%' order by id")
            .await;
        assert_eq!(
            kinds,
            ["backtest_started", "backtest_cancelled", "backtest_started"]
        );
    }
);

async fn post(an: &crate::support::Browser, path: &str, fields: &[(&str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    an.post(path, &fields).await
}

on_both!(
    words_are_added_tried_and_used_without_scripts,
    by_one_rule,
    async |app: App| {
        let lan = app.moderator("Lan");
        approved(&app, &lan, &toneless(4)).await;
        app.add_member("An", &["--role", "editor", "--password-stdin"]);
        let an = app.browser();
        an.sign_in("An").await;
        let page = an.open("/rules/words").await.expect(200);
        let csrf = hidden(&page, "csrf");
        let form = |word: &'static str, weight: &'static str| {
            [
                ("csrf", csrf.clone()),
                ("site", "bao".to_owned()),
                ("word", word.to_owned()),
                ("kind", "hold".to_owned()),
                ("category", "profanity".to_owned()),
                ("weight", weight.to_owned()),
                ("note", "thử".to_owned()),
            ]
        };
        let wrong = post(&an, "/rules/words", &form("(?=các)", "1"))
            .await
            .expect(422);
        assert!(
            wrong.body.contains("value=\"(?=các)\"") && wrong.body.contains("id=\"word-error\"")
        );
        let wrong = post(&an, "/rules/words", &form("các", "nhiều"))
            .await
            .expect(422);
        assert!(wrong.body.contains("id=\"weight-error\""), "{}", wrong.body);
        let added = post(&an, "/rules/words", &form("các", "1,5"))
            .await
            .expect(303);
        let page = an.follow(&added).await.expect(200);
        assert!(
            page.body.contains("Chưa thử bản nháp này."),
            "{}",
            page.body
        );
        // A word that everybody uses needs no trial to be known.
        let everyday = "“các” là từ thường gặp trong tiếng Việt: nhiều bình luận sạch sẽ bị giữ.";
        assert!(page.body.contains(everyday), "{}", page.body);
        let days = [
            ("csrf", csrf.clone()),
            ("site", "bao".to_owned()),
            ("days", "30".to_owned()),
        ];
        let started = post(&an, "/rules/backtests", &days).await.expect(303);
        let address = started.header("location").to_owned();
        let page = eventually("the back-test is done", async || {
            let page = an.open(&address).await.expect(200);
            assert!(page.body.contains("<progress") || page.body.contains("id=\"result\""));
            Some(page).filter(|page| page.body.contains("id=\"result\""))
        })
        .await;
        let told = "“các” không dấu là từ thường gặp: 4 bình luận sạch sẽ bị giữ.";
        assert!(page.body.contains(told), "{}", page.body);
        assert!(
            page.body
                .contains("<mark data-title=\"Từ của tòa soạn: các\"")
                || page.body.contains(">cac</mark>")
        );
        let page = an.open("/rules/words").await.expect(200);
        assert!(page.body.contains(told), "{}", page.body);
        // The warning stands before the button and forbids nothing.
        let id = page.body.split("/rules/words/").nth(1).expect("a form");
        let id = id.split('/').next().expect("an id");
        let own = [("csrf", csrf.clone()), ("site", "bao".to_owned())];
        post(&an, &format!("/rules/words/{id}/live"), &own)
            .await
            .expect(303);
        let (held, _) = app.reader().write("Các bác ơi.").await;
        assert_eq!(lan.card(&held).await.rules(), ["site.hold:các"]);
        post(&an, &format!("/rules/words/{id}/draft"), &own)
            .await
            .expect(303);
        post(&an, &format!("/rules/words/{id}/delete"), &own)
            .await
            .expect(303);
        assert!(
            !an.open("/rules/words")
                .await
                .expect(200)
                .body
                .contains("<b>các</b>")
        );
    }
);

on_both!(
    a_word_that_is_common_without_its_marks_is_warned_of_on_a_new_site,
    by_one_rule,
    async |app: App| {
        for body in toneless(4) {
            app.reader().write(&body).await;
        }
        app.add_member("An", &["--role", "editor", "--password-stdin"]);
        let an = app.browser();
        an.sign_in("An").await;
        let csrf = hidden(&an.open("/rules/words").await.expect(200), "csrf");
        for word in ["cặc", "cac"] {
            let form = [
                ("csrf", csrf.clone()),
                ("site", "bao".to_owned()),
                ("word", word.to_owned()),
                ("kind", "hold".to_owned()),
                ("category", "profanity".to_owned()),
                ("weight", "1".to_owned()),
                ("note", String::new()),
            ];
            post(&an, "/rules/words", &form).await.expect(303);
        }
        let told = "“cac” là một từ thường gặp khi viết không dấu";
        let page = an.open("/rules/words").await.expect(200).body;
        assert!(
            page.contains(told) && !page.contains("“cặc” là một từ"),
            "{page}"
        );
        let days = [
            ("csrf", csrf.clone()),
            ("site", "bao".to_owned()),
            ("days", "30".to_owned()),
        ];
        let started = post(&an, "/rules/backtests", &days).await.expect(303);
        let address = started.header("location").to_owned();
        let page = eventually("the back-test is done", async || {
            let page = an.open(&address).await.expect(200).body;
            Some(page).filter(|page| page.contains("id=\"result\""))
        })
        .await;
        let (_, collisions) = page.split_once("id=\"collisions\"").expect("a warning");
        let (collisions, _) = collisions.split_once("</section>").expect("its end");
        assert!(collisions.contains(told), "{collisions}");
        // Where nobody has approved any, there is nothing to tell of how they write it.
        assert!(!page.contains("Viết là"), "{page}");
    }
);

//! Who may speak for a CMS: nobody without the site's secret, nothing twice, nothing out of time.

use reqwest::Method;
use serde_json::json;

use crate::support::{
    ARTICLE, Answer, App, Cms, Hold, Raw, eventually, hidden, on_both, secret_in, secret_of,
    sent_now,
};

fn event(title: &str) -> String {
    let data = json!({ "external_id": "4711", "url": ARTICLE, "title": title });
    json!({ "type": "article.published", "timestamp": "2026-11-20T08:00:00Z", "data": data })
        .to_string()
}

/// The code of the problem.
fn code(answer: &Answer) -> String {
    let kind = answer.text("type");
    kind.rsplit('#')
        .next()
        .expect("a code")
        .trim_start_matches("problem-")
        .to_owned()
}

const POST: (Method, &str) = (Method::POST, "cms");

/// A message as it goes over the wire.
fn posted(cms: &Cms, head: &str, body: &str) -> Vec<u8> {
    let path = cms.path("cms");
    format!(
        "POST {path} HTTP/1.1\r\nHOST: duyet\r\nCONTENT-TYPE: application/json\r\nCONNECTION: close\r\nCONTENT-LENGTH: {}\r\n{head}\r\n{body}",
        body.len()
    )
    .into_bytes()
}

on_both!(
    only_who_signs_with_the_sites_secret_is_heard,
    async |app: App| {
        app.add_site("khac", "https://khac.example");
        let cms = Cms::of(&app);
        let body = event("Cầu mới");
        let refused = async |request, why: &str| {
            let answer = cms.send(request).await.expect(401);
            assert_eq!(code(&answer), why, "{}", answer.body);
        };
        let now = sent_now();
        let good = cms.signed("msg_1", now, &body);
        // Nothing at all, or a part of it.
        refused(cms.request(POST, [], &body), "signature-missing").await;
        for place in 0..3 {
            let mut some = good.to_vec();
            some.remove(place);
            refused(cms.request(POST, some, &body), "signature-missing").await;
        }
        // Another site's secret, one that was made up, and none of ours.
        for secret in [
            secret_of(&app, "khac"),
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
        ] {
            let other = Cms::with(&app, "bao", &secret);
            refused(
                cms.request(POST, other.signed("msg_1", now, &body), &body),
                "signature-wrong",
            )
            .await;
        }
        // A shorter body, another one, another id, another time.
        refused(
            cms.request(POST, good.clone(), &body[..body.len() - 1]),
            "signature-wrong",
        )
        .await;
        refused(
            cms.request(POST, good.clone(), &event("Khác")),
            "signature-wrong",
        )
        .await;
        for (place, value) in [(0, "msg_2".to_owned()), (1, (now - 1).to_string())] {
            let mut other = good.clone();
            other[place].1 = value;
            refused(cms.request(POST, other, &body), "signature-wrong").await;
        }
        // Too early and too late, signed well.
        for seconds in [-310, 310] {
            let headers = cms.signed("msg_1", now + seconds, &body);
            refused(cms.request(POST, headers, &body), "signature-stale").await;
        }
        // Each header twice.
        for place in 0..3 {
            let mut twice = good.to_vec();
            twice.push(good[place].clone());
            refused(cms.request(POST, twice, &body), "signature-doubled").await;
        }
        assert_eq!(app.count("select count(*) from articles").await, 0);
        // Names in upper case, which no client of Rust's would send, and several signatures.
        let head = good.map(|(name, value)| format!("{}: {value}\r\n", name.to_uppercase()));
        let answer = Raw::ask(app.base(), &posted(&cms, &head.concat(), &body)).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains(r#""outcome":"done""#), "{answer}");
        let mut several = cms.signed("msg_3", sent_now(), &body);
        several[2].1 = format!("v1,AAAA v1a,xyz {}", several[2].1);
        cms.send(cms.request(POST, several, &body))
            .await
            .expect(200);
    }
);

on_both!(who_hangs_up_is_heard_all_the_same, async |app: App| {
    let (cms, body) = (Cms::of(&app), event("Một"));
    // Nothing can be written, so nothing is answered while the sender is there.
    let hold = Hold::of(&app, "articles, cms_deliveries").await;
    let head = cms.signed("msg_1", sent_now(), &body);
    let head = head.map(|(name, value)| format!("{name}: {value}\r\n"));
    let mut sender = Raw::open(app.base()).await;
    assert!(sender.send(posted(&cms, &head.concat(), &body)).await);
    drop(sender);
    // Whoever comes later is served, so that was seen.
    for _ in 0..20 {
        app.wire().get("/livez").await.expect(200);
    }
    assert_eq!(app.count("select count(*) from articles").await, 0);
    hold.release().await;
    eventually("it is known", async || {
        (app.count("select count(*) from articles").await == 1).then_some(())
    })
    .await;
});

on_both!(
    a_call_that_is_no_event_has_its_effect_once,
    async |app: App| {
        let cms = Cms::of(&app);
        let put = async |call: &'static str, method: Method, body: &str, id: &str| {
            let headers = cms.signed(id, sent_now(), body);
            cms.send(cms.request((method, call), headers, body)).await
        };
        let one = json!({ "external_id": "4711", "url": ARTICLE, "title": "Một" }).to_string();
        let all =
            json!({ "articles": [{ "external_id": "4711", "url": ARTICLE, "title": "Một" }] });
        let all = all.to_string();
        let again = async || {
            let one = put("articles/4711", Method::PUT, &one, "msg_one").await;
            let all = put("articles", Method::POST, &all, "msg_all").await;
            let all = all.expect(200).json()["results"][0]["outcome"].clone();
            (one.expect(200).text("outcome"), all)
        };
        assert_eq!(again().await, ("done".to_owned(), json!("done")));
        // Then it is taken down, and somebody who has read along plays what was said before.
        let at = jiff::Timestamp::now().to_string();
        let gone = json!({ "external_id": "4711" });
        cms.tell("article.deleted", &at, &gone).await.expect(200);
        assert_eq!(again().await, ("repeated".to_owned(), json!("repeated")));
        assert_eq!(
            app.texts("select presence as text from articles").await,
            ["deleted"]
        );
        // Under another article's address it is nothing either.
        let other = put("articles/4712", Method::PUT, &one, "msg_one").await;
        other.expect(422);
        // A call of more articles than one write takes has all its parts taken.
        let many: Vec<_> = (0..120)
        .map(|number| json!({ "external_id": format!("n{number}"), "url": format!("https://bao.example/{number}.html") }))
        .collect();
        let many = json!({ "articles": many }).to_string();
        for outcome in ["done", "repeated"] {
            let told = put("articles", Method::POST, &many, "msg_many").await;
            let told = told.expect(200).json();
            let results = told["results"].as_array().expect("results");
            assert!(
                results.iter().all(|one| one["outcome"] == outcome),
                "{told}"
            );
        }
    }
);

on_both!(a_message_has_its_effect_once, async |app: App| {
    let cms = Cms::of(&app);
    let first = cms.deliver("msg_1", &event("Một")).await.expect(200);
    assert_eq!(first.text("outcome"), "done");
    // The id is the message, whatever else is signed under it and whenever.
    for body in [event("Một"), event("Hai")] {
        let again = cms.deliver("msg_1", &body).await.expect(200);
        assert_eq!(again.text("outcome"), "repeated");
    }
    assert_eq!(
        app.texts("select title as text from articles").await,
        ["Một"]
    );
    // At the same moment, too.
    let many = (0..20).map(|_| {
        let cms = cms.clone();
        tokio::spawn(async move {
            cms.deliver("msg_2", &event("Ba"))
                .await
                .expect(200)
                .text("outcome")
        })
    });
    let mut effects = 0;
    for one in many.collect::<Vec<_>>() {
        effects += usize::from(one.await.expect("an answer") != "repeated");
    }
    assert_eq!(effects, 1);
    // What was refused may come again once it is mended.
    let wrong = json!({ "type": "article.published", "timestamp": "2026-11-20T09:00:00Z", "data": { "url": "x" } });
    cms.deliver("msg_3", &wrong.to_string()).await.expect(422);
    cms.deliver("msg_3", &event("Bốn")).await.expect(200);
});

on_both!(
    an_old_secret_counts_for_a_day_and_then_ends,
    async |app: App| {
        let old = Cms::of(&app);
        let printed = app.done(&["site", "secret", "bao", "--rotate"], "");
        assert!(printed.contains("the one before counts until"), "{printed}");
        let new = Cms::with(&app, "bao", &secret_in(&printed));
        old.deliver("msg_1", &event("Một")).await.expect(200);
        new.deliver("msg_2", &event("Hai")).await.expect(200);
        // A day later.
        let past = match app.backend {
            crate::support::Backend::Sqlite => "1",
            crate::support::Backend::Postgres => "'2020-01-01'",
        };
        app.execute(&format!("update sites set former_secret_until = {past}"))
            .await;
        old.deliver("msg_3", &event("Ba")).await.expect(401);
        new.deliver("msg_4", &event("Bốn")).await.expect(200);
        // At once, where it was learnt by somebody else.
        let printed = app.done(&["site", "secret", "bao", "--rotate", "--at-once"], "");
        new.deliver("msg_5", &event("Năm")).await.expect(401);
        let newest = Cms::with(&app, "bao", &secret_in(&printed));
        newest.deliver("msg_6", &event("Sáu")).await.expect(200);
        // Another change in the day ends the oldest.
        app.done(&["site", "secret", "bao", "--rotate"], "");
        let last = app.done(&["site", "secret", "bao", "--rotate"], "");
        newest.deliver("msg_7", &event("Bảy")).await.expect(401);
        Cms::with(&app, "bao", &secret_in(&last))
            .deliver("msg_8", &event("Tám"))
            .await
            .expect(200);
    }
);

on_both!(
    an_admin_changes_the_secret_and_sees_it_once,
    async |app: App| {
        let old = Cms::of(&app);
        app.add_member("Lan", &["--role", "admin", "--password-stdin"]);
        app.add_member(
            "An",
            &["--role", "editor", "--site", "bao", "--password-stdin"],
        );
        let an = app.browser();
        an.sign_in("An").await.expect(303);
        let page = an.open("/settings").await.expect(200);
        let csrf = hidden(&page, "csrf");
        an.post(
            "/settings/secret",
            &[("csrf", csrf.as_str()), ("site", "bao")],
        )
        .await
        .expect(403);
        let lan = app.browser();
        lan.sign_in("Lan").await.expect(303);
        let csrf = hidden(&lan.open("/settings").await.expect(200), "csrf");
        let short = [("csrf", csrf.as_str()), ("site", "bao"), ("secret", "ngắn")];
        lan.post("/settings/secret", &short).await.expect(422);
        let made = lan
            .post(
                "/settings/secret",
                &[("csrf", csrf.as_str()), ("site", "bao")],
            )
            .await
            .expect(303);
        let page = lan.follow(&made).await.expect(200).body;
        let start = page.find("whsec_").expect("the secret");
        let secret: String = page[start..]
            .chars()
            .take_while(|c| !"<".contains(*c))
            .collect();
        Cms::with(&app, "bao", &secret)
            .deliver("msg_1", &event("Một"))
            .await
            .expect(200);
        old.deliver("msg_2", &event("Hai")).await.expect(200);
        let page = lan.open("/settings").await.expect(200).body;
        assert!(
            !page.contains(&secret) && page.contains("Khoá cũ còn dùng được đến"),
            "{page}"
        );
        // It stands in no history either.
        assert_eq!(
            app.count("select count(*) from events where kind = 'site_secret'")
                .await,
            1
        );
        assert_eq!(
            app.count(&format!(
                "select count(*) from events where detail like '%{}%'",
                &secret[..20]
            ))
            .await,
            0
        );
    }
);

on_both!(
    a_body_of_a_megabyte_is_taken_and_more_is_not,
    async |app: App| {
        let cms = Cms::of(&app);
        let of = |many: usize| {
            let mut event: serde_json::Value = serde_json::from_str(&event("Một")).expect("JSON");
            event["extra"] = "x".repeat(many).into();
            event.to_string()
        };
        cms.deliver("msg_1", &of(1_000_000)).await.expect(200);
        cms.deliver("msg_2", &of(1_100_000)).await.expect(413);
    }
);

//! How much may come from where: honest readers are never turned away, floods are held, and only far beyond both is
//! anybody refused.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::support::{
    ARTICLE, Answer, App, Backend, Card, Moderator, Reader, Server, Setup, Wire, comment_on,
    eventually, on_both,
};

/// The tests are the proxy that the service trusts.
fn behind_a_proxy(setup: Setup) -> Setup {
    setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1")
}

fn with_ceiling(setup: Setup, ceiling: &str) -> Setup {
    within_one_window();
    behind_a_proxy(setup).set("DUYET_ADDRESS_CEILING", ceiling)
}

/// Counts are kept in windows of ten minutes, and what came but once in one is not told to others: a test that says how
/// much was told has to lie within one of them. Where the next is near, this waits for it to begin.
fn within_one_window() {
    const WINDOW: u64 = 600;
    const ROOM: u64 = 30;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    let left = WINDOW - now.as_secs() % WINDOW;
    if left <= ROOM {
        std::thread::sleep(Duration::from_secs(left));
    }
}

/// A comment of somebody who writes it for the first time.
fn by(reader: usize, article: &str) -> Value {
    let mut comment = comment_on(
        article,
        &format!("Ý kiến số {reader}: mong cầu sớm xong để bà con đi lại"),
    );
    comment["email"] = json!(format!("ban-doc-{reader}@thu.example"));
    comment
}

fn article(number: usize) -> String {
    format!("https://bao.example/xa-hoi/bai-{number}.html")
}

fn flood(card: &Card) -> Vec<&str> {
    card.rules()
        .into_iter()
        .filter(|rule| rule.starts_with("spam.flood."))
        .collect()
}

async fn card_of(moderator: &Moderator, answer: &Answer) -> Card {
    moderator.card(&answer.text("id")).await
}

on_both!(
    three_hundred_readers_behind_one_address_are_all_taken,
    behind_a_proxy,
    async |app: App| {
        // All at once, which is harder than within an hour.
        let reader = app.reader().behind("203.0.113.7");
        let lan = app.moderator("Lan");
        for number in 0..300 {
            reader
                .submit(&by(number, &article(number % 5)))
                .await
                .expect(202);
        }
        assert_eq!(
            app.count("select count(*) from comments where status = 'pending'")
                .await,
            300
        );
        // Whoever reads from somewhere else is not even suspected.
        let elsewhere = app.reader().behind("203.0.113.8");
        let answer = elsewhere.submit(&by(300, &article(6))).await.expect(202);
        assert_eq!(flood(&card_of(&lan, &answer).await), [""; 0]);
    }
);

on_both!(
    a_flood_from_one_address_is_held_and_then_refused,
    |setup| with_ceiling(setup, "160"),
    async |app: App| {
        let (reader, lan) = (app.reader().behind("198.51.100.9"), app.moderator("Lan"));
        let mut last = None;
        for number in 0..160 {
            last = Some(
                reader
                    .submit(&by(number, &article(number)))
                    .await
                    .expect(202),
            );
        }
        let card = card_of(&lan, &last.expect("the last")).await;
        assert_eq!(flood(&card), ["spam.flood.address"]);
        assert_eq!(
            (card.status(), &card.0["lane"]),
            ("pending", &json!("look"))
        );
        let told = card.0.to_string();
        assert!(!told.contains("198.51.100.9"), "{told}");

        let refused = reader.submit(&by(160, ARTICLE)).await.expect(429);
        assert_eq!(refused.json()["type"], "/docs#problem-too-many");
        let wait: u32 = refused.header("retry-after").parse().expect("seconds");
        assert!((1..=1_200).contains(&wait), "{wait}");

        // The plain form comes back with everything in it.
        let fields = [
            ("article", ARTICLE),
            ("name", "Lan"),
            ("email", "lan@thu.example"),
            ("body", "Một ý kiến đã viết rất lâu"),
        ];
        let page = reader.post_form(&fields).await.expect(429);
        assert!(page.header("content-type").starts_with("text/html"));
        assert!(!page.header("retry-after").is_empty());
        for kept in [
            "Một ý kiến đã viết rất lâu",
            "lan@thu.example",
            "<form",
            "Quá nhiều ý kiến",
        ] {
            assert!(page.body.contains(kept), "{kept}: {}", page.body);
        }

        // Nobody else is refused: not at another address, not on another site.
        app.reader()
            .behind("198.51.100.10")
            .submit(&by(161, ARTICLE))
            .await
            .expect(202);
        app.add_site("khac", "https://khac.example");
        let other = app.reader_of("khac").behind("198.51.100.9");
        other
            .submit(&by(162, "https://khac.example/1.html"))
            .await
            .expect(202);
        // Nor what was read: only comments are counted.
        reader.list(ARTICLE).await.expect(200);
    }
);

on_both!(
    a_flood_with_one_email_is_held,
    behind_a_proxy,
    async |app: App| {
        let lan = app.moderator("Lan");
        let mut cards = Vec::new();
        for number in 0..12 {
            let reader = app.reader().behind(&format!("203.0.113.{number}"));
            let mut comment = by(number, &article(number));
            comment["email"] = json!("Cung.Mot+Nguoi@Gmail.com");
            let answer = reader.submit(&comment).await.expect(202);
            cards.push(card_of(&lan, &answer).await);
        }
        assert_eq!(
            flood(&cards[9]),
            [""; 0],
            "ten in ten minutes may be a quarrel"
        );
        assert_eq!(flood(&cards[10]), ["spam.flood.email"]);
        assert_eq!(
            (cards[11].status(), &cards[11].0["lane"]),
            ("pending", &json!("look"))
        );
        let evidence = cards[11].0["evidence"].as_array().expect("evidence");
        let seen = evidence
            .iter()
            .find(|seen| seen["rule"] == "spam.flood.email")
            .expect("it is there");
        assert_eq!(
            (&seen["category"], &seen["view"]),
            (&json!("flood"), &json!("context"))
        );
    }
);

on_both!(
    a_flood_under_one_article_is_told_and_weighs_on_no_other,
    behind_a_proxy,
    async |app: App| {
        let lan = app.moderator("Lan");
        let mut last = None;
        for number in 0..101 {
            let reader = app.reader().behind(&format!("2001:db8:0:{number:x}::1"));
            last = Some(reader.submit(&by(number, ARTICLE)).await.expect(202));
        }
        let card = card_of(&lan, &last.expect("the last")).await;
        assert_eq!(flood(&card), ["spam.flood.article"]);
        assert_eq!(card.status(), "pending");
        let elsewhere = app.reader().behind("2001:db8:1::1");
        let answer = elsewhere.submit(&by(200, &article(1))).await.expect(202);
        assert_eq!(flood(&card_of(&lan, &answer).await), [""; 0]);
    }
);

on_both!(
    an_address_is_that_of_the_connection_unless_a_trusted_proxy_says_otherwise,
    |setup| setup.set("DUYET_ADDRESS_CEILING", "3"),
    async |app: App| {
        for number in 0..3 {
            let reader = app.reader().behind(&format!("203.0.113.{number}"));
            reader.submit(&by(number, ARTICLE)).await.expect(202);
        }
        let liar = app.reader().behind("203.0.113.99");
        liar.submit(&by(4, ARTICLE)).await.expect(429);
    }
);

on_both!(
    what_comes_from_this_machine_is_nobodys_flood,
    async |app: App| {
        let lan = app.moderator("Lan");
        let mut last = None;
        for number in 0..62 {
            let answer = app.reader().submit(&by(number, &article(number))).await;
            last = Some(answer.expect(202));
        }
        let card = card_of(&lan, &last.expect("the last")).await;
        assert_eq!(flood(&card), [""; 0]);
    }
);

on_both!(
    a_proxy_that_nobody_named_makes_its_readers_no_flood,
    async |app: App| {
        let lan = app.moderator("Lan");
        let mut last = None;
        for number in 0..62 {
            let reader = app.reader().behind("203.0.113.7");
            let answer = reader.submit(&by(number, &article(number))).await;
            last = Some(answer.expect(202));
        }
        let card = card_of(&lan, &last.expect("the last")).await;
        assert_eq!(flood(&card), [""; 0]);
        // The operator is told, once.
        let log = app.logged("DUYET_TRUSTED_PROXIES").await;
        assert_eq!(log.matches("DUYET_TRUSTED_PROXIES").count(), 1, "{log}");
    }
);

on_both!(
    readers_behind_proxies_are_told_apart_by_network,
    |setup| with_ceiling(setup, "2").set("DUYET_TRUSTED_PROXIES", "127.0.0.0/8,10.0.0.0/8"),
    async |app: App| {
        let from = async |number: usize, forwarded: &str| {
            let reader = app.reader().behind(forwarded);
            reader.submit(&by(number, ARTICLE)).await.status
        };
        assert_eq!(from(1, "2001:db8:1:2::1").await, 202);
        assert_eq!(from(2, "2001:db8:1:2:3::9").await, 202);
        assert_eq!(
            from(3, "2001:db8:1:2::7").await,
            429,
            "one home has 64 bits"
        );
        assert_eq!(from(4, "2001:db8:1:3::1").await, 202);
        // What the client wrote itself stands on the left and means nothing.
        assert_eq!(from(5, "1.1.1.1, 203.0.113.5, 10.1.2.3").await, 202);
        assert_eq!(from(6, "2.2.2.2, 203.0.113.5, 10.1.2.3").await, 202);
        assert_eq!(from(7, "3.3.3.3, ::ffff:203.0.113.5").await, 429);
        // Who cannot be told apart is counted to the proxy, however it is written.
        for (number, junk, status) in [(8, "unknown", 202), (9, "<>", 202), (10, "a, b", 429)] {
            assert_eq!(from(number, junk).await, status, "{junk}");
        }
    }
);

on_both!(
    a_resend_is_no_second_comment_and_a_slip_is_none_at_all,
    |setup| with_ceiling(setup, "2"),
    async |app: App| {
        let reader = app.reader().behind("203.0.113.7");
        for _ in 0..5 {
            reader
                .submit_once("cung-mot-khoa", &by(1, ARTICLE))
                .await
                .expect(202);
            reader.submit(&comment_on(ARTICLE, "")).await.expect(422);
        }
        reader.submit(&by(2, ARTICLE)).await.expect(202);
        reader.submit(&by(3, ARTICLE)).await.expect(429);
        // Whoever has not heard the answer may ask for it again, though nothing more is taken from there.
        reader
            .submit_once("cung-mot-khoa", &by(1, ARTICLE))
            .await
            .expect(202);
        reader
            .submit_once("khoa-khac", &by(4, ARTICLE))
            .await
            .expect(429);
    }
);

/// What a server has told to others, or heard from them: the sum of all counts.
async fn exchanged(wire: &Wire, what: &str) -> u64 {
    let text = wire.get("/metrics").await.expect(200).body;
    let name = format!("duyet_limits_{what}_total ");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name.as_str()));
    line.map_or(0, |number| number.trim().parse().expect("a number"))
}

/// Waits until so much was told or heard.
async fn expect_exchanged(wire: &Wire, what: &str, amount: u64) {
    eventually(&format!("{what}: {amount}"), async || {
        (exchanged(wire, what).await == amount).then_some(())
    })
    .await;
}

/// Address, address here, email, article and site.
const COUNTS: u64 = 5;

on_both!(
    what_was_counted_outlives_a_crash,
    |setup| with_ceiling(setup, "6"),
    async |mut app: App| {
        let mut comment = by(0, ARTICLE);
        for number in 0..6 {
            comment["body"] = json!(format!("Ý kiến thứ {number} của cùng một người"));
            app.reader()
                .behind("203.0.113.7")
                .submit(&comment)
                .await
                .expect(202);
        }
        expect_exchanged(&app.wire(), "told", 6 * COUNTS).await;
        app.restart();
        assert_eq!(exchanged(&app.wire(), "heard").await, 6 * COUNTS);
        app.reader()
            .behind("203.0.113.7")
            .submit(&by(7, ARTICLE))
            .await
            .expect(429);
        app.reader()
            .behind("203.0.113.8")
            .submit(&by(8, ARTICLE))
            .await
            .expect(202);
    }
);

#[tokio::test]
async fn replicas_over_one_database_count_together() {
    let app = with_ceiling(Setup::new(Backend::Postgres), "20")
        .start()
        .await;
    let mut settings: BTreeMap<String, String> = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    let second = Server::start(app.folder(), &settings, "serve");
    let (one, two) = (app.wire(), Wire::new(&second.base));
    let lan = app.moderator("Lan");
    let at = |wire: &Wire| Reader::new(wire.clone(), "bao").behind("203.0.113.7");
    let mut comment = by(0, ARTICLE);
    let mut next = |number: usize| {
        comment["body"] = json!(format!("Ý kiến thứ {number} của cùng một người"));
        comment.clone()
    };
    for number in 0..12 {
        at(&one).submit(&next(number)).await.expect(202);
    }
    expect_exchanged(&two, "heard", 12 * COUNTS).await;
    // The evidence and the ceiling go by both together.
    let answer = at(&two).submit(&next(12)).await.expect(202);
    assert_eq!(flood(&card_of(&lan, &answer).await), ["spam.flood.email"]);
    for number in 13..20 {
        at(&two).submit(&next(number)).await.expect(202);
    }
    at(&two).submit(&next(20)).await.expect(429);
    // And back: what the second took in closes the first, too.
    expect_exchanged(&one, "heard", 8 * COUNTS).await;
    at(&one).submit(&next(21)).await.expect(429);
    assert_eq!(app.count("select count(*) from comments").await, 20);
}

on_both!(
    what_is_kept_of_readers_for_the_limits_names_nobody,
    behind_a_proxy,
    async |app: App| {
        for number in 0..3 {
            let mut comment = by(number, ARTICLE);
            comment["email"] = json!("mot.nguoi@thu.example");
            app.reader()
                .behind("203.0.113.7")
                .submit(&comment)
                .await
                .expect(202);
        }
        expect_exchanged(&app.wire(), "told", 3 * COUNTS).await;
        let hex = match app.backend {
            Backend::Sqlite => "select lower(hex(counts)) as text from arrivals",
            Backend::Postgres => "select encode(counts, 'hex') as text from arrivals",
        };
        let stored = app.texts(hex).await.concat();
        assert!(!stored.is_empty());
        for part in [
            &b"203.0.113.7"[..],
            &[203, 0, 113, 7],
            b"mot.nguoi",
            b"thu.example",
        ] {
            let part: Vec<String> = part.iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(!stored.contains(&part.concat()), "{part:?}");
        }
        assert!(!app.log().contains("203.0.113.7"), "{}", app.log());
    }
);

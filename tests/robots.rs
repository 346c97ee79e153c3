//! Signs of robots: none of them turns a reader away, each is evidence for whoever decides.

use std::time::Duration;

use duyet::domain::{Instant, SiteId};
use duyet::intake::{STAMP_LIFETIME, StampKey};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    ARTICLE, Answer, App, Backend, Card, Moderator, SECRET, comment, hidden, on_both,
};

pub const GOOD: [(&str, &str); 4] = [
    ("article", ARTICLE),
    ("ho_ten", "Trần Thị Bưởi"),
    ("email", "ban.doc@thu.example"),
    (
        "noi_dung",
        "Cầu mới đẹp quá, bà con đi lại dễ dàng hơn nhiều.",
    ),
];

/// The good comment with one field more.
pub fn with(name: &str, value: impl Into<Value>) -> Value {
    let mut comment = comment("Cầu mới đẹp quá, bà con đi lại dễ dàng hơn nhiều.");
    comment[name] = value.into();
    comment
}

/// The good form with further fields.
pub fn form<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    GOOD.into_iter().chain(more.iter().copied()).collect()
}

/// The signs of robots on a card, without `spam.robots.`.
pub fn signs(card: &Card) -> Vec<&str> {
    let rules = card.rules().into_iter();
    rules
        .filter_map(|rule| rule.strip_prefix("spam.robots."))
        .collect()
}

/// The card of the comment that came last.
pub async fn last_card(moderator: &Moderator) -> Card {
    let answer = moderator.list(&[("limit", "1")]).await.expect(200);
    Card(answer.json()["comments"][0].clone())
}

/// The site `bao`, as the database knows it.
pub async fn site(app: &App) -> SiteId {
    let id = match app.backend {
        Backend::Sqlite => "hex(id)",
        Backend::Postgres => "id::text",
    };
    let query = format!("select {id} as text from sites where key = 'bao'");
    let found = app.texts(&query).await;
    found[0].parse().expect("a UUID")
}

pub fn now() -> Instant {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let micros = since.expect("a clock that is right").as_micros();
    Instant::from_micros(i64::try_from(micros).expect("a clock that is right"))
}

fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

on_both!(
    a_field_that_people_do_not_see_is_evidence_and_not_kept,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        for empty in [json!(null), json!(""), json!(" \n ")] {
            let answer = reader.submit(&with("website", empty)).await.expect(202);
            assert_eq!(signs(&lan.card(&answer.text("id")).await), [""; 0]);
        }
        let typed = "https://thuoc-la.example/mua-ngay";
        let answer = reader.submit(&with("website", typed)).await.expect(202);
        let card = lan.card(&answer.text("id")).await;
        assert_eq!(signs(&card), ["honeypot"]);
        assert_ne!(card.0["lane"], "likely_fine");
        assert_eq!(card.status(), "pending");
        assert!(!card.0.to_string().contains("thuoc-la"), "{card:?}");

        reader
            .post_form(&form(&[("website", typed)]))
            .await
            .expect(200);
        assert_eq!(signs(&last_card(&lan).await), ["honeypot"]);

        let browser = app.visitor("Mai");
        browser.sign_in("Mai").await.expect(303);
        for (language, title) in [
            ("vi", "Đã điền ô mà người đọc không nhìn thấy"),
            ("en", "Filled in a field that readers do not see"),
        ] {
            // The same text for the fifth time may weigh more than the field alone.
            let mut shown = String::new();
            for lane in ["look", "likely_bad"] {
                let queue = browser.request(Method::GET, &format!("/queue?lane={lane}"));
                let page = browser.send(queue.header("accept-language", language));
                shown += &page.await.expect(200).body;
            }
            assert!(shown.contains(title), "{title}");
        }
    }
);

on_both!(a_stamp_tells_how_long_the_writing_took, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let (stamps, site) = (StampKey::derive(SECRET.as_bytes()), site(&app).await);
    app.add_site("khac", "https://khac.example");
    let made = |at: Instant| stamps.seal(site, at);
    let elsewhere = app.reader_of("khac").challenge().await.expect(200);
    let later = now().before(STAMP_LIFETIME).before(seconds(5));
    for (stamp, expected) in [
        (String::new(), vec![]),
        (
            reader.challenge().await.expect(200).text("stamp"),
            vec!["haste"],
        ),
        (made(now().before(seconds(4))), vec![]),
        (
            made(now().before(STAMP_LIFETIME).after(seconds(30))),
            vec![],
        ),
        (made(later), vec!["stamp_expired"]),
        (elsewhere.text("stamp"), vec!["stamp_forged"]),
        ("2026-11-28".to_owned(), vec!["stamp_forged"]),
    ] {
        let answer = reader
            .submit(&with("stamp", stamp.as_str()))
            .await
            .expect(202);
        let card = lan.card(&answer.text("id")).await;
        assert_eq!(signs(&card), expected, "{stamp}");
        let more = [("stamp", stamp.as_str())];
        reader.post_form(&form(&more)).await.expect(200);
        assert_eq!(signs(&last_card(&lan).await), expected, "{stamp}");
    }
});

on_both!(
    a_form_shown_again_keeps_what_it_was_handed,
    async |app: App| {
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let stamps = StampKey::derive(SECRET.as_bytes());
        let stamp = stamps.seal(site(&app).await, now().before(seconds(20)));
        let without_name = |more: &[(&'static str, &str)]| -> Vec<(String, String)> {
            let mut fields = form(more);
            fields[1].1 = "";
            let owned = fields.into_iter();
            owned
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect()
        };
        let refused = async |more: &[(&'static str, &str)]| -> Answer {
            let fields = without_name(more);
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            reader.post_form(&fields).await.expect(422)
        };
        let more = [
            ("stamp", stamp.as_str()),
            ("altcha", "eyJ9"),
            ("website", "x\"y"),
        ];
        let page = refused(&more).await;
        assert_eq!(hidden(&page, "stamp"), stamp);
        assert_eq!(hidden(&page, "altcha"), "eyJ9");
        assert!(page.body.contains("value=\"x&#34;y\""), "{}", page.body);
        // Who came without one may be done with mending in a moment, and is not hasty.
        for more in [&[][..], &[("stamp", "x")]] {
            let page = refused(more).await;
            let stamp = hidden(&page, "stamp");
            reader
                .post_form(&form(&[("stamp", &stamp)]))
                .await
                .expect(200);
            assert_eq!(signs(&last_card(&lan).await), [""; 0]);
        }
    }
);

//! Signs of robots: none of them turns a reader away, each is evidence for whoever decides.

use std::sync::atomic::{AtomicUsize, Ordering};
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

/// The same in other words, since a text that is sent again is the first one's resend.
pub fn another(name: &str, value: impl Into<Value>) -> Value {
    let mut comment = with(name, value);
    comment["body"] = next_text().into();
    comment
}

fn next_text() -> &'static str {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    TEXTS[NEXT.fetch_add(1, Ordering::Relaxed) % TEXTS.len()]
}

/// Nobody would take one for the other; none has anything against it.
const TEXTS: [&str; 16] = [
    "Mưa lớn quá, nước ngập cả sân trường.",
    "Chợ phiên sáng nay đông vui lắm.",
    "Xe buýt tuyến số ba hay tới trễ.",
    "Con tôi học ở thư viện phường mỗi chiều.",
    "Lúa năm nay được mùa, giá cũng khá.",
    "Đèn đường trước nhà tôi hỏng đã hai tuần.",
    "Bác sĩ ở trạm y tế rất tận tâm.",
    "Hồ bơi mới mở cửa từ năm giờ sáng.",
    "Cảm ơn các anh công nhân dọn rác.",
    "Vé tàu Tết mua ở đâu vậy toà soạn?",
    "Cây phượng già ấy trồng từ thời ông nội tôi.",
    "Lễ hội đua thuyền năm sau có tổ chức không?",
    "Đội bóng huyện đá hay hơn mùa trước.",
    "Nước máy khu tôi dạo này yếu.",
    "Quán cà phê bên sông vẫn giữ nếp xưa.",
    "Thầy hiệu trưởng cũ của tôi vừa nghỉ hưu.",
];

/// The good form in other words.
pub fn other_form<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = form(more);
    fields[3].1 = next_text();
    fields
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
            let answer = reader.submit(&another("website", empty)).await.expect(202);
            assert_eq!(signs(&lan.card(&answer.text("id")).await), [""; 0]);
        }
        let typed = "https://thuoc-la.example/mua-ngay";
        let answer = reader.submit(&another("website", typed)).await.expect(202);
        let card = lan.card(&answer.text("id")).await;
        assert_eq!(signs(&card), ["honeypot"]);
        assert_ne!(card.0["lane"], "likely_fine");
        assert_eq!(card.status(), "pending");
        assert!(!card.0.to_string().contains("thuoc-la"), "{card:?}");

        reader
            .post_form(&other_form(&[("website", typed)]))
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

on_both!(an_edit_takes_no_sign_away, async |app: App| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let (id, receipt) = reader.write_all(&another("website", "x")).await;
    let text = json!({ "body": "Cầu mới đẹp quá, xin cảm ơn." });
    reader.edit(&receipt, &text).await.expect(200);
    let card = lan.card(&id).await;
    assert_eq!(card.body(), "Cầu mới đẹp quá, xin cảm ơn.");
    assert_eq!(signs(&card), ["honeypot"]);
    assert_ne!(card.0["lane"], "likely_fine");
});

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
            .submit(&another("stamp", stamp.as_str()))
            .await
            .expect(202);
        let card = lan.card(&answer.text("id")).await;
        assert_eq!(signs(&card), expected, "{stamp}");
        let more = [("stamp", stamp.as_str())];
        reader.post_form(&other_form(&more)).await.expect(200);
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

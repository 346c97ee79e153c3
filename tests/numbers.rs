//! The numbers, against a history that the test has made itself and knows by heart.

use duyet::domain::{Day, EventId, Instant, ReplicaId};
use duyet::store::{Error, Hours, NumberMark, Store};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    App, Backend, Card, HOUSE_RULES, Moderator, Reader, Server, Setup, Wire, anew, comment_on,
    eventually, on_both,
};

/// One more, that only speaks against a comment.
const DOUBTFUL: &str = r#"
[[rule]]
id = "house.doubt"
title = { vi = "Nghi ngờ", en = "Doubt" }
category = "insult"
weight = 4.0
words = ["đồ gà mờ"]
[rule.examples]
hit = ["đồ gà mờ"]
miss = ["con gà"]
"#;

const FINE: &str = "Cây cầu đẹp quá";
const TRASH: &str = "Mua ngay kẻo lỡ bà con ơi";
const REFUSED: &str = "Viết thế này đúng là đồ óc bã đậu";
const DOUBT: &str = "Ông này đúng là đồ gà mờ";
const LOCAL: &str = "https://bao.example/xa-hoi/cau-moi.html";
const SPORT: &str = "https://bao.example/the-thao/tran-dau.html";
const BANS: &str = "/api/v1/moderation/sites/bao/bans";
const DAY: i64 = 86_400;

struct Desk {
    reader: Reader,
    lan: Moderator,
}

impl Desk {
    /// Somebody sends that text, each time from another mailbox.
    async fn write_on(&self, article: &str, text: &str) -> (String, String) {
        let mut comment = comment_on(article, &anew(text));
        comment["email"] = json!(anew("ban-doc").replace(['(', ')', ' '], "") + "@thu.example");
        self.reader.write_all(&comment).await
    }

    async fn write(&self, text: &str) -> String {
        self.write_on(LOCAL, text).await.0
    }

    async fn card(&self, id: &str) -> Card {
        self.lan.card(id).await
    }

    async fn decide(&self, action: &str, id: &str) -> String {
        let card = self.card(id).await;
        self.lan
            .decide(action, &[&card])
            .await
            .expect(200)
            .text("batch")
    }

    async fn undo(&self, batch: &str) {
        self.lan.undo(batch).await.expect(200);
    }

    async fn undo_rule(&self, id: &str) {
        let whole = self.lan.show(id).await.expect(200).json();
        self.undo(whole["decisions"][0]["batch"].as_str().expect("a batch"))
            .await;
    }
}

async fn numbers(by: &Moderator, query: &str) -> Value {
    let request = by.request(Method::GET, &format!("/api/v1/moderation/numbers{query}"));
    by.send(request).await.expect(200).json()
}

/// The numbers once they say of so many comments what the test waits for.
async fn counted(by: &Moderator, query: &str, is: impl Fn(&Value) -> bool) -> Value {
    eventually("the numbers are counted", async || {
        let numbers = numbers(by, query).await;
        (numbers["is_whole"] == true && is(&numbers)).then_some(numbers)
    })
    .await
}

/// Puts a comment so many days back, with all that is known of it, and makes each of its decisions ten minutes after it.
async fn put_back(app: &App, id: &str, days: i64) {
    let old = uuid::Uuid::parse_str(id).expect("an id");
    let new = old.as_u128() - ((u128::try_from(days * DAY).expect("days") * 1000) << 80);
    let new = uuid::Uuid::from_u128(new);
    let (named, is): (fn(&uuid::Uuid) -> String, _) = match app.backend {
        Backend::Sqlite => (
            |id| format!("x'{}'", id.simple()),
            (
                format!("created_at - {}", days * DAY * 1_000_000),
                "+ 600000000",
            ),
        ),
        Backend::Postgres => (
            |id| format!("cast('{id}' as uuid)"),
            (
                format!("created_at - interval '{days} days'"),
                "+ interval '10 minutes'",
            ),
        ),
    };
    let (old, new) = (named(&old), named(&new));
    let (earlier, later) = is;
    app.execute(&format!(
        "update comments set id = {new}, created_at = {earlier} where id = {old};
         update evidence set comment_id = {new} where comment_id = {old};
         update decisions set comment_id = {new}, created_at =
            (select c.created_at {later} from comments c where c.id = {new}) where comment_id = {old};
         update events set comment_id = {new} where comment_id = {old};"
    ))
    .await;
}

/// The history; the comments that were put back three days.
async fn history(app: &App, desk: &Desk) -> Vec<String> {
    let approved = desk.write(FINE).await;
    desk.decide("approve", &approved).await;
    let twice = desk.write(FINE).await;
    let batch = desk.decide("reject", &twice).await;
    desk.undo(&batch).await;
    desk.decide("approve", &twice).await;
    let waits = desk.write(FINE).await;
    let (withdrawn, receipt) = desk.write_on(LOCAL, FINE).await;
    desk.reader.withdraw(&receipt).await.expect(200);
    let trash = desk.write(TRASH).await;
    let overturned = desk.write(TRASH).await;
    desk.undo_rule(&overturned).await;
    desk.decide("approve", &overturned).await;
    let upheld = desk.write(TRASH).await;
    let batch = desk.decide("approve", &upheld).await;
    desk.undo(&batch).await;
    let requeued = desk.write(REFUSED).await;
    desk.decide("requeue", &requeued).await;
    for action in ["approve", "reject"] {
        let doubted = desk.write_on(SPORT, DOUBT).await.0;
        assert_eq!(desk.card(&doubted).await.0["lane"], "likely_bad");
        desk.decide(action, &doubted).await;
    }
    let (edited, receipt) = desk.write_on(LOCAL, FINE).await;
    desk.decide("approve", &edited).await;
    let edit = json!({ "body": anew(TRASH) });
    desk.reader.edit(&receipt, &edit).await.expect(200);
    assert_eq!(desk.card(&edited).await.status(), "spam");
    let again = desk.write(FINE).await;
    desk.decide("approve", &again).await;
    desk.decide("requeue", &again).await;
    let ban = json!({ "kind": "email", "pattern": "ke-rao@thu.example", "reason": "rao" });
    let ban = desk.lan.request(Method::POST, BANS).json(&ban);
    desk.lan.send(ban).await.expect(201);
    let mut banned = comment_on(LOCAL, &anew(FINE));
    banned["email"] = json!("ke-rao@thu.example");
    desk.reader.write_all(&banned).await;
    let old = vec![approved, twice, waits, withdrawn, trash];
    for id in &old {
        put_back(app, id, 3).await;
    }
    old
}

fn check(numbers: &Value) {
    assert_eq!(numbers["comments"], 13, "{numbers:#}");
    assert_eq!(
        numbers["statuses"],
        json!({ "approved": 4, "rejected": 2, "pending": 3, "withdrawn": 1, "spam": 3 })
    );
    assert_eq!(
        numbers["decided_by"],
        json!({ "people": 5, "rules": 3, "bans": 1, "nobody": 3, "reader": 1 })
    );
    assert_eq!(numbers["decision_times"]["comments"], 6);
    let rules = numbers["rules"].as_array().expect("rules").iter();
    let rules: Vec<Value> = rules
        .map(|rule| {
            json!([
                rule["rule"],
                rule["title"],
                rule["settled"],
                rule["overturned"],
                rule["suspected"],
                rule["approved"]
            ])
        })
        .collect();
    assert_eq!(
        json!(rules),
        json!([
            ["house.refused", "Từ chối", 1, 1, 0, 0],
            ["house.doubt", "Nghi ngờ", 0, 0, 2, 1],
            ["house.trash", "Rác", 4, 1, 0, 0],
        ])
    );
    let busiest = numbers["busiest"].as_array().expect("articles").iter();
    let busiest: Vec<Value> = busiest
        .map(|one| json!([one["url"], one["comments"]]))
        .collect();
    assert_eq!(json!(busiest), json!([[LOCAL, 11], [SPORT, 2]]));
}

/// Of a day so many before today: its statuses, and how many a person decided.
fn day(numbers: &Value, before: usize) -> Value {
    let days = numbers["days"].as_array().expect("days");
    let day = &days[days.len() - 1 - before];
    json!([day["statuses"], day["decision_times"]])
}

/// The same by the database itself.
async fn by_status(app: &App, status: &str) -> i64 {
    app.count(&format!(
        "select count(*) from comments where status = '{status}'"
    ))
    .await
}

on_both!(
    numbers_are_those_of_the_history_however_often_they_are_counted,
    |setup| setup.rules(&format!("{HOUSE_RULES}{DOUBTFUL}")),
    async |mut app: App| {
        let desk = Desk {
            reader: app.reader(),
            lan: app.member("Lan", &["--role", "editor"]),
        };
        history(&app, &desk).await;
        // As after an update to the first version that counts: nothing is there.
        app.execute("delete from number_hours; delete from number_days; delete from number_marks;")
            .await;
        let all = counted(&desk.lan, "?days=7", |numbers| numbers["comments"] == 13).await;
        check(&all);
        for (status, count) in all["statuses"].as_object().expect("statuses") {
            assert_eq!(
                by_status(&app, status).await,
                count.as_i64().expect("a count"),
                "{status}"
            );
        }
        let ago = day(&all, 3);
        assert_eq!(
            ago[0],
            json!({ "approved": 2, "pending": 1, "withdrawn": 1, "spam": 1 })
        );
        assert_eq!(ago[1]["comments"], 2);
        for percentile in ["median_seconds", "p95_seconds"] {
            let seconds = ago[1][percentile].as_f64().expect("seconds");
            assert!((seconds - 600.0).abs() <= 30.0, "{seconds}");
        }
        assert_eq!(
            day(&all, 1),
            json!([{}, { "comments": 0, "median_seconds": null, "p95_seconds": null }])
        );
        // Who counts is killed and begins again.
        app.restart();
        let waiting = desk.lan.queue().await;
        let waiting = waiting.iter().filter(|card| card.body().starts_with(FINE));
        let oldest = waiting.min_by_key(|card| card.id()).expect("what waits");
        let batch = desk.lan.approve(oldest).await;
        let one_more = |numbers: &Value| numbers["statuses"]["approved"] == 5;
        let then = counted(&desk.lan, "?days=7", one_more).await;
        assert_eq!(then["comments"], 13);
        assert_eq!(
            day(&then, 3)[0],
            json!({ "approved": 3, "withdrawn": 1, "spam": 1 })
        );
        desk.undo(&batch).await;
        let back = counted(&desk.lan, "?days=7", |numbers| {
            numbers["statuses"]["approved"] == 4
        })
        .await;
        assert_eq!(back, all);
        let short = counted(&desk.lan, "?days=3", |_| true).await;
        assert_eq!(
            (&short["comments"], short["days"].as_array().map(Vec::len)),
            (&json!(8), Some(3))
        );
        for query in ["?days=0", "?days=367", "?days=x", "?day=7"] {
            let wrong = desk
                .lan
                .request(Method::GET, &format!("/api/v1/moderation/numbers{query}"));
            desk.lan.send(wrong).await.expect(422);
        }
    }
);

on_both!(
    numbers_are_of_ones_own_sites_and_sections,
    |setup| setup.rules(&format!("{HOUSE_RULES}{DOUBTFUL}")),
    async |app: App| {
        let desk = Desk {
            reader: app.reader(),
            lan: app.moderator("Lan"),
        };
        app.add_site("khac", "https://khac.example");
        let minh = app.member("Minh", &["--section", "bao:Thể thao"]);
        let hoa = app.member("Hoa", &["--site", "khac"]);
        desk.write_on(SPORT, FINE).await;
        app.execute("update articles set section = 'Thể thao'; delete from number_marks")
            .await;
        let doubted = desk.write_on(SPORT, DOUBT).await.0;
        desk.write(FINE).await;
        desk.decide("approve", &doubted).await;
        let of_all = counted(&desk.lan, "", |numbers| {
            numbers["comments"] == 3 && numbers["rules"] != json!([])
        })
        .await;
        assert_eq!(of_all["busiest"].as_array().map(Vec::len), Some(2));
        let of_sports = numbers(&minh, "").await;
        assert_eq!(of_sports["comments"], 2);
        assert_eq!(of_sports["rules"][0]["rule"], "house.doubt");
        assert_eq!(of_sports["busiest"].as_array().map(Vec::len), Some(1));
        assert_eq!(numbers(&hoa, "?site=khac").await["comments"], 0);
        assert_eq!(numbers(&hoa, "").await["comments"], 0);
        for query in ["bao", "nirgendwo"] {
            let other = hoa.request(
                Method::GET,
                &format!("/api/v1/moderation/numbers?site={query}"),
            );
            hoa.send(other).await.expect(404);
        }
    }
);

/// Two replicas come to what one does, and the other goes on where one is killed.
#[tokio::test]
async fn replicas_over_one_database_count_once() {
    let mut app = Setup::new(Backend::Postgres)
        .rules(&format!("{HOUSE_RULES}{DOUBTFUL}"))
        .start()
        .await;
    let mut settings = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    let other = Server::start(app.folder(), &settings, "serve");
    let desk = Desk {
        reader: app.reader(),
        lan: app.moderator("Lan"),
    };
    let there = Moderator::new(Wire::new(&other.base), &desk.lan.token);
    for count in 1..=4 {
        desk.write(FINE).await;
        for by in [&desk.lan, &there] {
            counted(by, "", |numbers| numbers["comments"] == count).await;
        }
    }
    let holders = app
        .count("select count(distinct holder) from number_marks")
        .await;
    assert_eq!(holders, 1);
    app.server().kill();
    app.execute("update number_marks set held_until = now()")
        .await;
    let desk = Desk {
        reader: Reader::new(Wire::new(&other.base), "bao"),
        lan: there,
    };
    desk.write(FINE).await;
    let numbers = counted(&desk.lan, "", |numbers| numbers["comments"] == 5).await;
    assert_eq!(numbers["statuses"], json!({ "pending": 5 }));
}

// Who was held up for longer than the lease may come back with what was counted before the other's.
on_both!(
    who_has_lost_the_counting_writes_nothing,
    async |app: App| {
        let desk = Desk {
            reader: app.reader(),
            lan: app.moderator("Lan"),
        };
        desk.write(FINE).await;
        let before = counted(&desk.lan, "", |numbers| numbers["comments"] == 1).await;
        let address = app.settings()["DATABASE_URL"].parse().expect("an address");
        let store = Store::open(address).await.expect("opened");
        let site = store.sites().await.expect("the sites")[0].id;
        let later: Instant = "2100-01-01T00:00:00Z"
            .parse::<jiff::Timestamp>()
            .expect("a moment")
            .into();
        let [first, second] = [1, 2].map(|n| ReplicaId(Uuid::from_u128(n)));
        let mark = |holder| NumberMark {
            event: EventId(Uuid::nil()),
            filled_to: None,
            is_whole: true,
            holder,
            held_until: later,
        };
        for holder in [first, second] {
            let is_taken = store.take_numbers(site, mark(holder), later).await;
            assert!(is_taken.expect("asked"));
        }
        let day = Day::of(duyet::clock::now());
        let nothing = Hours::from([(day.first_hour(), duyet::domain::Sections::new())]);
        let put = store.put_hours(site, nothing, first, later).await;
        assert!(matches!(put, Err(Error::Contended)), "{put:?}");
        assert_eq!(numbers(&desk.lan, "").await, before);
    }
);

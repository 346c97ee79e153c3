//! What the model decides by itself: nothing unless an admin lets it, what it is surest of then, and a sample of that waits for people.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::akismet::{Akismet, fresh, with};
use crate::support::teacher::{Teacher, Written, bad, fine, of_another_model};
use crate::support::{App, Backend, Card, Moderator, Setup, eventually, hidden, on_both};

/// As many comments of either kind are written, for as many decisions each.
const COMMENTS: usize = 20;
const DECISIONS: usize = 20;
/// Where texts begin that nobody has decided on.
const NEW: usize = 100;

const SETTINGS: &str = "sites/bao/settings";
const APPROVES: &str = "model.approves_likely_fine";
const SETTLES: &str = "model.settles_likely_bad";

fn behind_a_proxy(setup: Setup) -> Setup {
    setup
        .set("DUYET_TRUSTED_PROXIES", "127.0.0.1")
        .set("DUYET_MAIL_PAUSE", "0")
}

/// A newspaper that has decided hundreds of times, and whose model was right each time.
struct Taught {
    desk: Teacher,
    next: usize,
}

impl Taught {
    async fn at(app: &mut App) -> Self {
        let desk = Teacher::of(app);
        let (mut good, mut grave) = (Vec::new(), Vec::new());
        for number in 0..COMMENTS {
            good.push(desk.scattered(&fine(number), number).await);
            grave.push(desk.scattered(&bad(number), COMMENTS + number).await);
        }
        app.server().kill();
        decided(app, &good, "approve", 0.01).await;
        decided(app, &grave, "reject", 0.97).await;
        app.serve();
        eventually("the model has learnt them", async || {
            let sure = desk.harm(&good[0]).await < 0.05 && desk.harm(&grave[0]).await > 0.95;
            sure.then_some(())
        })
        .await;
        Self { desk, next: NEW }
    }

    /// Another comment of a kind.
    async fn writes(&mut self, text: fn(usize) -> String) -> (Written, Card) {
        let one = self.desk.scattered(&text(self.next), self.next).await;
        self.next += 1;
        let card = self.desk.card(&one).await;
        (one, card)
    }

    /// Comments of a kind are written until one is as it is wanted: settings count within two seconds, and some are samples.
    async fn until(
        &mut self,
        what: &str,
        text: fn(usize) -> String,
        is_so: fn(&Card) -> bool,
    ) -> (Written, Card) {
        eventually(what, async || {
            let (one, card) = self.writes(text).await;
            is_so(&card).then_some((one, card))
        })
        .await
    }
}

/// Decisions of long ago on those comments, which stand as lessons. What the model said of each is given: it stays, as whatever the
/// model said that is in use, and so a test says how right that was.
async fn decided(app: &App, these: &[Written], action: &str, risk: f64) {
    let (id, numbers) = match app.backend {
        Backend::Sqlite => (
            "cast(substr(c.id, 1, 6) || randomblob(10) as blob)",
            format!(
                "(with recursive n(x) as (select 1 union all select x + 1 from n where x < {DECISIONS}) select x from n)"
            ),
        ),
        Backend::Postgres => (
            "(left(c.id::text, 13) || right(gen_random_uuid()::text, 23))::uuid",
            format!("generate_series(1, {DECISIONS})"),
        ),
    };
    let ids: Vec<String> = these
        .iter()
        .map(|one| match app.backend {
            Backend::Sqlite => format!("x'{}'", one.id.replace('-', "")),
            Backend::Postgres => format!("'{}'::uuid", one.id),
        })
        .collect();
    app.execute(&format!(
        "insert into lessons (site_id, decision_id, comment_id, action, harm, spam, is_toneless)
         select c.site_id, {id}, c.id, '{action}', {risk}, 0.01, (1 = 0)
         from comments c, {numbers} as numbers where c.id in ({})",
        ids.join(", ")
    ))
    .await;
}

fn waits(card: &Card) -> bool {
    card.status() == "pending" && card.0.get("sample").is_none()
}

fn is_sample(card: &Card) -> bool {
    card.status() == "pending" && card.0.get("sample").is_some()
}

fn is_approved(card: &Card) -> bool {
    card.status() == "approved"
}

fn is_rejected(card: &Card) -> bool {
    card.status() == "rejected"
}

/// Turned on on the command line.
fn on(app: &App, names: &[&str]) {
    let chosen: Vec<String> = names.iter().map(|name| format!("{name}=true")).collect();
    let chosen = chosen.iter().map(String::as_str);
    let all: Vec<&str> = ["site", "set", "bao"].into_iter().chain(chosen).collect();
    app.done(&all, "");
}

async fn settings(by: &Moderator) -> Value {
    let shown = by.call(Method::GET, SETTINGS, &Value::Null).await;
    let mut all = shown.expect(200).json();
    for name in ["site", "name", "locale"] {
        all.as_object_mut().expect("an object").remove(name);
    }
    all
}

/// How many decisions teach, and what the last of them says of the model.
async fn last_lesson(app: &App, column: &str) -> Vec<String> {
    app.texts(&format!(
        "select cast({column} as text) as text from lessons order by decision_id desc limit 1"
    ))
    .await
}

async fn lessons(app: &App) -> i64 {
    app.count("select count(*) from lessons").await
}

on_both!(
    nothing_is_decided_unless_an_admin_lets_it,
    behind_a_proxy,
    async |mut app: App| {
        let mut house = Taught::at(&mut app).await;
        let (_, good) = house.writes(fine).await;
        let (_, grave) = house.writes(bad).await;
        assert_eq!(
            (good.status(), &good.0["lane"]),
            ("pending", &json!("likely_fine"))
        );
        assert_eq!(
            (grave.status(), &grave.0["lane"]),
            ("pending", &json!("likely_bad"))
        );
        // Neither a moderator nor an editor may, by API or by form.
        let (an, chi) = (
            app.member("An", &["--role", "editor"]),
            app.member("Chi", &["--role", "admin"]),
        );
        let mut wanted = settings(&chi).await;
        assert_eq!(
            (
                &wanted["model"]["approves_likely_fine"],
                &wanted["model"]["settles_likely_bad"],
                &wanted["model"]["shown_every"]
            ),
            (&json!(false), &json!(false), &json!(10))
        );
        wanted["model"]["approves_likely_fine"] = json!(true);
        wanted["model"]["shown_every"] = json!(100);
        house
            .desk
            .lan
            .call(Method::PUT, SETTINGS, &wanted)
            .await
            .expect(403);
        let told = an.call(Method::PUT, SETTINGS, &wanted).await.expect(403);
        assert_eq!(told.json()["errors"][0]["code"], "settings-model-admins");
        app.add_member("Ha", &["--role", "editor", "--password-stdin"]);
        let ha = app.browser();
        ha.sign_in("Ha").await.expect(303);
        let page = ha.open("/settings").await.expect(200);
        assert!(
            !page.body.contains("name=\"model.shown_every\""),
            "{}",
            page.body
        );
        let (_, still) = house.writes(fine).await;
        assert!(waits(&still), "{}", still.0);
        let before = lessons(&app).await;

        // An admin may.
        chi.call(Method::PUT, SETTINGS, &wanted).await.expect(200);
        let (one, card) = house.until("one is published", fine, is_approved).await;
        assert_eq!(card.rules(), Vec::<&str>::new());
        let shown = house.desk.lan.show(&one.id).await.json();
        let decision = &shown["decisions"][0];
        assert_eq!(
            (&decision["actor"], &decision["by"], &decision["action"]),
            (&json!("model"), &json!("model"), &json!("approve"))
        );
        let own = house.desk.reader.look_up(&one.receipt).await.expect(200);
        assert_eq!(own.text("status"), "approved");
        let article = card.0["article"]["url"].as_str().expect("an address");
        let listed = house.desk.reader.list(article).await.expect(200).body;
        assert!(listed.contains(&one.id), "{listed}");
        // The other lane is another switch.
        let (_, grave) = house.writes(bad).await;
        assert!(waits(&grave), "{}", grave.0);
        on(&app, &[SETTLES]);
        let (refused, _) = house.until("one is refused", bad, is_rejected).await;
        let own = house.desk.reader.look_up(&refused.receipt).await;
        assert_eq!(own.expect(200).text("status"), "rejected");

        // Who knows nothing of it changes the rest, and leaves it on.
        let mut rest = settings(&an).await;
        rest["model"] = json!({ "look_alarms": 4, "likely_bad_alarms": 1 });
        an.call(Method::PUT, SETTINGS, &rest).await.expect(200);
        let now = settings(&an).await;
        assert_eq!(
            (
                &now["model"]["look_alarms"],
                &now["model"]["approves_likely_fine"]
            ),
            (&json!(4.0), &json!(true))
        );

        // The history and the card say who it was.
        let history = house
            .desk
            .lan
            .call(Method::GET, "history?who=model", &Value::Null);
        let history = history.await.expect(200).json();
        let about: Vec<&Value> = history["history"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|entry| &entry["comment"])
            .collect();
        assert!(
            about.contains(&&json!(one.id)) && about.contains(&&json!(refused.id)),
            "{history}"
        );
        let minh = app.visitor("Minh");
        minh.sign_in("Minh").await.expect(303);
        let page = minh.open(&format!("/queue?comment={}", one.id)).await;
        assert!(page.expect(200).body.contains("Mô hình đã duyệt"));
        let page = minh.open("/history?who=model").await.expect(200).body;
        assert!(
            page.contains("đã tự đăng bình luận ngay khi gửi đến"),
            "{page}"
        );
        eventually("the numbers count it apart", async || {
            let numbers = house
                .desk
                .lan
                .call(Method::GET, "numbers", &Value::Null)
                .await;
            let by = numbers.expect(200).json()["decided_by"]["model"].as_i64();
            (by >= Some(2)).then_some(())
        })
        .await;

        // It is undone like any decision, teaches nothing, and who overrules it says nothing of the rest.
        let batch = decision["batch"].as_str().expect("a batch");
        house.desk.lan.undo(batch).await.expect(200);
        let back = house.desk.lan.card(&one.id).await;
        assert_eq!(back.status(), "pending");
        assert_eq!(lessons(&app).await, before);
        house.desk.lan.reject(&back).await;
        eventually("the person's decision is learnt", async || {
            (lessons(&app).await == before + 1).then_some(())
        })
        .await;
        assert_eq!(last_lesson(&app, "stands_for").await, ["0"]);
    }
);

on_both!(
    a_part_is_shown_to_people_and_stops_it_where_they_are_of_another_mind,
    behind_a_proxy,
    async |mut app: App| {
        let mut house = Taught::at(&mut app).await;
        app.done(&["site", "set", "bao", "model.shown_every=5"], "");
        on(&app, &[APPROVES, SETTLES]);
        let (_, card) = house.until("one is refused", bad, is_rejected).await;
        assert_eq!(card.0.get("sample"), None);
        let (_, card) = house.until("one is shown", bad, is_sample).await;
        assert_eq!(card.0["sample"], "reject");
        let (mut kept, mut left) = (Vec::new(), Vec::new());
        while left.len() < 2 || kept.len() < 2 {
            let (one, card) = house.writes(fine).await;
            match card.status() {
                "approved" => kept.push(one),
                _ if is_sample(&card) => {
                    assert_eq!(card.0["sample"], "approve");
                    left.push(one);
                }
                other => panic!("neither published nor shown: {other} {}", card.0),
            }
        }
        let minh = app.visitor("Minh");
        minh.sign_in("Minh").await.expect(303);
        let place = format!("/queue?comment={}", left[0].id);
        let page = minh.open(&place).await.expect(200).body;
        assert!(
            page.contains("Mẫu kiểm tra mô hình: mô hình sẽ tự đăng"),
            "{page}"
        );
        let before = lessons(&app).await;
        house.desk.decide("approve", &mut left[..1]).await;
        eventually("a sample is learnt", async || {
            (lessons(&app).await == before + 1).then_some(())
        })
        .await;
        assert_eq!(last_lesson(&app, "stands_for").await, ["5"]);
        assert_eq!(last_lesson(&app, "sampled").await, ["approve"]);

        // A person is of another mind about one that stands for five of some four hundred.
        app.add_member("Chi", &["--role", "admin", "--password-stdin"]);
        let chi = app.browser();
        chi.sign_in("Chi").await.expect(303);
        let told = "mô hình đã thôi tự đăng bình luận";
        assert!(!chi.open("/queue").await.expect(200).body.contains(told));
        house.desk.decide("reject", &mut left[1..2]).await;
        eventually("it has stopped", async || {
            chi.open("/queue")
                .await
                .expect(200)
                .body
                .contains(told)
                .then_some(())
        })
        .await;
        assert!(!minh.open("/queue").await.expect(200).body.contains(told));
        for _ in 0..4 {
            let (_, card) = house.writes(fine).await;
            assert!(waits(&card), "{}", card.0);
        }
        // The other lane goes on.
        house.until("one is refused", bad, is_rejected).await;
        let page = chi.open("/settings").await.expect(200).body;
        assert!(page.contains("Nhiều hơn mức cho phép là 1%"), "{page}");
        let numbers = chi.open("/numbers?site=bao").await.expect(200).body;
        assert!(
            numbers.contains("Nhiều hơn mức cho phép là 1%"),
            "{numbers}"
        );
        // Who turns it off cannot turn it on again until people were of its mind for longer.
        app.done(&["site", "set", "bao", &format!("{APPROVES}=false")], "");
        let refused = app.command(&["site", "set", "bao", &format!("{APPROVES}=true")], "");
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            !refused.status.success() && told.contains("more often"),
            "{told}"
        );
    }
);

on_both!(
    nothing_is_decided_by_how_right_another_model_was,
    behind_a_proxy,
    async |mut app: App| {
        let mut house = Taught::at(&mut app).await;
        app.done(&["site", "set", "bao", "model.shown_every=100"], "");
        on(&app, &[APPROVES, SETTLES]);
        house.until("one is published", fine, is_approved).await;
        house.until("one is refused", bad, is_rejected).await;
        // A program with another model is upgraded, while a replica learns that is just being killed.
        app.server().kill();
        of_another_model(&app).await;
        let (nobody, later) = match app.backend {
            Backend::Sqlite => (
                "x'00000000000000000000000000000001'",
                "held_until + 3600000000",
            ),
            Backend::Postgres => (
                "'00000000-0000-0000-0000-000000000001'::uuid",
                "held_until + interval '1 hour'",
            ),
        };
        app.execute(&format!(
            "update learn_marks set holder = {nobody}, held_until = {later}"
        ))
        .await;
        app.serve();
        for text in [fine, bad] {
            for _ in 0..3 {
                let (_, card) = house.writes(text).await;
                assert!(waits(&card), "{}", card.0);
            }
        }
        // Nor is it turned on by that.
        let chi = app.member("Chi", &["--role", "admin"]);
        let mut wanted = settings(&chi).await;
        wanted["model"]["approves_likely_fine"] = json!(false);
        chi.call(Method::PUT, SETTINGS, &wanted).await.expect(200);
        let mut wanted = settings(&chi).await;
        wanted["model"]["approves_likely_fine"] = json!(true);
        let told = chi.call(Method::PUT, SETTINGS, &wanted).await.expect(422);
        let code = &told.json()["errors"][0]["code"];
        assert_eq!(code, "settings-model-learns-again");
        let setting = format!("{APPROVES}=true");
        let refused = app.command(&["site", "set", "bao", &setting], "");
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            !refused.status.success() && told.contains("since the program was upgraded"),
            "{told}"
        );
        let report = || -> Value {
            let told = app.done(&["learn", "report", "bao"], "");
            serde_json::from_str(&told).expect("JSON")
        };
        let told = report();
        assert_eq!(
            (&told["learns_again"], &told["looked_at"]),
            (&json!(true), &json!(0))
        );
        let minh = app.visitor("Minh");
        minh.sign_in("Minh").await.expect(303);
        let page = minh.open("/numbers").await.expect(200).body;
        assert!(
            page.contains("Mô hình đó đang học lại mọi quyết định"),
            "{page}"
        );
        // It is measured again once this model has said what it makes of all lessons, and by that.
        app.execute(
            "update learn_marks set held_until = (select created_at from sites where key = 'bao')",
        )
        .await;
        let told = eventually("all is learnt again", async || {
            let told = report();
            (told["learns_again"] == false).then_some(told)
        })
        .await;
        assert_eq!(told["looked_at"], 2 * COMMENTS * DECISIONS);
        let said = app.count("select count(distinct spam) from lessons").await;
        assert!(said > 100, "{said}");
    }
);

on_both!(
    who_has_lessons_forgotten_turns_it_off,
    behind_a_proxy,
    async |mut app: App| {
        let house = Taught::at(&mut app).await;
        on(&app, &[APPROVES, SETTLES]);
        let chi = app.member("Chi", &["--role", "admin"]);
        let before = lessons(&app).await;
        let told = app.done(&["learn", "reset", "bao"], "");
        assert!(
            told.contains(&format!("lessons forgotten: {before}\n"))
                && told.contains("`model.approves_likely_fine` and `model.settles_likely_bad`"),
            "{told}"
        );
        assert_eq!(lessons(&app).await, 0);
        let now = settings(&chi).await["model"].clone();
        assert_eq!(
            (&now["approves_likely_fine"], &now["settles_likely_bad"]),
            (&json!(false), &json!(false))
        );
        let history = chi.call(
            Method::GET,
            "history?kind=settings&who=operator",
            &Value::Null,
        );
        let history = history.await.expect(200).json();
        let of = |kind: &str| {
            let mut all = history["history"].as_array().expect("a list").iter();
            let found = all.find(|entry| entry["kind"] == kind);
            found.unwrap_or_else(|| panic!("no {kind}: {history}"))["detail"].clone()
        };
        assert_eq!(
            (&of("model_reset")["lessons"], &of("model_reset")["left"]),
            (&json!(before), &json!(0))
        );
        assert_eq!(of("site_settings")["changed"], json!(["model"]));
        app.add_member("Ha", &["--role", "admin", "--password-stdin"]);
        let ha = app.browser();
        ha.sign_in("Ha").await.expect(303);
        let page = ha.open("/history?kind=settings").await.expect(200).body;
        assert!(
            page.contains("đã cho mô hình học lại từ đầu: 800 quyết định đã học bị quên"),
            "{page}"
        );
        // Nothing was on any more, so nothing is said of it, and no setting changes.
        let settled = "select count(*) from events where kind = 'site_settings'";
        let changes = app.count(settled).await;
        let told = app.done(&["learn", "reset", "bao"], "");
        assert!(!told.contains("approves_likely_fine"), "{told}");
        assert_eq!(app.count(settled).await, changes);
        drop(house);
    }
);

on_both!(too_little_measured_turns_nothing_on, async |app: App| {
    app.add_member("Chi", &["--role", "admin", "--password-stdin"]);
    let browser = app.browser();
    browser.sign_in("Chi").await.expect(303);
    let page = browser.open("/settings").await.expect(200);
    let switch = "name=\"model.approves_likely_fine\" value=\"1\" disabled";
    assert!(page.body.contains(switch), "{}", page.body);
    assert!(
        page.body
            .contains("cần ít nhất 300 mới biết mô hình sai bao nhiêu"),
        "{}",
        page.body
    );
    let chi = app.member("Lan", &["--role", "admin"]);
    for name in ["approves_likely_fine", "settles_likely_bad"] {
        let mut wanted = settings(&chi).await;
        wanted["model"][name] = json!(true);
        let told = chi
            .call(Method::PUT, SETTINGS, &wanted)
            .await
            .expect(422)
            .json();
        assert_eq!(
            (&told["errors"][0]["field"], &told["errors"][0]["code"]),
            (
                &json!(format!("model.{name}")),
                &json!("settings-model-too-few")
            )
        );
        let setting = format!("model.{name}=true");
        let refused = app.command(&["site", "set", "bao", &setting], "");
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            !refused.status.success() && told.contains("fewer than 300"),
            "{told}"
        );
    }
    // Also where a form says so all the same; everything else on it stays as it was typed.
    let origin = settings(&chi).await["origins"][0]
        .as_str()
        .expect("one")
        .to_owned();
    let fields = [
        ("csrf", hidden(&page, "csrf")),
        ("site", "bao".to_owned()),
        ("seen", hidden(&page, "seen")),
        ("origins", origin),
        ("proof_of_work", "off".to_owned()),
        ("edit_window", "15".to_owned()),
        ("network_days", "30".to_owned()),
        ("promised_minutes", "240".to_owned()),
        ("model.look_alarms", "3".to_owned()),
        ("model.likely_bad_alarms", "1".to_owned()),
        ("model.approves_likely_fine", "1".to_owned()),
        ("model.shown_every", "20".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let told = browser.post("/settings", &fields).await.expect(422).body;
    assert!(
        told.contains("Chưa bật được: cần ít nhất 300 quyết định"),
        "{told}"
    );
    let now = settings(&chi).await;
    assert_eq!(
        (
            &now["model"]["approves_likely_fine"],
            &now["model"]["shown_every"]
        ),
        (&json!(false), &json!(10))
    );
    for every in ["1", "101"] {
        let setting = format!("model.shown_every={every}");
        let refused = app.command(&["site", "set", "bao", &setting], "");
        assert!(!refused.status.success(), "{every}");
    }
});

on_both!(
    what_is_a_persons_to_decide_waits_for_one,
    behind_a_proxy,
    async |mut app: App| {
        let mut house = Taught::at(&mut app).await;
        app.done(&["site", "set", "bao", "model.shown_every=100"], "");
        on(&app, &[APPROVES, SETTLES]);
        let (one, card) = house.until("one is published", fine, is_approved).await;
        house.until("one is refused", bad, is_rejected).await;
        let insult = |number| format!("{}, đồ ngu", bad(number));
        let (_, refused) = house.until("an insult is", insult, is_rejected).await;
        assert!(!refused.rules().is_empty(), "{}", refused.0);
        // Nothing that a rule has seen something in is published, and nothing that is urgent is kept from people.
        let (_, card_with_link) = house
            .writes(|number| format!("{}, xem https://vi-du.example/{number}", fine(number)))
            .await;
        assert!(
            !card_with_link.rules().is_empty() && waits(&card_with_link),
            "{}",
            card_with_link.0
        );
        let (_, urgent) = house
            .writes(|number| format!("{}, tao sẽ giết cả nhà mày", bad(number)))
            .await;
        assert!(waits(&urgent), "{}", urgent.0);
        assert_eq!(urgent.0["lane"], "likely_bad");
        // What another system brings.
        let bao = Akismet::of(&app, "bao").await;
        let check = with(
            &fresh(&fine(60)),
            &[("permalink", "https://bao.example/xa-hoi/cho-moi.html")],
        );
        let elsewhere = bao.check(&check).await;
        assert!(waits(&house.desk.lan.card(&elsewhere.guid()).await));

        // An edit is judged anew; with an open report it waits.
        let edited = json!({ "body": format!("{}!", bad(7)) });
        house
            .desk
            .reader
            .edit(&one.receipt, &edited)
            .await
            .expect(200);
        let after = house.desk.card(&one).await;
        assert!(is_rejected(&after), "{}", after.0);
        let (two, card_two) = house.until("another is published", fine, is_approved).await;
        let reported = house.desk.reader.clone().behind("203.0.113.9");
        reported
            .report(&two.id, &json!({ "reason": "other", "note": "Xem lại" }))
            .await
            .expect(202);
        let edited = json!({ "body": format!("{} nữa", card_two.body()) });
        house
            .desk
            .reader
            .edit(&two.receipt, &edited)
            .await
            .expect(200);
        assert!(waits(&house.desk.card(&two).await));

        // Under an article whose comments all wait for a person.
        app.execute("update articles set premoderate = (1 = 1)")
            .await;
        let article = card.0["article"]["url"].as_str().expect("an address");
        for text in [fine(77), bad(17)] {
            let one = house.desk.write_on(article, &text).await;
            let card = house.desk.card(&one).await;
            assert!(waits(&card), "{}", card.0);
        }
        app.execute("update articles set premoderate = (1 = 0)")
            .await;
        house.until("it decides again", fine, is_approved).await;

        // Whose newspaper asks a program of its own waits for that, and then for a person.
        app.done(
            &[
                "site",
                "set",
                "bao",
                "checker.url=https://kiem-tra.bao.example/duyet",
            ],
            "",
        );
        house.until("the checker is asked", fine, waits).await;
        for text in [fine, bad] {
            let (_, card) = house.writes(text).await;
            assert!(waits(&card), "{}", card.0);
        }
    }
);

/// Whether a row is such a mail. The question whether a reader wants any is none.
fn brought_about(row: &str) -> String {
    format!("{row}.payload like '%\"hourly\":true%' and {row}.payload not like '%\"ask\":%'")
}

/// How many mails to readers there are that a call has brought about, and of which that is so.
async fn hourly(app: &App, what: &str) -> i64 {
    let query = format!(
        "select count(*) from outbox where {} and {what}",
        brought_about("outbox")
    );
    app.count(&query).await
}

/// How many pairs of these leave within an hour of each other, by less than a minute's grace.
async fn within_an_hour(app: &App) -> i64 {
    let apart = match app.backend {
        Backend::Sqlite => "abs(a.run_at - b.run_at) / 1000000",
        Backend::Postgres => "abs(extract(epoch from a.run_at - b.run_at))",
    };
    let query = format!(
        "select count(*) from outbox a join outbox b on a.id < b.id where {} and {} and {apart} < 3540",
        brought_about("a"),
        brought_about("b")
    );
    app.count(&query).await
}

on_both!(
    readers_are_told_and_moderators_are_not,
    behind_a_proxy,
    async |mut app: App| {
        let mut house = Taught::at(&mut app).await;
        app.done(
            &[
                "site",
                "set",
                "bao",
                "tell_decision=true",
                "model.shown_every=100",
            ],
            "",
        );
        on(&app, &[APPROVES]);
        house.until("one is published", fine, is_approved).await;
        // Who said yes before is told of what the model decides, as of what a person does.
        let reader = house.desk.reader.clone().behind("203.0.113.40");
        let asking = |number: usize| {
            let address = format!("https://bao.example/khac-{number}.html");
            let mut comment =
                crate::support::comment_on(&address, &crate::support::anew(&fine(number)));
            comment["email"] = json!("ban-doc-quen@thu.example");
            comment["tell"] = json!(true);
            comment
        };
        reader.submit(&asking(400)).await.expect(202);
        app.execute("update subscriptions set state = 'confirmed'")
            .await;
        let told = "select count(*) from outbox where payload like '%\"tell\"%'";
        let notices = "select count(*) from outbox where kind = 'notice' and state = 'ready'";
        let mut number = 401;
        let (id, before) = eventually("one is published", async || {
            let before = app.count(told).await;
            let answer = reader.submit(&asking(number)).await.expect(202);
            number += 1;
            (answer.text("status") == "approved").then(|| (answer.text("id"), before))
        })
        .await;
        assert_eq!(app.count(told).await, before + 1);
        // What follows is told as well, and so are answers: an hour after each other, whoever writes with that address.
        let asked_on = number - 1;
        for _ in 0..3 {
            eventually("another is published", async || {
                let answer = reader.submit(&asking(number)).await.expect(202);
                number += 1;
                (answer.text("status") == "approved").then_some(())
            })
            .await;
        }
        let other = house.desk.reader.clone().behind("203.0.113.41");
        for _ in 0..2 {
            eventually("an answer is published", async || {
                let mut answer = asking(asked_on);
                answer["body"] = json!(crate::support::anew(&fine(number)));
                answer["email"] = json!("nguoi-tra-loi@thu.example");
                answer["parent"] = json!(id);
                number += 1;
                let answer = other.submit(&answer).await.expect(202);
                (answer.text("status") == "approved").then_some(())
            })
            .await;
        }
        assert_eq!(hourly(&app, "1 = 1").await, before + 6);
        eventually("the first is sent", async || {
            (hourly(&app, "state = 'done'").await == before + 1).then_some(())
        })
        .await;
        // Not before: while it is being sent its row says until when it is claimed.
        assert_eq!(within_an_hour(&app).await, 0);
        // Nor do they leave together where all are due at once, as after an outage.
        app.execute(
            "update outbox set run_at = created_at where state = 'ready' and kind = 'mail'",
        )
        .await;
        eventually("all others are put off", async || {
            (hourly(&app, "run_at > created_at").await == before + 6).then_some(())
        })
        .await;
        assert_eq!(hourly(&app, "state = 'done'").await, before + 1);
        eventually("nobody of the paper is to be mailed", async || {
            (app.count(notices).await == 0).then_some(())
        })
        .await;
        assert!(is_approved(&house.desk.lan.card(&id).await));
    }
);

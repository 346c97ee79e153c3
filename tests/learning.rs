//! The model that learns from moderators: what teaches it, what it forgets, and what it says of comments.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::akismet::{Akismet, fresh, with};
use crate::support::teacher::{
    Teacher, bad, fine, kept, learnt, lease_ends, lessons, of_another_model, replayed, said,
};
use crate::support::{App, Backend, HOUSE_RULES, Setup, eventually, on_both};

/// As many lessons as are kept at once.
const KEPT: usize = 100;
/// The model moves nothing before so many were found fine.
const FINE: usize = 310;
const BAD: usize = 40;

fn keeping_house(setup: Setup) -> Setup {
    setup.rules(HOUSE_RULES)
}

on_both!(decisions_teach_and_undoing_takes_back, async |app: App| {
    let desk = Teacher::of(&app);
    let asked = desk.write("Xe lu lèn đường rầm rập suốt đêm").await;
    let before = desk.harm(&asked).await;
    let mut bad = desk.write_many("Xe lu lèn đường làm ăn kiểu đó", 8).await;
    let batch = desk.decide("reject", &mut bad).await;
    eventually("the model has learnt", async || {
        (desk.harm(&asked).await > before + 0.1).then_some(())
    })
    .await;
    desk.undo(&batch, &mut bad).await;
    eventually("the model has forgotten", async || {
        ((desk.harm(&asked).await - before).abs() < f64::EPSILON).then_some(())
    })
    .await;
    assert_eq!(app.count("select count(*) from lessons").await, 0);
});

on_both!(
    what_rules_settle_teaches_nothing,
    keeping_house,
    async |app: App| {
        let desk = Teacher::of(&app);
        let settled = desk.write("Mua ngay kẻo lỡ").await;
        let card = desk.card(&settled).await;
        assert_eq!(card.status(), "spam");
        let mut fine = desk.write_many("Cây cầu mới rất tiện cho bà con", 2).await;
        desk.decide("approve", &mut fine[..1]).await;
        learnt(&app, 1).await;
        assert_eq!(lessons(&app).await, ["approve"]);
        // Nor does it teach anything that somebody takes it back.
        let batch = card.0["decisions"][0]["batch"].as_str().expect("a batch");
        desk.lan.undo(batch).await.expect(200);
        desk.decide("approve", &mut fine[1..]).await;
        learnt(&app, 2).await;
        assert_eq!(lessons(&app).await, ["approve"; 2]);
    }
);

on_both!(a_comment_teaches_what_was_decided_last, async |app: App| {
    let desk = Teacher::of(&app);
    let asked = desk.write("Tàu cuốc hút cát ầm ầm cả ngày").await;
    let before = desk.harm(&asked).await;
    let mut one = [desk.write("Tàu cuốc hút cát thế này thì chịu").await];
    let told = async |expected: &[&str]| {
        eventually("the lessons are those", async || {
            (lessons(&app).await == expected).then_some(())
        })
        .await;
    };
    desk.decide("approve", &mut one).await;
    told(&["approve"]).await;
    desk.decide("reject", &mut one).await;
    told(&["reject"]).await;
    desk.decide("requeue", &mut one).await;
    told(&[]).await;
    eventually("nothing of it is left", async || {
        ((desk.harm(&asked).await - before).abs() < f64::EPSILON).then_some(())
    })
    .await;
    desk.decide("approve", &mut one).await;
    told(&["approve"]).await;
    // Whatever is decided at once: it never knows a text's lesson before it is asked about the text.
    for action in ["reject", "requeue", "approve", "requeue", "reject"] {
        desk.decide(action, &mut one).await;
    }
    told(&["reject"]).await;
    let said = "select cast((select harm * 1000000 from lessons) as bigint)";
    let at_once = app.count(said).await;
    desk.decide("requeue", &mut one).await;
    told(&[]).await;
    desk.decide("reject", &mut one).await;
    told(&["reject"]).await;
    assert_eq!(app.count(said).await, at_once);
});

on_both!(
    what_is_said_of_comments_elsewhere_teaches,
    async |app: App| {
        let (bao, desk) = (Akismet::of(&app, "bao").await, Teacher::of(&app));
        let check = fresh("Ý kiến này ở đâu cũng gặp");
        let guid = bao.check(&check).await.guid();
        bao.spam(&with(&check, &[("guid", &guid)])).await;
        learnt(&app, 1).await;
        bao.ham(&fresh("Chưa ai hỏi bao giờ")).await;
        learnt(&app, 2).await;
        assert_eq!(lessons(&app).await, ["spam", "approve"]);
        let shown = desk.lan.card(&guid).await;
        let batch = shown.0["decisions"][0]["batch"].as_str().expect("a batch");
        desk.lan.undo(batch).await.expect(200);
        learnt(&app, 1).await;
        assert_eq!(lessons(&app).await, ["approve"]);
    }
);

on_both!(
    what_another_model_said_is_said_again_after_an_upgrade,
    async |mut app: App| {
        let desk = Teacher::of(&app);
        let mut bad = desk.write_many("Xe lu lèn đường gian dối", 6).await;
        desk.decide("reject", &mut bad).await;
        let mut fine = desk.write_many("Cây cầu mới rất tiện", 6).await;
        let (first, rest) = fine.split_at_mut(1);
        desk.decide("approve", rest).await;
        learnt(&app, 11).await;
        let before = said(&app).await;
        // The same model learns and forgets something further back: what it said stays what it said.
        let batch = desk.decide("approve", first).await;
        learnt(&app, 12).await;
        desk.undo(&batch, first).await;
        learnt(&app, 11).await;
        assert_eq!(said(&app).await, before);
        app.server().kill();
        of_another_model(&app).await;
        app.execute("update lessons set harm = 0.5, spam = 0.5, is_toneless = (1 = 1)")
            .await;
        app.serve();
        eventually("this model says what it makes of them", async || {
            (said(&app).await == before).then_some(())
        })
        .await;
        let toneless = "select count(*) from lessons where is_toneless = (1 = 1)";
        assert_eq!(app.count(toneless).await, 0);
        assert_eq!(kept(&app, 11).await["equal"], true);
        // It is said once.
        app.execute("update lessons set harm = 0.5").await;
        app.restart();
        desk.decide("approve", first).await;
        learnt(&app, 12).await;
        let changed = "select count(*) from lessons where harm <> 0.5";
        assert_eq!(app.count(changed).await, 1);
    }
);

on_both!(an_edited_text_is_unlearnt, async |app: App| {
    let desk = Teacher::of(&app);
    let mut one = [desk.write("Cây cầu mới rất tiện").await];
    desk.decide("approve", &mut one).await;
    learnt(&app, 1).await;
    let edit = json!({ "body": "Cây cầu mới rất tiện, cảm ơn đội thi công" });
    desk.reader.edit(&one[0].receipt, &edit).await.expect(200);
    learnt(&app, 0).await;
    // Whatever the clock of the replica said that took the edit.
    app.execute("update comments set edited_at = created_at")
        .await;
    assert_eq!(replayed(&app)["lessons"], 0);
    one[0].revision += 1;
    desk.decide("approve", &mut one).await;
    learnt(&app, 1).await;
    let told = replayed(&app);
    assert_eq!(
        (&told["lessons"], &told["missing"], &told["surplus"]),
        (&json!(1), &json!(0), &json!(0)),
        "{told}"
    );
});

on_both!(
    each_hundred_is_asked_about_again_once_it_is_learnt,
    async |app: App| {
        let desk = Teacher::of(&app);
        let mut bad = desk.write_many("Xe lu lèn đường gian dối", KEPT / 2).await;
        let mut fine = desk.write_many("Cây cầu mới rất tiện", KEPT + 20).await;
        desk.decide("reject", &mut bad).await;
        desk.decide("approve", &mut fine).await;
        learnt(&app, KEPT + KEPT / 2 + 20).await;
        let after = "select count(*) from lessons where bad_after is not null";
        eventually("the whole hundred is asked about", async || {
            (app.count(after).await > 0).then_some(())
        })
        .await;
        // Of the hundred that is not whole yet nothing is known.
        assert_eq!(app.count(after).await, i64::try_from(KEPT).unwrap());
        let told = app.done(&["learn", "report", "bao"], "");
        let told: Value = serde_json::from_str(&told).expect("JSON");
        let hundreds = told["hundreds"].as_array().expect("a list");
        assert_eq!(hundreds.len(), 1);
        // A campaign that it did not know: half of these were bad, and it took all of them for fine; now it knows.
        let of = |name: &str| hundreds[0][name].as_f64().expect("a share");
        assert!(of("accuracy") < 0.6, "{told}");
        assert!(of("accuracy_after") > 0.95, "{told}");
    }
);

on_both!(
    a_hundred_is_asked_about_also_where_it_comes_to_begin_elsewhere,
    async |mut app: App| {
        let desk = Teacher::of(&app);
        let mut fine = desk.write_many("Cây cầu mới rất tiện", 2 * KEPT + 20).await;
        desk.decide("approve", &mut fine).await;
        let whole_hundreds = async |app: &App| {
            eventually("all whole hundreds are asked about", async || {
                let told = app.done(&["learn", "report", "bao"], "");
                let told: Value = serde_json::from_str(&told).expect("JSON");
                let hundreds = told["hundreds"].as_array().expect("a list");
                let is_told = |one: &Value| !one["accuracy_after"].is_null();
                (hundreds.len() == 2 && hundreds.iter().all(is_told)).then_some(())
            })
            .await;
        };
        learnt(&app, 2 * KEPT + 20).await;
        whole_hundreds(&app).await;
        // Somebody is of another mind about one of the first, so that each hundred has one of those that came after it.
        desk.decide("reject", &mut fine[3..4]).await;
        eventually("that is learnt", async || {
            (lessons(&app).await.last()? == "reject").then_some(())
        })
        .await;
        whole_hundreds(&app).await;
        // The process dies between a lesson and the look back, before it has kept any weights.
        app.server().kill();
        app.execute("update lessons set bad_after = null").await;
        app.execute("delete from learn_snapshots").await;
        lease_ends(&app).await;
        app.serve();
        whole_hundreds(&app).await;
        let after = "select count(*) from lessons where bad_after is not null";
        assert_eq!(app.count(after).await, i64::try_from(2 * KEPT).unwrap());
    }
);

// More happened than is read at once, and none of it teaches.
on_both!(what_is_read_again_is_read_on, async |app: App| {
    let desk = Teacher::of(&app);
    let mut fine = desk.write_many("Cây cầu mới rất tiện", 500).await;
    let batch = desk.decide("approve", &mut fine).await;
    desk.undo(&batch, &mut fine).await;
    let batch = desk.decide("reject", &mut fine).await;
    desk.undo(&batch, &mut fine).await;
    let mut bad = desk.write_many("Xe lu lèn đường gian dối", 3).await;
    desk.decide("reject", &mut bad).await;
    learnt(&app, 3).await;
    kept(&app, 3).await;
    app.execute("delete from lessons").await;
    app.done(&["learn", "replay", "bao", "--mend"], "");
    learnt(&app, 3).await;
});

/// Has all that was done on a site happen so many seconds ago, by its identifiers, and nothing of it be learnt; the last of it some seconds
/// before the rest, and hidden from whoever follows. The service must be stopped.
async fn put_off(app: &App, seconds: u64, before: u64) {
    let of = |table: &str| match app.backend {
        Backend::Sqlite => format!("select hex(id) as text from {table} order by id"),
        Backend::Postgres => format!("select id::text as text from {table} order by id"),
    };
    let as_sql = |id: Uuid| match app.backend {
        Backend::Sqlite => format!("x'{}'", id.simple()),
        Backend::Postgres => format!("'{id}'::uuid"),
    };
    let (nil, now) = (as_sql(Uuid::nil()), duyet::clock::now());
    app.execute("delete from lessons").await;
    app.execute("delete from learn_snapshots").await;
    // Whoever held it is gone, so that nobody waits for the lease to end.
    app.execute(&format!(
        "update learn_marks set event_id = {nil}, held_until = {}",
        match app.backend {
            Backend::Sqlite => "0",
            Backend::Postgres => "to_timestamp(0)",
        }
    ))
    .await;
    let millis = |at: i64| u128::try_from(at / 1000).expect("a time");
    let mut latest = 0;
    let mut tables = Vec::new();
    for table in ["decisions", "events"] {
        let ids = app.texts(&of(table)).await;
        let ids: Vec<Uuid> = ids.iter().map(|id| id.parse().expect("an id")).collect();
        latest = ids
            .iter()
            .map(|id| id.as_u128() >> 80)
            .fold(latest, u128::max);
        tables.push((table, ids));
    }
    // Both by the same, since an event is of no earlier millisecond than the decision that it tells of.
    for (table, ids) in tables {
        for (place, id) in ids.iter().enumerate() {
            let is_last = place + 1 == ids.len();
            let ago = Duration::from_secs(seconds + if is_last { before } else { 0 });
            let age = latest - (id.as_u128() >> 80);
            let begins = millis(now.before(ago).as_micros()) - age;
            let moved = Uuid::from_u128(begins << 80 | id.as_u128() & (u128::MAX >> 48));
            let hidden = if is_last && table == "events" {
                ", kind = 'comment.received'"
            } else {
                ""
            };
            app.execute(&format!(
                "update {table} set id = {}{hidden} where id = {}",
                as_sql(moved),
                as_sql(*id)
            ))
            .await;
        }
    }
}

/// Two comments are approved, the second in a transaction that takes so many seconds longer than whoever follows has waited for it.
async fn approved_late(app: &mut App, seconds: u64, before: u64) -> String {
    let desk = Teacher::of(app);
    let mut fine = desk.write_many("Cây cầu mới rất tiện", 2).await;
    for one in fine.chunks_mut(1) {
        desk.decide("approve", one).await;
    }
    learnt(app, 2).await;
    app.server().kill();
    put_off(app, seconds, before).await;
    app.serve();
    learnt(app, 1).await;
    let nil = match app.backend {
        Backend::Sqlite => "x'00000000000000000000000000000000'",
        Backend::Postgres => "'00000000-0000-0000-0000-000000000000'::uuid",
    };
    let begun = format!("select count(*) from learn_marks where event_id <> {nil}");
    eventually("it is noted how far it has come", async || {
        (app.count(&begun).await == 1).then_some(())
    })
    .await;
    format!(
        "update events set kind = 'comment.approved' where kind = 'comment.received' and revision > 1 and comment_id = {}",
        match app.backend {
            Backend::Sqlite => format!("x'{}'", fine[1].id.replace('-', "")),
            Backend::Postgres => format!("'{}'::uuid", fine[1].id),
        }
    )
}

on_both!(
    what_is_committed_late_is_learnt_in_its_place,
    async |mut app: App| {
        let commit = approved_late(&mut app, 2, 6).await;
        app.execute(&commit).await;
        learnt(&app, 2).await;
        let told = kept(&app, 2).await;
        assert_eq!(told["equal"], true, "{told}");
    }
);

on_both!(what_was_missed_is_learnt_on_demand, async |mut app: App| {
    let commit = approved_late(&mut app, 600, 60).await;
    app.execute(&commit).await;
    let told = app.command(&["learn", "replay", "bao"], "");
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(
        !told.status.success() && said.contains("`duyet learn replay bao --mend`"),
        "{said}"
    );
    let mend = || -> Value {
        let told = app.done(&["learn", "replay", "bao", "--mend"], "");
        serde_json::from_str(&told).expect("JSON")
    };
    let told = mend();
    assert_eq!(
        (&told["missing"], &told["mending"]),
        (&json!(1), &json!(true))
    );
    learnt(&app, 2).await;
    assert_eq!(kept(&app, 2).await["equal"], true);
    // Weights that are not what the lessons come to are thrown away.
    let said = mend();
    assert_eq!(
        (&said["equal"], &said["mending"]),
        (&json!(true), &json!(false))
    );
    app.execute("update learn_snapshots set lessons = 7").await;
    let told = mend();
    assert_eq!(
        (&told["missing"], &told["mending"]),
        (&json!(0), &json!(true))
    );
    assert_eq!(kept(&app, 2).await["equal"], true);
    let mended =
        "select count(*) from events where kind = 'model_mended' and actor_kind = 'operator'";
    assert_eq!(app.count(mended).await, 2);
});

// Of old events no more than a page is read at once, and they may all be of one second.
on_both!(
    a_thousand_events_of_one_second_hold_nobody_up,
    async |mut app: App| {
        let desk = Teacher::of(&app);
        let mut fine = desk.write_many("Cây cầu mới rất tiện", 2).await;
        desk.decide("approve", &mut fine[..1]).await;
        learnt(&app, 1).await;
        app.server().kill();
        let (id, numbers) = match app.backend {
            crate::support::Backend::Sqlite => (
                "cast(substr(e.id, 1, 6) || randomblob(10) as blob)",
                "(with recursive n(x) as (select 1 union all select x + 1 from n where x < 1500) select x from n)",
            ),
            crate::support::Backend::Postgres => (
                "(left(e.id::text, 13) || right(gen_random_uuid()::text, 23))::uuid",
                "generate_series(1, 1500)",
            ),
        };
        app.execute(&format!(
            "insert into events (site_id, id, kind, comment_id, revision, actor_kind, actor_name, detail, created_at)
             select e.site_id, {id}, e.kind, e.comment_id, e.revision, e.actor_kind, e.actor_name, e.detail, e.created_at
             from events e, {numbers} as numbers where e.kind = 'comment.approved'"
        ))
        .await;
        app.serve();
        desk.decide("approve", &mut fine[1..]).await;
        learnt(&app, 2).await;
    }
);

on_both!(
    a_broken_snapshot_holds_up_neither_its_site_nor_others,
    async |mut app: App| {
        let desk = Teacher::of(&app);
        let asked = desk.write("Xe lu lèn đường rầm rập suốt đêm").await;
        let mut bad = desk.write_many("Xe lu lèn đường gian dối", KEPT).await;
        desk.decide("reject", &mut bad).await;
        let told = kept(&app, KEPT).await;
        assert_eq!(told["equal"], true, "{told}");
        let then = desk.harm(&asked).await;
        app.server().kill();
        let nothing = match app.backend {
            crate::support::Backend::Sqlite => "x'00'",
            crate::support::Backend::Postgres => "'\\x00'::bytea",
        };
        app.execute(&format!("update learn_snapshots set weights = {nothing}"))
            .await;
        app.serve();
        eventually("it is learnt again", async || {
            ((desk.harm(&asked).await - then).abs() < f64::EPSILON).then_some(())
        })
        .await;
        app.logged("a snapshot of a model cannot be read").await;
        eventually("another is kept in its place", async || {
            (replayed(&app)["equal"] == true).then_some(())
        })
        .await;
    }
);

/// Texts like those that were rejected, each for once.
fn parked(number: usize) -> String {
    let when = [
        "Hôm kia",
        "Tuần trước",
        "Chiều nay",
        "Mỗi tối",
        "Đầu tháng",
        "Trưa qua",
        "Mấy bữa rày",
    ];
    let end = [
        "đỗ kín lối về",
        "chặn cổng làng",
        "nằm giữa ngã ba",
        "choán hết hè",
        "che cửa hiệu",
    ];
    format!("{} xe lu lèn đường {}", when[number % 7], end[number % 5])
}

on_both!(
    a_taught_model_sends_comments_to_a_graver_lane,
    |setup: Setup| setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1"),
    async |app: App| {
        let (bao, desk) = (Akismet::of(&app, "bao").await, Teacher::of(&app));
        let like = "Đêm qua xe lu lèn đường đỗ ngay đầu ngõ";
        let before = desk.scattered(like, 500).await;
        assert_eq!(desk.card(&before).await.0["lane"], "likely_fine");
        let mut good = Vec::new();
        for number in 0..FINE {
            good.push(desk.scattered(&fine(number), number).await);
        }
        desk.decide("approve", &mut good).await;
        learnt(&app, FINE).await;
        let mut rejected = Vec::new();
        for number in 0..BAD {
            rejected.push(desk.scattered(&bad(number), FINE + number).await);
        }
        desk.decide("reject", &mut rejected).await;
        learnt(&app, FINE + BAD).await;
        let moved = desk
            .scattered("Hôm qua xe lu lèn đường đỗ kín lối đi", 510)
            .await;
        let card = desk.card(&moved).await;
        // No rule has seen anything in it.
        assert_eq!((card.rules(), card.status()), (Vec::new(), "pending"));
        assert_ne!(card.0["lane"], "likely_fine", "{}", card.0);
        let check = with(
            &fresh("Cả tuần xe lu lèn đường chắn mất cửa hàng"),
            &[("permalink", "https://bao.example/xa-hoi/cho-moi.html")],
        );
        let elsewhere = bao.check(&check).await;
        let card = desk.lan.card(&elsewhere.guid()).await;
        assert_eq!((card.rules(), card.status()), (Vec::new(), "pending"));
        assert_ne!(card.0["lane"], "likely_fine", "{}", card.0);
        let other = desk
            .scattered("Xin hỏi lịch tiêm phòng tháng tới ở phường", 520)
            .await;
        assert_eq!(desk.card(&other).await.0["lane"], "likely_fine");
        // A newspaper that wants no false alarms has nothing moved, and may think better of it.
        for (number, (alarms, is_moved)) in [("0", false), ("3", true)].into_iter().enumerate() {
            let chosen = ["look", "likely_bad"].map(|lane| format!("model.{lane}_alarms={alarms}"));
            app.done(&["site", "set", "bao", &chosen[0], &chosen[1]], "");
            // It is read before what was decided since is learnt, if not before the first of these then before the second.
            for next in 1..=2 {
                let place = 2 * number + next;
                let mut one = [desk.scattered(&fine(place), 520 + place).await];
                desk.decide("approve", &mut one).await;
                learnt(&app, FINE + BAD + place).await;
            }
            let one = desk.scattered(&parked(number), 540 + 5 * number).await;
            let card = desk.card(&one).await;
            assert_eq!(card.0["lane"] != "likely_fine", is_moved, "{}", card.0);
        }
    }
);

on_both!(
    a_card_says_what_it_is_like_and_by_which_words,
    async |app: App| {
        let text = "Đồ ngu như chó, câm mồm đi thằng khốn nạn";
        let desk = Teacher::of(&app);
        let mut one = [desk.write(text).await];
        let minh = app.visitor("Minh");
        minh.sign_in("Minh").await.expect(303);
        let card = format!("/queue?comment={}", one[0].id);
        let page = minh.open(&card).await.expect(200).body;
        assert!(page.contains("Giống bình luận đã từ chối: 0,"), "{page}");
        assert!(
            page.contains("theo mô hình có sẵn trong chương trình"),
            "{page}"
        );
        assert!(!page.contains("học từ quyết định của toà soạn"), "{page}");
        let mut marked = page
            .split("data-title=\"")
            .filter_map(|rest| rest.split('"').next());
        assert!(
            marked.any(|title| title.contains("Giống bình luận đã từ chối")),
            "{page}"
        );
        desk.decide("reject", &mut one).await;
        let page = eventually("the model is the site's own", async || {
            let page = minh.open(&card).await.expect(200).body;
            page.contains("theo mô hình học từ quyết định của toà soạn")
                .then_some(page)
        })
        .await;
        assert!(!page.contains("có sẵn trong chương trình"), "{page}");
        let said = desk.card(&one[0]).await.0["model"].clone();
        assert!(
            said["harm"].as_f64().is_some_and(|harm| harm > 0.85),
            "{said}"
        );
    }
);

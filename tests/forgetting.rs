//! What the model forgets on demand, and remembers.

use serde_json::{Value, json};

use crate::support::teacher::{Teacher, kept, learnt, lessons, replayed, said};
use crate::support::{App, Backend, eventually, on_both};

/// As many lessons as are kept at once.
const KEPT: usize = 100;

on_both!(a_model_is_reset_and_learns_on, async |app: App| {
    let desk = Teacher::of(&app);
    let mut old = desk.write_many("Xe lu lèn đường làm ăn kiểu đó", 3).await;
    desk.decide("approve", &mut old).await;
    learnt(&app, 3).await;
    let told: Value =
        serde_json::from_str(&app.done(&["learn", "report", "bao"], "")).expect("JSON");
    assert_eq!(
        (&told["lessons"], &told["looked_at"]),
        (&json!(3), &json!(3))
    );
    app.done(&["learn", "reset", "bao"], "");
    learnt(&app, 0).await;
    // What happens to a comment afterwards brings nothing of it back.
    desk.reader.withdraw(&old[0].receipt).await;
    let mut fine = [desk.write("Cây cầu mới rất tiện").await];
    desk.decide("approve", &mut fine).await;
    learnt(&app, 1).await;
    let told = replayed(&app);
    assert_eq!(
        (&told["lessons"], &told["missing"], &told["surplus"]),
        (&json!(1), &json!(0), &json!(0)),
        "{told}"
    );
    // A new decision about an old comment teaches.
    desk.decide("reject", &mut old[1..2]).await;
    learnt(&app, 2).await;
    assert_eq!(lessons(&app).await, ["approve", "reject"]);
});

on_both!(a_model_goes_back_to_a_snapshot, async |app: App| {
    let desk = Teacher::of(&app);
    let asked = desk.write("Xe lu lèn đường rầm rập suốt đêm").await;
    let mut bad = desk.write_many("Xe lu lèn đường gian dối", KEPT).await;
    desk.decide("reject", &mut bad).await;
    learnt(&app, KEPT).await;
    assert_eq!(kept(&app, KEPT).await["equal"], true);
    let then = desk.harm(&asked).await;
    let told: Value =
        serde_json::from_str(&app.done(&["learn", "report", "bao"], "")).expect("JSON");
    let snapshot = told["snapshots"][0]["snapshot"].as_str().expect("an id");
    let mut fine = desk.write_many("Xe lu lèn đường êm ru", 6).await;
    desk.decide("approve", &mut fine[..5]).await;
    eventually("they are learnt", async || {
        (desk.harm(&asked).await < then).then_some(())
    })
    .await;
    let told = app.done(&["learn", "rollback", "bao", snapshot], "");
    assert_eq!(
        told,
        "the model of bao is as it was after 100 lessons; later ones forgotten: 5\n`duyet learn remember bao` takes that back\n"
    );
    let refused = app.command(&["learn", "rollback", "bao", "none"], "");
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success()
            && told.contains("nothing was changed")
            && told.contains("`duyet learn report bao`"),
        "{told}"
    );
    let told = "select detail as text from events where kind = 'model_rolled_back'";
    let told: Value = serde_json::from_str(&app.texts(told).await[0]).expect("JSON");
    assert_eq!((&told["lessons"], &told["left"]), (&json!(5), &json!(KEPT)));
    let minh = app.visitor("Minh");
    minh.sign_in("Minh").await.expect(303);
    let page = minh.open("/history?kind=settings").await.expect(200).body;
    assert!(
        page.contains("đã đưa mô hình về bản cũ: 5 quyết định học sau đó bị quên"),
        "{page}"
    );
    eventually("they are forgotten", async || {
        ((desk.harm(&asked).await - then).abs() < f64::EPSILON).then_some(())
    })
    .await;
    assert_eq!(replayed(&app)["equal"], true);
    desk.decide("approve", &mut fine[5..]).await;
    learnt(&app, KEPT + 1).await;
    let told = replayed(&app);
    assert_eq!((&told["missing"], &told["surplus"]), (&json!(0), &json!(0)));
});

/// The snapshots of a report, the newest first.
fn snapshots(app: &App) -> Vec<Value> {
    let told = app.done(&["learn", "report", "bao"], "");
    let told: Value = serde_json::from_str(&told).expect("JSON");
    told["snapshots"].as_array().expect("a list").clone()
}

/// Nothing was forgotten that could be remembered: that is said, and nothing changes by it.
async fn nothing_to_remember(app: &App) {
    let mark = match app.backend {
        Backend::Sqlite => "select hex(holder) || base || skipped as text from learn_marks",
        Backend::Postgres => "select holder::text || base || skipped as text from learn_marks",
    };
    let settings = "select settings as text from sites";
    let remembered = "select count(*) from events where kind = 'model_remembered'";
    turn_on(app).await;
    let state = async || {
        (
            app.texts(mark).await,
            app.texts(settings).await,
            app.count(remembered).await,
            app.count("select count(*) from lessons").await,
        )
    };
    let before = state().await;
    let refused = app.command(&["learn", "remember", "bao"], "");
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && told.contains("nothing was changed"),
        "{told}"
    );
    assert_eq!(state().await, before);
}

/// Lets the model decide by itself, whatever is known of it.
async fn turn_on(app: &App) {
    let settings = r#"{"model":{"approves_likely_fine":true}}"#;
    app.execute(&format!("update sites set settings = '{settings}'"))
        .await;
}

/// Waits until so many lessons are learnt, and all of them measured.
async fn measured(app: &App, lessons: usize) {
    learnt(app, lessons).await;
    eventually("all of it is learnt again", async || {
        let told = app.done(&["learn", "report", "bao"], "");
        let told: Value = serde_json::from_str(&told).expect("JSON");
        (told["learns_again"] == false).then_some(())
    })
    .await;
}

on_both!(
    what_was_forgotten_twice_is_remembered_step_by_step,
    async |app: App| {
        let desk = Teacher::of(&app);
        let mut bad = desk.write_many("Xe lu lèn đường gian dối", KEPT).await;
        desk.decide("reject", &mut bad).await;
        learnt(&app, KEPT).await;
        kept(&app, KEPT).await;
        let mut fine = desk.write_many("Cây cầu mới rất tiện", KEPT).await;
        desk.decide("approve", &mut fine).await;
        learnt(&app, 2 * KEPT).await;
        kept(&app, 2 * KEPT).await;
        let places = |app: &App| -> Vec<(String, Value)> {
            let told = snapshots(app).into_iter();
            let told = told.map(|one| (one["snapshot"].to_string(), one["lessons"].clone()));
            told.collect()
        };
        let before = places(&app);
        let (first, _) = before.last().expect("a place").clone();
        let forgotten = app.done(&["learn", "rollback", "bao", first.trim_matches('"')], "");
        assert!(
            forgotten.contains("later ones forgotten: 100"),
            "{forgotten}"
        );
        learnt(&app, KEPT).await;
        for forgotten in [KEPT, 0] {
            let told = app.done(&["learn", "reset", "bao"], "");
            assert!(
                told.contains(&format!("lessons forgotten: {forgotten}\n")),
                "{told}"
            );
            let hint = told.contains("`duyet learn remember bao`");
            assert_eq!(hint, forgotten > 0, "{told}");
            learnt(&app, 0).await;
        }
        // Places among what is forgotten are none.
        assert_eq!(places(&app), []);
        // Nor is what is decided now, and perhaps not learnt yet, anything that was forgotten.
        desk.decide("approve", &mut bad[..1]).await;
        let told = app.done(&["learn", "remember", "bao"], "");
        assert!(told.contains("again: 99."), "{told}");
        measured(&app, KEPT).await;
        assert_eq!(said(&app).await.len(), KEPT);
        kept(&app, KEPT).await;
        assert_eq!(replayed(&app)["equal"], true);
        // Meanwhile somebody is of another mind about one that is still forgotten, which perhaps nobody has learnt yet.
        desk.decide("reject", &mut fine[..1]).await;
        let told = app.done(&["learn", "remember", "bao"], "");
        assert!(told.contains("again: 99."), "{told}");
        measured(&app, 2 * KEPT).await;
        kept(&app, 2 * KEPT).await;
        assert_eq!(replayed(&app)["equal"], true);
        // What could be gone back to before can be again: the oldest place, since of those of ten minutes not all are kept.
        let now = places(&app);
        let there = now.iter().find(|(place, _)| *place == first);
        assert_eq!(there.map(|(_, lessons)| lessons), Some(&json!(KEPT - 1)));
        nothing_to_remember(&app).await;
    }
);

on_both!(
    what_was_forgotten_on_demand_is_learnt_again,
    async |app: App| {
        let desk = Teacher::of(&app);
        let mut bad = desk.write_many("Xe lu lèn đường gian dối", KEPT).await;
        desk.decide("reject", &mut bad).await;
        learnt(&app, KEPT).await;
        kept(&app, KEPT).await;
        let mut fine = desk.write_many("Cây cầu mới rất tiện", 4).await;
        desk.decide("approve", &mut fine).await;
        learnt(&app, KEPT + 4).await;
        let before = replayed(&app);
        let then = said(&app).await;
        nothing_to_remember(&app).await;
        let told = app.done(&["learn", "reset", "bao"], "");
        assert!(told.contains("`duyet learn remember bao`"), "{told}");
        learnt(&app, 0).await;
        let mut more = desk.write_many("Đường mới trải nhựa phẳng", 3).await;
        let batch = desk.decide("approve", &mut more).await;
        learnt(&app, 3).await;
        turn_on(&app).await;
        let told = app.done(&["learn", "remember", "bao"], "");
        assert!(told.contains("teach the model of bao again: 104"), "{told}");
        assert!(
            told.contains("decides nothing by itself any more"),
            "{told}"
        );
        measured(&app, KEPT + 4 + 3).await;
        assert_eq!(kept(&app, KEPT + 4 + 3).await["equal"], true);
        let told = replayed(&app);
        assert_eq!(
            (&told["missing"], &told["surplus"]),
            (&json!(0), &json!(0)),
            "{told}"
        );
        // Each was judged by what came before it, as if nothing had been forgotten.
        assert_eq!(said(&app).await[..then.len()], then);
        desk.undo(&batch, &mut more).await;
        learnt(&app, KEPT + 4).await;
        assert_eq!(replayed(&app)["weights"], before["weights"]);
        let minh = app.visitor("Minh");
        minh.sign_in("Minh").await.expect(303);
        let page = minh.open("/history?kind=settings").await.expect(200).body;
        assert!(
            page.contains("đã cho 104 quyết định bị quên lần cuối dạy mô hình trở lại"),
            "{page}"
        );
    }
);

on_both!(
    there_is_where_to_go_back_to_after_an_old_decision_was_overruled,
    async |app: App| {
        let desk = Teacher::of(&app);
        let asked = desk.write("Xe lu lèn đường rầm rập suốt đêm").await;
        let mut bad = desk.write_many("Xe lu lèn đường gian dối", KEPT).await;
        desk.decide("reject", &mut bad).await;
        learnt(&app, KEPT).await;
        kept(&app, KEPT).await;
        // It is overruled before its snapshot, which so is not what the decisions come to any more.
        desk.decide("approve", &mut bad[..1]).await;
        eventually("the weights are thrown away", async || {
            let told = snapshots(&app);
            let lessons: Vec<_> = told.iter().map(|kept| kept["lessons"].clone()).collect();
            (told.last()?["has_weights"] == false).then_some(lessons)
        })
        .await;
        learnt(&app, KEPT).await;
        let then = desk.harm(&asked).await;
        let snapshot = snapshots(&app).last().expect("one").clone();
        assert_eq!(snapshot["lessons"], json!(KEPT - 1), "{snapshot}");
        let mut fine = desk.write_many("Xe lu lèn đường êm ru", 6).await;
        desk.decide("approve", &mut fine).await;
        eventually("they are learnt", async || {
            (desk.harm(&asked).await < then).then_some(())
        })
        .await;
        let id = snapshot["snapshot"].as_str().expect("an id");
        let told = app.done(&["learn", "rollback", "bao", id], "");
        assert!(
            told.contains("as it was after 99 lessons; later ones forgotten: 7")
                && told.contains("learns these lessons again"),
            "{told}"
        );
        learnt(&app, KEPT - 1).await;
        let told = replayed(&app);
        assert_eq!(
            (&told["lessons"], &told["missing"], &told["surplus"]),
            (&json!(KEPT - 1), &json!(0), &json!(0)),
            "{told}"
        );
        kept(&app, KEPT - 1).await;
        assert_eq!(replayed(&app)["equal"], true);
    }
);

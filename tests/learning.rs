//! The model that learns from moderators: what it says, what undoing takes back, and that it is the same however it came about.

use serde_json::{Value, json};

use crate::support::{App, Card, Moderator, Reader, anew, comment, eventually, on_both};

/// More than are learnt before the weights are kept.
const MANY: usize = 120;

struct Desk {
    reader: Reader,
    lan: Moderator,
}

impl Desk {
    fn of(app: &App, name: &str) -> Self {
        Self {
            reader: app.reader(),
            lan: app.moderator(name),
        }
    }

    async fn write(&self, text: &str) -> Card {
        let mut comment = comment(&anew(text));
        let mailbox = anew("ban-doc").replace(['(', ')', ' '], "");
        comment["email"] = json!(mailbox + "@thu.example");
        let (id, _) = self.reader.write_all(&comment).await;
        self.lan.card(&id).await
    }

    async fn write_many(&self, text: &str, count: usize) -> Vec<Card> {
        let mut cards = Vec::with_capacity(count);
        for number in 0..count {
            cards.push(self.write(&format!("{text} {number}")).await);
        }
        cards
    }

    async fn decide(&self, action: &str, cards: &[Card]) -> String {
        let cards: Vec<&Card> = cards.iter().collect();
        self.lan
            .decide(action, &cards)
            .await
            .expect(200)
            .text("batch")
    }

    async fn harm(&self, id: &str) -> f64 {
        let card = self.lan.show(id).await.expect(200).json();
        card["model"]["harm"].as_f64().expect("a probability")
    }
}

async fn learnt(app: &App, lessons: usize) {
    let lessons = i64::try_from(lessons).expect("a count");
    eventually("the decisions are learnt", async || {
        (app.count("select count(*) from lessons").await == lessons).then_some(())
    })
    .await;
}

fn replayed(app: &App) -> Value {
    serde_json::from_str(&app.done(&["learn", "replay", "bao"], "")).expect("JSON")
}

on_both!(decisions_teach_and_undoing_takes_back, async |app: App| {
    let desk = Desk::of(&app, "Lan");
    let asked = desk.write("Xe lu lèn đường rầm rập suốt đêm").await;
    let before = desk.harm(asked.id()).await;
    let bad = desk.write_many("Xe lu lèn đường làm ăn kiểu đó", 8).await;
    let batch = desk.decide("reject", &bad).await;
    eventually("the model has learnt", async || {
        (desk.harm(asked.id()).await > before + 0.1).then_some(())
    })
    .await;
    desk.lan.undo(&batch).await.expect(200);
    eventually("the model has forgotten", async || {
        ((desk.harm(asked.id()).await - before).abs() < f64::EPSILON).then_some(())
    })
    .await;
    assert_eq!(app.count("select count(*) from lessons").await, 0);
});

on_both!(what_rules_settle_teaches_nothing, async |app: App| {
    let desk = Desk::of(&app, "Lan");
    let fine = desk.write("Cây cầu mới rất tiện cho bà con").await;
    desk.decide("approve", &[fine]).await;
    learnt(&app, 1).await;
    assert_eq!(
            app.count("select count(*) from lessons l join decisions d on d.id = l.decision_id where d.actor_kind <> 'moderator'")
                .await,
            0
        );
});

on_both!(
    weights_are_those_of_one_replay_after_a_crash_and_an_undone_batch,
    async |mut app: App| {
        let desk = Desk::of(&app, "Lan");
        let bad = desk
            .write_many("Lại xe lu lèn đường làm ăn gian dối", MANY)
            .await;
        let first = desk.decide("reject", &bad).await;
        app.restart();
        learnt(&app, MANY).await;
        let fine = desk
            .write_many("Tuyến đường mới giúp bà con đi lại", MANY)
            .await;
        desk.decide("approve", &fine).await;
        learnt(&app, 2 * MANY).await;
        let all = eventually("all of it is kept", async || {
            let told = replayed(&app);
            (told["kept_lessons"] == json!(2 * MANY)).then_some(told)
        })
        .await;
        assert_eq!(all["equal"], true, "{all}");
        desk.lan.undo(&first).await.expect(200);
        learnt(&app, MANY).await;
        let half = eventually("what is left is kept", async || {
            let told = replayed(&app);
            (told["kept_lessons"] == json!(MANY)).then_some(told)
        })
        .await;
        assert_eq!(half["equal"], true, "{half}");
        assert_ne!(half["weights"], all["weights"]);
    }
);

on_both!(a_model_is_reset_and_learns_on, async |app: App| {
    let desk = Desk::of(&app, "Lan");
    let bad = desk.write_many("Xe lu lèn đường làm ăn kiểu đó", 3).await;
    desk.decide("reject", &bad).await;
    learnt(&app, 3).await;
    let told: Value =
        serde_json::from_str(&app.done(&["learn", "report", "bao"], "")).expect("JSON");
    assert_eq!(told["lessons"], 3);
    app.done(&["learn", "reset", "bao"], "");
    learnt(&app, 0).await;
    let fine = desk.write("Cây cầu mới rất tiện").await;
    desk.decide("approve", &[fine]).await;
    learnt(&app, 1).await;
});

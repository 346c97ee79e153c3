//! Learning by several processes, some of which die: whatever happens, the weights are those of one clean replay of the decisions.

use std::time::Duration;

use duyet::domain::{Actor, DecisionId, EventId, ReplicaId};
use duyet::store::{LearnMark, Store};
use serde_json::json;
use uuid::Uuid;

use crate::support::teacher::{Teacher, kept, learnt, lease_ends};
use crate::support::{App, Backend, Server, Setup, eventually, on_both};

/// As many as may be decided at once.
const BATCH: usize = 500;
/// More than are learnt before the weights are kept.
const MANY: usize = 120;

fn replica(app: &App) -> Server {
    let mut settings = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    Server::start(app.folder(), &settings, "serve")
}

on_both!(
    weights_are_those_of_one_replay_after_a_crash_and_an_undone_batch,
    async |mut app: App| {
        let desk = Teacher::of(&app);
        let mut bad = desk
            .write_many("Lại xe lu lèn đường làm ăn gian dối", MANY)
            .await;
        let first = desk.decide("reject", &mut bad).await;
        app.restart();
        learnt(&app, MANY).await;
        let mut fine = desk
            .write_many("Tuyến đường mới giúp bà con đi lại", MANY)
            .await;
        desk.decide("approve", &mut fine).await;
        learnt(&app, 2 * MANY).await;
        let all = kept(&app, 2 * MANY).await;
        assert_eq!(all["equal"], true, "{all}");
        desk.undo(&first, &mut bad).await;
        learnt(&app, MANY).await;
        let half = kept(&app, MANY).await;
        assert_eq!(half["equal"], true, "{half}");
        assert_ne!(half["weights"], all["weights"]);
    }
);

// Killed in the midst of learning, each time with other lessons learnt and not kept.
on_both!(
    who_is_killed_while_it_learns_has_lost_and_repeated_nothing,
    async |mut app: App| {
        const ROUNDS: usize = 4;
        const EACH: usize = 60;
        let desk = Teacher::of(&app);
        let texts = ["Xe lu lèn đường gian dối", "Cây cầu mới rất tiện"];
        let mut written = Vec::new();
        for round in 0..ROUNDS {
            written.push(desk.write_many(texts[round % 2], EACH).await);
        }
        let mut midst = 0;
        for (round, these) in written.iter_mut().enumerate() {
            let before = i64::try_from(round * EACH).expect("a count");
            let action = if round % 2 == 0 { "reject" } else { "approve" };
            let (first, second) = these.split_at_mut(EACH / 2);
            desk.decide(action, first).await;
            eventually("it has begun to learn them", async || {
                (app.count("select count(*) from lessons").await > before).then_some(())
            })
            .await;
            for one in second.chunks_mut(6) {
                desk.decide(action, one).await;
            }
            app.server().kill();
            let learnt = app.count("select count(*) from lessons").await - before;
            midst += usize::from(learnt < i64::try_from(EACH).expect("a count"));
            app.serve();
        }
        assert!(midst > 0, "it was never killed in the midst");
        learnt(&app, ROUNDS * EACH).await;
        let told = kept(&app, ROUNDS * EACH).await;
        assert_eq!(told["equal"], true, "{told}");
        assert_eq!(told["lessons"], json!(ROUNDS * EACH));
    }
);

// Nobody decides anything after it was killed, and nothing was kept.
on_both!(
    what_a_killed_process_had_learnt_is_known_to_the_next,
    async |mut app: App| {
        let desk = Teacher::of(&app);
        let asked = desk.write("Xe lu lèn đường rầm rập suốt đêm").await;
        let before = desk.harm(&asked).await;
        let mut bad = desk.write_many("Xe lu lèn đường làm ăn kiểu đó", 8).await;
        desk.decide("reject", &mut bad).await;
        learnt(&app, 8).await;
        app.server().kill();
        app.execute("delete from learn_snapshots").await;
        app.serve();
        eventually("the next has learnt it again", async || {
            (desk.harm(&asked).await > before + 0.1).then_some(())
        })
        .await;
        assert_eq!(kept(&app, 8).await["equal"], true);
    }
);

#[tokio::test]
async fn three_replicas_come_to_what_one_replay_does() {
    let mut app = Setup::new(Backend::Postgres).start().await;
    let [second, third] = [replica(&app), replica(&app)];
    let here = Teacher::of(&app);
    let (there, yonder) = (here.at(&second), here.at(&third));
    let asked = here.write("Xe lu lèn đường rầm rập suốt đêm").await;
    let mut bad = here
        .write_many("Lại xe lu lèn đường làm ăn gian dối", BATCH)
        .await;
    let mut fine = there.write_many("Tuyến đường mới giúp bà con", MANY).await;
    let batch = here.decide("reject", &mut bad).await;
    there.decide("approve", &mut fine).await;
    learnt(&app, BATCH + MANY).await;
    let all = kept(&app, BATCH + MANY).await;
    assert_eq!(all["equal"], true, "{all}");
    // Undone at the third, while the first dies, who may be the one that learns.
    yonder.undo(&batch, &mut bad).await;
    app.server().kill();
    learnt(&app, MANY).await;
    let half = kept(&app, MANY).await;
    assert_eq!(half["equal"], true, "{half}");
    // A fourth comes, and they decide the same again.
    let fourth = replica(&app);
    there.decide("reject", &mut bad).await;
    learnt(&app, BATCH + MANY).await;
    let again = kept(&app, BATCH + MANY).await;
    assert_eq!(again["equal"], true, "{again}");
    let newest = here.at(&fourth);
    let harm = eventually("all say the same", async || {
        let said = [
            there.harm(&asked).await,
            yonder.harm(&asked).await,
            newest.harm(&asked).await,
        ];
        let first = said[0];
        said.iter()
            .all(|harm| harm.to_bits() == first.to_bits())
            .then_some(first)
    })
    .await;
    assert!(harm > 0.5, "{harm}");
    // What is forgotten on demand and remembered is learnt again by one of them, who may die meanwhile.
    app.done(&["learn", "reset", "bao"], "");
    learnt(&app, 0).await;
    app.done(&["learn", "remember", "bao"], "");
    drop(second);
    lease_ends(&app).await;
    learnt(&app, BATCH + MANY).await;
    let remembered = kept(&app, BATCH + MANY).await;
    assert_eq!(remembered["equal"], true, "{remembered}");
    assert!(remembered["kept_weights"].is_string(), "{remembered}");
    assert_eq!(remembered["weights"], again["weights"]);
}

// Two replicas that nobody decides at: what the dead one had learnt is learnt again by one of them, once.
#[tokio::test]
async fn idle_replicas_do_not_take_lessons_from_each_other() {
    let mut app = Setup::new(Backend::Postgres).start().await;
    let desk = Teacher::of(&app);
    let asked = desk.write("Xe lu lèn đường rầm rập suốt đêm").await;
    let before = desk.harm(&asked).await;
    let mut bad = desk.write_many("Xe lu lèn đường làm ăn kiểu đó", 8).await;
    desk.decide("reject", &mut bad).await;
    learnt(&app, 8).await;
    app.server().kill();
    app.execute("delete from learn_snapshots").await;
    let [first, second] = [replica(&app), replica(&app)];
    let told = kept(&app, 8).await;
    assert_eq!(told["equal"], true, "{told}");
    for desk in [desk.at(&first), desk.at(&second)] {
        eventually("it knows what was learnt", async || {
            (desk.harm(&asked).await > before + 0.1).then_some(())
        })
        .await;
    }
}

on_both!(
    one_learns_at_a_time_and_who_has_lost_it_writes_nothing,
    async |mut app: App| {
        app.server().kill();
        let address = app.settings()["DATABASE_URL"].parse().expect("an address");
        let store = Store::open(address).await.expect("opened");
        let site = store.sites().await.expect("the sites")[0].id;
        let now = duyet::clock::now();
        let later = now.after(Duration::from_secs(60));
        let mark = |number| LearnMark {
            event: EventId(Uuid::nil()),
            base: "none".to_owned(),
            skipped: Vec::new(),
            holder: ReplicaId(Uuid::from_u128(number)),
            held_until: later,
        };
        let take = async |number, from, now| {
            let from = ReplicaId(Uuid::from_u128(from));
            let taken = store.take_learning(site, mark(number), from, now).await;
            taken.expect("asked").is_some()
        };
        assert!(take(1, 1, now).await);
        assert!(!take(2, 1, now).await, "the first holds it");
        assert!(take(1, 1, now).await, "and may hold on");
        let put = async |number| {
            let nothing = (Vec::new(), Vec::new());
            let put = store.put_lessons(site, mark(number), nothing.0, nothing.1, None);
            put.await.expect("asked")
        };
        assert!(put(1).await);
        assert!(take(2, 1, later).await, "its time is over");
        assert!(!take(1, 1, later).await, "and it was another's since");
        assert!(!put(1).await);
        assert!(put(2).await);
        assert!(!store.note_learning(site, mark(1)).await.expect("asked"));
        // Whoever has it forget takes it from all of them, and none takes back what is skipped.
        let until = DecisionId(Uuid::now_v7());
        let forgotten =
            store.forget_lessons_after(site, mark(3), None, until, (Actor::Operator, now));
        forgotten.await.expect("done");
        assert!(!put(2).await);
        assert!(take(2, 3, later).await);
        assert!(put(2).await);
        let stands = store.learn_mark(site).await.expect("asked").expect("begun");
        assert_eq!(stands.skipped, [(DecisionId(Uuid::nil()), until)]);
    }
);

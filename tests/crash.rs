//! The service is killed again and again while many write; what it has acknowledged is there afterwards, once.
//!
//! The tests run a few cycles. The long run is
//!
//! ```sh
//! DUYET_TEST_CRASH_CYCLES=200 cargo test --test all crash:: -- --nocapture
//! ```
//!
//! The moments of the kills come from a seed that is printed; `DUYET_TEST_SEED` gives it again. A moment comes after so many
//! acknowledgements, so that a busy machine does as much work before it as a quiet one.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::support::{App, Backend, Crowd, Ledger, Setup, eventually};

const WRITERS: usize = 50;

#[tokio::test]
async fn what_is_acknowledged_survives_kill_9_on_sqlite() {
    let app = survive(Backend::Sqlite, 10).await;
    let sound = app
        .texts("select integrity_check as text from pragma_integrity_check")
        .await;
    assert_eq!(sound, ["ok"]);
}

/// Here only the service dies; PostgreSQL may still commit what it was told last.
#[tokio::test]
async fn what_is_acknowledged_survives_kill_9_on_postgres() {
    survive(Backend::Postgres, 5).await;
}

async fn survive(backend: Backend, cycles: usize) -> App {
    let cycles = number("DUYET_TEST_CRASH_CYCLES").map_or(cycles, |asked| {
        usize::try_from(asked).expect("a number of cycles")
    });
    let seed = number("DUYET_TEST_SEED").unwrap_or_else(rand::random);
    println!("{backend:?}: {cycles} cycles, DUYET_TEST_SEED={seed}");
    let mut moments = StdRng::seed_from_u64(seed);
    let mut app = Setup::new(backend).set("DUYET_LOG", "warn").prepare().await;
    // Somebody must be told, so that the worker writes too when it is killed.
    app.add_member("Lan", &[]);
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    let (start, mut unanswered) = (Instant::now(), 0);
    for cycle in 0..cycles {
        app.serve();
        let crowd = Crowd::start(&app, WRITERS, &format!("vong-{cycle}"), &ledger);
        let enough = promises(&ledger) + moments.random_range(0..=2 * WRITERS);
        eventually("enough is acknowledged to kill", async || {
            (promises(&ledger) >= enough).then_some(())
        })
        .await;
        crowd.expect_the_end();
        app.server().kill();
        let met = crowd.gone().await;
        unanswered += met.unanswered + met.torn.len();
    }
    app.serve();
    let mut ledger = ledger.lock().expect("no writer has panicked").clone();
    println!(
        "{backend:?}: {} sent, {} acknowledged, {unanswered} cut off, {cycles} cycles in {:.1} s",
        ledger.len(),
        ledger.promises(),
        start.elapsed().as_secs_f64()
    );
    assert!(unanswered >= cycles, "the kills met with nobody");
    ledger.is_kept_by(&app).await;
    ledger.send_again(&app).await;
    everything_is_told_once(&app, ledger.len()).await;
    println!(
        "{backend:?}: all {} are there once, after {:.1} s",
        ledger.len(),
        start.elapsed().as_secs_f64()
    );
    app
}

fn promises(ledger: &Mutex<Ledger>) -> usize {
    ledger.lock().expect("no writer has panicked").promises()
}

/// Each comment is in exactly one mail to the one moderator: a kill neither loses a notice nor turns it into two mails.
async fn everything_is_told_once(app: &App, comments: usize) {
    eventually("every notice is made into a mail", async || {
        let waiting = "select count(*) from outbox where kind = 'notice' and state <> 'done'";
        (app.count(waiting).await == 0).then_some(())
    })
    .await;
    let orders = app
        .texts("select payload as text from outbox where kind = 'mail'")
        .await;
    let told = |order: &String| {
        let order: serde_json::Value = serde_json::from_str(order).expect("JSON");
        order["comments"].as_array().expect("comments").len()
    };
    assert_eq!(orders.iter().map(told).sum::<usize>(), comments);
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}: a number")))
}

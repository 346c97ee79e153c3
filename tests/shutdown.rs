//! Told to stop, the service answers what it has begun, leaves in good time and has lost nothing.

use std::process::{Command, ExitStatus};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::{
    App, Backend, Crowd, Exchange, Hold, KeptConnection, Ledger, MailServer, Mode, SUBMIT, Setup,
    comment_of, eventually, on_both,
};

/// Service managers give ten seconds before they kill.
const GOOD_TIME: Duration = Duration::from_secs(10);
const CONNECTIONS: usize = 32;

on_both!(
    under_load_sigterm_loses_no_acknowledged_comment,
    async |app: App| stops_well_under_load(app, "TERM").await
);

on_both!(
    under_load_sigint_loses_no_acknowledged_comment,
    async |app: App| stops_well_under_load(app, "INT").await
);

async fn stops_well_under_load(mut app: App, signal: &str) {
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    let crowd = Crowd::start(&app, CONNECTIONS, "tam-biet", &ledger);
    eventually("the load", async || {
        let promises = ledger.lock().expect("no writer has panicked").promises();
        (promises > 5 * CONNECTIONS).then_some(())
    })
    .await;
    crowd.expect_the_end();
    let (status, took) = stop(&mut app, signal).await;
    assert_eq!(status.code(), Some(0));
    assert!(took < GOOD_TIME, "{took:?}");
    let met = crowd.gone().await;
    println!("SIG{signal}: gone after {took:?}, {met:?}");
    assert!(met.torn.is_empty(), "{met:?}");

    let mut ledger = ledger.lock().expect("no writer has panicked").clone();
    assert_eq!(ledger.promises(), met.acknowledged);
    let stored = app.count("select count(*) from comments").await;
    assert_eq!(
        usize::try_from(stored).ok(),
        Some(ledger.promises()),
        "what it has stored it has answered"
    );
    ledger.is_kept_by(&app).await;
    app.serve();
    ledger.send_again(&app).await;
}

/// Sends the signal and waits for the end; how it ended and how long that took. From the signal on nobody is told that
/// the service is ready.
async fn stop(app: &mut App, signal: &str) -> (ExitStatus, Duration) {
    send_signal(app, signal);
    let start = Instant::now();
    let base = app.base().to_owned();
    let mut was_unready = false;
    let status = eventually("the end of the server", async || {
        let unready = !is_ready(&base).await;
        assert!(unready || !was_unready, "ready again after SIG{signal}");
        was_unready = unready;
        app.server().ended()
    })
    .await;
    assert!(!is_ready(&base).await);
    (status, start.elapsed())
}

fn send_signal(app: &mut App, signal: &str) {
    let id = app.server().id().to_string();
    let told = Command::new("kill").args(["-s", signal, &id]).status();
    assert!(told.is_ok_and(|status| status.success()));
}

/// Whether `/readyz` says so to somebody who comes anew.
async fn is_ready(base: &str) -> bool {
    let Ok(mut connection) = KeptConnection::open(base).await else {
        return false;
    };
    match connection.get("/readyz").await {
        Exchange::Answered { status: 200, .. } => true,
        Exchange::Answered { status: 503, .. } | Exchange::Unanswered => false,
        other => panic!("{other:?}"),
    }
}

on_both!(
    what_is_under_way_is_answered_before_it_leaves,
    async |mut app: App| {
        app.add_member("Lan", &[]);
        // Once this one is told of, the service has done what it does after a start, and writes only what it is asked to.
        app.reader().write("Câu đầu tiên").await;
        eventually("a service at rest", async || {
            let waiting = "select count(*) from outbox where state = 'ready'";
            (app.count(waiting).await == 0).then_some(())
        })
        .await;
        let hold = Hold::on(&app).await;
        let mut connection = KeptConnection::open(app.base()).await.expect("it listens");
        let begun = tokio::spawn(async move {
            let comment = comment_of("cuoi-cung");
            connection.post(SUBMIT, "cuoi-cung", &comment).await
        });
        eventually("the comment at the database's door", async || {
            let measures = app.wire().get("/metrics").await.expect(200).body;
            measures
                .lines()
                .any(|line| line == "duyet_intake_batch_size_count 2")
                .then_some(())
        })
        .await;
        send_signal(&mut app, "TERM");
        let base = app.base().to_owned();
        eventually("a server that takes no more", async || {
            (!is_ready(&base).await).then_some(())
        })
        .await;
        assert!(app.server().ended().is_none() && !begun.is_finished());
        hold.release().await;
        let answer = begun.await.expect("an end");
        assert!(
            matches!(
                answer,
                Exchange::Answered {
                    status: 202,
                    closes: true,
                    ..
                }
            ),
            "{answer:?}"
        );
        let status = eventually("the end of the server", async || app.server().ended()).await;
        assert_eq!(status.code(), Some(0));
        assert_eq!(app.count("select count(*) from comments").await, 2);
    }
);

#[tokio::test]
async fn a_mail_server_that_says_nothing_does_not_hold_it_back() {
    let server = MailServer::open(Mode::Silent);
    let setup = Setup::new(Backend::Sqlite).set("DUYET_SMTP_URL", &server.url());
    let mut app = setup.start().await;
    for name in [
        "Lan", "Minh", "Hoa", "Mai", "Nam", "An", "Thu", "Yen", "Son", "Tu",
    ] {
        app.add_member(name, &[]);
    }
    app.reader().write("Đang gửi thư thì tắt").await;
    eventually("mails under way", async || {
        let tried = "select count(*) from outbox where kind = 'mail' and attempts = 1";
        (app.count(tried).await > 0).then_some(())
    })
    .await;
    let (status, took) = stop(&mut app, "TERM").await;
    println!("a silent mail server: gone after {took:?}");
    assert_eq!(status.code(), Some(0));
    assert!(took < GOOD_TIME, "{took:?}");
}

#[tokio::test]
async fn connections_at_rest_do_not_hold_it_back() {
    let mut app = App::start(Backend::Sqlite).await;
    let mut resting = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut connection = KeptConnection::open(app.base()).await.expect("it listens");
        let first = connection.get("/livez").await;
        assert!(
            matches!(
                first,
                Exchange::Answered {
                    status: 200,
                    closes: false,
                    ..
                }
            ),
            "{first:?}"
        );
        resting.push(connection);
    }
    let (status, took) = stop(&mut app, "TERM").await;
    println!("{CONNECTIONS} connections at rest: gone after {took:?}");
    assert_eq!(status.code(), Some(0));
    assert!(took < GOOD_TIME, "{took:?}");
    for mut connection in resting {
        connection.ended().await;
    }
}

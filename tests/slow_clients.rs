//! Clients that take their time are let go, and keep nobody else waiting.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::support::{App, Backend, Raw, Setup, comment};

/// As long as a slow client may hold a connection.
const BOUND: Duration = Duration::from_secs(15);
const GOOD: &str = "GET /livez HTTP/1.1\r\nhost: a\r\n\r\n";
const PAUSE: Duration = Duration::from_secs(1);
/// Together two thousand.
const EACH: usize = 334;

/// A way to be slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Connects and says nothing.
    Silence,
    /// A head that never ends.
    Head,
    /// A body that never ends.
    Body,
    /// A good request, and then a second head that never ends.
    SecondHead,
    /// A good request, then a second one that takes its time for the head and never ends its body.
    SecondHeadAndBody,
    /// A body without an end for a route that reads none.
    UnreadBody,
}

const WAYS: [Way; 6] = [
    Way::Silence,
    Way::Head,
    Way::Body,
    Way::SecondHead,
    Way::SecondHeadAndBody,
    Way::UnreadBody,
];

/// Holds a connection as long as it can; how long that was.
async fn hold(base: String, way: Way) -> Duration {
    let start = Instant::now();
    let mut raw = Raw::open(&base).await;
    let post =
        "POST /api/v1/sites/bao/comments HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";
    let (first, then): (String, &'static [u8]) = match way {
        Way::Silence => (String::new(), b""),
        Way::Head => (post.to_owned(), b"x-a: b\r\n"),
        Way::Body => (format!("{post}content-length: 5000\r\n\r\n{{"), b" "),
        Way::SecondHead => (GOOD.to_owned(), b"x"),
        Way::SecondHeadAndBody => (GOOD.to_owned(), b" "),
        Way::UnreadBody => (
            "POST /livez HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n".to_owned(),
            b"1\r\nx\r\n",
        ),
    };
    raw.send(first).await;
    if matches!(way, Way::SecondHead | Way::SecondHeadAndBody) {
        assert!(raw.is_answered().await, "the first request is a good one");
    }
    if way == Way::SecondHeadAndBody {
        raw.send(post).await;
        for _ in 0..4 {
            tokio::time::sleep(PAUSE).await;
            raw.send("x-a: b\r\n").await;
        }
        raw.send("content-length: 5000\r\n\r\n{").await;
    }
    // One that is never let go is found out all the same.
    let _ = tokio::time::timeout(BOUND * 2, raw.trickle(then, PAUSE)).await;
    start.elapsed()
}

/// Client and server have a process each, so each may open as many.
fn may_open(files: u64) {
    let limit = rlimit::increase_nofile_limit(files).expect("the limit can be read");
    assert!(limit >= files, "only {limit} files may be open");
}

#[tokio::test]
async fn two_thousand_slow_clients_are_let_go_while_others_are_answered() {
    may_open(4_000);
    let app = App::start(Backend::Sqlite).await;
    let mut slow = JoinSet::new();
    for way in WAYS {
        for _ in 0..EACH {
            let base = app.base().to_owned();
            slow.spawn(async move { (way, hold(base, way).await) });
        }
    }
    assert!(slow.len() >= 2_000);
    let all = slow.len();
    let reader = app.reader();
    let mut answered = 0;
    let mut held = Vec::new();
    while !slow.is_empty() {
        let asked = Instant::now();
        reader
            .submit(&comment(&format!("Ý kiến thứ {answered} giữa chừng")))
            .await
            .expect(202);
        let took = asked.elapsed();
        assert!(
            took < Duration::from_secs(5),
            "an honest reader waited {took:?}"
        );
        answered += 1;
        while let Some(one) = slow.try_join_next() {
            held.push(one.expect("nothing strange happened"));
        }
        tokio::time::sleep(PAUSE / 10).await;
    }
    for way in WAYS {
        let of_way = held
            .iter()
            .filter(|(is, _)| *is == way)
            .map(|(_, took)| *took);
        let longest = of_way.max().unwrap_or_default();
        println!("{way:?}: let go after {longest:?} at the latest");
        assert!(longest <= BOUND, "{way:?} was held for {longest:?}");
    }
    assert_eq!(held.len(), all);
    assert!(
        answered > 10,
        "only {answered} readers were answered meanwhile"
    );
    let log = app.log();
    assert!(
        !log.contains("panicked") && !log.contains("\"ERROR\""),
        "{log}"
    );
}

#[tokio::test]
async fn beyond_the_ceiling_of_connections_one_waits_and_is_answered() {
    const MOST: usize = 64;
    let setup = Setup::new(Backend::Sqlite).set("DUYET_CONNECTIONS", &MOST.to_string());
    let app = setup.start().await;
    let mut slow = JoinSet::new();
    for _ in 0..MOST {
        let mut raw = Raw::open(app.base()).await;
        raw.send("GET /livez HTTP/1.1\r\n").await;
        slow.spawn(raw.trickle(b"x: y\r\n", PAUSE));
    }
    let asked = Instant::now();
    app.reader().write("Ý kiến phải chờ một lát").await;
    let took = asked.elapsed();
    // The slow ones have five seconds for their heads.
    assert!(took > PAUSE, "nobody had to wait: {took:?}");
    assert!(took < BOUND, "{took:?}");
    slow.join_all().await;
}

#[tokio::test]
async fn an_answer_that_is_not_taken_holds_no_connection() {
    let app = App::start(Backend::Sqlite).await;
    let start = Instant::now();
    let mut raw = Raw::open(app.base()).await;
    // More than the system's buffers take, if it were all answered at once.
    let request = "GET /openapi.json HTTP/1.1\r\nhost: a\r\n\r\n";
    let sent = tokio::time::timeout(BOUND, async {
        // Nobody reads. When the server closes, what is still in the buffers is refused.
        while raw.send(request).await {
            tokio::time::sleep(PAUSE / 100).await;
        }
    });
    assert!(sent.await.is_ok(), "still open after {:?}", start.elapsed());
}

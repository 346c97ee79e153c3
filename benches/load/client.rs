//! Drives a server: so many connections, each sending the next comment as soon as the last is answered,
//! for so long. Every thread has a runtime of its own with its share of the connections, so threads
//! meet only at the counter of comments; a shared, work-stealing runtime costs the servers more.

use crate::bodies::Requests;
use crate::connection::Connection;
use crate::service::ACCEPTED;
use anyhow::{Result, anyhow};
use hdrhistogram::Histogram;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::LocalSet;

/// How long after the end a connection may still wait for its answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How a server is to be loaded.
#[derive(Clone, Copy)]
pub struct Load {
    /// Connections held open at once.
    pub connections: usize,
    /// Threads of the client.
    pub threads: usize,
    /// Time before anything counts.
    pub warm_up: Duration,
    /// Time that counts.
    pub length: Duration,
}

/// What came of it, within the time that counts.
pub struct Tally {
    /// Comments answered 202.
    pub acknowledged: u64,
    /// Comments answered 202 at any time, warm-up and run-out included: what the database must hold.
    pub stored: u64,
    /// All other answers by status.
    pub other: BTreeMap<u16, u64>,
    /// Connections that failed, by what was the matter.
    pub broken: BTreeMap<String, u64>,
    /// Microseconds from the first byte sent to the last byte of a 202 read.
    pub latency: Histogram<u64>,
    /// The time that counted.
    pub length: Duration,
}

impl Tally {
    /// An empty tally.
    pub fn new() -> Result<Self> {
        Ok(Self {
            acknowledged: 0,
            stored: 0,
            other: BTreeMap::new(),
            broken: BTreeMap::new(),
            latency: Histogram::new_with_bounds(1, 60_000_000, 3)?,
            length: Duration::ZERO,
        })
    }

    /// Adds what another thread, or another round, has counted; the time is left as it is.
    pub fn add(&mut self, other: &Self) -> Result<()> {
        self.acknowledged += other.acknowledged;
        self.stored += other.stored;
        for (&status, count) in &other.other {
            *self.other.entry(status).or_default() += count;
        }
        for (what, count) in &other.broken {
            *self.broken.entry(what.clone()).or_default() += count;
        }
        Ok(self.latency.add(&other.latency)?)
    }
}

/// Loads the server at `address`; `next` is the number of the next comment, shared by all.
pub fn drive(
    address: SocketAddr,
    requests: &Arc<Requests>,
    next: &Arc<AtomicU64>,
    load: Load,
) -> Result<Tally> {
    let from = Instant::now() + load.warm_up;
    let span = Span {
        from,
        to: from + load.length,
    };
    let threads = load.threads.clamp(1, load.connections.max(1));
    let handles: Vec<_> = (0..threads)
        .map(|thread| {
            let share = share(load.connections, threads, thread);
            let (requests, next) = (Arc::clone(requests), Arc::clone(next));
            std::thread::spawn(move || drive_share(address, &requests, &next, share, span))
        })
        .collect();
    let mut sum = Tally::new()?;
    for handle in handles {
        let tally = handle
            .join()
            .map_err(|_| anyhow!("a client thread panicked"))??;
        sum.add(&tally)?;
    }
    sum.length = load.length;
    Ok(sum)
}

/// From when to when answers count.
#[derive(Clone, Copy)]
struct Span {
    from: Instant,
    to: Instant,
}

/// How many of `all` connections thread number `thread` holds.
fn share(all: usize, threads: usize, thread: usize) -> usize {
    all / threads + usize::from(thread < all % threads)
}

/// One thread's connections, all at once.
fn drive_share(
    address: SocketAddr,
    requests: &Arc<Requests>,
    next: &Arc<AtomicU64>,
    connections: usize,
    span: Span,
) -> Result<Tally> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let tally = Rc::new(RefCell::new(Tally::new()?));
    let tasks = LocalSet::new();
    for _ in 0..connections {
        let (requests, next) = (Arc::clone(requests), Arc::clone(next));
        let tally = Rc::clone(&tally);
        tasks.spawn_local(async move {
            let work = keep_asking(address, &requests, &next, &tally, span);
            if tokio::time::timeout_at((span.to + PATIENCE).into(), work)
                .await
                .is_err()
            {
                note(&tally, "no answer in time");
            }
        });
    }
    runtime.block_on(tasks);
    Rc::into_inner(tally).map_or_else(Tally::new, |cell| Ok(cell.into_inner()))
}

/// One connection until the end of the span; a broken one is opened anew.
async fn keep_asking(
    address: SocketAddr,
    requests: &Requests,
    next: &AtomicU64,
    tally: &RefCell<Tally>,
    span: Span,
) {
    let mut request = Vec::with_capacity(1024);
    while Instant::now() < span.to {
        let result = ask_until_closed(address, requests, next, tally, span, &mut request).await;
        if let Err(error) = result {
            note(tally, &error.to_string());
            // A server that refuses everybody must not be asked ten thousand times a second.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// The comments of one connection, until the span ends, the server closes, or something breaks.
async fn ask_until_closed(
    address: SocketAddr,
    requests: &Requests,
    next: &AtomicU64,
    tally: &RefCell<Tally>,
    span: Span,
    request: &mut Vec<u8>,
) -> Result<()> {
    let mut connection = Connection::open(address).await?;
    let mut sent = Instant::now();
    while sent < span.to {
        requests.write(next.fetch_add(1, Ordering::Relaxed), request);
        let answer = connection.ask(request).await?;
        let now = Instant::now();
        count(
            &mut tally.borrow_mut(),
            answer.status,
            now - sent,
            now >= span.from && now < span.to,
        );
        sent = now;
        if answer.last {
            break;
        }
    }
    Ok(())
}

/// Counts one answer.
fn count(tally: &mut Tally, status: u16, took: Duration, counts: bool) {
    tally.stored += u64::from(status == ACCEPTED);
    if !counts {
        return;
    }
    if status == ACCEPTED {
        tally.acknowledged += 1;
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tally.latency.saturating_record(micros);
    } else {
        *tally.other.entry(status).or_default() += 1;
    }
}

/// Notes that a connection failed.
fn note(tally: &RefCell<Tally>, what: &str) {
    *tally
        .borrow_mut()
        .broken
        .entry(what.to_owned())
        .or_default() += 1;
}

//! How many lists of an article's comments a second the service answers, and how far that is from the least that a server could do:
//! `cargo bench --bench reading`. A bare actix-web server that answers as many bytes takes turns with it in one run; while one has
//! its turn the other is held still.
#![forbid(unsafe_code)]

#[path = "../load/connection.rs"]
mod connection;
mod fill;
#[path = "../load/process.rs"]
mod process;

use std::net::SocketAddr;
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, Instant};

use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::{Context, Result, bail};
use connection::Connection;
use hdrhistogram::Histogram;
use process::{Process, ask_once, free_address};
use tokio::task::LocalSet;

/// Connections held open at once.
const CONNECTIONS: usize = 64;
/// What counts of a turn, and what goes before it.
const LENGTH: Duration = Duration::from_secs(3);
const WARM_UP: Duration = Duration::from_millis(700);
/// How often each has its turn.
const ROUNDS: usize = 3;
/// Comments of other articles that are written between the first measurement and the second.
const OTHERS: u64 = 100_000;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, role, listen, length] = &arguments[..]
        && role == "echo"
    {
        return echo(listen, length.parse()?);
    }
    // Test runners ask every target for its tests; this one has none to list or to run.
    if !arguments.iter().any(|argument| argument == "--bench") {
        eprintln!("lists are measured only under `cargo bench --bench reading`");
        return Ok(());
    }
    measure()
}

/// Answers the same bytes to everybody until it is killed.
fn echo(listen: &str, length: usize) -> Result<()> {
    let bytes = web::Bytes::from(vec![b'e'; length]);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(bytes.clone()))
            .default_service(web::get().to(async |bytes: web::Data<web::Bytes>| {
                HttpResponse::Ok().body(bytes.get_ref().clone())
            }))
    });
    Ok(actix_web::rt::System::new().block_on(server.bind(listen)?.run())?)
}

fn measure() -> Result<()> {
    let dir = tempfile::Builder::new()
        .prefix("reading-")
        .tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let database = format!("sqlite:{}", dir.path().join("duyet.db").display());
    println!(
        "| other comments | list | encoding | bytes | echo/s | lists/s | ratio | p50 ms | p99 ms | echo p99 ms |"
    );
    println!("| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for others in [0, OTHERS] {
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(fill::fill(&database, others))?;
        drop(runtime);
        let address = free_address()?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_duyet"));
        command.arg("serve").envs([
            ("DATABASE_URL", database.clone()),
            ("DUYET_LISTEN", address.to_string()),
            ("DUYET_PUBLIC_URL", format!("http://{address}")),
            ("DUYET_SECRET", "5ec2e7".repeat(12)),
        ]);
        let mut service = Process::start(command, address, &dir.path().join("service.log"))?;
        service.first(&request("/livez", address, ""), 200)?;
        // The index and the numbers of what was written are no part of this.
        wait_until_it_rests(service.id())?;
        for (name, query) in [
            (
                "50 comments",
                format!("article={}&order=newest", fill::SHORT),
            ),
            (
                "5,000 comments",
                format!("article={}&order=newest", fill::LONG),
            ),
            ("5,000, flat", format!("article={}", fill::LONG)),
        ] {
            for encoding in ["identity", "br"] {
                let path = format!("/api/v1/sites/{}/comments?{query}", fill::SITE);
                let told = turns(&service, address, &request(&path, address, encoding))?;
                println!("| {others} | {name} | {encoding} | {told} |");
            }
        }
        service.stop()?;
    }
    Ok(())
}

/// Waits until a process has done next to nothing for five seconds.
fn wait_until_it_rests(process: u32) -> Result<()> {
    const TICKS: u64 = 2;
    let (mut quiet, mut before) = (0, ticks(process)?);
    while quiet < 5 {
        std::thread::sleep(Duration::from_secs(1));
        let now = ticks(process)?;
        quiet = if now - before <= TICKS { quiet + 1 } else { 0 };
        before = now;
    }
    Ok(())
}

/// Hundredths of a second that a process has had of the processors: the 14th and the 15th field of proc(5).
fn ticks(process: u32) -> Result<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields = after.split_whitespace().skip(11).take(2);
    fields.map(|field| Ok(field.parse::<u64>()?)).sum()
}

fn request(path: &str, host: SocketAddr, encoding: &str) -> Vec<u8> {
    let head =
        format!("GET {path} HTTP/1.1\r\nhost: {host}\r\naccept-encoding: {encoding}\r\n\r\n");
    head.into_bytes()
}

/// The service and an echo of its answer in turn.
fn turns(service: &Process, address: SocketAddr, request: &[u8]) -> Result<String> {
    let (status, body) = ask_once(address, request)?;
    if status != 200 {
        bail!("{status}: {}", String::from_utf8_lossy(&body));
    }
    let listen = free_address()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["echo", &listen.to_string(), &body.len().to_string()]);
    let log = tempfile::NamedTempFile::new()?;
    let mut echo = Process::start(command, listen, log.path())?;
    echo.first(request, 200)?;
    echo.hold()?;
    service.hold()?;
    let (mut ours, mut theirs) = (Turn::new()?, Turn::new()?);
    for _ in 0..ROUNDS {
        for (process, at, turn) in [(&echo, listen, &mut theirs), (service, address, &mut ours)] {
            process.release()?;
            turn.add(&drive(at, request)?)?;
            process.hold()?;
        }
    }
    echo.release()?;
    service.release()?;
    Ok(format!(
        "{} | {:.0} | {:.0} | {:.2} | {:.2} | {:.2} | {:.2}",
        body.len(),
        theirs.rate(),
        ours.rate(),
        ours.rate() / theirs.rate(),
        ours.millis(0.5),
        ours.millis(0.99),
        theirs.millis(0.99),
    ))
}

/// The answers of one server, by the microseconds that they took.
struct Turn(Histogram<u64>);

impl Turn {
    fn new() -> Result<Self> {
        Ok(Self(Histogram::new_with_bounds(1, 60_000_000, 3)?))
    }

    fn add(&mut self, other: &Self) -> Result<()> {
        Ok(self.0.add(&other.0)?)
    }

    fn rate(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // a few millions
        let answers = self.0.len() as f64;
        answers / (LENGTH.as_secs_f64() * f64::from(u32::try_from(ROUNDS).unwrap_or(1)))
    }

    #[allow(clippy::cast_precision_loss)] // a minute of microseconds
    fn millis(&self, quantile: f64) -> f64 {
        self.0.value_at_quantile(quantile) as f64 / 1_000.0
    }
}

/// All connections, each asking again as soon as it is answered.
fn drive(address: SocketAddr, request: &[u8]) -> Result<Turn> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (from, to) = (Instant::now() + WARM_UP, Instant::now() + WARM_UP + LENGTH);
    let request: Rc<[u8]> = request.into();
    let tasks = LocalSet::new();
    runtime.block_on(tasks.run_until(async {
        let asking: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                let request = request.clone();
                tokio::task::spawn_local(async move { ask(address, &request, from, to).await })
            })
            .collect();
        let mut sum = Turn::new()?;
        for one in asking {
            sum.add(&one.await.context("a connection panicked")??)?;
        }
        Ok(sum)
    }))
}

async fn ask(address: SocketAddr, request: &[u8], from: Instant, to: Instant) -> Result<Turn> {
    let mut turn = Turn::new()?;
    let mut connection = Connection::open(address).await?;
    let mut sent = Instant::now();
    while sent < to {
        let answer = connection.ask(request).await?;
        if answer.status != 200 {
            bail!("an answer {}", answer.status);
        }
        let now = Instant::now();
        if now >= from && now < to {
            turn.0
                .saturating_record(u64::try_from((now - sent).as_micros())?);
        }
        sent = now;
        if answer.last {
            connection = Connection::open(address).await?;
        }
    }
    Ok(turn)
}

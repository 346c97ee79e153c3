//! Who is measured: the service on one database or two, or a server that already runs, and the echo.

use crate::bodies::{Requests, Wording};
use crate::machine::{self, Memory};
use crate::options::{Options, Server};
use crate::process::{Process, ask_once, free_address};
use crate::service::{ACCEPTED, Database, Service, Start};
use crate::teach::teach;
use anyhow::{Context, Result, bail};
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What the tables call the server to compare with, and what the program is told to become one.
pub const ECHO: &str = "echo";
/// The same for the service whose model was taught.
const TAUGHT: &str = "duyet, SQLite, its model asked";

/// A server under load, with all that is to be said of it in the end.
pub struct Subject {
    /// As the tables call it.
    pub name: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// What it is asked.
    pub requests: Arc<Requests>,
    /// The number of the next comment.
    pub next: Arc<AtomicU64>,
    /// Its process, where it is ours.
    pub process: Option<Process>,
    /// How it was started, where it is the service and ours.
    pub service: Option<Service>,
    /// Its starts on a database without comments.
    pub starts: Vec<Start>,
    /// Its memory before the load.
    pub at_rest: Option<Memory>,
}

impl Subject {
    /// A subject that is not started yet, or not by us.
    pub fn new(name: &str, address: SocketAddr, wording: &Wording, first: u64) -> Self {
        Self {
            name: name.to_owned(),
            address,
            requests: Arc::new(Requests::new(wording)),
            next: Arc::new(AtomicU64::new(first)),
            process: None,
            service: None,
            starts: Vec::new(),
            at_rest: None,
        }
    }

    /// The size of its database, where it has one that we know.
    pub fn database_size(&self) -> Option<u64> {
        self.service.as_ref().and_then(Service::database_size)
    }

    /// Starts the service some times over, keeps the last, and returns the length of its answers.
    pub fn start(&mut self, service: Service, times: usize) -> Result<usize> {
        let mut length = 0;
        for _ in 0..times.max(1) {
            if let Some(process) = self.process.take() {
                process.stop()?;
            }
            let (process, start, answer) = service.start(&self.requests, &self.next)?;
            length = answer.len();
            self.starts.push(start);
            self.process = Some(process);
        }
        // Whatever a start leaves to be done behind it belongs to the start, not to rest.
        std::thread::sleep(Duration::from_secs(1));
        if let Some(process) = &self.process {
            self.at_rest = Some(machine::memory(process.id())?);
        }
        self.service = Some(service);
        Ok(length)
    }
}

/// All servers to be measured, running: the echo first, which answers as many bytes as the others do.
pub fn line_up(options: &Options, dir: &Path) -> Result<Vec<Subject>> {
    let (mut subjects, answer) = services(options, dir)?;
    if !options.without.contains(&Server::Echo) {
        subjects.insert(0, start_echo(options, dir, answer)?);
    }
    Ok(subjects)
}

/// The servers but the echo, and the length of an answer of theirs.
fn services(options: &Options, dir: &Path) -> Result<(Vec<Subject>, usize)> {
    if let Some(target) = &options.target {
        return running(options, target);
    }
    let mut wanted = Vec::new();
    if !options.without.contains(&Server::Sqlite) {
        let file = dir.join("sqlite").join("duyet.db");
        wanted.push(("duyet, SQLite", "sqlite", Database::Sqlite(file)));
    }
    if options.taught {
        let file = dir.join("taught").join("duyet.db");
        wanted.push((TAUGHT, "taught", Database::Sqlite(file)));
    }
    if let Some(url) = &options.database_url {
        wanted.push((
            "duyet, PostgreSQL",
            "postgres",
            Database::Postgres(url.clone()),
        ));
    }
    if wanted.is_empty() {
        bail!("without SQLite there must be a --database-url");
    }
    let mut length = 0;
    let mut subjects = Vec::new();
    for (name, folder, database) in wanted {
        eprintln!("starting {name}");
        let service = Service::prepare(options, &dir.join(folder), database)?;
        let wording = wording(options, &service.address.to_string());
        let mut subject = Subject::new(name, service.address, &wording, options.first);
        length = subject.start(service, options.starts)?;
        if name == TAUGHT {
            teach(&mut subject, &options.site)?;
        }
        subjects.push(subject);
    }
    Ok((subjects, length))
}

/// A server that somebody else has started.
fn running(options: &Options, target: &str) -> Result<(Vec<Subject>, usize)> {
    let Some(host) = target
        .strip_prefix("http://")
        .map(|rest| rest.trim_end_matches('/'))
    else {
        bail!("--target {target}: http://HOST:PORT is wanted");
    };
    let address = host
        .to_socket_addrs()
        .ok()
        .and_then(|mut all| all.next())
        .with_context(|| format!("--target {target}: http://HOST:PORT is wanted"))?;
    let mut wording = wording(options, host);
    wording.origin = options.origin.clone().unwrap_or(wording.origin);
    let subject = Subject::new("target", address, &wording, options.first);
    let mut request = Vec::new();
    subject
        .requests
        .write(subject.next.fetch_add(1, Ordering::Relaxed), &mut request);
    let (status, body) = ask_once(address, &request)?;
    if status != ACCEPTED {
        bail!(
            "{target} answered {status}: {}",
            String::from_utf8_lossy(&body)
        );
    }
    Ok((vec![subject], body.len()))
}

/// This program again, as the echo.
fn start_echo(options: &Options, dir: &Path, answer: usize) -> Result<Subject> {
    let address = free_address()?;
    let cores = std::thread::available_parallelism()?.get();
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(ECHO);
    command.args(["--listen", &address.to_string()]);
    command.args(["--workers", &options.workers.unwrap_or(cores).to_string()]);
    command.args(["--answer", &answer.to_string()]);
    let mut subject = Subject::new(
        ECHO,
        address,
        &wording(options, &address.to_string()),
        options.first,
    );
    let mut process = Process::start(command, address, &dir.join("echo.log"))?;
    let mut request = Vec::new();
    subject.requests.write(0, &mut request);
    let (body, _) = process.first(&request, ACCEPTED)?;
    if body.len() != answer {
        bail!(
            "the echo answers {} bytes and the service {answer}",
            body.len()
        );
    }
    subject.process = Some(process);
    Ok(subject)
}

/// What a server at `host` is sent.
fn wording(options: &Options, host: &str) -> Wording {
    // A key must not be an earlier run's key, or a running server would answer from memory.
    let run = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    Wording {
        host: host.to_owned(),
        site: options.site.clone(),
        origin: format!("http://{host}"),
        authors: options.authors,
        articles: options.articles,
        keys: options.keys.then(|| format!("load-{run:x}")),
    }
}

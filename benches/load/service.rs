//! The service as an operator runs it: a fresh database, one site, settings by environment. Nothing is
//! tuned that an operator would not tune; `--env` is there for what is to be tried.

use crate::bodies::Requests;
use crate::options::Options;
use crate::process::{Process, free_address};
use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Who teaches a model, where one is taught.
pub const TEACHER: &str = "teacher@load.example";

/// The answer that a comment was stored.
pub const ACCEPTED: u16 = 202;

/// How soon a started service is of use.
#[derive(Clone, Copy)]
pub struct Start {
    /// From spawn to the first 200 of /livez.
    pub live: Duration,
    /// From spawn to the first comment stored.
    pub stored: Duration,
}

/// Where the comments go.
pub enum Database {
    /// A file in the directory of the measurement.
    Sqlite(PathBuf),
    /// A server elsewhere.
    Postgres(String),
}

/// What it takes to start the service, again and again on the same database.
pub struct Service {
    binary: PathBuf,
    dir: PathBuf,
    environment: Vec<(String, String)>,
    database: Database,
    /// Where it will listen.
    pub address: SocketAddr,
}

impl Service {
    /// Makes the directory, the database and the site.
    pub fn prepare(options: &Options, dir: &Path, database: Database) -> Result<Self> {
        std::fs::create_dir_all(dir)?;
        let address = free_address()?;
        let url = match &database {
            Database::Sqlite(file) => format!("sqlite:{}", file.display()),
            Database::Postgres(url) => url.clone(),
        };
        let mut environment = vec![
            ("DATABASE_URL".to_owned(), url),
            ("DUYET_LISTEN".to_owned(), address.to_string()),
            ("DUYET_PUBLIC_URL".to_owned(), format!("http://{address}")),
            ("DUYET_SECRET".to_owned(), "5ec2e7".repeat(12)),
        ];
        for setting in &options.environment {
            let (name, value) = setting
                .split_once('=')
                .with_context(|| format!("--env {setting}: NAME=VALUE is wanted"))?;
            environment.push((name.to_owned(), value.to_owned()));
        }
        let binary = options.binary.clone();
        let service = Self {
            binary,
            dir: dir.to_owned(),
            environment,
            database,
            address,
        };
        service.add_site(&options.site)?;
        // What waits is told to members, so whoever is measured beside a taught model has its teacher as well.
        let teacher = options.taught.then_some(TEACHER);
        for email in options.member.as_deref().into_iter().chain(teacher) {
            service.done(&["moderator", "add", email, "--name", "Lan"])?;
        }
        Ok(service)
    }

    /// Starts the service and waits until it has stored a comment; returns the answer to that one.
    pub fn start(
        &self,
        requests: &Requests,
        next: &AtomicU64,
    ) -> Result<(Process, Start, Vec<u8>)> {
        let mut command = self.command();
        command.arg("serve");
        let mut process = Process::start(command, self.address, &self.dir.join("service.log"))?;
        let look = format!("GET /livez HTTP/1.1\r\nhost: {}\r\n\r\n", self.address);
        let (_, live) = process.first(look.as_bytes(), 200)?;
        let mut request = Vec::new();
        requests.write(next.fetch_add(1, Ordering::Relaxed), &mut request);
        let (answer, stored) = process.first(&request, ACCEPTED)?;
        Ok((process, Start { live, stored }, answer))
    }

    /// Bytes that the database takes on disk now, where it can be told.
    pub fn database_size(&self) -> Option<u64> {
        match &self.database {
            Database::Sqlite(file) => {
                let sizes = ["", "-wal", "-shm"].map(|end| {
                    std::fs::metadata(format!("{}{end}", file.display()))
                        .map_or(0, |found| found.len())
                });
                Some(sizes.iter().sum())
            }
            Database::Postgres(url) => {
                let ask = "SELECT pg_database_size(current_database())";
                let found = Command::new("psql")
                    .args([url, "-XAtc", ask])
                    .output()
                    .ok()?;
                String::from_utf8(found.stdout).ok()?.trim().parse().ok()
            }
        }
    }

    fn add_site(&self, site: &str) -> Result<()> {
        let origin = format!("http://{}", self.address);
        self.done(&["site", "add", site, "--name", "Load", "--origin", &origin])?;
        Ok(())
    }

    /// Runs a command of the service to its end; what it printed.
    pub fn done(&self, arguments: &[&str]) -> Result<String> {
        let done = self
            .command()
            .args(arguments)
            .output()
            .with_context(|| self.binary.display().to_string())?;
        if !done.status.success() {
            let told = String::from_utf8_lossy(&done.stderr);
            bail!("{} failed: {told}", arguments.join(" "));
        }
        Ok(String::from_utf8(done.stdout)?)
    }

    /// The binary with our settings only; what the caller's shell has set must not change the figures.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.env_clear().current_dir(&self.dir);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

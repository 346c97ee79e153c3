//! A server as a child process: started on a port of its own, waited for, held still while another has
//! its turn, asked to stop, and never left behind.

use crate::connection::Connection;
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to answer, or to stop, before the measurement is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running child.
pub struct Process {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
    spawned: Instant,
}

impl Process {
    /// Starts `command`, which will listen on `address`; what it says goes to the file `log`.
    pub fn start(mut command: Command, address: SocketAddr, log: &Path) -> Result<Self> {
        let out = File::options().create(true).append(true).open(log)?;
        command
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out);
        let spawned = Instant::now();
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        Ok(Self {
            child,
            address,
            log: log.to_owned(),
            spawned,
        })
    }

    /// The process id, for reading what the kernel knows of it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks until the answer has `status`; returns its body and the time since the process was spawned.
    pub fn first(&mut self, request: &[u8], status: u16) -> Result<(Vec<u8>, Duration)> {
        loop {
            let problem = match ask_once(self.address, request) {
                Ok((found, body)) if found == status => return Ok((body, self.spawned.elapsed())),
                Ok((found, body)) => format!("{found} {}", String::from_utf8_lossy(&body)),
                Err(error) => error.to_string(),
            };
            if let Some(end) = self.child.try_wait()? {
                bail!("the server ended ({end}) and left:\n{}", self.last_words());
            }
            if self.spawned.elapsed() > PATIENCE {
                bail!(
                    "no {status} from the server, but {problem}\n{}",
                    self.last_words()
                );
            }
            std::thread::sleep(Duration::from_micros(500));
        }
    }

    /// Keeps the process from running, so that its afterwork does not slow another server's turn.
    pub fn hold(&self) -> Result<()> {
        self.signal("STOP")
    }

    /// Lets it run again.
    pub fn release(&self) -> Result<()> {
        self.signal("CONT")
    }

    /// Asks it to stop and returns how long that took.
    pub fn stop(mut self) -> Result<Duration> {
        let asked = Instant::now();
        self.signal("TERM")?;
        while self.child.try_wait()?.is_none() {
            if asked.elapsed() > PATIENCE {
                bail!("the server did not stop\n{}", self.last_words());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(asked.elapsed())
    }

    fn signal(&self, name: &str) -> Result<()> {
        // A signal of one's own choice takes unsafe code or a crate; every system has kill(1).
        let status = Command::new("kill")
            .args(["-s", name, &self.id().to_string()])
            .status()?;
        if !status.success() {
            bail!("kill -s {name} failed\n{}", self.last_words());
        }
        Ok(())
    }

    /// The end of what the server has written.
    fn last_words(&self) -> String {
        let log = std::fs::read(&self.log).unwrap_or_default();
        let tail = &log[log.len().saturating_sub(2000)..];
        String::from_utf8_lossy(tail).into_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Fails only where it has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A loopback address that nobody listened on a moment ago.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// One request on a connection of its own.
pub fn ask_once(address: SocketAddr, request: &[u8]) -> Result<(u16, Vec<u8>)> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let asking = async {
            let mut connection = Connection::open(address).await?;
            let answer = connection.ask(request).await?;
            Ok((answer.status, connection.body(&answer).to_vec()))
        };
        tokio::time::timeout(PATIENCE, asking).await?
    })
}

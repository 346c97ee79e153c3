//! Processes of the real binary: the server, and commands that end by themselves.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// As long as a debug build on a busy machine may take for what takes no time.
const PATIENCE: Duration = Duration::from_secs(60);

/// The binary with exactly these settings: nothing of the environment that the tests run in.
fn duyet(folder: &Path, settings: &BTreeMap<String, String>, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duyet"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        // Each test starts a service of its own, and a good part of each start would go into clearing pages of two megabytes.
        .env("MIMALLOC_ALLOW_THP", "0")
        .envs(settings);
    command
}

/// A command that runs, with all three of its streams in our hands.
fn begun(folder: &Path, settings: &BTreeMap<String, String>, arguments: &[&str]) -> Child {
    let mut command = duyet(folder, settings, arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("the binary runs")
}

/// Runs a command to its end.
pub fn run(
    folder: &Path,
    settings: &BTreeMap<String, String>,
    arguments: &[&str],
    input: &str,
) -> Output {
    let mut child = begun(folder, settings, arguments);
    let mut stdin = child.stdin.take().expect("its input");
    let input = input.to_owned();
    // A thread, since a command that writes while it reads would otherwise wait for us and we for it. Whether it reads
    // all is its own affair.
    let writing = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().expect("its output");
    writing.join().expect("its input is written");
    output
}

/// Runs a command of whose output nobody reads anything.
pub fn run_unread(
    folder: &Path,
    settings: &BTreeMap<String, String>,
    arguments: &[&str],
    input: &str,
) -> Output {
    let mut child = begun(folder, settings, arguments);
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("its input");
    // Whether it reads all is its own affair.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("its end")
}

/// What a command has printed once that is among it; it is ended then, whatever it waits for.
pub fn printed_at_once(
    folder: &Path,
    settings: &BTreeMap<String, String>,
    arguments: &[&str],
    awaited: &str,
) -> String {
    let mut child = begun(folder, settings, arguments);
    let (printed, lines) = collect(child.stdout.take().expect("its output"));
    let deadline = Instant::now() + PATIENCE;
    let is_there = || {
        let left = deadline.saturating_duration_since(Instant::now());
        lines.recv_timeout(left).map(|line| line.contains(awaited))
    };
    while is_there() == Ok(false) {}
    let _ = child.kill();
    let _ = child.wait();
    printed.lock().expect("nobody has panicked").clone()
}

/// The one line that says why a command did not do what it was asked to.
#[track_caller]
pub fn refusal(output: &Output) -> String {
    assert!(!output.status.success(), "it succeeded: {output:?}");
    let told = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("duyet: "), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    told
}

/// A running server.
pub struct Server {
    /// `http://ADDRESS`.
    pub base: String,
    child: Child,
    printed: Arc<Mutex<String>>,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// Starts it and waits until it answers.
    pub fn start(folder: &Path, settings: &BTreeMap<String, String>, command: &str) -> Self {
        let mut process = duyet(folder, settings, &[command]);
        process
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = process.spawn().expect("the binary runs");
        let (printed, lines) = collect(child.stdout.take().expect("its output"));
        let (log, log_lines) = collect(child.stderr.take().expect("its log"));
        let mut server = Self {
            base: String::new(),
            child,
            printed,
            log,
        };
        // The demonstration prints a text for people, so its address is read from its log.
        server.base = match command {
            "serve" => server.wait_for(&lines, |line| {
                line.strip_prefix("listening on ").map(str::to_owned)
            }),
            _ => server.wait_for(&log_lines, |line| {
                let event: serde_json::Value = serde_json::from_str(line).ok()?;
                Some(format!("http://{}", event.get("address")?.as_str()?))
            }),
        };
        server
    }

    fn wait_for(
        &mut self,
        lines: &Receiver<String>,
        read: impl Fn(&str) -> Option<String>,
    ) -> String {
        let deadline = Instant::now() + PATIENCE;
        while let Ok(line) = lines.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            if let Some(found) = read(&line) {
                return found;
            }
        }
        panic!("the server did not start: {}{}", self.printed(), self.log());
    }

    /// What it has printed on standard output.
    pub fn printed(&self) -> String {
        self.printed.lock().expect("nobody has panicked").clone()
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        self.log.lock().expect("nobody has panicked").clone()
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to stop, as a service manager does. It may take its time.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Asks it to read its rules again.
    pub fn hang_up(&self) {
        self.signal("HUP");
    }

    fn signal(&self, name: &str) {
        let told = Command::new("kill")
            .args(["-s", name, &self.id().to_string()])
            .status();
        assert!(
            told.is_ok_and(|status| status.success()),
            "the server is gone already"
        );
    }

    /// How it ended, once it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("it is a child of ours")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            let log = self.log();
            let lines: Vec<&str> = log.lines().collect();
            eprintln!(
                "-- the end of the server's log\n{}",
                lines[lines.len().saturating_sub(30)..].join("\n")
            );
        }
    }
}

/// Gathers what comes, as a whole and line by line.
fn collect(from: impl Read + Send + 'static) -> (Arc<Mutex<String>>, Receiver<String>) {
    let whole = Arc::new(Mutex::new(String::new()));
    let (sender, lines) = channel();
    let gathered = whole.clone();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut whole = gathered.lock().expect("nobody has panicked");
            whole.push_str(&line);
            whole.push('\n');
            drop(whole);
            // Once the server has started nobody waits for single lines any more.
            let _ = sender.send(line);
        }
    });
    (whole, lines)
}

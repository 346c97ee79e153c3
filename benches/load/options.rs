//! What can be asked of the load program.

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Loads the service with distinct comments over keep-alive connections, in turns with a bare
/// actix-web echo that takes the same requests, and prints Markdown.
#[derive(Parser)]
#[command(name = "load")]
pub struct Options {
    /// What cargo adds; without it nothing is measured, so that running all targets' tests stays quick.
    #[arg(long, hide = true)]
    pub bench: bool,
    /// Numbers of connections, one after the other.
    #[arg(long, value_delimiter = ',', default_value = "64,256")]
    pub connections: Vec<usize>,
    /// Seconds that count, a run.
    #[arg(long, default_value_t = 10.0)]
    pub seconds: f64,
    /// Seconds of warm-up before them.
    #[arg(long, default_value_t = 2.0)]
    pub warm_up: f64,
    /// How often each server has its turn at each number of connections.
    #[arg(long, default_value_t = 4)]
    pub rounds: usize,
    /// Threads of the client.
    #[arg(long, default_value_t = 1)]
    pub threads: usize,
    /// Worker threads of the echo; the number of cores by default, as actix-web has it.
    #[arg(long)]
    pub workers: Option<usize>,
    /// How many readers write.
    #[arg(long, default_value_t = 100)]
    pub authors: u64,
    /// How many articles they write under.
    #[arg(long, default_value_t = 100)]
    pub articles: u64,
    /// Send an Idempotency-Key with each comment.
    #[arg(long)]
    pub keys: bool,
    /// The number of the first comment, where an earlier run has already sent the ones before it.
    #[arg(long, default_value_t = 0)]
    pub first: u64,
    /// Starts of the service to take the median of.
    #[arg(long, default_value_t = 5)]
    pub starts: usize,
    /// Measure on `PostgreSQL` too: an empty database, which is left as the load leaves it.
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// Servers to leave out; without the echo there is no ratio.
    #[arg(long, value_delimiter = ',')]
    pub without: Vec<Server>,
    /// Another build of the service.
    #[arg(long, value_name = "FILE", default_value = env!("CARGO_BIN_EXE_duyet"))]
    pub binary: PathBuf,
    /// Where the database lies while it is measured: fsync is only as honest as this disk.
    #[arg(long, value_name = "DIR", default_value = env!("CARGO_TARGET_TMPDIR"))]
    pub dir: PathBuf,
    /// A setting of the service's environment; may be given often.
    #[arg(long = "env", value_name = "NAME=VALUE")]
    pub environment: Vec<String>,
    /// Load a server that already runs, such as <http://127.0.0.1:8080>, instead of starting one.
    #[arg(long, value_name = "URL", conflicts_with_all = ["database_url", "binary", "environment"])]
    pub target: Option<String>,
    /// Add a moderator with that address, who is mailed of what waits.
    #[arg(long, value_name = "EMAIL", conflicts_with = "target")]
    pub member: Option<String>,
    /// Measure on SQLite a second time, with a model that was taught and is asked about every comment.
    #[arg(long, conflicts_with = "target")]
    pub taught: bool,
    /// The key of the site to comment on.
    #[arg(long, default_value = "load")]
    pub site: String,
    /// The origin registered for the site at the target; the target itself by default.
    #[arg(long, requires = "target")]
    pub origin: Option<String>,
    /// What else this program can be.
    #[command(subcommand)]
    pub role: Option<Role>,
}

/// What is measured unless it is left out.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Server {
    /// The server to compare with.
    Echo,
    /// The service on a fresh file.
    Sqlite,
}

/// The program runs itself again for the server to compare with, so that it has a process of its own.
#[derive(Subcommand)]
pub enum Role {
    /// Be the echo.
    #[command(hide = true)]
    Echo {
        /// The address to listen on.
        #[arg(long)]
        listen: String,
        /// Worker threads.
        #[arg(long)]
        workers: usize,
        /// Bytes of its answer's body.
        #[arg(long)]
        answer: usize,
    },
}

//! What a page of the queue costs with a million comments: fills a database through the store, asks what pages ask, and prints
//! times and plans as Markdown: `cargo bench --bench desk -- --help`.

// The list of cases is long by nature, and what a filler makes is its own even where it needs no field of it.
#![allow(clippy::too_many_lines, clippy::unused_self, clippy::unnecessary_wraps)]
#![forbid(unsafe_code)]

mod cases;
mod fill;
mod plans;
mod report;
#[path = "../load/vietnamese.rs"]
mod vietnamese;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use clap::Parser;
use duyet::store::{Address, Store};

/// Fills a database and measures the moderators' pages on it.
#[derive(Parser)]
#[command(name = "desk")]
pub struct Options {
    /// What cargo adds; without it nothing is measured, so that running all targets' tests stays quick.
    #[arg(long, hide = true)]
    pub bench: bool,
    /// How many comments there are.
    #[arg(long, default_value_t = 1_000_000)]
    pub comments: u64,
    /// How many of a hundred wait.
    #[arg(long, default_value_t = 40)]
    pub waiting: u64,
    /// Under how many articles.
    #[arg(long, default_value_t = 50_000)]
    pub articles: u64,
    /// Of how many sites.
    #[arg(long, default_value_t = 3)]
    pub sites: u64,
    /// How often each page is asked for.
    #[arg(long, default_value_t = 200)]
    pub times: usize,
    /// An empty database of `PostgreSQL` instead of a file of SQLite.
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// Where SQLite's file lies while it is measured.
    #[arg(long, value_name = "DIR", default_value = env!("CARGO_TARGET_TMPDIR"))]
    pub dir: PathBuf,
    /// Keep the file, or find it there filled.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<()> {
    if !std::env::args().any(|argument| argument == "--bench") {
        eprintln!("the desk program measures only under `cargo bench --bench desk`");
        return Ok(());
    }
    let options = Options::parse();
    plans::listen();
    let dir = tempfile::Builder::new()
        .prefix("desk-")
        .tempdir_in(&options.dir)?;
    let file = options.file.clone();
    let file = file.unwrap_or_else(|| dir.path().join("duyet.db"));
    let url = match &options.database_url {
        Some(url) => url.clone(),
        None => format!("sqlite:{}", file.display()),
    };
    let address: Address = url.parse()?;
    let store = Store::open(address.clone()).await?;
    let start = Instant::now();
    let filled = fill::fill(&store, &options, &url).await?;
    report::filled(&options, &store, &filled, start.elapsed());
    let rows = cases::measure(&store, &filled, options.times).await?;
    report::times(&rows);
    plans::print(&url, &rows)?;
    Ok(())
}

//! How many comments a second the service acknowledges, once they are durable, and how far that is from
//! the least a server could do: `cargo bench --bench load -- --help`.
//!
//! The echo and the service take turns in one run, because machines differ from hour to hour; the
//! ratio between them differs less. While one has its turn the other is held still.
#![forbid(unsafe_code)]

mod bodies;
mod client;
mod connection;
mod echo;
mod lineup;
mod machine;
mod options;
mod process;
mod report;
mod service;
mod teach;
mod turns;
mod vietnamese;

use anyhow::Result;
use clap::Parser;
use lineup::{ECHO, Subject, line_up};
use options::{Options, Role};
use turns::{look_back, take_turns};

fn main() -> Result<()> {
    // Test runners ask every target for its tests; this one has none to list or to run.
    if !std::env::args().any(|argument| argument == "--bench" || argument == ECHO) {
        eprintln!("the load program measures only under `cargo bench --bench load`");
        return Ok(());
    }
    let options = Options::parse();
    match &options.role {
        Some(Role::Echo {
            listen,
            workers,
            answer,
        }) => echo::serve(listen, *workers, *answer),
        None => measure(&options),
    }
}

fn measure(options: &Options) -> Result<()> {
    let dir = tempfile::Builder::new()
        .prefix("load-")
        .tempdir_in(&options.dir)?;
    let disk = machine::measure_disk(dir.path())?;
    let clock = machine::clock();
    let subjects = line_up(options, dir.path())?;
    let sizes: Vec<_> = subjects.iter().map(Subject::database_size).collect();
    let mut rows = Vec::new();
    for &connections in &options.connections {
        rows.extend(take_turns(options, &subjects, connections)?);
    }
    let stolen = machine::stolen_since(clock);
    let mut bodies = Vec::new();
    for (subject, before) in subjects.into_iter().zip(sizes) {
        bodies.extend(look_back(subject, before, &rows)?);
    }
    let after = machine::measure_disk(dir.path())?;
    println!("{}", report::machine([&disk, &after], stolen));
    println!("{}", report::speeds(&rows, ECHO));
    if !bodies.is_empty() {
        println!("{}", report::bodies(&bodies));
    }
    Ok(())
}

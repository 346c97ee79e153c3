//! The run itself: every server in its turn, and a look at each when all is over.

use crate::bodies::DISTINCT;
use crate::client::{self, Load, Tally};
use crate::lineup::Subject;
use crate::machine;
use crate::options::Options;
use crate::report::{Body, Row};
use anyhow::{Context, Result};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// All servers in turn, round by round, forth and back, with this many connections: what makes a machine slower as it goes on is shared.
pub fn take_turns(options: &Options, subjects: &[Subject], connections: usize) -> Result<Vec<Row>> {
    let load = Load {
        connections,
        threads: options.threads,
        warm_up: Duration::try_from_secs_f64(options.warm_up)?,
        length: Duration::try_from_secs_f64(options.seconds)?,
    };
    let mut rows = Vec::new();
    for subject in subjects {
        rows.push(Row {
            server: subject.name.clone(),
            connections,
            rates: Vec::new(),
            tally: Tally::new()?,
            used: Duration::ZERO,
        });
    }
    for process in subjects
        .iter()
        .filter_map(|subject| subject.process.as_ref())
    {
        process.hold()?;
    }
    let mut order: Vec<usize> = (0..subjects.len()).collect();
    for round in 1..=options.rounds {
        for &place in &order {
            let subject = &subjects[place];
            eprintln!(
                "{} connections, round {round}, {}",
                connections, subject.name
            );
            turn(subject, load, &mut rows[place])?;
        }
        order.reverse();
    }
    for process in subjects
        .iter()
        .filter_map(|subject| subject.process.as_ref())
    {
        process.release()?;
    }
    Ok(rows)
}

/// One server's turn.
fn turn(subject: &Subject, load: Load, row: &mut Row) -> Result<()> {
    let before = match &subject.process {
        Some(process) => {
            process.release()?;
            Some(machine::processor_time(process.id())?)
        }
        None => None,
    };
    let tally = client::drive(subject.address, &subject.requests, &subject.next, load)?;
    if let (Some(process), Some(before)) = (&subject.process, before) {
        row.used += machine::processor_time(process.id())?.saturating_sub(before);
        process.hold()?;
    }
    let rate = f64::from(u32::try_from(tally.acknowledged)?) / load.length.as_secs_f64();
    eprintln!("  {rate:.0} a second");
    row.rates.push(rate);
    if subject.next.load(Ordering::Relaxed) > DISTINCT {
        eprintln!("  more comments than there are different ones: repeats were sent");
    }
    row.tally.add(&tally)
}

/// What a service of ours looks like after the load, and how it starts on what the load has left.
pub fn look_back(mut subject: Subject, before: Option<u64>, rows: &[Row]) -> Result<Option<Body>> {
    let (Some(process), Some(service)) = (subject.process.take(), subject.service.take()) else {
        return Ok(None);
    };
    let loaded = machine::memory(process.id())?;
    let after = service.database_size();
    let stop = process.stop()?;
    let (_process, again, _) = service.start(&subject.requests, &subject.next)?;
    let mine = rows.iter().filter(|row| row.server == subject.name);
    Ok(Some(Body {
        stored: mine.map(|row| row.tally.stored).sum(),
        server: subject.name,
        starts: subject.starts,
        stop,
        again,
        at_rest: subject.at_rest.context("the memory at rest was not read")?,
        loaded,
        sizes: (before, after),
    }))
}

//! The figures as Markdown, ready for docs/benchmarks.md.

use crate::client::Tally;
use crate::machine::{self, Disk, Memory};
use crate::service::Start;
use std::time::Duration;

/// One server at one number of connections, all rounds together.
pub struct Row {
    /// The server's name.
    pub server: String,
    /// Connections held open.
    pub connections: usize,
    /// Acknowledged comments a second, round by round.
    pub rates: Vec<f64>,
    /// All rounds' answers.
    pub tally: Tally,
    /// Processor time of the server in all rounds, where it is a process of ours.
    pub used: Duration,
}

impl Row {
    /// Acknowledged comments a second, the median of the rounds.
    fn rate(&self) -> f64 {
        let mut rates = self.rates.clone();
        rates.sort_by(f64::total_cmp);
        let middle = rates.len() / 2;
        match rates.len() {
            0 => 0.0,
            odd if odd % 2 == 1 => rates[middle],
            _ => f64::midpoint(rates[middle - 1], rates[middle]),
        }
    }

    /// Microseconds of the server's processor time a comment, warm-up included on both sides.
    fn cost(&self) -> String {
        match u32::try_from(self.tally.stored) {
            Ok(stored) if stored > 0 && !self.used.is_zero() => {
                format!("{:.1}", self.used.as_secs_f64() * 1e6 / f64::from(stored))
            }
            _ => "–".to_owned(),
        }
    }

    /// Everything but 202, in words.
    fn errors(&self) -> String {
        let statuses = self
            .tally
            .other
            .iter()
            .map(|(status, n)| (status.to_string(), n));
        let broken = self.tally.broken.iter().map(|(what, n)| (what.clone(), n));
        let all: Vec<String> = statuses
            .chain(broken)
            .map(|(what, n)| format!("{what}: {}", grouped(*n)))
            .collect();
        if all.is_empty() {
            "none".to_owned()
        } else {
            all.join("; ")
        }
    }
}

/// What there is to say about one started service apart from its speed.
pub struct Body {
    /// Its name.
    pub server: String,
    /// Starts before the load.
    pub starts: Vec<Start>,
    /// How long it took to stop after the load, nothing being in flight.
    pub stop: Duration,
    /// The start on the database that the load left.
    pub again: Start,
    /// Memory before the load.
    pub at_rest: Memory,
    /// Memory right after it.
    pub loaded: Memory,
    /// Bytes of the database, where known, before and after the load.
    pub sizes: (Option<u64>, Option<u64>),
    /// Comments acknowledged in all.
    pub stored: u64,
}

/// The line about the machine.
pub fn machine(disk: [&Disk; 2], stolen: u64) -> String {
    let [before, after] = disk.map(|disk| format!("{} / {}", ms(disk.median), ms(disk.p99)));
    let (processor, kernel) = (machine::processor(), machine::kernel());
    format!(
        "{processor}, {kernel}; fsync of 4 KiB, median / 99th percentile, {before} ms before and {after} ms \
         after; {stolen} % of the processor time taken by other guests.\n"
    )
}

/// The table of speeds; the ratio is to the row called `limit` with as many connections.
pub fn speeds(rows: &[Row], limit: &str) -> String {
    let mut out = String::from(
        "| connections | server | acknowledged/s | each round | p50 ms | p99 ms | µs of processor a comment | other answers | ratio to echo |\n\
         | ---: | --- | ---: | --- | ---: | ---: | ---: | --- | ---: |\n",
    );
    for line in rows {
        let limit = rows
            .iter()
            .find(|other| other.server == limit && other.connections == line.connections);
        let ratio = limit
            .filter(|limit| limit.rate() > 0.0)
            .map_or("–".to_owned(), |limit| {
                format!("{:.2}", line.rate() / limit.rate())
            });
        let rounds: Vec<String> = line.rates.iter().map(|&rate| whole(rate)).collect();
        let at = |quantile| {
            ms(Duration::from_micros(
                line.tally.latency.value_at_quantile(quantile),
            ))
        };
        let cells = [
            line.connections.to_string(),
            line.server.clone(),
            whole(line.rate()),
            rounds.join(", "),
            at(0.5),
            at(0.99),
            line.cost(),
            line.errors(),
            ratio,
        ];
        out += &row(&cells);
    }
    out
}

/// The table of everything else, a column a service.
pub fn bodies(bodies: &[Body]) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &dyn Fn(&Body) -> String| {
        let cells: Vec<String> = std::iter::once(name.to_owned())
            .chain(bodies.iter().map(value))
            .collect();
        out += &row(&cells);
    };
    line("", &|body| body.server.clone());
    line("---", &|_| "---:".to_owned());
    line("spawn to first 200 of /livez, ms (median)", &|body| {
        ms(median(body, |start| start.live))
    });
    line("spawn to first comment stored, ms (median)", &|body| {
        ms(median(body, |start| start.stored))
    });
    line("the same after the load, ms", &|body| ms(body.again.stored));
    line("SIGTERM to the end after the load, ms", &|body| {
        ms(body.stop)
    });
    line(
        "resident at rest, MiB",
        &|body| mib(body.at_rest.now * 1024),
    );
    line("resident under load, at most, MiB", &|body| {
        mib(body.loaded.peak * 1024)
    });
    line("resident after the load, MiB", &|body| {
        mib(body.loaded.now * 1024)
    });
    line("comments acknowledged in all", &|body| grouped(body.stored));
    line("database after the load, MiB", &|body| {
        body.sizes.1.map_or("–".to_owned(), mib)
    });
    line("database a comment, bytes", &|body| match body.sizes {
        (Some(before), Some(after)) if body.stored > 0 => {
            grouped(after.saturating_sub(before) / body.stored)
        }
        _ => "–".to_owned(),
    });
    out
}

/// A line of a table.
fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// The median of one figure of the starts.
fn median(body: &Body, figure: impl Fn(&Start) -> Duration) -> Duration {
    let mut times: Vec<Duration> = body.starts.iter().map(figure).collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Milliseconds, with the digits that mean something.
fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    if ms < 10.0 {
        format!("{ms:.2}")
    } else {
        format!("{ms:.1}")
    }
}

/// Mebibytes.
fn mib(bytes: u64) -> String {
    let kib = u32::try_from(bytes / 1024).unwrap_or(u32::MAX);
    format!("{:.1}", f64::from(kib) / 1024.0)
}

/// A rate without its fraction.
fn whole(rate: f64) -> String {
    let digits = format!("{rate:.0}");
    digits.parse().map_or(digits, grouped)
}

/// A number with commas between the thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

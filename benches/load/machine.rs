//! What the figures depend on and the kernel knows: the machine, its disk, and a process's use of it.

use anyhow::{Context, Result};
use hdrhistogram::Histogram;
use std::fs::{File, read_to_string};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// Linux counts a process's time in hundredths of a second on every architecture we build for.
const TICK: Duration = Duration::from_millis(10);

/// How long the disk took to take 4 KiB for good.
pub struct Disk {
    /// Half of the writes were quicker.
    pub median: Duration,
    /// One in a hundred was slower.
    pub p99: Duration,
}

/// Appends 4 KiB and calls fsync, again and again for a second, in `dir`.
pub fn measure_disk(dir: &Path) -> Result<Disk> {
    let path = dir.join("fsync.probe");
    let mut file = File::create(&path)?;
    let mut times = Histogram::<u64>::new(3)?;
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(1) {
        let before = Instant::now();
        file.write_all(&[0x5a; 4096])?;
        file.sync_all()?;
        times.record(u64::try_from(before.elapsed().as_micros())?)?;
    }
    std::fs::remove_file(path)?;
    Ok(Disk {
        median: Duration::from_micros(times.value_at_quantile(0.5)),
        p99: Duration::from_micros(times.value_at_quantile(0.99)),
    })
}

/// The processor's name and the number of its cores that we may use.
pub fn processor() -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let info = read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .and_then(|rest| rest.split_once(':'))
        .map_or("unknown processor", |(_, name)| name.trim());
    format!("{cores} × {model}")
}

/// The kernel's release.
pub fn kernel() -> String {
    let release = read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("Linux {}", release.trim())
}

/// Processor time of the whole machine since it started: all of it, and what other guests took from it.
#[derive(Clone, Copy)]
pub struct Clock {
    all: u64,
    stolen: u64,
}

/// Reads the clock.
pub fn clock() -> Clock {
    let stat = read_to_string("/proc/stat").unwrap_or_default();
    // user nice system idle iowait irq softirq steal; what follows is counted in these already.
    let times: Vec<u64> = stat
        .lines()
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(1)
        .take(8)
        .filter_map(|field| field.parse().ok())
        .collect();
    Clock {
        all: times.iter().sum(),
        stolen: times.get(7).copied().unwrap_or(0),
    }
}

/// The share of the machine's time since `before` that other guests took, in percent.
pub fn stolen_since(before: Clock) -> u64 {
    let now = clock();
    100 * (now.stolen - before.stolen) / (now.all - before.all).max(1)
}

/// Processor time that a process has used so far.
pub fn processor_time(process: u32) -> Result<Duration> {
    let stat = read_to_string(format!("/proc/{process}/stat"))?;
    // The name, in brackets, may hold blanks; user and system time are fields 14 and 15, counted from one.
    let (_, fields) = stat.rsplit_once(") ").context("an odd /proc/PID/stat")?;
    let ticks: u32 = fields
        .split(' ')
        .skip(11)
        .take(2)
        .map(|field| field.parse().unwrap_or(0))
        .sum();
    Ok(TICK * ticks)
}

/// Resident memory of a process in KiB.
#[derive(Clone, Copy)]
pub struct Memory {
    /// Now.
    pub now: u64,
    /// The most there ever was.
    pub peak: u64,
}

/// Reads the memory of a process.
pub fn memory(process: u32) -> Result<Memory> {
    let status = read_to_string(format!("/proc/{process}/status"))?;
    let kib = |name: &str| {
        status
            .lines()
            .find_map(|line| {
                line.strip_prefix(name)?
                    .split_whitespace()
                    .next()?
                    .parse()
                    .ok()
            })
            .with_context(|| format!("no {name} in /proc/PID/status"))
    };
    Ok(Memory {
        now: kib("VmRSS:")?,
        peak: kib("VmHWM:")?,
    })
}

//! `duyet rules evaluate`: how well the rules tell bad comments from fine ones, and how fast.

mod print;
mod report;
mod tally;

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Args;
use duyet::domain::Verdict;
use duyet::rules::RuleSet;
use serde::{Deserialize, Serialize};

use self::report::Report;
use self::tally::Tally;
use super::{judged, with_half_the_tones, without_tones};
use crate::commands::say;

#[derive(Args)]
pub struct Options {
    /// Files of one `{"text","label","label3"?,"split"?,"name"?,"id"?}` a line; label 1 is bad, 0 is fine.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Only lines of this split, such as `dev`.
    #[arg(long)]
    split: Option<String>,
    /// Judge the text with all Vietnamese tones and marks taken off.
    #[arg(long)]
    strip_tones: bool,
    /// Judge the text with every second syllable's tones and marks taken off, as they fail whose keyboard sets them now and then.
    #[arg(long, conflicts_with = "strip_tones")]
    half_tones: bool,
    /// Also print the first N fine comments that are held and the first N bad ones that are not.
    #[arg(long, value_name = "N", default_value_t = 0)]
    mistakes: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// One labelled comment. Other fields, which sets have for their own ends, are passed over.
#[derive(Deserialize)]
struct Labelled {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
    label: u8,
    label3: Option<u8>,
    split: Option<String>,
    #[serde(default)]
    name: String,
}

/// All that is printed as JSON.
#[derive(Serialize)]
struct Measured<'a> {
    rules_version: &'a str,
    strip_tones: bool,
    half_tones: bool,
    split: Option<&'a str>,
    files: &'a [Report],
}

pub fn run(rules: &RuleSet, options: &Options) -> anyhow::Result<()> {
    let mut reports = Vec::new();
    for file in &options.files {
        let tally = measured(rules, file, options)?;
        reports.push(tally.report(file.display().to_string()));
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if options.json {
        let measured = Measured {
            rules_version: rules.version(),
            strip_tones: options.strip_tones,
            half_tones: options.half_tones,
            split: options.split.as_deref(),
            files: &reports,
        };
        let json = serde_json::to_string_pretty(&measured)?;
        say::heard(writeln!(out, "{json}"))?;
    } else {
        say::heard(print::reports(&mut out, rules.version(), &reports))?;
    }
    say::heard(out.flush())
}

fn measured(rules: &RuleSet, path: &Path, options: &Options) -> anyhow::Result<Tally> {
    let place = |line: usize| format!("{}:{line}", path.display());
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    let mut tally = Tally::new(options.mistakes);
    for (number, line) in std::io::BufReader::new(file).lines().enumerate() {
        let number = number + 1;
        let line = line.with_context(|| place(number))?;
        if line.trim().is_empty() {
            continue;
        }
        let mut one: Labelled = serde_json::from_str(&line).with_context(|| place(number))?;
        anyhow::ensure!(
            one.label <= 1,
            "{}: the label is {}; write 1 for bad and 0 for fine",
            place(number),
            one.label
        );
        if options.split.is_some() && one.split != options.split {
            continue;
        }
        if options.strip_tones {
            one.text = without_tones(&one.text);
        } else if options.half_tones {
            one.text = with_half_the_tones(&one.text);
        }
        let (verdict, took) = timed(rules, &one);
        tally.add(number, &one, &verdict, took);
    }
    anyhow::ensure!(
        !tally.is_empty(),
        "{} holds no labelled comment{}",
        path.display(),
        if options.split.is_some() {
            " of this split"
        } else {
            ""
        }
    );
    Ok(tally)
}

/// The verdict, and the shorter time of two: the first may have paid for caches, or for another process.
fn timed(rules: &RuleSet, one: &Labelled) -> (Verdict, Duration) {
    let run = || {
        let started = Instant::now();
        let verdict = judged(rules, &one.name, "", &one.text);
        (verdict, started.elapsed())
    };
    let (_, first) = run();
    let (verdict, second) = run();
    (verdict, first.min(second))
}

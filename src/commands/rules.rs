//! `duyet rules …`

use std::io::{BufRead, Read, Write};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use duyet::domain::{Evidence, Lane, RuleAction, Verdict};
use duyet::rules::{Context, RuleSet, Subject, check, judge, shipped};
use duyet::service::packs_in;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

#[derive(Subcommand)]
pub enum Command {
    /// Compile every pack and run every rule's own examples.
    Check {
        /// A folder of packs; those in use without.
        folder: Option<PathBuf>,
    },
    /// Judge the comment on standard input and print the verdict as JSON.
    Explain {
        /// One `{"id","body","name"?,"email"?}` a line in, one verdict a line out, in the same order.
        #[arg(long)]
        jsonl: bool,
    },
}

pub fn run(command: Command) -> anyhow::Result<()> {
    let config = super::settings()?;
    match command {
        Command::Check { folder: given } => check_packs(given.or(config.rules)),
        Command::Explain { jsonl } => {
            let rules = duyet::service::rules(&config)?;
            if jsonl {
                explain_lines(&rules)
            } else {
                explain(&rules)
            }
        }
    }
}

fn check_packs(folder: Option<PathBuf>) -> anyhow::Result<()> {
    let packs = match folder {
        Some(folder) => packs_in(&folder)?,
        None => shipped(),
    };
    let report = check(&packs);
    println!("{report}");
    if report.failures.is_empty() {
        Ok(())
    } else {
        bail!(
            "{} of the rules' promises do not hold",
            report.failures.len()
        )
    }
}

/// A comment to be judged.
#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    body: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
}

/// What came of it.
#[derive(Serialize)]
struct Explained<'a> {
    id: &'a serde_json::Value,
    action: RuleAction,
    lane: Lane,
    score: f32,
    categories: &'a std::collections::BTreeMap<duyet::domain::Category, f32>,
    evidence: &'a [Evidence],
}

fn judged(rules: &RuleSet, name: &str, email: &str, body: &str) -> Verdict {
    // As it would be stored.
    let (name, body): (String, String) = (name.nfc().collect(), body.nfc().collect());
    judge(
        rules,
        &Context::default(),
        &Subject {
            name: &name,
            email,
            body: &body,
        },
    )
}

fn explain(rules: &RuleSet) -> anyhow::Result<()> {
    let mut body = String::new();
    std::io::stdin()
        .read_to_string(&mut body)
        .context("standard input is not UTF-8")?;
    let verdict = judged(rules, "", "", body.trim_end_matches(['\r', '\n']));
    println!("{}", serde_json::to_string_pretty(&verdict)?);
    Ok(())
}

fn explain_lines(rules: &RuleSet) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.with_context(|| format!("line {}", number + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line =
            serde_json::from_str(&line).with_context(|| format!("line {}", number + 1))?;
        let verdict = judged(rules, &line.name, &line.email, &line.body);
        let explained = Explained {
            id: &line.id,
            action: verdict.action,
            lane: verdict.lane,
            score: verdict.score,
            categories: &verdict.categories,
            evidence: &verdict.evidence,
        };
        serde_json::to_writer(&mut out, &explained)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

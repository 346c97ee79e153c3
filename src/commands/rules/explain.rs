//! `duyet rules explain`

use std::collections::BTreeMap;
use std::io::{BufRead, Read, Write};

use anyhow::Context as _;
use duyet::domain::{Category, Evidence, Lane, RuleAction};
use duyet::rules::RuleSet;
use serde::{Deserialize, Serialize};

use super::judged;

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
    categories: &'a BTreeMap<Category, f32>,
    evidence: &'a [Evidence],
}

/// The comment on standard input.
pub fn one(rules: &RuleSet) -> anyhow::Result<()> {
    let mut body = String::new();
    std::io::stdin()
        .read_to_string(&mut body)
        .context("standard input is not UTF-8")?;
    let verdict = judged(rules, "", "", body.trim_end_matches(['\r', '\n']));
    println!("{}", serde_json::to_string_pretty(&verdict)?);
    Ok(())
}

/// A comment a line.
pub fn lines(rules: &RuleSet) -> anyhow::Result<()> {
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

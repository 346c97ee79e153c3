//! `duyet rules explain`: one comment as people or programs read it, or many for programs.

mod human;
mod views;

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, Read, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use duyet::domain::{Category, Evidence, Lane, RuleAction, Verdict};
use duyet::learn::{Model, Said};
use duyet::rules::RuleSet;
use duyet::text::Reading;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use self::views::{Change, NamedView};
use super::judged;
use crate::commands::learn;
use crate::commands::say::{self, say};

/// As many bad lines as are told.
const TOLD: usize = 20;

#[derive(Args)]
pub struct Options {
    /// One `{"id","body","name"?,"email"?}` a line in, one verdict a line out, in the same order.
    #[arg(long)]
    jsonl: bool,
    /// Explain to a person, as is done anyway on a terminal.
    #[arg(long, conflicts_with = "jsonl")]
    human: bool,
    /// Print the verdict as JSON, as is done anyway where the output is no terminal.
    #[arg(long, conflicts_with_all = ["human", "jsonl"])]
    json: bool,
    /// The model that `--jsonl` asks too; the one that comes with the program without.
    #[arg(long, requires = "jsonl", value_name = "MODEL")]
    model: Option<PathBuf>,
}

/// A comment to be judged.
#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    body: String,
    name: Option<String>,
    email: Option<String>,
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
    model: Says,
    rules_version: &'a str,
}

/// What the model makes of it: the probability of each.
#[derive(Serialize)]
struct Says {
    harm: f32,
    spam: f32,
}

/// One comment's verdict with how it was read.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    verdict: &'a Verdict,
    views: Vec<View<'a>>,
}

/// One way the comment was read: the whole text, and what it reads otherwise than the view before.
#[derive(Serialize)]
struct View<'a> {
    name: &'static str,
    text: &'a str,
    changes: &'a [Change],
}

impl<'a> From<&'a NamedView> for View<'a> {
    fn from(view: &'a NamedView) -> Self {
        Self {
            name: view.name,
            text: view.text.text(),
            changes: &view.changes,
        }
    }
}

pub fn run(rules: &RuleSet, options: &Options) -> anyhow::Result<()> {
    if options.jsonl {
        return lines(rules, &learn::model(options.model.as_deref())?);
    }
    let body = comment()?;
    let verdict = judged(rules, "", "", &body);
    if options.human || (std::io::stdout().is_terminal() && !options.json) {
        // The stream takes the colours off where they are not wanted: no terminal, or NO_COLOR.
        let mut out = anstream::stdout().lock();
        say::heard(human::print(&mut out, rules, &body, &verdict))?;
    } else {
        let views = views::of(rules, &Reading::new(&body));
        let told = Told {
            verdict: &verdict,
            views: views.iter().map(View::from).collect(),
        };
        say!("{}", serde_json::to_string_pretty(&told)?)?;
    }
    Ok(())
}

/// The comment on standard input, as it would be stored.
fn comment() -> anyhow::Result<String> {
    let mut body = String::new();
    std::io::stdin()
        .read_to_string(&mut body)
        .context("standard input is not UTF-8")?;
    Ok(body.trim_end_matches(['\r', '\n']).nfc().collect())
}

/// A comment a line.
fn lines(rules: &RuleSet, model: &Model) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut bad = Vec::new();
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.with_context(|| format!("line {}", number + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        // Some editors put a byte order mark before the first line.
        let line: Line = match serde_json::from_str(line.trim_start_matches('\u{feff}')) {
            Ok(line) => line,
            Err(error) => {
                bad.push(format!("line {}: {error}", number + 1));
                continue;
            }
        };
        let [name, email] =
            [&line.name, &line.email].map(|field| field.as_deref().unwrap_or_default());
        let verdict = judged(rules, name, email, &line.body);
        let body: String = line.body.nfc().collect();
        let Said { harm, spam } = model.says(&Reading::new(&body), &verdict.evidence);
        let explained = Explained {
            id: &line.id,
            action: verdict.action,
            lane: verdict.lane,
            score: verdict.score,
            categories: &verdict.categories,
            evidence: &verdict.evidence,
            model: Says { harm, spam },
            rules_version: &verdict.rules_version,
        };
        let line = serde_json::to_string(&explained)?;
        say::heard(writeln!(out, "{line}"))?;
    }
    say::heard(out.flush())?;
    anyhow::ensure!(
        bad.is_empty(),
        "{} of the lines were no comments, and all others are judged: {}; write {{\"id\",\"body\"}} a line",
        bad.len(),
        bad.iter()
            .take(TOLD)
            .cloned()
            .collect::<Vec<_>>()
            .join("; ")
    );
    Ok(())
}

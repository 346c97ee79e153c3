//! A verdict for people.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use duyet::domain::{Category, Evidence, Field, Lane, Locale, RuleAction, Verdict};
use duyet::rules::RuleSet;
use duyet::text::Reading;

use super::views::{self, NamedView};
use crate::commands::rules::visible;

const HEAD: Style = Style::new().bold();
const MARK: Style = AnsiColor::Yellow.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// As many changed words of a view as are told.
const CHANGES: usize = 20;

/// Prints what was seen in a comment, how it was read, and what follows.
pub fn print(
    out: &mut impl Write,
    rules: &RuleSet,
    body: &str,
    verdict: &Verdict,
) -> io::Result<()> {
    writeln!(out, "{HEAD}Comment{HEAD:#}")?;
    indented(out, "  ", &marked(body, &verdict.evidence))?;
    print_views(out, &views::of(rules, &Reading::new(body)))?;
    print_evidence(out, rules, &verdict.evidence)?;
    print_score(out, rules, verdict)?;
    conclusion(out, rules, verdict)
}

/// The body with what evidence points at between brackets; stretches that touch or overlap are one.
fn marked(body: &str, evidence: &[Evidence]) -> String {
    let (opening, closing) = (format!("{MARK}⟦"), format!("⟧{MARK:#}"));
    let mut seen: Vec<(u32, u32)> = evidence
        .iter()
        .filter(|one| one.field == Field::Body && one.start < one.end)
        .map(|one| (one.start, one.end))
        .collect();
    seen.sort_unstable();
    let mut seen = seen.into_iter().peekable();
    let mut out = String::new();
    let mut open_until = None;
    for (place, c) in (0..).zip(body.chars()) {
        while let Some((_, end)) = seen.next_if(|(start, _)| *start <= place) {
            if open_until.is_none() {
                out.push_str(&opening);
            }
            open_until = open_until.max(Some(end));
        }
        if open_until.is_some_and(|end| end <= place) {
            out.push_str(&closing);
            open_until = None;
        }
        out.push_str(&visible(c.encode_utf8(&mut [0; 4])));
    }
    if open_until.is_some() {
        out.push_str(&closing);
    }
    out
}

/// Each view, and below it what it reads otherwise than the one before.
fn print_views(out: &mut impl Write, list: &[NamedView]) -> io::Result<()> {
    writeln!(out, "\n{HEAD}How it was read{HEAD:#}")?;
    let width = list.iter().map(|view| view.name.len()).max().unwrap_or(0);
    let indent = " ".repeat(width + 4);
    for view in list {
        let text = visible(view.text.text().trim());
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        writeln!(out, "  {:<width$}  {first}", view.name)?;
        for line in lines {
            writeln!(out, "{indent}{line}")?;
        }
        let changed = &view.changes;
        for change in changed.iter().take(CHANGES) {
            writeln!(
                out,
                "{indent}{DIM}{} →{DIM:#} {MARK}{}{MARK:#}",
                visible(&change.from),
                visible(&change.to)
            )?;
        }
        if changed.len() > CHANGES {
            writeln!(
                out,
                "{indent}{DIM}and {} more{DIM:#}",
                changed.len() - CHANGES
            )?;
        }
    }
    Ok(())
}

fn print_evidence(out: &mut impl Write, rules: &RuleSet, list: &[Evidence]) -> io::Result<()> {
    writeln!(out, "\n{HEAD}Evidence{HEAD:#}")?;
    if list.is_empty() {
        return writeln!(out, "  none");
    }
    for seen in list {
        let title = rules.title(&seen.rule, Locale::En).unwrap_or_default();
        writeln!(
            out,
            "  {:>5.1}  {}  {title}  {MARK}⟦{}⟧{MARK:#}  {DIM}{} {}–{}, {}{DIM:#}",
            seen.weight,
            seen.rule,
            visible(&seen.excerpt).replace('\n', " "),
            seen.field,
            seen.start,
            seen.end,
            seen.view,
        )?;
    }
    Ok(())
}

/// The categories' sums, and where a cap cut one.
fn print_score(out: &mut impl Write, rules: &RuleSet, verdict: &Verdict) -> io::Result<()> {
    writeln!(out, "\n{HEAD}Score{HEAD:#}")?;
    let mut sums: BTreeMap<Category, f32> = BTreeMap::new();
    for seen in &verdict.evidence {
        *sums.entry(seen.category).or_default() += seen.weight;
    }
    for (category, counted) in &verdict.categories {
        let cap = rules.policy().caps.get(category).copied();
        let sum = sums.get(category).copied().unwrap_or_default();
        write!(out, "  {counted:>5.1}  {category}")?;
        match cap {
            Some(cap) if sum > cap => {
                writeln!(out, "  {DIM}of {sum:.1}; the cap is {cap:.1}{DIM:#}")?;
            }
            Some(cap) => writeln!(out, "  {DIM}the cap is {cap:.1}{DIM:#}")?,
            None => writeln!(out)?,
        }
    }
    writeln!(out, "  {:>5.1}  in all", verdict.score)
}

fn conclusion(out: &mut impl Write, rules: &RuleSet, verdict: &Verdict) -> io::Result<()> {
    let lanes = rules.policy().lanes;
    let style = match verdict.lane {
        Lane::LikelyFine => AnsiColor::Green,
        Lane::Look => AnsiColor::Yellow,
        Lane::LikelyBad => AnsiColor::Red,
    }
    .on_default();
    writeln!(
        out,
        "\n{HEAD}Lane{HEAD:#}    {style}{}{style:#}  {DIM}look from {}, likely_bad from {}{DIM:#}",
        verdict.lane, lanes.look, lanes.likely_bad
    )?;
    let by = verdict.settled_by.as_deref();
    let says = match verdict.action {
        RuleAction::Hold => "a person decides".to_owned(),
        _ => format!("by {}", by.unwrap_or_default()),
    };
    writeln!(
        out,
        "{HEAD}Action{HEAD:#}  {}  {DIM}{says}{DIM:#}",
        verdict.action
    )?;
    writeln!(out, "{HEAD}Rules{HEAD:#}   {}", verdict.rules_version)
}

fn indented(out: &mut impl Write, indent: &str, text: &str) -> io::Result<()> {
    for line in text.lines() {
        writeln!(out, "{indent}{line}")?;
    }
    Ok(())
}

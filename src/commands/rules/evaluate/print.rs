//! Figures for people: aligned, a table where there are several files.

use std::io::{self, Write};

use duyet::domain::Lane;

use super::report::{Mistake, Report, micros};
use crate::commands::rules::visible;

/// Prints one report whole, or several as a table with their mistakes below.
pub fn reports(out: &mut impl Write, version: &str, reports: &[Report]) -> io::Result<()> {
    match reports {
        [one] => whole(out, version, one)?,
        _ => table(out, version, reports)?,
    }
    for report in reports {
        mistakes(out, "fine, but held", &report.file, &report.held_fine)?;
        mistakes(out, "bad, but not held", &report.file, &report.missed_bad)?;
    }
    Ok(())
}

fn whole(out: &mut impl Write, version: &str, report: &Report) -> io::Result<()> {
    let lane = |lane| percent(report.fine_by_lane.get(&lane).copied());
    writeln!(
        out,
        "{}: {} comments, {} bad, {} fine; rules {version}\n",
        report.file, report.comments, report.bad, report.fine
    )?;
    writeln!(out, "precision   {:>9}", ratio(report.held.precision))?;
    writeln!(out, "recall      {:>9}", ratio(report.held.recall))?;
    writeln!(out, "F1          {:>9}", ratio(report.held.f1))?;
    writeln!(
        out,
        "macro-F1    {:>9}   over bad and fine",
        ratio(report.macro_f1)
    )?;
    writeln!(
        out,
        "fine held   {:>9}   look {}, likely_bad {}",
        percent(report.fine_held),
        lane(Lane::Look),
        lane(Lane::LikelyBad)
    )?;
    categories(out, report)?;
    confusion(out, report)?;
    times(out, report)
}

fn categories(out: &mut impl Write, report: &Report) -> io::Result<()> {
    writeln!(
        out,
        "\n{:<16}{:>8}{:>8}{:>11}{:>9}{:>9}",
        "evidence of", "bad", "fine", "precision", "recall", "F1"
    )?;
    for (category, of) in &report.categories {
        writeln!(
            out,
            "{:<16}{:>8}{:>8}{:>11}{:>9}{:>9}",
            category.as_str(),
            of.bad,
            of.fine,
            ratio(of.ratios.precision),
            ratio(of.ratios.recall),
            ratio(of.ratios.f1)
        )?;
    }
    Ok(())
}

fn confusion(out: &mut impl Write, report: &Report) -> io::Result<()> {
    write!(out, "\n{:<16}", "label")?;
    for lane in Lane::ALL {
        write!(out, "{:>13}", lane.as_str())?;
    }
    writeln!(out)?;
    for row in &report.confusion {
        let name = if row.label == 1 { "bad" } else { "fine" };
        let finer = row
            .label3
            .map_or_else(String::new, |class| format!(" ({class})"));
        write!(out, "{:<16}", format!("{name}{finer}"))?;
        for count in row.lanes.values() {
            write!(out, "{count:>13}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn times(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let told = &report.micros;
    writeln!(
        out,
        "\nµs a comment: mean {:.1}, median {:.1}, 99 % {:.1}",
        told.mean, told.median, told.p99
    )?;
    for slow in &told.slowest {
        writeln!(
            out,
            "{:>10.1}   {} characters, {}",
            micros(slow.took),
            slow.characters,
            place(slow.line, &slow.id)
        )?;
    }
    Ok(())
}

fn table(out: &mut impl Write, version: &str, reports: &[Report]) -> io::Result<()> {
    let width = reports
        .iter()
        .map(|r| r.file.chars().count())
        .max()
        .unwrap_or_default()
        .max(4);
    writeln!(
        out,
        "{:<width$}{:>9}{:>8}{:>11}{:>8}{:>8}{:>10}{:>11}{:>9}{:>12}{:>9}{:>9}",
        "file",
        "comments",
        "bad",
        "precision",
        "recall",
        "F1",
        "macro-F1",
        "fine held",
        "look",
        "likely_bad",
        "mean µs",
        "99 % µs"
    )?;
    for report in reports {
        let lane = |lane| percent(report.fine_by_lane.get(&lane).copied());
        writeln!(
            out,
            "{:<width$}{:>9}{:>8}{:>11}{:>8}{:>8}{:>10}{:>11}{:>9}{:>12}{:>9.1}{:>9.1}",
            report.file,
            report.comments,
            report.bad,
            ratio(report.held.precision),
            ratio(report.held.recall),
            ratio(report.held.f1),
            ratio(report.macro_f1),
            percent(report.fine_held),
            lane(Lane::Look),
            lane(Lane::LikelyBad),
            report.micros.mean,
            report.micros.p99
        )?;
    }
    writeln!(out, "rules {version}")
}

fn mistakes(out: &mut impl Write, title: &str, file: &str, list: &[Mistake]) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{file}: {title}")?;
    for one in list {
        let text = visible(&one.text.split_whitespace().collect::<Vec<_>>().join(" "));
        writeln!(
            out,
            "\n  {}, {} {}\n    {text}",
            place(one.line, &one.id),
            one.lane,
            one.score
        )?;
        for seen in &one.evidence {
            writeln!(
                out,
                "      {:>4}  {}  {}  «{}»",
                seen.weight,
                seen.rule,
                seen.view,
                visible(&seen.excerpt)
            )?;
        }
    }
    Ok(())
}

fn place(line: usize, id: &serde_json::Value) -> String {
    match id {
        serde_json::Value::Null => format!("line {line}"),
        serde_json::Value::String(id) => format!("line {line}, {id}"),
        id => format!("line {line}, {id}"),
    }
}

fn ratio(of: Option<f64>) -> String {
    of.map_or_else(|| "–".to_owned(), |of| format!("{of:.3}"))
}

fn percent(of: Option<f64>) -> String {
    of.map_or_else(|| "–".to_owned(), |of| format!("{:.2} %", of * 100.0))
}

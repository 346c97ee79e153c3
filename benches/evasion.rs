//! How much of what the rules see in a comment they still see once a word in it is hidden, and how much they see in clean
//! comments typed in the same ways: `cargo bench --bench evasion -- --words lồn,địt BAD.jsonl… --clean CLEAN.jsonl…`, each a
//! file of `{"text","label"}` lines.

#[path = "../tests/support/hiding.rs"]
mod hiding;

use std::fs::File;
use std::io::{BufRead, BufReader};

use duyet::domain::Lane;
use duyet::rules::{Context, RuleSet, Subject, judge, shipped};
use hiding::Way;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

#[derive(Deserialize)]
struct Line {
    text: String,
    label: u8,
}

fn read(path: &str) -> Vec<Line> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    BufReader::new(file)
        .lines()
        .map(|line| serde_json::from_str(&line.expect("a line")).expect("a text and a label"))
        .collect()
}

fn is_held(rules: &RuleSet, text: &str) -> bool {
    let stored: String = text.nfc().collect();
    let subject = Subject {
        body: &stored,
        ..Subject::default()
    };
    judge(rules, &Context::default(), &subject).lane != Lane::LikelyFine
}

/// What somebody might hide in a clean comment.
fn longest_word(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .max_by_key(|word| word.chars().count())
        .unwrap_or_default()
        .to_lowercase()
}

/// In hundredths.
#[allow(clippy::cast_precision_loss)] // counts of some thousands
fn share(count: usize, all: usize) -> f64 {
    100.0 * count as f64 / all.max(1) as f64
}

fn main() {
    let (mut words, mut bad, mut clean) = (Vec::new(), Vec::new(), Vec::new());
    let mut arguments = std::env::args().skip(1).filter(|a| a != "--bench");
    let mut is_clean = false;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--words" => {
                words = arguments
                    .next()
                    .unwrap_or_default()
                    .split(',')
                    .map(str::to_owned)
                    .collect();
            }
            "--clean" => is_clean = true,
            path if is_clean => clean.extend(read(path)),
            path => bad.extend(read(path)),
        }
    }
    if bad.is_empty() || words.is_empty() {
        println!("nothing to measure: name --words and files");
        return;
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let rules = RuleSet::compile(&shipped()).expect("the shipped packs compile");
    let has_word = |text: &str| {
        let text: String = text.nfc().collect::<String>().to_lowercase();
        text.split(|c: char| !c.is_alphanumeric())
            .any(|w| words.contains(&w))
    };
    let bad: Vec<&str> = bad
        .iter()
        .filter(|line| line.label == 1 && has_word(&line.text))
        .map(|line| line.text.as_str())
        .filter(|text| is_held(&rules, text))
        .collect();
    let clean: Vec<&str> = clean
        .iter()
        .filter(|line| line.label == 0)
        .map(|line| line.text.as_str())
        .collect();
    println!(
        "{} bad comments with such a word that are held as typed, {} clean ones",
        bad.len(),
        clean.len()
    );
    let mut sum = 0.0;
    for way in Way::ALL {
        let kept = bad
            .iter()
            .filter(|text| is_held(&rules, &way.hide(text, &words)));
        let kept = share(kept.count(), bad.len());
        // Of a clean comment the longest word is hidden, as somebody might for fun.
        let hidden = |text: &str| way.hide(text, &[&longest_word(text)]);
        let alarms: Vec<&&str> = clean
            .iter()
            .filter(|text| is_held(&rules, &hidden(text)))
            .collect();
        // Some that readers of the set let pass have a plain obscenity; those are no work of the hiding.
        let made = alarms.iter().filter(|text| !is_held(&rules, text)).count();
        sum += kept;
        println!(
            "{:<20} {kept:6.1} % kept   {:6.2} % false alarms, {:.2} % by the hiding",
            format!("{way:?}"),
            share(alarms.len(), clean.len()),
            share(made, clean.len()),
        );
        if std::env::var_os("MISSED").is_some() {
            for text in alarms
                .iter()
                .filter(|text| !is_held(&rules, text))
                .map(|text| hidden(text))
                .take(8)
            {
                println!("    held: {text}");
            }
            for text in bad
                .iter()
                .map(|text| way.hide(text, &words))
                .filter(|text| !is_held(&rules, text))
                .take(5)
            {
                println!("    missed: {text}");
            }
        }
    }
    println!("mean {:.1} %", sum / 18.0);
}

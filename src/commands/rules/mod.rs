//! `duyet rules …`

mod check;
mod evaluate;
mod explain;
mod test;
mod words;

use std::fmt::Write;
use std::path::PathBuf;

use clap::Subcommand;
use duyet::domain::Verdict;
use duyet::rules::{Context, RuleSet, Subject, judge};
use duyet::text::{base, is_invisible};
use unicode_normalization::UnicodeNormalization;

#[derive(Subcommand)]
pub enum Command {
    /// Compile every pack and run every rule's own examples.
    Check {
        /// A folder of packs; those in use without.
        folder: Option<PathBuf>,
    },
    /// Judge the comment on standard input and tell what was seen in it.
    Explain(explain::Options),
    /// Measure the rules against labelled comments.
    Evaluate(evaluate::Options),
    /// Try a list of words on comments before it goes live.
    Test(test::Options),
    /// A site's own words over the packs.
    #[command(subcommand)]
    Words(words::Command),
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    let config = super::settings()?;
    match command {
        Command::Check { folder } => check::run(folder.or(config.rules)),
        Command::Explain(options) => explain::run(&duyet::service::rules(&config)?, &options),
        Command::Evaluate(options) => evaluate::run(&duyet::service::rules(&config)?, &options),
        Command::Test(options) => {
            let store = if options.needs_store() {
                Some(super::open(&config).await?)
            } else {
                None
            };
            test::run(&duyet::service::rules(&config)?, store.as_ref(), &options).await
        }
        Command::Words(command) => words::run(&super::open(&config).await?, command).await,
    }
}

/// Judges a comment as it would be stored.
fn judged(rules: &RuleSet, name: &str, email: &str, body: &str) -> Verdict {
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

/// The text as somebody types it who leaves out all tones and marks; capitals stay.
pub fn without_tones(text: &str) -> String {
    text.nfc()
        .map(|c| {
            let mut small = c.to_lowercase();
            let bare = base(small.next().unwrap_or(c));
            match small.next() {
                None if bare.is_ascii() && c.is_uppercase() => bare.to_ascii_uppercase(),
                None if bare.is_ascii() => bare,
                _ => c,
            }
        })
        .collect()
}

/// The text with tones and marks in the first of every two syllables left out.
pub fn with_half_the_tones(text: &str) -> String {
    let half = |(place, word): (usize, &str)| {
        if place % 2 == 0 {
            without_tones(word)
        } else {
            word.nfc().collect()
        }
    };
    text.split_inclusive(char::is_whitespace)
        .enumerate()
        .map(half)
        .collect()
}

/// The text with what a terminal would hide or obey written out.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) || (c.is_control() && c != '\n') {
            let _ = write!(out, "{}", c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{visible, with_half_the_tones, without_tones};

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(visible("a\u{1b}[2J\u{200B}\nb"), "a\\u{1b}[2J\\u{200b}\nb");
    }

    #[test]
    fn every_second_syllable_keeps_its_tones() {
        assert_eq!(
            with_half_the_tones("Đường phố  đẹp quá\nấy"),
            "Duong phố  đẹp qua\nấy"
        );
    }

    #[test]
    fn tones_go_and_everything_else_stays() {
        assert_eq!(
            without_tones("ĐƯỜNG phố, Đe\u{323}p! Ёлка й ½ İ"),
            "DUONG pho, Dep! Ёлка й ½ İ"
        );
    }
}

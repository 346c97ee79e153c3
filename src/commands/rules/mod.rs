//! `duyet rules …`

mod check;
mod evaluate;
mod explain;

use std::path::PathBuf;

use clap::Subcommand;
use duyet::domain::Verdict;
use duyet::rules::{Context, RuleSet, Subject, judge};
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
    /// Measure the rules against labelled comments.
    Evaluate(evaluate::Options),
}

pub fn run(command: Command) -> anyhow::Result<()> {
    let config = super::settings()?;
    match command {
        Command::Check { folder } => check::run(folder.or(config.rules)),
        Command::Explain { jsonl } => {
            let rules = duyet::service::rules(&config)?;
            if jsonl {
                explain::lines(&rules)
            } else {
                explain::one(&rules)
            }
        }
        Command::Evaluate(options) => evaluate::run(&duyet::service::rules(&config)?, &options),
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

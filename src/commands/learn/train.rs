//! `duyet learn train`

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use duyet::learn::{Example, Label, Output, Plan, train};
use duyet::rules::RuleSet;

use super::labelled::{Files, Labelled, of_rules, read};
use crate::commands::say::say;

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    files: Files,
    /// Where to write the model.
    #[arg(long, value_name = "MODEL")]
    out: PathBuf,
    /// Learn the examples of the rules in use too: what words must see is harm, what offers, fraud and the like must see is spam,
    /// and what either must not see is neither.
    #[arg(long)]
    examples: bool,
    /// What is labelled fine is neither harm nor spam, whatever the labels are about.
    #[arg(long)]
    fine: bool,
    /// In few bytes, as the model that comes with the program is: weights in eight bits.
    #[arg(long)]
    slim: bool,
}

pub fn run(rules: &RuleSet, options: &Options) -> anyhow::Result<()> {
    let comments = read(rules, &options.files, true)?;
    let mut examples: Vec<Example> = comments.into_iter().map(Labelled::example).collect();
    if options.examples {
        examples.extend(of_rules(rules));
    }
    if options.fine {
        for example in &mut examples {
            if [example.label.harm, example.label.spam].contains(&Some(false)) {
                example.label = Label::FINE;
            }
        }
    }
    let model = train(&examples, &Plan::default());
    let bytes = if options.slim {
        model.to_slim_bytes()
    } else {
        model.to_bytes()
    };
    std::fs::write(&options.out, &bytes).with_context(|| options.out.display().to_string())?;
    say!("{}: {} bytes", options.out.display(), bytes.len())?;
    for output in Output::ALL {
        let of_it = examples.iter().filter_map(|one| one.label.says(output));
        let (all, yes) = of_it.fold((0, 0), |(all, yes), is| (all + 1, yes + usize::from(is)));
        if all > 0 {
            say!(
                "{output}: {yes} of {all} comments; yes from {:.2} on, without marks from {:.2}",
                model.cutoff(output, false),
                model.cutoff(output, true)
            )?;
        }
    }
    Ok(())
}

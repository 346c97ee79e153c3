//! `duyet learn train`

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use duyet::learn::{Example, Label, Model, Output, Plan, train};
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
    let target = Target::open(&options.out, &options.files.paths)?;
    let comments = read(rules, &options.files, true)?;
    check_classes(&comments)?;
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
    target.write(&bytes)?;
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

/// A model learns to tell what is bad from what is fine, and needs both.
fn check_classes(comments: &[Labelled]) -> anyhow::Result<()> {
    for output in [Output::Harm, Output::Spam] {
        let of_it = comments.iter().filter(|comment| comment.output == output);
        let (bad, fine): (Vec<_>, Vec<_>) = of_it.partition(|comment| comment.is_bad);
        let all_are = match (bad.len(), fine.len()) {
            (0, fine) if fine > 0 => "fine",
            (bad, 0) if bad > 0 => "bad",
            _ => continue,
        };
        anyhow::bail!(
            "all comments that are labelled about {output} are {all_are}; a model needs bad ones and fine ones to tell them apart"
        );
    }
    Ok(())
}

/// Where the model is to be: written beside first, so that a model that is there is never half a model.
struct Target {
    path: PathBuf,
    beside: PathBuf,
    file: std::fs::File,
}

impl Target {
    /// Refuses what is no place for a model, before hours of training.
    fn open(path: &Path, inputs: &[PathBuf]) -> anyhow::Result<Self> {
        let place = || format!("--out {}", path.display());
        let same = |input: &PathBuf| match (input.canonicalize(), path.canonicalize()) {
            (Ok(input), Ok(path)) => input == path,
            _ => false,
        };
        anyhow::ensure!(
            !inputs.iter().any(same),
            "{}: the comments would be replaced by the model; write it to another file",
            place()
        );
        if let Ok(there) = std::fs::read(path) {
            anyhow::ensure!(
                there.is_empty() || Model::is_file(&there),
                "{}: there is a file that is no model, and it is left as it is; write to another one",
                place()
            );
        }
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        let file = std::fs::File::create(&beside).with_context(place)?;
        let path = path.to_owned();
        Ok(Self { path, beside, file })
    }

    fn write(mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let written = self
            .file
            .write_all(bytes)
            .and_then(|()| self.file.sync_all());
        let moved = written.and_then(|()| std::fs::rename(&self.beside, &self.path));
        moved.with_context(|| format!("--out {}", self.path.display()))
    }
}

/// Whatever was begun and is no model is removed.
impl Drop for Target {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.beside);
    }
}

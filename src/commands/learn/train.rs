//! `duyet learn train`

use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
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
    check_classes(&examples)?;
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
fn check_classes(examples: &[Example]) -> anyhow::Result<()> {
    let has = |output, yes| {
        let mut labels = examples.iter().map(|one| one.label.says(output));
        labels.any(|label| label == Some(yes))
    };
    let outputs = [Output::Harm, Output::Spam];
    if outputs.iter().any(|of| has(*of, true) && has(*of, false)) {
        return Ok(());
    }
    let all_are = if outputs.iter().any(|of| has(*of, true)) {
        "bad"
    } else {
        "fine"
    };
    anyhow::bail!(
        "all these comments are {all_are}; a model needs bad ones and fine ones to tell them apart"
    );
}

/// Where the model is to be: written beside first, so that a model that is there is never half a model.
struct Target {
    path: PathBuf,
    beside: PathBuf,
    file: File,
    /// Whether the model is written: hours of training are not thrown away for want of a name.
    is_whole: bool,
}

impl Target {
    /// Refuses what is no place for a model, before hours of training.
    fn open(path: &Path, inputs: &[PathBuf]) -> anyhow::Result<Self> {
        let place = || format!("--out {}", path.display());
        let path = match path.metadata() {
            Ok(there) => {
                anyhow::ensure!(there.is_file(), "{}: this is no file", place());
                // Through a link to what it stands for.
                let there = path.canonicalize().with_context(place)?;
                let is_it = |input: &PathBuf| input.canonicalize().is_ok_and(|one| one == there);
                anyhow::ensure!(
                    !inputs.iter().any(is_it),
                    "{}: the comments would be replaced by the model; write it to another file",
                    place()
                );
                anyhow::ensure!(
                    is_model(&there).with_context(place)?,
                    "{}: there is a file that is no model, and it is left as it is; write to another one",
                    place()
                );
                there
            }
            Err(error) if error.kind() == ErrorKind::NotFound => path.to_owned(),
            Err(error) => return Err(error).with_context(place),
        };
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}.new", std::process::id()));
        let beside = PathBuf::from(beside);
        let file = File::create_new(&beside).with_context(place)?;
        Ok(Self {
            path,
            beside,
            file,
            is_whole: false,
        })
    }

    fn write(mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let place = format!("--out {}", self.path.display());
        let written = self.file.write_all(bytes);
        written
            .and_then(|()| self.file.sync_all())
            .with_context(|| place.clone())?;
        self.is_whole = true;
        std::fs::rename(&self.beside, &self.path).with_context(|| {
            format!(
                "{place}: the model is whole and lies in {}, and could not be moved to its place; move it there",
                self.beside.display()
            )
        })
    }
}

/// Whatever was begun and is no model is removed.
impl Drop for Target {
    fn drop(&mut self) {
        if !self.is_whole {
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

/// Whether a file is a model, or nothing yet.
fn is_model(path: &Path) -> std::io::Result<bool> {
    let mut begin = Vec::new();
    File::open(path)?.take(16).read_to_end(&mut begin)?;
    Ok(begin.is_empty() || Model::is_file(&begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_cannot_be_moved_to_its_place_is_kept_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.bin");
        let target = Target::open(&path, &[]).expect("a place");
        let beside = target.beside.clone();
        // Whatever came in its way since.
        std::fs::create_dir(&path).expect("a folder");
        let said = format!("{:#}", target.write(b"whole").expect_err("no place"));
        assert!(said.contains(&beside.display().to_string()), "{said}");
        assert_eq!(std::fs::read(&beside).expect("the model"), b"whole");
        // What is not written is not left.
        let other = Target::open(&folder.path().join("b.bin"), &[]).expect("a place");
        let beside = other.beside.clone();
        drop(other);
        assert!(!beside.exists());
    }
}

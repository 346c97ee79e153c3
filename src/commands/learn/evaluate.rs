//! `duyet learn evaluate`: how well a model tells bad comments from fine ones, as it is or as it learns.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use duyet::learn::{Counts, Course, Model, Output, Pace, Prequential, Record, Three};
use duyet::rules::RuleSet;
use serde::Serialize;

use super::labelled::{Files, Labelled, read};
use crate::commands::say::say;

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    files: Files,
    /// The model to measure; the one that comes with the program without.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Let it learn: each comment is judged first and learnt then, in the order of the lines.
    #[arg(long)]
    prequential: bool,
    /// Say yes from this probability on, with and without marks, instead of where the model does.
    #[arg(long, conflicts_with = "prequential", value_parser = probability)]
    cutoff: Option<f32>,
}

fn probability(written: &str) -> Result<f32, String> {
    let number = written
        .parse()
        .map_err(|_| "this is no number".to_owned())?;
    if (0.0..=1.0).contains(&number) {
        Ok(number)
    } else {
        Err("write a probability from 0 to 1".to_owned())
    }
}

/// A model that learns nothing, measured.
#[derive(Serialize)]
struct Measured {
    comments: u32,
    bad: u32,
    /// The mean of the F1 of the bad and the F1 of the fine.
    macro_f1: f64,
    accuracy: f64,
    precision: f64,
    recall: f64,
    f1: f64,
    /// Of the fine, the share that was called bad.
    false_alarms: f64,
    /// The same comments typed without marks.
    toneless: Toneless,
    /// The mean of the F1 of fine, insults and hate.
    #[serde(skip_serializing_if = "Option::is_none")]
    macro_f1_three: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confusion_three: Option<Three>,
    cutoff: f32,
    /// What it would find at shares of false alarms.
    curve: Vec<At>,
    /// By tenths of probability.
    calibration: Vec<Tenth>,
    micros: Micros,
}

#[derive(Serialize)]
struct Toneless {
    macro_f1: f64,
    false_alarms: f64,
    cutoff: f32,
}

#[derive(Serialize)]
struct At {
    false_alarms: f64,
    recall: f64,
    precision: f64,
    cutoff: f32,
}

#[derive(Serialize)]
struct Tenth {
    from: f64,
    comments: u32,
    bad: u32,
}

#[derive(Serialize)]
struct Micros {
    predict: f64,
}

/// A model that learns, measured.
#[derive(Serialize)]
struct Learnt {
    #[serde(flatten)]
    course: Course,
    micros: LearningMicros,
}

#[derive(Serialize)]
struct LearningMicros {
    /// For each comment to be judged and learnt, once it was read.
    predict_and_learn: f64,
}

/// The shares of false alarms that a curve tells of.
const SHARES: [f64; 5] = [0.005, 0.01, 0.02, 0.05, 0.1];

pub fn run(rules: &RuleSet, options: &Options) -> anyhow::Result<()> {
    let model = super::model(options.model.as_deref())?;
    let comments = read(rules, &options.files, !options.prequential)?;
    let json = if options.prequential {
        serde_json::to_string_pretty(&learnt(model, &comments))?
    } else {
        check_taught(&model, &comments)?;
        serde_json::to_string_pretty(&measured(&model, &comments, options.cutoff))?
    };
    say!("{json}")?;
    Ok(())
}

fn learnt(model: Model, comments: &[Labelled]) -> Learnt {
    let mut learning = Prequential::new(model, Pace::DECISIONS);
    let start = Instant::now();
    for comment in comments {
        learning.take(&comment.features, comment.outputs(), comment.is_bad);
    }
    let took = start.elapsed();
    Learnt {
        course: learning.course(),
        micros: LearningMicros {
            predict_and_learn: each(took, comments.len()),
        },
    }
}

/// Refuses to measure what the model knows nothing of.
fn check_taught(model: &Model, comments: &[Labelled]) -> anyhow::Result<()> {
    let asked = comments.iter().map(|comment| comment.asked_of(model));
    for output in asked {
        anyhow::ensure!(
            model.taught(output) > 0,
            "the model has learnt nothing of {output}, and these labels are about that; say with --as what they are about"
        );
    }
    Ok(())
}

fn measured(model: &Model, comments: &[Labelled], told: Option<f32>) -> Measured {
    let (mut counts, mut bare, mut three) =
        (Counts::default(), Counts::default(), Three::default());
    let mut record = Record::default();
    let mut has_classes = false;
    let mut took = Duration::ZERO;
    let cutoff = |output, is_toneless| told.unwrap_or_else(|| model.cutoff(output, is_toneless));
    for comment in comments {
        let output = comment.asked_of(model);
        let start = Instant::now();
        let probability = model.probability(&comment.features, output);
        took += start.elapsed();
        record.add(probability, comment.is_bad);
        counts.add(
            comment.is_bad,
            probability >= cutoff(output, comment.is_toneless),
        );
        let stripped = comment.stripped.as_ref().unwrap_or(&comment.features);
        bare.add(
            comment.is_bad,
            model.probability(stripped, output) >= cutoff(output, true),
        );
        if let Some(class) = comment.class {
            has_classes = true;
            three.add(class, model.class(&comment.features));
        }
    }
    let first = comments
        .first()
        .map_or(Output::Harm, |comment| comment.asked_of(model));
    Measured {
        comments: counts.all(),
        bad: counts.found + counts.missed,
        macro_f1: counts.macro_f1(),
        accuracy: counts.accuracy(),
        precision: counts.precision(),
        recall: counts.recall(),
        f1: counts.f1(),
        false_alarms: counts.false_alarms(),
        toneless: Toneless {
            macro_f1: bare.macro_f1(),
            false_alarms: bare.false_alarms(),
            cutoff: cutoff(first, true),
        },
        macro_f1_three: has_classes.then(|| three.macro_f1()),
        confusion_three: has_classes.then_some(three),
        cutoff: cutoff(first, false),
        curve: curve(&record),
        calibration: calibration(&record),
        micros: Micros {
            predict: each(took, comments.len()),
        },
    }
}

fn curve(record: &Record) -> Vec<At> {
    let at = |share: f64| {
        let (cutoff, false_alarms) = record.cutoff_for(share)?;
        let counts = record.at(cutoff);
        Some(At {
            false_alarms,
            recall: counts.recall(),
            precision: counts.precision(),
            cutoff,
        })
    };
    SHARES.into_iter().filter_map(at).collect()
}

fn calibration(record: &Record) -> Vec<Tenth> {
    (0_u32..)
        .zip(record.calibration())
        .map(|(tenth, (comments, bad))| Tenth {
            from: f64::from(tenth) / 10.0,
            comments,
            bad,
        })
        .collect()
}

#[allow(clippy::cast_precision_loss)] // a count of lines
fn each(took: Duration, count: usize) -> f64 {
    (took.as_secs_f64() * 1e7 / count.max(1) as f64).round() / 10.0
}

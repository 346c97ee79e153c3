//! Comments that somebody has labelled, a line each.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use duyet::domain::{Category, Verdict};
use duyet::learn::{Example, Features, Label, Model, Output, is_toneless};
use duyet::rules::{Context, RuleSet, Subject, judge_read};
use duyet::text::Reading;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::commands::rules::without_tones;

/// What a file's labels are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 1 is what a moderator rejects.
    Harm,
    /// 1 is advertising, fraud or a robot's.
    Spam,
}

impl From<Kind> for Output {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Harm => Self::Harm,
            Kind::Spam => Self::Spam,
        }
    }
}

/// How a line is written.
const FORM: &str = r#"{"text":"…","label":0} or {"text":"…","label":1}"#;

/// Which lines of which files are read, and how.
#[derive(Args, Clone)]
pub struct Files {
    /// Files of one `{"text","label","label3"?,"kind"?,"split"?,"name"?}` a line; label 1 is bad, 0 is fine; label3 is 0 for fine, 1 for an
    /// insult, 2 for hate. In a file with more classes than these they are passed over. `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub paths: Vec<PathBuf>,
    /// What the labels are about, where a line's `kind` does not say it; harm, unless said. `evaluate --prequential` finds out by itself.
    #[arg(long = "as", value_name = "KIND")]
    pub kind: Option<Kind>,
    /// Only lines of this split, such as `train`.
    #[arg(long)]
    pub split: Option<String>,
}

impl Files {
    /// The same files' lines of another split.
    pub fn of_split(&self, split: &str) -> Self {
        Self {
            split: Some(split.to_owned()),
            ..self.clone()
        }
    }
}

/// A line. Other fields, which sets have for their own ends, are passed over.
#[derive(Deserialize)]
struct Line {
    text: String,
    label: u8,
    label3: Option<u8>,
    kind: Option<Kind>,
    split: Option<String>,
    #[serde(default)]
    name: String,
}

/// A labelled comment as the model sees it.
pub struct Labelled {
    pub features: Features,
    /// Typed without marks, where it has any.
    pub stripped: Option<Features>,
    /// Whether it was typed so.
    pub is_toneless: bool,
    /// What the rules make of it.
    pub score: f32,
    pub output: Output,
    /// Whether anybody said that it is about that.
    is_told: bool,
    pub is_bad: bool,
    /// 0 fine, 1 an insult, 2 hate, where the line says so.
    pub class: Option<usize>,
    pub text: u64,
}

impl Labelled {
    /// What its label may be about.
    pub fn outputs(&self) -> &[Output] {
        if self.is_told {
            std::slice::from_ref(&self.output)
        } else {
            &[Output::Harm, Output::Spam]
        }
    }

    /// What a model is asked about it: where nobody said what its label is about, what the model has learnt.
    pub fn asked_of(&self, model: &Model) -> Output {
        let has_learnt = |output| model.taught(output) > 0;
        if !self.is_told && !has_learnt(Output::Harm) && has_learnt(Output::Spam) {
            Output::Spam
        } else {
            self.output
        }
    }

    /// What it says of an output.
    pub fn label(&self, output: Output) -> Label {
        let mut label = Label::of(output, self.is_bad);
        if self.is_bad {
            let worse = self.class.filter(|class| *class > 0);
            label.hate = worse.map(|class| class == 2);
        }
        label
    }

    /// What it teaches.
    pub fn example(self) -> Example {
        let label = self.label(self.output);
        Example {
            features: self.features,
            stripped: self.stripped,
            label,
            text: self.text,
        }
    }
}

/// A comment as the model sees it, where nothing is known around it.
pub fn features(rules: &RuleSet, name: &str, body: &str) -> (Features, Verdict) {
    let reading = Reading::new(body);
    let subject = Subject {
        name,
        email: "",
        body,
    };
    let verdict = judge_read(rules, Context::default(), &subject, &reading);
    (Features::of(&reading, &verdict.evidence), verdict)
}

/// Reads them all, in the order in which they stand.
pub fn read(rules: &RuleSet, files: &Files, stripped: bool) -> anyhow::Result<Vec<Labelled>> {
    let inputs = files.paths.iter().filter(|path| is_stdin(path));
    anyhow::ensure!(
        inputs.count() <= 1,
        "standard input can be read once; give `-` once, or files"
    );
    let mut all = Vec::new();
    for path in &files.paths {
        read_file(rules, files, path, stripped, &mut all)?;
    }
    anyhow::ensure!(
        !all.is_empty(),
        "there is no labelled comment{}",
        if files.split.is_some() {
            " of this split"
        } else {
            ""
        }
    );
    Ok(all)
}

fn read_file(
    rules: &RuleSet,
    files: &Files,
    path: &Path,
    stripped: bool,
    all: &mut Vec<Labelled>,
) -> anyhow::Result<()> {
    let lines = lines(files, path)?;
    // More classes than harm has are another set's own.
    let has_classes = lines
        .iter()
        .all(|(_, line)| line.label3.is_none_or(|class| class <= 2));
    for (number, mut line) in lines {
        line.label3 = line.label3.filter(|_| has_classes);
        let is_odd = |class: &u8| (*class > 0) != (line.label == 1);
        if let Some(class) = line.label3.filter(is_odd) {
            anyhow::bail!(
                "{}:{number}: the label is {} and label3 is {class}; 0 is fine, in both or in neither",
                path.display(),
                line.label
            );
        }
        all.push(labelled(rules, line, files.kind, stripped));
    }
    Ok(())
}

/// Whether a path stands for standard input.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// A file, or standard input by the name of `-`.
fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    if is_stdin(path) {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    Ok(Box::new(std::io::BufReader::new(file)))
}

/// The lines of a file that are asked for, with their numbers.
fn lines(files: &Files, path: &Path) -> anyhow::Result<Vec<(usize, Line)>> {
    let place = |line: usize| format!("{}:{line}", path.display());
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(open(path)?.lines()) {
        let line = line.with_context(|| place(number))?;
        // Some editors put a byte order mark before the first line, and files that were put together have several.
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(line)
            .with_context(|| format!("{}: write {FORM} a line", place(number)))?;
        anyhow::ensure!(
            line.label <= 1,
            "{}: the label is {}; write 1 for bad and 0 for fine",
            place(number),
            line.label
        );
        if files.split.is_none() || line.split == files.split {
            lines.push((number, line));
        }
    }
    Ok(lines)
}

fn labelled(rules: &RuleSet, line: Line, kind: Option<Kind>, stripped: bool) -> Labelled {
    let [name, body]: [String; 2] = [&line.name, &line.text].map(|text| text.nfc().collect());
    let kind = line.kind.or(kind);
    let output = Output::from(kind.unwrap_or(Kind::Harm));
    let bare = Some(without_tones(&body)).filter(|bare| stripped && *bare != body);
    let class = line
        .label3
        .filter(|class| output == Output::Harm && *class <= 2);
    let (read, verdict) = features(rules, &name, &body);
    Labelled {
        features: read,
        score: verdict.score,
        is_toneless: is_toneless(&body),
        stripped: bare.map(|bare| features(rules, &name, &bare).0),
        output,
        is_told: kind.is_some(),
        is_bad: line.label == 1,
        class: class.map(usize::from),
        text: text_of(&body),
    }
}

/// The examples of the rules, as far as they say what a comment is.
pub fn of_rules(rules: &RuleSet) -> impl Iterator<Item = Example> {
    rules.examples().map(|(rule, text, hit)| {
        let kind = match rule.category {
            Category::Spam | Category::Scam | Category::Link => Kind::Spam,
            _ => Kind::Harm,
        };
        let line = Line {
            text: text.to_owned(),
            label: u8::from(hit),
            label3: None,
            kind: Some(kind),
            split: None,
            name: String::new(),
        };
        labelled(rules, line, Some(kind), true).example()
    })
}

/// The same for texts that differ in nothing but case, dress and spaces.
fn text_of(body: &str) -> u64 {
    let reading = Reading::new(body);
    let words: Vec<&str> = reading.canonical().text().split_whitespace().collect();
    let words = words.join(" ");
    words.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

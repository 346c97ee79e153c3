//! `duyet learn queue`: how many comments must be opened, the gravest first, until so many of the bad ones are found.

use std::path::PathBuf;

use clap::Args;
use duyet::learn::{Model, Output, Pace};
use duyet::rules::RuleSet;
use serde::Serialize;

use super::labelled::{Files, Labelled, is_stdin, read};
use crate::commands::say::say;

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    files: Files,
    /// The model that sorts them; the one that comes with the program without.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Also sort them by the model after it has learnt lines of this split, one by one, such as `train`.
    #[arg(long, value_name = "SPLIT", requires = "split")]
    learn: Option<String>,
    /// After as many of those; after all of them in any case.
    #[arg(long, value_name = "COUNT", value_delimiter = ',', requires = "learn")]
    after: Vec<usize>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// The shares of the bad that are to be found, in hundredths.
const SHARES: [usize; 5] = [50, 70, 80, 90, 95];
/// Which of them the bars tell of.
const CHARTED: usize = 3;
const HEAD: &str = "opened until found";
/// As many columns as the longest bar may have.
const WIDTH: usize = 50;

/// A queue sorted in one way.
#[derive(Serialize)]
struct Sorted {
    by: String,
    /// How many were opened until each share of the bad was found.
    opened: [usize; SHARES.len()],
}

#[derive(Serialize)]
struct Worked {
    comments: usize,
    bad: usize,
    shares: [usize; SHARES.len()],
    sorted: Vec<Sorted>,
}

pub fn run(rules: &RuleSet, options: &Options) -> anyhow::Result<()> {
    anyhow::ensure!(
        options.learn.is_none() || !options.files.paths.iter().any(|path| is_stdin(path)),
        "standard input can be read once, and two splits of it are wanted; give a file"
    );
    let model = super::model(options.model.as_deref())?;
    let comments = read(rules, &options.files, false)?;
    let lessons = match &options.learn {
        Some(split) => read(rules, &options.files.of_split(split), false)?,
        None => Vec::new(),
    };
    let worked = Worked {
        comments: comments.len(),
        bad: comments.iter().filter(|comment| comment.is_bad).count(),
        shares: SHARES,
        sorted: sorted(model, &comments, &lessons, &options.after),
    };
    anyhow::ensure!(worked.bad > 0, "none of these comments is bad");
    if options.json {
        say!("{}", serde_json::to_string_pretty(&worked)?)?;
    } else {
        say!("{}", table(&worked).trim_end())?;
    }
    Ok(())
}

fn sorted(
    mut model: Model,
    comments: &[Labelled],
    lessons: &[Labelled],
    after: &[usize],
) -> Vec<Sorted> {
    // As it is before it learns: what is asked must stay the same while it does.
    let asked: Vec<Output> = comments.iter().map(|one| one.asked_of(&model)).collect();
    let of_model =
        |model: &Model, place: usize| model.probability(&comments[place].features, asked[place]);
    let by = |by: String, risk: &dyn Fn(usize) -> f32| {
        let risks = comments.iter().enumerate();
        let risks = risks.map(|(place, one)| (risk(place), one.is_bad));
        let opened = opened(risks.collect());
        Sorted { by, opened }
    };
    let mut all = vec![
        by("rules alone".to_owned(), &|place| comments[place].score),
        by("the model".to_owned(), &|place| of_model(&model, place)),
    ];
    for (learnt, lesson) in (1..).zip(lessons) {
        for &output in lesson.outputs() {
            model.learn(&lesson.features, lesson.label(output), Pace::DECISIONS);
        }
        if after.contains(&learnt) || learnt == lessons.len() {
            let name = format!("after {learnt} decisions");
            all.push(by(name, &|place| of_model(&model, place)));
        }
    }
    all
}

/// How many are opened from the gravest on until each share of the bad is found. What is as grave as another keeps its place.
fn opened(mut queue: Vec<(f32, bool)>) -> [usize; SHARES.len()] {
    queue.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let found: Vec<usize> = (1..)
        .zip(&queue)
        .filter_map(|(place, (_, is_bad))| is_bad.then_some(place))
        .collect();
    SHARES.map(|share| {
        let needed = (found.len() * share).div_ceil(100);
        found.get(needed.wrapping_sub(1)).copied().unwrap_or(0)
    })
}

fn table(worked: &Worked) -> String {
    use std::fmt::Write as _;
    let mut text = format!(
        "{} comments, {} of them bad\n\n",
        worked.comments, worked.bad
    );
    let names = worked.sorted.iter().map(|one| one.by.len());
    let wide = names.fold(HEAD.len(), usize::max);
    let _ = write!(text, "{HEAD:wide$}");
    for share in SHARES {
        let _ = write!(text, "{:>9}", format!("{share} %"));
    }
    text.push('\n');
    for one in &worked.sorted {
        let _ = write!(text, "{:wide$}", one.by);
        for opened in one.opened {
            let _ = write!(text, "{opened:>9}");
        }
        text.push('\n');
    }
    let _ = writeln!(text, "\nuntil {} %", SHARES[CHARTED]);
    for one in &worked.sorted {
        let opened = one.opened[CHARTED];
        let bar = "█".repeat((opened * WIDTH).div_ceil(worked.comments.max(1)));
        let _ = writeln!(text, "{:wide$}  {bar} {opened}", one.by);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_are_opened_first_and_equals_in_their_order() {
        let queue = vec![(0.1, true), (0.9, false), (0.8, true), (0.1, false)];
        assert_eq!(opened(queue), [2, 3, 3, 3, 3]);
        let fine = vec![(0.1, false)];
        assert_eq!(opened(fine), [0; 5]);
    }
}

//! How right the model of one newspaper was, beneath the numbers: what its cut-offs come to, how often it was right by the hundred, how sure
//! it was, and where it was most wrong.

use askama::Template;

use super::chart::{Bar, Face, bars, rates, swatch};
use crate::domain::{Action, CommentId, Lane, Share};
use crate::learn::{
    Counts, Drift, FEWEST, Hundred, Leave, OfOutput, Output, Report, Trial, WRONG, Writing,
};
use crate::messages::Messages;

/// As many hundreds are shown, the latest.
const HUNDREDS: usize = 30;

/// A comment that the model was most wrong about.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongRow {
    /// Which one.
    pub id: CommentId,
    /// How it begins.
    pub text: String,
    /// What a person decided.
    pub action: Action,
    /// How probable the model had it that the comment is bad.
    pub said: f32,
}

impl WrongRow {
    fn address(&self) -> String {
        format!("/queue?comment={}", self.id)
    }
}

/// The part of the page about the model.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/numbers_model.html")]
pub struct ModelNumbers {
    /// The moderator's language.
    pub t: Messages,
    /// The newspaper's name.
    pub name: String,
    /// What is known of it.
    pub report: Report,
    /// Whether nothing is while it learns all decisions again.
    pub learns_again: bool,
    /// Where the setting is changed, for who may.
    pub settings: Option<String>,
    /// The comments that it was most wrong about, that first.
    pub wrong: Vec<WrongRow>,
}

/// How often comments of one tenth of probability turned out bad.
struct Tenth {
    /// *0,8–0,9*
    name: String,
    comments: u32,
    bad: u32,
    /// The middle of what was said.
    said: f64,
}

impl Tenth {
    fn share(&self) -> f64 {
        let share = Share {
            part: self.bad.into(),
            of: self.comments.into(),
        };
        share.rate()
    }
}

impl ModelNumbers {
    /// As a part of a page.
    pub(super) fn part(&self) -> String {
        self.render().unwrap_or_default()
    }

    fn number(&self, count: u64) -> String {
        self.t.number(count)
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // as a template hands it over
    fn count(&self, count: &u32) -> String {
        self.t.number((*count).into())
    }

    /// What a chart's box is called by who hears it, and the table beneath it.
    fn named(&self, id: &str, name: &str) -> String {
        self.t.with(id, &[("name", self.t.get(name).into())])
    }

    fn about(&self) -> String {
        let variables = [
            ("name", self.name.as_str().into()),
            ("all", self.number(self.report.all).into()),
            ("looked", self.number(self.report.looked_at as u64).into()),
        ];
        self.t.with("model-about", &variables)
    }

    /// Whether there is enough for figures.
    fn has_figures(&self) -> bool {
        !self.report.hundreds.is_empty()
    }

    fn few(&self) -> String {
        self.t
            .with("model-few", &[("all", self.number(self.report.all).into())])
    }

    /// What the cut-offs would have held, a sentence for each way of writing.
    fn settings(&self) -> Vec<String> {
        let told = |writing: &Writing| setting(self.t, writing);
        self.report.writings.iter().map(told).collect()
    }

    /// What it would have decided by itself, a sentence for each lane and way of writing.
    fn alone(&self) -> Vec<String> {
        let writings = self.report.writings.iter();
        let told = writings.flat_map(|writing| {
            let trials = writing.trials.iter();
            trials.map(|trial| by_itself(self.t, writing, trial))
        });
        told.collect()
    }

    fn writing(&self, writing: &Writing) -> String {
        self.t.get(written(writing))
    }

    /// From where on an output moves comments to each lane: *0,42 / 0,61*.
    fn cut(&self, output: &OfOutput) -> String {
        match output.cut {
            None => self.t.get("numbers-no-value"),
            Some(cut) => format!(
                "{} / {}",
                self.t.share(cut.look),
                cut.likely_bad
                    .map_or_else(|| self.t.get("numbers-no-value"), |from| self.t.share(from))
            ),
        }
    }

    /// The latest hundreds, the oldest first.
    fn hundreds(&self) -> &[Hundred] {
        let all = &self.report.hundreds;
        &all[all.len().saturating_sub(HUNDREDS)..]
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // as a template hands it over
    fn accuracy(&self, hundred: &Hundred) -> String {
        self.t.percent(hundred.counts.accuracy())
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // as a template hands it over
    fn accuracy_after(&self, hundred: &Hundred) -> String {
        let none = || self.t.get("numbers-no-value");
        after(hundred).map_or_else(none, |accuracy| self.t.percent(accuracy))
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // as a template hands it over
    fn always_fine(&self, hundred: &Hundred) -> String {
        self.t.percent(fine(hundred))
    }

    fn hundreds_legend(&self) -> Vec<(String, String)> {
        let names = [
            "model-hundreds-right",
            "model-hundreds-fine",
            "model-hundreds-after",
        ];
        let tones = names.into_iter().enumerate();
        tones
            .map(|(tone, name)| (swatch("hundreds", tone), self.t.get(name)))
            .collect()
    }

    fn hundreds_detail(&self) -> String {
        let (first, last) = (self.hundreds().first(), self.hundreds().last());
        let told = |hundred: Option<&Hundred>| hundred.map(|one| self.accuracy(one));
        let variables = [
            ("first", told(first).unwrap_or_default().into()),
            ("last", told(last).unwrap_or_default().into()),
        ];
        self.t.with("model-hundreds-detail", &variables)
    }

    fn hundreds_chart(&self) -> String {
        let hundreds = self.hundreds();
        let labels: Vec<String> = hundreds
            .iter()
            .map(|hundred| self.number(hundred.until))
            .collect();
        let line = |of: fn(&Hundred) -> Option<f64>| hundreds.iter().map(of).collect();
        let lines = [
            line(|one| Some(one.counts.accuracy())),
            line(|one| Some(fine(one))),
            line(after),
        ];
        let face = Face {
            id: "hundreds",
            title: &self.t.get("model-hundreds-title"),
            about: &self.hundreds_detail(),
        };
        rates(self.t, face, &labels, &lines)
    }

    /// The latest against those before; nothing where there are too few.
    fn drift(&self) -> Option<String> {
        let drift = self.report.drift?;
        let id = match drift {
            worse if worse.is_worse() => "model-drift-worse",
            Drift {
                accuracy_changed: true,
                ..
            } => "model-drift-better",
            _ => "model-drift-none",
        };
        let bad = |counts: Counts| {
            let share = Share {
                part: (counts.found + counts.missed).into(),
                of: counts.all().into(),
            };
            self.t.percent(share.rate())
        };
        let variables = [
            ("recent", self.number(drift.looked_at[0] as u64).into()),
            ("before", self.number(drift.looked_at[1] as u64).into()),
            ("now", self.t.percent(drift.recent.accuracy()).into()),
            ("then", self.t.percent(drift.before.accuracy()).into()),
        ];
        let mut told = self.t.with(id, &variables);
        if drift.share_of_bad_changed {
            let variables = [
                ("now", bad(drift.recent).into()),
                ("then", bad(drift.before).into()),
            ];
            told.push(' ');
            told.push_str(&self.t.with("model-drift-bad", &variables));
        }
        Some(told)
    }

    fn is_worse(&self) -> bool {
        self.report.drift.is_some_and(Drift::is_worse)
    }

    /// The outputs that have something to show, each with the ids of its part of the page.
    fn calibrations(&self) -> Vec<(&'static str, Output)> {
        let both = [("harm", Output::Harm), ("spam", Output::Spam)];
        let has = |(_, output): &(&str, Output)| self.tenths(*output).iter().any(|one| one.bad > 0);
        both.into_iter().filter(has).collect()
    }

    fn calibration_title(&self, output: Output) -> String {
        self.t.get(match output {
            Output::Spam => "model-calibration-spam",
            Output::Harm | Output::Hate => "model-calibration-harm",
        })
    }

    fn table_of(&self, output: Output) -> String {
        let name = self.calibration_title(output);
        self.t.with("numbers-table", &[("name", name.into())])
    }

    fn scroll_of(&self, output: Output) -> String {
        let name = self.calibration_title(output);
        self.t.with("numbers-scroll", &[("name", name.into())])
    }

    /// The tenths in which something was said, texts with marks and without together.
    fn tenths(&self, output: Output) -> Vec<Tenth> {
        let of = |writing: &Writing| match output {
            Output::Spam => writing.spam.calibration,
            Output::Harm | Output::Hate => writing.harm.calibration,
        };
        let [toned, toneless] = self.report.writings.each_ref().map(of);
        let bound = |tenths: u8| self.t.decimal(f32::from(tenths) / 10.0);
        (0_u8..)
            .zip(toned.into_iter().zip(toneless))
            .map(|(place, (a, b))| Tenth {
                name: format!("{}–{}", bound(place), bound(place + 1)),
                comments: a.0 + b.0,
                bad: a.1 + b.1,
                said: f64::from(place) / 10.0 + 0.05,
            })
            .filter(|tenth| tenth.comments > 0)
            .collect()
    }

    /// What a table says of them: the tenth, its comments, the bad ones, their share.
    fn calibration_rows(&self, output: Output) -> Vec<[String; 4]> {
        let tenths = self.tenths(output).into_iter();
        tenths
            .map(|tenth| {
                let share = self.t.percent(tenth.share());
                let counts = [tenth.comments, tenth.bad].map(|count| self.count(&count));
                let [comments, bad] = counts;
                [tenth.name, comments, bad, share]
            })
            .collect()
    }

    fn calibration_detail(&self, output: Output) -> String {
        let tenths = self.tenths(output);
        let Some(last) = tenths.last() else {
            return String::new();
        };
        let variables = [
            ("said", last.name.as_str().into()),
            ("share", self.t.percent(last.share()).into()),
            ("count", self.count(&last.comments).into()),
        ];
        self.t.with("model-calibration-detail", &variables)
    }

    fn calibration_chart(&self, id: &'static str, output: Output) -> String {
        let rows = self.tenths(output).into_iter().map(|tenth| {
            let variables = [
                ("share", self.t.percent(tenth.share()).into()),
                ("part", self.count(&tenth.bad).into()),
                ("of", self.count(&tenth.comments).into()),
            ];
            Bar {
                share: tenth.share(),
                told: self.t.with("numbers-rules-bar", &variables),
                mark: Some(tenth.said),
                label: tenth.name,
            }
        });
        let face = Face {
            id,
            title: &self.calibration_title(output),
            about: &self.calibration_detail(output),
        };
        bars(face, &rows.collect::<Vec<_>>())
    }
}

const fn written(writing: &Writing) -> &'static str {
    if writing.is_toneless {
        "model-writing-toneless"
    } else {
        "model-writing-toned"
    }
}

/// How often the model is right about the comments of a hundred once it has learnt them.
fn after(hundred: &Hundred) -> Option<f64> {
    hundred.after.map(Counts::accuracy)
}

fn fine(hundred: &Hundred) -> f64 {
    let counts = hundred.counts;
    let share = Share {
        part: (counts.passed + counts.alarmed).into(),
        of: counts.all().into(),
    };
    share.rate()
}

/// *Of 312 comments that it would have published by itself you refused 1 (0.3%)*, and whether it may.
pub(super) fn by_itself(t: Messages, writing: &Writing, trial: &Trial) -> String {
    let number = |count: u32| t.number(count.into());
    let texts = t.get(written(writing));
    let id = match (trial.lane, trial.leave) {
        (Lane::LikelyFine, Leave::TooFew) => "model-alone-fine-few",
        (Lane::LikelyFine, _) => "model-alone-fine",
        (_, Leave::TooFew) => "model-alone-bad-few",
        _ => "model-alone-bad",
    };
    let fewest = t.number(u64::try_from(FEWEST).unwrap_or(u64::MAX));
    let variables = [
        ("texts", texts.into()),
        ("of", number(trial.of).into()),
        ("cut", t.share(trial.cut()).into()),
        ("wrong", number(trial.wrong).into()),
        ("share", t.percent(trial.wrong_share()).into()),
        ("looked", number(trial.looked_at).into()),
        ("fewest", fewest.into()),
    ];
    let mut told = t.with(id, &variables);
    if trial.leave == Leave::TooWrong {
        told.push(' ');
        told.push_str(&t.with("model-alone-wrong", &[("most", t.percent(WRONG).into())]));
    }
    told
}

/// *At this setting 1.2% of comments you approved would have been held as likely bad*, by what was measured on the site's own decisions.
pub(super) fn setting(t: Messages, writing: &Writing) -> String {
    let number = |count: u32| t.number(count.into());
    let texts = t.get(written(writing));
    if !writing.moves {
        let fewest = u64::try_from(FEWEST).unwrap_or(u64::MAX);
        let variables = [
            ("texts", texts.into()),
            ("count", number(writing.approved.all).into()),
            ("fewest", t.number(fewest).into()),
        ];
        return t.with("model-setting-few", &variables);
    }
    let (approved, refused) = (writing.approved, writing.refused);
    let variables = [
        ("texts", texts.into()),
        ("all", number(approved.all).into()),
        ("bad", t.percent(approved.likely_bad_share()).into()),
        ("bad_count", number(approved.likely_bad).into()),
        ("look", t.percent(approved.look_share()).into()),
        ("look_count", number(approved.look).into()),
        ("likely_bad", t.lane(Lane::LikelyBad).into()),
        ("needs_look", t.lane(Lane::Look).into()),
    ];
    let mut told = t.with("model-setting", &variables);
    if refused.all > 0 {
        let variables = [
            ("found", t.percent(refused.look_share()).into()),
            ("count", number(refused.all).into()),
        ];
        told.push(' ');
        told.push_str(&t.with("model-setting-found", &variables));
    }
    told
}

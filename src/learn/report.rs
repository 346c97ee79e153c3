//! How right a site's model was, as people are told it: by the hundred, by how sure it was, at its cut-offs, of late, and where it was most
//! wrong. It is about what it said of a comment before it was told what a person decided, and beside that, hundred by hundred, about what it
//! says once it was told.

use super::acting::Trial;
use super::counts::{Counts, share};
use super::label::Output;
use super::measure::{MEASURED, Measure};
use super::model::Said;
use super::thresholds::{Cut, Thresholds};
use crate::domain::{Action, DecisionId, Lane, Lesson, ModelSettings, Percent};

/// Accuracy is told of each so many lessons.
pub const HUNDRED: usize = 100;

/// The whole hundreds among the latest lessons of a model that has learnt so many: how many lessons come after them, and how many they are.
#[must_use]
pub const fn whole_hundreds(learnt: u64) -> (u64, u64) {
    let hundred = HUNDRED as u64;
    let after = learnt % hundred;
    let whole = learnt - after;
    let looked_at = MEASURED as u64;
    (after, if whole > looked_at { looked_at } else { whole })
}

/// As many of the latest are held against those before them.
const RECENT: usize = 500;
/// What other settings come to is told of these, in tenths of a percent.
const CHOICES: [u16; 6] = [5, 10, 20, 30, 50, 100];
/// As many of the most wrong are told.
const MOST_WRONG: usize = 10;
/// Two shares that chance alone would set so far apart once in a hundred times differ for a reason (two proportions, two-sided).
const UNLIKELY: f64 = 2.576;

/// How right a site's model was.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// How many lessons the site has.
    pub all: u64,
    /// As many of the latest lessons were looked at.
    pub looked_at: usize,
    /// Each whole hundred of them, the oldest first.
    pub hundreds: Vec<Hundred>,
    /// Of texts with marks and of those without.
    pub writings: [Writing; 2],
    /// What a site may choose, and what each would have come to, texts with marks and without together; none until enough is known.
    pub choices: Vec<Choice>,
    /// The latest against those before; nothing where there are too few.
    pub drift: Option<Drift>,
    /// What it was most wrong about, that first.
    pub most_wrong: Vec<Lesson>,
}

/// A hundred lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hundred {
    /// How many the site had with these.
    pub until: u64,
    /// The first of them.
    pub first: DecisionId,
    /// What was right and wrong before any of it was learnt, where half a probability says bad.
    pub counts: Counts,
    /// The same of what the model says of these comments once it has learnt them; nothing where it was not asked again.
    pub after: Option<Counts>,
}

/// What is known of texts that are written one way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Writing {
    /// Whether they have no marks.
    pub is_toneless: bool,
    /// Whether enough is known for the model to move any of them.
    pub moves: bool,
    /// Those that people approved, by where the model alone would have put them.
    pub approved: Moved,
    /// The same of those that they rejected or put with the spam.
    pub refused: Moved,
    /// That they do harm.
    pub harm: OfOutput,
    /// That they are spam.
    pub spam: OfOutput,
    /// What it would have decided by itself, of each of [`Trial::LANES`].
    pub trials: [Trial; 2],
}

/// A share of false alarms that a site may choose, and what it would have come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// At the most so many of the comments that people approve.
    pub alarms: Percent,
    /// Those that people approved.
    pub approved: Moved,
    /// Those that they rejected or put with the spam.
    pub refused: Moved,
}

/// Comments by where a model alone would have put them at its cut-offs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// All of them.
    pub all: u32,
    /// Where somebody should look, or graver.
    pub look: u32,
    /// Where much speaks against them.
    pub likely_bad: u32,
}

/// What an output said of texts that are written one way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OfOutput {
    /// Which output.
    pub output: Output,
    /// Of comments that are not what it looks for.
    pub fine: u32,
    /// Of comments that are.
    pub bad: u32,
    /// From where on it moves them; nowhere until enough is known.
    pub cut: Option<Cut>,
    /// By tenths of probability: comments, and how many of them were bad.
    pub calibration: [(u32, u32); 10],
}

/// The latest lessons against those before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drift {
    /// How many are the latest, and how many come before.
    pub looked_at: [usize; 2],
    /// The latest; each sample is as many as it stands for.
    pub recent: Counts,
    /// Those before.
    pub before: Counts,
    /// How right it is has changed by more than chance does.
    pub accuracy_changed: bool,
    /// How many of the comments are bad has changed by more than chance does.
    pub share_of_bad_changed: bool,
}

impl Report {
    /// Of the latest lessons, the oldest first, of a site that has so many in all and has chosen that.
    #[must_use]
    pub fn of(all: u64, lessons: &[Lesson], chosen: &ModelSettings) -> Self {
        let measure = Measure::of(lessons);
        let thresholds = Thresholds::of(&measure, chosen);
        Self {
            all,
            looked_at: lessons.len(),
            hundreds: hundreds(all, lessons),
            writings: [false, true]
                .map(|is_toneless| Writing::of(lessons, &measure, &thresholds, is_toneless)),
            choices: choices(lessons, &measure),
            drift: Drift::of(lessons),
            most_wrong: most_wrong(lessons),
        }
    }
}

/// Whole hundreds by the count of all lessons, so that a hundred stays the same while more come after it.
fn hundreds(all: u64, lessons: &[Lesson]) -> Vec<Hundred> {
    let before = all.saturating_sub(lessons.len() as u64);
    let begun = usize::try_from(before % HUNDRED as u64).unwrap_or_default();
    let skipped = (HUNDRED - begun) % HUNDRED;
    let whole = lessons.get(skipped..).unwrap_or_default();
    let ends = (1_u64..).map(|number| before + skipped as u64 + number * HUNDRED as u64);
    whole
        .chunks_exact(HUNDRED)
        .zip(ends)
        .map(|(some, until)| Hundred {
            until,
            first: some[0].decision,
            counts: counts(some),
            after: counts_after(some),
        })
        .collect()
}

impl Writing {
    fn of(
        lessons: &[Lesson],
        measure: &Measure,
        thresholds: &Thresholds,
        is_toneless: bool,
    ) -> Self {
        let written = lessons.iter().filter(|one| one.is_toneless == is_toneless);
        let (approved, refused) = moved(written, thresholds);
        let output = |output| OfOutput::of(measure, thresholds, output, is_toneless);
        Self {
            is_toneless,
            moves: thresholds.moves(is_toneless),
            approved,
            refused,
            harm: output(Output::Harm),
            spam: output(Output::Spam),
            trials: Trial::LANES.map(|lane| Trial::of(measure, lane, is_toneless)),
        }
    }
}

/// Where the model alone would have put what people approved, and what they refused.
fn moved<'a>(lessons: impl Iterator<Item = &'a Lesson>, thresholds: &Thresholds) -> (Moved, Moved) {
    let (mut approved, mut refused) = (Moved::default(), Moved::default());
    for lesson in lessons {
        let said = Said {
            harm: lesson.harm,
            spam: lesson.spam,
        };
        let lane = thresholds.lane(Lane::LikelyFine, said, lesson.is_toneless);
        match lesson.action {
            Action::Approve => approved.add(lane, lesson.witness.weight()),
            _ => refused.add(lane, lesson.witness.weight()),
        }
    }
    (approved, refused)
}

/// What each choice would have come to, where anything was refused that could be found.
fn choices(lessons: &[Lesson], measure: &Measure) -> Vec<Choice> {
    let each = CHOICES.into_iter().filter_map(|tenths| {
        let chosen = ModelSettings {
            look_alarms: Percent::of_tenths(tenths),
            likely_bad_alarms: Percent::default(),
            ..ModelSettings::default()
        };
        let thresholds = Thresholds::of(measure, &chosen);
        let is_known = thresholds.moves(false) || thresholds.moves(true);
        let (approved, refused) = moved(lessons.iter(), &thresholds);
        (is_known && refused.all > 0).then_some(Choice {
            alarms: chosen.look_alarms,
            approved,
            refused,
        })
    });
    each.collect()
}

impl Moved {
    fn add(&mut self, lane: Lane, comments: u32) {
        self.all += comments;
        self.look += comments * u32::from(lane >= Lane::Look);
        self.likely_bad += comments * u32::from(lane == Lane::LikelyBad);
    }

    /// The share where somebody should look, or graver.
    #[must_use]
    pub fn look_share(self) -> f64 {
        share(self.look, self.all)
    }

    /// The share where much speaks against them.
    #[must_use]
    pub fn likely_bad_share(self) -> f64 {
        share(self.likely_bad, self.all)
    }
}

impl OfOutput {
    fn of(measure: &Measure, thresholds: &Thresholds, output: Output, is_toneless: bool) -> Self {
        let record = measure.record(output, is_toneless);
        let (fine, bad) = record.seen();
        Self {
            output,
            fine,
            bad,
            cut: thresholds.cut(output, is_toneless),
            calibration: record.calibration(),
        }
    }
}

impl Drift {
    fn of(lessons: &[Lesson]) -> Option<Self> {
        let begin = lessons.len().checked_sub(RECENT)?;
        let (before, recent) = lessons.split_at(begin);
        if before.len() < RECENT {
            return None;
        }
        let looked_at = [recent.len(), before.len()];
        let sizes = [effective(before), effective(recent)];
        let (before, recent) = (counts(before), counts(recent));
        let bad = |counts: Counts| share(counts.found + counts.missed, counts.all());
        Some(Self {
            looked_at,
            recent,
            before,
            accuracy_changed: differ([before.accuracy(), recent.accuracy()], sizes),
            share_of_bad_changed: differ([bad(before), bad(recent)], sizes),
        })
    }

    /// Whether it has become less right, for more than chance.
    #[must_use]
    pub fn is_worse(self) -> bool {
        self.accuracy_changed && self.recent.accuracy() < self.before.accuracy()
    }
}

/// Whether two shares differ by more than chance does: the z-test of two proportions, pooled.
fn differ([a, b]: [f64; 2], [of_a, of_b]: [f64; 2]) -> bool {
    let pooled = (a * of_a + b * of_b) / (of_a + of_b);
    let spread = (pooled * (1.0 - pooled) * (1.0 / of_a + 1.0 / of_b)).sqrt();
    (a - b).abs() > UNLIKELY * spread
}

/// As many lessons tell as much as those do of which some stand for others (L. Kish, *Survey Sampling*, 1965, 11.7): a sample says no more by
/// itself than any other.
fn effective(lessons: &[Lesson]) -> f64 {
    let weights = lessons
        .iter()
        .map(|lesson| f64::from(lesson.witness.weight()));
    let (sum, squares) = weights.fold((0.0, 0.0), |(sum, squares), weight| {
        (sum + weight, squares + weight * weight)
    });
    if squares > 0.0 {
        sum * sum / squares
    } else {
        0.0
    }
}

/// Whether people refused what a lesson was of, and how probable the model had that: the graver of harm and spam, as where it waits is chosen
/// by. Whether an advertisement is rejected or put with the spam says nothing of how right the model was.
#[must_use]
pub fn told(lesson: &Lesson) -> (bool, f32) {
    (
        lesson.action != Action::Approve,
        lesson.harm.max(lesson.spam),
    )
}

fn counts(lessons: &[Lesson]) -> Counts {
    let mut counts = Counts::default();
    for lesson in lessons {
        let (is_bad, _) = told(lesson);
        counts.add_many(is_bad, lesson.called_bad(), lesson.witness.weight());
    }
    counts
}

/// What was right once these were learnt, where of all of them is known what the model said then.
fn counts_after(lessons: &[Lesson]) -> Option<Counts> {
    let mut counts = Counts::default();
    for lesson in lessons {
        let (is_bad, _) = told(lesson);
        counts.add_many(is_bad, lesson.bad_after?, lesson.witness.weight());
    }
    Some(counts)
}

/// How far the model was off, from 0 to 1.
fn wrong_by(lesson: &Lesson) -> f32 {
    let (is_bad, probability) = told(lesson);
    if is_bad {
        1.0 - probability
    } else {
        probability
    }
}

fn most_wrong(lessons: &[Lesson]) -> Vec<Lesson> {
    let wrong = lessons.iter().filter(|lesson| wrong_by(lesson) > 0.5);
    let mut wrong: Vec<&Lesson> = wrong.collect();
    wrong.sort_by(|a, b| wrong_by(b).total_cmp(&wrong_by(a)));
    wrong.into_iter().take(MOST_WRONG).cloned().collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{CommentId, Witness};

    fn lesson(number: u128, action: Action, harm: f32) -> Lesson {
        Lesson {
            decision: DecisionId(Uuid::from_u128(number)),
            comment: CommentId(Uuid::from_u128(number)),
            action,
            harm,
            spam: 0.1,
            is_toneless: number.is_multiple_of(2),
            witness: Witness::Itself,
            bad_after: None,
        }
    }

    #[test]
    fn a_hundred_is_the_same_whatever_comes_after_it() {
        let lessons: Vec<Lesson> = (0..450)
            .map(|number| {
                let harm = if number < 200 { 0.9 } else { 0.1 };
                lesson(number, Action::Approve, harm)
            })
            .collect();
        let whole = Report::of(450, &lessons, &ModelSettings::default()).hundreds;
        let untils: Vec<u64> = whole.iter().map(|hundred| hundred.until).collect();
        assert_eq!(untils, [100, 200, 300, 400]);
        assert!(whole[1].counts.accuracy() < 0.01 && whole[2].counts.accuracy() > 0.99);
        // The oldest are looked at no more.
        let later = Report::of(450, &lessons[150..], &ModelSettings::default()).hundreds;
        assert_eq!(later, whole[2..]);
        assert_eq!(
            Report::of(100, &lessons[..100], &ModelSettings::default()).hundreds,
            whole[..1]
        );
        assert_eq!(
            Report::of(99, &lessons[..99], &ModelSettings::default()).hundreds,
            []
        );
    }

    #[test]
    fn what_a_setting_would_have_held_is_counted_on_the_decisions() {
        let mut lessons: Vec<Lesson> = (0..1_000)
            .map(|number| {
                let is_alarm = number < 40;
                #[allow(clippy::cast_precision_loss)] // some dozens
                let step = 0.01 * (number % 40) as f32;
                let harm = if is_alarm { 0.55 + step } else { 0.05 };
                Lesson {
                    is_toneless: false,
                    ..lesson(number, Action::Approve, harm)
                }
            })
            .collect();
        lessons.extend((1_000..1_100).map(|number| Lesson {
            is_toneless: false,
            ..lesson(number, Action::Reject, 0.97)
        }));
        let report = Report::of(1_100, &lessons, &ModelSettings::default());
        let [toned, toneless] = report.writings;
        assert_eq!((toned.approved.all, toned.refused.all), (1_000, 100));
        assert!((0.02..=0.03).contains(&toned.approved.look_share()));
        assert!((0.005..=0.01).contains(&toned.approved.likely_bad_share()));
        assert_eq!(toned.refused.likely_bad, 100);
        assert_eq!(toned.harm.calibration[9], (105, 100));
        assert!(!toneless.moves && toneless.approved.all == 0);
        // Whoever allows more false alarms has more of them, and finds no less.
        let held: Vec<u32> = report.choices.iter().map(|one| one.approved.look).collect();
        assert!(held.is_sorted() && held.first() < held.last(), "{held:?}");
        for choice in &report.choices {
            assert!(choice.approved.look_share() <= choice.alarms.share());
            assert_eq!(choice.refused.look, 100);
        }
        // What it had as good as fine comes before what it was in doubt of, and only what it was wrong about.
        assert_eq!(report.most_wrong.len(), 10);
        assert_eq!(report.most_wrong[0].comment.0, Uuid::from_u128(39));
    }

    #[test]
    fn a_drift_is_what_chance_does_not_explain() {
        let of = |wrong_of_a_hundred: [u128; 2]| {
            let lessons: Vec<Lesson> = (0..2_000)
                .map(|number| {
                    let wrong = wrong_of_a_hundred[usize::from(number >= 1_500)];
                    let harm = if number % 100 < wrong { 0.8 } else { 0.2 };
                    lesson(number, Action::Approve, harm)
                })
                .collect();
            Report::of(2_000, &lessons, &ModelSettings::default())
                .drift
                .expect("enough lessons")
        };
        assert!(of([5, 15]).is_worse());
        assert!(!of([5, 6]).accuracy_changed);
        let better = of([15, 5]);
        assert!(better.accuracy_changed && !better.is_worse() && !better.share_of_bad_changed);
        assert_eq!(Drift::of(&[]), None);
    }
}

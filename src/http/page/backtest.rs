//! A back-test: how far it has come, and what it has found.

use askama::Template;

use super::brief::query;
use super::frame::Desk;
use crate::domain::{
    Backtest, BacktestState, CommentId, Instant, Outcome, Status, TriedWord, WordFinding,
};
use crate::messages::Messages;
use crate::text::{Segment, is_everyday_unmarked, is_in_everyday_use};

/// A whole number as the language writes it: `4.212` or `4,212`.
#[must_use]
pub fn grouped(t: Messages, number: u64) -> String {
    let mark = match t.locale() {
        crate::domain::Locale::Vi => '.',
        crate::domain::Locale::En => ',',
    };
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// A comment that would stand elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleView {
    /// Which comment.
    pub id: CommentId,
    /// Its author's name, with what is seen in it.
    pub name: Vec<Segment>,
    /// Its text, with what is seen in it.
    pub body: Vec<Segment>,
    /// Where it stands today.
    pub status: Status,
    /// Its score without the drafts, and with them.
    pub scores: (f32, f32),
    /// Whether its text is another one by now.
    pub is_edited: bool,
}

impl SampleView {
    fn name_segments(&self) -> Vec<Segment> {
        self.name.clone()
    }

    fn body_segments(&self) -> Vec<Segment> {
        self.body.clone()
    }
}

/// Comments that would stand elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct ShiftView {
    /// Without the drafts.
    pub before: Outcome,
    /// With them.
    pub after: Outcome,
    /// How many.
    pub count: u64,
    /// By where they stand today.
    pub statuses: Vec<(Status, u64)>,
    /// Some of them.
    pub samples: Vec<SampleView>,
}

impl ShiftView {
    pub(super) fn title(&self, t: Messages) -> String {
        let name = |outcome: Outcome| t.get(&format!("outcome-{outcome}"));
        let values = [
            ("before", name(self.before).into()),
            ("after", name(self.after).into()),
            ("number", grouped(t, self.count).into()),
        ];
        t.with("backtest-shift", &values)
    }

    pub(super) fn standing(&self, t: Messages) -> String {
        let one = |(status, count): &(Status, u64)| {
            format!("{} {}", t.status(*status), grouped(t, *count))
        };
        let list: Vec<String> = self.statuses.iter().map(one).collect();
        t.with("backtest-statuses", &[("list", list.join(", ").into())])
    }

    pub(super) fn heading(&self, t: Messages) -> String {
        t.with("backtest-samples", &[("count", self.samples.len().into())])
    }
}

/// The part of the page that changes while the back-test runs; it comes alone where a script asks for it.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/backtest_part.html")]
pub struct BacktestPart {
    /// The moderator's language.
    pub t: Messages,
    /// Guards the forms against posts from elsewhere.
    pub csrf: String,
    /// The site's key.
    pub site: String,
    /// The back-test.
    pub run: Backtest,
    /// Drafts of it that are drafts still, and may be used.
    pub usable: Vec<TriedWord>,
    /// What would stand elsewhere.
    pub shifts: Vec<ShiftView>,
}

impl BacktestPart {
    /// Where a part of a back-test lies.
    #[must_use]
    pub fn address(site: &str, run: &Backtest, part: &str) -> String {
        format!(
            "/rules/backtests/{}{part}?{}",
            run.id,
            query(&[("site", site)])
        )
    }

    fn part(&self) -> String {
        Self::address(&self.site, &self.run, "/part")
    }

    fn whole(&self) -> String {
        Self::address(&self.site, &self.run, "")
    }

    fn number(&self, number: u64) -> String {
        grouped(self.t, number)
    }

    fn total(&self) -> i64 {
        self.run.total.unwrap_or_default().max(self.run.done).max(1)
    }

    fn so_far(&self) -> String {
        let Some(total) = self.run.total else {
            return self.t.get("backtest-counting");
        };
        let number = |number: i64| grouped(self.t, number.unsigned_abs());
        let values = [
            ("done", number(self.run.done).into()),
            ("total", number(total).into()),
        ];
        self.t.with("backtest-so-far", &values)
    }

    fn state(&self) -> String {
        self.t.get(&format!("backtest-state-{}", self.run.state))
    }

    fn collisions(&self) -> Vec<&WordFinding> {
        self.run.findings.collisions(is_in_everyday_use)
    }

    fn collision(&self, word: &WordFinding) -> String {
        collision(self.t, word)
    }

    fn collides(&self, word: &str) -> Option<String> {
        let all = self.collisions().into_iter();
        let mut mine = all.filter(|one| one.word == word);
        mine.next().map(|one| collision(self.t, one))
    }

    fn forms(&self, word: &WordFinding) -> String {
        forms(self.t, word)
    }

    fn with_word(&self, id: &str, word: &str) -> String {
        self.t.with(id, &[("word", word.into())])
    }
}

/// *“cac” là một từ thường gặp viết không dấu*
#[must_use]
pub fn everyday(t: Messages, word: &str) -> String {
    let id = if is_everyday_unmarked(word) {
        "collision-everyday-unmarked"
    } else {
        "collision-everyday"
    };
    t.with(id, &[("word", word.into())])
}

/// *“các” không dấu là từ thường gặp: 4.212 bình luận sạch sẽ bị giữ.*
#[must_use]
pub fn collision(t: Messages, word: &WordFinding) -> String {
    if !word.has_telling_number() {
        return everyday(t, &word.word);
    }
    let id = if word.is_mostly_toneless() {
        "collision-toneless"
    } else {
        "collision-common"
    };
    let values = [
        ("word", word.word.as_str().into()),
        ("number", grouped(t, word.clean).into()),
    ];
    t.with(id, &values)
}

/// How a word is written in clean comments, the commonest first.
fn forms(t: Messages, word: &WordFinding) -> String {
    const SHOWN: usize = 5;
    let mut all: Vec<_> = word.forms.iter().collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.count));
    let few = all.into_iter().take(SHOWN);
    let few: Vec<String> = few
        .map(|one| format!("{} ({})", one.form, grouped(t, one.count)))
        .collect();
    t.with("collision-forms", &[("forms", few.join(", ").into())])
}

/// One back-test.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/backtest.html")]
pub struct BacktestPage {
    /// The moderator's language.
    pub t: Messages,
    /// The frame.
    pub desk: Desk,
    /// What times are told against.
    pub now: Instant,
    /// What changes.
    pub part: BacktestPart,
}

impl BacktestPage {
    fn line(&self) -> String {
        line(self.t, &self.part.run, self.now)
    }

    fn words(&self) -> String {
        format!("/rules/words?{}", query(&[("site", &self.part.site)]))
    }
}

/// Who started a back-test, when, and on what.
#[must_use]
pub fn line(t: Messages, run: &Backtest, now: Instant) -> String {
    let values = [
        ("name", run.started_by.as_str().into()),
        ("when", t.when_near(run.created_at, now).into()),
        ("days", run.days.to_string().into()),
    ];
    t.with("backtest-line", &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Locale;

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        let (vi, en) = (Messages::of(Locale::Vi), Messages::of(Locale::En));
        assert_eq!(grouped(vi, 4_212), "4.212");
        assert_eq!(grouped(en, 1_004_212), "1,004,212");
        assert_eq!([0, 12, 999].map(|n| grouped(vi, n)), ["0", "12", "999"]);
    }
}

//! Drafts of a site's words, tried on comments that are stored already: what would become of each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    BacktestId, Category, CommentId, Field, Instant, Lane, RuleAction, SiteId, Status, Verdict,
    View, WordId, WordKind, words,
};

words! {
    /// How far a back-test has come.
    BacktestState {
        /// Nobody has begun it.
        Waiting = "waiting",
        /// It is under way.
        Running = "running",
        /// It has seen every comment.
        Done = "done",
        /// Somebody stopped it.
        Cancelled = "cancelled",
        /// A fault of ours ended it.
        Failed = "failed",
    }
}

impl BacktestState {
    /// Whether it will go no further.
    #[must_use]
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Waiting | Self::Running)
    }
}

words! {
    /// Where the rules put a comment: into a lane, or away.
    Outcome {
        /// Nothing speaks against it.
        LikelyFine = "likely_fine",
        /// Something to look at.
        Look = "look",
        /// Much speaks against it.
        LikelyBad = "likely_bad",
        /// Rejected by itself.
        Rejected = "rejected",
        /// Put with the spam by itself.
        Spam = "spam",
    }
}

impl Outcome {
    /// What a verdict comes to.
    #[must_use]
    pub const fn of(verdict: &Verdict) -> Self {
        match (verdict.action, verdict.lane) {
            (RuleAction::Reject, _) => Self::Rejected,
            (RuleAction::Spam, _) => Self::Spam,
            (RuleAction::Hold, Lane::LikelyFine) => Self::LikelyFine,
            (RuleAction::Hold, Lane::Look) => Self::Look,
            (RuleAction::Hold, Lane::LikelyBad) => Self::LikelyBad,
        }
    }
}

/// A draft as it was when the back-test began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TriedWord {
    /// Which word of the site's list.
    pub id: WordId,
    /// As it was typed.
    pub word: String,
    /// What it is to do.
    pub kind: WordKind,
    /// What kind of trouble it is, where it holds.
    pub category: Option<Category>,
    /// What each place adds, where it holds.
    pub weight: f32,
}

/// One back-test.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// Which one; rises with time.
    pub id: BacktestId,
    /// Whose comments.
    pub site: SiteId,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub created_at: Instant,
    /// It tries the comments of so many days before that.
    pub days: i32,
    /// The drafts.
    pub words: Vec<TriedWord>,
    /// How far it has come.
    pub state: BacktestState,
    /// How many comments there are; none until somebody has counted.
    pub total: Option<i64>,
    /// How many of them it has seen.
    pub done: i64,
    /// The last that it has seen.
    pub reached: Option<CommentId>,
    /// The rules and live words that it compares with; whoever goes on with others begins anew.
    pub basis: String,
    /// What it has found so far.
    pub findings: Findings,
    /// Raised by whoever takes it up: an earlier one's word counts no more.
    pub lease: i64,
    /// When it was over.
    pub ended_at: Option<Instant>,
}

/// What a back-test has found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Findings {
    /// How many of the comments people have approved.
    pub approved: u64,
    /// How many would newly be held: somebody would have to look.
    pub held: u64,
    /// How many of these people have approved.
    pub clean: u64,
    /// How many would no longer be held.
    pub freed: u64,
    /// What each draft that holds would do, in the order of the drafts.
    pub words: Vec<WordFinding>,
    /// Comments that would stand elsewhere, by where they stood and would stand.
    pub shifts: Vec<Shift>,
}

/// What one draft would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WordFinding {
    /// The word.
    pub word: String,
    /// In how many comments it stands.
    pub seen: u64,
    /// How many of these would newly be held.
    pub held: u64,
    /// How many of these people have approved: clean ones, it seems.
    pub clean: u64,
    /// How the word is written in the clean ones.
    pub forms: Vec<WrittenForm>,
}

/// One way in which a word stands in comments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WrittenForm {
    /// In lower case.
    pub form: String,
    /// How it was read: `toneless` where its tones are missing.
    pub view: View,
    /// In how many clean comments.
    pub count: u64,
}

/// Comments that would stand elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Shift {
    /// Where the rules put them without the drafts.
    pub before: Outcome,
    /// And with the drafts.
    pub after: Outcome,
    /// How many.
    pub count: u64,
    /// How many by where they stand today.
    #[schema(value_type = BTreeMap<String, u64>)]
    pub statuses: BTreeMap<Status, u64>,
    /// Some of them, the newest first.
    pub samples: Vec<Sample>,
}

/// One comment that would stand elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Sample {
    /// Which one.
    pub comment: CommentId,
    /// Its score without the drafts.
    pub score_before: f32,
    /// And with them.
    pub score_after: f32,
    /// What is seen with the drafts only.
    pub added: Vec<Spot>,
    /// What is seen without them only.
    pub gone: Vec<Spot>,
}

/// A place in a comment. Its text is not kept here: it is read where it is shown, as it is then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Spot {
    /// The rule.
    pub rule: String,
    /// In which field.
    pub field: Field,
    /// The first character.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A draft that meets so many clean comments, and so great a share of all that were approved, is a common word.
const COMMON: u64 = 3;
const COMMON_IN: u64 = 1_000;

impl Findings {
    /// The drafts that are common words, with what they would hold: the worst first. A new newspaper has few approved comments to tell
    /// by, so that a word that everybody uses counts as well.
    #[must_use]
    pub fn collisions(&self, is_everyday: impl Fn(&str) -> bool) -> Vec<&WordFinding> {
        let is_common = |word: &&WordFinding| self.is_common(word, &is_everyday);
        let mut common: Vec<&WordFinding> = self.words.iter().filter(is_common).collect();
        common.sort_by_key(|word| std::cmp::Reverse(word.clean));
        common
    }

    /// That draft, if it is such a word.
    #[must_use]
    pub fn collision(
        &self,
        word: &str,
        is_everyday: impl Fn(&str) -> bool,
    ) -> Option<&WordFinding> {
        let found = self.words.iter().find(|one| one.word == word);
        found.filter(|one| self.is_common(one, &is_everyday))
    }

    fn is_common(&self, word: &WordFinding, is_everyday: &impl Fn(&str) -> bool) -> bool {
        word.is_counted_common(self.approved) || is_everyday(&word.word)
    }
}

impl WordFinding {
    fn is_counted_common(&self, approved: u64) -> bool {
        self.clean >= COMMON && self.clean.saturating_mul(COMMON_IN) >= approved
    }

    /// Whether so many clean comments have it that their number says something.
    #[must_use]
    pub fn has_telling_number(&self) -> bool {
        self.clean >= COMMON
    }

    /// Whether most of the clean comments have it without its tones.
    #[must_use]
    pub fn is_mostly_toneless(&self) -> bool {
        let toneless = self.forms.iter().filter(|one| one.view == View::Toneless);
        toneless.map(|one| one.count).sum::<u64>() * 2 > self.clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(word: &str, clean: u64) -> WordFinding {
        WordFinding {
            word: word.to_owned(),
            clean,
            ..WordFinding::default()
        }
    }

    #[test]
    fn a_word_of_many_clean_comments_is_a_collision_and_the_worst_comes_first() {
        let findings = Findings {
            approved: 5_000,
            words: vec![found("a", 2), found("b", 5), found("c", 4), found("d", 90)],
            ..Findings::default()
        };
        let names = |words: Vec<&WordFinding>| -> Vec<String> {
            words.iter().map(|one| one.word.clone()).collect()
        };
        assert_eq!(names(findings.collisions(|_| false)), ["d", "b"]);
        // Whatever was counted, nobody holds a word that everybody uses without being told.
        assert_eq!(
            names(findings.collisions(|word| word == "a")),
            ["d", "b", "a"]
        );
    }

    #[test]
    fn a_word_is_told_as_toneless_where_most_have_it_so() {
        let form = |view, count| WrittenForm {
            form: "cac".to_owned(),
            view,
            count,
        };
        let mut word = found("các", 10);
        word.forms = vec![form(View::Toneless, 5), form(View::Toned, 5)];
        assert!(!word.is_mostly_toneless());
        word.forms[0].count = 6;
        assert!(word.is_mostly_toneless());
    }
}

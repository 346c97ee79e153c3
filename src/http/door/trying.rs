//! Back-tests of a site's drafts, for its editors.

use uuid::Uuid;

use super::{Editing, Moderating};
use crate::clock;
use crate::domain::{
    Backtest, BacktestId, BacktestState, CommentId, Findings, SiteWord, TriedWord, WordId,
    WordState,
};
use crate::http::problem::Problem;
use crate::intake::FieldError;
use crate::store::{Card, WordFilter};

/// As many days as a back-test may go back.
pub const DAYS: [i32; 3] = [7, 30, 90];
/// As many drafts as are tried together.
const MOST_WORDS: usize = 200;

impl Editing {
    /// Starts a back-test of these drafts, or of all where none is named.
    pub async fn start_backtest(&self, days: i32, ids: &[WordId]) -> Result<Backtest, Problem> {
        if !DAYS.contains(&days) {
            return Err(Problem::field("days", "backtest-days"));
        }
        let words = self.drafts(ids).await?;
        let now = clock::now();
        let run = Backtest {
            id: BacktestId(Uuid::now_v7()),
            site: self.site.id,
            started_by: self.by.moderator().name.clone(),
            created_at: now,
            days,
            words: words.into_iter().map(tried).collect(),
            state: BacktestState::Waiting,
            total: None,
            done: 0,
            reached: None,
            basis: String::new(),
            findings: Findings::default(),
            lease: 0,
            ended_at: None,
        };
        let (store, actor) = (&self.by.house.store, self.by.actor());
        if store.start_backtest(run.clone(), actor).await? {
            Ok(run)
        } else {
            Err(Problem::field("days", "backtest-running"))
        }
    }

    async fn drafts(&self, ids: &[WordId]) -> Result<Vec<SiteWord>, Problem> {
        let filter = WordFilter {
            state: Some(WordState::Draft),
            ..WordFilter::default()
        };
        let mut drafts = self.by.words_of(&self.site.key, filter).await?;
        if !ids.is_empty() {
            drafts.retain(|word| ids.contains(&word.id));
        }
        match drafts.len() {
            0 => Err(Problem::field("words", "backtest-nothing")),
            many if many > MOST_WORDS => {
                let many = FieldError::new("words", "backtest-many").with("max", MOST_WORDS);
                Err(Problem::fields(vec![many]))
            }
            _ => Ok(drafts),
        }
    }

    /// One back-test.
    pub async fn backtest(&self, id: BacktestId) -> Result<Backtest, Problem> {
        Ok(self.by.house.store.backtest(self.site.id, id).await?)
    }

    /// The latest back-tests, newest first.
    pub async fn backtests(&self, limit: i64) -> Result<Vec<Backtest>, Problem> {
        Ok(self.by.house.store.backtests(self.site.id, limit).await?)
    }

    /// Stops a back-test; what it has found stays.
    pub async fn cancel_backtest(&self, id: BacktestId) -> Result<Backtest, Problem> {
        let (store, actor) = (&self.by.house.store, self.by.actor());
        let site = self.site.id;
        Ok(store.cancel_backtest(site, id, actor, clock::now()).await?)
    }

    /// The cards of comments on this site.
    pub async fn cards(&self, ids: Vec<CommentId>) -> Result<Vec<Card>, Problem> {
        let by: &Moderating = &self.by;
        by.cards_of(ids).await
    }
}

fn tried(word: SiteWord) -> TriedWord {
    TriedWord {
        id: word.id,
        word: word.word,
        kind: word.kind,
        category: word.category,
        weight: word.weight,
    }
}

//! Rules as members read them, and what a rule did: everybody sees it, editors take it back.

use std::sync::Arc;
use std::time::Duration;

use super::Moderating;
use crate::clock;
use crate::domain::{Action, BatchId, CommentId, DecisionId, Instant, Role, SiteWord};
use crate::http::problem::Problem;
use crate::intake::FieldError;
use crate::rules::RuleSet;
use crate::store::{DeedFilter, FoundDeeds, Outcome, WordFilter};

/// As many comments as are put back into the queue together.
const MOST_TOGETHER: usize = 500;
/// As far back as one looks for what a rule did.
pub const MOST_DAYS: u32 = 90;
/// As many comments as are counted where a rule was seen.
pub const MOST_COUNTED: usize = 1_000;

/// What became of the comments that a rule had settled.
#[derive(Debug, Clone, Copy)]
pub struct UndoneRule {
    /// Undoes it; none where nothing was put back.
    pub batch: Option<BatchId>,
    /// How many are back in the queue.
    pub requeued: usize,
    /// Whether there may be more than were put back at once.
    pub more: bool,
}

/// What a rule did on a site.
#[derive(Debug, Clone)]
pub struct Deeds {
    /// Comments that it settled and nobody has touched since, newest first.
    pub settled: Vec<CommentId>,
    /// Before which decision to go on, where there may be more.
    pub next: Option<DecisionId>,
}

fn since(days: u32) -> Result<Instant, Problem> {
    if (1..=MOST_DAYS).contains(&days) {
        Ok(clock::now().before(Duration::from_secs(24 * 3600 * u64::from(days))))
    } else {
        let far = FieldError::new("days", "days-range").with("max", MOST_DAYS as usize);
        Err(Problem::fields(vec![far]))
    }
}

impl Moderating {
    /// The rules in use.
    pub fn rules(&self) -> Arc<RuleSet> {
        self.house.rules.now()
    }

    /// A site's own words, live and drafts, oldest first.
    pub async fn words_of(&self, site: &str, filter: WordFilter) -> Result<Vec<SiteWord>, Problem> {
        let site = self.site_called(site)?.id;
        Ok(self.house.store.site_words(site, filter).await?)
    }

    /// What a rule settled within so many days on a site, and nobody has touched since.
    pub async fn deeds(
        &self,
        site: &str,
        rule: &str,
        days: u32,
        (after, limit): (Option<DecisionId>, usize),
    ) -> Result<Deeds, Problem> {
        let found = self.found(site, rule, days, (after, limit)).await?;
        let settled = found.deeds.into_iter().map(|deed| deed.comment.id);
        Ok(Deeds {
            settled: settled.collect(),
            next: found.next,
        })
    }

    /// Goes on until something is found or all was looked at: what people have moved since may be thousands.
    async fn found(
        &self,
        site: &str,
        rule: &str,
        days: u32,
        (after, limit): (Option<DecisionId>, usize),
    ) -> Result<FoundDeeds, Problem> {
        let site = self.site_called(site)?.id;
        let mut filter = DeedFilter {
            rule: rule.to_owned(),
            since: since(days)?,
            after,
            limit,
        };
        let scope = self.principal.scope().only(site);
        loop {
            let store = &self.house.store;
            let found = store.deeds(scope.clone(), filter.clone()).await?;
            if !found.deeds.is_empty() || found.next.is_none() {
                return Ok(found);
            }
            filter.after = found.next;
        }
    }

    /// In how many comments of a site a rule was seen within so many days; no more than [`MOST_COUNTED`] are counted.
    pub async fn count_seen(&self, site: &str, rule: &str, days: u32) -> Result<usize, Problem> {
        let site = self.site_called(site)?.id;
        let scope = self.principal.scope().only(site);
        let (rule, since) = (rule.to_owned(), since(days)?);
        let most = i64::try_from(MOST_COUNTED).unwrap_or(i64::MAX);
        Ok(self
            .house
            .store
            .count_seen(scope, rule, since, most)
            .await?)
    }

    /// Puts what a rule settled within so many days back into the queue, in one batch that can be undone: for editors. What
    /// anybody has moved since stays where it is.
    pub async fn undo_rule(
        &self,
        site: &str,
        rule: &str,
        days: u32,
    ) -> Result<UndoneRule, Problem> {
        let by = self.clone().at_least(Role::Editor)?;
        let limit = (None, MOST_TOGETHER);
        let found = by.found(site, rule, days, limit).await?;
        let more = found.next.is_some();
        if found.deeds.is_empty() {
            return Ok(UndoneRule {
                batch: None,
                requeued: 0,
                more,
            });
        }
        // By the revision that was read: who decides meanwhile is faster.
        let comments = found
            .deeds
            .into_iter()
            .map(|deed| (deed.comment.id, deed.comment.revision));
        let note = Some(format!("undo {rule}"));
        let (batch, settled) = by
            .decide(Action::Requeue, comments.collect(), None, note)
            .await?;
        let done = settled.iter().filter(|one| one.outcome == Outcome::Done);
        let requeued = done.count();
        Ok(UndoneRule {
            batch: (requeued > 0).then_some(batch),
            requeued,
            more,
        })
    }
}

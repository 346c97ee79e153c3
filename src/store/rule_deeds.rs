//! What a rule did: the comments that it settled by itself and nobody has touched since, and how many it was seen in.

use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::cards::of_part;
use super::db::{Db, each};
use super::error::Result;
use super::listing::whole;
use super::schema::decisions;
use super::search::ask;
use super::types::first_at;
use super::{Part, Scope, Store};
use crate::domain::{Comment, CommentId, DecisionId, Instant, SiteId};

/// Word for word as the index has it.
const BY_RULE: &str = "decisions.actor_kind = 'rule'";
/// As many decisions as are read at once, and as often as that is done: what people have undone one by one lies between.
const CHUNK: i64 = 500;
const CHUNKS: usize = 20;

/// A comment as a rule left it.
#[derive(Debug, Clone)]
pub struct Deed {
    /// The rule's decision.
    pub decision: DecisionId,
    /// The comment, which nobody has moved since.
    pub comment: Comment,
}

/// What was found of a rule's deeds.
#[derive(Debug, Clone, Default)]
pub struct FoundDeeds {
    /// Newest first.
    pub deeds: Vec<Deed>,
    /// Before which decision to go on; none where all was looked at. There may be more than was found even where nothing was.
    pub next: Option<DecisionId>,
}

/// Which deeds of a rule to list, newest first.
#[derive(Debug, Clone)]
pub struct DeedFilter {
    /// The rule's id.
    pub rule: String,
    /// Only those since then.
    pub since: Instant,
    /// Only those before this one.
    pub after: Option<DecisionId>,
    /// At most as many.
    pub limit: usize,
}

type Made = (DecisionId, CommentId, i32);

fn decided(
    db: &mut Db,
    site: SiteId,
    filter: &DeedFilter,
    before: DecisionId,
) -> Result<Vec<Made>> {
    let query = decisions::table
        .filter(decisions::site_id.eq(site))
        .filter(diesel::dsl::sql::<Bool>(BY_RULE))
        .filter(decisions::actor_name.eq(&filter.rule))
        .filter(decisions::id.ge(DecisionId(first_at(filter.since))))
        .filter(decisions::id.lt(before))
        .filter(decisions::undone_at.is_null())
        // What a ban settled is the ban's to tell.
        .filter(decisions::ban_id.is_null())
        .order(decisions::id.desc())
        .limit(CHUNK)
        .select((decisions::id, decisions::comment_id, decisions::revision));
    Ok(each!(db, |c| query.load(c))?)
}

fn deeds(db: &mut Db, part: &Part, filter: &DeedFilter) -> Result<FoundDeeds> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let mut found: Vec<Deed> = Vec::new();
    let mut before = filter.after.unwrap_or(DecisionId(Uuid::max()));
    for _ in 0..CHUNKS {
        let made = decided(db, *site, filter, before)?;
        let Some((last, ..)) = made.last().copied() else {
            return Ok(FoundDeeds {
                deeds: found,
                next: None,
            });
        };
        before = last;
        let ids: Vec<CommentId> = made.iter().map(|(_, comment, _)| *comment).collect();
        let comments = of_part(db, part, &ids)?;
        for (decision, id, revision) in made {
            // Whatever moves a comment raises its revision.
            let untouched = |one: &&Comment| one.id == id && one.revision == revision;
            found.extend(comments.iter().find(untouched).map(|comment| Deed {
                decision,
                comment: comment.clone(),
            }));
        }
        if found.len() > filter.limit {
            found.truncate(filter.limit);
            let next = found.last().map(|deed| deed.decision);
            return Ok(FoundDeeds { deeds: found, next });
        }
    }
    Ok(FoundDeeds {
        deeds: found,
        next: Some(before),
    })
}

impl Store {
    /// What a rule settled on the one site of the scope and nobody has touched since, newest first.
    pub async fn deeds(&self, scope: Scope, filter: DeedFilter) -> Result<FoundDeeds> {
        self.read(move |db| match scope.parts().next() {
            Some(part) => deeds(db, part, &filter),
            None => Ok(FoundDeeds::default()),
        })
        .await
    }

    /// In how many comments since then a rule was seen, as the search index knows: `most` where they are as many or more.
    pub async fn count_seen(
        &self,
        scope: Scope,
        rule: String,
        since: Instant,
        most: i64,
    ) -> Result<usize> {
        self.read(move |db| {
            let mut count = 0;
            for mut place in whole(&scope) {
                place.rules = vec![rule.clone()];
                place.newest_first = true;
                let found = ask(db, place.site, &place.asked(most))?;
                let first = CommentId(first_at(since));
                count += found.iter().filter(|one| one.comment_id >= first).count();
            }
            Ok(count)
        })
        .await
    }
}

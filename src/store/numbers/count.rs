//! Counts comments, hour by hour.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

use crate::domain::{
    ArticleId, BanId, Category, CommentId, DecisionId, Hour, Instant, Lane, Sections, SiteId,
    Status, Tally, merge_sections,
};
use crate::queue::{Move, Mover, Story, story};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{comments, decisions, evidence};
use crate::store::types::{first_at, moment_of};
use crate::store::{Store, articles};

/// What the comments of some hours came to.
pub type Hours = BTreeMap<Hour, Sections>;

/// As many comments as are read at once: a read holds up nobody for long.
const AT_ONCE: i64 = 1_000;

/// A comment, as far as it is counted.
#[derive(Queryable)]
struct Counted {
    id: CommentId,
    article: ArticleId,
    status: Status,
    lane: Lane,
    arrived: Instant,
}

/// What is known of some comments that follow each other.
struct Known {
    sections: HashMap<ArticleId, String>,
    moves: HashMap<CommentId, Vec<Move>>,
    /// The rules that speak against those that are likely bad.
    against: HashMap<CommentId, HashSet<String>>,
}

/// The first comments from `from` on and before `to`, no more than are read at once, and the last of them where there are more.
fn some(
    db: &mut Db,
    site: SiteId,
    from: CommentId,
    to: CommentId,
) -> Result<(Hours, Option<CommentId>)> {
    let query = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.ge(from))
        .filter(comments::id.lt(to))
        .order(comments::id)
        .limit(AT_ONCE)
        .select((
            comments::id,
            comments::article_id,
            comments::status,
            comments::lane,
            comments::created_at,
        ));
    let found: Vec<Counted> = each!(db, |c| query.load(c))?;
    let mut hours = Hours::new();
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return Ok((hours, None));
    };
    let mut known = Known {
        sections: sections(db, site, &found)?,
        moves: moves(db, site, first.id, last.id)?,
        against: against(db, site, first.id, last.id)?,
    };
    let is_more = i64::try_from(found.len()).is_ok_and(|many| many == AT_ONCE);
    let last = is_more.then_some(last.id);
    for comment in found {
        let section = known.sections.get(&comment.article).cloned();
        let hour = hours.entry(Hour::of(moment_of(comment.id.0))).or_default();
        count(
            hour.entry(section.unwrap_or_default()).or_default(),
            &comment,
            &mut known,
        );
    }
    Ok((hours, last))
}

fn count(tally: &mut Tally, comment: &Counted, known: &mut Known) {
    let moves = known.moves.remove(&comment.id).unwrap_or_default();
    let story = story(comment.status, &moves);
    *tally.statuses.entry(comment.status).or_default() += 1;
    *tally.articles.entry(comment.article).or_default() += 1;
    *tally.decided.entry(story.decided).or_default() += 1;
    if let Some(first) = story.first_by_person {
        tally.waits.add(first.seconds_since(comment.arrived));
    }
    let against = known.against.remove(&comment.id).unwrap_or_default();
    count_rules(tally, comment, &story, against);
}

fn count_rules(tally: &mut Tally, comment: &Counted, story: &Story, against: HashSet<String>) {
    for (rule, is_overturned) in &story.settled {
        let rule = tally.rules.entry(rule.clone()).or_default();
        rule.settled += 1;
        rule.overturned += u64::from(*is_overturned);
    }
    let Some(is_approved) = story.judged.filter(|_| comment.lane == Lane::LikelyBad) else {
        return;
    };
    // A rule that settled it is counted already.
    let others = against
        .into_iter()
        .filter(|rule| story.settled.iter().all(|(is, _)| is != rule));
    for rule in others {
        let rule = tally.rules.entry(rule).or_default();
        rule.suspected += 1;
        rule.approved += u64::from(is_approved);
    }
}

fn sections(db: &mut Db, site: SiteId, found: &[Counted]) -> Result<HashMap<ArticleId, String>> {
    let ids: HashSet<ArticleId> = found.iter().map(|comment| comment.article).collect();
    let ids: Vec<ArticleId> = ids.into_iter().collect();
    let articles = articles::by_ids(db, site, &ids)?.into_iter();
    Ok(articles
        .filter_map(|(id, article)| Some((id, article.section?)))
        .collect())
}

#[derive(Queryable)]
struct Moved {
    comment: CommentId,
    // Orders what was written together.
    _id: DecisionId,
    action: crate::domain::Action,
    actor_kind: String,
    actor_name: String,
    at: Instant,
    undone_at: Option<Instant>,
    ban: Option<BanId>,
}

/// The moves of the comments from one to another, each comment's in their order.
fn moves(
    db: &mut Db,
    site: SiteId,
    from: CommentId,
    to: CommentId,
) -> Result<HashMap<CommentId, Vec<Move>>> {
    let query = decisions::table
        .filter(decisions::site_id.eq(site))
        .filter(decisions::comment_id.between(from, to))
        .order((decisions::comment_id, decisions::revision, decisions::id))
        .select((
            decisions::comment_id,
            decisions::id,
            decisions::action,
            decisions::actor_kind,
            decisions::actor_name,
            decisions::created_at,
            decisions::undone_at,
            decisions::ban_id,
        ));
    let rows: Vec<Moved> = each!(db, |c| query.load(c))?;
    let mut moves: HashMap<CommentId, Vec<Move>> = HashMap::new();
    for row in rows {
        let by = match (row.actor_kind.as_str(), row.ban) {
            ("reader", _) => Mover::Reader,
            ("rule", Some(_)) => Mover::Ban,
            ("rule", None) => Mover::Rule(row.actor_name),
            ("model", _) => Mover::Model,
            _ => Mover::Person,
        };
        moves.entry(row.comment).or_default().push(Move {
            action: row.action,
            by,
            at: row.at,
            undone: row.undone_at.is_some(),
        });
    }
    Ok(moves)
}

/// The rules that spoke against the comments from one to another as they read now. A ban is no rule.
fn against(
    db: &mut Db,
    site: SiteId,
    from: CommentId,
    to: CommentId,
) -> Result<HashMap<CommentId, HashSet<String>>> {
    let query = evidence::table
        .filter(evidence::site_id.eq(site))
        .filter(evidence::comment_id.between(from, to))
        .filter(evidence::weight.gt(0.0))
        .filter(evidence::category.ne(Category::Ban))
        .select((evidence::comment_id, evidence::rule));
    let rows: Vec<(CommentId, String)> = each!(db, |c| query.load(c))?;
    let mut against: HashMap<CommentId, HashSet<String>> = HashMap::new();
    for (comment, rule) in rows {
        against.entry(comment).or_default().insert(rule);
    }
    Ok(against)
}

impl Store {
    /// What the comments of a site came to that arrived from the first moment of an hour on and before that of another, in reads of
    /// their own. What changes meanwhile has an event, and is counted after it.
    pub async fn count_hours(&self, site: SiteId, from: Hour, to: Hour) -> Result<Hours> {
        let mut hours = Hours::new();
        let mut next = CommentId(first_at(from.begin()));
        let end = CommentId(first_at(to.begin()));
        loop {
            let (more, last) = self.read(move |db| some(db, site, next, end)).await?;
            for (hour, sections) in more {
                merge_sections(hours.entry(hour).or_default(), &sections);
            }
            let Some(CommentId(last)) = last else {
                return Ok(hours);
            };
            next = CommentId(uuid::Uuid::from_u128(last.as_u128().saturating_add(1)));
        }
    }
}

//! The lessons, and the decisions that they are made of.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::mark::{LearnMark, Stretch, lies_in, note};
use super::snapshots::forget_weights;
use crate::domain::{
    Action, BatchId, CommentId, DecisionId, EventId, Lesson, SiteId, Status, Taught, Witness,
};
use crate::queue;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{comments, decisions, lessons};
use crate::store::{Store, bulk, by_model, events, evidence};

/// What says something of what teaches: decisions, doubts, and another text.
const TELLING: [Action; 5] = [
    Action::Approve,
    Action::Reject,
    Action::Spam,
    Action::Requeue,
    Action::Edit,
];
/// Who teaches: members of the paper, also where they decide in another system.
const PEOPLE: [&str; 2] = ["moderator", "client"];
/// As many lessons as are worth reading at once.
pub const LESSONS_AT_ONCE: i64 = 500;
/// As many ids as one question has.
pub(super) const AT_ONCE: usize = 500;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = lessons, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct LessonRow {
    site_id: SiteId,
    decision_id: DecisionId,
    comment_id: CommentId,
    action: Action,
    harm: f32,
    spam: f32,
    is_toneless: bool,
    stands_for: i16,
    sampled: Option<Action>,
    bad_after: Option<bool>,
}

bulk::row! { LessonRow => lessons:
    site_id, decision_id, comment_id, action, harm, spam, is_toneless, stands_for, sampled, bad_after
}

impl LessonRow {
    fn new(site: SiteId, lesson: &Lesson) -> Self {
        let (stands_for, sampled) = match lesson.witness {
            Witness::Itself => (1, None),
            Witness::Sample(sample) => (sample.stands_for, Some(sample.action)),
            Witness::Nothing => (0, None),
        };
        Self {
            stands_for: by_model::stored(stands_for),
            sampled,
            site_id: site,
            decision_id: lesson.decision,
            comment_id: lesson.comment,
            action: lesson.action,
            harm: lesson.harm,
            spam: lesson.spam,
            is_toneless: lesson.is_toneless,
            bad_after: lesson.bad_after,
        }
    }

    const fn read(self) -> Lesson {
        Lesson {
            decision: self.decision_id,
            comment: self.comment_id,
            action: self.action,
            harm: self.harm,
            spam: self.spam,
            is_toneless: self.is_toneless,
            witness: match (self.sampled, self.stands_for) {
                (Some(action), stands_for) => Witness::Sample(by_model::sample(action, stands_for)),
                (None, 0) => Witness::Nothing,
                (None, _) => Witness::Itself,
            },
            bad_after: self.bad_after,
        }
    }
}

/// A decision that teaches.
pub(super) type Teaching = (DecisionId, CommentId, Action);

/// Which decisions are looked at.
#[derive(Debug, Clone, Default)]
pub struct Considered {
    /// Only those before it; all without.
    pub until: Option<DecisionId>,
    /// None in these.
    pub skipped: Vec<Stretch>,
}

/// What teaches of some comments, in the order of the decisions: of each the decision of people that stands for its text, as long as
/// that is there.
fn teaching(
    db: &mut Db,
    site: SiteId,
    ids: &[CommentId],
    considered: &Considered,
) -> Result<Vec<Teaching>> {
    let mut found = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        for (comment, moves) in moves(db, site, some, considered.until)? {
            let mut judged = queue::judgement(&moves).iter();
            let first = judged.find(|(decision, _)| !lies_in(&considered.skipped, *decision));
            found.extend(first.map(|&(decision, action)| (decision, comment, action)));
        }
    }
    found.sort_unstable_by_key(|(decision, ..)| *decision);
    Ok(found)
}

/// What people and readers did with comments whose text is there, and nobody took back. In the order of the revisions that it led to:
/// clocks of several replicas need not agree.
fn moves(
    db: &mut Db,
    site: SiteId,
    ids: &[CommentId],
    until: Option<DecisionId>,
) -> Result<HashMap<CommentId, Vec<(DecisionId, Action)>>> {
    let there = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq_any(ids.to_vec()))
        .filter(comments::status.ne(Status::Erased))
        .select(comments::id);
    let there: Vec<CommentId> = each!(db, |c| there.load(c))?;
    let is_by_people = decisions::actor_kind.eq_any(PEOPLE);
    let query = decisions::table
        .filter(decisions::site_id.eq(site))
        .filter(decisions::comment_id.eq_any(there))
        .filter(decisions::action.eq_any(TELLING))
        .filter(decisions::undone_at.is_null())
        .filter(is_by_people.or(decisions::action.eq(Action::Edit)))
        .order(decisions::revision)
        .select((decisions::comment_id, decisions::id, decisions::action));
    let rows: Vec<(CommentId, DecisionId, Action)> = each!(db, |c| query.load(c))?;
    let mut moves: HashMap<CommentId, Vec<(DecisionId, Action)>> = HashMap::new();
    for (comment, decision, action) in rows {
        if until.is_none_or(|until| decision < until) {
            moves.entry(comment).or_default().push((decision, action));
        }
    }
    Ok(moves)
}

/// The same with texts and evidence.
pub(super) fn with_texts(db: &mut Db, site: SiteId, these: Vec<Teaching>) -> Result<Vec<Taught>> {
    let mut taught = Vec::with_capacity(these.len());
    for some in these.chunks(AT_ONCE) {
        let ids: Vec<CommentId> = some.iter().map(|(_, comment, _)| *comment).collect();
        let query = comments::table
            .filter(comments::site_id.eq(site))
            .filter(comments::id.eq_any(ids.clone()))
            .select((comments::id, comments::body));
        let bodies: Vec<(CommentId, String)> = each!(db, |c| query.load(c))?;
        let bodies: HashMap<CommentId, String> = bodies.into_iter().collect();
        let revisions = ids.iter().map(|id| (*id, i32::MAX)).collect();
        let seen = evidence::of_comments(db, site, &revisions)?;
        let witnesses = by_model::witnesses(db, site, &ids)?;
        let batches = batches(db, site, some)?;
        for &(decision, comment, action) in some {
            taught.push(Taught {
                decision,
                batch: batches
                    .get(&decision)
                    .copied()
                    .unwrap_or(BatchId(decision.0)),
                comment,
                action,
                body: bodies.get(&comment).cloned().unwrap_or_default(),
                evidence: seen.get(&comment).cloned().unwrap_or_default(),
                witness: witnesses.get(&comment).copied().unwrap_or(Witness::Itself),
            });
        }
    }
    Ok(taught)
}

/// The batch that each was made in.
fn batches(db: &mut Db, site: SiteId, these: &[Teaching]) -> Result<HashMap<DecisionId, BatchId>> {
    let ids: Vec<DecisionId> = these.iter().map(|(decision, ..)| *decision).collect();
    let query = decisions::table
        .filter(decisions::site_id.eq(site))
        .filter(decisions::id.eq_any(ids))
        .select((decisions::id, decisions::batch_id));
    let rows: Vec<(DecisionId, BatchId)> = each!(db, |c| query.load(c))?;
    Ok(rows.into_iter().collect())
}

fn of_comments(db: &mut Db, site: SiteId, ids: &[CommentId]) -> Result<Vec<DecisionId>> {
    let mut found = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let query = lessons::table
            .filter(lessons::site_id.eq(site))
            .filter(lessons::comment_id.eq_any(some.to_vec()))
            .select(lessons::decision_id);
        let rows: Vec<DecisionId> = each!(db, |c| query.load(c))?;
        found.extend(rows);
    }
    Ok(found)
}

/// Forgets lessons, and whatever was kept of the weights since the first of them.
pub(super) fn forget(db: &mut Db, site: SiteId, these: &[DecisionId]) -> Result<()> {
    let Some(first) = these.iter().min() else {
        return Ok(());
    };
    for some in these.chunks(AT_ONCE) {
        let gone = lessons::table
            .filter(lessons::site_id.eq(site))
            .filter(lessons::decision_id.eq_any(some.to_vec()));
        each!(db, |c| diesel::delete(gone).execute(c))?;
    }
    forget_weights(db, site, *first)
}

/// What is to be learnt of some comments, in the order of the decisions, and which lessons of theirs are to be forgotten.
pub(super) fn change(
    db: &mut Db,
    site: SiteId,
    ids: &[CommentId],
    considered: &Considered,
) -> Result<(Vec<Teaching>, Vec<DecisionId>)> {
    let mut new = teaching(db, site, ids, considered)?;
    let wanted: BTreeSet<DecisionId> = new.iter().map(|(decision, ..)| *decision).collect();
    let have: BTreeSet<DecisionId> = of_comments(db, site, ids)?.into_iter().collect();
    new.retain(|(decision, ..)| !have.contains(decision));
    Ok((new, have.difference(&wanted).copied().collect()))
}

/// Lessons of which no model has said anything yet.
pub(super) fn unsaid(db: &mut Db, site: SiteId, these: Vec<Teaching>) -> Result<Vec<Lesson>> {
    let mut lessons = Vec::with_capacity(these.len());
    for some in these.chunks(AT_ONCE) {
        let ids: Vec<CommentId> = some.iter().map(|(_, comment, _)| *comment).collect();
        let witnesses = by_model::witnesses(db, site, &ids)?;
        lessons.extend(some.iter().map(|&(decision, comment, action)| Lesson {
            decision,
            comment,
            action,
            harm: 0.0,
            spam: 0.0,
            is_toneless: false,
            witness: witnesses.get(&comment).copied().unwrap_or(Witness::Itself),
            bad_after: None,
        }));
    }
    Ok(lessons)
}

/// Writes lessons that are not there.
pub(super) fn put<'l>(
    db: &mut Db,
    site: SiteId,
    new: impl IntoIterator<Item = &'l Lesson>,
) -> Result<()> {
    let rows: Vec<LessonRow> = new
        .into_iter()
        .map(|lesson| LessonRow::new(site, lesson))
        .collect();
    bulk::insert!(db, lessons::table, rows);
    Ok(())
}

/// Replaces what some lessons say. Rows are written anew: that is two statements for all of them, where changing each is one.
fn replace(db: &mut Db, site: SiteId, said: &[Lesson]) -> Result<()> {
    let ids: Vec<DecisionId> = said.iter().map(|lesson| lesson.decision).collect();
    let these = lessons::table
        .filter(lessons::site_id.eq(site))
        .filter(lessons::decision_id.eq_any(ids));
    let query = these.clone();
    let mut rows: Vec<LessonRow> = each!(db, |c| query.select(LessonRow::as_select()).load(c))?;
    let said: HashMap<DecisionId, &Lesson> = said
        .iter()
        .map(|lesson| (lesson.decision, lesson))
        .collect();
    for row in &mut rows {
        if let Some(lesson) = said.get(&row.decision_id) {
            (row.harm, row.spam) = (lesson.harm, lesson.spam);
            row.is_toneless = lesson.is_toneless;
            // Another model called it that.
            row.bad_after = None;
        }
    }
    each!(db, |c| diesel::delete(these).execute(c))?;
    bulk::insert!(db, lessons::table, rows);
    Ok(())
}

fn latest(db: &mut Db, site: SiteId, limit: i64) -> Result<Vec<Lesson>> {
    let query = lessons::table
        .filter(lessons::site_id.eq(site))
        .order(lessons::decision_id.desc())
        .limit(limit);
    let rows: Vec<LessonRow> = each!(db, |c| query.select(LessonRow::as_select()).load(c))?;
    Ok(rows.into_iter().rev().map(LessonRow::read).collect())
}

/// What has changed of the lessons of some comments.
#[derive(Debug, Clone, Default)]
pub struct LessonChange {
    /// Decisions that are to be learnt, in their order.
    pub new: Vec<Taught>,
    /// Lessons that teach nothing any more.
    pub gone: Vec<DecisionId>,
}

impl LessonChange {
    /// Whether nothing has changed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty()
    }
}

impl Store {
    /// What happened on a site after an event besides arrivals, in that order: each event, and the comment that it is about.
    pub async fn deeds_after(
        &self,
        site: SiteId,
        after: EventId,
        limit: i64,
    ) -> Result<Vec<(EventId, Option<CommentId>)>> {
        self.read(move |db| events::happened_after(db, site, after, false, limit))
            .await
    }

    /// What is to be learnt and forgotten of some comments.
    pub async fn lesson_change(
        &self,
        site: SiteId,
        ids: Vec<CommentId>,
        considered: Considered,
    ) -> Result<LessonChange> {
        self.read(move |db| {
            let (new, gone) = change(db, site, &ids, &considered)?;
            let new = with_texts(db, site, new)?;
            Ok(LessonChange { new, gone })
        })
        .await
    }

    /// What teaches of a site by the decisions themselves, whatever was learnt: some of it after a decision, with the texts; and after
    /// which decision there is more, if so.
    pub async fn teaching_after(
        &self,
        site: SiteId,
        after: DecisionId,
        considered: Considered,
        limit: i64,
    ) -> Result<(Vec<Taught>, Option<DecisionId>)> {
        self.read(move |db| {
            let query = decisions::table
                .filter(decisions::site_id.eq(site))
                .filter(decisions::id.gt(after))
                .order(decisions::id)
                .limit(limit)
                .select((decisions::id, decisions::comment_id));
            let rows: Vec<(DecisionId, CommentId)> = each!(db, |c| query.load(c))?;
            let page: HashMap<DecisionId, CommentId> = rows.iter().copied().collect();
            let ids: BTreeSet<CommentId> = page.values().copied().collect();
            let ids: Vec<CommentId> = ids.into_iter().collect();
            let mut these = teaching(db, site, &ids, &considered)?;
            these.retain(|(decision, ..)| page.contains_key(decision));
            Ok((
                with_texts(db, site, these)?,
                rows.last().map(|(last, _)| *last),
            ))
        })
        .await
    }

    /// Which decisions of a site are learnt.
    pub async fn lesson_ids(&self, site: SiteId) -> Result<Vec<DecisionId>> {
        self.read(move |db| {
            let query = lessons::table
                .filter(lessons::site_id.eq(site))
                .order(lessons::decision_id)
                .select(lessons::decision_id);
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }

    /// How many lessons a site has, and the latest of them, the oldest of these first.
    pub async fn lessons_told(&self, site: SiteId, limit: i64) -> Result<(u64, Vec<Lesson>)> {
        self.read(move |db| {
            let query = lessons::table.filter(lessons::site_id.eq(site)).count();
            let all: i64 = each!(db, |c| query.get_result(c))?;
            Ok((
                u64::try_from(all).unwrap_or_default(),
                latest(db, site, limit)?,
            ))
        })
        .await
    }

    /// The last lesson of a site.
    pub async fn last_lesson(&self, site: SiteId) -> Result<Option<DecisionId>> {
        self.read(move |db| {
            let query = lessons::table
                .filter(lessons::site_id.eq(site))
                .order(lessons::decision_id.desc())
                .select(lessons::decision_id);
            Ok(each!(db, |c| query.first(c).optional())?)
        })
        .await
    }

    /// Notes what was learnt and forgotten, for who holds the learning; false, and nothing noted, where somebody else does. What was kept
    /// of the weights since `from` is thrown away.
    pub async fn put_lessons(
        &self,
        site: SiteId,
        mark: LearnMark,
        learnt: Vec<Lesson>,
        gone: Vec<DecisionId>,
        from: Option<DecisionId>,
    ) -> Result<bool> {
        self.write(move |db| {
            if !note(db, site, &mark)? {
                return Ok(false);
            }
            forget(db, site, &gone)?;
            if let Some(from) = from {
                forget_weights(db, site, from)?;
            }
            put(db, site, &learnt)?;
            Ok(true)
        })
        .await
    }

    /// Has some lessons say what another model said of them, for who holds the learning; false, and nothing said, where somebody else
    /// does. For how many comments each speaks stays.
    pub async fn say_again(
        &self,
        site: SiteId,
        mark: LearnMark,
        said: Vec<Lesson>,
    ) -> Result<bool> {
        self.write(move |db| {
            if !note(db, site, &mark)? {
                return Ok(false);
            }
            for some in said.chunks(AT_ONCE) {
                replace(db, site, some)?;
            }
            Ok(true)
        })
        .await
    }

    /// Some of the lessons after one, in their order, with the texts that they were learnt from.
    pub async fn lessons_after(
        &self,
        site: SiteId,
        after: DecisionId,
        limit: i64,
    ) -> Result<Vec<Taught>> {
        self.read(move |db| {
            let query = lessons::table
                .filter(lessons::site_id.eq(site))
                .filter(lessons::decision_id.gt(after))
                .order(lessons::decision_id)
                .limit(limit)
                .select((lessons::decision_id, lessons::comment_id, lessons::action));
            let rows = each!(db, |c| query.load(c))?;
            with_texts(db, site, rows)
        })
        .await
    }
}

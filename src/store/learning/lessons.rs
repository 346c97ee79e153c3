//! The lessons, and the decisions that they are made of.

use std::collections::HashMap;

use diesel::prelude::*;

use super::mark::{LearnMark, note};
use crate::domain::{
    Action, CommentId, DecisionId, EventId, Instant, Lesson, SiteId, Status, Taught,
};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{comments, decisions, events, learn_snapshots, lessons};
use crate::store::{Store, bulk, evidence};

/// What teaches.
const TEACHING: [Action; 3] = [Action::Approve, Action::Reject, Action::Spam];
/// As many ids as one question has.
const AT_ONCE: usize = 500;

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
}

bulk::row! { LessonRow => lessons:
    site_id, decision_id, comment_id, action, harm, spam, is_toneless
}

impl LessonRow {
    const fn new(site: SiteId, lesson: &Lesson) -> Self {
        Self {
            site_id: site,
            decision_id: lesson.decision,
            comment_id: lesson.comment,
            action: lesson.action,
            harm: lesson.harm,
            spam: lesson.spam,
            is_toneless: lesson.is_toneless,
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
        }
    }
}

/// The decisions of people on some comments which teach: nobody took them back, and the text is still the one that was decided on.
fn teaching(
    db: &mut Db,
    site: SiteId,
    ids: &[CommentId],
) -> Result<Vec<(DecisionId, CommentId, Action)>> {
    let mut found = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let there = comments::table
            .filter(comments::site_id.eq(site))
            .filter(comments::id.eq_any(some.to_vec()))
            .filter(comments::status.ne(Status::Erased))
            .select((comments::id, comments::edited_at));
        let there: Vec<(CommentId, Option<Instant>)> = each!(db, |c| there.load(c))?;
        let there: HashMap<CommentId, Option<Instant>> = there.into_iter().collect();
        let query = decisions::table
            .filter(decisions::site_id.eq(site))
            .filter(decisions::comment_id.eq_any(some.to_vec()))
            .filter(decisions::actor_kind.eq("moderator"))
            .filter(decisions::action.eq_any(TEACHING))
            .filter(decisions::undone_at.is_null())
            .select((
                decisions::id,
                decisions::comment_id,
                decisions::action,
                decisions::created_at,
            ));
        let rows: Vec<(DecisionId, CommentId, Action, Instant)> = each!(db, |c| query.load(c))?;
        let stands = |(_, comment, _, at): &(DecisionId, CommentId, Action, Instant)| {
            there
                .get(comment)
                .is_some_and(|edited| edited.is_none_or(|edited| edited <= *at))
        };
        let rows = rows.into_iter().filter(stands);
        found.extend(rows.map(|(decision, comment, action, _)| (decision, comment, action)));
    }
    found.sort_unstable_by_key(|(decision, ..)| *decision);
    Ok(found)
}

/// The same with texts and evidence.
fn with_texts(
    db: &mut Db,
    site: SiteId,
    these: Vec<(DecisionId, CommentId, Action)>,
) -> Result<Vec<Taught>> {
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
        for &(decision, comment, action) in some {
            taught.push(Taught {
                decision,
                comment,
                action,
                body: bodies.get(&comment).cloned().unwrap_or_default(),
                evidence: seen.get(&comment).cloned().unwrap_or_default(),
            });
        }
    }
    Ok(taught)
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

/// Whatever was kept of the weights since a lesson.
pub(super) fn forget_weights(db: &mut Db, site: SiteId, from: DecisionId) -> Result<()> {
    let later = learn_snapshots::table
        .filter(learn_snapshots::site_id.eq(site))
        .filter(learn_snapshots::lesson_id.ge(from));
    each!(db, |c| diesel::delete(later).execute(c))?;
    Ok(())
}

/// What has changed of the lessons of some comments.
#[derive(Debug, Clone, Default)]
pub struct LessonChange {
    /// Decisions that are to be learnt, in their order.
    pub new: Vec<Taught>,
    /// Lessons that teach nothing any more.
    pub gone: Vec<DecisionId>,
}

impl Store {
    /// What happened on a site after an event besides arrivals, in that order: each event, and the comment that it is about.
    pub async fn deeds_after(
        &self,
        site: SiteId,
        after: EventId,
        limit: i64,
    ) -> Result<Vec<(EventId, Option<CommentId>)>> {
        self.read(move |db| {
            let query = events::table
                .filter(events::site_id.eq(site))
                .filter(events::id.gt(after))
                .filter(events::kind.ne("comment.received"))
                .order(events::id)
                .limit(limit)
                .select((events::id, events::comment_id));
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }

    /// What is to be learnt and forgotten of some comments, of decisions before `until` that are not skipped.
    pub async fn lesson_change(
        &self,
        site: SiteId,
        ids: Vec<CommentId>,
        until: DecisionId,
        skipped: Vec<(DecisionId, DecisionId)>,
    ) -> Result<LessonChange> {
        self.read(move |db| {
            let mut wanted = teaching(db, site, &ids)?;
            wanted.retain(|(decision, ..)| {
                *decision < until
                    && !skipped
                        .iter()
                        .any(|(from, to)| from < decision && decision <= to)
            });
            let have = of_comments(db, site, &ids)?;
            let gone = have
                .iter()
                .copied()
                .filter(|lesson| !wanted.iter().any(|(decision, ..)| decision == lesson))
                .collect();
            wanted.retain(|(decision, ..)| !have.contains(decision));
            Ok(LessonChange {
                new: with_texts(db, site, wanted)?,
                gone,
            })
        })
        .await
    }

    /// Notes what was learnt and forgotten, for who holds the learning. What was kept of the weights since `from` is thrown away.
    pub async fn put_lessons(
        &self,
        site: SiteId,
        mark: LearnMark,
        learnt: Vec<Lesson>,
        gone: Vec<DecisionId>,
        from: Option<DecisionId>,
    ) -> Result<()> {
        self.write(move |db| {
            note(db, site, &mark)?;
            forget(db, site, &gone)?;
            if let Some(from) = from {
                forget_weights(db, site, from)?;
            }
            let rows: Vec<LessonRow> = learnt
                .iter()
                .map(|lesson| LessonRow::new(site, lesson))
                .collect();
            bulk::insert!(db, lessons::table, rows);
            Ok(())
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

    /// The latest lessons, the oldest of them first.
    pub async fn latest_lessons(&self, site: SiteId, limit: i64) -> Result<Vec<Lesson>> {
        self.read(move |db| {
            let query = lessons::table
                .filter(lessons::site_id.eq(site))
                .order(lessons::decision_id.desc())
                .limit(limit);
            let rows: Vec<LessonRow> = each!(db, |c| query.select(LessonRow::as_select()).load(c))?;
            Ok(rows.into_iter().rev().map(LessonRow::read).collect())
        })
        .await
    }
}

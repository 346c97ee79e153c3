//! How far the learning has come, and who does it.

use diesel::prelude::*;
use uuid::Uuid;

use crate::domain::{DecisionId, EventId, Instant, ReplicaId, SiteId};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::learn_marks;
use crate::store::{Error, Store};

/// Decisions after the first and up to the second.
pub type Stretch = (DecisionId, DecisionId);

/// Whether a decision lies in one of them.
pub(super) fn lies_in(skipped: &[Stretch], decision: DecisionId) -> bool {
    let mut skipped = skipped.iter();
    skipped.any(|&(from, to)| from < decision && decision <= to)
}

/// How far the learning of a site has come, and which replica learns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnMark {
    /// What happened up to that event is learnt.
    pub event: EventId,
    /// What the lessons say was said by a model that began with that one; of nobody's, so empty, while they are said again.
    pub base: String,
    /// Decisions in these teach nothing any more.
    pub skipped: Vec<Stretch>,
    /// Which replica learns.
    pub holder: ReplicaId,
    /// Until when nobody else does.
    pub held_until: Instant,
}

type Row = (EventId, String, String, ReplicaId, Instant);

pub(super) fn mark(db: &mut Db, site: SiteId) -> Result<Option<LearnMark>> {
    let query = learn_marks::table
        .filter(learn_marks::site_id.eq(site))
        .select((
            learn_marks::event_id,
            learn_marks::base,
            learn_marks::skipped,
            learn_marks::holder,
            learn_marks::held_until,
        ));
    let row: Option<Row> = each!(db, |c| query.first(c).optional())?;
    row.map(|(event, base, skipped, holder, held_until)| {
        Ok(LearnMark {
            event,
            base,
            skipped: serde_json::from_str(&skipped)
                .map_err(|error| Error::Broken(format!("what is skipped: {error}")))?,
            holder,
            held_until,
        })
    })
    .transpose()
}

fn text(skipped: &[Stretch]) -> Result<String> {
    serde_json::to_string(skipped).map_err(|error| Error::Broken(error.to_string()))
}

/// Holds the learning of a site on, and notes how far it has come; false where somebody else holds it. In the same transaction as what
/// was learnt: who has lost it in the meantime writes nothing, and of two who write the second waits for the first.
pub(super) fn note(db: &mut Db, site: SiteId, mark: &LearnMark) -> Result<bool> {
    let held = learn_marks::table
        .filter(learn_marks::site_id.eq(site))
        .filter(learn_marks::holder.eq(mark.holder));
    let change = (
        learn_marks::event_id.eq(mark.event),
        learn_marks::base.eq(&mark.base),
        learn_marks::held_until.eq(mark.held_until),
    );
    Ok(each!(db, |c| diesel::update(held).set(change).execute(c))? == 1)
}

/// Begins as `new` says, unless somebody has begun.
fn begin(db: &mut Db, site: SiteId, new: &LearnMark) -> Result<()> {
    let row = (
        learn_marks::site_id.eq(site),
        learn_marks::event_id.eq(new.event),
        learn_marks::base.eq(&new.base),
        learn_marks::skipped.eq(text(&new.skipped)?),
        learn_marks::holder.eq(new.holder),
        learn_marks::held_until.eq(new.held_until),
    );
    each!(db, |c| diesel::insert_into(learn_marks::table)
        .values(&row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Begins as `new` says, or takes over what nobody holds any more, from whom it was last seen with.
fn take(
    db: &mut Db,
    site: SiteId,
    new: &LearnMark,
    from: ReplicaId,
    now: Instant,
) -> Result<Option<LearnMark>> {
    begin(db, site, new)?;
    let free = learn_marks::table
        .filter(learn_marks::site_id.eq(site))
        .filter(learn_marks::holder.eq(from))
        .filter(
            learn_marks::holder
                .eq(new.holder)
                .or(learn_marks::held_until.le(now)),
        );
    let change = (
        learn_marks::holder.eq(new.holder),
        learn_marks::held_until.eq(new.held_until),
    );
    match each!(db, |c| diesel::update(free).set(change).execute(c))? {
        0 => Ok(None),
        _ => mark(db, site),
    }
}

/// Takes the learning from whoever holds it. Free at once for whoever learns on, from what is kept then.
fn seize(db: &mut Db, site: SiteId, new: &LearnMark) -> Result<()> {
    begin(db, site, new)?;
    let here = learn_marks::table.filter(learn_marks::site_id.eq(site));
    let taken = (
        learn_marks::holder.eq(new.holder),
        learn_marks::held_until.eq(new.held_until),
    );
    each!(db, |c| diesel::update(here).set(taken).execute(c))?;
    Ok(())
}

/// Takes the learning from whoever holds it, and has all that happened read again.
pub(super) fn read_again(db: &mut Db, site: SiteId, new: &LearnMark) -> Result<()> {
    seize(db, site, new)?;
    let here = learn_marks::table.filter(learn_marks::site_id.eq(site));
    let nothing = learn_marks::event_id.eq(EventId(Uuid::nil()));
    each!(db, |c| diesel::update(here).set(nothing).execute(c))?;
    Ok(())
}

/// Takes the learning from whoever holds it, and has decisions after one and up to another skipped.
pub(super) fn skip(db: &mut Db, site: SiteId, new: &LearnMark, skipped: Stretch) -> Result<()> {
    // First, so that whoever learns meanwhile has done so before what was skipped is read.
    seize(db, site, new)?;
    let here = learn_marks::table.filter(learn_marks::site_id.eq(site));
    let mut all = mark(db, site)?.map_or_else(Vec::new, |mark| mark.skipped);
    all.push(skipped);
    let change = learn_marks::skipped.eq(text(&all)?);
    each!(db, |c| diesel::update(here).set(change).execute(c))?;
    Ok(())
}

/// What is skipped as it is written and read, and up to which event what happened is learnt; nothing where nobody has begun.
pub(super) fn skipped(db: &mut Db, site: SiteId) -> Result<Option<(String, LearnMark)>> {
    let query = learn_marks::table
        .filter(learn_marks::site_id.eq(site))
        .select(learn_marks::skipped);
    let text: Option<String> = each!(db, |c| query.first(c).optional())?;
    Ok(text.zip(mark(db, site)?))
}

/// Has less skipped: `left` instead of what is written as `seen`, and takes the learning from whoever holds it. What was said of lessons is to be said again,
/// and what happened since `since` read again. False, and nothing changed, where something else is skipped by now.
pub(super) fn skip_less(
    db: &mut Db,
    site: SiteId,
    new: &LearnMark,
    (seen, left): (&str, &[Stretch]),
    since: EventId,
) -> Result<bool> {
    let here = learn_marks::table.filter(learn_marks::site_id.eq(site));
    let as_seen = here.filter(learn_marks::skipped.eq(seen));
    let change = (
        learn_marks::skipped.eq(text(left)?),
        // Of nobody's.
        learn_marks::base.eq(""),
        learn_marks::holder.eq(new.holder),
        learn_marks::held_until.eq(new.held_until),
    );
    if each!(db, |c| diesel::update(as_seen).set(change).execute(c))? == 0 {
        return Ok(false);
    }
    let further = here.filter(learn_marks::event_id.gt(since));
    let back = learn_marks::event_id.eq(since);
    each!(db, |c| diesel::update(further).set(back).execute(c))?;
    Ok(true)
}

impl Store {
    /// How far the learning of a site has come; nothing where it is not begun.
    pub async fn learn_mark(&self, site: SiteId) -> Result<Option<LearnMark>> {
        self.read(move |db| mark(db, site)).await
    }

    /// Takes the learning of a site for the replica that `new` names, and tells how far it has come; nothing where another holds it, or
    /// had it since it was seen with `from`: whatever was learnt here would be behind that. Where nobody has begun, it begins as `new` says.
    pub async fn take_learning(
        &self,
        site: SiteId,
        new: LearnMark,
        from: ReplicaId,
        now: Instant,
    ) -> Result<Option<LearnMark>> {
        self.write(move |db| take(db, site, &new, from, now)).await
    }

    /// Notes how far the learning of a site has come; false where another holds it.
    pub async fn note_learning(&self, site: SiteId, mark: LearnMark) -> Result<bool> {
        self.write(move |db| note(db, site, &mark)).await
    }
}

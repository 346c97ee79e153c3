//! How far the counting has come, and who does it.

use diesel::prelude::*;

use crate::domain::{CommentId, Day, EventId, Hour, Instant, ReplicaId, SiteId};
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::{comments, number_marks};
use crate::store::types::{first_at, moment_of};
use crate::store::{Error, Store};

/// How far the counting of a site has come, and which replica counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberMark {
    /// What happened up to that event is counted.
    pub event: EventId,
    /// Of what was there before, the days from that one on are.
    pub filled_to: Option<Day>,
    /// So is all that was there before.
    pub is_whole: bool,
    /// Which replica counts.
    pub holder: ReplicaId,
    /// Until when nobody else does.
    pub held_until: Instant,
}

type Row = (EventId, Option<i64>, bool, ReplicaId, Instant);

pub(super) fn mark(db: &mut Db, site: SiteId) -> Result<Option<NumberMark>> {
    let query = number_marks::table
        .filter(number_marks::site_id.eq(site))
        .select((
            number_marks::event_id,
            number_marks::filled_to,
            number_marks::is_whole,
            number_marks::holder,
            number_marks::held_until,
        ));
    let row: Option<Row> = each!(db, |c| query.first(c).optional())?;
    Ok(row.map(
        |(event, filled_to, is_whole, holder, held_until)| NumberMark {
            event,
            filled_to: filled_to.map(day),
            is_whole,
            holder,
            held_until,
        },
    ))
}

pub(super) fn day(number: i64) -> Day {
    Day(i32::try_from(number).unwrap_or(i32::MAX))
}

/// Holds the counting of a site on. In the same transaction as what was counted: who has lost it in the meantime writes nothing, and
/// of two who write the second waits for the first.
pub(super) fn hold_on(db: &mut Db, site: SiteId, holder: ReplicaId, until: Instant) -> Result<()> {
    let held = number_marks::table
        .filter(number_marks::site_id.eq(site))
        .filter(number_marks::holder.eq(holder));
    let change = number_marks::held_until.eq(until);
    match each!(db, |c| diesel::update(held).set(change).execute(c))? {
        0 => Err(Error::Contended),
        _ => Ok(()),
    }
}

/// Begins at `event`, or takes over what nobody holds any more.
fn take(db: &mut Db, site: SiteId, new: NumberMark, now: Instant) -> Result<bool> {
    let row = (
        number_marks::site_id.eq(site),
        number_marks::event_id.eq(new.event),
        number_marks::is_whole.eq(new.is_whole),
        number_marks::holder.eq(new.holder),
        number_marks::held_until.eq(new.held_until),
    );
    each!(db, |c| diesel::insert_into(number_marks::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    let free = number_marks::table
        .filter(number_marks::site_id.eq(site))
        .filter(
            number_marks::holder
                .eq(new.holder)
                .or(number_marks::held_until.le(now)),
        );
    let change = (
        number_marks::holder.eq(new.holder),
        number_marks::held_until.eq(new.held_until),
    );
    Ok(each!(db, |c| diesel::update(free).set(change).execute(c))? == 1)
}

impl Store {
    /// How far the counting of a site has come; nothing where it is not begun.
    pub async fn number_mark(&self, site: SiteId) -> Result<Option<NumberMark>> {
        self.read(move |db| mark(db, site)).await
    }

    /// Takes the counting of a site for the replica that `new` names, unless another holds it; whether it has it. Where nobody has begun,
    /// it begins as `new` says.
    pub async fn take_numbers(&self, site: SiteId, new: NumberMark, now: Instant) -> Result<bool> {
        self.write(move |db| take(db, site, new, now)).await
    }

    /// Holds the counting of a site on, for who holds it.
    pub async fn hold_numbers(
        &self,
        site: SiteId,
        holder: ReplicaId,
        until: Instant,
    ) -> Result<()> {
        self.write(move |db| hold_on(db, site, holder, until)).await
    }

    /// Notes how far the counting of a site has come, for who holds it.
    pub async fn note_numbers(&self, site: SiteId, mark: NumberMark) -> Result<()> {
        self.write(move |db| {
            hold_on(db, site, mark.holder, mark.held_until)?;
            let target = number_marks::table.filter(number_marks::site_id.eq(site));
            let change = (
                number_marks::event_id.eq(mark.event),
                number_marks::filled_to.eq(mark.filled_to.map(|Day(day)| i64::from(day))),
                number_marks::is_whole.eq(mark.is_whole),
            );
            each!(db, |c| diesel::update(target).set(change).execute(c))?;
            Ok(())
        })
        .await
    }

    /// The day of the newest comment of a site that arrived before a day.
    pub async fn day_with_comments_before(
        &self,
        site: SiteId,
        before: Option<Day>,
    ) -> Result<Option<Day>> {
        let before = before.map_or(uuid::Uuid::max(), |day| first_at(day.begin()));
        self.read(move |db| {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .filter(comments::id.lt(CommentId(before)))
                .order(comments::id.desc())
                .select(comments::id);
            let newest: Option<CommentId> = each!(db, |c| query.first(c).optional())?;
            Ok(newest.map(|CommentId(id)| Hour::of(moment_of(id)).day()))
        })
        .await
    }
}

//! What happened to members' accounts.

use diesel::prelude::*;

use super::rows::MemberRow;
use super::{Found, HistoryEntry, HistoryFilter, LOOKED_THROUGH, SeenMembers, Who};
use crate::domain::EventId;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::member_events;

pub(super) fn of_members(db: &mut Db, seen: &SeenMembers, filter: &HistoryFilter) -> Result<Found> {
    let (from, to) = filter.bounds();
    let here = member_events::table
        .filter(member_events::id.ge(from))
        .filter(member_events::id.lt(to));
    let end = here
        .order(member_events::id.desc())
        .offset(LOOKED_THROUGH)
        .select(member_events::id);
    let end: Option<EventId> = each!(db, |c| end.first(c).optional())?;
    let rows: Vec<MemberRow> = each!(db, |c| {
        let mut query = here
            .order(member_events::id.desc())
            .limit(filter.most())
            .select(MemberRow::as_select())
            .into_boxed();
        if let Some(end) = end {
            query = query.filter(member_events::id.ge(end));
        }
        if let SeenMembers::These(ids) = seen {
            query = query.filter(member_events::member_id.eq_any(ids.clone()));
        }
        query = match &filter.who {
            None => query,
            Some(Who::Member(id, _)) => {
                let theirs = member_events::actor_id.eq(*id);
                query.filter(theirs.or(member_events::member_id.eq(*id)))
            }
            Some(Who::Kind(kind)) => query.filter(member_events::actor_kind.eq(*kind)),
        };
        query.load(c)
    })?;
    let is_cut = rows.len() > filter.limit;
    let end = if is_cut {
        rows.last().map(|row| row.id)
    } else {
        end
    };
    Ok((rows.into_iter().map(HistoryEntry::from).collect(), end))
}

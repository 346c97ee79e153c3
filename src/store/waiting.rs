//! How much waits, and since when.

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::listing::{Fresh, Place, next_of, whole};
use super::schema::{comments, reported};
use super::scope::within;
use super::search::ask;
use super::types::moment_of;
use super::{Part, Scope, Store};
use crate::domain::{CommentId, Instant, Lane, ReportId, SiteId, Status};

/// As many as are counted in a lane: beyond that nobody wants to know the number, and it would cost the more the more there are.
const COUNTED: i64 = 1_000;

/// How many wait in a lane, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The site.
    pub site: SiteId,
    /// The lane.
    pub lane: Lane,
    /// How many.
    pub count: i64,
    /// Whether there are more than were counted.
    pub more: bool,
    /// The arrival of the one that waits longest.
    pub oldest: Option<Instant>,
}

/// How many published comments have open reports, and since when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReportedWaiting {
    /// How many.
    pub count: i64,
    /// Whether there are more than were counted.
    pub more: bool,
    /// When the first report came of the one that waits longest.
    pub oldest: Option<Instant>,
}

/// The published comments of a part with open reports, each with since when: as many as `limit`, the longest first.
fn reported_in(db: &mut Db, part: &Part, limit: i64) -> Result<Vec<(CommentId, Instant)>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let reported: Vec<(CommentId, ReportId)> = each!(db, |c| {
        let open = comments::table.inner_join(
            reported::table.on(reported::site_id
                .eq(comments::site_id)
                .and(reported::comment_id.eq(comments::id))),
        );
        within!(open, part)
            .filter(reported::site_id.eq(*site))
            .filter(reported::is_open.eq(true))
            .filter(comments::status.eq(Status::Approved))
            .order(reported::first_id)
            .limit(limit)
            .select((comments::id, reported::first_id))
            .load(c)
    })?;
    let since = |(id, ReportId(first))| (id, moment_of(first));
    Ok(reported.into_iter().map(since).collect())
}

pub(super) fn reported_waiting(db: &mut Db, scope: &Scope) -> Result<ReportedWaiting> {
    let mut all = ReportedWaiting::default();
    for part in scope.parts() {
        let firsts = reported_in(db, part, COUNTED + 1)?;
        let counted = i64::try_from(firsts.len()).unwrap_or(i64::MAX);
        all.count += counted.min(COUNTED);
        all.more |= counted > COUNTED;
        let oldest = firsts.first().map(|(_, since)| *since);
        all.oldest = all.oldest.into_iter().chain(oldest).min();
    }
    Ok(all)
}

fn waiting(db: &mut Db, scope: &Scope) -> Result<Vec<Waiting>> {
    let mut lanes = Vec::new();
    for place in whole(scope) {
        let mut fresh = Fresh::default();
        for lane in Lane::ALL {
            let place = Place {
                lane: Some(*lane),
                ..place.waiting()
            };
            let counted = counted(db, &place, *lane)?;
            let oldest = next_of(db, &place, &mut fresh, None, 1)?;
            lanes.push(Waiting {
                site: place.site,
                lane: *lane,
                count: counted.min(COUNTED),
                more: counted > COUNTED,
                oldest: oldest.comments.first().map(|oldest| oldest.created_at),
            });
        }
    }
    Ok(lanes)
}

/// How many there are, or one more than are counted.
fn counted(db: &mut Db, place: &Place, lane: Lane) -> Result<i64> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    if !place.sections.is_empty() {
        return Ok(number(
            ask(db, place.site, &place.asked(COUNTED + 1))?.len(),
        ));
    }
    let query = comments::table
        .filter(comments::site_id.eq(place.site))
        .filter(comments::status.eq(Status::Pending))
        .filter(comments::lane.eq(lane))
        .limit(COUNTED + 1)
        .select(comments::id);
    let ids: Vec<CommentId> = each!(db, |c| query.load(c))?;
    Ok(number(ids.len()))
}

/// The true numbers, which cost the more the more there are.
fn depths(db: &mut Db, site: SiteId) -> Result<Vec<(Lane, i64)>> {
    let mut depths = Vec::new();
    for lane in Lane::ALL {
        let query = comments::table
            .filter(comments::site_id.eq(site))
            .filter(comments::status.eq(Status::Pending))
            .filter(comments::lane.eq(*lane))
            .count();
        depths.push((*lane, each!(db, |c| query.get_result(c))?));
    }
    Ok(depths)
}

/// What waits longest, with since when: what is not decided since it arrived, what is public since its first open report.
fn longest(db: &mut Db, scope: &Scope, many: i64) -> Result<Vec<(CommentId, Instant)>> {
    let most = usize::try_from(many).unwrap_or(usize::MAX);
    let mut longest = Vec::new();
    for place in whole(scope) {
        let mut fresh = Fresh::default();
        for lane in Lane::ALL {
            let place = Place {
                lane: Some(*lane),
                ..place.waiting()
            };
            let run = next_of(db, &place, &mut fresh, None, most)?;
            longest.extend(run.comments.iter().map(|one| (one.id, one.created_at)));
        }
    }
    for part in scope.parts() {
        longest.extend(reported_in(db, part, many)?);
    }
    longest.sort_by_key(|(id, since)| (*since, *id));
    longest.truncate(most);
    Ok(longest)
}

impl Store {
    /// What waits longest, with since when.
    pub async fn waiting_longest(
        &self,
        scope: Scope,
        many: usize,
    ) -> Result<Vec<(CommentId, Instant)>> {
        let many = i64::try_from(many).unwrap_or(i64::MAX);
        self.read(move |db| longest(db, &scope, many)).await
    }

    /// How many wait, by site and lane, up to what a person wants to know.
    pub async fn waiting(&self, scope: Scope) -> Result<Vec<Waiting>> {
        self.read(move |db| waiting(db, &scope)).await
    }

    /// How many published comments have open reports, on all sites together, up to what a person wants to know.
    pub async fn reported_waiting(&self, scope: Scope) -> Result<ReportedWaiting> {
        self.read(move |db| reported_waiting(db, &scope)).await
    }

    /// How many wait on a site, by lane, all of them: for measures, which are taken now and then.
    pub async fn depths(&self, site: SiteId) -> Result<Vec<(Lane, i64)>> {
        self.read(move |db| depths(db, site)).await
    }
}

//! How probable it is that a person would refuse what waits, so that the gravest can be looked at first. It is written with the index, which
//! hears of every change of a comment; what makes it is handed in, since the store knows no model.

use std::sync::Arc;

use diesel::prelude::*;

use super::document::Document;
use crate::domain::{Comment, CommentId, Evidence, Lane, SiteId};
use crate::store::bulk;
use crate::store::db::{Db, each};
use crate::store::error::Result;
use crate::store::schema::risks;

/// The rank of what nobody knows anything of; it comes last.
pub(in crate::store) const LAST: i16 = 100;

/// Says how probable it is, from 0 to 1, that a person would refuse a comment.
#[derive(Clone)]
pub struct Rater(Arc<Rate>);

type Rate = dyn Fn(&Comment, &[Evidence]) -> f32 + Send + Sync;

impl Rater {
    /// One that asks `rate`.
    pub fn new(rate: impl Fn(&Comment, &[Evidence]) -> f32 + Send + Sync + 'static) -> Self {
        Self(Arc::new(rate))
    }

    /// The rank of a comment among those that wait, from 0, the surest that a person refuses it.
    pub(super) fn rank(&self, comment: &Comment, evidence: &[Evidence]) -> i16 {
        let probability = (self.0)(comment, evidence).clamp(0.0, 1.0);
        #[allow(clippy::cast_possible_truncation)] // 0 to 100
        let percent = (probability * 100.0).round() as i16;
        LAST - percent
    }
}

#[derive(Insertable)]
#[diesel(table_name = risks, treat_none_as_default_value = false)]
struct RiskRow {
    site_id: SiteId,
    comment_id: CommentId,
    lane: Option<Lane>,
    rank: i16,
}

bulk::row! { RiskRow => risks: site_id, comment_id, lane, rank }

/// Ranks what waits of these, and takes the others out of the order.
pub(super) fn put<'a>(
    db: &mut Db,
    site: SiteId,
    documents: impl Iterator<Item = &'a Document>,
) -> Result<()> {
    let (mut ranked, mut others) = (Vec::new(), Vec::new());
    for document in documents {
        match document.rank {
            Some((lane, rank)) => ranked.push(RiskRow {
                site_id: site,
                comment_id: document.comment,
                lane: Some(lane),
                rank,
            }),
            None => others.push(document.comment),
        }
    }
    let here = || risks::table.filter(risks::site_id.eq(site));
    let known: Vec<CommentId> = ranked.iter().map(|row| row.comment_id).collect();
    let known = here().filter(risks::comment_id.eq_any(known));
    each!(db, |c| diesel::delete(known).execute(c))?;
    bulk::insert!(db, risks::table, ranked);
    let others = here().filter(risks::comment_id.eq_any(others));
    each!(db, |c| diesel::update(others)
        .set(risks::lane.eq(None::<Lane>))
        .execute(c))?;
    Ok(())
}

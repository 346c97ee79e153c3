//! What waits, looked through for its authors or articles. Waiting comments have no index by either, since the intake would pay for
//! it; so no more than a day's work of them is looked at, the latest of each lane.

use diesel::prelude::*;
use uuid::Uuid;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::schema::comments;
use crate::domain::{CommentId, Lane, SiteId, Status};

/// As many waiting comments as are looked through in each lane.
pub const LOOKED_THROUGH: i64 = 7_000;

/// Who wrote a comment that waits.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct WaitingAuthor {
    /// Which comment.
    pub id: CommentId,
    /// Its revision.
    pub revision: i32,
    /// The email's key.
    pub email_key: String,
    /// The folded name.
    pub name_key: Option<String>,
    /// Where it came from.
    pub network: Option<String>,
}

/// The first of the comments of a lane that are looked through.
pub(super) fn first_looked_at(db: &mut Db, site: SiteId, lane: Lane) -> Result<CommentId> {
    let query = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::status.eq(Status::Pending))
        .filter(comments::lane.eq(lane))
        .order(comments::id.desc())
        .offset(LOOKED_THROUGH)
        .select(comments::id);
    let before: Option<CommentId> = each!(db, |c| query.first(c).optional())?;
    Ok(before.unwrap_or(CommentId(Uuid::nil())))
}

/// Those of a lane from there on.
#[diesel::dsl::auto_type]
pub(super) fn looked_at(site: SiteId, lane: Lane, first: CommentId) -> _ {
    let pending: Status = Status::Pending;
    comments::site_id
        .eq(site)
        .and(comments::status.eq(pending))
        .and(comments::lane.eq(lane))
        .and(comments::id.gt(first))
}

impl Store {
    /// The authors of what waits on a site, oldest first; only those of one email where it is given.
    pub async fn waiting_authors(
        &self,
        site: SiteId,
        email_key: Option<String>,
    ) -> Result<Vec<WaitingAuthor>> {
        self.read(move |db| {
            let mut all: Vec<WaitingAuthor> = Vec::new();
            for lane in Lane::ALL {
                let first = first_looked_at(db, site, *lane)?;
                let found: Vec<WaitingAuthor> = each!(db, |c| {
                    let mut query = comments::table
                        .filter(looked_at(site, *lane, first))
                        .select((
                            comments::id,
                            comments::revision,
                            comments::email_key,
                            comments::name_key,
                            comments::network,
                        ))
                        .into_boxed();
                    if let Some(key) = &email_key {
                        query = query.filter(comments::email_key.eq(key));
                    }
                    query.load(c)
                })?;
                all.extend(found);
            }
            all.sort_by_key(|one| one.id);
            Ok(all)
        })
        .await
    }
}

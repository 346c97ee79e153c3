//! Questions to the index.

use diesel::prelude::*;
use diesel::sql_types::Integer;
use uuid::Uuid;

use super::fact::Fact;
use super::{in_postgres, in_sqlite};
use crate::domain::{CommentId, SiteId};
use crate::store::db::{Connected, Db};
use crate::store::error::Result;
use crate::store::types::SqlId;
use crate::text::Phrase;

/// What is asked of the index.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Ask {
    /// All of them must be so; of each, one.
    pub(in crate::store) all: Vec<Vec<Fact>>,
    /// And it must say this.
    pub(in crate::store) phrase: Option<Phrase>,
    /// The lowest id and the highest that may be found.
    pub(in crate::store) between: (Option<CommentId>, Option<CommentId>),
    /// Whether the highest comes first.
    pub(in crate::store) newest_first: bool,
    /// As many.
    pub(in crate::store) limit: i64,
}

/// What the index has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub(in crate::store) struct Found {
    /// Which comment.
    #[diesel(sql_type = SqlId)]
    pub(in crate::store) comment_id: CommentId,
    /// As of which revision.
    #[diesel(sql_type = Integer)]
    pub(in crate::store) revision: i32,
}

/// What a site's comments answer to, in the order asked for.
pub(in crate::store) fn ask(db: &mut Db, site: SiteId, asked: &Ask) -> Result<Vec<Found>> {
    match &mut db.0 {
        Connected::Sqlite(c) => in_sqlite::ask(c, site, asked),
        Connected::Postgres(c) => in_postgres::ask(c.as_mut(), site, asked),
    }
}

impl Ask {
    /// What must be so: each fact is of one site, so that any of them tells the site too.
    pub(super) fn facts(&self) -> Vec<Vec<Fact>> {
        if self.all.is_empty() {
            vec![vec![Fact::Any]]
        } else {
            self.all.clone()
        }
    }

    /// Whether little can be so, wherever one looks.
    pub(in crate::store) fn is_rare(&self) -> bool {
        self.all.iter().any(|any| any.iter().all(Fact::is_rare))
    }

    pub(super) fn ends(&self) -> (CommentId, CommentId) {
        let (from, to) = self.between;
        (
            from.unwrap_or(CommentId(Uuid::nil())),
            to.unwrap_or(CommentId(Uuid::max())),
        )
    }
}

//! Leases on what moderators have on their screens.

use std::collections::HashMap;

use diesel::prelude::*;

use super::cards::of_part;
use super::db::{Db, each};
use super::error::Result;
use super::pending::waiting_in;
use super::schema::{articles, claims, comments};
use super::{Part, Scope, Store};
use crate::domain::{Claim, CommentId, Instant, ModeratorId, SiteId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = claims, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct ClaimRow {
    site_id: SiteId,
    comment_id: CommentId,
    moderator_id: ModeratorId,
    moderator_name: String,
    until: Instant,
}

impl From<ClaimRow> for Claim {
    fn from(row: ClaimRow) -> Self {
        Self {
            site: row.site_id,
            comment: row.comment_id,
            moderator: row.moderator_id,
            name: row.moderator_name,
            until: row.until,
        }
    }
}

/// Who claims what.
#[derive(Debug, Clone)]
pub struct NewClaim {
    /// The comments on the screen.
    pub comments: Vec<CommentId>,
    /// Whose.
    pub moderator: ModeratorId,
    /// Their name.
    pub name: String,
    /// Now.
    pub at: Instant,
    /// Until when.
    pub until: Instant,
}

/// Takes what is free or theirs already: the later of two finds the row of the first, and leaves it alone.
fn take(db: &mut Db, site: SiteId, comments: &[CommentId], new: &NewClaim) -> Result<()> {
    let rows: Vec<ClaimRow> = comments
        .iter()
        .map(|comment| ClaimRow {
            site_id: site,
            comment_id: *comment,
            moderator_id: new.moderator,
            moderator_name: new.name.clone(),
            until: new.until,
        })
        .collect();
    for row in &rows {
        each!(db, |c| diesel::insert_into(claims::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    let free = claims::table
        .filter(claims::site_id.eq(site))
        .filter(claims::comment_id.eq_any(comments.to_vec()))
        .filter(
            claims::until
                .le(new.at)
                .or(claims::moderator_id.eq(new.moderator)),
        );
    each!(db, |c| diesel::update(free)
        .set((
            claims::moderator_id.eq(new.moderator),
            claims::moderator_name.eq(&new.name),
            claims::until.eq(new.until),
        ))
        .execute(c))?;
    Ok(())
}

/// The claims on those comments of a site that have not run out.
pub(super) fn of_comments(
    db: &mut Db,
    site: SiteId,
    comments: &[CommentId],
    now: Instant,
) -> Result<Vec<Claim>> {
    if comments.is_empty() {
        return Ok(Vec::new());
    }
    let query = claims::table
        .filter(claims::site_id.eq(site))
        .filter(claims::comment_id.eq_any(comments.to_vec()))
        .filter(claims::until.gt(now));
    let rows: Vec<ClaimRow> = each!(db, |c| query.select(ClaimRow::as_select()).load(c))?;
    Ok(rows.into_iter().map(Claim::from).collect())
}

/// Those of the comments that are in the scope and still wait, site by site and in one order everywhere.
fn waiting_of(
    db: &mut Db,
    scope: &Scope,
    comments: &[CommentId],
) -> Result<Vec<(SiteId, Vec<CommentId>)>> {
    let mut found = Vec::new();
    for part in scope.parts() {
        let (Part::Whole(site) | Part::Sections(site, _)) = part;
        found.push((*site, waiting_in(db, part, comments)?));
    }
    Ok(found)
}

impl Store {
    /// Claims those of the comments that wait and that nobody else holds; who holds each of them now.
    pub async fn hold(&self, scope: Scope, new: NewClaim) -> Result<Vec<Claim>> {
        self.write(move |db| {
            let mut held = Vec::new();
            for (site, comments) in waiting_of(db, &scope, &new.comments)? {
                take(db, site, &comments, &new)?;
                held.extend(of_comments(db, site, &comments, new.at)?);
            }
            Ok(held)
        })
        .await
    }

    /// Lets go of what `moderator` holds of those comments.
    pub async fn let_go(
        &self,
        scope: Scope,
        comments: Vec<CommentId>,
        moderator: ModeratorId,
    ) -> Result<()> {
        self.write(move |db| {
            for part in scope.parts() {
                // What is theirs to let go of says the row, whatever they are bound to by now.
                let (Part::Whole(site) | Part::Sections(site, _)) = part;
                let theirs = claims::table
                    .filter(claims::site_id.eq(site))
                    .filter(claims::comment_id.eq_any(comments.clone()))
                    .filter(claims::moderator_id.eq(moderator));
                each!(db, |c| diesel::delete(theirs).execute(c))?;
            }
            Ok(())
        })
        .await
    }

    /// Who holds which of those comments.
    pub async fn claims_of(
        &self,
        scope: Scope,
        comments: Vec<CommentId>,
        now: Instant,
    ) -> Result<HashMap<CommentId, Claim>> {
        self.read(move |db| {
            let mut held = HashMap::new();
            for part in scope.parts() {
                let (Part::Whole(site) | Part::Sections(site, _)) = part;
                let theirs: Vec<CommentId> = match part {
                    Part::Whole(_) => comments.clone(),
                    Part::Sections(..) => {
                        let seen = of_part(db, part, &comments)?;
                        seen.into_iter().map(|comment| comment.id).collect()
                    }
                };
                let here = of_comments(db, *site, &theirs, now)?;
                held.extend(here.into_iter().map(|claim| (claim.comment, claim)));
            }
            Ok(held)
        })
        .await
    }

    /// Everything that is held on a site, each with the section of its article.
    pub async fn claims_on(
        &self,
        site: SiteId,
        now: Instant,
    ) -> Result<Vec<(Claim, Option<String>)>> {
        self.read(move |db| {
            let query = claims::table
                .inner_join(
                    comments::table.on(comments::site_id
                        .eq(claims::site_id)
                        .and(comments::id.eq(claims::comment_id))),
                )
                .inner_join(
                    articles::table.on(articles::site_id
                        .eq(comments::site_id)
                        .and(articles::id.eq(comments::article_id))),
                )
                .filter(claims::site_id.eq(site))
                .filter(claims::until.gt(now));
            let rows: Vec<(ClaimRow, Option<String>)> = each!(db, |c| query
                .select((ClaimRow::as_select(), articles::section))
                .load(c))?;
            let held = rows.into_iter();
            Ok(held.map(|(row, section)| (row.into(), section)).collect())
        })
        .await
    }

    /// Throws away what has run out.
    pub async fn forget_claims(&self, site: SiteId, before: Instant) -> Result<()> {
        self.write(move |db| {
            let old = claims::table
                .filter(claims::site_id.eq(site))
                .filter(claims::until.lt(before));
            each!(db, |c| diesel::delete(old).execute(c))?;
            Ok(())
        })
        .await
    }
}

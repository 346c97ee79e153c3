//! The links of mails that decided. A link decides once; the mark is a row of the decision's own transaction.

use diesel::prelude::*;

use super::db::{Db, each};
use super::decisions::{self, NewDecision, Outcome, Settled};
use super::error::Result;
use super::schema::mail_uses;
use super::{Scope, SecretHash, Store};
use crate::domain::{Instant, SiteId};

/// What became of a mail's button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// It was looked at.
    Settled(Vec<Settled>),
    /// That link has decided before, and decides no more.
    Used,
}

fn is_used(db: &mut Db, site: SiteId, hash: &SecretHash) -> Result<bool> {
    let query = mail_uses::table
        .filter(mail_uses::site_id.eq(site))
        .filter(mail_uses::hash.eq(hash.as_slice()))
        .select(mail_uses::site_id);
    let found: Option<SiteId> = each!(db, |c| query.first(c).optional())?;
    Ok(found.is_some())
}

fn press(
    db: &mut Db,
    scope: &Scope,
    (site, hash): (SiteId, &SecretHash),
    decision: &NewDecision,
) -> Result<Pressed> {
    if is_used(db, site, hash)? {
        return Ok(Pressed::Used);
    }
    let settled = decisions::decide(db, scope, decision)?;
    if settled.iter().any(|one| one.outcome == Outcome::Done) {
        let row = (
            mail_uses::site_id.eq(site),
            mail_uses::hash.eq(hash.as_slice()),
            mail_uses::used_at.eq(decision.at),
        );
        each!(db, |c| diesel::insert_into(mail_uses::table)
            .values(row)
            .execute(c))?;
    }
    Ok(Pressed::Settled(settled))
}

impl Store {
    /// Decides by the link of a mail, once.
    pub async fn decide_by_mail(
        &self,
        scope: Scope,
        site: SiteId,
        hash: SecretHash,
        decision: NewDecision,
    ) -> Result<Pressed> {
        self.write(move |db| press(db, &scope, (site, &hash), &decision))
            .await
    }

    /// Forgets the links of a site that decided before `before`.
    pub async fn forget_mail_uses(&self, site: SiteId, before: Instant) -> Result<usize> {
        self.write(move |db| {
            let old = mail_uses::table
                .filter(mail_uses::site_id.eq(site))
                .filter(mail_uses::used_at.lt(before));
            Ok(each!(db, |c| diesel::delete(old).execute(c))?)
        })
        .await
    }
}

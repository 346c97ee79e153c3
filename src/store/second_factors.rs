//! One-time codes of members' phones: their sealed secrets, the last step that was taken, and codes for who loses the phone.

use diesel::prelude::*;

use super::db::{Db, each};
use super::error::Result;
use super::schema::{recovery_codes, second_factors};
use super::{SecretHash, Store, member_events, moderators, sessions};
use crate::domain::{Instant, ModeratorId, Trace};

/// What a member's phone knows, and we of it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct SecondFactor {
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// The step of the last code that was taken.
    pub last_step: i64,
    /// When it was proposed.
    pub proposed_at: Instant,
    /// Since when it is asked for; none where it was only proposed so far.
    pub confirmed_at: Option<Instant>,
}

fn of(db: &mut Db, member: ModeratorId) -> Result<Option<SecondFactor>> {
    let query = second_factors::table.find(member).select((
        second_factors::sealed,
        second_factors::last_step,
        second_factors::created_at,
        second_factors::confirmed_at,
    ));
    Ok(each!(db, |c| query.first(c).optional())?)
}

/// Whether a member is asked for a second step.
pub(super) fn is_on(db: &mut Db, member: ModeratorId) -> Result<bool> {
    Ok(of(db, member)?.is_some_and(|factor| factor.confirmed_at.is_some()))
}

fn replace_codes(db: &mut Db, member: ModeratorId, codes: &[SecretHash]) -> Result<()> {
    let old = recovery_codes::table.filter(recovery_codes::moderator_id.eq(member));
    each!(db, |c| diesel::delete(old).execute(c))?;
    let rows: Vec<_> = codes
        .iter()
        .map(|hash| {
            (
                recovery_codes::moderator_id.eq(member),
                recovery_codes::hash.eq(hash.as_slice()),
            )
        })
        .collect();
    each!(db, |c| diesel::insert_into(recovery_codes::table)
        .values(&rows)
        .execute(c))?;
    Ok(())
}

/// Takes a step, once: false where that step or a later one was taken already.
fn take_step(db: &mut Db, member: ModeratorId, step: i64) -> Result<bool> {
    let target = second_factors::table
        .filter(second_factors::moderator_id.eq(member))
        .filter(second_factors::last_step.lt(step));
    let taken = each!(db, |c| diesel::update(target)
        .set(second_factors::last_step.eq(step))
        .execute(c))?;
    Ok(taken == 1)
}

pub(super) fn remove(db: &mut Db, member: ModeratorId) -> Result<bool> {
    let codes = recovery_codes::table.filter(recovery_codes::moderator_id.eq(member));
    each!(db, |c| diesel::delete(codes).execute(c))?;
    let factor = second_factors::table.find(member);
    Ok(each!(db, |c| diesel::delete(factor).execute(c))? == 1)
}

impl Store {
    /// A member's second factor, proposed or confirmed.
    pub async fn second_factor(&self, member: ModeratorId) -> Result<Option<SecondFactor>> {
        self.read(move |db| of(db, member)).await
    }

    /// How many recovery codes a member has left.
    pub async fn recovery_codes_left(&self, member: ModeratorId) -> Result<i64> {
        self.read(move |db| {
            let query = recovery_codes::table
                .filter(recovery_codes::moderator_id.eq(member))
                .count();
            Ok(each!(db, |c| query.get_result(c))?)
        })
        .await
    }

    /// Proposes a secret, in place of another that was proposed; false where one is confirmed already.
    pub async fn propose_second_factor(
        &self,
        member: ModeratorId,
        sealed: Vec<u8>,
        at: Instant,
    ) -> Result<bool> {
        self.write(move |db| {
            match of(db, member)? {
                Some(before) if before.confirmed_at.is_some() => return Ok(false),
                Some(_) => drop(remove(db, member)?),
                None => {}
            }
            let row = (
                second_factors::moderator_id.eq(member),
                second_factors::sealed.eq(sealed.clone()),
                second_factors::last_step.eq(0_i64),
                second_factors::created_at.eq(at),
                second_factors::confirmed_at.eq(None::<Instant>),
            );
            each!(db, |c| diesel::insert_into(second_factors::table)
                .values(row.clone())
                .execute(c))?;
            Ok(true)
        })
        .await
    }

    /// Confirms the proposed secret by a first code of that step; false where another is proposed meanwhile, or one is confirmed.
    /// Sessions that began without it end, save for one.
    pub async fn confirm_second_factor(
        &self,
        member: ModeratorId,
        sealed: Vec<u8>,
        step: i64,
        codes: Vec<SecretHash>,
        but: Option<SecretHash>,
        trace: Trace,
    ) -> Result<bool> {
        self.write(move |db| {
            // Nobody comes in by the password alone between this and the end of their sessions.
            moderators::hold(db, member)?;
            let target = second_factors::table
                .filter(second_factors::moderator_id.eq(member))
                .filter(second_factors::sealed.eq(sealed.clone()))
                .filter(second_factors::confirmed_at.is_null());
            let change = (
                second_factors::last_step.eq(step),
                second_factors::confirmed_at.eq(Some(trace.at)),
            );
            if each!(db, |c| diesel::update(target).set(change).execute(c))? == 0 {
                return Ok(false);
            }
            replace_codes(db, member, &codes)?;
            sessions::end_others(db, member, but)?;
            member_events::note(db, "second_step.on", member, &trace)?;
            Ok(true)
        })
        .await
    }

    /// Takes the code of that step; false where it was taken before.
    pub async fn take_step(&self, member: ModeratorId, step: i64) -> Result<bool> {
        self.write(move |db| take_step(db, member, step)).await
    }

    /// Takes a recovery code; false where there is no such one, or no longer.
    pub async fn take_recovery_code(&self, member: ModeratorId, hash: SecretHash) -> Result<bool> {
        self.write(move |db| {
            let code = recovery_codes::table.find((member, hash.to_vec()));
            Ok(each!(db, |c| diesel::delete(code).execute(c))? == 1)
        })
        .await
    }

    /// Gives a member other recovery codes, where they have a second factor.
    pub async fn replace_recovery_codes(
        &self,
        member: ModeratorId,
        codes: Vec<SecretHash>,
        trace: Trace,
    ) -> Result<bool> {
        self.write(move |db| {
            let confirmed = is_on(db, member)?;
            if confirmed {
                replace_codes(db, member, &codes)?;
                member_events::note(db, "second_step.codes", member, &trace)?;
            }
            Ok(confirmed)
        })
        .await
    }

    /// Takes a member's second factor away with its recovery codes; false where there was none.
    pub async fn remove_second_factor(&self, member: ModeratorId, trace: Trace) -> Result<bool> {
        self.write(move |db| {
            let was_on = is_on(db, member)?;
            let removed = remove(db, member)?;
            if was_on {
                member_events::note(db, "second_step.off", member, &trace)?;
            }
            Ok(removed)
        })
        .await
    }
}

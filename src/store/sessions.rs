//! Sessions of the dashboard: their secrets are stored as SHA-256 only, since they have 256 random bits.

use std::time::Duration;

use diesel::prelude::*;

use super::attempts::{self, Settlement};
use super::db::{Db, each};
use super::error::Result;
use super::moderators::{self, ModeratorRow, Principal, SecretHash, principal};
use super::schema::{moderators as members, sessions};
use super::{Store, member_events, second_factors};
use crate::domain::{Actor, Instant, ModeratorId, Trace, Via};

/// A session that begins.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Of the secret in its cookie.
    pub hash: SecretHash,
    /// Whose.
    pub moderator: ModeratorId,
    /// Since when.
    pub at: Instant,
    /// Until when at the most.
    pub until: Instant,
    /// From where, as far as addresses are told apart.
    pub network: Option<String>,
    /// By what, in a few words of ours.
    pub browser: Option<String>,
    /// The hash of the password that they gave.
    pub password_hash: String,
    /// The second step that was taken; none where none is asked for.
    pub step: Option<SecondStep>,
}

/// What somebody showed besides their password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondStep {
    /// A code of their phone.
    Code,
    /// One of the codes for who has lost it.
    RecoveryCode,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Session {
    /// Names it. Who knows it cannot make the secret of it.
    pub hash: Vec<u8>,
    /// Since when.
    pub created_at: Instant,
    /// When it was used last, within minutes.
    pub seen_at: Option<Instant>,
    /// From where.
    pub network: Option<String>,
    /// By what.
    pub browser: Option<String>,
}

/// How a session is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Farewell {
    /// By its own button.
    SignedOut,
    /// From another one.
    Ended,
}

impl Farewell {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "session.signed_out",
            Self::Ended => "session.ended",
        }
    }
}

/// Ends every session of a member, save for one.
pub(super) fn end_others(
    db: &mut Db,
    member: ModeratorId,
    but: Option<SecretHash>,
) -> Result<usize> {
    let theirs = sessions::table.filter(sessions::moderator_id.eq(member));
    Ok(match but {
        None => each!(db, |c| diesel::delete(theirs).execute(c))?,
        Some(kept) => {
            let others = theirs.filter(sessions::hash.ne(kept.as_slice().to_vec()));
            each!(db, |c| diesel::delete(others).execute(c))?
        }
    })
}

/// Whether what somebody has shown is still what is asked of them. Looking at it took a while, and a session that began with it
/// after everything was ended would outlive that; so their row is held until this one is there.
fn still_holds(db: &mut Db, new: &NewSession) -> Result<bool> {
    moderators::hold(db, new.moderator)?;
    let Some((member, hash)) = moderators::by_id(db, new.moderator)? else {
        return Ok(false);
    };
    let asks_more = new.step.is_none() && second_factors::is_on(db, new.moderator)?;
    Ok(member.disabled_at.is_none() && hash.as_ref() == Some(&new.password_hash) && !asks_more)
}

fn signed_in(db: &mut Db, new: &NewSession) -> Result<()> {
    let name = moderators::name_of(db, new.moderator)?.unwrap_or_default();
    let trace = Trace {
        by: Actor::Moderator {
            id: new.moderator,
            name,
            via: Via::SignIn,
        },
        address: new.network.clone(),
        browser: new.browser.clone(),
        at: new.at,
    };
    let detail = serde_json::json!({ "step": new.step });
    member_events::record(db, "sign_in.done", new.moderator, &trace, &detail)
}

impl Store {
    /// Starts a session, in place of the one that the same browser had; false where password, second step or rights are not what
    /// they were when they were looked at.
    pub async fn start_session(
        &self,
        new: NewSession,
        replaced: Option<SecretHash>,
        settlement: Settlement,
    ) -> Result<bool> {
        self.write(move |db| {
            let new = new.clone();
            if !still_holds(db, &new)? {
                return Ok(false);
            }
            let over = sessions::table.filter(sessions::expires_at.lt(new.at));
            each!(db, |c| diesel::delete(over).execute(c))?;
            if let Some(old) = replaced {
                let old = sessions::table.filter(sessions::hash.eq(old.as_slice()));
                each!(db, |c| diesel::delete(old).execute(c))?;
            }
            let row = (
                sessions::hash.eq(new.hash.as_slice()),
                sessions::moderator_id.eq(new.moderator),
                sessions::created_at.eq(new.at),
                sessions::expires_at.eq(new.until),
                sessions::seen_at.eq(Some(new.at)),
                sessions::network.eq(new.network.clone()),
                sessions::browser.eq(new.browser.clone()),
            );
            each!(db, |c| diesel::insert_into(sessions::table)
                .values(row.clone())
                .execute(c))?;
            attempts::settle(db, &settlement)?;
            signed_in(db, &new)?;
            Ok(true)
        })
        .await
    }

    /// Whoever holds the session of that hash, and when it was used last. It ends by its time, and after `idle` without use.
    pub async fn principal_by_session(
        &self,
        hash: SecretHash,
        now: Instant,
        idle: Duration,
    ) -> Result<Option<(Principal, Instant)>> {
        self.read(move |db| {
            let query = sessions::table
                .inner_join(members::table.on(members::id.eq(sessions::moderator_id)))
                .filter(sessions::hash.eq(hash.as_slice()))
                .filter(sessions::expires_at.gt(now))
                .filter(members::disabled_at.is_null());
            let found: Option<(ModeratorRow, Option<Instant>, Instant)> = each!(db, |c| query
                .select((
                    ModeratorRow::as_select(),
                    sessions::seen_at,
                    sessions::created_at
                ))
                .first(c)
                .optional())?;
            let Some((row, seen, created)) = found else {
                return Ok(None);
            };
            let seen = seen.unwrap_or(created);
            if now > seen.after(idle) {
                return Ok(None);
            }
            Ok(principal(db, Some(row))?.map(|principal| (principal, seen)))
        })
        .await
    }

    /// Notes that a session was used.
    pub async fn touch_session(&self, hash: SecretHash, now: Instant) -> Result<()> {
        self.write(move |db| {
            let session = sessions::table.filter(sessions::hash.eq(hash.as_slice()));
            each!(db, |c| diesel::update(session)
                .set(sessions::seen_at.eq(Some(now)))
                .execute(c))?;
            Ok(())
        })
        .await
    }

    /// A member's sessions that have not ended by their time, the latest first.
    pub async fn sessions_of(&self, member: ModeratorId, now: Instant) -> Result<Vec<Session>> {
        self.read(move |db| {
            let query = sessions::table
                .filter(sessions::moderator_id.eq(member))
                .filter(sessions::expires_at.gt(now))
                .order(sessions::created_at.desc())
                .select((
                    sessions::hash,
                    sessions::created_at,
                    sessions::seen_at,
                    sessions::network,
                    sessions::browser,
                ));
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }

    /// Ends one session of a member; false where they have no such one.
    pub async fn end_session(
        &self,
        member: ModeratorId,
        hash: SecretHash,
        kind: Farewell,
        trace: Trace,
    ) -> Result<bool> {
        self.write(move |db| {
            let session = sessions::table
                .filter(sessions::hash.eq(hash.as_slice()))
                .filter(sessions::moderator_id.eq(member));
            let ended = each!(db, |c| diesel::delete(session).execute(c))? == 1;
            if ended {
                member_events::note(db, kind.as_str(), member, &trace)?;
            }
            Ok(ended)
        })
        .await
    }

    /// Ends every session of a member save for one; how many that were.
    pub async fn end_other_sessions(
        &self,
        member: ModeratorId,
        but: Option<SecretHash>,
        trace: Trace,
    ) -> Result<usize> {
        self.write(move |db| {
            let ended = end_others(db, member, but)?;
            if ended > 0 {
                let detail = serde_json::json!({ "count": ended });
                member_events::record(db, "session.others_ended", member, &trace, &detail)?;
            }
            Ok(ended)
        })
        .await
    }
}

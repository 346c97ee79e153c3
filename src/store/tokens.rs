//! Bearer tokens of members, for programs: stored as SHA-256 only, since they have 256 random bits.

use diesel::prelude::*;

use super::db::each;
use super::error::Result;
use super::moderators::{ModeratorRow, Principal, SecretHash, principal};
use super::schema::{moderators, tokens};
use super::{Store, member_events};
use crate::domain::{Instant, ModeratorId, TokenId, Trace};

/// A token as whoever runs the service sees it: without its secret, which nobody knows but who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Token {
    /// Names it.
    pub id: TokenId,
    /// Whose it is.
    pub member: ModeratorId,
    /// Their email.
    pub email: String,
    /// Since when.
    pub created_at: Instant,
}

impl Store {
    /// Adds a bearer token.
    pub async fn add_token(
        &self,
        moderator: ModeratorId,
        id: TokenId,
        hash: SecretHash,
        trace: Trace,
    ) -> Result<()> {
        self.write(move |db| {
            let at = trace.at;
            let row = (
                tokens::hash.eq(hash.as_slice()),
                tokens::id.eq(id),
                tokens::moderator_id.eq(moderator),
                tokens::created_at.eq(at),
            );
            each!(db, |c| diesel::insert_into(tokens::table)
                .values(row)
                .execute(c))?;
            member_events::note(db, "token.added", moderator, &trace)
        })
        .await
    }

    /// Every token, the oldest first.
    pub async fn tokens(&self) -> Result<Vec<Token>> {
        self.read(move |db| {
            let query = tokens::table
                .inner_join(moderators::table.on(moderators::id.eq(tokens::moderator_id)))
                .order(tokens::id)
                .select((
                    tokens::id,
                    tokens::moderator_id,
                    moderators::email,
                    tokens::created_at,
                ));
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }

    /// Takes a token back: from now on it opens nothing. False where there is no such one.
    pub async fn remove_token(&self, id: TokenId, trace: Trace) -> Result<bool> {
        self.write(move |db| {
            let token = tokens::table.filter(tokens::id.eq(id));
            let owner = token.select(tokens::moderator_id);
            let owner: Option<ModeratorId> = each!(db, |c| owner.first(c).optional())?;
            let removed = each!(db, |c| diesel::delete(token).execute(c))? == 1;
            if let Some(owner) = owner.filter(|_| removed) {
                member_events::note(db, "token.removed", owner, &trace)?;
            }
            Ok(removed)
        })
        .await
    }

    /// Whoever holds the bearer token of that hash, unless they are disabled.
    pub async fn principal_by_token(&self, hash: SecretHash) -> Result<Option<Principal>> {
        self.read(move |db| {
            let query = tokens::table
                .inner_join(moderators::table.on(moderators::id.eq(tokens::moderator_id)))
                .filter(tokens::hash.eq(hash.as_slice()))
                .filter(moderators::disabled_at.is_null());
            let row = each!(db, |c| query
                .select(ModeratorRow::as_select())
                .first(c)
                .optional())?;
            principal(db, row)
        })
        .await
    }
}

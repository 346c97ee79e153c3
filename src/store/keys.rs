//! Keys of comments that an older version took in: it knew no folded names, and made email keys in another way.

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Store;
use super::db::{Db, each};
use super::error::Result;
use super::schema::comments;
use crate::domain::{CommentId, SiteId};

/// Word for word as the index has it.
const WITHOUT: &str = "comments.name_key IS NULL";

/// A comment without its keys.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Unkeyed {
    /// Which one.
    pub id: CommentId,
    /// The name as typed.
    pub name: String,
    /// The email as typed.
    pub email: String,
    /// The email's key as it was made then.
    pub email_key: String,
}

/// A comment with the keys it shall have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// What they were made of.
    pub of: Unkeyed,
    /// The name's folded key.
    pub name_key: String,
    /// The email's key.
    pub email_key: String,
}

fn set(db: &mut Db, site: SiteId, keyed: &Keyed) -> Result<()> {
    // Where the comment was edited or erased meanwhile, these are no longer its keys.
    let target = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq(keyed.of.id))
        .filter(comments::name.eq(&keyed.of.name))
        .filter(comments::email.eq(&keyed.of.email))
        .filter(comments::name_key.is_null());
    let change = (
        comments::name_key.eq(Some(&keyed.name_key)),
        comments::email_key.eq(&keyed.email_key),
    );
    each!(db, |c| diesel::update(target).set(change).execute(c))?;
    Ok(())
}

impl Store {
    /// The first comments of a site that have no keys yet, as many as `limit`.
    pub async fn comments_without_keys(&self, site: SiteId, limit: i64) -> Result<Vec<Unkeyed>> {
        self.read(move |db| {
            let query = comments::table
                .filter(comments::site_id.eq(site))
                .filter(diesel::dsl::sql::<Bool>(WITHOUT))
                .order(comments::id)
                .limit(limit)
                .select((
                    comments::id,
                    comments::name,
                    comments::email,
                    comments::email_key,
                ));
            Ok(each!(db, |c| query.load(c))?)
        })
        .await
    }

    /// Gives comments of a site their keys; what changed since it was read keeps none and is found again.
    pub async fn set_keys(&self, site: SiteId, keyed: Vec<Keyed>) -> Result<()> {
        self.write(move |db| keyed.iter().try_for_each(|keyed| set(db, site, keyed)))
            .await
    }
}

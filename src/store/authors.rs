//! What is known of the authors of comments, by the keys of their emails.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::cards::of_part;
use super::db::{Connected, Db, each};
use super::error::Result;
use super::listing::{Fresh, Place};
use super::schema::comments;
use super::scope::within;
use super::search::{Fact, ask};
use super::types::{SqlId, moment_of};
use super::{Part, Scope, Store};
use crate::domain::{Comment, CommentId, Instant, SiteId, Status};

/// As many decided comments of an author as are counted, the newest; of more it is said that there are more.
const DECIDED: i64 = 100;
/// As many waiting comments of all authors of a page as are counted.
const WAITING: i64 = 150;

/// What is known of an author on a site, by the key of their email.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuthorHistory {
    /// Comments sent.
    pub sent: i64,
    /// Of those approved.
    pub approved: i64,
    /// Rejected.
    pub rejected: i64,
    /// Put with the spam.
    pub spam: i64,
    /// When the one before this came.
    pub last_seen: Option<Instant>,
    /// Whether there are more than were counted: a hundred or so, the newest.
    pub more: bool,
}

/// A comment as it counts for its author.
#[derive(Debug, Clone, Queryable, QueryableByName)]
struct Sent {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = SqlId)]
    id: CommentId,
    #[diesel(sql_type = Text)]
    status: Status,
}

/// The histories of the comments' authors in a part of the site, each without the comment itself. The decided ones are found by
/// their index, those that wait by the search index.
pub(super) fn histories(
    db: &mut Db,
    part: &Part,
    of: &[&Comment],
) -> Result<HashMap<CommentId, AuthorHistory>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = *part;
    let mut keys: Vec<&str> = of
        .iter()
        .map(|comment| comment.email_key.as_str())
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let mut sent: HashMap<String, Vec<Sent>> = HashMap::new();
    for one in decided(db, site, &keys)? {
        sent.entry(one.key.clone()).or_default().push(one);
    }
    let is_many = |sent: &Vec<Sent>| i64::try_from(sent.len()).is_ok_and(|many| many > DECIDED);
    let many = sent.iter().filter(|(_, sent)| is_many(sent));
    let mut more: HashSet<String> = many.map(|(key, _)| key.clone()).collect();
    let (waiting, is_all) = waiting(db, site, &keys)?;
    for one in waiting {
        sent.entry(one.key.clone()).or_default().push(one);
    }
    if !is_all {
        more.extend(keys.iter().map(|key| (*key).to_owned()));
    }
    if let Part::Sections(..) = part {
        keep_theirs(db, part, &mut sent)?;
    }
    Ok(of
        .iter()
        .map(|comment| {
            let theirs = sent.get(&comment.email_key).map_or(&[][..], Vec::as_slice);
            let mut history = history(comment.id, theirs);
            history.more = more.contains(&comment.email_key);
            (comment.id, history)
        })
        .collect())
}

/// Leaves out what stands in other sections. Who is bound to some sees few comments, and asks once more for them.
fn keep_theirs(db: &mut Db, part: &Part, sent: &mut HashMap<String, Vec<Sent>>) -> Result<()> {
    let all: Vec<CommentId> = sent.values().flatten().map(|one| one.id).collect();
    let theirs: Vec<CommentId> = each!(db, |c| within!(comments::table, part)
        .filter(comments::id.eq_any(all))
        .select(comments::id)
        .load(c))?;
    let theirs: HashSet<CommentId> = theirs.into_iter().collect();
    for sent in sent.values_mut() {
        sent.retain(|one| theirs.contains(&one.id));
    }
    Ok(())
}

/// The condition stands word for word as the index has it, and nothing is asked for that the index has not.
const DECIDED_POSTGRES: &str = "
    SELECT theirs.email_key AS key, theirs.id, theirs.status
    FROM unnest($2) AS author (key) CROSS JOIN LATERAL (
        SELECT email_key, id, status FROM comments
        WHERE site_id = $1 AND email_key = author.key AND comments.status <> 'pending'
        ORDER BY id DESC LIMIT $3
    ) AS theirs";
const DECIDED_SQLITE: &str = "
    SELECT email_key AS key, id, status FROM comments
    WHERE site_id = ? AND email_key = ? AND comments.status <> 'pending' ORDER BY id DESC LIMIT ?";

/// The newest decided comments of each author, and one more than are counted.
fn decided(db: &mut Db, site: SiteId, keys: &[&str]) -> Result<Vec<Sent>> {
    match &mut db.0 {
        Connected::Postgres(c) => Ok(diesel::sql_query(DECIDED_POSTGRES)
            .bind::<SqlId, _>(site)
            .bind::<Array<Text>, _>(keys)
            .bind::<BigInt, _>(DECIDED + 1)
            .load(c.as_mut())?),
        Connected::Sqlite(c) => {
            let mut sent = Vec::new();
            for key in keys {
                let theirs: Vec<Sent> = diesel::sql_query(DECIDED_SQLITE)
                    .bind::<SqlId, _>(site)
                    .bind::<Text, _>(key)
                    .bind::<BigInt, _>(DECIDED + 1)
                    .load(c.as_mut())?;
                sent.extend(theirs);
            }
            Ok(sent)
        }
    }
}

/// Those that wait, of all authors together; and whether these are all.
fn waiting(db: &mut Db, site: SiteId, keys: &[&str]) -> Result<(Vec<Sent>, bool)> {
    // First, or what the index learns meanwhile would be in neither.
    let mut fresh = Fresh::default();
    let fresh = fresh.of(db, site)?;
    let mut place = Place::whole(site, None).waiting();
    place.newest_first = true;
    let authors = keys.iter().map(|key| Fact::Author((*key).to_owned()));
    let asked = place.asked_with(authors.collect(), WAITING);
    let found = ask(db, site, &asked)?;
    let is_all = i64::try_from(found.len()).is_ok_and(|many| many < WAITING);
    let ids: Vec<CommentId> = found.iter().map(|found| found.comment_id).collect();
    let query = comments::table
        .filter(comments::site_id.eq(site))
        .filter(comments::id.eq_any(ids))
        .filter(comments::status.eq(Status::Pending))
        .select((comments::email_key, comments::id, comments::status));
    let mut sent: Vec<Sent> = each!(db, |c| query.load(c))?;
    let known: HashSet<CommentId> = sent.iter().map(|one| one.id).collect();
    let new = fresh.iter().filter(|new| {
        new.status == Status::Pending
            && !known.contains(&new.id)
            && keys.contains(&new.email_key.as_str())
    });
    sent.extend(new.map(|new| Sent {
        key: new.email_key.clone(),
        id: new.id,
        status: new.status,
    }));
    Ok((sent, is_all))
}

fn history(own: CommentId, sent: &[Sent]) -> AuthorHistory {
    let others = || sent.iter().filter(|one| one.id != own);
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let count = |status| number(others().filter(|one| one.status == status).count());
    AuthorHistory {
        sent: number(others().count()),
        approved: count(Status::Approved),
        rejected: count(Status::Rejected),
        spam: count(Status::Spam),
        last_seen: others()
            .map(|one| one.id)
            .filter(|id| *id < own)
            .max()
            .map(|id| moment_of(id.0)),
        more: false,
    }
}

impl Store {
    /// What is known of the authors of those comments, each without the comment itself; what is not in the scope is left out.
    pub async fn histories(
        &self,
        scope: Scope,
        ids: Vec<CommentId>,
    ) -> Result<HashMap<CommentId, AuthorHistory>> {
        self.read(move |db| {
            let mut all = HashMap::new();
            for part in scope.parts() {
                let comments = of_part(db, part, &ids)?;
                let of: Vec<&Comment> = comments.iter().collect();
                if !of.is_empty() {
                    all.extend(histories(db, part, &of)?);
                }
            }
            Ok(all)
        })
        .await
    }
}

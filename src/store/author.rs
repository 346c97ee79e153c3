//! Everything of one author on one site, by the key of their email.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::cards::{Card, dress};
use super::db::{Db, each};
use super::decision_rows;
use super::error::Result;
use super::looked_at::{first_looked_at, looked_at};
use super::rows::CommentRow;
use super::schema::comments;
use super::scope::within;
use super::{Part, Scope, Store};
use crate::domain::{Comment, CommentId, Decision, Instant, Lane, Status};

/// As many decided comments of an author as are counted; a robot may have sent more.
pub const MOST_SEEN: usize = 10_000;

/// What there is of an author.
#[derive(Debug, Clone, Default)]
pub struct AuthorSheet {
    /// Comments by status: the last [`MOST_SEEN`] decided, and of the waiting those that are looked through.
    pub counts: Vec<(Status, i64)>,
    /// The names they used with how often and when last, the latest first.
    pub names: Vec<(String, i64, Instant)>,
    /// When the first of them came.
    pub first_seen: Option<Instant>,
    /// When the last.
    pub last_seen: Option<Instant>,
    /// Whether there are more than were counted.
    pub is_cut: bool,
    /// Their comments, newest first.
    pub cards: Vec<Card>,
    /// What was decided about those, oldest first.
    pub decisions: HashMap<CommentId, Vec<Decision>>,
}

type Seen = (CommentId, Status, String, Instant);

/// The decided ones are found by their index. It knows them by this condition, word for word.
const DECIDED: &str = "comments.status <> 'pending'";

fn seen(db: &mut Db, part: &Part, key: &str) -> Result<Vec<Seen>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let columns = (
        comments::id,
        comments::status,
        comments::name,
        comments::created_at,
    );
    let most = i64::try_from(MOST_SEEN + 1).unwrap_or(i64::MAX);
    let mut all: Vec<Seen> = each!(db, |c| within!(comments::table, part)
        .filter(comments::email_key.eq(key))
        .filter(sql::<Bool>(DECIDED))
        .order(comments::id.desc())
        .limit(most)
        .select(columns)
        .load(c))?;
    for lane in Lane::ALL {
        let first = first_looked_at(db, *site, *lane)?;
        let found: Vec<Seen> = each!(db, |c| within!(comments::table, part)
            .filter(looked_at(*site, *lane, first))
            .filter(comments::email_key.eq(key))
            .select(columns)
            .load(c))?;
        all.extend(found);
    }
    all.sort_by_key(|(id, ..)| std::cmp::Reverse(*id));
    Ok(all)
}

fn page(
    db: &mut Db,
    part: &Part,
    key: &str,
    before: CommentId,
    limit: i64,
) -> Result<Vec<Comment>> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let mut rows: Vec<CommentRow> = each!(db, |c| within!(comments::table, part)
        .filter(comments::email_key.eq(key))
        .filter(sql::<Bool>(DECIDED))
        .filter(comments::id.lt(before))
        .order(comments::id.desc())
        .limit(limit)
        .select(CommentRow::as_select())
        .load(c))?;
    for lane in Lane::ALL {
        let first = first_looked_at(db, *site, *lane)?;
        let found: Vec<CommentRow> = each!(db, |c| within!(comments::table, part)
            .filter(looked_at(*site, *lane, first))
            .filter(comments::email_key.eq(key))
            .filter(comments::id.lt(before))
            .order(comments::id.desc())
            .limit(limit)
            .select(CommentRow::as_select())
            .load(c))?;
        rows.extend(found);
    }
    let mut found: Vec<Comment> = rows.into_iter().map(Comment::from).collect();
    found.sort_by_key(|comment| std::cmp::Reverse(comment.id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

fn names(seen: &[Seen]) -> Vec<(String, i64, Instant)> {
    let mut names: Vec<(String, i64, Instant)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    // The latest comes first, so a name's first place is its last time.
    for (_, _, name, at) in seen {
        let place = *places.entry(name).or_insert_with(|| {
            names.push((name.clone(), 0, *at));
            names.len() - 1
        });
        names[place].1 += 1;
    }
    names
}

fn sheet(
    db: &mut Db,
    part: &Part,
    key: &str,
    after: Option<CommentId>,
    limit: i64,
) -> Result<AuthorSheet> {
    let (Part::Whole(site) | Part::Sections(site, _)) = part;
    let seen = seen(db, part, key)?;
    let count = |status: Status| {
        let count = seen.iter().filter(|(_, is, ..)| *is == status).count();
        (status, i64::try_from(count).unwrap_or(i64::MAX))
    };
    let found = page(
        db,
        part,
        key,
        after.unwrap_or(CommentId(Uuid::max())),
        limit,
    )?;
    let mut decisions = HashMap::new();
    for comment in found
        .iter()
        .filter(|comment| comment.revision > 1 || comment.decided_at.is_some())
    {
        let theirs = decision_rows::of_comment(db, *site, comment.id)?;
        decisions.insert(comment.id, theirs);
    }
    Ok(AuthorSheet {
        counts: Status::ALL.iter().map(|status| count(*status)).collect(),
        names: names(&seen),
        first_seen: seen.last().map(|(.., at)| *at),
        last_seen: seen.first().map(|(.., at)| *at),
        is_cut: seen.len() > MOST_SEEN,
        cards: dress(db, found)?,
        decisions,
    })
}

impl Store {
    /// What there is of the author with that email key on the one site of the scope; their comments before `after`.
    pub async fn author(
        &self,
        scope: Scope,
        email_key: String,
        after: Option<CommentId>,
        limit: i64,
    ) -> Result<AuthorSheet> {
        self.read(move |db| match scope.parts().next() {
            Some(part) => sheet(db, part, &email_key, after, limit),
            None => Ok(AuthorSheet::default()),
        })
        .await
    }
}

//! Questions to the index.

use std::fmt::Write;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};
use uuid::Uuid;

use super::document::in_vector;
use super::fact::Fact;
use super::number::range;
use crate::domain::{CommentId, SiteId};
use crate::store::db::{Connected, Db};
use crate::store::error::Result;
use crate::store::types::SqlId;
use crate::text::{Phrase, Word};

/// As many comments as are looked through from the page's end on before PostgreSQL's index is asked for all that there are: it
/// knows no order, and what is common is mostly found among these.
const NEAR: i64 = 2_000;

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
        Connected::Sqlite(c) => ask_sqlite(c, site, asked),
        Connected::Postgres(c) => {
            let near = sql_postgres(NEAR_SQL, asked);
            let (from, to) = asked.ends();
            let query = tsquery(site, asked);
            let run = |c: &mut _, sql: String, from: CommentId, to: CommentId| {
                diesel::sql_query(sql)
                    .bind::<SqlId, _>(site)
                    .bind::<SqlId, _>(from)
                    .bind::<SqlId, _>(to)
                    .bind::<Text, _>(&query)
                    .bind::<BigInt, _>(asked.limit)
                    .bind::<BigInt, _>(NEAR)
                    .load::<Found>(c)
            };
            if !asked.is_rare() {
                let found = run(c.as_mut(), near, from, to)?;
                if i64::try_from(found.len()).is_ok_and(|many| many >= asked.limit) {
                    return Ok(found);
                }
            }
            Ok(run(c.as_mut(), sql_postgres(ALL_SQL, asked), from, to)?)
        }
    }
}

impl Ask {
    /// What must be so: each fact is of one site, so that any of them tells the site too.
    fn facts(&self) -> Vec<Vec<Fact>> {
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

    fn ends(&self) -> (CommentId, CommentId) {
        let (from, to) = self.between;
        (
            from.unwrap_or(CommentId(Uuid::nil())),
            to.unwrap_or(CommentId(Uuid::max())),
        )
    }
}

const NEAR_SQL: &str = "
    SELECT comment_id, revision FROM (
        SELECT comment_id, revision, words FROM __searched
        WHERE site_id = $1 AND comment_id BETWEEN $2 AND $3 ORDER BY comment_id {order} LIMIT $6
    ) AS near
    WHERE words @@ $4::tsquery ORDER BY comment_id {order} LIMIT $5";

/// All that there are first, then their order: of those that the near ones did not have there are few, and the other way
/// around the planner, who expects many, would go through all comments for them.
const ALL_SQL: &str = "
    WITH found AS MATERIALIZED (
        SELECT comment_id, revision FROM __searched
        WHERE site_id = $1 AND comment_id BETWEEN $2 AND $3 AND words @@ $4::tsquery AND $6 > 0
    )
    SELECT comment_id, revision FROM found ORDER BY comment_id {order} LIMIT $5";

fn sql_postgres(sql: &str, asked: &Ask) -> String {
    sql.replace("{order}", order(asked))
}

const fn order(asked: &Ask) -> &'static str {
    if asked.newest_first { "DESC" } else { "ASC" }
}

fn ask_sqlite(c: &mut SqliteConnection, site: SiteId, asked: &Ask) -> Result<Vec<Found>> {
    let (from, to) = asked.ends();
    // The order of the two tables is told, since no statistics know that the index comes in its order at no cost.
    let sql = format!(
        "SELECT s.comment_id, s.revision FROM __search AS f CROSS JOIN __searched AS s ON s.number = f.rowid
         WHERE f.__search MATCH ? AND f.rowid BETWEEN ? AND ? AND s.site_id = ? AND s.comment_id BETWEEN ? AND ?
         ORDER BY f.rowid {} LIMIT ?",
        order(asked)
    );
    Ok(diesel::sql_query(sql)
        .bind::<Text, _>(match_expression(site, asked))
        .bind::<BigInt, _>(range(from.0).0)
        .bind::<BigInt, _>(range(to.0).1)
        .bind::<SqlId, _>(site)
        .bind::<SqlId, _>(from)
        .bind::<SqlId, _>(to)
        .bind::<BigInt, _>(asked.limit)
        .load(c)?)
}

/// The question as FTS5 reads it (<https://sqlite.org/fts5.html>, 3). Every word stands in quotes and has none.
fn match_expression(site: SiteId, asked: &Ask) -> String {
    let quoted = |fact: &Fact| format!("\"{}\"", fact.term(site));
    let any = |facts: &Vec<Fact>| {
        let facts: Vec<String> = facts.iter().map(quoted).collect();
        format!("({})", facts.join(" OR "))
    };
    let all: Vec<String> = asked.facts().iter().map(any).collect();
    let mut expression = format!("(facts : ({}))", all.join(" AND "));
    if let Some(phrase) = &asked.phrase {
        let row = |words: &[Word], key: fn(&Word) -> &str| {
            words.iter().map(key).collect::<Vec<_>>().join(" ")
        };
        let words = phrase.words();
        let star = if phrase.is_open() { " *" } else { "" };
        if words.iter().any(|word| !word.has_marks()) {
            let words = row(words, Word::bare);
            let _ = write!(expression, " AND (bare : (\"{words}\"{star}))");
        }
        // Words with marks that stand together are looked for together; what stands between them was asked for already.
        let mut start = 0;
        for run in words.chunk_by(|a, b| a.has_marks() == b.has_marks()) {
            start += run.len();
            if run[0].has_marks() {
                let star = if start == words.len() { star } else { "" };
                let run = row(run, Word::marked);
                let _ = write!(expression, " AND (marked : (\"{run}\"{star}))");
            }
        }
    }
    expression
}

/// The question as PostgreSQL reads it. Every word stands in quotes and has none.
fn tsquery(site: SiteId, asked: &Ask) -> String {
    let quoted = |fact: &Fact| format!("'{}'", in_vector(&fact.term(site)));
    let any = |facts: &Vec<Fact>| {
        let facts: Vec<String> = facts.iter().map(quoted).collect();
        format!("({})", facts.join(" | "))
    };
    let mut all: Vec<String> = asked.facts().iter().map(any).collect();
    if let Some(phrase) = &asked.phrase {
        let mut row: Vec<String> = phrase
            .words()
            .iter()
            .map(|word| format!("'{}'", word.marked()))
            .collect();
        if phrase.is_open()
            && let Some(last) = row.last_mut()
        {
            last.push_str(":*");
        }
        all.push(format!("({})", row.join(" <-> ")));
    }
    all.join(" & ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Status;

    fn asked(phrase: &str) -> Ask {
        Ask {
            all: vec![vec![Fact::Status(Status::Pending)]],
            phrase: Some(Phrase::read(phrase).expect("a phrase")),
            ..Ask::default()
        }
    }

    #[test]
    fn a_phrase_of_both_kinds_asks_both_columns() {
        let site = SiteId(Uuid::nil());
        let expression = match_expression(site, &asked("dang bộ xã tot"));
        let words = expression.split_once(" AND (bare").expect("the words").1;
        assert_eq!(
            words,
            " : (\"dang bo xa tot\" *)) AND (marked : (\"\u{e005}bô \u{e004}xa\"))"
        );
        assert!(
            match_expression(site, &asked("đảng bộ "))
                .ends_with(" AND (marked : (\"\u{e003}đang \u{e005}bô\"))")
        );
        assert!(tsquery(site, &asked("dang bộ")).ends_with("& ('dang' <-> '\u{e005}bô')"));
    }
}

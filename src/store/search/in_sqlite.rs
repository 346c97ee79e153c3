//! Questions to SQLite's index (<https://sqlite.org/fts5.html>), which answers in the order of its rows.

use std::fmt::Write;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::ask::{Ask, Found};
use super::fact::Fact;
use super::number::range;
use crate::domain::SiteId;
use crate::store::error::Result;
use crate::store::types::SqlId;
use crate::text::Word;

pub(super) fn ask(c: &mut SqliteConnection, site: SiteId, asked: &Ask) -> Result<Vec<Found>> {
    let (from, to) = asked.ends();
    // The order of the two tables is told, since no statistics know that the index comes in its order at no cost.
    let sql = format!(
        "SELECT s.comment_id, s.revision FROM __search AS f CROSS JOIN __searched AS s ON s.number = f.rowid
         WHERE f.__search MATCH ? AND f.rowid BETWEEN ? AND ? AND s.site_id = ? AND s.comment_id BETWEEN ? AND ?
         ORDER BY f.rowid {} LIMIT ?",
        if asked.newest_first { "DESC" } else { "ASC" }
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::Status;
    use crate::text::Phrase;

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
    }
}

//! Puts documents into the index, each in the place of an older one of its comment.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Text};
use uuid::Uuid;

use super::ask::Found;
use super::document::Document;
use super::number::{place, range};
use super::risk;
use crate::domain::{CommentId, SiteId};
use crate::store::db::{Connected, Db};
use crate::store::error::{Error, Result};
use crate::store::postgres::PgConnection;
use crate::store::types::SqlId;

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    __search (rowid) {
        rowid -> BigInt,
        bare -> Text,
        marked -> Text,
        facts -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer};
    use crate::store::types::SqlId;
    __searched (number) {
        number -> BigInt,
        site_id -> SqlId,
        comment_id -> SqlId,
        revision -> Integer,
    }
}

/// Writes documents of a site, in the order of their comments, so that writers do not lock crosswise. What is there as of a
/// later revision stays; so it may be done twice, and by several replicas at once.
pub(super) fn put(db: &mut Db, site: SiteId, documents: &[Document]) -> Result<()> {
    let written = match &mut db.0 {
        Connected::Sqlite(c) => {
            let mut written = HashSet::new();
            for document in documents {
                if put_sqlite(c, site, document)? {
                    written.insert(document.comment);
                }
            }
            written
        }
        Connected::Postgres(c) => put_postgres(c, site, documents)?,
    };
    let written = documents
        .iter()
        .filter(|one| written.contains(&one.comment));
    risk::put(db, site, written)
}

/// Which comments were written.
fn put_postgres(
    c: &mut PgConnection,
    site: SiteId,
    documents: &[Document],
) -> Result<HashSet<CommentId>> {
    let ids: Vec<CommentId> = documents.iter().map(|one| one.comment).collect();
    let revisions: Vec<i32> = documents.iter().map(|one| one.revision).collect();
    let vectors: Vec<String> = documents.iter().map(Document::vector).collect();
    let written: Vec<Found> = diesel::sql_query(
        "INSERT INTO __searched (site_id, comment_id, revision, words)
         SELECT $1, comment, revision, vector::tsvector
         FROM unnest($2, $3, $4) AS new (comment, revision, vector)
         ON CONFLICT (site_id, comment_id) DO UPDATE SET revision = excluded.revision, words = excluded.words
         WHERE __searched.revision <= excluded.revision
         RETURNING comment_id, revision",
    )
    .bind::<SqlId, _>(site)
    .bind::<Array<SqlId>, _>(ids)
    .bind::<Array<Integer>, _>(revisions)
    .bind::<Array<Text>, _>(vectors)
    .load(c)?;
    // Each a statement of its own: it sees what another writer of the same comments wrote until the first had their rows.
    let written: HashSet<CommentId> = written.iter().map(|found| found.comment_id).collect();
    diesel::sql_query("DELETE FROM __waiting WHERE site_id = $1 AND comment_id = ANY($2)")
        .bind::<SqlId, _>(site)
        .bind::<Array<SqlId>, _>(written.iter().copied().collect::<Vec<_>>())
        .execute(c)?;
    let (mut ids, mut revisions, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    for document in documents
        .iter()
        .filter(|one| written.contains(&one.comment))
    {
        for fact in &document.waiting {
            ids.push(document.comment);
            revisions.push(document.revision);
            facts.push(fact.as_str());
        }
    }
    diesel::sql_query(
        "INSERT INTO __waiting (site_id, comment_id, revision, fact) SELECT $1, * FROM unnest($2, $3, $4)",
    )
    .bind::<SqlId, _>(site)
    .bind::<Array<SqlId>, _>(ids)
    .bind::<Array<Integer>, _>(revisions)
    .bind::<Array<Text>, _>(facts)
    .execute(c)?;
    Ok(written)
}

/// Whether it was written.
fn put_sqlite(c: &mut SqliteConnection, site: SiteId, document: &Document) -> Result<bool> {
    let id = document.comment;
    let (first, last) = range(id.0);
    let taken: Vec<(i64, SiteId, CommentId, i32)> = __searched::table
        .filter(__searched::number.between(first, last))
        .order(__searched::number)
        .load(c)?;
    let before = taken.iter().find(|(_, of, is, _)| (*of, *is) == (site, id));
    if before.is_some_and(|(.., revision)| *revision > document.revision) {
        return Ok(false);
    }
    let number = if let Some((number, ..)) = before {
        diesel::delete(__search::table.filter(__search::rowid.eq(number))).execute(c)?;
        *number
    } else {
        let taken: Vec<(i64, Uuid)> = taken.iter().map(|(n, _, id, _)| (*n, id.0)).collect();
        place(id.0, &taken).ok_or_else(|| Error::Broken("no number is free".to_owned()))?
    };
    diesel::replace_into(__searched::table)
        .values((
            __searched::number.eq(number),
            __searched::site_id.eq(site),
            __searched::comment_id.eq(id),
            __searched::revision.eq(document.revision),
        ))
        .execute(c)?;
    diesel::insert_into(__search::table)
        .values((
            __search::rowid.eq(number),
            __search::bare.eq(document.bare()),
            __search::marked.eq(document.marked()),
            __search::facts.eq(document.facts()),
        ))
        .execute(c)?;
    Ok(true)
}

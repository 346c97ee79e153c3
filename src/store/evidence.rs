//! What the rules saw, row by row.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Store;
use super::bulk;
use super::db::{Db, each};
use super::error::Result;
use super::schema::evidence;
use crate::domain::{Category, Comment, CommentId, Evidence, Field, SiteId, View};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = evidence, treat_none_as_default_value = false)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
struct EvidenceRow {
    site_id: SiteId,
    comment_id: CommentId,
    revision: i32,
    position: i32,
    rule: String,
    category: Category,
    field: Field,
    start_char: i32,
    end_char: i32,
    excerpt: String,
    weight: f32,
    view: View,
    cluster: Option<String>,
}

bulk::row! { EvidenceRow => evidence:
    site_id, comment_id, revision, position, rule, category, field, start_char, end_char, excerpt, weight, view,
    cluster
}

impl EvidenceRow {
    fn new(comment: &Comment, position: usize, seen: &Evidence) -> Self {
        // A stored field has a few thousand characters and a comment a few hundred pieces of evidence.
        let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        Self {
            site_id: comment.site,
            comment_id: comment.id,
            revision: comment.revision,
            position: i32::try_from(position).unwrap_or(i32::MAX),
            rule: seen.rule.clone(),
            category: seen.category,
            field: seen.field,
            start_char: number(seen.start),
            end_char: number(seen.end),
            excerpt: seen.excerpt.clone(),
            weight: seen.weight,
            view: seen.view,
            cluster: seen
                .cluster
                .and_then(|cluster| serde_json::to_string(&cluster).ok()),
        }
    }
}

impl From<EvidenceRow> for Evidence {
    fn from(row: EvidenceRow) -> Self {
        Self {
            rule: row.rule,
            category: row.category,
            field: row.field,
            start: row.start_char.unsigned_abs(),
            end: row.end_char.unsigned_abs(),
            excerpt: row.excerpt,
            weight: row.weight,
            view: row.view,
            cluster: row
                .cluster
                .and_then(|json| serde_json::from_str(&json).ok()),
        }
    }
}

pub(super) fn insert<'a>(
    db: &mut Db,
    judged: impl Iterator<Item = (&'a Comment, &'a [Evidence])>,
) -> Result<()> {
    let rows: Vec<EvidenceRow> = judged
        .flat_map(|(comment, seen)| {
            seen.iter()
                .enumerate()
                .map(move |(position, one)| EvidenceRow::new(comment, position, one))
        })
        .collect();
    bulk::insert!(db, evidence::table, rows);
    Ok(())
}

/// Puts what is seen in a comment's new text in the place of what was seen in the old one, and gives that back.
pub(super) fn replace(db: &mut Db, comment: &Comment, seen: &[Evidence]) -> Result<Vec<Evidence>> {
    let revisions = HashMap::from([(comment.id, i32::MAX)]);
    let before = of_comments(db, comment.site, &revisions)?.remove(&comment.id);
    let old = evidence::table
        .filter(evidence::site_id.eq(comment.site))
        .filter(evidence::comment_id.eq(comment.id));
    each!(db, |c| diesel::delete(old).execute(c))?;
    insert(db, std::iter::once((comment, seen)))?;
    Ok(before.unwrap_or_default())
}

/// Gives evidence of a comment another name.
pub(super) fn rename(
    db: &mut Db,
    (site, comment): (SiteId, CommentId),
    from: &str,
    to: &str,
) -> Result<()> {
    let those = evidence::table
        .filter(evidence::site_id.eq(site))
        .filter(evidence::comment_id.eq(comment))
        .filter(evidence::rule.eq(from));
    each!(db, |c| diesel::update(those)
        .set(evidence::rule.eq(to))
        .execute(c))?;
    Ok(())
}

/// The evidence of the given revision of each comment, in the order it was seen.
pub(super) fn of_comments(
    db: &mut Db,
    site: SiteId,
    revisions: &HashMap<CommentId, i32>,
) -> Result<HashMap<CommentId, Vec<Evidence>>> {
    let query = evidence::table
        .filter(evidence::site_id.eq(site))
        .filter(evidence::comment_id.eq_any(revisions.keys().copied().collect::<Vec<_>>()))
        .order((evidence::comment_id, evidence::revision, evidence::position));
    let rows: Vec<EvidenceRow> = each!(db, |c| query.select(EvidenceRow::as_select()).load(c))?;
    let mut seen: HashMap<CommentId, (i32, Vec<Evidence>)> = HashMap::new();
    for row in rows {
        let limit = revisions.get(&row.comment_id).copied().unwrap_or(i32::MAX);
        if row.revision > limit {
            continue;
        }
        // A text is judged when it arrives and when it is edited; decisions raise the revision without judging anew.
        let entry = seen
            .entry(row.comment_id)
            .or_insert((row.revision, Vec::new()));
        if row.revision > entry.0 {
            *entry = (row.revision, Vec::new());
        }
        entry.1.push(row.into());
    }
    Ok(seen.into_iter().map(|(id, (_, seen))| (id, seen)).collect())
}

impl Store {
    /// What was seen in a comment as it stands, in the order it was seen; nothing where there is no such comment.
    pub async fn evidence_of(&self, site: SiteId, comment: CommentId) -> Result<Vec<Evidence>> {
        self.read(move |db| {
            let revisions = HashMap::from([(comment, i32::MAX)]);
            let seen = of_comments(db, site, &revisions)?.remove(&comment);
            Ok(seen.unwrap_or_default())
        })
        .await
    }
}

//! Questions to PostgreSQL's indexes: GIN knows every word and no order; what waits stands in the order of ids by each fact that is
//! known of it.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Text};

use super::ask::{Ask, Found};
use super::document::in_vector;
use super::fact::Fact;
use crate::domain::{SiteId, Status};
use crate::store::error::Result;
use crate::store::postgres::PgConnection;
use crate::store::types::SqlId;

/// As many comments as are looked through from the page's end on before GIN is asked for all that there are: what is common is
/// mostly found among these.
const NEAR: i64 = 2_000;

const NEAR_SQL: &str = "
    SELECT comment_id, revision FROM (
        SELECT comment_id, revision, words FROM __searched
        WHERE site_id = $1 AND comment_id BETWEEN $2 AND $3 ORDER BY comment_id {order} LIMIT $6
    ) AS near
    WHERE words @@ $5::tsquery ORDER BY comment_id {order} LIMIT $4";

/// All that there are first, then their order: of those that the near ones did not have there are few, and the other way
/// around the planner, who expects many, would go through all comments for them.
const ALL_SQL: &str = "
    WITH found AS MATERIALIZED (
        SELECT comment_id, revision FROM __searched
        WHERE site_id = $1 AND comment_id BETWEEN $2 AND $3 AND words @@ $5::tsquery
    )
    SELECT comment_id, revision FROM found ORDER BY comment_id {order} LIMIT $4";

/// Each fact for itself, so that each is read in its order and no further than needed.
const WAITING_SQL: &str = "
    SELECT DISTINCT comment_id, revision FROM unnest($5) AS asked (fact) CROSS JOIN LATERAL (
        SELECT comment_id, revision FROM __waiting
        WHERE site_id = $1 AND fact = asked.fact AND comment_id BETWEEN $2 AND $3
        ORDER BY comment_id {order} LIMIT $4
    ) AS one
    ORDER BY comment_id {order} LIMIT $4";

/// The same of what fits the whole question, among the first of each.
const FITTING_SQL: &str = "
    SELECT DISTINCT comment_id, revision FROM unnest($5) AS asked (fact) CROSS JOIN LATERAL (
        SELECT near.comment_id, words.revision FROM (
            SELECT comment_id FROM __waiting
            WHERE site_id = $1 AND fact = asked.fact AND comment_id BETWEEN $2 AND $3
            ORDER BY comment_id {order} LIMIT $6
        ) AS near
        JOIN __searched AS words ON words.site_id = $1 AND words.comment_id = near.comment_id
        WHERE words.words @@ $7::tsquery
        ORDER BY near.comment_id {order} LIMIT $4
    ) AS one
    ORDER BY comment_id {order} LIMIT $4";

/// What a site's comments answer to, in the order asked for.
pub(super) fn ask(c: &mut PgConnection, site: SiteId, asked: &Ask) -> Result<Vec<Found>> {
    let words = tsquery(site, asked);
    let found = match ordered(asked) {
        Some(facts) => {
            let terms: Vec<String> = facts.iter().map(|fact| fact.term(site)).collect();
            if asked.all.len() == 1 && asked.phrase.is_none() {
                let query = question(WAITING_SQL, site, asked);
                return Ok(query.bind::<Array<Text>, _>(terms).load(c)?);
            }
            let is_rare = facts.iter().all(Fact::is_rare);
            let near = if is_rare { i64::MAX } else { NEAR };
            let found: Vec<Found> = question(FITTING_SQL, site, asked)
                .bind::<Array<Text>, _>(terms)
                .bind::<BigInt, _>(near)
                .bind::<Text, _>(&words)
                .load(c)?;
            if is_rare {
                return Ok(found);
            }
            found
        }
        None if asked.is_rare() => Vec::new(),
        None => question(NEAR_SQL, site, asked)
            .bind::<Text, _>(&words)
            .bind::<BigInt, _>(NEAR)
            .load(c)?,
    };
    if i64::try_from(found.len()).is_ok_and(|many| many >= asked.limit) {
        return Ok(found);
    }
    Ok(question(ALL_SQL, site, asked)
        .bind::<Text, _>(&words)
        .load(c)?)
}

fn question<'a>(sql: &str, site: SiteId, asked: &Ask) -> BoxedSqlQuery<'a, Pg, SqlQuery> {
    let (from, to) = asked.ends();
    let order = if asked.newest_first { "DESC" } else { "ASC" };
    diesel::sql_query(sql.replace("{order}", order))
        .into_boxed()
        .bind::<SqlId, _>(site)
        .bind::<SqlId, _>(from)
        .bind::<SqlId, _>(to)
        .bind::<BigInt, _>(asked.limit)
}

/// Those facts of which one must be so that stand in order, where there are such: of several the ones that are so of least.
fn ordered(asked: &Ask) -> Option<&[Fact]> {
    let waits = |fact: &Fact| matches!(fact, Fact::Standing(Status::Pending, _));
    let groups = asked.all.iter().filter(|any| any.iter().all(waits));
    let rarest = |any: &&Vec<Fact>| any.iter().map(Fact::rarity).min();
    groups.max_by_key(rarest).map(Vec::as_slice)
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
    use uuid::Uuid;

    use super::*;
    use crate::domain::Lane;
    use crate::text::Phrase;

    #[test]
    fn a_phrase_is_asked_for_word_by_word_with_marks_or_without() {
        let asked = Ask {
            phrase: Some(Phrase::read("dang bộ ").expect("a phrase")),
            ..Ask::default()
        };
        let words = tsquery(SiteId(Uuid::nil()), &asked);
        assert!(words.ends_with("& ('dang' <-> '\u{e005}bô')"), "{words}");
    }

    #[test]
    fn the_rarest_that_waits_is_walked_and_only_what_waits() {
        let waiting = |fact: &Fact| fact.standing(Status::Pending).expect("kept");
        let (section, rule) = (
            Fact::Section("Đời sống".to_owned()),
            Fact::Rule("vi.insult".to_owned()),
        );
        let asked = |all: Vec<Vec<Fact>>| Ask {
            all,
            ..Ask::default()
        };
        let lane = vec![Fact::Lane(Lane::Look)];
        let some = asked(vec![
            vec![waiting(&section)],
            vec![waiting(&rule)],
            lane.clone(),
        ]);
        assert_eq!(ordered(&some), Some(&[waiting(&rule)][..]));
        assert_eq!(ordered(&asked(vec![vec![rule], vec![section], lane])), None);
    }
}

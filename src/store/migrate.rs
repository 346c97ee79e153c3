//! The schema's steps, both trees compiled in.

use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::db::{Connected, Db, each};
use super::error::{Error, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Broken(format!("migrations: {error}"))
}

/// Applies what is missing; the names of what was applied. Replicas that start together may race: the loser finds its
/// step taken and looks again.
pub(super) fn apply(db: &mut Db) -> Result<Vec<String>> {
    let mut applied = run(db);
    for _ in 0..5 {
        if applied.is_ok() || matches!(is_current(db), Ok(true)) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
        applied = run(db);
    }
    if matches!(is_current(db), Ok(true)) {
        return Ok(applied.unwrap_or_default());
    }
    applied
}

fn run(db: &mut Db) -> Result<Vec<String>> {
    let versions = match &mut db.0 {
        Connected::Sqlite(c) => c.run_pending_migrations(SQLITE),
        Connected::Postgres(c) => c.run_pending_migrations(POSTGRES),
    };
    let versions = versions.map_err(broken)?;
    Ok(versions.iter().map(ToString::to_string).collect())
}

diesel::table! {
    #[sql_name = "__diesel_schema_migrations"]
    steps (version) {
        version -> Text,
    }
}

/// Whether nothing is missing. Asked without the migrations' own harness, which first makes its table where there is
/// none: a connection that only reads cannot, and PostgreSQL refuses it even where the table is there.
pub(super) fn is_current(db: &mut Db) -> Result<bool> {
    let expected = match &db.0 {
        Connected::Sqlite(_) => versions::<Sqlite>(&SQLITE)?,
        Connected::Postgres(_) => versions::<Pg>(&POSTGRES)?,
    };
    let query = steps::table.select(steps::version);
    let applied: Vec<String> = each!(db, |c| query.load(c))?;
    Ok(expected.iter().all(|version| applied.contains(version)))
}

fn versions<DB: Backend>(tree: &EmbeddedMigrations) -> Result<Vec<String>> {
    let steps = MigrationSource::<DB>::migrations(tree).map_err(broken)?;
    Ok(steps
        .iter()
        .map(|step| step.name().version().to_string())
        .collect())
}

/// Takes every step back.
pub(super) fn revert(db: &mut Db) -> Result<()> {
    match &mut db.0 {
        Connected::Sqlite(c) => c.revert_all_migrations(SQLITE).map(drop),
        Connected::Postgres(c) => c.revert_all_migrations(POSTGRES).map(drop),
    }
    .map_err(broken)
}

/// The names of the steps of both trees, for the test that compares them.
pub fn names() -> Result<(Vec<String>, Vec<String>)> {
    let sqlite = MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(broken)?;
    let postgres = MigrationSource::<Pg>::migrations(&POSTGRES).map_err(broken)?;
    let name = |name: &dyn diesel::migration::MigrationName| name.to_string();
    Ok((
        sqlite
            .iter()
            .map(|step| name(Migration::<Sqlite>::name(step)))
            .collect(),
        postgres
            .iter()
            .map(|step| name(Migration::<Pg>::name(step)))
            .collect(),
    ))
}

#[cfg(test)]
mod tests {
    use diesel::sql_types::Text;

    use super::super::address::Address;
    use super::super::db::Purpose;
    use super::*;

    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        text: String,
    }

    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        detail: String,
    }

    fn migrated(file: &tempfile::NamedTempFile) -> SqliteConnection {
        let path = file.path().display().to_string();
        let mut db = Db::open(&Address::Sqlite(path), Purpose::Write).expect("opened");
        apply(&mut db).expect("migrated");
        match db.0 {
            Connected::Sqlite(c) => *c,
            Connected::Postgres(_) => unreachable!("it was opened as SQLite"),
        }
    }

    fn lines(c: &mut SqliteConnection, query: &str) -> Vec<String> {
        let lines: Vec<Line> = diesel::sql_query(query).load(c).expect(query);
        lines.into_iter().map(|line| line.text).collect()
    }

    /// An index without figures is taken for one that leads to ten rows, however many the site has.
    #[test]
    fn the_planner_is_told_of_each_index_of_what_belongs_to_a_site() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let mut c = migrated(&file);
        let untold = lines(
            &mut c,
            "SELECT i.name AS text FROM sqlite_schema AS t, pragma_index_list(t.name) AS i
             WHERE t.type = 'table' AND t.name <> 'moderator_sites'
             AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'site_id')
             AND NOT EXISTS (SELECT 1 FROM sqlite_stat1 AS s
                             WHERE s.tbl = t.name AND (s.idx = i.name OR (i.origin = 'pk' AND s.idx = t.name)))",
        );
        assert_eq!(untold, [""; 0]);
    }

    #[test]
    fn acts_are_not_looked_for_among_arrivals() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let mut c = migrated(&file);
        let (act, no_arrival) = (super::super::IS_ACT, super::super::IS_NO_ARRIVAL);
        for (query, index) in [
            (
                format!(
                    "SELECT detail FROM events WHERE site_id = x'00' AND id < x'ff' AND {act} AND kind LIKE 'comment.%' ORDER BY id DESC LIMIT 51"
                ),
                "events_acts",
            ),
            (
                format!(
                    "SELECT id FROM events WHERE site_id = x'00' AND id < x'ff' AND {act} ORDER BY id DESC LIMIT 1 OFFSET 20000"
                ),
                "COVERING INDEX events_acts",
            ),
            (
                format!(
                    "SELECT detail FROM events WHERE site_id = x'00' AND id < x'ff' AND {act} AND comment_id IS NULL AND kind IN ('ban_added', 'ban_lifted') ORDER BY id DESC LIMIT 51"
                ),
                "events_of_site",
            ),
            (
                format!(
                    "SELECT detail FROM events WHERE site_id = x'00' AND comment_id = x'01' AND id < x'ff' AND {no_arrival} ORDER BY id DESC LIMIT 51"
                ),
                "events_by_comment",
            ),
        ] {
            let plan: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}"))
                .load(&mut c)
                .expect("a plan");
            let plan: Vec<String> = plan.into_iter().map(|step| step.detail).collect();
            assert!(plan.iter().any(|step| step.contains(index)), "{plan:?}");
            assert!(
                !plan.iter().any(|step| step.contains("TEMP B-TREE")),
                "{plan:?}"
            );
        }
    }

    #[test]
    fn an_article_is_found_by_its_address_and_not_among_all_of_its_site() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let mut c = migrated(&file);
        let query = "SELECT id FROM articles WHERE site_id = x'00' AND url IN ('1', '2', '3', '4', '5', '6', '7', '8')";
        let plan: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}"))
            .load(&mut c)
            .expect("a plan");
        assert!(
            plan.iter().any(|step| step.detail.contains("url=?")),
            "{:?}",
            plan.iter().map(|step| &step.detail).collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_an_endpoint_is_due_is_found_and_so_is_what_it_waits_for() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let mut c = migrated(&file);
        let is_first = super::super::hooks::IS_FIRST;
        let query = format!(
            "SELECT id FROM webhook_deliveries WHERE site_id = x'00' AND endpoint_id = x'01' AND due_at <= 5 AND {is_first} ORDER BY due_at LIMIT 8"
        );
        let plan: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}"))
            .load(&mut c)
            .expect("a plan");
        let plan: Vec<String> = plan.into_iter().map(|step| step.detail).collect();
        for index in ["webhook_deliveries_due", "webhook_deliveries_order"] {
            assert!(plan.iter().any(|step| step.contains(index)), "{plan:?}");
        }
        assert!(
            !plan.iter().any(|step| step.contains("TEMP B-TREE")),
            "{plan:?}"
        );
    }
}

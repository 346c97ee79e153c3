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

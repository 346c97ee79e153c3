//! A connection to either database, and transactions on it.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::{Connection, SqliteConnection};

use super::address::Address;
use super::error::{Error, Result};
use super::postgres::{self, PgConnection};
use super::versions::Change;

/// A connection to either database. Bodies are written once, with `each!`; a two-arm `match` stands only where the
/// dialects part. Beside it, what was written since the last commit that readers are to see.
pub struct Db(pub(super) Connected, pub(super) Vec<Change>);

/// The connection itself.
pub(super) enum Connected {
    Sqlite(Box<SqliteConnection>),
    Postgres(Box<PgConnection>),
}

/// Compiles a body for both databases.
macro_rules! each {
    ($db:expr, |$c:ident| $body:expr) => {
        match &mut $db.0 {
            $crate::store::db::Connected::Sqlite(connection) => {
                let $c = connection.as_mut();
                $body
            }
            $crate::store::db::Connected::Postgres(connection) => {
                let $c = connection.as_mut();
                $body
            }
        }
    };
}
pub(super) use each;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Reads; the database refuses everything else.
    Read,
    /// Writes.
    Write,
}

/// Durable when committed: WAL with a sync of each commit. The cache is in KiB where negative. The log is folded into the
/// database file by the [`Folder`](super::fold::Folder); a commit does it only where the log has grown far beyond that.
const SQLITE_SETTINGS: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -16000;
    PRAGMA wal_autocheckpoint = 16000;
    PRAGMA journal_size_limit = 67108864;
";

impl Db {
    /// Opens a connection. It must be used on a thread outside the async runtime, since PostgreSQL's blocks on one of its own.
    pub(super) fn open(address: &Address, purpose: Purpose) -> Result<Self> {
        let mut db = match address {
            Address::Sqlite(path) => {
                make_for_owner_only(path)?;
                let mut connection = SqliteConnection::establish(path)
                    .map_err(|error| Error::Broken(error.to_string()))?;
                connection.batch_execute(SQLITE_SETTINGS)?;
                Self(Connected::Sqlite(Box::new(connection)), Vec::new())
            }
            Address::Postgres(url) => Self(
                Connected::Postgres(Box::new(postgres::connect(url)?)),
                Vec::new(),
            ),
        };
        match purpose {
            Purpose::Read => db.batch(
                "PRAGMA query_only = ON",
                "SET default_transaction_read_only = on; SET default_transaction_isolation = 'repeatable read';
                 SET statement_timeout = '10s'",
            )?,
            Purpose::Write => db.batch("", "SET statement_timeout = '15s'")?,
        }
        Ok(db)
    }

    /// Runs statements that differ between the dialects.
    pub(super) fn batch(&mut self, sqlite: &str, postgres: &str) -> Result<()> {
        match &mut self.0 {
            Connected::Sqlite(connection) => connection.batch_execute(sqlite)?,
            Connected::Postgres(connection) => connection.batch_execute(postgres)?,
        }
        Ok(())
    }

    /// Folds what it can of SQLite's log into the database file, without waiting for anybody.
    pub(super) fn fold_log(&mut self) -> Result<()> {
        self.batch("PRAGMA wal_checkpoint(PASSIVE)", "")
    }

    /// Whether the connection still answers, and is in no transaction that could not be ended.
    pub(super) fn is_alive(&mut self) -> bool {
        each!(self, |c| !is_stuck(c)
            && c.batch_execute("SELECT 1").is_ok())
    }

    /// Runs `body` in a transaction, or in a savepoint where one is open already. An error rolls back just that.
    /// On SQLite the write lock is taken at once, so that no reader turns writer half-way.
    pub(super) fn transaction<T>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        self.begin()
            .map_err(|error| Error::Away(error.to_string()))?;
        match body(self) {
            Ok(value) => {
                each!(self, |c| commit(c))?;
                Ok(value)
            }
            Err(error) => {
                // Where even the rollback fails the connection is gone, and the first error tells more.
                let _ = each!(self, |c| rollback(c));
                Err(error)
            }
        }
    }

    /// Runs `body` on one state of the data: what is committed meanwhile is seen by none of its queries. For connections that read.
    pub(super) fn snapshot<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        each!(self, |c| begin(c))?;
        let result = body(self);
        let ended = each!(self, |c| rollback(c));
        let value = result?;
        ended?;
        Ok(value)
    }

    fn begin(&mut self) -> Result<()> {
        match &mut self.0 {
            Connected::Sqlite(connection) => {
                let depth =
                    AnsiTransactionManager::transaction_manager_status_mut(&mut **connection)
                        .transaction_depth()?;
                if depth.is_none() {
                    AnsiTransactionManager::begin_transaction_sql(
                        &mut **connection,
                        "BEGIN IMMEDIATE",
                    )?;
                } else {
                    AnsiTransactionManager::begin_transaction(&mut **connection)?;
                }
            }
            Connected::Postgres(connection) => begin(connection.as_mut())?,
        }
        Ok(())
    }
}

/// The file holds readers' addresses: nobody but its owner reads it. SQLite gives its log the same rights.
fn make_for_owner_only(path: &str) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let new = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match new {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Error::Away(format!("{path}: {error}")))
        }
        _ => Ok(()),
    }
}

fn is_stuck<C: Connection>(connection: &mut C) -> bool {
    C::TransactionManager::is_broken_transaction_manager(connection)
}

fn begin<C: Connection>(connection: &mut C) -> diesel::QueryResult<()> {
    C::TransactionManager::begin_transaction(connection)
}

fn commit<C: Connection>(connection: &mut C) -> diesel::QueryResult<()> {
    C::TransactionManager::commit_transaction(connection)
}

fn rollback<C: Connection>(connection: &mut C) -> diesel::QueryResult<()> {
    C::TransactionManager::rollback_transaction(connection)
}

#[cfg(test)]
mod tests {
    use diesel::sql_types::BigInt;
    use diesel::{QueryableByName, RunQueryDsl, sql_query};

    use super::*;

    #[derive(QueryableByName)]
    struct Number {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }

    fn rows(db: &mut Db) -> Result<i64> {
        let found: Number = each!(db, |c| sql_query("SELECT count(*) AS number FROM a")
            .get_result(c))?;
        Ok(found.number)
    }

    #[test]
    fn a_snapshot_is_one_state() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("duyet.db").display().to_string();
        let address = Address::Sqlite(file);
        let mut writer = Db::open(&address, Purpose::Write).expect("opened");
        writer.batch("CREATE TABLE a (b)", "").expect("a table");
        let mut reader = Db::open(&address, Purpose::Read).expect("opened");
        let (before, after) = reader
            .snapshot(|db| {
                let before = rows(db)?;
                writer.batch("INSERT INTO a VALUES (1)", "")?;
                Ok((before, rows(db)?))
            })
            .expect("read");
        assert_eq!((before, after), (0, 0));
        let failed: Result<()> = reader.snapshot(|_| Err(Error::NotFound));
        assert!(matches!(failed, Err(Error::NotFound)));
        assert_eq!(reader.snapshot(rows).expect("read"), 1);
    }
}

//! A hand on the database that lets nobody write, so that a request is under way for as long as a test wants.

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use tokio_postgres::NoTls;

use super::{App, Backend};

/// Holds until it is dropped.
pub enum Hold {
    /// A transaction that writes: the only one that may.
    Sqlite(SqliteConnection),
    /// A lock on tables, which others may still read.
    Postgres(tokio_postgres::Client),
}

impl Hold {
    /// Lets no comment in from now on.
    pub async fn on(app: &App) -> Self {
        Self::of(app, "comments").await
    }

    /// Lets nobody write into these tables from now on; on SQLite into none.
    pub async fn of(app: &App, tables: &str) -> Self {
        let url = &app.settings()["DATABASE_URL"];
        match app.backend {
            Backend::Sqlite => {
                let file = url.trim_start_matches("sqlite:");
                let mut connection = SqliteConnection::establish(file).expect("the file is there");
                connection
                    .batch_execute("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE")
                    .expect("its turn to write");
                Self::Sqlite(connection)
            }
            Backend::Postgres => {
                let (client, connection) = tokio_postgres::connect(url, NoTls)
                    .await
                    .expect("PostgreSQL answers");
                tokio::spawn(connection);
                let lock = format!("BEGIN; LOCK TABLE {tables} IN EXCLUSIVE MODE");
                client.batch_execute(&lock).await.expect("a lock");
                Self::Postgres(client)
            }
        }
    }

    /// Lets them in.
    pub async fn release(self) {
        match self {
            Self::Sqlite(mut connection) => connection.batch_execute("ROLLBACK").expect("an end"),
            Self::Postgres(client) => client.batch_execute("ROLLBACK").await.expect("an end"),
        }
    }
}

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
        match app.backend {
            Backend::Sqlite => {
                let url = &app.settings()["DATABASE_URL"];
                let file = url.trim_start_matches("sqlite:");
                let mut connection = SqliteConnection::establish(file).expect("the file is there");
                connection
                    .batch_execute("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE")
                    .expect("its turn to write");
                Self::Sqlite(connection)
            }
            Backend::Postgres => {
                let client = Self::begun(app).await;
                let lock = format!("LOCK TABLE {tables} IN EXCLUSIVE MODE");
                client.batch_execute(&lock).await.expect("a lock");
                Self::Postgres(client)
            }
        }
    }

    /// Changes something that nobody sees yet, and lets nobody change the same until it is let go with [`Hold::commit`].
    pub async fn changing(app: &App, statement: &str) -> Self {
        let mut hold = match app.backend {
            Backend::Sqlite => Self::on(app).await,
            Backend::Postgres => Self::Postgres(Self::begun(app).await),
        };
        match &mut hold {
            Self::Sqlite(connection) => connection.batch_execute(statement).expect("a change"),
            Self::Postgres(client) => client.batch_execute(statement).await.expect("a change"),
        }
        hold
    }

    async fn begun(app: &App) -> tokio_postgres::Client {
        let url = &app.settings()["DATABASE_URL"];
        let (client, connection) = tokio_postgres::connect(url, NoTls)
            .await
            .expect("PostgreSQL answers");
        tokio::spawn(connection);
        client.batch_execute("BEGIN").await.expect("a transaction");
        client
    }

    /// Waits until somebody waits for it. On SQLite nobody can see that, nor need they: whoever writes has to wait.
    pub async fn is_waited_for(&self, app: &App) {
        if matches!(self, Self::Sqlite(_)) {
            return;
        }
        let waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        super::eventually("somebody waits for it", async || {
            (app.count(waiting).await > 0).then_some(())
        })
        .await;
    }

    /// Has what it has changed be so.
    pub async fn commit(self) {
        match self {
            Self::Sqlite(mut connection) => connection.batch_execute("COMMIT").expect("an end"),
            Self::Postgres(client) => client.batch_execute("COMMIT").await.expect("an end"),
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
